#!/usr/bin/env python3
"""Breaks the engine on purpose, one small mistake at a time, and demands that the tests notice.

Works in a copy of the repository under target/break-the-engine. Takes some minutes, so it is no part of `make test`:

    python3 scripts/break-the-engine.py            all mistakes
    python3 scripts/break-the-engine.py NAME...    those only

Every mistake must be noticed by the scenarios or by the comparison with the naive implementation; the table at the end
says by which. A mistake whose text is not found any more fails too: mend its entry here.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "target" / "break-the-engine"
ENGINE = Path("core/src/engine")

# Name, file, what stands there, what takes its place; lists where one mistake takes several changes.
MISTAKES = [
    ("network ACLs forget the reply", ENGINE / "reply.rs",
     "self.network_acl(part, to, view, FilterDirection::Ingress)", "vec![part]"),
    ("network ACL rules from the last to the first", ENGINE / "network_acl.rs",
     "for rule in rules {", "for rule in rules.iter().rev() {"),
    ("network ACL rules that deny do not", ENGINE / "network_acl.rs",
     "NetworkAclRule { direction, allow, number", "NetworkAclRule { direction, allow: true, number"),
    ("network ACL rules that cannot be read count for nothing", ENGINE / "network_acl.rs",
     "None => left.push((inside, doubt.or(rule, rule.allow))),", "None => left.push((inside, doubt)),"),
    ("routes that cannot be read count for nothing", ENGINE / "route_table.rs",
     "could_take(active).unwrap_or(certain)", "{ let _ = active; certain }"),
    ("packets find their way into another VPC", ENGINE / "routing.rs",
     "if self.is_elsewhere(&mut part, view) {", "if false {"),
    ("the shortest prefix wins", ENGINE / "route_table.rs",
     "open.push((winner.last, *choice));", "if open.is_empty() { open.push((winner.last, *choice)); }"),
    ("a prefix list beats a plain route", ENGINE / "route_table.rs",
     "(_, RouteDestination::PrefixList(_)) => 2", "(_, RouteDestination::PrefixList(_)) => 0"),
    ("propagated routes beat the local route", ENGINE / "route_table.rs",
     "if route.origin == RouteOrigin::Propagated && ", "if false && "),
    ("filtered routes are used", ENGINE / "route_table.rs", "if route.state == RouteState::Filtered {", "if false {"),
    ("blackhole routes forward", ENGINE / "routing.rs", "if route.state == RouteState::Blackhole {", "if false {"),
    ("an internet gateway needs no public address", ENGINE / "internet_gateway.rs",
     "(set.family == Family::Ipv4 && end.public_address == PublicAddress::None)", "false"),
    ("an internet gateway sends to private addresses", ENGINE / "internet_gateway.rs",
     "parts.extend(inside.map(|inside| (inside, Some(range))));", "parts.extend(inside.map(|inside| (inside, None)));"),
    ("a detached internet gateway works", ENGINE / "internet_gateway.rs", "(gateway.vpc != Some(vpc)).then_some", "false.then_some"),
    ("Block Public Access for ingress spares everybody", ENGINE / "internet_gateway.rs",
     "let passes = egress_only ||", "let passes = true || egress_only ||"),
    ("rules that name a group admit everybody", ENGINE / "security_group.rs",
     "if interface.security_groups.contains(group) {", "if true {"),
    ("security groups forget their first rule", ENGINE / "security_group.rs",
     "for (group, rule) in &rules {", "for (group, rule) in rules.iter().skip(1) {"),
    ("NAT gateways work in every state", ENGINE / "nat.rs", 'if known.state != "available" {', "if false {"),
    ("a NAT instance does not check source and destination", ENGINE / "nat.rs",
     "if known.source_dest_check {", "if false {"),
    ("a regional NAT gateway serves every zone", ENGINE / "regional_nat.rs",
     "} else if !availability_zones.contains(&zone) {", "} else if false {"),
    ("gateway endpoints take UDP", ENGINE / "gateway.rs", "if part.set.protocol == Protocol::Udp {", "if false {"),
    ("gateway endpoints work in every state", ENGINE / "gateway.rs", 'if known.state != "available" {', "if false {"),
    ("clients use the ephemeral ports of Linux", ENGINE / "filter.rs", "(1024, 65535)", "(32768, 60999)"),
    ("parts are joined that are no one set", ENGINE / "merge.rs",
     ["filter(|_| which != respect)", "&& same_traffic"], ["filter(|_| false)", ""]),
    ("a refusal always comes back", ENGINE / "part.rs",
     "Action::Drops => self.lost = Some(Fate::Dropped),", "Action::Drops => {\n self.lost.get_or_insert(Fate::Dropped);\n }"),
    ("a part of a difference is lost", Path("core/src/range_set.rs"),
     "rest.push((start, before));", "let _ = (start, before);"),
]


def copy():
    """Brings the copy up to date and touches only what differs, so that cargo builds what changed and nothing else."""
    wanted = set()
    for name in ["core", "tests", "wasm", "Cargo.toml", "Cargo.lock", "clippy.toml"]:
        source = ROOT / name
        for file in [source] if source.is_file() else source.rglob("*"):
            path = file.relative_to(ROOT)
            if file.is_file() and not {"target", "node_modules", "pkg"} & set(path.parts):
                wanted.add(path)
                target = COPY / path
                if not target.exists() or target.read_bytes() != file.read_bytes():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(file.read_bytes())
    for file in COPY.rglob("*"):
        path = file.relative_to(COPY)
        if file.is_file() and path.parts[0] != "target" and path not in wanted:
            file.unlink()


def run(test):
    environment = dict(os.environ, CARGO_TARGET_DIR=str(COPY / "target"), RUST_BACKTRACE="0")
    # The mistakes leave things unused behind.
    environment["RUSTFLAGS"] = "--cap-lints=warn"
    command = ["cargo", "test", "--quiet", "--package", "vpcreach-tests", "--test", test]
    return subprocess.run(command, cwd=COPY, env=environment, capture_output=True, text=True)


def noticed(result):
    """Whether tests failed; a copy that does not compile proves nothing."""
    if result.returncode == 0:
        return "-"
    failed = re.search(r"(\d+) failed", result.stdout)
    if not failed:
        sys.exit(f"does not compile or crashed:\n{result.stderr[-3000:]}")
    return failed.group(1)


def main():
    wanted = sys.argv[1:]
    COPY.mkdir(parents=True, exist_ok=True)
    copy()
    for test in ["scenarios", "agreement"]:
        if noticed(run(test)) != "-":
            sys.exit(f"{test} fails without any mistake: mend that first")
    missed = []
    rows = []
    for name, file, old, new in MISTAKES:
        if wanted and name not in wanted:
            continue
        text = broken = (COPY / file).read_text()
        olds, news = ([old], [new]) if isinstance(old, str) else (old, new)
        if not all(old in text for old in olds):
            missed.append(f"{name}: {file} does not have the text any more")
            continue
        for old, new in zip(olds, news):
            broken = broken.replace(old, new)
        (COPY / file).write_text(broken)
        counts = [noticed(run(test)) for test in ["scenarios", "agreement"]]
        (COPY / file).write_text(text)
        rows.append((name, *counts))
        print(f"{name}: scenarios {counts[0]}, naive implementation {counts[1]}", flush=True)
        if counts == ["-", "-"]:
            missed.append(f"{name}: nobody notices")
    print("\n| Mistake | Scenarios that fail | Comparisons that fail |\n| --- | --- | --- |")
    for name, scenarios, agreement in rows:
        print(f"| {name} | {scenarios} | {agreement} |")
    if missed:
        sys.exit("\n".join(missed))


if __name__ == "__main__":
    main()
