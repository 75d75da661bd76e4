//! The race on a track, from standing start to stop, counted in laps: how long they must be if it was a usual distance.
//!
//! A lap in lane 2 is 7 m longer than one in lane 1, less than a correlated error can hide; in a mile that makes 28 m,
//! and a runner does not stop 28 m before or after the line.

use super::shape::{Foot, wrap_m};
use crate::segmenter::window;
use crate::units::MILE_M;
use std::f64::consts::PI;

/// A race in laps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Raced {
    laps: f64,
    /// Deviation of its length in metres, from where it was seen to begin and end.
    sd_m: f64,
}

/// Before the start the runner stood: slower than this share of the race's speed over `REST_S`.
const REST_SHARE: f64 = 0.3;
const REST_S: f64 = 4.0;
/// After the stop the mean speed over `STOPPED_S` is less than this share.
const STOPPED_SHARE: f64 = 0.5;
const STOPPED_S: f64 = 6.0;
/// Start and stop lie within this time of the fastest stretch.
const WITHIN_S: (f64, f64) = (70.0, 90.0);
/// Where exactly a runner stops (a judgement).
const STOP_SD_M: f64 = 4.0;
/// How probable a mile, 1600 m, or four whole laps of the lane from line to line are; the rest are other distances,
/// spread over `OTHERS_M`.
const MILE_USE: f64 = 0.6;
const METRIC_USE: f64 = 0.1;
const LINE_USE: f64 = 0.1;
const OTHERS_M: f64 = 200.0;

/// The race around the fastest stretch, if it begins with a rest and ends with a stop.
pub(crate) fn find(
    times_s: &[f64],
    feet: &[Option<Foot>],
    fastest: (f64, f64),
    lap_m: f64,
    scatter_m: f64,
) -> Option<Raced> {
    let (t, way_m) = unwound(times_s, feet, (fastest.0 - WITHIN_S.0, fastest.1 + WITHIN_S.1), lap_m);
    let at = |t_s: f64| window::distance_at(&t, &way_m, t_s);
    let race_mps = (at(fastest.1) - at(fastest.0)) / (fastest.1 - fastest.0);
    let share = |from_s: f64, to_s: f64| (at(to_s) - at(from_s)) / (to_s - from_s) / race_mps;
    let first_s = *t.first()? + REST_S;
    let last_s = *t.last()? - STOPPED_S;
    let start =
        t.iter().rev().find(|&&s| s < fastest.0 + 15.0 && s >= first_s && share(s - REST_S, s) < REST_SHARE);
    let stop = t.iter().find(|&&s| s > fastest.1 && s <= last_s && share(s, s + STOPPED_S) < STOPPED_SHARE);
    let (start_s, stop_s) = (*start?, *stop?);
    // The places are means over two seconds; the rest lies before the acceleration.
    let place_m = |s: f64| (at(s - 1.0) + at(s) + at(s + 1.0)) / 3.0;
    let length_m = (place_m(stop_s) - place_m(start_s - REST_S)).abs();
    let sd_m = (STOP_SD_M * STOP_SD_M + 2.0 * scatter_m * scatter_m).sqrt();
    Some(Raced { laps: length_m / lap_m, sd_m })
}

/// Seconds and unwound way along the line of the fixes in a stretch of time.
fn unwound(times_s: &[f64], feet: &[Option<Foot>], span_s: (f64, f64), lap_m: f64) -> (Vec<f64>, Vec<f64>) {
    let first = times_s.partition_point(|&t| t < span_s.0);
    let last = times_s.partition_point(|&t| t <= span_s.1);
    let (mut t, mut way_m): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut before_m: Option<f64> = None;
    for k in first..last {
        let Some(foot) = feet[k] else { continue };
        let step_m = before_m.map_or(0.0, |b| wrap_m(foot.along_m - b, lap_m));
        way_m.push(way_m.last().copied().unwrap_or(0.0) + step_m);
        t.push(times_s[k]);
        before_m = Some(foot.along_m);
    }
    (t, way_m)
}

impl Raced {
    /// How probable this race is (density per metre) where a lap has this length, known to `lap_sd_m`.
    pub(crate) fn likelihood(&self, lap_m: f64, lap_sd_m: f64) -> f64 {
        let length_m = self.laps * lap_m;
        let var = self.sd_m * self.sd_m + (self.laps * lap_sd_m).powi(2);
        let near = |m: f64| (-(length_m - m).powi(2) / (2.0 * var)).exp() / (2.0 * PI * var).sqrt();
        let mile = MILE_USE * near(MILE_M);
        let metric = METRIC_USE * near(1600.0);
        let lines = LINE_USE * (near(4.0 * lap_m) + near(4.0 * lap_m + MILE_M - 1600.0)) / 2.0;
        mile + metric + lines + (1.0 - MILE_USE - METRIC_USE - LINE_USE) / OTHERS_M
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_than_four_laps_of_a_mile_were_run_in_lane_two() {
        let raced = Raced { laps: MILE_M / 407.04, sd_m: 5.0 };
        assert!(raced.likelihood(407.04, 0.4) > 10.0 * raced.likelihood(400.0, 0.4));
    }

    #[test]
    fn four_laps_and_a_start_behind_the_line_say_little_about_the_lane() {
        let raced = Raced { laps: 4.0 + 9.344 / 407.04, sd_m: 5.0 };
        let (one, two) = (raced.likelihood(400.0, 0.4), raced.likelihood(407.04, 0.4));
        assert!(one < 10.0 * two, "{one} {two}");
    }
}
