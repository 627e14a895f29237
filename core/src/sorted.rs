//! Sorting and sorted lists for every type, by code that is there once.
//!
//! The standard library's sorts and trees are compiled anew for each type: 4 KB for each, half of which is compressed
//! away. In the browser, all of them together would weigh as much as the walk through the network.

use std::cmp::Ordering;

/// A list whose elements can be compared and exchanged by their positions.
trait Positions {
    fn len(&self) -> usize;
    fn compare(&mut self, one: usize, other: usize) -> Ordering;
    fn swap(&mut self, one: usize, other: usize);
}

struct By<'a, T, F> {
    items: &'a mut [T],
    compare: F,
}

impl<T, F: FnMut(&T, &T) -> Ordering> Positions for By<'_, T, F> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn compare(&mut self, one: usize, other: usize) -> Ordering {
        match (self.items.get(one), self.items.get(other)) {
            (Some(one), Some(other)) => (self.compare)(one, other),
            _ => Ordering::Equal,
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        if one.max(other) < self.items.len() {
            self.items.swap(one, other);
        }
    }
}

/// Sorts; equals keep their order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a comparison; equals keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    arrange(&mut By { items, compare });
}

/// Sorts by a key; equals keep their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Finds the order by merging what is already in order, and exchanges elements until they stand in it.
#[inline(never)]
fn arrange(list: &mut dyn Positions) {
    let mut order: Vec<usize> = (0..list.len()).collect();
    let mut spare: Vec<usize> = Vec::new();
    // Ends of the runs that are in order already.
    let mut runs: Vec<usize> = (1..list.len()).filter(|at| list.compare(at - 1, *at).is_gt()).collect();
    if runs.is_empty() {
        return;
    }
    runs.push(list.len());
    while runs.len() > 1 {
        let mut ends = Vec::with_capacity(runs.len() / 2 + 1);
        let mut start = 0;
        for pair in runs.chunks(2) {
            let middle = pair.first().copied().unwrap_or(start);
            let end = pair.last().copied().unwrap_or(middle);
            let (mut left, mut right) = (start, middle);
            while left < middle || right < end {
                let from_right = match (order.get(left).filter(|_| left < middle), order.get(right)) {
                    (Some(one), Some(other)) if right < end => list.compare(*one, *other).is_gt(),
                    (one, _) => one.is_none(),
                };
                let taken = if from_right { &mut right } else { &mut left };
                spare.extend(order.get(*taken));
                *taken += 1;
            }
            ends.push(end);
            start = end;
        }
        std::mem::swap(&mut order, &mut spare);
        spare.clear();
        runs = ends;
    }
    // Along each cycle of the permutation, every element but one goes to its place by one exchange.
    for start in 0..order.len() {
        let mut at = start;
        while let Some(place) = order.get_mut(at) {
            let from = std::mem::replace(place, at);
            if from == start || from == at {
                break;
            }
            list.swap(at, from);
            at = from;
        }
    }
}

/// A set as a sorted list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortedSet<T>(Vec<T>);

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        SortedSet(Vec::new())
    }
}

impl<T: Ord> SortedSet<T> {
    /// Adds an element that is not there yet.
    pub(crate) fn insert(&mut self, item: T) {
        if let Err(position) = self.0.binary_search(&item) {
            self.0.insert(position, item);
        }
    }

    /// Whether it is there.
    pub(crate) fn contains(&self, item: &T) -> bool {
        self.0.binary_search(item).is_ok()
    }
}

impl<T> SortedSet<T> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps those that meet a condition.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// The elements in order.
    pub(crate) fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = SortedSet::default();
        set.extend(items);
        set
    }
}

/// A map as a list that is sorted by its keys.
#[derive(Clone, Debug)]
pub(crate) struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap(Vec::new())
    }
}

impl<K: Ord, V: Default> SortedMap<K, V> {
    /// What stands at a key; a default where nothing does yet.
    #[expect(clippy::indexing_slicing, reason = "the entry was found or made just before")]
    pub(crate) fn at(&mut self, key: K) -> &mut V {
        let place = self.0.binary_search_by(|entry| entry.0.cmp(&key)).unwrap_or_else(|place| {
            self.0.insert(place, (key, V::default()));
            place
        });
        &mut self.0[place].1
    }

    /// What stands at a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let place = self.0.binary_search_by(|entry| entry.0.cmp(key)).ok()?;
        self.0.get(place).map(|entry| &entry.1)
    }
}

/// Names, each once: by the position at which each was added, and in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    names: Vec<String>,
    /// Positions of names, in the order of the names.
    order: Vec<u32>,
}

impl Names {
    /// The position at which the name was added.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.search(name).ok().and_then(|rank| self.order.get(rank)).map(|position| *position as usize)
    }

    /// The name that was added at a position.
    pub(crate) fn at(&self, position: usize) -> Option<&String> {
        self.names.get(position)
    }

    /// The name that is `rank`th in order, and its position.
    #[inline(never)]
    pub(crate) fn ranked(&self, rank: usize) -> Option<(&String, usize)> {
        let position = *self.order.get(rank)? as usize;
        Some((self.names.get(position)?, position))
    }

    /// Adds a name unless it is there; tells its position.
    pub(crate) fn add(&mut self, name: &str) -> usize {
        match self.search(name) {
            Ok(rank) => self.ranked(rank).map_or(0, |(_, position)| position),
            Err(rank) => {
                let position = self.names.len();
                self.names.push(name.to_owned());
                self.order.insert(rank, u32::try_from(position).unwrap_or(u32::MAX));
                position
            }
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Takes a name away, and leaves all positions as they are.
    pub(crate) fn forget(&mut self, name: &str) {
        if let Ok(rank) = self.search(name) {
            self.order.remove(rank);
        }
    }

    /// Takes a name away, and puts the one that was added last at its position, as `Vec::swap_remove` does.
    pub(crate) fn swap_remove(&mut self, name: &str) -> Option<usize> {
        let rank = self.search(name).ok()?;
        let position = self.order.remove(rank);
        let last = u32::try_from(self.names.len()).ok()?.checked_sub(1)?;
        self.names.swap_remove(position as usize);
        self.order.iter_mut().filter(|other| **other == last).for_each(|other| *other = position);
        Some(position as usize)
    }

    fn search(&self, name: &str) -> Result<usize, usize> {
        // Most documents hold their names in order.
        let is_last = |last: &u32| self.names.get(*last as usize).is_some_and(|last| last.as_str() < name);
        if self.order.last().is_none_or(is_last) {
            return Err(self.order.len());
        }
        self.order.binary_search_by(|position| self.names.get(*position as usize).map_or("", String::as_str).cmp(name))
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, SortedSet, sort, sort_by};

    /// Numbers without a pattern, the same in every run.
    fn numbers(count: usize) -> Vec<(u64, usize)> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % (count as u64 / 3 + 1)
        };
        (0..count).map(|position| (next(), position)).collect()
    }

    #[test]
    fn sorts_like_the_standard_library() {
        for count in [0, 1, 2, 3, 7, 64, 1000] {
            let mut ours = numbers(count);
            let mut theirs = ours.clone();
            sort(&mut ours);
            theirs.sort();
            assert_eq!(ours, theirs);
            ours.reverse();
            sort(&mut ours);
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn equals_keep_their_order() {
        let mut ours = numbers(500);
        let mut theirs = ours.clone();
        sort_by(&mut ours, |one, other| one.0.cmp(&other.0));
        theirs.sort_by_key(|number| number.0);
        assert_eq!(ours, theirs);
    }

    #[test]
    fn a_set_holds_each_once() {
        let set: SortedSet<u8> = [3, 1, 2, 3, 1].into_iter().collect();
        assert!(set.contains(&2) && !set.contains(&4) && !set.is_empty());
        assert_eq!((set.len(), set.into_vec()), (3, vec![1, 2, 3]));
    }

    #[test]
    fn names_are_found_by_name_position_and_rank() {
        let mut names = Names::default();
        let added: Vec<usize> = ["b", "a", "d", "a", "c"].iter().map(|name| names.add(name)).collect();
        assert_eq!(added, [0, 1, 2, 1, 3]);
        assert_eq!(names.swap_remove("b"), Some(0));
        assert_eq!((names.position("c"), names.position("b")), (Some(0), None));
        let in_order = |names: &Names| -> Vec<String> {
            (0..names.len()).filter_map(|rank| Some(names.ranked(rank)?.0.clone())).collect()
        };
        assert_eq!(in_order(&names), ["a", "c", "d"]);
        names.forget("d");
        assert_eq!((in_order(&names), names.position("d"), names.add("d")), (vec!["a".into(), "c".into()], None, 3));
        assert_eq!(in_order(&names), ["a", "c", "d"]);
    }
}
