//! What a mile is worth at other distances.

use crate::units::MILE_M;

/// The exponent of Riegel's formula (Riegel, *Athletic Records and Human Endurance*, 1981).
const RIEGEL_EXPONENT: f64 = 1.06;
/// The distances in metres for which equivalent times are given.
pub const EQUIVALENT_M: [f64; 5] = [800.0, 1500.0, 3000.0, 5000.0, 10_000.0];

/// Equivalent times at another distance.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Equivalent {
    /// The distance in metres.
    pub distance_m: f64,
    /// The time in seconds by Riegel's formula.
    pub riegel_s: f64,
    /// The time in seconds with the same VDOT, by Daniels and Gilbert's formula.
    pub daniels_gilbert_s: f64,
}

/// What a mile of `time_s` seconds is worth from 800 m to 10 km.
pub fn equivalents(time_s: f64) -> Vec<Equivalent> {
    let vdot = vdot(MILE_M, time_s);
    let at = |distance_m| Equivalent {
        distance_m,
        riegel_s: riegel_s(time_s, distance_m),
        daniels_gilbert_s: time_of_vdot_s(vdot, distance_m),
    };
    EQUIVALENT_M.map(at).to_vec()
}

/// The time at a distance that a mile of `mile_s` seconds is worth: T₂ = T₁ (D₂ / D₁)^1.06.
pub fn riegel_s(mile_s: f64, distance_m: f64) -> f64 {
    mile_s * (distance_m / MILE_M).powf(RIEGEL_EXPONENT)
}

/// VDOT: the oxygen cost of the pace over the share of VO₂max that is held for the time, in ml/kg/min.
///
/// Daniels and Gilbert, *Oxygen Power*, 1979: VO₂ = -4.60 + 0.182258 v + 0.000104 v², share = 0.8 +
/// 0.1894393 e^(-0.012778 t) + 0.2989558 e^(-0.1932605 t), with v in m/min and t in min.
pub fn vdot(distance_m: f64, time_s: f64) -> f64 {
    let time_min = time_s / 60.0;
    let cost = oxygen_cost(distance_m / time_s);
    let share = 0.8 + 0.1894393 * (-0.012778 * time_min).exp() + 0.2989558 * (-0.1932605 * time_min).exp();
    cost / share
}

/// The oxygen cost of running at a speed in m/s, in ml/kg/min, see [`vdot`].
pub fn oxygen_cost(speed_mps: f64) -> f64 {
    let speed = 60.0 * speed_mps;
    -4.60 + 0.182258 * speed + 0.000104 * speed * speed
}

/// The time in seconds at a distance that gives this VDOT, found by halving: VDOT falls as time grows.
pub fn time_of_vdot_s(wanted: f64, distance_m: f64) -> f64 {
    // From faster than any human to a slow walk.
    let (mut fast_s, mut slow_s) = (distance_m / 15.0, distance_m / 0.5);
    for _ in 0..60 {
        let middle_s = 0.5 * (fast_s + slow_s);
        if vdot(distance_m, middle_s) > wanted {
            fast_s = middle_s;
        } else {
            slow_s = middle_s;
        }
    }
    0.5 * (fast_s + slow_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::parse_time;

    const REFERENCE: &str = include_str!("../../tests/data/equivalence.csv");

    #[test]
    fn vdot_and_equivalents_are_those_of_the_reference() {
        let mut lines = REFERENCE.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        let mut rows = 0;
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let cell = |name: &str| cells[names.iter().position(|&n| n == name).unwrap()];
            let mile_s: f64 = cell("mile_s").parse().unwrap();
            let expected: f64 = cell("vdot").parse().unwrap();
            assert!((vdot(MILE_M, mile_s) - expected).abs() <= 0.0501, "{line}");
            for (column, distance_m) in
                [("t800", 800.0), ("t1500", 1500.0), ("t3000", 3000.0), ("t5k", 5e3), ("t10k", 1e4)]
            {
                let seconds = |name: &str| {
                    // The table writes 69:20.96 for more than an hour.
                    let (minutes, rest) = cell(name).split_once(':').unwrap();
                    60.0 * minutes.parse::<f64>().unwrap() + parse_time(rest).unwrap()
                };
                let found = equivalents(mile_s).into_iter().find(|e| e.distance_m == distance_m).unwrap();
                let expected_s = seconds(&format!("{column}_vdot"));
                assert!((found.daniels_gilbert_s - expected_s).abs() < 0.0151, "{column} {line}: {found:?}");
                if column != "t800" && column != "t3000" {
                    let expected_s = seconds(&format!("{column}_riegel"));
                    assert!((found.riegel_s - expected_s).abs() < 0.0151, "{column} {line}: {found:?}");
                }
            }
            rows += 1;
        }
        assert_eq!(rows, 21);
    }
}
