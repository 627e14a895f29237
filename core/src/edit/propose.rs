//! Sensible edits for what a person wants: new components in AWS's shape, with free names, and what goes with them.

use std::collections::BTreeSet;

use super::components::existing;
use super::names::Names;
use super::pointer::escaped;
use super::problem::EditFlaw;
use super::value::Value;
use super::{Change, Edit, EditStep, Offer, Proposal, Proposed, read};
use crate::component::{Component, ComponentKind};
use crate::document::Document;
use crate::document::references::section_of;
use crate::network::{Network, RouteTarget, SubnetId, VpcId};
use crate::words::{self, Language};

/// A sensible edit for a wish, and what usually goes with it.
pub fn propose(text: &str, proposal: &Proposal, language: Language) -> Proposed {
    match try_propose(text, proposal) {
        Ok((edit, offers)) => {
            let offer = |(edit, change): (Edit, Change)| Offer { edit, words: words::offer(&change, language) };
            Proposed { edit, offers: offers.into_iter().map(offer).collect(), problem: None }
        }
        Err(flaw) => {
            let problem = Some(words::edit_problem(&flaw, language));
            Proposed { edit: Edit::default(), offers: Vec::new(), problem }
        }
    }
}

type Offers = Vec<(Edit, Change)>;

fn try_propose(text: &str, proposal: &Proposal) -> Result<(Edit, Offers), EditFlaw> {
    let tree = read(text)?;
    let names = Names::of(&tree);
    let document = Document::from_json(text).document;
    let (network, _) = Network::resolve(&document);
    let scene = Scene { names, document, network };
    match proposal {
        Proposal::Add { add, at } => scene.add(*add, at.as_deref()),
        Proposal::Move { r#move, to } => Ok((scene.moved(r#move, to)?, Vec::new())),
    }
}

/// What there is to build on.
struct Scene {
    names: Names,
    document: Document,
    network: Network,
}

impl Scene {
    fn add(&self, kind: ComponentKind, at: Option<&str>) -> Result<(Edit, Offers), EditFlaw> {
        let at = at.map(|address| existing(&self.names, address)).transpose()?.map(|(component, _)| component);
        let at = at.as_ref();
        let name = self.free_name(kind);
        let component = Component::new(kind, &name);
        let (value, offers) = match kind {
            ComponentKind::Vpc => (Value::object([("cidr", "10.0.0.0/16".into())]), Vec::new()),
            ComponentKind::Subnet => (self.subnet(at)?, Vec::new()),
            ComponentKind::InternetGateway => (self.in_vpc(kind, at)?, Vec::new()),
            ComponentKind::EgressOnlyInternetGateway => (self.in_vpc(kind, at)?, Vec::new()),
            ComponentKind::NatGateway => self.nat_gateway(&name, at)?,
            ComponentKind::VpcEndpoint => self.gateway_endpoint(&name, at)?,
            ComponentKind::RouteTable => (self.in_vpc(kind, at)?, Vec::new()),
            ComponentKind::SecurityGroup => (self.in_vpc(kind, at)?, Vec::new()),
            ComponentKind::Function => {
                let subnet = at.filter(|at| at.kind == ComponentKind::Subnet);
                let fields: Vec<(String, Value)> = match subnet {
                    Some(subnet) => vec![
                        ("subnets".to_owned(), Value::texts([&subnet.name])),
                        ("securityGroups".to_owned(), Value::texts(["default"])),
                    ],
                    None => Vec::new(),
                };
                (Value::Object(fields), Vec::new())
            }
            ComponentKind::Instance => {
                let subnet = self.subnet_for(kind, at)?;
                (Value::object([("subnet", subnet.into())]), Vec::new())
            }
            _ if section_of(kind).is_some() => (Value::Object(Vec::new()), Vec::new()),
            _ => return Err(EditFlaw::NotAComponent { address: kind.as_str().to_owned(), nearest: None }),
        };
        let step = EditStep::AddComponent { component: component.to_string(), value };
        Ok((Edit { steps: vec![step] }, offers))
    }

    /// A name that nothing has, short for its kind: `nat`, `nat-2`.
    fn free_name(&self, kind: ComponentKind) -> String {
        let stem = match kind {
            ComponentKind::InternetGateway => "igw",
            ComponentKind::EgressOnlyInternetGateway => "eigw",
            ComponentKind::NatGateway => "nat",
            ComponentKind::VpcEndpoint => "endpoint",
            ComponentKind::RouteTable => "routes",
            ComponentKind::SecurityGroup => "group",
            ComponentKind::NetworkAcl => "acl",
            other => other.as_str(),
        };
        let taken = |name: &str| ComponentKind::ALL.iter().any(|kind| self.names.has(*kind, name));
        let mut name = stem.to_owned();
        let mut number = 1_u32;
        while taken(&name) {
            number += 1;
            name = [stem, "-", &number.to_string()].concat();
        }
        name
    }

    fn vpc(&self, kind: ComponentKind, at: Option<&Component>) -> Result<VpcId, EditFlaw> {
        let at_vpc = at.and_then(|at| match at.kind {
            ComponentKind::Vpc => self.network.vpcs.iter().find(|(_, vpc)| vpc.component == *at).map(|(id, _)| id),
            ComponentKind::Subnet => self.subnet_id(&at.name).map(|id| self.network.subnets.get(id).vpc),
            _ => None,
        });
        let first = || self.network.vpcs.iter().next().map(|(id, _)| id);
        at_vpc.or_else(first).ok_or(EditFlaw::NeedsFirst { kind, needs: ComponentKind::Vpc })
    }

    fn subnet_id(&self, name: &str) -> Option<SubnetId> {
        self.network.subnets.iter().find(|(_, subnet)| subnet.component.name == name).map(|(id, _)| id)
    }

    fn subnet_for(&self, kind: ComponentKind, at: Option<&Component>) -> Result<String, EditFlaw> {
        let at = at.filter(|at| at.kind == ComponentKind::Subnet).map(|at| at.name.clone());
        let first = || self.network.subnets.iter().next().map(|(_, subnet)| subnet.component.name.clone());
        at.or_else(first).ok_or(EditFlaw::NeedsFirst { kind, needs: ComponentKind::Subnet })
    }

    /// The field `vpc`, which a document with one VPC leaves out.
    fn in_vpc(&self, kind: ComponentKind, at: Option<&Component>) -> Result<Value, EditFlaw> {
        let vpc = self.vpc(kind, at)?;
        let name = self.network.vpcs.get(vpc).component.name.as_str();
        let is_said = self.network.vpcs.len() > 1;
        Ok(Value::Object(if is_said { vec![("vpc".to_owned(), name.into())] } else { Vec::new() }))
    }

    fn subnet(&self, at: Option<&Component>) -> Result<Value, EditFlaw> {
        let vpc = self.vpc(ComponentKind::Subnet, at)?;
        let Value::Object(mut fields) = self.in_vpc(ComponentKind::Subnet, at)? else { return Ok(Value::default()) };
        fields.push(("cidr".to_owned(), self.free_block(vpc)?.into()));
        Ok(Value::Object(fields))
    }

    /// A block of the VPC that no subnet has, of the usual size.
    fn free_block(&self, vpc: VpcId) -> Result<String, EditFlaw> {
        let taken: Vec<ipnet::Ipv4Net> = self
            .network
            .subnets
            .iter()
            .filter(|(_, subnet)| subnet.vpc == vpc)
            .filter_map(|(_, subnet)| match subnet.ipv4 {
                Some(ipnet::IpNet::V4(block)) => Some(block),
                _ => None,
            })
            .collect();
        let vpc = self.network.vpcs.get(vpc);
        for block in &vpc.blocks {
            let ipnet::IpNet::V4(block) = block else { continue };
            for length in [24.max(block.prefix_len()), 26, 28] {
                let Ok(mut candidates) = block.subnets(length) else { continue };
                let is_free = |candidate: &ipnet::Ipv4Net| {
                    !taken.iter().any(|other| other.contains(candidate) || candidate.contains(other))
                };
                if let Some(found) = candidates.find(is_free) {
                    return Ok(found.to_string());
                }
            }
        }
        Err(EditFlaw::NoFreeBlock { vpc: vpc.component.name.clone() })
    }

    fn is_public(&self, subnet: SubnetId) -> bool {
        let table = self.network.subnets.get(subnet).route_table;
        let routes = &self.network.route_tables.get(table).routes;
        routes.iter().any(|route| matches!(route.target, RouteTarget::InternetGateway(_)))
    }

    /// A public NAT gateway, and the default route of the tables of private subnets.
    fn nat_gateway(&self, name: &str, at: Option<&Component>) -> Result<(Value, Offers), EditFlaw> {
        let public = self.network.subnets.iter().find(|(id, _)| self.is_public(*id));
        let public = public.map(|(_, subnet)| subnet.component.name.clone());
        let subnet = match (at, public) {
            (Some(at), _) if at.kind == ComponentKind::Subnet => at.name.clone(),
            (_, Some(public)) => public,
            _ => self.subnet_for(ComponentKind::NatGateway, at)?,
        };
        let value =
            Value::object([("subnet", subnet.clone().into()), ("elasticIps", Value::texts([self.elastic_ip()]))]);
        let own = self.subnet_id(&subnet).map(|id| self.network.subnets.get(id).route_table);
        let mut tables = BTreeSet::new();
        for (id, subnet) in self.network.subnets.iter() {
            let table = self.network.route_tables.get(subnet.route_table);
            let is_declared = self.document.route_tables.contains_key(&table.component.name);
            if !self.is_public(id) && Some(subnet.route_table) != own && is_declared {
                tables.insert(table.component.name.clone());
            }
        }
        let offers = tables.iter().map(|table| self.default_route(table, "0.0.0.0/0", name)).collect();
        Ok((value, offers))
    }

    fn default_route(&self, table: &str, destination: &str, target: &str) -> (Edit, Change) {
        let declared = self.document.route_tables.get(table);
        let position =
            declared.and_then(|declared| declared.routes.iter().position(|route| route.destination == destination));
        let path = ["/routeTables/", &escaped(table), "/routes/"].concat();
        let (step, change) = match (position, declared.and_then(|declared| declared.routes.get(position?))) {
            (Some(position), Some(route)) => (
                EditStep::Set { path: [&path, &position.to_string(), "/target"].concat(), value: target.into() },
                Change::RouteReplaced {
                    table: table.to_owned(),
                    destination: destination.to_owned(),
                    from: route.target.clone(),
                    to: target.to_owned(),
                },
            ),
            _ => (
                EditStep::Insert {
                    path: [&path, "-"].concat(),
                    value: Value::object([("destination", destination.into()), ("target", target.into())]),
                },
                Change::RouteAdded {
                    table: table.to_owned(),
                    destination: destination.to_owned(),
                    target: target.to_owned(),
                },
            ),
        };
        (Edit { steps: vec![step] }, change)
    }

    /// A gateway endpoint for S3, and its association with the tables of the functions' subnets.
    fn gateway_endpoint(&self, name: &str, at: Option<&Component>) -> Result<(Value, Offers), EditFlaw> {
        let Value::Object(mut fields) = self.in_vpc(ComponentKind::VpcEndpoint, at)? else {
            return Ok((Value::default(), Vec::new()));
        };
        fields.push(("service".to_owned(), "s3".into()));
        let mut tables = BTreeSet::new();
        for function in self.document.functions.values() {
            for subnet in function.subnets.iter().filter_map(|subnet| self.subnet_id(subnet)) {
                let table = self.network.subnets.get(subnet).route_table;
                tables.insert(self.network.route_tables.get(table).component.name.clone());
            }
        }
        let offers = tables.into_iter().map(|table| {
            let step = EditStep::Insert {
                path: ["/vpcEndpoints/", &escaped(name), "/routeTables/-"].concat(),
                value: table.clone().into(),
            };
            let change = Change::Associated {
                what: Component::new(ComponentKind::RouteTable, table),
                with: Component::new(ComponentKind::VpcEndpoint, name),
            };
            (Edit { steps: vec![step] }, change)
        });
        Ok((Value::Object(fields), offers.collect()))
    }

    /// An address of the range that is kept for documentation, which nothing in the document has.
    fn elastic_ip(&self) -> String {
        let text = self.document.to_json();
        let is_free = |address: &String| !text.contains(&["\"", address, "\""].concat());
        let address = |last: u8| ["198.51.100.", &last.to_string()].concat();
        (10..=254).map(address).find(is_free).unwrap_or_else(|| address(10))
    }

    fn moved(&self, address: &str, to: &str) -> Result<Edit, EditFlaw> {
        let (component, section) = existing(&self.names, address)?;
        let (subnet, _) = existing(&self.names, to)?;
        let not_movable = || EditFlaw::NotMovable { component: component.clone(), to: subnet.clone() };
        if subnet.kind != ComponentKind::Subnet {
            return Err(not_movable());
        }
        let path = |field: &str| ["/", section, "/", &escaped(&component.name), "/", field].concat();
        let value = match component.kind {
            ComponentKind::NatGateway | ComponentKind::Instance | ComponentKind::NetworkInterface => {
                return Ok(Edit { steps: vec![EditStep::Set { path: path("subnet"), value: subnet.name.into() }] });
            }
            ComponentKind::Function
            | ComponentKind::Task
            | ComponentKind::CodeBuildProject
            | ComponentKind::VpcEndpoint => Value::texts([&subnet.name]),
            _ => return Err(not_movable()),
        };
        Ok(Edit { steps: vec![EditStep::Set { path: path("subnets"), value }] })
    }
}
