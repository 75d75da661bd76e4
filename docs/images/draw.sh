#!/usr/bin/env bash
# Draws every picture of the documents anew: docs/images/draw.sh FOURLAP SEASON, where SEASON is a folder that
# `cargo run --release --example fixtures -- --season 24 SEASON` wrote. Pictures of pages need chromium; they are passed
# over without it.
set -euo pipefail
fourlap="$(realpath "$1")" season="$(realpath "$2")"
cd "$(dirname "$0")/../.."
images="docs/images"
scratch="$(mktemp -d)"
trap 'rm -r "$scratch"' EXIT

draw() {
  "$fourlap" chart "$@" >/dev/null
}
goal=(fixtures/track-mile.fit --goal 5:20)
draw "${goal[@]}" -o "$images/track-mile.png"
for kind in pacing laps delta shape track run card; do
  draw "${goal[@]}" --kind "$kind" -o "$images/gallery-$kind.png"
done
draw fixtures/track-mile.fit --kind hr --max-hr 195 --threshold-hr 175 -o "$images/gallery-hr.png"
draw fixtures/track-mile.fit --against fixtures/road-mile.fit -o "$images/gallery-gap.png"
draw "${goal[@]}" --for print -o "$images/gallery-pacing-print.png"
draw "${goal[@]}" --kind laps --for dark -o "$images/gallery-laps-dark.png"
draw fixtures/road-mile.fit --kind track --for phone -o "$images/gallery-track-road-phone.png"
for kind in progress volume distances shapes; do
  "$fourlap" season "$season" --chart "$images/gallery-season-$kind.png" --kind "$kind" >/dev/null 2>&1
done

"$fourlap" analyze "${goal[@]}" --report "$scratch/mile.html" >/dev/null
look() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="$1" "${@:3}" \
    --screenshot="$PWD/$images/$2" "file://$scratch/mile.html" >/dev/null 2>&1
}
if command -v chromium >/dev/null; then
  look 768,2250 gallery-page.png
  look 390,1850 gallery-page-phone.png
  look 768,1100 gallery-page-dark.png --blink-settings=preferredColorScheme=0
fi
