//! Small linear algebra: one solver for symmetric positive definite systems of fixed size.

/// Solves `a x = b` by Cholesky's decomposition; `None` where `a` is not positive definite.
pub(crate) fn solve_spd<const N: usize>(a: &[[f64; N]; N], b: &[f64; N]) -> Option<[f64; N]> {
    let l = cholesky(a)?;
    Some(solve_with(&l, b))
}

/// The lower factor of `a = l l'`, with the inverse of each diagonal element in its place.
pub(crate) fn cholesky<const N: usize>(a: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let mut l = [[0.0; N]; N];
    for r in 0..N {
        for c in 0..=r {
            let sum = a[r][c] - l[r][..c].iter().zip(&l[c][..c]).map(|(a, b)| a * b).sum::<f64>();
            if r == c {
                if sum <= 0.0 || !sum.is_finite() {
                    return None;
                }
                l[r][r] = 1.0 / sum.sqrt();
            } else {
                l[r][c] = sum * l[c][c];
            }
        }
    }
    Some(l)
}

/// Forward and backward substitution with a factor from `cholesky`.
pub(crate) fn solve_with<const N: usize>(l: &[[f64; N]; N], b: &[f64; N]) -> [f64; N] {
    let mut x = *b;
    for r in 0..N {
        for k in 0..r {
            x[r] -= l[r][k] * x[k];
        }
        x[r] *= l[r][r];
    }
    for r in (0..N).rev() {
        for k in r + 1..N {
            x[r] -= l[k][r] * x[k];
        }
        x[r] *= l[r][r];
    }
    x
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
