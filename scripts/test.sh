#!/usr/bin/env bash
# Every check, in one run: a failed step does not hide the next ones, and the summary at the end names it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_rust
need_nextest
need_wasm_target
need_npm_packages
need_oracle
need_cdk
need_cfn_lint
need_generators
need_moto
need_wasm_pack
need_chromium

logs=target/test-logs
rm -rf "$logs"
mkdir -p "$logs"
steps=$logs/steps
# How the test runners, compilers and checkers name what failed.
names_a_failure='^ *(✘|FAIL |FAILED |×|error[:[]|Error: |test .* FAILED$|[^ ]+: error|not as expected)'

# step NAME COMMAND…: runs a check, and notes how it ended.
step() {
  local name=$1 begin=$SECONDS outcome=ok
  local log=$logs/${name// /-}.log
  shift
  say "$name"
  "$@" 2>&1 | tee "$log" || outcome=FAILED
  printf '%s\t%s\t%s\n' "$name" "$outcome" "$((SECONDS - begin))" >>"$steps"
}

export RUSTDOCFLAGS="-D warnings"
before=$(git status --porcelain 2>/dev/null || true)

nothing_written() {
  local after
  after=$(git status --porcelain 2>/dev/null || true)
  [ "$before" = "$after" ] && echo "no tracked file was changed by this run" && return
  printf 'this run changed files:\n%s\n' "$after"
  return 1
}

# tool NAME ARGUMENTS…: a program of the tests, built as the tests build it, so that they do not build each other's anew.
tool() {
  local name=$1
  shift
  cargo build --quiet --locked --workspace --all-features --bins && "${CARGO_TARGET_DIR:-target}/debug/$name" "$@"
}

# Templates as today's CDK writes them, each time anew.
cdk_templates() {
  rm -rf target/cdk-out
  node tests/cdk/synth.mjs target/cdk-out
  tool cdk target/cdk-out
}

# The same stacks in an emulated account, collected there by the AWS CLI.
emulated_account() {
  rm -rf target/moto
  tool vpcreach collect-script >target/collect.sh &&
    timeout 1800 "$moto/bin/python" tests/moto/account.py target/cdk-out/{Default,Isolated,Public,DualStack}.template.json \
      tests/moto/templates/*.yaml target/moto target/collect.sh >target/moto.log 2>&1 ||
    { tail -n 20 target/moto.log && return 1; }
  tool moto target/moto
}

wasm_tests() {
  wasm-pack test --node wasm --locked --features edit,import,repair
}

# Zones are written out in documents, and runtimes grow old.
lint_templates() {
  "$cfn_lint/bin/python" scripts/template-properties.py --check || return
  tool templates target/templates &&
    "$cfn_lint/bin/cfn-lint" --non-zero-exit-code error --ignore-checks W3010 W2531 -- target/templates/*.json &&
    echo "no error in any template"
}

# Pages with the element in them, as the generators of today write them.
generator_pages() {
  rm -rf target/generators target/mdbook
  (cd tests/generators && npx vitepress build vitepress) &&
    "$books/bin/mkdocs" build --quiet --config-file tests/generators/mkdocs/mkdocs.yml --site-dir "$PWD/target/generators/mkdocs" &&
    cp -r tests/generators/mdbook target/mdbook &&
    cp www/dist/vpc-playground.offline.js target/mdbook &&
    "$books/bin/mdbook" build target/mdbook --dest-dir "$PWD/target/generators/mdbook"
}

rust_checks() {
  step "format" cargo fmt --all --check
  step "clippy native" cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
  for features in engine engine-whole-ja engine-without-permissions import,marks edit export repair svg; do
    step "clippy wasm $features" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
      --no-default-features --features "$features" -- -D warnings
  done
  step "tests" cargo nextest run --locked --workspace --all-features --no-fail-fast
  step "doc tests" cargo test --locked --doc --workspace --all-features
  step "docs" cargo doc --locked --workspace --all-features --no-deps
  step "package" cargo package --locked --allow-dirty -p vpcreach
  step "wasm tests" wasm_tests
}

page_checks() {
  step "build" scripts/build.sh --for-sizes
  step "engines compared" node scripts/compare-engines.mjs
  step "npm package" scripts/package.sh
  step "sizes" node scripts/sizes.mjs
  step "pages of generators" generator_pages
  step "page types" npm --prefix www run check
  step "page tests" npm --prefix www test
  step "policies compared" tool oracle 1000
  step "templates of the CDK" cdk_templates
  step "templates linted" lint_templates
  step "emulated account" emulated_account
}

step "tracked text" scripts/check-text.sh
step "licences" python3 scripts/check-licences.py
# Most of these keep one core busy, so two lanes of them take half the time. What the second says is printed when it ends.
page_checks >"$logs/page-checks.out" 2>&1 &
lane=$!
rust_checks
wait "$lane" || step "second lane" false
cat "$logs/page-checks.out"
step "browser tests" npm --prefix www run browser
step "nothing written" nothing_written

say "What the test runners said last"
while IFS=$'\t' read -r name _; do
  sed 's/\x1b\[[0-9;]*m//g' "$logs/${name// /-}.log" |
    { grep -E '^ *(Summary \[|test result: |Tests  |[0-9]+ (passed|failed|flaky|skipped)|no tests to run)' || true; } |
    { grep -v ' 0 passed; 0 failed' || true; } | sed "s/^ */$name: /"
done <"$steps"

say "Summary"
status=0
while IFS=$'\t' read -r name outcome seconds; do
  printf '%-28s %-6s %5d s\n' "$name" "$outcome" "$seconds"
  [ "$outcome" = ok ] || status=1
done <"$steps"
# After the table, since a log that is cut is cut at its beginning.
while IFS=$'\t' read -r name outcome _; do
  [ "$outcome" = ok ] && continue
  sed 's/\x1b\[[0-9;]*m//g' "$logs/${name// /-}.log" | { grep -E "$names_a_failure" || true; } |
    awk '!said[$0]++' | head -n 12 | cut -c 1-200 | sed "s/^ */$name: /"
done <"$steps"
[ "$status" = 0 ] && echo "all checks passed" || echo "some checks failed; their output is in $logs"
exit "$status"
