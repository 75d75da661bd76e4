//! What cannot be done: one clear line, and the right exit code.

use std::path::Path;

use crate::{complaint, fixture, fourlap, refusal, written};

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
fn a_run_under_a_mile_says_how_far_it_went() {
    for (command, says) in [("analyze", "no mile"), ("chart", "no mile to draw")] {
        let (code, line) = complaint(Path::new("-"), &[command, &fixture("too-short.fit")]);
        let rest = line.strip_prefix(&format!("fourlap: too-short.fit: {says}: ")).unwrap();
        let (metres, rest) = rest.split_once(" m were recorded, ").unwrap();
        // It was 1551 m of ground.
        assert!((metres.parse::<f64>().unwrap() - 1551.0).abs() < 8.0, "{line}");
        assert!(rest.ends_with(" m short of a mile"), "{line}");
        assert_eq!(code, 1);
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
fn arguments_that_make_no_sense_say_what_would() {
    for (arguments, says) in [
        (vec!["plan", "0:30"], "a mile takes from 3:30 to 40:00; write five minutes twenty as 5:20"),
        (vec!["plan", "5:75"], "the seconds behind the colon must be below 60"),
        (vec!["analyze", "run.fit", "--goal", "-5:00"], "'-5:00' is no time: write it as 5:20 or 5:18.4"),
        (vec!["analyze", "run.fit", "--at", "-1"], "'-1' is no time"),
        (vec!["grade", "80", "80", "80"], "4 values required"),
        (vec!["grade", "8", "80", "80", "80"], "a lap of 400 m takes from 40 s to 10:00"),
        (vec!["grade", "80", "80", "80", "80", "--marks", "250=40"], "'250' is no mark"),
        (
            vec!["grade", "80", "80", "80", "80", "--marks", "1600=9:00"],
            "1600 m in 9:00.0 and the end of lap 4 in 5:20.0 cannot both be right",
        ),
        (vec!["grade", "80", "160", "240", "320"], "the laps between them are 1:20.0 1:20.0 1:20.0 1:20.0"),
        (
            vec!["grade", "80", "80", "80", "80", "--official", "5:30"],
            "the laps add up to 5:20.0, not to 5:30.0; one of them is wrong by 10.0 s",
        ),
        (vec!["analyze", "run.fit", "--age", "400"], "ages from 5 to 100 are in the table"),
        (vec!["analyze", "run.fit", "--born", "17.5.90"], "such as 1990 or 1990-05-17"),
        (vec!["analyze", "run.fit", "--max-hr", "19"], "heart rates from 90 to 240 beats per minute"),
        (
            vec!["analyze", "run.fit", "--max-hr", "180", "--threshold-hr", "185"],
            "--threshold-hr 185 is not below --max-hr 180; the threshold is near 88 % of the maximum, here 158",
        ),
        (vec!["analyze", "run.fit", "--golf"], "--goal"),
    ] {
        let said = refusal(&arguments);
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}

#[test]
fn no_command_writes_over_what_it_reads() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(fixture("track-mile.fit")).unwrap();
    let run = written(folder.path(), "run.fit", &bytes);
    let (file, other) = (run.to_string_lossy(), fixture("road-mile.fit"));
    for arguments in [
        vec!["analyze", &file, "-o", &file],
        vec!["analyze", &file, "--report", &file],
        vec!["chart", &file, "-o", &file],
        vec!["chart", &other, "--against", &file, "-o", &file],
        vec!["compare", &other, &file, "-o", &file],
        vec!["export", &file, "-o", &file],
        vec!["inspect", &file, "-o", &file],
        vec!["season", &file, "--format", "csv", "-o", &file],
    ] {
        let said = refusal(&arguments);
        assert!(said.contains("would be overwritten; choose another output"), "{arguments:?}: {said}");
        assert_eq!(std::fs::read(&run).unwrap(), bytes, "{arguments:?}");
    }
}

#[test]
fn two_outputs_of_one_command_do_not_share_a_place() {
    let said =
        refusal(&["analyze", &fixture("track-mile.fit"), "-o", "mile.html", "--report", "./mile.html"]);
    assert!(said.contains("-o and --report both write to ./mile.html; give each its own file"), "{said}");
}
