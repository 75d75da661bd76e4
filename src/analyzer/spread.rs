//! How far a score could lie from its best estimate, given how well the times are known.
//!
//! Each mark's time is moved by an error drawn from its normal distribution, a few hundred times, and the
//! rubric is applied to each draw. The draws come from a fixed sequence: the same input gives the same range.

use super::grade::combined_score;
use super::rubric::{PacedMile, Part, Yardstick};

/// The errors of a mile's times: standard deviations in seconds of the moment at which a mark was passed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimingErrors {
    /// Of the start, the end and the boundaries between laps.
    pub lap_boundary_s: f64,
    /// Of the 200 m mark and the hundreds of the last lap.
    pub inner_mark_s: f64,
}

/// The 5th and 95th percentiles of a score and of its parts.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    pub(super) low: f64,
    pub(super) high: f64,
    parts: Vec<(Part, f64)>,
}

impl Spread {
    /// From the 5th to the 95th percentile of a part's points.
    pub(super) fn part_range(&self, part: Part) -> f64 {
        self.parts.iter().find(|(p, _)| *p == part).map_or(0.0, |(_, range)| *range)
    }
}

/// Enough draws for percentiles that are steady to about a point; each is drawn twice, mirrored.
const PAIRS_OF_DRAWS: usize = 200;

/// The spread of a mile's score under the errors of its times.
pub(super) fn spread(mile: &PacedMile, goal_s: Option<f64>, errors: &TimingErrors) -> Spread {
    let yardstick = goal_s.map_or(Yardstick::OwnPace, Yardstick::Goal);
    let mut normal = Normal::new();
    let mut draws = Vec::with_capacity(2 * PAIRS_OF_DRAWS);
    for _ in 0..PAIRS_OF_DRAWS {
        let errors = Draw::new(&mut normal, errors);
        draws.push(errors.applied(mile, 1.0));
        draws.push(errors.applied(mile, -1.0));
    }
    let (low, high) = percentiles(draws.iter().map(|draw| combined_score(draw, goal_s)).collect());
    let parts = Part::ALL.into_iter().filter_map(|part| {
        let points: Option<Vec<f64>> = draws.iter().map(|draw| part.points(draw, yardstick)).collect();
        let (low, high) = percentiles(points?);
        Some((part, high - low))
    });
    Spread { low, high, parts: parts.collect() }
}

/// One set of errors: of the five lap boundaries, of 200 m, and of the five ends of the hundreds.
struct Draw {
    boundaries_s: [f64; 5],
    t200_s: f64,
    hundreds_s: [f64; 5],
}

impl Draw {
    fn new(normal: &mut Normal, errors: &TimingErrors) -> Draw {
        Draw {
            boundaries_s: std::array::from_fn(|_| normal.next() * errors.lap_boundary_s),
            t200_s: normal.next() * errors.inner_mark_s,
            hundreds_s: std::array::from_fn(|_| normal.next() * errors.inner_mark_s),
        }
    }

    fn applied(&self, mile: &PacedMile, sign: f64) -> PacedMile {
        // No lap takes less than nothing, however bad the clock.
        let moved = |time_s: f64, from_s: f64, to_s: f64| (time_s + sign * (to_s - from_s)).max(1.0);
        let (at, hundreds) = (self.boundaries_s, self.hundreds_s);
        PacedMile {
            laps_s: std::array::from_fn(|lap| moved(mile.laps_s[lap], at[lap], at[lap + 1])),
            t200_s: mile.t200_s.map(|t| moved(t, at[0], self.t200_s)),
            hundreds_s: mile
                .hundreds_s
                .map(|times| std::array::from_fn(|i| moved(times[i], hundreds[i], hundreds[i + 1]))),
            ..*mile
        }
    }
}

fn percentiles(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
    (at(0.05), at(0.95))
}

/// Standard normal numbers from a fixed sequence: SplitMix64 (Steele, Lea and Flood 2014) and Box-Muller.
struct Normal {
    state: u64,
}

impl Normal {
    fn new() -> Normal {
        Normal { state: 1609 }
    }

    fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn next(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_standard_normal() {
        let mut normal = Normal::new();
        let draws: Vec<f64> = (0..20_000).map(|_| normal.next()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|d| d * d).sum::<f64>() / draws.len() as f64;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
    }
}
