//! Laps of one recording run in different lanes: a warm-up far out, the race inside.
//!
//! The fastest laps decide the line that the track is fitted to; other stretches keep their own distance from it, and
//! with it the length of their bends.

use super::shape::{Foot, wrap_m};
use crate::segmenter::window::{self, Window};

/// So long a stretch is looked for as the fastest.
const FASTEST_M: f64 = 1500.0;
/// Shorter rest of the laps than this has no lane of its own.
const LEAST_REST_S: f64 = 120.0;
/// Just before and after the fastest laps a runner is still in their lane.
const MARGIN_S: f64 = 40.0;
/// Nearer than this, two lines are the same lane.
const SAME_LANE_M: f64 = 0.8;
/// Correlation time of the error that the doubt about a mean offset assumes.
const CORRELATION_S: f64 = 20.0;

/// Seconds of the fastest laps, where they were run in another lane than the rest.
pub(crate) fn own_lane(
    times_s: &[f64],
    feet: &[Option<Foot>],
    on: &[bool],
    stretches_s: &[(f64, f64)],
    lap_m: f64,
    scatter_m: f64,
) -> Option<(f64, f64)> {
    let fast = fastest_laps(times_s, feet, on, lap_m)?;
    let inside = |t: f64| t >= fast.0 && t <= fast.1;
    let (mut own, mut rest) = (Mean::default(), Mean::default());
    let mut stretches = stretches_s.iter().peekable();
    for (&t, foot) in times_s.iter().zip(feet).filter_map(|(t, f)| f.map(|f| (t, f))) {
        while stretches.next_if(|s| s.1 < t).is_some() {}
        let lateral_m = foot.lateral_m;
        if inside(t) {
            own.add(t, lateral_m);
        } else if stretches.peek().is_some_and(|s| t >= s.0)
            && (t < fast.0 - MARGIN_S || t > fast.1 + MARGIN_S)
        {
            rest.add(t, lateral_m);
        }
    }
    let apart_m = (own.value()? - rest.value()?).abs();
    let doubt_m = scatter_m * (CORRELATION_S / own.span_s() + CORRELATION_S / rest.span_s().max(1.0)).sqrt();
    (rest.span_s() > LEAST_REST_S && apart_m > SAME_LANE_M.max(2.5 * doubt_m)).then_some(fast)
}

/// A mean over samples and the time that they cover.
#[derive(Default)]
struct Mean {
    sum: f64,
    count: f64,
    covered_s: f64,
    last_s: Option<f64>,
}

impl Mean {
    fn add(&mut self, t_s: f64, value: f64) {
        self.sum += value;
        self.count += 1.0;
        self.covered_s += self.last_s.map_or(0.0, |l| (t_s - l).min(10.0));
        self.last_s = Some(t_s);
    }

    fn value(&self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count)
    }

    fn span_s(&self) -> f64 {
        self.covered_s
    }
}

/// Start and end of the fastest `FASTEST_M` on the track.
pub(crate) fn fastest_laps(
    times_s: &[f64],
    feet: &[Option<Foot>],
    on: &[bool],
    lap_m: f64,
) -> Option<(f64, f64)> {
    let (mut t, mut way_m, mut walls) = (Vec::new(), Vec::new(), Vec::new());
    let mut last: Option<f64> = None;
    for ((&t_s, foot), &on) in times_s.iter().zip(feet).zip(on) {
        let Some(Foot { along_m, .. }) = *foot else { continue };
        if !on {
            if let (Some(_), Some(&from_s)) = (last, t.last()) {
                walls.push(Window { start_s: from_s, end_s: t_s });
            }
            last = None;
            continue;
        }
        let before: f64 = way_m.last().copied().unwrap_or(0.0);
        way_m.push(before + last.map_or(0.0, |l| wrap_m(along_m - l, lap_m).abs()));
        t.push(t_s);
        last = Some(along_m);
    }
    window::fastest(&t, &way_m, FASTEST_M, &walls).map(|w| (w.start_s, w.end_s))
}

/// Mean distance of each stretch from the line, for stretches outside the fastest laps: (start, end, metres).
pub(crate) fn offsets(
    times_s: &[f64],
    feet: &[Option<Foot>],
    stretches_s: &[(f64, f64)],
    fast: (f64, f64),
) -> Vec<(f64, f64, f64)> {
    let mut parts: Vec<(f64, f64)> = Vec::new();
    for &(from_s, to_s) in stretches_s {
        parts.push((from_s, to_s.min(fast.0 - MARGIN_S)));
        parts.push((from_s.max(fast.1 + MARGIN_S), to_s));
    }
    parts
        .into_iter()
        .filter(|p| p.1 - p.0 > LEAST_REST_S)
        .filter_map(|(from_s, to_s)| {
            let mut mean = Mean::default();
            let first = times_s.partition_point(|&t| t < from_s);
            let last = times_s.partition_point(|&t| t <= to_s);
            for k in first..last {
                if let Some(foot) = feet[k] {
                    mean.add(times_s[k], foot.lateral_m);
                }
            }
            Some((from_s, to_s, mean.value()?))
        })
        .collect()
}
