//! What one recording tells of its training, before the season is known.

use super::blocks::{self, Block, MileStretch};
use super::bursts;
use super::laps::work_by_laps;
use super::line::SpeedLine;
use super::races;
use super::reps::{FoundBy, Rep, Reps};
use super::rules::TRIAL_M;
use super::stretches::{Smoothed, Wanted, fast_stretches};
use super::words::{kilometres, minutes};
use crate::activity::{Activity, Sport};
use crate::analysis::Analysis;
use crate::segmenter::Window;
use crate::segmenter::mile::time_weighted_mean;

/// Work and recovery by speed: fast at least 1.3 times slow, work at least 30 s, rest at least 15 s, two of them.
const REPS: Wanted = Wanted { ratio: 1.3, work_s: 30.0, rest_s: 15.0, count: 2 };
/// What is shorter on average is a stride or a sprint, in seconds.
const SHORT_S: f64 = 30.0;
/// With more running than this a faster mile is a part of a long run, in seconds.
const LONGEST_AROUND_S: f64 = 7200.0;
/// A repetition of the same session is run at this share of the speed of another at least.
const AS_FAST: f64 = 0.9;
/// A stop shorter than this does not part a run in two, in seconds.
const STOP_S: f64 = 15.0;

/// Of a way of which less than this share was run, both are said.
const MOSTLY: f64 = 0.9;

/// What one recording tells of its training.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The sport.
    pub sport: Sport,
    /// Whether it is running, or does not say.
    pub running: bool,
    /// The word by which the name that its owner gave it calls it a race.
    pub race_word: Option<&'static str>,
    /// The way covered in metres; `None` where neither positions nor distances were recorded.
    pub distance_m: Option<f64>,
    /// Seconds spent running; `None` without a distance.
    pub running_s: Option<f64>,
    /// The part of the way that was run, in metres; the rest was walked.
    pub running_m: Option<f64>,
    /// Mean heart rate of the running, in beats per minute.
    pub heart_rate_bpm: Option<f64>,
    /// Highest heart rate held for half a minute, in beats per minute.
    pub high_heart_rate_bpm: Option<f64>,
    /// The repetitions of half a minute and more.
    pub reps: Option<Reps>,
    /// Strides and sprints: short and fast.
    pub bursts: Option<Reps>,
    /// The longest steady stretch that was run without a stop.
    pub block: Option<Block>,
    /// The best mile and the fast running around it.
    pub mile: Option<MileStretch>,
    /// Seconds of running before the work.
    pub warm_up_s: Option<f64>,
    /// Seconds of easy running after it.
    pub cool_down_s: Option<f64>,
}

impl Facts {
    /// Looks at one recording.
    pub fn of(activity: &Activity, analysis: &Analysis) -> Facts {
        let mut facts = Facts {
            sport: activity.sport.clone(),
            running: !matches!(activity.sport, Sport::Other(_)),
            race_word: activity.name.as_deref().and_then(races::race_word),
            ..Facts::default()
        };
        let line = analysis.track.as_ref().and_then(|track| SpeedLine::of(track, &analysis.vehicles));
        let Some(line) = line.filter(|_| facts.running) else {
            facts.distance_m = activity.distance_m;
            return facts;
        };
        let runs = line.runs(STOP_S);
        let running_s = runs.iter().map(|run| run.time_s()).sum::<f64>() + 0.0;
        facts.distance_m = Some(line.distance_m(line.len() - 1) - line.distance_m(0));
        facts.running_s = Some(running_s);
        facts.running_m = Some(runs.iter().map(|run| line.way_m(*run)).sum());
        facts.read_heart_rate(activity, &runs);
        let smoothed = Smoothed::of(&line);
        facts.read_repetitions(activity, &line, &smoothed);
        facts.block = blocks::steady_block(activity, &line, &smoothed, &runs);
        facts.mile = blocks::mile_stretch(analysis, &line);
        if facts.is_a_mile_between_jogs() {
            facts.reps = None;
        }
        facts.read_surroundings(&runs);
        facts
    }

    fn read_heart_rate(&mut self, activity: &Activity, runs: &[Window]) {
        let Some(column) = &activity.samples.heart_rate_bpm else { return };
        let mean = |span: &Window| time_weighted_mean(&activity.samples.elapsed_s, column, *span);
        let (mut beats, mut time_s) = (0.0, 0.0);
        for run in runs {
            if let Some(mean_bpm) = mean(run) {
                beats += mean_bpm * run.time_s();
                time_s += run.time_s();
            }
        }
        self.heart_rate_bpm = (time_s > 0.0).then(|| beats / time_s);
        self.high_heart_rate_bpm = blocks::highest_held_bpm(&activity.samples);
    }

    /// The laps first, where they tell work from rest; otherwise the speed.
    fn read_repetitions(&mut self, activity: &Activity, line: &SpeedLine, smoothed: &Smoothed) {
        let by_laps = Reps::of(activity, line, &work_by_laps(activity, line), FoundBy::Laps);
        let reps = by_laps
            .or_else(|| Reps::of(activity, line, &fast_stretches(line, smoothed, REPS), FoundBy::Speed));
        match reps {
            Some(reps) if reps.mean_s() < SHORT_S => self.bursts = Some(reps),
            reps => {
                self.bursts = bursts::bursts(activity, line, reps.as_ref());
                self.reps = reps;
            }
        }
    }

    /// Running before the first piece of work and after the last.
    fn read_surroundings(&mut self, runs: &[Window]) {
        let work: Vec<Window> = match (&self.reps, &self.mile) {
            (Some(reps), _) => reps.each.iter().map(|rep| rep.window()).collect(),
            (None, Some(mile)) if mile.stands_out => vec![mile.window],
            _ => return,
        };
        let (Some(first), Some(last)) = (work.first(), work.last()) else { return };
        let running_s = |from_s: f64, to_s: f64| {
            let parts = runs.iter().map(|run| (run.end_s.min(to_s) - run.start_s.max(from_s)).max(0.0));
            Some(parts.sum::<f64>()).filter(|&seconds| seconds >= SHORT_S)
        };
        self.warm_up_s = running_s(f64::NEG_INFINITY, first.start_s);
        self.cool_down_s = running_s(last.end_s, f64::INFINITY);
    }

    /// Whether a fast stretch is only one of several repetitions that are about as long and as fast, or was run in
    /// pieces.
    pub(super) fn is_one_of_many(&self, stretch: Window, length_m: f64) -> bool {
        let inside = |rep: &&Rep| rep.window().overlaps(stretch);
        self.is_repeated(stretch, length_m, 0.5 * length_m)
            || self.reps.as_ref().is_some_and(|reps| reps.each.iter().filter(inside).count() > 1)
    }

    /// Whether another repetition longer than this was about as fast as a stretch.
    fn is_repeated(&self, stretch: Window, length_m: f64, least_m: f64) -> bool {
        let least_mps = AS_FAST * length_m / stretch.time_s();
        self.reps.as_ref().is_some_and(|reps| {
            let others = reps.each.iter().filter(|rep| !rep.window().overlaps(stretch));
            let mut long = others.filter(|rep| rep.distance_m > least_m);
            long.any(|rep| rep.distance_m >= least_mps * rep.time_s)
        })
    }

    /// Whether what looks like repetitions is one fast mile between warm-up and cool-down, parted from them by stops.
    fn is_a_mile_between_jogs(&self) -> bool {
        let repeated = |mile: MileStretch| self.is_repeated(mile.window, mile.stretch_m, 0.0);
        self.holds_a_fast_mile() && self.mile.is_some_and(|mile| !repeated(mile))
    }

    /// Whether it holds one mile that was run as an effort of its own: then it is no easy run, however easy the rest. In
    /// a very long run no mile is.
    pub(super) fn holds_a_fast_mile(&self) -> bool {
        let very_long = self.running_s.is_some_and(|running_s| running_s > LONGEST_AROUND_S);
        self.mile.filter(|_| !very_long).is_some_and(|mile| {
            mile.stands_out
                && mile.clean
                && TRIAL_M.contains(&mile.stretch_m)
                && !self.is_one_of_many(mile.window, mile.stretch_m)
        })
    }

    /// What was run: `75 min of running, 13.0 km`; of a way that was walked in part, `47.1 of 86.5 km`.
    pub(super) fn running(&self) -> Option<String> {
        let (running_m, all_m) = (self.running_m?, self.distance_m?);
        let way = if running_m < MOSTLY * all_m {
            format!("{:.1} of {:.1} km", running_m / 1000.0, all_m / 1000.0)
        } else {
            kilometres(all_m)
        };
        Some(format!("{} of running, {way}", minutes(self.running_s?)))
    }

    /// Mean speed of the running in metres per second.
    pub fn running_mps(&self) -> Option<f64> {
        let running_s = self.running_s.filter(|&seconds| seconds > 0.0)?;
        Some(self.running_m? / running_s)
    }
}
