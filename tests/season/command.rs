//! The command: exit codes, what goes where, and that nothing is harmed.

use std::path::Path;

use fourlap::season::columns::columns;
use serde_json::Value;

use crate::fixtures;
use crate::program::program;

/// Exit code, standard output and standard error.
pub(crate) fn season(arguments: &[&str]) -> (i32, String, String) {
    let done =
        program().arg("season").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn named(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_folder_with_a_picture_is_done_and_with_a_broken_file_failed() {
    let mile = std::fs::read(fixtures().join("too-short.fit")).unwrap();
    let pause = std::fs::read(fixtures().join("pause.fit")).unwrap();
    let folder = folder_with(&[("pause.fit", &pause), ("a.png", b"\x89PNG")]);
    let (code, _, complaints) = season(&[&named(folder.path())]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    let folder = folder_with(&[("pause.fit", &pause), ("broken.fit", b"")]);
    let (code, _, complaints) = season(&[&named(folder.path())]);
    let broken =
        format!("fourlap: {}: empty, there is nothing to read\n", named(&folder.path().join("broken.fit")));
    assert_eq!((code, complaints), (2, broken));
    let folder = folder_with(&[("too-short.fit", &mile)]);
    assert_eq!(season(&[&named(folder.path())]).0, 1);
}

#[test]
fn what_was_named_must_be_an_activity() {
    let folder = folder_with(&[("a.png", b"\x89PNG")]);
    let picture = named(&folder.path().join("a.png"));
    let (code, _, complaints) = season(&[&picture]);
    assert_eq!(code, 2);
    assert!(complaints.contains("a PNG picture"), "{complaints}");
    let (code, _, complaints) = season(&["fixtures/settings.fit"]);
    assert_eq!(code, 1);
    assert!(complaints.contains("fixtures/settings.fit: no recording but"), "{complaints}");
    let (code, _, complaints) = season(&["nowhere"]);
    assert_eq!((code, complaints.as_str()), (2, "fourlap: nowhere: no such file; check the path\n"));
}

#[test]
fn many_failures_are_counted_after_the_first() {
    let files: Vec<String> = (10..35).map(|number| format!("{number}.fit")).collect();
    let empty: &[u8] = b"";
    let folder = folder_with(&files.iter().map(|name| (name.as_str(), empty)).collect::<Vec<_>>());
    let (code, _, complaints) = season(&[&named(folder.path())]);
    assert_eq!((code, complaints.lines().count()), (2, 21));
    assert!(
        complaints.ends_with("fourlap: 5 more could not be read; -o season.csv lists them all\n"),
        "{complaints}"
    );
}

#[test]
fn a_table_goes_to_its_file_and_the_summary_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    for (name, begin) in [
        ("s.csv", "schema,file"),
        ("s.jsonl", "{\"schema\""),
        ("s.json", "{\"schema\""),
        ("s.parquet", "PAR1"),
    ] {
        let file = folder.path().join(name);
        let (code, printed, complaints) = season(&["fixtures", "-o", &named(&file)]);
        let said = format!("fourlap: table written to {}\n", named(&file));
        assert_eq!((code, complaints), (0, said), "{name}");
        assert!(printed.contains("mile"), "{printed}");
        assert!(std::fs::read(&file).unwrap().starts_with(begin.as_bytes()), "{name}");
    }
    let text = folder.path().join("season.txt");
    let (_, printed, complaints) = season(&["fixtures", "-o", &named(&text)]);
    assert_eq!(
        (printed, complaints),
        (String::new(), format!("fourlap: summary written to {}\n", named(&text)))
    );
    let text = std::fs::read_to_string(&text).unwrap();
    assert!(text.contains("mile") && !text.contains("--report"), "{text}");
    assert_eq!(folder.path().read_dir().unwrap().count(), 5, "nothing is left beside the results");
}

#[test]
fn a_format_that_is_asked_for_goes_to_standard_output() {
    let (code, printed, _) = season(&["fixtures", "--format", "json"]);
    let whole: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((code, whole["schema"].as_str()), (0, Some("fourlap.season/1")));
    let (summary, told) = (&whole["summary"], &whole["summary"]["athletes"][0]);
    assert_eq!(whole["rows"].as_array().unwrap().len(), 13);
    assert_eq!((summary["analysed"].as_u64(), summary["interrupted"].as_bool()), (Some(6), Some(false)));
    assert_eq!((told["athlete"].as_str(), told["first_day"].as_str()), (None, Some("2026-03-01")));
    let best = told["bests"].as_array().unwrap().iter().find(|best| best["distance_m"] == 1609.344).unwrap();
    assert_eq!(best["local_date"], "2026-03-01");
    assert_eq!(told["block"]["counts"]["easy_runs"], 0);
    assert!(told["goal"]["goal_s"].as_f64().is_some_and(|goal_s| goal_s < 320.0), "{told}");
    let (_, printed, _) = season(&["fixtures", "--format", "csv", "--sport", "run", "--since", "2026-03"]);
    let header: Vec<&str> = printed.lines().next().unwrap().split(',').collect();
    assert!(header.iter().eq(columns().iter().map(|column| &column.name)), "{header:?}");
    assert!(printed.lines().count() > 3);
}

#[test]
fn days_and_sports_narrow_the_table() {
    let count = |arguments: &[&str]| {
        let (_, printed, _) = season(&[&["fixtures", "--format", "jsonl"], arguments].concat());
        let rows = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.filter(|row| row["status"] == "analysed").count()
    };
    let all = count(&[]);
    assert!(all > 3);
    assert_eq!(count(&["--since", "2026-03-01", "--until", "2026"]), all);
    assert_eq!((count(&["--until", "2025"]), count(&["--sport", "cycling,swimming"])), (0, 0));
    assert_eq!((count(&["--sport", "any"]), count(&["--sport", "Run"])), (all, all));
    assert!(count(&["--duplicates", "keep"]) > all);
    let (code, _, complaints) = season(&["fixtures", "--since", "2026-04", "--until", "2026-03"]);
    assert_eq!(code, 2);
    assert!(complaints.contains("--since 2026-04-01 is after --until 2026-03-31"), "{complaints}");
}

#[test]
fn a_sport_that_is_in_none_of_the_files_is_said_with_those_that_are() {
    let (_, _, complaints) = season(&["fixtures", "--sport", "foo,running"]);
    assert!(complaints.contains("fourlap: --sport foo: not in these files; there are "), "{complaints}");
    assert!(complaints.contains("running"), "{complaints}");
    let (_, _, complaints) = season(&["fixtures/track-mile.fit", "--sport", "Biking"]);
    assert!(complaints.contains("--sport cycling: not in these files; there is running\n"), "{complaints}");
    let (_, _, complaints) = season(&["fixtures/track-mile.fit", "--sport", "run"]);
    assert_eq!(complaints, "");
}

#[test]
fn a_recording_is_never_overwritten() {
    let pause = std::fs::read(fixtures().join("pause.fit")).unwrap();
    let folder = folder_with(&[("pause.fit", &pause), ("season.csv", b"an earlier table")]);
    let file = |name: &str| named(&folder.path().join(name));
    let (code, _, complaints) = season(&[&named(folder.path()), "--format", "csv", "-o", &file("pause.fit")]);
    assert_eq!(code, 2);
    assert!(
        complaints.contains("holds recordings and would be overwritten; choose another output"),
        "{complaints}"
    );
    let (code, _, complaints) = season(&[&file("pause.fit"), "--format", "csv", "-o", &file("./pause.fit")]);
    assert!(code == 2 && complaints.contains("would be overwritten"), "{complaints}");
    std::fs::write(folder.path().join("pause.html"), &pause).unwrap();
    let (code, _, complaints) = season(&[&named(folder.path()), "--report", &file("pause.html")]);
    assert!(code == 2 && complaints.contains("holds recordings"), "{complaints}");
    assert_eq!(std::fs::read(folder.path().join("pause.fit")).unwrap(), pause);
    assert_eq!(season(&[&named(folder.path()), "-o", &file("season.csv")]).0, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_folder_that_is_not_there_are_one_clear_error() {
    for format in ["csv", "json", "jsonl", "parquet", "text"] {
        let (code, _, complaints) = season(&["fixtures", "--format", format, "-o", "/dev/full"]);
        let expected = "fourlap: /dev/full: cannot be written: No space left on device (os error 28)\n";
        assert_eq!((code, complaints.as_str()), (2, expected), "{format}");
    }
    let (code, _, complaints) = season(&["fixtures", "-o", "/proc/nowhere/season.csv"]);
    assert_eq!((code, complaints.lines().count()), (2, 1));
    assert!(complaints.starts_with("fourlap: /proc/nowhere/season.csv: cannot be written: "), "{complaints}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_read_is_said_although_nothing_can_be_written() {
    let folder = folder_with(&[("broken.fit", b"")]);
    let read = named(folder.path());
    let place = tempfile::tempdir().unwrap();
    let (page, table) = (named(&place.path().join("season.html")), named(&place.path().join("season.csv")));
    // The season is empty, so that no chart can be drawn; and a full disk takes no table.
    let broken = format!("{}: empty, there is nothing to read", named(&folder.path().join("broken.fit")));
    let chart = named(&place.path().join("season.png"));
    let (code, _, complaints) = season(&[&read, "-o", &table, "--chart", &chart]);
    assert_eq!(code, 2);
    assert!(complaints.contains(&broken) && complaints.contains("no progress chart: "), "{complaints}");
    assert!(std::fs::exists(&table).unwrap());
    let (code, _, complaints) = season(&[&read, "--format", "csv", "-o", "/dev/full", "--report", &page]);
    assert_eq!(code, 2);
    assert!(complaints.contains(&broken) && complaints.contains("No space left on device"), "{complaints}");
    assert!(complaints.contains(&format!("page written to {page}")) && std::fs::exists(&page).unwrap());
}

#[test]
fn two_outputs_to_one_file_are_refused_at_once() {
    let place = tempfile::tempdir().unwrap();
    let file = named(&place.path().join("season.html"));
    for outputs in [["-o", &file, "--report", &file], ["--report", &file, "-o", &file]] {
        let (code, printed, complaints) = season(&[&["nowhere"][..], &outputs].concat());
        let expected = format!("fourlap: -o and --report both write to {file}; give each its own file\n");
        assert_eq!((code, printed, complaints), (2, String::new(), expected));
    }
    let (code, _, complaints) = season(&["nowhere", "-o", "-", "--report", "-"]);
    assert!(code == 2 && complaints.contains("-o and --report both write to -; give each"), "{complaints}");
    assert_eq!(place.path().read_dir().unwrap().count(), 0);
}
