//! A race of about a mile from standing start to sudden stop is a mile: evidence about its length that positions lack.
//!
//! Positions give the length of a way off the track only to half a per cent, and a lap only as well as its lane is
//! known. But a runner who starts from rest, races, and slows down at once after about a mile has most probably raced a
//! mile. The measured length and that expectation are weighed against each other by their deviations; where they
//! disagree beyond these, it was some other distance and nothing changes. Someone who runs by the watch stops where the
//! watch says so: where the device's own distance shows a mile at the stop, the stop is weaker evidence.

use super::smooth::Track;
use super::window;
use crate::units::MILE_M;

/// What the stop says about the race's length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finish {
    /// From the gun ...
    pub(crate) from_s: f64,
    /// ... to where the runner had slowed down.
    pub(crate) to_s: f64,
    /// The most probable length of this stretch as a share of the measured one.
    pub(crate) scale: f64,
    /// Variance of its length that is left, as a share of that before.
    pub(crate) left: f64,
}

/// The stop is where the speed falls below this share of the mean ...
const SLOWED_SHARE: f64 = 0.75;
/// ... and stays low for so long, in which even a fading runner keeps more than `KEPT_SHARE`.
const STOPPED_S: f64 = 8.0;
const KEPT_SHARE: f64 = 0.6;
/// A runner who stops behind the line has lost a quarter of the speed about so long after it (a judgement), with this
/// deviation.
const RUN_ON_S: f64 = 0.9;
const RUN_ON_SD_S: f64 = 0.5;
/// Between these shares of a mile the stop is looked for.
const NEAR_MILE: (f64, f64) = (0.94, 1.05);
/// Distances that such a race may have had, each with its probability; the rest spreads over `OTHERS_M`. On a track
/// 1600 m are raced too; on a road someone may have stopped when the watch showed a mile, to `BY_WATCH_M`.
const ON_TRACK: [(f64, f64); 2] = [(MILE_M, 0.85), (1600.0, 0.1)];
const ON_ROAD: [(f64, f64); 2] = [(MILE_M, 0.9), (1600.0, 0.0)];
const BY_WATCH: [(f64, f64); 2] = [(MILE_M, 0.5), (1600.0, 0.0)];
const BY_WATCH_M: f64 = 8.0;
const OTHERS_M: f64 = 180.0;
/// How the measured length errs: mostly by its deviation, now and then by a multiple of it, since streets have corners
/// that a filter cuts and sparse samples miss. Shares of the cases and factors of the deviation.
const ERRORS_ON_TRACK: [(f64, f64); 1] = [(1.0, 1.0)];
const ERRORS_ON_ROAD: [(f64, f64); 2] = [(0.75, 1.0), (0.25, 3.0)];

/// What is known of a race apart from its measured length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Course {
    Track,
    /// With what the device's own distance shows between start and stop.
    Road(Option<f64>),
}

/// The time at which a race that began at `gun_s` was over, if it stopped at once after about a mile.
pub(crate) fn stop_s(track: &Track, gun_s: f64) -> Option<f64> {
    let (t_s, way_m) = (&track.t_s, &track.distance_m);
    let from_m = window::distance_at(t_s, way_m, gun_s);
    let first = way_m.partition_point(|&d| d < from_m + NEAR_MILE.0 * MILE_M);
    let last = way_m.partition_point(|&d| d < from_m + NEAR_MILE.1 * MILE_M);
    let mean_mps = (way_m.get(first)? - from_m) / (t_s[first] - gun_s).max(1.0);
    (first..last).find_map(|k| {
        let slow = track.speed_mps[k].abs() < SLOWED_SHARE * mean_mps;
        let after_mps = || (window::distance_at(t_s, way_m, t_s[k] + STOPPED_S) - way_m[k]) / STOPPED_S;
        (slow && after_mps() < KEPT_SHARE * mean_mps).then(|| crossing_s(track, k, SLOWED_SHARE * mean_mps))
    })
}

/// When the speed fell through a value on the way to node `k`.
fn crossing_s(track: &Track, k: usize, mps: f64) -> f64 {
    let Some(before) = k.checked_sub(1) else { return track.t_s[k] };
    let (v0, v1) = (track.speed_mps[before].abs(), track.speed_mps[k].abs());
    let share = if v0 > v1 { ((v0 - mps) / (v0 - v1)).clamp(0.0, 1.0) } else { 1.0 };
    track.t_s[before] + (track.t_s[k] - track.t_s[before]) * share
}

/// Weighs a race's measured length, known to `length_sd_m`, against the distances that are raced.
pub(crate) fn weigh((from_s, to_s): (f64, f64), measured_m: f64, length_sd_m: f64, course: Course) -> Finish {
    let speed_mps = measured_m / (to_s - from_s).max(1.0);
    let run_on_m = RUN_ON_S * speed_mps;
    let expected_var = (RUN_ON_SD_S * speed_mps).powi(2);
    let (distances, errors): (_, &[(f64, f64)]) = match course {
        Course::Track => (ON_TRACK, &ERRORS_ON_TRACK),
        Course::Road(Some(device_m)) if (device_m - MILE_M - run_on_m).abs() < BY_WATCH_M => {
            (BY_WATCH, &ERRORS_ON_ROAD)
        }
        Course::Road(_) => (ON_ROAD, &ERRORS_ON_ROAD),
    };
    let others = (1.0 - distances.iter().map(|d| d.1).sum::<f64>()) / OTHERS_M;
    let measured_var = length_sd_m * length_sd_m;
    // Weight, pull and what is left of the variance, of another distance and of each of the usual ones.
    let mut ways = vec![(others, 0.0, measured_var)];
    for (distance_m, probability) in distances {
        let off_m = distance_m + run_on_m - measured_m;
        for &(share, factor) in errors {
            let error_var = factor * factor * measured_var;
            let both = error_var + expected_var;
            let fits = (-off_m * off_m / (2.0 * both)).exp() / (2.0 * std::f64::consts::PI * both).sqrt();
            ways.push((
                share * probability * fits,
                off_m * error_var / both,
                error_var * expected_var / both,
            ));
        }
    }
    let total: f64 = ways.iter().map(|w| w.0).sum();
    let pull_m = ways.iter().map(|w| w.0 / total * w.1).sum::<f64>();
    let variance: f64 = ways.iter().map(|w| w.0 / total * (w.2 + (w.1 - pull_m).powi(2))).sum();
    Finish {
        from_s,
        to_s,
        scale: 1.0 + pull_m / measured_m.max(1.0),
        left: (variance / measured_var.max(1e-9)).min(1.0),
    }
}

impl Finish {
    /// Stretches the way between its two times; what follows is moved along.
    pub(crate) fn apply(&self, track: &mut Track) {
        for metres in [&mut track.distance_m, &mut track.along_m] {
            let from_m = window::distance_at(&track.t_s, metres, self.from_s);
            let to_m = window::distance_at(&track.t_s, metres, self.to_s);
            for (t_s, m) in track.t_s.iter().zip(metres.iter_mut()) {
                if *t_s > self.to_s {
                    *m += (to_m - from_m) * (self.scale - 1.0);
                } else if *t_s > self.from_s {
                    *m = from_m + (*m - from_m) * self.scale;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_race_a_little_short_is_a_mile() {
        let finish = weigh((0.0, 400.0), 1600.0, 8.0, Course::Road(None));
        assert!((finish.scale * 1600.0 - 1612.0).abs() < 2.5, "{finish:?}");
        assert!(finish.left < 0.4, "{finish:?}");
    }

    #[test]
    fn four_laps_of_a_track_may_be_1600_m() {
        let finish = weigh((0.0, 320.0), 1604.0, 3.0, Course::Track);
        assert!((finish.scale * 1604.0 - 1604.5).abs() < 3.0, "{finish:?}");
        let mile = weigh((0.0, 320.0), 1614.0, 3.0, Course::Track);
        assert!((mile.scale * 1614.0 - 1613.8).abs() < 1.0, "{mile:?}");
    }

    #[test]
    fn another_distance_stays_what_it_is() {
        let finish = weigh((0.0, 400.0), 1530.0, 8.0, Course::Road(None));
        assert!((finish.scale - 1.0).abs() < 0.001, "{finish:?}");
    }

    #[test]
    fn a_road_with_corners_may_have_been_measured_far_too_short() {
        let road = weigh((0.0, 366.0), 1586.0, 8.0, Course::Road(None));
        assert!(road.scale * 1586.0 > 1600.0, "{road:?}");
        let track = weigh((0.0, 366.0), 1580.0, 3.0, Course::Track);
        assert!((track.scale - 1.0).abs() < 0.001, "{track:?}");
    }

    #[test]
    fn a_stop_by_the_watch_says_less() {
        let free = weigh((0.0, 400.0), 1600.0, 8.0, Course::Road(None));
        let by_watch = weigh((0.0, 400.0), 1600.0, 8.0, Course::Road(Some(1612.0)));
        assert!(by_watch.scale < free.scale && by_watch.left > free.left);
    }
}
