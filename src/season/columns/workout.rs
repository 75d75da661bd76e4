//! The columns of what kind of training an activity was, and of what was odd in its file.

use std::fmt::Write;

use super::{Column, Kind, Value};
use crate::season::row::{SeasonRow, WorkoutRow};
use crate::season::workout::WorkoutClass;

use Kind::{Integer, Number, Text};

pub(super) fn columns() -> Vec<Column> {
    class().into_iter().chain(repetitions()).chain(around()).chain([notices()]).collect()
}

fn of_workout(row: &SeasonRow, number: fn(&WorkoutRow) -> Option<f32>) -> Value<'_> {
    Value::number(row.workout.as_deref().and_then(number))
}

fn class() -> Vec<Column> {
    vec![
        Column::new("workout_class", Text, "What kind of training it was", |row, _| {
            Value::text(row.workout.as_ref().map(|workout| workout.class.as_str()))
        })
        .one_of(WorkoutClass::ALL.map(WorkoutClass::as_str)),
        Column::new("workout_evidence", Text, "What tells it, in one sentence", |row, _| {
            Value::text(row.workout.as_ref().map(|workout| workout.evidence.as_str()))
        }),
    ]
}

fn repetitions() -> Vec<Column> {
    vec![
        Column::new("reps", Integer, "Repetitions found", |row, _| {
            Value::integer(row.workout.as_ref().and_then(|workout| workout.reps))
        }),
        Column::new("rep_mean_m", Number, "Their mean length in metres", |row, _| {
            of_workout(row, |workout| workout.rep_mean_m)
        }),
        Column::new("rep_mean_s", Number, "Their mean time in seconds", |row, _| {
            of_workout(row, |workout| workout.rep_mean_s)
        }),
        Column::new("rep_per_400m_s", Number, "Their mean pace, seconds for 400 m", |row, _| {
            of_workout(row, |workout| workout.rep_per_400m_s)
        }),
        Column::new("rest_mean_s", Number, "The mean rest between them in seconds", |row, _| {
            of_workout(row, |workout| workout.rest_mean_s)
        }),
        Column::new("rep_spread_pct", Number, "Standard deviation of their pace over its mean, per cent", {
            |row, _| of_workout(row, |workout| workout.rep_spread_pct)
        }),
        Column::new("fast_share", Number, "Share of the distance that was run fast, 0 to 1", |row, _| {
            of_workout(row, |workout| workout.fast_share)
        }),
    ]
}

fn around() -> Vec<Column> {
    vec![
        Column::new("warm_up_s", Number, "Seconds of running before the work", |row, _| {
            of_workout(row, |workout| workout.warm_up_s)
        }),
        Column::new("strides", Integer, "Strides found", |row, _| {
            Value::integer(row.workout.as_ref().and_then(|workout| workout.strides))
        }),
        Column::new("cool_down_s", Number, "Seconds of easy running after the work", |row, _| {
            of_workout(row, |workout| workout.cool_down_s)
        }),
    ]
}

fn notices() -> Column {
    let meaning = "Codes of what was odd or repaired, each with its count: `gps-jump:3;time-went-back:1`";
    Column::new("notices", Text, meaning, |row, _| {
        let mut text = String::new();
        for (code, count) in &row.notices {
            let apart = if text.is_empty() { "" } else { ";" };
            let _ = write!(text, "{apart}{code}:{count}");
        }
        Value::owned((!text.is_empty()).then_some(text))
    })
}
