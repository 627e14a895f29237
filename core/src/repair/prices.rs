//! List prices of what cures are made of, as dated data (section 12).
//!
//! Sources: <https://aws.amazon.com/vpc/pricing/>, <https://aws.amazon.com/privatelink/pricing/>, and for Tokyo the
//! values of the AWS Price List. Prices change, so that an amount is never presented as exact.

/// The day on which they were read.
pub(crate) const DATE: &str = "2026-09-25";

/// Where AWS publishes them.
pub(crate) const SOURCE: &str = "https://aws.amazon.com/vpc/pricing/";

/// Prices of a Region in millionths of a US dollar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prices {
    /// The Region.
    pub(crate) region: &'static str,
    /// An hour of a NAT gateway.
    pub(crate) nat_gateway_hour: u32,
    /// A gigabyte through a NAT gateway, in either direction (R12.2).
    pub(crate) nat_gateway_gigabyte: u32,
    /// An hour of an interface endpoint in one zone.
    pub(crate) interface_endpoint_hour: u32,
    /// A gigabyte through an interface endpoint, of the first petabyte.
    pub(crate) interface_endpoint_gigabyte: u32,
    /// An hour of a public IPv4 address, used or not.
    pub(crate) public_address_hour: u32,
    /// A gigabyte from one Availability Zone to another, paid on both sides.
    pub(crate) cross_zone_gigabyte: u32,
}

/// The first one stands in for Regions that are not listed.
const PRICES: [Prices; 2] = [
    Prices {
        region: "us-east-1",
        nat_gateway_hour: 45_000,
        nat_gateway_gigabyte: 45_000,
        interface_endpoint_hour: 10_000,
        interface_endpoint_gigabyte: 10_000,
        public_address_hour: 5_000,
        cross_zone_gigabyte: 20_000,
    },
    Prices {
        region: "ap-northeast-1",
        nat_gateway_hour: 62_000,
        nat_gateway_gigabyte: 62_000,
        interface_endpoint_hour: 14_000,
        interface_endpoint_gigabyte: 10_000,
        public_address_hour: 5_000,
        cross_zone_gigabyte: 20_000,
    },
];

/// The prices of a Region, or where they are not known, those of us-east-1.
pub(crate) fn prices(region: &str) -> Prices {
    let [first, _] = PRICES;
    PRICES.into_iter().find(|prices| prices.region == region).unwrap_or(first)
}
