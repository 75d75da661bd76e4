//! fourlap: the reader beside the others, and the considered answer.

use std::time::Instant;

use fourlap::{Options, analyze, parser};
use serde_json::{Value, json};

use crate::columns::Columns;

pub(crate) fn read(bytes: &[u8]) -> (Columns, Option<String>) {
    let mut columns = Columns::default();
    match parser::read(bytes) {
        Ok(activities) => {
            for activity in &activities {
                columns.records += activity.records;
                columns.heart_rates +=
                    activity.samples.heart_rate_bpm.as_ref().map_or(0, |column| column.count());
            }
        }
        Err(error) => return (columns, Some(error.to_string())),
    }
    (columns, None)
}

/// Everything that `fourlap analyze` computes, and how long that took beside reading.
pub(crate) fn analyzed(bytes: &[u8], rounds: usize) -> Value {
    let Ok(activities) = parser::read(bytes) else { return json!({}) };
    let mut fastest_ms = f64::INFINITY;
    let mut best: Option<(f64, Option<f64>)> = None;
    for _ in 0..rounds {
        let begun = Instant::now();
        best = activities
            .iter()
            .filter_map(|activity| analyze(activity, &Options::default()).best_mile)
            .map(|mile| (mile.window.time_s, mile.window.uncertainty_s))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        fastest_ms = fastest_ms.min(begun.elapsed().as_secs_f64() * 1e3);
    }
    json!({
        "analyze_ms": fastest_ms,
        "mile_s": best.map(|(time_s, _)| time_s),
        "uncertainty_s": best.map(|(_, uncertainty_s)| uncertainty_s),
    })
}
