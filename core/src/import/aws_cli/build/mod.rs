//! From what was found in the files to the document.

mod access_points;
mod buckets;
mod endpoints;
mod filters;
mod gateways;
mod index;
mod keys;
mod marks;
mod names;
mod permissions;
mod prefix_lists;
mod resolver_rules;
mod routes;
mod unique;
mod unknown;
mod vpcs;
mod workloads;

use serde_json::value::RawValue;

use super::kind::ListKind;
use super::reader::Place;
use super::scan::Findings;
use super::shallow::Shallow;
use crate::document::Document;
use crate::import::SourceFile;
use crate::import::draft::change;
use crate::import::places::Places;
use crate::import::problem::{ImportProblem, ImportProblemKind};
use crate::import::text::somewhere_in;
use index::Index;
use marks::Mark;
use unique::unique;

/// The document under construction.
struct Builder<'f> {
    document: Document,
    problems: Vec<ImportProblem>,
    files: &'f [SourceFile<'f>],
    /// The texts of the files, where they could be read.
    texts: &'f [Option<Place<'f>>],
    marks: Vec<Mark>,
}

impl Builder<'_> {
    fn report(&mut self, kind: ImportProblemKind) {
        self.problems.push(ImportProblem { kind, location: None });
    }

    fn report_in(&mut self, file: usize, kind: ImportProblemKind) {
        let location = Some(somewhere_in(&self.name_of(file)));
        self.problems.push(ImportProblem { kind, location });
    }

    fn name_of(&self, file: usize) -> String {
        self.files.get(file).map(|file| file.name.clone()).unwrap_or_default()
    }
}

/// The statements of a policy in JSON, unread.
fn statements(policy: &str) -> Vec<&str> {
    let Ok(raw) = serde_json::from_str::<&RawValue>(policy) else { return Vec::new() };
    let entries = Shallow::of(raw).entries;
    let Some((_, statements)) = entries.into_iter().find(|(key, _)| &**key == "Statement") else { return Vec::new() };
    Shallow::of(statements).items.into_iter().map(RawValue::get).collect()
}

/// Makes the document.
pub(super) fn build(
    mut findings: Findings<'_>,
    files: &[SourceFile<'_>],
    texts: &[Option<Place<'_>>],
) -> (Document, Vec<ImportProblem>, Places) {
    let problems = std::mem::take(&mut findings.problems);
    let document = Document { version: Some(1), ..Document::default() };
    let mut builder = Builder { document, problems, files, texts, marks: Vec::new() };

    macro_rules! take_unique {
        ($field:ident, $kind:ident, $section:literal) => {{
            let found = unique(&mut builder, std::mem::take(&mut findings.lists.$field), ListKind::$kind);
            builder.mark_all($section, &found, ListKind::$kind);
            found
        }};
    }
    let vpcs = take_unique!(vpcs, Vpcs, "vpcs");
    let subnets = take_unique!(subnets, Subnets, "subnets");
    let route_tables = take_unique!(route_tables, RouteTables, "routeTables");
    let internet_gateways = take_unique!(internet_gateways, InternetGateways, "internetGateways");
    let egress_only =
        take_unique!(egress_only_internet_gateways, EgressOnlyInternetGateways, "egressOnlyInternetGateways");
    let nat_gateways = take_unique!(nat_gateways, NatGateways, "natGateways");
    let endpoints = unique(&mut builder, std::mem::take(&mut findings.lists.vpc_endpoints), ListKind::VpcEndpoints);
    let security_groups = take_unique!(security_groups, SecurityGroups, "securityGroups");
    let security_group_rules =
        unique(&mut builder, std::mem::take(&mut findings.lists.security_group_rules), ListKind::SecurityGroupRules);
    let network_acls = take_unique!(network_acls, NetworkAcls, "networkAcls");
    let interfaces =
        unique(&mut builder, std::mem::take(&mut findings.lists.network_interfaces), ListKind::NetworkInterfaces);
    let dhcp_options = take_unique!(dhcp_options, DhcpOptions, "dhcpOptions");
    let exclusions = unique(
        &mut builder,
        std::mem::take(&mut findings.lists.block_public_access_exclusions),
        ListKind::BlockPublicAccessExclusions,
    );
    let addresses = unique(&mut builder, std::mem::take(&mut findings.lists.addresses), ListKind::Addresses);
    for mut found in std::mem::take(&mut findings.lists.reservations) {
        let file = found.file;
        let instances = std::mem::take(&mut found.item.instances.0);
        findings.lists.instances.extend(instances.into_iter().map(|item| super::kind::Found { item, file }));
    }
    let instances = unique(&mut builder, std::mem::take(&mut findings.lists.instances), ListKind::Instances);
    let functions = workloads::merge_functions(&mut builder, std::mem::take(&mut findings.lists.functions));

    builder.document.region = index::region_of(&subnets, &functions, &endpoints);
    let index = Index::new(&subnets, &nat_gateways, &endpoints, &interfaces, &instances, &addresses);

    vpcs::vpcs(&mut builder, &vpcs, &findings.dns_attributes);
    vpcs::subnets(&mut builder, &subnets);
    vpcs::dhcp_options(&mut builder, dhcp_options);
    vpcs::block_public_access(&mut builder, findings.block_mode.as_ref(), &exclusions, &vpcs, &subnets);
    gateways::internet_gateways(&mut builder, internet_gateways);
    gateways::egress_only_internet_gateways(&mut builder, egress_only);
    gateways::nat_gateways(&mut builder, &nat_gateways, &index);
    gateways::opaque_targets(&mut builder, &mut findings.lists);
    endpoints::vpc_endpoints(&mut builder, &endpoints, &index);
    filters::security_groups(&mut builder, &security_groups);
    filters::standalone_rules(&mut builder, &security_group_rules);
    filters::network_acls(&mut builder, &network_acls);
    prefix_lists::prefix_lists(&mut builder, &mut findings);
    workloads::functions(&mut builder, &functions, &findings.lists.capacity_providers, &index);
    workloads::instances(&mut builder, &instances, &index);
    workloads::network_interfaces(&mut builder, &interfaces, &index);
    routes::route_tables(&mut builder, &route_tables, &index);
    permissions::roles(&mut builder, &mut findings, &functions, &instances);
    names::private_hosted_zones(&mut builder, &findings);
    resolver_rules::resolver_rules(&mut builder, &findings);
    resolver_rules::dns_firewall_rules(&mut builder, &findings);
    keys::kms_keys(&mut builder, &findings);
    access_points::access_points(&mut builder, &findings);
    buckets::buckets(&mut builder, &findings);
    keys::keys_of_buckets(&mut builder, &findings);
    unknown::sections(&mut builder, &findings);
    let places = builder.places();
    (builder.document, builder.problems, places)
}
