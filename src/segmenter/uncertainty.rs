//! Half widths of 90 % intervals for the times of an effort.

use std::borrow::Cow;

use crate::segmenter::finish::Finish;
use crate::segmenter::oval::lane::Lap;
use crate::segmenter::smooth::Track;
use crate::segmenter::smooth::model::S;
use crate::segmenter::smooth::spread::Spread;
use crate::segmenter::window::Window;

/// Half width of a 90 % interval in deviations of a normal error.
const HALF_WIDTH_90: f64 = 1.645;
/// Share of a length that a path off the track may be wrong by: corners, and more for every m^2/s by which the error of
/// positions spreads; and the same where samples are so sparse that the bends between them are guessed. Measured on
/// simulated roads.
const ROAD_SCALE_SD: f64 = 0.0018;
const ROAD_SCALE_SD_PER_M2PS: f64 = 0.004;
const SPARSE_ROAD_SCALE_SD: f64 = 0.006;
const SPARSE_S: f64 = 2.0;
/// A device's own distance, from a foot pod, an accelerometer or a belt, is good to this share.
const DEVICE_SCALE_SD: f64 = 0.015;
/// Stretched to laps pressed by hand it is as good as the presses at both ends: a third of a second in five minutes.
const PRESSED_SCALE_SD: f64 = 0.0015;
/// Laps of about 400 m may be quarters of a mile, which are 0.6 % longer.
const QUARTER_FROM_M: f64 = 390.0;
const QUARTER_SCALE_SD: f64 = 0.004;
/// Error of a time read between two samples, and of the model, seconds.
const READING_SD_S: f64 = 0.08;

/// What an effort's length was measured on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ground {
    /// A track's lap.
    Lap(Lap),
    /// Positions away from a track, with the growth of their error's variance, m^2/s.
    Road(f64),
    /// The device's own distance.
    Device,
    /// The device's own distance, stretched to laps pressed by hand that were taken for so many metres.
    Pressed(f64),
}

impl Ground {
    /// Deviation of a length, as a share.
    fn scale_sd(self, track: &Track, first: usize, last: usize) -> f64 {
        match self {
            Ground::Lap(lap) => lap.length_sd_m / lap.length_m,
            Ground::Road(_) if is_sparse(track, first, last) => SPARSE_ROAD_SCALE_SD,
            Ground::Road(diffusion_m2ps) => ROAD_SCALE_SD + ROAD_SCALE_SD_PER_M2PS * diffusion_m2ps,
            Ground::Device => DEVICE_SCALE_SD,
            Ground::Pressed(lap_m) if lap_m > QUARTER_FROM_M => QUARTER_SCALE_SD,
            Ground::Pressed(_) => PRESSED_SCALE_SD,
        }
    }
}

/// Prepared for one effort; then any time in it can be asked for.
pub(crate) struct Uncertainty<'a> {
    track: &'a Track,
    spread: Cow<'a, Spread>,
    /// Deviation of the unit of length itself.
    scale_sd: f64,
    last: usize,
    known: Option<Known>,
}

/// What is known of the length of a race.
struct Known {
    /// Its first node.
    first: usize,
    /// Covariance of the way at each of its nodes with its length.
    with_length: Vec<f64>,
    /// Variance of its length before, and the share that is left.
    length_var: f64,
    left: f64,
}

impl<'a> Uncertainty<'a> {
    /// For times in an effort; `ready` is used where it has the nodes.
    pub(crate) fn new(
        track: &'a Track,
        effort: Window,
        ground: Ground,
        finish: Option<Finish>,
        ready: Option<&'a Spread>,
    ) -> Uncertainty<'a> {
        // All of a race whose stop counts, where the effort lies in it.
        let finish = finish.filter(|f| f.from_s < effort.end_s && effort.start_s < f.to_s);
        let from_s = finish.map_or(effort.start_s, |f| f.from_s.min(effort.start_s));
        let to_s = finish.map_or(effort.end_s, |f| f.to_s.max(effort.end_s));
        let last = track.t_s.partition_point(|&t| t < to_s).min(track.t_s.len().saturating_sub(1));
        let first = node(track, from_s).min(last);
        let scale_sd = ground.scale_sd(track, first, last);
        let spread = match ready.filter(|ready| ready.covers(first, last)) {
            Some(ready) => Cow::Borrowed(ready),
            None => Cow::Owned(Spread::new(track, first, last)),
        };
        let mut made = Uncertainty { track, spread, scale_sd, last, known: None };
        made.known =
            finish.and_then(|f| made.known(node(track, f.from_s), node(track, f.to_s).min(last), f.left));
        made
    }

    /// The covariances that were worked out, for other efforts on the same way.
    pub(crate) fn into_spread(self) -> Spread {
        self.spread.into_owned()
    }

    fn known(&self, first: usize, last: usize, left: f64) -> Option<Known> {
        let mut with_length = self.spread.with_stretch(first, last);
        let length_m = self.run_m(first, last);
        for (k, shared) in with_length.iter_mut().enumerate() {
            *shared += self.scale_sd * self.scale_sd * self.run_m(first, first + k) * length_m;
        }
        let length_var = with_length.last()? - with_length.first()?;
        (length_var > 0.0).then_some(Known { first, with_length, length_var, left })
    }

    /// Deviation of the length of a stretch in metres.
    pub(crate) fn length_sd_m(&self, stretch: Window) -> f64 {
        let (from, to) = (node(self.track, stretch.start_s), node(self.track, stretch.end_s).min(self.last));
        let steps = to.saturating_sub(from);
        let noise_var = self.spread.from(from).get(steps).copied().unwrap_or(0.0);
        (noise_var + self.scale_var(from, to)).sqrt()
    }

    /// Half widths of the times from `from_s` to each of `to_s`; `extra_sd_s` is the doubt about `from_s` itself.
    pub(crate) fn half_widths_s(&self, from_s: f64, to_s: &[f64], extra_sd_s: f64) -> Vec<f64> {
        let from = node(self.track, from_s);
        let own = self.spread.from(from);
        to_s.iter()
            .map(|&t| {
                let to = node(self.track, t).min(self.last);
                let noise_var = to.checked_sub(from).and_then(|d| own.get(d)).copied().unwrap_or(0.0);
                let mut way_var = noise_var + self.scale_var(from, to);
                way_var -= self.known_var(from, to);
                let span_s = (t - from_s).max(0.0);
                let run_m = self.run_m(from, to);
                let speed_mps = (run_m / span_s.max(1.0)).max(1.0);
                let sum = way_var.max(0.0) / (speed_mps * speed_mps)
                    + READING_SD_S * READING_SD_S
                    + extra_sd_s * extra_sd_s;
                HALF_WIDTH_90 * sum.sqrt()
            })
            .collect()
    }

    /// The part of a stretch's variance that the known length of the race takes away: with the stretch `x` in the race
    /// `X`, Cov(x, X)^2 / Var(X) times what was learnt of `X`.
    fn known_var(&self, from: usize, to: usize) -> f64 {
        let Some(known) = &self.known else { return 0.0 };
        let at = |k: usize| known.with_length[k.saturating_sub(known.first).min(known.with_length.len() - 1)];
        let shared = at(to) - at(from);
        shared * shared / known.length_var * (1.0 - known.left)
    }

    fn scale_var(&self, from: usize, to: usize) -> f64 {
        (self.scale_sd * self.run_m(from, to)).powi(2)
    }

    fn run_m(&self, from: usize, to: usize) -> f64 {
        self.track.distance_m[to] - self.track.distance_m[from.min(to)]
    }
}

/// Share of a filtered variance that is left by smoothing (a judgement; 1/2 for a random walk).
const HEARD_BOTH_SIDES: f64 = 0.6;

/// About the half width of the time of an effort, from the errors of its two ends.
pub(crate) fn rough_half_width_s(track: &Track, effort: Window, ground: Ground) -> f64 {
    let (from, to) = (node(track, effort.start_s), node(track, effort.end_s));
    let end_var = |k: usize| track.filtered.get(k).map_or(0.0, |belief| belief.p.of(S, S));
    let way_var = HEARD_BOTH_SIDES * (end_var(from) + end_var(to));
    let span_s = effort.time_s().max(1.0);
    let speed_mps = ((track.distance_m[to] - track.distance_m[from]) / span_s).max(1.0);
    let scale_s = ground.scale_sd(track, from, to) * span_s;
    HALF_WIDTH_90
        * (way_var / (speed_mps * speed_mps) + scale_s * scale_s + READING_SD_S * READING_SD_S).sqrt()
}

/// Whether samples lie further apart than `SPARSE_S` on average; an outage of some seconds does not make a recording so.
fn is_sparse(track: &Track, first: usize, last: usize) -> bool {
    let sampled = track.sampled[first..=last].iter().filter(|&&s| s).count();
    track.t_s[last] - track.t_s[first] > SPARSE_S * sampled as f64
}

/// The node nearest to a time.
fn node(track: &Track, t_s: f64) -> usize {
    let k = track.t_s.partition_point(|&t| t < t_s);
    let before = k.saturating_sub(1);
    let nearer_before = k == track.t_s.len() || (t_s - track.t_s[before]).abs() < (track.t_s[k] - t_s).abs();
    if nearer_before { before } else { k }
}
