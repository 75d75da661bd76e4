//! The second look: once all of a season is read, each run is judged against the rest of it.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Context, Week, Workout};
use crate::analyzer::Athlete;
use crate::analyzer::equivalents::vdot;
use crate::season::calendar::monday;
use crate::season::row::{SeasonRow, WorkoutRow};
use crate::segmenter::Verdict;
use crate::segmenter::efforts::EFFORTS_M;

/// Below this distance a VDOT says more of speed than of endurance, in metres.
const VDOT_FROM_M: f64 = 1500.0;
/// With fewer runs the season's best is no measure of the runner.
const LEAST_RUNS: usize = 3;
/// With fewer runs with heart rate the highest of them is no maximum.
const LEAST_HEARTS: usize = 5;

/// Judges every run again, each athlete's against his own season. `athlete` is what is known of the runner.
pub fn settle(rows: &mut [SeasonRow], athlete: &Athlete) {
    let mut squads: HashMap<Option<String>, Vec<usize>> = HashMap::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.counts() && row.facts.is_some()) {
        squads.entry(row.athlete.clone()).or_default().push(index);
    }
    for members in squads.into_values() {
        let season = Season::of(members.iter().map(|&index| &rows[index]), athlete);
        for index in members {
            let row = &mut rows[index];
            let context = season.context(row);
            if let Some(facts) = row.facts.take() {
                let workout = Workout::judged(*facts, &context);
                row.workout = Some(WorkoutRow::from(&workout));
                row.facts = Some(Box::new(workout.facts));
            }
        }
    }
}

/// What one runner's season tells of him.
struct Season {
    context: Context,
    weeks: HashMap<Date, Week>,
}

impl Season {
    fn of<'a>(rows: impl Iterator<Item = &'a SeasonRow>, athlete: &Athlete) -> Season {
        let mut season = Season { context: Context::default(), weeks: HashMap::new() };
        let (mut vdots, mut hearts_bpm) = (Vec::new(), Vec::new());
        for row in rows.filter(|row| row.is_running()) {
            if let Some(mile) = row.mile.as_ref().filter(|mile| mile.verdict == Verdict::Clean) {
                let best_s = season.context.mile_s.map_or(mile.time_s, |best_s| best_s.min(mile.time_s));
                season.context.mile_s = Some(best_s);
                vdots.extend(best_vdot(row));
            }
            let facts = row.facts.as_ref();
            hearts_bpm.extend(facts.and_then(|facts| facts.high_heart_rate_bpm));
            if let (Some(day), Some(distance_m)) =
                (row.local_date(), facts.and_then(|facts| facts.distance_m))
            {
                let week = season.weeks.entry(monday(day)).or_insert(Week {
                    distance_m: 0.0,
                    runs: 0,
                    longest_m: 0.0,
                });
                week.distance_m += distance_m;
                week.runs += 1;
                week.longest_m = week.longest_m.max(distance_m);
            }
        }
        let highest = |values: &[f64]| values.iter().copied().max_by(f64::total_cmp);
        season.context.vdot = highest(&vdots).filter(|_| vdots.len() >= LEAST_RUNS);
        let seen_bpm = highest(&hearts_bpm).filter(|_| hearts_bpm.len() >= LEAST_HEARTS);
        season.context.max_heart_rate_bpm = athlete.max_heart_rate_bpm.or(seen_bpm);
        season.context.max_heart_rate_given = athlete.max_heart_rate_bpm.is_some();
        season
    }

    fn context(&self, row: &SeasonRow) -> Context {
        let week = row.local_date().and_then(|day| self.weeks.get(&monday(day)).copied());
        Context { week, ..self.context }
    }
}

/// The best VDOT of a run's efforts.
fn best_vdot(row: &SeasonRow) -> Option<f64> {
    let efforts = EFFORTS_M.iter().zip(&row.efforts).filter(|(distance_m, _)| **distance_m >= VDOT_FROM_M);
    let known = efforts.filter_map(|(&distance_m, effort)| Some(vdot(distance_m, effort.as_ref()?.time_s)));
    known.max_by(f64::total_cmp)
}

impl From<&Workout> for WorkoutRow {
    fn from(workout: &Workout) -> WorkoutRow {
        let facts = &workout.facts;
        let reps = facts.reps.as_ref();
        let bursts = facts.bursts.as_ref();
        let shown = reps.or(bursts.filter(|_| workout.class == super::WorkoutClass::Hills));
        WorkoutRow {
            class: workout.class.as_str().to_owned(),
            evidence: workout.evidence.clone(),
            reps: shown.map(super::Reps::count),
            rep_mean_m: shown.map(super::Reps::mean_m),
            rep_mean_s: shown.map(super::Reps::mean_s),
            rep_per_400m_s: shown.map(super::Reps::per_400m_s),
            rest_mean_s: shown.map(super::Reps::rest_mean_s),
            rep_spread_pct: shown.map(super::Reps::spread_pct),
            fast_share: workout.fast_share(),
            warm_up_s: facts.warm_up_s,
            strides: bursts.map(super::Reps::count),
            cool_down_s: facts.cool_down_s,
        }
    }
}
