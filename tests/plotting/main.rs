//! Pictures: the same bytes each time, text that is really there, names that do no harm, labels inside.
#![cfg(feature = "plot")]
// Helpers of tests are tests too; the lint knows only the functions that are marked.
#![allow(clippy::unwrap_used)]

mod miles;

use fourlap::plotting::{ChartOptions, Picture, Theme, pacing};
use fourlap::units::UnitSystem;
use fourlap::{Analysis, Options, analyze};
use miles::Mile;

fn analysis(mile: Mile, goal_s: Option<f64>) -> Analysis {
    analyze(&mile.activity(), &Options { goal_s, ..Options::default() })
}

fn draw(analysis: &Analysis) -> Picture {
    pacing(analysis, &ChartOptions::default()).unwrap()
}

/// Every kind of mile whose picture is looked at.
fn gallery() -> Vec<(&'static str, Analysis, ChartOptions)> {
    let light = ChartOptions::default();
    let km = ChartOptions { units: UnitSystem::Kilometres, ..light };
    let dark = ChartOptions { theme: Theme::DARK, ..light };
    let small = ChartOptions { width_px: 800, height_px: 560, ..light };
    let heart = Mile { heart_bpm: Some(miles::climbing), ..Mile::default() };
    let even = Mile::default();
    let fade = Mile { pace_s: miles::fade, ..heart };
    let planned = Mile { pace_s: miles::planned, ..heart };
    let mut suspect = analysis(planned, Some(318.0));
    if let Some(best) = &mut suspect.best_mile {
        best.verdict = fourlap::analysis::Verdict::Suspect;
        best.race.as_mut().unwrap().uncertainty_s = Some(0.8);
    }
    vec![
        ("even-goal", analysis(even, Some(320.0)), light),
        ("fade", analysis(Mile { heart_bpm: None, ..fade }, None), light),
        ("fade-heart-goal", analysis(fade, Some(318.0)), light),
        ("planned-heart", analysis(planned, Some(320.0)), light),
        ("planned-dark", analysis(planned, Some(320.0)), dark),
        ("planned-small", analysis(planned, Some(320.0)), small),
        ("suspect", suspect, light),
        ("pause", analysis(Mile { pause_m: Some(700.0), ..planned }, None), light),
        ("slow", analysis(Mile { pace_s: |m| 720.0 + 0.02 * m, ..even }, Some(725.0)), light),
        ("fast-km", analysis(Mile { pace_s: |m| 232.0 - 0.003 * m, ..heart }, Some(230.0)), km),
        ("noisy", analysis(Mile { noise_mps: 0.9, ..planned }, Some(320.0)), light),
        ("smart", analysis(Mile { every_s: 5, ..fade }, None), light),
        (
            "walk",
            analysis(
                Mile { pace_s: |m| if m > 900.0 && m < 1100.0 { 900.0 } else { 350.0 }, ..heart },
                Some(400.0),
            ),
            light,
        ),
        ("flying", analysis(Mile { rest_s: 0, ..fade }, Some(300.0)), light),
    ]
}

/// Writes the gallery for people to look at: `FOURLAP_GALLERY=folder cargo test --test plotting gallery`.
#[test]
fn the_gallery_is_drawn() {
    let folder = std::env::var_os("FOURLAP_GALLERY").map(std::path::PathBuf::from);
    for (name, analysis, options) in gallery() {
        let picture = pacing(&analysis, &options).unwrap();
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.svg")), picture.svg()).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), picture.to_png().unwrap()).unwrap();
        }
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let analysis = analysis(Mile { heart_bpm: Some(miles::climbing), ..Mile::default() }, Some(320.0));
    let (first, second) = (draw(&analysis), draw(&analysis));
    assert_eq!(first.svg(), second.svg());
    assert_eq!(first.to_png().unwrap(), second.to_png().unwrap());
}
