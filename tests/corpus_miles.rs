//! The plain fastest miles of real recordings against an independent computation.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop, and one that is skipped says so"
)]

use std::path::{Path, PathBuf};

use fourlap::intake::{self, Limits};
use fourlap::segmenter::DistanceSource;
use fourlap::{Options, analyze, parser};

/// Files whose candidates may differ, each with the reason. There are none.
const EXCEPTIONS: [(&str, &str); 0] = [];

/// How close the times must be, in seconds.
const TOLERANCE_S: f64 = 0.02;

/// The folder of the real recordings, where the environment names one.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("FOURLAP_CORPUS").map(|root| Path::new(&root).join("corpus"));
    if folder.is_none() {
        println!("skipped: FOURLAP_CORPUS names no folder of real recordings");
    }
    folder
}

/// The candidates of the file's first running activity that has any.
fn candidates(path: &Path) -> Vec<(DistanceSource, f64)> {
    let mut found = Vec::new();
    let wanted = parser::begins_like_an_activity;
    intake::each(path, &Limits::default(), wanted, &mut |document| {
        let activities = document.bytes.and_then(|bytes| parser::read(&bytes)).unwrap();
        for activity in activities {
            let analysis = analyze(&activity, &Options::default());
            if found.is_empty() {
                found = analysis.candidates.iter().map(|c| (c.distance_source, c.time_s)).collect();
            }
        }
    })
    .unwrap();
    found
}

#[test]
fn candidates_equal_the_independent_computation() {
    let Some(corpus) = corpus() else { return };
    let mut table = csv::Reader::from_path(corpus.join("truth.csv")).unwrap();
    let column = |name: &str, header: &csv::StringRecord| header.iter().position(|c| c == name).unwrap();
    let header = table.headers().unwrap().clone();
    let sources = [
        (DistanceSource::Recorded, column("best_mile_recorded_s", &header)),
        (DistanceSource::Gps, column("best_mile_gps_s", &header)),
    ];
    let (mut compared, mut wrong) = (0, Vec::new());
    for row in table.records() {
        let row = row.unwrap();
        let name = &row[0];
        if EXCEPTIONS.iter().any(|(file, _)| *file == name) {
            continue;
        }
        let found = candidates(&corpus.join("files").join(name));
        for (source, column) in sources {
            let expected: Option<f64> = row[column].parse().ok();
            let got = found.iter().find(|(s, _)| *s == source).map(|(_, time_s)| *time_s);
            compared += usize::from(expected.is_some());
            let equal = match (got, expected) {
                (Some(got), Some(expected)) => (got - expected).abs() <= TOLERANCE_S,
                (got, expected) => got.is_none() && expected.is_none(),
            };
            if !equal {
                wrong.push(format!("{name}: {source} {got:?}, expected {expected:?}"));
            }
        }
    }
    assert!(compared > 50, "only {compared} times were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
