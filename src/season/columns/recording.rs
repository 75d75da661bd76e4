//! The columns of what an activity was: where it came from, what became of it, what was recorded.

use super::{Column, Kind, SCHEMA, Value};

use Kind::{Integer, Number, Text};

pub(super) fn columns() -> Vec<Column> {
    [origin(), activity(), totals()].into_iter().flatten().collect()
}

fn origin() -> Vec<Column> {
    vec![
        Column::new("schema", Text, "Name and version of this table's schema", |_, _| Value::text(SCHEMA)),
        Column::new("file", Text, "The path as it was named, or below a folder that was named", |row, _| {
            Value::text(row.file.as_str())
        }),
        Column::new("member", Text, "The file's name inside an archive", |row, _| {
            Value::text(row.member.as_deref())
        }),
        Column::new(
            "session",
            Integer,
            "The number of the session inside a recording that holds several, from 1",
            |row, _| Value::integer(row.session),
        ),
        Column::new(
            "athlete",
            Text,
            "Whose it is: the folder or archive of a squad (`--squad`)",
            |row, _| Value::text(row.athlete.as_deref()),
        ),
        Column::new("status", Text, "`analysed`, `duplicate`, `not_activity` or `failed`", |row, _| {
            Value::text(row.status.as_str())
        }),
        Column::new("reason", Text, "Why it is not analysed, in one sentence", |row, _| {
            Value::text(row.reason.as_deref())
        }),
        Column::new(
            "duplicate_of",
            Text,
            "The better copy of the same activity: file, member behind a colon, session in brackets",
            |row, _| Value::text(row.duplicate_of.as_deref()),
        ),
    ]
}

fn activity() -> Vec<Column> {
    vec![
        Column::new("format", Text, "`FIT`, `GPX` or `TCX`", |row, _| {
            Value::owned(row.format.map(|format| format.to_string()))
        }),
        Column::new("sport", Text, "The sport's word; `unknown` counts as running", |row, _| {
            Value::text(row.sport.as_deref())
        }),
        Column::new(
            "sub_sport",
            Text,
            "The device's finer word, such as `track` or `treadmill`",
            |row, _| Value::text(row.sub_sport.as_deref()),
        ),
        Column::new("name", Text, "The name its owner gave it", |row, _| Value::text(row.name.as_deref())),
        Column::new("device", Text, "Maker and model, or the program that wrote the file", |row, _| {
            Value::text(row.device.as_deref())
        }),
        Column::new(
            "start",
            Text,
            "When the first sample was taken, UTC, in the form of RFC 3339",
            |row, _| Value::owned(row.start.map(|start| start.to_string())),
        ),
        Column::new(
            "utc_offset_s",
            Integer,
            "Local time minus UTC in seconds, where the file tells",
            |row, _| Value::integer(row.utc_offset_s),
        ),
        Column::new(
            "local_date",
            Text,
            "The day of the start in local time, in UTC where the offset is not known: `2026-03-01`",
            |row, _| Value::owned(row.local_date().map(|date| date.to_string())),
        ),
    ]
}

fn totals() -> Vec<Column> {
    vec![
        Column::new("samples", Integer, "Samples kept; null where nothing was read", |row, _| {
            Value::integer(row.counts().then_some(row.totals.samples))
        }),
        Column::new(
            "columns",
            Text,
            "What was recorded beside the time, with semicolons between: `position;heart_rate`",
            |row, _| {
                Value::owned(row.counts().then(|| row.totals.columns.words().collect::<Vec<_>>().join(";")))
            },
        ),
        Column::new(
            "distance_m",
            Number,
            "The device's sum in metres, otherwise the way along its samples; without what was driven",
            |row, _| Value::number(row.totals.distance_m),
        ),
        Column::new("elapsed_s", Number, "From first to last sample in seconds, pauses counted", |row, _| {
            Value::number(row.totals.elapsed_s)
        }),
        Column::new("timer_s", Number, "By the device's timer in seconds, pauses not counted", |row, _| {
            Value::number(row.totals.timer_s)
        }),
        Column::new(
            "moving_s",
            Number,
            "Seconds in which the way went on at 0.5 m/s or more, not in a vehicle",
            |row, _| Value::number(row.totals.moving_s),
        ),
        Column::new("ascent_m", Number, "Metres climbed, rises below 3 m left out", |row, _| {
            Value::number(row.totals.ascent_m)
        }),
        Column::new("descent_m", Number, "Metres descended, falls below 3 m left out", |row, _| {
            Value::number(row.totals.descent_m)
        }),
        Column::new(
            "heart_rate_mean_bpm",
            Number,
            "Mean heart rate over time, beats per minute",
            |row, _| Value::number(row.totals.heart_rate_mean_bpm),
        ),
        Column::new("heart_rate_max_bpm", Number, "Highest heart rate, beats per minute", |row, _| {
            Value::number(row.totals.heart_rate_max_bpm)
        }),
        Column::new(
            "cadence_mean_spm",
            Number,
            "Mean cadence while it was above 0, steps per minute (other sports: revolutions)",
            |row, _| Value::number(row.totals.cadence_mean_spm),
        ),
    ]
}
