//! Words in each language, rendered from data in this one place.
//!
//! `Words` is what a language must be able to say. Each language matches on every fact, assumption, problem and
//! component kind, so that a missing translation does not compile.

mod detail;
#[cfg(feature = "edit")]
mod edit;
#[cfg(feature = "english")]
mod en;
mod explain;
#[cfg(feature = "export")]
pub(crate) mod export;
#[cfg(feature = "import")]
mod import_problem;
#[cfg(feature = "japanese")]
mod ja;
mod links;
#[cfg(feature = "whole")]
mod problem;
#[cfg(feature = "repair")]
pub(crate) mod repair;
#[cfg(feature = "svg")]
pub(crate) mod svg;
#[cfg(feature = "whole")]
mod text;
mod traffic;
#[cfg(feature = "whole")]
mod whole;

#[cfg(feature = "edit")]
pub(crate) use edit::{change, edit_problem, offer};
pub use explain::explain;
#[cfg(feature = "import")]
pub(crate) use import_problem::import_diagnostic;
pub use links::code_link;
#[cfg(feature = "whole")]
pub use problem::diagnostic;
#[cfg(feature = "repair")]
pub use repair::{hint as repair_hint, text as repairs_text};
#[cfg(feature = "whole")]
pub use text::{diagnostics_text, text};
#[cfg(feature = "whole")]
pub(crate) use whole::{Heading, WholeWords, nothing_to_check, query_diagnostic};

use crate::analysis::{Assumption, Direction, Symptom, Traffic};
use crate::answer::Layer;
use crate::check::Unmet;
use crate::component::{Component, ComponentKind};
use crate::fact::{Action, Fact, Missing};
use crate::network::VpcEndpointKind;
use crate::verdict::Verdict;
use traffic::Part;

/// A language of the answer. A missing translation does not compile, since every renderer matches on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

/// What a build says in each of its languages.
#[cfg(feature = "whole")]
pub(crate) type Spoken = dyn WholeWords;
#[cfg(not(feature = "whole"))]
pub(crate) type Spoken = dyn Words;

#[cfg(not(any(feature = "english", feature = "japanese")))]
compile_error!("answers need words: choose the feature `english`, `japanese` or both");

impl Language {
    /// Whether this build has the words of the language; it answers in its other language where it has not.
    pub const fn is_available(self) -> bool {
        match self {
            Language::English => cfg!(feature = "english"),
            Language::Japanese => cfg!(feature = "japanese"),
        }
    }

    pub(crate) fn words(self) -> &'static Spoken {
        match self {
            #[cfg(feature = "english")]
            Language::English => &en::English,
            #[cfg(feature = "japanese")]
            Language::Japanese => &ja::Japanese,
            #[cfg(not(feature = "japanese"))]
            Language::Japanese => Language::English.words(),
            #[cfg(not(feature = "english"))]
            Language::English => Language::Japanese.words(),
        }
    }
}

/// What a reason code means, for its page in the docs; needs the words of both languages.
#[cfg(all(feature = "english", feature = "japanese"))]
pub fn code_meaning(code: crate::verdict::ReasonCode, language: Language) -> String {
    match language {
        // The doc comment behind it is broken into lines.
        Language::English => code.meaning().split_whitespace().collect::<Vec<_>>().join(" "),
        Language::Japanese => ja::meaning(code).to_owned(),
    }
}

/// What an expectation did not get, in words.
pub(crate) fn unmet(unmet: &Unmet<'_>, language: Language) -> String {
    language.words().unmet(unmet)
}

/// A decision with everything that a sentence about it needs.
pub(crate) struct About<'a> {
    /// The decision.
    pub(crate) fact: &'a Fact,
    /// Packet or reply.
    pub(crate) direction: Direction,
    /// Who decides.
    pub(crate) component: &'a Component,
    /// The same as a title: `Internet gateway igw-main`.
    pub(crate) who: String,
    /// The traffic in question.
    pub(crate) traffic: Option<&'a Traffic>,
    /// The far end as the traffic has it: `S3 in us-east-1`, `203.0.113.7`.
    pub(crate) far_end: String,
}

/// A service as AWS writes it, where that is more than capital letters would make of its endpoint's name.
fn service_name(service: &str) -> &str {
    match service {
        "s3" => "S3",
        "dynamodb" => "DynamoDB",
        other => other,
    }
}

/// What is known of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permissions {
    /// They were not asked.
    NotAsked,
    /// Some of them are taken for granted.
    Assumed,
    /// They allow.
    Allow,
    /// They deny.
    Deny,
}

/// What a language must be able to say.
///
/// Sentences end with their full stop. What [`Words::blocks`] returns does not, so that it can be part of another.
pub(crate) trait Words {
    /// The verdict as a heading.
    fn verdict(&self, verdict: Verdict) -> &'static str;
    /// What a component does, beside its name.
    fn action(&self, action: Action) -> &'static str;
    /// What a component does in this decision, where the word of its action would mislead.
    fn deed(&self, fact: &Fact) -> Option<&'static str>;
    /// Whether network or permissions decide.
    fn layer(&self, layer: Layer, permissions: Permissions) -> &'static str;
    /// The kind of a component, as in a title.
    fn kind(&self, kind: ComponentKind) -> &'static str;
    /// The kind of an endpoint, as in a title.
    fn endpoint_kind(&self, kind: VpcEndpointKind) -> &'static str;
    /// A component as a title: `Internet gateway igw-main`; the kind of an endpoint where it is known.
    fn title(&self, component: &Component, endpoint: Option<VpcEndpointKind>) -> String;
    /// A service in a Region: `S3 in us-east-1`.
    fn in_region(&self, name: &str, region: &str) -> String;
    /// A component inside a sentence: `internet gateway igw-main`.
    fn mention(&self, component: &Component) -> String;
    /// The decision in a sentence that does not repeat who decides.
    fn says(&self, about: &About<'_>) -> String;
    /// Who stops it, because of what. Without full stop.
    fn blocks(&self, about: &About<'_>) -> String;
    /// The same as a sentence, with how many others there are.
    fn summary_blocked(&self, blocker: &str, more: usize) -> String;
    /// Two sentences, one behind the other.
    fn then(&self, first: &str, second: &str) -> String;
    /// That traffic arrives at `to` through the carriers, of which there may be none.
    fn summary_arrives(&self, carriers: &[String], to: &str, outside_vpc: bool) -> String;
    /// That traffic arrives from some subnets (through carriers), and from others does not.
    fn summary_by_subnet(
        &self,
        from: &[&str],
        carriers: &[String],
        not_from: &[&str],
        blocker: &str,
        more: usize,
    ) -> String;
    /// That a part of the traffic does not arrive; which part, where that can be told.
    fn summary_by_part(&self, part: Option<&str>, blocker: &str, more: usize) -> String;
    /// That the answer cannot be told, when nothing says why.
    fn summary_unknown(&self) -> String;
    /// Part of a subnet's traffic.
    fn part(&self, part: &Part) -> String;
    /// How many more ranges there are, to stand behind the first: ` and 8 more`.
    fn more(&self, count: usize) -> String;
    /// What the answer takes for granted.
    fn assumption(&self, assumption: &Assumption) -> String;
    /// What would settle what is not known.
    fn settle(&self, missing: &Missing) -> String;
    /// What would settle a question about a public address of the same VPC.
    fn settle_reflection(&self, address: std::net::IpAddr) -> String;
    /// What a document expects beyond the verdict and did not get.
    fn unmet(&self, unmet: &Unmet<'_>) -> String;
    /// What a person sees, beside the log.
    fn symptom(&self, symptom: &Symptom, is_function: bool, several_subnets: bool) -> String;
}
