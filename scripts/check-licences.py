#!/usr/bin/env python3
"""Refuses a dependency whose licence does not go together with MIT OR Apache-2.0.

Crates and what goes into the page must be permissive; npm packages that only build and test may also be under MPL-2.0.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

PERMISSIVE = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "ISC", "MIT", "MIT-0", "Unicode-3.0", "Unlicense", "Zlib",
}
FOR_TOOLS = PERMISSIVE | {"MPL-2.0", "CC-BY-4.0", "Python-2.0"}


def accepted(expression: str, licences: set[str]) -> bool:
    """Whether an SPDX expression can be met with these licences alone; an AND of ORs, as all packages write it."""
    plain = expression.replace("(", " ").replace(")", " ").replace("/", " OR ")
    return all(
        any(choice.strip() in licences for choice in part.split(" OR "))
        for part in re.split(r" AND ", plain)
    )


def main() -> int:
    refused = []
    metadata = json.loads(
        subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked"], check=True, capture_output=True).stdout
    )
    crates = [package for package in metadata["packages"] if package["source"]]
    for package in crates:
        if not accepted(package["license"] or "", PERMISSIVE):
            refused.append(f"crate {package['name']} {package['version']}: {package['license']}")
    lock = json.loads(Path("www/package-lock.json").read_text())
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    for path, entry in packages.items():
        if not accepted(entry.get("license", ""), FOR_TOOLS if entry.get("dev") else PERMISSIVE):
            refused.append(f"npm package {path.removeprefix('node_modules/')} {entry['version']}: {entry.get('license')}")
    for line in refused:
        print(f"error: {line} is not among the accepted licences")
    if not refused:
        print(f"{len(crates)} crates and {len(packages)} npm packages have accepted licences")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
