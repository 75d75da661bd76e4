//! Work and recovery by speed alone: the smoothed speed falls into two classes, fast and slow.

use super::line::{RUNNING_MPS, SpeedLine, quantile};
use crate::segmenter::Window;

/// The speed is taken over this long, so that neither GPS nor a bend makes a repetition.
const SMOOTHING_S: f64 = 30.0;
/// Entered above the middle of both classes by this share of their distance, left below it by as much.
const HYSTERESIS: f64 = 0.1;
/// An edge lies within this many seconds of where the smoothed speed crosses the middle.
const EDGE_S: f64 = 20.0;

/// What is asked of the fast stretches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// The fast class is at least this many times as fast as the slow one.
    pub(super) ratio: f64,
    /// A stretch lasts at least this long, in seconds.
    pub(super) work_s: f64,
    /// A rest shorter than this does not part two stretches, in seconds.
    pub(super) rest_s: f64,
    /// How many stretches there are at least.
    pub(super) count: usize,
}

/// A run's smoothed speeds, in the order of time and by their size; made once and asked often.
pub(super) struct Smoothed {
    speeds_mps: Vec<f64>,
    sorted: Sorted,
}

impl Smoothed {
    pub(super) fn of(line: &SpeedLine) -> Smoothed {
        let speeds_mps = line.smoothed_mps(SMOOTHING_S);
        Smoothed { sorted: Sorted::of(speeds_mps.clone()), speeds_mps }
    }
}

/// The stretches of fast running in the order of time; empty where speed falls into no two classes as wanted.
pub(super) fn fast_stretches(line: &SpeedLine, smoothed: &Smoothed, wanted: Wanted) -> Vec<Window> {
    // Among running speeds first, since standing rests make every jog look fast; then among all.
    for least_mps in [RUNNING_MPS, 0.0] {
        for (low, high) in [(0.1, 0.9), (0.5, 0.98), (0.5, 0.995)] {
            let Some(classes) = smoothed.sorted.two_classes(least_mps, low, high) else { continue };
            if classes.fast_mps < wanted.ratio * classes.slow_mps || classes.fast_mps < RUNNING_MPS {
                continue;
            }
            let found = stretches(line, &smoothed.speeds_mps, classes, wanted);
            if found.len() >= wanted.count {
                return found;
            }
        }
    }
    Vec::new()
}

/// The mean speeds of two classes in metres per second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Classes {
    pub(super) slow_mps: f64,
    pub(super) fast_mps: f64,
}

impl Classes {
    pub(super) fn middle_mps(self) -> f64 {
        0.5 * (self.slow_mps + self.fast_mps)
    }
}

/// Speeds by their size, with their sums, so that the mean of any part is one subtraction.
pub(super) struct Sorted {
    speeds_mps: Vec<f64>,
    /// The sum of all speeds before each place; one longer than the speeds.
    sums_mps: Vec<f64>,
}

impl Sorted {
    pub(super) fn of(mut speeds_mps: Vec<f64>) -> Sorted {
        speeds_mps.sort_unstable_by(f64::total_cmp);
        let mut sum_mps = 0.0;
        let sums = speeds_mps.iter().map(|speed_mps| {
            sum_mps += speed_mps;
            sum_mps
        });
        let sums_mps = std::iter::once(0.0).chain(sums).collect();
        Sorted { speeds_mps, sums_mps }
    }

    /// Parts the speeds of at least `least_mps` into two classes around their means, begun at two quantiles
    /// (k-means on a line).
    pub(super) fn two_classes(&self, least_mps: f64, low: f64, high: f64) -> Option<Classes> {
        let from = self.speeds_mps.partition_point(|&v| v < least_mps);
        let kept = &self.speeds_mps[from..];
        let to = self.speeds_mps.len();
        let mut classes = Classes { slow_mps: quantile(kept, low)?, fast_mps: quantile(kept, high)? };
        for _ in 0..30 {
            let cut = from + kept.partition_point(|&v| v < classes.middle_mps());
            if cut == from || cut == to {
                return None;
            }
            let next = Classes { slow_mps: self.mean_mps(from, cut), fast_mps: self.mean_mps(cut, to) };
            if next == classes {
                break;
            }
            classes = next;
        }
        Some(classes)
    }

    fn mean_mps(&self, from: usize, to: usize) -> f64 {
        (self.sums_mps[to] - self.sums_mps[from]) / (to - from) as f64
    }
}

fn stretches(line: &SpeedLine, smoothed_mps: &[f64], classes: Classes, wanted: Wanted) -> Vec<Window> {
    let (middle, margin) = (classes.middle_mps(), HYSTERESIS * (classes.fast_mps - classes.slow_mps));
    let mut steps: Vec<(usize, usize)> = Vec::new();
    let mut since: Option<usize> = None;
    for (step, &speed_mps) in smoothed_mps.iter().enumerate() {
        match since {
            None if speed_mps >= middle + margin => since = Some(step),
            Some(start) if speed_mps < middle - margin => {
                steps.push((start, step));
                since = None;
            }
            _ => {}
        }
    }
    steps.extend(since.map(|start| (start, line.len() - 1)));
    let edges = sharpened(line, &steps, middle);
    let mut found: Vec<Window> = Vec::new();
    for window in edges {
        match found.last_mut() {
            Some(last) if window.start_s - last.end_s < wanted.rest_s => last.end_s = window.end_s,
            _ => found.push(window),
        }
    }
    found.retain(|window| window.time_s() >= wanted.work_s);
    found
}

/// Moves each edge to where the unsmoothed speed parts best: the sum of what lies above the middle on the fast
/// side and below it on the slow side is largest.
fn sharpened(line: &SpeedLine, steps: &[(usize, usize)], middle_mps: f64) -> Vec<Window> {
    let last = line.len() - 1;
    // Between its start and its time, how far the way has fallen behind a run at the middle speed.
    let behind_m = |step: usize| middle_mps * line.time_s(step) - line.distance_m(step);
    let best = |around: usize, from: usize, to: usize, sign: f64| {
        let reach = EDGE_S as usize;
        let (from, to) = (around.saturating_sub(reach).max(from), (around + reach).min(to));
        (from..=to.max(from))
            .max_by(|&a, &b| (sign * behind_m(a)).total_cmp(&(sign * behind_m(b))))
            .unwrap_or(around)
    };
    let mut windows = Vec::new();
    for (index, &(start, end)) in steps.iter().enumerate() {
        let inside = start.midpoint(end);
        let before = index.checked_sub(1).map_or(0, |previous| steps[previous].1.midpoint(start));
        let after = steps.get(index + 1).map_or(last, |next| end.midpoint(next.0));
        let (start, end) = (best(start, before, inside, 1.0), best(end, inside, after, -1.0));
        windows.push(Window { start_s: line.time_s(start), end_s: line.time_s(end) });
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::super::simulated::line;
    use super::*;

    const REPS: Wanted = Wanted { ratio: 1.3, work_s: 30.0, rest_s: 15.0, count: 2 };

    fn found(plan: &[(usize, f64)]) -> Vec<Window> {
        let line = line(plan);
        fast_stretches(&line, &Smoothed::of(&line), REPS)
    }

    #[test]
    fn edges_are_found_to_two_seconds() {
        let mut plan = vec![(600, 3.0)];
        plan.extend([(80, 5.0), (90, 2.2)].repeat(6));
        plan.push((600, 2.9));
        let found = found(&plan);
        assert_eq!(found.len(), 6);
        for (rep, window) in found.iter().enumerate() {
            let start_s = 600.0 + 170.0 * rep as f64;
            assert!((window.start_s - start_s).abs() <= 2.0, "{window:?} {start_s}");
            assert!((window.time_s() - 80.0).abs() <= 3.0, "{window:?}");
        }
    }

    #[test]
    fn a_few_short_repetitions_in_a_long_run_are_found() {
        let mut plan = vec![(2400, 3.0)];
        plan.extend([(40, 4.8), (60, 2.4)].repeat(4));
        plan.push((900, 3.0));
        assert_eq!(found(&plan).len(), 4);
    }

    #[test]
    fn a_steady_run_has_none() {
        assert!(found(&[(3000, 3.1)]).is_empty());
        assert!(found(&[(1500, 2.9), (1500, 3.4)]).is_empty());
    }
}
