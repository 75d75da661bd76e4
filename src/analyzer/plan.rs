//! The plan for a goal: the times to pass each mark at, by the coach's strategy.
//!
//! Lap 1 a little slower than even pace, 800 m exactly on it, lap 3 held, and a last lap in which each hundred
//! is faster than the one before.

use serde::Serialize;

use crate::segmenter::LapScheme;
use crate::segmenter::mile::{MARKS_M, Mark};
use crate::units::MILE_M;

/// A goal for the mile and the times at its marks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GoalPlan {
    /// The goal in seconds.
    pub goal_s: f64,
    /// How the laps are cut.
    pub scheme: LapScheme,
    /// The planned times at 200, 400, 800, 1200, 1300, 1400, 1500 and 1600 m and at the mile.
    pub marks: Vec<Mark>,
    /// The planned times of the four laps in seconds.
    pub laps_s: [f64; 4],
    /// The planned times from the start at the ends of the four laps, in seconds.
    pub lap_ends_s: [f64; 4],
    /// The planned hundreds of the last lap, 1200 to 1600 m, in seconds.
    pub hundreds_s: [f64; 4],
}

/// The plan's pace relative to even pace: up to a distance in metres, the time for a metre over the mean.
///
/// A second at 400 m is what the coach allows; 0.8 % is 0.6 s of an 80 s lap. The hundreds fall by 0.9 % each.
const PACE_BY_DISTANCE: [(f64, f64); 7] = [
    (400.0, 1.008),
    (800.0, 0.992),
    (1200.0, 1.004),
    (1300.0, 1.009),
    (1400.0, 1.0),
    (1500.0, 0.991),
    (MILE_M, 0.982),
];

impl GoalPlan {
    /// The plan for a mile in `goal_s` seconds.
    pub fn new(goal_s: f64, scheme: LapScheme) -> GoalPlan {
        let time_s = |distance_m: f64| goal_s * weighted_m(distance_m) / weighted_m(MILE_M);
        let marks = MARKS_M.into_iter().chain([MILE_M]);
        let at_m = scheme.boundaries_m();
        GoalPlan {
            goal_s,
            scheme,
            marks: marks
                .map(|distance_m| Mark { distance_m, time_s: time_s(distance_m), uncertainty_s: None })
                .collect(),
            laps_s: std::array::from_fn(|lap| time_s(at_m[lap + 1]) - time_s(at_m[lap])),
            lap_ends_s: std::array::from_fn(|lap| time_s(at_m[lap + 1])),
            hundreds_s: [1200.0, 1300.0, 1400.0, 1500.0]
                .map(|from_m| time_s(from_m + 100.0) - time_s(from_m)),
        }
    }

    /// The planned time at a marked distance, to the metre.
    pub fn mark_s(&self, distance_m: f64) -> Option<f64> {
        self.marks.iter().find(|mark| (mark.distance_m - distance_m).abs() < 0.5).map(|mark| mark.time_s)
    }
}

/// The distance weighted by the plan's relative pace, in metres.
fn weighted_m(distance_m: f64) -> f64 {
    let mut from_m = 0.0;
    let mut sum_m = 0.0;
    for (to_m, factor) in PACE_BY_DISTANCE {
        sum_m += factor * (distance_m.min(to_m) - from_m).max(0.0);
        from_m = to_m;
    }
    sum_m
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::rubric::{self, PacedMile, Yardstick};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whoever_runs_the_plan_gets_full_marks(goal_s in 220.0..900.0_f64, scheme in 0usize..3) {
            let scheme = LapScheme::ALL[scheme];
            let plan = GoalPlan::new(goal_s, scheme);
            let mark = |m| plan.mark_s(m).unwrap();
            let mile = PacedMile {
                lengths_m: scheme.lengths_m(),
                laps_s: plan.laps_s,
                t200_s: Some(mark(200.0)),
                closing_marks_s: Some([1200.0, 1300.0, 1400.0, 1500.0, 1600.0].map(mark)),
                raced: true,
            };
            prop_assert!((plan.laps_s.iter().sum::<f64>() - goal_s).abs() < 1e-9);
            for yardstick in [Yardstick::Goal(goal_s), Yardstick::OwnPace] {
                prop_assert!(rubric::score(&mile, yardstick) > 99.5, "{}", rubric::score(&mile, yardstick));
            }
        }
    }

    #[test]
    fn eight_hundred_metres_are_on_even_pace() {
        let plan = GoalPlan::new(320.0, LapScheme::Line);
        assert!((plan.mark_s(800.0).unwrap() - 320.0 * 800.0 / MILE_M).abs() < 0.2);
        assert!(plan.mark_s(400.0).unwrap() - 320.0 * 400.0 / MILE_M < 1.0);
    }
}
