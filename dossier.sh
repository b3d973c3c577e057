#!/usr/bin/env bash
# dossier.sh demo     installs what is needed, builds, reads the sample articles and answers three questions; at a terminal opens the shell
# dossier.sh test     installs what is needed, builds, checks the include direction and runs all tests
#
# For Debian 12. Packages are installed with apt-get (as root, or with sudo) and only those that are missing; nothing is asked. Running it
# again installs and rebuilds nothing. DOSSIER_JOBS sets the number of parallel compilations.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

PACKAGES=(
  build-essential cmake ninja-build ccache mold pkg-config python3
  librocksdb-dev libgflags-dev libsnappy-dev liblz4-dev libbz2-dev libzstd-dev zlib1g-dev
  libboost1.81-dev libabsl-dev libicu-dev libre2-dev libxxhash-dev libssl-dev libedit-dev libcli11-dev libgumbo-dev libexpat1-dev
  libgtest-dev libgmock-dev libbenchmark-dev
)
BUILD=build/release
STEP="start"

say() { printf '\n==> %s\n' "$*"; }
fail() { printf '\ndossier.sh: step "%s" failed: %s\n' "$STEP" "$*" >&2; exit 1; }
# step NAME COMMAND...: runs it, and says which step failed and how.
step() {
  STEP="$1"; shift
  say "$STEP"
  local code=0
  "$@" || code=$?
  if [ "$code" -ne 0 ]; then fail "\"$*\" ended with exit code $code; the reason is in the lines above"; fi
}

missing_packages() {
  local package
  for package in "${PACKAGES[@]}"; do
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
  done
}

install_packages() {
  STEP="install packages"
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "this is no Debian (no apt-get): the packages have to be there already: ${PACKAGES[*]}"
    return
  fi
  local missing
  mapfile -t missing < <(missing_packages)
  if [ "${#missing[@]}" -eq 0 ]; then
    say "all packages are installed"
    return
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "packages are missing and there is no sudo; as root run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing with apt-get: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -q || fail "apt-get update did not work: is the network there, and /etc/apt/sources.list right?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install: ${missing[*]}"
}

# A large translation unit takes about 1.5 GB: no more jobs than processors, nor than memory allows.
jobs() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo "${DOSSIER_JOBS:-$((processors < memory ? processors : memory))}"
}

configure() {
  STEP="configure"
  # Nothing to do when the build folder is there: ninja notices changed CMake files by itself.
  [ -f "$BUILD/build.ninja" ] || step "configure (cmake --preset release)" cmake --preset release -Wno-dev
}

build() {
  step "build $1 (-j$(jobs))" cmake --build "$BUILD" -j "$(jobs)" --target "$1"
}

ask() {
  printf "\n$ dossier ask build/demo/db '%s'\n" "$1"
  "$BUILD/dossier" ask build/demo/db "$1"
}

demo() {
  install_packages
  configure
  build dossier
  local stamp
  stamp=$(sha256sum samples/*.txt "$BUILD/dossier" | sha256sum)
  if [ "$(cat build/demo/stamp 2>/dev/null || true)" != "$stamp" ]; then
    rm -rf build/demo
    mkdir -p build/demo
    step "read the sample articles" "$BUILD/dossier" ingest build/demo/db samples/*.txt
    echo "$stamp" > build/demo/stamp
  else
    say "the sample articles are read already (build/demo/db)"
  fi
  step "first question" ask "who dismissed whom"
  step "second question" ask "who accused whom"
  step "third question" ask "what did Putin say"
  if [ -t 0 ] && [ -t 1 ]; then
    say "the shell: ask a question, or type .help"
    exec "$BUILD/dossier" build/demo/db
  fi
}

run_tests() {
  install_packages
  configure
  build all
  step "check the include direction" python3 tools/check_includes.py
  step "run the tests" ctest --test-dir "$BUILD" --output-on-failure -j "$(jobs)"
}

case "${1:-}" in
  demo) demo ;;
  test) run_tests ;;
  *)
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
