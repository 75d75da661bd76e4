//! Where a season's files lie: squads, hidden folders, links, own results, exports, broken archives, twice-named paths.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use fourlap::season::{Season, SeasonOptions, SeasonRow, Status, Unwatched, scan};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::command::season;
use crate::{fixtures, placed, scanned};

fn recording(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join(name)).unwrap()
}

/// Writes files below a folder.
fn put(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn athletes(paths: &[PathBuf]) -> Vec<Option<String>> {
    let mut options = SeasonOptions::default();
    options.squad = true;
    let mut found: Vec<_> =
        scan(paths, &options, &Unwatched).rows.into_iter().map(|row| row.athlete.map(String::from)).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn a_squad_is_one_folder_of_folders_or_several_of_one_athlete_each() {
    let place = tempfile::tempdir().unwrap();
    let (mile, pause) = (recording("track-mile.fit"), recording("pause.fit"));
    let squad = place.path().join("squad");
    put(&squad, &[("anna/2025/1.fit", &mile), ("anna/2026/2.fit", &pause), ("ben/1.fit", &mile)]);
    put(&squad, &[("cleo.zip", &archive(&[("2026/1.fit", &mile)]))]);
    let whole = archive(&[("anna/2025/1.fit", &mile), ("ben/1.fit", &mile), ("cleo/1.fit", &mile)]);
    put(place.path(), &[("whole.zip", &whole)]);
    let name = |name: &str| Some(name.to_owned());
    let all = [name("anna"), name("ben"), name("cleo")];
    let each = ["anna", "ben", "cleo.zip"].map(|name| squad.join(name));
    assert_eq!(athletes(std::slice::from_ref(&squad)), all);
    assert_eq!(athletes(&each), all, "as the shell writes squad/*");
    assert_eq!(athletes(&[place.path().join("whole.zip")]), all);
    assert_eq!(
        athletes(&[each[0].clone(), each[1].join("1.fit")]),
        [None, name("anna")],
        "a file is nobody's"
    );
    let (_, _, complaints) = season(&[&text(&each[1]), "--squad"]);
    let rule = "of one path each folder or archive in it is an athlete's, of several each path\n";
    assert_eq!(complaints, format!("fourlap: --squad found no athlete; {rule}"));
    let (_, _, complaints) = season(&[&text(place.path()), "--squad", "--until", "2000"]);
    assert_eq!(complaints, "", "nothing was found at all");
    put(place.path(), &[("one/dora/1.fit", &mile)]);
    let (_, printed, complaints) = season(&[&text(&place.path().join("one")), "--squad"]);
    assert_eq!(complaints, format!("fourlap: --squad found only one athlete, dora; {rule}"));
    assert!(printed.starts_with("dora\n"), "{printed}");
}

#[cfg(unix)]
#[test]
fn what_is_hidden_or_linked_is_the_same_in_a_folder_and_in_an_archive() {
    let place = tempfile::tempdir().unwrap();
    let (mile, pause) = (recording("track-mile.fit"), recording("pause.fit"));
    let files: [(&str, &[u8]); 6] = [
        ("runs/a.fit", &mile),
        ("b.fit", &pause),
        (".git/c.fit", &mile),
        ("runs/.Trashes/d.fit", &mile),
        ("__MACOSX/._b.fit", b"macOS"),
        ("__MACOSX/e.fit", &mile),
    ];
    let links = [
        ("link.fit", "runs/a.fit"),
        ("runs/up.fit", "../b.fit"),
        ("gone.fit", "nowhere.fit"),
        ("gone.txt", "nowhere.txt"),
        ("folder", "runs"),
        ("runs/round.fit", "round.fit"),
        (".lock", "nowhere"),
    ];
    let folder = place.path().join("season");
    put(&folder, &files);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    for (name, target) in links {
        std::os::unix::fs::symlink(target, folder.join(name)).unwrap();
        writer.add_symlink(name, target, SimpleFileOptions::default()).unwrap();
    }
    let zip = place.path().join("season.zip");
    std::fs::write(&zip, writer.finish().unwrap().into_inner()).unwrap();
    let told = |path: &Path| {
        let rows = placed(scanned(path), path);
        let mut told: Vec<_> = rows.into_iter().map(|row| (row.file, row.status, row.reason)).collect();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        told
    };
    let found = told(&folder);
    assert_eq!(found, told(&zip));
    let status: Vec<_> = found.iter().map(|(file, status, _)| (file.as_str(), *status)).collect();
    let expected = [
        ("b.fit", Status::Analysed),
        ("gone.fit", Status::Failed),
        ("gone.txt", Status::NotActivity),
        ("link.fit", Status::Analysed),
        ("runs/a.fit", Status::Duplicate),
        ("runs/round.fit", Status::Failed),
        ("runs/up.fit", Status::Duplicate),
    ];
    assert_eq!(status, expected);
    assert_eq!(found[1].2.as_deref(), Some("a link to a file that is not there"));
}

#[test]
fn results_of_an_earlier_run_change_nothing() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), &[("a.fit", &recording("track-mile.fit")), ("b.fit", &recording("road-mile.fit"))]);
    let folder = text(place.path());
    let before = season(&[&folder, "--format", "jsonl"]).1;
    let file = |name: &str| text(&place.path().join(name));
    for name in ["season.csv", "season.json", "season.jsonl", "season.parquet", "season-stopped.csv"] {
        assert_eq!(season(&[&folder, "-o", &file(name)]).0, 0, "{name}");
    }
    let mut results = 5;
    if cfg!(feature = "plot") {
        for (option, name) in
            [("--report", "season.html"), ("--chart", "season.svg"), ("--chart", "season.png")]
        {
            assert_eq!(season(&[&folder, option, &file(name)]).0, 0, "{name}");
            results += 1;
        }
    }
    assert_eq!(place.path().read_dir().unwrap().count(), 2 + results);
    assert_eq!(season(&[&folder, "--format", "jsonl"]).1, before);
    let (code, _, complaints) = season(&[&file("season.csv")]);
    let said = format!("fourlap: {}: no recording but a result that fourlap wrote\n", file("season.csv"));
    assert_eq!((code, complaints), (1, said), "it was named");
}

#[test]
fn what_an_export_lacks_is_said_and_no_failure() {
    let place = tempfile::tempdir().unwrap();
    let mile = recording("track-mile.fit");
    let list = "Activity Name,Filename\nMile,activities/1.fit\nGym,\nA,activities/2.fit.gz\nB,activities/3.gpx\n\
                C,activities/4.gpx\nD,activities/5.gpx\n";
    let files: [(&str, &[u8]); 2] = [("activities.csv", list.as_bytes()), ("activities/1.fit", &mile)];
    put(&place.path().join("export"), &files);
    put(place.path(), &[("export.zip", &archive(&files))]);
    for name in ["export", "export.zip"] {
        let path = text(&place.path().join(name));
        let (code, _, complaints) = season(&[&path]);
        let lacks = "activities.csv names 5 files, of which 4 are not there: activities/2.fit.gz, \
                     activities/3.gpx, activities/4.gpx and 1 more";
        assert_eq!((code, complaints), (0, format!("fourlap: {path}: {lacks}\n")));
    }
    let one = list.replace("B,activities/3.gpx\nC,activities/4.gpx\nD,activities/5.gpx\n", "");
    put(&place.path().join("export"), &[("activities.csv", one.as_bytes())]);
    let (_, _, complaints) = season(&[&text(&place.path().join("export"))]);
    assert!(
        complaints.ends_with("names 2 files, of which 1 is not there: activities/2.fit.gz\n"),
        "{complaints}"
    );
}

#[test]
fn a_broken_archive_says_what_is_broken() {
    let place = tempfile::tempdir().unwrap();
    let (mile, pause) = (recording("track-mile.fit"), recording("pause.fit"));
    let whole = archive(&[("a.fit", &mile), ("b.fit", &pause)]);
    let told = |bytes: &[u8]| {
        let path = place.path().join("season.zip");
        std::fs::write(&path, bytes).unwrap();
        scanned(&path).rows
    };
    let failed = |rows: &[SeasonRow]| {
        let failed = rows.iter().find(|row| row.status == Status::Failed).unwrap();
        (rows.len(), failed.member.clone(), failed.reason.clone().unwrap_or_default())
    };
    // The archive holds its files one behind the other, and the list of them at its end.
    let second = whole.windows(4).rposition(|bytes| bytes == b"PK\x03\x04").unwrap();
    let lost = "the zip archive has lost its end, and with it the list of its files";
    let again = "copy or download it again";
    let cut = told(&whole[..second]);
    assert_eq!(failed(&cut), (2, None, format!("{lost}; 1 file before the damage was read; {again}").into()));
    assert!(cut.iter().any(|row| row.member.as_deref() == Some("a.fit") && row.status == Status::Analysed));
    let cut = told(&whole[..whole.len() - 30]);
    assert_eq!(
        failed(&cut),
        (3, None, format!("{lost}; 2 files before the damage were read; {again}").into())
    );
    let cut = told(&whole[..20]);
    assert_eq!(
        failed(&cut),
        (1, None, format!("{lost}, and without it none of them was found; {again}").into())
    );
    let mut listless = whole.clone();
    let list = whole.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    listless[list] = b'X';
    let damaged = "the list of the files in the zip archive is damaged; 2 files before the damage were read";
    assert_eq!(failed(&told(&listless)), (3, None, format!("{damaged}; {again}").into()));
    // One byte of the first member's content: what came out is read, and the other member is sound.
    let mut wrong = whole;
    wrong[5000] ^= 0xFF;
    let found = told(&wrong);
    assert_eq!(found.len(), 2);
    let row = |name: &str| found.iter().find(|row| row.member.as_deref() == Some(name)).unwrap();
    assert_eq!(row("b.fit").status, Status::Analysed);
    assert!(row("b.fit").notices.iter().all(|(code, _)| *code != "compression-damaged"));
    assert!(
        row("a.fit").notices.iter().any(|(code, _)| *code == "compression-damaged"),
        "{:?}",
        row("a.fit")
    );
}

#[test]
fn what_is_named_twice_is_read_once_and_nothing_is_no_mile() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), &[("a/b/1.fit", &recording("track-mile.fit")), ("a/2.fit", &recording("pause.fit"))]);
    std::fs::create_dir(place.path().join("empty")).unwrap();
    put(place.path(), &[("notes/a.txt", b"no run")]);
    let path = |name: &str| text(&place.path().join(name));
    let rows = |paths: &[&str]| {
        let (code, printed, _) = season(&[paths, &["--format", "jsonl"]].concat());
        (code, printed.lines().count())
    };
    assert_eq!(rows(&[&path("a"), &path("a")]), (0, 2));
    assert_eq!(rows(&[&path("a"), &path("a/b")]), (0, 2));
    assert_eq!(rows(&[&path("a/b"), &path("a"), &path("a/./2.fit")]), (0, 2));
    assert_eq!((rows(&[&path("empty")]), rows(&[&path("notes")])), ((1, 0), (1, 1)));
    let (code, printed, complaints) = season(&[&path("empty")]);
    assert_eq!((code, printed.as_str(), complaints.as_str()), (1, "Season\n  No activity was found.\n", ""));
    let (code, _, complaints) = season(&[&path("nowhere"), &path("a")]);
    assert_eq!(
        (code, complaints),
        (2, format!("fourlap: {}: no such file; check the path\n", path("nowhere")))
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_told_apart() {
    use std::os::unix::ffi::OsStrExt;
    let place = tempfile::tempdir().unwrap();
    for name in [b"l\xE4uf.fit", b"l\xE5uf.fit"] {
        let path = place.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, recording("track-mile.fit")).unwrap();
    }
    let Season { rows, .. } = scanned(place.path());
    let names: Vec<_> = rows.iter().map(|row| row.file.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["l\\xE4uf.fit", "l\\xE5uf.fit"]);
    assert!(rows[1].duplicate_of.as_ref().unwrap().ends_with("l\\xE4uf.fit"));
}

#[test]
fn the_goal_that_was_asked_for_is_shown_without_a_graded_mile() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), &[("short.fit", &recording("too-short.fit"))]);
    let (_, printed, _) = season(&[&text(place.path()), "--goal", "5:05"]);
    let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("goal 5:05, as asked. The season supports none yet: "), "{printed}");
}
