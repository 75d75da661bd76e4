//! The course of a mile for drawing: speed, heart rate and cadence over its distance.

use super::distance::DistanceTrack;
use super::run::times_at;
use super::window::Window;
use crate::activity::{Activity, Column};

/// Half the length in metres over which the smoothed speed is taken.
const HALF_SMOOTHING_M: f64 = 25.0;
/// Distance in metres between points of the smoothed line.
const SMOOTH_STEP_M: f64 = 10.0;

/// What happened along a mile. Distances are metres from its start, from 0 to its length.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct MileProfile {
    /// Speed in metres per second as the device showed it, or without one between successive samples.
    pub raw_speed_mps: Vec<Point>,
    /// Mean speed in metres per second over [`smoothing_m`](Self::smoothing_m) of way around each point.
    pub smooth_speed_mps: Vec<Point>,
    /// Seconds from the mile's start to each distance.
    pub time_s: Vec<Point>,
    /// Heart rate in beats per minute.
    pub heart_rate_bpm: Vec<Point>,
    /// Cadence in steps per minute.
    pub cadence_spm: Vec<Point>,
    /// Where the mile was interrupted by a pause, metres from its start.
    pub pauses_m: Vec<f64>,
    /// The length in metres over which `smooth_speed_mps` is taken.
    pub smoothing_m: f64,
}

/// A value at a distance.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Point {
    /// Metres from the mile's start.
    pub distance_m: f64,
    /// The value, in the unit of its column.
    pub value: f64,
}

impl MileProfile {
    /// The profile of the stretch `window` of an activity, by this track's distance.
    pub(crate) fn of(activity: &Activity, track: &DistanceTrack, window: Window) -> MileProfile {
        let from_m = track.distance_at(window.start_s);
        let length_m = track.distance_at(window.end_s) - from_m;
        let along = |column: &Option<Column<f32>>| {
            column.as_ref().map_or_else(Vec::new, |column| along_mile(activity, column, track, window))
        };
        let inside = |t: &f64| *t > window.start_s && *t < window.end_s;
        MileProfile {
            raw_speed_mps: raw_speed(activity, track, window, from_m),
            smooth_speed_mps: smooth_speed(track, window, from_m, length_m),
            time_s: times_at(track, window.start_s, SMOOTH_STEP_M, length_m),
            heart_rate_bpm: along(&activity.samples.heart_rate_bpm),
            cadence_spm: along(&activity.samples.cadence_spm),
            pauses_m: activity
                .pauses
                .iter()
                .map(|pause| pause.start_s)
                .filter(inside)
                .map(|t| track.distance_at(t) - from_m)
                .collect(),
            smoothing_m: 2.0 * HALF_SMOOTHING_M,
        }
    }
}

/// The speed as the device showed it, or without one the plain steps from position to position.
fn raw_speed(activity: &Activity, track: &DistanceTrack, window: Window, from_m: f64) -> Vec<Point> {
    if let Some(speed_mps) = &activity.samples.speed_mps {
        return along_mile(activity, speed_mps, track, window);
    }
    let plain = DistanceTrack::gps(&activity.samples).or_else(|| DistanceTrack::recorded(&activity.samples));
    let Some(plain) = plain else { return Vec::new() };
    let rows = plain.elapsed_s().windows(2).zip(plain.distance_m().windows(2));
    rows.filter(|(t, _)| t[0] < window.end_s && t[1] > window.start_s)
        .map(|(t, d)| Point {
            distance_m: (track.distance_at(0.5 * (t[0] + t[1])) - from_m).max(0.0),
            value: (d[1] - d[0]) / (t[1] - t[0]),
        })
        .collect()
}

/// At both ends the smoothing window is cut off, so that the jog before and after the mile stays out.
fn smooth_speed(track: &DistanceTrack, window: Window, from_m: f64, length_m: f64) -> Vec<Point> {
    let steps = (length_m / SMOOTH_STEP_M).floor() as usize;
    let at = (0..=steps).map(|step| step as f64 * SMOOTH_STEP_M).chain([length_m]);
    at.filter_map(|distance_m| {
        let low_m = (distance_m - HALF_SMOOTHING_M).max(0.0);
        let high_m = (distance_m + HALF_SMOOTHING_M).min(length_m);
        let low_s = if low_m > 0.0 { track.time_at(from_m + low_m, window.start_s)? } else { window.start_s };
        let high_s =
            track.time_at(from_m + high_m, window.start_s).map_or(window.end_s, |t| t.min(window.end_s));
        (high_s > low_s).then(|| Point { distance_m, value: (high_m - low_m) / (high_s - low_s) })
    })
    .collect()
}

fn along_mile(
    activity: &Activity,
    column: &Column<f32>,
    track: &DistanceTrack,
    window: Window,
) -> Vec<Point> {
    let from_m = track.distance_at(window.start_s);
    let rows = activity.samples.elapsed_s.iter().zip(column.iter());
    rows.filter(|(t, _)| (window.start_s..=window.end_s).contains(*t))
        .filter_map(|(&t, value)| {
            Some(Point { distance_m: track.distance_at(t) - from_m, value: f64::from(value?) })
        })
        .collect()
}
