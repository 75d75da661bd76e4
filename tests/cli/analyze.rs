//! `analyze`: which mile is taken, what is told of it, and the report beside it.

use std::path::Path;

use crate::{complaint, fixture, fourlap, json, names_in, transcript, written};

/// The JSON of the track mile with more arguments.
fn track_mile(arguments: &[&str]) -> serde_json::Value {
    let file = fixture("track-mile.fit");
    json(&[&["analyze", &file], arguments].concat())
}

#[test]
fn the_report_card() {
    insta::assert_snapshot!(transcript(&["analyze", &fixture("track-mile.fit"), "--goal", "5:20", "-v"]));
}

#[test]
fn the_card_of_a_road_mile_without_a_goal() {
    insta::assert_snapshot!(transcript(&["analyze", &fixture("road-mile.gpx"), "--units", "km"]));
}

#[test]
fn the_card_of_a_runner_who_told_about_herself() {
    let about = ["--sex", "f", "--born", "1984-02-11", "--max-hr", "186", "--threshold-hr", "165"];
    let mut arguments = vec!["analyze".to_owned(), fixture("road-mile.fit"), "-v".to_owned()];
    arguments.extend(about.map(str::to_owned));
    insta::assert_snapshot!(transcript(&arguments.iter().map(String::as_str).collect::<Vec<_>>()));
}

#[test]
fn an_age_grade_that_cannot_be_true_is_doubted_and_a_missing_one_explained() {
    let card = |about: &[&str]| {
        let file = fixture("track-mile.fit");
        String::from_utf8(fourlap(&[&["analyze", &file], about].concat()).stdout).unwrap()
    };
    assert!(card(&["--sex", "f", "--age", "30"]).contains("% (2025 road table)"));
    assert!(card(&["--sex", "f", "--age", "100"]).contains("age grade 404.3 % (check age and sex)"));
    let unborn = card(&["--sex", "f", "--born", "2030", "-v"]);
    assert!(unborn.contains("there is no age grade, because the day of birth, 2030-01-01, is"), "{unborn}");
    assert!(!unborn.contains("adds the age grade"), "{unborn}");
}

#[test]
fn an_official_time_is_believed_and_the_laps_follow() {
    let line = track_mile(&["--official", "5:18.4"]);
    let race = &line["best_mile"]["race"];
    assert_eq!(race["time_s"], 318.4);
    let laps: f64 = race["splits"].as_array().unwrap().iter().map(|s| s["time_s"].as_f64().unwrap()).sum();
    assert!((laps - 318.4).abs() < 0.01, "{laps}");
    assert_eq!(line["notices"].as_array().unwrap().last().unwrap()["code"], "official-time");
}

#[test]
fn a_mile_chosen_beyond_the_end_tells_how_long_the_recording_is() {
    let done = fourlap(&["analyze", &fixture("track-mile.fit"), "--at", "99:00"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("the recording is ") && said.contains(" long and ends before 1:39:00"), "{said}");
}

#[test]
fn the_date_of_a_clock_that_was_never_set_is_told_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        std::fs::read_to_string(fixture("track-mile.gpx")).unwrap().replace("2026-03-01T", "1970-01-01T");
    let file = written(folder.path(), "unset.gpx", text.as_bytes()).to_string_lossy().into_owned();
    let page = folder.path().join("mile.html").to_string_lossy().into_owned();
    for arguments in
        [&["analyze", &file, "--report", &page][..], &["inspect", &file], &["compare", &file, &file]]
    {
        let shown = transcript(arguments);
        assert!(shown.contains("date not known") && !shown.contains("1970"), "{shown}");
    }
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("date not known") && !page.contains("January 1970"), "{page}");
    assert_eq!(json(&["analyze", &file])["activity"]["start"], "1970-01-01T09:00:00Z");
}

#[test]
fn a_chosen_mile_is_taken_instead_of_the_fastest() {
    let at = track_mile(&["--at", "5:00"]);
    assert_eq!(at["best_mile"]["start_s"], 300.0);
    assert!(at["best_mile"]["time_s"].as_f64().unwrap() > 400.0 && at["grade"].is_object());
    // The button was pressed at the gun, which began the second lap.
    let lap = track_mile(&["--laps", "2-5"]);
    assert!((lap["best_mile"]["time_s"].as_f64().unwrap() - 319.49).abs() < 2.0, "{}", lap["best_mile"]);
    let done = fourlap(&["analyze", &fixture("track-mile.fit"), "--laps", "9-12"]);
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn a_stated_lane_and_source_are_used() {
    let lane_4 = track_mile(&["--lane", "4"]);
    assert!((lane_4["oval"]["lap_length_m"].as_f64().unwrap() - 422.37).abs() < 0.01);
    // The positions show lane 1, and that is said.
    let codes: Vec<&str> =
        lane_4["notices"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"track-contradicted"), "{codes:?}");
    assert_eq!(track_mile(&["--distance-source", "gps"])["best_mile"]["distance_source"], "gps");
    assert_eq!(track_mile(&["--distance-source", "recorded"])["best_mile"]["distance_source"], "recorded");
    let file = fixture("track-mile.gpx");
    let (code, line) = complaint(Path::new("-"), &["analyze", &file, "--distance-source", "recorded"]);
    assert_eq!(code, 1);
    assert!(line.contains("it has no distance of the source 'recorded'"), "{line}");
}

#[test]
fn the_whole_run_is_cut_into_parts() {
    let line = track_mile(&["--every", "1km"]);
    let parts = line["every"].as_array().unwrap();
    assert_eq!((parts.len(), &parts[0]["to_m"]), (7, &serde_json::json!(1000.0)));
}

#[test]
fn the_story_of_a_mile_is_told() {
    let told = transcript(&["analyze", &fixture("track-mile.fit"), "--explain"]);
    for words in
        ["laps of a track", "lane 1", "the noise of the positions", "presses of the lap button", "sample"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_truncated_file_gives_what_it_holds() {
    let line = json(&["analyze", &fixture("truncated.fit")]);
    assert!(line["activity"]["samples"].as_u64().unwrap() > 100);
    let notices = line["notices"].as_array().unwrap();
    assert!(notices.iter().any(|notice| notice["code"] == "truncated"), "{notices:?}");
}

#[test]
fn a_report_is_written_beside_the_card_and_a_wrong_name_stops_it_before() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str| {
        let file = folder.path().join(name).to_string_lossy().into_owned();
        fourlap(&["analyze", &fixture("track-mile.fit"), "--goal", "5:20", "--report", &file])
    };
    let done = report("mile.html");
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8(done.stdout).unwrap().contains("MILE  5:19.6"));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.starts_with("fourlap: report written to ") && said.ends_with("mile.html\n"), "{said}");
    let page = std::fs::read_to_string(folder.path().join("mile.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("goal 5:20 beaten by 0.4 s"));
    assert_eq!(report("mile.png").status.code(), Some(0));
    let refused = report("mile.pdf");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("mile.pdf': a report's name ends in .html, .svg or .png"), "{said}");
    assert_eq!(names_in(folder.path()), ["mile.html", "mile.png"]);
}

/// The positions show lane 1: a mile in another lane than was run is no time to be proud of.
#[test]
fn a_lane_that_the_positions_contradict_makes_the_mile_suspect() {
    let verdict = |lane: &str| {
        let found = json(&["analyze", &fixture("track-mile.fit"), "--lane", lane]);
        (found["best_mile"]["verdict"].clone(), found["best_mile"]["verdict_reason"].clone())
    };
    assert_eq!(verdict("1"), ("clean".into(), serde_json::Value::Null));
    let (suspect, reason) = verdict("9");
    assert_eq!(suspect, "suspect");
    assert!(reason.as_str().unwrap().contains("a lap of 460.7 m was stated"), "{reason}");
}
