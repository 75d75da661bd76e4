//! Two miles side by side: mark by mark, and where the gap grew.

use crate::segmenter::TimedMile;
use crate::units::{MILE_M, gap_of_tenths, tenths};

/// Gains this near to each other, in tenths of a second, are alike.
const EVENLY_TENTHS: i64 = 3;

/// Two miles, called A and B.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Comparison {
    /// The times at each mark and at the mile; gaps grow or shrink from one to the next.
    pub marks: Vec<Pair>,
    /// The four laps.
    pub laps: Vec<Pair>,
    /// Half width in seconds of the 90 % interval of the last gap, where both miles' are known.
    pub uncertainty_s: Option<f64>,
    /// What is to be said of it, in whole sentences.
    pub notes: Vec<String>,
}

/// A time in both miles, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Pair {
    /// Where it begins, in metres from the start.
    pub from_m: f64,
    /// Where it ends, in metres from the start.
    pub to_m: f64,
    /// What it took in mile A, in seconds.
    pub a_s: f64,
    /// What it took in mile B, in seconds.
    pub b_s: f64,
    /// How much slower B was, in seconds.
    pub gap_s: f64,
}

impl Pair {
    fn new(from_m: f64, to_m: f64, a_s: f64, b_s: f64) -> Pair {
        Pair { from_m, to_m, a_s, b_s, gap_s: b_s - a_s }
    }

    /// The gap as it is printed: between the two times rounded to tenths.
    pub fn gap_tenths(&self) -> i64 {
        tenths(self.b_s) - tenths(self.a_s)
    }
}

/// Two miles side by side.
pub fn compare(a: &TimedMile, b: &TimedMile) -> Comparison {
    let shared = a.marks.iter().filter_map(|mark| {
        let b_s = b.mark_s(mark.distance_m)?;
        Some(Pair::new(0.0, mark.distance_m, mark.time_s, b_s))
    });
    let marks: Vec<Pair> = shared.chain([Pair::new(0.0, MILE_M, a.time_s, b.time_s)]).collect();
    let laps = a.splits.iter().zip(&b.splits);
    let laps = laps.map(|(a, b)| Pair::new(a.from_m, a.to_m, a.time_s, b.time_s)).collect();
    let uncertainty_s = a.uncertainty_s.zip(b.uncertainty_s).map(|(a, b)| a.hypot(b));
    let notes = notes(&marks, uncertainty_s);
    Comparison { marks, laps, uncertainty_s, notes }
}

fn notes(marks: &[Pair], uncertainty_s: Option<f64>) -> Vec<String> {
    let Some(whole) = marks.last() else { return Vec::new() };
    let gap = whole.gap_tenths();
    let apart = gap_of_tenths(gap);
    let doubtful = uncertainty_s.is_some_and(|uncertainty_s| whole.gap_s.abs() < uncertainty_s);
    let mut notes = vec![match gap {
        0 => "Both miles took the same time.".to_owned(),
        _ if doubtful => {
            format!("The two miles are {apart} apart, less than the times can tell: call them equal.")
        }
        gap if gap < 0 => format!("B was faster by {apart}."),
        _ => format!("A was faster by {apart}."),
    }];
    if gap == 0 || doubtful {
        notes.extend(lead_lost(marks, uncertainty_s.unwrap_or(0.0)));
    } else {
        notes.extend(widest_step(marks));
    }
    notes
}

/// That one of two miles that ended level was well ahead on the way.
fn lead_lost(marks: &[Pair], uncertainty_s: f64) -> Option<String> {
    let widest = marks.iter().max_by_key(|mark| mark.gap_tenths().abs())?;
    let lead = widest.gap_tenths();
    let who = if lead > 0 { "A" } else { "B" };
    (tenths(2.0 * uncertainty_s.max(0.5)) < lead.abs()).then(|| {
        format!("{who} led by {} at {:.0} m and lost that lead again.", gap_of_tenths(lead), widest.to_m)
    })
}

/// Between which of 0, 400, 800, 1200 and 1600 m the gap changed most, or that it grew evenly.
fn widest_step(marks: &[Pair]) -> Option<String> {
    let gap_at = |distance_m: f64| match distance_m {
        0.0 => Some(0),
        _ => marks.iter().find(|mark| (mark.to_m - distance_m).abs() < 0.5).map(Pair::gap_tenths),
    };
    let steps = [0.0, 400.0, 800.0, 1200.0].into_iter().filter_map(|from_m| {
        let to_m = from_m + 400.0;
        Some((from_m, to_m, gap_at(to_m)? - gap_at(from_m)?))
    });
    let steps: Vec<(f64, f64, i64)> = steps.collect();
    let (from_m, to_m, step) = steps.iter().copied().max_by_key(|(_, _, step)| step.abs())?;
    let evenly = steps.len() == 4 && steps.iter().all(|(_, _, other)| (other - step).abs() <= EVENLY_TENTHS);
    let who = if step > 0 { "A" } else { "B" };
    match step {
        0 => None,
        _ if evenly => Some(format!("{who} gained evenly, in every lap alike.")),
        _ => {
            let gained = gap_of_tenths(step);
            Some(format!(
                "The gap changed most between {from_m:.0} and {to_m:.0} m, where {who} gained {gained}."
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::{Mark, Split};

    fn mile(laps_s: [f64; 4]) -> TimedMile {
        let mut at_s = 0.0;
        let mut marks = Vec::new();
        let splits = laps_s.iter().enumerate().map(|(lap, &time_s)| {
            at_s += time_s;
            let to_m = 400.0 * (lap as f64 + 1.0);
            marks.push(Mark { distance_m: to_m, time_s: at_s, uncertainty_s: None });
            let label = format!("lap {}", lap + 1);
            Split {
                label,
                from_m: to_m - 400.0,
                to_m,
                time_s,
                per_400m_s: time_s,
                uncertainty_s: None,
                heart_rate_bpm: None,
                cadence_spm: None,
            }
        });
        let splits = splits.collect();
        TimedMile { start_s: 0.0, time_s: at_s + 1.9, uncertainty_s: Some(0.6), marks, splits }
    }

    #[test]
    fn the_gap_grows_from_mark_to_mark() {
        let compared = compare(&mile([79.0, 80.0, 80.0, 79.0]), &mile([78.0, 80.5, 83.0, 79.0]));
        let gaps: Vec<i64> = compared.marks.iter().map(Pair::gap_tenths).collect();
        assert_eq!(gaps, [-10, -5, 25, 25, 25]);
        assert_eq!(
            compared.notes,
            ["A was faster by 2.5 s.", "The gap changed most between 800 and 1200 m, where A gained 3.0 s."]
        );
    }

    #[test]
    fn miles_closer_than_their_uncertainty_are_equal() {
        let compared = compare(&mile([79.0; 4]), &mile([79.1; 4]));
        assert_eq!(
            compared.notes,
            ["The two miles are 0.4 s apart, less than the times can tell: call them equal."]
        );
        let compared = compare(&mile([79.0; 4]), &mile([75.0, 77.0, 82.0, 82.1]));
        assert_eq!(compared.notes[1], "B led by 6.0 s at 800 m and lost that lead again.");
        let mut exact = mile([79.0; 4]);
        exact.uncertainty_s = None;
        assert_eq!(compare(&exact, &exact).notes, ["Both miles took the same time."]);
        assert_eq!(compare(&exact, &mile([78.0; 4])).notes[0], "B was faster by 4.0 s.");
    }
}
