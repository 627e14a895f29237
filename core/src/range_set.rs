//! Sets of addresses and ports as sorted ranges.

use std::sync::Arc;

/// A number that ranges are made of: `u128` for addresses of either family, `u16` for ports.
pub trait Number: Copy + Ord {
    /// The largest value.
    const MAX: Self;

    /// The next larger value, `None` after the largest.
    fn next(self) -> Option<Self>;

    /// The next smaller value, `None` before the smallest.
    fn previous(self) -> Option<Self>;
}

macro_rules! number {
    ($type:ty) => {
        impl Number for $type {
            const MAX: Self = <$type>::MAX;

            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn previous(self) -> Option<Self> {
                self.checked_sub(1)
            }
        }
    };
}

number!(u16);
number!(u128);

/// A set of numbers: inclusive ranges, sorted, disjoint and not touching.
///
/// A copy is cheap: one range is kept in place, and several are shared.
#[derive(Clone, Debug)]
pub struct RangeSet<T>(Ranges<T>);

#[derive(Clone, Debug)]
enum Ranges<T> {
    None,
    One((T, T)),
    /// Two or more.
    Many(Arc<[(T, T)]>),
}

impl<T> Default for RangeSet<T> {
    fn default() -> Self {
        RangeSet(Ranges::None)
    }
}

impl<T: PartialEq> PartialEq for RangeSet<T> {
    fn eq(&self, other: &Self) -> bool {
        self.ranges() == other.ranges()
    }
}

impl<T: Eq> Eq for RangeSet<T> {}

impl<T> RangeSet<T> {
    /// The ranges, sorted.
    pub fn ranges(&self) -> &[(T, T)] {
        match &self.0 {
            Ranges::None => &[],
            Ranges::One(range) => std::slice::from_ref(range),
            Ranges::Many(ranges) => ranges,
        }
    }
}

impl<T: Number> RangeSet<T> {
    /// The empty set.
    pub fn empty() -> Self {
        RangeSet(Ranges::None)
    }

    /// Ranges that are sorted, disjoint and not touching already.
    fn from_sorted(ranges: Vec<(T, T)>) -> Self {
        match ranges.as_slice() {
            [] => RangeSet(Ranges::None),
            [one] => RangeSet(Ranges::One(*one)),
            _ => RangeSet(Ranges::Many(ranges.into())),
        }
    }

    /// One number.
    pub fn single(value: T) -> Self {
        RangeSet(Ranges::One((value, value)))
    }

    /// All numbers from `first` to `last`, both included; empty when they are the wrong way round.
    pub fn range(first: T, last: T) -> Self {
        if first <= last { RangeSet(Ranges::One((first, last))) } else { RangeSet::empty() }
    }

    /// The union of ranges in any order; those the wrong way round are left out.
    pub fn from_ranges(ranges: impl IntoIterator<Item = (T, T)>) -> Self {
        RangeSet::merged(&mut ranges.into_iter())
    }

    /// The union of what comes from any source, by code that is there once.
    fn merged(ranges: &mut dyn Iterator<Item = (T, T)>) -> Self {
        let mut sorted: Vec<(T, T)> = Vec::with_capacity(ranges.size_hint().0);
        for range in ranges {
            if range.0 <= range.1 {
                sorted.push(range);
            }
        }
        crate::sorted::sort(&mut sorted);
        let mut merged: Vec<(T, T)> = Vec::with_capacity(sorted.len());
        for (first, last) in sorted {
            match merged.last_mut() {
                // A range that overlaps or touches the one before it becomes part of it.
                Some(before) if before.1.next().is_none_or(|next| first <= next) => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        RangeSet::from_sorted(merged)
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.ranges().is_empty()
    }

    /// The smallest number.
    pub fn first(&self) -> Option<T> {
        self.ranges().first().map(|range| range.0)
    }

    /// The only number, where there is exactly one.
    pub fn only(&self) -> Option<T> {
        match self.ranges() {
            [(first, last)] if first == last => Some(*first),
            _ => None,
        }
    }

    /// Whether the number is in the set.
    pub fn contains(&self, value: T) -> bool {
        let after = self.ranges().partition_point(|range| range.0 <= value);
        after.checked_sub(1).and_then(|index| self.ranges().get(index)).is_some_and(|range| value <= range.1)
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.ranges().iter().peekable(), other.ranges().iter().peekable());
        let mut both = Vec::new();
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            let (first, last) = (one.0.max(two.0), one.1.min(two.1));
            if first <= last {
                both.push((first, last));
            }
            if one.1 < two.1 {
                left.next();
            } else {
                right.next();
            }
        }
        RangeSet::from_sorted(both)
    }

    /// What is in this set and not in the other.
    pub fn difference(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut cuts = other.ranges().iter().peekable();
        for &(first, last) in self.ranges() {
            let mut from = Some(first);
            while let (Some(start), Some(cut)) = (from, cuts.peek()) {
                if cut.1 < start {
                    cuts.next();
                    continue;
                }
                if cut.0 > last {
                    break;
                }
                if let Some(before) = cut.0.previous().filter(|before| start <= *before) {
                    rest.push((start, before));
                }
                from = cut.1.next().filter(|next| *next <= last);
                if from.is_some() {
                    cuts.next();
                }
            }
            if let Some(start) = from {
                rest.push((start, last));
            }
        }
        RangeSet::from_sorted(rest)
    }

    /// What is in either.
    pub fn union(&self, other: &Self) -> Self {
        RangeSet::from_ranges(self.ranges().iter().chain(other.ranges()).copied())
    }

    /// Whether everything of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.ranges().iter().all(|&(first, last)| {
            let after = other.ranges().partition_point(|range| range.0 <= first);
            after.checked_sub(1).and_then(|index| other.ranges().get(index)).is_some_and(|range| last <= range.1)
        })
    }

    /// Whether the two have something in common.
    pub fn intersects(&self, other: &Self) -> bool {
        let (mut left, mut right) = (self.ranges().iter().peekable(), other.ranges().iter().peekable());
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            if one.0.max(two.0) <= one.1.min(two.1) {
                return true;
            }
            if one.1 < two.1 {
                left.next();
            } else {
                right.next();
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::RangeSet;

    /// Every number below 32 that is in the set.
    fn members(set: &RangeSet<u16>) -> Vec<u16> {
        (0..32).filter(|number| set.contains(*number)).collect()
    }

    /// Every set of ranges whose ends are multiples of three, up to three of them.
    fn sets() -> Vec<RangeSet<u16>> {
        let ends: Vec<u16> = (0..8).map(|step| step * 3).collect();
        let mut sets = vec![RangeSet::empty(), RangeSet::range(0, u16::MAX), RangeSet::range(30, u16::MAX)];
        for one in &ends {
            for two in &ends {
                for three in &ends {
                    sets.push(RangeSet::from_ranges([(*one, *two), (*three, three + 1)]));
                }
            }
        }
        sets
    }

    #[test]
    fn operations_agree_with_membership() {
        let sets = sets();
        for (left, right) in sets.iter().flat_map(|left| sets.iter().map(move |right| (left, right))) {
            let both: Vec<u16> = members(left).into_iter().filter(|number| right.contains(*number)).collect();
            assert_eq!(members(&left.intersection(right)), both);
            let rest: Vec<u16> = members(left).into_iter().filter(|number| !right.contains(*number)).collect();
            assert_eq!(members(&left.difference(right)), rest);
            let either: Vec<u16> = (0..32).filter(|number| left.contains(*number) || right.contains(*number)).collect();
            assert_eq!(members(&left.union(right)), either);
            assert_eq!(left.intersects(right), !left.intersection(right).is_empty());
            assert_eq!(left.is_subset(right), left.difference(right).is_empty());
        }
    }

    #[test]
    fn ranges_that_touch_become_one() {
        assert_eq!(RangeSet::from_ranges([(4_u16, 6), (0, 3)]).ranges(), [(0, 6)]);
        assert_eq!(RangeSet::from_ranges([(u16::MAX, u16::MAX), (0, 3)]).ranges(), [(0, 3), (u16::MAX, u16::MAX)]);
        assert_eq!(RangeSet::from_ranges([(9_u16, 3)]), RangeSet::empty());
    }

    #[test]
    fn the_last_number_ends_a_difference() {
        let all = RangeSet::range(0_u16, u16::MAX);
        assert_eq!(all.difference(&RangeSet::single(u16::MAX)).ranges(), [(0, u16::MAX - 1)]);
        assert_eq!(all.difference(&RangeSet::single(0)).ranges(), [(1, u16::MAX)]);
        assert!(all.difference(&all).is_empty());
    }
}
