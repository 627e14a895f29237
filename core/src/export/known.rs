//! What things are called where the document comes from.

use std::collections::BTreeMap;

use super::resource::{Kind, Resource};
use crate::document::Document;

/// Where the parts of a document come from, by JSON pointer: names of the imported source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    names: BTreeMap<String, Source>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Source {
    name: String,
    of_type: String,
}

impl Sources {
    /// Remembers that the part with that pointer is the resource of that name and type in its source.
    pub fn insert(&mut self, pointer: impl Into<String>, name: impl Into<String>, of_type: impl Into<String>) {
        self.names.insert(pointer.into(), Source { name: name.into(), of_type: of_type.into() });
    }
}

#[cfg(feature = "import")]
impl From<&crate::import::Places> for Sources {
    fn from(places: &crate::import::Places) -> Sources {
        let mut sources = Sources::default();
        for (pointer, place) in places.iter() {
            sources.insert(pointer, &place.name, &place.of_type);
        }
        sources
    }
}

/// What the tools know of the things that are there already.
pub(super) struct Known<'d> {
    document: &'d Document,
    sources: &'d Sources,
}

impl<'d> Known<'d> {
    pub(super) fn new(document: &'d Document, sources: &'d Sources) -> Known<'d> {
        Known { document, sources }
    }

    /// Whether a component has the name of a template or of Terraform, so that AWS calls it something else.
    pub(super) fn is_of_tool(&self, key: &str) -> bool {
        let place = place(key);
        let of_type = self.sources.names.get(&place).map(|source| source.of_type.as_str());
        match of_type {
            Some(of_type) => of_type.starts_with("AWS::") || of_type.starts_with("aws_"),
            None => key.split_once('/').is_some_and(|(_, name)| address(name).is_some()),
        }
    }

    /// The logical id that a template has for a resource.
    pub(super) fn logical_id(&self, resource: &Resource) -> Option<&'d str> {
        let source = self.source(resource).filter(|source| source.of_type == resource.kind.cloudformation())?;
        let is_id = source.name.chars().all(|letter| letter.is_ascii_alphanumeric());
        is_id.then_some(source.name.as_str())
    }

    /// The address that Terraform has for a resource.
    pub(super) fn address(&self, resource: &'d Resource) -> Option<&'d str> {
        if let Some(source) = self.source(resource) {
            return is_alike(&source.of_type, resource.kind).then_some(source.name.as_str());
        }
        let (_, name) = resource.key.split_once('/').filter(|_| resource.key == resource.owner)?;
        let (_, rest) = address(name)?;
        let (of_type, _) = rest.split_once('.')?;
        is_alike(of_type, resource.kind).then_some(name)
    }

    /// Whether a part stands inside the resource of Terraform's that it belongs to.
    pub(super) fn is_inline(&self, part: &Resource) -> bool {
        let source = self.source(part);
        part.key != part.owner
            && source.is_some_and(|source| source.of_type.starts_with("aws_") && !is_alike(&source.of_type, part.kind))
    }

    /// The id that AWS has for a resource; functions and buckets have names.
    pub(super) fn id(&self, resource: &Resource) -> Option<&'d str> {
        let name = self.document_name(resource)?;
        let is_named = matches!(resource.kind, Kind::Function | Kind::Bucket | Kind::ExistingRole) && self.is_of_aws();
        if is_named {
            return Some(self.given_name(&resource.key).unwrap_or(name));
        }
        if matches!(resource.kind, Kind::ManagedPolicy | Kind::KmsKey) && self.is_of_aws() {
            return Some(self.arn(&resource.key).unwrap_or(name));
        }
        is_id(resource.kind, name).then_some(name)
    }

    /// Whether the document describes what is in AWS, rather than a sketch or what a tool deploys.
    pub(super) fn is_of_aws(&self) -> bool {
        self.document.vpcs.keys().any(|name| is_id(Kind::Vpc, name))
    }

    /// The name of a component as the document holds it.
    fn document_name(&self, resource: &Resource) -> Option<&'d str> {
        let (kind, name) = resource.key.split_once('/').filter(|_| resource.key == resource.owner)?;
        let document = self.document;
        let found = match kind {
            "vpc" => document.vpcs.keys().find(|key| *key == name),
            "subnet" => document.subnets.keys().find(|key| *key == name),
            "routeTable" => document.route_tables.keys().find(|key| *key == name),
            "internetGateway" => document.internet_gateways.keys().find(|key| *key == name),
            "egressOnlyInternetGateway" => document.egress_only_internet_gateways.keys().find(|key| *key == name),
            "natGateway" => document.nat_gateways.keys().find(|key| *key == name),
            "vpcEndpoint" => document.vpc_endpoints.keys().find(|key| *key == name),
            "securityGroup" => document.security_groups.keys().find(|key| *key == name),
            "networkAcl" => document.network_acls.keys().find(|key| *key == name),
            "prefixList" => document.prefix_lists.keys().find(|key| *key == name),
            "dhcpOptions" => document.dhcp_options.keys().find(|key| *key == name),
            "privateHostedZone" => document.private_hosted_zones.keys().find(|key| *key == name),
            "function" => document.functions.keys().find(|key| *key == name),
            "instance" => document.instances.keys().find(|key| *key == name),
            "networkInterface" => document.network_interfaces.keys().find(|key| *key == name),
            "bucket" => document.buckets.keys().find(|key| *key == name),
            "role" => document.roles.keys().find(|key| *key == name),
            "managedPolicy" => document.managed_policies.keys().find(|key| *key == name),
            "accessPoint" => document.access_points.keys().find(|key| *key == name),
            "kmsKey" => document.kms_keys.keys().find(|key| *key == name),
            _ => None,
        };
        found.map(String::as_str)
    }

    fn source(&self, resource: &Resource) -> Option<&'d Source> {
        // A part that has no place of its own stands in another resource.
        self.sources.names.get(&resource.place)
    }

    /// The account of an access point, which commands about it name.
    pub(super) fn account_of_access_point(&self, key: &str) -> Option<&'d str> {
        let point = self.document.access_points.get(key.strip_prefix("accessPoint/")?)?;
        point.account.as_deref().or(self.document.account.as_deref())
    }

    /// What AWS calls a bucket or a role, where the document says so.
    pub(super) fn given_name(&self, key: &str) -> Option<&'d str> {
        match key.split_once('/')? {
            ("bucket", name) => self.document.buckets.get(name)?.bucket_name.as_deref(),
            ("accessPoint", name) => self.document.access_points.get(name)?.access_point_name.as_deref(),
            ("role", name) => self.document.roles.get(name)?.role_name.as_deref(),
            _ => None,
        }
    }

    /// The ARN of a managed policy or a key, where the document says it.
    pub(super) fn arn(&self, key: &str) -> Option<&'d str> {
        match key.split_once('/')? {
            ("managedPolicy", name) => self.document.managed_policies.get(name)?.arn.as_deref(),
            ("kmsKey", name) => self.document.kms_keys.get(name)?.arn.as_deref(),
            _ => None,
        }
    }
}

/// Whether a type of Terraform's is that of a kind, or the same for a default of AWS or something that exists.
fn is_alike(of_type: &str, kind: Kind) -> bool {
    let known = kind.terraform();
    of_type == known || of_type.replacen("aws_default_", "aws_", 1) == known.replacen("aws_default_", "aws_", 1)
}

/// The JSON pointer of a component.
pub(super) fn place(key: &str) -> String {
    use crate::document::references::SECTIONS;
    let (kind, name) = key.split_once('/').unwrap_or((key, ""));
    let section = SECTIONS.iter().find(|(_, known)| known.as_str() == kind).map_or(kind, |(section, _)| section);
    ["/", section, "/", &name.replace('~', "~0").replace('/', "~1")].concat()
}

/// Whether a name is an id that AWS gave to such a thing.
pub(super) fn is_id(kind: Kind, name: &str) -> bool {
    let start = match kind {
        Kind::Vpc => "vpc-",
        Kind::Subnet => "subnet-",
        Kind::RouteTable => "rtb-",
        Kind::InternetGateway => "igw-",
        Kind::EgressOnlyInternetGateway => "eigw-",
        Kind::NatGateway => "nat-",
        Kind::VpcEndpoint => "vpce-",
        Kind::SecurityGroup | Kind::DefaultSecurityGroup => "sg-",
        Kind::NetworkAcl => "acl-",
        Kind::PrefixList => "pl-",
        Kind::DhcpOptions => "dopt-",
        Kind::Instance => "i-",
        Kind::NetworkInterface => "eni-",
        Kind::HostedZone => {
            let is_zone = |rest: &str| {
                rest.len() > 8 && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            };
            return name.strip_prefix('Z').is_some_and(is_zone);
        }
        _ => return false,
    };
    let is_hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    name.strip_prefix(start).is_some_and(|rest| {
        rest.len() >= 8 && rest.bytes().all(is_hexadecimal) && rest.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// The parts of an address in Terraform: module, type and name with index. None for other names.
pub(super) fn address(name: &str) -> Option<(&str, &str)> {
    let start = name
        .rfind("aws_")
        .filter(|start| *start == 0 || name.get(..*start).is_some_and(|module| module.ends_with('.')))?;
    let (module, rest) = name.split_at_checked(start)?;
    let (of_type, label) = rest.split_once('.')?;
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let is_module = module.is_empty() || module.starts_with("module.") || module.starts_with("data.");
    (is_word(of_type) && !label.is_empty() && is_module).then_some((module, rest))
}

#[cfg(test)]
mod tests {
    use super::{address, is_id};
    use crate::export::resource::Kind;

    #[test]
    fn ids_of_aws_are_told_from_names() {
        assert!(is_id(Kind::RouteTable, "rtb-06135ac43a789bb31"));
        assert!(is_id(Kind::Vpc, "vpc-12345678"));
        assert!(!is_id(Kind::RouteTable, "rtb-private"));
        assert!(!is_id(Kind::Subnet, "subnet-facade"));
        assert!(!is_id(Kind::Subnet, "rtb-06135ac43a789bb31"));
    }

    #[test]
    fn addresses_of_terraform_have_module_and_rest() {
        assert_eq!(address("aws_subnet.a[0]"), Some(("", "aws_subnet.a[0]")));
        assert_eq!(address("module.vpc.aws_subnet.a"), Some(("module.vpc.", "aws_subnet.a")));
        assert_eq!(address("private-a"), None);
        assert_eq!(address("my.aws_thing"), None);
    }
}
