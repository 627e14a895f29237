//! What a person sees: the lines of the log, and what the caller gets.
//!
//! Everything here is text as AWS and the SDKs print it, in English whatever the language of the answer;
//! a part that the configuration does not tell stands as `…`.

#[cfg(test)]
mod tests;
mod thrown;

use crate::analysis::{Protocol, Symptom, SymptomKind};
use crate::client::ResolvedClient;
use crate::fact::Fact;
use crate::json::quoted;
use crate::query::Sdk;
use crate::texts::cat;
use crate::verdict::{ReasonCode, Verdict};
use thrown::Thrown;

/// Time of the sample run in the log lines.
const TIMESTAMP: &str = "2026-11-22T02:47:31.204Z";
/// Request of the sample run in the log lines.
const REQUEST_ID: &str = "3f8a61c2-7d0e-4b5f-9a1c-c2d81e0b6a94";

/// Lambda's default time-out in seconds (R7.23).
pub(crate) const DEFAULT_TIMEOUT: u32 = 3;
/// Seconds that the init phase may take (R7.24).
const INIT_LIMIT: u32 = 10;
/// Seconds until Linux gives up connecting, with its default six retries (R7.32).
const KERNEL_TIMEOUT: u32 = 127;
/// Seconds until the C library gives up asking one DNS server: two tries of five seconds (`man 5 resolv.conf`).
const RESOLVER_TIMEOUT: u32 = 10;
/// DNS servers that the C library asks at most (`man 5 resolv.conf`).
const RESOLVER_SERVERS: u32 = 3;

/// What is known of the end of the traffic.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// What becomes of the traffic.
    pub verdict: Verdict,
    /// Whether it comes from a Lambda function; nothing else has Lambda's log.
    pub is_function: bool,
    /// Time-out of the function in seconds. None: Lambda's default (R7.23).
    pub timeout: Option<u32>,
    /// How the client behaves.
    pub client: &'a ResolvedClient,
    /// The host name or address that it connects to.
    pub host: &'a str,
    /// The URL of the request.
    pub url: &'a str,
    /// How many addresses the name has, all tried in turn by clients that do so (R7.29).
    pub address_count: u32,
    /// The decision that ends the traffic; none when it succeeds.
    pub fact: Option<&'a Fact>,
    /// Protocol.
    pub protocol: Protocol,
    /// The operation that the code calls, such as `GetObject`; `…` where that is not known.
    pub operation: &'a str,
    /// Whether the call is made while the code is imported, in the init phase (R7.24).
    pub at_import_time: bool,
}

impl Outcome<'_> {
    /// Whether the other side is an API of AWS, which code calls through the SDK and its retries.
    fn uses_sdk(&self) -> bool {
        let host = self.host.strip_suffix(".cn").unwrap_or(self.host);
        self.protocol == Protocol::Tcp
            && (host.ends_with(".amazonaws.com") || host.ends_with(".api.aws") || host.ends_with(".on.aws"))
    }

    fn function_timeout(&self) -> Option<u32> {
        self.is_function.then(|| self.timeout.unwrap_or(DEFAULT_TIMEOUT))
    }
}

/// What a person sees when traffic ends like that (R7.16 to R7.35).
pub fn symptom(outcome: &Outcome<'_>) -> Symptom {
    match outcome.verdict {
        Verdict::Succeeds => success(outcome),
        Verdict::TimesOut => silence(outcome),
        Verdict::Intermittent => sometimes(outcome),
        Verdict::NameNotResolved => no_name(outcome),
        Verdict::Refused => at_once(outcome, thrown::refused(outcome)),
        Verdict::AccessDenied => at_once(outcome, thrown::denied(outcome)),
        Verdict::Redirected => at_once(outcome, thrown::redirected(outcome)),
        Verdict::NeverStarts => never_starts(outcome),
        Verdict::Undetermined => Symptom { kind: SymptomKind::NotKnown, ..Symptom::default() },
    }
}

fn success(outcome: &Outcome<'_>) -> Symptom {
    let log = if outcome.is_function {
        vec![cat!("START RequestId: ", REQUEST_ID, " Version: $LATEST"), cat!("END RequestId: ", REQUEST_ID)]
    } else {
        Vec::new()
    };
    Symptom { kind: SymptomKind::None, log, ..Symptom::default() }
}

/// What the failing runs show; the others end well.
fn sometimes(outcome: &Outcome<'_>) -> Symptom {
    let verdict = outcome.fact.map_or(Verdict::TimesOut, verdict_of);
    let failing = symptom(&Outcome { verdict, ..*outcome });
    Symptom { kind: SymptomKind::Sometimes, ..failing }
}

/// What would become of traffic that ended with that fact alone.
pub(crate) fn verdict_of(fact: &Fact) -> Verdict {
    match fact.code() {
        Some(ReasonCode::PortNotListening) => Verdict::Refused,
        Some(
            ReasonCode::CrossRegionCopyNotSupported
            | ReasonCode::AccessControlListNotSupported
            | ReasonCode::PrivateDnsCapturesPublicApi,
        ) => Verdict::AccessDenied,
        _ if matches!(fact, Fact::PolicyDenies(_)) => Verdict::AccessDenied,
        Some(ReasonCode::BucketInAnotherRegion) => Verdict::Redirected,
        Some(ReasonCode::NameNotResolved | ReasonCode::DnsSupportDisabled | ReasonCode::DnsServerUnreachable) => {
            Verdict::NameNotResolved
        }
        _ => Verdict::TimesOut,
    }
}

/// Packets or replies are lost: nothing comes back, and something gives up waiting (R7.34).
fn silence(outcome: &Outcome<'_>) -> Symptom {
    if let Some(Fact::WorkloadLacksFamily { .. }) = outcome.fact {
        // The kernel has no way to send at all, so nobody waits (section 13, row 25).
        return at_once(outcome, thrown::no_way(outcome));
    }
    if outcome.protocol != Protocol::Tcp {
        // Without a connection only the code itself decides how long to wait.
        return match outcome.function_timeout() {
            Some(timeout) => function_timeout(outcome, timeout),
            None => Symptom { kind: SymptomKind::NotKnown, ..Symptom::default() },
        };
    }
    wait(outcome, connect_seconds(outcome), thrown::connect_timeout(outcome))
}

/// Either the function's time-out or the error after that many seconds, whichever comes first. At equal times the
/// function's wins, since its clock started earlier (R7.29).
fn wait(outcome: &Outcome<'_>, seconds: u32, error: Thrown) -> Symptom {
    match outcome.function_timeout() {
        Some(timeout) if timeout <= seconds => function_timeout(outcome, timeout),
        _ => Symptom { kind: SymptomKind::SdkError, seconds: Some(seconds), ..thrown(outcome, error) },
    }
}

/// Seconds until the client gives up connecting; at least that, since pauses between attempts are random.
fn connect_seconds(outcome: &Outcome<'_>) -> u32 {
    if !outcome.uses_sdk() {
        // Plain sockets: no time-out but the kernel's, and no second attempt. How many addresses somebody else's
        // name has is not known; one is the least.
        return KERNEL_TIMEOUT;
    }
    let addresses = outcome.address_count.max(1);
    let one = outcome.client.connect_timeout.unwrap_or(KERNEL_TIMEOUT).min(KERNEL_TIMEOUT);
    let attempt = match outcome.client.sdk {
        // Node.js leaves all addresses but the last after a fraction of a second; before version 20 it tries one.
        Sdk::Javascript => one,
        Sdk::Python | Sdk::Java => one.saturating_mul(addresses),
    };
    attempt.saturating_mul(outcome.client.attempts)
}

/// The function's own time-out ends the run (R7.25 to R7.27).
fn function_timeout(outcome: &Outcome<'_>, timeout: u32) -> Symptom {
    let seconds = timeout.to_string();
    let task = cat!("Task timed out after ", &seconds, ".00 seconds");
    let line = cat!(TIMESTAMP, " ", REQUEST_ID, " ", &task);
    let report = cat!("REPORT RequestId: ", REQUEST_ID, "\tDuration: ", &seconds, "000.00 ms\t…");
    let mut log = Vec::new();
    let mut log_new = Vec::new();
    if outcome.at_import_time && timeout > INIT_LIMIT {
        let init =
            cat!("INIT_REPORT Init Duration: ", &INIT_LIMIT.to_string(), "000.00 ms\tPhase: init\tStatus: timeout");
        log.push(init.clone());
        log_new.push(init);
    }
    log_new.push(cat!(&report, "\tStatus: timeout"));
    log.push(report);
    log.push(line.clone());
    Symptom {
        kind: SymptomKind::FunctionTimeout,
        log,
        log_new,
        caller: cat!("{\"errorMessage\": ", &quoted(&line), "}"),
        caller_new: cat!(
            "{\"errorType\": \"Sandbox.Timedout\", \"errorMessage\": ",
            &quoted(&["RequestId: ", REQUEST_ID, " Error: ", &task].concat()),
            "}",
        ),
        seconds: Some(timeout),
    }
}

/// The name has no answer: at once, or when the C library stops asking (section 13, rows 30 to 32).
fn no_name(outcome: &Outcome<'_>) -> Symptom {
    let error = thrown::no_name(outcome);
    match outcome.fact {
        Some(Fact::DnsServersUnreachable { servers }) => {
            let servers = u32::try_from(servers.len()).unwrap_or(u32::MAX).clamp(1, RESOLVER_SERVERS);
            let attempts = if outcome.uses_sdk() { outcome.client.attempts } else { 1 };
            wait(outcome, RESOLVER_TIMEOUT.saturating_mul(servers).saturating_mul(attempts), error)
        }
        _ => at_once(outcome, error),
    }
}

fn at_once(outcome: &Outcome<'_>, error: Thrown) -> Symptom {
    Symptom { kind: SymptomKind::ErrorAtOnce, seconds: None, ..thrown(outcome, error) }
}

/// An error that the code does not catch: as Lambda logs it and answers the caller, or as the program prints it.
fn thrown(outcome: &Outcome<'_>, error: Thrown) -> Symptom {
    if error.is_empty() {
        return Symptom::default();
    }
    if !outcome.is_function {
        return Symptom { log: error.printed(), ..Symptom::default() };
    }
    let caller = cat!("{\"errorMessage\": ", &quoted(&error.message), ", \"errorType\": ", &quoted(error.kind), ", …}");
    let log = match outcome.client.sdk {
        Sdk::Python => {
            vec![cat!("[ERROR] ", error.kind, ": ", &error.message), "Traceback (most recent call last): …".into()]
        }
        Sdk::Javascript => vec![cat!(
            TIMESTAMP,
            "\t",
            REQUEST_ID,
            "\tERROR\tInvoke Error\t{\"errorType\":",
            &quoted(error.kind),
            ",\"errorMessage\":",
            &quoted(&error.message),
            ",…}",
        )],
        Sdk::Java => {
            let mut lines = vec![cat!(&error.message, ": ", error.kind)];
            lines.extend(error.printed());
            lines
        }
    };
    Symptom { log, caller, ..Symptom::default() }
}

/// The code never runs, so there is no log of it; the caller gets Lambda's own error (R7.20, R7.21).
fn never_starts(outcome: &Outcome<'_>) -> Symptom {
    let caller = match outcome.fact {
        _ if !outcome.is_function => String::new(),
        Some(Fact::OutOfAddresses { .. }) => "502 SubnetIPAddressLimitReachedException".into(),
        Some(Fact::CannotCreateInterfaces { .. }) => "502 EC2AccessDeniedException".into(),
        Some(Fact::NotStarted { state, reason, .. }) => invoke_error(state, reason.as_deref()),
        _ => String::new(),
    };
    Symptom { kind: SymptomKind::NeverRuns, caller, ..Symptom::default() }
}

/// What `Invoke` answers for a function in that state (R7.20; https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
fn invoke_error(state: &str, reason: Option<&str>) -> String {
    let exception = match reason {
        Some("SubnetOutOfIPAddresses") => "502 SubnetIPAddressLimitReachedException",
        Some("EniLimitExceeded") => "502 ENILimitReachedException",
        Some("InvalidSubnet") => "502 InvalidSubnetIDException",
        Some("InvalidSecurityGroup") => "502 InvalidSecurityGroupIDException",
        Some("InsufficientRolePermissions") => "502 EC2AccessDeniedException",
        Some("EC2RequestLimitExceeded") => "502 EC2ThrottledException",
        _ if state == "Inactive" => "502 ResourceNotReadyException",
        _ => {
            return cat!(
                "409 ResourceConflictException: The operation cannot be performed at this time. \
                 The function is currently in the following state: ",
                state,
            );
        }
    };
    exception.into()
}
