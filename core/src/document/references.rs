//! Which field names what: the one table of references between the parts of a document.

use crate::component::ComponentKind;
use crate::component::ComponentKind::*;

/// Sections with the kind of what is in them.
pub(crate) const SECTIONS: &[(&str, ComponentKind)] = &[
    ("vpcs", Vpc),
    ("subnets", Subnet),
    ("routeTables", RouteTable),
    ("internetGateways", InternetGateway),
    ("egressOnlyInternetGateways", EgressOnlyInternetGateway),
    ("natGateways", NatGateway),
    ("vpcEndpoints", VpcEndpoint),
    ("securityGroups", SecurityGroup),
    ("networkAcls", NetworkAcl),
    ("prefixLists", PrefixList),
    ("dhcpOptions", DhcpOptions),
    ("privateHostedZones", PrivateHostedZone),
    ("functions", Function),
    ("instances", Instance),
    ("tasks", Task),
    ("codeBuildProjects", CodeBuildProject),
    ("networkInterfaces", NetworkInterface),
    ("buckets", Bucket),
    ("accessPoints", AccessPoint),
    ("internetHosts", InternetHost),
    ("roles", Role),
    ("managedPolicies", ManagedPolicy),
    ("accounts", Account),
    ("kmsKeys", KmsKey),
    ("transitGateways", TransitGateway),
    ("vpcPeeringConnections", VpcPeeringConnection),
    ("vpnGateways", VpnGateway),
    ("carrierGateways", CarrierGateway),
    ("localGateways", LocalGateway),
    ("coreNetworks", CoreNetwork),
];

/// The section of a kind; none for what a document does not declare by name.
pub(crate) fn section_of(kind: ComponentKind) -> Option<&'static str> {
    SECTIONS.iter().find(|(_, of)| *of == kind).map(|(section, _)| *section)
}

/// The kind of what is in a section.
pub(crate) fn kind_of(section: &str) -> Option<ComponentKind> {
    SECTIONS.iter().find(|(name, _)| *name == section).map(|(_, kind)| *kind)
}

/// How a field names what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The key of a component of one of these kinds, or `kind/key`; a bare key that several of them have means none.
    Key(&'static [ComponentKind]),
    /// The same for a security group; `NAME/default` is the default group of a VPC.
    SecurityGroup,
    /// A security group as above, or else a prefix list, or else a CIDR block.
    Peer,
    /// The key of a prefix list, or else a CIDR block.
    RouteDestination,
    /// A route table; `NAME/main` is the main table of a VPC that declares none.
    RouteTable,
    /// `s3://KEY/…`, a component with or without port, or something outside the document.
    Destination,
    /// `s3://KEY/…`.
    Object,
    /// `vpcs/NAME/ATTRIBUTE`.
    UnknownSection,
}

/// A field that names another component.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    /// The section; `expect` and others that hold no components too.
    pub(crate) section: &'static str,
    /// The way to it below the section's entry: `*` is every element of a list, `@` every key of a map.
    pub(crate) path: &'static str,
    /// What it names, and how.
    pub(crate) form: Form,
    /// What cannot stay when the thing named is gone: the part of the way up to which it is removed.
    /// Empty: the whole entry, since in AWS nothing can be there without it.
    pub(crate) falls: &'static str,
}

/// What a route leads to (R2.17).
pub(crate) const ROUTE_TARGETS: &[ComponentKind] = &[
    InternetGateway,
    EgressOnlyInternetGateway,
    NatGateway,
    Instance,
    NetworkInterface,
    VpcEndpoint,
    TransitGateway,
    VpcPeeringConnection,
    VpnGateway,
    CarrierGateway,
    LocalGateway,
    CoreNetwork,
];

/// What asks and is asked.
pub(crate) const WORKLOADS: &[ComponentKind] = &[Function, Instance, Task, CodeBuildProject, NetworkInterface];

/// What a question can be about by its name: workloads, and what else has an interface, a bucket or a host.
pub(crate) const DESTINATIONS: &[ComponentKind] = &[
    Function,
    Instance,
    Task,
    CodeBuildProject,
    NetworkInterface,
    VpcEndpoint,
    NatGateway,
    Bucket,
    AccessPoint,
    InternetHost,
];

/// What carries traffic: targets of routes.
const CARRIERS: &[ComponentKind] = ROUTE_TARGETS;

const fn row(section: &'static str, path: &'static str, form: Form, falls: &'static str) -> Reference {
    Reference { section, path, form, falls }
}

const VPC: Form = Form::Key(&[Vpc]);
const SUBNET: Form = Form::Key(&[Subnet]);
/// Here an ARN can stand as well, as for keys of KMS.
const ROLE: Form = Form::Key(&[Role]);
const MANAGED_POLICY: Form = Form::Key(&[ManagedPolicy]);

/// Every field of the format that names another component.
pub(crate) const REFERENCES: &[Reference] = &[
    row("vpcs", "dhcpOptions", Form::Key(&[DhcpOptions]), "dhcpOptions"),
    row("subnets", "vpc", VPC, ""),
    row("routeTables", "vpc", VPC, ""),
    row("routeTables", "subnets/*", SUBNET, "subnets/*"),
    row("routeTables", "gateways/*", Form::Key(&[InternetGateway, VpnGateway]), "gateways/*"),
    row("routeTables", "routes/*/destination", Form::RouteDestination, "routes/*"),
    row("routeTables", "routes/*/target", Form::Key(ROUTE_TARGETS), "routes/*"),
    row("internetGateways", "vpc", VPC, ""),
    row("egressOnlyInternetGateways", "vpc", VPC, ""),
    row("natGateways", "vpc", VPC, ""),
    row("natGateways", "subnet", SUBNET, ""),
    row("natGateways", "routeTable", Form::Key(&[RouteTable]), "routeTable"),
    row("vpcEndpoints", "vpc", VPC, ""),
    row("vpcEndpoints", "routeTables/*", Form::RouteTable, "routeTables/*"),
    row("vpcEndpoints", "subnets/*", SUBNET, "subnets/*"),
    row("vpcEndpoints", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("vpcEndpoints", "privateIps/@", SUBNET, "privateIps/@"),
    row("securityGroups", "vpc", VPC, ""),
    row("securityGroups", "ingress/*/peer", Form::Peer, "ingress/*"),
    row("securityGroups", "egress/*/peer", Form::Peer, "egress/*"),
    row("networkAcls", "vpc", VPC, ""),
    row("networkAcls", "subnets/*", SUBNET, "subnets/*"),
    row("privateHostedZones", "vpcs/*", VPC, "vpcs/*"),
    row("vpcBlockPublicAccess", "exclusions/*/vpc", VPC, "exclusions/*"),
    row("vpcBlockPublicAccess", "exclusions/*/subnet", SUBNET, "exclusions/*"),
    row("functions", "subnets/*", SUBNET, "subnets/*"),
    row("functions", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("functions", "elasticIps/@", SUBNET, "elasticIps/@"),
    row("functions", "role", ROLE, "role"),
    row("instances", "role", ROLE, "role"),
    row("tasks", "role", ROLE, "role"),
    row("codeBuildProjects", "role", ROLE, "role"),
    row("roles", "managedPolicies/*", MANAGED_POLICY, "managedPolicies/*"),
    row("roles", "permissionsBoundary", MANAGED_POLICY, "permissionsBoundary"),
    row("buckets", "kmsKey", Form::Key(&[KmsKey]), "kmsKey"),
    row("accessPoints", "bucket", Form::Key(&[Bucket]), ""),
    row("accessPoints", "vpc", VPC, ""),
    row("instances", "subnet", SUBNET, ""),
    row("instances", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("instances", "networkInterfaces/*", Form::Key(&[NetworkInterface]), "networkInterfaces/*"),
    row("tasks", "subnets/*", SUBNET, "subnets/*"),
    row("tasks", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("codeBuildProjects", "subnets/*", SUBNET, "subnets/*"),
    row("codeBuildProjects", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("networkInterfaces", "subnet", SUBNET, ""),
    row("networkInterfaces", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("transitGateways", "vpc", VPC, "vpc"),
    row("vpcPeeringConnections", "vpc", VPC, "vpc"),
    row("vpnGateways", "vpc", VPC, "vpc"),
    row("carrierGateways", "vpc", VPC, "vpc"),
    row("localGateways", "vpc", VPC, "vpc"),
    row("coreNetworks", "vpc", VPC, "vpc"),
    row("expect", "from", Form::Key(WORKLOADS), ""),
    row("expect", "to", Form::Destination, ""),
    row("expect", "request/copySource", Form::Object, ""),
    row("expect", "carriers/*", Form::Key(CARRIERS), "carriers/*"),
    row("unknownSections", "", Form::UnknownSection, ""),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::document::form::{HasShape, Shaped};
    use crate::document::slot::document_name;
    use crate::network::Network;

    /// Every place of the format that holds a text or a number, as section and way below its entry.
    fn places() -> Vec<(String, String)> {
        fn walk(shape: &Shaped, way: &str, places: &mut Vec<String>) {
            match shape {
                Shaped::Plain => places.push(way.to_owned()),
                Shaped::OneOrMany => places.push(format!("{way}/*")),
                Shaped::List(of) => walk(of, &format!("{way}/*"), places),
                Shaped::Section(of) => {
                    places.push(format!("{way}/@"));
                    walk(of, &format!("{way}/+"), places);
                }
                Shaped::Fields(fields) => {
                    fields.iter().for_each(|(field, of)| walk(of, &format!("{way}/{}", document_name(field)), places));
                }
            }
        }
        let Shaped::Fields(sections) = Document::SHAPE else { panic!("a document has fields") };
        let mut all = Vec::new();
        for (section, shape) in sections {
            let entry = match shape {
                Shaped::Section(of) | Shaped::List(of) => of,
                other => other,
            };
            let mut ways = Vec::new();
            walk(entry, "", &mut ways);
            all.extend(ways.into_iter().map(|way| (document_name(section), way.trim_start_matches('/').to_owned())));
        }
        all
    }

    /// Fields that name nothing of the document, by the last name on the way to them.
    const PLAIN: &[&str] = &[
        "version",
        "title",
        "description",
        "region",
        "account",
        "cidr",
        "ipv6Cidr",
        "enableDnsSupport",
        "enableDnsHostnames",
        "isDefault",
        "availabilityZone",
        "mapPublicIpOnLaunch",
        "availableIpAddressCount",
        "enableDns64",
        "main",
        "state",
        "origin",
        "attached",
        "connectivityType",
        "availabilityMode",
        "elasticIps",
        "privateIp",
        "availabilityZones",
        "type",
        "service",
        "privateDnsEnabled",
        "privateDnsOnlyForInboundResolverEndpoint",
        "ipAddressType",
        "privateIps",
        "policy",
        "protocol",
        "port",
        "ruleNumber",
        "action",
        "awsService",
        "entries",
        "domainNameServers",
        "domain",
        "domains",
        "blockResponse",
        "firewallDomainRedirectionAction",
        "qtype",
        "records",
        "internetGatewayBlockMode",
        "internetGatewayExclusionMode",
        "ipv6AllowedForDualStack",
        "timeout",
        "runtime",
        "stateReasonCode",
        "lastUpdateStatus",
        "lastUpdateStatusReasonCode",
        "sdk",
        "names",
        "dualStack",
        "fips",
        "endpoint",
        "prefers",
        "fallback",
        "followRedirects",
        "connectTimeout",
        "readTimeout",
        "attempts",
        "publicIp",
        "ipv6Addresses",
        "sourceDestCheck",
        "forwards",
        "listens",
        "assignPublicIp",
        "status",
        "interfaceType",
        "bucketName",
        "accessPointName",
        "alias",
        "objectOwnership",
        "path",
        "roleName",
        "policies",
        "sessionPolicies",
        "tags",
        "arn",
        "organizationId",
        "organizationPath",
        "isManagementAccount",
        "name",
        "serviceControlPolicies",
        "resourceControlPolicies",
        "blockPublicAcls",
        "ignorePublicAcls",
        "blockPublicPolicy",
        "restrictPublicBuckets",
        "host",
        "addresses",
        "operation",
        "key",
        "context",
        "resource",
        "signed",
        "signedBy",
        "verdict",
        "because",
        "rules",
    ];

    /// Maps whose keys name nothing of the document.
    const OWN_NAMES: &[&str] = &[
        "records",
        "policies",
        "sessionPolicies",
        "tags",
        "serviceControlPolicies",
        "resourceControlPolicies",
        "context",
    ];

    fn is_reference(section: &str, way: &str) -> bool {
        REFERENCES.iter().any(|reference| reference.section == section && reference.path == way)
    }

    /// The document in which something stands at the place.
    fn document(section: &str, way: &str, value: serde_json::Value) -> serde_json::Value {
        let built = way.split('/').rev().filter(|step| !step.is_empty()).fold(value, |inner, step| match step {
            "*" => serde_json::json!([inner]),
            "+" => serde_json::json!({ "x": inner }),
            "@" => inner,
            field => serde_json::json!({ field: inner }),
        });
        let entry = match Document::SHAPE.step(section) {
            Shaped::Section(_) => serde_json::json!({ "x": built }),
            Shaped::List(_) => serde_json::json!([built]),
            _ => built,
        };
        serde_json::json!({ section: entry })
    }

    #[test]
    fn every_field_is_a_reference_or_known_to_be_none() {
        for (section, way) in places() {
            let last = way.split('/').rfind(|step| !matches!(*step, "" | "*" | "+" | "@")).unwrap_or(&section);
            let is_map = way
                .strip_suffix("/@")
                .is_some_and(|map| map.split('/').next_back().is_some_and(|map| OWN_NAMES.contains(&map)));
            let is_plain = PLAIN.contains(&last) && !way.ends_with('@') || is_map;
            let is_name = is_reference(&section, &way);
            assert!(
                is_plain != is_name,
                "{section}/{way}: put it into the table of references, or into the list of fields that are none"
            );
        }
    }

    #[test]
    fn every_reference_is_a_field() {
        let places = places();
        for reference in REFERENCES {
            let stands = places.iter().any(|(section, way)| section == reference.section && way == reference.path);
            assert!(stands, "{}/{} is no place of the format", reference.section, reference.path);
            assert!(reference.path.starts_with(reference.falls));
        }
    }

    /// What resolving calls a name that nothing has is in the table, whoever adds the field.
    #[test]
    fn what_resolving_looks_up_is_a_reference() {
        let looks_up = |document: serde_json::Value| {
            let mut document = document;
            document["vpcs"]["v"] = serde_json::json!({ "cidr": "10.0.0.0/16" });
            document["subnets"]["s"] = serde_json::json!({ "cidr": "10.0.0.0/24" });
            document["buckets"]["b"] = serde_json::json!({});
            for (section, field, value) in [
                ("vpcEndpoints", "service", "s3"),
                ("natGateways", "availabilityMode", "regional"),
                ("privateHostedZones", "domain", "corp.example"),
                ("functions", "subnets", "s"),
                ("accessPoints", "bucket", "b"),
            ] {
                if let Some(entry) = document[section]["x"].as_object_mut() {
                    let value = if field == "subnets" { serde_json::json!([value]) } else { value.into() };
                    entry.entry(field).or_insert(value);
                }
            }
            let reading = Document::from_json(&document.to_string());
            let (_, problems) = Network::resolve(&reading.document);
            let codes = ["danglingReference", "unknownName", "unknownPrefixList"];
            problems.iter().any(|problem| codes.contains(&problem.kind.code()))
        };
        let mut found = 0;
        for (section, way) in places().into_iter().filter(|(section, _)| section != "expect") {
            if looks_up(document(&section, &way, "nothing-has-this-name".into())) {
                // A route without target, or a rule without peer, is not what is meant here.
                assert!(is_reference(&section, &way), "{section}/{way} names something and is not in the table");
                found += 1;
            }
        }
        assert!(found > 25, "resolving looks up {found} fields");
    }
}
