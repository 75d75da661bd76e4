//! The race from its gun: a rest just before the window, then the standing start.
//!
//! The gun is found from the line that the race's first seconds follow: continued back to the place of the rest it gives
//! the time at which a runner who needed no acceleration would have left, half the time of the acceleration after the
//! gun.

use super::window::{self, Window};
use crate::segmenter::smooth::Track;
use crate::units::MILE_M;

/// The effort from its standing start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Race {
    /// The gun.
    pub(crate) start_s: f64,
    pub(crate) time_s: f64,
    /// Distance at the start line on the smoothed way.
    pub(crate) start_m: f64,
}

/// From standing to race pace, seconds; the speed grows about linearly.
const ACCELERATION_S: f64 = 2.3;
/// The gun's own deviation, seconds: acceleration differs and the way is smoothed.
pub(crate) const GUN_SD_S: f64 = 0.25;
/// The window may begin so long before the gun (an error of the way) and so long after it (a slow start).
const EARLY_S: f64 = 6.0;
const LATE_S: f64 = 12.0;
/// The runner stood at least so long, moving on no faster than this; walking is 1 m/s and more.
const STOOD_S: f64 = 6.0;
const STOOD_MPS: f64 = 1.0;
/// Slower than this is a clear rest, and at such a share of the race's speed the way may already move at the gun.
const STILL_MPS: f64 = 0.3;
const SMEARED_SHARE: f64 = 0.35;
/// A race is one run: no stretch of `UNBROKEN_S` in it is slower than this share of its mean speed.
const UNBROKEN_S: f64 = 15.0;
const UNBROKEN_SHARE: f64 = 0.5;
/// So long the samples must show the rest, within so many seconds before the gun.
const SEEN_S: f64 = 3.0;
const SEEN_WITHIN_S: f64 = 20.0;
/// The first seconds at race pace that give the line.
const LINE_S: (f64, f64) = (3.0, 10.0);
/// A race starts at least at this speed, and at this share of its mean speed.
const LEAST_MPS: f64 = 2.0;
const LEAST_SHARE: f64 = 0.7;

/// The race that the window of `distance_m` metres belongs to, if it began from standing.
pub(crate) fn find(track: &Track, window: &Window, distance_m: f64) -> Option<Race> {
    let start_s = gun(track, window)?;
    let start_m = window::distance_at(&track.t_s, &track.distance_m, start_s);
    let end_s = window::reach(&track.t_s, &track.distance_m, start_m + distance_m)?;
    is_unbroken(track, start_s, end_s).then_some(Race { start_s, time_s: end_s - start_s, start_m })
}

/// Whether the runner ran on from start to end, the first seconds and the last left out.
fn is_unbroken(track: &Track, start_s: f64, end_s: f64) -> bool {
    let least_m = UNBROKEN_SHARE * UNBROKEN_S * MILE_M / (end_s - start_s);
    let at = |t: f64| window::distance_at(&track.t_s, &track.distance_m, t);
    let stretches = ((end_s - start_s) / UNBROKEN_S) as usize;
    (1..stretches.saturating_sub(4)).all(|k| {
        let from_s = start_s + k as f64 * UNBROKEN_S;
        at(from_s + UNBROKEN_S) - at(from_s) > least_m
    })
}

/// The gun's time: where the steepest change from standing to running lies, made finer by the line of the first seconds.
fn gun(track: &Track, window: &Window) -> Option<f64> {
    let mean_mps = MILE_M / window.time_s();
    let from = track.t_s.partition_point(|&t| t < window.start_s - LATE_S);
    let to = track.t_s.partition_point(|&t| t <= window.start_s + EARLY_S);
    let best = (from..to)
        .filter_map(|k| Some((k, contrast(track, track.t_s[k], mean_mps)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    refine(track, track.t_s[best.0])
}

/// Speed after a moment less twice that before it, where the runner stood before and ran on after.
fn contrast(track: &Track, t_s: f64, mean_mps: f64) -> Option<f64> {
    if t_s - STOOD_S < *track.t_s.first()? {
        return None;
    }
    let speed_mps = |from_s: f64, to_s: f64| {
        let at = |t: f64| window::distance_at(&track.t_s, &track.along_m, t);
        (at(t_s + to_s) - at(t_s + from_s)).abs() / (to_s - from_s)
    };
    let before_mps = speed_mps(-2.5, 0.0);
    // Fixes may settle on the line only seconds before the gun, but then the runner stood before that.
    let earlier_mps = speed_mps(-12.0, -7.0);
    let stood = before_mps < STOOD_MPS && (speed_mps(-STOOD_S, 0.0) < STOOD_MPS || earlier_mps < STOOD_MPS);
    // Positions alone smear a start over some seconds; a clear rest just before that is enough.
    let smeared = earlier_mps < STILL_MPS && before_mps < SMEARED_SHARE * mean_mps;
    let seen = seen_s(track, t_s - SEEN_WITHIN_S, t_s - 1.0) >= SEEN_S;
    let after_mps = speed_mps(1.0, 5.0);
    let least_mps = LEAST_MPS.max(LEAST_SHARE * mean_mps);
    let ran = after_mps > least_mps && speed_mps(5.0, 10.0) > least_mps && speed_mps(10.0, 15.0) > least_mps;
    ((stood || smeared) && seen && ran).then_some(after_mps - 2.0 * before_mps)
}

/// Time from the first to the last sample in an interval: after a pause of the timer nothing is known of a rest.
fn seen_s(track: &Track, from_s: f64, to_s: f64) -> f64 {
    let from = track.t_s.partition_point(|&t| t < from_s);
    let to = track.t_s.partition_point(|&t| t <= to_s);
    let mut sampled = (from..to).filter(|&k| track.sampled[k]).map(|k| track.t_s[k]);
    sampled.next().map_or(0.0, |first| sampled.next_back().unwrap_or(first) - first)
}

/// The gun near a first guess.
fn refine(track: &Track, guess_s: f64) -> Option<f64> {
    let at = |t: f64| window::distance_at(&track.t_s, &track.along_m, t);
    let rest_m = (at(guess_s - 0.5) + at(guess_s - 2.0)) / 2.0;
    let first = track.t_s.partition_point(|&t| t < guess_s + LINE_S.0);
    let last = track.t_s.partition_point(|&t| t <= guess_s + LINE_S.1).checked_sub(1)?;
    if last < first + 2 {
        return None;
    }
    let way_m = |k: usize| (track.along_m[k] - rest_m).abs();
    let n = (last - first + 1) as f64;
    let mean_t = (first..=last).map(|k| track.t_s[k]).sum::<f64>() / n;
    let mean_m = (first..=last).map(way_m).sum::<f64>() / n;
    let (mut stm, mut stt) = (0.0, 0.0);
    for k in first..=last {
        stm += (track.t_s[k] - mean_t) * (way_m(k) - mean_m);
        stt += (track.t_s[k] - mean_t).powi(2);
    }
    let speed_mps = stm / stt;
    (speed_mps > LEAST_MPS).then(|| mean_t - mean_m / speed_mps - ACCELERATION_S / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(speed_mps: impl Fn(f64) -> f64) -> Track {
        let mut track = Track::default();
        let mut along_m = 0.0;
        for k in 0..600 {
            let t_s = f64::from(k);
            track.t_s.push(t_s);
            track.along_m.push(along_m);
            track.distance_m.push(along_m);
            track.sampled.push(true);
            along_m += speed_mps(t_s + 0.5);
        }
        track
    }

    fn race(track: &Track) -> Option<Race> {
        find(track, &window::fastest(&track.t_s, &track.distance_m, MILE_M, &[])?, MILE_M)
    }

    #[test]
    fn a_standing_start_is_found_to_half_a_second() {
        let track = track(|t| (5.0 - 0.001 * t) * ((t - 100.0) / ACCELERATION_S).clamp(0.0, 1.0));
        let found = race(&track).map_or(0.0, |r| r.start_s);
        assert!((found - 100.0).abs() < 0.5, "{found}");
    }

    #[test]
    fn a_faster_mile_within_a_run_has_no_gun() {
        assert_eq!(race(&track(|t| if t > 100.0 { 5.0 } else { 3.0 })), None);
        assert_eq!(race(&track(|t| if t > 100.0 { 5.0 } else { 1.3 })), None);
    }
}
