//! The state space of the smoother: way, speed, error of the position, scale of the device's speed.
//!
//! - `s`: true way in metres; `v`: its speed, a random walk (white acceleration of density `q`).
//! - `a`, `l`: error of the position along and across the way, a Gauss-Markov process in the plane, so that a smooth
//!   error is not taken for motion. On a bend of the track the two turn into each other: what is seen across the line
//!   on one part is the error along it a quarter of a lap later.
//! - `b`: the device's speed is `(1 + b) v`.

use super::covariance::Covariance;

/// Order of the state: way, speed, error along, error across, speed scale.
pub(crate) const N: usize = 5;
pub(crate) const S: usize = 0;
pub(crate) const V: usize = 1;
pub(crate) const A: usize = 2;
pub(crate) const L: usize = 3;
pub(crate) const B: usize = 4;

pub(crate) type Vector = [f64; N];
pub(crate) type Matrix = [[f64; N]; N];

/// A state and its covariance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Belief {
    pub(crate) x: Vector,
    pub(crate) p: Covariance,
}

/// Growth of the scale's variance per second: 0.3 % in ten minutes. It also keeps the covariance regular.
const SCALE_DRIFT: f64 = 1.5e-8;

/// The way from one node to the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    dt_s: f64,
    /// What the errors along and across keep of themselves, and what passes between them.
    keep: f64,
    turn: f64,
    /// Variances that the step adds to way, way x speed, speed, each error and the scale.
    q: [f64; 5],
}

impl Step {
    /// A step of running; `acceleration_density` in m^2/s^3, `sigma_m` and `tau_s` of the error, `turn_rad` of the track
    /// towards the inside of its bends.
    pub(crate) fn running(
        dt_s: f64,
        acceleration_density: f64,
        sigma_m: f64,
        tau_s: f64,
        turn_rad: f64,
    ) -> Step {
        let keep = (-dt_s / tau_s).exp();
        let q = acceleration_density;
        let (sin, cos) = if turn_rad == 0.0 { (0.0, 1.0) } else { turn_rad.sin_cos() };
        Step {
            dt_s,
            keep: keep * cos,
            turn: keep * sin,
            q: [
                q * dt_s.powi(3) / 3.0,
                q * dt_s * dt_s / 2.0,
                q * dt_s,
                sigma_m * sigma_m * (1.0 - keep * keep),
                SCALE_DRIFT * dt_s,
            ],
        }
    }

    /// A step over a hole in which anything may have happened: the runner may have stood, and speed starts anew.
    pub(crate) fn over_hole(dt_s: f64, sigma_m: f64, tau_s: f64) -> Step {
        let step = Step::running(dt_s, 0.0, sigma_m, tau_s, 0.0);
        Step { q: [(6.0 * dt_s).powi(2), 0.0, 9.0, step.q[3], step.q[4]], ..step }
    }

    /// The same step with more doubt about the way, in metres squared.
    pub(crate) fn doubting(mut self, way_m2: f64) -> Step {
        self.q[0] += way_m2;
        self
    }

    /// `F x`.
    #[inline]
    pub(crate) fn forward(&self, x: &Vector) -> Vector {
        [
            x[S] + self.dt_s * x[V],
            x[V],
            self.keep * x[A] - self.turn * x[L],
            self.keep * x[L] + self.turn * x[A],
            x[B],
        ]
    }

    /// `F' y`.
    #[inline]
    pub(crate) fn back(&self, y: &Vector) -> Vector {
        [
            y[S],
            y[V] + self.dt_s * y[S],
            self.keep * y[A] + self.turn * y[L],
            self.keep * y[L] - self.turn * y[A],
            y[B],
        ]
    }

    /// `F x` and `F P F' + Q`, written out: most of `F` is 0 or 1.
    #[inline]
    pub(crate) fn predict(&self, belief: &Belief) -> Belief {
        let (dt_s, keep, turn, q) = (self.dt_s, self.keep, self.turn, &self.q);
        let was = |a: usize, b: usize| belief.p.of(a, b);
        // Covariances of the way at the next node with what the other parts are now.
        let way = |part: usize| was(S, part) + dt_s * was(V, part);
        // Of a part that stays as it is with both errors, which turn into each other.
        let along = |with_a: f64, with_l: f64| keep * with_a - turn * with_l;
        let across = |with_a: f64, with_l: f64| keep * with_l + turn * with_a;
        let mut p = belief.p;
        *p.of_mut(S, S) = way(S) + dt_s * way(V) + q[0];
        *p.of_mut(V, S) = way(V) + q[1];
        *p.of_mut(V, V) = was(V, V) + q[2];
        *p.of_mut(A, S) = along(way(A), way(L));
        *p.of_mut(A, V) = along(was(A, V), was(L, V));
        *p.of_mut(A, A) = along(along(was(A, A), was(A, L)), along(was(A, L), was(L, L))) + q[3];
        *p.of_mut(L, S) = across(way(A), way(L));
        *p.of_mut(L, V) = across(was(A, V), was(L, V));
        *p.of_mut(L, A) = across(along(was(A, A), was(A, L)), along(was(A, L), was(L, L)));
        *p.of_mut(L, L) = across(across(was(A, A), was(A, L)), across(was(A, L), was(L, L))) + q[3];
        *p.of_mut(B, S) = way(B);
        *p.of_mut(B, A) = along(was(B, A), was(B, L));
        *p.of_mut(B, L) = across(was(B, A), was(B, L));
        *p.of_mut(B, B) = was(B, B) + q[4];
        Belief { x: self.forward(&belief.x), p }
    }

    /// `P F'`, the covariance of a state with the next.
    #[inline]
    pub(crate) fn cross(&self, p: &Matrix) -> Matrix {
        p.map(|row| self.forward(&row))
    }
}

/// Beyond so many deviations a residual pulls no harder (Huber).
const PULL_DEVIATIONS: f64 = 4.0;

impl Belief {
    /// Takes in a measurement of a sum of parts of the state, each with its factor, by its residual.
    ///
    /// With `learns_scale` false the scale is only considered (Schmidt 1966): its doubt counts, but it stays as it is.
    // In line, so that the parts are known where it is compiled.
    #[inline(always)]
    pub(crate) fn measure<const K: usize>(
        &mut self,
        parts: [(usize, f64); K],
        residual: f64,
        variance: f64,
        learns_scale: bool,
    ) {
        let ph: Vector = std::array::from_fn(|r| parts.iter().map(|&(part, f)| self.p.of(part, r) * f).sum());
        let expected: f64 = parts.iter().map(|&(part, factor)| factor * ph[part]).sum();
        let mut total = expected + variance;
        let z2 = residual * residual / total;
        if z2 > PULL_DEVIATIONS * PULL_DEVIATIONS {
            total *= z2.sqrt() / PULL_DEVIATIONS;
        }
        let weight = 1.0 / total;
        let (scale, scale_var) = (self.x[B], self.p.of(B, B));
        self.x.iter_mut().zip(ph).for_each(|(x, part)| *x += part * weight * residual);
        self.p.explain(&ph, weight);
        if !learns_scale {
            (self.x[B], *self.p.of_mut(B, B)) = (scale, scale_var);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_carries_the_way_on() {
        let step = Step::running(2.0, 0.1, 2.0, 20.0, 0.0);
        let next = step.forward(&[10.0, 3.0, 1.0, 0.0, 0.01]);
        assert_eq!(next[..2], [16.0, 3.0]);
        assert!((next[A] - (-0.1f64).exp()).abs() < 1e-12);
    }

    #[test]
    fn a_quarter_turn_makes_an_error_across_one_along() {
        let step = Step::running(0.0, 0.1, 2.0, 20.0, std::f64::consts::FRAC_PI_2);
        let next = step.forward(&[0.0, 0.0, 0.0, 1.5, 0.0]);
        assert!((next[A] + 1.5).abs() < 1e-12 && next[L].abs() < 1e-12);
    }

    #[test]
    fn what_is_written_out_is_the_product_of_matrices() {
        let step = Step::running(1.5, 0.1, 2.0, 20.0, 0.4).doubting(0.3);
        let mut belief = Belief { x: [1.0, 2.0, 3.0, 4.0, 0.1], p: Covariance::ZERO };
        for row in 0..N {
            for column in 0..=row {
                *belief.p.of_mut(row, column) =
                    if row == column { 9.0 + row as f64 } else { 0.1 * (row + 3 * column) as f64 };
            }
        }
        // F P, row by row, and F (F P)'; P is symmetric.
        let once = belief.p.full().map(|row| step.forward(&row));
        let mut expected: Matrix = std::array::from_fn(|r| step.forward(&once.map(|row| row[r])));
        for (r, c, q) in [(S, S, 0), (S, V, 1), (V, S, 1), (V, V, 2), (A, A, 3), (L, L, 3), (B, B, 4)] {
            expected[r][c] += step.q[q];
        }
        let found = step.predict(&belief).p.full();
        for (expected, found) in expected.as_flattened().iter().zip(found.as_flattened()) {
            assert!((expected - found).abs() < 1e-12, "{expected} {found}");
        }
        // x' F' y is the same from both sides.
        let y = [0.3, -1.0, 2.0, 0.5, 7.0];
        let dot = |a: &Vector, b: &Vector| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        assert!((dot(&step.forward(&belief.x), &y) - dot(&belief.x, &step.back(&y))).abs() < 1e-12);
    }

    #[test]
    fn the_error_keeps_its_variance() {
        let mut belief = Belief { x: [0.0; N], p: Covariance::ZERO };
        (*belief.p.of_mut(A, A), *belief.p.of_mut(L, L)) = (4.0, 4.0);
        let next = Step::running(5.0, 0.1, 2.0, 20.0, 0.7).predict(&belief);
        assert!((next.p.of(A, A) - 4.0).abs() < 1e-12 && next.p.of(A, L).abs() < 1e-12);
    }

    #[test]
    fn a_sure_measurement_is_believed() {
        let mut belief = Belief { x: [0.0; N], p: Covariance::ZERO };
        *belief.p.of_mut(S, S) = 100.0;
        belief.measure([(S, 1.0)], 5.0, 1e-6, true);
        assert!((belief.x[S] - 5.0).abs() < 1e-6 && belief.p.of(S, S) < 1e-5);
    }
}
