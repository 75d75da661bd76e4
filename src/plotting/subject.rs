//! What the charts of a mile have in common: the mile, and what it is compared with.

use super::chart::ChartError;
use super::header;
use crate::analysis::Analysis;
use crate::analyzer::PacingGrade;
use crate::segmenter::{BestMile, TimedMile};
use crate::units::MILE_M;

/// The mile that is drawn.
pub(super) struct Subject<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) best: &'a BestMile,
    /// The mile that is graded and shown first.
    pub(super) mile: &'a TimedMile,
    /// The goal in seconds that the laps are held against.
    pub(super) goal_s: Option<f64>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Result<Subject<'a>, ChartError> {
        let Some(best) = &analysis.best_mile else {
            return Err(ChartError::NoMile { reason: analysis.no_mile_reason.clone() });
        };
        let (mile, _) = best.headline();
        let goal_s = analysis.grade.as_ref().and_then(PacingGrade::goal_of_laps_s);
        Ok(Subject { analysis, best, mile, goal_s })
    }

    /// Seconds for a metre that laps are compared with: the goal's, otherwise the mile's own mean.
    pub(super) fn held_s_per_m(&self) -> f64 {
        let ran_m = self.mile.splits.last().map_or(MILE_M, |split| split.to_m);
        let ran_s: f64 = self.mile.splits.iter().map(|split| split.time_s).sum();
        self.goal_s.map_or(ran_s / ran_m, |goal_s| goal_s / MILE_M)
    }

    /// `goal 5:20`, or `own even pace`.
    pub(super) fn held_name(&self) -> String {
        self.goal_s.map_or("own even pace".into(), |goal_s| format!("goal {}", header::goal_clock(goal_s)))
    }

    /// The title of a picture for those who cannot see it.
    pub(super) fn title(&self, what: &str) -> String {
        format!("{}: {what}", header::title_text(self.best))
    }
}
