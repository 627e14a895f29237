//! The answer as JSON: one shape for the command line, the wasm boundary and tests.

use serde::Serialize;

use crate::analysis::{Direction, Fate, Protocol};
use crate::closed_list::closed_lists;
use crate::fact::{Action, Basis};
use crate::query::Family;
use crate::verdict::{ReasonCode, Verdict};

/// Declares the types of the answer: camelCase, and exported to TypeScript.
macro_rules! answer_types {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* $field:ident : $type:ty,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Serialize)]
            #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
            #[serde(rename_all = "camelCase")]
            pub struct $name {
                $($(#[$field_meta])* pub $field: $type,)*
            }
        )*
    };
}

pub(crate) use answer_types;

answer_types! {
    /// The answers to all questions asked of a document.
    pub struct Answer {
        /// Version of this shape; 1.
        version: u32,
        /// One for each question.
        checks: Vec<Check>,
        /// What is wrong with the document.
        diagnostics: Vec<Diagnostic>,
    }

    /// The answer to one question.
    pub struct Check {
        /// The workload, `kind/name`.
        from: String,
        /// The destination.
        to: String,
        /// Port; null for ICMP.
        port: Option<u16>,
        /// Protocol.
        protocol: Protocol,
        /// What becomes of the traffic.
        verdict: Verdict,
        /// The verdict in words.
        verdict_text: String,
        /// The verdict that the document expects, if it does.
        expected: Option<Verdict>,
        /// Whether verdict, reasons and carriers are as expected; null when nothing is expected.
        as_expected: Option<bool>,
        /// What the document expects beyond the verdict and did not get, in words.
        unmet: Vec<String>,
        /// Whether the network or permissions decide.
        layer: Layer,
        /// The same in words: "Network, not permissions".
        layer_text: String,
        /// Who stops it, because of what; or who carries it.
        summary: String,
        /// Gateways and endpoints that the delivered traffic uses.
        carriers: Vec<String>,
        /// Everything that keeps traffic from arriving, in path order.
        blockers: Vec<Blocker>,
        /// What a person sees.
        symptom: Symptom,
        /// The ways that the traffic takes.
        paths: Vec<Path>,
        /// The decisions of all paths in order.
        hops: Vec<Hop>,
        /// What the answer takes for granted.
        assumptions: Vec<String>,
        /// For `undetermined`: what would settle it.
        settle: Vec<String>,
    }

    /// Something that keeps traffic from arriving.
    pub struct Blocker {
        /// The reason code.
        code: ReasonCode,
        /// Who, `kind/name`.
        component: String,
        /// `all` of the traffic, or `some`.
        share: Share,
        /// For the packet or the reply.
        direction: Direction,
        /// Who stops it, because of what.
        message: String,
        /// The rule of the semantics reference.
        rule: String,
        /// AWS's documentation.
        link: String,
        /// Pointer to the deciding rule or route in the document.
        pointer: Option<String>,
        /// Positions in [`Check::hops`].
        hops: Vec<u32>,
    }

    /// What a person sees.
    pub struct Symptom {
        /// Log lines in Lambda's older text form, as printed.
        log: Vec<String>,
        /// Log lines in the newer form, where it differs.
        log_new: Vec<String>,
        /// What the caller gets.
        caller: String,
        /// The same in the newer form, where it differs.
        caller_new: String,
        /// What happens, in words.
        message: String,
        /// Seconds until it shows.
        seconds: Option<u32>,
    }

    /// One way that traffic takes.
    pub struct Path {
        /// `A`, `B`, …
        label: String,
        /// The subnet in which it starts, `subnet/name`.
        subnet: Option<String>,
        /// Address family.
        family: Family,
        /// What becomes of it.
        fate: Fate,
        /// Whether this is all of the traffic of its subnet, else a part.
        whole: bool,
        /// The part, in words; empty for all.
        part: String,
        /// Position of its first hop in [`Check::hops`].
        first_hop: u32,
        /// Number of its hops.
        hop_count: u32,
    }

    /// A decision on the way.
    pub struct Hop {
        /// Number on its path, from 1.
        number: u32,
        /// Position of its path in [`Check::paths`].
        path: u32,
        /// Who decides, `kind/name`.
        component: String,
        /// The subnet in which it is decided, `subnet/name`.
        subnet: Option<String>,
        /// Packet or reply.
        direction: Direction,
        /// What it does.
        action: Action,
        /// The same in words: "drops".
        action_text: String,
        /// What kind of reason it has.
        basis: Basis,
        /// The reason code of a blocker.
        code: Option<ReasonCode>,
        /// The component in words: "Internet gateway igw-main".
        title: String,
        /// The deciding rule or route as AWS would print it; may be empty.
        detail: String,
        /// The decision in a sentence.
        message: String,
        /// The rule of the semantics reference.
        rule: String,
        /// AWS's documentation.
        link: String,
        /// Pointer to the deciding rule or route in the document.
        pointer: Option<String>,
        /// The traffic as this component sees it: `10.0.0.4–10.0.0.254:1024–65535 → 52.216.0.0/15:443`.
        traffic: String,
        /// Whether the traffic was already lost before.
        already_lost: bool,
    }

    /// Something wrong with a document, a question or an imported file.
    pub struct Diagnostic {
        /// How bad it is.
        severity: Severity,
        /// A code in the style `unknownField`.
        code: String,
        /// Pointer into the document, `/subnets/a/cidr`; empty for the whole.
        path: String,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
        /// The file, where it is not the document.
        file: Option<String>,
        /// Line, from 1.
        line: Option<u32>,
        /// Column, from 1.
        column: Option<u32>,
    }
}

impl Check {
    /// Whether it is as it should be: as expected, or where nothing is expected, a success.
    pub fn is_good(&self) -> bool {
        self.as_expected.unwrap_or(self.verdict == Verdict::Succeeds)
    }
}

impl Answer {
    /// Whether every check is as it should be.
    pub fn is_good(&self) -> bool {
        self.checks.iter().all(Check::is_good)
    }

    /// Whether something is wrong with the input, so that the answer is about the rest of it.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

closed_lists! {
    /// Whether the network or permissions decide.
    pub enum Layer {
        /// Nothing stops it.
        None = "none",
        /// Routes, filters, gateways.
        Network = "network",
        /// Names.
        Name = "name",
        /// Policies and restrictions of the service; the network delivers.
        Permissions = "permissions",
        /// Nothing listens, or the bucket is elsewhere; the network delivers.
        Service = "service",
        /// The workload never runs.
        Start = "start",
        /// Cannot be told.
        NotKnown = "notKnown",
    }
}

/// How much of the traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Share {
    /// All of it.
    All,
    /// Some subnets, addresses or ports.
    Some,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Something was left out of the answer.
    Error,
    /// AWS would refuse it, or it probably means something else.
    Warning,
    /// Worth knowing.
    Note,
}
