//! Fits the oval to all laps: robust least squares over place, direction, straight and radius.
//!
//! Gauss-Newton on the distance of the fixes across the line, with Huber weights (Huber 1964) and a weak prior on the
//! shape, because a correlated error bends a short stretch of laps into any shape.

use super::shape::Shape;
use crate::segmenter::linear::solve_spd;
use crate::segmenter::plane::Point;

/// What the fit found and how sure it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    pub(crate) shape: Shape,
    /// Robust deviation of the fixes across the line in metres.
    pub(crate) scatter_m: f64,
    /// Standard deviation of the fitted lap length in metres, with the error's correlation reckoned in.
    pub(crate) lap_length_sd_m: f64,
}

/// Mean and deviation of a population of tracks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prior {
    pub(crate) straight_m: (f64, f64),
    pub(crate) radius_m: (f64, f64),
}

/// Straights of 78 to 100 m, mostly 84.39; lines of lane 1 to 8 from 33 to 46 m, mostly lane 1.
pub(crate) const OUTDOOR: Prior = Prior { straight_m: (84.39, 4.0), radius_m: (37.5, 3.0) };
/// 200 m tracks: straights of 35 to 60 m.
pub(crate) const INDOOR: Prior = Prior { straight_m: (47.0, 8.0), radius_m: (17.3, 3.0) };

/// At most this many fixes take part; more of them say the same, because the error is correlated.
const MOST_FIXES: usize = 700;
const ITERATIONS: usize = 12;

/// Seconds and place of the fixes that take part.
pub(crate) type Fixes = Vec<(f64, Point)>;

/// Takes part of the fixes evenly.
pub(crate) fn thin(all: Fixes) -> Fixes {
    let step = all.len() / MOST_FIXES + 1;
    all.into_iter().step_by(step).collect()
}

/// The most probable line through `fixes`, starting from a first guess.
pub(crate) fn fit(fixes: &Fixes, first: Shape, prior: &Prior) -> Option<Fit> {
    if fixes.len() < 20 {
        return None;
    }
    let mut shape = first;
    let mut scatter_m = 6.0;
    for _ in 0..ITERATIONS {
        let (normal, gradient) = normal_equations(fixes, &shape, scatter_m, prior);
        let step = solve_spd(&normal, &gradient)?;
        shape.centre.x_m += step[0];
        shape.centre.y_m += step[1];
        // A step of the angle counts as metres at the end of the straight.
        shape = shape.turned_by(step[2] / 60.0);
        shape.straight_m = (shape.straight_m + step[3]).clamp(10.0, 130.0);
        shape.radius_m = (shape.radius_m + step[4]).clamp(8.0, 70.0);
        scatter_m = scatter(fixes, &shape).max(0.2);
        if step.iter().all(|s| s.abs() < 0.005) {
            break;
        }
    }
    let lap_length_sd_m = lap_length_sd(fixes, &shape, scatter_m, prior)?;
    Some(Fit { shape, scatter_m, lap_length_sd_m })
}

/// Derivative of the lateral distance by centre, angle (in metres at 60 m), straight and radius.
fn jacobian(shape: &Shape, p: Point) -> (f64, [f64; 5]) {
    let (a, b) = shape.axes(p);
    let half_m = shape.straight_m / 2.0;
    // From the nearest point of the axis to the fix: the outward normal in the track's own axes.
    let over_m = a - a.clamp(-half_m, half_m);
    let distance_m = (over_m * over_m + b * b).sqrt().max(1e-9);
    let (na, nb) = (over_m / distance_m, b / distance_m);
    let (nx, ny) = (shape.cos() * na - shape.sin() * nb, shape.sin() * na + shape.cos() * nb);
    let by_angle = (na * b - nb * a) / 60.0;
    let by_straight = if a.abs() > half_m { -na.abs() / 2.0 } else { 0.0 };
    (distance_m - shape.radius_m, [-nx, -ny, by_angle, by_straight, -1.0])
}

fn normal_equations(
    fixes: &Fixes,
    shape: &Shape,
    scatter_m: f64,
    prior: &Prior,
) -> ([[f64; 5]; 5], [f64; 5]) {
    let mut normal = [[0.0; 5]; 5];
    let mut gradient = [0.0; 5];
    for &(_, p) in fixes {
        let (residual, j) = jacobian(shape, p);
        let weight = huber(residual / scatter_m);
        for r in 0..5 {
            gradient[r] -= weight * j[r] * residual;
            for c in 0..=r {
                normal[r][c] += weight * j[r] * j[c];
            }
        }
    }
    // The prior weighs as much as independent fixes do: one every 15 s or so of correlated error.
    let span_s = fixes[fixes.len() - 1].0 - fixes[0].0;
    let worth =
        scatter_m * scatter_m * fixes.len() as f64 / (span_s.min(2.0 * fixes.len() as f64) / 15.0).max(1.0);
    for (k, value, (mean, deviation)) in
        [(3, shape.straight_m, prior.straight_m), (4, shape.radius_m, prior.radius_m)]
    {
        let w = worth / (deviation * deviation);
        normal[k][k] += w;
        gradient[k] += w * (mean - value);
    }
    let lower = normal;
    for (r, row) in normal.iter_mut().enumerate() {
        for (value, below) in row.iter_mut().zip(&lower).skip(r + 1) {
            *value = below[r];
        }
    }
    (normal, gradient)
}

/// Huber's weight for a residual in units of the deviation.
fn huber(z: f64) -> f64 {
    (1.5 / z.abs()).min(1.0)
}

/// 1.4826 times the median of the lateral distances: the deviation of a normal error, deaf to outliers.
fn scatter(fixes: &Fixes, shape: &Shape) -> f64 {
    let mut lateral: Vec<f64> = fixes.iter().map(|&(_, p)| jacobian(shape, p).0.abs()).collect();
    let middle = lateral.len() / 2;
    1.4826 * *lateral.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// Longest correlation that the sum of autocovariances looks at.
const LONGEST_LAG_S: f64 = 25.0;

/// Deviation of the lap length: the residuals' own autocovariance gives the variance of a mean of them
/// (Newey and West 1987, with a triangular window).
fn lap_length_sd(fixes: &Fixes, shape: &Shape, scatter_m: f64, prior: &Prior) -> Option<f64> {
    let (normal, _) = normal_equations(fixes, shape, scatter_m, prior);
    // dL = 2 dS + 2 pi dR
    let by = [0.0, 0.0, 0.0, 2.0, 2.0 * std::f64::consts::PI];
    let solved = solve_spd(&normal, &by)?;
    let mut values = Vec::with_capacity(fixes.len());
    for &(t_s, p) in fixes {
        let (residual, j) = jacobian(shape, p);
        let influence: f64 = j.iter().zip(&solved).map(|(a, b)| a * b).sum();
        values.push((t_s, influence * residual * huber(residual / scatter_m)));
    }
    let mut variance = 0.0;
    for (k, &(t0_s, v0)) in values.iter().enumerate() {
        variance += v0 * v0;
        for &(t_s, v) in values[k + 1..].iter().take_while(|v| v.0 - t0_s < LONGEST_LAG_S) {
            variance += 2.0 * v0 * v * (1.0 - (t_s - t0_s) / LONGEST_LAG_S);
        }
    }
    // Never better than a tenth of what independent fixes would give: chance can make the sum small, even negative.
    let floor: f64 = values.iter().map(|v| v.1 * v.1).sum();
    Some(variance.max(floor).sqrt())
}
