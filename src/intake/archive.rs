//! Zip archives: folders of activities, Strava's bulk export, and Garmin's, which holds archives inside an archive.

use std::io::{Read, Seek, copy};

use zip::ZipArchive;
use zip::result::ZipError;

use super::strava::{self, Labels};
use super::{Document, HEAD_BYTES, Limits, gzip, within_limit};
use crate::error::{Error, ErrorKind};

/// Whether these are the first bytes of a zip archive (APPNOTE.TXT 4.3.7 and, for an empty one, 4.3.16).
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Hands every wanted member of an archive to `visit`, in the archive's order.
pub(super) fn each(
    file: &str,
    source: impl Read + Seek,
    limits: &Limits,
    wanted: fn(&[u8]) -> bool,
    visit: &mut dyn FnMut(Document),
) -> Result<(), Error> {
    let mut walk =
        Walk { file, limits, wanted, visit, found: 0, looked_at: 0, bytes_left: limits.archive_bytes };
    walk.archive(source, "", 1)?;
    if walk.found == 0 {
        return Err(Error::new(ErrorKind::NothingInside { looked_at: walk.looked_at }));
    }
    Ok(())
}

/// One walk through an archive and those inside it.
struct Walk<'a> {
    file: &'a str,
    limits: &'a Limits,
    wanted: fn(&[u8]) -> bool,
    visit: &'a mut dyn FnMut(Document),
    found: usize,
    looked_at: usize,
    bytes_left: u64,
}

impl Walk<'_> {
    fn archive<S: Read + Seek>(&mut self, source: S, prefix: &str, depth: usize) -> Result<(), Error> {
        let mut archive = ZipArchive::new(source).map_err(damaged)?;
        let labels = labels(&mut archive, self.limits);
        for index in 0..archive.len() {
            let name = name_of(&archive, index);
            if is_noise(&name) {
                continue;
            }
            self.looked_at += 1;
            let member = format!("{prefix}{name}");
            match self.member(&mut archive, index, &member, depth) {
                Ok(Some(bytes)) => {
                    let label = labels.as_ref().and_then(|labels| labels.of(&name));
                    self.hand_out(member, label, Ok(bytes));
                }
                Ok(None) => {}
                Err(error) => {
                    let exhausted =
                        matches!(error.kind(), ErrorKind::LimitExceeded { .. }) && self.bytes_left == 0;
                    self.hand_out(member, None, Err(error));
                    if exhausted {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// The content of a member that is wanted; archives among the members are walked in their place.
    fn member<S: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<S>,
        index: usize,
        name: &str,
        depth: usize,
    ) -> Result<Option<Vec<u8>>, Error> {
        let mut entry = archive.by_index(index).map_err(damaged)?;
        let mut bytes = Vec::new();
        entry.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        self.spend(bytes.len() as u64)?;
        if is_zip(&bytes) {
            if depth >= self.limits.archive_depth {
                let limit = format!("archives inside archives more than {depth} deep");
                return Err(Error::new(ErrorKind::LimitExceeded { limit }));
            }
            // An archive can only be read from a place where its end is known: a nameless temporary file, so
            // that memory stays small.
            let mut spool = tempfile::tempfile()?;
            let most = self.bytes_left.saturating_add(1);
            let length = copy(&mut bytes.chain(entry.take(most)), &mut spool).map_err(unreadable)?;
            self.spend(length)?;
            spool.rewind()?;
            return self.archive(spool, &format!("{name}/"), depth + 1).map(|()| None);
        }
        if !(self.wanted)(&gzip::head(&bytes, HEAD_BYTES)) {
            return Ok(None);
        }
        let most = self.limits.file_bytes.saturating_add(1);
        let damage = entry.take(most).read_to_end(&mut bytes).err();
        self.spend(bytes.len() as u64)?;
        match damage {
            // The checksum at the end, or the compression, is wrong; what came before it is still an activity.
            Some(damage) if bytes.len() < 2 * HEAD_BYTES => Err(unreadable(damage)),
            _ => gzip::opened(within_limit(bytes, self.limits)?, self.limits).map(Some),
        }
    }

    fn hand_out(&mut self, member: String, label: Option<super::Label>, bytes: Result<Vec<u8>, Error>) {
        self.found += 1;
        (self.visit)(Document { file: self.file.to_owned(), member: Some(member), label, bytes });
    }

    fn spend(&mut self, bytes: u64) -> Result<(), Error> {
        if bytes > self.bytes_left {
            self.bytes_left = 0;
            let limit = format!("more than {} MiB in one archive", self.limits.archive_bytes >> 20);
            return Err(Error::new(ErrorKind::LimitExceeded { limit }));
        }
        self.bytes_left -= bytes;
        Ok(())
    }
}

/// Folders, what macOS adds to every archive, hidden files, and Strava's planned routes.
fn is_noise(name: &str) -> bool {
    let in_folder =
        |folder: &str| name.starts_with(&format!("{folder}/")) || name.contains(&format!("/{folder}/"));
    let last = name.rsplit('/').next().unwrap_or(name);
    name.ends_with('/') || last.starts_with('.') || in_folder("__MACOSX") || in_folder("routes")
}

/// What Strava's `activities.csv` says of the members, where the archive has one.
fn labels<S: Read + Seek>(archive: &mut ZipArchive<S>, limits: &Limits) -> Option<Labels> {
    let is_list = |name: &str| name.rsplit('/').next() == Some(strava::LIST);
    let index = (0..archive.len()).find(|&index| is_list(&name_of(archive, index)))?;
    let folder = name_of(archive, index).trim_end_matches(strava::LIST).to_owned();
    let entry = archive.by_index(index).ok()?;
    Some(Labels::read(entry.take(limits.file_bytes), &folder))
}

/// A member's name; empty where it is no text, and then nobody can ask for it by name.
fn name_of<S: Read + Seek>(archive: &ZipArchive<S>, index: usize) -> String {
    archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned()
}

fn damaged(error: ZipError) -> Error {
    let detail = match &error {
        ZipError::UnsupportedArchive(what) => format!("the zip archive cannot be opened: {what}"),
        _ => "the zip archive is damaged".into(),
    };
    Error::new(ErrorKind::Malformed { detail }).caused_by(error)
}

fn unreadable(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Malformed { detail: "the zip archive is damaged here".into() }).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A member's name and its content, or what is wrong with it.
    type Found = (String, Result<Vec<u8>, String>);

    fn read(bytes: Vec<u8>, limits: &Limits) -> (Vec<Found>, Result<(), String>) {
        let mut found = Vec::new();
        let mut visit = |document: Document| {
            found.push((document.member.unwrap(), document.bytes.map_err(|e| e.to_string())));
        };
        let wanted = |head: &[u8]| head.starts_with(b"run");
        let done = each("a.zip", Cursor::new(bytes), limits, wanted, &mut visit).map_err(|e| e.to_string());
        (found, done)
    }

    #[test]
    fn wanted_members_are_found_in_folders_and_in_archives_inside() {
        let inner = zipped(&[("b.fit", b"run b"), ("notes.doc", b"text")]);
        let outer = zipped(&[
            ("folder/a.fit", b"run a"),
            ("__MACOSX/._a.fit", b"run ?"),
            ("routes/c.gpx", b"run ?"),
            ("picture.jpg", b"jpg"),
            ("part.zip", &inner),
        ]);
        let (found, done) = read(outer, &Limits::default());
        let expected = [("folder/a.fit", b"run a"), ("part.zip/b.fit", b"run b")];
        assert_eq!(found, expected.map(|(name, bytes)| (name.to_owned(), Ok(bytes.to_vec()))));
        assert_eq!(done, Ok(()));
    }

    #[test]
    fn an_archive_without_activities_says_so() {
        let (found, done) =
            read(zipped(&[("notes.doc", b"text"), ("more.doc", b"text")]), &Limits::default());
        assert_eq!(found, []);
        assert_eq!(done, Err("holds no activity file; 2 files were looked at".into()));
        assert!(read(b"PK\x03\x04 and no more".to_vec(), &Limits::default()).1.is_err());
    }

    #[test]
    fn bombs_stop_at_the_limits() {
        let long = [b"run".as_slice(), &[b' '; 100_000]].concat();
        let file = Limits { file_bytes: 50_000, ..Limits::default() };
        let (found, _) = read(zipped(&[("a.fit", &long), ("b.fit", b"run b")]), &file);
        assert!(found[0].1.as_ref().unwrap_err().contains("in one file"));
        assert_eq!(found[1].1, Ok(b"run b".to_vec()));
        let whole = Limits { archive_bytes: 50_000, ..Limits::default() };
        let (found, _) = read(zipped(&[("a.fit", &long), ("b.fit", b"run b")]), &whole);
        assert_eq!(found.len(), 1);
        let mut nested = zipped(&[("a.fit", b"run")]);
        for _ in 0..4 {
            nested = zipped(&[("deeper.zip", &nested)]);
        }
        let (found, _) = read(nested, &Limits::default());
        assert!(found[0].1.as_ref().unwrap_err().contains("deep"), "{found:?}");
    }
}
