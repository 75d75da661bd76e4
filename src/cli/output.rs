//! What is printed: results on standard output, complaints on standard error.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::arguments::TextFormat;
use super::exit::Exit;
use super::files::{is_stdout, write_file};
use crate::error::{Error, ErrorKind};
use crate::intake::names;
use crate::report::json;
use crate::report::text::{printable, printable_name};

/// What stops a command altogether.
#[derive(Debug)]
pub(super) enum Failure {
    /// The arguments make no sense together; the text says what would be right.
    Usage(String),
    /// A result could not be written.
    Write { to: PathBuf, source: io::Error },
    /// A result could not be made.
    Report(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(text) | Failure::Report(text) => f.write_str(text),
            Failure::Write { to, source } => {
                write!(f, "{}: cannot be written: {source}", shown(to))
            }
        }
    }
}

/// Says why a command stopped, and how it ends. A reader that closed its pipe has all it wanted.
pub(super) fn refused(failure: &Failure) -> Exit {
    match failure {
        Failure::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        failure => {
            complain(failure);
            Exit::Failed
        }
    }
}

/// A path as it is printed: whole, on one line, and without power over a terminal.
pub(super) fn shown(path: &Path) -> String {
    printable_name(&names::of_path(path))
}

/// The ending of a file's name in lower case, which tells a format.
pub(super) fn ending(file: &Path) -> Option<String> {
    file.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// One line on standard error.
pub(super) fn complain(what: impl fmt::Display) {
    // There is nowhere left to report that standard error is closed.
    let _ = writeln!(anstream::stderr(), "fourlap: {what}");
}

/// One line on standard error about a file.
pub(super) fn complain_of(file: &str, what: impl fmt::Display) {
    complain(format_args!("{}: {what}", printable_name(file)));
}

/// Says what is wrong with a file, with its causes, and how its command ends.
pub(super) fn complain_of_error(file: &str, error: &Error) -> Exit {
    complain_of(file, printable(&error.told()));
    match error.kind() {
        ErrorKind::NotARecording { .. } => Exit::NoMile,
        _ => Exit::Failed,
    }
}

/// A value with the name of its schema in front.
#[derive(Serialize)]
pub(super) struct Named<'a, T> {
    pub(super) schema: &'static str,
    #[serde(flatten)]
    pub(super) value: &'a T,
}

/// A value as a line of JSON.
pub(super) fn as_line(value: &impl Serialize) -> Result<String, Failure> {
    Ok(json::rounded_line(value).map_err(|error| Failure::Report(error.to_string()))? + "\n")
}

/// Prints text to standard output, coloured only on a terminal.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|source| Failure::Write { to: "standard output".into(), source })
}

/// The results of several files, one behind the other: printed as they come, or kept for a file.
pub(super) struct Sheet<'a> {
    file: Option<&'a Path>,
    /// Whether results are for people, who have an empty line between them.
    apart: bool,
    begun: bool,
    kept: String,
}

impl<'a> Sheet<'a> {
    /// A sheet for standard output, or for this file.
    pub(super) fn new(file: Option<&'a Path>, format: TextFormat) -> Sheet<'a> {
        Sheet { file, apart: format == TextFormat::Text, begun: false, kept: String::new() }
    }

    /// Adds the next result.
    pub(super) fn put(&mut self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        let apart = if self.begun && self.apart { "\n" } else { "" };
        self.begun = true;
        if self.file.is_none() {
            return print(&format!("{apart}{text}"));
        }
        self.kept += apart;
        self.kept += text;
        Ok(())
    }

    /// Writes the file, if there is one, once every result is there.
    pub(super) fn finish(self) -> Result<(), Failure> {
        self.file.map_or(Ok(()), |file| print_to(Some(file), &self.kept))
    }
}

/// Prints text to a file, or to standard output without one or for `-`.
pub(super) fn print_to(file: Option<&Path>, text: &str) -> Result<(), Failure> {
    match file.filter(|file| !is_stdout(file)) {
        Some(file) => write_file(file, anstream::adapter::strip_str(text).to_string().as_bytes()),
        None => print(text),
    }
}
