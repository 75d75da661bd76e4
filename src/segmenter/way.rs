//! The way along which the runner went, as one number for every fix: metres since the first, error included.
//!
//! On the track it is the unwrapped place on the lap, so it shrinks where the runner walks back. Elsewhere each step is
//! projected on the local direction of the way: what a wandering error adds sideways then adds nothing to the length.
//! How far the direction looks to both sides follows the noise: far on a straight, near in a sharp corner.

use crate::segmenter::oval::shape::wrap_m;
use crate::segmenter::oval::{Oval, Place};
use crate::segmenter::plane::{Point, wrapped};
use crate::segmenter::window::Window;

/// Where the runner is along the way, for each sample that has a fix.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    pub(crate) along_m: Vec<Option<f64>>,
    pub(crate) on_oval: Vec<bool>,
    /// On the track, metres outside the line.
    pub(crate) lateral_m: Vec<Option<f64>>,
    /// On the track, how far its direction turned inwards since the fix before.
    pub(crate) turn_rad: Vec<f64>,
    /// Whether nothing is known of the way from the fix before: the positions leapt.
    pub(crate) broken: Vec<bool>,
}

impl Way {
    /// A way of which nothing is known.
    pub(crate) fn unknown(samples: usize) -> Way {
        Way {
            along_m: vec![None; samples],
            on_oval: vec![false; samples],
            lateral_m: vec![None; samples],
            turn_rad: vec![0.0; samples],
            broken: vec![false; samples],
        }
    }
}

/// Half widths in seconds of the stretches that give the direction, widest first.
const REACHES_S: [f64; 3] = [3.0, 2.0, 1.0];
/// A middle that lies further from its chord than this many deviations of noise is a bend.
const BEND_DEVIATIONS: f64 = 2.0;
/// A way no longer than so many deviations of the error, and slower than a slow walk, is no way.
const SHUFFLE_DEVIATIONS: f64 = 2.0;
const SHUFFLE_REACH_S: f64 = 6.0;
const SHUFFLE_MPS: f64 = 0.8;
/// A chord shorter than this share of the steps along it spans a turn back; a right angle leaves 0.71.
const TURNED_SHARE: f64 = 0.4;
/// A way that bends by more than `CORNER_M` within `CORNER_S` to both sides is a sharp corner.
const CORNER_S: f64 = 4.0;
const CORNER_M: f64 = 4.0;
/// Steps longer than this are taken one by one.
const SPARSE_S: f64 = 2.5;
/// How much longer than its chord a way is, as a share of the turn squared: 1/96 where the curvature is even, 1/20 where
/// the direction wanders at random or turns at one corner; roads are nearer to the latter.
const TURN_SHARE: f64 = 1.0 / 25.0;
/// A sharper turn than this over a long step, or the steps beside it, is a corner and no arc.
const SHARP_RAD: f64 = 0.8;
/// The speed before and after a corner is taken so many seconds away from it.
const AROUND_S: (f64, f64) = (4.0, 14.0);
/// After a longer hole nothing is known of the direction: the way is the straight line.
const HOLE_S: f64 = 12.0;

/// A fix that is known: index of the sample, seconds, place.
pub(crate) struct Known {
    pub(crate) index: usize,
    pub(crate) t_s: f64,
    pub(crate) at: Point,
}

pub(crate) fn known(times_s: &[f64], fixes: &[Option<Point>]) -> Vec<Known> {
    fixes
        .iter()
        .enumerate()
        .filter_map(|(index, f)| f.map(|at| Known { index, t_s: times_s[index], at }))
        .collect()
}

/// Lays the way out. `diffusion_m2ps` is the growth of the variance of the error's difference per second.
pub(crate) fn lay_out(
    known: &[Known],
    speeds_mps: &[Option<f64>],
    oval: Option<&Oval>,
    diffusion_m2ps: f64,
    leaps: &[Window],
) -> Way {
    let mut way = Way::unknown(speeds_mps.len());
    let mut along_m = 0.0;
    let mut before: Option<Place> = None;
    let mut steps = Steps::new(known, speeds_mps, diffusion_m2ps);
    for (k, fix) in known.iter().enumerate() {
        let place = oval.and_then(|o| o.places[fix.index]);
        // Nobody ran a leap of the positions.
        let leapt = k > 0 && spans(leaps, known[k - 1].t_s, fix.t_s);
        way.broken[fix.index] = leapt;
        if k > 0 && !leapt && !stands(speeds_mps, known[k - 1].index, fix.index) {
            along_m += match (oval, before, place) {
                (Some(o), Some(a), Some(b)) => {
                    way.turn_rad[fix.index] = turn_rad(b.normal_rad - a.normal_rad) * o.sense;
                    round_step_m(b.along_m - a.along_m, o.lap.length_m, typical_step_m(known, k)) * b.stretch
                }
                _ => steps.length_m(k),
            };
        }
        way.on_oval[fix.index] = place.is_some();
        way.lateral_m[fix.index] = place.map(|p| p.lateral_m);
        way.along_m[fix.index] = Some(along_m);
        before = place;
    }
    way
}

/// Whether a step lies in one of the windows, which are in order and apart.
fn spans(windows: &[Window], from_s: f64, to_s: f64) -> bool {
    let next = windows.partition_point(|window| window.end_s < to_s);
    windows.get(next).is_some_and(|window| window.start_s <= from_s)
}

/// Slower than this on the device's speed is standing, whatever the positions do.
const STANDING_MPS: f64 = 0.5;

fn stands(speeds_mps: &[Option<f64>], from: usize, to: usize) -> bool {
    let slow = |k: usize| speeds_mps[k].is_some_and(|v| v < STANDING_MPS);
    slow(from) && slow(to)
}

/// A difference of directions as the smaller turn.
fn turn_rad(difference_rad: f64) -> f64 {
    use std::f64::consts::PI;
    wrapped(difference_rad + PI, 2.0 * PI) - PI
}

/// A step on the track; over a hole longer than a third of a lap whole laps are added, if the speed around it is then
/// about kept. Otherwise the runner stood, or nobody knows.
fn round_step_m(step_m: f64, lap_m: f64, expected_m: f64) -> f64 {
    let short = wrap_m(step_m, lap_m);
    if expected_m.abs() < lap_m / 3.0 {
        return short;
    }
    let long = short + lap_m * ((expected_m - short) / lap_m).round();
    if (long - expected_m).abs() < SAME_SPEED * expected_m.abs() { long } else { short }
}

/// Over a hole the mean speed is that around it to this share.
const SAME_SPEED: f64 = 0.3;

/// Way that the step to fix `k` would have at the speed just before it; only asked for over holes.
fn typical_step_m(known: &[Known], k: usize) -> f64 {
    let dt_s = known[k].t_s - known[k - 1].t_s;
    if dt_s < 25.0 {
        return 0.0;
    }
    let from = known[..k].iter().rposition(|f| known[k - 1].t_s - f.t_s > 10.0).unwrap_or(0);
    let way_m: f64 = known[from..k].windows(2).map(|w| w[0].at.distance_m(w[1].at)).sum();
    way_m / (known[k - 1].t_s - known[from].t_s).max(1.0) * dt_s
}

/// The steps from fix to fix away from a track, looked at in their order.
struct Steps<'a> {
    known: &'a [Known],
    speeds_mps: &'a [Option<f64>],
    diffusion_m2ps: f64,
    /// The straight length of each step, from the fix before; 0 at the first fix.
    straight_m: Vec<f64>,
    chords: [Chord; REACHES_S.len()],
    /// The chord that tells a way from standing.
    widest: Chord,
}

impl<'a> Steps<'a> {
    fn new(known: &'a [Known], speeds_mps: &'a [Option<f64>], diffusion_m2ps: f64) -> Steps<'a> {
        let lengths = known.windows(2).map(|pair| pair[0].at.distance_m(pair[1].at));
        Steps {
            known,
            speeds_mps,
            diffusion_m2ps,
            straight_m: std::iter::once(0.0).chain(lengths).collect(),
            chords: REACHES_S.map(Chord::reaching),
            widest: Chord::reaching(SHUFFLE_REACH_S),
        }
    }

    /// The step to fix `k` along the local direction, in metres; asked for one `k` after the other.
    fn length_m(&mut self, k: usize) -> f64 {
        let (known, speeds_mps, diffusion_m2ps) = (self.known, self.speeds_mps, self.diffusion_m2ps);
        let (a, b) = (&known[k - 1], &known[k]);
        let dt_s = b.t_s - a.t_s;
        let straight_m = self.straight_m[k];
        if dt_s > HOLE_S || straight_m == 0.0 {
            return straight_m;
        }
        if shuffles(known, k, self.widest.around(known, k), diffusion_m2ps) {
            return 0.0;
        }
        if dt_s > SPARSE_S {
            return long_step_m(known, k, straight_m, speeds_mps, diffusion_m2ps);
        }
        let (dx, dy) = a.at.to(b.at);
        for chord in &mut self.chords {
            let Some((from, to)) = chord.around(known, k) else { continue };
            let (cx, cy) = known[from].at.to(known[to].at);
            let chord_m = known[from].at.distance_m(known[to].at);
            // Where the runner turned round, the chord is no direction of the way.
            if chord_m < TURNED_SHARE * self.straight_m[from + 1..=to].iter().sum::<f64>() {
                continue;
            }
            let aside_m = aside_m(known, from, k, to);
            let noise_m = (diffusion_m2ps * chord.reach_s / 2.0).sqrt().max(0.1);
            if chord_m > 0.0 && aside_m < BEND_DEVIATIONS * noise_m {
                // The chord's own error still lengthens the way by D dt / 2C (C the chord): take it off again.
                let excess_m = diffusion_m2ps * dt_s / (2.0 * chord_m);
                return (dx * cx + dy * cy) / chord_m - excess_m.min(0.2 * straight_m);
            }
            if chord.reach_s <= CORNER_S && aside_m > CORNER_M.max(2.0 * BEND_DEVIATIONS * noise_m) {
                return corner_m(known, k, straight_m, speeds_mps);
            }
        }
        straight_m
    }
}

/// The fixes up to `reach_s` before and after a step. It moves on with the steps, which are looked at in their order.
struct Chord {
    reach_s: f64,
    from: usize,
    to: usize,
}

impl Chord {
    fn reaching(reach_s: f64) -> Chord {
        Chord { reach_s, from: 0, to: 0 }
    }

    /// First and last fix around the step to `k`, if the samples lie close enough.
    fn around(&mut self, known: &[Known], k: usize) -> Option<(usize, usize)> {
        while known[k - 1].t_s - known[self.from].t_s > self.reach_s {
            self.from += 1;
        }
        self.to = self.to.max(k);
        while self.to + 1 < known.len() && known[self.to + 1].t_s - known[k].t_s <= self.reach_s {
            self.to += 1;
        }
        (self.to > self.from + 1).then_some((self.from, self.to))
    }
}

/// Whether the fixes around the step to fix `k` moved no further than their own error moves them: a runner who stands.
/// Such steps have no direction, and projected on any they would add up.
fn shuffles(known: &[Known], k: usize, around: Option<(usize, usize)>, diffusion_m2ps: f64) -> bool {
    let (from, to) = around.unwrap_or((k - 1, k));
    let span_s = known[to].t_s - known[from].t_s;
    let error_m2 = SHUFFLE_DEVIATIONS * SHUFFLE_DEVIATIONS * 2.0 * diffusion_m2ps * span_s;
    let (dx, dy) = known[from].at.to(known[to].at);
    dx * dx + dy * dy < error_m2.min((SHUFFLE_MPS * span_s).powi(2))
}

/// How far the way strays from the chord: in the middle, and half way on both sides, where the chord of an S strays.
fn aside_m(known: &[Known], from: usize, k: usize, to: usize) -> f64 {
    let start = known[from].at;
    let (cx, cy) = start.to(known[to].at);
    let chord_m = start.distance_m(known[to].at).max(1e-9);
    let off_m = |p: Point| {
        let (px, py) = start.to(p);
        (cx * py - cy * px) / chord_m
    };
    let middle = (off_m(known[k - 1].at) + off_m(known[k].at)) / 2.0;
    middle.abs().max(off_m(known[(from + k) / 2].at).abs()).max(off_m(known[(k + to) / 2].at).abs())
}

/// A long step, lengthened for the bends between its ends as the turn from the step before to the step after tells, and
/// shortened by D dt / 2c, which the fixes' own error adds to its chord c.
fn long_step_m(
    known: &[Known],
    k: usize,
    straight_m: f64,
    speeds_mps: &[Option<f64>],
    diffusion_m2ps: f64,
) -> f64 {
    let dt_s = known[k].t_s - known[k - 1].t_s;
    let excess_m = (diffusion_m2ps * dt_s / (2.0 * straight_m)).min(0.2 * straight_m);
    let direction = |i: usize| {
        let (dx, dy) = known[i - 1].at.to(known[i].at);
        ((dx, dy) != (0.0, 0.0) && known[i].t_s - known[i - 1].t_s <= HOLE_S).then(|| dy.atan2(dx))
    };
    let around = (k >= 2 && k + 1 < known.len()).then(|| direction(k - 1).zip(direction(k + 1))).flatten();
    let turn = around.map_or(0.0, |(a, b)| turn_rad(b - a).abs());
    if turn > SHARP_RAD {
        return corner_m(known, k, straight_m, speeds_mps);
    }
    // What the fixes' error makes of the directions is no turn.
    let noise_rad2 = 2.0 * diffusion_m2ps * dt_s / (straight_m * straight_m);
    straight_m * (1.0 + TURN_SHARE * (turn * turn - noise_rad2).max(0.0)) - excess_m
}

/// A step in a sharp corner. Fixes cut it, by a watch's filter or because there is none at the corner itself, so the
/// speed counts: the device's, or that before and after. The way round a right angle is 1.41 times the chord.
fn corner_m(known: &[Known], k: usize, straight_m: f64, speeds_mps: &[Option<f64>]) -> f64 {
    let dt_s = known[k].t_s - known[k - 1].t_s;
    let device = speeds_mps[known[k - 1].index].zip(speeds_mps[known[k].index]).map(|(a, b)| (a + b) / 2.0);
    let around = || {
        let speed = |from: usize, to: usize| {
            let span_s = known[to].t_s - known[from].t_s;
            (span_s > 0.0).then(|| known[from].at.distance_m(known[to].at) / span_s)
        };
        let near = |t_s: f64| (t_s - known[k].t_s).abs() < AROUND_S.1;
        let away = |t_s: f64| (t_s - known[k].t_s).abs() > AROUND_S.0;
        let before = known[..k].iter().rposition(|f| away(f.t_s))?;
        let first = known[..=before].iter().rposition(|f| !near(f.t_s)).map_or(0, |i| i + 1).min(before);
        let after = k + known[k..].iter().position(|f| away(f.t_s))?;
        let last = (after + known[after..].iter().take_while(|f| near(f.t_s)).count()).min(known.len() - 1);
        // A runner slows a little in a corner.
        Some(0.97 * (speed(first.min(before.saturating_sub(1)), before)? + speed(after, last)?) / 2.0)
    };
    match device.or_else(around) {
        Some(mps) => (mps * dt_s).clamp(straight_m, 1.42 * straight_m),
        None => straight_m,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(points: &[(f64, f64)]) -> Vec<f64> {
        lay_with(points, 0.2)
    }

    fn lay_with(points: &[(f64, f64)], diffusion_m2ps: f64) -> Vec<f64> {
        let known: Vec<Known> = points
            .iter()
            .enumerate()
            .map(|(index, &(x_m, y_m))| Known { index, t_s: index as f64, at: Point { x_m, y_m } })
            .collect();
        lay_out(&known, &vec![None; points.len()], None, diffusion_m2ps, &[])
            .along_m
            .into_iter()
            .flatten()
            .collect()
    }

    #[test]
    fn a_zigzag_about_a_line_is_as_long_as_the_line() {
        let points: Vec<_> =
            (0..101).map(|k| (4.0 * k as f64, if k % 2 == 0 { 0.3 } else { -0.3 })).collect();
        let along = lay(&points);
        assert!((along[100] - 400.0).abs() < 2.0, "{}", along[100]);
    }

    #[test]
    fn a_right_angle_is_not_cut() {
        let corner: Vec<_> = (0..41)
            .map(|k| if k <= 20 { (4.0 * k as f64, 0.0) } else { (80.0, 4.0 * (k - 20) as f64) })
            .collect();
        assert!((lay(&corner)[40] - 160.0).abs() < 2.5, "{}", lay(&corner)[40]);
    }

    #[test]
    fn there_and_back_on_one_line_is_twice_as_long() {
        let points: Vec<_> = (0..81).map(|k| (160.0 - (4.0 * (f64::from(k) - 40.0)).abs(), 0.0)).collect();
        let along_m = lay_with(&points, 0.01)[80];
        assert!((along_m - 320.0).abs() < 2.0, "{along_m}");
    }

    #[test]
    fn a_hole_hides_a_lap_only_where_the_speed_says_so() {
        assert_eq!(round_step_m(5.0, 400.0, 390.0), 405.0);
        assert_eq!(round_step_m(5.0, 400.0, 210.0), 5.0);
        assert_eq!(round_step_m(-5.0, 400.0, 60.0), -5.0);
    }

    #[test]
    fn one_place_is_no_way() {
        assert_eq!(lay(&[(1.0, 1.0); 5]), [0.0; 5]);
    }
}
