//! Stops and rests inside the mile, and just before it.

use crate::activity::Activity;
use crate::segmenter::DistanceTrack;
use crate::segmenter::window::Window;
use crate::units::MILE_M;

/// Whoever covers less than [`STOPPED_M`] in this time has stopped.
const STOP_S: f64 = 8.0;
/// See [`STOP_S`].
const STOPPED_M: f64 = 4.0;
/// Whoever covers in this time less than [`REST_SHARE`] of what the mile's mean speed would is resting.
const REST_S: f64 = 15.0;
/// A jog between repetitions is slower than this share of the mile's mean speed; the slowest lap of a race run for
/// places is not.
const REST_SHARE: f64 = 0.65;
/// A stop shorter than this between hard running and the mile is no rest.
const SHORT_STOP_S: f64 = 45.0;
/// Who has run for [`HARD_S`] at this share of the mile's speed ran hard. No stride lasts so long.
const HARD_SHARE: f64 = 0.9;
/// See [`HARD_SHARE`].
const HARD_S: f64 = 60.0;
/// The first steps from a standing start are no rest.
const START_S: f64 = 10.0;

/// That somebody stopped or rested inside the mile, in one sentence.
pub(super) fn inside(activity: &Activity, track: &DistanceTrack, mile: Window) -> Option<String> {
    let stop = stop_inside(activity, track, mile).map(|at_s| ("stop", at_s));
    let (what, at_s) = stop.or_else(|| rest_inside(track, mile).map(|at_s| ("rest", at_s)))?;
    let into_m = track.distance_at(at_s) - track.distance_at(mile.start_s);
    Some(format!("there is a {what} {into_m:.0} m into the mile, so it was no single effort"))
}

/// That the mile follows a short stop after hard running: then it begins in the middle of an effort.
pub(super) fn just_before(activity: &Activity, track: &DistanceTrack, mile: Window) -> Option<String> {
    let stop_s = stop_between(activity, track, mile.start_s - SHORT_STOP_S, mile.start_s)?;
    let hard_m = HARD_SHARE * MILE_M / mile.time_s() * HARD_S;
    let before_m = track.distance_at(stop_s) - track.distance_at(stop_s - HARD_S);
    (before_m >= hard_m).then(|| {
        "there is a short stop just before the mile, and hard running before that, so it was no single effort".into()
    })
}

/// When the runner stopped inside the mile, in elapsed seconds; the first steps after a standing start count
/// as running.
fn stop_inside(activity: &Activity, track: &DistanceTrack, mile: Window) -> Option<f64> {
    stop_between(activity, track, mile.start_s + 5.0, mile.end_s - 1.0)
}

/// When the runner first stopped in a span of elapsed seconds.
fn stop_between(activity: &Activity, track: &DistanceTrack, from_s: f64, to_s: f64) -> Option<f64> {
    let paused = activity.pauses.iter().find(|p| p.start_s > from_s && p.start_s < to_s);
    if let Some(pause) = paused {
        return Some(pause.start_s);
    }
    let steps = ((to_s - STOP_S - from_s).max(0.0) / 2.0) as usize;
    (0..steps).map(|step| from_s + 2.0 * step as f64).find(|&t| {
        let covered_m = track.distance_at(t + STOP_S) - track.distance_at(t);
        covered_m < STOPPED_M
    })
}

/// When the runner walked or jogged inside the mile, as between repetitions, in elapsed seconds.
fn rest_inside(track: &DistanceTrack, mile: Window) -> Option<f64> {
    let least_m = REST_SHARE * MILE_M / mile.time_s() * REST_S;
    let from_s = mile.start_s + START_S;
    let steps = ((mile.end_s - REST_S - from_s).max(0.0) / 2.0) as usize;
    (0..steps).map(|step| from_s + 2.0 * step as f64).find(|&t| {
        let covered_m = track.distance_at(t + REST_S) - track.distance_at(t);
        covered_m < least_m
    })
}
