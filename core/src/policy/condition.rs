//! Conditions: operators, their modifiers, and whether they hold.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;
use std::net::IpAddr;

use super::context::{ContextValue, SeenKeys, Text};
use super::pattern::{self, Expanded, Pattern};
use super::scalar::{Block, Decimal, Instant, read_boolean};
use super::truth::{Need, Needs, Truth};
use crate::range_set::RangeSet;
use crate::texts;

/// What an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// Text; with wildcards or not, with letter case or not.
    Text { wildcards: bool, fold: bool },
    /// Numbers: what the request's value must be beside the policy's.
    Numeric(Order),
    /// Dates.
    Date(Order),
    /// `true` and `false`.
    Bool,
    /// Base64.
    Binary,
    /// Addresses.
    Address,
    /// ARNs, part by part.
    Arn,
    /// Whether the key is absent.
    Null,
}

/// How one value stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Order::Equal => ordering.is_eq(),
            Order::Less => ordering.is_lt(),
            Order::LessOrEqual => ordering.is_le(),
            Order::Greater => ordering.is_gt(),
            Order::GreaterOrEqual => ordering.is_ge(),
        }
    }

    /// Whether it holds between the request's value and the policy's; never where one of them cannot be read.
    fn holds_between<T: Ord>(self, found: Option<T>, listed: Option<T>) -> bool {
        found.zip(listed).is_some_and(|(found, listed)| self.holds(found.cmp(&listed)))
    }
}

/// An operator without modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) comparison: Comparison,
    pub(super) negated: bool,
}

/// For which of several values of a key the comparison must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SetOperator {
    ForAllValues,
    ForAnyValue,
}

/// The operators by name, in AWS's order.
pub(super) const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "Null",
];

/// The operator of that name in any letter case; none where there is none.
pub(super) fn operator(name: &str) -> Option<Operator> {
    let known = OPERATORS.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    let negated = texts::contains(known, "Not");
    let order = || match known.strip_prefix("Numeric").or(known.strip_prefix("Date")).unwrap_or(known) {
        "LessThan" => Order::Less,
        "LessThanEquals" => Order::LessOrEqual,
        "GreaterThan" => Order::Greater,
        "GreaterThanEquals" => Order::GreaterOrEqual,
        _ => Order::Equal,
    };
    let comparison = if known.starts_with("String") {
        Comparison::Text { wildcards: known.ends_with("Like"), fold: known.ends_with("IgnoreCase") }
    } else if known.starts_with("Numeric") {
        Comparison::Numeric(order())
    } else if known.starts_with("Date") {
        Comparison::Date(order())
    } else if known.ends_with("IpAddress") {
        Comparison::Address
    } else if known.starts_with("Arn") {
        Comparison::Arn
    } else {
        match *known {
            "Bool" => Comparison::Bool,
            "BinaryEquals" => Comparison::Binary,
            _ => Comparison::Null,
        }
    };
    Some(Operator { comparison, negated })
}

/// A value that a condition lists.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Listed {
    /// A text, or what takes variables.
    Pattern(Pattern),
    /// Anything else, which the operator takes.
    Plain(String),
    /// AWS does not accept it, or it is not given.
    Open(Need),
}

/// One operator with one key.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The operator with its modifiers, as written.
    pub operator_text: String,
    /// The key, as written.
    pub key_text: String,
    /// The values, as written.
    pub value_texts: Vec<String>,
    /// None where AWS knows no such operator.
    pub(super) operator: Option<Operator>,
    pub(super) set: Option<SetOperator>,
    pub(super) if_exists: bool,
    pub(super) values: Vec<Listed>,
    /// Where it stands.
    pub(super) pointer: String,
}

impl Condition {
    /// Whether it holds for the request; what decides and is not known is noted.
    pub(super) fn holds(&self, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        let Some(operator) = self.operator else { return self.open(needs) };
        let value = keys.get(&self.key_text);
        if operator.comparison == Comparison::Null {
            return self.is_absent(value, keys, needs);
        }
        let found = match value {
            ContextValue::Unknown => return self.not_known(keys, needs),
            ContextValue::Absent => {
                return match self.set {
                    Some(SetOperator::ForAllValues) => Truth::Yes,
                    Some(SetOperator::ForAnyValue) => Truth::No,
                    None => (self.if_exists || operator.negated).into(),
                };
            }
            ContextValue::Addresses(family, addresses) => {
                let listed = self.any(needs, &mut |listed, _| {
                    let block = match listed {
                        Listed::Plain(text) if operator.comparison == Comparison::Address => Block::read(text),
                        _ => None,
                    };
                    let Some(block) = block else { return Truth::Unknown };
                    let range = RangeSet::range(block.first, block.last);
                    if block.family != *family {
                        Truth::No
                    } else if addresses.is_subset(&range) {
                        Truth::Yes
                    } else if addresses.intersects(&range) {
                        Truth::Unknown
                    } else {
                        Truth::No
                    }
                });
                if listed == Truth::Unknown {
                    needs.insert(self.need(keys));
                }
                return if operator.negated { !listed } else { listed };
            }
            ContextValue::Values(values) => values,
        };
        let mut one = |text: &Text| {
            // What a negated operator makes of a value that is no number or no date is said nowhere.
            let readable = match operator.comparison {
                Comparison::Numeric(_) => Decimal::read(&text.text).is_some(),
                Comparison::Date(_) => Instant::read(&text.text).is_some(),
                _ => true,
            };
            if operator.negated && !readable && !text.open {
                return self.open(needs);
            }
            let mut matches =
                |listed: &Listed, needs: &mut Needs| compare(operator.comparison, listed, text, keys, needs);
            let listed = self.any(needs, &mut matches);
            if listed == Truth::Unknown && text.open {
                needs.insert(self.need(keys));
            }
            if operator.negated { !listed } else { listed }
        };
        match self.set {
            Some(SetOperator::ForAllValues) => found.iter().fold(Truth::Yes, |truth, value| truth.and(one(value))),
            Some(SetOperator::ForAnyValue) => found.iter().fold(Truth::No, |truth, value| truth.or(one(value))),
            None => match found.as_slice() {
                [value] => one(value),
                // Without a set operator a key with several values does not match.
                _ if !operator.negated => Truth::No,
                _ => self.open(needs),
            },
        }
    }

    /// What AWS's documentation leaves open.
    fn open(&self, needs: &mut Needs) -> Truth {
        needs.insert(Need::Piece(self.pointer.clone()));
        Truth::Unknown
    }

    fn need(&self, keys: SeenKeys<'_>) -> Need {
        Need::Key(keys.name(&self.key_text))
    }

    fn not_known(&self, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        needs.insert(self.need(keys));
        Truth::Unknown
    }

    fn is_absent(&self, value: &ContextValue, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        let absent = match value {
            ContextValue::Absent => true,
            ContextValue::Unknown => return self.not_known(keys, needs),
            // Whether an empty list counts as absent is said nowhere.
            ContextValue::Values(values) if values.is_empty() => return self.open(needs),
            ContextValue::Values(_) | ContextValue::Addresses(..) => false,
        };
        let is_wanted = |text: &str| read_boolean(text) == Some(absent);
        self.any(needs, &mut |listed, _| matches!(listed, Listed::Plain(text) if is_wanted(text)).into())
    }

    /// Whether a comparison holds for one of the values listed.
    fn any(&self, needs: &mut Needs, compare: &mut dyn FnMut(&Listed, &mut Needs) -> Truth) -> Truth {
        let mut own = Needs::new();
        let mut truth = Truth::No;
        for listed in &self.values {
            truth = truth.or(match listed {
                Listed::Open(need) => {
                    own.insert(need.clone());
                    Truth::Unknown
                }
                listed => compare(listed, &mut own),
            });
            if truth == Truth::Yes {
                return truth;
            }
        }
        needs.append(own);
        truth
    }
}

fn compare(comparison: Comparison, listed: &Listed, found: &Text, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
    let fold = matches!(comparison, Comparison::Text { fold: true, .. } | Comparison::Bool);
    match listed {
        Listed::Pattern(pattern) => match pattern.expand(keys, needs) {
            Expanded::Glyphs(glyphs) if comparison == Comparison::Arn => pattern::matches_arn(&glyphs, found),
            Expanded::Glyphs(glyphs) => pattern::matches_text(&glyphs, found, fold),
            Expanded::Unresolved => Truth::No,
            Expanded::Unknown => Truth::Unknown,
        },
        _ if found.open => Truth::Unknown,
        Listed::Plain(listed) => compare_plain(comparison, listed, &found.text).into(),
        Listed::Open(_) => Truth::Unknown,
    }
}

fn compare_plain(comparison: Comparison, listed: &str, found: &str) -> bool {
    match comparison {
        Comparison::Numeric(order) => order.holds_between(Decimal::read(found), Decimal::read(listed)),
        Comparison::Date(order) => order.holds_between(Instant::read(found), Instant::read(listed)),
        Comparison::Address => {
            let address = found.parse::<IpAddr>().ok();
            address.zip(Block::read(listed)).is_some_and(|(address, block)| block.contains(address))
        }
        Comparison::Bool => read_boolean(found).is_some_and(|value| Some(value) == read_boolean(listed)),
        _ => listed == found,
    }
}
