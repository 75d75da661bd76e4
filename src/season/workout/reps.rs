//! Repetitions: what was run, how evenly, with which rests.

use super::line::SpeedLine;
use super::rhythm;
use crate::activity::Activity;
use crate::segmenter::Window;
use crate::segmenter::mile::time_weighted_mean;

/// How repetitions were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// By the device's laps.
    Laps,
    /// By the speed, which falls into work and recovery.
    Speed,
}

/// One repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rep {
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
    /// Its duration in seconds.
    pub time_s: f64,
    /// Its length in metres.
    pub distance_m: f64,
    /// Seconds from its end to the next one's start; `None` for the last.
    pub rest_s: Option<f64>,
    /// The mean speed of that rest in metres per second.
    pub rest_mps: Option<f32>,
    /// Metres climbed from start to end over its length; `None` without altitudes.
    pub gradient: Option<f32>,
}

/// The repetitions of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Reps {
    /// How they were found.
    pub found_by: FoundBy,
    /// Each in the order of time; at least two.
    pub each: Box<[Rep]>,
}

impl Rep {
    /// Where it lies.
    pub fn window(&self) -> Window {
        Window { start_s: self.start_s, end_s: self.start_s + self.time_s }
    }
}

impl Reps {
    /// The repetitions in these stretches, whatever their rhythm; `None` for fewer than two.
    pub(super) fn unjudged(
        activity: &Activity,
        line: &SpeedLine,
        work: &[Window],
        found_by: FoundBy,
    ) -> Option<Reps> {
        let each = work.iter().enumerate().map(|(index, window)| {
            let rest = work.get(index + 1).map(|next| Window { start_s: window.end_s, end_s: next.start_s });
            rep(activity, line, *window, rest)
        });
        let reps = Reps { found_by, each: each.collect() };
        (reps.each.len() >= 2).then_some(reps)
    }

    /// The repetitions in these stretches; `None` where they have no rhythm of a session.
    pub(super) fn of(
        activity: &Activity,
        line: &SpeedLine,
        work: &[Window],
        found_by: FoundBy,
    ) -> Option<Reps> {
        let mut reps = Reps::unjudged(activity, line, work, found_by)?;
        reps.each = rhythm::without_warm_up(rhythm::densest(reps.each.into())).into();
        (reps.each.len() >= 2 && rhythm::is_session(&reps)).then_some(reps)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.each.len()
    }

    /// Their mean length in metres.
    pub fn mean_m(&self) -> f64 {
        self.mean(|rep| rep.distance_m)
    }

    /// Their mean time in seconds.
    pub fn mean_s(&self) -> f64 {
        self.mean(|rep| rep.time_s)
    }

    /// Their mean pace, in seconds for 400 m.
    pub fn per_400m_s(&self) -> f64 {
        400.0 * self.mean_s() / self.mean_m().max(1.0)
    }

    /// The mean rest between them in seconds.
    pub fn rest_mean_s(&self) -> f64 {
        mean(&self.rests_s())
    }

    /// The standard deviation of their pace over its mean, in per cent.
    pub fn spread_pct(&self) -> f64 {
        let paces: Vec<f64> = self.each.iter().map(|rep| rep.time_s / rep.distance_m.max(1.0)).collect();
        100.0 * variation(&paces)
    }

    /// Their whole length in metres.
    pub fn total_m(&self) -> f64 {
        self.each.iter().map(|rep| rep.distance_m).sum()
    }

    /// The mean gradient of those whose altitudes are known: metres of climb for a metre of way.
    pub fn gradient(&self) -> Option<f64> {
        let known: Vec<f64> = self.each.iter().filter_map(|rep| rep.gradient.map(f64::from)).collect();
        (!known.is_empty()).then(|| mean(&known))
    }

    pub(super) fn rests_s(&self) -> Vec<f64> {
        self.each.iter().filter_map(|rep| rep.rest_s).collect()
    }

    fn mean(&self, of: impl Fn(&Rep) -> f64) -> f64 {
        mean(&self.each.iter().map(of).collect::<Vec<_>>())
    }
}

/// Looks at one stretch of work and the rest behind it.
fn rep(activity: &Activity, line: &SpeedLine, work: Window, rest: Option<Window>) -> Rep {
    let distance_m = line.way_m(work);
    Rep {
        start_s: work.start_s,
        time_s: work.time_s(),
        distance_m,
        rest_s: rest.map(Window::time_s),
        rest_mps: rest.map(|rest| line.speed_mps(rest) as f32),
        gradient: climb_m(activity, work).map(|climb_m| (climb_m / distance_m.max(1.0)) as f32),
    }
}

/// Metres climbed from the start of a stretch to its end, each the mean of four seconds.
fn climb_m(activity: &Activity, window: Window) -> Option<f64> {
    let column = activity.samples.altitude_m.as_ref()?;
    let height_m = |at_s: f64| {
        let span = Window { start_s: at_s - 2.0, end_s: at_s + 2.0 };
        time_weighted_mean(&activity.samples.elapsed_s, column, span)
    };
    Some(height_m(window.end_s)? - height_m(window.start_s)?)
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The standard deviation over the mean; 0 for fewer than two values.
pub(super) fn variation(values: &[f64]) -> f64 {
    let mean = mean(values);
    if values.len() < 2 || mean <= 0.0 {
        return 0.0;
    }
    let square = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
    square.sqrt() / mean
}
