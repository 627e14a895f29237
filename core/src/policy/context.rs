//! The request that policies are evaluated against.

use std::net::IpAddr;

use super::keys::SOURCE_FUNCTION;
use crate::address;
use crate::query::Family;
use crate::range_set::RangeSet;
use crate::texts;

/// A text of which the whole is known, or only how it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What is known of it.
    pub text: String,
    /// Whether at least one character follows that is not known.
    pub open: bool,
}

impl Text {
    /// A text that is known whole.
    pub fn whole(text: impl Into<String>) -> Text {
        Text { text: text.into(), open: false }
    }

    /// A text of which only the beginning is known.
    pub fn beginning(text: impl Into<String>) -> Text {
        Text { text: text.into(), open: true }
    }
}

/// The value of a context key in one request.
#[derive(Clone, Debug, PartialEq)]
pub enum ContextValue {
    /// The request does not have the key, which is not the same as an empty value.
    Absent,
    /// It is not known whether the request has it.
    Unknown,
    /// Its values; one for most keys.
    Values(Vec<Text>),
    /// Some address of these.
    Addresses(Family, RangeSet<u128>),
}

/// The context keys of a request; names ignore letter case.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextKeys {
    /// By name as AWS writes it; some dozens, which a plain list finds as fast as a tree, with less code.
    values: Vec<(String, ContextValue)>,
    others: ContextValue,
}

impl ContextKeys {
    /// No keys; every key that is not set later is absent.
    pub fn absent() -> ContextKeys {
        ContextKeys { values: Vec::new(), others: ContextValue::Absent }
    }

    /// No keys; every key that is not set later is unknown.
    pub fn unknown() -> ContextKeys {
        ContextKeys { values: Vec::new(), others: ContextValue::Unknown }
    }

    /// Sets a key.
    pub fn set(&mut self, name: &str, value: ContextValue) {
        let entry = (name.to_owned(), value);
        match self.values.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some(place) => *place = entry,
            None => self.values.push(entry),
        }
    }

    /// Sets a key to one known value.
    pub fn set_text(&mut self, name: &str, text: &str) {
        self.set(name, ContextValue::Values(vec![Text::whole(text)]));
    }

    /// Sets a key to its value, where that is known.
    pub(crate) fn set_known(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.set_text(name, text);
        }
    }

    /// Says that the request has none of these keys, which have spaces between them.
    pub(crate) fn set_absent(&mut self, names: &str) {
        for name in names.split(' ') {
            self.set(name, ContextValue::Absent);
        }
    }

    /// Sets a key to one address.
    pub fn set_address(&mut self, name: &str, address: IpAddr) {
        self.set_text(name, &address.to_string());
    }

    /// Sets a key to some address of these; to the only one where there is but one.
    pub fn set_addresses(&mut self, name: &str, family: Family, addresses: &RangeSet<u128>) {
        match addresses.only() {
            Some(number) => self.set_address(name, address::address_of(family, number)),
            None => self.set(name, ContextValue::Addresses(family, addresses.clone())),
        }
    }

    /// The value of a key.
    pub fn get(&self, name: &str) -> &ContextValue {
        self.find(name).map_or(&self.others, |(_, value)| value)
    }

    fn find(&self, name: &str) -> Option<&(String, ContextValue)> {
        self.values.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    /// The keys as the policies of a layer see them.
    pub(super) fn seen(&self, by_resource: bool) -> SeenKeys<'_> {
        SeenKeys { keys: self, by_resource }
    }

    /// The name of a key as AWS writes it, where that is known, else in lower case.
    fn name(&self, name: &str) -> String {
        let written = || super::keys::written(&name.to_ascii_lowercase());
        self.find(name).map_or_else(written, |(name, _)| name.clone())
    }
}

/// The context keys as the policies of one layer see them.
#[derive(Clone, Copy)]
pub(super) struct SeenKeys<'k> {
    keys: &'k ContextKeys,
    by_resource: bool,
}

impl<'k> SeenKeys<'k> {
    /// The value of a key.
    pub(super) fn get(self, name: &str) -> &'k ContextValue {
        match self.keys.get(name) {
            // What a resource's policy makes of the key of functions is said nowhere.
            ContextValue::Values(_) if self.by_resource && name.eq_ignore_ascii_case(SOURCE_FUNCTION) => {
                &ContextValue::Unknown
            }
            value => value,
        }
    }

    /// The name of a key as AWS writes it, where that is known, else in lower case.
    pub(super) fn name(self, name: &str) -> String {
        self.keys.name(name)
    }
}

/// Who calls: a session of a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caller<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: &'a str,
    /// The account of the role, twelve digits, where known.
    pub account: Option<&'a str>,
    /// Path and name of the role without the leading slash, `service-role/fn`, where known.
    pub role: Option<&'a str>,
    /// The name of the session, where known.
    pub session: Option<&'a str>,
}

impl<'a> Caller<'a> {
    /// The name of the role without its path, which is what the session's ARN has.
    pub fn role_name(&self) -> Option<&'a str> {
        self.role.map(texts::last_step)
    }
}

/// A request as policies see it.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestContext<'a> {
    /// Who calls.
    pub caller: Caller<'a>,
    /// The action, such as `s3:GetObject`.
    pub action: &'a str,
    /// The ARN of the resource.
    pub resource: &'a Text,
    /// The account that owns the resource, which the ARNs of S3 do not say; where known.
    pub resource_account: Option<&'a str>,
    /// Whether caller and resource are in one account, whichever it is, where neither is known.
    pub one_account: bool,
    /// The context keys.
    pub keys: ContextKeys,
}
