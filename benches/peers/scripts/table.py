"""Makes the table of docs/peers.md out of what the readers printed: DATA_FOLDER RESULTS TRUTH_RESULTS.

DATA_FOLDER is a corpus with manifest.csv, or the project's fixtures. Standard library only.
"""

import csv
import json
import statistics
import sys
from pathlib import Path

FORMATS = (("FIT", ".fit"), ("GPX", ".gpx"))


def results(path):
    """What each reader made of each file: {reader: {file name: result}}."""
    table = {}
    for line in open(path, encoding="utf-8"):
        result = json.loads(line)
        table.setdefault(result["reader"], {})[Path(result["file"]).name] = result
    return table


def expected_samples(folder, table):
    """How many samples each file holds: by the manifest, otherwise the most that any reader got."""
    manifest = folder / "manifest.csv"
    if manifest.exists():
        return {row["name"]: int(row["records"] or 0) for row in csv.DictReader(open(manifest, encoding="utf-8"))}
    most = {}
    for files in table.values():
        for name, result in files.items():
            most[name] = max(most.get(name, 0), result["samples"])
    return most


def errors(files, truth, value):
    """Absolute errors of the best mile over the files whose truth is known."""
    found = [(value(files[name]), best_s) for name, best_s in truth.items() if name in files]
    return sorted(abs(mile_s - best_s) for mile_s, best_s in found if mile_s is not None)


def shown(errors_s):
    return f"{statistics.median(errors_s):.2f} / {errors_s[-1]:.1f}" if errors_s else ""


def figure(value):
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def row(name, files, own, names, expected, whole, known, truth):
    read = [n for n in names if files[n]["samples"] > 0]
    samples = sum(min(files[n]["samples"], expected[n]) for n in names)
    heart_rates = sum(files[n]["heart_rates"] for n in names)
    time_ms = sum(files[n]["read_ms"] for n in whole)
    times = time_ms / sum(own[n]["read_ms"] for n in whole)
    if name == "fourlap":
        miles = [shown(errors(known, truth, lambda result: result["considered"].get("mile_s")))]
    else:
        miles = [shown(errors(known, truth, lambda result, key=key: result[key])) for key in ("gps_s", "recorded_s")]
    cells = [name, f"{len(read)} of {len(names)}", f"{samples:,}", f"{heart_rates:,}", figure(time_ms), figure(times), *miles]
    return [f"**{cell}**" if name == "fourlap" else cell for cell in cells]


def main():
    folder, data, known = Path(sys.argv[1]), results(sys.argv[2]), results(sys.argv[3])
    truth_csv = Path(next(iter(known["fourlap"].values()))["file"]).parent / "truth.csv"
    rows = csv.DictReader(open(truth_csv, encoding="utf-8"))
    truth = {row["file"]: float(row["best_mile_s"]) for row in rows if row["best_mile_s"]}
    expected = expected_samples(folder, data)
    for title, suffix in FORMATS:
        readers = {
            name: files
            for name, everything in data.items()
            if (files := {n: r for n, r in everything.items() if n.endswith(suffix)})
        }
        names = [n for n in readers["fourlap"] if expected[n] > 0]
        # Only files that every reader got to the last sample are timed.
        whole = [n for n in names if all(files[n]["samples"] == expected[n] for files in readers.values())]
        samples = sum(expected[n] for n in names)
        heads = [f"{title}: {len(names)} files, {samples:,} samples", "files read", "samples", "heart rates",
                 f"reading {len(whole)} files, ms", "times fourlap's", "mile off by, s"]
        if suffix == ".fit":
            heads.append("by the device's distance, s")
        lines = [heads, ["---"] * len(heads)]
        for name, files in readers.items():
            truths = {n: r for n, r in known[name].items() if n.endswith(suffix)}
            cells = row(name, files, readers["fourlap"], names, expected, whole, truths, truth)
            lines.append((cells + [""])[: len(heads)])
        for cells in lines:
            print("| " + " | ".join(cells) + " |")
        analyze_ms = sum(readers["fourlap"][n]["considered"]["analyze_ms"] for n in whole)
        print(f"\nEverything that `fourlap analyze` computes on these {len(whole)} files takes {analyze_ms:.1f} ms "
              f"beside reading them.\n")


main()
