//! Which lane was run in, and so how long a lap really is.
//!
//! Whatever its shape, a 400 m track is measured so that lane 1 is 400 m; every lane further out adds 2 pi times its
//! distance. The fitted length is weighed against these few, since a correlated error and the watch's own filter make it
//! wrong by metres, while a lane is exact.

use super::raced::Raced;
use std::f64::consts::PI;

/// The lap as it was most probably run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lap {
    /// 1 to 8; `None` where the length fits no lane of a standard track.
    pub(crate) lane: Option<u8>,
    pub(crate) length_m: f64,
    /// Standard deviation of `length_m`, the doubt about the lane included.
    pub(crate) length_sd_m: f64,
    /// Probability of the lane named, or of none.
    pub(crate) probability: f64,
}

/// How often runners use lanes 1 to 8 for laps; the rest of the probability is for other lengths.
const LANE_USE: [f64; 8] = [0.70, 0.10, 0.06, 0.04, 0.02, 0.02, 0.01, 0.01];
/// Tracks of other lengths and runners between the lanes, spread evenly over the lengths that are looked for.
const OTHER_USE: f64 = 0.04;
const OTHER_RANGE_M: f64 = 110.0;
/// A runner follows the measured line of a lane to a hand's breadth: 2 pi times 0.06 m.
const FOLLOWING_SD_M: f64 = 0.4;
/// What the model of shape and error leaves out.
const FIT_FLOOR_SD_M: f64 = 1.2;

/// Variance in s^2 of the smoothing that watches apply to positions, mean and deviation: a moving mean over 3 s has 0.75.
const FILTER_VARIANCE_S2: (f64, f64) = (0.8, 0.8);

/// How the lanes of a kind of track are measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lanes {
    /// Length of a lap in lane 1, metres.
    pub(crate) first_m: f64,
    pub(crate) width_m: f64,
    /// Lane 1 is measured so much further from its kerb than the others from their line.
    kerb_m: f64,
}

/// Measured 0.30 m from the kerb in lane 1, 0.20 m from the line in others, lanes 1.22 m wide (World Athletics, Track and
/// Field Facilities Manual).
pub(crate) const OUTDOOR: Lanes = Lanes { first_m: 400.0, width_m: 1.22, kerb_m: 0.10 };
/// Indoor lanes are 0.90 to 1.10 m wide (the same manual); 1 m stands for all.
pub(crate) const INDOOR: Lanes = Lanes { first_m: 200.0, width_m: 1.0, kerb_m: 0.10 };

impl Lanes {
    /// Length of a lap in a lane, counted from 1.
    pub(crate) fn length_m(&self, lane: u8) -> f64 {
        match lane {
            0 | 1 => self.first_m,
            n => self.first_m + 2.0 * PI * (self.width_m * f64::from(n - 1) - self.kerb_m),
        }
    }
}

/// How much shorter a lap the watch's filter shows, mean and deviation: a mean over time with variance s^2 moves a point
/// on a bend inwards by s^2 / 2 times its centripetal acceleration v^2 / r.
fn shrink_m(speed_mps: f64, radius_m: f64) -> (f64, f64) {
    let per_variance = PI * speed_mps * speed_mps / radius_m.max(5.0);
    (FILTER_VARIANCE_S2.0 * per_variance, FILTER_VARIANCE_S2.1 * per_variance)
}

/// The most probable lane for a fitted lap length, and for the race where one was run.
pub(crate) fn decide(
    lanes: &Lanes,
    (fitted_m, fitted_sd_m): (f64, f64),
    speed_mps: f64,
    radius_m: f64,
    raced: Option<&Raced>,
) -> Lap {
    let raced = |length_m: f64, sd_m: f64| raced.map_or(1.0, |race| race.likelihood(length_m, sd_m));
    let (shrink_m, shrink_sd_m) = shrink_m(speed_mps, radius_m);
    let seen_m = fitted_m + shrink_m;
    let seen_var = fitted_sd_m.powi(2) + shrink_sd_m.powi(2) + FIT_FLOOR_SD_M.powi(2);
    let following_var = FOLLOWING_SD_M * FOLLOWING_SD_M;
    // Weight, lane, length and variance of each possibility.
    let mut ways: Vec<(f64, Option<u8>, f64, f64)> = LANE_USE
        .iter()
        .zip(1u8..)
        .map(|(&used, lane)| {
            let line_m = lanes.length_m(lane);
            let spread = seen_var + following_var;
            let fits = (-(seen_m - line_m).powi(2) / (2.0 * spread)).exp() / (2.0 * PI * spread).sqrt();
            let weight = used * fits * raced(line_m, FOLLOWING_SD_M);
            let pull = following_var / spread;
            (weight, Some(lane), line_m + pull * (seen_m - line_m), following_var * (1.0 - pull))
        })
        .collect();
    ways.push((OTHER_USE / OTHER_RANGE_M * raced(seen_m, seen_var.sqrt()), None, seen_m, seen_var));
    let total: f64 = ways.iter().map(|w| w.0).sum();
    let best = ways.iter().copied().fold((0.0, None, seen_m, seen_var), |a, b| if b.0 > a.0 { b } else { a });
    let variance: f64 = ways.iter().map(|w| w.0 / total * (w.3 + (w.2 - best.2).powi(2))).sum();
    Lap { lane: best.1, length_m: best.2, length_sd_m: variance.sqrt(), probability: best.0 / total }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_have_their_published_lengths() {
        for (lane, length_m) in [(1, 400.0), (2, 407.04), (3, 414.70), (4, 422.37), (8, 453.03)] {
            assert!((OUTDOOR.length_m(lane) - length_m).abs() < 0.01, "lane {lane}");
        }
    }

    #[test]
    fn a_sharp_fit_decides_and_a_blunt_one_leaves_lane_one() {
        assert_eq!(decide(&OUTDOOR, (412.9, 1.0), 4.0, 39.0, None).lane, Some(3));
        assert_eq!(decide(&OUTDOOR, (404.0, 8.0), 4.0, 37.0, None).lane, Some(1));
    }

    #[test]
    fn doubt_between_lanes_is_part_of_the_deviation() {
        assert!(decide(&OUTDOOR, (403.0, 2.0), 4.0, 37.0, None).length_sd_m > 1.5);
        assert!(decide(&OUTDOOR, (399.0, 0.5), 4.0, 37.0, None).length_sd_m < 1.2);
    }

    #[test]
    fn a_short_track_is_none_of_the_lanes() {
        let lap = decide(&OUTDOOR, (378.9, 1.0), 4.0, 34.0, None);
        assert_eq!(lap.lane, None);
        assert!((lap.length_m - 380.0).abs() < 1.5);
    }
}
