//! Half widths of 90 % intervals for the times of an effort.

use crate::segmenter::oval::lane::Lap;
use crate::segmenter::smooth::Track;
use crate::segmenter::smooth::spread::Spread;

/// Half width of a 90 % interval in deviations of a normal error.
const HALF_WIDTH_90: f64 = 1.645;
/// Share of a length that a path off the track may be wrong by: corners, and noise that lengthens; and the same where
/// samples are so sparse that the bends between them are guessed.
const ROAD_SCALE_SD: f64 = 0.0022;
const SPARSE_ROAD_SCALE_SD: f64 = 0.006;
const SPARSE_S: f64 = 2.0;
/// A device's own distance, from a foot pod, an accelerometer or a belt, is good to this share.
const DEVICE_SCALE_SD: f64 = 0.015;
/// Error of a time read between two samples, and of the model, seconds.
const READING_SD_S: f64 = 0.12;

/// What an effort's length was measured on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ground {
    /// A track's lap.
    Lap(Lap),
    /// Positions away from a track.
    Road,
    /// The device's own distance.
    Device,
}

/// Prepared for one effort; then any time in it can be asked for.
pub(crate) struct Uncertainty<'a> {
    track: &'a Track,
    spread: Spread,
    /// Deviation of the unit of length itself.
    scale_sd: f64,
    last: usize,
}

impl<'a> Uncertainty<'a> {
    /// For times between `start_s` and `end_s`.
    pub(crate) fn new(track: &'a Track, start_s: f64, end_s: f64, ground: Ground) -> Uncertainty<'a> {
        let last = track.t_s.partition_point(|&t| t < end_s).min(track.t_s.len().saturating_sub(1));
        let first = node(track, start_s).min(last);
        let scale_sd = match ground {
            Ground::Lap(lap) => lap.length_sd_m / lap.length_m,
            Ground::Road if is_sparse(track, first, last) => SPARSE_ROAD_SCALE_SD,
            Ground::Road => ROAD_SCALE_SD,
            Ground::Device => DEVICE_SCALE_SD,
        };
        Uncertainty { track, spread: Spread::new(track, first, last), scale_sd, last }
    }

    /// Half widths of the times from `from_s` to each of `to_s`; `extra_sd_s` is the doubt about `from_s` itself.
    pub(crate) fn half_widths_s(&self, from_s: f64, to_s: &[f64], extra_sd_s: f64) -> Vec<f64> {
        let from = node(self.track, from_s);
        let variances = self.spread.from(from);
        to_s.iter()
            .map(|&t| {
                let k = node(self.track, t).min(self.last);
                let way_var = k.checked_sub(from).and_then(|d| variances.get(d)).copied().unwrap_or(0.0);
                let span_s = (t - from_s).max(0.0);
                let run_m = self.track.distance_m[k] - self.track.distance_m[from];
                let speed_mps = (run_m / span_s.max(1.0)).max(1.0);
                let sum = way_var / (speed_mps * speed_mps)
                    + (self.scale_sd * span_s).powi(2)
                    + READING_SD_S * READING_SD_S
                    + extra_sd_s * extra_sd_s;
                HALF_WIDTH_90 * sum.sqrt()
            })
            .collect()
    }
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
