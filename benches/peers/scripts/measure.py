"""What the Python scripts share: the fastest exact mile, and one JSON object a file."""

import json
import math
import time

MILE_M = 1609.344


def haversine_m(a, b):
    half_lat = math.sin(math.radians(b[0] - a[0]) / 2)
    half_lon = math.sin(math.radians(b[1] - a[1]) / 2)
    h = half_lat**2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * half_lon**2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def stepped(rows):
    """Time and the sum of the steps between positions."""
    way, sum_m, before = [], 0.0, None
    for row in rows:
        if row["time_s"] is None or row["position"] is None:
            continue
        sum_m += haversine_m(before, row["position"]) if before else 0.0
        before = row["position"]
        way.append((row["time_s"], sum_m))
    return way


def fastest_mile_s(way):
    """The fastest exact mile in seconds, both ends interpolated; None where there is none."""
    kept = []
    for time_s, metres in way:
        if not kept or time_s > kept[-1][0]:
            kept.append((time_s, max(metres, kept[-1][1]) if kept else metres))
    best = None
    for sign in (1, -1):
        # From each row on to the end of the mile, and from each row back to its start.
        rows = kept if sign == 1 else [(-t, -m) for t, m in reversed(kept)]
        ahead = 0
        for time_s, metres in rows:
            while ahead < len(rows) and rows[ahead][1] < metres + MILE_M:
                ahead += 1
            if ahead == len(rows):
                break
            (t0, m0), (t1, m1) = rows[ahead - 1], rows[ahead]
            took_s = t0 + (t1 - t0) * (metres + MILE_M - m0) / (m1 - m0) - time_s
            best = took_s if best is None else min(best, took_s)
    return best


def report(reader, read, rounds, paths):
    """Reads each file so many times and prints what came of it."""
    for path in paths:
        fastest_ms = math.inf
        for _ in range(rounds):
            begun = time.perf_counter()
            rows, error = read(path)
            fastest_ms = min(fastest_ms, 1000 * (time.perf_counter() - begun))
        recorded = [(r["time_s"], r["distance_m"]) for r in rows if r["time_s"] is not None and r["distance_m"] is not None]
        print(json.dumps({
            "reader": reader,
            "file": path,
            "read_ms": fastest_ms,
            "samples": len(rows),
            "heart_rates": sum(bool(row["heart_rate"]) for row in rows),
            "recorded_s": fastest_mile_s(recorded),
            "gps_s": fastest_mile_s(stepped(rows)),
            "considered": {},
            "error": error,
        }), flush=True)
