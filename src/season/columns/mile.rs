//! The columns of the best mile, its laps and its grade, and of the best efforts at other distances.

use super::{Column, Kind, PARTS, Value};
use crate::analyzer::grade::{GradeKind, Graded};
use crate::season::row::{EffortRow, GradeRow, LapRow, MileRow, SeasonRow};
use crate::segmenter::Verdict;

use Kind::{Flag, Number, Text};

/// How the efforts' distances are named, in the order of [`EFFORTS_M`](crate::segmenter::efforts::EFFORTS_M).
pub(crate) const EFFORTS: [&str; 10] =
    ["400m", "800m", "1000m", "1500m", "1600m", "mile", "3000m", "2miles", "5000m", "10000m"];

pub(super) fn columns() -> Vec<Column> {
    let laps = (0..4).flat_map(lap);
    let points = PARTS.iter().enumerate().map(points);
    let efforts = EFFORTS.iter().enumerate().flat_map(effort);
    mile().into_iter().chain(laps).chain(grade()).chain(points).chain(efforts).collect()
}

fn of_mile<N: Into<f64>>(row: &SeasonRow, number: fn(&MileRow) -> Option<N>) -> Value<'_> {
    Value::number(row.mile.as_ref().and_then(number))
}

fn mile() -> Vec<Column> {
    vec![
        Column::new(
            "mile_s",
            Number,
            "The best mile in seconds: the race where there is one, else the window",
            |row, _| of_mile(row, |mile| Some(mile.time_s)),
        ),
        Column::new("mile_uncertainty_s", Number, "Half width in seconds of its 90 % interval", |row, _| {
            of_mile(row, |mile| mile.uncertainty_s)
        }),
        Column::new("mile_start_s", Number, "Its start in seconds since the first sample", |row, _| {
            of_mile(row, |mile| Some(mile.start_s))
        }),
        Column::new(
            "mile_of",
            Text,
            "`race` from a standing start, or `window`: the fastest mile",
            |row, _| {
                Value::text(row.mile.as_ref().map(|mile| match mile.of {
                    Graded::Race => "race",
                    Graded::Window => "window",
                    Graded::Typed => "typed",
                }))
            },
        ),
        Column::new("mile_source", Text, "What it was measured by: `oval`, `recorded` or `gps`", |row, _| {
            Value::text(row.mile.as_ref().map(|mile| mile.source.as_str()))
        }),
        Column::new(
            "mile_scheme",
            Text,
            "How its laps are cut: `line` on a track, else `quarters`",
            |row, _| Value::text(row.mile.as_ref().map(|mile| mile.scheme.as_str())),
        ),
        Column::new("mile_verdict", Text, "`clean`, or `suspect` where it rests on a fault", |row, _| {
            Value::text(row.mile.as_ref().map(|mile| match mile.verdict {
                Verdict::Clean => "clean",
                Verdict::Suspect => "suspect",
            }))
        }),
        Column::new("mile_verdict_reason", Text, "Why it is suspect", |row, _| {
            Value::text(row.mile.as_ref().and_then(|mile| mile.verdict_reason.as_deref()))
        }),
        Column::new("mile_stopped_s", Number, "Seconds inside it in which the timer stood", |row, _| {
            of_mile(row, |mile| Some(mile.stopped_s))
        }),
        Column::new("no_mile_reason", Text, "Why there is no mile", |row, _| {
            Value::text(row.no_mile_reason.as_deref())
        }),
        Column::new("vdot", Number, "VDOT of the mile by Daniels and Gilbert, ml/kg/min", |row, _| {
            of_mile(row, |mile| mile.vdot)
        }),
        Column::new("age_grade_pct", Number, "Age standard over the mile's time, per cent", |row, _| {
            of_mile(row, |mile| mile.age_grade_pct)
        }),
        Column::new("mile_net_drop_m", Number, "Start minus finish of its course in metres", |row, _| {
            of_mile(row, |mile| mile.net_drop_m)
        }),
    ]
}

fn of_lap<N: Into<f64>>(row: &SeasonRow, lap: usize, number: fn(&LapRow) -> Option<N>) -> Value<'_> {
    let lap = row.mile.as_ref().and_then(|mile| mile.laps.get(lap)?.as_ref());
    Value::number(lap.and_then(number))
}

fn lap(index: usize) -> Vec<Column> {
    let number = index + 1;
    vec![
        Column::new(format!("lap_{number}_s"), Number, format!("Lap {number} of the mile in seconds"), {
            |row, lap| of_lap(row, lap, |lap| Some(lap.time_s))
        })
        .at(index),
        Column::new(format!("lap_{number}_uncertainty_s"), Number, "Half width of its 90 % interval", {
            |row, lap| of_lap(row, lap, |lap| lap.uncertainty_s)
        })
        .at(index),
        Column::new(format!("lap_{number}_m"), Number, "Its length in metres", |row, lap| {
            of_lap(row, lap, |lap| Some(lap.length_m))
        })
        .at(index),
        Column::new(format!("lap_{number}_per_400m_s"), Number, "Its time for 400 m of its own length", {
            |row, lap| of_lap(row, lap, |lap| Some(lap.per_400m_s))
        })
        .at(index),
        Column::new(format!("lap_{number}_heart_rate_bpm"), Number, "Its mean heart rate", |row, lap| {
            of_lap(row, lap, |lap| lap.heart_rate_bpm)
        })
        .at(index),
        Column::new(format!("lap_{number}_cadence_spm"), Number, "Its mean cadence", |row, lap| {
            of_lap(row, lap, |lap| lap.cadence_spm)
        })
        .at(index),
    ]
}

fn of_grade<N: Into<f64>>(row: &SeasonRow, number: fn(&GradeRow) -> Option<N>) -> Value<'_> {
    Value::number(row.grade.as_deref().and_then(number))
}

fn grade() -> Vec<Column> {
    vec![
        Column::new(
            "grade_score",
            Number,
            "How closely the mile followed the coach's plan, 0 to 100",
            |row, _| of_grade(row, |grade| Some(grade.score)),
        ),
        Column::new(
            "grade_low",
            Number,
            "5th percentile of the score under the times' uncertainty",
            |row, _| of_grade(row, |grade| grade.low),
        ),
        Column::new("grade_high", Number, "95th percentile of the score", |row, _| {
            of_grade(row, |grade| grade.high)
        }),
        Column::new(
            "grade_letter",
            Text,
            "`A` from 90, `B` from 75, `C` from 60, `D` from 45, `F`",
            |row, _| Value::owned(row.grade.as_ref().map(|grade| grade.letter.to_string())),
        ),
        Column::new(
            "grade_kind",
            Text,
            "Against a `goal`, or `pattern`: against its own mean pace",
            |row, _| {
                Value::text(row.grade.as_ref().map(|grade| match grade.kind {
                    GradeKind::Goal => "goal",
                    GradeKind::Pattern => "pattern",
                }))
            },
        ),
        Column::new("goal_s", Number, "The goal in seconds", |row, _| of_grade(row, |grade| grade.goal_s)),
        Column::new("pattern_score", Number, "The score against the mile's own mean pace", |row, _| {
            of_grade(row, |grade| Some(grade.pattern_score))
        }),
        Column::new(
            "tactical",
            Flag,
            "Whether it was a sit and kick; then the score says little",
            |row, _| Value::Flag(row.grade.as_ref().map(|grade| grade.tactical)),
        ),
        Column::new(
            "grade_undecided",
            Text,
            "The parts that the times are too uncertain to decide, with semicolons between",
            |row, _| Value::owned(row.grade.as_ref().map(|grade| grade.undecided.join(";"))),
        ),
        Column::new("grade_reason", Text, "Why there is no grade", |row, _| {
            Value::text(row.grade_reason.as_deref())
        }),
    ]
}

fn points((index, part): (usize, &&str)) -> Column {
    let meaning = format!("Points of the rubric's part `{part}`");
    Column::new(format!("grade_{part}_points"), Number, meaning, |row, part| {
        Value::number(row.grade.as_ref().and_then(|grade| grade.points[part]))
    })
    .at(index)
}

fn of_effort<N: Into<f64>>(row: &SeasonRow, index: usize, number: fn(&EffortRow) -> Option<N>) -> Value<'_> {
    Value::number(row.efforts[index].as_ref().and_then(number))
}

fn effort((index, distance): (usize, &&str)) -> Vec<Column> {
    let meaning = format!("Fastest {distance} of the recording in seconds");
    vec![
        Column::new(format!("best_{distance}_s"), Number, meaning, |row, index| {
            of_effort(row, index, |effort| Some(effort.time_s))
        })
        .at(index),
        Column::new(format!("best_{distance}_uncertainty_s"), Number, "Half width of its 90 % interval", {
            |row, index| of_effort(row, index, |effort| effort.uncertainty_s)
        })
        .at(index),
        Column::new(format!("best_{distance}_start_s"), Number, "Its start since the first sample", {
            |row, index| of_effort(row, index, |effort| Some(effort.start_s))
        })
        .at(index),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::efforts::EFFORTS_M;
    use crate::units::MILE_M;

    #[test]
    fn efforts_are_named_by_their_distance() {
        for (name, distance_m) in EFFORTS.iter().zip(EFFORTS_M) {
            let expected = match name.strip_suffix('m') {
                Some(metres) => metres.parse().unwrap(),
                None if *name == "mile" => MILE_M,
                None => 2.0 * MILE_M,
            };
            assert_eq!(distance_m, expected, "{name}");
        }
    }
}
