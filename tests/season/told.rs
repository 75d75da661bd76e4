//! What the command tells of a season beyond its table: summary, training block, page and chart.

use super::command::season;
use super::fixtures;

#[test]
fn the_summary_fits_a_screen_and_names_block_and_goal() {
    let folder = fixtures();
    let (code, printed, _) = season(&[folder.to_str().unwrap(), "--block", "6w"]);
    assert_eq!(code, 0);
    assert!(printed.lines().count() <= 23, "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    for words in ["best ", "block   ", "goal    ", "time trial"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

#[test]
fn page_and_chart_are_written_beside_the_summary() {
    let place = tempfile::tempdir().unwrap();
    let (page, chart) = (place.path().join("season.html"), place.path().join("shapes.png"));
    let folder = fixtures();
    let arguments = [folder.to_str().unwrap(), "--report", page.to_str().unwrap(), "--kind", "shapes"];
    let (code, printed, complaints) =
        season(&[&arguments[..], &["--chart", chart.to_str().unwrap()]].concat());
    let said = format!(
        "fourlap: page written to {}\nfourlap: chart written to {}\n",
        page.display(),
        chart.display()
    );
    assert_eq!((code, complaints), (0, said));
    assert!(!printed.contains("--report"), "{printed}");
    assert!(printed.starts_with("Season   1 Mar 2026"), "{printed}");
    let page = std::fs::read_to_string(page).unwrap();
    assert_eq!((page.matches("<figure").count(), page.matches("<script>").count()), (4, 1));
    assert!(std::fs::read(chart).unwrap().starts_with(b"\x89PNG"));
}

#[cfg(target_os = "linux")]
#[test]
fn everything_that_could_not_be_written_is_told() {
    let folder = fixtures();
    let place = tempfile::tempdir().unwrap();
    let chart = place.path().join("missing").join("mile.svg");
    let page = place.path().join("missing").join("season.html");
    let root = folder.to_str().unwrap();
    let (code, _, complaints) =
        season(&[root, "--chart", chart.to_str().unwrap(), "--report", page.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(complaints.contains("missing"), "{complaints}");
    // Two athletes without a mile have no shapes chart: both are named.
    let squad = tempfile::tempdir().unwrap();
    for name in ["Ben", "Cara"] {
        let own = squad.path().join(name);
        std::fs::create_dir(&own).unwrap();
        std::fs::copy(folder.join("pause.fit"), own.join("run.fit")).unwrap();
    }
    let shapes = place.path().join("shapes.svg");
    let (code, _, complaints) = season(&[
        squad.path().to_str().unwrap(),
        "--squad",
        "--kind",
        "shapes",
        "--duplicates",
        "keep",
        "--chart",
        shapes.to_str().unwrap(),
    ]);
    assert_eq!(code, 2, "{complaints}");
    assert!(complaints.contains("Ben: no shapes") && complaints.contains("Cara: no shapes"), "{complaints}");
}

#[test]
fn an_ending_that_is_no_table_is_refused_and_a_missing_folder_is_named_without_temporary_files() {
    let folder = fixtures();
    let place = tempfile::tempdir().unwrap();
    let file = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    for (name, instead) in [
        ("season.html", "--report writes a page"),
        ("season.svg", "--chart draws a picture"),
        ("season.xlsx", "a table is written as .csv, .parquet, .json or .jsonl"),
    ] {
        let (code, _, complaints) = season(&[folder.to_str().unwrap(), "-o", &file(name)]);
        assert_eq!(code, 2);
        assert!(complaints.contains(instead), "{complaints}");
    }
    let (code, _, complaints) = season(&[folder.to_str().unwrap(), "-o", &file("missing/season.csv")]);
    assert_eq!(code, 2);
    assert!(
        complaints.contains("season.csv: cannot be written: ") && !complaints.contains(".fourlap-"),
        "{complaints}"
    );
}

#[test]
fn a_goal_makes_no_effort_of_an_easy_run() {
    let folder = fixtures();
    let told = |arguments: &[&str]| {
        let (_, printed, _) = season(&[&[folder.to_str().unwrap(), "--format", "json"], arguments].concat());
        let whole: serde_json::Value = serde_json::from_str(&printed).unwrap();
        let kinds: Vec<_> =
            whole["rows"].as_array().unwrap().iter().map(|row| row["workout_class"].clone()).collect();
        (whole["summary"]["athletes"][0]["miles"].clone(), kinds)
    };
    let ((with, kinds), (without, same_kinds)) = (told(&["--goal", "5:20"]), told(&[]));
    let efforts = |miles: &serde_json::Value| {
        miles.as_array().unwrap().iter().map(|mile| mile["effort"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(efforts(&with), efforts(&without));
    assert!(efforts(&with).contains(&false), "{with}");
    assert_eq!(kinds, same_kinds);
}

#[test]
fn what_makes_no_sense_says_what_would_be_right() {
    let folder = fixtures();
    let folder = folder.to_str().unwrap();
    for (arguments, words) in [
        (["--block", "40w"], "write a number of weeks from 2 to 26, such as 8w"),
        (["--race", "May"], "write a day such as 2026-05-01"),
        (["--chart", "season.bmp"], "a chart is drawn as .svg or .png"),
    ] {
        let (code, _, complaints) = season(&[&[folder][..], &arguments].concat());
        assert!(code == 2 && complaints.contains(words), "{complaints}");
    }
}

#[test]
fn every_athlete_of_a_squad_has_a_page_and_charts() {
    let squad = tempfile::tempdir().unwrap();
    let files =
        [("Anna/run.fit", "road-mile.fit"), ("Ben/run.fit", "pause.fit"), ("run.fit", "road-mile.fit")];
    for (run, fixture) in files {
        let run = squad.path().join(run);
        std::fs::create_dir_all(run.parent().unwrap()).unwrap();
        std::fs::copy(fixtures().join(fixture), run).unwrap();
    }
    let place = tempfile::tempdir().unwrap();
    let file = |name: &str| place.path().join(name).display().to_string();
    let root = squad.path().to_str().unwrap();
    let (code, printed, complaints) = season(&[root, "--squad", "--report", &file("season.html")]);
    assert_eq!(code, 0, "{complaints}");
    assert!(printed.starts_with("Anna\nSeason") && printed.contains("\nBen\nSeason"), "{printed}");
    for (name, title) in [("Anna", "Anna"), ("Ben", "Ben"), ("nobody", "In no athlete's folder")] {
        let page = std::fs::read_to_string(file(&format!("season-{name}.html"))).unwrap();
        let title = title.replace('\'', "&apos;");
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{name}");
    }
    // Two efforts make no lap shape of Ben's, who stopped within his mile; the others have theirs.
    let (code, _, complaints) =
        season(&[root, "--squad", "--chart", &file("all.svg"), "--kind", "all", "--since", "2026"]);
    assert_eq!(code, 0, "{complaints}");
    assert!(complaints.contains("fourlap: Ben: no shapes chart: the season would need"), "{complaints}");
    let drawn = |name: &str| std::fs::exists(file(name)).unwrap();
    assert!(drawn("all-Anna-progress.svg") && drawn("all-Anna-shapes.svg") && drawn("all-Ben-volume.svg"));
    assert!(!drawn("all-Ben-shapes.svg"));
}
