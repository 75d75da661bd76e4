//! The mile over the season: every effort, and the records as a staircase.

use jiff::civil::Date;

use super::entry::Entry;

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

/// The miles of the season in the order of their days.
pub(super) fn progress(entries: &[Entry]) -> Vec<MilePoint> {
    let point = |entry: &Entry| {
        let (day, mile) = (entry.day?, entry.mile.as_ref().filter(|_| entry.running)?);
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
