//! Every chart of every kind of mile, for every medium: labels inside and apart, the same bytes, the right size.

use fourlap::plotting::{ChartError, ChartKind, ChartOptions, Medium, Picture, card, gap};
use fourlap::{Analysis, Options, analyze};

use crate::labels;
use crate::miles::{self, Mile};

pub(crate) fn fixture(name: &str, goal_s: Option<f64>) -> Analysis {
    let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let activities = fourlap::parser::read(&std::fs::read(path).unwrap()).unwrap();
    analyze(&activities[0], &Options::with_goal(goal_s))
}

fn made(mile: Mile, goal_s: Option<f64>) -> Analysis {
    analyze(&mile.activity(), &Options::with_goal(goal_s))
}

/// Miles with and without positions, heart rate, goal and uncertainty, fast, slow, even and uneven.
fn subjects() -> Vec<(&'static str, Analysis)> {
    let heart = Mile { heart_bpm: Some(miles::climbing), ..Mile::default() };
    let slow = Mile { pace_s: |m| 760.0 + 0.02 * m, ..heart };
    let uneven = Mile { pace_s: |m| if m < 400.0 { 270.0 } else { 360.0 + 0.02 * m }, ..heart };
    vec![
        ("track", fixture("track-mile.fit", Some(320.0))),
        ("road", fixture("road-mile.gpx", None)),
        ("pause", fixture("pause.fit", Some(325.0))),
        ("jump", fixture("jump.gpx", None)),
        ("fade", made(Mile { pace_s: miles::fade, ..heart }, Some(318.0))),
        ("slow", made(slow, None)),
        ("uneven", made(uneven, Some(330.0))),
        ("noisy", made(Mile { noise_mps: 0.9, ..heart }, None)),
    ]
}

fn looks() -> Vec<(&'static str, ChartOptions)> {
    let mut page = ChartOptions::default();
    page.heading = false;
    vec![
        ("screen", ChartOptions::default()),
        ("phone", ChartOptions::of(Medium::Phone)),
        ("small", ChartOptions::default().sized(800, 560)),
        ("page-wide", page.sized(1040, 560)),
        ("page-half", page.sized(540, 460)),
        ("page-narrow", page.sized(440, 440)),
    ]
}

fn faults(name: &str, picture: &Picture, margin_px: f64) -> Vec<String> {
    let mut faults = Vec::new();
    let labels = labels::of(picture);
    for (i, label) in labels.iter().enumerate() {
        let inside = label.left >= margin_px
            && label.top >= margin_px
            && label.right <= f64::from(picture.width_px()) - margin_px
            && label.bottom <= f64::from(picture.height_px()) - margin_px;
        if !inside {
            faults.push(format!("{name}: outside: {label:?}"));
        }
        for other in labels[..i].iter().filter(|other| label.touches(other)) {
            faults.push(format!("{name}: {label:?} touches {other:?}"));
        }
    }
    faults
}

/// `FOURLAP_GALLERY=folder` writes the pictures for people to look at.
#[test]
fn no_label_of_any_chart_leaves_it_or_touches_another() {
    let folder = std::env::var_os("FOURLAP_GALLERY").map(std::path::PathBuf::from);
    let mut found = Vec::new();
    for (subject, analysis) in subjects() {
        for (look, options) in looks() {
            for kind in ChartKind::ALL {
                let name = format!("{}-{subject}-{look}", kind.as_str());
                let picture = match kind.draw(&analysis, &options) {
                    Ok(picture) => picture,
                    Err(ChartError::Missing { .. }) => continue,
                    Err(error) => panic!("{name}: {error}"),
                };
                if let Some(folder) = &folder {
                    std::fs::write(folder.join(format!("{name}.png")), picture.to_png().unwrap()).unwrap();
                }
                found.extend(faults(&name, &picture, if options.heading { 8.0 } else { 1.0 }));
            }
        }
        found.extend(faults(subject, &card(&analysis, &ChartOptions::default()).unwrap(), 8.0));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_gap_to_another_mile_is_that_of_their_clocks_and_a_hostile_name_does_no_harm() {
    let (track, road) = (fixture("track-mile.fit", Some(320.0)), fixture("road-mile.fit", None));
    let hostile = format!("<script>\u{202E}\u{1b}{}.fit", "x".repeat(10_000));
    for (look, options) in looks() {
        for name in ["road-mile.fit", &hostile] {
            let picture = gap(&track, &road, name, &options).unwrap();
            assert!(!picture.svg().contains("<script"), "{look}");
            let margin_px = if options.heading { 8.0 } else { 1.0 };
            assert_eq!(faults(look, &picture, margin_px), [""; 0]);
        }
    }
    let time_s = |analysis: &Analysis| analysis.best_mile.as_ref().unwrap().headline().0.time_s;
    let expected = format!("−{:.1}", time_s(&fixture("jump.gpx", None)) - time_s(&track));
    let ahead = gap(&track, &fixture("jump.gpx", None), "jump.gpx", &ChartOptions::default()).unwrap();
    assert!(labels::of(&ahead).iter().any(|label| label.text == expected), "{expected}");
    let itself = gap(&track, &track, "track-mile.fit", &ChartOptions::default()).unwrap();
    let zeros = labels::of(&itself).iter().filter(|label| label.text == "±0.0").count();
    assert_eq!(zeros, 4, "a mile is level with itself at the end of every lap");
}

#[test]
fn what_cannot_be_drawn_says_what_is_missing() {
    let bare = made(Mile::default(), None);
    let draw = |kind: ChartKind| kind.draw(&bare, &ChartOptions::default()).unwrap_err().to_string();
    let said = "the mile was recorded without positions, so there is nothing to draw";
    assert_eq!(draw(ChartKind::Track), said);
    assert_eq!(draw(ChartKind::Hr), said.replace("positions", "heart rate"));
}

#[test]
fn pictures_have_the_size_of_their_medium_and_the_same_bytes_twice() {
    let analysis = fixture("track-mile.fit", Some(320.0));
    let size = |png: &[u8]| {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    };
    let media = [
        (Medium::Screen, (1200, 800)),
        (Medium::Phone, (1080, 1350)),
        (Medium::Print, (2400, 1600)),
        (Medium::Dark, (1200, 800)),
    ];
    for (medium, expected) in media {
        for kind in [ChartKind::Laps, ChartKind::Track] {
            let draw = || kind.draw(&analysis, &ChartOptions::of(medium)).unwrap();
            let (first, second) = (draw(), draw());
            assert_eq!(first.svg(), second.svg());
            let png = first.to_png().unwrap();
            assert_eq!(size(&png), expected, "{medium:?}");
            assert!(png == second.to_png().unwrap(), "{medium:?}");
        }
    }
    let card = card(&analysis, &ChartOptions::default()).unwrap().to_png().unwrap();
    assert_eq!(size(&card), (1080, 1350));
}

/// The print theme holds no colour at all.
#[test]
fn print_is_grey() {
    let analysis = fixture("track-mile.fit", None);
    for kind in ChartKind::ALL {
        let picture = kind.draw(&analysis, &ChartOptions::of(Medium::Print)).unwrap();
        for colour in picture.svg().split("=\"#").skip(1).map(|rest| &rest[..6]) {
            assert!(colour[..2] == colour[2..4] && colour[2..4] == colour[4..], "{kind:?}: {colour}");
        }
    }
}

#[test]
fn a_hostile_name_does_no_harm_in_any_chart() {
    let mut analysis = fixture("track-mile.fit", Some(320.0));
    analysis.activity.name = Some(format!("<script>\u{202E}\u{1b}]]>{}", "x".repeat(10_000)));
    for kind in ChartKind::ALL {
        for options in [ChartOptions::default(), ChartOptions::of(Medium::Phone)] {
            let picture = kind.draw(&analysis, &options).unwrap();
            assert!(!picture.svg().contains("<script") && picture.svg().len() < 120_000);
            assert_eq!(faults(kind.as_str(), &picture, 8.0), [""; 0]);
        }
    }
}

#[test]
fn the_charts_stay_as_they_are() {
    let analysis = fixture("track-mile.fit", Some(320.0));
    for kind in ChartKind::ALL {
        let picture = kind.draw(&analysis, &ChartOptions::default()).unwrap();
        insta::assert_snapshot!(format!("the_{}_chart", kind.as_str()), picture.svg());
    }
    let road = fixture("road-mile.gpx", None);
    let picture = ChartKind::Track.draw(&road, &ChartOptions::of(Medium::Phone)).unwrap();
    insta::assert_snapshot!("the_road_on_a_phone", picture.svg());
    insta::assert_snapshot!("the_card", card(&analysis, &ChartOptions::default()).unwrap().svg());
}
