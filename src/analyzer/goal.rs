//! A goal beside what was run: met or missed, in or out of reach, and which goal the mile supports next.

use super::rubric::{self, PacedMile, Yardstick};
use super::verdict::LapDeviations;
use crate::units::{MILE_M, clock_as_typed, clock_tenths, gap_of_tenths, tenths};

/// A goal missed or beaten by more than this share of it was out of reach, or too easy: against it every lap is
/// off, and the laps tell more against each other.
const FAR_OFF: f64 = 0.03;
/// A goal beaten by more than this share of it no longer tells what a lap should have been.
const WELL_BEATEN: f64 = 0.01;
/// A goal that was missed, in a mile paced this many points better than it did against the goal, was too hot.
const TOO_HOT_POINTS: f64 = 10.0;
/// What progress alone makes of a well-paced mile, as a share of its time.
const PROGRESS: f64 = 0.997;
/// What even pacing makes of an uneven one, with progress.
const PROGRESS_AND_PACING: f64 = 0.992;
/// A goal this much faster than what the mile supports still stands.
const WITHIN_REACH: f64 = 0.995;

/// A goal beside what was run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Against {
    pub(super) goal_s: f64,
    /// The time of a whole mile at the pace that was run.
    pub(super) time_s: f64,
    pub(super) goal_score: f64,
    pub(super) pattern_score: f64,
    /// Whether the first lap was run at the goal's pace or faster.
    started_at_it: bool,
}

/// How a mile compares with its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Missed by so much that no lap could be on it.
    TooFar,
    /// Missed, and the pattern was much better than the goal score.
    TooHot,
    /// Near enough to judge each lap by it.
    Fair,
    /// Beaten by so much that every lap was ahead of it.
    TooEasy,
}

impl Against {
    pub(super) fn new(mile: &PacedMile, goal_s: f64) -> Against {
        Against {
            goal_s,
            time_s: mile_s(mile),
            goal_score: rubric::score(mile, Yardstick::Goal(goal_s)),
            pattern_score: rubric::score(mile, Yardstick::OwnPace),
            started_at_it: LapDeviations::of(mile, Yardstick::Goal(goal_s)).started_at_pace(),
        }
    }

    /// By the tenths that are printed.
    pub(super) fn missed(&self) -> bool {
        tenths(self.time_s) > tenths(self.goal_s)
    }

    pub(super) fn reach(&self) -> Reach {
        match self.time_s / self.goal_s - 1.0 {
            off if off > FAR_OFF => Reach::TooFar,
            off if off < -FAR_OFF => Reach::TooEasy,
            _ if self.missed() && self.pattern_score >= self.goal_score + TOO_HOT_POINTS => Reach::TooHot,
            _ => Reach::Fair,
        }
    }

    /// What advice rests on: a goal far off says nothing about a lap, the mile's own pace does.
    pub(super) fn yardstick(&self) -> Yardstick {
        let well_beaten = self.time_s < self.goal_s * (1.0 - WELL_BEATEN);
        match self.reach() {
            Reach::Fair if well_beaten && self.pattern_score >= self.goal_score => Yardstick::OwnPace,
            Reach::Fair => Yardstick::Goal(self.goal_s),
            _ => Yardstick::OwnPace,
        }
    }

    /// The gap to the goal in words: `12.4 s`, `1:02.4`.
    pub(super) fn gap(&self) -> String {
        gap_of_tenths(tenths(self.time_s) - tenths(self.goal_s))
    }
}

/// What laps, advice and charts are held against: the goal where it was a fair one, otherwise the mile's own pace.
pub(super) fn yardstick(mile: &PacedMile, goal_s: Option<f64>) -> Yardstick {
    goal_s.map_or(Yardstick::OwnPace, |goal_s| Against::new(mile, goal_s).yardstick())
}

/// The next goal that the mile supports, in seconds: a goal that was missed but lies within reach stands, otherwise
/// a little faster than today in whole seconds.
pub(super) fn next_goal_s(mile: &PacedMile, goal: Option<&Against>, well_paced: bool) -> f64 {
    let supported_s = (mile_s(mile) * if well_paced { PROGRESS } else { PROGRESS_AND_PACING }).floor();
    let stands = |goal: &&Against| goal.missed() && goal.goal_s >= WITHIN_REACH * supported_s;
    goal.filter(stands).map_or(supported_s, |goal| goal.goal_s)
}

/// The time of a mile at this pace, in seconds.
pub(super) fn mile_s(mile: &PacedMile) -> f64 {
    mile.mean_per_400m_s() * MILE_M / 400.0
}

/// `goal 5:20 beaten by 0.4 s`, counted in the tenths that are printed, so that reader and program subtract alike.
pub(super) fn against_goal(time_s: f64, goal_s: f64, too_close: bool) -> String {
    let behind = tenths(time_s) - tenths(goal_s);
    let goal = clock_as_typed(goal_s);
    match behind {
        _ if too_close => format!("goal {goal} too close to call"),
        0 => format!("goal {goal} met to the tenth"),
        1.. => format!("goal {goal} missed by {}", gap_of_tenths(behind)),
        _ => format!("goal {goal} beaten by {}", gap_of_tenths(behind)),
    }
}

/// Whether the other outcome has at least one chance in five: the gap is less than 0.84 standard deviations. An
/// official time, good to the tenth that is printed, has no such doubts.
pub(super) fn is_too_close(behind_s: f64, deviation_s: f64) -> bool {
    const BY_THE_CLOCK_S: f64 = 0.1;
    deviation_s > BY_THE_CLOCK_S && behind_s.abs() < 0.84 * deviation_s
}

/// That the goal was out of reach, too hot or too easy, with the numbers; `None` where it was a fair one.
pub(super) fn sentence(goal: &Against, well_paced: bool) -> Option<String> {
    let (time, aim, gap) = (clock_tenths(goal.time_s), clock_as_typed(goal.goal_s), goal.gap());
    let (said, well) = match goal.reach() {
        Reach::Fair => return None,
        Reach::TooFar if goal.started_at_it => (
            format!(
                "You ran {time}, {gap} behind {aim}, after a first lap at its pace: it was out of reach today"
            ),
            "but",
        ),
        Reach::TooFar => {
            (format!("You ran {time}, {gap} behind {aim}: that goal was out of reach today"), "but")
        }
        Reach::TooHot => (format!("You ran {time}, {gap} behind {aim}: that goal was too hot today"), "but"),
        Reach::TooEasy => (format!("You ran {time}, {gap} ahead of {aim}: that goal was too easy"), "and"),
    };
    Some(if well_paced {
        format!("{said}, {well} the mile was well paced.")
    } else {
        format!("{said}, so what follows looks at the pattern alone.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::LapScheme;

    fn even(mile_s: f64) -> PacedMile {
        PacedMile::of_laps(LapScheme::Quarters.lengths_m(), [mile_s / 4.0; 4])
    }

    #[test]
    fn a_gap_is_counted_in_printed_tenths() {
        assert_eq!(against_goal(319.64, 320.0, false), "goal 5:20 beaten by 0.4 s");
        assert_eq!(against_goal(382.4, 320.0, false), "goal 5:20 missed by 1:02.4");
        assert_eq!(against_goal(319.52, 319.5, false), "goal 5:19.5 met to the tenth");
        assert_eq!(against_goal(320.1, 320.0, true), "goal 5:20 too close to call");
    }

    #[test]
    fn a_goal_within_the_clocks_doubt_is_too_close_to_call() {
        assert!(is_too_close(0.1, 0.5) && is_too_close(-0.4, 0.5));
        assert!(!is_too_close(0.43, 0.5) && !is_too_close(0.0, 0.06));
    }

    #[test]
    fn a_start_at_the_pace_of_a_goal_out_of_reach_is_named() {
        let mile = PacedMile::of_laps(LapScheme::Quarters.lengths_m(), [70.0, 74.0, 84.0, 92.0]);
        assert_eq!(
            sentence(&Against::new(&mile, 280.0), false).unwrap(),
            "You ran 5:20.0, 40.0 s behind 4:40, after a first lap at its pace: it was out of reach today, so what \
             follows looks at the pattern alone."
        );
    }

    #[test]
    fn a_goal_far_off_is_said_to_be() {
        let said = |time_s: f64, goal_s: f64, well| {
            let mile = even(time_s);
            sentence(&Against::new(&mile, goal_s), well)
        };
        assert_eq!(
            said(322.4, 260.0, false).unwrap(),
            "You ran 5:22.4, 1:02.4 behind 4:20: that goal was out of reach today, so what follows looks at the \
             pattern alone."
        );
        assert_eq!(
            said(305.0, 300.0, true).unwrap(),
            "You ran 5:05.0, 5.0 s behind 5:00: that goal was too hot today, but the mile was well paced."
        );
        assert_eq!(
            said(320.0, 390.0, true).unwrap(),
            "You ran 5:20.0, 1:10.0 ahead of 6:30: that goal was too easy, and the mile was well paced."
        );
        assert_eq!(said(319.0, 320.0, true), None);
    }

    #[test]
    fn the_next_goal_is_one_that_the_mile_supports() {
        let next = |time_s: f64, goal_s: f64| {
            let mile = even(time_s);
            next_goal_s(&mile, Some(&Against::new(&mile, goal_s)), true)
        };
        assert_eq!(next(321.0, 320.0), 320.0, "narrowly missed, it stands");
        assert_eq!(next(322.4, 260.0), 321.0, "out of reach, it does not");
        assert_eq!(next(320.0, 390.0), 319.0, "well beaten, it is left behind");
    }
}
