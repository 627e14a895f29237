#![allow(missing_docs)]
fn main() {
    let mut args = std::env::args().skip(1);
    let language =
        if args.next().unwrap() == "ja" { vpcreach::Language::Japanese } else { vpcreach::Language::English };
    let want = args.next().unwrap_or_default();
    for s in vpcreach_tests::scenario::all().unwrap() {
        if !s.name.starts_with(&want) {
            continue;
        }
        println!("\n######## {}", s.name);
        let a = vpcreach::check(&s.document, &vpcreach::Selection::default(), language);
        if want.is_empty() {
            for c in &a.checks {
                println!(
                    "{} [{}] {} | {}",
                    if c.as_expected == Some(true) { "ok" } else { "DIFF" },
                    c.verdict_text,
                    c.summary,
                    c.symptom.message
                );
                for b in &c.blockers {
                    println!("      - {} {}", b.code.as_str(), b.message)
                }
                for b in &c.settle {
                    println!("      ? {}", b)
                }
            }
        } else {
            let mut a = a;
            if let Some(only) = args.next() {
                let i: usize = only.parse().unwrap();
                a.checks = vec![a.checks.swap_remove(i)];
            }
            println!("{}", vpcreach::words::text(&a, language));
        }
    }
}
