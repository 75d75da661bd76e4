#!/usr/bin/env bash
# The same files through fourlap and its peers; prints the table of docs/peers.md. Needs Rust 1.93 and python3.
#
#   benches/peers/compare.sh [--write]      --write also puts the table into docs/peers.md
#
# FOURLAP_CORPUS names a folder with corpus/files, corpus/manifest.csv and truth/truth.csv; without it the project's
# own fixtures are read. ROUNDS (9) is how often each file is read by Rust, a third of it by Python; the fastest counts.
set -euo pipefail
shopt -s nullglob
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
rounds="${ROUNDS:-9}"
target="${CARGO_TARGET_DIR:-$root/target}/peers"
mkdir -p "$target"

if [ -n "${FOURLAP_CORPUS:-}" ]; then
  data="$FOURLAP_CORPUS/corpus" files="$FOURLAP_CORPUS/corpus/files" truth="$FOURLAP_CORPUS/truth"
else
  data="$root/fixtures" files="$root/fixtures" truth="$root/fixtures"
fi

cargo build --quiet --release --manifest-path "$here/readers/Cargo.toml" --target-dir "$target"
if [ ! -x "$target/venv/bin/python" ]; then
  python3 -m venv "$target/venv"
  "$target/venv/bin/pip" install --quiet fitdecode==0.11.0 gpxpy==1.6.2
fi

# What the readers themselves complain about goes to a log; what they got is printed as JSON.
read_all() {
  local folder="$1" rounds="$2" out="$3"
  local fit=("$folder"/*.fit) gpx=("$folder"/*.gpx)
  {
    "$target/release/fourlap-peers" "$rounds" "${fit[@]}" "${gpx[@]}"
    "$target/venv/bin/python" "$here/scripts/fitdecode_mile.py" $(((rounds + 2) / 3)) "${fit[@]}"
    "$target/venv/bin/python" "$here/scripts/gpxpy_mile.py" $(((rounds + 2) / 3)) "${gpx[@]}"
  } >"$out" 2>>"$target/complaints.log"
}

: >"$target/complaints.log"
read_all "$files" "$rounds" "$target/data.jsonl"
read_all "$truth" 1 "$target/truth.jsonl"
python3 "$here/scripts/table.py" "$data" "$target/data.jsonl" "$target/truth.jsonl" | tee "$target/table.md"

if [ "${1:-}" = --write ]; then
  page="$root/docs/peers.md"
  {
    sed '/<!-- table -->/q' "$page"
    printf '\n'
    cat "$target/table.md"
    sed -n '/<!-- end of table -->/,$p' "$page"
  } >"$target/page.md"
  cp "$target/page.md" "$page"
fi
