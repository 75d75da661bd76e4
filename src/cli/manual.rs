//! What holds for every command, at the end of the long help and of each manual page.

use clap_mangen::roff::{Roff, bold, roman};

use super::exit::MEANINGS;

/// The environment's variables, and what each does.
const ENVIRONMENT: [(&str, &str); 3] = [
    ("FOURLAP_CONFIG", "the configuration file, instead of the user's own; empty: none. --config beats it"),
    ("NO_COLOR", "set to anything, it turns colours off. --color beats it"),
    ("COLUMNS", "the width of help texts where no terminal tells it, 98 at most"),
];

/// The files that are read without being named.
const FILES: [(&str, &str); 2] = [
    ("~/.config/fourlap.toml", "who runs, and the units; `fourlap help config` shows one"),
    ("%APPDATA%\\fourlap.toml", "the same on Windows"),
];

/// A heading, and below it each word with its meaning.
type Section = (&'static str, Vec<(String, &'static str)>);

fn sections() -> [Section; 3] {
    let named = |words: &[(&str, &'static str)]| {
        words.iter().map(|&(word, meaning)| (word.to_owned(), meaning)).collect()
    };
    [
        ("Exit codes", MEANINGS.map(|(exit, meaning)| (exit.code().to_string(), meaning)).into()),
        ("Environment", named(&ENVIRONMENT)),
        ("Files", named(&FILES)),
    ]
}

/// The end of the long help, `last` below it.
pub(super) fn in_long_help(last: &str) -> String {
    let mut text = String::new();
    for (heading, words) in sections() {
        text += &format!("{heading}:\n");
        for (word, meaning) in words {
            text += &format!("  {word}\n          {meaning}\n");
        }
        text.push('\n');
    }
    text + last
}

/// The end of a manual page; the name of the program's own stands below the others.
pub(super) fn in_page(is_command: bool) -> String {
    let mut roff = Roff::new();
    for (heading, words) in sections() {
        let heading = if heading == "Exit codes" { "EXIT STATUS" } else { heading };
        roff.control("SH", [heading.to_uppercase().as_str()]);
        for (word, meaning) in words {
            roff.control("TP", []);
            roff.text([bold(word)]);
            roff.text([roman(meaning)]);
        }
    }
    if is_command {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("fourlap"), roman("(1)")]);
    }
    roff.to_roff()
}
