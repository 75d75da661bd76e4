//! The best efforts of a recording at the distances that runners compare.

use super::distance::DistanceTrack;
use super::window::{self, Window};
use crate::activity::Sport;
use crate::units::MILE_M;

/// The distances in metres at which best efforts are sought: 400 m to 10 km, the mile and two miles.
pub const EFFORTS_M: [f64; 10] =
    [400.0, 800.0, 1000.0, 1500.0, 1600.0, MILE_M, 3000.0, 2.0 * MILE_M, 5000.0, 10_000.0];

/// The fastest window of an exact distance.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Effort {
    /// Its length in metres.
    pub distance_m: f64,
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Half width in seconds of the 90 % interval of the time.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub uncertainty_s: Option<f64>,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
}

/// The world records of men at [`EFFORTS_M`] in seconds (World Athletics, 2025: van Niekerk, Rudisha, Ngeny, El
/// Guerrouj, Ingebrigtsen, Cheptegei); at 1600 m the part of the mile's.
const RECORDS_S: [f64; EFFORTS_M.len()] =
    [43.03, 100.91, 131.96, 206.00, 221.83, 223.13, 437.55, 474.10, 755.36, 1571.00];
/// What is faster than this share of a record was not run: no measurement is wrong by more.
const BELIEVED: f64 = 0.98;

/// The best efforts at all of [`EFFORTS_M`] that the track is long enough for, clear of the `walls`. In running one
/// that is faster than the world record is none.
pub(crate) fn best_efforts(track: &DistanceTrack, walls: &[Window], sport: &Sport) -> Vec<Effort> {
    let running = !matches!(sport, Sport::Other(_));
    let best = |(distance_m, record_s): (f64, f64)| {
        let window = window::fastest_on(track, distance_m, walls)?;
        let time_s = window.time_s();
        let believed = !running || time_s >= BELIEVED * record_s;
        believed.then_some(Effort { distance_m, time_s, uncertainty_s: None, start_s: window.start_s })
    };
    EFFORTS_M.into_iter().zip(RECORDS_S).filter_map(best).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::DistanceSource;

    #[test]
    fn what_nobody_has_run_is_no_effort() {
        // 900 m at 9 m/s: faster than anyone has run 800 m, but not 400 m.
        let track = DistanceTrack::through(DistanceSource::Recorded, [(0.0, 0.0), (100.0, 900.0)]);
        let found = |sport: &Sport| {
            best_efforts(&track, &[], sport).iter().map(|effort| effort.distance_m).collect::<Vec<_>>()
        };
        assert_eq!(found(&Sport::Running), [400.0]);
        assert_eq!(found(&Sport::Other("cycling".into())), [400.0, 800.0]);
    }

    #[test]
    fn records_get_slower_with_the_distance() {
        let speeds = EFFORTS_M.iter().zip(RECORDS_S).map(|(distance_m, record_s)| distance_m / record_s);
        assert!(speeds.collect::<Vec<_>>().is_sorted_by(|a, b| a >= b));
    }
}
