//! A season from files to table and terminal: the fixtures, and real recordings where there are some.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod command;
mod corpus;
mod formats;
mod places;
mod schema;
mod sources;
mod stop;
#[cfg(feature = "plot")]
mod told;

use std::io::{Cursor, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use fourlap::season::{Season, SeasonOptions, SeasonRow, Unwatched, scan};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The project's own recordings.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn scanned(path: &Path) -> Season {
    scan(&[path.to_owned()], &SeasonOptions::default(), &Unwatched)
}

/// A folder's files as one archive in memory.
fn zipped(folder: &Path) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.is_file()) {
        let name = path.file_name().unwrap().to_string_lossy();
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&std::fs::read(path).unwrap()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A path as it is written where a slash parts folders.
fn slashed(path: &str) -> String {
    path.replace(MAIN_SEPARATOR, "/")
}

/// Rows with their files named from the folder or archive that holds them all.
fn placed(season: Season, root: &Path) -> Vec<SeasonRow> {
    let root = slashed(&root.display().to_string());
    let prefix = format!("{root}/");
    let below =
        |path: &str| format!("{path}/").strip_prefix(&prefix).map(|rest| rest.trim_matches('/').to_owned());
    let placed = season.rows.into_iter().map(|mut row| {
        let file = below(&slashed(&row.file)).unwrap();
        let member = row.member.take().unwrap_or_default();
        row.file = format!("{file}/{member}").trim_matches('/').to_owned();
        // A copy's place reads `root/a.fit` in a folder and `root: a.fit` in an archive.
        let bare = |text: Box<str>| -> Box<str> {
            let text = slashed(&text).replace(&format!("{root}: "), "").replace(&prefix, "");
            text.replace(": ", "/").into()
        };
        row.duplicate_of = row.duplicate_of.map(bare);
        row.reason = row.reason.map(bare);
        row
    });
    placed.collect()
}

#[test]
fn the_fixtures_as_folder_and_as_archive_give_the_same_table() {
    same_as_archive(&fixtures());
}

/// Compares a folder with an archive of it.
fn same_as_archive(folder: &Path) {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("season.zip");
    std::fs::write(&archive, zipped(folder)).unwrap();
    let from_folder = placed(scanned(folder), folder);
    let from_archive = placed(scanned(&archive), &archive);
    assert_eq!(from_folder.len(), from_archive.len());
    for (a, b) in from_folder.iter().zip(&from_archive) {
        assert_eq!(a, b);
    }
}

#[test]
fn the_table_does_not_depend_on_how_many_threads_work() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| scanned(&fixtures()).rows)
    };
    let one = with(1);
    assert_eq!(
        one.len(),
        fixtures().read_dir().unwrap().filter(|entry| is_shown(entry.as_ref().unwrap())).count()
    );
    assert_eq!(one, with(4));
}

fn is_shown(entry: &std::fs::DirEntry) -> bool {
    !entry.file_name().to_string_lossy().starts_with('.')
}

#[test]
fn each_folder_of_a_squad_is_an_athlete() {
    let squad = tempfile::tempdir().unwrap();
    for athlete in ["Anna", "Ben"] {
        std::fs::create_dir(squad.path().join(athlete)).unwrap();
        std::fs::copy(fixtures().join("pause.fit"), squad.path().join(athlete).join("pause.fit")).unwrap();
    }
    std::fs::copy(fixtures().join("road-mile.fit"), squad.path().join("coach.fit")).unwrap();
    let mut options = SeasonOptions::default();
    options.squad = true;
    let season = scan(&[squad.path().to_owned()], &options, &Unwatched);
    let mut athletes: Vec<_> = season.rows.iter().map(|row| row.athlete.as_deref()).collect();
    athletes.sort();
    // The same run in two folders is one of each athlete, and no copy.
    assert_eq!(athletes, [None, Some("Anna"), Some("Ben")]);
    assert!(season.rows.iter().all(SeasonRow::counts));
    assert_eq!(scanned(squad.path()).rows.iter().filter(|row| row.counts()).count(), 2);
}
