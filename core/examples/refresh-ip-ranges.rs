//! Packs Amazon's `ip-ranges.json` into the tables that the crate carries: one of everything, and one for the first view in
//! a browser, which has what is AMAZON's in the Regions of examples only.
//!
//! ```text
//! curl -O https://ip-ranges.amazonaws.com/ip-ranges.json
//! cargo run -p vpcreach --example refresh-ip-ranges -- ip-ranges.json
//! ```
//!
//! The table, all numbers in groups of seven bits, lowest first, the high bit set on all but the last:
//!
//! | part | content |
//! | --- | --- |
//! | date | 10 bytes, `2026-08-22` |
//! | Regions | length in bytes, then the names, sorted, separated by a space |
//! | six times: S3, DYNAMODB, AMAZON, each IPv4 then IPv6 | number of blocks, length of the gaps in bytes, gaps, prefix lengths (one byte each), positions of the Regions (one byte each) |
//!
//! Blocks of all Regions stand in ascending order in one sequence, because the space between them is mostly nothing,
//! and a compressor sees that: this halves what a sequence for each Region takes.
//! A gap counts blocks of the size of the one that follows, from the first aligned place behind the highest address so
//! far, doubled; where Regions overlap the count is negative, written as twice its absolute value less one.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;
use serde::Deserialize;

/// What Amazon publishes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IpRanges {
    create_date: String,
    prefixes: Vec<Prefix>,
    #[serde(rename = "ipv6_prefixes")]
    ipv6_prefixes: Vec<Prefix>,
}

/// A block of a service in a Region.
#[derive(Deserialize)]
pub(crate) struct Prefix {
    #[serde(alias = "ip_prefix", alias = "ipv6_prefix")]
    block: String,
    region: String,
    service: String,
}

/// The Regions of which the table for the first view has all addresses; of the others it has those of S3 and DynamoDB.
pub(crate) const FIRST: [&str; 4] = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];

/// Whether a Region is chosen.
pub(crate) type Choice = fn(&str) -> bool;

/// The table for those ranges, with what is AMAZON's in the Regions that are chosen.
pub(crate) fn pack(published: &IpRanges, has_amazon: Choice) -> Result<Vec<u8>, String> {
    let date = published.create_date.get(..10).ok_or("createDate is not a date")?;
    let all = || published.prefixes.iter().chain(&published.ipv6_prefixes);
    let regions: BTreeSet<&str> = all().map(|prefix| prefix.region.as_str()).collect();
    if u8::try_from(regions.len()).is_err() {
        return Err("more Regions than one byte can number".to_owned());
    }

    let mut table = date.as_bytes().to_vec();
    let names = regions.iter().copied().collect::<Vec<_>>().join(" ");
    push_number(&mut table, names.len() as u128);
    table.extend(names.as_bytes());

    for service in ["S3", "DYNAMODB", "AMAZON"] {
        for bits in [32, 128] {
            let mut by_region: BTreeMap<u8, Vec<IpNet>> = BTreeMap::new();
            let is_chosen = |prefix: &&Prefix| service != "AMAZON" || has_amazon(&prefix.region);
            for prefix in all().filter(|prefix| prefix.service == service).filter(is_chosen) {
                let block: IpNet =
                    prefix.block.parse().map_err(|_| format!("\"{}\" is not a CIDR block", prefix.block))?;
                if block.max_prefix_len() == bits {
                    let position = regions.iter().position(|region| *region == prefix.region).unwrap_or_default();
                    by_region.entry(position as u8).or_default().push(block);
                }
            }
            let mut blocks: Vec<(IpNet, u8)> = Vec::new();
            for (region, of_region) in &by_region {
                blocks.extend(IpNet::aggregate(of_region).into_iter().map(|block| (block, *region)));
            }
            blocks.sort();
            push_part(&mut table, bits, &blocks)?;
        }
    }
    Ok(table)
}

fn push_part(table: &mut Vec<u8>, bits: u8, blocks: &[(IpNet, u8)]) -> Result<(), String> {
    let (mut gaps, mut end) = (Vec::new(), 0u128);
    for (block, _) in blocks {
        let size = 1u128.checked_shl(u32::from(bits - block.prefix_len())).ok_or("a block of all addresses")?;
        let first = match block.network() {
            std::net::IpAddr::V4(address) => u128::from(u32::from(address)),
            std::net::IpAddr::V6(address) => u128::from(address),
        };
        let (position, base) = (first / size, end.div_ceil(size));
        let gap = if position >= base { (position - base) * 2 } else { (base - position) * 2 - 1 };
        push_number(&mut gaps, gap);
        end = end.max(first.checked_add(size).ok_or("a block that ends with the last address")?);
    }
    push_number(table, blocks.len() as u128);
    push_number(table, gaps.len() as u128);
    table.extend(gaps);
    table.extend(blocks.iter().map(|(block, _)| block.prefix_len()));
    table.extend(blocks.iter().map(|(_, region)| *region));
    Ok(())
}

fn push_number(bytes: &mut Vec<u8>, mut number: u128) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: refresh-ip-ranges ip-ranges.json [FOLDER]";
    let source = arguments.next().ok_or(usage)?;
    let folder = arguments.next().unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/src/data").to_owned());
    let text = std::fs::read(&source).map_err(|error| format!("{source}: {error}"))?;
    let published: IpRanges = serde_json::from_slice(&text).map_err(|error| format!("{source}: {error}"))?;
    let tables: [(&str, Choice); 2] =
        [("ip_ranges.bin", |_| true), ("ip_ranges_first.bin", |region| FIRST.contains(&region))];
    for (name, has_amazon) in tables {
        let target = format!("{folder}/{name}");
        let table = pack(&published, has_amazon).map_err(|error| format!("{source}: {error}"))?;
        std::fs::write(&target, &table).map_err(|error| format!("{target}: {error}"))?;
        println!("{target}: {} bytes, ranges of {}", table.len(), published.create_date);
    }
    Ok(())
}
