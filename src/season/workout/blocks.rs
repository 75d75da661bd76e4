//! Continuous running: the longest steady stretch, and the fast stretch around the best mile.

use std::collections::VecDeque;

use super::line::{RUNNING_MPS, SpeedLine};
use super::stretches::{Smoothed, Wanted, fast_stretches};
use crate::activity::{Activity, Samples};
use crate::analysis::Analysis;
use crate::segmenter::mile::time_weighted_mean;
use crate::segmenter::{Verdict, Window};
use crate::units::MILE_M;

/// A faster stretch within a run is looked at by itself: 1.12 times the rest of it, four minutes and more.
const FASTER: Wanted = Wanted { ratio: 1.12, work_s: 240.0, rest_s: 15.0, count: 1 };
/// A stretch of more than this share of the run is the run itself.
const WHOLE: f64 = 0.85;
/// The fast stretch around a mile goes on while speed stays above this share of the mile's.
const SAME_EFFORT: f64 = 0.86;
/// Inside a mile of one effort the speed of ten seconds never falls below this share of the mile's.
const NO_REST: f64 = 0.8;
/// A heart rate counts as reached when it was held for this long, in seconds.
const HELD_S: f64 = 30.0;
/// Heart rate needs this long to follow the effort, in seconds.
const LAG_S: f64 = 120.0;

/// A stretch that was run without a stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// Where it lies.
    pub window: Window,
    /// Its length in metres.
    pub distance_m: f64,
    /// Mean heart rate in beats per minute; of longer ones without the first two minutes, in which it rises.
    pub heart_rate_bpm: Option<f64>,
    /// Whether it is the whole run, not a faster stretch within it.
    pub whole: bool,
}

/// The best mile and the fast running around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MileStretch {
    /// The mile's time in seconds.
    pub time_s: f64,
    /// The stretch that was run as fast, or nearly so.
    pub window: Window,
    /// Its length in metres.
    pub stretch_m: f64,
    /// Seconds of easy running before it.
    pub easy_before_s: f64,
    /// Seconds recorded before it.
    pub recorded_before_s: f64,
    /// Whether it is an effort of its own: a standing start, or clearly faster than the rest, and without a rest
    /// inside.
    pub stands_out: bool,
    /// Whether its time can be trusted.
    pub clean: bool,
}

/// The longest faster stretch of a run, or the longest of it that was run without a stop.
pub(super) fn steady_block(
    activity: &Activity,
    line: &SpeedLine,
    smoothed: &Smoothed,
    runs: &[Window],
) -> Option<Block> {
    let longest =
        |stretches: &[Window]| stretches.iter().copied().max_by(|a, b| a.time_s().total_cmp(&b.time_s()));
    let whole = longest(runs)?;
    let faster = longest(&fast_stretches(line, smoothed, FASTER))
        .filter(|part| part.time_s() < WHOLE * whole.time_s());
    let window = faster.unwrap_or(whole);
    let settled = Window { start_s: window.start_s + LAG_S, ..window };
    let span = if settled.time_s() > 2.0 * LAG_S { settled } else { window };
    let samples = &activity.samples;
    let heart = samples.heart_rate_bpm.as_ref();
    Some(Block {
        window,
        distance_m: line.way_m(window),
        heart_rate_bpm: heart.and_then(|column| time_weighted_mean(&samples.elapsed_s, column, span)),
        whole: faster.is_none(),
    })
}

/// The best mile, and how far the running before and behind it was as fast.
pub(super) fn mile_stretch(analysis: &Analysis, line: &SpeedLine) -> Option<MileStretch> {
    let best = analysis.best_mile.as_ref()?;
    let (mile, _) = best.headline();
    let least_mps = SAME_EFFORT * MILE_M / mile.time_s;
    let speeds_mps = line.smoothed_mps(10.0);
    let fast = |step: &usize| speeds_mps[*step] >= least_mps;
    let (first, last) = (line.step_at(mile.start_s), line.step_at(mile.end_s()));
    let start = (0..=first).rev().take_while(fast).last().unwrap_or(first).min(first);
    let end = (last..line.len()).take_while(fast).last().unwrap_or(last).max(last);
    let window = Window { start_s: line.time_s(start), end_s: line.time_s(end) };
    // Without the ends, where the ten seconds reach beyond the mile.
    let inner = speeds_mps.get(first + 10..last.saturating_sub(10)).unwrap_or_default();
    let slowest_mps = inner.iter().copied().fold(f64::MAX, f64::min);
    let easy = |step: &usize| speeds_mps[*step] >= RUNNING_MPS && speeds_mps[*step] < least_mps;
    let step_s = line.time_s(1) - line.time_s(0);
    Some(MileStretch {
        time_s: mile.time_s,
        window,
        stretch_m: line.way_m(window),
        easy_before_s: (0..start).filter(easy).count() as f64 * step_s,
        recorded_before_s: window.start_s - line.time_s(0),
        stands_out: analysis.holds_an_effort() && slowest_mps >= NO_REST * MILE_M / mile.time_s,
        clean: best.verdict == Verdict::Clean,
    })
}

/// The highest heart rate that was held for half a minute, in beats per minute: a sensor's spikes are no maximum.
pub(super) fn highest_held_bpm(samples: &Samples) -> Option<f64> {
    let column = samples.heart_rate_bpm.as_ref()?;
    let known = samples.elapsed_s.iter().zip(column.iter()).filter_map(|(&t, bpm)| Some((t, bpm?)));
    let mut recent: VecDeque<(f64, f32)> = VecDeque::new();
    let mut highest: Option<f32> = None;
    let mut first_s: Option<f64> = None;
    for (now_s, bpm) in known {
        // Rising values only: the front is the lowest of the last half minute.
        while recent.back().is_some_and(|&(_, last_bpm)| last_bpm >= bpm) {
            recent.pop_back();
        }
        recent.push_back((now_s, bpm));
        while recent.front().is_some_and(|&(then_s, _)| then_s < now_s - HELD_S) {
            recent.pop_front();
        }
        if now_s - *first_s.get_or_insert(now_s) >= HELD_S {
            let held_bpm = recent.front().map_or(bpm, |&(_, held_bpm)| held_bpm);
            highest = Some(highest.map_or(held_bpm, |highest_bpm| highest_bpm.max(held_bpm)));
        }
    }
    highest.map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spike_is_no_maximum() {
        let bpm = |t: i32| match t {
            50..=52 => 220.0,
            100..=140 => 180.0,
            _ => 150.0,
        };
        let samples = Samples {
            elapsed_s: (0..200).map(f64::from).collect(),
            heart_rate_bpm: Some((0..200).map(|t| Some(bpm(t))).collect()),
            ..Samples::default()
        };
        assert_eq!(highest_held_bpm(&samples), Some(180.0));
    }
}
