#!/usr/bin/env bash
# Builds the wasm modules and the page, after installing what is missing; with `--for-sizes` also what scripts/sizes.mjs
# compares with.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_rust
need_wasm_target
need_npm_packages
need_wasm_pack
need_wasm_bindgen

# The standard library that comes with Rust is built for speed, and words each panic. Built anew for size, with panics
# that only trap, it takes 8 KB of what every page loads. Both are unstable options, which RUSTC_BOOTSTRAP opens in the
# stable compiler; for nothing but these modules. Without inlining what would grow, the modules are 2 % smaller, and no
# slower where it was measured. With the plain library they work alike, and miss the budget.
standard_library=()
if need_rust_src; then
  export RUSTC_BOOTSTRAP=1
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C panic=immediate-abort -Z unstable-options -Z location-detail=none -C llvm-args=-inline-threshold=0"
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

# A module is linked on one core, so two lanes take half the time: each with a target folder of its own, which cargo locks.
# What the second says is printed when it ends.
target=${CARGO_TARGET_DIR:-$PWD/target}
mkdir -p "$target/second-lane"
second_lane() {
  export CARGO_TARGET_DIR=$target/second-lane
  for module in engine-ja engine-whole-ja import export; do wasm_module "$module"; done
}
second_lane >"$target/second-lane/log" 2>&1 &
lane=$!
trap 'kill "$lane" 2>/dev/null || true' EXIT
# The module without permissions is for scripts/sizes.mjs alone.
[ "${1:-}" != --for-sizes ] || wasm_module engine-without-permissions
for module in engine engine-whole repair edit svg; do wasm_module "$module"; done
wait "$lane" && failed= || failed=1
cat "$target/second-lane/log"
[ -z "$failed" ] || give_up "a wasm module could not be built"
say "Build the page"
npm --prefix www run build
