//! Plans as `terraform show -json PLAN` prints them.

use std::collections::BTreeMap;

use super::edges::{Edge, Edges, From, Planned};
use super::modules::{address, modules, without_index};
use super::{DATA, is_aws, learn_region};
use crate::import::SourceFile;
use crate::import::draft::is_region;
use crate::import::inventory::{Inventory, Kind, Resource, Unknown, UnknownKind};
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{Entry, Node, Tree, Value};

/// What attributes refer to.
const WANTED: &[(&str, &[Kind])] = &[
    ("vpc_id", &[Kind::Vpc]),
    ("subnet_id", &[Kind::Subnet]),
    ("subnet_ids", &[Kind::Subnet]),
    ("subnets", &[Kind::Subnet]),
    ("route_table_id", &[Kind::RouteTable]),
    ("route_table_ids", &[Kind::RouteTable]),
    ("default_route_table_id", &[Kind::Vpc]),
    ("default_network_acl_id", &[Kind::Vpc]),
    ("gateway_id", &[Kind::InternetGateway, Kind::VpnGateway]),
    ("internet_gateway_id", &[Kind::InternetGateway]),
    ("nat_gateway_id", &[Kind::NatGateway]),
    ("egress_only_gateway_id", &[Kind::EgressOnlyInternetGateway]),
    ("vpc_peering_connection_id", &[Kind::VpcPeeringConnection]),
    ("transit_gateway_id", &[Kind::TransitGateway]),
    ("carrier_gateway_id", &[Kind::CarrierGateway]),
    ("core_network_arn", &[Kind::CoreNetwork]),
    ("vpn_gateway_id", &[Kind::VpnGateway]),
    ("vpc_endpoint_id", &[Kind::VpcEndpoint]),
    ("network_interface_id", &[Kind::NetworkInterface, Kind::Instance]),
    ("network_interface", &[Kind::NetworkInterface, Kind::Instance]),
    ("instance", &[Kind::Instance]),
    ("instance_id", &[Kind::Instance]),
    ("allocation_id", &[Kind::ElasticIp]),
    ("security_group_id", &[Kind::SecurityGroup]),
    ("security_group_ids", &[Kind::SecurityGroup]),
    ("vpc_security_group_ids", &[Kind::SecurityGroup]),
    ("security_groups", &[Kind::SecurityGroup]),
    ("source_security_group_id", &[Kind::SecurityGroup]),
    ("referenced_security_group_id", &[Kind::SecurityGroup]),
    ("prefix_list_id", &[Kind::PrefixList]),
    ("prefix_list_ids", &[Kind::PrefixList]),
    ("destination_prefix_list_id", &[Kind::PrefixList]),
    ("network_acl_id", &[Kind::NetworkAcl]),
    ("dhcp_options_id", &[Kind::DhcpOptions]),
    ("zone_id", &[Kind::HostedZone]),
    ("resolver_rule_id", &[Kind::ResolverRule]),
    ("firewall_rule_group_id", &[Kind::FirewallRuleGroup]),
    ("firewall_domain_list_id", &[Kind::FirewallDomainList]),
    ("bucket", &[Kind::Bucket]),
    ("access_point_arn", &[Kind::AccessPoint]),
    ("kms_master_key_id", &[Kind::KmsKey, Kind::KmsAlias]),
    ("key_id", &[Kind::KmsKey]),
    ("target_key_id", &[Kind::KmsKey]),
    ("capacity_provider_arn", &[Kind::CapacityProvider]),
    ("role", &[Kind::Role]),
    ("roles", &[Kind::Role]),
    ("service_role", &[Kind::Role]),
    ("task_role_arn", &[Kind::Role]),
    ("iam_instance_profile", &[Kind::InstanceProfile]),
    ("task_definition", &[Kind::TaskDefinition]),
    ("policy_arn", &[Kind::ManagedPolicy]),
    ("managed_policy_arns", &[Kind::ManagedPolicy]),
    ("permissions_boundary", &[Kind::ManagedPolicy]),
];

/// Reads a plan.
pub(in crate::import) fn plan(files: &[SourceFile<'_>], file: usize, tree: Tree, inventory: &mut Inventory) {
    let root = &tree.root;
    if root.get("errored").and_then(Node::scalar) == Some("true") {
        inventory.report(files, file, root.at, ImportProblemKind::PlanErrored);
    }
    region_of_provider(root, inventory);
    let changes: BTreeMap<&str, &Node> = root
        .get("resource_changes")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|change| Some((change.get("address")?.scalar()?, change)))
        .collect();
    let mut resources: Vec<&Node> = Vec::new();
    if let Some(module) = root.at_path(&["planned_values", "root_module"]) {
        gather(module, &mut resources);
    }
    // Data sources that are read while planning stand in the state before it.
    let mut earlier: Vec<&Node> = Vec::new();
    if let Some(module) = root.at_path(&["prior_state", "values", "root_module"]) {
        gather(module, &mut earlier);
    }
    resources.extend(earlier.into_iter().filter(|resource| text(resource, "mode") == "data"));

    let mut edges = Edges {
        modules: root.get("configuration").map(modules).unwrap_or_default(),
        planned: Vec::new(),
        by_base: BTreeMap::new(),
        instances: BTreeMap::new(),
        candidates: BTreeMap::new(),
    };
    let mut kept: Vec<(&Node, Kind, bool)> = Vec::new();
    for resource in resources {
        let is_data = text(resource, "mode") == "data";
        let kind = Kind::of(text(resource, "type"));
        let unknown =
            changes.get(text(resource, "address")).and_then(|change| change.at_path(&["change", "after_unknown"]));
        let is_new = unknown.and_then(|unknown| unknown.get("id")?.scalar()) == Some("true");
        // The JSON of one that is read while planning stands wherever it is used.
        let is_read = DATA.contains(&kind) || kind == Kind::PolicyDocument && is_new;
        if kind == Kind::Other || is_data && !is_read || !is_aws(text(resource, "provider_name")) {
            continue;
        }
        let found = address(text(resource, "address"));
        edges.by_base.entry((found.instance.clone(), found.base.clone())).or_default().push(edges.planned.len());
        let instances = edges.instances.entry(found.module.clone()).or_default();
        if !instances.contains(&found.instance) {
            instances.push(found.instance.clone());
        }
        for instance in [Some(found.instance.clone()), None].into_iter().filter(|_| is_new) {
            let candidates = edges.candidates.entry((instance, kind)).or_default();
            if candidates.len() < 2 {
                candidates.push(edges.planned.len());
            }
        }
        let position = inventory.resources.len() + edges.planned.len();
        edges.planned.push(Planned { address: found, kind, is_new, position });
        kept.push((resource, kind, is_data));
    }
    // Instances count by their number, not by their text.
    for positions in edges.by_base.values_mut() {
        positions.sort_by_key(|position| {
            let index = edges.planned.get(*position).and_then(|planned| planned.address.index.clone());
            (index.as_deref().and_then(|index| index.parse::<usize>().ok()), index)
        });
    }

    let mut filler = Filler { edges: &edges, inventory, file, inferred: Vec::new() };
    let mut made = Vec::with_capacity(kept.len());
    for ((resource, kind, is_data), planned) in kept.into_iter().zip(&edges.planned) {
        let own_address = text(resource, "address");
        let change = changes.get(own_address).and_then(|change| change.get("change"));
        let values = resource.get("values").cloned().unwrap_or_default();
        let fields = match change.and_then(|change| change.get("after_unknown")) {
            Some(unknown) => {
                let module = edges.modules.get(&planned.address.module);
                let own = module.and_then(|module| module.resources.get(planned.address.base.as_str()));
                let expressions = own.and_then(|own| own.get("expressions"));
                filler.filled(&values, unknown, expressions, planned, own_address)
            }
            None => values,
        };
        learn_region(&fields, filler.inventory);
        let at = change.map_or(resource.at, |change| change.at);
        let of_type = text(resource, "type");
        made.push(Resource { kind, is_data, ..super::resource(file, own_address.to_owned(), of_type, fields, at) });
    }
    let inferred = std::mem::take(&mut filler.inferred);
    inventory.resources.extend(made);
    if let Some(first) = inferred.first() {
        let kind = ImportProblemKind::EdgesInferred { count: inferred.len(), first: first.clone() };
        inventory.report(files, file, root.at, kind);
    }
}

/// Puts references and unknown values where a plan leaves holes.
struct Filler<'e, 'p, 'i> {
    edges: &'e Edges<'p>,
    inventory: &'i mut Inventory,
    file: usize,
    inferred: Vec<String>,
}

impl Filler<'_, '_, '_> {
    fn filled(
        &mut self,
        values: &Node,
        unknown: &Node,
        expressions: Option<&Node>,
        planned: &Planned,
        own: &str,
    ) -> Node {
        let mut entries: Vec<Entry> = values.entries().to_vec();
        for hole in unknown.entries() {
            let expression = expressions.and_then(|expressions| expressions.get(&hole.key));
            let place = entries.iter().position(|entry| entry.key == hole.key);
            let known = place.and_then(|place| entries.get(place)).map(|entry| entry.node.clone());
            let Some(node) = self.hole(&hole.key, known, &hole.node, expression, planned, own, false) else { continue };
            match place.and_then(|place| entries.get_mut(place)) {
                Some(entry) => entry.node = node,
                None => entries.push(Entry { key: hole.key.clone(), at: hole.at, node }),
            }
        }
        Node { value: Value::Map(entries), at: values.at }
    }

    /// The value in a hole; none where nothing is to be changed.
    #[expect(clippy::too_many_arguments, reason = "the value, what is unknown of it, and who has it")]
    fn hole(
        &mut self,
        key: &str,
        known: Option<Node>,
        unknown: &Node,
        expression: Option<&Node>,
        planned: &Planned,
        own: &str,
        is_merged: bool,
    ) -> Option<Node> {
        let wanted = WANTED.iter().find(|(attribute, _)| *attribute == key).map(|(_, wanted)| *wanted);
        let from = From { address: &planned.address, is_merged };
        if planned.kind == Kind::PolicyDocument
            && let Some(node) = self.hole_of_document(key, known.as_ref(), unknown, expression, &from, own)
        {
            return Some(node);
        }
        match &unknown.value {
            Value::Bool(true) => {
                // Without an expression the provider computes it: its default.
                let expression = expression?;
                if key == "policy"
                    && let Some(position) = self.edges.document(&from, expression)
                {
                    return Some(self.reference(position, "json", unknown));
                }
                let Some(wanted) = wanted else { return Some(self.unknown(own, key, unknown)) };
                let edge = if is_plural(key) {
                    self.edges.several(&from, expression, wanted, None)
                } else {
                    self.edges.one(&from, expression, wanted)
                };
                Some(self.of_edge(edge, is_plural(key), own, key, unknown))
            }
            Value::List(holes) => {
                let count = holes.iter().filter(|hole| matches!(hole.value, Value::Bool(true))).count();
                let mut items: Vec<Node> = known.map(|known| known.items().to_vec()).unwrap_or_default();
                if count > 0 {
                    let expression = expression?;
                    let Some(wanted) = wanted else { return Some(self.unknown(own, key, unknown)) };
                    items.retain(|item| !item.is_unset());
                    let edge = self.edges.several(&from, expression, wanted, Some(count));
                    match self.of_edge(edge, true, own, key, unknown).value {
                        Value::List(found) => items.extend(found),
                        value => items.push(Node { value, at: unknown.at }),
                    }
                    return Some(Node { value: Value::List(items), at: unknown.at });
                }
                // Blocks: a list of expressions, or one for all of them.
                let blocks = expression.map(Node::items).unwrap_or_default();
                let is_shared = blocks.is_empty();
                let mut is_changed = false;
                for (position, hole) in holes.iter().enumerate() {
                    let Value::Map(parts) = &hole.value else { continue };
                    let own_expression = if is_shared { expression } else { blocks.get(position).or(blocks.first()) };
                    let merged = is_shared && holes.len() > 1 || !is_shared && blocks.len() != holes.len();
                    let Some(item) = items.get_mut(position) else { continue };
                    let mut entries = item.entries().to_vec();
                    for part in parts {
                        let inner =
                            if is_shared { own_expression } else { own_expression.and_then(|own| own.get(&part.key)) };
                        let place = entries.iter().position(|entry| entry.key == part.key);
                        let before = place.and_then(|place| entries.get(place)).map(|entry| entry.node.clone());
                        let merged = merged || is_merged;
                        let made = self.hole(&part.key, before, &part.node, inner, planned, own, merged);
                        let Some(node) = made else { continue };
                        is_changed = true;
                        match place.and_then(|place| entries.get_mut(place)) {
                            Some(entry) => entry.node = node,
                            None => entries.push(Entry { key: part.key.clone(), at: part.at, node }),
                        }
                    }
                    item.value = Value::Map(entries);
                }
                is_changed.then_some(Node { value: Value::List(items), at: unknown.at })
            }
            _ => None,
        }
    }

    /// The value in a hole of a policy document, none for its blocks. Whatever is not known for certain stays unknown
    /// by itself, and the rest of the statement counts: no reference is inferred, and what stands around one in a text
    /// leaves no trace, so that only ids and ARNs are told which nobody writes anything around.
    fn hole_of_document(
        &mut self,
        key: &str,
        known: Option<&Node>,
        unknown: &Node,
        expression: Option<&Node>,
        from: &From<'_>,
        own: &str,
    ) -> Option<Node> {
        let holes = match &unknown.value {
            Value::Bool(true) => return Some(self.unknown(own, key, unknown)),
            Value::List(holes) => holes,
            _ => return None,
        };
        let is_hole = |node: &Node| matches!(node.value, Value::Bool(true));
        let count = holes.iter().filter(|hole| is_hole(hole)).count();
        if count == 0 {
            return None;
        }
        let known = known.map(Node::items).unwrap_or_default();
        if known.len() != holes.len() {
            return Some(self.unknown(own, key, unknown));
        }
        let mut found = self.named_in_document(key, count, expression, from).into_iter();
        let mut items = Vec::with_capacity(holes.len());
        for (hole, known) in holes.iter().zip(known) {
            items.push(match (is_hole(hole), found.next()) {
                (false, _) => known.clone(),
                (true, Some((position, attribute))) => self.reference(position, attribute, hole),
                (true, None) => self.unknown(own, key, hole),
            });
        }
        Some(Node { value: Value::List(items), at: unknown.at })
    }

    /// What the unknown values of a condition or principal are: all of them, or none.
    fn named_in_document(
        &self,
        key: &str,
        count: usize,
        expression: Option<&Node>,
        from: &From<'_>,
    ) -> Vec<(usize, &'static str)> {
        let (wanted, attribute, kept): (&[Kind], _, _) = match key {
            "values" => (&[Kind::VpcEndpoint, Kind::Vpc], "id", ""),
            "identifiers" => (&[Kind::Role], "arn", "arn"),
            _ => return Vec::new(),
        };
        let Some(expression) = expression.filter(|_| !from.is_merged) else { return Vec::new() };
        let Edge::To(targets) = self.edges.several(from, expression, wanted, Some(count)) else { return Vec::new() };
        let is_whole = targets.len() == count && targets.iter().all(|(_, found)| found == attribute);
        if is_whole { targets.into_iter().map(|(position, _)| (position, kept)).collect() } else { Vec::new() }
    }

    /// A reference to a planned resource.
    fn reference(&self, planned: usize, attribute: &str, hole: &Node) -> Node {
        let resource = self.edges.planned.get(planned).map(|planned| planned.position).unwrap_or_default();
        Node { value: Value::Reference { resource, attribute: attribute.to_owned() }, at: hole.at }
    }

    fn of_edge(&mut self, edge: Edge, is_plural: bool, own: &str, key: &str, unknown: &Node) -> Node {
        let at = unknown.at;
        let reference = |position: usize, attribute: String| {
            let planned = self.edges.planned.get(position);
            let is_endpoint = planned.is_some_and(|planned| planned.kind == Kind::VpcEndpoint);
            let attribute = if is_endpoint && key.contains("prefix_list") {
                "prefix_list_id".to_owned()
            } else if attribute == "id" || attribute == "arn" {
                String::new()
            } else {
                attribute
            };
            let resource = planned.map(|planned| planned.position).unwrap_or_default();
            Node { value: Value::Reference { resource, attribute }, at }
        };
        let mut found: Vec<Node> = match edge {
            Edge::Unknown => return self.unknown(own, key, unknown),
            Edge::Inferred(position) => {
                let to = self.edges.planned.get(position).map(|planned| planned.address.base.clone());
                self.inferred.push([own, ".", key, " → ", &to.unwrap_or_default()].concat());
                vec![reference(position, String::new())]
            }
            Edge::To(targets) => {
                targets.into_iter().map(|(position, attribute)| reference(position, attribute)).collect()
            }
        };
        match (is_plural, found.len()) {
            (false, 1) => found.remove(0),
            (false, _) => self.unknown(own, key, unknown),
            (true, _) => Node { value: Value::List(found), at },
        }
    }

    fn unknown(&mut self, own: &str, key: &str, node: &Node) -> Node {
        let kind = UnknownKind::AfterApply([own, ".", key].concat());
        let unknown = self.inventory.unknown(Unknown { kind, at: node.at, file: self.file });
        Node { value: Value::Unknown(unknown), at: node.at }
    }
}

/// Whether an attribute holds several ids.
fn is_plural(key: &str) -> bool {
    key.ends_with("_ids") || key.ends_with("_arns") || matches!(key, "subnets" | "security_groups" | "roles")
}

fn text<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::scalar).unwrap_or_default()
}

/// Every resource of a module and those inside it.
fn gather<'n>(module: &'n Node, resources: &mut Vec<&'n Node>) {
    resources.extend(module.get("resources").map(Node::items).unwrap_or_default());
    for child in module.get("child_modules").map(Node::items).unwrap_or_default() {
        gather(child, resources);
    }
}

/// The Region of the provider, where it is written out or a variable.
fn region_of_provider(root: &Node, inventory: &mut Inventory) {
    let Some(region) = root.at_path(&["configuration", "provider_config", "aws", "expressions", "region"]) else {
        return;
    };
    let by_variable = || {
        let references = region.get("references")?.items();
        let name = references.iter().find_map(|reference| reference.scalar()?.strip_prefix("var."))?;
        root.at_path(&["variables", without_index(name).0, "value"])?.scalar()
    };
    let found = region.get("constant_value").and_then(Node::scalar).or_else(by_variable);
    inventory.region = inventory.region.take().or_else(|| found.filter(|text| is_region(text)).map(str::to_owned));
}
