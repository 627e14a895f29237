//! Sensible edits for what a person wants: new components in AWS's shape, with free names, and what goes with them.

use super::components::existing;
use super::problem::EditFlaw;
use super::scene::{EVERYTHING_IPV4, Scene, Table};
use super::shared::Shared;
use super::value::Value;
use super::{Addition, Change, Edit, EditStep, Offer, Proposal, Proposed, read};
use crate::component::{Component, ComponentKind};
use crate::document::references::section_of;
use crate::words::{self, Language};

/// A sensible edit for a wish, and what usually goes with it.
///
/// Nothing but the component itself is in the edit; what else a person would do in AWS is offered.
pub fn propose(text: &str, proposal: &Proposal, language: Language) -> Proposed {
    match try_propose(text, proposal) {
        Ok(plan) => {
            let offer = |(steps, change): (Vec<EditStep>, Change)| Offer {
                edit: Edit { steps },
                words: words::offer(&change, language),
            };
            Proposed {
                edit: Edit { steps: plan.steps },
                offers: plan.offers.into_iter().map(offer).collect(),
                problem: None,
            }
        }
        Err(flaw) => {
            let problem = Some(words::edit_problem(&flaw, language));
            Proposed { edit: Edit::default(), offers: Vec::new(), problem }
        }
    }
}

fn try_propose(text: &str, proposal: &Proposal) -> Result<Plan, EditFlaw> {
    let scene = Scene::new(read(text)?);
    match proposal {
        Proposal::Add(addition) => scene.addition(addition),
        Proposal::Move(relocation) => scene.relocation(relocation),
    }
}

/// Steps, and what is offered with them.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<EditStep>,
    pub(super) offers: Vec<(Vec<EditStep>, Change)>,
}

impl Plan {
    pub(super) fn add(&mut self, kind: ComponentKind, name: &str, fields: Fields) {
        self.steps.push(added(kind, name, fields));
    }
}

/// Fields of a new component.
pub(super) type Fields = Vec<(String, Value)>;

fn added(kind: ComponentKind, name: &str, fields: Fields) -> EditStep {
    EditStep::AddComponent { component: Component::new(kind, name).to_string(), value: Value::Object(fields.into()) }
}

fn field(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

impl Scene {
    fn addition(&self, addition: &Addition) -> Result<Plan, EditFlaw> {
        let kind = addition.add;
        let at = addition.at.as_deref().map(|address| existing(self.names(), address)).transpose()?;
        let at = at.as_ref().map(|(component, _)| component);
        let name = self.free_name(stem(kind, addition));
        let mut plan = Plan::default();
        match kind {
            ComponentKind::Vpc => plan.add(kind, &name, vec![field("cidr", self.free_vpc_block())]),
            ComponentKind::Subnet => self.subnet(&name, at, &mut plan)?,
            ComponentKind::RouteTable => self.route_table(&name, at, &mut plan)?,
            ComponentKind::InternetGateway => self.new_internet_gateway(&name, at, &mut plan)?,
            ComponentKind::EgressOnlyInternetGateway => self.egress_only(&name, at, &mut plan)?,
            ComponentKind::NatGateway => self.nat_gateway(&name, at, &mut plan)?,
            ComponentKind::VpcEndpoint if is_interface(addition, at) => {
                self.interface_endpoint(&name, addition, at, &mut plan)?;
            }
            ComponentKind::VpcEndpoint => self.gateway_endpoint(&name, addition, at, &mut plan)?,
            ComponentKind::SecurityGroup => self.security_group(&name, at, &mut plan)?,
            ComponentKind::NetworkAcl => self.network_acl(&name, at, &mut plan)?,
            ComponentKind::PrefixList => plan.add(kind, &name, vec![field("entries", Value::List(Shared::default()))]),
            ComponentKind::DhcpOptions => self.dhcp_options(&name, at, &mut plan)?,
            ComponentKind::PrivateHostedZone => self.private_hosted_zone(&name, at, &mut plan)?,
            ComponentKind::Function => self.function(&name, at, &mut plan),
            ComponentKind::Instance | ComponentKind::NetworkInterface => {
                let subnet = self.subnet_for(kind, at)?;
                plan.add(kind, &name, vec![field("subnet", subnet)]);
            }
            ComponentKind::Task | ComponentKind::CodeBuildProject => {
                let subnet = self.subnet_for(kind, at)?;
                let group = self.group_for(&subnet);
                plan.add(
                    kind,
                    &name,
                    vec![field("subnets", Value::texts([subnet])), field("securityGroups", Value::texts([group]))],
                );
            }
            ComponentKind::Bucket => self.bucket(&name, &mut plan),
            ComponentKind::AccessPoint => {
                let known = self.names().of_kind(ComponentKind::Bucket).next().map(str::to_owned);
                let bucket = known.unwrap_or_else(|| {
                    let bucket = self.free_name("bucket");
                    plan.add(ComponentKind::Bucket, &bucket, Fields::new());
                    bucket
                });
                plan.add(kind, &name, vec![field("bucket", bucket)]);
            }
            ComponentKind::InternetHost => {
                plan.add(kind, &name, vec![field("host", [name.as_str(), ".example.com"].concat())]);
            }
            _ if section_of(kind).is_some() => plan.add(kind, &name, Fields::new()),
            _ => return Err(EditFlaw::NotAComponent { address: kind.as_str().to_owned(), nearest: None }),
        }
        Ok(plan)
    }

    /// The field `vpc`, which a document with one VPC leaves out.
    pub(super) fn vpc_field(&self, vpc: &str) -> Fields {
        if self.only_vpc().is_some() { Fields::new() } else { vec![field("vpc", vpc)] }
    }

    /// The subnet for a new component: the one meant, else the first private one, else the first.
    pub(super) fn subnet_for(&self, kind: ComponentKind, at: Option<&Component>) -> Result<String, EditFlaw> {
        if let Some(at) = at {
            let of_entry = || self.subnets_of(self.entry(at.kind, &at.name)?).into_iter().next();
            let meant = if at.kind == ComponentKind::Subnet { Some(at.name.clone()) } else { of_entry() };
            if let Some(meant) = meant {
                return Ok(meant);
            }
        }
        let vpc = self.vpc_for(kind, at)?;
        let mut subnets = self.in_vpc(ComponentKind::Subnet, &vpc).map(|(name, _)| name);
        let private = self.in_vpc(ComponentKind::Subnet, &vpc).map(|(name, _)| name).find(|name| !self.is_public(name));
        let found = private.or_else(|| subnets.next()).map(str::to_owned);
        found.ok_or(EditFlaw::NeedsFirst { kind, needs: ComponentKind::Subnet })
    }

    /// The security group that the functions of a subnet's VPC have, else the VPC's default one.
    pub(super) fn group_for(&self, subnet: &str) -> String {
        let vpc = self.entry(ComponentKind::Subnet, subnet).and_then(|entry| self.vpc_of(entry)).unwrap_or_default();
        let mut groups = self.in_vpc(ComponentKind::Function, &vpc).filter_map(|(_, function)| {
            let first = function.get("securityGroups")?.elements().first()?.as_text()?;
            self.names().has(ComponentKind::SecurityGroup, first).then_some(first)
        });
        groups.next().unwrap_or("default").to_owned()
    }

    /// Adds a table's default route to an offer, or lets the one that is there lead elsewhere.
    pub(super) fn offer_default_route(&self, plan: &mut Plan, table: &Table, destination: &str, target: &str) {
        let route = Value::object([("destination", destination.into()), ("target", target.into())]);
        let routes = |name: &str| Component::new(ComponentKind::RouteTable, name).place("routes");
        let (name, steps, replaced) = match (table, self.default_route(table, destination)) {
            (Table::Declared(name), Some(old)) if old.target == target => {
                let _ = name;
                return;
            }
            (Table::Declared(name), Some(old)) => {
                let path = [&routes(name), "/", &old.position.to_string(), "/target"].concat();
                (name.clone(), vec![EditStep::Set { path, value: target.into() }], Some(old.target))
            }
            (Table::Declared(name), None) => {
                let path = [&routes(name), "/-"].concat();
                (name.clone(), vec![EditStep::Insert { path, value: route }], None)
            }
            // What AWS made is in no document until something about it is said.
            (Table::Own(vpc), _) => {
                let name = self.free_name("main");
                let mut fields = self.vpc_field(vpc);
                fields.extend([field("main", true), field("routes", Value::List(vec![route].into()))]);
                (name.clone(), vec![added(ComponentKind::RouteTable, &name, fields)], None)
            }
        };
        let (destination, to) = (destination.to_owned(), target.to_owned());
        let change = match replaced {
            Some(from) => Change::RouteReplaced { table: name, destination, from, to },
            None => Change::RouteAdded { table: name, destination, target: to },
        };
        plan.offers.push((steps, change));
    }

    /// A subnet's association with a route table or network ACL, in the stead of the one before.
    pub(super) fn association(&self, kind: ComponentKind, name: &str, subnet: &str) -> Vec<EditStep> {
        let mut steps = Vec::new();
        if let Some((old, position)) = self.associated(kind, subnet) {
            if old == name {
                return steps;
            }
            let path = [&Component::new(kind, old).place("subnets"), "/", &position.to_string()].concat();
            steps.push(EditStep::Remove { path });
        }
        let path = [&Component::new(kind, name).place("subnets"), "/-"].concat();
        steps.push(EditStep::Insert { path, value: subnet.into() });
        steps
    }

    fn subnet(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::Subnet;
        let vpc = self.vpc_for(kind, at)?;
        let block = self.free_block(&vpc).ok_or_else(|| EditFlaw::NoFreeBlock { vpc: vpc.clone() })?;
        let mut fields = self.vpc_field(&vpc);
        fields.push(field("cidr", block));
        let others = || self.in_vpc(kind, &vpc);
        if others().any(|(_, other)| other.get("ipv6Cidr").is_some()) {
            fields.extend(self.free_ipv6_block(&vpc).map(|block| field("ipv6Cidr", block)));
        }
        let beside = at.filter(|at| at.kind == kind).map(|at| at.name.as_str());
        let zone = beside.or_else(|| others().last().map(|(name, _)| name)).and_then(|subnet| self.zone_of(subnet));
        fields.extend(zone.map(|zone| field("availabilityZone", zone)));
        plan.add(kind, name, fields);
        let mut has_public = false;
        for (table, _) in self.in_vpc(ComponentKind::RouteTable, &vpc) {
            let declared = Table::Declared(table.to_owned());
            let has_way_out = self.default_route(&declared, EVERYTHING_IPV4).is_some();
            has_public |= self.is_public_table(&declared);
            if has_way_out {
                let path = [&Component::new(ComponentKind::RouteTable, table).place("subnets"), "/-"].concat();
                let change = Change::Associated {
                    what: Component::new(kind, name),
                    with: Component::new(ComponentKind::RouteTable, table),
                };
                plan.offers.push((vec![EditStep::Insert { path, value: name.into() }], change));
            }
        }
        if !has_public {
            self.offer_public_table(plan, &vpc, name);
        }
        Ok(())
    }

    /// A new table that makes a subnet public, with an internet gateway where the VPC has none.
    pub(super) fn offer_public_table(&self, plan: &mut Plan, vpc: &str, subnet: &str) {
        let mut steps = Vec::new();
        let gateway = match self.internet_gateway(vpc) {
            Some(gateway) => gateway.to_owned(),
            None => {
                let gateway = self.free_name("igw");
                steps.push(added(ComponentKind::InternetGateway, &gateway, self.vpc_field(vpc)));
                gateway
            }
        };
        if let Some((old, position)) = self.associated(ComponentKind::RouteTable, subnet) {
            let path = [&Component::new(ComponentKind::RouteTable, old).place("subnets"), "/", &position.to_string()];
            steps.push(EditStep::Remove { path: path.concat() });
        }
        let table = self.free_name("rtb-public");
        let target = self.target_name(ComponentKind::InternetGateway, &gateway);
        let route = Value::object([("destination", EVERYTHING_IPV4.into()), ("target", target.clone().into())]);
        let mut fields = self.vpc_field(vpc);
        fields.extend([field("subnets", Value::texts([subnet])), field("routes", Value::List(vec![route].into()))]);
        steps.push(added(ComponentKind::RouteTable, &table, fields));
        plan.offers.push((steps, Change::RouteAdded { table, destination: EVERYTHING_IPV4.to_owned(), target }));
    }
}

/// The beginning of a new component's name, in the style of AWS's ids.
fn stem(kind: ComponentKind, addition: &Addition) -> &'static str {
    match kind {
        ComponentKind::RouteTable => "rtb",
        ComponentKind::InternetGateway => "igw",
        ComponentKind::EgressOnlyInternetGateway => "eigw",
        ComponentKind::NatGateway => "nat",
        ComponentKind::VpcEndpoint if addition.service.as_deref().is_none_or(|service| service == "s3") => "vpce-s3",
        ComponentKind::VpcEndpoint => "vpce",
        ComponentKind::SecurityGroup => "sg",
        ComponentKind::NetworkAcl => "acl",
        ComponentKind::PrefixList => "pl",
        ComponentKind::DhcpOptions => "dopt",
        ComponentKind::PrivateHostedZone => "zone",
        ComponentKind::CodeBuildProject => "build",
        ComponentKind::NetworkInterface => "eni",
        ComponentKind::InternetHost => "api",
        ComponentKind::TransitGateway => "tgw",
        ComponentKind::VpcPeeringConnection => "pcx",
        ComponentKind::VpnGateway => "vgw",
        ComponentKind::CarrierGateway => "cagw",
        ComponentKind::LocalGateway => "lgw",
        ComponentKind::Account => "111122223333",
        ComponentKind::ManagedPolicy => "policy",
        ComponentKind::KmsKey => "key",
        ComponentKind::AccessPoint => "access-point",
        other => other.as_str(),
    }
}

/// Whether an interface endpoint is meant: it stands in subnets, a gateway endpoint in none.
fn is_interface(addition: &Addition, at: Option<&Component>) -> bool {
    match addition.r#type.as_deref() {
        Some(word) => word == "Interface",
        None => at.is_some_and(|at| at.kind == ComponentKind::Subnet),
    }
}
