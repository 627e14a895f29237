//! The packed table of published ranges. `examples/refresh-ip-ranges.rs` writes it and describes each byte there.

use crate::query::Family;

/// Written by `cargo run --example refresh-ip-ranges`; never edited by hand.
#[cfg(feature = "whole")]
pub(super) const TABLE: &[u8] = include_bytes!("ip_ranges.bin");
/// The same without what is AMAZON's in most Regions, which the first view leaves to the module with everything.
#[cfg(not(feature = "whole"))]
pub(super) const TABLE: &[u8] = include_bytes!("ip_ranges_first.bin");

/// Bytes of the date at the head of the table: `2026-08-22`.
pub(super) const DATE_LENGTH: usize = 10;

/// The services of which the table has ranges, in the order of its parts: each has one part for IPv4, then one for IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// Amazon S3.
    S3,
    /// Amazon DynamoDB.
    DynamoDb,
    /// Every address of AWS, those of the other two among them.
    Amazon,
}

/// A block of addresses: first, last, and the position of its Region among [`Table::regions`].
type Block = (u128, u128, u8);

/// A packed table.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    regions: &'a str,
    parts: Cursor<'a>,
}

impl Table<'_> {
    /// The table that comes with the crate.
    pub(super) fn carried() -> Table<'static> {
        Table::read(TABLE).unwrap_or(Table { regions: "", parts: Cursor(&[]) })
    }
}

impl<'a> Table<'a> {
    /// The table in those bytes; none where they are something else.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Table<'a>> {
        let mut cursor = Cursor(bytes);
        cursor.take(DATE_LENGTH)?;
        let length = cursor.number()?;
        let regions = str::from_utf8(cursor.take(length)?).ok()?;
        Some(Table { regions, parts: cursor })
    }

    /// Names of the Regions in the table, sorted, `GLOBAL` among them.
    pub(super) fn regions(self) -> impl Iterator<Item = &'a str> {
        self.regions.split(' ')
    }

    /// First and last addresses of that service in that Region, in ascending order.
    pub(super) fn blocks(self, service: Service, family: Family, region: &str) -> Vec<(u128, u128)> {
        let position = self.regions().position(|name| name == region).and_then(|position| u8::try_from(position).ok());
        let of_region = |(first, last, of)| (Some(of) == position).then_some((first, last));
        self.part(service, family).into_iter().flatten().filter_map(of_region).collect()
    }

    fn part(mut self, service: Service, family: Family) -> Option<Part<'a>> {
        let before = match (service, family) {
            (Service::S3, Family::Ipv4) => 0,
            (Service::S3, Family::Ipv6) => 1,
            (Service::DynamoDb, Family::Ipv4) => 2,
            (Service::DynamoDb, Family::Ipv6) => 3,
            (Service::Amazon, Family::Ipv4) => 4,
            (Service::Amazon, Family::Ipv6) => 5,
        };
        for _ in 0..before {
            Part::read(&mut self.parts, family)?;
        }
        Part::read(&mut self.parts, family)
    }
}

/// The blocks of one service and family in ascending order, decoded as they are asked for.
struct Part<'a> {
    gaps: Cursor<'a>,
    lengths: std::slice::Iter<'a, u8>,
    regions: std::slice::Iter<'a, u8>,
    bits: u8,
    /// The address behind the highest block so far; none once that is the last address there is.
    end: Option<u128>,
}

impl<'a> Part<'a> {
    fn read(cursor: &mut Cursor<'a>, family: Family) -> Option<Part<'a>> {
        let (count, gap_bytes) = (cursor.number()?, cursor.number()?);
        let gaps = Cursor(cursor.take(gap_bytes)?);
        let (lengths, regions) = (cursor.take(count)?.iter(), cursor.take(count)?.iter());
        let bits = match family {
            Family::Ipv4 => 32,
            Family::Ipv6 => 128,
        };
        Some(Part { gaps, lengths, regions, bits, end: Some(0) })
    }
}

impl Iterator for Part<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let (&length, &region) = (self.lengths.next()?, self.regions.next()?);
        let host_bits = u32::from(self.bits.checked_sub(length)?);
        let size = 1u128.checked_shl(host_bits)?;
        // Gaps count in blocks of this size, from the first such block behind the highest one so far. An odd number
        // goes back, since a block of one Region may lie inside one of another.
        let gap = self.gaps.wide_number()?;
        let steps = gap / 2;
        let base = self.end?.div_ceil(size);
        let position = if gap % 2 == 0 { base.checked_add(steps)? } else { base.checked_sub(steps.checked_add(1)?)? };
        let first = position.checked_mul(size)?;
        let last = first.checked_add(size - 1)?;
        self.end = self.end.max(last.checked_add(1));
        Some((first, last, region))
    }
}

/// What is left to read.
#[derive(Clone, Copy)]
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number in groups of seven bits, lowest first, the high bit set on all but the last.
    fn wide_number(&mut self) -> Option<u128> {
        let (mut number, mut shift) = (0u128, 0u32);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u128::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(self.wide_number()?).ok()
    }
}
