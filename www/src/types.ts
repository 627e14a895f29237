/** The types that cross the wasm boundary, generated from the Rust types. */
export type * from '../../wasm/envelopes';
export type * from '../../wasm/types';
