//! Words in each language, rendered from data in this one place.
//!
//! [`Words`] is what a language must be able to say. Each language matches on every fact, assumption, problem and
//! component kind, so that a missing translation does not compile.

mod detail;
mod en;
mod explain;
mod ja;
mod links;
mod traffic;

pub use explain::explain;

use crate::analysis::{Assumption, Direction, QueryProblem, Symptom, Traffic};
use crate::answer::Layer;
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

impl Language {
    pub(crate) fn words(self) -> &'static dyn Words {
        match self {
            Language::English => &en::English,
            Language::Japanese => &ja::Japanese,
        }
    }
}

/// A decision with everything that a sentence about it needs.
pub(crate) struct About<'a> {
    /// The decision.
    pub(crate) fact: &'a Fact,
    /// Packet or reply.
    pub(crate) direction: Direction,
    /// Who decides, as a title: `Internet gateway igw-main`.
    pub(crate) who: String,
    /// The traffic in question.
    pub(crate) traffic: Option<&'a Traffic>,
    /// The far end as the traffic has it: `S3`, `203.0.113.7`.
    pub(crate) far_end: String,
}

/// What a language must be able to say.
///
/// Sentences end with their full stop. What [`Words::blocks`] returns does not, so that it can be part of another.
pub(crate) trait Words {
    /// The verdict as a heading.
    fn verdict(&self, verdict: Verdict) -> &'static str;
    /// What a component does, beside its name.
    fn action(&self, action: Action) -> &'static str;
    /// Whether network or permissions decide; the flag says whether permissions were taken for granted.
    fn layer(&self, layer: Layer, permissions_assumed: bool) -> &'static str;
    /// The kind of a component, as in a title.
    fn kind(&self, kind: ComponentKind) -> &'static str;
    /// The kind of an endpoint, as in a title.
    fn endpoint_kind(&self, kind: VpcEndpointKind) -> &'static str;
    /// A component as a title: `Internet gateway igw-main`; the kind of an endpoint where it is known.
    fn title(&self, component: &Component, endpoint: Option<VpcEndpointKind>) -> String;
    /// The addresses of a far end that has many: `S3's addresses`.
    fn addresses_of(&self, name: &str) -> String;
    /// The decision in a sentence that does not repeat who decides.
    fn says(&self, about: &About<'_>) -> String;
    /// Who stops it, because of what. Without full stop.
    fn blocks(&self, about: &About<'_>) -> String;
    /// That the verdict stands because of `blocker`, and of `more` others.
    fn summary_blocked(&self, blocker: &str, more: usize) -> String;
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
    /// What is wrong with a question.
    fn query_problem(&self, problem: &QueryProblem) -> String;
    /// What a person sees, beside the log.
    fn symptom(&self, symptom: &Symptom, is_function: bool) -> String;
}
