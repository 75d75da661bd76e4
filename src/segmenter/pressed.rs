//! Laps pressed by hand where there are no positions: on an indoor track or a treadmill they tell how long the device's
//! metres are.
//!
//! An accelerometer is good to a few per cent, a finger at the line to a third of a second. Where laps pressed one after
//! the other all come out near the same multiple of 200 m, each is taken to be just that, and the device's distance is
//! stretched to it.

use super::plane::Point;
use super::presses::press_times;
use super::window;
use crate::activity::Lap;

/// Lengths in metres that are pressed, with how far the device may be off: 200 m indoors; 400 m outdoors, and by the
/// display of a treadmill.
const PRESSED_M: [(f64, f64); 2] = [(200.0, 16.0), (400.0, 24.0)];
/// On the mean of the laps a device is off by no more than this share; laps of a track of another length are.
const MOST_OFF: f64 = 0.04;
/// So many laps in a row are no chance.
const LEAST_LAPS: usize = 4;

/// What the presses said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pressed {
    /// Laps that were taken for `lap_m` each.
    pub(crate) laps: usize,
    pub(crate) lap_m: f64,
    /// The first and the last press in seconds.
    pub(crate) from_s: f64,
    pub(crate) to_s: f64,
    /// By how much the device's distance was too short between them: above 1 it was stretched.
    pub(crate) scale: f64,
}

/// Stretches a device's distance, given as fixes on a line, to the laps pressed by hand.
/// A length of the lap that was stated is the only one that counts.
pub(crate) fn calibrate(
    times_s: &[f64],
    fixes: &mut [Option<Point>],
    laps: &[Lap],
    stated_m: Option<f64>,
) -> Option<Pressed> {
    let (t, way_m): (Vec<f64>, Vec<f64>) =
        times_s.iter().zip(fixes.iter()).filter_map(|(&t, fix)| fix.map(|fix| (t, fix.x_m))).unzip();
    let presses: Vec<(f64, f64)> =
        press_times(laps).into_iter().map(|t_s| (t_s, window::distance_at(&t, &way_m, t_s))).collect();
    let usual = PRESSED_M.into_iter().filter(|_| stated_m.is_none());
    let (lap_m, row) = usual
        .chain(stated_m.map(|lap_m| (lap_m, 0.08 * lap_m)))
        .map(|(lap_m, off_m)| (lap_m, longest_row(&presses, lap_m, off_m)))
        .max_by_key(|(_, row)| row.len())
        .filter(|(_, row)| row.len() > LEAST_LAPS)?;
    let (first, last) = (row.first()?, row.last()?);
    let count = row.len() - 1;
    let scale = lap_m * count as f64 / (last.1 - first.1);
    if stated_m.is_none() && (scale - 1.0).abs() > MOST_OFF {
        return None;
    }
    // Outside the pressed laps the device errs as it did on their mean.
    let mut knots = vec![(first.1 - 1.0, first.1 - scale)];
    knots.extend(row.iter().enumerate().map(|(k, press)| (press.1, first.1 + lap_m * k as f64)));
    let end_m = first.1 + lap_m * count as f64;
    knots.push((last.1 + 1.0, end_m + scale));
    for fix in fixes.iter_mut().flatten() {
        fix.x_m = along(&knots, fix.x_m);
    }
    Some(Pressed { laps: count, lap_m, from_s: first.0, to_s: last.0, scale })
}

/// The most presses one after the other that lie a lap apart.
fn longest_row(presses: &[(f64, f64)], lap_m: f64, off_m: f64) -> &[(f64, f64)] {
    let apart = |pair: &[(f64, f64)]| (pair[1].1 - pair[0].1 - lap_m).abs() <= off_m;
    let mut best = 0..0;
    let mut from = 0;
    for to in 1..=presses.len() {
        if to == presses.len() || !apart(&presses[to - 1..=to]) {
            if to - from > best.len() {
                best = from..to;
            }
            from = to;
        }
    }
    presses.get(best).unwrap_or_default()
}

/// Piecewise linear through the knots, and straight on beyond the first and the last two.
fn along(knots: &[(f64, f64)], x: f64) -> f64 {
    let k = knots.partition_point(|knot| knot.0 <= x).clamp(1, knots.len() - 1);
    let ((x0, y0), (x1, y1)) = (knots[k - 1], knots[k]);
    y0 + (y1 - y0) * (x - x0) / (x1 - x0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::LapTrigger;

    /// A second each, at 5 m/s by a device that shows `share` of it; laps of 40 s pressed by hand after the first 100 s.
    fn indoors(share: f64, laps: usize) -> (Vec<f64>, Vec<Option<Point>>, Vec<Lap>) {
        let times: Vec<f64> = (0..600).map(f64::from).collect();
        let fixes = times.iter().map(|t| Some(Point { x_m: 5.0 * share * t, y_m: 0.0 })).collect();
        let lap = |start_s, elapsed_s| Lap {
            start_s,
            elapsed_s: Some(elapsed_s),
            timer_s: None,
            distance_m: None,
            trigger: Some(LapTrigger::Manual),
        };
        let mut pressed = vec![lap(0.0, 100.0)];
        pressed.extend((0..laps).map(|k| lap(100.0 + 40.0 * k as f64, 40.0)));
        pressed.push(lap(100.0 + 40.0 * laps as f64, 20.0));
        (times, fixes, pressed)
    }

    #[test]
    fn eight_laps_of_200_m_stretch_a_device_that_shows_too_little() {
        let (times, mut fixes, laps) = indoors(0.97, 8);
        let pressed = calibrate(&times, &mut fixes, &laps, None).unwrap();
        assert_eq!((pressed.laps, pressed.lap_m, pressed.from_s, pressed.to_s), (8, 200.0, 100.0, 420.0));
        assert!((pressed.scale - 1.0 / 0.97).abs() < 1e-9);
        let way_m = |s: usize| fixes[s].unwrap().x_m;
        assert!((way_m(420) - way_m(100) - 1600.0).abs() < 1e-9);
        assert!((way_m(500) - way_m(420) - 400.0).abs() < 1e-9, "straight on after the last");
    }

    #[test]
    fn three_laps_and_laps_of_any_length_stretch_nothing() {
        let (times, mut fixes, laps) = indoors(0.97, 3);
        assert_eq!(calibrate(&times, &mut fixes, &laps, None), None);
        // Laps of 189 m by a device that is exact are no laps of 200 m, but what they are stated to be.
        let (times, mut fixes, laps) = indoors(0.945, 8);
        assert_eq!(calibrate(&times, &mut fixes, &laps, None), None);
        let stated = calibrate(&times, &mut fixes, &laps, Some(189.0)).unwrap();
        assert!((stated.scale - 1.0).abs() < 1e-9);
        let (times, mut fixes, laps) = indoors(0.8, 8);
        assert_eq!(calibrate(&times, &mut fixes, &laps, None), None);
    }
}
