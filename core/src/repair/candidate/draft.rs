//! A plan in the making: each group of steps is made on a copy, so that the next one finds free names and blocks.

use crate::component::{Component, ComponentKind};
use crate::document::references::section_of;
use crate::edit::{self, EVERYTHING_IPV4, EditStep, Scene, Table, Value};
use crate::repair::plan::{CureKind, Group, Limit, Plan};

/// A plan in the making.
pub(super) struct Draft {
    pub(super) scene: Scene,
    plan: Plan,
}

/// A field of a new component.
pub(super) fn field(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// The step that adds a component.
pub(super) fn added(kind: ComponentKind, name: &str, fields: Vec<(String, Value)>) -> EditStep {
    EditStep::AddComponent { component: Component::new(kind, name).to_string(), value: Value::Object(fields.into()) }
}

/// The step that sets a field of a component.
pub(super) fn set(component: &Component, field: &str, value: impl Into<Value>) -> EditStep {
    EditStep::Set { path: component.place(field), value: value.into() }
}

/// The step that takes a field away.
pub(super) fn unset(component: &Component, field: &str) -> EditStep {
    EditStep::Remove { path: component.place(field) }
}

/// The step that adds to a list of a component.
pub(super) fn listed(component: &Component, field: &str, value: impl Into<Value>) -> EditStep {
    EditStep::Insert { path: [&component.place(field), "/-"].concat(), value: value.into() }
}

impl Draft {
    pub(super) fn new(scene: &Scene) -> Draft {
        Draft { scene: scene.clone(), plan: Plan::new() }
    }

    /// Adds steps that belong together; none where they cannot be made.
    pub(super) fn group(
        &mut self,
        leads: bool,
        kind: CureKind,
        what: Component,
        detail: &str,
        steps: Vec<EditStep>,
    ) -> Option<()> {
        if steps.is_empty() {
            return Some(());
        }
        let mut document = self.scene.document().clone();
        for step in &steps {
            edit::make(&mut document, step).ok()?;
        }
        self.scene = Scene::new(document);
        self.plan.push(Group { kind, what, detail: detail.to_owned(), leads, limits: Vec::new(), steps });
        Some(())
    }

    /// Adds to what is to be minded about the last group.
    pub(super) fn mind(&mut self, limits: &[Limit]) {
        if let Some(last) = self.plan.last_mut() {
            last.limits.extend_from_slice(limits);
        }
    }

    pub(super) fn plan(self) -> Plan {
        self.plan
    }

    /// The field `vpc`, which a document with one VPC leaves out.
    pub(super) fn vpc_field(&self, vpc: &str) -> Vec<(String, Value)> {
        if self.scene.only_vpc().is_some() { Vec::new() } else { vec![field("vpc", vpc)] }
    }

    /// The name of a table that something is added to; AWS's own main table has to be said first.
    pub(super) fn declared(&self, table: &Table, steps: &mut Vec<EditStep>) -> String {
        match table {
            Table::Declared(name) => name.clone(),
            Table::Own(vpc) => {
                let name = self.scene.free_name("main");
                let mut fields = self.vpc_field(vpc);
                fields.push(field("main", true));
                steps.push(added(ComponentKind::RouteTable, &name, fields));
                name
            }
        }
    }

    /// Lets the default route of a table lead to a target.
    pub(super) fn default_route(&self, table: &Table, destination: &str, target: &str) -> Vec<EditStep> {
        let mut steps = Vec::new();
        let old = self.scene.default_route(table, destination);
        let name = self.declared(table, &mut steps);
        let table = Component::new(ComponentKind::RouteTable, &name);
        let routes = table.place("routes");
        match old {
            Some(old) => {
                let place = [&routes, "/", &old.position.to_string()].concat();
                steps.push(EditStep::Set { path: [&place, "/target"].concat(), value: target.into() });
                let route = self.scene.entry(ComponentKind::RouteTable, &name).and_then(|entry| entry.get("routes"));
                let route = route.and_then(|routes| routes.elements().get(old.position));
                for said in ["state", "origin"] {
                    if route.is_some_and(|route| route.get(said).is_some()) {
                        steps.push(EditStep::Remove { path: [&place, "/", said].concat() });
                    }
                }
            }
            None => {
                let route = Value::object([("destination", destination.into()), ("target", target.into())]);
                steps.push(EditStep::Insert { path: [&routes, "/-"].concat(), value: route });
            }
        }
        steps
    }

    /// A new subnet beside another one, without association.
    pub(super) fn subnet(&self, vpc: &str, stem: &str, zone: Option<&str>) -> Option<(String, EditStep)> {
        let name = self.scene.free_name(stem);
        let mut fields = self.vpc_field(vpc);
        fields.push(field("cidr", self.scene.free_block(vpc)?));
        fields.extend(zone.filter(|zone| !zone.is_empty()).map(|zone| field("availabilityZone", zone)));
        let step = added(ComponentKind::Subnet, &name, fields);
        Some((name, step))
    }

    /// A public subnet, which is made with all it takes where there is none; with what is needed for it.
    pub(super) fn public_subnet(&mut self, vpc: &str, kind: CureKind, zone: Option<&str>) -> Option<String> {
        let attached = self.scene.internet_gateway(vpc).map(str::to_owned);
        let public: Vec<String> = self
            .scene
            .in_vpc(ComponentKind::Subnet, vpc)
            .filter(|(name, _)| self.leads_to_internet_gateway(name, attached.as_deref()))
            .map(|(name, _)| name.to_owned())
            .collect();
        let beside = public.iter().find(|name| self.scene.zone_of(name) == zone && zone.is_some());
        if let Some(found) = beside.or_else(|| public.first()) {
            return Some(found.clone());
        }
        let mut steps = Vec::new();
        let gateway = match attached {
            Some(gateway) => gateway,
            None => {
                let gateway = self.scene.free_name("igw");
                steps.push(added(ComponentKind::InternetGateway, &gateway, self.vpc_field(vpc)));
                gateway
            }
        };
        let (subnet, step) = self.subnet(vpc, "public", zone)?;
        steps.push(step);
        let target = self.scene.target_name(ComponentKind::InternetGateway, &gateway);
        let route = Value::object([("destination", EVERYTHING_IPV4.into()), ("target", target.into())]);
        let table = self.scene.free_name("rtb-public");
        let mut fields = self.vpc_field(vpc);
        fields.extend([field("subnets", Value::texts([&subnet])), field("routes", Value::List(vec![route].into()))]);
        steps.push(added(ComponentKind::RouteTable, &table, fields));
        self.group(false, kind, Component::new(ComponentKind::Subnet, &subnet), "", steps)?;
        Some(subnet)
    }

    fn leads_to_internet_gateway(&self, subnet: &str, gateway: Option<&str>) -> bool {
        let route = self.scene.default_route(&self.scene.table_of(subnet), EVERYTHING_IPV4);
        let target = route.and_then(|route| route.component);
        target.is_some_and(|target| {
            target.kind == ComponentKind::InternetGateway && Some(target.name.as_str()) == gateway
        })
    }

    /// How a document's list names a component.
    pub(super) fn has(&self, component: &Component) -> bool {
        section_of(component.kind).is_some() && self.scene.entry(component.kind, &component.name).is_some()
    }
}
