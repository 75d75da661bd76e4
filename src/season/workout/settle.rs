//! Once all of a season is read, each run is judged against the rest of it.

use std::collections::{HashMap, VecDeque};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::races::is_effort;
use super::{Context, Week, Workout};
use crate::analyzer::Athlete;
use crate::analyzer::equivalents::vdot;
use crate::season::calendar::monday;
use crate::season::fill::single;
use crate::season::row::{SeasonRow, WorkoutRow};
use crate::segmenter::Verdict;
use crate::segmenter::efforts::EFFORTS_M;

/// Below this distance a VDOT says more of speed than of endurance, in metres.
const VDOT_FROM_M: f64 = 1500.0;
/// A mile that is older says nothing of what is fast today: a year.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(24 * 365);
/// With fewer runs the season's best is no measure of the runner.
const LEAST_RUNS: usize = 3;
/// With fewer runs with heart rate the highest of them is no maximum.
const LEAST_HEARTS: usize = 5;

/// Judges every run, each athlete's against his own season. `athlete` is what is known of the runner.
pub(in crate::season) fn settle(rows: &mut [SeasonRow], athlete: &Athlete) {
    let mut squads: HashMap<Option<Box<str>>, Vec<usize>> = HashMap::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.counts() && row.facts.is_some()) {
        squads.entry(row.athlete.clone()).or_default().push(index);
    }
    for members in squads.into_values() {
        let season = Season::of(members.iter().map(|&index| (index, &rows[index])), athlete);
        let best_s = best_miles_so_far(members.iter().map(|&index| &rows[index]), season.context.mile_s);
        for (index, mile_s) in members.into_iter().zip(best_s) {
            let row = &mut rows[index];
            let context = Context { mile_s, ..season.context(index, row) };
            // Judged for good; the facts are much of what a row takes in memory, and are not asked again.
            if let Some(facts) = row.facts.take() {
                row.workout = Some(Box::new(WorkoutRow::from(&Workout::judged(*facts, &context))));
            }
        }
    }
}

/// For each run the best trusted mile in seconds that was known on its day, its own included: that of the year before
/// it. A trial in April is not held against the mile that it led to, nor against those of years ago. What has no start
/// is held against `season_s`, the best of all. The rows are in order of time.
fn best_miles_so_far<'a>(
    rows: impl Iterator<Item = &'a SeasonRow>,
    season_s: Option<f64>,
) -> Vec<Option<f64>> {
    // Rising times only: the front is the best of the last year.
    let mut recent: VecDeque<(Timestamp, f64)> = VecDeque::new();
    let best_s = |row: &SeasonRow| {
        let Some(start) = row.start else { return season_s };
        if let Some(time_s) = row.trusted_mile_s() {
            while recent.back().is_some_and(|&(_, slower_s)| slower_s >= time_s) {
                recent.pop_back();
            }
            recent.push_back((start, time_s));
        }
        while recent.front().is_some_and(|&(then, _)| start.duration_since(then) > KNOWN_FOR) {
            recent.pop_front();
        }
        recent.front().map(|&(_, time_s)| time_s)
    };
    rows.map(best_s).collect()
}

/// An effort that promises something for other runs.
struct PromisingEffort {
    row: usize,
    start: Option<Timestamp>,
    vdot: f64,
}

/// What one runner's season tells of him.
struct Season {
    context: Context,
    weeks: HashMap<Date, Week>,
    /// The efforts, the best first.
    efforts: Vec<PromisingEffort>,
}

impl Season {
    fn of<'a>(rows: impl Iterator<Item = (usize, &'a SeasonRow)>, athlete: &Athlete) -> Season {
        let mut season = Season { context: Context::default(), weeks: HashMap::new(), efforts: Vec::new() };
        let (mut vdots, mut hearts_bpm) = (Vec::new(), Vec::new());
        let runs: Vec<(usize, &SeasonRow)> = rows.filter(|(_, row)| row.is_running()).collect();
        for &(_, row) in &runs {
            if let Some(mile_s) = row.trusted_mile_s() {
                season.context.mile_s =
                    Some(season.context.mile_s.map_or(mile_s, |best_s| best_s.min(mile_s)));
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
        let context = &mut season.context;
        let seen_bpm = highest(&hearts_bpm).filter(|_| hearts_bpm.len() >= LEAST_HEARTS);
        context.max_heart_rate_bpm = athlete.max_heart_rate_bpm.or(seen_bpm);
        context.max_heart_rate_given = athlete.max_heart_rate_bpm.is_some();
        context.usual_mps = usual_mps(&runs);
        if vdots.len() >= LEAST_RUNS {
            let context = *context;
            season.efforts = efforts(&runs, &context);
        }
        // Where nothing was run hard, easy runs would be held against themselves, by pace and by heart rate.
        let repeated = |row: &SeasonRow| row.facts.as_ref().is_some_and(|facts| facts.reps.is_some());
        if !season.efforts.is_empty() || runs.iter().any(|(_, row)| repeated(row)) {
            season.context.vdot = highest(&vdots).filter(|_| vdots.len() >= LEAST_RUNS);
        } else {
            season.context.max_heart_rate_bpm = athlete.max_heart_rate_bpm;
        }
        season
    }

    fn context(&self, index: usize, row: &SeasonRow) -> Context {
        let week = row.local_date().and_then(|day| self.weeks.get(&monday(day)).copied());
        Context { week, promise_vdot: self.promise_vdot(index, row.start), ..self.context }
    }

    /// The best VDOT of the other efforts that was known on a run's day, that of the year before it: a race in April is
    /// not held against the form of September. Before the first effort it is the best of all.
    fn promise_vdot(&self, index: usize, start: Option<Timestamp>) -> Option<f64> {
        let known = |effort: &&PromisingEffort| {
            let before = start.zip(effort.start).map(|(start, then)| start.duration_since(then));
            before.is_some_and(|before| (SignedDuration::ZERO..=KNOWN_FOR).contains(&before))
        };
        let mut others = self.efforts.iter().filter(|effort| effort.row != index);
        others.clone().find(known).or_else(|| others.next()).map(|effort| effort.vdot)
    }
}

/// The median speed of the runs, where there are enough of them.
fn usual_mps(runs: &[(usize, &SeasonRow)]) -> Option<f64> {
    let mut speeds_mps: Vec<f64> =
        runs.iter().filter_map(|(_, row)| row.facts.as_ref()?.running_mps()).collect();
    speeds_mps.sort_by(f64::total_cmp);
    speeds_mps.get(speeds_mps.len() / 2).copied().filter(|_| speeds_mps.len() >= LEAST_RUNS)
}

/// The efforts that promise something for other runs, the highest VDOT first.
fn efforts(runs: &[(usize, &SeasonRow)], context: &Context) -> Vec<PromisingEffort> {
    let hard = |row: &SeasonRow| {
        row.trusted_mile_s().is_some() && row.facts.as_ref().is_some_and(|facts| is_effort(facts, context))
    };
    let effort = |&(index, row): &(usize, &SeasonRow)| {
        Some(PromisingEffort { row: index, start: row.start, vdot: best_vdot(row)? })
    };
    let mut efforts: Vec<_> = runs.iter().filter(|(_, row)| hard(row)).filter_map(effort).collect();
    efforts.sort_by(|a, b| b.vdot.total_cmp(&a.vdot));
    efforts
}

impl SeasonRow {
    /// The time in seconds of a run's mile that can be trusted.
    fn trusted_mile_s(&self) -> Option<f64> {
        let mile = self.mile.as_ref().filter(|mile| self.is_running() && mile.verdict == Verdict::Clean);
        mile.map(|mile| mile.time_s)
    }
}

/// The best VDOT of a run's efforts.
fn best_vdot(row: &SeasonRow) -> Option<f64> {
    let efforts = EFFORTS_M.iter().zip(&row.efforts).filter(|(distance_m, _)| **distance_m >= VDOT_FROM_M);
    let known =
        efforts.filter_map(|(&distance_m, effort)| Some(vdot(distance_m, effort.as_ref()?.time_s.into())));
    known.max_by(f64::total_cmp)
}

impl From<&Workout> for WorkoutRow {
    fn from(workout: &Workout) -> WorkoutRow {
        let facts = &workout.facts;
        let count = |reps: &super::Reps| reps.count() as u32;
        let reps = facts.reps.as_ref();
        let bursts = facts.bursts.as_ref();
        let shown = reps.or(bursts.filter(|_| workout.class == super::WorkoutClass::Hills));
        WorkoutRow {
            class: workout.class,
            evidence: workout.evidence.clone(),
            reps: shown.map(count),
            rep_mean_m: shown.map(super::Reps::mean_m).map(single),
            rep_mean_s: shown.map(super::Reps::mean_s).map(single),
            rep_per_400m_s: shown.map(super::Reps::per_400m_s).map(single),
            rest_mean_s: shown.map(super::Reps::rest_mean_s).map(single),
            rep_spread_pct: shown.map(super::Reps::spread_pct).map(single),
            fast_share: workout.fast_share().map(single),
            warm_up_s: facts.warm_up_s.map(single),
            strides: bursts.map(count),
            cool_down_s: facts.cool_down_s.map(single),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::{Options, analyze};
    use crate::season::reading::tests::trial;
    use crate::season::workout::Facts;
    use crate::season::workout::simulated::Session;

    /// A mile in about so many seconds after 17 easy minutes.
    fn trial_in(day: Date, time_s: f64) -> SeasonRow {
        let fast = (time_s.round() as usize, 1610.0 / time_s);
        let session = Session::of(&[(1020, 2.9), (120, 0.0), fast, (60, 1.0), (600, 2.7)]);
        let facts = Facts::of(&session, &analyze(&session, &Options::default()));
        let mile_s = facts.mile.unwrap().time_s;
        let laps_s = [mile_s * 1600.0 / 1609.344 / 4.0; 4];
        SeasonRow { facts: Some(Box::new(facts)), ..trial(day, laps_s, 80.0) }
    }

    /// Steady running for so many seconds at a speed and a heart rate, with its efforts.
    fn steady(day: Date, time_s: usize, speed_mps: f64, bpm: Option<f32>, name: Option<&str>) -> SeasonRow {
        let mut session = Session::with(&[(time_s, speed_mps)], move |_, _| bpm, |_| 0.0);
        session.name = name.map(str::to_owned);
        let facts = Facts::of(&session, &analyze(&session, &Options::default()));
        let mut row = trial(day, [400.0 / speed_mps; 4], 80.0);
        (row.grade, row.name) = (None, session.name.as_deref().map(Into::into));
        for (slot, distance_m) in row.efforts.iter_mut().zip(EFFORTS_M) {
            *slot = (distance_m < 5001.0).then_some(crate::season::row::EffortRow {
                time_s: (distance_m / speed_mps) as f32,
                uncertainty_s: None,
                start_s: 0.0,
            });
        }
        SeasonRow { facts: Some(Box::new(facts)), ..row }
    }

    fn classes(rows: &mut [SeasonRow], athlete: &Athlete) -> Vec<&'static str> {
        settle(rows, athlete);
        rows.iter().filter_map(|row| Some(row.workout.as_ref()?.class.as_str())).collect()
    }

    #[test]
    fn easy_runs_are_no_races_for_being_the_fastest_there_are() {
        let given = Athlete { max_heart_rate_bpm: Some(195.0), ..Athlete::default() };
        let day = |index: i8| date(2026, 4, index + 1);
        let easy = |bpm, name| -> Vec<SeasonRow> {
            let speed_mps = |index: i8| 2.95 + 0.01 * f64::from(index % 4);
            let time_s = |index: i8| (5030.0 / speed_mps(index)) as usize;
            (0..20).map(|index| steady(day(index), time_s(index), speed_mps(index), bpm, name)).collect()
        };
        for athlete in [&given, &Athlete::default()] {
            for bpm in [Some(130.0), None] {
                for name in [None, Some("Saturday race")] {
                    let found = classes(&mut easy(bpm, name), athlete);
                    assert_eq!(found, ["easy"; 20], "{bpm:?} {name:?}");
                }
            }
        }
        // Nor where a slow mile promises no more than their pace: the heart knows.
        let promised = Context { promise_vdot: Some(34.0), ..Context::default() };
        let run = easy(Some(130.0), None).remove(0).facts.unwrap();
        assert_eq!(Workout::judged(*run.clone(), &promised).class.as_str(), "time_trial");
        let known = Context { max_heart_rate_bpm: Some(195.0), max_heart_rate_given: true, ..promised };
        assert_eq!(Workout::judged(*run, &known).class.as_str(), "easy");
    }

    #[test]
    fn a_race_is_held_against_the_other_efforts() {
        let day = |index: i8| date(2026, 4, index);
        let season = || -> Vec<SeasonRow> {
            let easy = (1..9).map(|index| steady(day(index), 1700, 2.95, None, None));
            easy.chain([steady(day(10), 1250, 4.0, None, None)]).collect()
        };
        let mut alone = season();
        assert_eq!(classes(&mut alone, &Athlete::default())[8], "other", "no other effort is known");
        let mut rows = season();
        rows.push(trial_in(day(20), 352.0));
        settle(&mut rows, &Athlete::default());
        let race = rows[8].workout.as_ref().unwrap();
        assert_eq!(race.class.as_str(), "time_trial", "{}", race.evidence);
        assert!(race.evidence.ends_with("of the speed that the season's other efforts promise."));
    }

    #[test]
    fn a_race_is_held_against_what_was_known_on_its_day() {
        // A race in April after a mile as good as it, and a far better mile in September.
        let mut rows: Vec<SeasonRow> =
            (1..9).map(|day| steady(date(2026, 3, day), 1700, 2.95, None, None)).collect();
        rows.push(trial_in(date(2026, 3, 20), 365.0));
        rows.push(steady(date(2026, 4, 10), 1250, 4.0, None, None));
        rows.push(trial_in(date(2026, 9, 10), 315.0));
        settle(&mut rows, &Athlete::default());
        let race = rows[9].workout.as_ref().unwrap();
        assert_eq!(race.class.as_str(), "time_trial", "{}", race.evidence);
        assert_eq!(rows[0].workout.as_ref().unwrap().class.as_str(), "easy");
    }

    #[test]
    fn a_trial_is_held_against_what_was_known_on_its_day() {
        let mut rows = [
            trial_in(date(2024, 5, 1), 300.0),
            trial_in(date(2026, 3, 1), 344.0),
            trial_in(date(2026, 5, 1), 322.0),
            trial_in(date(2026, 6, 1), 345.0),
            SeasonRow { start: None, ..trial_in(date(2026, 6, 2), 330.0) },
        ];
        let best_s: Vec<f64> =
            best_miles_so_far(rows.iter(), Some(300.0)).into_iter().flatten().map(f64::round).collect();
        assert_eq!(best_s, [300.0, 344.0, 322.0, 322.0, 300.0]);
        settle(&mut rows, &Athlete::default());
        let workouts: Vec<&WorkoutRow> = rows.iter().filter_map(|row| row.workout.as_deref()).collect();
        let classes: Vec<&str> = workouts.iter().map(|workout| workout.class.as_str()).collect();
        assert_eq!(classes, ["time_trial", "time_trial", "time_trial", "other", "other"]);
        let ends = |row: usize, end: &str| {
            assert!(workouts[row].evidence.ends_with(end), "{}", workouts[row].evidence);
        };
        ends(1, "after 17 min of easy running, the best of the last year.");
        ends(2, "after 17 min of easy running, the best of the last year.");
        ends(3, ", 23 s behind the best of the last year.");
    }
}
