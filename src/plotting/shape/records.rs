//! Miles of record holders, lap by lap, for comparison.

/// A mile with its laps in seconds per 400 m of each lap's own length.
pub(super) struct RecordMile {
    pub(super) runner: &'static str,
    pub(super) year: u16,
    pub(super) time_s: f64,
    per_400m_s: [f64; 4],
}

impl RecordMile {
    /// Each lap's deviation from the mile's mean pace, in per cent.
    pub(super) fn deviations_pct(&self) -> [f64; 4] {
        let mean_s = self.per_400m_s.iter().sum::<f64>() / 4.0;
        self.per_400m_s.map(|lap_s| 100.0 * (lap_s / mean_s - 1.0))
    }
}

const fn mile(runner: &'static str, year: u16, time_s: f64, per_400m_s: [f64; 4]) -> RecordMile {
    RecordMile { runner, year, time_s, per_400m_s }
}

/// Mean deviations of the laps from the own mean in world records since 1954, in per cent (Noakes, Lambert and
/// Hauman, *Which lap is the slowest?*, British Journal of Sports Medicine 2009).
pub(super) const RECORDS_PCT: [f64; 4] = [0.0, 1.5, 1.2, -2.7];

/// Three miles that many know. Sources of the laps: mondoworldwide.com; Daily Racing Form, 7 May 1954;
/// trackandfieldss.com.
pub(super) const NAMED: [RecordMile; 3] = [
    mile("El Guerrouj", 1999, 223.13, [54.75, 56.18, 56.0, 54.9]),
    mile("Kipyegon", 2023, 247.64, [62.6, 62.0, 62.2, 59.45]),
    mile("Bannister", 1954, 239.4, [57.36, 60.25, 62.04, 58.36]),
];

/// More records and famous miles. Sources: Track & Field News (Snell, Kejelcha, Hassan), iaaf.org (Webb 2007),
/// Sports Illustrated 1981 (Coe), letsrun.com (Ingebrigtsen), F. A. M. Webster, *Why? The Science of Athletics*
/// (the earlier ones).
pub(super) const OTHERS: [RecordMile; 12] = [
    mile("Snell", 1962, 234.4, [60.35, 59.55, 58.66, 54.48]),
    mile("Webb", 2007, 226.91, [55.77, 57.07, 56.47, 55.87]),
    mile("Kejelcha", 2019, 227.01, [56.07, 56.97, 56.47, 56.18]),
    mile("Ladoumègue", 1931, 249.2, [60.45, 63.03, 63.43, 60.84]),
    mile("Conneff", 1895, 258.0, [64.62, 64.62, 63.63, 63.63]),
    mile("Hill", 1921, 253.8, [59.25, 64.03, 66.81, 62.24]),
    mile("Lovelock", 1933, 247.6, [61.04, 61.84, 64.72, 58.56]),
    mile("Cunningham", 1934, 246.8, [61.44, 63.53, 61.44, 58.96]),
    mile("Nurmi", 1923, 250.4, [58.26, 62.83, 64.52, 63.33]),
    mile("Coe", 1981, 227.33, [54.92, 57.75, 58.33, 55.04]),
    mile("Hassan", 2019, 252.33, [65.0, 63.9, 61.3, 60.71]),
    mile("Ingebrigtsen", 2025, 225.14, [56.39, 56.16, 55.84, 55.45]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laps_make_the_time() {
        for mile in NAMED.iter().chain(&OTHERS) {
            let mean_s = mile.per_400m_s.iter().sum::<f64>() / 4.0;
            let time_s = mean_s * 1609.344 / 400.0;
            assert!((time_s / mile.time_s - 1.0).abs() < 0.004, "{} {time_s} {}", mile.runner, mile.time_s);
        }
        assert!(RECORDS_PCT.iter().sum::<f64>().abs() < 0.1);
    }
}
