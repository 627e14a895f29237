//! One section of a document.

use std::ops::Index;

use serde::ser::{Serialize, Serializer};

use super::slot::{Shape, Slot};
use crate::sorted::Names;

/// Things by the name that the person gave them; iterates in the order of the names.
///
/// All sections share the code of one list of names,
/// because a map for each type of resource costs the browser 20 KB of compressed code.
#[derive(Clone, Debug)]
pub struct Section<T> {
    names: Names,
    /// At the positions of their names; what is forgotten stays, and nothing leads to it.
    items: Vec<T>,
}

impl<T> Section<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one with this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.items.get(self.names.position(name)?)
    }

    /// The one with this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.items.get_mut(self.names.position(name)?)
    }

    /// The one with this name, beside the name as the section holds it.
    pub fn get_key_value(&self, name: &str) -> Option<(&String, &T)> {
        let position = self.names.position(name)?;
        Some((self.names.at(position)?, self.items.get(position)?))
    }

    /// Whether there is one with this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.names.position(name).is_some()
    }

    /// Adds one, or puts it in the place of the one that has the name.
    pub fn insert(&mut self, name: String, item: T) {
        let position = self.names.add(&name);
        match self.items.get_mut(position) {
            Some(place) => *place = item,
            None => self.items.push(item),
        }
    }

    /// Takes one away.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let position = self.names.swap_remove(name)?;
        (position < self.items.len()).then(|| self.items.swap_remove(position))
    }

    /// The names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.iter().map(|(name, _)| name)
    }

    /// The things, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|(_, item)| item)
    }

    /// Names and things, in the order of the names.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { names: &self.names, rank: 0, items: &self.items }
    }
}

/// Iterates over a [`Section`] in the order of the names.
#[derive(Clone, Debug)]
pub struct Iter<'a, T> {
    names: &'a Names,
    rank: usize,
    items: &'a [T],
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = (&'a String, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, position) = self.names.ranked(self.rank)?;
        self.rank += 1;
        Some((name, self.items.get(position)?))
    }
}

impl<'a, T> IntoIterator for &'a Section<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Section { names: Names::default(), items: Vec::new() }
    }
}

impl<T: PartialEq> PartialEq for Section<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(left, right)| left == right)
    }
}

impl<T> FromIterator<(String, T)> for Section<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut section = Section::default();
        section.extend(entries);
        section
    }
}

impl<T> Extend<(String, T)> for Section<T> {
    fn extend<I: IntoIterator<Item = (String, T)>>(&mut self, entries: I) {
        for (name, item) in entries {
            self.insert(name, item);
        }
    }
}

impl<T, const N: usize> From<[(String, T); N]> for Section<T> {
    fn from(entries: [(String, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T> Index<&str> for Section<T> {
    type Output = T;

    /// # Panics
    /// When nothing has the name, as every map does.
    #[expect(clippy::expect_used, reason = "an index operator has no other way to say it")]
    fn index(&self, name: &str) -> &T {
        self.get(name).expect("nothing has this name")
    }
}

impl<T: Serialize> Serialize for Section<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<T: Slot> Slot for Section<T> {
    fn blank() -> Self {
        Section::default()
    }

    fn shape(&self) -> Shape {
        Shape::Object
    }

    fn open(&mut self, shape: Shape) -> bool {
        shape == Shape::Object
    }

    fn part(&mut self, name: &str) -> Option<&mut dyn Slot> {
        let position = self.names.add(name);
        if position == self.items.len() {
            self.items.push(T::blank());
        }
        self.items.get_mut(position).map(|item| item as &mut dyn Slot)
    }

    fn forget(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.names.forget(name);
        }
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Section<T> {
    fn inline_schema() -> bool {
        std::collections::BTreeMap::<String, T>::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        std::collections::BTreeMap::<String, T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::Section;

    fn section(names: &[&str]) -> Section<usize> {
        names.iter().enumerate().map(|(index, name)| ((*name).to_owned(), index)).collect()
    }

    #[test]
    fn iterates_by_name_whatever_the_order_of_insertion() {
        let section = section(&["c", "a", "b"]);
        assert_eq!(section.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(section.values().copied().collect::<Vec<_>>(), [1, 2, 0]);
        assert_eq!(section["c"], 0);
    }

    #[test]
    fn equality_does_not_depend_on_the_order_of_insertion() {
        let mut one = section(&["a", "b"]);
        let mut other = Section::default();
        other.insert("b".to_owned(), 1);
        other.insert("a".to_owned(), 0);
        assert_eq!(one, other);
        one.insert("a".to_owned(), 5);
        assert_ne!(one, other);
        assert_eq!((one["a"], one.len()), (5, 2));
    }

    #[test]
    fn removing_keeps_the_others() {
        let mut section = section(&["a", "b", "c"]);
        assert_eq!(section.remove("a"), Some(0));
        assert_eq!(section.remove("a"), None);
        assert_eq!(section.iter().map(|(name, item)| (name.as_str(), *item)).collect::<Vec<_>>(), [("b", 1), ("c", 2)]);
        assert_eq!(section.remove("c"), Some(2));
        assert_eq!(section.remove("b"), Some(1));
        assert!(section.is_empty());
    }
}
