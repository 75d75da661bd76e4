//! The covariance of a state: symmetric, so that half of it is worked out and kept.
//!
//! There are two for every sample of a recording; the half that is not there is time and memory saved.

use super::model::{Matrix, N, Vector};

/// Numbers on and below the diagonal.
const LOWER: usize = N * (N + 1) / 2;

/// The lower triangle of a covariance, row by row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Covariance([f64; LOWER]);

impl Covariance {
    /// Nothing is in doubt.
    pub(crate) const ZERO: Covariance = Covariance([0.0; LOWER]);

    /// Of two parts of the state, in either order.
    #[inline(always)]
    pub(crate) fn of(&self, a: usize, b: usize) -> f64 {
        self.0[place(a, b)]
    }

    /// The same, to be changed.
    #[inline(always)]
    pub(crate) fn of_mut(&mut self, a: usize, b: usize) -> &mut f64 {
        &mut self.0[place(a, b)]
    }

    /// Takes `column column' weight` away, which a measurement explains.
    #[inline(always)]
    pub(crate) fn explain(&mut self, column: &Vector, weight: f64) {
        let mut values = self.0.iter_mut();
        for (row, value) in column.iter().enumerate() {
            let gain = value * weight;
            values.by_ref().zip(&column[..=row]).for_each(|(value, other)| *value -= gain * other);
        }
    }

    /// Multiplied with a column.
    #[inline(always)]
    pub(crate) fn times(&self, column: &Vector) -> Vector {
        std::array::from_fn(|row| (0..N).map(|part| self.of(row, part) * column[part]).sum())
    }

    /// All of it, with both triangles.
    #[inline]
    pub(crate) fn full(&self) -> Matrix {
        std::array::from_fn(|row| std::array::from_fn(|column| self.of(row, column)))
    }
}

/// Where the covariance of two parts is kept.
#[inline(always)]
const fn place(a: usize, b: usize) -> usize {
    let (row, column) = if a > b { (a, b) } else { (b, a) };
    row * (row + 1) / 2 + column
}
