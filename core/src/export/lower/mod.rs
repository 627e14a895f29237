//! From a document to the resources that make the same network.
//!
//! What cannot be said is written in another way where there is one: subnets that use a main route table or a default
//! network ACL are associated with it explicitly.

mod endpoints;
mod filters;
mod permissions;
mod routes;
mod surroundings;
mod vpcs;
mod workloads;

use std::collections::BTreeMap;

use super::known::is_id;
use super::resource::{Attribute, Kind, Origin, Resource, Term, id_of};
use crate::data;
use crate::document::Document;
use crate::document::references::SECTIONS;
use crate::json::{Json, quoted};

/// What a document comes down to.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    pub(super) resources: Vec<Resource>,
    /// Pointers to what no resource says.
    pub(super) left_out: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Lowered {
    /// The resource with that key.
    pub(super) fn get(&self, key: &str) -> Option<&Resource> {
        self.resources.get(*self.positions.get(key)?)
    }
}

/// The resources that make a document's network anew.
pub(super) fn lower(document: &Document) -> Lowered {
    resources(document, false)
}

/// The resources of a document that is changed, with the roles, policies and keys that are there.
pub(super) fn lower_for_change(document: &Document) -> Lowered {
    resources(document, true)
}

fn resources(document: &Document, is_there: bool) -> Lowered {
    let mut lowering = Lowering {
        document,
        is_there,
        lowered: Lowered::default(),
        only_vpc: document.vpcs.keys().next().cloned().filter(|_| document.vpcs.len() == 1),
    };
    lowering.vpcs();
    lowering.subnets();
    lowering.gateways();
    lowering.route_tables();
    lowering.security_groups();
    lowering.network_acls();
    lowering.vpc_endpoints();
    lowering.surroundings();
    lowering.workloads();
    if is_there {
        lowering.permissions();
    }
    lowering.note_the_rest();
    let mut lowered = lowering.lowered;
    lowered.left_out.sort();
    lowered.left_out.dedup();
    lowered
}

struct Lowering<'d> {
    document: &'d Document,
    /// Whether what the document describes is there already, so that ids and names in it are those of AWS.
    is_there: bool,
    lowered: Lowered,
    only_vpc: Option<String>,
}

/// Whether AWS can read a block of addresses.
fn is_block(text: &str) -> bool {
    text.parse::<ipnet::IpNet>().is_ok()
}

/// A step of a JSON pointer (RFC 6901).
fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A name without the kind that may stand before it.
fn bare<'n>(kind: &str, name: &'n str) -> &'n str {
    name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name)
}

impl Lowering<'_> {
    fn add(&mut self, kind: Kind, component: &str, fields: Vec<(&'static str, Term)>) {
        self.push(kind, component, "", "", fields);
    }

    /// Adds a part of a component: `word` tells it from its other parts, and `part` is what it is called.
    fn push(&mut self, kind: Kind, owner: &str, word: &str, part: &str, fields: Vec<(&'static str, Term)>) {
        let mut key = owner.to_owned();
        if !word.is_empty() {
            key = [owner, "#", word].concat();
        }
        // What is written twice is made once.
        if self.lowered.positions.contains_key(&key) {
            return;
        }
        self.lowered.positions.insert(key.clone(), self.lowered.resources.len());
        let (section, name) = owner.split_once('/').unwrap_or((owner, ""));
        let section =
            SECTIONS.iter().find(|(_, kind)| kind.as_str() == section).map_or(section, |(section, _)| section);
        let place = match name {
            "" => ["/", section].concat(),
            name => ["/", section, "/", &step(name)].concat(),
        };
        self.lowered.resources.push(Resource {
            kind,
            key,
            owner: owner.to_owned(),
            part: part.to_owned(),
            origin: Origin::Written,
            place,
            fields,
            after: Vec::new(),
        });
    }

    /// Says who makes what was added last.
    fn made_by(&mut self, origin: Origin) {
        if let Some(last) = self.lowered.resources.last_mut() {
            last.origin = origin;
        }
    }

    /// Says what has to be there before what was added last.
    fn needs(&mut self, key: Option<String>) {
        if let (Some(last), Some(key)) = (self.lowered.resources.last_mut(), key) {
            last.after.push(key);
        }
    }

    /// Says where below its component what was added last comes from.
    fn from(&mut self, rest: &str) {
        if let Some(last) = self.lowered.resources.last_mut() {
            last.place.push_str(rest);
        }
    }

    fn leave_out(&mut self, section: &str, name: &str, rest: &str) {
        self.lowered.left_out.push(["/", section, "/", &step(name), rest].concat());
    }

    /// Names policies that name what has another id, name or address once deployed: endpoints, VPCs, buckets that AWS
    /// names, Elastic IP addresses.
    fn note_policies_with_ids(&mut self) {
        let document = self.document;
        let is_of_aws = self.is_there && document.vpcs.keys().any(|name| is_id(Kind::Vpc, name));
        if is_of_aws {
            return;
        }
        let ids = document.vpc_endpoints.keys().chain(document.vpcs.keys()).map(|key| quoted(key));
        let unnamed = document.buckets.iter().filter(|(_, bucket)| bucket.bucket_name.is_none());
        let arns = unnamed.map(|(key, _)| [":::", key].concat());
        let addresses = document.nat_gateways.values().flat_map(|gateway| gateway.elastic_ips.iter().cloned());
        let named: Vec<String> = ids.chain(arns).chain(addresses).collect();
        let names_one = |policy: Option<&Json>| {
            let text = policy.and_then(|policy| serde_json::to_string(policy).ok()).unwrap_or_default();
            named.iter().any(|name| text.contains(name))
        };
        for (name, endpoint) in &document.vpc_endpoints {
            self.leave_out_fields("vpcEndpoints", name, &[("policy", names_one(endpoint.policy.as_ref()))]);
        }
        for (name, bucket) in &document.buckets {
            self.leave_out_fields("buckets", name, &[("policy", names_one(bucket.policy.as_ref()))]);
        }
        for (name, point) in &document.access_points {
            self.leave_out_fields("accessPoints", name, &[("policy", names_one(point.policy.as_ref()))]);
        }
        if self.is_there {
            self.note_role_policies(&names_one);
        }
    }

    /// Leaves out those fields of a component of which that is true.
    fn leave_out_fields(&mut self, section: &str, name: &str, fields: &[(&str, bool)]) {
        for (field, _) in fields.iter().filter(|(_, is_said)| *is_said) {
            self.leave_out(section, name, &["/", field].concat());
        }
    }

    fn vpc_key(&self, named: Option<&str>) -> Option<String> {
        let name = bare("vpc", named.or(self.only_vpc.as_deref())?);
        self.document.vpcs.contains_key(name).then(|| ["vpc/", name].concat())
    }

    fn vpc(&self, named: Option<&str>) -> Option<Term> {
        self.vpc_key(named).map(id_of)
    }

    fn vpc_of_subnet(&self, name: &str) -> Option<String> {
        let subnet = self.document.subnets.get(bare("subnet", name))?;
        subnet.vpc.clone().or_else(|| self.only_vpc.clone())
    }

    fn subnet_key(&self, name: &str) -> Option<String> {
        let name = bare("subnet", name);
        self.document.subnets.contains_key(name).then(|| ["subnet/", name].concat())
    }

    fn subnet(&self, name: Option<&String>) -> Option<Term> {
        self.subnet_key(name?).map(id_of)
    }

    fn subnet_list(&mut self, section: &str, owner: &str, subnets: &[String]) -> Option<Term> {
        let mut list = Vec::new();
        for name in subnets {
            match self.subnet_key(name) {
                Some(key) => list.push(id_of(key)),
                None => self.leave_out(section, owner, "/subnets"),
            }
        }
        (!list.is_empty()).then_some(Term::List(list))
    }

    /// The internet gateway of a VPC, by the key of its attachment.
    fn attachment_of(&self, vpc: Option<&str>) -> Option<String> {
        let vpc = bare("vpc", vpc.or(self.only_vpc.as_deref())?);
        let mut gateways = self.document.internet_gateways.iter();
        let (name, _) = gateways.find(|(_, gateway)| {
            let of = gateway.vpc.as_deref().or(self.only_vpc.as_deref());
            gateway.attached != Some(false) && of.map(|of| bare("vpc", of)) == Some(vpc)
        })?;
        Some(["internetGateway/", name, "#attachment"].concat())
    }

    /// A security group; `vpc` is where `default` is meant.
    fn group(&self, name: &str, vpc: Option<&str>) -> Option<Term> {
        let name = bare("securityGroup", name);
        if self.document.security_groups.contains_key(name) {
            return Some(id_of(["securityGroup/", name].concat()));
        }
        let of = name.strip_suffix("/default").or((name == "default").then_some(vpc).flatten());
        if name != "default" && of.is_none() {
            return None;
        }
        let vpc = self.vpc_key(of)?;
        // The document may have it under another name.
        let declared =
            self.document.security_groups.iter().find(|(_, group)| {
                group.is_default && self.vpc_key(group.vpc.as_deref()).as_deref() == Some(vpc.as_str())
            });
        Some(match declared {
            Some((declared, _)) => id_of(["securityGroup/", declared].concat()),
            None => Term::Of(vpc, Attribute::DefaultSecurityGroup),
        })
    }

    fn groups(&mut self, section: &str, owner: &str, groups: &[String], vpc: Option<&str>) -> Option<Term> {
        let mut list = Vec::new();
        for name in groups {
            match self.group(name, vpc) {
                Some(group) => list.push(group),
                None => self.leave_out(section, owner, "/securityGroups"),
            }
        }
        (!list.is_empty()).then_some(Term::List(list))
    }

    /// A prefix list: the customer's own, or one that AWS keeps for a service.
    fn prefix_list(&self, name: &str) -> Option<Term> {
        let name = bare("prefixList", name);
        let service = match self.document.prefix_lists.get(name) {
            Some(list) if list.aws_service.is_none() => {
                let is_sayable = !list.entries.is_empty() && self.family_of(&list.entries).is_some();
                return is_sayable.then(|| id_of(["prefixList/", name].concat()));
            }
            Some(list) => list.aws_service.as_deref(),
            None => Some(name),
        };
        let region = self.document.region.as_deref().unwrap_or("us-east-1");
        if name.starts_with("pl-") && self.document.prefix_lists.get(name).is_none() {
            let is_s3 = data::s3_prefix_list_id(region) == Some(name);
            return is_s3.then(|| Term::ServicePrefixList(["com.amazonaws.", region, ".s3"].concat()));
        }
        let service = service.filter(|service| service.starts_with("com.amazonaws."))?;
        Some(Term::ServicePrefixList(service.to_owned()))
    }

    /// `IPv4` or `IPv6`; a list has addresses of one of them.
    fn family_of(&self, entries: &[String]) -> Option<&'static str> {
        let count = entries.iter().filter(|entry| entry.contains(':')).count();
        match count {
            0 => Some("IPv4"),
            count if count == entries.len() => Some("IPv6"),
            _ => None,
        }
    }

    /// Notes the sections of which nothing is made.
    fn note_the_rest(&mut self) {
        let document = self.document;
        let opaque = [
            ("transitGateways", &document.transit_gateways),
            ("vpcPeeringConnections", &document.vpc_peering_connections),
            ("vpnGateways", &document.vpn_gateways),
            ("carrierGateways", &document.carrier_gateways),
            ("localGateways", &document.local_gateways),
            ("coreNetworks", &document.core_networks),
        ];
        let names = opaque.into_iter().flat_map(|(section, things)| things.keys().map(move |name| (section, name)));
        let tasks = document.tasks.keys().map(|name| ("tasks", name));
        let projects = document.code_build_projects.keys().map(|name| ("codeBuildProjects", name));
        let hosts = document.internet_hosts.keys().map(|name| ("internetHosts", name));
        let roles = document.roles.keys().map(|name| ("roles", name));
        let policies = document.managed_policies.keys().map(|name| ("managedPolicies", name));
        let accounts = document.accounts.keys().map(|name| ("accounts", name));
        let keys = document.kms_keys.keys().map(|name| ("kmsKeys", name));
        let there = roles.chain(policies).chain(keys).filter(|_| !self.is_there);
        let permissions: Vec<(&str, &String)> = there.chain(accounts).collect();
        for (section, name) in names.chain(tasks).chain(projects).chain(hosts).chain(permissions) {
            self.leave_out(section, name, "");
        }
        self.note_policies_with_ids();
        // That AWS assigns a block is what the block's resource says.
        let unknown = document.unknown_sections.iter().filter(|section| !section.ends_with("/ipv6Cidr"));
        self.lowered.left_out.extend(unknown.map(|_| "/unknownSections".to_owned()));
    }
}
