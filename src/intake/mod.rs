//! From paths and standard input to named bytes: the only room, besides the command line, that touches files.
//!
//! A path may lead to one file, to a `.gz` or to an archive of many; [`each`] hands out their contents one at a
//! time, so that memory holds one file and not an archive. Nothing is ever written to a path that an archive
//! names. `listing` finds the files in folders, `names` says what they are called.

mod archive;
mod gzip;
mod links;
#[cfg(feature = "season")]
pub(crate) mod listing;
pub(crate) mod names;
mod strava;

use std::fs::File;
use std::io::{Cursor, Read, Seek, copy};
use std::ops::ControlFlow;
use std::path::Path;

use crate::error::{Error, ErrorKind};
use crate::notice::Notice;

pub use strava::{Label, Missing};

/// How much the intake is willing to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest size in bytes of one activity file, after decompression.
    pub file_bytes: u64,
    /// The most bytes that all members of one archive may have together, after decompression.
    pub archive_bytes: u64,
    /// How deep archives may lie inside each other: 1 reads no archive inside an archive.
    pub archive_depth: usize,
}

impl Default for Limits {
    /// 256 MiB for a file (the largest real recording seen is below 10 MiB), 64 GiB for an archive (twenty
    /// years of a professional's exports are below 20 GiB), archives inside archives twice over.
    fn default() -> Self {
        Limits { file_bytes: 256 << 20, archive_bytes: 64 << 30, archive_depth: 3 }
    }
}

/// What a caller wants of a file, judged by its first [`HEAD_BYTES`] bytes, decompressed.
#[derive(Debug)]
pub enum Interest {
    /// All of it.
    Read,
    /// Nothing: a member of an archive is passed over without a word.
    PassOver,
    /// No more than its name: it is handed out with this error in place of its bytes, the rest unread.
    Refuse(Error),
}

/// One file's bytes, ready for the parser.
#[derive(Debug)]
pub struct Document {
    /// The path as the caller named it; `-` is standard input. Bytes that are no UTF-8 are written as `\xFF`.
    pub file: String,
    /// The file's name inside an archive; of an archive inside it, both names with a slash between.
    pub member: Option<String>,
    /// What the archive's own list says of it.
    pub label: Option<Label>,
    /// Its content, decompressed, or why it cannot be read.
    pub bytes: Result<Vec<u8>, Error>,
    /// What was wrong with the compression of a content that was read all the same.
    pub damage: Option<Notice>,
}

impl Document {
    /// The name people know it by: the path, and the member behind a colon.
    pub fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}: {member}", self.file),
            None => self.file.clone(),
        }
    }
}

/// Hands every file that a path leads to to `visit`, until it breaks off: the file itself, or the members of an
/// archive that `wanted` wants. A file that is no archive is read whether or not it is passed over, since somebody
/// named it. What an export's list names and the archive does not hold is returned.
///
/// # Errors
/// When the path itself cannot be read, or an archive holds nothing that is wanted
/// ([`ErrorKind::NothingInside`]). What is wrong with one member is in its document.
pub fn each(
    path: &Path,
    limits: &Limits,
    wanted: fn(&[u8]) -> Interest,
    visit: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<Missing, Error> {
    let file = names::of_path(path);
    if file == "-" {
        let (head, stdin) = with_head(std::io::stdin().lock())?;
        if archive::is_zip(&head) {
            return archive::each(&file, spooled(stdin, limits)?, limits, wanted, visit);
        }
        return hand_out(file, &head, stdin, limits, wanted, visit);
    }
    let mut source = open(path)?;
    let (head, whole) = with_head(source.try_clone()?)?;
    if !archive::is_zip(&head) {
        return hand_out(file, &head, whole, limits, wanted, visit);
    }
    match source.rewind() {
        Ok(()) => archive::each(&file, source, limits, wanted, visit),
        // A pipe cannot be rewound, and an archive is read from its end.
        Err(_) => archive::each(&file, spooled(whole, limits)?, limits, wanted, visit),
    }
}

/// The first bytes of a source, and the whole of it with those bytes in front.
fn with_head<R: Read>(mut source: R) -> Result<(Vec<u8>, impl Read), Error> {
    let mut head = Vec::new();
    source.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(source)))
}

/// A source copied to a temporary file without a name, where it can be read from any place.
fn spooled(source: impl Read, limits: &Limits) -> Result<File, Error> {
    let mut file = tempfile::tempfile()?;
    let length = copy(&mut source.take(limits.archive_bytes.saturating_add(1)), &mut file)?;
    if length > limits.archive_bytes {
        let limit = format!("more than {} MiB in one archive", limits.archive_bytes >> 20);
        return Err(Error::new(ErrorKind::LimitExceeded { limit }));
    }
    file.rewind()?;
    Ok(file)
}

fn hand_out(
    file: String,
    head: &[u8],
    source: impl Read,
    limits: &Limits,
    wanted: fn(&[u8]) -> Interest,
    visit: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<Missing, Error> {
    let opened = match interest(wanted, head) {
        Interest::Refuse(error) => Err(error),
        _ => gzip::opened(read_limited(source, limits)?, limits),
    };
    let (bytes, damage) = gzip::parted(opened);
    // There is nothing after the only file that breaking off could spare.
    let _ = visit(Document { file, member: None, label: None, bytes, damage });
    Ok(Missing::default())
}

/// Whether a file is an archive, or begins like something that `wanted` wants; one that cannot be read is neither.
pub fn is_wanted(path: &Path, wanted: fn(&[u8]) -> Interest) -> bool {
    let head = File::open(path).map_err(Error::from).and_then(with_head);
    head.is_ok_and(|(head, _)| archive::is_zip(&head) || matches!(interest(wanted, &head), Interest::Read))
}

/// What is wanted of a file with these first bytes. One whose compression is damaged from its start is not
/// refused for what it seems to be: reading it tells what is wrong.
fn interest(wanted: fn(&[u8]) -> Interest, bytes: &[u8]) -> Interest {
    let head = gzip::head(bytes, HEAD_BYTES);
    match wanted(&head) {
        Interest::Refuse(_) if head.is_empty() && !bytes.is_empty() => Interest::Read,
        interest => interest,
    }
}

/// What is wrong with a link whose target is not there.
const DANGLING: &str = "a link to a file that is not there";

/// How many bytes of a file are looked at before the rest is read.
pub const HEAD_BYTES: usize = 4096;

fn open(path: &Path) -> Result<File, Error> {
    if path.is_dir() {
        let is = "a folder; name the files in it".into();
        return Err(Error::new(ErrorKind::NotAFile { is }));
    }
    Ok(File::open(path)?)
}

/// Reads to the end, but no further than the limit.
fn read_limited(source: impl Read, limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    source.take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    within_limit(bytes, limits)
}

fn within_limit(bytes: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Error> {
    if bytes.len() as u64 > limits.file_bytes {
        let limit = format!("more than {} MiB in one file", limits.file_bytes >> 20);
        return Err(Error::new(ErrorKind::LimitExceeded { limit }));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &Path) -> Result<Vec<Document>, Error> {
        let mut documents = Vec::new();
        each(path, &Limits::default(), |_| Interest::Read, &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        })?;
        Ok(documents)
    }

    #[test]
    fn a_folder_and_a_missing_file_say_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(folder.path()).unwrap_err();
        assert_eq!(error.to_string(), "a folder; name the files in it");
        let error = read(&folder.path().join("none.fit")).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Io);
    }

    #[test]
    fn a_file_is_one_document() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.fit");
        std::fs::write(&path, b"bytes").unwrap();
        let documents = read(&path).unwrap();
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].bytes.as_ref().unwrap(), b"bytes");
        assert_eq!(documents[0].name(), path.to_string_lossy());
    }

    #[test]
    fn what_is_refused_is_handed_out_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("picture.jpg");
        std::fs::write(&path, b"bytes").unwrap();
        let wanted = |_: &[u8]| Interest::Refuse(Error::new(ErrorKind::UnknownFormat { looks_like: None }));
        let mut refused = Vec::new();
        each(&path, &Limits::default(), wanted, &mut |document| {
            refused.push(document.bytes.unwrap_err().kind().clone());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(refused, [ErrorKind::UnknownFormat { looks_like: None }]);
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let limits = Limits { file_bytes: 8, ..Limits::default() };
        let error = read_limited(&[0; 9][..], &limits).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::LimitExceeded { .. }), "{error}");
    }
}
