//! What tells about the program: help, completions, manual pages.

use crate::{fourlap, names_in, refusal};

const COMMANDS: [&str; 11] = [
    "analyze",
    "chart",
    "season",
    "plan",
    "grade",
    "compare",
    "export",
    "inspect",
    "config",
    "completions",
    "man",
];

fn printed(arguments: &[&str]) -> String {
    let done = fourlap(arguments);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().replace("fourlap.exe", "fourlap")
}

#[test]
fn completions_know_every_command_in_every_shell() {
    let begins =
        [("bash", "_fourlap()"), ("zsh", "#compdef fourlap"), ("fish", "# Print"), ("powershell", "\nusing")];
    for (shell, begins) in begins {
        let script = printed(&["completions", shell]);
        assert!(script.starts_with(begins), "{shell}: {:?}", &script[..40]);
        for word in COMMANDS.iter().chain(&["distance-source", "threshold-hr"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert!(refusal(&["completions", "tcsh"]).contains("bash"));
}

#[test]
fn a_manual_page_is_printed_or_all_are_written() {
    assert!(printed(&["man"]).contains(".TH fourlap 1"));
    assert!(printed(&["man", "plan"]).contains(".TH fourlap-plan 1"));
    assert!(refusal(&["man", "run"]).contains("'run' is no command; there are analyze, chart"));
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("man 1");
    printed(&["man", "-o", &into.to_string_lossy()]);
    let mut expected = vec!["fourlap.1".to_owned()];
    expected.extend(COMMANDS.map(|command| format!("fourlap-{command}.1")));
    expected.sort();
    assert_eq!(names_in(&into), expected);
}

#[test]
fn a_manual_page_says_how_to_call_the_command_and_what_its_exit_codes_mean() {
    insta::assert_snapshot!("manual_page_of_plan", printed(&["man", "plan"]));
    for command in COMMANDS {
        let page = printed(&["man", command]);
        assert!(
            page.contains(concat!(" 1 \"\" \"fourlap ", env!("CARGO_PKG_VERSION"), "\" fourlap\n"))
                && !page.contains(".SH EXTRA"),
            "{page}"
        );
        assert!(page.contains(".SH \"EXIT STATUS\"") && page.contains("NO_COLOR"), "{page}");
        // An option without a word about it would be an empty line below its name.
        let heads = page.split(".TP\n").skip(1);
        assert!(
            heads.clone().count() > 5 && heads.clone().all(|head| head.lines().nth(1) != Some("")),
            "{page}"
        );
    }
    assert!(printed(&["man", "analyze"]).contains("\\fBfourlap analyze\\fR [OPTIONS] <PATH>..."));
}

/// Every help text, as it is read on a terminal of 98 columns.
#[test]
fn the_help_texts() {
    insta::assert_snapshot!("help", printed(&["--help"]));
    for command in COMMANDS {
        insta::assert_snapshot!(format!("help_of_{command}"), printed(&[command, "-h"]));
    }
    assert!(printed(&["-h"]).ends_with("no account, no upload.\n"));
    for command in ["analyze", "config"] {
        insta::assert_snapshot!(format!("long_help_of_{command}"), printed(&[command, "--help"]));
    }
}

#[test]
fn a_mistyped_word_gets_a_suggestion() {
    for (arguments, suggests) in [
        (["anlyze", "run.fit"], "'analyze'"),
        (["analyze", "--gaol=5:20"], "'--goal'"),
        (["plan", "--sheme=line"], "'--scheme'"),
        (["season", "--sinze=2026"], "'--since'"),
    ] {
        let said = refusal(&arguments);
        assert!(said.contains("similar") && said.contains(suggests), "{arguments:?}: {said}");
    }
}
