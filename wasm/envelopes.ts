/**
 * What a page asks. What is left out, undefined or null ranges over everything there is.
 */
export type AnalysisRequest = {
/**
 * The workload.
 */
from?: string | null,
/**
 * The destination.
 */
to?: string | null,
/**
 * Port.
 */
port?: number | null,
/**
 * `tcp`, `udp` or `icmp`.
 */
protocol?: string | null,
/**
 * The operation, such as `GetObject`.
 */
operation?: string | null,
/**
 * Whether nothing is asked, and the response is for its diagram and diagnostics.
 */
drawOnly?: boolean | null,
/**
 * The language of the answer.
 */
lang: Language, };

/**
 * What a page asks to have mended. A question by workload and destination is meant to succeed.
 */
export type RepairRequest = AnalysisRequest & {
/**
 * The position of one of the document's expectations, which is meant to succeed whatever the document expects.
 */
expectation?: number | null,
/**
 * Gigabytes a month of the traffic, up to 65535. Default: 100.
 */
gigabytesPerMonth?: number | null,
/**
 * Hours a month. Default: 730.
 */
hoursPerMonth?: number | null,
/**
 * How many cures of a check are wanted. Default: 6.
 */
most?: number | null, };

/**
 * What a document is written in.
 */
export type DocumentFormat = "yaml" | "terraform" | "cloudformation";

/**
 * What a change is written in; `cli` are commands of the AWS CLI.
 */
export type ChangeFormat = "terraform" | "cloudformation" | "cli";

/**
 * A language of answers.
 */
export type Language = "en" | "ja";

/**
 * A file as a person gave it.
 */
export type SourceFile = {
/**
 * Its name, with folders where there are any.
 */
name: string,
/**
 * Its content.
 */
bytes: Uint8Array, };

/**
 * What imported files do not say themselves.
 */
export type ImportOptions = {
/**
 * Values of the templates' parameters, by name.
 */
parameters?: Readonly<Record<string, string>> | null,
/**
 * Where a template without a Region is meant to run.
 */
region?: string | null, };

/**
 * What the collection script collects unless its own options say otherwise.
 */
export type CollectOptions = {
/**
 * The VPC. Default: that of the first function.
 */
vpc?: string | null,
/**
 * Functions. Default: all of the Region.
 */
functions?: readonly string[] | null,
/**
 * Buckets whose Region matters.
 */
buckets?: readonly string[] | null,
/**
 * The Region. Default: that of the AWS CLI's settings.
 */
region?: string | null,
/**
 * The profile of the AWS CLI.
 */
profile?: string | null, };
