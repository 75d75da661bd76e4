//! The pacing grade: the rubric's score with its range, its letter and a sentence for each part.

use serde::Serialize;

use super::advice;
use super::goal;
use super::hundreds::{self, HundredVerdict};
use super::reason::reason;
use super::rubric::{self, PacedMile, Part, Yardstick};
use super::spread::{self, TimingErrors};
use super::verdict::{self, LapVerdict};
use crate::segmenter::TimedMile;

/// How closely a mile followed the coach's plan. It says nothing of how fast the runner is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PacingGrade {
    /// From 0 to 100; of a goal that was beaten, the better of goal and pattern score.
    pub score: f64,
    /// The 5th percentile of the score under the uncertainty of the times, where that is known.
    pub low: Option<f64>,
    /// The 95th percentile of the score under the uncertainty of the times.
    pub high: Option<f64>,
    /// A from 90, B from 75, C from 60, D from 45, F below.
    pub letter: char,
    /// Whether it was measured against a goal or against the mile's own mean pace.
    pub kind: GradeKind,
    /// The goal for the mile in seconds.
    pub goal_s: Option<f64>,
    /// Seconds behind the goal of a whole mile at the pace that was run; negative where the goal was beaten.
    pub behind_goal_s: Option<f64>,
    /// The score against the mile's own mean pace.
    pub pattern_score: f64,
    /// Which clock was graded.
    pub of: Graded,
    /// Whether it was a tactical race, a sit and kick: then the score says little.
    pub tactical: bool,
    /// The parts that the data can show, in the order of the race.
    pub parts: Vec<PartGrade>,
    /// What the four laps are held against: the goal, or the mile's own mean pace where the goal was far off.
    pub laps_against: GradeKind,
    /// The four laps in words.
    pub laps: Vec<LapVerdict>,
    /// The four hundreds of the last lap in words; empty where they are not known.
    pub hundreds: Vec<HundredVerdict>,
    /// Two to four sentences for the next race.
    pub advice: Vec<String>,
}

impl PacingGrade {
    /// The same for a mile that was no effort of its own, for the reason `why`: then its laps give no advice. `mile_s`
    /// stands in for a goal.
    #[must_use]
    pub(crate) fn without_effort(self, why: &str, mile_s: f64) -> PacingGrade {
        let goal_s = self.goal_s.unwrap_or(mile_s.floor());
        PacingGrade { advice: advice::without_effort(why, goal_s), ..self }
    }

    /// The goal in seconds that laps and charts are held against; `None` without one, and where it was far off.
    pub fn goal_of_laps_s(&self) -> Option<f64> {
        self.goal_s.filter(|_| self.laps_against == GradeKind::Goal)
    }
}

/// What a grade is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GradeKind {
    /// A goal time.
    Goal,
    /// The mile's own mean pace.
    Pattern,
}

/// Which times were graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Graded {
    /// The race from its standing start.
    Race,
    /// The fastest window.
    Window,
    /// Laps typed by hand.
    Typed,
}

/// One part of the rubric with its points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartGrade {
    /// Its identifier, such as `lap_3`.
    pub id: &'static str,
    /// The points earned.
    pub points: f64,
    /// The points it is worth.
    pub max: f64,
    /// Whether the times are too uncertain to tell: its range exceeds half its points.
    pub undecided: bool,
    /// The reason in one sentence with its numbers.
    pub message: String,
}

/// Grades a mile.
///
/// `errors` are those of the times; without them there is no range, and no part is undecided. Points are those against
/// the goal. The words on laps and the advice look at the mile's own pace where the goal was missed or beaten by so much
/// that the pattern tells more, and so do the laps' gaps where it was far off.
pub fn grade(
    mile: &PacedMile,
    goal_s: Option<f64>,
    of: Graded,
    errors: Option<&TimingErrors>,
) -> PacingGrade {
    let yardstick = goal_s.map_or(Yardstick::OwnPace, Yardstick::Goal);
    let score = combined_score(mile, goal_s);
    let spread = errors.map(|errors| spread::spread(mile, goal_s, errors));
    let undecided =
        |part, yardstick| spread.as_ref().is_some_and(|spread| spread.leaves_undecided(part, yardstick));
    let (laps_against, judged_by) = (goal::of_laps(mile, goal_s), goal::of_words(mile, goal_s));
    let part_grade = |part: Part| {
        let points = part.points(mile, yardstick)?;
        let message = reason(part, mile, yardstick);
        Some(PartGrade {
            id: part.id(),
            points,
            max: part.max_points(),
            undecided: undecided(part, yardstick),
            message,
        })
    };
    PacingGrade {
        score,
        low: spread.as_ref().map(|spread| spread.score.low),
        high: spread.as_ref().map(|spread| spread.score.high),
        letter: letter(score),
        kind: if goal_s.is_some() { GradeKind::Goal } else { GradeKind::Pattern },
        goal_s,
        behind_goal_s: goal_s.map(|goal_s| goal::mile_s(mile) - goal_s),
        pattern_score: rubric::score(mile, Yardstick::OwnPace),
        of,
        tactical: mile.is_tactical(),
        parts: Part::ALL.into_iter().filter_map(part_grade).collect(),
        laps_against: match laps_against {
            Yardstick::Goal(_) => GradeKind::Goal,
            Yardstick::OwnPace => GradeKind::Pattern,
        },
        laps: verdict::laps_where(mile, laps_against, judged_by, |part| !undecided(part, judged_by)),
        hundreds: hundreds::hundreds(mile),
        advice: advice::advice(mile, goal_s, spread.as_ref()),
    }
}

/// What the rubric sees of a timed mile, taken as a race.
pub(crate) fn paced(mile: &TimedMile) -> PacedMile {
    PacedMile {
        lengths_m: std::array::from_fn(|lap| mile.splits.get(lap).map_or(0.0, |split| split.length_m())),
        laps_s: std::array::from_fn(|lap| mile.splits.get(lap).map_or(0.0, |split| split.time_s)),
        t200_s: mile.mark_s(200.0),
        closing_marks_s: closing_marks_s(mile),
        raced: true,
    }
}

fn closing_marks_s(mile: &TimedMile) -> Option<[f64; 5]> {
    let at = |distance_m| mile.mark_s(distance_m);
    Some([at(1200.0)?, at(1300.0)?, at(1400.0)?, at(1500.0)?, at(1600.0)?])
}

/// The score against the goal, or the better of both scores where the goal was beaten.
pub(super) fn combined_score(mile: &PacedMile, goal_s: Option<f64>) -> f64 {
    let pattern_score = rubric::score(mile, Yardstick::OwnPace);
    let Some(goal_s) = goal_s else { return pattern_score };
    let goal_score = rubric::score(mile, Yardstick::Goal(goal_s));
    let beaten = mile.mean_per_400m_s() <= Yardstick::Goal(goal_s).even_s(mile);
    if beaten { goal_score.max(pattern_score) } else { goal_score }
}

/// The letter of a score: A from 90, B from 75, C from 60, D from 45, F below.
///
/// The score is rounded to the whole number that is printed beside it, so that no printed 90 is a B.
pub(crate) fn letter(score: f64) -> char {
    match score.round() {
        90.0.. => 'A',
        75.0.. => 'B',
        60.0.. => 'C',
        45.0.. => 'D',
        _ => 'F',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::LapScheme;

    fn quarters(laps_s: [f64; 4]) -> PacedMile {
        PacedMile::of_laps(LapScheme::Quarters.lengths_m(), laps_s)
    }

    #[test]
    fn a_goal_beaten_scores_the_better_of_both() {
        let grade = grade(&quarters([77.5; 4]), Some(320.0), Graded::Typed, None);
        assert!((grade.score - 100.0).abs() < 1e-9);
        assert_eq!((grade.kind, grade.letter, grade.low), (GradeKind::Goal, 'A', None));
    }

    #[test]
    fn even_laps_at_too_hot_a_goal_keep_their_pattern() {
        let grade = grade(&quarters([78.75; 4]), Some(300.0), Graded::Typed, None);
        assert!((grade.score - 33.7).abs() < 0.05, "{}", grade.score);
        assert!((grade.pattern_score - 100.0).abs() < 1e-9);
    }

    #[test]
    fn letters_change_where_the_design_says() {
        let letters = [100.0, 89.6, 89.4, 75.0, 60.0, 45.0, 44.4].map(letter);
        assert_eq!(letters, ['A', 'A', 'B', 'B', 'C', 'D', 'F']);
    }

    #[test]
    fn a_range_holds_the_score_and_wide_parts_are_undecided() {
        let errors = TimingErrors::uniform(1.0);
        let grade = grade(&quarters([73.5, 75.0, 76.0, 75.0]), None, Graded::Window, Some(&errors));
        assert!(grade.low.unwrap() < grade.score && grade.score < grade.high.unwrap(), "{grade:?}");
        assert!(grade.parts.iter().any(|part| part.undecided));
        assert_eq!(super::grade(&quarters([75.0; 4]), None, Graded::Window, Some(&errors)).high, Some(100.0));
    }
}
