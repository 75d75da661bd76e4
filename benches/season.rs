//! How fast a season is read: hour-long FIT files from a folder and from one archive, everything computed, on all
//! cores; and how fast its table is written.
//!
//! The files are made here, see `examples/fixtures/simulator/season.rs`. What these figures mean beside other
//! programs is measured in one run by `benches/peers/measure.sh`.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on should stop")]

use std::fs;
use std::hint::black_box;
use std::io::{Cursor, Write, sink};
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fourlap::season::write::write;
use fourlap::season::{SeasonOptions, TableFormat, Unwatched, scan};
use fourlap::{Options, analyze, parser};
use serde_json::Value;
use simulator::{fit_writer, season};
use zip::write::{SimpleFileOptions, ZipWriter};

// A bench without the test harness drops the simulator's tests and leaves what they import.
#[allow(unused_imports)]
#[path = "../examples/fixtures/simulator/mod.rs"]
mod simulator;

/// A whole round of the simulator's sessions.
const FILES: usize = 48;
/// Rows of the table that is written: ten years.
const ROWS: usize = 3_000;

/// A season's files in a folder and in an archive beside it.
fn files(folder: &Path) -> (PathBuf, PathBuf, Vec<Vec<u8>>) {
    let (unpacked, packed) = (folder.join("season"), folder.join("season.zip"));
    fs::create_dir_all(&unpacked).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut contents = Vec::new();
    for (name, recording) in season::draw(FILES) {
        let bytes = fit_writer::write(&recording);
        fs::write(unpacked.join(format!("{name}.fit")), &bytes).unwrap();
        writer.start_file(format!("{name}.fit"), SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
        contents.push(bytes);
    }
    fs::write(&packed, writer.finish().unwrap().into_inner()).unwrap();
    (unpacked, packed, contents)
}

fn reading(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (unpacked, packed, contents) = files(folder.path());
    let scanned = |path: &PathBuf| scan(std::slice::from_ref(path), &SeasonOptions::default(), &Unwatched);
    let rows = scanned(&unpacked).rows;
    assert_eq!(rows.iter().filter(|row| row.mile.is_some()).count(), FILES);
    assert_eq!(scanned(&packed).rows.len(), FILES);

    let mut group = c.benchmark_group("season");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    group.throughput(Throughput::Elements(FILES as u64));
    group.bench_function("folder, all cores", |b| b.iter(|| scanned(black_box(&unpacked))));
    group.bench_function("archive, all cores", |b| b.iter(|| scanned(black_box(&packed))));
    group.bench_function("parsing alone, one core", |b| {
        b.iter(|| contents.iter().map(|bytes| parser::read(black_box(bytes)).unwrap().len()).sum::<usize>());
    });
    group.bench_function("parsing and analysis, one core", |b| {
        b.iter(|| {
            let activities = contents.iter().flat_map(|bytes| parser::read(black_box(bytes)).unwrap());
            activities.filter(|activity| analyze(activity, &Options::default()).best_mile.is_some()).count()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("season table");
    group.sample_size(20);
    let table: Vec<_> = rows.iter().cycle().take(ROWS).cloned().collect();
    group.throughput(Throughput::Elements(ROWS as u64));
    for (name, format) in
        [("csv", TableFormat::Csv), ("parquet", TableFormat::Parquet), ("json lines", TableFormat::JsonLines)]
    {
        group.bench_function(name, |b| {
            b.iter(|| write(black_box(&table), &Value::Null, format, sink()).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
