//! What a mile's clock is held against along its way: the plan for a goal, the own even pace, or another mile.

use super::chart::ChartError;
use super::course::Run;
use super::header;
use super::subject::Subject;
use super::text::{clean, fit};
use super::typeface::Weight;
use crate::analysis::Analysis;
use crate::analyzer::plan::GoalPlan;
use crate::segmenter::TimedMile;
use crate::units::{MILE_M, clock_tenths};

/// The longest name of a file in em.
const NAME_EM: f64 = 18.0;

/// Another clock over the same mile.
pub(super) enum Held<'a> {
    /// The coach's plan for a goal.
    Plan(GoalPlan),
    /// The mile's own even pace, in seconds for a metre.
    Even(f64),
    /// Another mile: seconds at distances, and what it is called.
    Rival { mile: &'a TimedMile, clock: Run, name: String },
}

impl<'a> Held<'a> {
    /// The plan for the goal, or without one the own even pace.
    pub(super) fn of(subject: &Subject) -> Held<'a> {
        match subject.goal_s {
            Some(goal_s) => Held::Plan(GoalPlan::new(goal_s, subject.best.scheme)),
            None => Held::Even(subject.mile.time_s / MILE_M),
        }
    }

    /// The mile of another analysis, called by the name of its file.
    pub(super) fn rival(rival: &'a Analysis, name: &str) -> Result<Held<'a>, ChartError> {
        let subject = Subject::of(rival)?;
        let name = fit(&clean(name), Weight::Regular, 1.0, NAME_EM);
        Ok(Held::Rival { mile: subject.mile, clock: clock(&subject)?, name })
    }

    /// The other clock at a distance, in seconds.
    pub(super) fn at_s(&self, at_m: f64) -> f64 {
        match self {
            Held::Plan(plan) => planned_s(plan, at_m),
            Held::Even(s_per_m) => s_per_m * at_m,
            Held::Rival { clock, .. } => value_at(clock, at_m),
        }
    }

    /// The half width of the other clock's doubt at a distance in metres; nothing where it is exact or unknown.
    pub(super) fn doubt_s(&self, at_m: f64) -> f64 {
        let Held::Rival { mile, .. } = self else { return 0.0 };
        let mark = mile.marks.iter().find(|mark| (mark.distance_m - at_m).abs() < 0.5);
        let known =
            if at_m >= MILE_M { mile.uncertainty_s } else { mark.and_then(|mark| mark.uncertainty_s) };
        known.unwrap_or(0.0)
    }

    /// `the plan for 5:20`, `own even pace`, `b.fit, 5:19.2`.
    pub(super) fn name(&self) -> String {
        match self {
            Held::Plan(plan) => format!("the plan for {}", header::goal_clock(plan.goal_s)),
            Held::Even(_) => "own even pace".into(),
            Held::Rival { mile, name, .. } => format!("{name}, {}", clock_tenths(mile.time_s)),
        }
    }

    /// The same for a legend.
    pub(super) fn legend(&self) -> String {
        match self {
            Held::Plan(plan) => format!("coach's plan for {}", header::goal_clock(plan.goal_s)),
            _ => self.name(),
        }
    }
}

/// The seconds of a mile at distances along it.
pub(super) fn clock(subject: &Subject) -> Result<Run, ChartError> {
    let profile = subject.analysis.profile.as_ref().ok_or(ChartError::NoProfile)?;
    let inside = profile.time_s.iter().filter(|point| point.distance_m < MILE_M - 1.0);
    let mut clock: Run = inside.map(|point| (point.distance_m, point.value)).collect();
    clock.push((MILE_M, subject.mile.time_s));
    if clock.len() < 3 { Err(ChartError::NoProfile) } else { Ok(clock) }
}

/// The plan's time at any distance: its pace changes only at its marks.
fn planned_s(plan: &GoalPlan, at_m: f64) -> f64 {
    let mut from = (0.0, 0.0);
    for mark in &plan.marks {
        if at_m <= mark.distance_m {
            let part = (at_m - from.0) / (mark.distance_m - from.0);
            return from.1 + part * (mark.time_s - from.1);
        }
        from = (mark.distance_m, mark.time_s);
    }
    from.1
}

/// A line's value at a distance; a line has two points at least.
pub(super) fn value_at(line: &[(f64, f64)], at_m: f64) -> f64 {
    let after = line.partition_point(|point| point.0 < at_m).clamp(1, line.len() - 1);
    let (from, to) = (line[after - 1], line[after]);
    from.1 + (to.1 - from.1) * ((at_m - from.0) / (to.0 - from.0)).clamp(0.0, 1.0)
}
