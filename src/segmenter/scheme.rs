//! How a mile is cut into four laps.

use std::fmt;

use crate::units::{LAP_M, MILE_M};

/// How the mile is cut into four laps, see the four variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum LapScheme {
    /// 409.344 m, then three times 400 m: the clock is read at the finish line of a track.
    Line,
    /// Four times 402.336 m: quarter miles.
    Quarters,
    /// Three times 400 m, then 409.344 m: laps counted from the start line.
    Start,
    /// Four times 400 m, the last 9.344 m left out.
    #[cfg_attr(feature = "serde", serde(rename = "1600"))]
    Metric1600,
}

impl LapScheme {
    /// All schemes, in the order in which they are offered.
    pub const ALL: [LapScheme; 4] =
        [LapScheme::Line, LapScheme::Quarters, LapScheme::Start, LapScheme::Metric1600];

    /// The lap boundaries in metres from the mile's start, from 0 to the end of lap 4.
    pub fn boundaries_m(self) -> [f64; 5] {
        match self {
            LapScheme::Line => {
                let first_m = MILE_M - 3.0 * LAP_M;
                [0.0, first_m, first_m + LAP_M, first_m + 2.0 * LAP_M, MILE_M]
            }
            LapScheme::Quarters => [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| part * MILE_M),
            LapScheme::Start => [0.0, LAP_M, 2.0 * LAP_M, 3.0 * LAP_M, MILE_M],
            LapScheme::Metric1600 => [0.0, 1.0, 2.0, 3.0, 4.0].map(|laps| laps * LAP_M),
        }
    }

    /// The lengths of the four laps in metres.
    pub fn lengths_m(self) -> [f64; 4] {
        let at = self.boundaries_m();
        [at[1] - at[0], at[2] - at[1], at[3] - at[2], at[4] - at[3]]
    }

    /// The word used in options and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            LapScheme::Line => "line",
            LapScheme::Quarters => "quarters",
            LapScheme::Start => "start",
            LapScheme::Metric1600 => "1600",
        }
    }
}

impl fmt::Display for LapScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laps_add_up_to_the_mile() {
        for scheme in [LapScheme::Line, LapScheme::Quarters, LapScheme::Start] {
            assert!((scheme.lengths_m().iter().sum::<f64>() - MILE_M).abs() < 1e-9, "{scheme}");
        }
        assert_eq!(LapScheme::Metric1600.lengths_m(), [400.0; 4]);
        assert!((LapScheme::Line.lengths_m()[0] - 409.344).abs() < 1e-9);
    }
}
