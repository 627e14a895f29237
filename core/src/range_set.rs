//! Sets of addresses and ports as sorted ranges.

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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct RangeSet<T>(Vec<(T, T)>);

impl<T: Number> RangeSet<T> {
    /// The empty set.
    pub fn empty() -> Self {
        RangeSet(Vec::new())
    }

    /// One number.
    pub fn single(value: T) -> Self {
        RangeSet(vec![(value, value)])
    }

    /// All numbers from `first` to `last`, both included; empty when they are the wrong way round.
    pub fn range(first: T, last: T) -> Self {
        if first <= last { RangeSet(vec![(first, last)]) } else { RangeSet::empty() }
    }

    /// The union of ranges in any order; those the wrong way round are left out.
    pub fn from_ranges(ranges: impl IntoIterator<Item = (T, T)>) -> Self {
        let mut sorted: Vec<(T, T)> = ranges.into_iter().filter(|(first, last)| first <= last).collect();
        sorted.sort_unstable();
        let mut merged: Vec<(T, T)> = Vec::with_capacity(sorted.len());
        for (first, last) in sorted {
            match merged.last_mut() {
                // A range that overlaps or touches the one before it becomes part of it.
                Some(before) if before.1.next().is_none_or(|next| first <= next) => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        RangeSet(merged)
    }

    /// The ranges, sorted.
    pub fn ranges(&self) -> &[(T, T)] {
        &self.0
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The smallest number.
    pub fn first(&self) -> Option<T> {
        self.0.first().map(|range| range.0)
    }

    /// The only number, where there is exactly one.
    pub fn only(&self) -> Option<T> {
        match self.0.as_slice() {
            [(first, last)] if first == last => Some(*first),
            _ => None,
        }
    }

    /// Whether the number is in the set.
    pub fn contains(&self, value: T) -> bool {
        let after = self.0.partition_point(|range| range.0 <= value);
        after.checked_sub(1).and_then(|index| self.0.get(index)).is_some_and(|range| value <= range.1)
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
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
        RangeSet(both)
    }

    /// What is in this set and not in the other.
    pub fn difference(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for &(first, last) in &self.0 {
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
        RangeSet(rest)
    }

    /// What is in either.
    pub fn union(&self, other: &Self) -> Self {
        RangeSet::from_ranges(self.0.iter().chain(&other.0).copied())
    }

    /// Whether everything of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().all(|&(first, last)| {
            let after = other.0.partition_point(|range| range.0 <= first);
            after.checked_sub(1).and_then(|index| other.0.get(index)).is_some_and(|range| last <= range.1)
        })
    }

    /// Whether the two have something in common.
    pub fn intersects(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }
}
