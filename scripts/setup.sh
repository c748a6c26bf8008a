# What scripts/demo and scripts/test do first: look for the tools, fetch the face nets, build the console.
# Meant to be sourced by a bash script that has made the repository root its working directory.
# shellcheck shell=bash

say() {
  if [[ -t 1 && -z ${NO_COLOR-} ]]; then
    printf '\033[1m%s\033[0m\n' "$*"
  else
    printf '== %s\n' "$*"
  fi
}

fail() {
  printf '\n' >&2
  printf '%s\n' "$@" >&2
  exit 1
}

# need COMMAND "what it is for" "how to get it"
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is missing: $2." "$3"
}

check_tools() {
  need cargo "mien is written in Rust" \
    "Install Rust from https://rustup.rs, open a new shell and try again."
  need cc "Rust links programs with a C compiler" \
    "Install one: 'apt install gcc' on Debian and Ubuntu, 'dnf install gcc' on Fedora, 'xcode-select --install' on macOS."
  need npm "the face nets come as npm packages and the console is built by npm" \
    "Install Node.js 20.19 or newer with npm: from https://nodejs.org, or 'apt install nodejs npm' where that is as new."

  local least have
  least=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  have=$(rustc --version | cut -d' ' -f2)
  if ! at_least "$least" "$have"; then
    fail "Rust $have is too old: mien needs $least or newer." "Update it with 'rustup update stable'."
  fi
  have=$(node --version)
  if ! at_least 20.19 "${have#v}"; then
    fail "Node.js $have is too old: the console is built with 20.19 or newer." "Install it from https://nodejs.org."
  fi
}

# at_least 1.95 1.100.0: whether the second version is the first one or newer.
at_least() {
  local least_major least_minor major minor
  IFS=. read -r least_major least_minor _ <<<"$1"
  IFS=. read -r major minor _ <<<"$2"
  ((major > least_major || (major == least_major && minor >= least_minor)))
}

# fetch_models PROFILE: leaves models/node_modules as pinned. PROFILE is the one built next.
# Building the crate `models` is what checks the hashes, so it also tells whether there is work.
fetch_models() {
  if [[ -d models/node_modules ]] && cargo build --quiet --locked -p models --profile "$1" 2>/dev/null; then
    return
  fi
  say "Fetching the face nets (npm packages, pinned in models/package-lock.json)"
  npm ci --ignore-scripts --no-fund --no-audit --prefix models ||
    fail "npm could not fetch the face nets." \
      "Check the network (or npm's proxy and registry settings) and try again; nothing else was changed."
}

# fetch_console: leaves console/node_modules as the lock file says.
fetch_console() {
  [[ console/node_modules/.package-lock.json -nt console/package-lock.json ]] && return
  say "Fetching what the console is built with (npm packages, pinned in console/package-lock.json)"
  npm ci --ignore-scripts --no-fund --no-audit --loglevel=error --prefix console ||
    fail "npm could not fetch what the console is built with." \
      "Check the network (or npm's proxy and registry settings) and try again; nothing else was changed."
}

# build_console: leaves console/dist, which the binary holds, as new as its sources.
build_console() {
  local newer=
  if [[ -f console/dist/index.html ]]; then
    newer=$(find console/src console/public console/scripts console/*.html console/package-lock.json \
      console/package.json console/vite.config.ts -newer console/dist/index.html -print -quit)
    [[ -z $newer ]] && return
  fi
  fetch_console
  say "Building the console"
  npm run --silent build --prefix console -- --logLevel warn || fail "The console could not be built."
}
