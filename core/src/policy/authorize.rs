//! How layers combine.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>

use super::context::{RequestContext, Text};
use super::principal::{Named, Strength};
use super::statement::{Effect, Element, Statement, Subject};
use super::truth::{Need, Needs, Truth};
use super::{LayerKind, Policy};

/// What a layer says.
#[derive(Clone, Debug, PartialEq)]
pub enum Given<'a> {
    /// These policies; none means that nothing is allowed here.
    Policies(Vec<&'a Policy>),
    /// Nothing was given, and the layer is taken to let the request pass. A resource's policy that was not given
    /// is taken to deny nothing, and to let in whom its own account allows.
    Nothing,
    /// It is there, and what it says is not known.
    Unknown,
}

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer<'a> {
    /// What it is.
    pub kind: LayerKind,
    /// Its name, where one kind has several: the level of an organization.
    pub name: String,
    /// What it says.
    pub given: Given<'a>,
    /// The resource as this layer sees it, where that is not the request's.
    pub resource: Option<Text>,
    /// For a bucket or an access point: whether Block Public Access restricts a public policy to its own account.
    pub restrict_public_buckets: Truth,
    /// For a bucket: whether access control lists are enabled.
    pub access_control_lists: Truth,
}

impl<'a> Layer<'a> {
    /// A layer of that kind.
    pub fn new(kind: LayerKind, given: Given<'a>) -> Layer<'a> {
        Layer {
            kind,
            name: String::new(),
            given,
            resource: None,
            restrict_public_buckets: Truth::No,
            access_control_lists: Truth::No,
        }
    }
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is allowed.
    Allowed,
    /// Some statement denies it.
    ExplicitDeny,
    /// Some layer does not allow it.
    ImplicitDeny,
    /// It depends on [`Decision::needs`].
    Unknown,
}

/// A statement, by positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementRef {
    /// Among the layers.
    pub layer: usize,
    /// Among the layer's policies.
    pub policy: usize,
    /// Among the policy's statements.
    pub statement: usize,
}

impl StatementRef {
    /// The policy and the statement.
    pub fn find<'a>(&self, layers: &'a [Layer<'_>]) -> Option<(&'a Policy, &'a Statement)> {
        let Given::Policies(policies) = &layers.get(self.layer)?.given else { return None };
        let policy: &Policy = policies.get(self.policy)?;
        Some((policy, policy.statements.get(self.statement)?))
    }
}

/// A statement that would have allowed the request but for some elements.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The statement.
    pub statement: StatementRef,
    /// The elements that failed, the first of them first.
    pub failed: Vec<Element>,
}

/// A layer that blocks the request.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its position.
    pub layer: usize,
    /// Its kind; [`LayerKind::BlockPublicAccess`] stands at the position of its bucket.
    pub kind: LayerKind,
    /// The statements that deny; empty where nothing allows.
    pub statements: Vec<StatementRef>,
    /// Where nothing allows: the statement that came nearest.
    pub nearest: Option<NearMiss>,
}

impl Block {
    /// Whether it denies explicitly.
    pub fn is_explicit(&self) -> bool {
        !self.statements.is_empty() || self.kind == LayerKind::BlockPublicAccess
    }
}

/// What becomes of a request, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What becomes of it.
    pub outcome: Outcome,
    /// Every layer that certainly blocks, explicit ones first, then in the order of [`LayerKind`].
    pub blocks: Vec<Block>,
    /// The statements that certainly allow, one for each layer.
    pub grants: Vec<StatementRef>,
    /// For [`Outcome::Allowed`]: the layers that are taken to allow by statements of which something is not given.
    pub assumed: Vec<usize>,
    /// For [`Outcome::Unknown`]: the statements that may match and matter.
    pub open: Vec<StatementRef>,
    /// For [`Outcome::Unknown`]: what would settle it.
    pub needs: Needs,
}

/// Decides a request. Every layer that applies has to be there: an organization's levels one by one, and the
/// resource's layer even where it has no policy.
pub fn authorize<'a>(request: &'a RequestContext, layers: &'a [Layer<'a>]) -> Decision {
    let has_boundary = layers.iter().any(|layer| layer.kind == LayerKind::PermissionsBoundary);
    let action = request.action.to_ascii_lowercase();
    let subject = |layer: &'a Layer<'a>| {
        let resource = layer.resource.as_ref().unwrap_or(&request.resource);
        Subject { request, action: &action, resource, kind: layer.kind, has_boundary }
    };
    let weighed: Vec<Weighed> =
        layers.iter().enumerate().map(|(position, layer)| weigh(position, layer, subject(layer))).collect();
    let case = Case::new(request, layers, &weighed);
    let (mut outcome, relevant) = case.outcome();
    let mut assumed = Vec::new();
    if outcome == Outcome::Unknown && case.allowed(&|atom| case.supposed(atom, &weighed)) == Truth::Yes {
        outcome = Outcome::Allowed;
        let of_layer = |atom: &Atom| if let Atom::Allow(position, _) = atom { Some(*position) } else { None };
        assumed = relevant.iter().filter_map(of_layer).collect();
        assumed.retain(|position| weighed.get(*position).is_some_and(|layer| layer.may_be_supposed));
        assumed.dedup();
    }
    let mut decision =
        Decision { outcome, blocks: Vec::new(), grants: Vec::new(), assumed, open: Vec::new(), needs: Needs::new() };
    if outcome == Outcome::Unknown {
        for atom in relevant {
            case.explain(atom, &weighed, request, &mut decision);
        }
    }
    decision.grants = weighed.iter().filter_map(|weighed| weighed.granting.first().copied()).collect();
    if outcome != Outcome::Allowed {
        decision.blocks = case.blocks(&weighed);
        for block in decision.blocks.iter_mut().filter(|block| !block.is_explicit()) {
            if let Some(layer) = layers.get(block.layer) {
                block.nearest = nearest_miss(block.layer, layer, subject(layer));
            }
        }
    }
    decision
}

/// What the statements of one layer say.
struct Weighed {
    deny: Truth,
    allow: Named,
    denying: Vec<StatementRef>,
    granting: Vec<StatementRef>,
    may_deny: Vec<StatementRef>,
    may_allow: Vec<StatementRef>,
    needs_of_deny: Needs,
    needs_of_allow: Needs,
    /// Whether a statement allows but for what is not given of it.
    may_be_supposed: bool,
}

fn weigh(position: usize, layer: &Layer<'_>, subject: Subject<'_>) -> Weighed {
    let mut weighed = Weighed {
        deny: Truth::No,
        allow: Named::NOT,
        denying: Vec::new(),
        granting: Vec::new(),
        may_deny: Vec::new(),
        may_allow: Vec::new(),
        needs_of_deny: Needs::new(),
        needs_of_allow: Needs::new(),
        may_be_supposed: false,
    };
    let everyone = |truth: Truth| Named { everyone: truth, ..Named::NOT };
    let policies = match &layer.given {
        Given::Policies(policies) => policies,
        Given::Nothing if layer.kind.is_of_resource() => {
            let unknown = Truth::Unknown;
            weighed.allow = Named { account: Truth::Yes, role: unknown, session: unknown, everyone: unknown };
            weighed.needs_of_allow.insert(Need::Policies(layer.kind));
            return weighed;
        }
        Given::Nothing => {
            weighed.allow = everyone(Truth::Yes);
            return weighed;
        }
        Given::Unknown => {
            weighed.deny = Truth::Unknown;
            let unknown = Truth::Unknown;
            weighed.allow = Named { account: unknown, role: unknown, session: unknown, everyone: unknown };
            weighed.needs_of_deny.insert(Need::Policies(layer.kind));
            weighed.needs_of_allow.insert(Need::Policies(layer.kind));
            return weighed;
        }
    };
    for (index, policy) in policies.iter().enumerate() {
        if !policy.is_readable {
            weighed.deny = weighed.deny.or(Truth::Unknown);
            weighed.allow = weighed.allow.or(everyone(Truth::Unknown));
            weighed.needs_of_deny.insert(Need::Piece(policy.pointer.clone()));
            weighed.needs_of_allow.insert(Need::Piece(policy.pointer.clone()));
            continue;
        }
        for (number, statement) in policy.statements.iter().enumerate() {
            let place = StatementRef { layer: position, policy: index, statement: number };
            let mut needs = Needs::new();
            let mut named = statement.names(subject, &mut needs);
            if statement.effect.is_none() && named != Named::NOT {
                needs.insert(Need::Piece(statement.pointer.clone()));
                named = named.and(Truth::Unknown);
            }
            let truth = named.at_all();
            if truth == Truth::No {
                continue;
            }
            if statement.effect != Some(Effect::Allow) {
                weighed.deny = weighed.deny.or(truth);
                if truth == Truth::Yes { &mut weighed.denying } else { &mut weighed.may_deny }.push(place);
                weighed.needs_of_deny.add(&needs);
            }
            if statement.effect != Some(Effect::Deny) {
                weighed.allow = weighed.allow.or(named);
                let is_not_given = |need: &Need| matches!(need, Need::NotGiven(_));
                weighed.may_be_supposed |=
                    truth == Truth::Unknown && !needs.is_empty() && needs.iter().all(is_not_given);
                if truth == Truth::Yes { &mut weighed.granting } else { &mut weighed.may_allow }.push(place);
                weighed.needs_of_allow.append(&mut needs);
            }
        }
    }
    if layer.kind == LayerKind::ResourceControl {
        // RCPFullAWSAccess is attached to every level and cannot be detached.
        weighed.allow = everyone(Truth::Yes);
    }
    weighed
}

/// What a decision hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom {
    /// A layer denies.
    Deny(usize),
    /// A layer allows, naming the caller with that strength.
    Allow(usize, Strength),
    /// Caller and resource are in one account.
    SameAccount,
    /// Block Public Access cuts off other accounts from the bucket.
    Restricted(usize),
    /// An access control list grants what the bucket policy does not.
    ListGrants(usize),
    /// The owner of the object is another account, which does not grant.
    ListRefuses(usize),
}

/// The atoms of one request with what is known of them.
struct Case<'a> {
    layers: &'a [Layer<'a>],
    atoms: Vec<(Atom, Truth)>,
}

/// Unknown atoms of which every combination is tried.
const MOST_COMBINED: usize = 10;

const STRENGTHS: [Strength; 3] = [Strength::Account, Strength::Role, Strength::SessionOrEveryone];

impl<'a> Case<'a> {
    fn new(request: &RequestContext, layers: &'a [Layer<'a>], weighed: &[Weighed]) -> Case<'a> {
        let same = match (&request.caller.account, &request.resource_account) {
            (Some(one), Some(two)) => (one == two).into(),
            (None, None) if request.one_account => Truth::Yes,
            _ => Truth::Unknown,
        };
        let mut atoms = vec![(Atom::SameAccount, same)];
        for (position, (layer, weighed)) in layers.iter().zip(weighed).enumerate() {
            atoms.push((Atom::Deny(position), weighed.deny));
            for strength in STRENGTHS {
                atoms.push((Atom::Allow(position, strength), weighed.allow.with(strength)));
            }
            if matches!(layer.kind, LayerKind::Bucket | LayerKind::AccessPoint) {
                let public = match &layer.given {
                    Given::Policies(policies) if policies.iter().all(|policy| policy.is_readable) => {
                        policies.iter().fold(Truth::No, |truth, policy| truth.or(policy.is_public()))
                    }
                    Given::Nothing => Truth::No,
                    _ => Truth::Unknown,
                };
                atoms.push((Atom::Restricted(position), public.and(layer.restrict_public_buckets)));
                let lists = layer.access_control_lists.and(Truth::Unknown);
                atoms.push((Atom::ListGrants(position), lists));
                atoms.push((Atom::ListRefuses(position), lists));
            }
        }
        Case { layers, atoms }
    }

    /// Whether the request is allowed under these values of the atoms.
    fn allowed(&self, value: &dyn Fn(Atom) -> Truth) -> Truth {
        let same = value(Atom::SameAccount);
        let allows = |position: usize| {
            STRENGTHS.iter().fold(Truth::No, |truth, strength| truth.or(value(Atom::Allow(position, *strength))))
        };
        let mut truth = Truth::Yes;
        let mut identity = Truth::No;
        let mut limits = Truth::Yes;
        let mut owners = 0;
        for (position, layer) in self.layers.iter().enumerate() {
            truth = truth.and(!value(Atom::Deny(position)));
            match layer.kind {
                LayerKind::Identity => identity = identity.or(allows(position)),
                LayerKind::PermissionsBoundary | LayerKind::Session => limits = limits.and(allows(position)),
                kind if kind.is_guard() => truth = truth.and(allows(position)),
                kind if kind.is_of_resource() => owners += 1,
                _ => {}
            }
        }
        let own = identity.and(limits);
        if owners == 0 {
            return truth.and(own);
        }
        for (position, layer) in self.layers.iter().enumerate().filter(|(_, layer)| layer.kind.is_of_resource()) {
            let named = |strength: Strength| value(Atom::Allow(position, strength));
            let strong = named(Strength::SessionOrEveryone);
            let role = named(Strength::Role);
            let account = named(Strength::Account);
            // A key is closed to its own account until its policy opens it.
            let delegated = if layer.kind == LayerKind::Key { own.and(account) } else { own };
            let inside = strong.or(role.and(limits)).or(delegated);
            let is_key = layer.kind == LayerKind::Key;
            let of_list = |atom: Atom| if is_key { Truth::No } else { value(atom) };
            let outside = strong
                .or(role)
                .or(account)
                .or(of_list(Atom::ListGrants(position)))
                .and(own)
                .and(!of_list(Atom::Restricted(position)))
                .and(!of_list(Atom::ListRefuses(position)));
            let granted = if inside == outside { inside } else { same.and(inside).or((!same).and(outside)) };
            truth = truth.and(granted);
        }
        truth
    }

    fn known(&self, atom: Atom) -> Truth {
        self.atoms.iter().find(|(known, _)| *known == atom).map_or(Truth::No, |(_, truth)| *truth)
    }

    /// As known, and where a statement allows but for what is not given of it, as if that were there: like policies of
    /// which nothing is given, those of a resource are taken to open it to the account, and no more.
    fn supposed(&self, atom: Atom, weighed: &[Weighed]) -> Truth {
        let known = self.known(atom);
        let Atom::Allow(position, strength) = atom else { return known };
        let of_resource = self.layers.get(position).is_some_and(|layer| layer.kind.is_of_resource());
        let wanted = if of_resource { Strength::Account } else { Strength::SessionOrEveryone };
        let may = weighed.get(position).is_some_and(|layer| layer.may_be_supposed);
        if may && strength == wanted { Truth::Yes } else { known }
    }

    /// The outcome, and the unknown atoms that it hangs on.
    fn outcome(&self) -> (Outcome, Vec<Atom>) {
        let unknown: Vec<Atom> =
            self.atoms.iter().filter(|(_, truth)| *truth == Truth::Unknown).map(|(atom, _)| *atom).collect();
        let (truth, relevant) = if unknown.len() > MOST_COMBINED {
            (self.allowed(&|atom| self.known(atom)), unknown)
        } else {
            let combinations = 1_u32 << unknown.len();
            let results: Vec<bool> = (0..combinations)
                .map(|combination| {
                    let value = |atom: Atom| match unknown.iter().position(|known| *known == atom) {
                        Some(bit) => (combination >> bit & 1 == 1).into(),
                        None => self.known(atom),
                    };
                    self.allowed(&value) == Truth::Yes
                })
                .collect();
            let at = |combination: usize| results.get(combination).copied();
            // An atom matters when the outcome changes with it alone under some values of the others.
            let matters = |bit: usize| (0..results.len()).any(|one| at(one) != at(one ^ (1 << bit)));
            let relevant: Vec<Atom> =
                unknown.iter().enumerate().filter(|(bit, _)| matters(*bit)).map(|(_, atom)| *atom).collect();
            let truth = match (results.contains(&true), results.contains(&false)) {
                (true, true) => Truth::Unknown,
                (allowed, _) => allowed.into(),
            };
            (truth, relevant)
        };
        let outcome = match truth {
            Truth::Yes => Outcome::Allowed,
            Truth::Unknown => Outcome::Unknown,
            Truth::No if self.denies() => Outcome::ExplicitDeny,
            Truth::No => Outcome::ImplicitDeny,
        };
        (outcome, relevant)
    }

    /// Whether a statement denies, or Block Public Access alone stands in the way.
    fn denies(&self) -> bool {
        let unrestricted = |atom: Atom| match atom {
            Atom::Restricted(_) => Truth::No,
            other => self.known(other),
        };
        self.atoms.iter().any(|(atom, truth)| matches!(atom, Atom::Deny(_)) && *truth == Truth::Yes)
            || self.allowed(&unrestricted) != Truth::No
    }

    /// Notes what would settle an atom.
    fn explain(&self, atom: Atom, weighed: &[Weighed], request: &RequestContext, decision: &mut Decision) {
        let needs = &mut decision.needs;
        match atom {
            Atom::Deny(position) | Atom::Allow(position, _) => {
                let Some(weighed) = weighed.get(position) else { return };
                let (more, places) = match atom {
                    Atom::Deny(_) => (&weighed.needs_of_deny, &weighed.may_deny),
                    _ => (&weighed.needs_of_allow, &weighed.may_allow),
                };
                needs.add(more);
                for place in places {
                    if !decision.open.contains(place) {
                        decision.open.push(*place);
                    }
                }
            }
            Atom::SameAccount => {
                if request.caller.account.is_none() {
                    needs.insert(Need::CallerAccount);
                }
                if request.resource_account.is_none() {
                    needs.insert(Need::ResourceAccount);
                }
            }
            Atom::Restricted(_) => {
                needs.insert(Need::Policies(LayerKind::BlockPublicAccess));
            }
            Atom::ListGrants(_) | Atom::ListRefuses(_) => {
                needs.insert(Need::AccessControlLists);
            }
        }
    }

    /// Every layer that certainly blocks.
    fn blocks(&self, weighed: &[Weighed]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let same = self.known(Atom::SameAccount);
        let block = |layer: usize, kind: LayerKind, statements: Vec<StatementRef>| Block {
            layer,
            kind,
            statements,
            nearest: None,
        };
        for (position, (layer, weighed)) in self.layers.iter().zip(weighed).enumerate() {
            if weighed.deny == Truth::Yes {
                blocks.push(block(position, layer.kind, weighed.denying.clone()));
            }
            if same == Truth::No && self.known(Atom::Restricted(position)) == Truth::Yes {
                blocks.push(block(position, LayerKind::BlockPublicAccess, Vec::new()));
            }
        }
        let is_silent = |position: usize| weighed.get(position).is_some_and(|layer| layer.allow.at_all() == Truth::No);
        let has_resource = self.layers.iter().any(|layer| layer.kind.is_of_resource());
        // Where the resource's policy grants in the caller's own account, the identity policies need not.
        let own_account = |weighed: &Weighed, strengths: &[Strength]| {
            same != Truth::No && strengths.iter().any(|strength| weighed.allow.with(*strength) != Truth::No)
        };
        let granted_to = |strengths: &[Strength]| {
            has_resource
                && self
                    .layers
                    .iter()
                    .zip(weighed)
                    .filter(|(layer, _)| layer.kind.is_of_resource())
                    .all(|(_, weighed)| own_account(weighed, strengths))
        };
        let identity_needed = !granted_to(&[Strength::Role, Strength::SessionOrEveryone]);
        let limits_needed = !granted_to(&[Strength::SessionOrEveryone]);
        for (position, layer) in self.layers.iter().enumerate() {
            let needed = match layer.kind {
                LayerKind::Identity => identity_needed,
                LayerKind::PermissionsBoundary | LayerKind::Session => limits_needed,
                LayerKind::Bucket | LayerKind::AccessPoint => {
                    same == Truth::No && self.known(Atom::ListGrants(position)) == Truth::No
                }
                LayerKind::Key => true,
                kind => kind.is_guard(),
            };
            let listed = blocks.iter().any(|block: &Block| block.layer == position && block.kind == layer.kind);
            if needed && !listed && is_silent(position) {
                blocks.push(block(position, layer.kind, Vec::new()));
            }
        }
        crate::sorted::sort_by_key(&mut blocks, |block| (!block.is_explicit(), block.kind, block.layer));
        blocks
    }
}

/// The statement that came nearest to allowing.
fn nearest_miss(position: usize, layer: &Layer<'_>, subject: Subject<'_>) -> Option<NearMiss> {
    let Given::Policies(policies) = &layer.given else { return None };
    let mut best: Option<((bool, usize, bool), NearMiss)> = None;
    for (index, policy) in policies.iter().enumerate() {
        for (number, statement) in policy.statements.iter().enumerate() {
            if statement.effect != Some(Effect::Allow) {
                continue;
            }
            let failed = statement.failures(subject);
            // A statement about another service is far off, however wide the rest of it is.
            let elsewhere = !statement.is_of_service(subject.action);
            let rank = (elsewhere, failed.len(), failed.contains(&Element::Action));
            if best.as_ref().is_none_or(|(before, _)| rank < *before) {
                let statement = StatementRef { layer: position, policy: index, statement: number };
                best = Some((rank, NearMiss { statement, failed }));
            }
        }
    }
    best.map(|(_, miss)| miss)
}
