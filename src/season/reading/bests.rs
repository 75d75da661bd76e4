//! The season's best at each distance.

use jiff::civil::Date;

use super::entry::Entry;
use crate::segmenter::efforts::EFFORTS_M;
use crate::units::MILE_M;

/// The best effort of the season at one distance.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// The distance in metres.
    pub distance_m: f64,
    /// The time in seconds.
    pub time_s: f64,
    /// When it was run.
    pub day: Option<Date>,
    /// The file it comes from.
    pub place: String,
}

/// A stretch this many times as fast as the same recording's best mile was not run: a car, or a jump of positions.
const FASTEST: f64 = 2.5;

/// The fastest effort at each distance that was run, the shortest first; recordings whose mile is suspect are left
/// out. A mile from its standing start counts as it is shown, not as its fastest window.
pub fn bests(entries: &[Entry]) -> Vec<Best> {
    EFFORTS_M.iter().enumerate().filter_map(|(index, &distance_m)| best(entries, index, distance_m)).collect()
}

fn best(entries: &[Entry], index: usize, distance_m: f64) -> Option<Best> {
    let time_s = |entry: &Entry| match &entry.mile {
        Some(mile) if !mile.clean => None,
        Some(mile) if distance_m == MILE_M => Some(mile.time_s),
        mile => entry.efforts_s[index].filter(|&time_s| {
            mile.as_ref().is_none_or(|mile| distance_m / time_s <= FASTEST * MILE_M / mile.time_s)
        }),
    };
    let runs = entries.iter().filter(|entry| entry.running);
    let timed = runs.filter_map(|entry| Some((time_s(entry)?, entry)));
    let (time_s, entry) = timed.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Best { distance_m, time_s, day: entry.day, place: entry.place.clone() })
}
