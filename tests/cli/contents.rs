//! `inspect` and `export`: what a file holds, and what of it is handed on.

use std::io::Write;

use crate::{fixture, fourlap, transcript, written};

#[test]
fn the_inspection_of_a_file() {
    insta::assert_snapshot!(transcript(&["inspect", &fixture("track-mile.fit")]));
}

#[test]
fn the_messages_of_a_file() {
    insta::assert_snapshot!(transcript(&["inspect", "--messages", &fixture("track-mile.fit")]));
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
fn the_activities_of_one_file_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let two = ["track-mile.fit", "road-mile.fit"].map(|name| std::fs::read(fixture(name)).unwrap()).concat();
    let file = written(folder.path(), "two.fit", &two).to_string_lossy().into_owned();
    for command in ["analyze", "inspect"] {
        let told = transcript(&[command, &file]);
        for title in ["two.fit, activity 1 of 2", "two.fit, activity 2 of 2"] {
            assert!(told.contains(title), "{command}: {told}");
        }
        let lines = fourlap(&[command, &file, "--format", "json"]).stdout;
        let lines = serde_json::Deserializer::from_slice(&lines).into_iter::<serde_json::Value>();
        let sessions: Vec<_> = lines.map(|line| line.unwrap()["session"].as_u64()).collect();
        assert_eq!(sessions, [Some(1), Some(2)], "{command}");
    }
}
