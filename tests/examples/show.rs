//! Prints every decision for the questions of one scenario.
fn main() {
    let want = std::env::args().nth(1).unwrap();
    for s in vpcreach_tests::scenario::all().unwrap() {
        if s.name != want {
            continue;
        }
        let (n, _) = vpcreach::Network::resolve(&s.document);
        for e in &s.document.expect {
            let a = vpcreach::engine::analyze(&n, &e.query());
            println!("## {} -> {} {:?}", e.from, e.to, a.verdict);
            for p in &a.paths {
                println!("  path {:?} {:?} whole={}", p.subnet.as_ref().map(|c| c.to_string()), p.fate, p.whole);
                for h in &p.hops {
                    println!(
                        "    {:?} {} {:?} lost={} {:?}",
                        h.direction,
                        h.component,
                        h.fact,
                        h.already_lost,
                        h.traffic.as_ref().map(|t| (
                            t.source.ranges().len(),
                            t.destination.ranges().len(),
                            t.source_ports.ranges().to_vec(),
                            t.destination_ports.ranges().to_vec()
                        ))
                    );
                }
            }
        }
    }
}
