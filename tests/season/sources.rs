//! Where recordings come from: folders, archives and pipes, each followed to its end.

use std::io::{Cursor, Write};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

use fourlap::season::{SeasonOptions, Status, Watch, scan};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::program::program;
use crate::{fixtures, is_shown, zipped};

/// Counts what was announced and what was done.
#[derive(Default)]
struct Counting {
    begun: AtomicUsize,
    done: AtomicUsize,
}

impl Watch for Counting {
    fn begins(&self, files: usize) {
        self.begun.fetch_add(files, Ordering::SeqCst);
    }

    fn done(&self) {
        self.done.fetch_add(1, Ordering::SeqCst);
    }

    fn is_stopped(&self) -> bool {
        false
    }
}

#[test]
fn whoever_follows_the_work_sees_it_come_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.add_directory("runs", SimpleFileOptions::default()).unwrap();
    for (name, content) in [("runs/.hidden", b"".as_slice()), ("runs/a.txt", b"text")] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    std::fs::write(folder.path().join("season.zip"), archive.finish().unwrap().into_inner()).unwrap();
    std::fs::write(folder.path().join("broken.zip"), b"PK\x03\x04 and no more").unwrap();
    std::fs::copy(fixtures().join("pause.fit"), folder.path().join("pause.fit")).unwrap();
    let watch = Counting::default();
    let season = scan(&[folder.path().to_owned()], &SeasonOptions::default(), &watch);
    let status = |name: &str| season.rows.iter().find(|row| row.file.ends_with(name)).unwrap().status;
    assert_eq!(status("pause.fit"), Status::Analysed);
    assert_eq!((status("season.zip"), status("broken.zip")), (Status::NotActivity, Status::Failed));
    assert_eq!((watch.begun.into_inner(), watch.done.into_inner()), (5, 5));
}

/// The status of every row that a season of one piped input has.
#[cfg(unix)]
fn piped(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut running = program()
        .args(["season", path, "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    running.stdin.take().unwrap().write_all(bytes).unwrap();
    let done = running.wait_with_output().unwrap();
    let lines = String::from_utf8(done.stdout).unwrap();
    let status = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["status"].as_str().unwrap().to_owned()
    };
    lines.lines().map(status).collect()
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_whatever_it_is_called() {
    let file = std::fs::read(fixtures().join("track-mile.fit")).unwrap();
    let archive = zipped(&fixtures());
    let files = fixtures().read_dir().unwrap().filter(|entry| is_shown(entry.as_ref().unwrap())).count();
    for path in ["-", "/dev/stdin"] {
        assert_eq!(piped(path, &file), ["analysed"], "{path}");
        let rows = piped(path, &archive);
        assert_eq!(rows.len(), files, "{path}");
        assert!(rows.iter().filter(|status| *status == "analysed").count() > 3, "{path} {rows:?}");
    }
}
