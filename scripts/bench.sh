#!/usr/bin/env bash
# Measures natively, in Node as WASI program, and through the browser's modules in Node.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_rust
need_node
[ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-wasip1" ] || rustup target add wasm32-wasip1

say "Machine"
rustc --version
node --version
uname -srm

say "Native"
cargo run --quiet --locked --release -p vpcreach-tests --bin bench

say "Policies, beside another engine"
need_oracle
cargo run --quiet --locked --release -p vpcreach-tests --bin oracle -- 20000

say "Node, the same program as wasm"
cargo build --quiet --locked --profile wasm --target wasm32-wasip1 -p vpcreach-tests --bin bench
# Node 20 crashes when it replaces code of a WASI program that never returns to it, so all code is optimised at once.
node --no-warnings --no-liftoff --no-wasm-tier-up scripts/wasi.mjs target/wasm32-wasip1/wasm/bench.wasm

say "Node, the browser's modules with everything that crosses the boundary"
scripts/build.sh >target/bench-build.log 2>&1 || give_up "the build failed, see target/bench-build.log"
inputs=target/bench-inputs
mkdir -p "$inputs"
cargo run --quiet --locked --release -p vpcreach-tests --bin bench -- "$inputs"
node scripts/bench.mjs "$inputs"

say "Chromium, the built page: cold load and the time from an edit to its painted verdict"
need_chromium
npm --prefix www run bench
