//! The plan for a goal: the times to pass each mark at, by the coach's strategy.
//!
//! Lap 1 a little slower than even pace, 800 m exactly on it, lap 3 held, and a last lap in which each hundred
//! is faster than the one before.

use crate::segmenter::LapScheme;
use crate::segmenter::mile::{MARKS_M, Mark};
use crate::units::{LAP_M, MILE_M};

/// A goal for the mile and the times at its marks.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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

/// How much slower than even pace lap 1 is run: 0.6 s of an 80 s lap.
const LAP_1: f64 = 0.008;
/// And by no more than this, in seconds: what the coach allows at 400 m.
const LAP_1_MOST_S: f64 = 1.0;
/// How much slower than even pace lap 3 is run, the hardest one.
const LAP_3: f64 = 0.006;

/// The plan's pace relative to even pace: up to a distance in metres, the time for a metre over the mean.
///
/// Lap 2 gives back what lap 1 held back, so that 800 m are on even pace to the instant; the four hundreds of the last
/// lap and the metres behind them give back what lap 3 lost, each faster than the one before by the same step.
fn pace_by_distance(goal_s: f64) -> [(f64, f64); 7] {
    let lap_1 = LAP_1.min(LAP_1_MOST_S * MILE_M / (goal_s * LAP_M));
    // Steps of the hundreds, weighted by how far each is held: 100, 100, 100 and 109.344 m.
    let stepped_m = 100.0 * (1.0 + 2.0 + 3.0) + 4.0 * (MILE_M - 1500.0);
    let step = LAP_3 * (MILE_M - 800.0) / stepped_m;
    let hundred = |number: f64| 1.0 + LAP_3 - number * step;
    [
        (400.0, 1.0 + lap_1),
        (800.0, 1.0 - lap_1),
        (1200.0, 1.0 + LAP_3),
        (1300.0, hundred(1.0)),
        (1400.0, hundred(2.0)),
        (1500.0, hundred(3.0)),
        (MILE_M, hundred(4.0)),
    ]
}

impl GoalPlan {
    /// The plan for a mile in `goal_s` seconds.
    pub fn new(goal_s: f64, scheme: LapScheme) -> GoalPlan {
        let pace = pace_by_distance(goal_s);
        let time_s = |distance_m: f64| goal_s * weighted_m(&pace, distance_m) / MILE_M;
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
fn weighted_m(pace: &[(f64, f64)], distance_m: f64) -> f64 {
    let mut from_m = 0.0;
    let mut sum_m = 0.0;
    for &(to_m, factor) in pace {
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
    fn eight_hundred_metres_are_on_even_pace_and_lap_1_is_at_most_a_second_slower() {
        for goal_s in [215.0, 320.0, 514.0, 1200.0] {
            let plan = GoalPlan::new(goal_s, LapScheme::Line);
            assert!((plan.mark_s(800.0).unwrap() - goal_s * 800.0 / MILE_M).abs() < 1e-9);
            assert!((plan.mark_s(MILE_M).unwrap() - goal_s).abs() < 1e-9);
            let behind_s = plan.mark_s(400.0).unwrap() - goal_s * 400.0 / MILE_M;
            assert!(behind_s > 0.2 && behind_s <= 1.0 + 1e-9, "{goal_s}: {behind_s}");
        }
    }

    #[test]
    fn each_hundred_of_the_last_lap_is_faster_than_what_came_before() {
        let plan = GoalPlan::new(310.0, LapScheme::Line);
        let lap_3_hundred_s = (plan.mark_s(1200.0).unwrap() - plan.mark_s(800.0).unwrap()) / 4.0;
        let hundreds = [lap_3_hundred_s].into_iter().chain(plan.hundreds_s).collect::<Vec<_>>();
        assert!(hundreds.windows(2).all(|pair| pair[1] < pair[0] - 0.05), "{hundreds:?}");
    }
}
