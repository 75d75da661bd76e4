//! The program as its users meet it: what it prints, where, and with which exit code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod analyze;
mod compare;
mod config;
mod contents;
mod pages;
mod pictures;
#[path = "../support/program.rs"]
mod program;
mod refusals;
#[path = "../support/schema.rs"]
mod schema;
mod schemas;
mod streams;
mod typed;

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::Output;

use program::program;

fn fourlap(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// The JSON that a command prints, which does all that it was asked for.
fn json(arguments: &[&str]) -> serde_json::Value {
    let done = fourlap(&[arguments, &["--format", "json"]].concat());
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// What is said of a command that is refused.
fn refusal(arguments: &[&str]) -> String {
    let done = fourlap(arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(done.stdout.is_empty(), "{arguments:?}");
    said
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
    let folder = format!("{}{MAIN_SEPARATOR}", folder.display());
    (done.status.code().unwrap(), text.trim_end().replace(&folder, "").replace(&fixture(""), ""))
}

fn written(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
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
fn a_score_does_not_depend_on_units() {
    let graded = |arguments: &[&str]| {
        let line = json(arguments);
        if line["grade"].is_null() { line } else { line["grade"].clone() }
    };
    for name in ["track-mile.fit", "road-mile.gpx"] {
        let file = fixture(name);
        let with = |units| graded(&["analyze", &file, "--units", units]);
        assert_eq!(with("mi"), with("km"), "{name}");
    }
    let typed = |laps: [&str; 4]| {
        let [a, b, c, d] = laps;
        graded(&["grade", a, b, c, d])
    };
    assert_eq!(typed(["79.9", "79.3", "82.0", "78.4"]), typed(["1:19.9", "1:19.3", "1:22", "1:18.40"]));
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
