//! The files that results are written to: that none takes another's place, and that each is whole or not there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::output::{Failure, shown};

/// Refuses standard input for more than one file: what is read is gone.
pub(super) fn stdin_once(inputs: &[PathBuf]) -> Result<(), Failure> {
    if inputs.iter().filter(|input| is_stdout(input)).count() < 2 {
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

/// Whether a file stands for standard output.
pub(super) fn is_stdout(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Refuses two outputs in one place: the later would take the earlier one's. Each comes with its option.
pub(super) fn check_apart(outputs: &[(&str, &Option<PathBuf>)]) -> Result<(), Failure> {
    let mut taken: Vec<(&str, PathBuf)> = Vec::new();
    for (option, file) in outputs {
        let Some(file) = file else { continue };
        let there = place(file);
        if let Some((earlier, _)) = taken.iter().find(|(_, earlier)| *earlier == there) {
            let name = shown(file);
            let text = format!("{earlier} and {option} both write to {name}; give each its own file");
            return Err(Failure::Usage(text));
        }
        taken.push((option, there));
    }
    Ok(())
}

/// A file's own place, whatever it is called: links followed, whether or not it exists.
pub(super) fn place(file: &Path) -> PathBuf {
    if is_stdout(file) {
        return file.to_owned();
    }
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let named = || Some(fs::canonicalize(parent).ok()?.join(file.file_name()?));
    fs::canonicalize(file).ok().or_else(named).unwrap_or_else(|| file.to_owned())
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
    if is_stdout(file) {
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
    builder.permissions(match fs::metadata(file) {
        // Who may read the file that it replaces may read it, and nobody else.
        Ok(found) => found.permissions(),
        Err(_) => std::os::unix::fs::PermissionsExt::from_mode(0o666),
    });
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

    #[test]
    fn two_outputs_in_one_place_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("season.html");
        let again = folder.path().join(".").join("season.html");
        let other = folder.path().join("season.csv");
        let told =
            |a: &Path, b: &Path| match check_apart(&[("-o", &Some(a.into())), ("--report", &Some(b.into()))])
            {
                Ok(()) => String::new(),
                Err(failure) => failure.to_string(),
            };
        assert_eq!(told(&file, &other), "");
        let name = again.display();
        let expected = format!("-o and --report both write to {name}; give each its own file");
        assert_eq!(told(&file, &again), expected, "neither exists yet");
        fs::write(&file, "").unwrap();
        assert_eq!(told(&file, &again), expected);
        let stdout = "-o and --report both write to -; give each its own file";
        assert_eq!(told(Path::new("-"), Path::new("-")), stdout);
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
