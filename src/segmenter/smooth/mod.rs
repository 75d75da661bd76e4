//! Forward-backward smoothing of the way: a Kalman filter and the smoother of Rauch, Tung and Striebel (1965).

pub(crate) mod covariance;
pub(crate) mod events;
pub(crate) mod model;
pub(crate) mod spread;

use crate::activity::Pause;
use crate::segmenter::linear::Factor;
use crate::segmenter::noise::{Noise, SpeedNoise};
use crate::segmenter::way::Way;
use covariance::Covariance;
use model::{A, B, Belief, L, N, S, Step, V};

/// The way smoothed: nodes at the samples and, in gaps, every second between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Track {
    pub(crate) t_s: Vec<f64>,
    /// Metres along the way; falls where the runner walks back on the track.
    pub(crate) along_m: Vec<f64>,
    /// Metres run, never falling.
    pub(crate) distance_m: Vec<f64>,
    pub(crate) speed_mps: Vec<f64>,
    /// For each node whether it is a sample, not a moment between two.
    pub(crate) sampled: Vec<bool>,
    /// For each node whether it lies on the track.
    pub(crate) on_oval: Vec<bool>,
    /// What the uncertainty needs: filtered beliefs, and the step to each node from the one before.
    pub(crate) filtered: Vec<Belief>,
    pub(crate) steps: Vec<Step>,
}

impl Track {
    /// Empty, with room for so many nodes.
    fn for_nodes(nodes: usize) -> Track {
        Track {
            t_s: Vec::with_capacity(nodes),
            distance_m: Vec::with_capacity(nodes),
            sampled: Vec::with_capacity(nodes),
            on_oval: Vec::with_capacity(nodes),
            filtered: Vec::with_capacity(nodes),
            steps: Vec::with_capacity(nodes),
            ..Track::default()
        }
    }
}

/// Everything that the smoother is told.
pub(crate) struct Inputs<'a> {
    pub(crate) times_s: &'a [f64],
    pub(crate) way: &'a Way,
    /// The device's speed, negative where the way falls.
    pub(crate) speeds_mps: &'a [Option<f64>],
    pub(crate) rest: &'a [bool],
    pub(crate) density: &'a [f64],
    pub(crate) pauses: &'a [Pause],
    pub(crate) noise: Noise,
    pub(crate) speed_noise: Option<SpeedNoise>,
    /// Known places along the way: seconds, metres, deviation.
    pub(crate) anchors: &'a [Anchor],
}

/// The runner was at a known place at this time: a line of the track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Anchor {
    pub(crate) t_s: f64,
    pub(crate) along_m: f64,
    pub(crate) sd_m: f64,
}

/// Quick part of the position error that the Gauss-Markov process lacks: rounding and white noise.
const WHITE_M: f64 = 0.2;
/// What lies across the line besides the error: the runner's own path, and what the shape's fit left.
const LATERAL_SD_M: f64 = 0.8;
/// A runner at rest moves no faster than this.
const REST_SD_MPS: f64 = 0.1;
/// Longer gaps have no nodes inside.
const LONGEST_FILLED_S: f64 = 30.0;
/// In a gap longer than this the runner may have stood.
const HOLE_S: f64 = 8.0;

/// A moment in the filter's time: a sample, an anchor or only the time between.
struct Moment {
    t_s: f64,
    sample: Option<usize>,
    anchor: Option<Anchor>,
    hole: bool,
    /// The sample that is next, or this.
    next: usize,
}

/// The most probable way of the runner.
pub(crate) fn smooth(inputs: &Inputs) -> Track {
    let moments = moments(inputs);
    let mut track = Track::for_nodes(moments.len());
    let Some(first) = moments.first() else { return track };
    let z0 = inputs.way.along_m.iter().flatten().next().copied().unwrap_or(0.0);
    let (scale, scale_sd) = inputs.speed_noise.map_or((0.0, 0.01), |n| (n.scale, n.scale_sd));
    let mut belief = Belief { x: [z0, 0.0, 0.0, 0.0, scale], p: Covariance::ZERO };
    let sigma_m = inputs.noise.sigma_m;
    for (k, variance) in
        [(S, 1e6), (V, 9.0), (A, sigma_m * sigma_m), (L, sigma_m * sigma_m), (B, scale_sd * scale_sd)]
    {
        *belief.p.of_mut(k, k) = variance;
    }
    let mut before_s = first.t_s;
    for moment in &moments {
        let step = step(inputs, moment, before_s);
        belief = step.predict(&belief);
        take_in(inputs, moment, &mut belief, moment.t_s - before_s);
        before_s = moment.t_s;
        track.t_s.push(moment.t_s);
        track.sampled.push(moment.sample.is_some());
        let on =
            moment.sample.map_or(track.on_oval.last().copied().unwrap_or(false), |i| inputs.way.on_oval[i]);
        track.on_oval.push(on);
        track.filtered.push(belief);
        track.steps.push(step);
    }
    backward(&mut track);
    track
}

fn step(inputs: &Inputs, moment: &Moment, before_s: f64) -> Step {
    let dt_s = (moment.t_s - before_s).max(0.0);
    let (sigma_m, tau_s) = (inputs.noise.sigma_m, inputs.noise.tau_s);
    if moment.hole {
        return Step::over_hole(dt_s, sigma_m, tau_s);
    }
    let next = moment.next.min(inputs.density.len() - 1);
    let q = inputs.density[next].max(inputs.density[next.saturating_sub(1)]);
    let turn_rad = moment.sample.map_or(0.0, |i| inputs.way.turn_rad[i]);
    let step = Step::running(dt_s, q, sigma_m, tau_s, turn_rad);
    // Onto the track or off it, the error along the way is a new one.
    if moment.sample.is_some_and(|i| i > 0 && inputs.way.on_oval[i] != inputs.way.on_oval[i - 1]) {
        return step.doubting(2.0 * sigma_m * sigma_m);
    }
    step
}

/// Takes in all that was measured at a moment.
fn take_in(inputs: &Inputs, moment: &Moment, belief: &mut Belief, dt_s: f64) {
    if let Some(anchor) = moment.anchor {
        belief.measure([(S, 1.0)], anchor.along_m - belief.x[S], anchor.sd_m * anchor.sd_m, true);
    }
    let Some(i) = moment.sample else { return };
    // Off the track the way's own length is doubted as much as the speed's scale: it teaches nothing about it.
    let learns = inputs.way.on_oval[i];
    if let Some(z) = inputs.way.along_m[i] {
        let residual = z - belief.x[S] - belief.x[A];
        belief.measure([(S, 1.0), (A, 1.0)], residual, WHITE_M * WHITE_M, learns);
    }
    if let Some(lateral_m) = inputs.way.lateral_m[i] {
        belief.measure([(L, 1.0)], lateral_m - belief.x[L], LATERAL_SD_M * LATERAL_SD_M, learns);
    }
    if inputs.rest[i] {
        belief.measure([(V, 1.0)], -belief.x[V], REST_SD_MPS * REST_SD_MPS, learns);
    } else if let (Some(speed), Some(noise)) = (inputs.speeds_mps[i], inputs.speed_noise) {
        let scale = 1.0 + belief.x[B];
        let residual = speed - belief.x[V] * scale;
        // A value stands for the time since the one before, but for no more than a few seconds.
        let variance = noise.density_m2ps / dt_s.clamp(0.5, 2.0);
        belief.measure([(V, scale), (B, belief.x[V])], residual, variance, learns);
    }
}

/// The backward pass: means only, so that it needs one solution of a 5 x 5 system a node.
fn backward(track: &mut Track) {
    let n = track.t_s.len();
    let Some(last) = track.filtered.last() else { return };
    let mut next = last.x;
    track.along_m = vec![next[S]; n];
    track.speed_mps = vec![next[V]; n];
    for k in (0..n - 1).rev() {
        let (filtered, step) = (&track.filtered[k], &track.steps[k + 1]);
        let predicted = step.predict(filtered);
        let mut off = [0.0; N];
        for r in 0..N {
            off[r] = next[r] - predicted.x[r];
        }
        next = filtered.x;
        if let Some(factor) = Factor::of(|r, c| predicted.p.of(r, c)) {
            // P F' (F P F' + Q)^-1 off, from the right to the left.
            let moved = filtered.p.times(&step.back(&factor.solve(&off)));
            for r in 0..N {
                next[r] += moved[r];
            }
        }
        track.along_m[k] = next[S];
        track.speed_mps[k] = next[V];
    }
    let mut distance_m = 0.0;
    track.distance_m.push(0.0);
    for pair in track.along_m.windows(2) {
        distance_m += (pair[1] - pair[0]).abs();
        track.distance_m.push(distance_m);
    }
}

/// What lies in the gap before sample `next`: a moment for each second of a long one, and the anchors, in order.
fn between(before_s: f64, gap_s: f64, next: usize, anchors: impl Iterator<Item = Anchor>) -> Vec<Moment> {
    let moment = |t_s, anchor| Moment { t_s, sample: None, anchor, hole: false, next };
    let parts = if gap_s > 1.5 { gap_s.ceil() } else { 1.0 };
    let seconds = (1..parts as usize).map(|k| moment(before_s + gap_s * k as f64 / parts, None));
    let anchors = anchors.filter(|anchor| anchor.t_s > before_s).map(|a| moment(a.t_s, Some(a)));
    let mut moments: Vec<Moment> = seconds.chain(anchors).collect();
    moments.sort_by(|a, b| a.t_s.total_cmp(&b.t_s));
    moments
}

/// The samples' times, seconds between them in gaps, and the anchors, in order.
fn moments(inputs: &Inputs) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::with_capacity(inputs.times_s.len());
    let mut anchors = inputs.anchors.iter().copied().peekable();
    let mut last_z: Option<(f64, f64)> = None;
    let mut pace_mps = 0.0;
    for (i, &t_s) in inputs.times_s.iter().enumerate() {
        let before_s = moments.last().map_or(t_s, |m| m.t_s);
        let gap_s = t_s - before_s;
        let paused =
            gap_s > 2.5 && inputs.pauses.iter().any(|p| p.start_s < t_s - 0.5 && p.end_s > before_s + 0.5);
        let moved_mps = match (last_z, inputs.way.along_m[i]) {
            (Some((t0, z0)), Some(z)) if t_s > t0 => Some((z - z0) / (t_s - t0)),
            _ => None,
        };
        let stood = gap_s > HOLE_S && moved_mps.is_some_and(|v: f64| v.abs() < 0.6 * f64::abs(pace_mps));
        let hole = paused || stood || gap_s > LONGEST_FILLED_S || inputs.way.broken[i];
        let passed = std::iter::from_fn(|| anchors.next_if(|a| a.t_s < t_s));
        if hole {
            passed.for_each(drop);
        } else {
            moments.extend(between(before_s, gap_s, i, passed));
        }
        moments.push(Moment { t_s, sample: Some(i), anchor: None, hole, next: i });
        if let Some(z) = inputs.way.along_m[i] {
            if let Some(v) = moved_mps {
                pace_mps += (v - pace_mps) * (0.1 * (t_s - last_z.map_or(t_s, |l| l.0))).min(1.0);
            }
            last_z = Some((t_s, z));
        }
    }
    moments
}
