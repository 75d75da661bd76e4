//! Verdicts in a few words: one for each lap, and one for each hundred of the last lap.

use serde::Serialize;

use super::rubric::{PacedMile, Part, Yardstick, deviation_pct};
use crate::units::{clock_of_tenths, printed_tenths, tenths};

/// What a coach would say of one lap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LapVerdict {
    /// `lap 1` to `lap 4`.
    pub label: String,
    /// Seconds behind the even pace of the goal (or, without one, of the mile itself) over the lap's own
    /// length; negative is faster.
    pub delta_s: f64,
    /// A few words; a question mark where the times are too uncertain to be sure of them.
    pub verdict: String,
}

/// What a coach would say of one hundred of the last lap, or of the 9.344 m behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HundredVerdict {
    /// Where it begins, in metres from the mile's start.
    pub from_m: f64,
    /// Where it ends, in metres from the mile's start.
    pub to_m: f64,
    /// Its time in seconds.
    pub time_s: f64,
    /// The time from the mile's start at its end, in seconds.
    pub end_s: f64,
    /// A few words: the first hundred against lap 3, the others against the one before.
    pub verdict: String,
}

/// The verdicts on the four laps.
pub fn laps(mile: &PacedMile, yardstick: Yardstick) -> Vec<LapVerdict> {
    laps_where(mile, yardstick, |_| true)
}

/// The verdicts on the four laps, where `decided` tells which parts of the rubric the times can decide.
pub(super) fn laps_where(
    mile: &PacedMile,
    yardstick: Yardstick,
    decided: impl Fn(Part) -> bool,
) -> Vec<LapVerdict> {
    let pace = LapDeviations::of(mile, yardstick);
    let hundreds = decided(Part::Hundreds).then(|| hundreds_in_short(mile)).flatten();
    let words = [
        (lap_1(&pace), decided(Part::Lap1)),
        (lap_2(&pace), decided(Part::Half800)),
        (lap_3(&pace), decided(Part::Lap3)),
        match hundreds {
            Some(hundreds) => (hundreds, true),
            None => (lap_4(&pace, mile), decided(Part::Lap4)),
        },
    ];
    let verdict = |(lap, (words, sure)): (usize, (String, bool))| LapVerdict {
        label: format!("lap {}", lap + 1),
        delta_s: delta_s(mile, yardstick, lap),
        verdict: if sure { words } else { words + "?" },
    };
    words.into_iter().enumerate().map(verdict).collect()
}

/// The four laps' deviations from the even pace in per cent, with the limits that the rubric sets.
pub(super) struct LapDeviations {
    pub(super) pct: [f64; 4],
    /// What lap 1 may be slower: 1 % or one second.
    pub(super) lap_1_allowed_pct: f64,
    on_pace: &'static str,
}

impl LapDeviations {
    pub(super) fn of(mile: &PacedMile, yardstick: Yardstick) -> Self {
        let even_s = yardstick.even_s(mile);
        LapDeviations {
            pct: mile.per_400m_s().map(|lap_s| deviation_pct(lap_s, even_s)),
            lap_1_allowed_pct: (100.0 / even_s).max(1.0),
            on_pace: match yardstick {
                Yardstick::Goal(_) => "on goal",
                Yardstick::OwnPace => "even",
            },
        }
    }

    pub(super) fn started_too_fast(&self) -> bool {
        self.pct[0] < -0.75
    }
}

pub(super) fn lap_1(pace: &LapDeviations) -> String {
    match pace.pct[0] {
        pct if pct < -3.0 => "out far too hard".into(),
        pct if pct < -0.75 => "out too hard".into(),
        pct if pct <= pace.lap_1_allowed_pct => format!("{}, under control", pace.on_pace),
        pct if pct <= pace.lap_1_allowed_pct + 2.0 => "a little cautious".into(),
        _ => "out too slowly".into(),
    }
}

fn lap_2(pace: &LapDeviations) -> String {
    let half_pct = 0.5 * (pace.pct[0] + pace.pct[1]);
    match pace.pct[1] {
        pct if pct < -3.0 => "pushed too early".into(),
        pct if pct > 3.0 && pct > pace.pct[0] + 2.0 => "lost the rhythm".into(),
        _ if half_pct < -0.75 && pace.started_too_fast() => "still ahead of the pace".into(),
        pct if pct > 1.75 => "in rhythm, but slow".into(),
        _ => format!("{}, in rhythm", pace.on_pace),
    }
}

pub(super) fn lap_3(pace: &LapDeviations) -> String {
    match pace.pct[2] {
        pct if pct < -3.0 => "surged too early".into(),
        pct if pct <= 1.25 => "hung on".into(),
        _ if pace.started_too_fast() => "here the start was paid for".into(),
        pct if pct <= pace.pct[1] + 0.5 => "held, but slow".into(),
        _ => "the pace slipped".into(),
    }
}

fn lap_4(pace: &LapDeviations, mile: &PacedMile) -> String {
    match mile.last_lap_loss_pct() {
        pct if pct >= 5.0 => "nothing left".into(),
        pct if pct > 0.5 => "no kick left".into(),
        pct if pct > -0.5 => "held to the line".into(),
        pct if pct < -4.0 && pace.pct[..3].iter().all(|&lap| lap > 0.0) => "a kick from too far back".into(),
        _ => "a strong finish".into(),
    }
}

/// The hundreds on one line with their verdict; `None` where they are not known, or where the last lap is
/// better told as a whole: when it was slow, or a kick.
fn hundreds_in_short(mile: &PacedMile) -> Option<String> {
    let steps = HundredSteps::of(mile)?;
    if !(-4.0..1.0).contains(&mile.last_lap_loss_pct()) {
        return None;
    }
    let list = steps.printed.map(clock_of_tenths).join(" ");
    let slower = steps.slower().len();
    let faster = (1..4).all(|i| steps.step_tenths(i) < 0);
    Some(match (slower, faster) {
        (0, true) => format!("{list}: each faster"),
        (0, false) => format!("{list}: none slower"),
        (count, _) => format!("{list}: {count} slower"),
    })
}

/// The hundreds of the last lap as they are printed: differences of the marks rounded to tenths.
pub(super) struct HundredSteps {
    /// In whole tenths of a second.
    pub(super) printed: [i64; 4],
    exact_s: [f64; 4],
}

impl HundredSteps {
    pub(super) fn of(mile: &PacedMile) -> Option<HundredSteps> {
        let at = mile.closing_marks_s?.map(tenths);
        Some(HundredSteps {
            printed: std::array::from_fn(|i| at[i + 1] - at[i]),
            exact_s: mile.hundreds_s()?,
        })
    }

    /// The printed tenths by which a hundred was slower than the one before.
    pub(super) fn step_tenths(&self, hundred: usize) -> i64 {
        self.printed[hundred] - self.printed[hundred - 1]
    }

    /// Which of the last three were slower than the one before: by the rubric's half per cent, and in print.
    pub(super) fn slower(&self) -> Vec<usize> {
        let slower =
            |&i: &usize| deviation_pct(self.exact_s[i], self.exact_s[i - 1]) > 0.5 && self.step_tenths(i) > 0;
        (1..4).filter(slower).collect()
    }
}

/// The verdict on each hundred of the last lap, and on the last metres, which earn no points; empty where they
/// are not known.
pub fn hundreds(mile: &PacedMile) -> Vec<HundredVerdict> {
    let (Some(steps), Some(at_s)) = (HundredSteps::of(mile), mile.closing_marks_s) else { return Vec::new() };
    let against_lap_3 = steps.printed[0] - tenths(mile.per_400m_s()[2] / 4.0);
    let verdict = |hundred: usize| {
        let (step, than) = match hundred {
            0 => (against_lap_3, "lap 3"),
            _ => (steps.step_tenths(hundred), "the one before"),
        };
        let by = clock_of_tenths(step.abs());
        match step {
            0 => format!("as fast as {than}"),
            step if step < 0 => format!("{by} s faster than {than}"),
            _ => format!("{by} s slower than {than}"),
        }
    };
    let judged = |hundred: usize| {
        let from_m = 1200.0 + 100.0 * hundred as f64;
        let (end_s, verdict) = (at_s[hundred + 1], verdict(hundred));
        HundredVerdict { from_m, to_m: from_m + 100.0, time_s: end_s - at_s[hundred], end_s, verdict }
    };
    (0..4).map(judged).chain(last_metres(mile)).collect()
}

/// The metres beyond 1600, where the mile was timed to its end.
fn last_metres(mile: &PacedMile) -> Option<HundredVerdict> {
    let to_m: f64 = mile.lengths_m.iter().sum();
    let end_s: f64 = mile.laps_s.iter().sum();
    let time_s = end_s - mile.closing_marks_s?[4];
    let verdict = "through the line".to_owned();
    // Typed marks may leave no time for the last metres; then there is nothing to tell.
    (to_m > 1609.0 && time_s > 0.7).then_some(HundredVerdict { from_m: 1600.0, to_m, time_s, end_s, verdict })
}

/// Seconds behind the even pace over a lap's own length.
pub(super) fn delta_s(mile: &PacedMile, yardstick: Yardstick, lap: usize) -> f64 {
    mile.laps_s[lap] - yardstick.even_s(mile) * mile.lengths_m[lap] / 400.0
}

/// A lap's time as it is printed, so that the laps add up.
pub(super) fn lap_clock(mile: &PacedMile, lap: usize) -> String {
    clock_of_tenths(printed_tenths(&mile.laps_s)[lap])
}

/// A gap in seconds as it is printed, without its sign.
pub(super) fn gap(seconds: f64) -> String {
    clock_of_tenths(tenths(seconds).abs())
}
