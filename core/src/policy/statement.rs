//! Whether a statement is about a request.

use super::LayerKind;
use super::condition::Condition;
use super::context::{RequestContext, SeenKeys, Text};
use super::pattern::{self, ARN_COLONS, Expanded, Pattern};
use super::principal::{Named, Naming, Principals};
use super::truth::{Need, Needs, Truth};

/// What a statement does when it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listing {
    pub(super) negated: bool,
    pub(super) patterns: Vec<Pattern>,
    /// Where something stands that AWS does not accept, or that is not given.
    pub(super) open: Option<Need>,
}

impl Listing {
    fn holds(&self, needs: &mut Needs, mut matches: impl FnMut(&Pattern, &mut Needs) -> Truth) -> Truth {
        let mut own = Needs::new();
        let mut truth = Truth::No;
        for pattern in &self.patterns {
            truth = truth.or(matches(pattern, &mut own));
            if truth == Truth::Yes {
                break;
            }
        }
        if let Some(need) = &self.open
            && truth != Truth::Yes
        {
            own.insert(need.clone());
            truth = Truth::Unknown;
        }
        if truth == Truth::Unknown {
            needs.append(own);
        }
        if self.negated { !truth } else { truth }
    }
}

/// A statement, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its `Sid`.
    pub sid: Option<String>,
    /// What it does; none where AWS does not accept what is written.
    pub effect: Option<Effect>,
    /// Pointer to it, within the policy: `/Statement/0`.
    pub pointer: String,
    /// Its conditions.
    pub conditions: Vec<Condition>,
    pub(super) principals: Option<Principals>,
    pub(super) actions: Option<Listing>,
    pub(super) resources: Option<Listing>,
}

/// An element of a statement that keeps it from matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// `Action` or `NotAction`.
    Action,
    /// `Resource` or `NotResource`.
    Resource,
    /// `Principal` or `NotPrincipal`.
    Principal,
    /// A condition, by its position in [`Statement::conditions`].
    Condition(usize),
}

/// What a statement is compared with.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) request: &'a RequestContext<'a>,
    /// The action in lower case.
    pub(super) action: &'a str,
    /// The resource, which for an access point is not that of the bucket.
    pub(super) resource: &'a Text,
    pub(super) kind: LayerKind,
    pub(super) has_boundary: bool,
}

impl Subject<'_> {
    fn keys(&self) -> SeenKeys<'_> {
        self.request.keys.seen(self.kind.has_principals())
    }
}

impl Statement {
    /// Whether the statement matches, and how it names the caller; policies without principals name everyone.
    pub(super) fn names(&self, subject: Subject<'_>, needs: &mut Needs) -> Named {
        let mut own = Needs::new();
        let mut truth = self.acts_on(subject, &mut own);
        if truth != Truth::No {
            truth = truth.and(self.is_on(subject, &mut own));
        }
        if truth == Truth::No {
            return Named::NOT;
        }
        let mut named = self.is_about(subject, &mut own).and(truth);
        if named.at_all() == Truth::No {
            return Named::NOT;
        }
        for condition in &self.conditions {
            named = named.and(condition.holds(subject.keys(), &mut own));
            if named.at_all() == Truth::No {
                return Named::NOT;
            }
        }
        needs.append(own);
        named
    }

    fn acts_on(&self, subject: Subject<'_>, needs: &mut Needs) -> Truth {
        let Some(actions) = &self.actions else { return self.open(needs) };
        actions.holds(needs, |pattern, needs| pattern.finds(subject.action, subject.keys(), needs))
    }

    fn is_on(&self, subject: Subject<'_>, needs: &mut Needs) -> Truth {
        let Some(resources) = &self.resources else { return self.open(needs) };
        resources.holds(needs, |pattern, needs| pattern.covers(subject.resource, subject.keys(), needs))
    }

    fn is_about(&self, subject: Subject<'_>, needs: &mut Needs) -> Named {
        if !subject.kind.has_principals() {
            return Named::new(Naming::Everyone, Truth::Yes);
        }
        let denies = self.effect != Some(Effect::Allow);
        match &self.principals {
            Some(principals) => {
                principals.name(&subject.request.caller, subject.kind, denies, subject.has_boundary, needs)
            }
            None => Named::NOT,
        }
    }

    fn open(&self, needs: &mut Needs) -> Truth {
        needs.insert(Need::Piece(self.pointer.clone()));
        Truth::Unknown
    }

    /// The elements that keep the statement from matching, in the order action, resource, principal, conditions.
    pub(super) fn failures(&self, subject: Subject<'_>) -> Vec<Element> {
        let needs = &mut Needs::new();
        let mut failures = Vec::new();
        let mut note = |element: Element, truth: Truth| {
            if truth == Truth::No {
                failures.push(element);
            }
        };
        note(Element::Action, self.acts_on(subject, needs));
        note(Element::Resource, self.is_on(subject, needs));
        note(Element::Principal, self.is_about(subject, needs).at_all());
        for (position, condition) in self.conditions.iter().enumerate() {
            note(Element::Condition(position), condition.holds(subject.keys(), needs));
        }
        failures
    }

    /// Whether its actions have one of the service of that action, `s3` in `s3:getobject`.
    pub(super) fn is_of_service(&self, action: &str) -> bool {
        let service = action.split(':').next().unwrap_or_default();
        self.actions.iter().flat_map(|actions| &actions.patterns).any(|pattern| {
            pattern.is_everything()
                || pattern.text.split(':').next().is_some_and(|own| own.eq_ignore_ascii_case(service))
        })
    }
}

impl Pattern {
    /// Whether an action, in lower case like the pattern, matches.
    fn finds(&self, action: &str, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        match self.expand(keys, needs) {
            Expanded::Glyphs(glyphs) => pattern::matches(&glyphs, action, false).into(),
            Expanded::Unresolved => Truth::No,
            Expanded::Unknown => Truth::Unknown,
        }
    }

    /// Whether a resource matches: `*` alone matches everything, else ARNs are compared part by part.
    fn covers(&self, resource: &Text, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        if self.is_everything() {
            return Truth::Yes;
        }
        let truth = match self.expand(keys, needs) {
            Expanded::Glyphs(glyphs) => pattern::matches_arn(&glyphs, resource),
            Expanded::Unresolved => Truth::No,
            Expanded::Unknown => return Truth::Unknown,
        };
        if truth == Truth::Unknown {
            needs.insert(Need::ObjectKey);
        }
        truth
    }

    /// Whether it has the parts of an ARN.
    pub(super) fn is_arn(&self) -> bool {
        self.text.starts_with("arn:") && self.colons() >= ARN_COLONS
    }
}
