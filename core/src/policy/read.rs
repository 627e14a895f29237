//! From JSON to a [`Policy`], with every mistake and its place.
//!
//! What AWS would refuse is reported and decides nothing: the statement that it stands in may match or not.
//! A `null` is what the source of the policy does not tell yet: a text, or a whole statement, which allows something then.

use std::sync::Arc;

use super::condition::{self, Comparison, Condition, Listed, OPERATORS, SetOperator};
use super::pattern::{Pattern, Reading};
use super::principal::{Form, Principal, Principals};
use super::scalar::{self, Block, Decimal, Instant};
use super::statement::{Effect, Listing, Statement};
use super::{LayerKind, Need, Policy, keys};
use crate::document::read;
use crate::document::slot;
use crate::document::{Mistakes, fill};
use crate::json::{Fields, Json};
use crate::nearest::nearest;
use crate::problem::{FlawKind, PolicyFlaw, Problem, ProblemKind};
use crate::texts;

/// Characters of a policy beyond which it is not read: five times what AWS accepts in its largest one.
const MOST_CHARACTERS: usize = 102_400;

const POLICY_ELEMENTS: &[&str] = &["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS: &[&str] =
    &["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
const VERSIONS: &[&str] = &["2012-10-17", "2008-10-17"];
const EFFECTS: &[&str] = &["Allow", "Deny"];
const PRINCIPAL_TYPES: &[&str] = &["AWS", "Service", "Federated", "CanonicalUser"];

impl Policy {
    /// Reads a policy from JSON text. `pointer` is where it stands in its document.
    pub fn read_text(text: &str, kind: LayerKind, name: &str, pointer: &str) -> (Policy, Vec<Problem>) {
        let mut value = Json::Null;
        let mut mistakes = Mistakes::default();
        let (mut policy, mut problems) = match fill(&mut value, text, &mut mistakes) {
            Ok(()) => Policy::read(&value, kind, name, pointer),
            Err(found) => {
                let kind = ProblemKind::Syntax { format: "JSON", flaw: found.flaw };
                (Policy::unknown(name, pointer), vec![Problem { kind, pointer: pointer.to_owned(), location: None }])
            }
        };
        for mistake in mistakes.list {
            // AWS refuses a policy that has a key twice.
            policy.is_readable = false;
            let mut problem = read::problem(mistake);
            problem.pointer.insert_str(0, pointer);
            problems.push(problem);
        }
        (policy, problems)
    }

    /// Reads a policy from JSON, or from a text that holds it, as AWS's APIs return it.
    pub fn read(value: &Json, kind: LayerKind, name: &str, pointer: &str) -> (Policy, Vec<Problem>) {
        if let Json::Text(text) = value {
            return Policy::read_text(text, kind, name, pointer);
        }
        let mut reader =
            Reader { kind, problems: Vec::new(), pointer: pointer.to_owned(), variables: false, left: MOST_CHARACTERS };
        let mut policy = Policy::empty(name, pointer);
        let mut statements = Vec::new();
        policy.is_readable = reader.policy(value, &mut statements);
        policy.statements = Arc::new(statements);
        (policy, reader.problems)
    }

    /// A policy of which no more than its name is known; it may allow or deny anything.
    pub fn unknown(name: &str, pointer: &str) -> Policy {
        Policy { is_readable: false, ..Policy::empty(name, pointer) }
    }

    fn empty(name: &str, pointer: &str) -> Policy {
        Policy { name: name.to_owned(), pointer: pointer.to_owned(), statements: Arc::default(), is_readable: true }
    }
}

struct Reader {
    kind: LayerKind,
    problems: Vec<Problem>,
    pointer: String,
    /// Whether `${…}` is a variable.
    variables: bool,
    /// Characters that may still be read.
    left: usize,
}

impl Reader {
    /// Reads what stands under a name, with the pointer there.
    fn at<T>(&mut self, name: &str, read: impl FnOnce(&mut Reader) -> T) -> T {
        let length = self.pointer.len();
        texts::push_step(&mut self.pointer, name);
        let found = read(self);
        self.pointer.truncate(length);
        found
    }

    fn report(&mut self, kind: ProblemKind) {
        self.problems.push(Problem { kind, pointer: self.pointer.clone(), location: None });
    }

    fn refuse(&mut self, kind: FlawKind, text: &str, other: &str) {
        let flaw = PolicyFlaw { kind, text: text.to_owned(), other: other.to_owned() };
        self.report(ProblemKind::BadPolicy { flaw });
    }

    fn doubt(&mut self, kind: FlawKind, text: &str, other: &str) {
        let flaw = PolicyFlaw { kind, text: text.to_owned(), other: other.to_owned() };
        self.report(ProblemKind::DoubtfulPolicy { flaw });
    }

    fn wrong_type(&mut self, found: &Json, expected: slot::Shape) {
        let found = shape_of(found);
        self.report(ProblemKind::WrongType { found, expected });
    }

    fn unknown_word(&mut self, text: &str, allowed: &'static [&'static str]) {
        let nearest = nearest(text, allowed.iter().copied()).map(str::to_owned);
        self.report(ProblemKind::UnknownWord { text: text.to_owned(), allowed, nearest });
    }

    /// The fields of an object; what is none is reported.
    fn object<'v>(&mut self, value: &'v Json) -> Option<&'v Fields> {
        let Json::Object(fields) = value else {
            self.wrong_type(value, slot::Shape::Object);
            return None;
        };
        Some(fields)
    }

    /// The position of a word on its list, where the element is there; none where it is something else, which is
    /// reported.
    fn word(&mut self, elements: &Fields, name: &str, words: &'static [&'static str]) -> Option<Option<usize>> {
        let value = elements.get(name)?;
        let position = value.as_text().and_then(|text| words.iter().position(|word| *word == text));
        if position.is_none() {
            self.at(name, |reader| match value {
                Json::Text(text) => reader.unknown_word(text, words),
                other => reader.wrong_type(other, slot::Shape::Text),
            });
        }
        Some(position)
    }

    /// Reports elements that there are not; whether there were any.
    fn unknown_elements(&mut self, elements: &Fields, known: &[&str]) -> bool {
        let mut any = false;
        for (name, _) in elements.iter().filter(|(name, _)| !known.contains(name)) {
            any = true;
            if !self.takes(name) {
                break;
            }
            let nearest = nearest(name, known.iter().copied()).map(str::to_owned);
            self.at(name, |reader| reader.report(ProblemKind::UnknownField { field: name.to_owned(), nearest }));
        }
        any
    }

    /// Counts a text; whether there is still room.
    fn takes(&mut self, text: &str) -> bool {
        let room = self.left > text.len();
        self.left = self.left.saturating_sub(text.len().max(1));
        room
    }

    /// Whether the policy can be relied on.
    fn policy(&mut self, value: &Json, statements: &mut Vec<Statement>) -> bool {
        let Some(elements) = self.object(value) else { return false };
        let mut readable = !self.unknown_elements(elements, POLICY_ELEMENTS);
        if let Some(version) = self.word(elements, "Version", VERSIONS) {
            readable &= version.is_some();
            self.variables = version == Some(0);
        }
        match elements.get("Statement") {
            Some(value) => readable &= self.at("Statement", |reader| reader.statements(value, statements)),
            None => {
                readable = false;
                self.report(ProblemKind::MissingField { field: "Statement" });
            }
        }
        if self.left == 0 {
            self.refuse(FlawKind::TooLarge, &MOST_CHARACTERS.to_string(), "");
            return false;
        }
        let mut sids: Vec<&str> = statements.iter().filter_map(|statement| statement.sid.as_deref()).collect();
        crate::sorted::sort(&mut sids);
        let mut before = None;
        for sid in sids {
            if before == Some(sid) {
                self.doubt(FlawKind::DuplicateSid, sid, "");
            }
            before = Some(sid);
        }
        readable
    }

    fn statements(&mut self, value: &Json, statements: &mut Vec<Statement>) -> bool {
        let Json::List(list) = value else { return self.statement(value, statements) };
        let mut readable = true;
        for (position, statement) in list.iter().enumerate() {
            readable &= self.at(&position.to_string(), |reader| reader.statement(statement, statements));
            if self.left == 0 {
                break;
            }
        }
        readable
    }

    /// Whether it is a statement at all.
    fn statement(&mut self, value: &Json, statements: &mut Vec<Statement>) -> bool {
        let mut statement = Statement {
            sid: None,
            effect: None,
            pointer: self.pointer.clone(),
            conditions: Vec::new(),
            principals: None,
            actions: None,
            resources: None,
        };
        let mut readable = true;
        if *value == Json::Null {
            let open = || Some(Listing { negated: false, patterns: Vec::new(), open: Some(self.need(value)) });
            statement.effect = Some(Effect::Allow);
            statement.principals = Some(Principals { negated: false, listed: vec![Principal::Open(self.need(value))] });
            statement.actions = open();
            statement.resources = open();
        } else {
            let Some(elements) = self.object(value) else { return false };
            readable = !self.unknown_elements(elements, STATEMENT_ELEMENTS);
            match elements.get("Sid") {
                Some(Json::Text(sid)) => statement.sid = Some(sid.clone()),
                Some(other) => self.at("Sid", |reader| reader.wrong_type(other, slot::Shape::Text)),
                None => {}
            }
            match self.word(elements, "Effect", EFFECTS) {
                Some(Some(0)) => statement.effect = Some(Effect::Allow),
                Some(Some(_)) => statement.effect = Some(Effect::Deny),
                Some(None) => {}
                None => self.report(ProblemKind::MissingField { field: "Effect" }),
            }
            statement.principals = self.principals(elements);
            statement.actions = self.listing(elements, "Action", "NotAction");
            statement.resources = self.listing(elements, "Resource", "NotResource");
            if let Some(value) = elements.get("Condition") {
                statement.conditions = self.at("Condition", |reader| reader.conditions(value));
            }
        }
        statements.push(statement);
        readable
    }

    /// The one of two elements that is there, which excludes the other, and whether it is the negated one.
    fn one_of<'v>(
        &mut self,
        elements: &'v Fields,
        plain: &'static str,
        negated: &'static str,
    ) -> Option<(&'static str, &'v Json, bool)> {
        match (elements.get(plain), elements.get(negated)) {
            (Some(value), None) => return Some((plain, value, false)),
            (None, Some(value)) => return Some((negated, value, true)),
            (Some(_), Some(_)) => self.refuse(FlawKind::BothElements, plain, negated),
            (None, None) => self.report(ProblemKind::MissingField { field: plain }),
        }
        None
    }

    fn principals(&mut self, elements: &Fields) -> Option<Principals> {
        if !self.kind.has_principals() {
            if let Some(element) = ["Principal", "NotPrincipal"].into_iter().find(|name| elements.get(name).is_some()) {
                self.at(element, |reader| reader.refuse(FlawKind::ElementNotAllowed, element, ""));
            }
            return None;
        }
        let (name, value, negated) = self.one_of(elements, "Principal", "NotPrincipal")?;
        let mut listed = Vec::new();
        self.at(name, |reader| reader.principals_of_types(value, &mut listed));
        Some(Principals { negated, listed })
    }

    fn principals_of_types(&mut self, value: &Json, listed: &mut Vec<Principal>) {
        match value {
            Json::Text(text) if text == "*" => listed.push(Principal::Aws(text.clone())),
            Json::Text(text) => {
                let need = self.bad(FlawKind::BadPrincipal, text, "");
                listed.push(Principal::Open(need));
            }
            Json::Null => listed.push(Principal::Open(self.need(value))),
            value => {
                let types = self.object(value);
                if types.is_none_or(|types| self.unknown_elements(types, PRINCIPAL_TYPES)) {
                    listed.push(Principal::Open(self.need(value)));
                }
                let types = types.into_iter().flat_map(Fields::iter);
                for (name, value) in types.filter(|(name, _)| PRINCIPAL_TYPES.contains(name)) {
                    self.at(name, |reader| reader.principals_of(name, value, listed));
                }
            }
        }
    }

    fn principals_of(&mut self, name: &str, value: &Json, listed: &mut Vec<Principal>) {
        self.texts(value, false, &mut |reader, text| {
            listed.push(match (text, name) {
                (Err(need), _) => Principal::Open(need),
                // Everyone may be written under any type that takes `*`; a service never calls as a role.
                (Ok(text), "AWS") => match Form::read(text) {
                    Ok(_) => Principal::Aws(text.to_owned()),
                    Err(flaw) => Principal::Open(reader.bad(flaw, text, "")),
                },
                (Ok(_), "CanonicalUser") => Principal::CanonicalUser,
                (Ok(_), _) => Principal::Other,
            });
        });
    }

    /// What settles a value that is open.
    fn need(&self, value: &Json) -> Need {
        let pointer = self.pointer.clone();
        if *value == Json::Null { Need::NotGiven(pointer) } else { Need::Piece(pointer) }
    }

    /// Reports what AWS would refuse, and tells what settles it.
    fn bad(&mut self, kind: FlawKind, text: &str, other: &str) -> Need {
        self.refuse(kind, text, other);
        Need::Piece(self.pointer.clone())
    }

    /// Takes the texts of an element that is one or a list, with the pointer at each; what settles it for what is no
    /// text.
    ///
    /// Conditions take numbers and truth values as texts.
    fn texts(&mut self, value: &Json, of_condition: bool, take: &mut dyn FnMut(&mut Reader, Result<&str, Need>)) {
        let length = self.pointer.len();
        // What is no text is reported before what is wrong with the texts.
        let mut of_type = self.problems.len();
        for (position, item) in value.items().iter().enumerate() {
            let number;
            let text = match item {
                Json::Text(text) => Some(text.as_str()),
                Json::Boolean(value) if of_condition => Some(if *value { "true" } else { "false" }),
                Json::Number(numeral) if of_condition => {
                    number = scalar::number_text(numeral);
                    number.as_deref()
                }
                _ => None,
            };
            if !self.takes(text.unwrap_or_default()) {
                break;
            }
            if let Json::List(_) = value {
                texts::push_step(&mut self.pointer, &position.to_string());
            }
            if text.is_none() && *item != Json::Null {
                self.wrong_type(item, slot::Shape::Text);
                if let Some(problem) = self.problems.pop() {
                    self.problems.insert(of_type, problem);
                    of_type += 1;
                }
            }
            let text = text.ok_or_else(|| self.need(item));
            take(self, text);
            self.pointer.truncate(length);
        }
    }

    fn pattern(&mut self, text: &str, wildcards: bool) -> Pattern {
        if let Some((_, behind)) = texts::split_once(text, "${") {
            if !behind.contains('}') {
                self.doubt(FlawKind::UnclosedVariable, text, "");
            } else if !self.variables {
                self.doubt(FlawKind::VariableNeedsVersion, text, "");
            }
        }
        Pattern::read(text, Reading { wildcards, variables: self.variables })
    }

    /// Actions or resources.
    fn listing(&mut self, elements: &Fields, plain: &'static str, negated: &'static str) -> Option<Listing> {
        let (name, value, negated) = self.one_of(elements, plain, negated)?;
        let mut listing = Listing { negated, patterns: Vec::new(), open: None };
        let mut take = |reader: &mut Reader, text: Result<&str, Need>| {
            let text = match text {
                Ok(text) => text,
                Err(need) => {
                    listing.open = Some(need);
                    return;
                }
            };
            let (pattern, is_one, flaw) = if plain == "Action" {
                let reading = Reading { wildcards: true, variables: false };
                let is_one = text == "*" || text.contains(':');
                (Pattern::read(&text.to_ascii_lowercase(), reading), is_one, FlawKind::ActionWithoutService)
            } else {
                let pattern = reader.pattern(text, true);
                let is_one = pattern.is_everything() || pattern.is_arn();
                (pattern, is_one, FlawKind::NotAnArn)
            };
            if is_one {
                listing.patterns.push(pattern);
            } else {
                listing.open = Some(reader.bad(flaw, text, ""));
            }
        };
        self.at(name, |reader| reader.texts(value, false, &mut take));
        Some(listing)
    }

    fn conditions(&mut self, value: &Json) -> Vec<Condition> {
        let Some(operators) = self.object(value) else { return vec![self.malformed_condition("", "")] };
        let mut conditions = Vec::new();
        for (operator, keys) in operators.iter() {
            self.at(operator, |reader| {
                let known = read_operator(operator);
                if known.is_none() {
                    reader.unknown_word(operator, OPERATORS);
                }
                let Some(keys) = reader.object(keys) else {
                    conditions.push(reader.malformed_condition(operator, ""));
                    return;
                };
                for (key, values) in keys.iter() {
                    conditions.push(reader.at(key, |reader| reader.condition(operator, known, key, values)));
                }
            });
        }
        conditions
    }

    /// A condition that may hold or not.
    fn malformed_condition(&self, operator: &str, key: &str) -> Condition {
        Condition {
            operator_text: operator.to_owned(),
            key_text: key.to_owned(),
            value_texts: Vec::new(),
            operator: None,
            set: None,
            if_exists: false,
            values: Vec::new(),
            pointer: self.pointer.clone(),
        }
    }

    fn condition(&mut self, operator: &str, known: Option<FullOperator>, key: &str, values: &Json) -> Condition {
        let lower = key.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("aws:").filter(|rest| !keys::is_global(rest))
            && let Some(near) = nearest(rest, keys::global())
        {
            self.doubt(FlawKind::UnknownKey, key, &["aws:", near].concat());
        }
        let mut condition = self.malformed_condition(operator, key);
        if let Some(known) = known {
            condition.operator = Some(known.operator);
            condition.set = known.set;
            condition.if_exists = known.if_exists;
        }
        self.texts(values, true, &mut |reader, text| {
            condition.value_texts.extend(text.as_deref().ok().map(str::to_owned));
            let Some(known) = known else { return };
            condition.values.push(match text {
                Err(need) => Listed::Open(need),
                Ok(text) => match reader.listed(known.operator.comparison, text) {
                    Some(listed) => listed,
                    None => Listed::Open(reader.bad(FlawKind::BadValue, text, operator)),
                },
            });
        });
        condition
    }

    /// A value for a comparison; none where AWS does not accept it.
    fn listed(&mut self, comparison: Comparison, text: &str) -> Option<Listed> {
        Some(match comparison {
            Comparison::Text { wildcards, .. } => Listed::Pattern(self.pattern(text, wildcards)),
            Comparison::Arn => {
                let pattern = self.pattern(text, true);
                // A variable may stand for the whole ARN.
                if pattern.colons() < super::pattern::ARN_COLONS && !pattern.has_variables() {
                    return None;
                }
                Listed::Pattern(pattern)
            }
            Comparison::Bool if scalar::read_boolean(text).is_none() => {
                let pattern = self.pattern(text, false);
                if !pattern.has_variables() {
                    return None;
                }
                Listed::Pattern(pattern)
            }
            plain => {
                let is_read = match plain {
                    Comparison::Numeric(_) => Decimal::read(text).is_some(),
                    Comparison::Date(_) => Instant::read(text).is_some(),
                    Comparison::Address => Block::read(text).is_some(),
                    Comparison::Binary => scalar::is_base64(text),
                    _ => scalar::read_boolean(text).is_some(),
                };
                if !is_read {
                    return None;
                }
                Listed::Plain(text.to_owned())
            }
        })
    }
}

/// An operator with its modifiers.
#[derive(Clone, Copy)]
struct FullOperator {
    operator: condition::Operator,
    set: Option<SetOperator>,
    if_exists: bool,
}

/// `ForAllValues:StringLikeIfExists` and its like, in any letter case.
fn read_operator(text: &str) -> Option<FullOperator> {
    let lower = text.to_ascii_lowercase();
    let (set, rest) = match lower.split_once(':') {
        Some(("forallvalues", rest)) => (Some(SetOperator::ForAllValues), rest),
        Some(("foranyvalue", rest)) => (Some(SetOperator::ForAnyValue), rest),
        Some(_) => return None,
        None => (None, lower.as_str()),
    };
    let (name, if_exists) = match rest.strip_suffix("ifexists") {
        Some(name) => (name, true),
        None => (rest, false),
    };
    let operator = condition::operator(name)?;
    let is_null = operator.comparison == Comparison::Null;
    (!is_null || !if_exists).then_some(FullOperator { operator, set, if_exists })
}

fn shape_of(value: &Json) -> slot::Shape {
    match value {
        Json::Null | Json::Object(_) => slot::Shape::Object,
        Json::Boolean(_) => slot::Shape::Boolean,
        Json::Number(numeral) if !scalar::is_whole(&numeral.to_ascii_lowercase()) => slot::Shape::Fraction,
        Json::Number(_) => slot::Shape::Number,
        Json::Text(_) => slot::Shape::Text,
        Json::List(_) => slot::Shape::List,
    }
}
