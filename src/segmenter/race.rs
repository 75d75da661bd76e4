//! The race: the mile from its standing start, as an official clock would show it.
//!
//! The fastest window begins a step or two after the gun, because the first metres are slow; an official time
//! counts them. Where the runner plainly stood just before the window, the mile is measured from there.

use super::distance::DistanceTrack;
use super::window::Window;
use crate::units::MILE_M;

/// The gun is sought at most this long before the fastest window.
const SEARCH_S: f64 = 15.0;
/// Who covers less than this in [`REST_S`] stands, whatever the positions' noise: 0.5 m/s.
const REST_SPEED_MPS: f64 = 0.5;
/// A rest is at least this long.
const REST_S: f64 = 4.0;

/// The window of the mile from its standing start, where there is one just before the fastest window.
pub fn from_standing_start(track: &DistanceTrack, fastest: Window) -> Option<Window> {
    let gun_s = last_rest_end_s(track, fastest)?;
    let end_s = track.time_at(track.distance_at(gun_s) + MILE_M, gun_s)?;
    Some(Window { start_s: gun_s, end_s })
}

/// The end of the last rest before or at the window's start.
///
/// The distance still creeps while a watch's filter comes to rest, so the gun is where the line of the running
/// pace's first seconds meets the distance stood at.
fn last_rest_end_s(track: &DistanceTrack, fastest: Window) -> Option<f64> {
    let speed_mps =
        |from_s: f64, to_s: f64| (track.distance_at(to_s) - track.distance_at(from_s)) / (to_s - from_s);
    let first_s = track.elapsed_s().first()?;
    let earliest_s = (fastest.start_s - SEARCH_S).max(first_s + REST_S);
    let after = track.elapsed_s().partition_point(|&t| t <= fastest.start_s + 2.0);
    let candidates = track.elapsed_s()[..after].iter().rev().take_while(|&&t| t >= earliest_s);
    let rest_end_s = candidates.copied().find(|&t| speed_mps(t - REST_S, t) < REST_SPEED_MPS)?;
    let running_s = rest_end_s + 2.0;
    let pace_mps = speed_mps(running_s, running_s + 4.0);
    if pace_mps < 2.0 {
        return None;
    }
    let stood_m = track.distance_at(rest_end_s);
    let back_s = running_s - (track.distance_at(running_s) - stood_m) / pace_mps;
    // A runner takes about a second to reach the pace, which costs half a second.
    Some((back_s - 0.5).max(rest_end_s - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::{DistanceSource, window};

    /// Stands for a minute, then runs at 5 m/s after a second of even acceleration.
    fn race(rest_mps: f64) -> DistanceTrack {
        let points = (0..500).map(|t| {
            let t = f64::from(t);
            let run_s = (t - 60.0).max(0.0);
            let run_m = if run_s < 1.0 { 2.5 * run_s * run_s } else { 5.0 * run_s - 2.5 };
            (t, rest_mps * t.min(60.0) + run_m)
        });
        DistanceTrack::through(DistanceSource::Recorded, points)
    }

    #[test]
    fn the_gun_is_found_where_the_runner_stood() {
        let track = race(0.05);
        let fastest = window::fastest(&track, MILE_M).unwrap();
        let found = from_standing_start(&track, fastest).unwrap();
        assert!((found.start_s - 60.0).abs() < 0.5, "{found:?}");
        assert!(found.time_s() > fastest.time_s());
    }

    #[test]
    fn a_flying_start_is_no_race() {
        let track = race(2.5);
        let fastest = window::fastest(&track, MILE_M).unwrap();
        assert_eq!(from_standing_start(&track, fastest), None);
    }
}
