#!/usr/bin/env bash
# A season's speed and memory beside the script that a user writes today, in one run. Needs GNU time and python3.
#
#   benches/peers/measure.sh [WORK_FOLDER]
#
# Builds the release program and example (minutes), makes 300, 3,000 and 10,000 hour-long FIT files.
set -euo pipefail
cd "$(dirname "$0")/../.."
work="${1:-$(mktemp -d)}"
mkdir -p "$work"
target="${CARGO_TARGET_DIR:-target}"

cargo build --locked --release --bin fourlap --example fixtures
fixtures="$target/release/examples/fixtures"
fourlap="$target/release/fourlap"

if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet fitdecode pandas numpy
fi

for count in 300 3000 10000; do
  [ -d "$work/$count" ] || "$fixtures" --season "$count" "$work/$count"
  printf '\n%s files, %s MB\n' "$count" "$(du -sm "$work/$count" | cut -f1)"
  # Once to fill the disk's cache, then measured.
  cat "$work/$count"/*.fit >/dev/null
  for _ in 1 2 3; do
    /usr/bin/time -f '%e s, %U s user, %M KiB at most' \
      "$fourlap" season "$work/$count" -o "$work/$count.parquet" >/dev/null
  done
done

printf '\nthe script, 20 files on one core\n'
"$work/venv/bin/python" benches/peers/user_script.py "$work/300" 20
