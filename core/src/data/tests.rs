use ipnet::IpNet;

use super::table::{Service, TABLE, Table};
use super::{DATE, GLOBAL, ranges, ranges_in, regions, s3_prefix_list_id};
use crate::query::Family;

#[path = "../../examples/refresh-ip-ranges.rs"]
#[expect(dead_code, reason = "only the packer is used, not the command around it")]
mod refresh;

/// Two Regions; a block of one inside a block of the other; neighbours that merge; both families; both special services.
const FIXTURE: &str = r#"{
  "syncToken": "1", "createDate": "2026-01-02-03-04-05",
  "prefixes": [
    {"ip_prefix": "10.0.0.0/16", "region": "GLOBAL", "service": "AMAZON", "network_border_group": "GLOBAL"},
    {"ip_prefix": "10.0.128.0/24", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
    {"ip_prefix": "10.0.129.0/24", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
    {"ip_prefix": "10.0.129.0/25", "region": "eu-west-1", "service": "S3", "network_border_group": "eu-west-1"},
    {"ip_prefix": "192.0.2.0/25", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
    {"ip_prefix": "192.0.2.7/32", "region": "eu-west-1", "service": "DYNAMODB", "network_border_group": "eu-west-1"}
  ],
  "ipv6_prefixes": [
    {"ipv6_prefix": "2001:db8::/32", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
    {"ipv6_prefix": "2001:db8:8000::/33", "region": "eu-west-1", "service": "S3", "network_border_group": "eu-west-1"}
  ]
}"#;

fn pack(json: &str) -> Vec<u8> {
    refresh::pack(&serde_json::from_str(json).unwrap(), |_| true).unwrap()
}

fn texts(blocks: &[IpNet]) -> Vec<String> {
    blocks.iter().map(IpNet::to_string).collect()
}

#[test]
fn what_the_generator_packs_is_what_is_read() {
    let bytes = pack(FIXTURE);
    assert_eq!(&bytes[..10], b"2026-01-02");
    let table = Table::read(&bytes).unwrap();
    assert_eq!(table.regions().collect::<Vec<_>>(), [GLOBAL, "eu-west-1"]);
    let of = |service, region| texts(&ranges_in(table, service, region));
    assert_eq!(of("s3", "eu-west-1"), ["10.0.129.0/25", "2001:db8:8000::/33"]);
    assert_eq!(of("dynamodb", "eu-west-1"), ["192.0.2.7/32"]);
    assert_eq!(of("sqs", GLOBAL), ["10.0.0.0/16"]);
    assert_eq!(of("s3express", "eu-west-1")[..2], ["10.0.128.0/23", "192.0.2.0/30"]);
    assert_eq!(of("sqs", "eu-west-2"), [""; 0]);
}

/// The table of the first view is the other one without what is AMAZON's in most Regions.
#[test]
fn the_table_of_the_first_view_has_all_or_nothing_of_a_region() {
    let (whole, first) = (Table::carried(), Table::read(include_bytes!("ip_ranges_first.bin")).unwrap());
    assert_eq!(first.regions().collect::<Vec<_>>(), whole.regions().collect::<Vec<_>>());
    for region in whole.regions() {
        for family in [Family::Ipv4, Family::Ipv6] {
            for service in [Service::S3, Service::DynamoDb] {
                assert_eq!(first.blocks(service, family, region), whole.blocks(service, family, region));
            }
            let all = first.blocks(Service::Amazon, family, region);
            let is_chosen = refresh::FIRST.contains(&region);
            assert_eq!(all, if is_chosen { whole.blocks(Service::Amazon, family, region) } else { Vec::new() });
            assert!(!is_chosen || !all.is_empty(), "{region} has none to choose");
        }
    }
}

#[test]
fn a_cut_table_reads_as_less_and_does_not_panic() {
    let bytes = pack(FIXTURE);
    for length in 0..bytes.len() {
        if let Some(table) = Table::read(&bytes[..length]) {
            assert!(ranges_in(table, "sqs", "eu-west-1").len() <= 16);
        }
    }
}

#[test]
fn other_services_are_what_aws_has_without_s3_and_dynamodb() {
    let bytes = pack(FIXTURE);
    let sqs = ranges_in(Table::read(&bytes).unwrap(), "sqs", "eu-west-1");
    let holds = |address: &str| sqs.iter().any(|block| block.contains(&address.parse::<std::net::IpAddr>().unwrap()));
    for inside in ["10.0.128.0", "10.0.129.128", "192.0.2.6", "192.0.2.8", "2001:db8::1"] {
        assert!(holds(inside), "{inside}");
    }
    for outside in ["10.0.127.255", "10.0.129.0", "192.0.2.7", "2001:db8:8000::1"] {
        assert!(!holds(outside), "{outside}");
    }
}

#[test]
fn the_carried_table_holds_the_published_data() {
    assert_eq!(DATE, "2026-08-22");
    assert_eq!(regions().len(), 42);
    assert!(regions().is_sorted());
    assert!(!regions().contains(&GLOBAL));
    // Figures of the reference for this date: 376 IPv4 and 508 IPv6 blocks of S3 once neighbours are merged.
    let s3: Vec<IpNet> = regions().into_iter().chain([GLOBAL]).flat_map(|region| ranges("s3", region)).collect();
    assert_eq!(s3.iter().filter(|block| block.max_prefix_len() == 32).count(), 376);
    assert_eq!(s3.iter().filter(|block| block.max_prefix_len() == 128).count(), 508);
    let us_east_1 = texts(&ranges("s3", "us-east-1"));
    assert!(us_east_1.contains(&"52.216.0.0/15".to_owned()), "{us_east_1:?}");
    assert!(ranges("dynamodb", "us-east-1").contains(&"52.94.0.0/22".parse().unwrap()));
    assert!(ranges("s3", "us-east-9").is_empty());
}

/// Run with `VPCREACH_IP_RANGES=path/to/ip-ranges.json` after the table is refreshed.
#[test]
fn the_carried_table_is_what_the_generator_gives() {
    if let Ok(path) = std::env::var("VPCREACH_IP_RANGES") {
        assert!(pack(&std::fs::read_to_string(path).unwrap()) == TABLE, "run the example refresh-ip-ranges");
    }
}

#[test]
fn prefix_list_ids_are_known_for_regions_of_the_data() {
    let known: Vec<_> = regions().into_iter().filter_map(s3_prefix_list_id).collect();
    assert_eq!(known.len(), 17);
    assert_eq!(s3_prefix_list_id("us-east-1"), Some("pl-63a5400a"));
    assert_eq!(s3_prefix_list_id("me-central-1"), None);
}
