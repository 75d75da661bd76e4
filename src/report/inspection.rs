//! What is in a file: for whoever wonders why a mile is missing, or what a watch really wrote.

use std::fmt::Write;

use super::text::{self, FAINT, STRONG, counted, painted, printable, printable_name};
use crate::activity::{Activity, Column, LapTrigger, Number, Samples, is_date_known};
use crate::units::{clock, clock_tenths};

/// How many laps, pauses and gaps are listed before the rest is only counted.
const MOST_ROWS: usize = 60;

/// What an activity holds, without judging it.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Inspection {
    /// Each column that has values, with how many.
    pub columns: Vec<ColumnCount>,
    /// Samples kept after repair.
    pub samples: usize,
    /// The median time between samples in seconds.
    pub median_interval_s: Option<f64>,
    /// The largest times between samples, longest first.
    pub gaps: Vec<Gap>,
}

/// A column's name and how many of its values are there.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ColumnCount {
    /// Its name with the unit.
    pub name: &'static str,
    /// How many samples have a value.
    pub values: usize,
}

/// A time without samples.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Gap {
    /// Its start in elapsed seconds.
    pub start_s: f64,
    /// Its length in seconds.
    pub length_s: f64,
}

impl Inspection {
    /// Counts what an activity's samples hold.
    pub fn of(samples: &Samples) -> Inspection {
        let mut intervals_s: Vec<f64> = samples.elapsed_s.windows(2).map(|t| t[1] - t[0]).collect();
        let mut gaps: Vec<Gap> = samples
            .elapsed_s
            .iter()
            .zip(&intervals_s)
            .map(|(&start_s, &length_s)| Gap { start_s, length_s })
            .collect();
        intervals_s.sort_by(f64::total_cmp);
        let median_interval_s = intervals_s.get(intervals_s.len() / 2).copied();
        gaps.sort_by(|a, b| b.length_s.total_cmp(&a.length_s));
        gaps.retain(|gap| median_interval_s.is_some_and(|median_s| gap.length_s > 3.0 * median_s));
        gaps.truncate(3);
        Inspection { columns: columns(samples), samples: samples.len(), median_interval_s, gaps }
    }
}

fn columns(samples: &Samples) -> Vec<ColumnCount> {
    fn of<T: Number>(name: &'static str, column: &Option<Column<T>>) -> Option<ColumnCount> {
        Some(ColumnCount { name, values: column.as_ref()?.count() })
    }
    let columns = [
        of("position_deg", &samples.lat_deg),
        of("distance_m", &samples.distance_m),
        of("speed_mps", &samples.speed_mps),
        of("altitude_m", &samples.altitude_m),
        of("heart_rate_bpm", &samples.heart_rate_bpm),
        of("cadence_spm", &samples.cadence_spm),
        of("power_w", &samples.power_w),
        of("temperature_c", &samples.temperature_c),
    ];
    columns.into_iter().flatten().collect()
}

/// The inspection of one activity as text.
pub fn inspection(activity: &Activity, name: &str) -> String {
    let found = Inspection::of(&activity.samples);
    let mut text = painted(STRONG, printable_name(name)) + "\n";
    let mut row = |label: &str, value: String| {
        let _ = writeln!(text, "  {} {value}", painted(FAINT, format!("{label:<10}")));
    };
    row("format", activity.format.to_string());
    row("sport", sport(activity));
    if let Some(title) = &activity.name {
        row("name", printable(title));
    }
    row("device", activity.device.as_deref().map_or("not named".into(), printable));
    let known = activity.start.is_some_and(is_date_known);
    let zone = if known { zone(activity.utc_offset_s) } else { String::new() };
    let start = text::date(activity.start, activity.utc_offset_s).map(|date| date + &zone);
    row("start", start.unwrap_or_else(|| "no sample has a time".into()));
    row("length", length(activity));
    row("samples", samples(activity, &found));
    for column in &found.columns {
        row("", format!("{:<16} {:>7}", column.name, column.values));
    }
    for gap in &found.gaps {
        row("gap", format!("{} without samples, {} in", clock(gap.length_s), clock(gap.start_s)));
    }
    text += &laps(activity);
    text += &pauses(activity);
    for notice in &activity.notices {
        let place = notice.place.map_or(String::new(), |place| format!(" ({place})"));
        let message = format!("{}{place}", printable(&notice.message));
        let label = painted(FAINT, format!("{:<10}", "notice"));
        let wrapped = text::wrapped(&message, "             ", text::WIDTH);
        let _ = write!(text, "  {label} {}", wrapped.trim_start());
    }
    text
}

/// The zone of a local time: ` +02:00`; nothing where the file does not tell it.
fn zone(utc_offset_s: Option<i32>) -> String {
    let Some(offset_s) = utc_offset_s else { return String::new() };
    let (sign, minutes) = (if offset_s < 0 { '-' } else { '+' }, offset_s.unsigned_abs() / 60);
    format!(" {sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn sport(activity: &Activity) -> String {
    let sub_sport = activity.sub_sport.as_deref().map_or(String::new(), |s| format!(", {}", printable(s)));
    format!("{}{sub_sport}", printable(activity.sport.as_str()))
}

fn length(activity: &Activity) -> String {
    let mut parts = vec![format!("{} elapsed", clock(activity.elapsed_s()))];
    parts.extend(activity.timer_s.map(|timer_s| format!("{} by the timer", clock(timer_s))));
    parts.extend(activity.distance_m.map(|distance_m| format!("{distance_m:.0} m by the device")));
    parts.join(", ")
}

fn samples(activity: &Activity, found: &Inspection) -> String {
    let every = found.median_interval_s.map_or(String::new(), |s| format!(", one every {s} s"));
    let kept = match activity.records - found.samples.min(activity.records) {
        0 => String::new(),
        merged => format!(", {merged} merged or dropped"),
    };
    format!("{} read{kept}{every}", activity.records)
}

fn laps(activity: &Activity) -> String {
    let mut text = String::new();
    for (number, lap) in activity.laps.iter().take(MOST_ROWS).enumerate() {
        let label = if number == 0 { "laps" } else { "" };
        let time = lap.elapsed_s.map_or("-".into(), clock_tenths);
        let distance = lap.distance_m.map_or("-".into(), |m| format!("{m:.1} m"));
        let trigger = match lap.trigger {
            Some(LapTrigger::Manual) => "pressed",
            Some(LapTrigger::Time) => "by time",
            Some(LapTrigger::Distance) => "by distance",
            Some(LapTrigger::Position) => "by position",
            Some(LapTrigger::SessionEnd) => "end",
            Some(LapTrigger::Other) | None => "",
        };
        let label = painted(FAINT, format!("{label:<10}"));
        let _ = writeln!(text, "  {label} {:>3} {time:>9} {distance:>11}  {trigger}", number + 1);
    }
    text + &more(activity.laps.len(), "lap")
}

fn pauses(activity: &Activity) -> String {
    let mut text = String::new();
    for (number, pause) in activity.pauses.iter().take(MOST_ROWS).enumerate() {
        let label = painted(FAINT, format!("{:<10}", if number == 0 { "pauses" } else { "" }));
        let length = clock(pause.end_s - pause.start_s);
        let _ = writeln!(text, "  {label} {length:>13}, {} in", clock(pause.start_s));
    }
    text + &more(activity.pauses.len(), "pause")
}

fn more(rows: usize, noun: &str) -> String {
    match rows.saturating_sub(MOST_ROWS) {
        0 => String::new(),
        left => format!("{:13}and {} more; --format json has all\n", "", counted(left, noun)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_laps_are_listed_and_the_rest_is_to_be_found() {
        assert_eq!(more(60, "lap"), "");
        assert_eq!(more(61, "lap"), "             and 1 lap more; --format json has all\n");
        assert_eq!(more(100, "pause"), "             and 40 pauses more; --format json has all\n");
    }

    #[test]
    fn columns_intervals_and_gaps_are_counted() {
        let samples = Samples {
            elapsed_s: vec![0.0, 1.0, 2.0, 3.0, 63.0],
            heart_rate_bpm: Some([Some(120.0), None, Some(121.0), None, None].into_iter().collect()),
            ..Samples::default()
        };
        let found = Inspection::of(&samples);
        assert_eq!(found.median_interval_s, Some(1.0));
        assert_eq!(found.columns, [ColumnCount { name: "heart_rate_bpm", values: 2 }]);
        assert_eq!(found.gaps, [Gap { start_s: 3.0, length_s: 60.0 }]);
    }
}
