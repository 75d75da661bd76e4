//! The program as its users meet it: what it prints, where, and with which exit code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn fourlap(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fourlap")).args(arguments).output().unwrap()
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).to_string_lossy().into_owned()
}

/// Exit code, standard output and standard error in one text, with the folder of the fixtures left out.
fn transcript(arguments: &[&str]) -> String {
    let done = fourlap(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&fixture(""), "");
    format!(
        "exit {}\n--- standard output\n{}--- standard error\n{}",
        done.status.code().unwrap(),
        text(&done.stdout),
        text(&done.stderr)
    )
}

/// What a command says of a file: its exit code, and its one line with the folder left out.
fn complaint(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let done = fourlap(arguments);
    assert!(done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stdout));
    let text = String::from_utf8(done.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    let folder = format!("{}/", folder.display());
    (done.status.code().unwrap(), text.trim_end().replace(&folder, "").replace(&fixture(""), ""))
}

fn written(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn bad_input_gets_one_clear_line_and_the_right_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    written(folder, "empty.fit", b"");
    written(folder, "notes.txt", b"ran a mile today, felt great\n");
    written(folder, "picture.fit", b"\x89PNG\r\n\x1a\n and the rest of a picture");
    let cases = [
        (path("missing.fit"), 2, "fourlap: missing.fit: no such file; check the path"),
        (path("empty.fit"), 2, "fourlap: empty.fit: empty, there is nothing to read"),
        (
            path("notes.txt"),
            2,
            "fourlap: notes.txt: not an activity file but plain text; FIT, GPX and TCX are read",
        ),
        (
            path("picture.fit"),
            2,
            "fourlap: picture.fit: not an activity file but a PNG picture; FIT, GPX and TCX are read",
        ),
        (path("."), 2, "fourlap: .: a folder; name the files in it"),
        (fixture("settings.fit"), 1, "fourlap: settings.fit: no recording but device settings"),
        (fixture("route.gpx"), 1, "fourlap: route.gpx: no recording but a planned route"),
        (
            fixture("too-short.fit"),
            1,
            "fourlap: too-short.fit: no mile: 1550 m were recorded, 59 m short of a mile",
        ),
    ];
    for (file, code, line) in &cases {
        for command in ["analyze", "chart"] {
            let line = if command == "chart" {
                line.replace("no mile:", "no mile to draw:")
            } else {
                line.to_string()
            };
            assert_eq!(complaint(folder, &[command, file]), (*code, line), "{command} {file}");
        }
    }
}

#[test]
fn one_broken_file_does_not_stop_the_others() {
    let done = fourlap(&["analyze", "--format", "json", "missing.fit", &fixture("track-mile.fit")]);
    assert_eq!(done.status.code(), Some(2));
    let line: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(line["best_mile"]["time_s"].is_number());
}

#[test]
fn a_truncated_file_gives_what_it_holds() {
    let done = fourlap(&["analyze", "--format", "json", &fixture("truncated.fit")]);
    let line: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(line["activity"]["samples"].as_u64().unwrap() > 100);
    let notices = line["notices"].as_array().unwrap();
    assert!(notices.iter().any(|notice| notice["code"] == "truncated"), "{notices:?}");
}

#[test]
fn standard_input_and_gzip_are_read_like_files() {
    let bytes = std::fs::read(fixture("track-mile.fit")).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&bytes).unwrap();
    let compressed = encoder.finish().unwrap();
    let plain = fourlap(&["analyze", "--format", "json", &fixture("track-mile.fit")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_fourlap"))
        .args(["analyze", "--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&compressed).unwrap();
    let piped = child.wait_with_output().unwrap();
    let without_name = |output: &Output| {
        let mut line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        line.as_object_mut().unwrap().remove("file");
        line
    };
    assert_eq!(without_name(&plain), without_name(&piped));
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fourlap"))
        .args(["analyze", &fixture("track-mile.fit")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn arguments_that_make_no_sense_say_what_would() {
    for (arguments, says) in [
        (vec!["plan", "0:30"], "a mile takes from 3:30 to 40:00; write five minutes twenty as 5:20"),
        (vec!["plan", "5:75"], "the seconds behind the colon must be below 60"),
        (vec!["grade", "80", "80", "80"], "4 values required"),
        (vec!["grade", "8", "80", "80", "80"], "a lap of 400 m takes from 40 s to 10:00"),
        (vec!["grade", "80", "80", "80", "80", "--marks", "250=40"], "'250' is no mark"),
        (
            vec!["grade", "80", "80", "80", "80", "--marks", "1600=9:00"],
            "1600 m lies beyond the whole mile of 5:20.0",
        ),
        (vec!["analyze", "run.fit", "--golf"], "--goal"),
    ] {
        let done = fourlap(&arguments);
        let error = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(error.contains(says), "{arguments:?}: {error}");
    }
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
fn the_grade_of_typed_laps() {
    let laps = ["grade", "57.7", "60.6", "62.4", "58.7", "--goal", "4:00"];
    insta::assert_snapshot!(transcript(&laps));
}

#[test]
fn the_plan_for_a_goal() {
    insta::assert_snapshot!(transcript(&["plan", "5:20"]));
}

#[test]
fn the_inspection_of_a_file() {
    insta::assert_snapshot!(transcript(&["inspect", &fixture("track-mile.fit")]));
}

#[test]
fn the_messages_of_a_file() {
    insta::assert_snapshot!(transcript(&["inspect", "--messages", &fixture("track-mile.fit")]));
}

#[test]
fn what_is_printed_fits_eighty_columns() {
    for arguments in [
        vec!["analyze", "track-mile.fit", "--goal", "5:20", "-v"],
        vec!["analyze", "road-mile.gpx"],
        vec!["inspect", "track-mile.fit"],
        vec!["grade", "68", "74", "80", "84", "--goal", "5:00"],
    ] {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|a| if a.contains(".fit") || a.contains(".gpx") { fixture(a) } else { a.to_string() })
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        // The title line of an inspection is the path, as long as it is.
        for line in transcript(&arguments).lines().filter(|line| !line.contains("fixtures")) {
            assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        }
    }
}
