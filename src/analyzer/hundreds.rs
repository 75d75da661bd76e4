//! The last lap by hundreds: four pieces, each to be faster than the one before.

use super::rubric::{PacedMile, deviation_pct};
use crate::units::{clock_of_tenths, gap_of_tenths, tenths};

/// A last hundred this much faster than the best before it is a sprint, in per cent.
const SPRINT_PCT: f64 = -3.0;
/// So many hundreds in words.
const NUMBERS: [&str; 4] = ["none", "one", "two", "three"];

/// What a coach would say of one hundred of the last lap, or of the 9.344 m behind it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
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

/// The hundreds of the last lap as they are printed, in whole tenths of a second; `None` where they are not known.
pub fn printed(mile: &PacedMile) -> Option<[i64; 4]> {
    HundredSteps::of(mile).map(|steps| steps.printed)
}

/// The hundreds on one line with their verdict; `None` where they are not known, or where the last lap is
/// better told as a whole: when it was slow, or a kick.
pub(super) fn in_short(mile: &PacedMile) -> Option<String> {
    let steps = HundredSteps::of(mile)?;
    if !(-4.0..1.0).contains(&mile.last_lap_loss_pct()) {
        return None;
    }
    let list = steps.printed.map(clock_of_tenths).join(" ");
    Some(match steps.trend() {
        Trend::Faster => format!("{list}: each faster"),
        Trend::NoneSlower => format!("{list}: none slower"),
        Trend::Steady { .. } if steps.sprinted() => format!("{list}: steady, then a sprint"),
        Trend::Steady { .. } => format!("{list}: steady"),
        Trend::Slower(hundreds) => format!("{list}: {} slower", NUMBERS[hundreds.len()]),
    })
}

/// Whether the last hundred was well slower than the best before it.
pub(super) fn faded(mile: &PacedMile) -> bool {
    const FADED_PCT: f64 = 4.0;
    mile.hundreds_s().is_some_and(|[a, b, c, last]| deviation_pct(last, a.min(b).min(c)) > FADED_PCT)
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

    /// Whether the last hundred was well faster than any before it.
    pub(super) fn sprinted(&self) -> bool {
        let [a, b, c, last] = self.exact_s;
        deviation_pct(last, a.min(b).min(c)) < SPRINT_PCT
    }

    /// The printed tenths by which a hundred was slower than the one before.
    pub(super) fn step_tenths(&self, hundred: usize) -> i64 {
        self.printed[hundred] - self.printed[hundred - 1]
    }

    /// How the hundreds follow each other. The words go by the printed tenths, so that they agree with what the
    /// reader sees; what the rubric forgives, half a per cent, is called steady.
    pub(super) fn trend(&self) -> Trend {
        let slower: Vec<usize> = (1..4).filter(|&i| self.step_tenths(i) > 0).collect();
        // To the tenth of a per cent, below which no printed point is lost.
        let forgiven = |i: usize| (10.0 * deviation_pct(self.exact_s[i], self.exact_s[i - 1])).round() <= 5.0;
        match slower.iter().map(|&i| self.step_tenths(i)).max() {
            None if (1..4).all(|i| self.step_tenths(i) < 0) => Trend::Faster,
            None => Trend::NoneSlower,
            Some(most_tenths) if slower.iter().all(|&i| forgiven(i)) => Trend::Steady { most_tenths },
            Some(_) => Trend::Slower(slower),
        }
    }
}

/// How the hundreds of the last lap follow each other.
pub(super) enum Trend {
    /// Each faster than the one before.
    Faster,
    /// Some as fast as the one before, none slower.
    NoneSlower,
    /// Some slower, by at most so many tenths and by no more than the rubric forgives.
    Steady { most_tenths: i64 },
    /// These were slower than the one before.
    Slower(Vec<usize>),
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
        let by = gap_of_tenths(step);
        match step {
            0 => format!("as fast as {than}"),
            step if step < 0 => format!("{by} faster than {than}"),
            _ => format!("{by} slower than {than}"),
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

/// `second`, `second and last`, `second, third and last`: hundreds by name.
pub(super) fn named(hundreds: &[usize]) -> String {
    const NAMES: [&str; 4] = ["first", "second", "third", "last"];
    let names: Vec<&str> = hundreds.iter().map(|&i| NAMES[i]).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
