//! Laps pressed by hand on the lines of a track: evidence of where the runner was, free of GPS error.

use super::Oval;
use crate::activity::Lap;
use crate::segmenter::noise::median;
use crate::segmenter::presses::press_times;
use crate::segmenter::smooth::Anchor;
use crate::segmenter::way::Way;
use crate::segmenter::window;
use crate::units::MILE_M;

/// A finger is this good, seconds.
const PRESS_SD_S: f64 = 0.35;
/// A press further than this from a line belongs to no line, metres.
const FAR_M: f64 = 14.0;
/// A start is taken for that of a mile unless the finish line is nearer by this.
const START_CLEAR_M: f64 = 7.0;
const START_SD_M: f64 = 1.5;
/// The mile starts so far behind the finish line.
const START_OFFSET_M: f64 = MILE_M - 1600.0;

/// The places along the way that presses give (`delay_s` later, as the positions are), if at least three of them are whole laps apart.
pub(crate) fn anchors(
    times_s: &[f64],
    way: &Way,
    oval: &Oval,
    laps: &[Lap],
    rest: &[bool],
    delay_s: f64,
) -> Vec<Anchor> {
    let (t, z): (Vec<f64>, Vec<f64>) =
        times_s.iter().zip(&way.along_m).filter_map(|(&t, z)| z.map(|z| (t, z))).unzip();
    let presses: Vec<(f64, f64)> = press_times(laps)
        .into_iter()
        .map(|t_s| t_s + delay_s)
        .filter(|&t_s| is_on_oval(t_s, times_s, way))
        .map(|t_s| (t_s, window::distance_at(&t, &z, t_s)))
        .collect();
    let standing = |t_s: f64| {
        let k = times_s.partition_point(|&t| t < t_s - 1.0).min(rest.len() - 1);
        rest[k] || rest[k.saturating_sub(3)]
    };
    let Some((line_m, usual_off_m)) = line(&presses, standing, oval.lap.length_m) else { return Vec::new() };
    presses
        .iter()
        .filter_map(|&(t_s, z_m)| anchor(t_s, z_m, line_m, usual_off_m, standing(t_s), oval, &t, &z))
        .collect()
}

/// Whether a moment lies between two fixes on the oval that are near each other in time.
fn is_on_oval(t_s: f64, times_s: &[f64], way: &Way) -> bool {
    let k = times_s.partition_point(|&t| t < t_s);
    k > 0 && k < times_s.len() && way.on_oval[k] && way.on_oval[k - 1] && times_s[k] - times_s[k - 1] < 15.0
}

/// Where along the way the line lies that at least three presses in the run share, and how far these usually are from it,
/// both in metres. A press is a time and its place along the way.
fn line(presses: &[(f64, f64)], standing: impl Fn(f64) -> bool, lap_m: f64) -> Option<(f64, f64)> {
    let aside = |a: f64, b: f64| super::shape::wrap_m(b - a, lap_m);
    // The reference is the press whose line most others share.
    let shared = |z_m: f64| presses.iter().filter(|p| aside(z_m, p.1).abs() < FAR_M).count();
    let &(_, reference_m) = presses.iter().max_by_key(|p| shared(p.1))?;
    let off_m: Vec<f64> = presses
        .iter()
        .filter(|p| !standing(p.0))
        .map(|p| aside(reference_m, p.1))
        .filter(|a| a.abs() < FAR_M)
        .collect();
    if off_m.len() < 3 {
        return None;
    }
    let line_m = reference_m + off_m.iter().sum::<f64>() / off_m.len() as f64;
    let usual_off_m =
        median(&mut off_m.iter().map(|a| (a + reference_m - line_m).abs()).collect::<Vec<_>>())?;
    Some((line_m, usual_off_m))
}

/// The anchor of one press, if it lies near a line.
#[expect(clippy::too_many_arguments, reason = "one press against all that is known of the track")]
fn anchor(
    t_s: f64,
    z_m: f64,
    line_m: f64,
    usual_off_m: f64,
    standing: bool,
    oval: &Oval,
    t: &[f64],
    z: &[f64],
) -> Option<Anchor> {
    let off_m = super::shape::wrap_m(z_m - line_m, oval.lap.length_m);
    let speed_mps = (window::distance_at(t, z, t_s + 2.0) - window::distance_at(t, z, t_s - 2.0)).abs() / 4.0;
    let pressed_sd_m = (PRESS_SD_S * speed_mps).max(0.7).max(0.3 * usual_off_m);
    // A standing press may be the start of a mile, behind the line, or of another race on it; positions that wander by
    // metres decide only where they are clear.
    let at_start = standing && (off_m + START_OFFSET_M).abs() < off_m.abs() + START_CLEAR_M;
    let line_off_m = if at_start { -START_OFFSET_M } else { 0.0 };
    let sd_m = if standing { START_SD_M } else { pressed_sd_m };
    ((off_m - line_off_m).abs() < FAR_M).then_some(Anchor { t_s, along_m: z_m - off_m + line_off_m, sd_m })
}
