"""Reads a season's Parquet and CSV with pyarrow and compares them with the JSON Lines, exactly.

    python season_pyarrow.py FOLDER     with season.parquet, season.csv and season.jsonl in it
"""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

SCHEMA = "fourlap.season/1"
TYPES = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_()}


def plain_type(kind):
    """Texts are stored in several ways; what counts is that they are texts."""
    return pa.string() if kind in (pa.string(), pa.large_string(), pa.string_view()) else kind


def bare(row):
    """In CSV an apostrophe stands before what a spreadsheet would take for a formula, and before an apostrophe."""
    return {name: value[1:] if isinstance(value, str) and value[:1] == "'" else value for name, value in row.items()}


def rows_of(table):
    return table.to_pylist()


def compare(name, found, expected):
    assert len(found) == len(expected), f"{name}: {len(found)} rows instead of {len(expected)}"
    for number, (row, other) in enumerate(zip(found, expected)):
        assert list(row) == list(other), f"{name}: row {number} has other columns"
        for column, value in row.items():
            same = value == other[column] and type(value) is type(other[column])
            assert same, f"{name}: row {number}, {column}: {value!r} instead of {other[column]!r}"


def main():
    folder = Path(sys.argv[1])
    lines = (folder / "season.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines]

    parquet = pa.parquet.read_table(folder / "season.parquet")
    metadata = pa.parquet.read_metadata(folder / "season.parquet").metadata
    assert metadata.get(b"schema") == SCHEMA.encode(), f"the file's metadata are {list(metadata)}"
    types = {field.name: plain_type(field.type) for field in parquet.schema}
    assert set(types.values()) <= set(TYPES.values()), types
    compare("parquet", rows_of(parquet), expected)

    options = pa.csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    table = pa.csv.read_csv(folder / "season.csv", parse_options=parse, convert_options=options)
    compare("csv", [bare(row) for row in rows_of(table)], expected)
    print(f"{len(expected)} rows of {len(types)} columns are the same in Parquet, CSV and JSON Lines")


if __name__ == "__main__":
    main()
