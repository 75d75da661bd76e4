//! Our FIT decoder against the `fitparser` crate: each column, value by value, over every FIT file there is.
//!
//! Known defects of the crate, for which values are not compared:
//! - `compressed_speed_distance` is summed up without its roll-over, so distances and speeds of files with
//!   nothing else are wrong there;
//! - it reads nothing of a file that is cut off, has no data size or has bytes behind its end, and nothing
//!   of one whose checksum is wrong unless told so;
//! - where a record has a plain field and its `enhanced_` twin, either may come first.

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use fitparser::de::{DecodeOption, from_bytes_with_options};
use fitparser::profile::MesgNum;
use fitparser::{FitDataField, Value};
use fourlap::activity::{Column, Number};
use fourlap::{Activity, ErrorKind, parser};

/// Files whose values the crate gets wrong.
const WRONG_THERE: [(&str, &str); 1] =
    [("pf_compressed-speed-distance.fit", "compressed distance without roll-over")];

/// The notices that count samples which were left out.
const LEAVES_OUT: [&str; 4] = ["time-missing", "time-jump", "time-ahead", "time-went-back"];

fn fit_files() -> Vec<PathBuf> {
    let mut files = support::corpus_files(".fit");
    files.extend(support::corpus_files(".fit.gz"));
    if let Ok(entries) = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")) {
        files.extend(
            entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "fit")),
        );
    }
    files
}

#[test]
fn every_column_equals_the_one_of_fitparser() {
    let (mut compared, mut rows) = (0, 0);
    for path in fit_files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = support::unpacked(&path);
        let Some(theirs) = their_rows(&bytes).filter(|theirs| !theirs.is_empty()) else { continue };
        if WRONG_THERE.iter().any(|(file, _)| *file == name) {
            continue;
        }
        let ours = match parser::read(&bytes) {
            Ok(ours) => ours,
            // They read the points of a course, which we know not to be a recording.
            Err(error) if matches!(error.kind(), ErrorKind::NotARecording { .. }) => continue,
            Err(error) => panic!("{name}: they read {} rows, and we say: {error}", theirs.len()),
        };
        ours.iter().for_each(|activity| compare(&name, activity, &theirs));
        // No second of theirs may be lost without a word.
        let read: usize = ours.iter().map(|activity| activity.samples.len()).sum();
        let told: usize = ours
            .iter()
            .flat_map(|a| &a.notices)
            .filter(|n| LEAVES_OUT.contains(&n.code))
            .map(|n| n.count)
            .sum();
        assert!(
            read + told >= theirs.len(),
            "{name}: {read} of their {} rows, {told} left out",
            theirs.len()
        );
        compared += 1;
        rows += read;
    }
    println!("{compared} files with {rows} rows compared");
    let expected = if support::corpus().is_some() { 40 } else { 3 };
    assert!(compared >= expected && rows > 1000, "only {compared} files with {rows} rows were compared");
}

/// The records of a file by their time in seconds since 1970: of several at one time the first value of each.
type Rows = BTreeMap<i64, BTreeMap<String, f64>>;

fn their_rows(bytes: &[u8]) -> Option<Rows> {
    let options = [DecodeOption::SkipDataCrcValidation, DecodeOption::SkipHeaderCrcValidation].into();
    // The crate panics on some broken files.
    let records = std::panic::catch_unwind(|| from_bytes_with_options(bytes, &options)).ok()?.ok()?;
    let mut rows = Rows::new();
    for record in records.iter().filter(|record| record.kind() == MesgNum::Record) {
        let time = record.fields().iter().find(|f| f.name() == "timestamp").and_then(number);
        let Some(time) = time else { continue };
        let row = rows.entry(time as i64).or_default();
        // Developer fields cannot be told apart by name alone; a native one has its number of the profile.
        for field in record.fields().iter().filter(|f| is_native(f)) {
            if let Some(value) = number(field) {
                row.entry(field.name().to_owned()).or_insert(value);
            }
        }
    }
    Some(rows)
}

fn is_native(field: &FitDataField) -> bool {
    let number = match field.name() {
        "position_lat" => 0,
        "position_long" => 1,
        "heart_rate" => 3,
        "cadence" => 4,
        "distance" => 5,
        "power" => 7,
        "temperature" => 13,
        "fractional_cadence" => 53,
        "enhanced_speed" => 73,
        "enhanced_altitude" => 78,
        _ => return false,
    };
    // Plain speed and altitude come under the names of their twins.
    field.number() == number || matches!((field.number(), number), (6, 73) | (2, 78))
}

fn number(field: &FitDataField) -> Option<f64> {
    Some(match field.value() {
        Value::Timestamp(time) => time.timestamp() as f64,
        Value::Byte(v) | Value::Enum(v) | Value::UInt8(v) | Value::UInt8z(v) => f64::from(*v),
        Value::SInt8(v) => f64::from(*v),
        Value::SInt16(v) => f64::from(*v),
        Value::UInt16(v) | Value::UInt16z(v) => f64::from(*v),
        Value::SInt32(v) => f64::from(*v),
        Value::UInt32(v) | Value::UInt32z(v) => f64::from(*v),
        Value::Float32(v) => f64::from(*v),
        Value::Float64(v) => *v,
        _ => return None,
    })
}

fn compare(name: &str, activity: &Activity, theirs: &Rows) {
    let s = &activity.samples;
    let Some(start) = activity.start else { return };
    let legs = if matches!(activity.sport, fourlap::activity::Sport::Other(_)) { 1.0 } else { 2.0 };
    let degrees = 180.0 / 2_147_483_648.0;
    let from_strap = activity.notices.iter().any(|n| n.code == "strap-heart-rate");
    let from_developers = activity.notices.iter().any(|n| n.code == "developer-field");
    for (row, &elapsed) in s.elapsed_s.iter().enumerate() {
        let Some(their) = theirs.get(&(start.as_second() + elapsed as i64)) else {
            panic!("{name}: no record at {elapsed} s");
        };
        let nowhere = ["position_lat", "position_long"].iter().all(|&half| their.get(half) == Some(&0.0))
            && activity.notices.iter().any(|notice| notice.code == "position-zero");
        let check = |column: &str, ours: Option<f64>, factor: f64, tolerance: f64| {
            let theirs = their.get(column).map(|v| v * factor);
            // Values that the repairs take out are theirs alone: a heart rate of 0 is none, nor is 0, 0 a place.
            let repaired = match column {
                "heart_rate" => theirs == Some(0.0),
                "position_lat" | "position_long" => nowhere,
                _ => false,
            } && ours.is_none();
            let both = ours.zip(theirs);
            let same =
                both.is_some_and(|(a, b)| (a - b).abs() <= tolerance) || (ours, theirs) == (None, None);
            assert!(same || repaired, "{name}: {column} at {elapsed} s is {ours:?} and not {theirs:?}");
        };
        check("position_lat", value(&s.lat_deg, row), degrees, 1e-12);
        check("position_long", value(&s.lon_deg, row), degrees, 1e-12);
        check("distance", value(&s.distance_m, row), 1.0, 1e-9);
        check("enhanced_speed", value(&s.speed_mps, row), 1.0, 1e-5);
        check("enhanced_altitude", value(&s.altitude_m, row), 1.0, 1e-3);
        check("temperature", value(&s.temperature_c, row), 1.0, 0.0);
        if !from_developers {
            if !from_strap || their.contains_key("heart_rate") {
                check("heart_rate", value(&s.heart_rate_bpm, row), 1.0, 0.0);
            }
            check("power", value(&s.power_w, row), 1.0, 0.0);
            let part = their.get("fractional_cadence").copied().unwrap_or(0.0);
            let cadence = their.get("cadence").map(|c| (c + part) * legs);
            let ours = value(&s.cadence_spm, row);
            let same = ours.zip(cadence).is_none_or(|(a, b)| (a - b).abs() < 1e-3);
            assert!(
                same && ours.is_some() == cadence.is_some(),
                "{name}: cadence {ours:?} and not {cadence:?}"
            );
        }
    }
}

fn value<T: Number>(column: &Option<Column<T>>, row: usize) -> Option<f64> {
    column.as_ref()?.get(row).map(Into::into)
}
