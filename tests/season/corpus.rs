//! Real recordings: every file is in the table with what became of it.

use std::collections::BTreeMap;

use fourlap::season::Status;

use crate::support::{corpus, rows_of};
use crate::{placed, same_as_archive, scanned};

/// Files of the corpus that are no recordings.
const NO_ACTIVITIES: [&str; 7] = [
    // Points without times are a route.
    "gpx-exponent-coordinates.gpx",
    "gpx-no-time.gpx",
    "gpx-strava-route-no-time.gpx",
    "gpx-route-only.gpx",
    "gpx-utf8-bom.gpx",
    "odd-fit-settings-not-an-activity.fit",
    "zip-no-activity.zip",
];
/// A letter that lies in an archive beside recordings.
const LETTER: &str = "fichier.doc";
/// Files of the corpus that cannot be read.
const FAILURES: [&str; 1] = ["bad-fit-empty-file.fit"];

/// What became of a row, and why.
type Told = (Status, Option<Box<str>>);

#[test]
fn every_file_is_in_the_table_with_its_status() {
    let Some(folder) = corpus() else { return };
    let files = folder.join("corpus/files");
    let mut by_file: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for row in placed(scanned(&files), &files) {
        assert_eq!(row.reason.is_none(), row.status == Status::Analysed, "{}", row.file);
        assert_eq!(row.duplicate_of.is_some(), row.status == Status::Duplicate, "{}", row.file);
        by_file.entry(row.file).or_default().push((row.status, row.reason));
    }
    for row in rows_of(&folder.join("corpus/manifest.csv")) {
        let name = row.get("name");
        let in_it = |file: &String| file == name || file.starts_with(&format!("{name}/"));
        let found: Vec<_> = by_file
            .iter()
            .filter(|(file, _)| in_it(file))
            .flat_map(|(file, rows)| rows.iter().map(move |row| (file, row)))
            .collect();
        assert!(!found.is_empty(), "{name} is missing");
        for (file, (status, reason)) in found {
            let expected = match name {
                _ if file.ends_with(LETTER) => *status == Status::NotActivity,
                _ if NO_ACTIVITIES.contains(&name) => *status == Status::NotActivity,
                _ if FAILURES.contains(&name) => *status == Status::Failed,
                _ => matches!(status, Status::Analysed | Status::Duplicate),
            };
            assert!(expected, "{file}: {status:?} {reason:?}");
        }
    }
}

#[test]
fn a_folder_and_an_archive_give_the_same_table() {
    let Some(folder) = corpus() else { return };
    same_as_archive(&folder.join("corpus/files"));
}
