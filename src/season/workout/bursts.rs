//! Strides and hill sprints: too short for the smoothing that finds repetitions.

use super::line::{RUNNING_MPS, SpeedLine};
use super::reps::{FoundBy, Reps, mean, variation};
use crate::activity::Activity;
use crate::segmenter::Window;

/// Speed is taken over this long, so that GPS jitter makes no stride.
const SPAN_S: f64 = 5.0;
/// A stride is at least this many times as fast as the median of the running ...
const FROM: f64 = 1.3;
/// ... and ends below this share of the stride's own mean.
const UNTIL: f64 = 1.12;
/// How long strides and sprints last, in seconds.
const LENGTH_S: std::ops::RangeInclusive<f64> = 9.0..=40.0;
/// The rest between two of them is at least this long, in seconds.
const REST_S: f64 = 15.0;
/// Fewer are a surge, not strides.
const LEAST: usize = 4;
/// Strides resemble each other: their lengths vary by no more than this share.
const ALIKE: f64 = 0.45;

/// The strides or sprints outside of the repetitions.
pub(super) fn bursts(activity: &Activity, line: &SpeedLine, reps: Option<&Reps>) -> Option<Reps> {
    let speeds_mps = line.smoothed_mps(SPAN_S);
    let mut running: Vec<f64> = speeds_mps.iter().copied().filter(|&v| v >= RUNNING_MPS).collect();
    let middle = running.len().checked_sub(1)?.div_ceil(2);
    let (_, easy_mps, _) = running.select_nth_unstable_by(middle, f64::total_cmp);
    let easy_mps = *easy_mps;
    let mut found = fast(line, &speeds_mps, easy_mps);
    found.retain(|window| LENGTH_S.contains(&window.time_s()));
    let inside =
        |window: &Window| reps.is_some_and(|reps| reps.each.iter().any(|rep| rep.window().overlaps(*window)));
    found.retain(|window| !inside(window));
    let lengths_s: Vec<f64> = found.iter().map(|window| window.time_s()).collect();
    let rests_s: Vec<f64> = found.windows(2).map(|pair| pair[1].start_s - pair[0].end_s).collect();
    let alike = variation(&lengths_s) <= ALIKE && mean(&rests_s) >= REST_S;
    if found.len() < LEAST || !alike {
        return None;
    }
    Reps::unjudged(activity, line, &found, FoundBy::Speed)
}

fn fast(line: &SpeedLine, speeds_mps: &[f64], easy_mps: f64) -> Vec<Window> {
    let mut found: Vec<Window> = Vec::new();
    let mut since: Option<usize> = None;
    for (step, &speed_mps) in speeds_mps.iter().enumerate() {
        match since {
            None if speed_mps >= FROM * easy_mps => since = Some(step),
            Some(start) if speed_mps < UNTIL * easy_mps => {
                found.push(Window { start_s: line.time_s(start), end_s: line.time_s(step) });
                since = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::simulated::{Session, line};
    use super::*;

    #[test]
    fn six_strides_are_counted() {
        let mut plan = vec![(1800, 3.0)];
        plan.extend([(20, 5.4), (60, 2.0)].repeat(6));
        let session = Session::of(&plan);
        let found = bursts(&session, &line(&plan), None).unwrap();
        assert_eq!(found.count(), 6);
        assert!((found.mean_s() - 20.0).abs() < 3.0, "{}", found.mean_s());
    }

    #[test]
    fn two_surges_are_none() {
        let plan = [(900, 3.0), (15, 5.0), (600, 3.0), (15, 5.0), (600, 3.0)];
        assert_eq!(bursts(&Session::of(&plan), &line(&plan), None), None);
    }
}
