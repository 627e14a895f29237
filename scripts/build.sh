#!/usr/bin/env bash
# Builds the wasm modules and the page, after installing what is missing.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_rust
need_wasm_target
need_npm_packages
need_wasm_pack
need_wasm_bindgen

# The standard library that comes with Rust is built for speed, and words each panic. Built anew for size, with panics
# that only trap, it takes 8 KB of what every page loads. Both are unstable options, which RUSTC_BOOTSTRAP opens in the
# stable compiler; for nothing but these modules. With the plain library they work alike, and miss the budget.
standard_library=()
if need_rust_src; then
  export RUSTC_BOOTSTRAP=1
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C panic=immediate-abort -Z unstable-options -Z location-detail=none"
  standard_library=(-Z build-std=std,panic_abort -Z build-std-features=optimize_for_size)
else
  echo "warning: the standard library cannot be built here, so the wasm modules become larger than their budget" >&2
fi

wasm_module() {
  say "Build the wasm module $1"
  wasm-pack build wasm --profile wasm --target web --no-pack --out-name "$1" --out-dir "../www/src/wasm/pkg-$1" -- \
    --locked --no-default-features --features "$1" "${standard_library[@]}"
  order_functions "www/src/wasm/pkg-$1/$1_bg.wasm"
}

# Takes another 3 KB of the engine. The features are those of wasm/Cargo.toml.
order_functions() {
  node scripts/order-functions.mjs "$1" "$1.named"
  wasm-opt "$1.named" -o "$1" --reorder-functions-by-name --strip-debug --enable-bulk-memory --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-sign-ext --enable-reference-types --enable-multivalue
  rm "$1.named"
}

wasm_module engine
wasm_module engine-ja
wasm_module engine-whole
wasm_module engine-whole-ja
# For scripts/sizes.mjs alone.
wasm_module engine-without-permissions
wasm_module edit
wasm_module export
wasm_module import
wasm_module repair
wasm_module svg
say "Build the page"
npm --prefix www run build
