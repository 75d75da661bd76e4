//! Pictures: the same bytes each time, text that is really there, names that do no harm, labels inside.
// Helpers of tests are tests too; the lint knows only the functions that are marked.
#![allow(clippy::unwrap_used)]

mod kinds;
mod labels;
mod miles;

use fourlap::plotting::{ChartError, ChartOptions, Picture, Theme, pacing};
use fourlap::units::UnitSystem;
use fourlap::{Analysis, Options, analyze};
use miles::Mile;

fn analysis(mile: Mile, goal_s: Option<f64>) -> Analysis {
    analyze(&mile.activity(), &Options::with_goal(goal_s))
}

fn draw(analysis: &Analysis) -> Picture {
    pacing(analysis, &ChartOptions::default()).unwrap()
}

/// Every kind of mile whose picture is looked at.
fn gallery() -> Vec<(&'static str, Analysis, ChartOptions)> {
    let light = ChartOptions::default();
    let (mut km, mut dark) = (light, light);
    km.units = UnitSystem::Kilometres;
    dark.theme = Theme::DARK;
    let small = light.sized(800, 560);
    let heart = Mile { heart_bpm: Some(miles::climbing), ..Mile::default() };
    let even = Mile::default();
    let fade = Mile { pace_s: miles::fade, ..heart };
    let planned = Mile { pace_s: miles::planned, ..heart };
    let mut suspect = analysis(planned, Some(318.0));
    if let Some(best) = &mut suspect.best_mile {
        best.verdict = fourlap::segmenter::Verdict::Suspect;
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
        ("goal-out-of-reach", analysis(fade, Some(215.0)), light),
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

#[test]
fn no_label_leaves_the_picture_or_touches_another() {
    for (name, analysis, options) in gallery() {
        let picture = pacing(&analysis, &options).unwrap();
        let labels = labels::of(&picture);
        assert!(labels.len() > 25, "{name}: {labels:?}");
        for (i, label) in labels.iter().enumerate() {
            let inside = label.left >= 8.0
                && label.top >= 8.0
                && label.right <= f64::from(picture.width_px()) - 8.0
                && label.bottom <= f64::from(picture.height_px()) - 8.0;
            assert!(inside, "{name}: {label:?}");
            let touched = labels[..i].iter().find(|other| label.touches(other));
            assert!(touched.is_none(), "{name}: {label:?} {touched:?}");
        }
    }
}

/// Were the typeface not found, all text would vanish from a PNG without an error.
#[test]
fn the_text_is_really_in_the_png() {
    let picture = draw(&analysis(Mile::default(), Some(320.0)));
    let (width, pixels) = labels::pixels(&picture.to_png().unwrap());
    for label in labels::of(&picture) {
        let dark = (label.top as usize..label.bottom.ceil() as usize)
            .flat_map(|y| (label.left as usize..label.right.ceil() as usize).map(move |x| (x, y)))
            .filter(|(x, y)| pixels[3 * (y * width + x) + 1] < 140)
            .count();
        assert!(dark >= 3 * label.text.len().min(20), "{label:?}: {dark} dark pixels");
    }
}

#[test]
fn a_hostile_name_does_no_harm() {
    let long = "x".repeat(10_000);
    let names = [
        "<script>alert('1')</script> & \"quotes\" ]]>",
        "a\u{0}b\u{1b}[31m\u{7f}\u{85}c\r\n\t",
        "\u{202E}gnp.exe\u{200F} \u{2066}x\u{FFFE}\u{FEFF}",
        "走る 🏃\u{200D}♀\u{FE0F} бег",
        &long,
    ];
    let directions =
        |c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
    for name in names {
        let mut analysis = analysis(Mile::default(), None);
        analysis.activity.name = Some(name.to_owned());
        analysis.activity.device = Some(name.to_owned());
        let picture = draw(&analysis);
        let svg = picture.svg();
        assert!(!svg.contains("<script"), "{name}");
        assert!(!svg.contains(|c: char| (c.is_control() && c != '\n') || directions(c)), "{name}");
        let mut reader = quick_xml::Reader::from_str(svg);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        assert!(labels::of(&picture).iter().all(|label| label.right <= 1192.0), "{name}");
    }
}

#[test]
fn printed_laps_add_up_to_the_printed_mile() {
    let picture = draw(&analysis(Mile { pace_s: miles::fade, noise_mps: 0.4, ..Mile::default() }, None));
    let labels = labels::of(&picture);
    let time = |text: &str| fourlap::units::parse_time(text).ok().filter(|_| text.contains('.'));
    let tenths = |text: &str| time(text).map(|t| (t * 10.0).round() as i64);
    let laps: Vec<i64> = labels.iter().filter_map(|label| tenths(&label.text)).collect();
    let mile =
        labels.iter().find_map(|label| tenths(label.text.strip_prefix("Mile ")?.split(' ').next()?)).unwrap();
    assert_eq!((laps.len(), laps.iter().sum::<i64>()), (4, mile));
}

#[test]
fn what_is_missing_is_said() {
    let mut short = Mile::default().activity();
    short.samples.elapsed_s.truncate(60);
    short.samples.distance_m = Some((0..60).map(|t| Some(f64::from(t) * 3.0)).collect());
    let none = pacing(&analyze(&short, &Options::default()), &ChartOptions::default()).unwrap_err();
    assert_eq!(none.to_string(), "there is no mile to draw: 177 m were recorded, 1432 m short of a mile");
    let mut bare = analysis(Mile::default(), None);
    bare.profile = None;
    assert_eq!(pacing(&bare, &ChartOptions::default()), Err(ChartError::NoProfile));
    let tiny = ChartOptions::default().sized(10, 800);
    let error = pacing(&analysis(Mile::default(), None), &tiny).unwrap_err();
    let said = "a chart of 10 x 800 pixels cannot be drawn; it takes from 400 x 360 to 4000 x 4000";
    assert_eq!(error.to_string(), said);
}

#[test]
fn the_pacing_chart_stays_as_it_is() {
    let mile =
        Mile { pace_s: miles::planned, heart_bpm: Some(miles::climbing), every_s: 4, ..Mile::default() };
    insta::assert_snapshot!(draw(&analysis(mile, Some(320.0))).svg());
}
