//! Conditions: operators, their modifiers, and whether they hold.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;
use std::net::IpAddr;

use super::context::{ContextValue, SeenKeys, Text};
use super::pattern::{self, Expanded, Pattern};
use super::scalar::{Block, Decimal, Instant, read_boolean};
use super::truth::{Need, Needs, Truth};
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

/// A value that a condition lists, compiled for its operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Listed {
    Pattern(Pattern),
    Decimal(Decimal),
    Instant(Instant),
    Block(Block),
    Boolean(bool),
    Exact(String),
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
    /// In lower case.
    pub(super) key: String,
    /// None where AWS knows no such operator.
    pub(super) operator: Option<Operator>,
    pub(super) set: Option<SetOperator>,
    pub(super) if_exists: bool,
    pub(super) values: Vec<Listed>,
    /// Where it stands.
    pub(super) pointer: String,
}

impl Condition {
    /// The key in lower case.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it holds for the request; what decides and is not known is noted.
    pub(super) fn holds(&self, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        let Some(operator) = self.operator else { return self.open(needs) };
        let value = keys.get(&self.key);
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
                let listed = self.any(needs, |listed, _| match listed {
                    Listed::Block(block) if block.family == *family => {
                        let block = crate::range_set::RangeSet::range(block.first, block.last);
                        if addresses.is_subset(&block) {
                            Truth::Yes
                        } else if addresses.intersects(&block) {
                            Truth::Unknown
                        } else {
                            Truth::No
                        }
                    }
                    Listed::Block(_) => Truth::No,
                    _ => Truth::Unknown,
                });
                if listed == Truth::Unknown {
                    needs.insert(Need::Key(keys.name(&self.key)));
                }
                return if operator.negated { !listed } else { listed };
            }
            ContextValue::Values(values) => values,
        };
        let one = |text: &Text, needs: &mut Needs| {
            // What a negated operator makes of a value that is no number or no date is said nowhere.
            let readable = match operator.comparison {
                Comparison::Numeric(_) => Decimal::read(&text.text).is_some(),
                Comparison::Date(_) => Instant::read(&text.text).is_some(),
                _ => true,
            };
            if operator.negated && !readable && !text.open {
                return self.open(needs);
            }
            let listed = self.any(needs, |listed, needs| compare(operator.comparison, listed, text, keys, needs));
            if listed == Truth::Unknown && text.open {
                needs.insert(Need::Key(keys.name(&self.key)));
            }
            if operator.negated { !listed } else { listed }
        };
        match (self.set, found.as_slice()) {
            (Some(SetOperator::ForAllValues), values) => {
                values.iter().fold(Truth::Yes, |truth, value| truth.and(one(value, needs)))
            }
            (Some(SetOperator::ForAnyValue), values) => {
                values.iter().fold(Truth::No, |truth, value| truth.or(one(value, needs)))
            }
            (None, [value]) => one(value, needs),
            // Without a set operator a key with several values does not match.
            (None, _) if !operator.negated => Truth::No,
            (None, _) => self.open(needs),
        }
    }

    /// What AWS's documentation leaves open.
    fn open(&self, needs: &mut Needs) -> Truth {
        needs.insert(Need::Piece(self.pointer.clone()));
        Truth::Unknown
    }

    fn not_known(&self, keys: SeenKeys<'_>, needs: &mut Needs) -> Truth {
        needs.insert(Need::Key(keys.name(&self.key)));
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
        self.any(needs, |listed, _| matches!(listed, Listed::Boolean(wanted) if *wanted == absent).into())
    }

    /// Whether a comparison holds for one of the values listed.
    fn any(&self, needs: &mut Needs, mut compare: impl FnMut(&Listed, &mut Needs) -> Truth) -> Truth {
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
        needs.append(&mut own);
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
        Listed::Decimal(listed) => match (comparison, Decimal::read(&found.text)) {
            (Comparison::Numeric(order), Some(found)) => order.holds(found.cmp(listed)).into(),
            _ => Truth::No,
        },
        Listed::Instant(listed) => match (comparison, Instant::read(&found.text)) {
            (Comparison::Date(order), Some(found)) => order.holds(found.cmp(listed)).into(),
            _ => Truth::No,
        },
        Listed::Block(block) => found.text.parse::<IpAddr>().is_ok_and(|address| block.contains(address)).into(),
        Listed::Boolean(listed) => (read_boolean(&found.text) == Some(*listed)).into(),
        Listed::Exact(listed) => (*listed == found.text).into(),
        Listed::Open(_) => Truth::Unknown,
    }
}
