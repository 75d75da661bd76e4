//! The pacing grade: the rubric's score with its range, its letter and a sentence for each part.

use super::advice;
use super::goal;
use super::hundreds::{self, HundredVerdict};
use super::reason::reason;
use super::rubric::{self, PacedMile, Part, Yardstick};
use super::spread::{self, Spread, TimingErrors};
use super::verdict::{self, LapVerdict};
use crate::segmenter::TimedMile;
use crate::units::tenths;

/// How closely a mile followed the coach's plan. It says nothing of how fast the runner is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PacingGrade {
    /// From 0 to 100; of a goal that was beaten, the better of goal and pattern score.
    pub score: f64,
    /// The 5th percentile of the score under the uncertainty of the times, where that is known.
    pub low: Option<f64>,
    /// The 95th percentile of the score under the uncertainty of the times.
    pub high: Option<f64>,
    /// Of the score rounded to a whole number: A from 90, B from 75, C from 60, D from 45, F below.
    pub letter: char,
    /// Whether a goal was given to measure it against, or the mile's own mean pace is all there is.
    pub kind: GradeKind,
    /// Which of the two scores counts: of a goal that was beaten, the better one.
    pub counts: GradeKind,
    /// The goal for the mile in seconds.
    pub goal_s: Option<f64>,
    /// Seconds behind the goal of a whole mile at the pace that was run; negative where the goal was beaten.
    pub behind_goal_s: Option<f64>,
    /// Whether the time is too uncertain to tell if the goal was met.
    pub goal_undecided: bool,
    /// The score against the goal, 0 to 100.
    pub goal_score: Option<f64>,
    /// The score against the mile's own mean pace, 0 to 100.
    pub pattern_score: f64,
    /// Which clock was graded.
    pub of: Graded,
    /// Whether it was a tactical race, a sit and kick: then the score says little.
    pub tactical: bool,
    /// The parts that the data can show, in the order of the race: against the goal, where there is one.
    pub parts: Vec<PartGrade>,
    /// The same parts against the mile's own mean pace, where there is a goal; empty without one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub pattern_parts: Vec<PartGrade>,
    /// What laps and advice are held against: the goal, or the mile's own mean pace where that tells more.
    pub laps_against: GradeKind,
    /// The four laps in words.
    pub laps: Vec<LapVerdict>,
    /// The four hundreds of the last lap in words; empty where they are not known.
    pub hundreds: Vec<HundredVerdict>,
    /// Two to four sentences for the next race.
    pub advice: Vec<String>,
}

impl PacingGrade {
    /// The same for a mile that was no effort of its own, for the reason `why`: then its laps give no advice.
    #[must_use]
    pub(crate) fn without_effort(self, why: &str) -> PacingGrade {
        PacingGrade { advice: advice::without_effort(why, self.goal_s), ..self }
    }

    /// The goal in seconds that laps and charts are held against; `None` without one, and where it was no fair one.
    pub fn goal_of_laps_s(&self) -> Option<f64> {
        self.goal_s.filter(|_| self.laps_against == GradeKind::Goal)
    }

    /// The parts against one of the two; none against a goal where there is none.
    pub fn parts_against(&self, kind: GradeKind) -> &[PartGrade] {
        match (kind, self.kind) {
            (GradeKind::Pattern, GradeKind::Goal) => &self.pattern_parts,
            (GradeKind::Goal, GradeKind::Pattern) => &[],
            _ => &self.parts,
        }
    }

    /// How a mile of `time_s` seconds lies to the goal, such as `goal 5:20 beaten by 0.4 s`; `None` without a goal.
    pub fn against_goal(&self, time_s: f64) -> Option<String> {
        self.goal_s.map(|goal_s| goal::against_goal(time_s, goal_s, self.goal_undecided))
    }
}

/// What a grade is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum GradeKind {
    /// A goal time.
    Goal,
    /// The mile's own mean pace.
    Pattern,
}

impl GradeKind {
    /// What the score against it is called.
    pub fn score_name(self) -> &'static str {
        match self {
            GradeKind::Goal => "goal score",
            GradeKind::Pattern => "pattern score",
        }
    }

    fn of(yardstick: Yardstick) -> GradeKind {
        match yardstick {
            Yardstick::Goal(_) => GradeKind::Goal,
            Yardstick::OwnPace => GradeKind::Pattern,
        }
    }
}

/// Which times were graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
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
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
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
/// `errors` are those of the times; without them there is no range, and nothing is undecided. Laps and advice are held
/// against the mile's own pace where the goal was missed or beaten by so much that the pattern tells more.
pub fn grade(
    mile: &PacedMile,
    goal_s: Option<f64>,
    of: Graded,
    errors: Option<&TimingErrors>,
) -> PacingGrade {
    let asked = goal_s.map_or(Yardstick::OwnPace, Yardstick::Goal);
    let told = goal::yardstick(mile, goal_s);
    let scores = Scores::of(mile, goal_s);
    let spread = errors.map(|errors| spread::spread(mile, goal_s, errors));
    let spread = spread.as_ref();
    let behind_goal_s = goal_s.map(|goal_s| goal::mile_s(mile) - goal_s);
    // Who types a time means it; only a measured one has doubts of its own.
    let deviation_s = errors.filter(|_| of != Graded::Typed).map_or(0.0, |errors| errors.total_s);
    let goal_undecided = behind_goal_s.is_some_and(|behind_s| goal::is_too_close(behind_s, deviation_s));
    let decided = |part| spread.is_none_or(|spread| !spread.leaves_undecided(part, told));
    PacingGrade {
        score: scores.counted(),
        low: spread.map(|spread| spread.score.low),
        high: spread.map(|spread| spread.score.high),
        letter: letter(scores.counted()),
        kind: GradeKind::of(asked),
        counts: scores.counts(),
        goal_s,
        behind_goal_s,
        goal_undecided,
        goal_score: scores.goal,
        pattern_score: scores.pattern,
        of,
        tactical: mile.is_tactical(),
        parts: part_grades(mile, asked, spread),
        pattern_parts: goal_s.map_or_else(Vec::new, |_| part_grades(mile, Yardstick::OwnPace, spread)),
        laps_against: GradeKind::of(told),
        laps: verdict::laps_where(mile, told, decided),
        hundreds: hundreds::hundreds(mile),
        advice: advice::advice(mile, goal_s, goal_undecided, spread),
    }
}

/// The parts that the data can show, with their points and reasons.
fn part_grades(mile: &PacedMile, yardstick: Yardstick, spread: Option<&Spread>) -> Vec<PartGrade> {
    let part_grade = |part: Part| {
        Some(PartGrade {
            id: part.id(),
            points: part.points(mile, yardstick)?,
            max: part.max_points(),
            undecided: spread.is_some_and(|spread| spread.leaves_undecided(part, yardstick)),
            message: reason(part, mile, yardstick),
        })
    };
    Part::ALL.into_iter().filter_map(part_grade).collect()
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

/// Both scores of a mile.
pub(super) struct Scores {
    goal: Option<f64>,
    pattern: f64,
    beaten: bool,
}

impl Scores {
    pub(super) fn of(mile: &PacedMile, goal_s: Option<f64>) -> Scores {
        let goal = goal_s.map(|goal_s| (goal_s, rubric::score(mile, Yardstick::Goal(goal_s))));
        Scores::known(mile, goal, rubric::score(mile, Yardstick::OwnPace))
    }

    /// The same where the scores are known: the goal in seconds with the score against it, and the pattern score.
    pub(super) fn known(mile: &PacedMile, goal: Option<(f64, f64)>, pattern: f64) -> Scores {
        // By the tenths that are printed: a goal met to the tenth was not missed.
        let beaten = |(goal_s, _)| tenths(goal::mile_s(mile)) <= tenths(goal_s);
        Scores { goal: goal.map(|(_, score)| score), pattern, beaten: goal.is_some_and(beaten) }
    }

    /// The score against the goal, or the better of both where the goal was beaten.
    pub(super) fn counted(&self) -> f64 {
        match self.goal {
            Some(goal) if self.beaten => goal.max(self.pattern),
            Some(goal) => goal,
            None => self.pattern,
        }
    }

    fn counts(&self) -> GradeKind {
        match self.goal {
            Some(goal) if !self.beaten || goal >= self.pattern => GradeKind::Goal,
            _ => GradeKind::Pattern,
        }
    }
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
