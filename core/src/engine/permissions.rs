//! Phase E: whether the service allows the request (R0.5).
//!
//! The path gives the request most of its context keys: an endpoint, the address behind a translation, neither. So
//! one and the same policy can allow a request on one path and deny it on another, and each part of the traffic is
//! decided for itself.

use std::net::IpAddr;
use std::slice;

use crate::address;
use crate::analysis::Assumption;
use crate::component::{Component, ComponentKind};
use crate::fact::{Denial, Fact, Missing, NearestStatement, Permission, Tested};
use crate::network::{
    AccessPoint, Account, InterfaceRole, Network, Organization, PolicySet, PublicAddress, Role, VpcEndpoint,
    VpcEndpointKind, Workload, partition,
};
use crate::policy::{
    Block, Caller, Condition, ContextKeys, ContextValue, Decision, Element, Given, Layer, LayerKind, Outcome, Policy,
    RequestContext, SOURCE_FUNCTION, StatementRef, Text, Truth, authorize,
};
use crate::query::{Family, Request};
use crate::range_set::RangeSet;
use crate::texts::{cat, joined};

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

/// The layers that a call has to pass, each with whom it belongs to.
#[derive(Default)]
struct Layers<'a> {
    list: Vec<Layer<'a>>,
    owners: Vec<&'a Component>,
}

impl<'a> Layers<'a> {
    fn add(&mut self, kind: LayerKind, given: Given<'a>, owner: &'a Component) -> Option<&mut Layer<'a>> {
        self.list.push(Layer::new(kind, given));
        self.owners.push(owner);
        self.list.last_mut()
    }
}

/// What a set says as a layer; one that is not given is taken to let the request pass.
fn given(policies: &PolicySet) -> Given<'_> {
    match policies {
        PolicySet::Given(policies) => Given::Policies(policies),
        PolicySet::NotGiven => Given::Nothing,
    }
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

    fn caller(&self) -> Caller<'a> {
        if self.anonymous {
            // Nobody has an account; everybody else's is another.
            return Caller { account: Some("anonymous"), ..Caller::default() };
        }
        match self.role {
            Some(role) => Caller {
                partition: &role.partition,
                account: role.account.as_deref(),
                role: Some(&role.path_and_name),
                session: None,
            },
            None => Caller {
                partition: self.partition(),
                account: self.network.account.as_deref().filter(|_| !self.stranger),
                ..Caller::default()
            },
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
        for call in &self.calls {
            self.decide_call(call, way, set, &mut permissions, &mut open);
        }
        // What is certainly denied is denied, whatever the rest would say.
        if permissions.denied {
            permissions.hops.retain(|(_, fact, _)| matches!(fact, Fact::PolicyDenies(_)));
        } else {
            permissions.hops.append(&mut open);
        }
        permissions
    }

    fn decide_call(
        &self,
        call: &Call<'a>,
        way: &Way<'_>,
        set: Option<&ConnectionSet>,
        permissions: &mut Permissions,
        open: &mut Vec<(Component, Fact, Option<String>)>,
    ) {
        let caller = self.caller();
        let resource_account = call.account.or(caller.account.filter(|_| !self.anonymous));
        let mut request = RequestContext {
            caller,
            action: &call.action,
            resource: &call.resource,
            one_account: !self.stranger && !self.anonymous && resource_account.is_none(),
            resource_account,
            keys: ContextKeys::unknown(),
        };
        let Layers { list: layers, owners } = self.layers(call, &request, way);
        // Nothing but statements asks for them.
        if layers.iter().any(|layer| !layer.policies().is_empty()) {
            request.keys = self.keys(call, &request, way, set);
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

    /// The layers that a call has to pass.
    fn layers<'c>(&'c self, call: &'c Call<'a>, request: &RequestContext<'_>, way: &Way<'c>) -> Layers<'c>
    where
        'a: 'c,
    {
        let mut layers = Layers::default();
        let of_resource = self.account(request.resource_account);
        let of_caller = self.account(request.caller.account);
        for (kind, account) in [(LayerKind::ResourceControl, of_resource), (LayerKind::ServiceControl, of_caller)] {
            let Some(account) = account.filter(|account| !account.is_management_account) else { continue };
            for level in &account.levels {
                let is_of_resource = kind == LayerKind::ResourceControl;
                let policies =
                    if is_of_resource { &level.resource_control_policies } else { &level.service_control_policies };
                if policies.is_given()
                    && let Some(layer) = layers.add(kind, given(policies), &account.component)
                {
                    layer.name = &level.name;
                }
            }
        }
        if let Way::Endpoint(endpoint) = *way
            && let Some(policy) = &endpoint.policy
            && !call.on_behalf
        {
            let gateway = endpoint.kind == VpcEndpointKind::Gateway;
            let kind = if gateway { LayerKind::GatewayEndpoint } else { LayerKind::InterfaceEndpoint };
            layers.add(kind, Given::Policies(slice::from_ref(policy)), &endpoint.component);
        }
        // A resource without a policy grants nothing by itself; to another account it is taken to grant.
        let same = request.one_account || request.resource_account == request.caller.account;
        let said = match call.policy {
            _ if call.is_unknown => Given::Unknown,
            PolicySet::NotGiven if same && call.kind != LayerKind::Key => Given::Policies(call.origin()),
            PolicySet::NotGiven if !call.origin().is_empty() => Given::NothingBut(call.origin()),
            policies => given(policies),
        };
        if let Some(layer) = layers.add(call.kind, said, &call.component) {
            let of_account = of_resource.map_or(Truth::Unknown, |account| account.restrict_public_buckets);
            // With a VPC for its origin, an access point is never public.
            let is_private = !call.origin().is_empty();
            layer.restrict_public_buckets =
                if is_private { Truth::No } else { call.restrict_public_buckets.or(of_account) };
            layer.access_control_lists = call.access_control_lists.into();
        }
        let Some(role) = self.role.filter(|_| !self.anonymous) else {
            layers.add(LayerKind::Identity, Given::Nothing, &self.workload.component);
            return layers;
        };
        layers.add(LayerKind::Identity, given(&role.identity), &role.component);
        if let Some(boundary) = &role.boundary {
            let given = Given::Policies(slice::from_ref(boundary));
            layers.add(LayerKind::PermissionsBoundary, given, &role.component);
        }
        // Services that start the session of a workload's role pass no policies.
        let is_signed_by_another = self.request.is_some_and(|request| request.signed_by.is_some());
        if role.session.is_given() && is_signed_by_another {
            layers.add(LayerKind::Session, given(&role.session), &role.component);
        }
        layers
    }

    /// The context keys of a request on its path (section 3 of the policy reference).
    fn keys(
        &self,
        call: &Call<'a>,
        request: &RequestContext<'_>,
        way: &Way<'_>,
        set: Option<&ConnectionSet>,
    ) -> ContextKeys {
        let mut keys = ContextKeys::unknown();
        let caller = &request.caller;
        keys.set_absent(NEVER);
        let truth = |value: bool| if value { "true" } else { "false" };
        keys.set_text("aws:SecureTransport", truth(self.secure));
        keys.set_text("aws:ViaAWSService", truth(call.on_behalf));
        keys.set_text("aws:PrincipalIsAWSService", "false");
        keys.set_text("aws:RequestedRegion", &self.region);
        self.path_keys(call, way, set, &mut keys);
        self.caller_keys(caller, &mut keys);
        // Which of the two is the resource's account is not documented, where access point and bucket have different ones.
        let is_shared = call.access_point.is_some_and(|point| self.is_of_another_account(point));
        let owner = request.resource_account.filter(|_| !is_shared);
        keys.set_known("aws:ResourceAccount", owner);
        keys.set_known("s3:ResourceAccount", owner.filter(|_| !call.action.starts_with("s3express:")));
        self.organization_keys(owner, "aws:ResourceOrgID", "aws:ResourceOrgPaths", &mut keys);
        if call.on_behalf {
            keys.set_text("kms:ViaService", &cat!("s3.", self.region, ".amazonaws.com"));
            keys.set_known("kms:CallerAccount", caller.account);
        } else {
            access_point_keys(call.access_point, &mut keys);
        }
        if call.action != "s3:ListBucket" {
            keys.set_absent("s3:prefix s3:delimiter s3:max-keys");
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
        // A service that calls on the caller's behalf comes through no endpoint of the caller.
        let (Way::Endpoint(endpoint), false) = (way, call.on_behalf) else {
            keys.set_absent(OF_ENDPOINTS);
            if !call.on_behalf {
                self.public_source(way, end, keys);
            }
            return;
        };
        keys.set_absent("aws:SourceIp");
        keys.set_text("aws:SourceVpce", &endpoint.component.name);
        keys.set_text("aws:SourceVpc", &self.network.vpcs.get(endpoint.vpc).component.name);
        if let Some(end) = end {
            keys.set_addresses("aws:VpcSourceIp", end.family, &self.network.possible(&end.addresses));
        }
        let account = self.network.account.as_deref();
        keys.set_known("aws:VpceAccount", account);
        self.organization_keys(account, "aws:VpceOrgID", "aws:VpceOrgPaths", keys);
    }

    /// The address that a request from the Internet comes from.
    fn public_source(&self, way: &Way<'_>, end: Option<&End>, keys: &mut ContextKeys) {
        let known = end.filter(|_| matches!(way, Way::Internet)).and_then(|end| {
            let of_nat_gateway = || self.elastic_ips(end.role);
            match end.public_address {
                _ if end.family == Family::Ipv6 => Some(self.network.possible(&end.addresses)),
                PublicAddress::Known(address) | PublicAddress::Fragile(address) => {
                    let number = address::number_of(IpAddr::V4(address));
                    of_nat_gateway().or_else(|| Some(RangeSet::range(number, number)))
                }
                _ => of_nat_gateway(),
            }
        });
        let family = if known.is_some() { end.map_or(Family::Ipv4, |end| end.family) } else { Family::Ipv4 };
        keys.set_addresses("aws:SourceIp", family, &known.unwrap_or_else(public_addresses));
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
    fn function_key(&self, caller: &Caller<'_>, keys: &mut ContextKeys) {
        let component = &self.workload.component;
        if component.kind != ComponentKind::Function {
            return keys.set_absent(SOURCE_FUNCTION);
        }
        let is_own = self.request.is_none_or(|request| request.signed_by.is_none());
        if let Some(account) = caller.account.filter(|_| is_own) {
            let (region, name) = (&self.network.region, &component.name);
            let arn = cat!("arn:", caller.partition, ":lambda:", region, ":", account, ":function:", name);
            keys.set_text(SOURCE_FUNCTION, &arn);
        }
    }

    /// Who asks.
    fn caller_keys(&self, caller: &Caller<'_>, keys: &mut ContextKeys) {
        if self.anonymous {
            return keys.set_absent(OF_PRINCIPALS);
        }
        keys.set_text("aws:PrincipalType", "AssumedRole");
        self.function_key(caller, keys);
        // Temporary credentials have both, and only what the role's unique id begins with is known of them.
        for (name, beginning) in [("aws:TokenIssueTime", ""), ("aws:userid", "AROA")] {
            keys.set(name, ContextValue::Values(vec![Text::beginning(beginning)]));
        }
        keys.set_known("aws:PrincipalAccount", caller.account);
        keys.set_known("aws:PrincipalArn", self.role.and_then(Role::arn).as_deref());
        for (name, value) in self.role.iter().filter_map(|role| role.tags.as_ref()).flatten() {
            keys.set_text(&cat!("aws:PrincipalTag/", name), value);
        }
        self.organization_keys(caller.account, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", keys);
        if self.workload.component.kind != ComponentKind::Instance {
            keys.set_absent("aws:Ec2InstanceSourceVpc aws:Ec2InstanceSourcePrivateIPv4");
        }
    }

    /// What is known of an account's organization.
    fn organization_keys(&self, account: Option<&str>, id: &str, paths: &str, keys: &mut ContextKeys) {
        let Some(account) = self.account(account) else { return };
        match &account.organization {
            Organization::Unknown => {}
            Organization::None => [id, paths].iter().for_each(|name| keys.set_absent(name)),
            Organization::Id(text) => keys.set_text(id, text),
        }
        keys.set_known(paths, account.organization_path.as_deref());
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
    request: &'j RequestContext<'j>,
    layers: &'j [Layer<'j>],
    owners: &'j [&'j Component],
}

impl Judged<'_, '_> {
    fn owner(&self, layer: usize) -> Component {
        (*self.owners.get(layer).unwrap_or(&&self.call.component)).clone()
    }

    fn permission(&self, kind: LayerKind, layer: usize) -> Permission {
        let text = &self.request.resource;
        Permission {
            layer: kind,
            level: self.layers.get(layer).map_or("", |layer| layer.name).to_owned(),
            action: self.call.action.clone(),
            resource: cat!(text.text, if text.open { "…" } else { "" }),
        }
    }

    /// What allows, as far as the document says it: the role, the endpoint, the resource.
    fn allowed(&self, decision: &Decision, permissions: &mut Permissions) {
        for (position, layer) in self.layers.iter().enumerate() {
            let says = !layer.policies().is_empty();
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
        if self.call.access_control_lists && reads.contains(&self.request.action) {
            permissions.assumptions.push(Assumption::ObjectOwner(self.call.component.clone()));
        }
        let accounts = [self.request.caller.account, self.request.resource_account];
        let says = |account: Option<&str>| {
            asked.account(account).is_some_and(|known| {
                !known.levels.is_empty() || known.is_management_account || known.organization == Organization::None
            })
        };
        if identity && !accounts.into_iter().all(says) {
            permissions.assumptions.push(Assumption::OrganizationPolicies);
        }
    }

    fn denied(&self, block: &Block) -> (Component, Fact, Option<String>) {
        let mut denial = Denial {
            permission: self.permission(block.kind, block.layer),
            explicit: block.is_explicit(),
            statement: None,
            conditions: Vec::new(),
            nearest: None,
            user: self.user(),
            is_told: self.request.one_account || self.request.caller.account == self.request.resource_account,
        };
        // Where the policies of a layer stand, when no statement of them is near.
        let policies = self.layers.get(block.layer).map(Layer::policies).unwrap_or_default();
        let mut pointer = policies.first().and_then(|policy| pointer_of(policy, &policy.pointer));
        if let Some(place) = block.statements.first()
            && let Some((policy, statement)) = place.find(self.layers)
        {
            // The conditions that hold are what a person looks for: why does this request fall under it?
            denial.conditions = statement.conditions.iter().map(|condition| self.tested(condition)).collect();
            // What the network origin refuses is no statement of a policy that anybody wrote.
            let is_origin = self.call.is_origin(policy);
            if !is_origin {
                denial.statement = Some(statement_name(self.layers, place, policy));
            }
            let of_statement = if is_origin { &policy.pointer } else { &statement.pointer };
            pointer = pointer_of(policy, of_statement).or(pointer);
        }
        if let Some(miss) = &block.nearest
            && let Some((policy, statement)) = miss.statement.find(self.layers)
        {
            pointer = pointer_of(policy, &statement.pointer).or(pointer);
            denial.nearest = miss.failed.first().map(|first| NearestStatement {
                statement: statement_name(self.layers, &miss.statement, policy),
                failed: match first {
                    Element::Action => "Action",
                    Element::Resource => "Resource",
                    Element::Principal => "Principal",
                    Element::Condition(_) => "Condition",
                },
                tested: match first {
                    Element::Condition(at) => statement.conditions.get(*at).map(|condition| self.tested(condition)),
                    _ => None,
                },
            });
        }
        (self.owner(block.layer), Fact::PolicyDenies(Box::new(denial)), pointer)
    }

    /// The caller as AWS prints it; parts that are not known stand as `…`.
    fn user(&self) -> String {
        let caller = &self.request.caller;
        let account = caller.account.unwrap_or("…");
        let role = caller.role_name().unwrap_or("…");
        let session = &self.asked.workload.component.name;
        cat!("arn:", caller.partition, ":sts::", account, ":assumed-role/", role, "/", session)
    }

    fn tested(&self, condition: &Condition) -> Tested {
        let found = match self.request.keys.get(&condition.key_text) {
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
            let is_open = |layer: &Layer<'_>| {
                layer.given == Given::Unknown || layer.policies().iter().any(|policy| !policy.is_readable)
            };
            self.layers.iter().position(is_open)
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
    let policies = layers.get(place.layer).map_or(0, |layer| layer.policies().len());
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
    let resource = Text::beginning(cat!("arn:", role.partition, ":ec2:", network.region, ":"));
    let calls = TO_MAKE_INTERFACES.iter().map(|action| Call::of_role(action, resource.clone())).collect();
    let permissions = Asked::new(network, workload, None, &network.region, calls, true).decide(&Way::Lambda, None);
    let mut missing: Vec<String> = Vec::new();
    let mut place = None;
    for (_, fact, pointer) in &permissions.hops {
        if let Fact::PolicyDenies(denial) = fact
            && !missing.contains(&denial.permission.action)
        {
            missing.push(denial.permission.action.clone());
            place = place.or(pointer.as_ref());
        }
    }
    if missing.is_empty() {
        return None;
    }
    let fact = Fact::CannotCreateInterfaces { role: role.component.clone(), missing };
    Some((workload.component.clone(), fact, place.cloned()))
}
