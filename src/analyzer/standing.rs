//! Where a mile stands: against other runners, and at other distances.

use serde::Serialize;

use crate::units::MILE_M;

/// The average mile of all runners in seconds, 7:04 (Running Level).
pub const AVERAGE_MILE_S: f64 = 424.0;
/// The exponent of Riegel's formula (Riegel, *Athletic Records and Human Endurance*, 1981).
const RIEGEL_EXPONENT: f64 = 1.06;
/// The distances in metres for which equivalent times are given.
const EQUIVALENT_M: [f64; 5] = [800.0, 1500.0, 3000.0, 5000.0, 10_000.0];

/// A mile beside other runners and other distances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Seconds behind the average mile of [`AVERAGE_MILE_S`]; negative is faster.
    pub vs_average_s: f64,
    /// What the mile is worth at other distances.
    pub equivalents: Vec<Equivalent>,
}

/// An equivalent time at another distance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Equivalent {
    /// The distance in metres.
    pub distance_m: f64,
    /// The time in seconds by Riegel's formula, T₂ = T₁ (D₂ / D₁)^1.06.
    pub riegel_s: f64,
}

/// Where a mile of `time_s` seconds stands.
pub fn standing(time_s: f64) -> Standing {
    let equivalents = EQUIVALENT_M.map(|distance_m| Equivalent {
        distance_m,
        riegel_s: time_s * (distance_m / MILE_M).powf(RIEGEL_EXPONENT),
    });
    Standing { vs_average_s: time_s - AVERAGE_MILE_S, equivalents: equivalents.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_mile_is_worth_five_kilometres_in_23_30() {
        let standing = standing(AVERAGE_MILE_S);
        assert_eq!(standing.vs_average_s, 0.0);
        assert_eq!(crate::units::clock(standing.equivalents[3].riegel_s), "23:30");
    }
}
