"""Writes the names of the properties that CloudFormation's resource types have, or compares them with what is written.

Usage: python scripts/template-properties.py [--check], with a Python that has cfn-lint, whose copy of CloudFormation's
schemas it reads. A line is a type and its properties, or a type with one of its properties and what is inside that.
"""

import re
import sys
from pathlib import Path

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

ROOT = Path(__file__).parent.parent
INVENTORY = ROOT / "core/src/import/inventory.rs"
WRITTEN = ROOT / "core/src/import/cloudformation/properties.txt"
# Every Region has these types.
REGION = "us-east-1"
# Where what is inside properties is looked at as well: the network.
WITH_INNER = ("AWS::EC2::", "AWS::Lambda::Function", "AWS::Serverless::Function")


def types():
    """The types whose properties are read."""
    text = INVENTORY.read_text(encoding="utf-8")
    kinds = text[text.index("\nkinds! {") :]
    return sorted(set(re.findall(r'"(AWS::[A-Za-z0-9:]+)"', kinds[: kinds.index("\n}\n")])))


def inner(schema, value):
    """The definition of an object, or of the objects in a list; none of anything else."""
    value = value.get("items", value)
    reference = value.get("$ref", "")
    value = schema["definitions"].get(reference.rsplit("/", 1)[-1], {}) if reference else value
    return value.get("properties", {})


def lines():
    for name in types():
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, name).schema
        properties = schema["properties"]
        yield f"{name} {' '.join(sorted(properties))}"
        if name.startswith(WITH_INNER):
            for key, value in sorted(properties.items()):
                names = sorted(inner(schema, value))
                if names and names != ["Key", "Value"]:
                    yield f"{name}.{key} {' '.join(names)}"


text = "".join(f"{line}\n" for line in lines())
if "--check" in sys.argv:
    if WRITTEN.read_text(encoding="utf-8") != text:
        sys.exit(f"{WRITTEN.relative_to(ROOT)} is not what scripts/template-properties.py writes: run it")
    print("the names of properties are up to date")
else:
    WRITTEN.write_text(text, encoding="utf-8")
