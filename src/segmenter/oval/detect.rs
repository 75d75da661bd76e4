//! Finds the laps in a recording: places to which the runner came back, in the same direction, after a lap's length.
//!
//! The way is thinned to a node every `NODE_M`, so that neither standing still nor the sampling matters.

use super::lane::{self, Lanes};
use crate::segmenter::plane::{Point, wrapped};
use std::f64::consts::PI;
use std::ops::Range;

/// Seconds and places of a stretch that may have been run on a track.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// Seconds of the laps, apart and in order.
    pub(crate) stretches_s: Vec<(f64, f64)>,
    pub(crate) centre: Point,
    /// Direction of the long axis, radians from east.
    pub(crate) angle_rad: f64,
    /// Half the extent along and across.
    pub(crate) half_extent_m: (f64, f64),
}

/// The dimensions of a kind of track.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// Way from a place back to it, with what noise adds.
    pub(crate) lap_m: (f64, f64),
    pub(crate) long_m: (f64, f64),
    pub(crate) wide_m: (f64, f64),
    /// How near the place must be to count as the same, and how far apart two laps' centres may be.
    pub(crate) near_m: f64,
    /// The laps that must be run before it is taken for a track and not for a way round some houses.
    pub(crate) least_laps: f64,
    /// What the fit must find: straights, radius of the line, lap, and the greatest scatter across it.
    pub(crate) straight_m: (f64, f64),
    pub(crate) radius_m: (f64, f64),
    pub(crate) fitted_lap_m: (f64, f64),
    pub(crate) most_scatter_m: f64,
    /// How its lanes are measured.
    pub(crate) lanes: Lanes,
}

/// 400 m tracks of all shapes in lanes 1 to 8; noise and a filter's cut bends widen the limits. The worst phones
/// scatter by 4 to 5 m.
pub(crate) const OUTDOOR: Kind = Kind {
    lap_m: (345.0, 540.0),
    long_m: (132.0, 196.0),
    wide_m: (54.0, 112.0),
    near_m: 22.0,
    least_laps: 0.0,
    straight_m: (68.0, 108.0),
    radius_m: (27.0, 50.0),
    fitted_lap_m: (370.0, 475.0),
    most_scatter_m: 6.0,
    lanes: lane::OUTDOOR,
};
/// 200 m tracks, as positions show them at best: under an open roof, or on a small field.
pub(crate) const INDOOR: Kind = Kind {
    lap_m: (180.0, 245.0),
    long_m: (66.0, 100.0),
    wide_m: (27.0, 56.0),
    near_m: 10.0,
    least_laps: 4.0,
    straight_m: (30.0, 65.0),
    radius_m: (12.0, 26.0),
    fitted_lap_m: (188.0, 240.0),
    most_scatter_m: 2.5,
    lanes: lane::INDOOR,
};

const NODE_M: f64 = 8.0;

/// A place on the way, some metres from the one before.
pub(crate) struct Node {
    t_s: f64,
    at: Point,
    way_m: f64,
    /// Direction of the way, over two nodes on each side, radians from east.
    heading_rad: f64,
}

struct Loop {
    from: usize,
    to: usize,
    centre: Point,
    angle_rad: f64,
    half_extent_m: (f64, f64),
}

/// The place where most laps of this kind were run, if there are any.
pub(crate) fn find(nodes: &[Node], kind: &Kind) -> Option<Candidate> {
    let loops = loops(nodes, kind);
    // The loop with most others around the same centre; a long run has thousands, so a sample of them votes.
    let step = loops.len() / 200 + 1;
    let best = loops.iter().step_by(step).max_by_key(|l| {
        loops.iter().step_by(step).filter(|o| o.centre.distance_m(l.centre) < kind.near_m).count()
    })?;
    let mut stretches_s: Vec<(f64, f64)> = Vec::new();
    for l in loops.iter().filter(|l| l.centre.distance_m(best.centre) < kind.near_m) {
        let (from_s, to_s) = (nodes[l.from].t_s, nodes[l.to].t_s);
        match stretches_s.last_mut().filter(|s| from_s <= s.1) {
            Some(s) => s.1 = s.1.max(to_s),
            None => stretches_s.push((from_s, to_s)),
        }
    }
    Some(Candidate {
        stretches_s,
        centre: best.centre,
        angle_rad: best.angle_rad,
        half_extent_m: best.half_extent_m,
    })
}

/// The way as nodes `NODE_M` and more apart.
pub(crate) fn thin(times_s: &[f64], fixes: &[Option<Point>]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for (&t_s, at) in times_s.iter().zip(fixes).filter_map(|(t, f)| f.map(|p| (t, p))) {
        match nodes.last() {
            None => nodes.push(Node { t_s, at, way_m: 0.0, heading_rad: 0.0 }),
            Some(last) => {
                let step_m = last.at.distance_m(at);
                if step_m >= NODE_M {
                    let way_m = last.way_m + step_m;
                    nodes.push(Node { t_s, at, way_m, heading_rad: 0.0 });
                }
            }
        }
    }
    for k in 0..nodes.len() {
        let (dx, dy) = nodes[k.saturating_sub(2)].at.to(nodes[(k + 2).min(nodes.len() - 1)].at);
        nodes[k].heading_rad = dy.atan2(dx);
    }
    nodes
}

/// Every place to which the way returns after a lap's length, in the same direction, round a loop of the kind's size.
fn loops(nodes: &[Node], kind: &Kind) -> Vec<Loop> {
    let mut loops = Vec::new();
    let (mut lo, mut hi) = (0, 0);
    // Half a straight between starts is plenty: every loop is looked at from many places.
    let mut next_m = 0.0;
    for i in 0..nodes.len() {
        if nodes[i].way_m < next_m {
            continue;
        }
        while lo < nodes.len() && nodes[lo].way_m < nodes[i].way_m + kind.lap_m.0 {
            lo += 1;
        }
        while hi < nodes.len() && nodes[hi].way_m < nodes[i].way_m + kind.lap_m.1 {
            hi += 1;
        }
        let back = way_back(nodes, i, lo..hi, kind.near_m);
        if let Some(found) = back.and_then(|j| measure(nodes, i, j, kind)) {
            loops.push(found);
            next_m = nodes[i].way_m + 40.0;
        }
    }
    loops
}

/// The node of a range that is nearest to node `i`, where one is near and the way goes in the same direction.
fn way_back(nodes: &[Node], i: usize, range: Range<usize>, near_m: f64) -> Option<usize> {
    let mut back: Option<(usize, f64)> = None;
    let mut j = range.start;
    while j < range.end {
        let away_m = nodes[i].at.distance_m(nodes[j].at);
        if away_m >= near_m {
            // However straight the way comes back, it is not near before it has gone on by the rest.
            let near_from_m = nodes[j].way_m + (away_m - near_m);
            j += 1;
            while j < range.end && nodes[j].way_m < near_from_m {
                j += 1;
            }
            continue;
        }
        let same_direction = turn(nodes[i].heading_rad, nodes[j].heading_rad).abs() < PI / 4.0;
        if same_direction && back.is_none_or(|(_, least_m)| away_m < least_m) {
            back = Some((j, away_m));
        }
        j += 1;
    }
    back.map(|(j, _)| j)
}

/// The loop from node `i` to node `j`, if it turns once and has the size of a track.
fn measure(nodes: &[Node], i: usize, j: usize, kind: &Kind) -> Option<Loop> {
    let part = &nodes[i..=j];
    let steps = part.windows(2).map(|pair| turn(pair[0].heading_rad, pair[1].heading_rad));
    let turned = steps.sum::<f64>() / (2.0 * PI);
    if (turned.abs() - 1.0).abs() > 0.25 {
        return None;
    }
    let n = part.len() as f64;
    let (mx, my) = part.iter().fold((0.0, 0.0), |m, p| (m.0 + p.at.x_m / n, m.1 + p.at.y_m / n));
    let (sxx, syy, sxy) = part.iter().fold((0.0, 0.0, 0.0), |s, p| {
        let (dx, dy) = (p.at.x_m - mx, p.at.y_m - my);
        (s.0 + dx * dx, s.1 + dy * dy, s.2 + dx * dy)
    });
    let angle_rad = 0.5 * (2.0 * sxy).atan2(sxx - syy);
    let (sin, cos) = angle_rad.sin_cos();
    let mut low = (f64::INFINITY, f64::INFINITY);
    let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for p in part {
        let (dx, dy) = (p.at.x_m - mx, p.at.y_m - my);
        let (a, b) = (cos * dx + sin * dy, cos * dy - sin * dx);
        low = (low.0.min(a), low.1.min(b));
        high = (high.0.max(a), high.1.max(b));
    }
    let (long_m, wide_m) = (high.0 - low.0, high.1 - low.1);
    let fits = |v: f64, limits: (f64, f64)| v >= limits.0 && v <= limits.1;
    if !fits(long_m, kind.long_m) || !fits(wide_m, kind.wide_m) {
        return None;
    }
    // The middle of the extent, not the mean: the nodes need not be even.
    let (ca, cb) = ((high.0 + low.0) / 2.0, (high.1 + low.1) / 2.0);
    let centre = Point { x_m: mx + cos * ca - sin * cb, y_m: my + sin * ca + cos * cb };
    Some(Loop { from: i, to: j, centre, angle_rad, half_extent_m: (long_m / 2.0, wide_m / 2.0) })
}

fn turn(from_rad: f64, to_rad: f64) -> f64 {
    wrapped(to_rad - from_rad + PI, 2.0 * PI) - PI
}
