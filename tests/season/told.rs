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
    assert_eq!((code, complaints.as_str()), (0, ""));
    assert!(printed.starts_with("Season   1 Mar 2026"), "{printed}");
    let page = std::fs::read_to_string(page).unwrap();
    assert_eq!((page.matches("<figure").count(), page.matches("<script>").count()), (4, 1));
    assert!(std::fs::read(chart).unwrap().starts_with(b"\x89PNG"));
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
    let place = tempfile::tempdir().unwrap();
    let page = place.path().join("season.html");
    for athlete in ["Anna", "Ben"] {
        std::fs::create_dir(place.path().join(athlete)).unwrap();
        let run = place.path().join(athlete).join("run.fit");
        std::fs::copy(std::path::Path::new(folder).join("road-mile.fit"), run).unwrap();
    }
    let root = place.path().to_str().unwrap();
    let (code, printed, complaints) = season(&[root, "--squad", "--report", page.to_str().unwrap()]);
    assert!(code == 2 && complaints.contains("--report and --chart show one runner"), "{complaints}");
    assert!(printed.starts_with("Anna\nSeason") && printed.contains("\nBen\nSeason"), "{printed}");
}
