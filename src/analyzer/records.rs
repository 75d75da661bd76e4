//! The lap shapes of mile records, to lay beside a runner's own.

use super::rubric::{PacedMile, Yardstick};
use super::verdict::LapDeviations;

/// Laps of records, with the source of each in its last column.
const TABLE: &str = include_str!("data/record_laps.csv");

/// The mean deviation of records since 1954 from their own mean lap, lap by lap, in per cent
/// (Noakes, Lambert and Hauman 2009).
pub const MEAN_SHAPE_SINCE_1954_PCT: [f64; 4] = [0.0, 1.5, 1.2, -2.7];

/// A record's laps.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordMile {
    /// Who ran it.
    pub athlete: &'static str,
    /// When.
    pub year: u16,
    /// Its time in seconds.
    pub time_s: f64,
    /// Its four laps in seconds per 400 m of their own length.
    pub per_400m_s: [f64; 4],
    /// Where the laps were published.
    pub source: &'static str,
}

impl RecordMile {
    /// How far each lap lay above the mean lap, in per cent.
    pub(crate) fn shape_pct(&self) -> [f64; 4] {
        let mean_s = self.per_400m_s.iter().sum::<f64>() / 4.0;
        self.per_400m_s.map(|lap_s| 100.0 * (lap_s / mean_s - 1.0))
    }
}

/// All records with known laps, the oldest first.
pub fn records() -> Vec<RecordMile> {
    TABLE.lines().skip(1).filter_map(record).collect()
}

fn record(line: &'static str) -> Option<RecordMile> {
    let cells: Vec<&str> = line.splitn(9, ',').collect();
    let number = |cell: usize| cells.get(cell)?.parse::<f64>().ok();
    Some(RecordMile {
        athlete: cells.first()?,
        year: cells.get(1)?.parse().ok()?,
        time_s: number(3)?,
        per_400m_s: [number(4)?, number(5)?, number(6)?, number(7)?],
        source: cells.get(8)?.trim_matches('"'),
    })
}

/// The record whose lap shape comes nearest to a mile's, by the sum of squared differences.
pub fn nearest(mile: &PacedMile) -> Option<RecordMile> {
    let own = shape_pct(mile);
    let distance =
        |record: &RecordMile| record.shape_pct().iter().zip(own).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
    records().into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// How far each lap of a mile lay above its own mean pace, in per cent.
pub fn shape_pct(mile: &PacedMile) -> [f64; 4] {
    LapDeviations::of(mile, Yardstick::OwnPace).pct
}

/// What studies found that bears on a mile, in whole sentences with their source.
pub fn findings(mile: &PacedMile) -> Vec<String> {
    let shape = shape_pct(mile);
    let farthest = |sign: f64| (0..4).max_by(|&a, &b| (sign * shape[a]).total_cmp(&(sign * shape[b])));
    let slowest = match farthest(1.0) {
        Some(2) => "The third lap was the slowest, as in 56 % of 32 world records",
        Some(1) => "The second lap was the slowest, as in 34 % of 32 world records",
        Some(3) => "The last lap was the slowest, as in only 6 % of 32 world records",
        _ => "The first lap was the slowest, as in hardly any of 32 world records",
    };
    let fastest = match (farthest(1.0), farthest(-1.0)) {
        (_, Some(3)) => "; the last was the fastest, as in 38 % of them",
        (Some(3), _) => "",
        _ => "; the last was not the fastest, as it is in 38 % of them",
    };
    vec![
        format!("{slowest}{fastest} (Noakes, Lambert and Hauman 2009)."),
        format!(
            "The laps varied by {:.1} %; in modern records by 1.5 to 3 % (Foster, de Koning and Thiel 2014).",
            mile.unsteadiness_pct()
        ),
        "Asked for a lap at a set pace, trained runners miss it by 2.9 s and recreational ones by 9.5 s (Green 2010)."
            .into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::LapScheme;

    #[test]
    fn every_row_is_a_record_with_its_source() {
        let records = records();
        assert_eq!(records.len(), TABLE.lines().count() - 1);
        for record in records {
            assert!(!record.source.is_empty() && record.year > 1880, "{record:?}");
            assert!(record.shape_pct().iter().sum::<f64>().abs() < 1e-9);
            let laps_s = record.per_400m_s.iter().sum::<f64>() * 1.00584;
            assert!((laps_s - record.time_s).abs() < 1.0, "{record:?}: {laps_s}");
        }
    }

    #[test]
    fn a_mile_finds_its_like() {
        let mile = PacedMile::of_laps(LapScheme::Quarters.lengths_m(), [72.3, 76.0, 78.2, 73.6]);
        assert_eq!(nearest(&mile).unwrap().athlete, "Roger Bannister");
    }
}
