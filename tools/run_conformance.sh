#!/usr/bin/env bash
# Runs the W3C suites against `dossier serve`, over HTTP, and compares the numbers with docs/figures-conformance.tsv.
#
#   tools/run_conformance.sh [DOSSIER]            the program; default build/release/dossier
#   tools/run_conformance.sh --record [DOSSIER]   writes docs/figures-conformance.tsv instead
#
# Needs $DOSSIER_SHARED/conformance (default ../shared): run_conformance.py and w3c-rdf-tests. Exit code 0: as recorded or better, 1: fewer
# tests pass or other tests fail, 2: could not run, 77: no suites there. Databases are made in a temporary folder; ports are free ones.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
RECORD=0
if [ "${1:-}" = --record ]; then RECORD=1; shift; fi
PROGRAM="${1:-build/release/dossier}"
SHARED="${DOSSIER_SHARED:-$(cd .. && pwd)/shared}"
SUITES="$SHARED/conformance"
FIGURES=docs/figures-conformance.tsv
AUXILIARY=3  # servers for SERVICE tests
if [ ! -f "$SUITES/run_conformance.py" ]; then echo "no suites in $SUITES (set DOSSIER_SHARED)"; exit 77; fi
if [ ! -x "$PROGRAM" ]; then echo "no program $PROGRAM; build it first"; exit 2; fi

WORK=$(mktemp -d)
PIDS=()
finish() {
  if [ "${#PIDS[@]}" -gt 0 ]; then kill "${PIDS[@]}" 2> /dev/null; wait "${PIDS[@]}" 2> /dev/null; fi
  rm -rf "$WORK"
}
trap finish EXIT

# Ports that are free now, which the servers have to know of each other before they start.
mapfile -t PORTS < <(python3 - "$((AUXILIARY + 1))" << 'PYTHON'
import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in sockets: s.bind(("127.0.0.1", 0))
for s in sockets: print(s.getsockname()[1])
PYTHON
)
REMOTE=()  # SERVICE may reach all of them, and the names in the data of the W3C tests are theirs
AUX=()
for i in $(seq "$AUXILIARY"); do
  REMOTE+=(--allow-service "127.0.0.1:${PORTS[i]}" --service-alias "http://example$i.org/sparql=http://127.0.0.1:${PORTS[i]}/query")
  AUX+=(--aux "http://127.0.0.1:${PORTS[i]}")
done

# start NAME PORT
start() {
  "$PROGRAM" serve "$WORK/$1" --bind "127.0.0.1:$2" --allow-update "${REMOTE[@]}" > "$WORK/$1.out" 2> "$WORK/$1.err" &
  PIDS+=($!)
  for _ in $(seq 100); do
    grep -q '^listening on ' "$WORK/$1.out" 2> /dev/null && return
    sleep 0.1
  done
  cat "$WORK/$1.err"
  echo "the server did not start"
  exit 2
}
for i in $(seq "$AUXILIARY"); do start "aux$i" "${PORTS[i]}"; done
start main "${PORTS[0]}"
URL="http://127.0.0.1:${PORTS[0]}"

# run NAME ARGUMENT...: appends "name<TAB>passed<TAB>failed<TAB>skipped" to the measured figures, shows failures.
run() {
  local name="$1" log="$WORK/$1.log" line; shift
  python3 "$SUITES/run_conformance.py" --base-url "$URL" "${AUX[@]}" --direct-gsp --strict-status "$@" > "$log" 2>&1
  line=$(tail -1 "$log")
  if ! grep -qE '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' <<< "$line"; then
    tail -5 "$log"
    echo "$name did not run to its end"
    exit 2
  fi
  grep -E '^(FAIL|ENGINE DOWN)' "$log" | cut -c1-300
  sed -E "s/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/$name\t\1\t\2\t\3/" <<< "$line" >> "$WORK/measured"
}

W3C="$SUITES/w3c-rdf-tests"
run sparql11 "$W3C/sparql/sparql11/manifest-all.ttl"
run sparql10 "$W3C/sparql/sparql10/manifest.ttl"
run sparql12 "$W3C/sparql/sparql12"
run rdf11 "$W3C/rdf/rdf11"
run rdf12 --exclude '^rdf/rdf11' "$W3C/rdf/rdf12"
run sparql11-get --query-method get --include 'sparql11/(aggregates|functions|property-path)' "$W3C/sparql/sparql11/manifest-all.ttl"
run sparql11-form --query-method form --include 'sparql11/(aggregates|functions|property-path)' "$W3C/sparql/sparql11/manifest-all.ttl"

for pid in "${PIDS[@]}"; do
  kill -0 "$pid" 2> /dev/null || { echo "a server died"; exit 1; }
done

if [ "$RECORD" = 1 ]; then
  { printf '# suite\tpassed\tfailed\tskipped; written by tools/run_conformance.sh --record\n'; cat "$WORK/measured"; } > "$FIGURES"
  cat "$FIGURES"
  exit 0
fi
code=0
while IFS=$'\t' read -r name passed failed skipped; do
  read -r least most < <(awk -F '\t' -v name="$name" '$1 == name { print $2, $3 }' "$FIGURES")
  if [ -z "${least:-}" ]; then
    echo "FAILED: $name has no recorded figure"; code=1
  elif [ "$passed" -lt "$least" ] || [ "$failed" -gt "$most" ]; then
    echo "FAILED: $name: $passed passed, $failed failed, $skipped skipped (recorded: $least passed, $most failed)"; code=1
  else
    echo "ok: $name: $passed passed, $failed failed, $skipped skipped"
  fi
done < "$WORK/measured"
exit $code
