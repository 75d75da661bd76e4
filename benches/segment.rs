//! How fast a best mile is found: an hour, half a day and a whole day at one sample a second, on a track and on a road.
//!
//! The input is made here: positions with a smooth error of metres, and the device's speed, as a watch records them.
#![allow(missing_docs)]

use std::f64::consts::PI;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fourlap::activity::{Activity, Format, Samples, Sport};
use fourlap::segmenter::{SegmentOptions, segment};

/// A congruential sequence: the same numbers every time, from -1 to 1 (constants of Knuth's MMIX).
fn numbers() -> impl FnMut() -> f64 {
    let mut state = 1_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 23) - 1.0
    }
}

/// Metres east and north after so many metres of a 400 m track.
fn on_track(along_m: f64) -> (f64, f64) {
    let (along_m, half_m) = (along_m % 400.0, along_m % 200.0);
    let side = if along_m < 200.0 { 1.0 } else { -1.0 };
    let turn = ((half_m - 84.39) / 36.8).clamp(0.0, PI);
    let (x_m, y_m) = if half_m < 84.39 {
        (half_m - 42.195, -36.8)
    } else {
        (42.195 + 36.8 * turn.sin(), -36.8 * turn.cos())
    };
    (side * x_m, side * y_m)
}

/// Metres east and north after so many metres of a road that swings about one direction.
fn on_road(along_m: f64) -> (f64, f64) {
    (along_m, 40.0 * (along_m / 180.0).sin())
}

/// Easy running with a fast mile after a rest in every hour.
fn recording(seconds: usize, course: impl Fn(f64) -> (f64, f64), warm_up_s: usize) -> Activity {
    let mut random = numbers();
    let (mut along_m, mut error_m) = (0.0, (0.0, 0.0));
    let (mut lat_deg, mut lon_deg, mut speed_mps) = (Vec::new(), Vec::new(), Vec::new());
    for second in 0..seconds {
        let pace_mps = match second % 3600 {
            1200..1240 => 0.0,
            1240..1560 => 5.1,
            _ => 3.1,
        };
        along_m += pace_mps;
        error_m = (0.95 * error_m.0 + 0.5 * random(), 0.95 * error_m.1 + 0.5 * random());
        // The warm-up lies on the road to the track.
        let (x_m, y_m) = if second < warm_up_s { on_road(along_m) } else { course(along_m) };
        lat_deg.push(Some(45.0 + (y_m + error_m.1) / 111_132.0));
        lon_deg.push(Some(7.0 + (x_m + error_m.0) / 78_847.0));
        speed_mps.push(Some((pace_mps + 0.1 * random()).max(0.0) as f32));
    }
    let samples = Samples {
        elapsed_s: (0..seconds).map(|second| second as f64).collect(),
        lat_deg: Some(lat_deg.into_iter().collect()),
        lon_deg: Some(lon_deg.into_iter().collect()),
        speed_mps: Some(speed_mps.into_iter().collect()),
        ..Samples::default()
    };
    Activity::new(Format::Fit, Sport::Running, samples)
}

fn hours(c: &mut Criterion) {
    let mut group = c.benchmark_group("segment");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for hours in [1, 12, 24] {
        let seconds = hours * 3600;
        group.throughput(Throughput::Elements(seconds as u64));
        for (name, activity) in
            [("track", recording(seconds, on_track, 900)), ("road", recording(seconds, on_road, 0))]
        {
            group.bench_with_input(BenchmarkId::new(name, format!("{hours} h")), &activity, |b, activity| {
                b.iter(|| segment(black_box(activity), &SegmentOptions::default()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, hours);
criterion_main!(benches);
