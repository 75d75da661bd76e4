//! Ctrl-C: what is done is written, whole.

#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::fixtures;
use crate::program::program;

/// Whether a process listens for an interruption: bit 1 of the signals that it catches (proc(5)).
fn listens(pid: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
    u64::from_str_radix(caught.trim(), 16).is_ok_and(|caught| caught & 0b10 != 0)
}

#[test]
fn an_interrupted_run_leaves_an_earlier_table_alone_and_a_whole_one_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("season.csv");
    std::fs::write(&table, "an earlier table").unwrap();
    // Standard input stays open, so the program waits for it until it is interrupted.
    let mut running = program()
        .args(["season", &fixtures().display().to_string(), "-", "-o", &table.display().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !listens(running.id()) {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not listen");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(std::fs::read_to_string(&table).unwrap(), "an earlier table");
    let pid = running.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    // Time for the signal to arrive; after the end of the input the program goes on to its end either way.
    std::thread::sleep(Duration::from_millis(300));
    drop(running.stdin.take());
    let done = running.wait_with_output().unwrap();
    let complaints = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(130), "{complaints}");
    assert!(complaints.contains("stopped before all files were read"), "{complaints}");
    assert_eq!(std::fs::read_to_string(&table).unwrap(), "an earlier table");
    let written = std::fs::read_to_string(folder.path().join("season-stopped.csv")).unwrap();
    assert!(written.starts_with("schema,file,") && written.ends_with('\n'), "{written}");
    assert_eq!(folder.path().read_dir().unwrap().count(), 2, "nothing else is left beside them");
    assert!(String::from_utf8(done.stdout).unwrap().starts_with("Stopped before all files were read."));
}
