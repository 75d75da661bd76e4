//! The best efforts of a recording at the distances that runners compare.

use serde::Serialize;

use super::distance::DistanceTrack;
use super::window::{self, Window};
use crate::units::MILE_M;

/// The distances in metres at which best efforts are sought: 400 m to 10 km, the mile and two miles.
pub const EFFORTS_M: [f64; 10] =
    [400.0, 800.0, 1000.0, 1500.0, 1600.0, MILE_M, 3000.0, 2.0 * MILE_M, 5000.0, 10_000.0];

/// The fastest window of an exact distance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effort {
    /// Its length in metres.
    pub distance_m: f64,
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Half width in seconds of the 90 % interval of the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uncertainty_s: Option<f64>,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
}

/// The best efforts at all of [`EFFORTS_M`] that the track is long enough for, clear of the `walls`.
pub(crate) fn best_efforts(track: &DistanceTrack, walls: &[Window]) -> Vec<Effort> {
    let best = |distance_m| {
        let window = window::fastest_on(track, distance_m, walls)?;
        Some(Effort { distance_m, time_s: window.time_s(), uncertainty_s: None, start_s: window.start_s })
    };
    EFFORTS_M.into_iter().filter_map(best).collect()
}
