#!/usr/bin/env bash
# Builds the wasm modules and the page, after installing what is missing.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_rust
need_wasm_target
need_npm_packages
need_wasm_pack

wasm_module() {
  say "Build the wasm module $1"
  wasm-pack build wasm --profile wasm --target web --no-pack --out-name "$1" --out-dir "../www/src/wasm/pkg-$1" -- \
    --locked --no-default-features --features "$1"
}

wasm_module engine
wasm_module engine-ja
wasm_module edit
wasm_module import
wasm_module repair
wasm_module svg
say "Build the page"
npm --prefix www run build
