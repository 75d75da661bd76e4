//! The parser against real files: counts, columns and best miles as an independent program found them.
//!
//! `FOURLAP_CORPUS` names a folder with `corpus/manifest.csv`, `corpus/truth.csv` and `corpus/files/`. Without
//! it there is nothing to compare with and the tests pass with a line that says so.

mod support;

use fourlap::Activity;
use fourlap::units::MILE_M;
use support::{Table, corpus, unpacked};

/// Files that differ from the manifest, and why.
const EXCEPTIONS: [(&str, &str); 5] = [
    ("run-suunto-20k.fit.zip", "archives are unpacked before the parser"),
    ("zip-samples-several.zip", "archives are unpacked before the parser"),
    ("zip-gpx-in-folder.zip", "archives are unpacked before the parser"),
    ("zip-no-activity.zip", "archives are unpacked before the parser"),
    ("odd-fit-null-compressed-speed-distance.fit", "its heart rate is 0 throughout, which is no heart rate"),
];

fn is_exception(name: &str) -> bool {
    EXCEPTIONS.iter().any(|(file, _)| *file == name)
}

fn read(name: &str) -> Vec<Activity> {
    let Some(folder) = corpus() else { return Vec::new() };
    fourlap::parser::read(&unpacked(&folder.join("corpus/files").join(name))).unwrap_or_default()
}

#[test]
fn counts_and_columns_are_those_of_the_manifest() {
    let Some(folder) = corpus() else { return };
    let manifest = Table::read(&folder.join("corpus/manifest.csv"));
    let mut wrong = Vec::new();
    for row in manifest.rows().filter(|row| !is_exception(row.get("name"))) {
        let name = row.get("name");
        let activities = read(name);
        let records: usize = activities.iter().map(|a| a.records).sum();
        if records.to_string() != row.get("records") {
            wrong.push(format!("{name}: {records} records instead of {}", row.get("records")));
        }
        let has_hr = activities.iter().any(|a| a.samples.heart_rate_bpm.is_some());
        let has_cadence = activities.iter().any(|a| a.samples.cadence_spm.is_some());
        for (has, key) in [(has_hr, "has_hr"), (has_cadence, "has_cadence")] {
            if row.get(key) == "yes" && !has {
                wrong.push(format!("{name}: {key} is yes"));
            }
        }
        activities.iter().for_each(check_invariants);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What every reader of an activity relies on.
fn check_invariants(activity: &Activity) {
    let s = &activity.samples;
    assert!(s.elapsed_s.is_sorted_by(|a, b| a < b));
    assert!(s.elapsed_s.first().is_none_or(|&t| t == 0.0));
    let lengths = [&s.lat_deg, &s.lon_deg, &s.distance_m].into_iter().flatten().map(|c| c.len());
    let narrow =
        [&s.speed_mps, &s.altitude_m, &s.heart_rate_bpm, &s.cadence_spm, &s.power_w, &s.temperature_c];
    for len in lengths.chain(narrow.into_iter().flatten().map(|c| c.len())) {
        assert_eq!(len, s.len());
    }
    assert!(s.len() <= activity.records);
    assert!(activity.laps.is_sorted_by(|a, b| a.start_s <= b.start_s));
    assert!(activity.pauses.iter().all(|p| p.start_s < p.end_s));
}

#[test]
fn best_miles_are_those_of_an_independent_program() {
    let Some(folder) = corpus() else { return };
    let truth = Table::read(&folder.join("corpus/truth.csv"));
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in truth.rows().filter(|row| !is_exception(row.get("name"))) {
        let name = row.get("name");
        let activity = read(name).into_iter().next().unwrap_or_else(|| panic!("{name} gives no activity"));
        let tracks = [
            ("best_mile_recorded_s", "start_offset_s", recorded(&activity)),
            ("best_mile_gps_s", "gps_start_offset_s", by_positions(&activity)),
        ];
        for (time_key, start_key, track) in tracks {
            let found = best_mile(&track);
            compared += 1;
            let same = match (found, row.get(time_key).parse::<f64>()) {
                (Some((time, start)), Ok(true_time)) => {
                    let true_start: f64 = row.get(start_key).parse().unwrap();
                    // The other program counts its starts from the first sample with a value of the kind.
                    let start = start - track[0].0;
                    (time - true_time).abs() <= 0.02 && (start - true_start).abs() < 1.5
                }
                (None, Err(_)) => true,
                _ => false,
            };
            if !same {
                let (time, start) = (row.get(time_key), row.get(start_key));
                wrong.push(format!("{name} {time_key}: {found:?} instead of {time} from {start}"));
            }
        }
    }
    println!("{compared} best miles compared");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Time and distance by the device.
fn recorded(activity: &Activity) -> Vec<(f64, f64)> {
    let s = &activity.samples;
    let Some(distance) = &s.distance_m else { return Vec::new() };
    let points = s.elapsed_s.iter().zip(distance.iter()).filter_map(|(&t, d)| Some((t, d?)));
    points
        .scan(f64::NEG_INFINITY, |max, (t, d)| {
            *max = max.max(d);
            Some((t, *max))
        })
        .collect()
}

/// Time and the sum of the steps on the WGS84 ellipsoid, each by the radii of curvature at its middle.
fn by_positions(activity: &Activity) -> Vec<(f64, f64)> {
    let s = &activity.samples;
    let mut sum = 0.0;
    let mut last: Option<(f64, f64)> = None;
    let mut track = Vec::new();
    for row in 0..s.len() {
        let Some(position) = s.position_deg(row) else { continue };
        sum += last.map_or(0.0, |last| step_m(last, position));
        last = Some(position);
        track.push((s.elapsed_s[row], sum));
    }
    track
}

fn step_m((lat1, lon1): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    const A: f64 = 6_378_137.0;
    const E2: f64 = 0.006_694_379_990_141_33;
    let sin = f64::midpoint(lat1, lat2).to_radians().sin();
    let w2 = 1.0 - E2 * sin * sin;
    let north = (lat2 - lat1).to_radians() * A * (1.0 - E2) / (w2 * w2.sqrt());
    let east = (lon2 - lon1).to_radians() * A / w2.sqrt() * (1.0 - sin * sin).sqrt();
    north.hypot(east)
}

/// The fastest mile and its start, anchored at each sample as start and as end, by trying all.
fn best_mile(track: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut best: Option<(f64, f64)> = None;
    let mut offer = |start: f64, end: f64| {
        if best.is_none_or(|(time, _)| end - start < time) {
            best = Some((end - start, start));
        }
    };
    for &(t, d) in track {
        if let Some(end) = time_at(track, d + MILE_M) {
            offer(last_time_at(track, d).unwrap_or(t).max(t), end);
        }
        if let Some(start) = last_time_at(track, d - MILE_M) {
            offer(start, t);
        }
    }
    best
}

/// The first time at which a distance is reached.
fn time_at(track: &[(f64, f64)], distance: f64) -> Option<f64> {
    let after = track.partition_point(|&(_, d)| d < distance);
    let (&(t1, d1), (t0, d0)) = (track.get(after)?, *track.get(after.checked_sub(1)?)?);
    Some(t0 + (t1 - t0) * (distance - d0) / (d1 - d0))
}

/// The last time at which a distance is not yet exceeded.
fn last_time_at(track: &[(f64, f64)], distance: f64) -> Option<f64> {
    let after = track.partition_point(|&(_, d)| d <= distance);
    let (t0, d0) = *track.get(after.checked_sub(1)?)?;
    let Some(&(t1, d1)) = track.get(after) else { return Some(t0) };
    Some(t0 + (t1 - t0) * (distance - d0) / (d1 - d0))
}
