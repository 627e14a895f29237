//! What is asked: from a workload to a destination, under client options.

use serde::Serialize;

use crate::closed_list::closed_lists;
use crate::document::{OneOrMany, Section, document_types};

document_types! {
    /// A question.
    pub struct Query {
        /// The workload: its key, or `kind/key` where a key is not unique (`function/thumbnailer`).
        from: String,
        /// The destination: `s3://bucket[/key]`, `https://host[:port]`, `ADDRESS:PORT[/udp]`,
        /// a host name, an AWS service (`service/sqs`), or the key of another workload. Policies decide about a bucket or
        /// an access point by its host name (`https://bucket.s3.REGION.amazonaws.com/key`) as by its own name.
        to: String,
        /// Port. Default: what the destination says, else 443.
        port: Option<u16>,
        /// `tcp` (default), `udp` or `icmp`.
        protocol: Option<String>,
        /// The request that is made once connected.
        #[cfg(feature = "permissions")]
        request: Option<Request>,
        /// How the client behaves, over what the function itself says.
        client: Option<Client>,
    }

    /// A request to an AWS service.
    pub struct Request {
        /// The operation, such as `GetObject` (default for S3).
        operation: Option<String>,
        /// The object's key. Default: any.
        key: Option<String>,
        /// For `CopyObject` and `UploadPartCopy`: the source, `s3://bucket[/key]`.
        copy_source: Option<String>,
        /// The ARN of what it is about, for services other than S3. Default: any.
        resource: Option<String>,
        /// Condition keys of the request by name, such as `s3:prefix`, over those that the path gives.
        context: Section<OneOrMany>,
        /// Whether it is signed. Default: true.
        signed: Option<bool>,
        /// Who signed it, where that is not the function's role: a key of `roles`, or the ARN of a role.
        signed_by: Option<String>,
    }

    /// How a client of AWS behaves; what is left out follows the function's runtime.
    pub struct Client {
        /// The SDK: `python` (boto3), `javascript` (version 3) or `java` (version 2).
        /// Default: by the function's runtime, else `python` with an assumption noted.
        sdk: Option<Sdk>,
        /// The Region that it is configured for. Default: that of the workload.
        region: Option<String>,
        /// Which host names it uses. Default: by SDK (R5.26).
        names: Option<HostNames>,
        /// Whether it uses dual-stack host names. Default: false.
        dual_stack: Option<bool>,
        /// Whether it uses FIPS host names. Default: false.
        fips: Option<bool>,
        /// A host name that it is told to use instead, such as an endpoint-specific one (R6.15).
        endpoint: Option<String>,
        /// The address family that it tries first. Default: IPv6 where the workload has it.
        prefers: Option<Family>,
        /// Whether it tries the other family without waiting for a connect time-out. Default: by SDK.
        fallback: Option<bool>,
        /// Whether it follows S3's redirect to the bucket's Region (R7.31). Default: by SDK.
        follow_redirects: Option<bool>,
        /// Seconds until it gives up connecting to one address; 0: never. Default: by SDK (R7.29, R7.32).
        connect_timeout: Option<u32>,
        /// Seconds until it gives up waiting for an answer; 0: never. Default: by SDK.
        read_timeout: Option<u32>,
        /// Attempts in all. Default: by SDK (R7.29).
        attempts: Option<u32>,
    }
}

closed_lists! {
    /// An SDK whose defaults are known.
    pub enum Sdk {
        /// boto3 for Python.
        Python = "python",
        /// AWS SDK for JavaScript, version 3.
        Javascript = "javascript",
        /// AWS SDK for Java, version 2.
        Java = "java",
    }
}

closed_lists! {
    /// The style of host name that a client uses for a service.
    pub enum HostNames {
        /// `s3.us-east-1.amazonaws.com`, `sts.us-east-1.amazonaws.com`.
        Regional = "regional",
        /// Global and legacy names: `s3.amazonaws.com`, `sts.amazonaws.com` (R5.25, R15.4).
        Global = "global",
    }
}

closed_lists! {
    /// An address family.
    pub enum Family {
        /// IPv4.
        Ipv4 = "ipv4",
        /// IPv6.
        Ipv6 = "ipv6",
    }
}
