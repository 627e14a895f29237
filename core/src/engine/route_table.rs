//! Route selection (R2.5 to R2.9): the longest prefix wins, then static, prefix-list and propagated routes.

use crate::address;
use crate::fact::Missing;
use crate::network::{
    ChosenRange, ChosenRoutes, Network, PrefixListId, Route, RouteDestination, RouteOrigin, RouteState, RouteTable,
    RouteTarget,
};
use crate::query::Family;
use crate::range_set::RangeSet;

/// Which route takes a part of the addresses.
#[derive(Clone, Debug)]
pub(super) enum Choice<'a> {
    /// That one.
    Route(&'a Route),
    /// It cannot be told; with the pointer to what cannot be read.
    NotKnown(Missing, Option<String>),
    /// None matches.
    None,
}

/// Splits addresses by the route that takes them: disjoint, and together the whole.
///
/// `service` is the AWS service that has all of the addresses, so that a prefix list of it matches even where
/// its entries are not known (R5.27).
pub(super) fn choose<'a>(
    network: &Network,
    table: &'a RouteTable,
    family: Family,
    addresses: &RangeSet<u128>,
    service: Option<(&str, &str)>,
) -> Vec<(RangeSet<u128>, Choice<'a>)> {
    if let Some(route) = route_of_unknown_list(network, table, service) {
        return vec![(addresses.clone(), Choice::Route(route))];
    }
    if let Some(list) = unknown_list(network, table) {
        let list = network.prefix_lists.get(list).component.clone();
        return vec![(addresses.clone(), Choice::NotKnown(Missing::PrefixListEntries(list), None))];
    }
    let of_family = match family {
        Family::Ipv4 => &table.chosen_ipv4,
        Family::Ipv6 => &table.chosen_ipv6,
    };
    let of_family = of_family.get_or_init(|| chosen_of(network, table, family));
    let mut taken: Vec<Vec<(u128, u128)>> = vec![Vec::new(); of_family.choices.len()];
    let mut rest = Vec::new();
    for &(first, last) in addresses.ranges() {
        let mut from = Some(first);
        let before = of_family.ranges.partition_point(|range| range.last < first);
        for range in of_family.ranges.iter().skip(before) {
            let Some(start) = from.filter(|_| range.first <= last) else { break };
            if start < range.first {
                rest.push((start, range.first - 1));
            }
            if let Some(taken) = taken.get_mut(range.choice) {
                taken.push((start.max(range.first), last.min(range.last)));
            }
            from = range.last.checked_add(1).filter(|next| *next <= last);
        }
        rest.extend(from.map(|start| (start, last)));
    }
    // A longer prefix to somewhere else would win; one to the same target makes no difference. A build without the
    // feature `whole` answers for no document with a mistake.
    let could_take = |known: Option<&RouteTarget>| {
        let unreadable = if cfg!(feature = "whole") { table.unreadable.as_slice() } else { &[] };
        unreadable.iter().find(|(target, _)| known != Some(target)).map(|(_, pointer)| {
            let pointer = pointer.to_string();
            Choice::NotKnown(Missing::Unreadable(pointer.clone()), Some(pointer))
        })
    };
    let mut chosen = Vec::new();
    for (ranges, (route, has_rival)) in taken.into_iter().zip(&of_family.choices) {
        let Some(route) = table.routes.get(*route).filter(|_| !ranges.is_empty()) else { continue };
        // R2.7: AWS does not say which of two prefix lists wins.
        let certain = if *has_rival {
            Choice::NotKnown(Missing::PrefixListChoice(table.component.clone()), None)
        } else {
            Choice::Route(route)
        };
        let active = Some(&route.target).filter(|_| route.state == RouteState::Active);
        let choice = could_take(active).unwrap_or(certain);
        chosen.push((RangeSet::from_ranges(ranges), choice));
    }
    if !rest.is_empty() {
        chosen.push((RangeSet::from_ranges(rest), could_take(None).unwrap_or(Choice::None)));
    }
    chosen
}

/// A prefix list of the service whose entries nobody gave still leads the service's traffic to its endpoint.
fn route_of_unknown_list<'a>(
    network: &Network,
    table: &'a RouteTable,
    service: Option<(&str, &str)>,
) -> Option<&'a Route> {
    let (service, region) = service?;
    table.routes.iter().find(|route| match &route.destination {
        RouteDestination::PrefixList(list) => {
            let list = network.prefix_lists.get(*list);
            list.is_unknown
                && list.service.as_ref().is_some_and(|name| name.service == service && name.region == region)
        }
        RouteDestination::Block(_) => false,
    })
}

/// A customer's list without entries could match anything; one of another service of AWS does not.
fn unknown_list(network: &Network, table: &RouteTable) -> Option<PrefixListId> {
    table.routes.iter().find_map(|route| match &route.destination {
        RouteDestination::PrefixList(id) => {
            let list = network.prefix_lists.get(*id);
            (list.is_unknown && list.service.is_none()).then_some(*id)
        }
        RouteDestination::Block(_) => None,
    })
}

/// Smaller wins between equal prefixes (R2.5, R2.6).
fn priority(route: &Route) -> u8 {
    match (route.origin, &route.destination) {
        (RouteOrigin::Propagated, _) => 3,
        (_, RouteDestination::PrefixList(_)) => 2,
        (RouteOrigin::Local, _) => 0,
        (RouteOrigin::Static | RouteOrigin::GatewayEndpoint, RouteDestination::Block(_)) => 1,
    }
}

/// One CIDR block of a route.
struct Entry {
    first: u128,
    last: u128,
    prefix_length: u8,
    priority: u8,
    route: usize,
    /// Whether AWS could as well pick another route.
    has_rival: bool,
}

/// Which route takes which addresses: blocks either lie in each other or apart, so one pass in their order is enough.
fn chosen_of(network: &Network, table: &RouteTable, family: Family) -> ChosenRoutes {
    let winners = winners(network, table, family);
    // Longest prefix first, in the order of addresses.
    let mut choices: Vec<(usize, bool)> = Vec::new();
    let mut of_route: Vec<Option<usize>> = vec![None; table.routes.len()];
    let mut choice_of_winner = vec![0; winners.len()];
    let lengths = winners.iter().fold([false; 129], |mut lengths, winner| {
        if let Some(length) = lengths.get_mut(usize::from(winner.prefix_length)) {
            *length = true;
        }
        lengths
    });
    for length in (0..=128_u8).rev().filter(|length| lengths.get(usize::from(*length)) == Some(&true)) {
        for (winner, choice) in
            winners.iter().zip(&mut choice_of_winner).filter(|(winner, _)| winner.prefix_length == length)
        {
            // Blocks of one prefix list are one choice, but for those that another list claims as well.
            let known = of_route.get_mut(winner.route).filter(|_| !winner.has_rival);
            *choice = match known {
                Some(Some(known)) => *known,
                known => {
                    choices.push((winner.route, winner.has_rival));
                    if let Some(known) = known {
                        *known = Some(choices.len() - 1);
                    }
                    choices.len() - 1
                }
            };
        }
    }
    let mut ranges: Vec<ChosenRange> = Vec::with_capacity(winners.len());
    let mut open: Vec<(u128, usize)> = Vec::new();
    let mut from = 0;
    // Closes blocks that end before an address, and opens the next one there.
    let mut close = |open: &mut Vec<(u128, usize)>, from: &mut u128, before: Option<u128>| {
        while let Some((last, choice)) =
            open.last().copied().filter(|(last, _)| before.is_none_or(|first| *last < first))
        {
            if *from <= last {
                ranges.push(ChosenRange { first: *from, last, choice });
            }
            // Behind the last address there is is nothing left to close but blocks that end there too.
            *from = last.saturating_add(1);
            if last == u128::MAX {
                open.clear();
            }
            open.pop();
        }
        if let (Some((_, choice)), Some(first)) = (open.last(), before)
            && *from < first
        {
            ranges.push(ChosenRange { first: *from, last: first - 1, choice: *choice });
        }
    };
    for (winner, choice) in winners.iter().zip(&choice_of_winner) {
        close(&mut open, &mut from, Some(winner.first));
        from = winner.first;
        open.push((winner.last, *choice));
    }
    close(&mut open, &mut from, None);
    ChosenRoutes { ranges, choices }
}

/// The route that wins each block, in the order of addresses, outer blocks first.
fn winners(network: &Network, table: &RouteTable, family: Family) -> Vec<Entry> {
    let locals =
        RangeSet::from_ranges(table.routes.iter().filter_map(|route| match (&route.destination, route.origin) {
            (RouteDestination::Block(block), RouteOrigin::Local) if address::family_of_block(block) == family => {
                Some(address::range_of(block))
            }
            _ => None,
        }));
    let mut entries: Vec<Entry> = Vec::with_capacity(table.routes.len());
    for (position, route) in table.routes.iter().enumerate() {
        // A filtered route is not used (R2.14).
        if route.state == RouteState::Filtered {
            continue;
        }
        let mut add = |block: &ipnet::IpNet| {
            if address::family_of_block(block) != family {
                return;
            }
            let (first, last) = address::range_of(block);
            // Propagated routes never beat the local route, even if longer (R2.8).
            if route.origin == RouteOrigin::Propagated && RangeSet::range(first, last).is_subset(&locals) {
                return;
            }
            let (prefix_length, priority) = (block.prefix_len(), priority(route));
            entries.push(Entry { first, last, prefix_length, priority, route: position, has_rival: false });
        };
        match &route.destination {
            RouteDestination::Block(block) => add(block),
            RouteDestination::PrefixList(list) => network.prefix_lists.get(*list).entries.iter().for_each(add),
        }
    }
    crate::sorted::sort_by_key(&mut entries, |entry| (entry.first, entry.prefix_length, entry.priority, entry.route));
    entries.dedup_by(|next, winner| {
        let same = (next.first, next.prefix_length) == (winner.first, winner.prefix_length);
        winner.has_rival |= same && is_rival(table, winner, next);
        same
    });
    entries
}

/// Two prefix lists with the same block and different targets: AWS picks one at random (R2.7).
fn is_rival(table: &RouteTable, winner: &Entry, next: &Entry) -> bool {
    let (Some(one), Some(two)) = (table.routes.get(winner.route), table.routes.get(next.route)) else { return false };
    let is_list = |route: &Route| matches!(route.destination, RouteDestination::PrefixList(_));
    is_list(one) && is_list(two) && winner.priority == next.priority && one.target != two.target
}
