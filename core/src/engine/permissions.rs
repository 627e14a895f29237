//! Phase E: whether the service allows the request (R0.5).
//!
//! The path gives the request most of its context keys: an endpoint, the address behind a translation, neither. So
//! one and the same policy can allow a request on one path and deny it on another, and each part of the traffic is
//! decided for itself.

use std::net::IpAddr;

use crate::address;
use crate::analysis::Assumption;
use crate::component::{Component, ComponentKind};
use crate::fact::{Denial, Fact, Missing, NearestStatement, Permission, Tested};
use crate::network::{
    AccessPoint, Account, InterfaceRole, Network, Organization, OrganizationLevel, PolicySet, PublicAddress, Role,
    VpcEndpoint, VpcEndpointKind, VpcId, Workload, partition,
};
use crate::policy::{
    Block, Caller, Condition, ContextKeys, ContextValue, Decision, Element, Given, Layer, LayerKind, Outcome, Policy,
    RequestContext, SOURCE_FUNCTION, StatementRef, Text, Truth, authorize,
};
use crate::query::{Family, Request};
use crate::range_set::RangeSet;
use crate::texts::joined;

use super::access_points::{access_point_keys, ask_for_origin, open_behind_access_point};
use super::connections::{ConnectionSet, End};
use super::operations::Call;

/// Everything about a request that does not depend on its path.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    network: &'a Network,
    workload: &'a Workload,
    /// The role that signs; none where the document names none.
    role: Option<&'a Role>,
    /// Whether nobody signs.
    anonymous: bool,
    /// Whether somebody signs of whom the document says nothing.
    stranger: bool,
    request: Option<&'a Request>,
    /// The Region that answers.
    region: String,
    /// What has to be allowed; all of it.
    calls: Vec<Call<'a>>,
    /// Whether the connection is encrypted.
    secure: bool,
}

/// How the request comes to the service.
pub(super) enum Way<'a> {
    /// Through an endpoint, from these addresses.
    Endpoint(&'a VpcEndpoint),
    /// From the Internet, under the public address of its last end.
    Internet,
    /// From Lambda's own network.
    Lambda,
}

/// What a path's permissions come to.
#[derive(Debug, Default)]
pub(super) struct Permissions {
    /// Decisions in AWS's order, each with its place in the document.
    pub(super) hops: Vec<(Component, Fact, Option<String>)>,
    pub(super) assumptions: Vec<Assumption>,
    /// Whether some layer denies.
    pub(super) denied: bool,
}

/// Policies of an organization's level that apply, beside those of a role, an endpoint and a resource.
struct Guards<'a> {
    kind: LayerKind,
    account: &'a Account,
    of_level: fn(&OrganizationLevel) -> &PolicySet,
}

/// The role that signs a request: the one that the question names, else the workload's own; none where the document
/// does not have it.
pub(crate) fn signer<'a>(network: &'a Network, workload: &Workload, request: Option<&Request>) -> Option<&'a Role> {
    let Some(name) = request.and_then(|request| request.signed_by.as_deref()) else {
        return workload.role.map(|role| network.roles.get(role));
    };
    let mut roles = network.roles.iter().map(|(_, role)| role);
    roles.find(|role| role.component.name == name || role.arn().as_deref() == Some(name))
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        network: &'a Network,
        workload: &'a Workload,
        request: Option<&'a Request>,
        region: &str,
        calls: Vec<Call<'a>>,
        secure: bool,
    ) -> Asked<'a> {
        let role = signer(network, workload, request);
        Asked {
            network,
            workload,
            role,
            anonymous: request.and_then(|request| request.signed) == Some(false),
            stranger: role.is_none() && request.is_some_and(|request| request.signed_by.is_some()),
            request,
            region: region.to_owned(),
            calls,
            secure,
        }
    }

    /// Makes it a request that nobody signs.
    pub(super) fn leave_unsigned(&mut self) {
        self.anonymous = true;
    }

    fn caller(&self) -> Caller {
        if self.anonymous {
            // Nobody has an account; everybody else's is another.
            return Caller { account: Some("anonymous".to_owned()), ..Caller::default() };
        }
        let account = match self.role {
            Some(role) => role.account.clone(),
            None if self.stranger => None,
            None => self.network.account.clone(),
        };
        Caller {
            partition: self.role.map_or_else(|| self.partition().to_owned(), |role| role.partition.clone()),
            account,
            role: self.role.map(|role| role.path_and_name.clone()),
            session: None,
        }
    }

    fn partition(&self) -> &'static str {
        partition(&self.network.region)
    }

    fn account(&self, id: Option<&str>) -> Option<&'a Account> {
        let id = id?;
        self.network.accounts.iter().find(|account| account.component.name == id)
    }

    /// Decides the request on a path.
    pub(super) fn decide(&self, way: &Way<'_>, set: Option<&ConnectionSet>) -> Permissions {
        let mut permissions = Permissions::default();
        let mut open = Vec::new();
        let caller = self.caller();
        for call in &self.calls {
            self.decide_call(call, &caller, way, set, &mut permissions, &mut open);
        }
        // What is certainly denied is denied, whatever the rest would say.
        if permissions.denied {
            permissions.hops.retain(|(_, fact, _)| matches!(fact, Fact::PolicyDenies(_)));
        } else {
            permissions.hops.extend(open);
        }
        permissions
    }

    fn decide_call(
        &self,
        call: &Call<'a>,
        caller: &Caller,
        way: &Way<'_>,
        set: Option<&ConnectionSet>,
        permissions: &mut Permissions,
        open: &mut Vec<(Component, Fact, Option<String>)>,
    ) {
        let resource_account = call.account.clone().or_else(|| caller.account.clone().filter(|_| !self.anonymous));
        let mut request = RequestContext {
            caller: caller.clone(),
            action: call.action.clone(),
            resource: call.resource.clone(),
            one_account: !self.stranger && !self.anonymous && resource_account.is_none(),
            resource_account,
            keys: ContextKeys::unknown(),
        };
        let (layers, owners) = self.layers(call, &request, way);
        // Nothing but statements asks for them.
        let has_statements = |layer: &Layer<'_>| matches!(&layer.given, Given::Policies(some) if !some.is_empty());
        if layers.iter().any(has_statements) {
            request.keys = self.keys(call, caller, way, set);
        }
        let mut decision = authorize(&request, &layers);
        open_behind_access_point(call, &request, &layers, &mut decision);
        ask_for_origin(call, &mut decision);
        let judged = Judged { asked: self, call, request: &request, layers: &layers, owners: &owners };
        match decision.outcome {
            Outcome::Allowed => {
                judged.allowed(&decision, permissions);
                judged.assume(&decision, permissions);
            }
            Outcome::ExplicitDeny | Outcome::ImplicitDeny => {
                permissions.denied = true;
                for block in &decision.blocks {
                    permissions.hops.push(judged.denied(block));
                }
                let by_silence = |block: &Block| block.kind == LayerKind::Identity && !block.is_explicit();
                if decision.blocks.iter().all(by_silence) && !call.policy.is_given() {
                    permissions.assumptions.push(Assumption::NoOtherGrant(call.component.clone()));
                }
            }
            Outcome::Unknown => open.push(judged.open(&decision)),
        }
    }

    /// The layers that a call has to pass, each with whom it belongs to.
    fn layers<'c>(
        &self,
        call: &'c Call<'a>,
        request: &RequestContext,
        way: &Way<'c>,
    ) -> (Vec<Layer<'c>>, Vec<Component>)
    where
        'a: 'c,
    {
        let mut layers = Vec::new();
        let mut owners = Vec::new();
        let mut add = |layer: Layer<'c>, owner: Component| {
            layers.push(layer);
            owners.push(owner);
        };
        let of_resource = self.account(request.resource_account.as_deref());
        let of_caller = self.account(request.caller.account.as_deref());
        let resources = of_resource.map(|account| Guards {
            kind: LayerKind::ResourceControl,
            account,
            of_level: |level| &level.resource_control_policies,
        });
        let services = of_caller.map(|account| Guards {
            kind: LayerKind::ServiceControl,
            account,
            of_level: |level| &level.service_control_policies,
        });
        for guards in resources.into_iter().chain(services).filter(|guards| !guards.account.is_management_account) {
            for level in &guards.account.levels {
                if let PolicySet::Given(policies) = (guards.of_level)(level) {
                    let mut layer = Layer::new(guards.kind, Given::Policies(policies.iter().collect()));
                    layer.name.clone_from(&level.name);
                    add(layer, guards.account.component.clone());
                }
            }
        }
        if let Way::Endpoint(endpoint) = way
            && let Some(policy) = &endpoint.policy
            && !call.on_behalf
        {
            let gateway = endpoint.kind == VpcEndpointKind::Gateway;
            let kind = if gateway { LayerKind::GatewayEndpoint } else { LayerKind::InterfaceEndpoint };
            add(Layer::new(kind, Given::Policies(vec![policy])), endpoint.component.clone());
        }
        // A resource without a policy grants nothing by itself; to another account it is taken to grant.
        let same = request.one_account || request.resource_account == request.caller.account;
        let given = match call.policy {
            _ if call.is_unknown => Given::Unknown,
            PolicySet::Given(policies) => Given::Policies(policies.iter().chain(call.origin()).collect()),
            PolicySet::NotGiven if same && call.kind != LayerKind::Key => {
                Given::Policies(call.origin().iter().collect())
            }
            PolicySet::NotGiven => Given::Nothing,
        };
        let mut layer = Layer::new(call.kind, given);
        let of_account = of_resource.map_or(Truth::Unknown, |account| account.restrict_public_buckets);
        // With a VPC for its origin, an access point is never public.
        let is_private = !call.origin().is_empty();
        layer.restrict_public_buckets =
            if is_private { Truth::No } else { call.restrict_public_buckets.or(of_account) };
        layer.access_control_lists = call.access_control_lists.into();
        add(layer, call.component.clone());
        let (component, identity, boundary) = match self.role {
            Some(role) if !self.anonymous => (role.component.clone(), &role.identity, role.boundary.as_ref()),
            _ => (self.workload.component.clone(), &PolicySet::NotGiven, None),
        };
        let given = match identity {
            PolicySet::Given(policies) => Given::Policies(policies.iter().collect()),
            PolicySet::NotGiven => Given::Nothing,
        };
        add(Layer::new(LayerKind::Identity, given), component.clone());
        if let Some(boundary) = boundary {
            add(Layer::new(LayerKind::PermissionsBoundary, Given::Policies(vec![boundary])), component.clone());
        }
        // Services that start the session of a workload's role pass no policies.
        let is_signed_by_another = self.request.is_some_and(|request| request.signed_by.is_some());
        if let Some(PolicySet::Given(policies)) = self.role.map(|role| &role.session)
            && is_signed_by_another
        {
            add(Layer::new(LayerKind::Session, Given::Policies(policies.iter().collect())), component);
        }
        (layers, owners)
    }

    /// The context keys of a request on its path (section 3 of the policy reference).
    fn keys(&self, call: &Call<'a>, caller: &Caller, way: &Way<'_>, set: Option<&ConnectionSet>) -> ContextKeys {
        let mut keys = ContextKeys::unknown();
        for name in NEVER.split(' ') {
            keys.set(name, ContextValue::Absent);
        }
        let truth = |value: bool| if value { "true" } else { "false" };
        keys.set_text("aws:SecureTransport", truth(self.secure));
        keys.set_text("aws:ViaAWSService", truth(call.on_behalf));
        keys.set_text("aws:PrincipalIsAWSService", "false");
        keys.set_text("aws:RequestedRegion", self.region.clone());
        self.path_keys(call, way, set, &mut keys);
        self.caller_keys(caller, &mut keys);
        let owner = call.account.clone().or_else(|| caller.account.clone().filter(|_| !self.anonymous));
        // Which of the two is the resource's account is not documented, where access point and bucket have different ones.
        let is_shared = call.access_point.is_some_and(|point| self.is_of_another_account(point));
        let owner = owner.filter(|_| !is_shared);
        if let Some(account) = &owner {
            keys.set_text("aws:ResourceAccount", account.clone());
            if !call.action.starts_with("s3express:") {
                keys.set_text("s3:ResourceAccount", account.clone());
            }
        }
        let of_owner = self.account(owner.as_deref());
        organization_keys(of_owner, "aws:ResourceOrgID", "aws:ResourceOrgPaths", &mut keys);
        if !call.on_behalf {
            access_point_keys(call.access_point, &mut keys);
        }
        if call.on_behalf {
            keys.set_text("kms:ViaService", ["s3.", &self.region, ".amazonaws.com"].concat());
            if let Some(account) = &caller.account {
                keys.set_text("kms:CallerAccount", account.clone());
            }
        }
        if call.action != "s3:ListBucket" {
            for name in ["s3:prefix", "s3:delimiter", "s3:max-keys"] {
                keys.set(name, ContextValue::Absent);
            }
        }
        for (name, values) in self.request.iter().flat_map(|request| &request.context) {
            keys.set(name, ContextValue::Values(values.0.iter().map(Text::whole).collect()));
        }
        keys
    }

    /// Whether an access point is in another account than its bucket.
    fn is_of_another_account(&self, point: &AccessPoint) -> bool {
        let of_bucket = point.bucket.and_then(|id| self.network.buckets.get(id).permissions.account.as_ref());
        of_bucket != point.account.as_ref()
    }

    /// Where the request comes from.
    fn path_keys(&self, call: &Call<'a>, way: &Way<'_>, set: Option<&ConnectionSet>, keys: &mut ContextKeys) {
        let end = set.and_then(ConnectionSet::last_end);
        let through = match way {
            // A service that calls on the caller's behalf comes through no endpoint of the caller.
            Way::Endpoint(_) | Way::Internet | Way::Lambda if call.on_behalf => None,
            Way::Endpoint(endpoint) => Some(endpoint),
            Way::Internet | Way::Lambda => None,
        };
        let Some(endpoint) = through else {
            for name in OF_ENDPOINTS.split(' ') {
                keys.set(name, ContextValue::Absent);
            }
            if !call.on_behalf {
                self.public_source(way, end, keys);
            }
            return;
        };
        keys.set("aws:SourceIp", ContextValue::Absent);
        keys.set_text("aws:SourceVpce", endpoint.component.name.clone());
        keys.set_text("aws:SourceVpc", self.vpc_name(endpoint.vpc));
        if let Some(end) = end {
            keys.set_addresses("aws:VpcSourceIp", end.family, end.addresses.clone());
        }
        if let Some(account) = &self.network.account {
            keys.set_text("aws:VpceAccount", account.clone());
        }
        let of_endpoint = self.account(self.network.account.as_deref());
        organization_keys(of_endpoint, "aws:VpceOrgID", "aws:VpceOrgPaths", keys);
    }

    /// The address that a request from the Internet comes from.
    fn public_source(&self, way: &Way<'_>, end: Option<&End>, keys: &mut ContextKeys) {
        let name = "aws:SourceIp";
        let end = end.filter(|_| matches!(way, Way::Internet));
        match end {
            Some(end) if end.family == Family::Ipv6 => {
                keys.set_addresses(name, Family::Ipv6, end.addresses.clone());
            }
            Some(end) => match (self.elastic_ips(end.role), end.public_address) {
                (Some(addresses), _) => keys.set_addresses(name, Family::Ipv4, addresses),
                (None, PublicAddress::Known(address) | PublicAddress::Fragile(address)) => {
                    keys.set_address(name, IpAddr::V4(address));
                }
                (None, _) => keys.set(name, ContextValue::Addresses(Family::Ipv4, public_addresses())),
            },
            None => keys.set(name, ContextValue::Addresses(Family::Ipv4, public_addresses())),
        }
    }

    fn vpc_name(&self, vpc: VpcId) -> String {
        self.network.vpcs.get(vpc).component.name.clone()
    }

    /// The Elastic IP addresses of a NAT gateway, where it has any and all are known.
    fn elastic_ips(&self, role: InterfaceRole) -> Option<RangeSet<u128>> {
        let InterfaceRole::NatGateway(gateway) = role else { return None };
        let addresses = &self.network.nat_gateways.get(gateway).elastic_ips;
        let numbers: Option<Vec<u128>> =
            addresses.iter().map(|address| address.known().map(address::number_of)).collect();
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        Some(RangeSet::from_ranges(numbers.into_iter().map(|number| (number, number))))
    }

    /// The function whose code asks, which Lambda tells of the sessions that it starts itself.
    fn function_key(&self, caller: &Caller, keys: &mut ContextKeys) {
        let component = &self.workload.component;
        if component.kind != ComponentKind::Function {
            keys.set(SOURCE_FUNCTION, ContextValue::Absent);
            return;
        }
        let is_own = self.request.is_none_or(|request| request.signed_by.is_none());
        if let Some(account) = caller.account.as_deref().filter(|_| is_own) {
            let region = &self.network.region;
            let parts = ["arn:", &caller.partition, ":lambda:", region, ":", account, ":function:", &component.name];
            keys.set_text(SOURCE_FUNCTION, parts.concat());
        }
    }

    /// Who asks.
    fn caller_keys(&self, caller: &Caller, keys: &mut ContextKeys) {
        if self.anonymous {
            for name in OF_PRINCIPALS.split(' ') {
                keys.set(name, ContextValue::Absent);
            }
            return;
        }
        keys.set_text("aws:PrincipalType", "AssumedRole");
        self.function_key(caller, keys);
        // Temporary credentials have both, and only what the role's unique id begins with is known of them.
        keys.set("aws:TokenIssueTime", ContextValue::Values(vec![Text::beginning("")]));
        keys.set("aws:userid", ContextValue::Values(vec![Text::beginning("AROA")]));
        if let Some(account) = &caller.account {
            keys.set_text("aws:PrincipalAccount", account.clone());
        }
        if let Some(arn) = self.role.and_then(Role::arn) {
            keys.set_text("aws:PrincipalArn", arn);
        }
        for (name, value) in self.role.iter().filter_map(|role| role.tags.as_ref()).flatten() {
            keys.set_text(&["aws:PrincipalTag/", name].concat(), value.clone());
        }
        let account = self.account(caller.account.as_deref());
        organization_keys(account, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", keys);
        if self.workload.component.kind != ComponentKind::Instance {
            keys.set("aws:Ec2InstanceSourceVpc", ContextValue::Absent);
            keys.set("aws:Ec2InstanceSourcePrivateIPv4", ContextValue::Absent);
        }
    }
}

/// Keys that a request of a role's session never has: what calls for somebody else, and users, have them.
const NEVER: &str = "\
     aws:AssumedRoot aws:CalledVia aws:CalledViaFirst aws:CalledViaLast aws:MultiFactorAuthAge \
     aws:MultiFactorAuthPresent aws:PrincipalServiceName aws:PrincipalServiceNamesList aws:SourceAccount \
     aws:SourceArn aws:SourceOrgID aws:SourceOwner aws:username";

/// Keys that only a request through an endpoint has.
const OF_ENDPOINTS: &str =
    "aws:SourceVpce aws:SourceVpc aws:SourceVpcArn aws:VpcSourceIp aws:VpceAccount aws:VpceOrgID aws:VpceOrgPaths";

/// Keys that only a signed request has.
const OF_PRINCIPALS: &str =
    "aws:PrincipalAccount aws:PrincipalArn aws:PrincipalOrgID aws:PrincipalOrgPaths aws:TokenIssueTime aws:userid";

fn organization_keys(account: Option<&Account>, id: &str, paths: &str, keys: &mut ContextKeys) {
    let Some(account) = account else { return };
    match &account.organization {
        Organization::Unknown => {}
        Organization::None => {
            keys.set(id, ContextValue::Absent);
            keys.set(paths, ContextValue::Absent);
        }
        Organization::Id(text) => keys.set_text(id, text.clone()),
    }
    if let Some(path) = &account.organization_path {
        keys.set_text(paths, path.clone());
    }
}

/// Every IPv4 address that is not private: one of them is the source, and which is not known.
fn public_addresses() -> RangeSet<u128> {
    let private = RangeSet::from_ranges([
        (0x0A00_0000, 0x0AFF_FFFF),
        (0x6440_0000, 0x647F_FFFF),
        (0xAC10_0000, 0xAC1F_FFFF),
        (0xC0A8_0000, 0xC0A8_FFFF),
    ]);
    RangeSet::range(0x0100_0000, 0xDFFF_FFFF).difference(&private)
}

/// A call with everything that it was decided by.
struct Judged<'j, 'a> {
    asked: &'j Asked<'a>,
    call: &'j Call<'a>,
    request: &'j RequestContext,
    layers: &'j [Layer<'j>],
    owners: &'j [Component],
}

impl Judged<'_, '_> {
    fn owner(&self, layer: usize) -> Component {
        self.owners.get(layer).cloned().unwrap_or_else(|| self.call.component.clone())
    }

    fn permission(&self, kind: LayerKind, layer: usize) -> Permission {
        let text = &self.request.resource;
        Permission {
            layer: kind,
            level: self.layers.get(layer).map(|layer| layer.name.clone()).unwrap_or_default(),
            action: self.request.action.clone(),
            resource: if text.open { [text.text.as_str(), "…"].concat() } else { text.text.clone() },
        }
    }

    /// What allows, as far as the document says it: the role, the endpoint, the resource.
    fn allowed(&self, decision: &Decision, permissions: &mut Permissions) {
        for (position, layer) in self.layers.iter().enumerate() {
            let says = matches!(&layer.given, Given::Policies(policies) if !policies.is_empty());
            let is_assumed = decision.assumed.contains(&position);
            if !says || is_assumed || matches!(layer.kind, LayerKind::ServiceControl | LayerKind::ResourceControl) {
                continue;
            }
            let grant = decision.grants.iter().find(|grant| grant.layer == position);
            let found = grant.and_then(|grant| grant.find(self.layers));
            let fact = Fact::PolicyAllows {
                permission: self.permission(layer.kind, position),
                statement: grant.zip(found).map(|(grant, (policy, _))| statement_name(self.layers, grant, policy)),
            };
            let pointer = found.and_then(|(policy, statement)| pointer_of(policy, &statement.pointer));
            permissions.hops.push((self.owner(position), fact, pointer));
        }
    }

    /// What an allowed call takes for granted.
    fn assume(&self, decision: &Decision, permissions: &mut Permissions) {
        let asked = self.asked;
        let identity = asked.role.is_some_and(|role| role.identity.is_given());
        let kinds = decision.assumed.iter().filter_map(|position| Some((self.layers.get(*position)?.kind, *position)));
        let mut of_role = !identity && !asked.anonymous;
        let mut of_resource = !self.call.policy.is_given();
        for (kind, position) in kinds {
            match kind {
                LayerKind::Identity | LayerKind::PermissionsBoundary | LayerKind::Session => of_role = true,
                LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => {
                    permissions.assumptions.push(Assumption::EndpointPolicy(self.owner(position)));
                }
                LayerKind::ServiceControl | LayerKind::ResourceControl => {
                    permissions.assumptions.push(Assumption::OrganizationPolicies);
                }
                _ => of_resource = true,
            }
        }
        if of_role {
            permissions.assumptions.push(Assumption::IdentityPolicies);
        }
        if of_resource {
            permissions.assumptions.extend(self.call.assumes.map(|assumes| assumes(self.call.component.clone())));
        }
        // Where access control lists count, whoever wrote an object owns it, and has to let in even the bucket's account.
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html
        let reads = ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:RestoreObject"];
        if self.call.access_control_lists && reads.contains(&self.request.action.as_str()) {
            permissions.assumptions.push(Assumption::ObjectOwner(self.call.component.clone()));
        }
        let accounts = [&self.request.caller.account, &self.request.resource_account];
        let says = |account: &Option<String>| {
            asked.account(account.as_deref()).is_some_and(|known| {
                !known.levels.is_empty() || known.is_management_account || known.organization == Organization::None
            })
        };
        if identity && !accounts.into_iter().all(says) {
            permissions.assumptions.push(Assumption::OrganizationPolicies);
        }
    }

    fn denied(&self, block: &Block) -> (Component, Fact, Option<String>) {
        let place = block.statements.first();
        let found = place.and_then(|place| place.find(self.layers));
        // What the network origin refuses is no statement of a policy that anybody wrote.
        let is_origin = found.is_some_and(|(policy, _)| self.call.is_origin(policy));
        let denying = place.zip(found).map(|(place, (policy, statement))| {
            // The conditions that hold are what a person looks for: why does this request fall under it?
            let conditions = statement.conditions.iter().map(|condition| self.tested(condition)).collect();
            ((!is_origin).then(|| statement_name(self.layers, place, policy)), conditions)
        });
        let near = block.nearest.as_ref().and_then(|miss| {
            let (policy, statement) = miss.statement.find(self.layers)?;
            let first = miss.failed.first()?;
            Some(NearestStatement {
                statement: statement_name(self.layers, &miss.statement, policy),
                failed: match first {
                    Element::Action => "Action",
                    Element::Resource => "Resource",
                    Element::Principal => "Principal",
                    Element::Condition(_) => "Condition",
                },
                tested: match first {
                    Element::Condition(position) => {
                        statement.conditions.get(*position).map(|condition| self.tested(condition))
                    }
                    _ => None,
                },
            })
        });
        let near_pointer = block.nearest.as_ref().and_then(|miss| {
            let (policy, statement) = miss.statement.find(self.layers)?;
            pointer_of(policy, &statement.pointer)
        });
        let of_statement = |(policy, statement): (&Policy, &crate::policy::Statement)| {
            pointer_of(policy, if is_origin { &policy.pointer } else { &statement.pointer })
        };
        let pointer = found.and_then(of_statement).or(near_pointer);
        let pointer = pointer.or_else(|| self.first_pointer(block.layer));
        let explicit = block.is_explicit();
        let same = self.request.one_account || self.request.caller.account == self.request.resource_account;
        let (statement, conditions) = denying.unwrap_or_default();
        let denial = Denial {
            permission: self.permission(block.kind, block.layer),
            explicit,
            statement,
            conditions,
            nearest: near,
            user: self.user(),
            is_told: same,
        };
        (self.owner(block.layer), Fact::PolicyDenies(Box::new(denial)), pointer)
    }

    /// Where the policies of a layer stand, when no statement of them is near.
    fn first_pointer(&self, layer: usize) -> Option<String> {
        let Given::Policies(policies) = &self.layers.get(layer)?.given else { return None };
        policies.first().and_then(|policy| pointer_of(policy, &policy.pointer))
    }

    /// The caller as AWS prints it; parts that are not known stand as `…`.
    fn user(&self) -> String {
        let caller = &self.request.caller;
        let or_dots = |text: Option<&str>| text.unwrap_or("…").to_owned();
        [
            "arn:",
            &caller.partition,
            ":sts::",
            &or_dots(caller.account.as_deref()),
            ":assumed-role/",
            &or_dots(caller.role_name()),
            "/",
            &self.asked.workload.component.name,
        ]
        .concat()
    }

    fn tested(&self, condition: &Condition) -> Tested {
        let found = match self.request.keys.get(condition.key()) {
            ContextValue::Absent => Some(String::new()),
            ContextValue::Values(values) => {
                let known = values.iter().all(|value| !value.open);
                let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
                known.then(|| joined(&texts, ", "))
            }
            ContextValue::Addresses(..) | ContextValue::Unknown => None,
        };
        Tested {
            operator: condition.operator_text.clone(),
            key: condition.key_text.clone(),
            values: condition.value_texts.clone(),
            found,
        }
    }

    fn open(&self, decision: &Decision) -> (Component, Fact, Option<String>) {
        let place = decision.open.first();
        let found = place.and_then(|place| place.find(self.layers));
        let pointer = found.and_then(|(policy, statement)| pointer_of(policy, &statement.pointer));
        let layer = place.map(|place| place.layer).or_else(|| {
            // A policy that is not known has no statement to point to.
            self.layers.iter().position(|layer| match &layer.given {
                Given::Policies(policies) => policies.iter().any(|policy| !policy.is_readable),
                Given::Unknown => true,
                Given::Nothing => false,
            })
        });
        let component = layer.map_or_else(|| self.call.component.clone(), |layer| self.owner(layer));
        let permission = self.permission(
            layer.and_then(|layer| self.layers.get(layer)).map_or(LayerKind::Bucket, |layer| layer.kind),
            layer.unwrap_or_default(),
        );
        let missing = Missing::Permission { permission, needs: decision.needs.iter().cloned().collect() };
        (component, Fact::NotKnown(missing), pointer)
    }
}

/// A statement as people call it: its Sid, or else its number, and whose it is where a layer has several policies.
fn statement_name(layers: &[Layer<'_>], place: &StatementRef, policy: &Policy) -> crate::fact::StatementName {
    let statement = policy.statements.get(place.statement);
    let policies = layers.get(place.layer).map_or(0, |layer| match &layer.given {
        Given::Policies(policies) => policies.len(),
        Given::Nothing | Given::Unknown => 0,
    });
    let of_own = layers.get(place.layer).is_some_and(|layer| {
        matches!(layer.kind, LayerKind::Identity | LayerKind::PermissionsBoundary | LayerKind::ServiceControl)
    });
    crate::fact::StatementName {
        policy: if policies > 1 || of_own { policy.name.clone() } else { String::new() },
        sid: statement.and_then(|statement| statement.sid.clone()).filter(|sid| !sid.is_empty()),
        number: place.statement + 1,
    }
}

/// The place of a statement; policies that AWS manages stand in no document.
fn pointer_of(policy: &Policy, pointer: &str) -> Option<String> {
    (!policy.pointer.is_empty()).then(|| pointer.to_owned())
}

/// What a function's role has to be allowed before Lambda makes its network interfaces (R7.13).
const TO_MAKE_INTERFACES: [&str; 3] =
    ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"];

/// Whether a function's role certainly lacks what Lambda needs to make its network interfaces (R7.13, R7.15).
pub(super) fn cannot_make_interfaces(
    network: &Network,
    workload: &Workload,
) -> Option<(Component, Fact, Option<String>)> {
    let is_new = workload.attached && !workload.is_said_to_be_active && workload.not_started.is_none();
    let role = workload.role.map(|role| network.roles.get(role)).filter(|_| is_new)?;
    if workload.component.kind != ComponentKind::Function || !role.identity.is_given() {
        return None;
    }
    let resource = ["arn:", &role.partition, ":ec2:", &network.region, ":"].concat();
    let calls = TO_MAKE_INTERFACES.iter().map(|action| Call::of_role(action, Text::beginning(resource.clone())));
    let asked = Asked::new(network, workload, None, &network.region, calls.collect(), true);
    let permissions = asked.decide(&Way::Lambda, None);
    let mut missing: Vec<String> = Vec::new();
    let mut place = None;
    for (_, fact, pointer) in permissions.hops {
        if let Fact::PolicyDenies(denial) = fact
            && !missing.contains(&denial.permission.action)
        {
            missing.push(denial.permission.action.clone());
            place = place.or(pointer);
        }
    }
    let fact = Fact::CannotCreateInterfaces { role: role.component.clone(), missing };
    let is_certain = matches!(&fact, Fact::CannotCreateInterfaces { missing, .. } if !missing.is_empty());
    is_certain.then(|| (workload.component.clone(), fact, place))
}
