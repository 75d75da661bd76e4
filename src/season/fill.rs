//! A row from an activity and its analysis.

use std::array;

use super::columns::PARTS;
use super::row::{EffortRow, GradeRow, LapRow, MileRow, SeasonRow};
use super::totals::totals;
use crate::activity::Activity;
use crate::analysis::Analysis;
use crate::analyzer::PacingGrade;
use crate::segmenter::efforts::{EFFORTS_M, Effort};
use crate::segmenter::{BestMile, Split};

/// Fills in what the activity was.
pub(super) fn identity(row: &mut SeasonRow, activity: &Activity) {
    row.format = Some(activity.format);
    row.sport = Some(activity.sport.as_str().to_owned());
    row.sub_sport.clone_from(&activity.sub_sport);
    row.name.clone_from(&activity.name);
    row.device.clone_from(&activity.device);
    row.start = activity.start;
    row.utc_offset_s = activity.utc_offset_s;
}

/// Fills in what was recorded and what was found in it.
pub(super) fn findings(row: &mut SeasonRow, activity: &Activity, analysis: &Analysis) {
    row.totals = totals(activity, analysis);
    row.mile = analysis.best_mile.as_ref().map(|best| mile(best, activity, analysis));
    row.no_mile_reason.clone_from(&analysis.no_mile_reason);
    row.grade = analysis.grade.as_ref().map(|found| Box::new(grade(found)));
    row.grade_reason.clone_from(&analysis.grade_reason);
    row.efforts = array::from_fn(|index| effort(&analysis.efforts, EFFORTS_M[index]));
    row.notices = analysis.notices.iter().map(|notice| (notice.code, notice.count)).collect();
}

fn mile(best: &BestMile, activity: &Activity, analysis: &Analysis) -> MileRow {
    let (headline, of) = best.headline();
    let standing = analysis.standing.as_ref();
    let (start_s, end_s) = (headline.start_s, headline.end_s());
    MileRow {
        time_s: headline.time_s,
        uncertainty_s: single(headline.uncertainty_s),
        start_s,
        of,
        source: best.distance_source,
        scheme: best.scheme,
        verdict: best.verdict,
        verdict_reason: best.verdict_reason.clone(),
        stopped_s: (headline.time_s - activity.timer_between_s(start_s, end_s)).max(0.0) as f32,
        laps: array::from_fn(|index| headline.splits.get(index).map(lap)),
        vdot: single(standing.map(|standing| standing.vdot)),
        age_grade_pct: single(standing.and_then(|standing| standing.age_grade_pct)),
        net_drop_m: single(standing.and_then(|standing| standing.course).map(|course| course.net_drop_m)),
    }
}

fn lap(split: &Split) -> LapRow {
    LapRow {
        length_m: split.length_m() as f32,
        time_s: split.time_s as f32,
        uncertainty_s: single(split.uncertainty_s),
        per_400m_s: split.per_400m_s as f32,
        heart_rate_bpm: single(split.heart_rate_bpm),
        cadence_spm: single(split.cadence_spm),
    }
}

fn grade(grade: &PacingGrade) -> GradeRow {
    let part = |id| grade.parts.iter().find(|part| part.id == id);
    GradeRow {
        score: grade.score,
        low: single(grade.low),
        high: single(grade.high),
        letter: grade.letter,
        kind: grade.kind,
        goal_s: grade.goal_s,
        pattern_score: grade.pattern_score,
        tactical: grade.tactical,
        points: PARTS.map(|id| single(part(id).map(|part| part.points))),
        undecided: grade.parts.iter().filter(|part| part.undecided).map(|part| part.id).collect(),
    }
}

fn effort(efforts: &[Effort], distance_m: f64) -> Option<EffortRow> {
    let effort = efforts.iter().find(|effort| effort.distance_m == distance_m)?;
    Some(EffortRow {
        time_s: effort.time_s,
        uncertainty_s: single(effort.uncertainty_s),
        start_s: effort.start_s,
    })
}

/// What is known to a thousandth at best needs no more.
pub(super) fn single(number: Option<f64>) -> Option<f32> {
    number.map(|number| number as f32)
}
