//! The cure: changes that are proven to mend a failing check, with their price and their side effects.
//!
//! Every blocker suggests changes. A best-first search applies them to the document, asks the engine again, and keeps
//! only lists of changes after which the check succeeds for all packets and of which none can be left out.
//!
//! ```
//! use vpcreach::edit::apply;
//! use vpcreach::repair::{CureKind, RepairOptions, repair};
//! use vpcreach::{Document, Language, Selection, Verdict, check};
//!
//! let text = r#"{
//!   "region": "us-east-1",
//!   "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
//!   "subnets": { "public-a": { "cidr": "10.0.0.0/24" } },
//!   "routeTables": {
//!     "rtb-public": {
//!       "subnets": ["public-a"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw-main" }]
//!     }
//!   },
//!   "internetGateways": { "igw-main": {} },
//!   "functions": { "thumbnailer": { "subnets": ["public-a"], "securityGroups": ["default"] } },
//!   "buckets": { "photos": {} }
//! }"#;
//! let repairs = repair(text, &Selection::default(), &RepairOptions::default(), Language::English);
//! let cure = &repairs.checks[0].cures[0];
//! assert_eq!(cure.kind, CureKind::CreateGatewayEndpoint);
//! assert_eq!(cure.cost.cents_per_month, 0);
//!
//! // The edit is what was proven: applied, the function reaches the bucket.
//! let applied = apply(text, &cure.edit, Language::English);
//! assert_eq!(applied.changes, cure.changes);
//! let answer = check(&Document::read(&applied.text).document, &Selection::default(), Language::English);
//! assert_eq!(answer.checks[0].verdict, Verdict::Succeeds);
//! ```

mod candidate;
mod close;
mod cost;
mod effect;
mod improve;
mod plan;
mod prices;
mod report;
mod search;
mod state;

pub use cost::PriceItem;
pub use effect::EffectKind;
pub use plan::{CureKind, Limit, WhyNone, Work};

pub(crate) use effect::Changed;
pub(crate) use plan::Group;

use std::borrow::Cow;

use serde::Serialize;

use crate::answer::{Diagnostic, answer_types};
use crate::check::Selection;
use crate::edit::{self, Edit};
use crate::engine::analyze;
use crate::verdict::Verdict;
use crate::words::{self, Language};

use report::World;
use state::{Base, Goal};

/// Version of the shape of [`Repairs`].
const VERSION: u32 = 1;

/// What a cure's price depends on, and how many cures are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepairOptions {
    /// Gigabytes a month of the traffic that is asked about, both directions together. Default: 100.
    pub gigabytes_per_month: u32,
    /// Hours a month that a component exists. Default: 730.
    pub hours_per_month: u32,
    /// How many cures of a check are wanted. Default: 6.
    pub most: usize,
    /// The position of one of the document's expectations: that question is asked. It is meant to succeed whatever
    /// verdict the document expects, unless it succeeds already. Default: what the selection says.
    pub expectation: Option<usize>,
}

impl Default for RepairOptions {
    fn default() -> RepairOptions {
        RepairOptions { gigabytes_per_month: 100, hours_per_month: 730, most: 6, expectation: None }
    }
}

answer_types! {
    /// What mends the checks of a document.
    pub struct Repairs {
        /// Version of this shape; 1.
        version: u32,
        /// One for each question.
        checks: Vec<CheckRepairs>,
        /// Edits of which each mends all failing checks at once, where several fail; best first.
        together: Vec<Cure>,
        /// The day on which the prices were read, `2026-09-25`.
        prices_date: String,
        /// Gigabytes a month that the prices are for.
        gigabytes_per_month: u32,
        /// Hours a month that the prices are for.
        hours_per_month: u32,
        /// What is wrong with the document or the questions.
        diagnostics: Vec<Diagnostic>,
        /// How many changed documents were tried.
        edits_tried: u32,
        /// How often the engine was asked: about those, what they open and close, and what the document expects.
        engine_runs: u32,
    }

    /// What mends one check.
    pub struct CheckRepairs {
        /// The workload, `kind/name`.
        from: String,
        /// The destination.
        to: String,
        /// Port; null for ICMP.
        port: Option<u16>,
        /// What becomes of the traffic as it is.
        verdict: Verdict,
        /// The verdict in words.
        verdict_text: String,
        /// Proven cures, best first.
        cures: Vec<Cure>,
        /// Changes that mend only a part, such as one subnet of two; no cures.
        partial: Vec<Cure>,
        /// Why there is no cure, where there is none.
        why_none: Option<Reason>,
        /// For a check that succeeds: what carries it and what that costs.
        carried: Option<Carried>,
        /// For a check that succeeds: proven ways that cost less and keep every expectation.
        improvements: Vec<Cure>,
        /// For a check that succeeds and is expected not to: proven changes that close its way and keep every other
        /// expectation, those first that close least besides.
        closings: Vec<Cure>,
    }

    /// Why there is no cure.
    pub struct Reason {
        /// As data.
        code: WhyNone,
        /// In words.
        text: String,
    }

    /// What carries delivered traffic.
    pub struct Carried {
        /// Gateways and endpoints, `kind/name`.
        carriers: Vec<String>,
        /// What they cost a month, and the traffic through them.
        cost: Cost,
        /// Both in a sentence.
        text: String,
    }

    /// A change of the document that is proven to work.
    pub struct Cure {
        /// What it mainly does.
        kind: CureKind,
        /// The same in words: "Create a gateway endpoint for s3".
        title: String,
        /// The change.
        edit: Edit,
        /// How many steps of the edit belong together, in order; each of these groups is needed.
        groups: Vec<u32>,
        /// What changes in AWS, a line each.
        changes: Vec<String>,
        /// What it costs more than today.
        cost: Cost,
        /// What else can be reached afterwards.
        opens: Vec<Effect>,
        /// What cannot be reached any more.
        closes: Vec<Effect>,
        /// Where it opens or closes more than was asked for, in words.
        warnings: Vec<String>,
        /// What it cannot do, and what to mind, in words.
        limits: Vec<String>,
        /// How much work it is.
        work: Work,
        /// The same in words.
        work_text: String,
        /// Gateways and endpoints that carry the traffic afterwards, `kind/name`.
        carriers: Vec<String>,
        /// What becomes of the traffic afterwards.
        verdict: Verdict,
        /// What the document expects and would not get any more, in words; such a cure stands last.
        breaks: Vec<String>,
    }

    /// A price in US dollars, as near as list prices tell.
    pub struct Cost {
        /// Cents a month; what becomes cheaper is negative.
        cents_per_month: i32,
        /// In words: "about $32.85 a month".
        text: String,
        /// What it consists of.
        items: Vec<CostItem>,
        /// The Region whose prices these are.
        region: String,
        /// That prices of the document's own Region are not known, in words; else empty.
        note: String,
        /// The day on which the prices were read.
        date: String,
        /// Where prices are published.
        source: String,
    }

    /// A part of a price.
    pub struct CostItem {
        /// What is paid for.
        item: PriceItem,
        /// Which component, or which traffic, in words.
        what: String,
        /// How many hours or gigabytes.
        quantity: u32,
        /// Millionths of a dollar for one of them.
        micros_per_unit: u32,
        /// Cents a month.
        cents_per_month: i32,
    }

    /// A question of the standard set that is answered otherwise after the change.
    pub struct Effect {
        /// What it is about.
        kind: EffectKind,
        /// The workload, `kind/name`; `internet` for what comes from there.
        from: String,
        /// The destination.
        to: String,
        /// The answer as it is; null where there is none.
        before: Option<Verdict>,
        /// The answer after the change.
        after: Option<Verdict>,
        /// The difference in words.
        text: String,
    }
}

/// Finds what mends the checks that the selection stands for.
///
/// A check that is asked for by workload or destination is meant to succeed. One that the document expects is mended
/// where it is not as expected. The document's other expectations hold: a cure that breaks one says so and stands last.
///
/// `text` is a document as JSON; the edits are for that text. A document in YAML is taken as its JSON.
pub fn repair(text: &str, selection: &Selection, options: &RepairOptions, language: Language) -> Repairs {
    let json = as_json(text);
    let mut repairs = Repairs {
        version: VERSION,
        checks: Vec::new(),
        together: Vec::new(),
        prices_date: prices::DATE.to_owned(),
        gigabytes_per_month: options.gigabytes_per_month,
        hours_per_month: options.hours_per_month,
        diagnostics: Vec::new(),
        edits_tried: 0,
        engine_runs: 0,
    };
    let base = match edit::read(&json) {
        Ok(base) => base,
        Err(flaw) => {
            repairs.diagnostics.push(words::edit_problem(&flaw, language));
            return repairs;
        }
    };
    let region = selection.region.as_deref();
    let base = Base::new(base, region);
    let world = World { base: &base, options, language };
    let (document, network) = (&base.document, &base.configuration.network);
    let questions = match options.expectation {
        Some(position) => {
            let asked = document.expect.get(position).map(|expected| {
                let query = expected.query();
                let is_open = analyze(network, &query).verdict == Verdict::Succeeds;
                (query, expected.verdict.filter(|_| is_open))
            });
            asked.into_iter().collect()
        }
        None => crate::check::asked(document, network, selection),
    };
    if questions.is_empty() {
        let answer = crate::check::check(document, selection, language);
        repairs.diagnostics.extend(answer.diagnostics);
        return repairs;
    }
    let mut failing: Vec<Goal> = Vec::new();
    for (query, expected) in questions {
        let goal = Goal { query, expected };
        let (check, is_bad) = world.check(&goal, &mut repairs);
        repairs.checks.push(check);
        if is_bad {
            failing.push(goal);
        }
    }
    if failing.len() > 1 {
        repairs.together = world.together(&failing, &mut repairs);
    }
    repairs
}

fn as_json(text: &str) -> Cow<'_, str> {
    #[cfg(feature = "yaml")]
    if !crate::document::looks_like_json(text) {
        return Cow::Owned(crate::document::Document::from_yaml(text).document.to_json());
    }
    Cow::Borrowed(text)
}
