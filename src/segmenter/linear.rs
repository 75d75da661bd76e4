//! Small linear algebra: one solver for symmetric positive definite systems of fixed size.

/// Solves `a x = b`; `None` where `a` is not positive definite.
pub(crate) fn solve_spd<const N: usize>(a: &[[f64; N]; N], b: &[f64; N]) -> Option<[f64; N]> {
    Some(Factor::of(|r, c| a[r][c])?.solve(b))
}

/// A positive definite matrix as `L D L'`: Cholesky's decomposition without his square roots.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Factor<const N: usize> {
    /// Below the diagonal of 1.
    lower: [[f64; N]; N],
    /// 1 / D.
    inverse: [f64; N],
}

impl<const N: usize> Factor<N> {
    /// Of the matrix with these elements, row and column, of which only the lower triangle is asked for; `None` where it
    /// is not positive definite.
    #[inline]
    pub(crate) fn of(element: impl Fn(usize, usize) -> f64) -> Option<Factor<N>> {
        let (mut lower, mut inverse) = ([[0.0; N]; N], [0.0; N]);
        for r in 0..N {
            // L D of this row.
            let mut scaled = [0.0; N];
            for (c, scaled) in scaled.iter_mut().enumerate().take(r + 1) {
                *scaled = element(r, c);
            }
            for c in 0..r {
                for k in 0..c {
                    scaled[c] -= scaled[k] * lower[c][k];
                }
                lower[r][c] = scaled[c] * inverse[c];
                scaled[r] -= scaled[c] * lower[r][c];
            }
            if !(scaled[r] > 0.0 && scaled[r].is_finite()) {
                return None;
            }
            inverse[r] = 1.0 / scaled[r];
        }
        Some(Factor { lower, inverse })
    }

    /// Forward and backward substitution.
    #[inline]
    pub(crate) fn solve(&self, b: &[f64; N]) -> [f64; N] {
        let mut x = *b;
        for r in 1..N {
            for k in 0..r {
                x[r] -= self.lower[r][k] * x[k];
            }
        }
        for r in (0..N).rev() {
            x[r] *= self.inverse[r];
            for k in r + 1..N {
                x[r] -= self.lower[k][r] * x[k];
            }
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_system_is_solved() {
        let x = solve_spd(&[[4.0, 2.0], [2.0, 3.0]], &[8.0, 7.0]).unwrap_or_default();
        assert!((x[0] - 1.25).abs() < 1e-12 && (x[1] - 1.5).abs() < 1e-12);
    }

    #[test]
    fn an_indefinite_system_is_refused() {
        assert_eq!(solve_spd(&[[1.0, 2.0], [2.0, 1.0]], &[1.0, 1.0]), None);
    }
}
