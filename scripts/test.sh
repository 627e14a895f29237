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
names=()
declare -A outcome=() seconds=()

step() {
  local name=$1 begin=$SECONDS
  shift
  say "$name"
  names+=("$name")
  if "$@" 2>&1 | tee "$logs/${name// /-}.log"; then outcome[$name]=ok; else outcome[$name]=FAILED; fi
  seconds[$name]=$((SECONDS - begin))
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

# Templates as today's CDK writes them, each time anew.
cdk_templates() {
  rm -rf target/cdk-out
  node tests/cdk/synth.mjs target/cdk-out
  cargo run --quiet --locked -p vpcreach-tests --bin cdk -- target/cdk-out
}

# The same stacks in an emulated account, collected there by the AWS CLI.
emulated_account() {
  rm -rf target/moto
  cargo run --quiet --locked -p vpcreach --all-features -- collect-script >target/collect.sh &&
    timeout 1800 "$moto/bin/python" tests/moto/account.py target/cdk-out/{Default,Isolated,Public,DualStack}.template.json \
      tests/moto/templates/*.yaml target/moto target/collect.sh >target/moto.log 2>&1 ||
    { tail -n 20 target/moto.log && return 1; }
  cargo run --quiet --locked -p vpcreach-tests --bin moto -- target/moto
}

wasm_tests() {
  wasm-pack test --node wasm --locked --features edit,import,repair
}

# Zones are written out in documents, and runtimes grow old.
lint_templates() {
  cargo run --quiet --locked -p vpcreach-tests --bin templates -- target/templates &&
    "$cfn_lint/bin/cfn-lint" --non-zero-exit-code error --ignore-checks W3010 W2531 -- target/templates/*.json &&
    echo "no error in any template"
}

# Pages with the element in them, as the generators of today write them.
generator_pages() {
  rm -rf target/generators
  (cd tests/generators && npx vitepress build vitepress) &&
    "$mkdocs/bin/mkdocs" build --quiet --config-file tests/generators/mkdocs/mkdocs.yml --site-dir "$PWD/target/generators/mkdocs"
}

step "tracked text" scripts/check-text.sh
step "licences" python3 scripts/check-licences.py
step "format" cargo fmt --all --check
step "clippy native" cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
step "clippy wasm engine" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown -- -D warnings
step "clippy wasm engine-whole" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features engine-whole-ja -- -D warnings
step "clippy wasm engine-without-permissions" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features engine-without-permissions -- -D warnings
step "clippy wasm import" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features import,marks -- -D warnings
step "clippy wasm edit" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features edit -- -D warnings
step "clippy wasm export" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features export -- -D warnings
step "clippy wasm repair" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features repair -- -D warnings
step "clippy wasm svg" cargo clippy --locked -p vpcreach-wasm --target wasm32-unknown-unknown \
  --no-default-features --features svg -- -D warnings
step "tests" cargo nextest run --locked --workspace --all-features --no-fail-fast
step "policies compared" cargo run --quiet --locked -p vpcreach-tests --bin oracle -- 1000
step "templates of the CDK" cdk_templates
step "emulated account" emulated_account
step "templates linted" lint_templates
step "doc tests" cargo test --locked --doc --workspace --all-features
step "docs" cargo doc --locked --workspace --all-features --no-deps
step "package" cargo package --locked --allow-dirty -p vpcreach
step "wasm tests" wasm_tests
step "build" scripts/build.sh
step "engines compared" node scripts/compare-engines.mjs
step "npm package" scripts/package.sh
step "sizes" node scripts/sizes.mjs
step "pages of generators" generator_pages
step "page types" npm --prefix www run check
step "page tests" npm --prefix www test
step "browser tests" npm --prefix www run browser
step "nothing written" nothing_written

say "What the test runners said last"
for name in "${names[@]}"; do
  sed 's/\x1b\[[0-9;]*m//g' "$logs/${name// /-}.log" |
    { grep -E '^ *(Summary \[|test result: |Tests  |[0-9]+ (passed|failed|flaky|skipped)|no tests to run)' || true; } |
    { grep -v ' 0 passed; 0 failed' || true; } | sed "s/^ */$name: /"
done

say "Summary"
status=0
for name in "${names[@]}"; do
  printf '%-20s %-6s %5d s\n' "$name" "${outcome[$name]}" "${seconds[$name]}"
  [ "${outcome[$name]}" = ok ] || status=1
done
[ "$status" = 0 ] && echo "all checks passed" || echo "some checks failed; their output is in $logs"
exit "$status"
