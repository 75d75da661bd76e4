//! Where the runner stood, and where the speed changed at once: what the smoother must be told, since a model quiet
//! enough for even running would smear a standing start over ten seconds.

use crate::segmenter::noise::Noise;
use crate::segmenter::plane::Point;
use crate::segmenter::way::Way;

/// Slower than this on the device's speed is standing.
const STANDING_MPS: f64 = 0.5;
/// The shortest rest that counts, seconds.
const SHORTEST_REST_S: f64 = 2.5;
/// Half width in seconds over which positions must stay in place.
const STAY_S: f64 = 6.0;

/// For each sample whether the runner stood there.
pub(crate) fn rests(
    times_s: &[f64],
    fixes: &[Option<Point>],
    speeds_mps: &[Option<f64>],
    noise: &Noise,
) -> Vec<bool> {
    let has_speed = speeds_mps.iter().flatten().count() * 2 > times_s.len();
    let mut rest: Vec<bool> = if has_speed {
        speeds_mps.iter().map(|v| v.is_some_and(|v| v < STANDING_MPS)).collect()
    } else {
        let near_m = (1.7 * noise.difference_m2(STAY_S).sqrt()).clamp(2.5, 5.0);
        (0..times_s.len()).map(|k| stays(times_s, fixes, k, near_m)).collect()
    };
    keep_long(times_s, &mut rest, if has_speed { SHORTEST_REST_S } else { 0.0 });
    rest
}

/// Whether all fixes within `STAY_S` of sample `k` lie near its own.
fn stays(times_s: &[f64], fixes: &[Option<Point>], k: usize, near_m: f64) -> bool {
    let Some(here) = fixes[k] else { return false };
    let near = |j: usize| fixes[j].is_none_or(|p| p.distance_m(here) <= near_m);
    let before = (0..k).rev().take_while(|&j| times_s[k] - times_s[j] <= STAY_S);
    let after = (k + 1..times_s.len()).take_while(|&j| times_s[j] - times_s[k] <= STAY_S);
    // Most samples fail at once at their neighbours, so that this costs little.
    let mut seen = 0;
    before.chain(after).all(|j| {
        seen += 1;
        near(j)
    }) && seen >= 2
}

fn keep_long(times_s: &[f64], rest: &mut [bool], shortest_s: f64) {
    let mut start = 0;
    while start < rest.len() {
        let len = rest[start..].iter().take_while(|&&v| v == rest[start]).count();
        let end = start + len;
        if rest[start] && times_s[end - 1] - times_s[start] < shortest_s {
            rest[start..end].fill(false);
        }
        start = end;
    }
}

/// Half width in seconds over which the way's direction is looked at.
const DIRECTION_S: f64 = 4.0;

/// The device's speed with the sign of the way, which falls where a runner walks back on the track; dropped where the
/// sign is in doubt, because the wrong one would be off by twice the speed.
pub(crate) fn signed_speeds(times_s: &[f64], way: &Way, speeds_mps: &[Option<f64>]) -> Vec<Option<f64>> {
    let (mut a, mut b) = (0, 0);
    (0..times_s.len())
        .map(|k| {
            let speed_mps = speeds_mps[k]?;
            while times_s[k] - times_s[a] > DIRECTION_S {
                a += 1;
            }
            b = b.max(k);
            while b + 1 < times_s.len() && times_s[b + 1] - times_s[k] <= DIRECTION_S {
                b += 1;
            }
            if !way.on_oval[k] || speed_mps < STANDING_MPS {
                return Some(speed_mps);
            }
            let slope_mps = (way.along_m[b]? - way.along_m[a]?) / (times_s[b] - times_s[a]).max(1.0);
            (slope_mps.abs() > 0.4 * speed_mps.min(2.0)).then_some(speed_mps.copysign(slope_mps))
        })
        .collect()
}

/// Over so many seconds on each side speeds are compared: a start takes three, a runner who lets it roll out ten.
const SIDES_S: [f64; 2] = [5.0, 12.0];
/// A change between two sides is believed beyond so many deviations of its noise, plus what a change of pace makes.
const BELIEVED_DEVIATIONS: f64 = 1.5;
const CHANGE_MPS: f64 = 0.3;
/// Noise of a device's mean speed over a side.
const DEVICE_SIDE_MPS: f64 = 0.1;
/// Greatest density of the acceleration, m^2/s^3: from 0 to 6 m/s in 3 s.
pub(crate) const BURST_DENSITY: f64 = 6.0;

/// Density of the acceleration at each sample: `usual`, and more where the mean speeds before and after differ.
pub(crate) fn densities(
    times_s: &[f64],
    way: &Way,
    speeds_mps: &[Option<f64>],
    noise: &Noise,
    usual: f64,
) -> Vec<f64> {
    let has_speed = speeds_mps.iter().flatten().count() * 2 > times_s.len();
    let sum_m = summed(times_s, way, speeds_mps, has_speed);
    let mut density = vec![usual; times_s.len()];
    for side_s in SIDES_S {
        let side_mps = if has_speed { DEVICE_SIDE_MPS } else { noise.difference_m2(side_s).sqrt() / side_s };
        let expected_mps = CHANGE_MPS + BELIEVED_DEVIATIONS * std::f64::consts::SQRT_2 * side_mps;
        for (k, (before, after)) in mean_speeds(times_s, &sum_m, side_s).enumerate() {
            let change = (after - before).abs() - expected_mps;
            if change <= 0.0 {
                continue;
            }
            // The change may have happened within less than half the side.
            let burst = (usual + change * change / (0.4 * side_s)).min(BURST_DENSITY);
            let near = |j: &usize| (times_s[*j] - times_s[k]).abs() <= side_s / 2.0;
            let from = (0..k).rev().take_while(near).last().unwrap_or(k);
            for j in (from..times_s.len()).take_while(near) {
                density[j] = burst.max(density[j]);
            }
        }
    }
    density
}

/// The way at each sample, from the device's speed or from the positions.
fn summed(times_s: &[f64], way: &Way, speeds_mps: &[Option<f64>], has_speed: bool) -> Vec<f64> {
    let mut last: Option<(f64, f64)> = None;
    let mut total_m = 0.0;
    let add = |(k, &t): (usize, &f64)| {
        let value = if has_speed { speeds_mps[k] } else { way.along_m[k] };
        if let Some(v) = value {
            if let Some((t0, v0)) = last {
                total_m += if has_speed { (t - t0) * (v + v0) / 2.0 } else { v - v0 };
            }
            last = Some((t, v));
        }
        total_m
    };
    times_s.iter().enumerate().map(add).collect()
}

/// Mean speed over `side_s` before and after each sample.
fn mean_speeds<'a>(
    times_s: &'a [f64],
    sum_m: &'a [f64],
    side_s: f64,
) -> impl Iterator<Item = (f64, f64)> + 'a {
    let (mut a, mut b) = (0, 0);
    (0..times_s.len()).map(move |k| {
        while times_s[k] - times_s[a] > side_s {
            a += 1;
        }
        b = b.max(k);
        while b + 1 < times_s.len() && times_s[b] - times_s[k] < side_s {
            b += 1;
        }
        let rate = |i: usize, j: usize| (sum_m[j] - sum_m[i]) / (times_s[j] - times_s[i]).max(1e-3);
        let first = if a == k { k.saturating_sub(1) } else { a };
        if first == k || b == k { (0.0, 0.0) } else { (rate(first, k), rate(k, b)) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> (Vec<f64>, Vec<Option<Point>>, Way) {
        let times: Vec<f64> = (0..60).map(f64::from).collect();
        let along: Vec<f64> = times.iter().map(|t| 5.0 * (t - 30.0).max(0.0)).collect();
        let fixes = along.iter().map(|&x_m| Some(Point { x_m, y_m: 0.0 })).collect();
        let way = Way { along_m: along.into_iter().map(Some).collect(), ..Way::unknown(60) };
        (times, fixes, way)
    }

    const NOISE: Noise = Noise { sigma_m: 1.0, tau_s: 30.0 };

    #[test]
    fn standing_before_the_start_is_a_rest() {
        let (times, fixes, _) = start();
        let rest = rests(&times, &fixes, &[None; 60], &NOISE);
        assert!(rest[..24].iter().all(|&r| r) && rest[31..].iter().all(|&r| !r));
    }

    #[test]
    fn the_start_is_a_burst_and_even_running_is_not() {
        let (times, _, way) = start();
        let density = densities(&times, &way, &[None; 60], &NOISE, 0.01);
        assert!(density[29..32].iter().all(|&q| q > 3.0));
        assert!(density[52..].iter().all(|&q| q == 0.01));
    }
}
