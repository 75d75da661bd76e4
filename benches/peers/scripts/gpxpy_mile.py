"""GPX files with gpxpy, heart rate picked out of the extensions: ROUNDS FILE..."""

import sys

import gpxpy

from measure import report


def heart_rate(point):
    for extension in point.extensions:
        for element in extension.iter():
            name = element.tag.rsplit("}")[-1].lower()
            if name in ("hr", "heartrate") and element.text:
                return float(element.text)
    return None


def read(path):
    rows = []
    try:
        with open(path, encoding="utf-8-sig") as file:
            for track in gpxpy.parse(file).tracks:
                for segment in track.segments:
                    for point in segment.points:
                        rows.append({
                            "time_s": point.time.timestamp() if point.time else None,
                            "distance_m": None,
                            "position": (point.latitude, point.longitude),
                            "heart_rate": heart_rate(point),
                        })
    except Exception as error:  # gpxpy gives a whole file or none.
        return rows, f"{type(error).__name__}: {error}"
    return rows, None


report("gpxpy", read, int(sys.argv[1]), sys.argv[2:])
