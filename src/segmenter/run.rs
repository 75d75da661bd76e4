//! The whole recording for drawing: speed and heart rate over its time.

use super::distance::DistanceTrack;
use super::profile::Point;
use super::window;
use crate::activity::{Activity, Column};

/// At most so many points make a line: a picture has no more columns to show them.
const MOST_POINTS: f64 = 500.0;
/// Seconds between points of a short recording.
const LEAST_STEP_S: f64 = 2.0;
/// Seconds over which the speed of a short recording is taken.
const LEAST_SMOOTHING_S: f64 = 20.0;

/// A recording from its first sample to its last.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct RunProfile {
    /// Mean speed in metres per second over [`smoothing_s`](Self::smoothing_s) around each moment.
    pub speed_mps: Vec<Moment>,
    /// Mean heart rate in beats per minute around each moment.
    pub heart_rate_bpm: Vec<Moment>,
    /// The stretches in which the timer stood, in elapsed seconds.
    pub pauses_s: Vec<(f64, f64)>,
    /// The seconds over which the lines are smoothed.
    pub smoothing_s: f64,
    /// The end of the recording in elapsed seconds.
    pub elapsed_s: f64,
    /// The distance covered, in metres.
    pub distance_m: f64,
}

/// A value at a moment in elapsed seconds since the first sample.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Moment {
    /// Elapsed seconds.
    pub elapsed_s: f64,
    /// The value, in the unit of its column.
    pub value: f64,
}

impl RunProfile {
    /// The profile of a recording by this track's distance.
    pub(crate) fn of(activity: &Activity, track: &DistanceTrack) -> RunProfile {
        let elapsed_s = activity.elapsed_s();
        let step_s = (elapsed_s / MOST_POINTS).max(LEAST_STEP_S);
        let smoothing_s = (2.0 * step_s).max(LEAST_SMOOTHING_S);
        let moments = (0..=(elapsed_s / step_s) as usize).map(|i| i as f64 * step_s);
        let column = activity.samples.heart_rate_bpm.as_ref();
        RunProfile {
            speed_mps: moments.clone().filter_map(|t_s| speed(track, t_s, smoothing_s)).collect(),
            heart_rate_bpm: column
                .map_or_else(Vec::new, |column| means(activity, column, moments, smoothing_s)),
            pauses_s: activity.pauses.iter().map(|pause| (pause.start_s, pause.end_s)).collect(),
            smoothing_s,
            elapsed_s,
            distance_m: track.total_m(),
        }
    }
}

fn speed(track: &DistanceTrack, elapsed_s: f64, smoothing_s: f64) -> Option<Moment> {
    let (first_s, last_s) = (*track.elapsed_s().first()?, *track.elapsed_s().last()?);
    let from_s = (elapsed_s - 0.5 * smoothing_s).max(first_s);
    let to_s = (elapsed_s + 0.5 * smoothing_s).min(last_s);
    let way_m = track.distance_at(to_s) - track.distance_at(from_s);
    (to_s > from_s).then(|| Moment { elapsed_s, value: way_m / (to_s - from_s) })
}

/// Means of the samples around each moment; none where there is no sample near.
fn means(
    activity: &Activity,
    column: &Column<f32>,
    moments: impl Iterator<Item = f64>,
    smoothing_s: f64,
) -> Vec<Moment> {
    let times_s = &activity.samples.elapsed_s;
    let mut from = 0;
    let mean = |t_s: f64| {
        from += times_s[from..].iter().take_while(|&&t| t < t_s - 0.5 * smoothing_s).count();
        let near = (from..times_s.len()).take_while(|&row| times_s[row] <= t_s + 0.5 * smoothing_s);
        let (mut sum, mut count) = (0.0, 0.0);
        for value in near.filter_map(|row| column.get(row)) {
            sum += f64::from(value);
            count += 1.0;
        }
        (count > 0.0).then(|| Moment { elapsed_s: t_s, value: sum / count })
    };
    moments.filter_map(mean).collect()
}

/// When each of these distances of a mile was reached, in seconds from its start.
pub(super) fn times_at(track: &DistanceTrack, start_s: f64, step_m: f64, length_m: f64) -> Vec<Point> {
    let from_m = track.distance_at(start_s);
    let (elapsed_s, distances_m) = (track.elapsed_s(), track.distance_m());
    let steps = (length_m / step_m).floor() as usize;
    let at = (1..=steps).map(|step| step as f64 * step_m).chain([length_m]);
    let reached = at.filter_map(|distance_m| {
        let value = window::reach(elapsed_s, distances_m, from_m + distance_m)? - start_s;
        Some(Point { distance_m, value: value.max(0.0) })
    });
    [Point { distance_m: 0.0, value: 0.0 }].into_iter().chain(reached).collect()
}
