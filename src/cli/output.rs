//! Where results and complaints go.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::exit::Exit;
use crate::error::{Error, ErrorKind};
use crate::intake::names;
use crate::report::json;
use crate::report::text::printable;

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
    printable(&names::of_path(path))
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
    complain(format_args!("{}: {what}", printable(file)));
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

/// Prints text to a file, or to standard output without one or for `-`.
pub(super) fn print_to(file: Option<&Path>, text: &str) -> Result<(), Failure> {
    match file.filter(|file| file.as_os_str() != "-") {
        Some(file) => write_file(file, anstream::adapter::strip_str(text).to_string().as_bytes()),
        None => print(text),
    }
}

/// Refuses standard input for more than one file: what is read is gone.
pub(super) fn stdin_once(inputs: &[PathBuf]) -> Result<(), Failure> {
    if inputs.iter().filter(|input| input.as_os_str() == "-").count() < 2 {
        return Ok(());
    }
    Err(Failure::Usage("- is standard input, which can be read only once; name a file for the other".into()))
}

/// Refuses to write a result over one of the files that it is made from.
pub(super) fn spare_inputs(output: Option<&Path>, inputs: &[PathBuf]) -> Result<(), Failure> {
    let Some(output) = output.and_then(|output| fs::canonicalize(output).ok()) else { return Ok(()) };
    match inputs.iter().find(|input| fs::canonicalize(input).is_ok_and(|input| input == output)) {
        Some(input) => {
            let name = shown(input);
            Err(Failure::Usage(format!("{name}: is read and would be overwritten; choose another output")))
        }
        None => Ok(()),
    }
}

/// Writes bytes to a file, or to standard output for `-`, see [`write_through`].
pub(super) fn write_file(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_through(file, |out| out.write_all(bytes))
}

/// Whoever writes a result, to a place that it does not know.
type Writer<'a> = &'a mut (dyn Write + Send);

/// Lets `write` write to a file, or to standard output for `-`.
///
/// The file is written beside its place and then renamed, so that an interruption leaves no half of it.
pub(super) fn write_through(
    file: &Path,
    write: impl FnOnce(Writer<'_>) -> io::Result<()>,
) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        let written = buffered(io::stdout(), write).map(drop);
        return written.map_err(|source| Failure::Write { to: "standard output".into(), source });
    }
    let written = match fs::symlink_metadata(file) {
        // A device, a pipe or a link is written to, never replaced.
        Ok(found) if !found.is_file() => {
            fs::File::create(file).and_then(|there| buffered(there, write)).map(drop)
        }
        _ => write_beside(file, write),
    };
    written.map_err(|source| Failure::Write { to: file.to_owned(), source })
}

fn buffered<W: Write + Send>(there: W, write: impl FnOnce(Writer<'_>) -> io::Result<()>) -> io::Result<W> {
    let mut out = io::BufWriter::new(there);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

fn write_beside(file: &Path, write: impl FnOnce(Writer<'_>) -> io::Result<()>) -> io::Result<()> {
    let beside = buffered(beside(file)?, write)?;
    beside.persist(file).map(drop).map_err(|failed| failed.error)
}

/// A temporary file in the folder of `file`.
fn beside(file: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".fourlap-").tempfile_in(folder).map_err(without_the_temporary_name)
}

/// What went wrong, without the name of a file that nobody knows; `tempfile` tells it behind the cause.
fn without_the_temporary_name(error: io::Error) -> io::Error {
    let told = error.to_string();
    match told.split_once(" at path ") {
        Some((cause, _)) => io::Error::new(error.kind(), cause),
        None => error,
    }
}

/// Whether a file could be written beside `file`, before long work is done for it.
#[cfg(feature = "season")]
pub(super) fn check_folder(file: &Path) -> Result<(), Failure> {
    let tried = match fs::symlink_metadata(file) {
        Ok(found) if !found.is_file() => Ok(()),
        _ => beside(file).map(drop),
    };
    tried.map_err(|source| Failure::Write { to: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.svg");
        fs::write(&file, "old").unwrap();
        write_file(&file, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_input_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (run, other) = (folder.path().join("run.fit"), folder.path().join("other.txt"));
        fs::write(&run, "recording").unwrap();
        fs::write(&other, "text").unwrap();
        let inputs = [run.clone()];
        assert!(spare_inputs(Some(&folder.path().join("./run.fit")), &inputs).is_err());
        assert!(spare_inputs(Some(&other), &inputs).is_ok() && spare_inputs(None, &inputs).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_written_through_and_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.svg"), folder.path().join("link.svg"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_file(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }
}
