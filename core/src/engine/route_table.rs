//! Route selection (R2.5 to R2.9): the longest prefix wins, then static, prefix-list and propagated routes.

use crate::address;
use crate::network::{
    Network, PrefixListId, Ranked, RankedRoute, Route, RouteDestination, RouteOrigin, RouteState, RouteTable,
};
use crate::query::Family;
use crate::range_set::RangeSet;

/// Which route takes a part of the addresses.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choice<'a> {
    /// That one.
    Route(&'a Route),
    /// One of these two, and AWS does not say which (R2.7).
    Either(&'a Route, &'a Route),
    /// A prefix list of which nothing is known could match.
    Unknown(PrefixListId),
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
    let mut chosen = Vec::new();
    let mut rest = addresses.clone();
    if let Some(route) = route_of_unknown_list(network, table, service) {
        return vec![(rest, Choice::Route(route))];
    }
    if let Some(list) = unknown_list(network, table) {
        return vec![(rest, Choice::Unknown(list))];
    }
    let ranked = ranked(network, table, family);
    let mut position = 0;
    while let Some(entry) = ranked.get(position) {
        position += 1;
        if rest.is_empty() {
            break;
        }
        let range = RangeSet::range(entry.first, entry.last);
        let common = rest.intersection(&range);
        if common.is_empty() {
            continue;
        }
        let Some(route) = table.routes.get(entry.route) else { continue };
        let rival = ranked.get(position).and_then(|next| rival(table, entry, route, next));
        let choice = rival.map_or(Choice::Route(route), |rival| Choice::Either(route, rival));
        rest = rest.difference(&range);
        chosen.push((common, choice));
    }
    if !rest.is_empty() {
        chosen.push((rest, Choice::None));
    }
    merge(chosen)
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

/// Two prefix lists with the same block and different targets: AWS picks one at random (R2.7).
fn rival<'a>(table: &'a RouteTable, entry: &RankedRoute, route: &Route, next: &RankedRoute) -> Option<&'a Route> {
    let other = table.routes.get(next.route)?;
    let same_block = next.first == entry.first && next.last == entry.last;
    let both_lists = matches!(route.destination, RouteDestination::PrefixList(_))
        && matches!(other.destination, RouteDestination::PrefixList(_));
    (same_block && both_lists && priority(route) == priority(other) && route.target != other.target).then_some(other)
}

/// Parts of one route become one part.
fn merge<'a>(chosen: Vec<(RangeSet<u128>, Choice<'a>)>) -> Vec<(RangeSet<u128>, Choice<'a>)> {
    let mut merged: Vec<(RangeSet<u128>, Choice<'a>)> = Vec::with_capacity(chosen.len());
    for (addresses, choice) in chosen {
        let twin = merged.iter_mut().find(|(_, other)| match (other, &choice) {
            (Choice::Route(one), Choice::Route(two)) => std::ptr::eq(*one, *two),
            (Choice::Either(one, two), Choice::Either(three, four)) => {
                std::ptr::eq(*one, *three) && std::ptr::eq(*two, *four)
            }
            (Choice::None, Choice::None) => true,
            _ => false,
        });
        match twin {
            Some((known, _)) => *known = known.union(&addresses),
            None => merged.push((addresses, choice)),
        }
    }
    merged
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

/// The blocks of all routes in the order in which they win.
fn ranked<'a>(network: &Network, table: &'a RouteTable, family: Family) -> &'a [RankedRoute] {
    let ranked = table
        .ranked
        .get_or_init(|| Ranked { ipv4: rank(network, table, Family::Ipv4), ipv6: rank(network, table, Family::Ipv6) });
    match family {
        Family::Ipv4 => &ranked.ipv4,
        Family::Ipv6 => &ranked.ipv6,
    }
}

fn rank(network: &Network, table: &RouteTable, family: Family) -> Vec<RankedRoute> {
    let locals =
        RangeSet::from_ranges(table.routes.iter().filter_map(|route| match (&route.destination, route.origin) {
            (RouteDestination::Block(block), RouteOrigin::Local) if address::family_of_block(block) == family => {
                Some(address::range_of(block))
            }
            _ => None,
        }));
    let mut entries: Vec<(RankedRoute, u8)> = Vec::with_capacity(table.routes.len());
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
            let entry = RankedRoute { first, last, prefix_length: block.prefix_len(), route: position };
            entries.push((entry, priority(route)));
        };
        match &route.destination {
            RouteDestination::Block(block) => add(block),
            RouteDestination::PrefixList(list) => network.prefix_lists.get(*list).entries.iter().for_each(add),
        }
    }
    entries
        .sort_by_key(|(entry, priority)| (std::cmp::Reverse(entry.prefix_length), entry.first, *priority, entry.route));
    entries.into_iter().map(|(entry, _)| entry).collect()
}
