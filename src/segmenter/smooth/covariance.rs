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
            // `take` first: `zip` may take one too many from what it walks by reference.
            values.by_ref().take(row + 1).zip(column).for_each(|(value, other)| *value -= gain * other);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_measurement_explains_is_taken_from_every_part() {
        let value = |a: usize, b: usize| if a == b { 9.0 } else { 0.1 * (a * b + a + b) as f64 };
        let mut full: Matrix = std::array::from_fn(|row| std::array::from_fn(|part| value(row, part)));
        let mut half = Covariance([0.0; LOWER]);
        (0..N).for_each(|row| (0..=row).for_each(|part| *half.of_mut(row, part) = value(row, part)));
        let column: Vector = [0.5, -1.0, 2.0, 0.25, 3.0];
        half.explain(&column, 0.1);
        for (row, values) in full.iter_mut().enumerate() {
            for (part, value) in values.iter_mut().enumerate() {
                *value -= 0.1 * column[row] * column[part];
            }
        }
        for (kept, expected) in half.full().iter().flatten().zip(full.iter().flatten()) {
            assert!((kept - expected).abs() < 1e-12, "{kept} instead of {expected}");
        }
    }
}
