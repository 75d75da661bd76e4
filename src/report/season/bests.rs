//! The best times of a season by distance.

use std::fmt::Write;

use super::summary::day;
use crate::report::text::{FAINT, painted, printable};
use crate::season::SeasonRow;
use crate::segmenter::Verdict;
use crate::units::{MILE_M, clock_tenths};

/// The distances in metres that are shown, and how people call them.
const SHOWN: [(f64, &str); 7] = [
    (400.0, "400 m"),
    (800.0, "800 m"),
    (1500.0, "1500 m"),
    (MILE_M, "mile"),
    (3000.0, "3 km"),
    (5000.0, "5 km"),
    (10_000.0, "10 km"),
];

/// The fastest of each distance with its day and file; empty without any.
pub(super) fn table(runs: &[&SeasonRow]) -> String {
    let mut text = String::new();
    for (distance_m, name) in SHOWN {
        let time_s = |row: &SeasonRow| best_s(row, distance_m);
        let times = runs.iter().filter_map(|row| Some((time_s(row)?, row)));
        let Some((time_s, row)) = times.min_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        let date = row.local_date().map_or_else(String::new, day);
        let file = printable(row.place().rsplit(['/', '\\']).next().unwrap_or_default());
        let _ =
            writeln!(text, "  {name:<8}{:>9}   {date:>11}   {}", clock_tenths(time_s), painted(FAINT, file));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The time in seconds at a distance. The mile is the considered one, and counts only where it can be trusted.
fn best_s(row: &SeasonRow, distance_m: f64) -> Option<f64> {
    let clean = row.mile.as_ref().is_none_or(|mile| mile.verdict == Verdict::Clean);
    if distance_m == MILE_M {
        return row.mile.as_ref().filter(|_| clean).map(|mile| mile.time_s);
    }
    row.effort(distance_m).map(|effort| effort.time_s)
}
