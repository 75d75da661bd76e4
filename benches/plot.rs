//! How long the pacing chart takes: at most 2 ms as SVG, 20 ms as PNG of 1200 x 800.

use criterion::{Criterion, criterion_group, criterion_main};
use fourlap::plotting::{ChartOptions, pacing};
use fourlap::{Options, analyze};

#[path = "../tests/plotting/miles.rs"]
mod miles;

fn charts(criterion: &mut Criterion) {
    let options = ChartOptions::default();
    let goal = Options { goal_s: Some(320.0), ..Options::default() };
    for (shape, pace_s) in [("planned", miles::planned as fn(f64) -> f64), ("fade", miles::fade)] {
        let heart_bpm = Some(miles::climbing as fn(f64) -> f64);
        let mile = miles::Mile { pace_s, heart_bpm, noise_mps: 0.1, ..miles::Mile::default() };
        let analysis = analyze(&mile.activity(), &goal);
        criterion.bench_function(&format!("pacing/svg/{shape}"), |bencher| {
            bencher.iter(|| pacing(&analysis, &options));
        });
        let Ok(picture) = pacing(&analysis, &options) else { return };
        criterion.bench_function(&format!("pacing/png-1200x800/{shape}"), |bencher| {
            bencher.iter(|| picture.to_png());
        });
    }
}

criterion_group!(benches, charts);
criterion_main!(benches);
