//! What can go wrong while bytes become activities: one error type that says what and where.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::text;

/// An error of this library: what is wrong, and where in the input.
///
/// `Display` states one layer in lower case without a full stop; a cause, where there is one, is in
/// [`source`](std::error::Error::source). The caller that knows the file's name adds it.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    place: Option<Place>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of thing is wrong, with the values that tell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input holds no bytes.
    Empty,
    /// The bytes are none of the formats that this library reads.
    UnknownFormat {
        /// What the bytes look like instead, where that can be told ("a PNG picture").
        looks_like: Option<&'static str>,
    },
    /// A table, a page or a picture that this program wrote.
    OwnResult,
    /// A well-formed file that is no recording: settings, a course, a planned route.
    NotARecording {
        /// What the file is ("device settings").
        is: String,
    },
    /// The file is damaged beyond use: nothing could be read before the fault.
    Malformed {
        /// What was expected and what was found.
        detail: String,
    },
    /// In strict mode: the file needed a repair.
    Repaired {
        /// The notice that lenient reading would have given.
        notice: String,
    },
    /// The input is larger than a stated limit.
    LimitExceeded {
        /// Which limit, with its value.
        limit: String,
    },
    /// The path leads to something that is no file.
    NotAFile {
        /// What it is, and what to do instead.
        is: String,
    },
    /// An archive without any activity file in it.
    NothingInside {
        /// How many files were looked at.
        looked_at: usize,
    },
    /// An archive without the list of its files, which was read from its beginning as far as it went.
    DamagedArchive {
        /// What is wrong with it.
        what: &'static str,
        /// How many files in it were read all the same.
        read: usize,
    },
    /// The operating system could not read or write.
    Io,
    /// A fault of this program: it panicked over the input.
    Fault,
}

/// A place in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Bytes from the start of a binary file.
    Byte(u64),
    /// Line and column of a text file, both counted from 1.
    Line {
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
    },
}

impl Error {
    /// An error of this kind, without a place.
    pub fn new(kind: ErrorKind) -> Self {
        Error(Box::new(Inner { kind, place: None, source: None }))
    }

    /// Adds where in the input the error lies.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.0.place = Some(place);
        self
    }

    /// Adds the error that caused this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of thing is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where in the input, if that is known.
    pub fn place(&self) -> Option<Place> {
        self.0.place
    }

    /// The error with its causes behind colons, as people read it: without the control characters that a broken file
    /// may bring into it.
    pub fn told(&self) -> String {
        text::plain(&self.told_in_full()).into_owned()
    }

    fn told_in_full(&self) -> String {
        let mut text = match self.kind() {
            ErrorKind::Io => String::new(),
            _ => self.to_string(),
        };
        let mut cause = std::error::Error::source(self);
        while let Some(source) = cause {
            text = if text.is_empty() { system_reason(source) } else { format!("{text}: {source}") };
            cause = source.source();
        }
        if text.is_empty() { self.to_string() } else { text }
    }
}

/// Does some work on one file; a panic in it is an error like any other, so that the next file is read all the same.
/// Whatever the work was changing when it panicked is not to be relied on.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::new(ErrorKind::Fault)))
}

/// The system's reason in our words where people meet it often.
fn system_reason(source: &(dyn std::error::Error + 'static)) -> String {
    match source.downcast_ref::<std::io::Error>().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::NotFound) => "no such file; check the path".into(),
        Some(std::io::ErrorKind::PermissionDenied) => "no permission to read it".into(),
        _ => format!("cannot be read: {source}"),
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        Error::new(ErrorKind::Io).caused_by(source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.kind)?;
        match self.0.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::Empty => f.write_str("empty, there is nothing to read"),
            ErrorKind::UnknownFormat { looks_like: Some(what) } => {
                write!(f, "not an activity file but {what}; FIT, GPX and TCX are read")
            }
            ErrorKind::UnknownFormat { looks_like: None } => {
                f.write_str("not an activity file; FIT, GPX and TCX are read")
            }
            ErrorKind::OwnResult => f.write_str("no recording but a result that fourlap wrote"),
            ErrorKind::NotARecording { is } => write!(f, "no recording but {is}"),
            ErrorKind::Malformed { detail } => write!(f, "broken beyond use: {detail}"),
            ErrorKind::Repaired { notice } => {
                write!(f, "needs repair, which strict reading refuses: {notice}")
            }
            ErrorKind::LimitExceeded { limit } => write!(f, "too large: {limit}"),
            ErrorKind::NotAFile { is } => f.write_str(is),
            ErrorKind::NothingInside { looked_at: 1 } => {
                f.write_str("holds no activity file; 1 file was looked at")
            }
            ErrorKind::NothingInside { looked_at } => {
                write!(f, "holds no activity file; {looked_at} files were looked at")
            }
            ErrorKind::DamagedArchive { what, read: 0 } => {
                write!(f, "{what}, and without it none of them was found; copy or download it again")
            }
            ErrorKind::DamagedArchive { what, read: 1 } => {
                write!(f, "{what}; 1 file before the damage was read; copy or download it again")
            }
            ErrorKind::DamagedArchive { what, read } => {
                write!(f, "{what}; {read} files before the damage were read; copy or download it again")
            }
            ErrorKind::Io => f.write_str("cannot be read or written"),
            ErrorKind::Fault => f.write_str("the program failed on it; please report this with the file"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Byte(offset) => write!(f, "at byte {offset}"),
            Place::Line { line, column } => write!(f, "at line {line}, column {column}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_states_one_layer_and_the_place() {
        let error = Error::new(ErrorKind::Malformed { detail: "a header of 12 bytes, found 3".into() })
            .at(Place::Byte(3))
            .caused_by("the cause");
        assert_eq!(error.to_string(), "broken beyond use: a header of 12 bytes, found 3 (at byte 3)");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the cause");
    }

    #[test]
    fn an_error_is_told_with_its_causes() {
        let error =
            Error::new(ErrorKind::Malformed { detail: "a broken member".into() }).caused_by("the cause");
        assert_eq!(error.told(), "broken beyond use: a broken member: the cause");
        let hostile = Error::new(ErrorKind::Malformed { detail: "a tag <\u{1b}[2J>".into() });
        assert_eq!(hostile.told(), "broken beyond use: a tag <[2J>");
        let missing = Error::from(std::io::Error::from(std::io::ErrorKind::NotFound));
        assert_eq!(missing.told(), "no such file; check the path");
        assert_eq!(Error::new(ErrorKind::Io).told(), "cannot be read or written");
    }

    #[test]
    fn a_panic_is_an_error() {
        let panics = || -> Result<(), Error> { panic!("a fault") };
        assert_eq!(
            caught(panics).unwrap_err().told(),
            "the program failed on it; please report this with the file"
        );
        assert_eq!(caught(|| Ok(3)).unwrap(), 3);
    }

    #[test]
    fn a_text_place_is_line_and_column() {
        let place = Place::Line { line: 3, column: 7 };
        assert_eq!(place.to_string(), "at line 3, column 7");
    }
}
