//! The program as its users meet it: what it prints, where, and with which exit code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod config;
mod pages;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/schema.rs"]
mod schema;
mod schemas;
mod streams;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use program::program;

fn fourlap(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
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

/// The JSON of the track mile with more arguments.
fn track_mile(arguments: &[&str]) -> serde_json::Value {
    let file = fixture("track-mile.fit");
    let all = [&["analyze", "--format", "json", &file], arguments].concat();
    let done = fourlap(&all);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
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
fn an_exported_mile_is_a_mile_when_read_back() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["track-mile.fit", "road-mile.gpx", "pause.fit"] {
        let file = folder.path().join(format!("{name}.mile.gpx"));
        let path = file.to_string_lossy();
        assert!(fourlap(&["export", &fixture(name), "-o", &path]).status.success());
        assert_eq!(fourlap(&["analyze", &path]).status.code(), Some(0), "{name}");
    }
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
    let mut child = program()
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
    let mut child = program()
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
fn the_grade_of_typed_laps_with_hundreds() {
    let marks = "200=38.6,1200=4:00.1,1300=4:20.0,1400=4:39.7,1500=4:59.1,1600=5:17.9";
    insta::assert_snapshot!(transcript(&[
        "grade", "80.9", "79.6", "79.9", "79.2", "--goal", "5:20", "--marks", marks
    ]));
}

#[test]
fn the_card_of_a_runner_who_told_about_herself() {
    let about = ["--sex", "f", "--born", "1984-02-11", "--max-hr", "186", "--threshold-hr", "165"];
    let mut arguments = vec!["analyze".to_owned(), fixture("road-mile.fit"), "-v".to_owned()];
    arguments.extend(about.map(str::to_owned));
    insta::assert_snapshot!(transcript(&arguments.iter().map(String::as_str).collect::<Vec<_>>()));
}

#[test]
fn four_laps_of_400_m_are_held_against_the_goal_as_a_mile() {
    let told = transcript(&["grade", "80", "79.5", "80.5", "79", "--scheme", "1600", "--goal", "5:20"]);
    assert!(told.contains("1600 m  5:19.0"), "{told}");
    assert!(told.contains("a mile in 5:20.9\n"), "{told}");
    assert!(told.contains(" goal 5:20 missed by 0.9 s\n"), "{told}");
}

#[test]
fn the_grade_against_a_goal_out_of_reach() {
    insta::assert_snapshot!(transcript(&["grade", "78", "80", "82", "79", "--goal", "4:20"]));
}

/// The names of the files in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

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
    let refused =
        fourlap(&["chart", &fixture("track-mile.fit"), "--kind", "all", "-o", &one.to_string_lossy()]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("names one picture, and --kind all draws several; name a folder"), "{said}");
    assert!(refused.status.code() == Some(2) && !one.exists());
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
    let refused = fourlap(&["chart", &a, "--against", &b, "--kind", "laps", "-o", "-"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("--against goes with --kind delta or all, not with laps"), "{said}");
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
    let page = std::fs::read_to_string(folder.path().join("mile.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("goal 5:20 beaten by 0.4 s"));
    assert_eq!(report("mile.png").status.code(), Some(0));
    let refused = report("mile.pdf");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("mile.pdf': a report's name ends in .html, .svg or .png"), "{said}");
    assert_eq!(names_in(folder.path()), ["mile.html", "mile.png"]);
}

#[test]
fn every_activity_of_an_archive_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("season.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&archive).unwrap());
    for name in ["track-mile.fit", "settings.fit", "road-mile.gpx"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(fixture(name)).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let done = fourlap(&["export", "--all", &archive.to_string_lossy()]);
    let xml = String::from_utf8(done.stdout).unwrap();
    let read = gpx::read(xml.as_bytes()).unwrap();
    assert_eq!(read.tracks.len(), 2);
    assert_eq!(read.tracks[0].name.as_deref(), Some("track-mile.fit"));
    assert!(read.tracks.iter().all(|track| track.segments[0].points.len() > 500));
    assert_eq!(done.status.code(), Some(0));
}

#[test]
fn two_miles_side_by_side() {
    insta::assert_snapshot!(transcript(&["compare", &fixture("track-mile.fit"), &fixture("road-mile.fit")]));
}

#[test]
fn each_of_two_miles_is_chosen_for_itself() {
    let file = fixture("track-mile.fit");
    let json = |options: &[&str]| {
        let done = fourlap(&[&["compare", &file, &file, "--format", "json"], options].concat());
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap()
    };
    let plain = json(&[]);
    let official = json(&["--official", ",5:25"]);
    assert_eq!(official["a"]["time_s"], plain["a"]["time_s"]);
    assert_eq!(official["b"]["time_s"], 325.0);
    let chosen = json(&["--at", "5:00,"]);
    assert!(chosen["a"]["time_s"].as_f64().unwrap() > 400.0, "{chosen}");
    assert_eq!(chosen["b"]["time_s"], plain["b"]["time_s"]);
    let one = fourlap(&["compare", &file, &file, "--at", "5:00"]);
    assert_eq!(one.status.code(), Some(2));
    let told = String::from_utf8(one.stderr).unwrap();
    assert!(told.contains("write 5:00,5:00 for both, 5:00, for A or ,5:00 for B"), "{told}");
}

#[test]
fn two_miles_that_cannot_be_compared_say_why() {
    let (good, short) = (fixture("track-mile.fit"), fixture("too-short.fit"));
    let done = fourlap(&["compare", &good, &short]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8(done.stderr).unwrap().contains("too-short.fit: no mile to compare: "));
    assert_eq!(fourlap(&["compare", &good, "missing.fit"]).status.code(), Some(2));
    let json = fourlap(&["compare", &good, &fixture("road-mile.fit"), "--format", "json"]);
    let line: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        (line["a"]["scheme"].as_str(), line["b"]["scheme"].as_str()),
        (Some("quarters"), Some("quarters"))
    );
    let last = line["marks"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["to_m"], 1609.344);
}

#[test]
fn a_plan_fits_a_wrist_in_every_scheme() {
    for scheme in ["line", "quarters", "start", "1600"] {
        for goal in ["5:20", "12:00"] {
            let text = String::from_utf8(fourlap(&["plan", goal, "--scheme", scheme]).stdout).unwrap();
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(26), "{widest:?} columns:\n{text}");
        }
    }
}

#[test]
fn a_score_does_not_depend_on_units() {
    let graded = |arguments: &[&str]| {
        let line: serde_json::Value = serde_json::from_slice(&fourlap(arguments).stdout).unwrap();
        if line["grade"].is_null() { line } else { line["grade"].clone() }
    };
    for name in ["track-mile.fit", "road-mile.gpx"] {
        let file = fixture(name);
        let with = |units| graded(&["analyze", &file, "--format", "json", "--units", units]);
        assert_eq!(with("mi"), with("km"), "{name}");
    }
    let typed = |laps: [&str; 4]| {
        let [a, b, c, d] = laps;
        graded(&["grade", a, b, c, d, "--format", "json"])
    };
    assert_eq!(typed(["79.9", "79.3", "82.0", "78.4"]), typed(["1:19.9", "1:19.3", "1:22", "1:18.40"]));
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
        vec!["analyze", "road-mile.gpx", "-v", "--sex", "f", "--age", "42", "--threshold-hr", "165"],
        vec!["compare", "track-mile.fit", "road-mile.gpx"],
        vec!["grade", "68", "74", "80", "84", "--goal", "5:00"],
        vec!["grade", "78", "78", "76", "64"],
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
