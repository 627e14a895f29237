//! # vpcreach
//!
//! Decides from configuration alone whether a function in an AWS VPC reaches a destination, and if not,
//! which rule stops it and what its log will say.
//!
//! ```text
//! text ──read──▶ Document ──resolve──▶ Network ──analyze(Query)──▶ Analysis ──explain──▶ Answer
//! ```
//!
//! # A function that times out
//!
//! The function is in a public subnet, and it still does not reach S3: a Lambda network interface never has a public
//! IPv4 address, so the internet gateway drops its packets.
//!
//! ```
//! use vpcreach::{Document, Language, ReasonCode, Selection, Verdict, check};
//!
//! let document = Document::read(r#"{
//!   "region": "us-east-1",
//!   "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
//!   "subnets": { "public-a": { "cidr": "10.0.0.0/24" } },
//!   "internetGateways": { "igw-main": {} },
//!   "routeTables": {
//!     "rtb-public": {
//!       "subnets": ["public-a"],
//!       "routes": [{ "destination": "0.0.0.0/0", "target": "igw-main" }]
//!     }
//!   },
//!   "securityGroups": { "sg-fn": {} },
//!   "functions": {
//!     "thumbnailer": {
//!       "subnets": ["public-a"], "securityGroups": ["sg-fn"], "timeout": 30, "runtime": "python3.13"
//!     }
//!   },
//!   "buckets": { "photos": {} }
//! }"#).document;
//!
//! // Every function against every bucket, since nothing is chosen.
//! let answer = check(&document, &Selection::default(), Language::English);
//! let check = &answer.checks[0];
//! assert_eq!(check.verdict, Verdict::TimesOut);
//! assert_eq!(check.blockers[0].code, ReasonCode::IgwPublicIpAssociationForEgress);
//! assert_eq!(check.blockers[0].component, "internetGateway/igw-main");
//! assert_eq!(
//!     check.summary,
//!     "Internet gateway igw-main drops the packet: \
//!      a Lambda network interface never has a public IPv4 address, in any subnet."
//! );
//! assert!(check.symptom.log[1].ends_with("Task timed out after 30.00 seconds"));
//! ```
//!
//! # In a test
//!
//! A document states what it expects, so that a change of the configuration that breaks it fails a test.
//!
//! ```
//! use vpcreach::{Document, Language, Selection, check};
//!
//! # let text = r#"{
//! #   "region": "us-east-1",
//! #   "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
//! #   "subnets": { "private-a": { "cidr": "10.0.1.0/24" } },
//! #   "routeTables": { "rtb-private": { "subnets": ["private-a"] } },
//! #   "vpcEndpoints": { "vpce-s3": { "service": "s3", "routeTables": ["rtb-private"] } },
//! #   "securityGroups": { "sg-fn": {} },
//! #   "functions": { "thumbnailer": { "subnets": ["private-a"], "securityGroups": ["sg-fn"] } },
//! #   "buckets": { "photos": {} },
//! #   "expect": [
//! #     { "from": "thumbnailer", "to": "s3://photos", "carriers": ["vpce-s3"] },
//! #     { "from": "thumbnailer", "to": "https://example.com", "verdict": "timesOut",
//! #       "because": ["NO_ROUTE_TO_DESTINATION"] }
//! #   ]
//! # }"#;
//! // "expect": [
//! //   { "from": "thumbnailer", "to": "s3://photos", "carriers": ["vpce-s3"] },
//! //   { "from": "thumbnailer", "to": "https://example.com", "verdict": "timesOut",
//! //     "because": ["NO_ROUTE_TO_DESTINATION"] }
//! // ]
//! let reading = Document::read(text);
//! assert!(reading.problems.is_empty());
//! let answer = check(&reading.document, &Selection::default(), Language::English);
//! assert!(!answer.has_errors());
//! assert!(answer.is_good(), "{}", vpcreach::words::text(&answer, Language::English));
//! ```
//!
//! A template, a plan or a state is as good as a document; see [`testing`]:
//!
//! ```no_run
//! # let template = "";
//! vpcreach::testing::Configuration::new("template.yaml", template).reaches("Resize", "s3://Photos");
//! ```
//!
//! A single question needs no `expect`:
//!
//! ```
//! # use vpcreach::{Document, Network, Query, Verdict, engine::analyze};
//! # let document = Document::default();
//! let (network, problems) = Network::resolve(&document);
//! let question = Query { from: "thumbnailer".into(), to: "s3://photos".into(), ..Query::default() };
//! let analysis = analyze(&network, &question);
//! # assert!(problems.is_empty());
//! // Nothing of that name is in an empty document, and that is said instead of guessed.
//! assert_eq!(analysis.verdict, Verdict::Undetermined);
//! ```
//!
//! # What it takes for granted
//!
//! An answer comes with its assumptions ([`Check::assumptions`]); where what is missing decides, the verdict is
//! [`Verdict::Undetermined`], with what would settle it. Policies that the document does not give are taken to allow the
//! request, and an assumption says so.
//!
//! # Features
//!
//! - `permissions` (default): everything that a document can hold, and words for everything that can be wrong.
//! - `whole`: the same without policies, roles, accounts, keys and requests. Without it there is only
//!   [`check::answer_text`], which answers where none of that is needed; made for the first view in a browser.
//! - `import` (default): what the AWS CLI prints, templates of CloudFormation and SAM, and Terraform's plans, states and
//!   test output become a document.
//! - `edit` (default): changes of documents as data.
//! - `export` (default): documents, and the difference between two of them, in the languages of the tools that deploy them.
//! - `repair` (default): changes that are proven to mend a failing check, with their price and side effects.
//! - `svg` (default): the diagram as a picture.
//! - `yaml`: documents and templates in YAML.
//! - `schema`: the JSON Schema of the document.
//! - `cli`: the command `vpcreach`.
//! - `typescript`: TypeScript types of the answer, for the page.

#![cfg_attr(
    not(feature = "permissions"),
    expect(dead_code, reason = "the browser's first view is a part of everything, and the linker leaves out the rest")
)]

pub mod address;
pub mod analysis;
pub mod answer;
pub mod check;
pub mod client;
mod closed_list;
pub mod component;
pub mod data;
pub mod diagram;
pub mod document;
#[cfg(feature = "edit")]
pub mod edit;
pub mod engine;
#[cfg(feature = "export")]
pub mod export;
pub mod fact;
#[cfg(feature = "import")]
pub mod import;
pub mod json;
#[cfg(feature = "whole")]
mod nearest;
pub mod network;
pub mod policy;
pub mod problem;
pub mod query;
pub mod range_set;
#[cfg(feature = "repair")]
pub mod repair;
mod sorted;
#[cfg(feature = "svg")]
pub mod svg;
pub mod symptom;
#[cfg(feature = "import")]
pub mod testing;
mod texts;
pub mod verdict;
pub mod words;

pub use analysis::Analysis;
pub use answer::{Answer, Check};
pub use check::Selection;
#[cfg(feature = "whole")]
pub use check::check;
pub use document::Document;
pub use network::Network;
pub use query::Query;
pub use verdict::{ReasonCode, Verdict};
pub use words::Language;
