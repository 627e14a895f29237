//! Documents that are made to take long: what grows in them, grows where the engine could multiply it.
//!
//! None of them is a network that AWS would let anybody make; all of them are documents that somebody can drop into a
//! page or send in a link.

use serde_json::{Map, Value, json};

use crate::fuzz::Numbers;

/// A shape: its name, and the document of a size.
pub type Shape = (&'static str, fn(usize) -> Value);

/// Every shape.
pub const SHAPES: &[Shape] = &[
    ("network ACLs whose rules cross each other", crossing_acls),
    ("network ACLs whose rules differ everywhere", random_acls),
    ("a security group of many rules", many_rules),
    ("many security groups", many_groups),
    ("many routes", many_routes),
    ("routes inside each other", nested_routes),
    ("many prefix lists with the same blocks", same_blocks),
    ("a prefix list of many blocks", long_list),
    ("many subnets, and an endpoint in each", subnets_and_endpoints),
    ("many subnets that overlap", overlapping_subnets),
    ("many CIDR blocks", many_blocks),
    ("a chain of NAT instances", nat_chain),
    ("a chain of appliances", appliance_chain),
    ("a ring of appliances", appliance_ring),
    ("many gateway endpoints", gateway_endpoints),
    ("many DNS servers", dns_servers),
    ("names that multiply", names),
    ("a host with many addresses", host_addresses),
    ("a name with many addresses", record_addresses),
    ("many functions and buckets", functions_and_buckets),
    ("many interfaces", interfaces),
    ("names that nothing has", dangling),
    ("one rule number many times", same_number),
    ("Block Public Access with many exclusions", exclusions),
    ("many questions", questions),
];

/// Names that end in a number, in their numeric order.
fn named(prefix: &str, count: usize, value: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..count).map(|index| (format!("{prefix}{index:06}"), value(index))).collect()
}

fn names_of(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{prefix}{index:06}")).collect()
}

/// A block of 2 to the power of `bits` addresses in 10.0.0.0/8 or, beyond, above it.
fn block(index: usize, bits: usize) -> String {
    let number = (10 << 24) + (index << bits);
    let octet = |shift: usize| number >> shift & 255;
    format!("{}.{}.{}.{}/{}", octet(24), octet(16), octet(8), octet(0), 32 - bits)
}

/// A function behind a NAT gateway, with what is merged over it.
fn base(more: Value) -> Value {
    let mut document = json!({
        "region": "us-east-1",
        "vpcs": { "main": { "cidr": "10.0.0.0/8" } },
        "subnets": { "a": { "cidr": "10.0.0.0/24" }, "b": { "cidr": "10.0.1.0/24" }, "public": { "cidr": "10.0.2.0/24" } },
        "internetGateways": { "igw": {} },
        "natGateways": { "nat": { "subnet": "public", "elasticIps": ["198.51.100.1"] } },
        "routeTables": {
            "private": { "main": true, "routes": [{ "destination": "0.0.0.0/0", "target": "nat" }] },
            "outside": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] }
        },
        "functions": { "worker": { "subnets": ["a", "b"], "runtime": "python3.13" } },
        "buckets": { "photos": {} },
        "expect": [
            { "from": "worker", "to": "s3://photos" },
            { "from": "worker", "to": "https://example.com" },
            { "from": "worker", "to": "10.0.1.9:443/udp" }
        ]
    });
    merge(&mut document, more);
    document
}

/// Objects are merged; anything else takes the place of what was there.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

fn rule(number: usize, allow: bool, port: &str, cidr: &str) -> Value {
    let action = if allow { "allow" } else { "deny" };
    json!({ "ruleNumber": number, "action": action, "protocol": "tcp", "port": port, "cidr": cidr })
}

fn acls(ingress: &[Value], egress: &[Value]) -> Value {
    json!({
        "one": { "subnets": ["a", "b"], "ingress": ingress, "egress": egress },
        "two": { "subnets": ["public"], "ingress": ingress, "egress": egress }
    })
}

fn crossing_acls(size: usize) -> Value {
    // Each rule takes a stripe of addresses or a stripe of ports, so that they make a grid.
    let stripe = |index: usize, number: usize| {
        let ports = format!("{}-{}", 1_024 + index * 60 % 60_000, 1_024 + index * 60 % 60_000 + 29);
        if index.is_multiple_of(2) {
            rule(
                number,
                index.is_multiple_of(4),
                "0-65535",
                &format!("{}.{}.0.0/16", 16 + index % 200, index / 200 % 256),
            )
        } else {
            rule(number, index % 4 == 1, &ports, "0.0.0.0/0")
        }
    };
    let mut rules: Vec<Value> = (0..size).map(|index| stripe(index, index + 1)).collect();
    rules.push(rule(32_000, true, "0-65535", "0.0.0.0/0"));
    base(json!({ "networkAcls": acls(&rules, &rules) }))
}

fn random_acls(size: usize) -> Value {
    let mut numbers = Numbers(7);
    let mut list = || -> Vec<Value> {
        (0..size)
            .map(|index| {
                let bits = 8 + numbers.below(20);
                let mask = u32::MAX << bits;
                let address = std::net::Ipv4Addr::from(u32::try_from(numbers.next_number() >> 32).unwrap_or(0) & mask);
                let first = numbers.below(60_000);
                let ports = format!("{first}-{}", first + numbers.below(5_000));
                rule(index + 1, numbers.below(2) == 0, &ports, &format!("{address}/{}", 32 - bits))
            })
            .collect()
    };
    let (ingress, egress) = (list(), list());
    base(json!({ "networkAcls": acls(&ingress, &egress) }))
}

fn many_rules(size: usize) -> Value {
    let rules: Vec<Value> = (0..size)
        .map(|index| json!({ "protocol": "tcp", "port": "443", "peer": format!("{}.{}.0.0/16", 11 + index % 200, index / 200 % 256) }))
        .collect();
    base(json!({
        "securityGroups": { "group": { "egress": rules } },
        "functions": { "worker": { "securityGroups": ["group"] } }
    }))
}

fn many_groups(size: usize) -> Value {
    let groups = named(
        "group-",
        size,
        |index| json!({ "egress": [{ "protocol": "tcp", "port": "443", "peer": block(index, 8) }, { "peer": format!("group-{:06}", size - index - 1) }] }),
    );
    base(json!({ "securityGroups": groups, "functions": { "worker": { "securityGroups": names_of("group-", size) } } }))
}

fn many_routes(size: usize) -> Value {
    let routes: Vec<Value> = (0..size)
        .map(|index| {
            let target = if index.is_multiple_of(2) { "nat" } else { "igw" };
            json!({ "destination": format!("{}.{}.{}.0/24", 50 + index / 65_536, index / 256 % 256, index % 256), "target": target })
        })
        .collect();
    base(json!({ "routeTables": { "private": { "routes": routes } } }))
}

fn nested_routes(size: usize) -> Value {
    let routes: Vec<Value> = (0..size)
        .map(|index| {
            let target = if index.is_multiple_of(2) { "nat" } else { "igw" };
            let length = index % 33;
            let mask = u32::MAX.checked_shl(u32::try_from(32 - length).unwrap_or(0)).unwrap_or(0);
            let address =
                std::net::Ipv4Addr::from((0x3400_0000 + u32::try_from(index / 33).unwrap_or(0) * 0x10_0001) & mask);
            json!({ "destination": format!("{address}/{length}"), "target": target })
        })
        .collect();
    base(json!({ "routeTables": { "private": { "routes": routes } } }))
}

fn same_blocks(size: usize) -> Value {
    let width = size.isqrt().max(1);
    let entries: Vec<String> =
        (0..width).map(|index| format!("52.{}.{}.0/24", index / 256 % 256, index % 256)).collect();
    let lists = named("list-", width, |_| json!({ "entries": entries }));
    let routes: Vec<Value> = names_of("list-", width)
        .iter()
        .enumerate()
        .map(|(index, name)| json!({ "destination": name, "target": if index.is_multiple_of(2) { "nat" } else { "igw" } }))
        .collect();
    let rules: Vec<Value> =
        names_of("list-", width).iter().map(|name| json!({ "protocol": "tcp", "port": "443", "peer": name })).collect();
    base(json!({
        "prefixLists": lists,
        "routeTables": { "private": { "routes": routes } },
        "securityGroups": { "group": { "egress": rules } },
        "functions": { "worker": { "securityGroups": ["group"] } }
    }))
}

fn long_list(size: usize) -> Value {
    let entries: Vec<String> =
        (0..size).map(|index| format!("{}.{}.{}.0/25", 50 + index / 65_536, index / 256 % 256, index % 256)).collect();
    base(json!({
        "prefixLists": { "list": { "entries": entries } },
        "routeTables": { "private": { "routes": [{ "destination": "list", "target": "nat" }, { "destination": "0.0.0.0/0", "target": "igw" }] } },
        "securityGroups": { "group": { "egress": [{ "protocol": "tcp", "port": "443", "peer": "list" }] } },
        "functions": { "worker": { "securityGroups": ["group"] } }
    }))
}

fn subnets_and_endpoints(size: usize) -> Value {
    let subnets = named("subnet-", size, |index| json!({ "cidr": block(1_000 + index, 8) }));
    base(json!({
        "vpcs": { "main": { "enableDnsHostnames": true } },
        "subnets": subnets,
        "vpcEndpoints": { "endpoint": { "type": "Interface", "service": "sqs", "subnets": names_of("subnet-", size) } },
        "functions": { "worker": { "subnets": names_of("subnet-", size) } },
        "expect": [{ "from": "worker", "to": "service/sqs" }, { "from": "worker", "to": "s3://photos" }]
    }))
}

fn overlapping_subnets(size: usize) -> Value {
    let subnets = named("subnet-", size, |index| json!({ "cidr": block(0, 4 + index % 20) }));
    base(json!({ "subnets": subnets, "functions": { "worker": { "subnets": names_of("subnet-", size) } } }))
}

fn many_blocks(size: usize) -> Value {
    let mut blocks = vec!["10.0.0.0/8".to_owned()];
    blocks.extend((0..size).map(|index| format!("{}.{}.{}.0/24", 50 + index / 65_536, index / 256 % 256, index % 256)));
    let routes: Vec<Value> =
        blocks.iter().skip(1).map(|block| json!({ "destination": block, "target": "nat" })).collect();
    base(json!({
        "vpcs": { "main": { "cidr": blocks } },
        "routeTables": { "private": { "routes": routes } }
    }))
}

fn chain(size: usize, closed: bool, translates: bool) -> Value {
    let subnets = named("hop-", size, |index| json!({ "cidr": block(1_000 + index, 8) }));
    let next = |index: usize| {
        if index + 1 < size {
            format!("box-{:06}", index + 1)
        } else if closed {
            "box-000000".to_owned()
        } else {
            "igw".to_owned()
        }
    };
    let boxes = named(
        "box-",
        size,
        |index| json!({ "subnet": format!("hop-{index:06}"), "sourceDestCheck": false, "forwards": if translates { "nat" } else { "forward" }, "publicIp": format!("203.0.{}.{}", index / 256 % 256, index % 256) }),
    );
    let mut tables = named(
        "table-",
        size,
        |index| json!({ "subnets": [format!("hop-{index:06}")], "routes": [{ "destination": "0.0.0.0/0", "target": next(index) }] }),
    );
    tables.insert("private".to_owned(), json!({ "routes": [{ "destination": "0.0.0.0/0", "target": "box-000000" }] }));
    base(json!({ "subnets": subnets, "instances": boxes, "routeTables": tables }))
}

fn nat_chain(size: usize) -> Value {
    chain(size, false, true)
}

fn appliance_chain(size: usize) -> Value {
    chain(size, false, false)
}

fn appliance_ring(size: usize) -> Value {
    chain(size, true, false)
}

fn gateway_endpoints(size: usize) -> Value {
    let endpoints =
        named("endpoint-", size, |_| json!({ "type": "Gateway", "service": "s3", "routeTables": ["outside"] }));
    base(json!({ "vpcEndpoints": endpoints }))
}

fn dns_servers(size: usize) -> Value {
    let servers: Vec<String> = (0..size).map(|index| block(5_000 + index, 0).replace("/32", "")).collect();
    base(json!({
        "vpcs": { "main": { "dhcpOptions": "custom" } },
        "dhcpOptions": { "custom": { "domainNameServers": servers } }
    }))
}

fn names(size: usize) -> Value {
    let aliases: Vec<String> = (0..size).map(|_| "loop.example.com".to_owned()).collect();
    base(json!({
        "vpcs": { "main": { "enableDnsHostnames": true } },
        "privateHostedZones": { "zone": { "domain": "example.com", "vpcs": ["main"], "records": { "@": aliases, "loop": aliases } } }
    }))
}

fn host_addresses(size: usize) -> Value {
    let addresses: Vec<String> =
        (0..size).map(|index| format!("{}.{}.{}.9", 50 + index / 65_536, index / 256 % 256, index % 256)).collect();
    let rules: Vec<Value> =
        (0..40).map(|index| rule(index + 1, index % 2 == 1, "0-65535", &format!("{}.0.0.0/8", 50 + index))).collect();
    base(json!({
        "internetHosts": { "host": { "host": "example.com", "addresses": addresses } },
        "networkAcls": acls(&rules, &rules)
    }))
}

fn record_addresses(size: usize) -> Value {
    let addresses: Vec<String> = (0..size).map(|index| block(1_000 + index, 0).replace("/32", "")).collect();
    base(json!({
        "vpcs": { "main": { "enableDnsHostnames": true } },
        "privateHostedZones": { "zone": { "domain": "example.com", "vpcs": ["main"], "records": { "@": addresses } } }
    }))
}

fn functions_and_buckets(size: usize) -> Value {
    let width = size.isqrt().max(1);
    base(json!({
        "functions": named("function-", width, |_| json!({ "subnets": ["a", "b"] })),
        "buckets": named("bucket-", width, |_| json!({})),
        "expect": []
    }))
}

fn interfaces(size: usize) -> Value {
    base(json!({
        "networkInterfaces": named("eni-", size, |index| json!({ "subnet": "b", "privateIp": block(256 + index % 250, 0).replace("/32", "") })),
        "expect": [{ "from": "worker", "to": "10.0.1.77:443" }, { "from": "worker", "to": "s3://photos" }]
    }))
}

fn dangling(size: usize) -> Value {
    base(json!({ "functions": named("function-", size, |index| {
        json!({ "subnets": [format!("subnet-{index}")], "securityGroups": [format!("group-{index}")], "rutnime": "x" })
    }) }))
}

fn same_number(size: usize) -> Value {
    let rules: Vec<Value> = (0..size).map(|index| rule(100, index % 2 == 1, "0-65535", &block(index, 8))).collect();
    base(json!({ "networkAcls": acls(&rules, &rules) }))
}

fn exclusions(size: usize) -> Value {
    let exclusions: Vec<Value> = (0..size)
        .map(|index| json!({ "subnet": if index.is_multiple_of(2) { "a" } else { "b" }, "internetGatewayExclusionMode": "allow-bidirectional" }))
        .collect();
    base(
        json!({ "vpcBlockPublicAccess": { "internetGatewayBlockMode": "block-bidirectional", "exclusions": exclusions } }),
    )
}

fn questions(size: usize) -> Value {
    let expect: Vec<Value> = (0..size)
        .map(|index| json!({ "from": "worker", "to": format!("10.1.{}.{}:443", index / 256 % 256, index % 256) }))
        .collect();
    base(json!({ "expect": expect }))
}
