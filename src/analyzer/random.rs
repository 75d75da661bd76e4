//! Normal random numbers from a fixed sequence, so that the same input gives the same range.

/// Standard normal numbers: SplitMix64 (Steele, Lea and Flood 2014) and Box-Muller.
pub(super) struct Normal {
    state: u64,
}

impl Normal {
    /// The sequence from its beginning.
    pub(super) fn new() -> Normal {
        Normal { state: 1609 }
    }

    /// The next number.
    pub(super) fn draw(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_standard_normal() {
        let mut normal = Normal::new();
        let draws: Vec<f64> = (0..20_000).map(|_| normal.draw()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|d| d * d).sum::<f64>() / draws.len() as f64;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
    }
}
