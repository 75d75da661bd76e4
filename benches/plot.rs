//! How long pictures take: at most 2 ms as SVG, 20 ms as PNG of 1200 x 800, 40 ms for the whole page.

use criterion::{Criterion, criterion_group, criterion_main};
use fourlap::plotting::{ChartKind, ChartOptions, card, pacing};
use fourlap::report::html::{PageOptions, page};
use fourlap::{Analysis, Options, analyze, parser};

#[path = "../tests/plotting/miles.rs"]
mod miles;

const TRACK: &[u8] = include_bytes!("../fixtures/track-mile.fit");
const ROAD: &[u8] = include_bytes!("../fixtures/road-mile.gpx");

fn recorded(bytes: &[u8]) -> Option<Analysis> {
    let activities = parser::read(bytes).ok()?;
    Some(analyze(activities.first()?, &Options::with_goal(320.0)))
}

/// The pacing chart of miles without positions, whose shapes are known.
fn shapes(criterion: &mut Criterion) {
    let options = ChartOptions::default();
    let goal = Options::with_goal(320.0);
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

/// Every chart of a recording from a track, and the pages of a track and a road.
fn charts(criterion: &mut Criterion) {
    let options = ChartOptions::default();
    let Some(track) = recorded(TRACK) else { return };
    for kind in ChartKind::ALL {
        let name = kind.as_str();
        criterion.bench_function(&format!("{name}/svg"), |bencher| {
            bencher.iter(|| kind.draw(&track, &options));
        });
        let Ok(picture) = kind.draw(&track, &options) else { return };
        criterion.bench_function(&format!("{name}/png-1200x800"), |bencher| {
            bencher.iter(|| picture.to_png());
        });
    }
    criterion.bench_function("card/png-1080x1350", |bencher| {
        bencher.iter(|| card(&track, &options).and_then(|picture| picture.to_png()));
    });
    for (name, analysis) in [("track", Some(track)), ("road", recorded(ROAD))] {
        let Some(analysis) = analysis else { return };
        criterion.bench_function(&format!("page/{name}"), |bencher| {
            bencher.iter(|| page(&analysis, "run.fit", &PageOptions::default()));
        });
    }
}

criterion_group!(benches, shapes, charts);
criterion_main!(benches);
