//! Parts that every component treats alike become one: a split by ranges that makes no difference is not a path.

use crate::analysis::{Direction, Hop, Traffic};
use crate::network::Index;
use crate::range_set::{Number, RangeSet};
use crate::sorted::SortedMap;

use super::conclude::Course;

/// In what two parts of a set of connections can differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Respect {
    FarAddresses,
    FarPorts,
    NearAddresses,
    NearPorts,
}

/// The far side first: what a destination's addresses are split by makes a difference least often.
const RESPECTS: [Respect; 4] = [Respect::FarAddresses, Respect::FarPorts, Respect::NearAddresses, Respect::NearPorts];

/// Merges courses that have the same decisions and differ in one respect only.
///
/// The union of two disjoint parts is again every combination of addresses and ports only then: joined all the same,
/// they would claim connections that fare otherwise.
pub(super) fn merge_alike(courses: &mut Vec<Course>) {
    for respect in RESPECTS {
        if courses.len() < 2 {
            return;
        }
        let mut groups: Vec<Vec<Course>> = Vec::with_capacity(courses.len());
        // Courses are compared with those of the same digest only, so that many parts stay cheap.
        let mut by_digest: SortedMap<u64, Vec<usize>> = SortedMap::default();
        for course in courses.drain(..) {
            let alike = by_digest.at(digest(&course, respect));
            let is_twin = |group: &Vec<Course>| group.first().is_some_and(|twin| same(twin, &course, respect));
            let twins = alike.iter().copied().find(|position| groups.get(*position).is_some_and(is_twin));
            match twins.and_then(|position| groups.get_mut(position)) {
                Some(group) => group.push(course),
                None => {
                    alike.push(groups.len());
                    groups.push(vec![course]);
                }
            }
        }
        courses.extend(groups.into_iter().filter_map(join));
    }
}

/// One course of several that differ in one respect.
fn join(group: Vec<Course>) -> Option<Course> {
    let mut group = group.into_iter();
    let mut first = group.next()?;
    let others: Vec<Course> = group.collect();
    if others.is_empty() {
        return Some(first);
    }
    for (position, hop) in first.hops.iter_mut().enumerate() {
        let Some(one) = &mut hop.traffic else { continue };
        let twins = || others.iter().filter_map(|other| other.hops.get(position)?.traffic.as_ref());
        unite(&mut one.source, twins().map(|traffic| &traffic.source));
        unite(&mut one.destination, twins().map(|traffic| &traffic.destination));
        unite(&mut one.source_ports, twins().map(|traffic| &traffic.source_ports));
        unite(&mut one.destination_ports, twins().map(|traffic| &traffic.destination_ports));
    }
    if let Some(one) = &mut first.destination {
        unite(one, others.iter().filter_map(|other| other.destination.as_ref()));
    }
    Some(first)
}

/// Adds sets to a set; most are equal to it.
fn unite<'a, T: Number + 'a>(set: &mut RangeSet<T>, others: impl Iterator<Item = &'a RangeSet<T>>) {
    let more: Vec<(T, T)> = others.filter(|other| *other != set).flat_map(RangeSet::ranges).copied().collect();
    if !more.is_empty() {
        *set = RangeSet::from_ranges(set.ranges().iter().copied().chain(more));
    }
}

/// Whether two courses are alike but for one respect.
fn same(one: &Course, two: &Course, respect: Respect) -> bool {
    (one.subnet, one.family, one.attempt, one.fate, one.decisive, one.one_of_many)
        == (two.subnet, two.family, two.attempt, two.fate, two.decisive, two.one_of_many)
        && one.notes == two.notes
        && one.hops.len() == two.hops.len()
        && one.hops.iter().zip(&two.hops).all(|(one, two)| alike(one, two, respect))
}

fn alike(one: &Hop, two: &Hop, respect: Respect) -> bool {
    let same_traffic = match (&one.traffic, &two.traffic) {
        (Some(left), Some(right)) => {
            let (left, right) = (sides(left, one.direction), sides(right, two.direction));
            (respect == Respect::FarAddresses || left.far.0 == right.far.0)
                && (respect == Respect::FarPorts || left.far.1 == right.far.1)
                && (respect == Respect::NearAddresses || left.near.0 == right.near.0)
                && (respect == Respect::NearPorts || left.near.1 == right.near.1)
        }
        (None, None) => true,
        _ => false,
    };
    one.component == two.component
        && one.direction == two.direction
        && one.pointer == two.pointer
        && one.subnet == two.subnet
        && one.already_lost == two.already_lost
        && one.fact == two.fact
        && same_traffic
}

/// Addresses and ports of one side.
type Set<'a> = (&'a RangeSet<u128>, &'a RangeSet<u16>);

/// Traffic seen from the workload, whichever way it goes.
struct Sides<'a> {
    near: Set<'a>,
    far: Set<'a>,
}

fn sides(traffic: &Traffic, direction: Direction) -> Sides<'_> {
    let source = (&traffic.source, &traffic.source_ports);
    let destination = (&traffic.destination, &traffic.destination_ports);
    match direction {
        Direction::Forward => Sides { near: source, far: destination },
        Direction::Reply => Sides { near: destination, far: source },
    }
}

/// A number that is equal for courses that are alike but for one respect, and hardly ever for others (FNV-1a).
fn digest(course: &Course, respect: Respect) -> u64 {
    let mut digest = Digest(0xcbf2_9ce4_8422_2325);
    digest.number(course.attempt.into());
    digest.number(course.subnet.map_or(0, |subnet| subnet.position() as u128 + 1));
    for hop in &course.hops {
        digest.number(hop.component.kind as u128);
        digest.text(&hop.component.name);
        digest.text(hop.pointer.as_deref().unwrap_or_default());
        digest.text(hop.fact.rule());
        let Some(traffic) = &hop.traffic else { continue };
        let Sides { near, far } = sides(traffic, hop.direction);
        for (addresses, which) in [(far.0, Respect::FarAddresses), (near.0, Respect::NearAddresses)] {
            let counted = addresses.ranges().iter().filter(|_| which != respect);
            counted.for_each(|(first, last)| {
                digest.number(*first);
                digest.number(*last);
            });
        }
        for (ports, which) in [(far.1, Respect::FarPorts), (near.1, Respect::NearPorts)] {
            let counted = ports.ranges().iter().filter(|_| which != respect);
            counted.for_each(|(first, last)| {
                digest.number((*first).into());
                digest.number((*last).into());
            });
        }
    }
    digest.0
}

struct Digest(u64);

impl Digest {
    fn number(&mut self, number: u128) {
        self.0 = (self.0 ^ (number as u64) ^ ((number >> 64) as u64)).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    }

    fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.number(byte.into()));
        self.number(text.len() as u128);
    }
}
