//! Address ranges that Amazon publishes, by service and Region, with their date.
//!
//! Source: <https://ip-ranges.amazonaws.com/ip-ranges.json>, packed into a table of 23 KB (9 KB compressed), or 9 KB for
//! the first view in a browser.
//! The AWS-managed prefix list of a service is close to these ranges and not equal: where a document has the entries
//! of a list, those win.

#[cfg(feature = "permissions")]
pub(crate) mod managed_policies;
mod table;
#[cfg(test)]
mod tests;

use ipnet::IpNet;

use crate::address::address_of;
use crate::query::Family;
use crate::range_set::RangeSet;
use table::{DATE_LENGTH, Service, TABLE, Table};

/// The pseudo-Region of ranges that belong to no Region, such as those of S3's Multi-Region Access Points.
pub const GLOBAL: &str = "GLOBAL";

/// Date of the data, `2026-08-22`.
pub const DATE: &str = match TABLE.split_at_checked(DATE_LENGTH) {
    Some((date, _)) => match str::from_utf8(date) {
        Ok(date) => date,
        Err(_) => "",
    },
    None => "",
};

/// The Regions that the data knows, sorted; [`GLOBAL`] is not one of them.
pub fn regions() -> Vec<&'static str> {
    Table::carried().regions().filter(|name| *name != GLOBAL).collect()
}

/// The published ranges of a service in a Region or in [`GLOBAL`], IPv4 first, in ascending order.
///
/// `s3` and `dynamodb` are published by themselves. Any other service has addresses somewhere among all that AWS has
/// in the Region, without those two: an upper bound, in which EC2 instances have theirs as well. Relatives of the two
/// (`s3express`, `dynamodb-streams`) keep the ranges of their family, since nothing says that they are elsewhere.
/// Empty for a Region that is not known.
pub fn ranges(service: &str, region: &str) -> Vec<IpNet> {
    ranges_in(Table::carried(), service, region)
}

/// The addresses of one family of those ranges, as a set, which costs less than making blocks.
pub fn addresses(service: &str, region: &str, family: Family) -> RangeSet<u128> {
    addresses_in(Table::carried(), service, region, family)
}

/// Whether the table has more of the Region than what is S3's and DynamoDB's.
#[cfg(not(feature = "whole"))]
pub(crate) fn has_all_of(region: &str) -> bool {
    !Table::carried().blocks(Service::Amazon, Family::Ipv4, region).is_empty()
}

fn ranges_in(table: Table<'_>, service: &str, region: &str) -> Vec<IpNet> {
    let mut all = Vec::new();
    for family in [Family::Ipv4, Family::Ipv6] {
        for &(first, last) in addresses_in(table, service, region, family).ranges() {
            push_blocks(&mut all, family, first, last);
        }
    }
    all
}

fn addresses_in(table: Table<'_>, service: &str, region: &str, family: Family) -> RangeSet<u128> {
    let of = |service| RangeSet::from_ranges(table.blocks(service, family, region));
    match service {
        "s3" => of(Service::S3),
        "dynamodb" => of(Service::DynamoDb),
        service => {
            let mut set = of(Service::Amazon);
            if !service.starts_with("s3") {
                set = set.difference(&of(Service::S3));
            }
            if !service.starts_with("dynamodb") {
                set = set.difference(&of(Service::DynamoDb));
            }
            set
        }
    }
}

/// Appends the fewest CIDR blocks that hold exactly the addresses from `first` to `last`.
fn push_blocks(all: &mut Vec<IpNet>, family: Family, first: u128, last: u128) {
    let bits: u32 = if family == Family::Ipv4 { 32 } else { 128 };
    let mut next = Some(first);
    while let Some(first) = next.filter(|first| *first <= last) {
        // The largest block that may begin here and does not go beyond the last address.
        let most = (last - first).checked_add(1).map_or(bits, u128::ilog2);
        let host_bits = first.trailing_zeros().min(most).min(bits);
        let length = u8::try_from(bits - host_bits).unwrap_or(0);
        all.extend(IpNet::new(address_of(family, first), length).ok());
        next = 1_u128.checked_shl(host_bits).and_then(|size| first.checked_add(size));
    }
}

/// The id of the AWS-managed prefix list of S3 in a Region, where independent public tables agree on it.
///
/// An id is unique within a Region only: `pl-78a54011` is S3 in `ap-south-1` and in `ap-northeast-2`.
pub fn s3_prefix_list_id(region: &str) -> Option<&'static str> {
    Some(match region {
        "us-east-1" => "pl-63a5400a",
        "us-east-2" => "pl-7ba54012",
        "us-west-1" => "pl-6ba54002",
        "us-west-2" => "pl-68a54001",
        "ca-central-1" => "pl-7da54014",
        "sa-east-1" => "pl-6aa54003",
        "eu-west-1" => "pl-6da54004",
        "eu-west-2" => "pl-7ca54015",
        "eu-west-3" => "pl-23ad484a",
        "eu-central-1" => "pl-6ea54007",
        "eu-north-1" => "pl-c3aa4faa",
        "ap-south-1" | "ap-northeast-2" => "pl-78a54011",
        "ap-southeast-1" => "pl-6fa54006",
        "ap-southeast-2" => "pl-6ca54005",
        "ap-northeast-1" => "pl-61a54008",
        "ap-northeast-3" => "pl-a4a540cd",
        _ => return None,
    })
}
