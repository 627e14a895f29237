//! The errors that client code throws, by SDK (R7.28 to R7.33, R7.35).

use super::{KERNEL_TIMEOUT, Outcome};
use crate::fact::{Denial, Fact};
use crate::policy::LayerKind;
use crate::query::Sdk;
use crate::texts::{cat, contains};

/// The class of every error of the Java SDK's own.
const JAVA_CLIENT: &str = "software.amazon.awssdk.core.exception.SdkClientException";
/// The class of every error that S3 answers, in the Java SDK.
const JAVA_S3: &str = "software.amazon.awssdk.services.s3.model.S3Exception";

/// An error as code throws it.
pub(super) struct Thrown {
    /// Its class as Lambda names it (`errorType`).
    pub(super) kind: &'static str,
    /// The module in front of the class, where a program that is no function prints it.
    module: &'static str,
    /// Its message.
    pub(super) message: String,
    /// The cause that is printed below it.
    cause: Option<String>,
}

impl Thrown {
    fn new(kind: &'static str, message: String) -> Thrown {
        Thrown { kind, module: "", message, cause: None }
    }

    fn botocore(kind: &'static str, message: String) -> Thrown {
        Thrown { kind, module: "botocore.exceptions.", message, cause: None }
    }

    /// No error: the code gets an answer and decides itself what to make of it.
    fn none() -> Thrown {
        Thrown::new("", String::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// The lines that a program prints when it ends with the error.
    pub(super) fn printed(&self) -> Vec<String> {
        let mut lines = vec![cat!(self.module, self.kind, ": ", &self.message)];
        lines.extend(self.cause.as_ref().map(|cause| cat!("Caused by: ", cause)));
        lines
    }
}

/// Nothing came back to the attempts to connect.
pub(super) fn connect_timeout(outcome: &Outcome<'_>) -> Thrown {
    let target = address_and_port(outcome);
    // A client's own time-out beyond the kernel's never comes to pass.
    let own = outcome.client.connect_timeout.filter(|seconds| *seconds < KERNEL_TIMEOUT);
    match (outcome.client.sdk, outcome.uses_sdk()) {
        (Sdk::Python, true) => match own {
            Some(_) => {
                Thrown::botocore("ConnectTimeoutError", cat!("Connect timeout on endpoint URL: \"", outcome.url, "\""))
            }
            None => could_not_connect(outcome),
        },
        (Sdk::Python, false) => Thrown::new("TimeoutError", "[Errno 110] Connection timed out".into()),
        (Sdk::Javascript, true) => match own {
            Some(seconds) => Thrown::new(
                "TimeoutError",
                cat!(
                    "@smithy/node-http-handler - the request socket did not establish a connection with the server \
                     within the configured timeout of ",
                    &seconds.to_string(),
                    "000 ms.",
                ),
            ),
            None => Thrown::new("TimeoutError", cat!("connect ETIMEDOUT ", &target)),
        },
        // From version 20 the errors of all addresses stand below one without a message; this is the text of each (R7.28).
        (Sdk::Javascript, false) => Thrown::new("Error", cat!("connect ETIMEDOUT ", &target)),
        (Sdk::Java, true) => Thrown::new(
            JAVA_CLIENT,
            cat!(
                "Unable to execute HTTP request: Connect to ",
                &host_and_port(outcome),
                " [",
                outcome.host,
                "/…] failed: Connect timed out",
            ),
        ),
        (Sdk::Java, false) => Thrown::new("java.net.ConnectException", "Connection timed out".into()),
    }
}

/// The destination answered that nothing listens.
pub(super) fn refused(outcome: &Outcome<'_>) -> Thrown {
    match (outcome.client.sdk, outcome.uses_sdk()) {
        (Sdk::Python, true) => could_not_connect(outcome),
        (Sdk::Python, false) => Thrown::new("ConnectionRefusedError", "[Errno 111] Connection refused".into()),
        (Sdk::Javascript, _) => Thrown::new("Error", cat!("connect ECONNREFUSED ", &address_and_port(outcome))),
        (Sdk::Java, true) => Thrown::new(
            JAVA_CLIENT,
            cat!(
                "Unable to execute HTTP request: Connect to ",
                &host_and_port(outcome),
                " [",
                outcome.host,
                "/…] failed: Connection refused",
            ),
        ),
        (Sdk::Java, false) => Thrown::new("java.net.ConnectException", "Connection refused".into()),
    }
}

/// The workload has no address of the destination's family.
pub(super) fn no_way(outcome: &Outcome<'_>) -> Thrown {
    match (outcome.client.sdk, outcome.uses_sdk()) {
        (Sdk::Python, true) => could_not_connect(outcome),
        (Sdk::Python, false) => Thrown::new("OSError", "[Errno 101] Network is unreachable".into()),
        (Sdk::Javascript, _) => Thrown::new("Error", cat!("connect ENETUNREACH ", &address_and_port(outcome))),
        (Sdk::Java, true) => Thrown::new(JAVA_CLIENT, "Unable to execute HTTP request: Network is unreachable".into()),
        (Sdk::Java, false) => Thrown::new("java.net.ConnectException", "Network is unreachable".into()),
    }
}

/// The name has no answer, or nobody answers for names.
pub(super) fn no_name(outcome: &Outcome<'_>) -> Thrown {
    let says_no = matches!(
        outcome.fact,
        Some(Fact::ZoneHasNoRecord { .. } | Fact::DnsFirewallBlocks { .. } | Fact::NoAddressOfFamily { .. })
    );
    match (outcome.client.sdk, outcome.uses_sdk()) {
        (Sdk::Python, true) => could_not_connect(outcome),
        (Sdk::Python, false) => {
            let message = if says_no {
                "[Errno -2] Name or service not known"
            } else {
                "[Errno -3] Temporary failure in name resolution"
            };
            Thrown { module: "socket.", ..Thrown::new("gaierror", message.into()) }
        }
        (Sdk::Javascript, _) => {
            let code = if says_no { "ENOTFOUND" } else { "EAI_AGAIN" };
            Thrown::new("Error", cat!("getaddrinfo ", code, " ", outcome.host))
        }
        (Sdk::Java, true) => Thrown {
            cause: Some(cat!("java.net.UnknownHostException: ", outcome.host)),
            ..Thrown::new(
                JAVA_CLIENT,
                "Received an UnknownHostException when attempting to interact with a service. \
                 See cause for the exact endpoint that is failing to resolve. …"
                    .into(),
            )
        },
        (Sdk::Java, false) => Thrown::new("java.net.UnknownHostException", outcome.host.into()),
    }
}

/// The service answered 403 (R7.35).
pub(super) fn denied(outcome: &Outcome<'_>) -> Thrown {
    let (operation, message) = match outcome.fact {
        Some(Fact::CopyRefused { .. }) => ("CopyObject", "VPC endpoints do not support cross-region requests"),
        // The API of somebody's own is called without the SDK: a plain client returns the 403 and throws nothing.
        Some(Fact::PublicApiCaptured { .. }) => return Thrown::none(),
        Some(Fact::PolicyDenies(denial)) => return denied_by_policy(outcome, denial),
        Some(Fact::ListNotSupported) => {
            let (code, message) = ("AccessControlListNotSupported", "The bucket does not allow ACLs");
            return service_error(outcome, code, outcome.operation, message, 400);
        }
        _ => (outcome.operation, "Access Denied"),
    };
    service_error(outcome, "AccessDenied", operation, message, 403)
}

/// A policy denies. To callers of the owner's account AWS says which kind of policy, one of them where several deny
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>).
fn denied_by_policy(outcome: &Outcome<'_>, denial: &Denial) -> Thrown {
    let permission = &denial.permission;
    let is_s3 = contains(outcome.host, "s3");
    // The answer to a HEAD request has no body that could say more.
    if is_s3 && outcome.operation.starts_with("Head") {
        return service_error(outcome, "403", outcome.operation, "Forbidden", 403);
    }
    let code = if is_s3 || outcome.host.starts_with("sqs.") || outcome.host.starts_with("sts.") {
        "AccessDenied"
    } else {
        "AccessDeniedException"
    };
    let kind = match permission.layer {
        LayerKind::ResourceControl => "resource control policy",
        LayerKind::ServiceControl => "service control policy",
        LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => "VPC endpoint policy",
        LayerKind::AccessPoint | LayerKind::Bucket | LayerKind::Key => "resource-based policy",
        LayerKind::Identity => "identity-based policy",
        LayerKind::PermissionsBoundary => "permissions boundary",
        LayerKind::Session => "session policy",
        LayerKind::BlockPublicAccess => "",
    };
    if !denial.is_told || kind.is_empty() {
        return service_error(outcome, code, outcome.operation, "Access Denied", 403);
    }
    let reason = if denial.explicit {
        let article = if kind.starts_with('i') { "an " } else { "a " };
        cat!("with an explicit deny in ", article, kind)
    } else {
        cat!("because no ", kind, " allows the ", &permission.action, " action")
    };
    let quote = if contains(&permission.resource, ":s3:") { "\"" } else { "" };
    let message = cat!(
        "User: ",
        &denial.user,
        " is not authorized to perform: ",
        &permission.action,
        " on resource: ",
        quote,
        &permission.resource,
        quote,
        " ",
        &reason,
    );
    service_error(outcome, code, outcome.operation, &message, 403)
}

/// S3 answered 301, and the client does not follow (R7.31, R7.35).
pub(super) fn redirected(outcome: &Outcome<'_>) -> Thrown {
    service_error(
        outcome,
        "PermanentRedirect",
        outcome.operation,
        "The bucket you are attempting to access must be addressed using the specified endpoint. \
         Please send all future requests to this endpoint.",
        301,
    )
}

fn service_error(outcome: &Outcome<'_>, code: &'static str, operation: &str, message: &str, status: u32) -> Thrown {
    match outcome.client.sdk {
        Sdk::Python => Thrown::botocore(
            "ClientError",
            cat!("An error occurred (", code, ") when calling the ", operation, " operation: ", message),
        ),
        Sdk::Javascript => Thrown::new(code, message.into()),
        Sdk::Java => {
            Thrown::new(JAVA_S3, cat!(message, " (Service: S3, Status Code: ", &status.to_string(), ", Request ID: …)"))
        }
    }
}

/// boto3 has one text for a refused connection, an unreachable network and a name without answer (R7.30).
fn could_not_connect(outcome: &Outcome<'_>) -> Thrown {
    Thrown::botocore("EndpointConnectionError", cat!("Could not connect to the endpoint URL: \"", outcome.url, "\""))
}

fn host_and_port(outcome: &Outcome<'_>) -> String {
    [outcome.host, port_suffix(outcome.url)].concat()
}

/// As Node.js prints it: the address, which is one of several unless the host is an address itself.
fn address_and_port(outcome: &Outcome<'_>) -> String {
    let address = if outcome.host.parse::<std::net::IpAddr>().is_ok() { outcome.host } else { "…" };
    [address, port_suffix(outcome.url)].concat()
}

/// `:443` for `https://host/…` or `host:443`; empty where the URL does not tell.
fn port_suffix(url: &str) -> &str {
    let (scheme, rest) = crate::texts::split_once(url, "://").unwrap_or(("", url));
    let authority = rest.split(['/', '?']).next().unwrap_or("");
    // Behind the bracket of an IPv6 address, a colon can only be that of the port.
    let tail = authority.rsplit_once(']').map_or(authority, |(_, tail)| tail);
    match tail.rfind(':').and_then(|at| tail.get(at..)) {
        Some(port) => port,
        None if scheme == "https" => ":443",
        None if scheme == "http" => ":80",
        None => "",
    }
}
