//! The delay between a watch's positions and its speed.
//!
//! Many watches smooth positions over the last seconds and speed over fewer, so that after a standing start the
//! positions trail: metres that no smoother could tell from an error of the positions. The delay shows where the speed
//! changes: over a few seconds the fixes then move less (or more) than the speed says, by the delay times the change.

use crate::segmenter::noise::median;
use crate::segmenter::plane::Point;

/// Half width of the stretches that are compared, seconds; sparse samples may be half as far again apart.
const HALF_S: f64 = 2.0;
const LONGEST_HALF_S: f64 = 4.0;
/// Only changes of speed beyond this tell of the delay.
const CHANGE_MPS: f64 = 1.5;
const LEAST_LOOKS: usize = 8;
/// Longer delays than this are something else.
const RANGE_S: (f64, f64) = (-1.0, 4.0);
/// Shorter ones are not worth mending.
const LEAST_S: f64 = 0.2;

/// By how many seconds positions trail the speed; 0 where it cannot be seen.
pub(crate) fn of_positions(times_s: &[f64], fixes: &[Option<Point>], speeds_mps: &[Option<f64>]) -> f64 {
    let rows: Vec<(f64, Point, f64)> = times_s
        .iter()
        .zip(fixes.iter().zip(speeds_mps))
        .filter_map(|(&t, (fix, speed))| Some((t, (*fix)?, (*speed)?)))
        .collect();
    let mut delays = Vec::new();
    for k in 1..rows.len() {
        let t = rows[k].0;
        let side = |far: &&(f64, Point, f64)| (HALF_S..=LONGEST_HALF_S).contains(&(far.0 - t).abs());
        let Some(a) = rows[..k].iter().rev().take(4).position(|r| side(&r)).map(|i| k - 1 - i) else {
            continue;
        };
        let Some(b) = rows[k..].iter().take(5).position(|r| side(&r)).map(|i| k + i) else { continue };
        let change_mps = rows[b].2 - rows[a].2;
        if change_mps.abs() < CHANGE_MPS {
            continue;
        }
        let driven_m: f64 = rows[a..=b].windows(2).map(|w| (w[1].0 - w[0].0) * (w[1].2 + w[0].2) / 2.0).sum();
        delays.push((driven_m - rows[a].1.distance_m(rows[b].1)) / change_mps);
    }
    if delays.len() < LEAST_LOOKS {
        return 0.0;
    }
    let delay_s = median(&mut delays).unwrap_or(0.0).clamp(RANGE_S.0, RANGE_S.1);
    if delay_s.abs() < LEAST_S { 0.0 } else { delay_s }
}

/// The speeds as they would be if they trailed as the positions do: the value `delay_s` before each sample.
pub(crate) fn delayed(times_s: &[f64], speeds_mps: &[Option<f64>], delay_s: f64) -> Vec<Option<f64>> {
    let mut i = 0;
    (0..times_s.len())
        .map(|k| {
            speeds_mps[k]?;
            let at_s = times_s[k] - delay_s;
            while i + 1 < times_s.len() && times_s[i + 1] <= at_s {
                i += 1;
            }
            let (Some(&t1), true) = (times_s.get(i + 1), times_s[i] <= at_s) else { return speeds_mps[k] };
            let share = ((at_s - times_s[i]) / (t1 - times_s[i]).max(1e-9)).clamp(0.0, 1.0);
            let (from, to) = (speeds_mps[i]?, speeds_mps[i + 1]?);
            Some(from + (to - from) * share)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_of_a_second_and_a_half_is_seen() {
        // Speed and its integral: 3.5 + 2.5 sin(t / 5).
        let speed = |t: f64| 3.5 + 2.5 * (t / 5.0).sin();
        let way = |t: f64| 3.5 * t - 12.5 * (t / 5.0).cos();
        let times: Vec<f64> = (0..600).map(f64::from).collect();
        let fixes: Vec<_> = times.iter().map(|&t| Some(Point { x_m: way(t - 1.5), y_m: 0.0 })).collect();
        let speeds: Vec<_> = times.iter().map(|&t| Some(speed(t))).collect();
        let delay_s = of_positions(&times, &fixes, &speeds);
        assert!((delay_s - 1.5).abs() < 0.2, "{delay_s}");
    }

    #[test]
    fn delayed_speeds_are_those_of_before() {
        let speeds = [Some(0.0), Some(2.0), Some(4.0)];
        assert_eq!(delayed(&[0.0, 1.0, 2.0], &speeds, 0.5), [Some(0.0), Some(1.0), Some(3.0)]);
    }
}
