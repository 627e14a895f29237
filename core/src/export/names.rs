//! Names that a tool accepts, one for each component.

use std::collections::{BTreeMap, BTreeSet};

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    pub(super) given: BTreeMap<String, String>,
}

impl Names {
    /// The logical id of a component: letters and digits, each word with a capital.
    pub(super) fn logical_id(&mut self, kind: &str, name: &str) -> String {
        let address = [kind, "/", name].concat();
        if let Some(known) = self.given.get(&address) {
            return known.clone();
        }
        let made = self.fresh(&pascal(name), kind);
        self.given.insert(address, made.clone());
        made
    }

    /// A name that nothing has, for a part of a component.
    pub(super) fn fresh(&mut self, wish: &str, kind: &str) -> String {
        let mut wish = wish.to_owned();
        if wish.is_empty() || wish.starts_with(|first: char| first.is_ascii_digit()) {
            wish = [&pascal(kind), wish.as_str()].concat();
        }
        if !self.taken.contains(&wish) {
            self.taken.insert(wish.clone());
            return wish;
        }
        let wish = [wish.as_str(), &pascal(kind)].concat();
        let mut made = wish.clone();
        let mut number = 2;
        while !self.taken.insert(made.clone()) {
            made = [wish.as_str(), &number.to_string()].concat();
            number += 1;
        }
        made
    }
}

fn pascal(text: &str) -> String {
    let mut out = String::new();
    let mut starts = true;
    for letter in text.chars() {
        if !letter.is_ascii_alphanumeric() {
            starts = true;
            continue;
        }
        out.push(if starts { letter.to_ascii_uppercase() } else { letter });
        starts = false;
    }
    out
}
