//! How sure a stretch of the smoothed way is: the variance of the way between two nodes, given the whole recording.
//!
//! It needs the covariance of states at different times, which the smoother's gains carry:
//! Cov(x_j, x_k | all) = J_j Cov(x_j+1, x_k | all) (de Jong and MacKinnon 1988).

use super::Track;
use super::model::{Matrix, N, S};
use crate::segmenter::linear::Factor;

/// Nodes after the stretch that still tell of it.
const AFTERMATH: usize = 80;

/// Smoothed covariances and gains of the nodes `first..=last`.
#[derive(Debug, Clone)]
pub(crate) struct Spread {
    first: usize,
    covariance: Vec<Matrix>,
    gain: Vec<Matrix>,
}

impl Spread {
    /// Prepares the nodes from `first` to `last`, both included.
    pub(crate) fn new(track: &Track, first: usize, last: usize) -> Spread {
        let end = (last + AFTERMATH).min(track.filtered.len().saturating_sub(1));
        let mut covariance = Vec::with_capacity(last - first + 1);
        let mut gain = Vec::with_capacity(last - first + 1);
        let Some(mut smoothed) = track.filtered.get(end).map(|b| b.p.full()) else {
            return Spread { first, covariance, gain };
        };
        for k in (first..end).rev() {
            let (filtered, step) = (&track.filtered[k], &track.steps[k + 1]);
            let (predicted, filtered) = (step.predict(filtered).p.full(), filtered.p.full());
            let j = gain_of(&step.cross(&filtered), &predicted);
            if k < last {
                covariance.push(smoothed);
                gain.push(j);
            }
            smoothed = update(&filtered, &j, &smoothed, &predicted);
        }
        covariance.push(smoothed);
        covariance.reverse();
        gain.reverse();
        Spread { first, covariance, gain }
    }

    /// Whether these nodes are among those prepared.
    pub(crate) fn covers(&self, first: usize, last: usize) -> bool {
        first >= self.first && last < self.first + self.covariance.len()
    }

    /// Covariance in m^2 of the way at each node from `from` to `to` with the way between these two.
    pub(crate) fn with_stretch(&self, from: usize, to: usize) -> Vec<f64> {
        let (Some(a), Some(b)) = (from.checked_sub(self.first), to.checked_sub(self.first)) else {
            return Vec::new();
        };
        if a > b || b >= self.covariance.len() {
            return Vec::new();
        }
        let mut row = [0.0; N];
        row[S] = 1.0;
        let mut shared: Vec<f64> = vec![-self.covariance[a][S][S]];
        for k in a..b {
            row = times(&row, &self.gain[k]);
            shared.push(-row.iter().zip(&self.covariance[k + 1]).map(|(r, p)| r * p[S]).sum::<f64>());
        }
        let mut column = self.covariance[b].map(|p| p[S]);
        shared[b - a] += column[S];
        for k in (a..b).rev() {
            column = self.gain[k].map(|row| row.iter().zip(&column).map(|(j, c)| j * c).sum());
            shared[k - a] += column[S];
        }
        shared
    }

    /// Variance in m^2 of the way from node `from` to each node after it, up to the last prepared.
    pub(crate) fn from(&self, from: usize) -> Vec<f64> {
        let Some(start) = from.checked_sub(self.first).filter(|&k| k < self.covariance.len()) else {
            return Vec::new();
        };
        let own = self.covariance[start][S][S];
        let mut row = [0.0; N];
        row[S] = 1.0;
        let mut variances = vec![0.0];
        for k in start..self.covariance.len() - 1 {
            row = times(&row, &self.gain[k]);
            let p = &self.covariance[k + 1];
            let shared: f64 = (0..N).map(|c| row[c] * p[c][S]).sum();
            variances.push((own + p[S][S] - 2.0 * shared).max(0.0));
        }
        variances
    }
}

/// `J = P F' (F P F' + Q)^-1`, row by row, since the right factor is symmetric.
fn gain_of(cross: &Matrix, predicted: &Matrix) -> Matrix {
    match Factor::of(|r, c| predicted[r][c]) {
        Some(factor) => cross.map(|row| factor.solve(&row)),
        None => [[0.0; N]; N],
    }
}

/// `P + J (P_next_smoothed - P_next_predicted) J'`.
fn update(filtered: &Matrix, j: &Matrix, smoothed: &Matrix, predicted: &Matrix) -> Matrix {
    let mut difference = *smoothed;
    for r in 0..N {
        for c in 0..N {
            difference[r][c] -= predicted[r][c];
        }
    }
    let mut out = *filtered;
    for r in 0..N {
        let left = times(&j[r], &difference);
        for c in 0..N {
            out[r][c] += (0..N).map(|k| left[k] * j[c][k]).sum::<f64>();
        }
    }
    out
}

fn times(row: &[f64; N], m: &Matrix) -> [f64; N] {
    let mut out = [0.0; N];
    for c in 0..N {
        out[c] = (0..N).map(|k| row[k] * m[k][c]).sum();
    }
    out
}
