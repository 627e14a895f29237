//! How layers combine.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>

use super::context::{RequestContext, Text};
use super::principal::{Named, Naming};
use super::statement::{Effect, Element, Statement, Subject};
use super::truth::{Need, Needs, Truth};
use super::{LayerKind, Policy};

/// What a layer says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given<'a> {
    /// These policies; none means that nothing is allowed here.
    Policies(&'a [Policy]),
    /// Nothing was given, and the layer is taken to let the request pass. A resource's policy that was not given
    /// is taken to deny nothing, and to let in whom its own account allows.
    Nothing,
    /// For a resource: nothing was given, and these deny, whatever its policy says.
    NothingBut(&'a [Policy]),
    /// It is there, and what it says is not known.
    Unknown,
}

/// One layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer<'a> {
    /// What it is.
    pub kind: LayerKind,
    /// Its name, where one kind has several: the level of an organization.
    pub name: &'a str,
    /// What it says.
    pub given: Given<'a>,
    /// The resource as this layer sees it, where that is not the request's.
    pub resource: Option<&'a Text>,
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
            name: "",
            given,
            resource: None,
            restrict_public_buckets: Truth::No,
            access_control_lists: Truth::No,
        }
    }

    /// Its policies, as far as they are given.
    pub fn policies(&self) -> &'a [Policy] {
        if let Given::Policies(policies) | Given::NothingBut(policies) = self.given { policies } else { &[] }
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
    pub fn find<'a>(&self, layers: &[Layer<'a>]) -> Option<(&'a Policy, &'a Statement)> {
        let policy = layers.get(self.layer)?.policies().get(self.policy)?;
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
pub fn authorize(request: &RequestContext<'_>, layers: &[Layer<'_>]) -> Decision {
    let has_boundary = layers.iter().any(|layer| layer.kind == LayerKind::PermissionsBoundary);
    let action = request.action.to_ascii_lowercase();
    let mut case = Case { request, layers, subjects: Vec::new(), weighed: Vec::new(), values: Vec::new() };
    for (position, layer) in layers.iter().enumerate() {
        let resource = layer.resource.unwrap_or(request.resource);
        let subject = Subject { request, action: &action, resource, kind: layer.kind, has_boundary };
        case.weighed.push(weigh(position, layer, subject));
        case.subjects.push(subject);
    }
    case.values = case.known();
    case.decide()
}

/// What the statements of one layer say.
struct Weighed {
    deny: Truth,
    allow: Named,
    denying: Vec<StatementRef>,
    granting: Option<StatementRef>,
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
        granting: None,
        may_deny: Vec::new(),
        may_allow: Vec::new(),
        needs_of_deny: Needs::new(),
        needs_of_allow: Needs::new(),
        may_be_supposed: false,
    };
    let everyone = |truth: Truth| Named::new(Naming::Everyone, truth);
    let of_resource = layer.kind.is_of_resource();
    match layer.given {
        Given::Policies(_) => {}
        Given::Nothing if !of_resource => weighed.allow = everyone(Truth::Yes),
        given => {
            // Whether it names more than the account is not known.
            weighed.allow = Named::ALL.and(Truth::Unknown);
            if given == Given::Unknown {
                weighed.deny = Truth::Unknown;
                weighed.needs_of_deny.insert(Need::Policies(layer.kind));
            } else {
                weighed.allow = weighed.allow.or(Named::new(Naming::Account, Truth::Yes));
            }
            weighed.needs_of_allow.insert(Need::Policies(layer.kind));
        }
    }
    for (index, policy) in layer.policies().iter().enumerate() {
        if !policy.is_readable {
            weighed.deny = weighed.deny.or(Truth::Unknown);
            weighed.allow = weighed.allow.or(everyone(Truth::Unknown));
            let needs = Needs::from([Need::Piece(policy.pointer.clone())]);
            weighed.needs_of_deny.add(&needs);
            weighed.needs_of_allow.append(needs);
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
                if truth == Truth::Yes {
                    weighed.granting.get_or_insert(place);
                } else {
                    weighed.may_allow.push(place);
                }
                weighed.needs_of_allow.append(needs);
            }
        }
    }
    if layer.kind == LayerKind::ResourceControl {
        // RCPFullAWSAccess is attached to every level and cannot be detached.
        weighed.allow = everyone(Truth::Yes);
    }
    weighed
}

/// What a decision hangs on in each layer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Atom {
    /// The layer denies.
    Deny,
    /// The layer allows, naming the caller's account.
    AllowsAccount,
    /// The layer allows, naming the caller's role.
    AllowsRole,
    /// The layer allows, naming the caller's session or everyone.
    AllowsSession,
    /// Block Public Access cuts off other accounts from the bucket.
    Restricted,
    /// An access control list grants what the bucket policy does not.
    ListGrants,
    /// The owner of the object is another account, which does not grant.
    ListRefuses,
}

impl Atom {
    const ALL: [Atom; 7] = [
        Atom::Deny,
        Atom::AllowsAccount,
        Atom::AllowsRole,
        Atom::AllowsSession,
        Atom::Restricted,
        Atom::ListGrants,
        Atom::ListRefuses,
    ];
    const ALLOWING: [Atom; 3] = [Atom::AllowsAccount, Atom::AllowsRole, Atom::AllowsSession];

    /// Its position among the values of a case.
    fn of(self, layer: usize) -> usize {
        1 + layer * Atom::ALL.len() + self as usize
    }
}

/// The position at which it stands whether caller and resource are in one account; the atoms of the layers follow.
const SAME_ACCOUNT: usize = 0;

/// One request with what its layers say.
struct Case<'a> {
    request: &'a RequestContext<'a>,
    layers: &'a [Layer<'a>],
    subjects: Vec<Subject<'a>>,
    weighed: Vec<Weighed>,
    /// What is known of each atom.
    values: Vec<Truth>,
}

/// Unknown atoms of which every combination is tried.
const MOST_COMBINED: usize = 10;

fn value(values: &[Truth], at: usize) -> Truth {
    values.get(at).copied().unwrap_or(Truth::No)
}

fn set(values: &mut [Truth], at: usize, truth: Truth) {
    if let Some(value) = values.get_mut(at) {
        *value = truth;
    }
}

impl Case<'_> {
    fn known(&self) -> Vec<Truth> {
        let request = self.request;
        let same = match (request.caller.account, request.resource_account) {
            (Some(one), Some(two)) => (one == two).into(),
            (None, None) if request.one_account => Truth::Yes,
            _ => Truth::Unknown,
        };
        let mut values = vec![same];
        for (layer, weighed) in self.layers.iter().zip(&self.weighed) {
            let allows = |naming: Naming| weighed.allow.get(naming);
            let strongly = allows(Naming::Session).or(allows(Naming::Everyone));
            values.extend([weighed.deny, allows(Naming::Account), allows(Naming::Role), strongly]);
            let is_bucket = matches!(layer.kind, LayerKind::Bucket | LayerKind::AccessPoint);
            let public = match layer.given {
                _ if !is_bucket => Truth::No,
                Given::Policies(policies) if policies.iter().all(|policy| policy.is_readable) => {
                    policies.iter().fold(Truth::No, |truth, policy| truth.or(policy.is_public()))
                }
                Given::Nothing | Given::NothingBut(_) => Truth::No,
                _ => Truth::Unknown,
            };
            let lists = if is_bucket { layer.access_control_lists.and(Truth::Unknown) } else { Truth::No };
            values.extend([public.and(layer.restrict_public_buckets), lists, lists]);
        }
        values
    }

    /// Whether the request is allowed under these values of the atoms.
    fn allowed(&self, values: &[Truth]) -> Truth {
        let same = value(values, SAME_ACCOUNT);
        let mut truth = Truth::Yes;
        let mut identity = Truth::No;
        let mut limits = Truth::Yes;
        let mut has_owner = false;
        for (position, layer) in self.layers.iter().enumerate() {
            truth = truth.and(!value(values, Atom::Deny.of(position)));
            let allows = Atom::ALLOWING.iter().fold(Truth::No, |any, atom| any.or(value(values, atom.of(position))));
            match layer.kind {
                LayerKind::Identity => identity = identity.or(allows),
                LayerKind::PermissionsBoundary | LayerKind::Session => limits = limits.and(allows),
                kind if kind.is_guard() => truth = truth.and(allows),
                kind => has_owner |= kind.is_of_resource(),
            }
        }
        let own = identity.and(limits);
        if !has_owner {
            return truth.and(own);
        }
        for (position, layer) in self.layers.iter().enumerate().filter(|(_, layer)| layer.kind.is_of_resource()) {
            let value = |atom: Atom| value(values, atom.of(position));
            let strong = value(Atom::AllowsSession);
            let role = value(Atom::AllowsRole);
            let account = value(Atom::AllowsAccount);
            // A key is closed to its own account until its policy opens it.
            let delegated = if layer.kind == LayerKind::Key { own.and(account) } else { own };
            let inside = strong.or(role.and(limits)).or(delegated);
            let outside = strong
                .or(role)
                .or(account)
                .or(value(Atom::ListGrants))
                .and(own)
                .and(!value(Atom::Restricted))
                .and(!value(Atom::ListRefuses));
            let granted = if inside == outside { inside } else { same.and(inside).or((!same).and(outside)) };
            truth = truth.and(granted);
        }
        truth
    }

    /// As known, and where a statement allows but for what is not given of it, as if that were there: like policies of
    /// which nothing is given, those of a resource are taken to open it to the account, and no more.
    fn supposed(&self) -> Vec<Truth> {
        let mut values = self.values.clone();
        for (position, (layer, weighed)) in self.layers.iter().zip(&self.weighed).enumerate() {
            if weighed.may_be_supposed {
                let atom = if layer.kind.is_of_resource() { Atom::AllowsAccount } else { Atom::AllowsSession };
                set(&mut values, atom.of(position), Truth::Yes);
            }
        }
        values
    }

    fn decide(&self) -> Decision {
        let (outcome, relevant) = self.outcome();
        let mut decision = Decision {
            outcome,
            blocks: Vec::new(),
            grants: self.weighed.iter().filter_map(|weighed| weighed.granting).collect(),
            assumed: Vec::new(),
            open: Vec::new(),
            needs: Needs::new(),
        };
        if outcome == Outcome::Unknown {
            let is_supposed = self.allowed(&self.supposed()) == Truth::Yes;
            for at in relevant {
                let layer = at.checked_sub(1).map(|atom| (atom / Atom::ALL.len(), atom % Atom::ALL.len()));
                let place = layer.and_then(|(layer, atom)| Some((layer, Atom::ALL.get(atom)?)));
                match place {
                    _ if !is_supposed => self.explain(place, &mut decision),
                    Some((layer, atom)) if Atom::ALLOWING.contains(atom) && !decision.assumed.contains(&layer) => {
                        let is_it = self.weighed.get(layer).is_some_and(|weighed| weighed.may_be_supposed);
                        decision.assumed.extend(is_it.then_some(layer));
                    }
                    _ => {}
                }
            }
            if is_supposed {
                decision.outcome = Outcome::Allowed;
            }
        }
        if decision.outcome != Outcome::Allowed {
            decision.blocks = self.blocks();
        }
        decision
    }

    /// The outcome, and the unknown atoms that it hangs on, by their positions.
    fn outcome(&self) -> (Outcome, Vec<usize>) {
        let is_unknown = |at: &usize| value(&self.values, *at) == Truth::Unknown;
        let mut relevant: Vec<usize> = (0..self.values.len()).filter(is_unknown).collect();
        let truth = if relevant.len() > MOST_COMBINED {
            self.allowed(&self.values)
        } else {
            let mut values = self.values.clone();
            let combinations = 1_usize << relevant.len();
            let results: Vec<Truth> = (0..combinations)
                .map(|combination| {
                    for (bit, at) in relevant.iter().enumerate() {
                        set(&mut values, *at, (combination >> bit & 1 == 1).into());
                    }
                    self.allowed(&values)
                })
                .collect();
            let result = |combination: usize| value(&results, combination);
            // An atom matters when the outcome changes with it alone under some values of the others.
            let mut bit = 1;
            relevant.retain(|_| {
                let matters = (0..combinations).any(|one| result(one) != result(one ^ bit));
                bit *= 2;
                matters
            });
            match (results.contains(&Truth::Yes), results.contains(&Truth::No)) {
                (true, true) => Truth::Unknown,
                (allowed, _) => allowed.into(),
            }
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
        let mut values = self.values.clone();
        for position in 0..self.layers.len() {
            set(&mut values, Atom::Restricted.of(position), Truth::No);
        }
        self.weighed.iter().any(|weighed| weighed.deny == Truth::Yes) || self.allowed(&values) != Truth::No
    }

    /// Notes what would settle an atom of a layer, or whether caller and resource are in one account.
    fn explain(&self, place: Option<(usize, &Atom)>, decision: &mut Decision) {
        let needs = &mut decision.needs;
        let Some((layer, atom)) = place else {
            if self.request.caller.account.is_none() {
                needs.insert(Need::CallerAccount);
            }
            if self.request.resource_account.is_none() {
                needs.insert(Need::ResourceAccount);
            }
            return;
        };
        let Some(weighed) = self.weighed.get(layer) else { return };
        let (more, places) = match atom {
            Atom::Deny => (&weighed.needs_of_deny, &weighed.may_deny),
            Atom::AllowsAccount | Atom::AllowsRole | Atom::AllowsSession => {
                (&weighed.needs_of_allow, &weighed.may_allow)
            }
            Atom::Restricted => return needs.insert(Need::Policies(LayerKind::BlockPublicAccess)),
            Atom::ListGrants | Atom::ListRefuses => return needs.insert(Need::AccessControlLists),
        };
        needs.add(more);
        for place in places {
            if !decision.open.contains(place) {
                decision.open.push(*place);
            }
        }
    }

    /// Every layer that certainly blocks.
    fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let same = value(&self.values, SAME_ACCOUNT);
        // Where the resource's policy grants in the caller's own account, the identity policies need not.
        let granted_to = |atoms: &[Atom]| {
            let mut owners = self.layers.iter().enumerate().filter(|(_, layer)| layer.kind.is_of_resource()).peekable();
            let may = |position: usize| atoms.iter().any(|atom| value(&self.values, atom.of(position)) != Truth::No);
            same != Truth::No && owners.peek().is_some() && owners.all(|(position, _)| may(position))
        };
        let identity_needed = !granted_to(&[Atom::AllowsRole, Atom::AllowsSession]);
        let limits_needed = !granted_to(&[Atom::AllowsSession]);
        for (position, (layer, weighed)) in self.layers.iter().zip(&self.weighed).enumerate() {
            let is = |atom: Atom, truth: Truth| value(&self.values, atom.of(position)) == truth;
            let needed = match layer.kind {
                LayerKind::Identity => identity_needed,
                LayerKind::PermissionsBoundary | LayerKind::Session => limits_needed,
                LayerKind::Bucket | LayerKind::AccessPoint => same == Truth::No && is(Atom::ListGrants, Truth::No),
                LayerKind::Key => true,
                kind => kind.is_guard(),
            };
            let denies = weighed.deny == Truth::Yes;
            let is_silent = Atom::ALLOWING.iter().all(|atom| is(*atom, Truth::No));
            if denies || (needed && is_silent) {
                let nearest = if denies { None } else { self.nearest_miss(position) };
                blocks.push(Block { layer: position, kind: layer.kind, statements: weighed.denying.clone(), nearest });
            }
            if same == Truth::No && is(Atom::Restricted, Truth::Yes) {
                let kind = LayerKind::BlockPublicAccess;
                blocks.push(Block { layer: position, kind, statements: Vec::new(), nearest: None });
            }
        }
        crate::sorted::sort_by_key(&mut blocks, |block| (!block.is_explicit(), block.kind, block.layer));
        blocks
    }

    /// The statement of a layer that came nearest to allowing.
    fn nearest_miss(&self, layer: usize) -> Option<NearMiss> {
        let subject = *self.subjects.get(layer)?;
        let mut best: Option<((bool, usize, bool), NearMiss)> = None;
        for (index, policy) in self.layers.get(layer)?.policies().iter().enumerate() {
            for (number, statement) in policy.statements.iter().enumerate() {
                if statement.effect != Some(Effect::Allow) {
                    continue;
                }
                let failed = statement.failures(subject);
                // A statement about another service is far off, however wide the rest of it is.
                let elsewhere = !statement.is_of_service(subject.action);
                let rank = (elsewhere, failed.len(), failed.contains(&Element::Action));
                if best.as_ref().is_none_or(|(before, _)| rank < *before) {
                    let statement = StatementRef { layer, policy: index, statement: number };
                    best = Some((rank, NearMiss { statement, failed }));
                }
            }
        }
        best.map(|(_, miss)| miss)
    }
}
