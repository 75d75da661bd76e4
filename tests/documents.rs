//! Every command that the documents show, run; the outputs printed there compared with the program's.
//!
//! In `console` blocks each `$ fourlap ...` is followed by its output, errors included, and a `| head -N`, `| tail -N`
//! or `| grep WORD` behind it does what it does in a shell. Other commands, in `sh` blocks and in the text, must
//! succeed; those of the text are run where they name a time or something that is there. A `toml` block whose first
//! line is a comment with a file's name is written to that file.
//!
//! `FOURLAP_UPDATE_DOCUMENTS=1 cargo test --test documents` writes the outputs anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../examples/fixtures/simulator/mod.rs"]
mod simulator;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use simulator::{fit_writer, season};

/// So many days the season of the documents has.
const DAYS: usize = 24;
/// What lies in the folder in which the commands are run.
const FOLDERS: [&str; 3] = ["fixtures", "season", "squad"];

/// The project's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README and everything in `docs`.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        docs.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.push(root().join("README.md"));
    paths.sort();
    paths
}

/// A folder to run commands in: the fixtures, the season that `examples/fixtures --season 24 season` writes, and a
/// squad of two who share it.
fn workplace() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let below = |folder: &str| {
        let folder = place.path().join(folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    };
    let fixtures = below("fixtures");
    for file in fs::read_dir(root().join("fixtures")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), fixtures.join(file.file_name())).unwrap();
    }
    let (days, anna, ben) = (below("season"), below("squad/Anna"), below("squad/Ben"));
    for (day, (name, recording)) in season::draw(DAYS).enumerate() {
        let bytes = fit_writer::write(&recording);
        fs::write(days.join(format!("{name}.fit")), &bytes).unwrap();
        let athlete = if day < DAYS / 2 { &anna } else { &ben };
        fs::write(athlete.join(format!("{name}.fit")), &bytes).unwrap();
    }
    place
}

/// What a command line that begins with `fourlap` prints, and its exit code.
fn run(line: &str, place: &Path) -> (String, Option<i32>) {
    let mut stages = line.split(" | ");
    let words = stages.next().unwrap().split_whitespace().skip(1);
    let mut program = Command::new(env!("CARGO_BIN_EXE_fourlap"));
    // Nothing of whoever runs the tests may change an output.
    program.env("FOURLAP_CONFIG", "").env("NO_COLOR", "1");
    let done = program.args(words).current_dir(place).output().unwrap();
    let mut text = String::from_utf8(done.stdout).unwrap() + &String::from_utf8(done.stderr).unwrap();
    for stage in stages {
        let lines: Vec<&str> = text.lines().collect();
        let kept = match stage.split_once(' ').unwrap() {
            ("head", count) => &lines[..lines.len().min(-count.parse::<isize>().unwrap() as usize)],
            ("tail", count) => {
                &lines[lines.len().saturating_sub(-count.parse::<isize>().unwrap() as usize)..]
            }
            ("grep", word) => {
                &lines.iter().copied().filter(|line| line.contains(word)).collect::<Vec<_>>()[..]
            }
            other => panic!("{other:?} is no stage that this test knows: {line}"),
        };
        text = kept.iter().map(|line| format!("{line}\n")).collect();
    }
    (text, done.status.code())
}

/// The commands in a line of text that can be run: in backquotes, with a time or something that is there.
fn commands_in(text: &str) -> impl Iterator<Item = &str> {
    let spans = text.split('`').skip(1).step_by(2);
    spans.filter(|span| span.starts_with("fourlap ")).filter(|span| {
        let names = |word: &str| {
            FOLDERS.contains(&word.split('/').next().unwrap())
                || word.starts_with(|c: char| c.is_ascii_digit())
        };
        span.split_whitespace().skip(2).any(names) && !span.split_whitespace().any(is_placeholder)
    })
}

/// Whether a word stands for something that the reader fills in: `RUN`, `FILE.html`.
fn is_placeholder(word: &str) -> bool {
    let stem = word.split('.').next().unwrap();
    stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase())
}

/// Writes a block to the file that its first line names.
fn write_block<'a>(lines: impl Iterator<Item = &'a str>, place: &Path) {
    let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("```")).collect();
    if let Some(name) = lines[0].strip_prefix("# ") {
        fs::write(place.join(name), lines.join("\n")).unwrap();
    }
}

/// The document with all outputs written anew, and how many commands it shows.
fn renewed(document: &str, place: &Path) -> (String, usize) {
    let (mut text, mut commands, mut block) = (String::new(), 0, None);
    for (number, line) in document.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            block = if block.is_none() { Some(language) } else { None };
            text += &format!("{line}\n");
            if block == Some("toml") {
                write_block(document.lines().skip(number + 1), place);
            }
            continue;
        }
        let shown = match block {
            Some("console") => line.strip_prefix("$ "),
            _ => None,
        };
        if let Some(command) = shown {
            commands += 1;
            let (output, code) = run(command, place);
            assert!(matches!(code, Some(0 | 1)), "{command}: {output}");
            text += &format!("{line}\n{output}");
        } else if block != Some("console") {
            let silent: Vec<&str> = match block {
                Some("sh") if line.starts_with("fourlap ") => vec![line.split(" #").next().unwrap()],
                None => commands_in(line).collect(),
                _ => Vec::new(),
            };
            for command in silent {
                commands += 1;
                let (output, code) = run(command, place);
                assert_eq!(code, Some(0), "{command}: {output}");
            }
            text += &format!("{line}\n");
        }
    }
    (text, commands)
}

#[test]
fn the_outputs_in_the_documents_are_real() {
    let place = workplace();
    for path in documents() {
        let name = path.file_name().unwrap().to_string_lossy();
        let document = fs::read_to_string(&path).unwrap();
        let (renewed, commands) = renewed(&document, place.path());
        if ["README.md", "guide.md"].contains(&&*name) {
            assert!(commands > 4, "{name} shows {commands} commands");
        }
        if std::env::var_os("FOURLAP_UPDATE_DOCUMENTS").is_some() {
            if renewed != document {
                fs::write(&path, &renewed).unwrap();
            }
        } else {
            let differs = document.lines().zip(renewed.lines()).find(|(shown, printed)| shown != printed);
            assert_eq!(differs, None, "{name} shows an output that the program does not print");
            assert_eq!(document.len(), renewed.len(), "{name} lacks output at its end");
        }
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let target = target.split('#').next().unwrap();
            if !target.is_empty() && !target.starts_with("http") {
                let there = path.parent().unwrap().join(target);
                assert!(there.exists(), "{} links to {target}, which is not there", path.display());
            }
        }
    }
}

#[test]
fn pipes_and_placeholders_are_told() {
    assert!(is_placeholder("FILE.html") && is_placeholder("RUN") && !is_placeholder("A"));
    let text = "`fourlap chart fixtures/track-mile.fit --kind hr`, `fourlap chart RUN`, `fourlap chart PATH -o season`";
    assert_eq!(commands_in(text).collect::<Vec<_>>(), ["fourlap chart fixtures/track-mile.fit --kind hr"]);
}
