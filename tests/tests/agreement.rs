//! The engine, which follows sets of packets, and the naive implementation, which follows one, say the same.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use vpcreach::Verdict;
use vpcreach::analysis::Analysis;
use vpcreach::document::Document;
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach::query::Query;
use vpcreach_tests::fuzz::Numbers;
use vpcreach_tests::generate::{Bytes, Choices, document, questions};
use vpcreach_tests::naive::Outcome;
use vpcreach_tests::{sample, scenario};

/// What a comparison has come across, so that it cannot pass by comparing nothing.
#[derive(Debug, Default)]
struct Tally {
    delivered: u32,
    dropped: u32,
    refused: u32,
    unknown: u32,
    unreadable: u32,
    codes: std::collections::BTreeMap<&'static str, u32>,
}

fn compare(
    document: &Document,
    network: &Network,
    query: &Query,
    analysis: &Analysis,
    choices: &mut Choices<'_>,
    samples: u32,
    tally: &mut Tally,
) -> Result<(), String> {
    let Some((_, workload)) = network.workloads.iter().find(|(_, workload)| workload.component == analysis.from) else {
        return Ok(());
    };
    let resolved = analysis.verdict != Verdict::NameNotResolved;
    if workload.not_started.is_some() || !workload.attached || !resolved {
        return Ok(());
    }
    for _ in 0..samples {
        let world = sample::world(network, choices);
        let Some((from, packet)) = sample::packet(&world, workload, query, analysis, choices) else { continue };
        let outcome = world.send(from, packet);
        match outcome {
            Outcome::Delivered => tally.delivered += 1,
            Outcome::Refused => tally.refused += 1,
            Outcome::Unknown => tally.unknown += 1,
            Outcome::Unreadable => tally.unreadable += 1,
            Outcome::Dropped(code) => {
                tally.dropped += 1;
                *tally.codes.entry(code.as_str()).or_default() += 1;
            }
        }
        if let Some(difference) = sample::disagreement(network, analysis, from, &packet, outcome) {
            let hops: Vec<String> = analysis
                .paths
                .iter()
                .flat_map(|path| {
                    path.hops.iter().map(|hop| format!("  {:?} {} {:?}", hop.direction, hop.component, hop.fact)).chain(
                        [format!(
                            "  = {:?} {}",
                            path.fate,
                            path.subnet.as_ref().map(ToString::to_string).unwrap_or_default()
                        )],
                    )
                })
                .collect();
            return Err(format!(
                "{} → {}: naive {outcome:?} for {packet:?} with port {} behind NAT; {difference}\n{}\n{}",
                query.from,
                query.to,
                world.nat_port,
                hops.join("\n"),
                document.to_json()
            ));
        }
    }
    Ok(())
}

fn bytes(most: usize) -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..most).prop_map(Bytes)
}

#[test]
fn on_generated_networks() {
    let cases = std::env::var("VPCREACH_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(600);
    let config = ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    };
    let tally = std::cell::RefCell::new(Tally::default());
    proptest!(config, |(bytes in bytes(500), samples in bytes(200))| {
        let mut choices = Choices::new(&bytes.0);
        let document = document(&mut choices);
        let (network, _) = Network::resolve(&document);
        let mut tally = tally.borrow_mut();
        for query in questions(&mut choices, &document) {
            let analysis = analyze(&network, &query);
            prop_assert!(analysis.problems.is_empty(), "{:?} of {:?}", analysis.problems, query);
            compare(&document, &network, &query, &analysis, &mut Choices::new(&samples.0), 8, &mut tally).map_err(TestCaseError::fail)?;
        }
    });
    let tally = tally.into_inner();
    println!("{tally:?}");
    assert!(tally.delivered > 200 && tally.dropped > 200 && tally.refused > 0, "too little compared: {tally:?}");
    assert!(tally.unreadable > 20, "too little that cannot be read: {tally:?}");
    assert!(
        tally.unknown * 4 < tally.delivered + tally.dropped,
        "the naive implementation knows too little: {tally:?}"
    );
}

#[test]
fn on_every_scenario() {
    let mut tally = Tally::default();
    for scenario in scenario::all().unwrap() {
        let (network, _) = Network::resolve(&scenario.document);
        if !network.unknown_sections.is_empty() {
            continue;
        }
        for (number, expectation) in scenario.document.expect.iter().enumerate() {
            let query = expectation.query();
            let analysis = analyze(&network, &query);
            // A client that tries again, in another Region or with the other family, sends more than one packet.
            let one_attempt = analysis.paths.iter().all(|path| path.attempt == 0)
                && analysis.paths.windows(2).all(|two| two[0].family == two[1].family);
            if one_attempt {
                // Plenty, so that parts of the traffic that are treated apart are met.
                let bytes = Numbers(u64::try_from(number).unwrap()).bytes(20_000);
                compare(&scenario.document, &network, &query, &analysis, &mut Choices::new(&bytes), 64, &mut tally)
                    .unwrap_or_else(|difference| panic!("{}: {difference}", scenario.name));
            }
        }
    }
    println!("{tally:?}");
    assert!(tally.delivered > 200 && tally.dropped > 200 && tally.refused > 0, "too little compared: {tally:?}");
}
