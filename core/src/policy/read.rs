//! From JSON to a [`Policy`], with every mistake and its place.
//!
//! What AWS would refuse is reported and decides nothing: the statement that it stands in may match or not.
//! A `null` is what the source of the policy does not tell yet: a text, or a whole statement, which allows something then.

use super::condition::{self, Comparison, Condition, Listed, OPERATORS, SetOperator};
use super::pattern::{Pattern, Reading};
use super::principal::{BadPrincipal, Principal, Principals};
use super::scalar::{self, Block, Decimal, Instant};
use super::statement::{Effect, Listing, Statement};
use super::{LayerKind, Need, Policy, keys};
use crate::document::read;
use crate::document::slot;
use crate::document::{Mistakes, fill};
use crate::json::{Fields, Json};
use crate::nearest::nearest;
use crate::problem::{PolicyFlaw, Problem, ProblemKind};
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
        policy.is_readable = reader.policy(value, &mut policy.statements);
        (policy, reader.problems)
    }

    /// A policy of which no more than its name is known; it may allow or deny anything.
    pub fn unknown(name: &str, pointer: &str) -> Policy {
        Policy { is_readable: false, ..Policy::empty(name, pointer) }
    }

    fn empty(name: &str, pointer: &str) -> Policy {
        Policy { name: name.to_owned(), pointer: pointer.to_owned(), statements: Vec::new(), is_readable: true }
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
        self.pointer.push('/');
        self.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        let found = read(self);
        self.pointer.truncate(length);
        found
    }

    fn report(&mut self, kind: ProblemKind) {
        self.problems.push(Problem { kind, pointer: self.pointer.clone(), location: None });
    }

    fn refuse(&mut self, flaw: PolicyFlaw) {
        self.report(ProblemKind::BadPolicy { flaw });
    }

    fn doubt(&mut self, flaw: PolicyFlaw) {
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
        let Json::Object(elements) = value else {
            self.wrong_type(value, slot::Shape::Object);
            return false;
        };
        let mut readable = !self.unknown_elements(elements, POLICY_ELEMENTS);
        match elements.get("Version") {
            None => {}
            Some(Json::Text(version)) if VERSIONS.contains(&version.as_str()) => {
                self.variables = version == "2012-10-17";
            }
            Some(other) => {
                readable = false;
                self.at("Version", |reader| match other {
                    Json::Text(text) => reader.unknown_word(text, VERSIONS),
                    other => reader.wrong_type(other, slot::Shape::Text),
                });
            }
        }
        match elements.get("Statement") {
            Some(Json::List(list)) => {
                for (position, statement) in list.iter().enumerate() {
                    let read = |reader: &mut Reader| {
                        reader.at(&position.to_string(), |reader| reader.statement(statement, statements))
                    };
                    readable &= self.at("Statement", read);
                    if self.left == 0 {
                        break;
                    }
                }
            }
            Some(one) => readable &= self.at("Statement", |reader| reader.statement(one, statements)),
            None => {
                readable = false;
                self.report(ProblemKind::MissingField { field: "Statement" });
            }
        }
        if self.left == 0 {
            self.refuse(PolicyFlaw::TooLarge { most: MOST_CHARACTERS });
            return false;
        }
        let mut sids: Vec<&str> = statements.iter().filter_map(|statement| statement.sid.as_deref()).collect();
        crate::sorted::sort(&mut sids);
        let twice: Vec<String> = sids
            .windows(2)
            .filter_map(|pair| match pair {
                [one, two] if one == two => Some((*one).to_owned()),
                _ => None,
            })
            .collect();
        for sid in twice {
            self.doubt(PolicyFlaw::DuplicateSid { sid });
        }
        readable
    }

    /// Whether it is a statement at all.
    fn statement(&mut self, value: &Json, statements: &mut Vec<Statement>) -> bool {
        if *value == Json::Null {
            let open = || Some(Listing { negated: false, patterns: Vec::new(), open: Some(self.need(value, "")) });
            statements.push(Statement {
                sid: None,
                effect: Some(Effect::Allow),
                pointer: self.pointer.clone(),
                conditions: Vec::new(),
                principals: Some(Principals { negated: false, listed: vec![Principal::Open(self.need(value, ""))] }),
                actions: open(),
                resources: open(),
            });
            return true;
        }
        let Json::Object(elements) = value else {
            self.wrong_type(value, slot::Shape::Object);
            return false;
        };
        let readable = !self.unknown_elements(elements, STATEMENT_ELEMENTS);
        let sid = elements.get("Sid").and_then(Json::as_text).map(str::to_owned);
        if let Some(other) = elements.get("Sid").filter(|sid| !matches!(sid, Json::Text(_))) {
            self.at("Sid", |reader| reader.wrong_type(other, slot::Shape::Text));
        }
        let effect = match elements.get("Effect") {
            Some(Json::Text(text)) if text == "Allow" => Some(Effect::Allow),
            Some(Json::Text(text)) if text == "Deny" => Some(Effect::Deny),
            Some(other) => {
                self.at("Effect", |reader| match other {
                    Json::Text(text) => reader.unknown_word(text, EFFECTS),
                    other => reader.wrong_type(other, slot::Shape::Text),
                });
                None
            }
            None => {
                self.report(ProblemKind::MissingField { field: "Effect" });
                None
            }
        };
        let principals = self.principals(elements);
        let actions = self.one_of(elements, "Action", "NotAction", Reader::actions);
        let resources = self.one_of(elements, "Resource", "NotResource", Reader::resources);
        let conditions = match elements.get("Condition") {
            None => Vec::new(),
            Some(value) => self.at("Condition", |reader| reader.conditions(value)),
        };
        let pointer = self.pointer.clone();
        statements.push(Statement { sid, effect, pointer, conditions, principals, actions, resources });
        readable
    }

    /// Reads the one of two elements that is there, which excludes the other.
    fn one_of<T>(
        &mut self,
        elements: &Fields,
        plain: &'static str,
        negated: &'static str,
        read: impl FnOnce(&mut Reader, &Json, bool) -> T,
    ) -> Option<T> {
        match (elements.get(plain), elements.get(negated)) {
            (Some(value), None) => Some(self.at(plain, |reader| read(reader, value, false))),
            (None, Some(value)) => Some(self.at(negated, |reader| read(reader, value, true))),
            (Some(_), Some(_)) => {
                self.refuse(PolicyFlaw::BothElements { one: plain, other: negated });
                None
            }
            (None, None) => {
                self.report(ProblemKind::MissingField { field: plain });
                None
            }
        }
    }

    fn principals(&mut self, elements: &Fields) -> Option<Principals> {
        let written = ["Principal", "NotPrincipal"].into_iter().find(|name| elements.get(name).is_some());
        if !self.kind.has_principals() {
            if let Some(element) = written {
                self.at(element, |reader| reader.refuse(PolicyFlaw::ElementNotAllowed { element }));
            }
            return None;
        }
        let read = |reader: &mut Reader, value: &Json, negated: bool| {
            let listed = match value {
                Json::Text(text) if text == "*" => vec![Principal::Everyone],
                Json::Object(types) => {
                    let mut listed = Vec::new();
                    if reader.unknown_elements(types, PRINCIPAL_TYPES) {
                        listed.push(Principal::Open(Need::Piece(reader.pointer.clone())));
                    }
                    for (name, value) in types.iter().filter(|(name, _)| PRINCIPAL_TYPES.contains(name)) {
                        reader.at(name, |reader| reader.principals_of(name, value, &mut listed));
                    }
                    listed
                }
                Json::Text(text) => {
                    reader.refuse(PolicyFlaw::BadPrincipal { text: text.clone() });
                    vec![Principal::Open(Need::Piece(reader.pointer.clone()))]
                }
                other => {
                    if *other != Json::Null {
                        reader.wrong_type(other, slot::Shape::Object);
                    }
                    vec![Principal::Open(reader.need(other, ""))]
                }
            };
            Principals { negated, listed }
        };
        self.one_of(elements, "Principal", "NotPrincipal", read)
    }

    fn principals_of(&mut self, name: &str, value: &Json, listed: &mut Vec<Principal>) {
        for (position, text) in self.texts(value, false) {
            let text = match text {
                Ok(text) => text,
                Err(need) => {
                    listed.push(Principal::Open(need));
                    continue;
                }
            };
            let principal = match name {
                // Everyone may be written under any type that takes `*`; a service never calls as a role.
                "AWS" => Principal::read(&text),
                "CanonicalUser" => Ok(Principal::CanonicalUser),
                _ => Ok(Principal::Other),
            };
            listed.push(match principal {
                Ok(principal) => principal,
                Err(flaw) => {
                    let flaw = match flaw {
                        BadPrincipal::Wildcard => PolicyFlaw::PrincipalWildcard { text },
                        BadPrincipal::Form => PolicyFlaw::BadPrincipal { text },
                    };
                    Principal::Open(self.bad(flaw, &position))
                }
            });
        }
    }

    /// What settles a value that is open, at a place below the pointer.
    fn need(&self, value: &Json, position: &str) -> Need {
        let pointer = [self.pointer.as_str(), position].concat();
        if *value == Json::Null { Need::NotGiven(pointer) } else { Need::Piece(pointer) }
    }

    /// The texts of an element that is one or a list, each with what follows the pointer; what settles it for what is no
    /// text.
    ///
    /// Conditions take numbers and truth values as texts.
    fn texts(&mut self, value: &Json, of_condition: bool) -> Vec<(String, Result<String, Need>)> {
        let mut texts = Vec::new();
        let mut take = |reader: &mut Reader, position: String, value: &Json| {
            let text = match value {
                Json::Text(text) => Some(text.clone()),
                Json::Boolean(value) if of_condition => Some(if *value { "true" } else { "false" }.to_owned()),
                Json::Number(number) if of_condition => scalar::number_text(number),
                _ => None,
            };
            let room = reader.takes(text.as_deref().unwrap_or_default());
            if text.is_none() && room && *value != Json::Null {
                let length = reader.pointer.len();
                reader.pointer.push_str(&position);
                reader.wrong_type(value, slot::Shape::Text);
                reader.pointer.truncate(length);
            }
            if room {
                let text = text.ok_or_else(|| reader.need(value, &position));
                texts.push((position, text));
            }
            room
        };
        match value {
            Json::List(list) => {
                for (position, value) in list.iter().enumerate() {
                    if !take(self, ["/", &position.to_string()].concat(), value) {
                        break;
                    }
                }
            }
            one => {
                take(self, String::new(), one);
            }
        }
        texts
    }

    fn pattern(&mut self, text: &str, wildcards: bool, position: &str) -> Pattern {
        let reading = Reading { wildcards, variables: self.variables };
        if let Some((_, behind)) = texts::split_once(text, "${") {
            let length = self.pointer.len();
            self.pointer.push_str(position);
            if !behind.contains('}') {
                self.doubt(PolicyFlaw::UnclosedVariable { text: text.to_owned() });
            } else if !self.variables {
                self.doubt(PolicyFlaw::VariableNeedsVersion { text: text.to_owned() });
            }
            self.pointer.truncate(length);
        }
        Pattern::read(text, reading)
    }

    /// Reports what AWS would refuse at a place below the pointer, and tells what settles it.
    fn bad(&mut self, flaw: PolicyFlaw, position: &str) -> Need {
        let pointer = [self.pointer.as_str(), position].concat();
        let kind = ProblemKind::BadPolicy { flaw };
        self.problems.push(Problem { kind, pointer: pointer.clone(), location: None });
        Need::Piece(pointer)
    }

    fn actions(&mut self, value: &Json, negated: bool) -> Listing {
        let mut listing = Listing { negated, patterns: Vec::new(), open: None };
        for (position, text) in self.texts(value, false) {
            let text = match text {
                Ok(text) => text,
                Err(need) => {
                    listing.open = Some(need);
                    continue;
                }
            };
            if text != "*" && !text.contains(':') {
                listing.open = Some(self.bad(PolicyFlaw::ActionWithoutService { text }, &position));
                continue;
            }
            let reading = Reading { wildcards: true, variables: false };
            listing.patterns.push(Pattern::read(&text.to_ascii_lowercase(), reading));
        }
        listing
    }

    fn resources(&mut self, value: &Json, negated: bool) -> Listing {
        let mut listing = Listing { negated, patterns: Vec::new(), open: None };
        for (position, text) in self.texts(value, false) {
            let text = match text {
                Ok(text) => text,
                Err(need) => {
                    listing.open = Some(need);
                    continue;
                }
            };
            let pattern = self.pattern(&text, true, &position);
            if !pattern.is_everything() && !pattern.is_arn() {
                listing.open = Some(self.bad(PolicyFlaw::NotAnArn { text }, &position));
                continue;
            }
            listing.patterns.push(pattern);
        }
        listing
    }

    fn conditions(&mut self, value: &Json) -> Vec<Condition> {
        let mut conditions = Vec::new();
        let Json::Object(operators) = value else {
            self.wrong_type(value, slot::Shape::Object);
            return vec![self.malformed_condition("", "")];
        };
        for (operator, keys) in operators.iter() {
            self.at(operator, |reader| {
                let known = read_operator(operator);
                if known.is_none() {
                    reader.unknown_word(operator, OPERATORS);
                }
                let Json::Object(keys) = keys else {
                    reader.wrong_type(keys, slot::Shape::Object);
                    let condition = reader.malformed_condition(operator, "");
                    conditions.push(condition);
                    return;
                };
                for (key, values) in keys.iter() {
                    let condition = reader.at(key, |reader| reader.condition(operator, known, key, values));
                    conditions.push(condition);
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
            key: String::new(),
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
            && let Some(near) = nearest(rest, keys::GLOBAL.iter().copied())
        {
            self.doubt(PolicyFlaw::UnknownKey { key: key.to_owned(), nearest: ["aws:", near].concat() });
        }
        let mut condition = self.malformed_condition(operator, key);
        condition.key = lower;
        let texts = self.texts(values, true);
        let Some(known) = known else {
            condition.value_texts = texts.into_iter().filter_map(|(_, text)| text.ok()).collect();
            return condition;
        };
        condition.operator = Some(known.operator);
        condition.set = known.set;
        condition.if_exists = known.if_exists;
        for (position, text) in texts {
            let text = match text {
                Ok(text) => text,
                Err(need) => {
                    condition.values.push(Listed::Open(need));
                    continue;
                }
            };
            let listed = self.listed(known.operator.comparison, &text, &position);
            condition.values.push(listed.unwrap_or_else(|| {
                let flaw = PolicyFlaw::BadValue { text: text.clone(), operator: operator.to_owned() };
                Listed::Open(self.bad(flaw, &position))
            }));
            condition.value_texts.push(text);
        }
        condition
    }

    /// A value for a comparison; none where AWS does not accept it.
    fn listed(&mut self, comparison: Comparison, text: &str, position: &str) -> Option<Listed> {
        Some(match comparison {
            Comparison::Text { wildcards, .. } => Listed::Pattern(self.pattern(text, wildcards, position)),
            Comparison::Arn => {
                let pattern = self.pattern(text, true, position);
                // A variable may stand for the whole ARN.
                if pattern.colons() < super::pattern::ARN_COLONS && !pattern.has_variables() {
                    return None;
                }
                Listed::Pattern(pattern)
            }
            Comparison::Bool => match scalar::read_boolean(text) {
                Some(value) => Listed::Boolean(value),
                None => {
                    let pattern = self.pattern(text, false, position);
                    if !pattern.has_variables() {
                        return None;
                    }
                    Listed::Pattern(pattern)
                }
            },
            Comparison::Numeric(_) => Listed::Decimal(Decimal::read(text)?),
            Comparison::Date(_) => Listed::Instant(Instant::read(text)?),
            Comparison::Address => Listed::Block(Block::read(text)?),
            Comparison::Null => Listed::Boolean(scalar::read_boolean(text)?),
            Comparison::Binary => {
                if !scalar::is_base64(text) {
                    return None;
                }
                Listed::Exact(text.to_owned())
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
        Json::Number(numeral) if numeral.contains(['.', 'e', 'E']) => slot::Shape::Fraction,
        Json::Number(_) => slot::Shape::Number,
        Json::Text(_) => slot::Shape::Text,
        Json::List(_) => slot::Shape::List,
    }
}
