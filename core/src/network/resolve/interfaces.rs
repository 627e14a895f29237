//! Network interfaces, and the workloads that have them.

use std::net::IpAddr;

use super::Resolver;
use super::problems::{Found, Place, Spot};
use crate::address::Addresses;
use crate::component::{Component, ComponentKind};
use crate::document::{self, words};
use crate::network::{
    Forwards, Index, Interface, InterfaceId, InterfaceRole, NatGateway, NatGatewayId, NatGatewayMode, NotStarted,
    PublicAddress, SecurityGroupId, SubnetId, Workload,
};
use crate::problem::ProblemKind;
use crate::query::{Client, Family};
use crate::range_set::RangeSet;

/// Limits of a function's VPC settings (R7.4).
const SUBNET_LIMIT: usize = 16;
const SECURITY_GROUP_LIMIT: usize = 5;

/// Kinds of interface that AWS makes without security groups unless it is told otherwise.
const WITHOUT_GROUPS: &[&str] = &[
    "nat_gateway",
    "network_load_balancer",
    "gateway_load_balancer",
    "gateway_load_balancer_endpoint",
    "transit_gateway",
];

/// Subnets with the groups that interfaces in them have.
struct Placement {
    subnets: Vec<SubnetId>,
    missing_subnets: Vec<String>,
    groups: Vec<SecurityGroupId>,
    missing_groups: Vec<String>,
}

impl<'d> Resolver<'d> {
    pub(super) fn interfaces(&mut self) {
        self.functions();
        self.network_interfaces_of_the_document();
        self.instances();
        self.tasks();
        self.code_build_projects();
        self.bare_interfaces();
        self.nat_gateways();
    }

    fn functions(&mut self) {
        for (key, declared) in &self.document.functions {
            let place = Place::new("functions", key);
            let component = Component::new(ComponentKind::Function, key);
            let placement = self.placement(place, &declared.subnets, &declared.security_groups);
            if !declared.subnets.is_empty() {
                self.check_function(place, declared, &placement);
            }
            // R3.8, R7.6.
            let ipv6 = declared.ipv6_allowed_for_dual_stack && self.all_dual_stack(place, declared, &placement);
            let mut interfaces = Vec::with_capacity(placement.subnets.len());
            for subnet in &placement.subnets {
                let public_address = self.elastic_ip_of_function(place, declared, *subnet);
                let mut interface = self.interface(component.clone(), InterfaceRole::Function, *subnet, &placement);
                interface.public_address = public_address;
                if !ipv6 {
                    interface.addresses.ipv6 = RangeSet::empty();
                }
                interfaces.push(self.network.interfaces.push(interface));
            }
            let timeout = self.timeout(place, declared.timeout);
            let state = declared.state.as_deref().filter(|state| {
                self.problems.word(state, words::FUNCTION_STATES, place.field("state")) != Some("Active")
            });
            let not_started = match state {
                Some(state) => {
                    Some(NotStarted::State { state: state.to_owned(), reason: declared.state_reason_code.clone() })
                }
                // A function that is said to be active has its interfaces already.
                None if declared.state.is_none() => self.out_of_addresses(&placement.subnets),
                None => None,
            };
            if let Some(text) = &declared.last_update_status {
                self.problems.word(text, words::UPDATE_STATUSES, place.field("lastUpdateStatus"));
            }
            let has_failed_update = declared.last_update_status.as_deref() == Some("Failed");
            self.network.workloads.push(Workload {
                component,
                attached: !declared.subnets.is_empty(),
                interfaces,
                uses_any_interface: true,
                missing_subnets: placement.missing_subnets,
                ipv6,
                not_started,
                is_said_to_be_active: declared.state.is_some(),
                failed_update: has_failed_update
                    .then(|| declared.last_update_status_reason_code.clone().unwrap_or_default()),
                #[cfg(feature = "permissions")]
                role: None,
                timeout,
                runtime: declared.runtime.clone(),
                client: declared.client.clone().unwrap_or_default(),
                listens: None,
            });
        }
    }

    /// Reports what AWS refuses in a function's VPC settings (R7.4).
    fn check_function(&mut self, place: Place<'d>, declared: &document::Function, placement: &Placement) {
        let counts = [
            ("subnets", declared.subnets.len(), SUBNET_LIMIT),
            ("securityGroups", declared.security_groups.len(), SECURITY_GROUP_LIMIT),
        ];
        for (field, count, limit) in counts {
            if count > limit {
                let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
                let kind = || ProblemKind::TooMany { field, count: number(count), limit: number(limit) };
                self.problems.report(place.field(field), kind);
            }
        }
        if declared.security_groups.is_empty() {
            self.problems.report(place.pointer(), || ProblemKind::FunctionWithoutSecurityGroup);
        }
        let Some(first) = placement.subnets.first() else { return };
        let expected = self.network.subnets.get(*first).vpc;
        for subnet in &placement.subnets {
            let subnet = self.network.subnets.get(*subnet);
            if subnet.vpc != expected {
                let kind = || ProblemKind::OfAnotherVpc {
                    component: subnet.component.clone(),
                    vpc: self.network.vpc_name(subnet.vpc),
                    expected: self.network.vpc_name(expected),
                };
                self.problems.report(place.field("subnets"), kind);
            }
        }
    }

    /// Whether every subnet of a function is dual-stack (R7.6); those that are not are reported.
    fn all_dual_stack(&mut self, place: Place<'d>, declared: &document::Function, placement: &Placement) -> bool {
        let is_dual_stack = |id: &&SubnetId| {
            let subnet = self.network.subnets.get(**id);
            subnet.ipv4.is_some() && subnet.ipv6.is_some()
        };
        let others = placement.subnets.iter().filter(|id| !is_dual_stack(id));
        let others: Vec<String> = others.map(|id| self.network.subnets.get(*id).component.name.clone()).collect();
        if others.is_empty() {
            return !declared.subnets.is_empty() && placement.missing_subnets.is_empty();
        }
        let kind = || ProblemKind::SubnetsNotDualStack { subnets: others };
        self.problems.report(place.field("ipv6AllowedForDualStack"), kind);
        false
    }

    /// An Elastic IP address that somebody associated with the function's interface in that subnet (R15.1).
    fn elastic_ip_of_function(
        &mut self,
        place: Place<'d>,
        declared: &document::Function,
        subnet: SubnetId,
    ) -> PublicAddress {
        let name = self.network.subnets.get(subnet).component.name.clone();
        let Some(text) = declared.elastic_ips.get(&name) else { return PublicAddress::None };
        let pointer = place.item_of_map("elasticIps", &name);
        match self.public_address(text, pointer) {
            PublicAddress::Known(address) => PublicAddress::Fragile(address),
            other => other,
        }
    }

    /// R7.23; longer than 900 seconds exists on managed instances only, and zero means nothing.
    fn timeout(&mut self, place: Place<'d>, timeout: Option<u32>) -> Option<u32> {
        let seconds = timeout?;
        if !(1..=900).contains(&seconds) {
            self.problems.report(place.field("timeout"), || ProblemKind::TimeoutOutOfRange { seconds });
        }
        (seconds > 0).then_some(seconds)
    }

    /// Every subnet is out of addresses, so that no interface can be made (R7.17).
    fn out_of_addresses(&self, subnets: &[SubnetId]) -> Option<NotStarted> {
        let is_out = |id: &SubnetId| self.network.subnets.get(*id).available_ip_address_count == Some(0);
        (!subnets.is_empty() && subnets.iter().all(is_out))
            .then(|| NotStarted::OutOfAddresses { subnets: subnets.to_vec() })
    }

    /// The interfaces that the document declares, before it is known which of them an instance has.
    fn network_interfaces_of_the_document(&mut self) {
        for (key, declared) in &self.document.network_interfaces {
            let place = Place::new("networkInterfaces", key);
            let component = Component::new(ComponentKind::NetworkInterface, key);
            let id = self.subnet_of(place, declared.subnet.as_deref()).map(|subnet| {
                let placement = self.placement_in(place, subnet, &declared.security_groups);
                let mut interface = self.interface(component, InterfaceRole::Bare, subnet, &placement);
                let has_groups = declared.interface_type.as_deref().is_none_or(|kind| !WITHOUT_GROUPS.contains(&kind));
                if !has_groups && declared.security_groups.is_empty() {
                    interface.security_groups.clear();
                }
                interface.addresses =
                    self.addresses_of(place, subnet, declared.private_ip.as_deref(), &declared.ipv6_addresses);
                interface.public_address = self.public_ip(place, declared.public_ip.as_deref());
                interface.source_dest_check = declared.source_dest_check.unwrap_or(true);
                interface.forwards = self.forwards(place, declared.forwards.as_deref());
                interface.listens = self.problems.listens(declared.listens.as_deref(), place);
                if let Some(status) = &declared.status {
                    let word = self.problems.word(status, words::INTERFACE_STATUSES, place.field("status"));
                    let works = matches!(word, Some("in-use" | "associated"));
                    interface.bad_state = (!works).then(|| status.clone());
                }
                self.network.interfaces.push(interface)
            });
            self.network_interfaces.push(key, id);
        }
    }

    fn instances(&mut self) {
        for (key, declared) in &self.document.instances {
            let place = Place::new("instances", key);
            let component = Component::new(ComponentKind::Instance, key);
            let state = declared.state.as_deref().filter(|state| {
                self.problems.word(state, words::INSTANCE_STATES, place.field("state")) != Some("running")
            });
            let bad_state = state.map(str::to_owned);
            let forwards = self.forwards(place, declared.forwards.as_deref());
            let listens = self.problems.listens(declared.listens.as_deref(), place);
            let mut interfaces = Vec::new();
            let mut missing_subnets = Vec::new();
            if declared.subnet.is_some() || declared.network_interfaces.is_empty() {
                match self.subnet_of(place, declared.subnet.as_deref()) {
                    Some(subnet) => {
                        let placement = self.placement_in(place, subnet, &declared.security_groups);
                        let mut interface =
                            self.interface(component.clone(), InterfaceRole::Instance, subnet, &placement);
                        interface.addresses =
                            self.addresses_of(place, subnet, declared.private_ip.as_deref(), &declared.ipv6_addresses);
                        interface.public_address = self.public_ip(place, declared.public_ip.as_deref());
                        interface.source_dest_check = declared.source_dest_check.unwrap_or(true);
                        interface.forwards = forwards;
                        interface.listens.clone_from(&listens);
                        interface.bad_state.clone_from(&bad_state);
                        interfaces.push(self.network.interfaces.push(interface));
                    }
                    None => missing_subnets.extend(declared.subnet.clone()),
                }
            }
            for (position, name) in declared.network_interfaces.iter().enumerate() {
                let pointer = place.item("networkInterfaces", position);
                let (kind, section) = (ComponentKind::NetworkInterface, "networkInterfaces");
                let Some(id) = self.problems.find(&self.network_interfaces, kind, section, name, pointer) else {
                    continue;
                };
                let interface = self.network.interfaces.get_mut(id);
                interface.owner = component.clone();
                interface.role = InterfaceRole::Instance;
                if bad_state.is_some() {
                    interface.bad_state.clone_from(&bad_state);
                }
                if declared.forwards.is_some() {
                    interface.forwards = forwards;
                }
                if interface.listens.is_none() {
                    interface.listens.clone_from(&listens);
                }
                interfaces.push(id);
            }
            self.instances.push(key, interfaces.first().copied());
            let not_started = bad_state.map(|state| NotStarted::State { state, reason: None });
            self.add_workload(component, interfaces, missing_subnets, not_started, listens, false);
        }
    }

    fn tasks(&mut self) {
        for (key, declared) in &self.document.tasks {
            let place = Place::new("tasks", key);
            let component = Component::new(ComponentKind::Task, key);
            let listens = self.problems.listens(declared.listens.as_deref(), place);
            let placement = self.placement(place, &declared.subnets, &declared.security_groups);
            let mut interfaces = Vec::with_capacity(placement.subnets.len());
            for subnet in &placement.subnets {
                let mut interface = self.interface(component.clone(), InterfaceRole::Task, *subnet, &placement);
                if declared.assign_public_ip {
                    interface.public_address = PublicAddress::Assigned;
                }
                interface.addresses.ipv6 = RangeSet::empty();
                interface.listens.clone_from(&listens);
                interfaces.push(self.network.interfaces.push(interface));
            }
            let not_started = self.out_of_addresses(&placement.subnets);
            self.add_workload(component, interfaces, placement.missing_subnets, not_started, listens, true);
        }
    }

    fn code_build_projects(&mut self) {
        for (key, declared) in &self.document.code_build_projects {
            let place = Place::new("codeBuildProjects", key);
            let component = Component::new(ComponentKind::CodeBuildProject, key);
            let placement = self.placement(place, &declared.subnets, &declared.security_groups);
            let mut interfaces = Vec::with_capacity(placement.subnets.len());
            for subnet in &placement.subnets {
                let role = InterfaceRole::CodeBuildProject;
                let mut interface = self.interface(component.clone(), role, *subnet, &placement);
                interface.addresses.ipv6 = RangeSet::empty();
                interfaces.push(self.network.interfaces.push(interface));
            }
            let not_started = self.out_of_addresses(&placement.subnets);
            self.add_workload(component, interfaces, placement.missing_subnets, not_started, None, true);
        }
    }

    /// Interfaces that belong to nothing else are workloads of their own.
    fn bare_interfaces(&mut self) {
        let bare: Vec<InterfaceId> = self.network_interfaces.resolved().map(|(_, id)| id).collect();
        for id in bare {
            let interface = self.network.interfaces.get(id);
            if interface.role != InterfaceRole::Bare {
                continue;
            }
            let (component, listens) = (interface.owner.clone(), interface.listens.clone());
            let state = interface.bad_state.clone();
            let not_started = state.map(|state| NotStarted::State { state, reason: None });
            self.add_workload(component, vec![id], Vec::new(), not_started, listens, false);
        }
        // An interface of which the subnet is not there is still a workload, so that a question about it has an answer.
        for (key, declared) in &self.document.network_interfaces {
            let found = self.network_interfaces.find(ComponentKind::NetworkInterface, key);
            let is_used = |instance: &document::Instance| instance.network_interfaces.contains(key);
            if matches!(found, Found::LeftOut) && !self.document.instances.values().any(is_used) {
                let component = Component::new(ComponentKind::NetworkInterface, key);
                let missing = declared.subnet.iter().cloned().collect();
                self.add_workload(component, Vec::new(), missing, None, None, false);
            }
        }
    }

    fn add_workload(
        &mut self,
        component: Component,
        interfaces: Vec<InterfaceId>,
        missing_subnets: Vec<String>,
        not_started: Option<NotStarted>,
        listens: Option<RangeSet<u16>>,
        uses_any_interface: bool,
    ) {
        let used = if uses_any_interface { interfaces.as_slice() } else { interfaces.get(..1).unwrap_or_default() };
        let ipv6 = !used.is_empty()
            && used.iter().all(|id| !self.network.interfaces.get(*id).addresses.of(Family::Ipv6).is_empty());
        self.network.workloads.push(Workload {
            component,
            attached: true,
            interfaces,
            uses_any_interface,
            missing_subnets,
            ipv6,
            not_started,
            is_said_to_be_active: false,
            failed_update: None,
            #[cfg(feature = "permissions")]
            role: None,
            timeout: None,
            runtime: None,
            client: Client::default(),
            listens,
        });
    }

    fn nat_gateways(&mut self) {
        for (key, declared) in &self.document.nat_gateways {
            let place = Place::new("natGateways", key);
            let id = self.nat_gateway(place, key, declared);
            self.nat_gateways.push(key, id);
        }
    }

    fn nat_gateway(&mut self, place: Place<'d>, key: &str, declared: &document::NatGateway) -> Option<NatGatewayId> {
        #[cfg(not(feature = "whole"))]
        let is_regional = false;
        #[cfg(feature = "whole")]
        let is_regional = match &declared.availability_mode {
            None => false,
            Some(text) => match self.problems.word(text, words::AVAILABILITY_MODES, place.field("availabilityMode")) {
                Some(word) => word == "regional",
                None => declared.subnet.is_none(),
            },
        };
        let subnet = match &declared.subnet {
            Some(name) if !is_regional => {
                let pointer = place.field("subnet");
                self.problems.find(&self.subnets, ComponentKind::Subnet, "subnets", name, pointer)
            }
            _ => None,
        };
        if declared.subnet.is_none() && !is_regional {
            self.problems.report(place.pointer(), || ProblemKind::NatGatewayWithoutSubnet);
        }
        let implied = subnet.map(|subnet| self.network.subnets.get(subnet).vpc);
        let vpc = self.vpc_of(place, declared.vpc.as_deref(), implied)?;
        let is_private = match &declared.connectivity_type {
            None => false,
            // A word that nobody knows is not taken for the kind that reaches the Internet.
            Some(text) => {
                self.problems.word(text, words::CONNECTIVITY_TYPES, place.field("connectivityType")) != Some("public")
            }
        };
        let state = match &declared.state {
            None => "available".to_owned(),
            Some(text) => {
                let word = self.problems.word(text, words::NAT_GATEWAY_STATES, place.field("state"));
                word.map_or_else(|| text.clone(), str::to_owned)
            }
        };
        let mut elastic_ips = Vec::new();
        for (position, text) in declared.elastic_ips.iter().enumerate() {
            let address = self.public_address(text, place.item("elasticIps", position));
            elastic_ips.extend((address != PublicAddress::None).then_some(address));
        }
        // AWS gives a regional gateway its addresses by itself, in automatic mode (R4.18).
        let needs_address = !is_private && !is_regional;
        if needs_address && declared.elastic_ips.is_empty() {
            self.problems.report(place.pointer(), || ProblemKind::NatGatewayWithoutAddress);
        }
        let component = Component::new(ComponentKind::NatGateway, key);
        let id = NatGatewayId::from_position(self.network.nat_gateways.len());
        let mode = match subnet {
            #[cfg(feature = "whole")]
            _ if is_regional => NatGatewayMode::Regional {
                availability_zones: declared.availability_zones.clone(),
                route_table: declared.route_table.as_deref().and_then(|name| {
                    let (kind, section) = (ComponentKind::RouteTable, "routeTables");
                    self.problems.find(&self.route_tables, kind, section, name, place.field("routeTable"))
                }),
            },
            Some(subnet) => {
                let role = InterfaceRole::NatGateway(id);
                NatGatewayMode::Zonal(self.nat_interface(place, &component, role, subnet, declared, &elastic_ips))
            }
            None => NatGatewayMode::Unknown,
        };
        Some(self.network.nat_gateways.push(NatGateway { component, vpc, is_private, state, elastic_ips, mode }))
    }

    fn nat_interface(
        &mut self,
        place: Place<'d>,
        component: &Component,
        role: InterfaceRole,
        subnet: SubnetId,
        declared: &document::NatGateway,
        elastic_ips: &[PublicAddress],
    ) -> InterfaceId {
        let pointer = place.field("privateIp");
        let private_ip = self.private_address(subnet, declared.private_ip.as_deref(), Family::Ipv4, pointer);
        let usable = &self.network.subnets.get(subnet).usable;
        let addresses = private_ip
            .map_or_else(|| Addresses { ipv4: usable.ipv4.clone(), ipv6: RangeSet::empty() }, Addresses::single);
        // Without an Elastic IP address, the internet gateway drops what the NAT gateway sends (R4.2, R4.5).
        let public_address = elastic_ips.first().copied().unwrap_or(PublicAddress::None);
        self.network.interfaces.push(Interface {
            owner: component.clone(),
            role,
            subnet,
            addresses,
            public_address,
            security_groups: Vec::new(),
            missing_security_groups: Vec::new(),
            source_dest_check: false,
            bad_state: None,
            forwards: Forwards::Nat,
            listens: None,
        })
    }

    /// The subnets and groups of a workload that may have several interfaces.
    fn placement(&mut self, place: Place<'d>, subnets: &[String], groups: &[String]) -> Placement {
        let mut placement = Placement {
            subnets: Vec::new(),
            missing_subnets: Vec::new(),
            groups: Vec::new(),
            missing_groups: Vec::new(),
        };
        for (position, name) in subnets.iter().enumerate() {
            let pointer = place.item("subnets", position);
            match self.problems.find(&self.subnets, ComponentKind::Subnet, "subnets", name, pointer) {
                Some(id) if placement.subnets.contains(&id) => {}
                Some(id) => placement.subnets.push(id),
                None => placement.missing_subnets.push(name.clone()),
            }
        }
        // Names of groups mean something in a VPC only; without a known subnet there is no interface to have them.
        if let Some(vpc) = placement.subnets.first().map(|id| self.network.subnets.get(*id).vpc) {
            (placement.groups, placement.missing_groups) = self.groups_of_interface(place, vpc, groups);
        }
        placement
    }

    /// The same for something in one subnet.
    fn placement_in(&mut self, place: Place<'d>, subnet: SubnetId, names: &[String]) -> Placement {
        let vpc = self.network.subnets.get(subnet).vpc;
        let (groups, missing_groups) = self.groups_of_interface(place, vpc, names);
        Placement { subnets: vec![subnet], missing_subnets: Vec::new(), groups, missing_groups }
    }

    fn subnet_of(&mut self, place: Place<'d>, name: Option<&str>) -> Option<SubnetId> {
        let Some(name) = name else {
            self.problems.report(place.pointer(), || ProblemKind::MissingField { field: "subnet" });
            return None;
        };
        self.problems.find(&self.subnets, ComponentKind::Subnet, "subnets", name, place.field("subnet"))
    }

    /// An interface that may have any usable address of its subnet.
    fn interface(&self, owner: Component, role: InterfaceRole, subnet: SubnetId, placement: &Placement) -> Interface {
        Interface {
            owner,
            role,
            subnet,
            addresses: self.network.subnets.get(subnet).usable.clone(),
            public_address: PublicAddress::None,
            security_groups: placement.groups.clone(),
            missing_security_groups: placement.missing_groups.clone(),
            source_dest_check: true,
            bad_state: None,
            forwards: Forwards::NotSaid,
            listens: None,
        }
    }

    /// The addresses of an interface: those given, else any usable IPv4 address of the subnet.
    ///
    /// IPv6 addresses are given one by one to an interface; only in an IPv6-only subnet there is always one.
    fn addresses_of(
        &mut self,
        place: Place<'d>,
        subnet: SubnetId,
        private_ip: Option<&str>,
        ipv6_addresses: &[String],
    ) -> Addresses {
        let ipv4 = self.private_address(subnet, private_ip, Family::Ipv4, place.field("privateIp"));
        let mut ipv6 = Vec::new();
        for (position, text) in ipv6_addresses.iter().enumerate() {
            let pointer = place.item("ipv6Addresses", position);
            let address = self.private_address(subnet, Some(text), Family::Ipv6, pointer);
            ipv6.extend(
                address.map(|address| (crate::address::number_of(address), crate::address::number_of(address))),
            );
        }
        let subnet = self.network.subnets.get(subnet);
        let is_ipv6_only = subnet.ipv4.is_none() && subnet.ipv6.is_some();
        Addresses {
            ipv4: ipv4.map_or_else(|| subnet.usable.ipv4.clone(), |address| Addresses::single(address).ipv4),
            ipv6: if ipv6.is_empty() && is_ipv6_only {
                subnet.usable.ipv6.clone()
            } else {
                RangeSet::from_ranges(ipv6)
            },
        }
    }

    fn public_ip(&mut self, place: Place<'d>, text: Option<&str>) -> PublicAddress {
        text.map_or(PublicAddress::None, |text| self.public_address(text, place.field("publicIp")))
    }

    /// A public IPv4 address, or the word for one that AWS assigns.
    fn public_address(&mut self, text: &str, pointer: Spot<'_>) -> PublicAddress {
        if text == words::ASSIGNED {
            return PublicAddress::Assigned;
        }
        match self.problems.address(text, Some(Family::Ipv4), pointer) {
            Some(IpAddr::V4(address)) => PublicAddress::Known(address),
            _ => PublicAddress::None,
        }
    }

    fn forwards(&mut self, place: Place<'d>, text: Option<&str>) -> Forwards {
        let Some(text) = text else { return Forwards::NotSaid };
        match self.problems.word(text, words::FORWARDS, place.field("forwards")) {
            Some("nat") => Forwards::Nat,
            Some("forward") => Forwards::Unchanged,
            // A word that nobody knows is not taken for one that lets traffic pass.
            _ => Forwards::Nothing,
        }
    }
}
