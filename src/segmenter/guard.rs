//! Takes out what cannot be true: fixes thrown far away, and stretches faster than any human runs.
//!
//! Every repair is listed, and a window that touches a wall is no mile.

use super::plane::Point;
use super::window::{Window, merge};
use crate::activity::Sport;

/// What was taken out, and why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Repair {
    pub(crate) start_s: f64,
    pub(crate) end_s: f64,
    pub(crate) reason: Reason,
    /// Samples concerned.
    pub(crate) count: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Fixes far from those before and after them; they were dropped and the way was bridged.
    Jump,
    /// A leap from one place to another that never came back; no effort may span it.
    Leap,
    /// Faster for longer than any human has run: a vehicle. No effort may touch it.
    Vehicle,
    /// No samples for a minute and more, in which the place changed: nobody knows what was run. No effort may touch it.
    Gap,
    /// The device's speed was more than a human reaches; that value was dropped.
    Speed,
}

/// What is possible in a sport.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    /// The greatest speed; a step of a good fix is at most this plus `FIX_SLACK_M`.
    top_mps: f64,
    /// Durations in seconds and the greatest mean speed that anyone has held so long.
    held: &'static [(f64, f64)],
    /// The shortest time of a mile, seconds.
    pub(crate) record_s: f64,
}

const FIX_SLACK_M: f64 = 12.0;
/// No sprinter has gone faster (12.4 m/s); means have 4 % to spare for the noise (200 m in 19.19 s, 400 m in 43.03 s,
/// 800 m in 100.91 s, 1500 m in 206.0 s); the mile is El Guerrouj's, Rome 1999.
pub(crate) const RUNNING: Limits = Limits {
    top_mps: 12.5,
    held: &[(20.0, 10.8), (43.0, 9.7), (100.0, 8.25), (206.0, 7.57)],
    record_s: 223.13,
};
/// Wheels, skis and water: nothing is known of the sport but that it has no engine. Descents reach 40 m/s.
const ANY_SPORT: Limits = Limits { top_mps: 40.0, held: &[], record_s: 0.0 };

impl Limits {
    pub(crate) fn of(sport: &Sport) -> Limits {
        match sport {
            Sport::Running | Sport::Unknown => RUNNING,
            Sport::Other(_) => ANY_SPORT,
        }
    }
}

/// Accepting an impossible step costs as much as dropping a piece of this duration.
const LEAP_COST_S: f64 = 40.0;
/// A piece may be joined to one of this many before it; more breaks in a row are noise without end.
const LOOK_BACK: usize = 12;

/// Drops thrown fixes from `fixes` and says so; then finds the stretches that belong to a vehicle.
pub(crate) fn screen(
    times_s: &[f64],
    fixes: &mut [Option<Point>],
    limits: Limits,
) -> (Vec<Repair>, Vec<Window>) {
    let mut repairs = Vec::new();
    let mut walls = Vec::new();
    drop_thrown(times_s, fixes, limits.top_mps, &mut repairs, &mut walls);
    let holes = gaps(times_s, fixes);
    for &wall in &holes {
        repairs.push(Repair { start_s: wall.start_s, end_s: wall.end_s, reason: Reason::Gap, count: 1 });
        walls.push(wall);
    }
    let unknown = merge(walls.clone(), 0.0);
    for wall in vehicles(times_s, fixes, limits.held, &unknown, &holes) {
        let from = times_s.partition_point(|&t| t < wall.start_s);
        let count = times_s.partition_point(|&t| t <= wall.end_s) - from;
        repairs.push(Repair { start_s: wall.start_s, end_s: wall.end_s, reason: Reason::Vehicle, count });
        walls.push(wall);
    }
    // In order and apart, so that a window finds the walls it meets without a look at all of them.
    (repairs, merge(walls, 0.0))
}

/// Drops device speeds that nobody reaches.
pub(crate) fn screen_speeds(
    times_s: &[f64],
    speeds_mps: &mut [Option<f64>],
    limits: Limits,
) -> Option<Repair> {
    let mut dropped: Option<Repair> = None;
    for (&t, speed) in times_s.iter().zip(speeds_mps) {
        if speed.is_some_and(|v| !(0.0..=limits.top_mps).contains(&v)) {
            *speed = None;
            let r = dropped.get_or_insert(Repair { start_s: t, end_s: t, reason: Reason::Speed, count: 0 });
            r.end_s = t;
            r.count += 1;
        }
    }
    dropped
}

/// A hole in the recording this long, over which the runner came this far, is no running that anyone saw.
const GAP_S: f64 = 60.0;
const GAP_M: f64 = 150.0;

/// The holes between known fixes that a straight line would bridge with running nobody recorded.
fn gaps(times_s: &[f64], fixes: &[Option<Point>]) -> Vec<Window> {
    let mut gaps = Vec::new();
    let mut last: Option<(f64, Point)> = None;
    for (&t_s, point) in times_s.iter().zip(fixes).filter_map(|(t_s, fix)| fix.map(|point| (t_s, point))) {
        if let Some((last_s, from)) = last
            && t_s - last_s > GAP_S
            && from.distance_m(point) > GAP_M
        {
            gaps.push(Window { start_s: last_s, end_s: t_s });
        }
        last = Some((t_s, point));
    }
    gaps
}

/// A run of fixes without an impossible step inside: indices into the list of fixes, both included.
struct Piece {
    first: usize,
    last: usize,
}

/// Cuts the way at impossible steps and keeps the chain of pieces that explains most of the time.
fn drop_thrown(
    times_s: &[f64],
    fixes: &mut [Option<Point>],
    top_mps: f64,
    repairs: &mut Vec<Repair>,
    walls: &mut Vec<Window>,
) {
    let known: Vec<(usize, f64, Point)> =
        fixes.iter().enumerate().filter_map(|(i, f)| f.map(|p| (i, times_s[i], p))).collect();
    let pieces = cut(&known, top_mps);
    if pieces.len() < 2 {
        return;
    }
    let kept = best_chain(&known, &pieces, top_mps);
    let mut previous: Option<&Piece> = None;
    for (piece, keep) in pieces.iter().zip(&kept) {
        let (start_s, end_s) = (known[piece.first].1, known[piece.last].1);
        if !keep {
            for &(i, ..) in &known[piece.first..=piece.last] {
                fixes[i] = None;
            }
            repairs.push(Repair {
                start_s,
                end_s,
                reason: Reason::Jump,
                count: piece.last - piece.first + 1,
            });
            continue;
        }
        if let Some(before) = previous.filter(|b| !joins(known[b.last], known[piece.first], top_mps)) {
            let from_s = known[before.last].1;
            repairs.push(Repair { start_s: from_s, end_s: start_s, reason: Reason::Leap, count: 1 });
            walls.push(Window { start_s: from_s, end_s: start_s });
        }
        previous = Some(piece);
    }
}

/// Cuts where a step is faster than a human and out of proportion to the steps on both sides: a car speeds up bit by bit.
fn cut(known: &[(usize, f64, Point)], top_mps: f64) -> Vec<Piece> {
    let speed_mps =
        |pair: &[(usize, f64, Point)]| pair[0].2.distance_m(pair[1].2) / (pair[1].1 - pair[0].1).max(0.5);
    let steps_mps: Vec<f64> = known.windows(2).map(speed_mps).collect();
    let mut pieces = Vec::new();
    let mut first = 0;
    for k in 0..known.len() {
        let step = steps_mps.get(k).copied();
        let breaks = step.is_some_and(|v| {
            // Both neighbours of a step in a moving car are fast; beside a thrown fix one is not.
            let around = [k.checked_sub(1), Some(k + 1)].map(|j| j.and_then(|j| steps_mps.get(j)).copied());
            let slower = around.into_iter().flatten().fold(f64::INFINITY, f64::min);
            (slower.is_infinite() || v > 1.5 * slower + 8.0) && !joins(known[k], known[k + 1], top_mps)
        });
        if breaks || step.is_none() {
            pieces.push(Piece { first, last: k });
            first = k + 1;
        }
    }
    pieces
}

fn joins(a: (usize, f64, Point), b: (usize, f64, Point), top_mps: f64) -> bool {
    a.2.distance_m(b.2) <= top_mps * (b.1 - a.1) + FIX_SLACK_M
}

/// The chain of pieces with the greatest duration, less `LEAP_COST_S` for every impossible join in it.
fn best_chain(known: &[(usize, f64, Point)], pieces: &[Piece], top_mps: f64) -> Vec<bool> {
    // A piece of one fix counts a second, so that a lone good fix is worth keeping.
    let worth = |p: &Piece| known[p.last].1 - known[p.first].1 + 1.0;
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(pieces.len());
    for (k, piece) in pieces.iter().enumerate() {
        let mut choice = (-LEAP_COST_S.min(known[piece.first].1), None);
        for (j, before) in pieces[..k].iter().enumerate().skip(k.saturating_sub(LOOK_BACK)) {
            let cost = if joins(known[before.last], known[piece.first], top_mps) { 0.0 } else { LEAP_COST_S };
            if best[j].0 - cost > choice.0 {
                choice = (best[j].0 - cost, Some(j));
            }
        }
        best.push((choice.0 + worth(piece), choice.1));
    }
    let mut kept = vec![false; pieces.len()];
    let mut at = (0..best.len()).max_by(|&a, &b| best[a].0.total_cmp(&best[b].0));
    while let Some(k) = at {
        kept[k] = true;
        at = best[k].1;
    }
    kept
}

/// Between two stretches of a drive less than this apart, the runner did not get out.
const SAME_DRIVE_S: f64 = 180.0;
/// Slower than the limits, and too fast for so long for someone who has just left a car or is about to enter one.
const IN_TRAFFIC_S: f64 = 20.0;
const IN_TRAFFIC_MPS: f64 = 6.6;
/// Before and after the impossible stretch, a car that gathers speed is as slow as a runner for at most so long.
const DRIVE_MARGIN_S: f64 = 60.0;

/// The stretches faster than anyone has `held`, widened to where the vehicle stood; over `unknown` ones nobody saw a way.
fn vehicles(
    times_s: &[f64],
    fixes: &[Option<Point>],
    held: &[(f64, f64)],
    unknown: &[Window],
    holes: &[Window],
) -> Vec<Window> {
    let (mut time, mut way_m) = (Vec::with_capacity(fixes.len()), Vec::with_capacity(fixes.len()));
    let mut last: Option<(f64, Point)> = None;
    let (mut total_m, mut fastest_mps) = (0.0, 0.0);
    let mut leaps = unknown.iter().peekable();
    for (&t_s, point) in times_s.iter().zip(fixes).filter_map(|(t_s, fix)| fix.map(|point| (t_s, point))) {
        // Nobody drove a leap.
        let leapt = leaps.next_if(|leap| leap.end_s <= t_s).is_some();
        if let Some((last_s, from)) = last.filter(|_| !leapt) {
            let step_m = from.distance_m(point);
            total_m += step_m;
            fastest_mps = f64::max(fastest_mps, step_m / (t_s - last_s));
        }
        time.push(t_s);
        way_m.push(total_m);
        last = Some((t_s, point));
    }
    let mut walls: Vec<Window> = Vec::new();
    // A speed that no step reached was not held for long.
    for &(span_s, limit_mps) in held.iter().filter(|(_, limit_mps)| *limit_mps < fastest_mps) {
        let mut i = 0;
        for j in 0..time.len() {
            while i < j && time[j] - time[i + 1] >= span_s {
                i += 1;
            }
            let dt = time[j] - time[i];
            if dt >= span_s && way_m[j] - way_m[i] > limit_mps * dt {
                // Only the second half: at the edge of a fast stretch a window is fast on one side alone.
                walls.push(Window { start_s: time[i], end_s: time[j] });
            }
        }
    }
    let mut walls: Vec<Window> =
        merge(walls, 0.0).into_iter().map(|wall| widen(wall, &time, &way_m)).collect();
    if !walls.is_empty() {
        // Who drives once may have driven where nothing was recorded.
        let near: Vec<Window> = walls.iter().chain(unknown).copied().collect();
        walls.extend(fast_near(&near, &time, &way_m));
        // A hole beside a drive in which the place changed was most likely driven too: somebody pressed stop in the car.
        walls = [reached(&walls, holes.to_vec()), walls].concat();
    }
    merge(walls, SAME_DRIVE_S)
}

/// What is as fast as a race just before or after a drive belongs to it: a car in traffic. Found outwards, a stretch at a
/// time.
fn fast_near(walls: &[Window], time: &[f64], way_m: &[f64]) -> Vec<Window> {
    let speed_mps = |i: usize, j: usize| (way_m[j] - way_m[i]) / (time[j] - time[i]).max(1.0);
    let mut i = 0;
    let mut fast: Vec<Window> = Vec::new();
    for j in 0..time.len() {
        while i + 1 < j && time[j] - time[i + 1] >= IN_TRAFFIC_S {
            i += 1;
        }
        if time[j] - time[i] >= IN_TRAFFIC_S && speed_mps(i, j) > IN_TRAFFIC_MPS {
            fast.push(Window { start_s: time[i], end_s: time[j] });
        }
    }
    reached(walls, merge(fast, 0.0))
}

/// Those of `stretches` that belong to the drives.
///
/// Each is looked at with the drive that is nearest in time: once forwards, once backwards, so that each accepted one
/// reaches the next.
fn reached(drives: &[Window], stretches: Vec<Window>) -> Vec<Window> {
    let mut parts: Vec<Part> = stretches
        .into_iter()
        .map(|window| Part { window, known: false, driven: false })
        .chain(drives.iter().map(|&window| Part { window, known: true, driven: true }))
        .collect();
    parts.sort_by(|a, b| a.window.start_s.total_cmp(&b.window.start_s));
    let mut reach_s = f64::NEG_INFINITY;
    for part in &mut parts {
        part.driven |= part.window.start_s - reach_s < SAME_DRIVE_S;
        reach_s = if part.driven { reach_s.max(part.window.end_s) } else { reach_s };
    }
    let mut reach_s = f64::INFINITY;
    for part in parts.iter_mut().rev() {
        part.driven |= reach_s - part.window.end_s < SAME_DRIVE_S;
        reach_s = if part.driven { reach_s.min(part.window.start_s) } else { reach_s };
    }
    parts.into_iter().filter(|part| part.driven && !part.known).map(|part| part.window).collect()
}

/// A stretch that may belong to a drive, or one that is known to.
struct Part {
    window: Window,
    known: bool,
    driven: bool,
}

/// Trims a wall to the part faster than a run and widens it to where the vehicle stood still.
fn widen(wall: Window, time: &[f64], way_m: &[f64]) -> Window {
    let speed_mps = |k: usize| {
        let (a, b) = (k.saturating_sub(3), (k + 3).min(time.len() - 1));
        (way_m[b] - way_m[a]) / (time[b] - time[a]).max(1.0)
    };
    let first = time.partition_point(|&t| t < wall.start_s).min(time.len() - 1);
    let last = time.partition_point(|&t| t <= wall.end_s).saturating_sub(1);
    // The first sample inside that is really fast, and from there back to a standstill.
    let mut a = (first..=last).find(|&k| speed_mps(k) > 7.0).unwrap_or(first);
    let mut b = (first..=last).rev().find(|&k| speed_mps(k) > 7.0).unwrap_or(last);
    let (from_s, to_s) = (time[a], time[b]);
    while a > 0 && speed_mps(a) > 2.0 && from_s - time[a] < DRIVE_MARGIN_S {
        a -= 1;
    }
    while b + 1 < time.len() && speed_mps(b) > 2.0 && time[b] - to_s < DRIVE_MARGIN_S {
        b += 1;
    }
    Window { start_s: time[a], end_s: time[b] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn straight(n: usize, speed_mps: f64) -> (Vec<f64>, Vec<Option<Point>>) {
        let times = (0..n).map(|k| k as f64).collect();
        (times, (0..n).map(|k| Some(Point { x_m: speed_mps * k as f64, y_m: 0.0 })).collect())
    }

    #[test]
    fn ten_thrown_fixes_are_dropped_and_nothing_else() {
        let (times, mut fixes) = straight(200, 5.0);
        for f in &mut fixes[100..110] {
            *f = f.map(|p| Point { x_m: p.x_m, y_m: p.y_m + 120.0 });
        }
        let (repairs, walls) = screen(&times, &mut fixes, RUNNING);
        assert_eq!(repairs, [Repair { start_s: 100.0, end_s: 109.0, reason: Reason::Jump, count: 10 }]);
        assert!(walls.is_empty());
        assert_eq!(fixes.iter().filter(|f| f.is_none()).count(), 10);
    }

    #[test]
    fn a_lasting_leap_is_a_wall() {
        let (times, mut fixes) = straight(400, 4.0);
        for f in &mut fixes[200..] {
            *f = f.map(|p| Point { x_m: p.x_m, y_m: 500.0 });
        }
        let (repairs, walls) = screen(&times, &mut fixes, RUNNING);
        assert_eq!(repairs.len(), 1);
        assert_eq!(walls, [Window { start_s: 199.0, end_s: 200.0 }]);
    }

    #[test]
    fn a_record_is_no_vehicle_but_a_car_is() {
        let (times, mut fixes) = straight(300, 7.3);
        assert!(screen(&times, &mut fixes, RUNNING).1.is_empty());
        let (times, mut fixes) = straight(300, 13.0);
        assert_eq!(screen(&times, &mut fixes, RUNNING).1, [Window { start_s: 0.0, end_s: 299.0 }]);
        let (times, mut fixes) = straight(300, 13.0);
        let cycling = Limits::of(&Sport::Other("cycling".into()));
        assert!(screen(&times, &mut fixes, cycling).1.is_empty(), "a cyclist may");
    }

    #[test]
    fn a_car_in_traffic_belongs_to_the_drive() {
        let speeds = [(600, 3.0), (90, 7.4), (100, 1.0), (200, 13.0), (120, 0.0), (60, 7.0), (600, 3.0)];
        let mut x_m = 0.0;
        let mut fixes = vec![Some(Point { x_m, y_m: 0.0 })];
        for (seconds, mps) in speeds {
            fixes.extend((0..seconds).map(|_| {
                x_m += mps;
                Some(Point { x_m, y_m: 0.0 })
            }));
        }
        let times: Vec<f64> = (0..fixes.len()).map(|k| k as f64).collect();
        let walls = screen(&times, &mut fixes, RUNNING).1;
        assert_eq!(walls.len(), 1, "{walls:?}");
        assert!(walls[0].start_s < 620.0 && walls[0].end_s > 1150.0, "{walls:?}");
        assert!(walls[0].start_s > 570.0 && walls[0].end_s < 1200.0, "{walls:?}");
    }

    #[test]
    fn a_hole_beside_a_drive_was_driven() {
        // A drive, ten minutes without a sample over 2.4 km, a walk; and an hour later another hole.
        let mut track: Vec<(f64, f64)> = (0..200).map(|k| (f64::from(k), 13.0 * f64::from(k))).collect();
        let walk =
            |from_s: f64, from_m: f64| (0..3600).map(move |k| (from_s + f64::from(k), from_m + f64::from(k)));
        track.extend(walk(800.0, 5000.0));
        track.extend(walk(5000.0, 9800.0));
        let times: Vec<f64> = track.iter().map(|(t_s, _)| *t_s).collect();
        let mut fixes: Vec<_> = track.iter().map(|(_, x_m)| Some(Point { x_m: *x_m, y_m: 0.0 })).collect();
        let (repairs, _) = screen(&times, &mut fixes, RUNNING);
        let of = |reason| repairs.iter().filter(move |repair| repair.reason == reason);
        let spans = |reason| of(reason).map(|repair| (repair.start_s, repair.end_s)).collect::<Vec<_>>();
        assert_eq!(spans(Reason::Gap), [(199.0, 800.0), (4399.0, 5000.0)]);
        assert_eq!(spans(Reason::Vehicle), [(0.0, 800.0)], "what lies an hour from the drive is not known");
    }

    #[test]
    fn a_long_hole_with_a_change_of_place_is_a_wall() {
        let (mut times, mut fixes) = straight(200, 4.0);
        times[100..].iter_mut().for_each(|t| *t += 300.0);
        assert!(screen(&times, &mut fixes, RUNNING).1.is_empty(), "a pause in one place is none");
        for fix in &mut fixes[100..] {
            *fix = fix.map(|p| Point { x_m: p.x_m + 800.0, y_m: p.y_m });
        }
        assert_eq!(screen(&times, &mut fixes, RUNNING).1, [Window { start_s: 99.0, end_s: 400.0 }]);
    }

    #[test]
    fn nothing_and_one_fix_are_fine() {
        assert!(screen(&[], &mut [], RUNNING).0.is_empty());
        assert!(screen(&[0.0], &mut [Some(Point { x_m: 0.0, y_m: 0.0 })], RUNNING).0.is_empty());
    }
}
