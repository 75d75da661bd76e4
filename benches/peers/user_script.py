"""The script that a runner with some Python writes today: the best mile of every FIT file in a folder.

fitdecode reads, pandas holds the records, numpy finds the fastest mile by whole samples. It neither repairs nor
judges, computes no laps, no grade and no uncertainty.

    python user_script.py FOLDER [MOST]
"""

import sys
import time
from pathlib import Path

import fitdecode
import numpy as np
import pandas as pd

MILE_M = 1609.344


def records(path):
    rows = []
    with fitdecode.FitReader(str(path)) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                rows.append({field.name: field.value for field in frame.fields})
    return pd.DataFrame(rows)


def best_mile_s(frame):
    frame = frame.dropna(subset=["timestamp", "distance"])
    time_s = (frame["timestamp"] - frame["timestamp"].iloc[0]).dt.total_seconds().to_numpy()
    distance_m = np.maximum.accumulate(frame["distance"].to_numpy(dtype=float))
    reached = distance_m + MILE_M
    starts = reached <= distance_m[-1]
    if not starts.any():
        return None
    return float((np.interp(reached[starts], distance_m, time_s) - time_s[starts]).min())


def main():
    paths = sorted(Path(sys.argv[1]).glob("*.fit"))
    paths = paths[: int(sys.argv[2])] if len(sys.argv) > 2 else paths
    rows = []
    begun = time.perf_counter()
    for path in paths:
        frame = records(path)
        rows.append({
            "file": path.name,
            "start": frame["timestamp"].iloc[0],
            "samples": len(frame),
            "distance_m": frame["distance"].max(),
            "heart_rate_mean_bpm": frame["heart_rate"].mean(),
            "mile_s": best_mile_s(frame),
        })
    table = pd.DataFrame(rows)
    seconds = time.perf_counter() - begun
    print(table["mile_s"].describe().to_string(), file=sys.stderr)
    print(f"{len(paths)} files in {seconds:.2f} s, {1000 * seconds / len(paths):.1f} ms a file")


if __name__ == "__main__":
    main()
