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
 * The language of the answer.
 */
lang: "en" | "ja", };
