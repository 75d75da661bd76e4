//! Where things come from and go to: `-`, odd names, closed pipes.

use std::io::Write;
use std::process::Stdio;

use crate::program::program;
use crate::{fixture, fourlap, json, names_in, refusal};

/// What the program prints when it reads `bytes` from standard input.
fn fed(bytes: &[u8], arguments: &[&str]) -> (Option<i32>, Vec<u8>) {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that stops early closes its end; that is its own affair.
    let _ = child.stdin.take().unwrap().write_all(bytes);
    let done = child.wait_with_output().unwrap();
    (done.status.code(), done.stdout)
}

#[test]
fn every_command_that_reads_files_reads_standard_input_and_writes_standard_output() {
    let bytes = std::fs::read(fixture("track-mile.fit")).unwrap();
    let other = fixture("road-mile.fit");
    for arguments in [
        vec!["analyze", "-", "-o", "-"],
        vec!["chart", "-", "-o", "-"],
        vec!["season", "-", "-o", "-"],
        vec!["compare", "-", &other, "-o", "-"],
        vec!["compare", &other, "-", "-o", "-"],
        vec!["export", "-", "-o", "-"],
        vec!["inspect", "-", "-o", "-"],
        vec!["inspect", "-", "--messages", "-o", "-"],
    ] {
        let (code, printed) = fed(&bytes, &arguments);
        assert_eq!((code, printed.is_empty()), (Some(0), false), "{arguments:?}");
    }
    for arguments in [
        vec!["plan", "5:20", "-o", "-"],
        vec!["grade", "80", "79", "81", "78", "-o", "-"],
        vec!["config", "-o", "-"],
        vec!["man", "-o", "-"],
    ] {
        let (with, without) = (fourlap(&arguments), fourlap(&arguments[..arguments.len() - 2]));
        assert!(with.status.success() && !with.stdout.is_empty(), "{arguments:?}");
        assert_eq!(with.stdout, without.stdout, "{arguments:?}");
    }
    let said = refusal(&["chart", &other, "--kind", "all", "-o", "-"]);
    assert_eq!(said, "fourlap: all pictures are too many for standard output; name a folder with -o\n");
}

#[test]
fn standard_input_and_gzip_are_read_like_files() {
    let file = fixture("track-mile.fit");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&std::fs::read(&file).unwrap()).unwrap();
    let (_, printed) = fed(&encoder.finish().unwrap(), &["analyze", "--format", "json", "-"]);
    let mut piped: serde_json::Value = serde_json::from_slice(&printed).unwrap();
    let mut plain = json(&["analyze", &file]);
    for line in [&mut piped, &mut plain] {
        assert!(line.as_object_mut().unwrap().remove("file").is_some());
    }
    assert_eq!(plain, piped);
}

#[test]
fn standard_input_is_read_once() {
    let file = fixture("track-mile.fit");
    for arguments in
        [vec!["analyze", "-", &file, "-"], vec!["compare", "-", "-"], vec!["chart", "-", "--against", "-"]]
    {
        let told = "fourlap: - is standard input, which can be read only once; name a file for the other\n";
        assert_eq!(refusal(&arguments), told, "{arguments:?}");
    }
}

/// Names that a shell or a terminal would take for something else; where names may be any bytes, those that are no
/// text too.
fn odd_names() -> Vec<std::ffi::OsString> {
    let mut names: Vec<_> = ["two words.fit", "-dash.fit", "Läufe 🏃.fit", "a'b.fit"].map(Into::into).into();
    #[cfg(unix)]
    names.push("a\"b*c?.fit".into());
    #[cfg(target_os = "linux")]
    names.push(std::os::unix::ffi::OsStringExt::from_vec(b"lap\xff\n.fit".to_vec()));
    names
}

#[test]
fn odd_names_are_read_written_and_printed() {
    let folder = tempfile::tempdir().unwrap();
    for name in odd_names() {
        let file = folder.path().join(&name);
        std::fs::copy(fixture("track-mile.fit"), &file).unwrap();
        let run = |arguments: &[&str], end: &[&str]| {
            let done = program()
                .args(arguments)
                .arg("--")
                .arg(&name)
                .args(end)
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert_eq!(done.status.code(), Some(0), "{arguments:?} {name:?}: {done:?}");
            let told = String::from_utf8(done.stderr).unwrap();
            assert!(told.lines().all(|line| line.starts_with("fourlap: ")), "{told:?}");
            String::from_utf8(done.stdout).unwrap()
        };
        let line: serde_json::Value =
            serde_json::from_str(&run(&["analyze", "--format", "json"], &[])).unwrap();
        assert_eq!(line["file"], name.to_string_lossy().replace(char::REPLACEMENT_CHARACTER, "\\xFF"));
        run(&["inspect"], &[]);
        run(&["export"], &[]);
        run(&["season", "--format", "csv"], &[]);
        run(&["compare"], &[&fixture("road-mile.fit")]);
        run(&["chart", "--kind", "laps"], &[]);
        let mut output = std::ffi::OsString::from("--output=to ");
        output.push(&name);
        let written =
            program().args(["plan", "5:20"]).arg(&output).current_dir(folder.path()).output().unwrap();
        assert!(written.status.success(), "{name:?}");
    }
    // Every file was drawn beside itself and written to under its own name.
    assert_eq!(names_in(folder.path()).len(), 3 * odd_names().len());
}

#[test]
fn a_closed_pipe_is_quiet_and_no_failure() {
    let (mile, road) = (fixture("track-mile.fit"), fixture("road-mile.fit"));
    for arguments in [
        vec!["--help"],
        vec!["analyze", &mile],
        vec!["chart", &mile, "-o", "-"],
        vec!["season", &mile],
        vec!["season", &mile, "--format", "csv"],
        vec!["plan", "5:20"],
        vec!["grade", "80", "79", "81", "78", "--format", "json"],
        vec!["compare", &mile, &road],
        vec!["export", &mile],
        vec!["inspect", &mile],
        vec!["config"],
        vec!["completions", "bash"],
        vec!["man"],
    ] {
        let mut program = program();
        program.args(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!((done.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
