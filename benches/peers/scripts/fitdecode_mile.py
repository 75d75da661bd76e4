"""FIT files with fitdecode, as a script reads them that keeps what came before an error: ROUNDS FILE..."""

import sys

import fitdecode

from measure import report

DEGREES = 180.0 / 2**31


def read(path):
    rows = []
    try:
        with fitdecode.FitReader(path) as reader:
            for frame in reader:
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                    moment = frame.get_value("timestamp", fallback=None)
                    lat = frame.get_value("position_lat", fallback=None)
                    lon = frame.get_value("position_long", fallback=None)
                    rows.append({
                        "time_s": moment.timestamp() if hasattr(moment, "timestamp") else None,
                        "distance_m": frame.get_value("distance", fallback=None),
                        "position": None if lat is None or lon is None else (lat * DEGREES, lon * DEGREES),
                        "heart_rate": frame.get_value("heart_rate", fallback=None),
                    })
    except Exception as error:  # Whatever it is, the rows before it count.
        return rows, f"{type(error).__name__}: {error}"
    return rows, None


report("fitdecode", read, int(sys.argv[1]), sys.argv[2:])
