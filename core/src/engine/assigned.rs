//! IPv6 blocks that AWS assigns when a VPC is made: another block stands in for one until then.
//!
//! Traffic is followed with the stand-in. What compares an address with a block that the document gives in digits cannot
//! be decided by it: the block that AWS assigns may lie inside or outside.

use crate::fact::FilterDirection;
use crate::network::Network;
use crate::range_set::RangeSet;

use super::connections::ConnectionSet;
use super::filter::View;

/// Where the blocks that AWS assigns come from: 2000::/3, the unicast addresses of the Internet.
#[cfg(feature = "whole")]
const UNICAST: (u128, u128) = (0x2000 << 112, (0x4000 << 112) - 1);

/// Whether a filter's rule about these addresses may mean the packets or not, since AWS has still to assign the remote
/// address.
///
/// It means them if it has all unicast addresses, and not if it has none. What lies inside the stand-in was made from it,
/// and moves with it.
#[cfg(feature = "whole")]
pub(super) fn is_open(
    network: &Network,
    rule: Option<&RangeSet<u128>>,
    set: &ConnectionSet,
    view: View,
    direction: FilterDirection,
) -> bool {
    let assigned = &network.assigned_ipv6;
    let Some(rule) =
        rule.filter(|_| !assigned.is_empty() && set.addresses(view.remote(direction)).intersects(assigned))
    else {
        return false;
    };
    let among = rule.intersection(&RangeSet::range(UNICAST.0, UNICAST.1));
    !among.is_empty() && among.ranges() != [UNICAST] && !among.is_subset(assigned)
}

/// Without the feature `whole`, everything is known: a document that leaves something open is not read.
#[cfg(not(feature = "whole"))]
#[inline]
pub(super) fn is_open(_: &Network, _: Option<&RangeSet<u128>>, _: &ConnectionSet, _: View, _: FilterDirection) -> bool {
    false
}

#[cfg(feature = "permissions")]
impl Network {
    /// What addresses of an interface can turn out to be.
    pub(super) fn possible(&self, addresses: &RangeSet<u128>) -> RangeSet<u128> {
        match addresses.intersects(&self.assigned_ipv6) {
            true => RangeSet::range(UNICAST.0, UNICAST.1),
            false => addresses.clone(),
        }
    }
}
