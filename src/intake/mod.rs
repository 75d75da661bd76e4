//! From paths and standard input to named bytes: the only room, besides the command line, that touches files.

mod gzip;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::{Error, ErrorKind};

/// How much the intake is willing to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest size in bytes of one activity file, after decompression.
    pub file_bytes: u64,
}

impl Default for Limits {
    /// 256 MiB for a file: the largest real recording seen is below 10 MiB.
    fn default() -> Self {
        Limits { file_bytes: 256 << 20 }
    }
}

/// One file's bytes, ready for the parser.
#[derive(Debug)]
pub struct Document {
    /// The path as the caller named it; `-` is standard input.
    pub file: String,
    /// Its content, decompressed.
    pub bytes: Vec<u8>,
}

/// Reads a file, or standard input for `-`, and decompresses it where it is gzip.
///
/// # Errors
/// [`ErrorKind::Io`] with the system's reason, [`ErrorKind::LimitExceeded`], or [`ErrorKind::Malformed`] for a
/// damaged compressed file of which nothing can be read.
pub fn read(path: &Path, limits: &Limits) -> Result<Document, Error> {
    let bytes = if path.as_os_str() == "-" {
        read_limited(std::io::stdin().lock(), limits)?
    } else {
        read_limited(open(path)?, limits)?
    };
    let bytes = if gzip::is_gzip(&bytes) { gzip::decompress(&bytes, limits)? } else { bytes };
    Ok(Document { file: path.to_string_lossy().into_owned(), bytes })
}

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
    source.take(limits.file_bytes + 1).read_to_end(&mut bytes)?;
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

    #[test]
    fn a_folder_and_a_missing_file_say_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(folder.path(), &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), "a folder; name the files in it");
        let error = read(&folder.path().join("none.fit"), &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Io);
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let error = read_limited(&[0; 9][..], &Limits { file_bytes: 8 }).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::LimitExceeded { .. }), "{error}");
    }
}
