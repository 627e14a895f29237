//! From what the search found to what a person reads.

use super::cost::{self, Charge};
use super::effect::{self, Changed, EffectKind, Kept, Standard};
use super::plan::{CureKind, Group, Limit, WhyNone, Work};
use super::search::{self, Found, Search, Tier};
use super::state::{Base, Goal, State};
use super::{
    Carried, CheckRepairs, Cost, CostItem, Cure, Effect, Reason, RepairOptions, Repairs, candidate, close, improve,
    prices,
};
use crate::analysis::Analysis;
use crate::edit::{Edit, EditStep, changes_of};
use crate::fact::{Action, Fact, Missing};
use crate::verdict::{ReasonCode, Verdict};
use crate::words::{self, Language, repair as say};

/// What everything is about.
pub(crate) struct World<'w> {
    /// The document, for which the edits are.
    pub(crate) base: &'w Base,
    pub(crate) options: &'w RepairOptions,
    pub(crate) language: Language,
}

impl World<'_> {
    /// What mends one check, and whether it has to be mended.
    pub(crate) fn check(&self, goal: &Goal, repairs: &mut Repairs) -> (CheckRepairs, bool) {
        let goals = std::slice::from_ref(goal);
        let mut search = Search::new(self, goals);
        let root = search.root();
        let mut checked = CheckRepairs {
            from: String::new(),
            to: String::new(),
            port: None,
            verdict: Verdict::Undetermined,
            verdict_text: String::new(),
            cures: Vec::new(),
            partial: Vec::new(),
            why_none: None,
            carried: None,
            improvements: Vec::new(),
            closings: Vec::new(),
        };
        let Some(analysis) = root.analyses.first() else { return (checked, false) };
        checked.from = analysis.from.to_string();
        checked.to = analysis.to.clone();
        checked.port = analysis.port;
        checked.verdict = analysis.verdict;
        checked.verdict_text = self.language.words().verdict(analysis.verdict).to_owned();
        let mut why = why_not_searched(goal, analysis);
        for problem in &analysis.problems {
            repairs.diagnostics.push(words::query_diagnostic(problem, "", self.language));
        }
        if analysis.verdict == Verdict::Succeeds {
            checked.carried = Some(self.carried(&root, analysis));
            if improve::is_improvable(goal, &root) {
                let found = improve::improvements(self, goal, &root, repairs);
                checked.improvements = self.cures(&Before::new(self, &root, goals, repairs), found, repairs);
            }
        }
        if why == Some(WhyNone::MustStayClosed) {
            let found = close::closings(self, goal, &root, repairs);
            let mut closings = self.cures(&Before::new(self, &root, goals, repairs), found, repairs);
            closings.retain(|cure| cure.opens.is_empty());
            closings.sort_by_key(|cure| (cure.closes.len(), cure.edit.steps.len()));
            if closings.is_empty() {
                why = Some(WhyNone::NothingCloses);
            }
            checked.closings = closings;
        }
        let is_bad = why.is_none();
        if is_bad {
            let found = search.cures();
            let before = Before::new(self, &root, goals, repairs);
            let cures = self.ranked(&before, found, repairs);
            checked.partial = self.cures(&before, search.take_partial(), repairs);
            if cures.is_empty() {
                why = Some(why_none(goal, analysis, search.ended_early()));
            }
            checked.cures = cures;
        }
        search.account(repairs);
        checked.why_none = why.map(|code| Reason { code, text: say::why_none(code, self.language) });
        (checked, is_bad)
    }

    /// What mends all checks that have to be mended.
    pub(crate) fn together(&self, goals: &[Goal], repairs: &mut Repairs) -> Vec<Cure> {
        let mut search = Search::new(self, goals);
        let root = search.root();
        let found = search.cures();
        let cures = self.ranked(&Before::new(self, &root, goals, repairs), found, repairs);
        search.account(repairs);
        cures
    }

    /// The best first: what breaks no expectation, then tier, price, kind (R12.3, R12.4), steps, and what it opens.
    fn ranked(&self, before: &Before<'_>, found: Vec<Found>, repairs: &mut Repairs) -> Vec<Cure> {
        let with_tier = |found: Found| {
            let tier = search::tier(&found.groups, &before.more_to_pay(self, &found.state));
            (tier, self.cure(before, found, repairs))
        };
        let mut cures: Vec<(Tier, Cure)> = found.into_iter().map(with_tier).collect();
        cures.sort_by_key(|(tier, cure)| {
            let is_breaking = !cure.breaks.is_empty();
            (is_breaking, *tier, cure.cost.cents_per_month, cure.kind, cure.edit.steps.len(), cure.opens.len())
        });
        cures.into_iter().map(|(_, cure)| cure).collect()
    }

    fn carried(&self, root: &State, analysis: &Analysis) -> Carried {
        let charges = cost::carried(root.network(), analysis, self.options);
        let cost = self.cost(&root.network().region, &charges, false);
        let carriers: Vec<String> = analysis.carriers.iter().map(ToString::to_string).collect();
        Carried { text: say::carried(&analysis.carriers, &cost.text, self.language), carriers, cost }
    }

    fn cures(&self, before: &Before<'_>, found: Vec<Found>, repairs: &mut Repairs) -> Vec<Cure> {
        found.into_iter().map(|found| self.cure(before, found, repairs)).collect()
    }

    fn cure(&self, before: &Before<'_>, found: Found, repairs: &mut Repairs) -> Cure {
        let language = self.language;
        let root = before.root;
        let Found { groups, state } = found;
        let edit = Edit { steps: search::steps_of(&groups) };
        let mut cost = self.cost(&root.network().region, &before.more_to_pay(self, &state), true);
        if groups.iter().any(|group| group.kind == CureKind::CreateNatInstance) {
            cost.text = say::with_instance(&cost.text, language);
        }
        let mut runs = 0;
        let is = effect::standard(state.network(), &before.asked, &mut runs);
        let (opens, closes) = effect::difference(root.network(), &before.standard, &is);
        let broken = effect::broken(&before.kept, state.network(), &mut runs);
        repairs.engine_runs = repairs.engine_runs.saturating_add(runs);
        let kind = search::main_kind(&groups);
        let work = work(&groups);
        let mut limits = limits(&groups);
        if effect::is_of_some(root.network()) {
            limits.push(Limit::EffectsOfSome);
        }
        let mut carriers: Vec<String> = Vec::new();
        for carrier in state.analyses.iter().flat_map(|analysis| &analysis.carriers) {
            let carrier = carrier.to_string();
            if !carriers.contains(&carrier) {
                carriers.push(carrier);
            }
        }
        Cure {
            kind,
            title: say::title(&groups, language),
            groups: groups.iter().map(|group| u32::try_from(group.steps.len()).unwrap_or(u32::MAX)).collect(),
            edit,
            changes: changes_of(root.value(), state.value(), language),
            cost,
            warnings: exceptions(&groups)
                .map(|denies| say::exception(denies, language))
                .chain(warnings(&opens, &closes).into_iter().map(|(kind, opened)| say::warning(kind, opened, language)))
                .collect(),
            opens: opens.iter().map(|changed| effect_of(changed, true, language)).collect(),
            closes: closes.iter().map(|changed| effect_of(changed, false, language)).collect(),
            limits: limits.into_iter().map(|limit| say::limit(limit, language)).collect(),
            work,
            work_text: say::work(work, language).to_owned(),
            carriers,
            verdict: verdict_of(&state),
            breaks: broken
                .into_iter()
                .map(|(expectation, now)| say::breaks(&expectation.from, &expectation.to, now, language))
                .collect(),
        }
    }

    /// What is paid for as it is. What fails has no traffic that is worth its price.
    pub(crate) fn paid(&self, root: &State) -> Vec<Charge> {
        let succeeding: Vec<Analysis> =
            root.analyses.iter().filter(|analysis| analysis.verdict == Verdict::Succeeds).cloned().collect();
        cost::charges(root.network(), &succeeding, self.options)
    }

    fn cost(&self, region: &str, charges: &[Charge], is_more: bool) -> Cost {
        let prices = prices::prices(region);
        let cents = cents(cost::sum(charges));
        Cost {
            cents_per_month: cents,
            text: say::price(cents, is_more, self.language),
            items: charges
                .iter()
                .map(|charge| CostItem {
                    item: charge.item,
                    what: say::price_item(charge.item, &charge.what, self.language),
                    quantity: u32::try_from(charge.quantity.unsigned_abs()).unwrap_or(u32::MAX),
                    micros_per_unit: charge.micros,
                    cents_per_month: self::cents(charge.amount()),
                })
                .collect(),
            region: prices.region.to_owned(),
            note: if prices.region == region {
                String::new()
            } else {
                say::prices_of_another_region(region, prices.region, self.language)
            },
            date: prices::DATE.to_owned(),
            source: prices::SOURCE.to_owned(),
        }
    }
}

/// What every cure of some questions is compared with.
struct Before<'s> {
    root: &'s State,
    /// From where to where the questions are.
    asked: Vec<(String, String)>,
    /// The answers to the standard set of questions.
    standard: Vec<Standard>,
    /// What the document expects and gets, beside the questions.
    kept: Vec<Kept<'s>>,
    paid: Vec<Charge>,
}

impl<'s> Before<'s> {
    fn new(world: &World<'s>, root: &'s State, goals: &[Goal], repairs: &mut Repairs) -> Before<'s> {
        let asked: Vec<(String, String)> =
            root.analyses.iter().map(|analysis| (analysis.from.to_string(), analysis.to.clone())).collect();
        let standard = effect::standard(root.network(), &asked, &mut repairs.engine_runs);
        let kept = effect::kept(&world.base.document, root.network(), goals, &mut repairs.engine_runs);
        Before { root, asked, standard, kept, paid: world.paid(root) }
    }

    /// What is paid for afterwards, and was not.
    fn more_to_pay(&self, world: &World<'_>, after: &State) -> Vec<Charge> {
        cost::difference(&self.paid, &cost::charges(after.network(), &after.analyses, world.options))
    }
}

/// Cents out of millionths of a dollar, rounded.
fn cents(micros: i64) -> i32 {
    let half = if micros < 0 { -5_000 } else { 5_000 };
    i32::try_from((micros.saturating_add(half)) / 10_000).unwrap_or(i32::MAX)
}

/// The worst verdict of all questions.
fn verdict_of(state: &State) -> Verdict {
    let failing = state.first_failing().and_then(|position| state.analyses.get(position));
    failing.map_or(Verdict::Succeeds, |analysis| analysis.verdict)
}

fn effect_of(changed: &Changed, opened: bool, language: Language) -> Effect {
    Effect {
        kind: changed.of.kind,
        from: changed.of.from.clone(),
        to: changed.of.to.clone(),
        before: changed.before,
        after: changed.after,
        text: say::effect(changed, opened, language),
    }
}

/// What the statements deny that make an exception.
fn exceptions(groups: &[Group]) -> impl Iterator<Item = &str> {
    groups.iter().filter(|group| group.kind == CureKind::DenyException).map(|group| group.detail.as_str())
}

/// What a person should be warned of, each once: what is opened, then what is closed.
fn warnings(opens: &[Changed], closes: &[Changed]) -> Vec<(EffectKind, bool)> {
    let mut warnings: Vec<(EffectKind, bool)> = Vec::new();
    let opened = opens.iter().map(|changed| (changed.of.kind, true));
    let closed = closes.iter().map(|changed| (changed.of.kind, false));
    for warning in opened.chain(closed) {
        // Other buckets come with every way to S3 and are told among what it opens.
        if warning != (EffectKind::OtherBuckets, true) && !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    warnings.sort();
    warnings
}

/// Why nothing is searched for.
fn why_not_searched(goal: &Goal, analysis: &Analysis) -> Option<WhyNone> {
    let is_expected = goal.expected == Some(analysis.verdict);
    match analysis.verdict {
        Verdict::Undetermined if !analysis.paths.is_empty() => Some(WhyNone::Undetermined),
        Verdict::Undetermined => Some(WhyNone::Question),
        Verdict::Succeeds if goal.expected.is_some() && !is_expected => Some(WhyNone::MustStayClosed),
        Verdict::Succeeds => Some(WhyNone::Succeeds),
        _ if is_expected => Some(WhyNone::AsExpected),
        _ => None,
    }
}

/// Why nothing was found, as far as the blockers tell.
fn why_none(goal: &Goal, analysis: &Analysis, ended_early: bool) -> WhyNone {
    let has = |test: &dyn Fn(&Fact) -> bool| analysis.blockers.iter().any(|blocker| test(&blocker.fact));
    let codes: Vec<ReasonCode> = analysis.blockers.iter().filter_map(|blocker| blocker.fact.code()).collect();
    if has(&|fact| matches!(fact, Fact::NotStarted { .. } | Fact::OutOfAddresses { .. }))
        || codes.iter().any(|code| matches!(code, ReasonCode::FunctionNotActive | ReasonCode::FunctionCannotCreateEni))
    {
        return WhyNone::NotRunning;
    }
    if has(&|fact| matches!(fact, Fact::PortNotListening { .. })) {
        return WhyNone::Destination;
    }
    let is_destination = |blocker: &crate::analysis::Blocker| {
        matches!(*blocker.fact, Fact::BadState { .. }) && blocker.component.to_string() == analysis.to
    };
    if analysis.blockers.iter().any(is_destination) {
        return WhyNone::Destination;
    }
    if has(&|fact| matches!(fact, Fact::CopyRefused { .. } | Fact::ListNotSupported | Fact::ProtocolNotCarried { .. }))
    {
        return WhyNone::Request;
    }
    // A private address that is nowhere in the document lies behind something that is not modelled.
    let is_private = analysis.to.split([':', '/']).next().is_some_and(|host| {
        host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| {
            let [first, second, ..] = address.octets();
            address.is_private() || (first == 100 && (64..128).contains(&second))
        })
    });
    if is_private && codes.iter().all(|code| *code == ReasonCode::NoRouteToDestination) {
        return WhyNone::NoSuchDestination;
    }
    if has(&|fact| {
        matches!(
            fact,
            Fact::AddressInNoSubnet { .. }
                | Fact::PrivateDestination { .. }
                | Fact::NotInVpc
                | Fact::NotKnown(Missing::OwnerOfAddress(_))
        )
    }) {
        return WhyNone::NoSuchDestination;
    }
    let refused = |fact: &Fact| fact.action() == Action::Refuses;
    if analysis.verdict == Verdict::AccessDenied && has(&refused) {
        if goal.query.request.as_ref().is_some_and(|request| request.signed == Some(false)) {
            return WhyNone::NotSigned;
        }
        let of_request =
            |fact: &Fact| matches!(fact, Fact::PolicyDenies(denial) if candidate::denies_the_request_itself(denial));
        return if has(&of_request) { WhyNone::RequestDenied } else { WhyNone::Permissions };
    }
    if ended_early { WhyNone::SearchEnded } else { WhyNone::NoneFound }
}

fn work(groups: &[Group]) -> Work {
    let moves = groups.iter().any(|group| {
        matches!(
            group.kind,
            CureKind::OtherSubnets
                | CureKind::AddSubnet
                | CureKind::AttachFunction
                | CureKind::DetachFunction
                | CureKind::MoveNatGateway
        )
    });
    let steps = || groups.iter().flat_map(|group| &group.steps);
    let creates = |step: &EditStep| matches!(step, EditStep::AddComponent { .. });
    let new_subnet =
        |step: &EditStep| matches!(step, EditStep::AddComponent { component, .. } if component.starts_with("subnet/"));
    if moves || steps().any(new_subnet) {
        Work::Large
    } else if steps().any(creates) {
        Work::Medium
    } else {
        Work::Small
    }
}

/// What to mind, each once, in the order of the groups.
fn limits(groups: &[Group]) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for group in groups {
        for limit in limits_of(group.kind).iter().chain(&group.limits) {
            if !limits.contains(limit) {
                limits.push(*limit);
            }
        }
    }
    let addresses = |step: &EditStep| match step {
        EditStep::AddComponent { component, .. } => {
            ["subnet/", "natGateway/", "instance/"].iter().any(|kind| component.starts_with(kind))
        }
        EditStep::Set { path, .. } => path.ends_with("/publicIp"),
        EditStep::Insert { path, .. } => path.ends_with("/elasticIps/-"),
        _ => false,
    };
    let has_examples = groups.iter().flat_map(|group| &group.steps).any(addresses);
    if has_examples && !limits.contains(&Limit::AddressesAreExamples) {
        limits.push(Limit::AddressesAreExamples);
    }
    limits
}

fn limits_of(kind: CureKind) -> &'static [Limit] {
    match kind {
        CureKind::SecurityGroupRule => &[Limit::GroupIsShared],
        CureKind::NetworkAclRule => &[Limit::AclIsForSubnets],
        CureKind::RemoveSecurityGroupRule => &[Limit::GroupIsShared],
        CureKind::RemoveRoute | CureKind::DisassociateEndpoint => &[Limit::RouteIsForSubnets],
        CureKind::DnsAttributes
        | CureKind::Dns64
        | CureKind::AttachGateway
        | CureKind::SourceDestCheck
        | CureKind::StartInstance => &[],
        CureKind::RouteToInternetGateway => &[Limit::RouteIsForSubnets, Limit::PublicAddressIsReachable],
        CureKind::PrivateDns => &[Limit::PrivateDnsIsForVpc],
        CureKind::AmazonDns => &[Limit::CustomNamesAreLost],
        CureKind::LeaveHostedZone => &[Limit::ZoneIsLost],
        CureKind::HostNames | CureKind::ClientRegion => &[Limit::ClientSetting],
        CureKind::BlockPublicAccess => &[Limit::ExclusionIsForAll],
        CureKind::NatGatewayZones => &[Limit::AddressesAreExamples],
        CureKind::DropSubnet => &[Limit::FewerZones],
        CureKind::AssociateEndpoint | CureKind::CreateGatewayEndpoint => {
            &[Limit::OwnRegionOnly, Limit::NoOtherInternet, Limit::SourceIpIsLost, Limit::ConnectionsDrop]
        }
        CureKind::AllowName | CureKind::OtherSubnets | CureKind::AddSubnet | CureKind::AttachFunction => &[],
        CureKind::AttachManagedPolicy => &[Limit::PolicyAllowsLogs],
        CureKind::PolicyCondition | CureKind::IdentityPolicy | CureKind::DenyException => &[],
        CureKind::EndpointPolicy => &[Limit::EndpointPolicyIsShared],
        CureKind::BucketPolicy | CureKind::AccessPointPolicy | CureKind::KeyPolicy => &[],
        CureKind::NamedPrincipals => &[Limit::OwnAccountNeedsPolicies],
        CureKind::PermissionsBoundary => &[Limit::BoundaryIsShared],
        CureKind::SessionPolicy => &[Limit::ClientSetting],
        CureKind::ServiceControlPolicy => &[Limit::AskAdministrator],
        CureKind::EgressOnlyInternetGateway | CureKind::AllowIpv6 => {
            &[Limit::Ipv6HostsOnly, Limit::AddressesAreExamples]
        }
        CureKind::DetachFunction => &[Limit::NothingPrivate],
        CureKind::PublicAddress => &[Limit::PublicAddressIsReachable],
        CureKind::RouteToNatGateway => &[Limit::RouteIsForSubnets, Limit::NatGigabytes],
        CureKind::MoveNatGateway => &[Limit::CreatedAnew],
        CureKind::CreateInterfaceEndpoint => {
            &[Limit::OwnRegionOnly, Limit::NoOtherInternet, Limit::SourceIpIsLost, Limit::PrivateDnsIsForVpc]
        }
        CureKind::CreateNatInstance => &[Limit::NatNeedsPublicSubnet, Limit::NatInstanceIsYours, Limit::NatInOneZone],
        CureKind::CreateNatGateway => &[Limit::NatNeedsPublicSubnet, Limit::NatInOneZone, Limit::NatGigabytes],
    }
}
