//! Every command that the documents show, run, and its output compared with the one printed there.
//!
//! `FOURLAP_UPDATE_DOCUMENTS=1 cargo test --test documents` writes the outputs anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use program::program;

const DOCUMENTS: [&str; 1] = ["README.md"];

/// The output of a command line that begins with `fourlap`, run in the project's folder.
fn output_of(line: &str) -> String {
    let arguments = line.split_whitespace().skip(1);
    let done = program().args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The document with the output of every `$ fourlap ...` in a `console` block written anew.
fn renewed(document: &str) -> (String, usize) {
    let mut text = String::new();
    let mut commands = 0;
    let mut in_console = false;
    for line in document.lines() {
        if line.starts_with("```") {
            in_console = line == "```console";
        }
        match line.strip_prefix("$ ").filter(|command| in_console && command.starts_with("fourlap ")) {
            Some(command) => {
                commands += 1;
                text += &format!("{line}\n{}", output_of(command));
            }
            // What stands behind a command is its old output.
            None if in_console && !line.starts_with("```") => {}
            None => text += &format!("{line}\n"),
        }
    }
    (text, commands)
}

#[test]
fn the_outputs_in_the_documents_are_real() {
    for name in DOCUMENTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let document = std::fs::read_to_string(&path).unwrap();
        let (renewed, commands) = renewed(&document);
        assert!(commands > 0, "{name} shows no command");
        if std::env::var_os("FOURLAP_UPDATE_DOCUMENTS").is_some() {
            std::fs::write(&path, &renewed).unwrap();
        } else {
            let differs = document.lines().zip(renewed.lines()).find(|(shown, printed)| shown != printed);
            assert_eq!(differs, None, "{name} shows an output that the program does not print");
            assert_eq!(document.len(), renewed.len(), "{name} lacks output at its end");
        }
    }
}
