//! What candidates are made from: an answer, with what it is about.

use std::net::IpAddr;

use super::draft::Draft;
use crate::address;
use crate::analysis::{Analysis, Blocker, Hop, Path};
use crate::component::{Component, ComponentKind};
use crate::edit::{Scene, Table, Value};
use crate::engine::host::{aws_host, directory_bucket_zone, endpoint_service, is_global};
use crate::fact::Fact;
use crate::network::{Network, Subnet, VpcId, Workload};
use crate::query::Query;
use crate::repair::state::State;

/// Where traffic should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// An AWS service by the name of its endpoints, in a Region.
    Aws { service: String, region: String, global: bool },
    /// A host or address on the Internet.
    Internet,
    /// Something private.
    Private,
}

/// An answer with what candidates need to know.
pub(super) struct Ground<'a> {
    pub(super) state: &'a State,
    pub(super) network: &'a Network,
    pub(super) analysis: &'a Analysis,
    pub(super) query: &'a Query,
    pub(super) scene: Scene,
    pub(super) workload: &'a Workload,
    pub(super) errand: Errand,
    /// The VPC of the workload, where it is in one.
    pub(super) vpc: Option<(VpcId, String)>,
    /// The subnets from which traffic does not arrive, in the order of the workload's.
    pub(super) failing: Vec<String>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(state: &'a State, analysis: &'a Analysis, query: &'a Query) -> Option<Ground<'a>> {
        let network = state.network();
        let workloads = network.workloads.iter();
        let (_, workload) = workloads.into_iter().find(|(_, workload)| workload.component == analysis.from)?;
        let subnets: Vec<&Subnet> = workload
            .interfaces
            .iter()
            .map(|interface| network.subnets.get(network.interfaces.get(*interface).subnet))
            .collect();
        let vpc = subnets.first().map(|subnet| (subnet.vpc, network.vpcs.get(subnet.vpc).component.name.clone()));
        let places = analysis.blockers.iter().flat_map(|blocker| &blocker.places);
        let failed: Vec<&Component> =
            places.filter_map(|(path, _)| analysis.paths.get(*path)?.subnet.as_ref()).collect();
        let of_workload = || subnets.iter().map(|subnet| &subnet.component);
        let mut failing: Vec<String> = of_workload()
            .filter(|component| failed.is_empty() || failed.contains(component))
            .map(|component| component.name.clone())
            .collect();
        failing.dedup();
        Some(Ground {
            state,
            network,
            analysis,
            query,
            scene: Scene::new(state.value().clone()),
            workload,
            errand: errand(network, analysis, query),
            vpc,
            failing,
        })
    }

    pub(super) fn draft(&self) -> Draft {
        Draft::new(&self.scene)
    }

    /// The component of the question's workload.
    pub(super) fn from(&self) -> &Component {
        &self.analysis.from
    }

    /// Whether the workload lists subnets of which each run gets one.
    pub(super) fn lists_subnets(&self) -> bool {
        matches!(self.from().kind, ComponentKind::Function | ComponentKind::Task | ComponentKind::CodeBuildProject)
    }

    /// The subnets that the workload has.
    pub(super) fn subnets(&self) -> Vec<String> {
        let entry = self.scene.entry(self.from().kind, &self.from().name);
        entry.map(|entry| self.scene.subnets_of(entry)).unwrap_or_default()
    }

    /// The tables of the subnets from which traffic does not arrive, each once.
    pub(super) fn failing_tables(&self) -> Vec<Table> {
        let mut tables: Vec<Table> = Vec::new();
        for subnet in &self.failing {
            let table = self.scene.table_of(subnet);
            if !tables.contains(&table) {
                tables.push(table);
            }
        }
        tables
    }

    /// The hops at which a blocker stands.
    pub(super) fn hops(&self, blocker: &Blocker) -> Vec<(&'a Path, &'a Hop)> {
        let place = |(path, hop): &(usize, usize)| {
            let path = self.analysis.paths.get(*path)?;
            Some((path, path.hops.get(*hop)?))
        };
        blocker.places.iter().filter_map(place).collect()
    }

    /// The entry of a component in the document.
    pub(super) fn entry(&self, component: &Component) -> Option<&Value> {
        self.scene.entry(component.kind, &component.name)
    }

    /// Whether the client uses a host name that says no Region.
    pub(super) fn asks_global_name(&self) -> bool {
        let hops = self.analysis.paths.iter().flat_map(|path| &path.hops);
        hops.into_iter().any(|hop| match &*hop.fact {
            Fact::ResolvesPublicly { host, .. } => aws_host(host, None).is_some_and(|host| host.global),
            _ => false,
        })
    }

    /// Whether a gateway or interface endpoint of that service and Region could carry the traffic.
    pub(super) fn service_here(&self) -> Option<&str> {
        match &self.errand {
            Errand::Aws { service, region, .. } if *region == self.network.region => Some(service),
            _ => None,
        }
    }
}

fn errand(network: &Network, analysis: &Analysis, query: &Query) -> Errand {
    let client_region = query.client.as_ref().and_then(|client| client.region.clone());
    let to = analysis.to.as_str();
    if let Some(bucket) = to.strip_prefix("s3://") {
        let known = network.buckets.iter().find(|(_, known)| known.bucket_name == bucket);
        let region = known.map(|(_, known)| known.region.clone()).or(client_region);
        let service = if directory_bucket_zone(bucket).is_some() { "s3express" } else { "s3" };
        let region = region.unwrap_or_else(|| network.region.clone());
        return Errand::Aws { service: service.to_owned(), region, global: false };
    }
    if let Some(service) = to.strip_prefix("service/") {
        let region = client_region.unwrap_or_else(|| network.region.clone());
        return Errand::Aws { service: service.to_owned(), region, global: is_global(service) };
    }
    let named =
        to.split_once('/').is_some_and(|(kind, _)| ComponentKind::ALL.iter().any(|known| known.as_str() == kind));
    if named {
        return Errand::Private;
    }
    let host = to.trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split('/').next().unwrap_or_default();
    let address =
        host.parse::<IpAddr>().ok().or_else(|| host.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()));
    if let Some(address) = address {
        return if is_private(network, address) { Errand::Private } else { Errand::Internet };
    }
    let host = host.split(':').next().unwrap_or_default();
    match aws_host(host, None) {
        Some(aws) => {
            let service = endpoint_service(host).unwrap_or(aws.service);
            Errand::Aws { global: is_global(&service), service, region: aws.region }
        }
        None => {
            let is_in_zone = analysis
                .paths
                .iter()
                .flat_map(|path| &path.hops)
                .any(|hop| matches!(*hop.fact, Fact::ResolvesInZone { .. }));
            if is_in_zone { Errand::Private } else { Errand::Internet }
        }
    }
}

fn is_private(network: &Network, address: IpAddr) -> bool {
    let number = address::number_of(address);
    let family = address::family_of(address);
    let is_in_vpc = network.vpcs.iter().any(|(_, vpc)| vpc.addresses.of(family).contains(number));
    let is_reserved = match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            address.is_private() || (first == 100 && (64..128).contains(&second))
        }
        IpAddr::V6(address) => address.is_unique_local(),
    };
    is_in_vpc || is_reserved
}
