//! The mile on the ground, for drawing: where the positions lay, and where the measured way runs.
//!
//! Everything is turned so that a picture wider than high is filled: a track lies with its straights level, a road
//! along its main direction. `north_rad` says where north went.

use super::distance::DistanceTrack;
use super::mile::TimedMile;
use super::oval::Oval;
use super::plane::{self, Point};
use super::prepare::Prepared;
use crate::activity::Samples;

/// A mile seen from above. Places are metres to the right and upwards.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct MileTrace {
    /// The positions as the device recorded them.
    pub raw: Vec<(f64, f64)>,
    /// The way between the positions: place, and metres from the mile's start.
    pub way: Vec<(f64, f64, f64)>,
    /// The track that the mile was measured on.
    pub oval: Option<OvalTrace>,
    /// The direction of north, radians counter-clockwise from the right.
    pub north_rad: f64,
}

/// The line that was run on a track, its centre at 0, 0 and its straights level.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct OvalTrace {
    /// Length of a straight in metres.
    pub straight_m: f64,
    /// Radius of the bends in metres.
    pub radius_m: f64,
    /// Where the mile began: metres along the line, counter-clockwise from the left end of the lower straight.
    pub start_m: f64,
    /// Metres along the line for a metre of the mile; negative where it was run clockwise.
    pub along_per_m: f64,
}

impl OvalTrace {
    /// Metres of the mile for a whole lap.
    pub fn lap_m(&self) -> f64 {
        (2.0 * self.straight_m + std::f64::consts::TAU * self.radius_m) / self.along_per_m.abs().max(1e-9)
    }

    /// The place on the line a number of metres from the mile's start, moved `outside_m` outwards.
    pub fn place(&self, distance_m: f64, outside_m: f64) -> (f64, f64) {
        use std::f64::consts::PI;
        let bend_m = PI * self.radius_m;
        let half_m = self.straight_m + bend_m;
        let along_m = (self.start_m + self.along_per_m * distance_m).rem_euclid(2.0 * half_m);
        let (side, rest_m) = if along_m < half_m { (1.0, along_m) } else { (-1.0, along_m - half_m) };
        let out_m = self.radius_m + outside_m;
        let (x, y) = if rest_m <= self.straight_m {
            (rest_m - 0.5 * self.straight_m, -out_m)
        } else {
            let turn = (rest_m - self.straight_m) / self.radius_m - 0.5 * PI;
            (0.5 * self.straight_m + out_m * turn.cos(), out_m * turn.sin())
        };
        (side * x, side * y)
    }
}

impl Prepared {
    /// Whether what was recorded at a moment was left out as impossible.
    fn was_repaired(&self, elapsed_s: f64) -> bool {
        self.repairs.iter().any(|repair| (repair.start_s..=repair.end_s).contains(&elapsed_s))
    }
}

impl MileTrace {
    /// The trace of a mile; `None` where it has no positions.
    pub(super) fn of(
        samples: &Samples,
        prepared: &Prepared,
        track: &DistanceTrack,
        mile: &TimedMile,
    ) -> Option<MileTrace> {
        if prepared.recorded_only {
            return None;
        }
        let from_m = track.distance_at(mile.start_s);
        let inside = |t_s: &f64| (mile.start_s..=mile.end_s()).contains(t_s);
        let fixes: Vec<Fix> = plane::unroll(samples)
            .into_iter()
            .zip(&samples.elapsed_s)
            .enumerate()
            .filter(|(_, (_, t_s))| inside(t_s))
            .filter_map(|(row, (at, &t_s))| {
                Some(Fix { row, at: at?, distance_m: track.distance_at(t_s) - from_m })
            })
            .collect();
        if fixes.len() < 8 {
            return None;
        }
        let on_track = prepared.lap_of(super::window::Window { start_s: mile.start_s, end_s: mile.end_s() });
        match prepared.oval.as_ref().filter(|_| on_track.is_some()) {
            Some(oval) => Some(on_oval(&fixes, oval)),
            None => Some(on_road(&fixes, |fix| !prepared.was_repaired(samples.elapsed_s[fix.row]))),
        }
    }
}

struct Fix {
    row: usize,
    at: Point,
    distance_m: f64,
}

fn on_oval(fixes: &[Fix], oval: &Oval) -> MileTrace {
    let shape = &oval.shape;
    let lap_m = shape.lap_length_m();
    let placed = || fixes.iter().filter_map(|fix| Some((fix, (*oval.places.get(fix.row)?)?)));
    let count = placed().count().max(1) as f64;
    let stretch = (placed().map(|(_, place)| place.stretch).sum::<f64>() / count).max(0.5);
    // Where on the lap the mile began, as a mean on the circle: every fix says where, less the way run until then.
    let turn = std::f64::consts::TAU / lap_m;
    let (sin, cos) = placed()
        .map(|(fix, place)| (turn * (place.along_m - fix.distance_m / stretch)).sin_cos())
        .fold((0.0, 0.0), |sum, angle| (sum.0 + angle.0, sum.1 + angle.1));
    let start_m = sin.atan2(cos) / turn;
    let line = OvalTrace {
        straight_m: shape.straight_m,
        radius_m: shape.radius_m,
        start_m: if oval.sense > 0.0 { start_m } else { -start_m },
        along_per_m: oval.sense.signum() / stretch,
    };
    let way = fixes.iter().map(|fix| {
        let (x, y) = line.place(fix.distance_m, 0.0);
        (x, y, fix.distance_m)
    });
    let level = shape.sin().atan2(shape.cos());
    MileTrace {
        raw: fixes.iter().map(|fix| shape.axes(fix.at)).collect(),
        way: way.collect(),
        oval: Some(line),
        north_rad: std::f64::consts::FRAC_PI_2 - level,
    }
}

/// To both sides, how many fixes the drawn way is the mean of.
const REACH: usize = 2;

/// The way leaves out the fixes that are not `sound`; the positions as recorded do not.
fn on_road(fixes: &[Fix], sound: impl Fn(&Fix) -> bool) -> MileTrace {
    let count = fixes.len() as f64;
    let mean = |of: &dyn Fn(&Fix) -> f64| fixes.iter().map(of).sum::<f64>() / count;
    let (x0, y0) = (mean(&|f| f.at.x_m), mean(&|f| f.at.y_m));
    let moment = |of: &dyn Fn(f64, f64) -> f64| mean(&|f| of(f.at.x_m - x0, f.at.y_m - y0));
    let (xx, yy, xy) = (moment(&|x, _| x * x), moment(&|_, y| y * y), moment(&|x, y| x * y));
    let level = 0.5 * (2.0 * xy).atan2(xx - yy);
    let (sin, cos) = level.sin_cos();
    let turned = |at: Point| {
        let (x, y) = (at.x_m - x0, at.y_m - y0);
        (cos * x + sin * y, cos * y - sin * x)
    };
    let raw: Vec<(f64, f64)> = fixes.iter().map(|fix| turned(fix.at)).collect();
    let kept: Vec<((f64, f64), f64)> = fixes
        .iter()
        .zip(&raw)
        .filter(|(fix, _)| sound(fix))
        .map(|(fix, &place)| (place, fix.distance_m))
        .collect();
    let way = (0..kept.len()).map(|i| {
        let around = &kept[i.saturating_sub(REACH)..(i + REACH + 1).min(kept.len())];
        let sum = around.iter().fold((0.0, 0.0), |sum, (p, _)| (sum.0 + p.0, sum.1 + p.1));
        let n = around.len() as f64;
        (sum.0 / n, sum.1 / n, kept[i].1)
    });
    let way = way.collect();
    MileTrace { raw, way, oval: None, north_rad: std::f64::consts::FRAC_PI_2 - level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_followed_both_ways_round() {
        let line = OvalTrace { straight_m: 84.39, radius_m: 36.8, start_m: 0.0, along_per_m: 1.0 };
        let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01;
        assert!(near(line.place(0.0, 0.0), (-42.195, -36.8)));
        assert!(near(line.place(42.195, 1.0), (0.0, -37.8)));
        assert!(near(line.place(84.39 + 36.8 * std::f64::consts::FRAC_PI_2, 0.0), (78.995, 0.0)));
        assert!(near(line.place(200.0, 0.0), (42.195, 36.8)));
        let back = OvalTrace { along_per_m: -1.0, ..line };
        assert!(near(back.place(400.001 - 42.195, 0.0), (0.0, -36.8)));
    }

    #[test]
    fn a_road_is_laid_level() {
        let fixes: Vec<Fix> = (0..50)
            .map(|i| {
                let m = f64::from(i) * 10.0;
                Fix { row: i as usize, at: Point { x_m: 0.0, y_m: m }, distance_m: m }
            })
            .collect();
        let trace = on_road(&fixes, |_| true);
        assert!(trace.raw.iter().all(|p| p.1.abs() < 1e-9) && trace.raw[0].0 < -200.0, "{:?}", trace.raw[0]);
        // The road ran north, so north lies to the right.
        assert!(trace.north_rad.abs() < 1e-9);
    }
}
