//! Real recordings: what is read of each, and the plain fastest miles, against an independent program.
//!
//! `FOURLAP_CORPUS` names a folder with `corpus/manifest.csv`, `corpus/truth.csv` and `corpus/files/`. Without
//! it there is nothing to compare with, and the tests pass with a line that says so.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use std::ops::ControlFlow;
use std::path::Path;

use fourlap::intake::{self, Limits};
use fourlap::{Activity, Options, analyze, parser, reading};
use support::{Row, corpus, rows_of};

/// What differs from the manifest, and why.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "odd-fit-null-compressed-speed-distance.fit",
    "has_hr",
    "its heart rate is 0 throughout, which is none",
)];

/// The activities in a file, or in the first of an archive's members: what the manifest describes.
fn read(path: &Path) -> Vec<Activity> {
    let mut found: Option<Vec<Activity>> = None;
    let mut visit = |document: intake::Document| {
        let activities = document.bytes.and_then(|bytes| parser::read(&bytes));
        found = Some(activities.unwrap_or_default());
        ControlFlow::Break(())
    };
    // A file that cannot be read has no records, and the manifest says so.
    let _ = intake::each(path, &Limits::default(), reading::activities_only, &mut visit);
    found.unwrap_or_default()
}

/// What is wrong with one file, by the manifest's row.
fn differences(row: &Row, activities: &[Activity]) -> Vec<String> {
    let records: usize = activities.iter().map(|activity| activity.records).sum();
    let expected = row.number("records").unwrap_or(0.0) as usize;
    let heart_rate = activities.iter().any(|activity| activity.samples.heart_rate_bpm.is_some());
    let cadence = activities.iter().any(|activity| activity.samples.cadence_spm.is_some());
    let name = row.get("name");
    let mut wrong = Vec::new();
    if records != expected {
        wrong.push(format!("{name}: {records} records instead of {expected}"));
    }
    for (present, column) in [(heart_rate, "has_hr"), (cadence, "has_cadence")] {
        let excepted = EXCEPTIONS.iter().any(|(file, what, _)| (*file, *what) == (name, column));
        if row.get(column) == "yes" && !present && !excepted {
            wrong.push(format!("{name}: {column} is yes"));
        }
    }
    wrong
}

#[test]
fn counts_and_columns_are_those_of_the_manifest() {
    let Some(folder) = corpus() else { return };
    let mut wrong = Vec::new();
    for row in rows_of(&folder.join("corpus/manifest.csv")) {
        let activities = read(&folder.join("corpus/files").join(row.get("name")));
        activities.iter().for_each(check_invariants);
        wrong.extend(differences(&row, &activities));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What everyone who works with an activity relies on.
fn check_invariants(activity: &Activity) {
    let samples = &activity.samples;
    assert!(samples.elapsed_s.is_sorted_by(|a, b| a < b));
    assert!(samples.elapsed_s.first().is_none_or(|&t| t == 0.0));
    let wide = [&samples.lat_deg, &samples.lon_deg, &samples.distance_m];
    let narrow = [
        &samples.speed_mps,
        &samples.altitude_m,
        &samples.heart_rate_bpm,
        &samples.cadence_spm,
        &samples.power_w,
        &samples.temperature_c,
    ];
    let lengths = wide.into_iter().flatten().map(|column| column.len());
    for length in lengths.chain(narrow.into_iter().flatten().map(|column| column.len())) {
        assert_eq!(length, samples.len());
    }
    assert!(samples.len() <= activity.records);
    assert!(activity.laps.is_sorted_by(|a, b| a.start_s <= b.start_s));
    assert!(activity.pauses.iter().all(|pause| pause.start_s < pause.end_s));
}

/// How close the times of the plain miles must be, in seconds.
const TOLERANCE_S: f64 = 0.02;

#[test]
fn candidates_equal_the_independent_computation() {
    let Some(folder) = corpus() else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for row in rows_of(&folder.join("corpus/truth.csv")) {
        let name = row.get("name");
        let activity = read(&folder.join("corpus/files").join(name)).remove(0);
        let analysis = analyze(&activity, &Options::default());
        for source in ["recorded", "gps"] {
            let expected_s = row.number(&format!("best_mile_{source}_s"));
            let candidate = analysis.candidates.iter().find(|c| c.distance_source.as_str() == source);
            let got_s = candidate.map(|candidate| candidate.time_s);
            compared += usize::from(expected_s.is_some());
            let equal = match (got_s, expected_s) {
                (Some(got_s), Some(expected_s)) => (got_s - expected_s).abs() <= TOLERANCE_S,
                (got_s, expected_s) => got_s.is_none() && expected_s.is_none(),
            };
            if !equal {
                wrong.push(format!("{name}: {source} {got_s:?}, expected {expected_s:?}"));
            }
        }
    }
    assert!(compared > 50, "only {compared} times were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
