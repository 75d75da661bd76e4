//! What a season holds in all: how many activities, from when to when, how far and how long.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::bests;
use crate::report::text::{FAINT, STRONG, counted, painted};
use crate::season::{Season, SeasonRow, Status};
use crate::units::{UnitSystem, clock};

/// The figures of a season for programs.
pub fn counts(season: &Season) -> Json {
    let of = |status| season.rows.iter().filter(|row| row.status == status).count();
    json!({
        "analysed": of(Status::Analysed),
        "duplicates": of(Status::Duplicate),
        "not_activities": of(Status::NotActivity),
        "failed": of(Status::Failed),
        "outside": season.outside,
        "interrupted": season.interrupted,
    })
}

/// The season on a screen.
pub fn summary(season: &Season, units: UnitSystem) -> String {
    let counting: Vec<&SeasonRow> = season.rows.iter().filter(|row| row.counts()).collect();
    if counting.is_empty() {
        return format!("  no activity was found{}\n", beside(season));
    }
    let runs: Vec<&SeasonRow> = counting.iter().copied().filter(|row| row.is_running()).collect();
    let mut text = format!(
        "  {}{}\n",
        painted(STRONG, activities(counting.len())),
        days(&counting).map_or_else(String::new, |days| format!("   {days}"))
    );
    let _ = writeln!(
        text,
        "  {}, {} {}, {}",
        counted(runs.len(), "run"),
        distance(&runs, units),
        units.symbol(),
        hours(&runs)
    );
    let beside = beside(season);
    if !beside.is_empty() {
        let _ = writeln!(text, "  {}", painted(FAINT, beside.trim_start_matches("; ")));
    }
    text + &bests::table(&runs)
}

fn activities(count: usize) -> String {
    if count == 1 { "1 activity".into() } else { format!("{count} activities") }
}

/// From when to when: `1 Mar 2026 to 4 Apr 2026`.
fn days(rows: &[&SeasonRow]) -> Option<String> {
    let dates = || rows.iter().filter_map(|row| row.local_date());
    let (first, last) = (dates().min()?, dates().max()?);
    Some(if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) })
}

/// A day as people write it: `1 Mar 2026`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

fn distance(rows: &[&SeasonRow], units: UnitSystem) -> String {
    let total_m: f64 = rows.iter().filter_map(|row| row.totals.distance_m).sum();
    format!("{:.1}", total_m / units.unit_m())
}

fn hours(rows: &[&SeasonRow]) -> String {
    let total_s = rows.iter().filter_map(|row| row.totals.moving_s.or(row.totals.elapsed_s)).sum();
    format!("{} h moving", clock(total_s).rsplit_once(':').map_or("0:00", |(hours, _)| hours))
}

/// What is in the table without counting: `; 2 duplicates, 1 file failed`.
fn beside(season: &Season) -> String {
    let of = |status| season.rows.iter().filter(|row| row.status == status).count();
    let parts = [
        (of(Status::Duplicate), "duplicate", "duplicates"),
        (of(Status::NotActivity), "file that is no activity", "files that are no activities"),
        (of(Status::Failed), "file that could not be read", "files that could not be read"),
        (season.outside, "outside of what was asked for", "outside of what was asked for"),
    ];
    let told = parts.into_iter().filter(|(count, ..)| *count > 0);
    let told: Vec<String> =
        told.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
    if told.is_empty() { String::new() } else { format!("; {}", told.join(", ")) }
}
