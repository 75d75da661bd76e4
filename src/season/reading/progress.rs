//! The mile over the season: every effort, and the records as a staircase.

use jiff::civil::Date;

use super::entry::{Entry, MileEntry};
use crate::season::workout::RUNNING_MPS;
use crate::units::MILE_M;

/// A mile of the season.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MilePoint {
    /// When it was run.
    pub day: Date,
    /// Its time in seconds.
    pub time_s: f64,
    /// Half width of its 90 % interval in seconds.
    pub uncertainty_s: Option<f64>,
    /// Whether it can be trusted; one that cannot sets no record.
    pub clean: bool,
    /// Whether it was an effort of its own and no part of a steady run.
    pub effort: bool,
    /// Whether it was faster than every trusted effort before it in the season; where the season has no effort, an
    /// easy run's mile may be a record.
    pub record: bool,
    /// The pattern score, 0 to 100, where it was an effort.
    pub score: Option<f64>,
    /// How far each lap lies above the own mean, in per cent, where it was an effort.
    pub shape_pct: Option<[f64; 4]>,
    /// The file it comes from.
    pub place: String,
}

/// The miles of the season in the order of their days. A mile that was slower than any running was walked, and is none.
pub(super) fn progress(entries: &[Entry]) -> Vec<MilePoint> {
    let point = |entry: &Entry| {
        let was_run = |mile: &&MileEntry| entry.running && mile.time_s < MILE_M / RUNNING_MPS;
        let (day, mile) = (entry.day?, entry.mile.as_ref().filter(was_run)?);
        Some(MilePoint {
            day,
            time_s: mile.time_s,
            uncertainty_s: mile.uncertainty_s,
            clean: mile.clean,
            effort: mile.score.is_some(),
            record: false,
            score: mile.score,
            shape_pct: mile.shape_pct().filter(|_| mile.score.is_some()),
            place: entry.place.clone(),
        })
    };
    let mut points: Vec<MilePoint> = Vec::with_capacity(entries.len());
    points.extend(entries.iter().filter_map(point));
    let efforts = points.iter().any(|mile| mile.clean && mile.effort);
    let mut best_s = f64::INFINITY;
    for mile in points.iter_mut().filter(|mile| mile.clean && (mile.effort || !efforts)) {
        mile.record = mile.time_s < best_s;
        best_s = best_s.min(mile.time_s);
    }
    points
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_mile_that_was_walked_is_no_record() {
        let entry = |day: i8, time_s: f64| {
            let mile = MileEntry { time_s, uncertainty_s: None, clean: true, score: None, per_400m_s: None };
            let day = Some(date(2026, 3, day));
            Entry { day, running: true, mile: Some(mile), ..Entry::default() }
        };
        let miles = progress(&[entry(1, 1880.0), entry(2, 850.0), entry(3, 840.0), entry(4, 600.0)]);
        let told: Vec<_> = miles.iter().map(|mile| (mile.time_s, mile.record)).collect();
        assert_eq!(told, [(840.0, true), (600.0, true)]);
    }
}
