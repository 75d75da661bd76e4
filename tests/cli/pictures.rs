//! `chart`: what is drawn, and where it goes.

use crate::{fixture, fourlap, names_in, refusal};

#[test]
fn all_charts_are_drawn_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("charts");
    let done =
        fourlap(&["chart", &fixture("track-mile.fit"), "--kind", "all", "-o", &into.to_string_lossy()]);
    assert_eq!(done.status.code(), Some(0));
    let kinds = ["delta", "hr", "laps", "pacing", "run", "shape", "track"];
    let mut expected: Vec<String> =
        kinds.iter().flat_map(|kind| [format!("{kind}.png"), format!("{kind}.svg")]).collect();
    expected.push("card.png".into());
    expected.sort();
    assert_eq!(names_in(&into), expected);
    let svg = std::fs::read_to_string(into.join("run.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("warm-up") && svg.contains("cool-down"), "{svg}");
    assert!(std::fs::read(into.join("run.png")).unwrap().starts_with(b"\x89PNG"));
    let one = folder.path().join("x.png");
    let said = refusal(&["chart", &fixture("track-mile.fit"), "--kind", "all", "-o", &one.to_string_lossy()]);
    assert!(said.contains("names one picture, and --kind all draws several; name a folder"), "{said}");
    assert!(!one.exists());
}

#[test]
fn the_gap_to_another_mile_is_drawn() {
    let (a, b) = (fixture("track-mile.fit"), fixture("road-mile.fit"));
    let drawn = fourlap(&["chart", &a, "--against", &b, "-o", "-"]);
    let svg = String::from_utf8(drawn.stdout).unwrap();
    assert!(svg.contains("road-mile.fit, 5:19.2"), "{svg}");
    // An official time is that of the mile, not of the one it is held against.
    let drawn = fourlap(&["chart", &a, "--against", &a, "--official", "5:25", "-o", "-"]);
    let svg = String::from_utf8(drawn.stdout).unwrap();
    assert!(svg.contains("track-mile.fit, 5:19.6") && svg.contains("passed at 5:25.0 (+5.4 s)"), "{svg}");
    let said = refusal(&["chart", &a, "--against", &b, "--kind", "laps", "-o", "-"]);
    assert!(said.contains("--against goes with --kind delta or all, not with laps"), "{said}");
}

/// Of a mile that is there, but without what the chart shows.
#[test]
fn a_chart_that_cannot_be_made_is_a_failure_and_not_a_missing_mile() {
    let recording = std::fs::read_to_string(fixture("track-mile.gpx")).unwrap();
    let pieces: Vec<&str> = recording.split("<gpxtpx:hr>").collect();
    let kept = pieces.iter().map(|piece| piece.split_once("</gpxtpx:hr>").map_or(*piece, |(_, rest)| rest));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.gpx");
    std::fs::write(&path, kept.collect::<String>()).unwrap();
    let done = fourlap(&["chart", &path.to_string_lossy(), "--kind", "hr", "-o", "-"]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("the mile was recorded without heart rate, so there is nothing to draw"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_is_shown_as_it_can_be_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new\nline.fit");
    std::fs::copy(fixture("track-mile.fit"), &file).unwrap();
    let drawn = folder.path().join("new\nline.svg");
    let done = fourlap(&["chart", &file.to_string_lossy(), "-o", &drawn.to_string_lossy()]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.ends_with("new\\x0Aline.svg\n") && drawn.exists(), "{said}");
    let card = String::from_utf8(fourlap(&["analyze", &file.to_string_lossy()]).stdout).unwrap();
    assert!(card.starts_with("new\\x0Aline.fit "), "{card}");
}
