//! How wrong the positions and the device's speed are, estimated from the recording itself.
//!
//! The error of positions is modelled as a first-order Gauss-Markov process in each direction: deviation `sigma_m`,
//! forgotten over `tau_s`. On a track it is seen across the line; elsewhere only its quick part is, as the distance of
//! the fixes from short chords, and the slow part follows from what watches usually show.

use crate::segmenter::oval::Oval;
use crate::segmenter::way::{Known, Way};

/// The error of positions along the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Noise {
    pub(crate) sigma_m: f64,
    pub(crate) tau_s: f64,
}

impl Noise {
    /// Growth per second of the variance of the error's difference, for short times.
    pub(crate) fn diffusion_m2ps(&self) -> f64 {
        2.0 * self.sigma_m * self.sigma_m / self.tau_s
    }

    /// Variance of the difference between the errors `dt_s` apart.
    pub(crate) fn difference_m2(&self, dt_s: f64) -> f64 {
        2.0 * self.sigma_m * self.sigma_m * (1.0 - (-dt_s / self.tau_s).exp())
    }
}

/// Correlation time where it cannot be seen.
const USUAL_TAU_S: f64 = 35.0;
const TAU_RANGE_S: (f64, f64) = (5.0, 60.0);
const SIGMA_RANGE_M: (f64, f64) = (0.4, 8.0);
/// Half width of the chords whose middle is looked at.
const CHORD_S: f64 = 3.0;
/// Residuals on a track are compared over this time: long enough for watches that smooth their error.
const LAG_S: f64 = 4.0;
/// So many looks are enough for a deviation to 3 %.
const MOST_LOOKS: usize = 1000;

/// The noise as fixes away from a track show it.
pub(crate) fn from_chords(known: &[Known]) -> Noise {
    let step = known.len() / MOST_LOOKS + 1;
    let mut aside_m: Vec<f64> =
        (1..known.len().saturating_sub(1)).step_by(step).filter_map(|k| aside(known, k)).collect();
    let diffusion = match median(&mut aside_m) {
        // The median of |x| is 0.6745 deviations; the middle of a chord of 2w is off by D w / 2.
        Some(m) => (m / 0.6745).powi(2) * 2.0 / CHORD_S,
        None => 0.2,
    };
    let sigma_m = (diffusion * USUAL_TAU_S / 2.0).sqrt().clamp(SIGMA_RANGE_M.0, SIGMA_RANGE_M.1);
    Noise { sigma_m, tau_s: USUAL_TAU_S }
}

/// Distance of fix `k` from the chord between the fixes `CHORD_S` before and after, where the runner moves.
fn aside(known: &[Known], k: usize) -> Option<f64> {
    let middle = &known[k];
    let from = known[..k].iter().rev().take(12).find(|f| middle.t_s - f.t_s >= CHORD_S)?;
    let to = known[k + 1..].iter().take(12).find(|f| f.t_s - middle.t_s >= CHORD_S)?;
    if to.t_s - from.t_s > 3.5 * CHORD_S {
        return None;
    }
    let (cx, cy) = from.at.to(to.at);
    let (mx, my) = from.at.to(middle.at);
    let chord_m = from.at.distance_m(to.at);
    (chord_m > 1.5 * (to.t_s - from.t_s)).then(|| (cx * my - cy * mx).abs() / chord_m)
}

/// The noise as the fixes of the laps show it across the line: the deviation from their variance, the correlation time
/// from how much residuals `LAG_S` apart differ.
pub(crate) fn from_oval(times_s: &[f64], oval: &Oval) -> Noise {
    let most_m = 4.0 * oval.scatter_m;
    let mut stretches = oval.stretches_s.iter().peekable();
    let laps: Vec<(f64, f64, f64)> = times_s
        .iter()
        .zip(&oval.places)
        .filter_map(|(&t, p)| p.map(|p| (t, p.lateral_m.clamp(-most_m, most_m), p.normal_rad)))
        .filter(|&(t, ..)| {
            while stretches.next_if(|s| s.1 < t).is_some() {}
            stretches.peek().is_some_and(|s| t >= s.0)
        })
        .collect();
    let step = laps.len() / MOST_LOOKS + 1;
    // Products of residuals a while apart; the normals turn, and an error that stays is seen through their cosine.
    let (mut square, mut product, mut seen, mut lag_s, mut pairs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (k, a) in laps.iter().enumerate().step_by(step) {
        let Some(b) =
            laps[k + 1..].iter().take(6).find(|b| b.0 - a.0 >= LAG_S).filter(|b| b.0 - a.0 <= 3.0 * LAG_S)
        else {
            continue;
        };
        square += (a.1 * a.1 + b.1 * b.1) / 2.0;
        product += a.1 * b.1;
        seen += (b.2 - a.2).cos();
        lag_s += b.0 - a.0;
        pairs += 1.0;
    }
    if pairs < 20.0 || seen <= 0.0 || square <= 0.0 {
        return Noise {
            sigma_m: oval.scatter_m.clamp(SIGMA_RANGE_M.0, SIGMA_RANGE_M.1),
            tau_s: USUAL_TAU_S / 2.0,
        };
    }
    let correlation = (product / seen * pairs / square).clamp(0.05, 0.97);
    let tau_s = (-lag_s / pairs / correlation.ln()).clamp(TAU_RANGE_S.0, TAU_RANGE_S.1);
    // The fit has taken the mean error of all the laps into itself.
    let span_s: f64 = oval.stretches_s.iter().map(|s| s.1 - s.0).sum();
    let taken = (2.0 * tau_s / span_s.max(1.0)).min(0.4);
    Noise { sigma_m: (square / pairs / (1.0 - taken)).sqrt().clamp(SIGMA_RANGE_M.0, SIGMA_RANGE_M.1), tau_s }
}

/// The device's speed against the positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SpeedNoise {
    /// The device shows 1 + `scale` times the true speed.
    pub(crate) scale: f64,
    /// Standard deviation of `scale`.
    pub(crate) scale_sd: f64,
    /// Spectral density of the rest, m^2/s: the variance of a distance summed from it grows by this a second.
    pub(crate) density_m2ps: f64,
}

/// Span over which summed speeds are held against positions.
const SPAN_S: f64 = 20.0;
/// A speed of its own noise of 0.1 m/s at 1 Hz; no watch is better.
const LEAST_DENSITY: f64 = 0.02;
/// A watch takes its speed from the Doppler shift, which wandering positions do not lengthen: it is right to about this
/// share before anything is compared (a judgement).
const SPEED_SCALE_SD: f64 = 0.006;
/// The length of a way off the track is doubted by this share, and more where noise is large beside a span's length.
const WAY_SCALE_SD: f64 = 0.004;
/// Beyond so many deviations from what is usual, it is another kind of sensor, and only the comparison counts.
const UNUSUAL_DEVIATIONS: f64 = 3.0;
/// Spans off by more than this many deviations of their kind are no evidence.
const KEPT_DEVIATIONS: f64 = 3.5;

/// Speed summed over a span, and the way that the positions show in it.
struct Span {
    driven_m: f64,
    way_m: f64,
}

/// Compares speed and positions over spans of 20 s; `None` where there is too little of either.
pub(crate) fn of_speed(
    times_s: &[f64],
    speeds_mps: &[Option<f64>],
    way: &Way,
    noise: &Noise,
) -> Option<SpeedNoise> {
    let mut spans = spans(times_s, speeds_mps, way);
    if spans.len() < 8 {
        return None;
    }
    let mut ratios: Vec<f64> = spans.iter().map(|s| s.way_m / s.driven_m).collect();
    let middle = median(&mut ratios)?;
    let mut off: Vec<f64> = spans.iter().map(|s| (s.driven_m * middle - s.way_m).abs()).collect();
    let usual_off_m = median(&mut off)? / 0.6745;
    let variance = usual_off_m * usual_off_m;
    // Sums, not the median of the ratios: what the error adds to one span it takes from the next.
    spans.retain(|s| (s.driven_m * middle - s.way_m).abs() <= KEPT_DEVIATIONS * usual_off_m);
    let driven_m: f64 = spans.iter().map(|s| s.driven_m).sum();
    let way_m: f64 = spans.iter().map(|s| s.way_m).sum();
    let (scale, scale_sd) = scale((driven_m / way_m.max(1.0) - 1.0).clamp(-0.15, 0.15), way_m, noise);
    // Only what is surely more than the positions' own error, of which the share is known to a quarter.
    let expected = noise.difference_m2(SPAN_S);
    let doubt = 1.5 * (variance * (2.0 / off.len() as f64).sqrt() + 0.25 * expected);
    let density_m2ps = ((variance - expected - doubt) / SPAN_S).clamp(LEAST_DENSITY, 2.0);
    Some(SpeedNoise { scale, scale_sd, density_m2ps })
}

/// The scale and its deviation: what the comparison shows, weighed against what is usual.
fn scale(seen: f64, way_m: f64, noise: &Noise) -> (f64, f64) {
    let ends_m2 = 4.0 * noise.sigma_m * noise.sigma_m;
    let seen_var = WAY_SCALE_SD * WAY_SCALE_SD + ends_m2 / (way_m * way_m).max(1.0);
    let usual_var = SPEED_SCALE_SD * SPEED_SCALE_SD;
    if seen.abs() > UNUSUAL_DEVIATIONS * (seen_var + usual_var).sqrt() {
        return (seen, seen_var.sqrt());
    }
    let share = usual_var / (usual_var + seen_var);
    (seen * share, (seen_var * share).sqrt())
}

/// The running part of the recording in spans of at least `SPAN_S`.
fn spans(times_s: &[f64], speeds_mps: &[Option<f64>], way: &Way) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start: Option<(f64, f64)> = None;
    let mut last: Option<(f64, f64)> = None;
    let mut sum_m = 0.0;
    for ((&t, speed), along) in times_s.iter().zip(speeds_mps).zip(&way.along_m) {
        let (Some(v), Some(z)) = (*speed, *along) else { continue };
        if let Some((t0, v0)) = last {
            sum_m += (t - t0) * (v + v0) / 2.0;
            if t - t0 > 8.0 {
                start = None;
            }
        }
        last = Some((t, v));
        match start {
            Some((ts, zs)) if t - ts >= SPAN_S => {
                if sum_m > 2.2 * (t - ts) {
                    spans.push(Span { driven_m: sum_m, way_m: (z - zs).abs() });
                }
                (start, sum_m) = (Some((t, z)), 0.0);
            }
            Some(_) => {}
            None => (start, sum_m) = (Some((t, z)), 0.0),
        }
    }
    spans
}

/// How much the runner's speed wanders: density of the acceleration, m^2/s^3, from changes over 10 s.
pub(crate) fn restlessness(times_s: &[f64], way: &Way, noise: &Noise) -> f64 {
    const HALF_S: f64 = 10.0;
    let z: Vec<(f64, f64)> =
        times_s.iter().zip(&way.along_m).filter_map(|(&t, z)| z.map(|z| (t, z))).collect();
    let mut change: Vec<f64> = Vec::new();
    let (mut mid, mut end, mut next_s) = (0, 0, f64::NEG_INFINITY);
    for start in 0..z.len() {
        if z[start].0 < next_s {
            continue;
        }
        next_s = z[start].0 + HALF_S / 4.0;
        while mid < z.len() && z[mid].0 < z[start].0 + HALF_S {
            mid += 1;
        }
        while end < z.len() && z[end].0 < z[start].0 + 2.0 * HALF_S {
            end += 1;
        }
        if end >= z.len() {
            break;
        }
        let (first, second) = (z[mid].0 - z[start].0, z[end].0 - z[mid].0);
        let (v1, v2) = ((z[mid].1 - z[start].1) / first, (z[end].1 - z[mid].1) / second.max(1.0));
        if first + second < 3.0 * HALF_S && v1 > 2.0 && v2 > 2.0 {
            change.push((v2 - v1).abs());
        }
    }
    let Some(m) = median(&mut change) else { return 0.02 };
    let rho = (-HALF_S / noise.tau_s).exp();
    let error = noise.sigma_m.powi(2) * (6.0 - 8.0 * rho + 2.0 * rho * rho) / (HALF_S * HALF_S);
    (((m / 0.6745).powi(2) - error) / (2.0 / 3.0 * HALF_S)).clamp(0.003, 0.1)
}

pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_far_apart_differ_by_twice_the_variance() {
        let noise = Noise { sigma_m: 2.0, tau_s: 10.0 };
        assert!((noise.difference_m2(1000.0) - 8.0).abs() < 1e-9);
        assert!((noise.difference_m2(0.01) / 0.01 - noise.diffusion_m2ps()).abs() < 1e-3);
    }

    #[test]
    fn no_fixes_give_the_usual_noise() {
        assert_eq!(from_chords(&[]).tau_s, USUAL_TAU_S);
    }
}
