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
    row.sport = Some(activity.sport.as_str().into());
    row.sub_sport = activity.sub_sport.as_deref().map(Into::into);
    row.name = activity.name.as_deref().map(Into::into);
    row.device = activity.device.as_deref().map(Into::into);
    row.start = activity.start;
    row.utc_offset_s = activity.utc_offset_s;
}

/// Fills in what was recorded and what was found in it.
pub(super) fn findings(row: &mut SeasonRow, activity: &Activity, analysis: &Analysis) {
    row.totals = totals(activity, analysis);
    row.mile = analysis.best_mile.as_ref().map(|best| mile(best, activity, analysis));
    row.no_mile_reason = analysis.no_mile_reason.as_deref().map(Into::into);
    row.grade = analysis.grade.as_ref().map(|found| Box::new(grade(found)));
    row.grade_reason = analysis.grade_reason.as_deref().map(Into::into);
    row.efforts = array::from_fn(|index| effort(&analysis.efforts, EFFORTS_M[index]));
    row.notices = analysis.notices.iter().map(|notice| (notice.code, notice.count)).collect();
}

fn mile(best: &BestMile, activity: &Activity, analysis: &Analysis) -> MileRow {
    let (headline, of) = best.headline();
    let standing = analysis.standing.as_ref();
    let (start_s, end_s) = (headline.start_s, headline.end_s());
    MileRow {
        time_s: headline.time_s,
        uncertainty_s: headline.uncertainty_s.map(single),
        start_s,
        of,
        source: best.distance_source,
        scheme: best.scheme,
        verdict: best.verdict,
        verdict_reason: best.verdict_reason.as_deref().map(Into::into),
        stopped_s: single((headline.time_s - activity.timer_between_s(start_s, end_s)).max(0.0)),
        laps: array::from_fn(|index| headline.splits.get(index).map(lap)),
        vdot: standing.map(|standing| single(standing.vdot)),
        age_grade_pct: standing.and_then(|standing| standing.age_grade_pct).map(single),
        net_drop_m: standing.and_then(|standing| standing.course).map(|course| single(course.net_drop_m)),
    }
}

fn lap(split: &Split) -> LapRow {
    LapRow {
        length_m: single(split.length_m()),
        time_s: single(split.time_s),
        uncertainty_s: split.uncertainty_s.map(single),
        per_400m_s: single(split.per_400m_s),
        heart_rate_bpm: split.heart_rate_bpm.map(single),
        cadence_spm: split.cadence_spm.map(single),
    }
}

fn grade(grade: &PacingGrade) -> GradeRow {
    let part = |id| grade.parts.iter().find(|part| part.id == id);
    GradeRow {
        score: grade.score,
        low: grade.low.map(single),
        high: grade.high.map(single),
        letter: grade.letter,
        kind: grade.kind,
        goal_s: grade.goal_s,
        pattern_score: grade.pattern_score,
        tactical: grade.tactical,
        points: PARTS.map(|id| part(id).map(|part| single(part.points))),
        undecided: grade.parts.iter().filter(|part| part.undecided).map(|part| part.id).collect(),
    }
}

fn effort(efforts: &[Effort], distance_m: f64) -> Option<EffortRow> {
    let effort = efforts.iter().find(|effort| effort.distance_m == distance_m)?;
    Some(EffortRow {
        time_s: single(effort.time_s),
        uncertainty_s: effort.uncertainty_s.map(single),
        start_s: single(effort.start_s),
    })
}

/// Rounded to the thousandth, as the table is; up to 8192 single precision holds that exactly.
pub(super) fn single(number: f64) -> f32 {
    (1000.0 * number).round() as f32 / 1000.0
}
