//! Zip archives: folders of activities, Strava's bulk export, and Garmin's, which holds archives inside an archive.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use zip::ZipArchive;
use zip::read::read_zipfile_from_stream;
use zip::result::ZipError;

use super::gzip::{self, Opened};
use super::links::Links;
use super::names;
use super::strava::{self, Labels, Missing};
use super::{Document, HEAD_BYTES, Interest, Label, Limits, interest, spooled, within_limit};
use crate::error::{Error, ErrorKind, caught};
use crate::notice::Notice;

/// Whether these are the first bytes of a zip archive (APPNOTE.TXT 4.3.7 and, for an empty one, 4.3.16).
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// How many members an archive has, folders and noise counted; `None` where its list cannot be read.
#[cfg(feature = "season")]
pub(super) fn members(source: impl Read + Seek) -> Option<usize> {
    caught(|| ZipArchive::new(source).map_err(damaged)).ok().map(|archive| archive.len())
}

/// Hands every wanted member of an archive to `visit`, in the archive's order. What the lists of exports name and is
/// not there is returned.
pub(super) fn each(
    file: &str,
    source: impl Read + Seek,
    limits: &Limits,
    wanted: fn(&[u8]) -> Interest,
    visit: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<Missing, Error> {
    let (bytes_left, missing) = (limits.archive_bytes, Missing::default());
    let mut walk =
        Walk { file, limits, wanted, visit, found: 0, looked_at: 0, missing, bytes_left, ended: false };
    walk.archive(source, "", 1)?;
    if walk.found == 0 {
        return Err(Error::new(ErrorKind::NothingInside { looked_at: walk.looked_at }));
    }
    Ok(walk.missing)
}

/// One walk through an archive and those inside it.
struct Walk<'a> {
    file: &'a str,
    limits: &'a Limits,
    wanted: fn(&[u8]) -> Interest,
    visit: &'a mut dyn FnMut(Document) -> ControlFlow<()>,
    found: usize,
    looked_at: usize,
    missing: Missing,
    bytes_left: u64,
    /// Whether no more members are wanted, or no more may be read.
    ended: bool,
}

impl Walk<'_> {
    fn archive<S: Read + Seek>(&mut self, mut source: S, prefix: &str, depth: usize) -> Result<(), Error> {
        let mut archive = match ZipArchive::new(&mut source) {
            Ok(archive) => archive,
            Err(error) => return Err(self.salvaged(source, prefix, depth, error)),
        };
        let labels = labels(&mut archive, self.limits, prefix, &mut self.missing);
        let mut links = Links::default();
        for index in 0..archive.len() {
            if self.ended {
                break;
            }
            let name = name_of(&archive, index);
            // Strava exports planned routes beside the activities.
            if name.ends_with('/') || names::is_hidden(&name) || labels.is_route(&name) {
                continue;
            }
            let member = format!("{prefix}{name}");
            let found = caught(|| self.member(&mut archive, &mut links, index, &member, depth));
            self.looked_into(member, found, || labels.of(&name));
        }
        Ok(())
    }

    /// Without its list, as after a download that broke off, an archive is read from its beginning as far as it goes.
    /// What is wrong with it, and how much was read, is returned.
    fn salvaged<S: Read + Seek>(
        &mut self,
        mut source: S,
        prefix: &str,
        depth: usize,
        error: ZipError,
    ) -> Error {
        let what = match &error {
            // The list of the files in it stands at its end (APPNOTE.TXT 4.3.6).
            ZipError::InvalidArchive(what) if what.contains("EOCD") => {
                "the zip archive has lost its end, and with it the list of its files"
            }
            ZipError::InvalidArchive(_) => "the list of the files in the zip archive is damaged",
            _ => return damaged(error),
        };
        let before = self.found;
        if source.rewind().is_ok() {
            while !self.ended && self.next_of(&mut source, prefix, depth).is_some() {}
        }
        Error::new(ErrorKind::DamagedArchive { what, read: self.found - before })
    }

    /// Looks into the member at which a source stands; `None` where there is none any more.
    fn next_of<S: Read>(&mut self, source: &mut S, prefix: &str, depth: usize) -> Option<()> {
        let mut entry = read_zipfile_from_stream(source).ok()??;
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(_) => names::escaped(entry.name_raw()),
        };
        if entry.is_file() && !names::is_hidden(&name) {
            let member = format!("{prefix}{name}");
            let found = caught(|| self.content(&mut entry, &member, depth));
            self.looked_into(member, found, || None);
        }
        // What was not asked for of it is read past as it goes out of use.
        Some(())
    }

    fn looked_into(
        &mut self,
        member: String,
        found: Result<Option<Opened>, Error>,
        label: impl FnOnce() -> Option<Label>,
    ) {
        self.looked_at += 1;
        match found {
            Ok(Some(opened)) => self.hand_out(member, label(), Ok(opened)),
            Ok(None) => {}
            Err(error) => self.hand_out(member, None, Err(error)),
        }
    }

    /// The content of a member that is wanted; archives among the members are walked in their place.
    fn member<S: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<S>,
        links: &mut Links,
        index: usize,
        name: &str,
        depth: usize,
    ) -> Result<Option<Opened>, Error> {
        let target = match links.followed(archive, index) {
            // Whoever passes over what is no activity passes over what is nothing.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotAFile { .. })
                    && matches!(interest(self.wanted, &[]), Interest::PassOver) =>
            {
                None
            }
            target => target?,
        };
        let Some(index) = target else { return Ok(None) };
        let entry = archive.by_index(index).map_err(damaged)?;
        self.content(entry, name, depth)
    }

    fn content(&mut self, mut entry: impl Read, name: &str, depth: usize) -> Result<Option<Opened>, Error> {
        let mut bytes = Vec::new();
        entry.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        if is_zip(&bytes) {
            if depth >= self.limits.archive_depth {
                let limit = format!("archives inside archives more than {depth} deep");
                return Err(Error::new(ErrorKind::LimitExceeded { limit }));
            }
            // An archive can only be read from a place where its end is known: a nameless temporary file, so
            // that memory stays small.
            let left = Limits { archive_bytes: self.bytes_left, ..*self.limits };
            let spool = spooled(bytes.chain(entry), &left).inspect_err(|_| self.ended = true)?;
            self.spend(spool.metadata()?.len())?;
            return self.archive(spool, &format!("{name}/"), depth + 1).map(|()| None);
        }
        match interest(self.wanted, &bytes) {
            Interest::Read => {}
            unwanted => {
                self.spend(bytes.len() as u64)?;
                return match unwanted {
                    Interest::Refuse(error) => Err(error),
                    _ => Ok(None),
                };
            }
        }
        let most = self.limits.file_bytes.saturating_add(1);
        let damage = entry.take(most).read_to_end(&mut bytes).err();
        let (content, damaged_gzip) = gzip::opened(within_limit(bytes, self.limits)?, self.limits)?;
        self.spend(content.len() as u64)?;
        // The compression or the checksum at the end is wrong; what came before it is still an activity.
        let notice = damage.map(|damage| {
            let message = format!("the zip compression is damaged ({damage}); what came out was read");
            Notice::new("compression-damaged", 1, message)
        });
        Ok(Some((content, notice.or(damaged_gzip))))
    }

    fn hand_out(&mut self, member: String, label: Option<Label>, opened: Result<Opened, Error>) {
        self.found += 1;
        let (bytes, damage) = gzip::parted(opened);
        let document = Document { file: self.file.to_owned(), member: Some(member), label, bytes, damage };
        self.ended |= (self.visit)(document).is_break();
    }

    fn spend(&mut self, bytes: u64) -> Result<(), Error> {
        if bytes > self.bytes_left {
            self.ended = true;
            let limit = format!("more than {} MiB in one archive", self.limits.archive_bytes >> 20);
            return Err(Error::new(ErrorKind::LimitExceeded { limit }));
        }
        self.bytes_left -= bytes;
        Ok(())
    }
}

/// What Strava's lists say of the members, where the archive has some; what they name and is not there is added to
/// `missing`.
fn labels<S: Read + Seek>(
    archive: &mut ZipArchive<S>,
    limits: &Limits,
    prefix: &str,
    missing: &mut Missing,
) -> Labels {
    let mut labels = Labels::default();
    for index in 0..archive.len() {
        let name = name_of(archive, index);
        let Some(folder) = name.strip_suffix(strava::LIST).filter(|folder| is_folder(folder)) else {
            continue;
        };
        let entry = archive.by_index(index).ok();
        let files = entry.map(|entry| labels.add(entry.take(limits.file_bytes), folder));
        if let Some(files) = files {
            let is_there = |file: &str| archive.index_for_name(&format!("{folder}{file}")).is_some();
            if let Some(found) = Missing::of(files, is_there) {
                missing.named += found.named;
                missing.files.extend(found.files.iter().map(|file| format!("{prefix}{folder}{file}")));
            }
        }
    }
    labels
}

fn is_folder(path: &str) -> bool {
    path.is_empty() || path.ends_with('/')
}

/// A member's name; bytes that are no text are escaped.
pub(super) fn name_of<S: Read + Seek>(archive: &ZipArchive<S>, index: usize) -> String {
    match archive.name_for_index(index) {
        Some(Ok(name)) => name.into_owned(),
        _ => names::escaped(archive.file_names_raw().nth(index).unwrap_or_default()),
    }
}

pub(super) fn damaged(error: ZipError) -> Error {
    let detail = match &error {
        ZipError::UnsupportedArchive(what) => format!("the zip archive cannot be opened: {what}"),
        _ => "the zip archive is damaged".into(),
    };
    Error::new(ErrorKind::Malformed { detail }).caused_by(error)
}

pub(super) fn unreadable(error: std::io::Error) -> Error {
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
            ControlFlow::Continue(())
        };
        let wanted = |head: &[u8]| if head.starts_with(b"run") { Interest::Read } else { Interest::PassOver };
        let done = each("a.zip", Cursor::new(bytes), limits, wanted, &mut visit);
        let done = done.map(drop).map_err(|e| e.to_string());
        (found, done)
    }

    #[test]
    fn wanted_members_are_found_in_folders_and_in_archives_inside() {
        let inner = zipped(&[("b.fit", b"run b"), ("notes.doc", b"text")]);
        let outer = zipped(&[
            ("folder/a.fit", b"run a"),
            ("__MACOSX/._a.fit", b"run ?"),
            ("routes/c.fit", b"run c"),
            ("picture.jpg", b"jpg"),
            ("part.zip", &inner),
        ]);
        let (found, done) = read(outer, &Limits::default());
        let expected = [("folder/a.fit", b"run a"), ("routes/c.fit", b"run c"), ("part.zip/b.fit", b"run b")];
        assert_eq!(found, expected.map(|(name, bytes)| (name.to_owned(), Ok(bytes.to_vec()))));
        assert_eq!(done, Ok(()));
    }

    #[test]
    fn a_member_on_which_the_program_fails_is_one_error() {
        let inner = zipped(&[("c.fit", b"panic"), ("d.fit", b"run d")]);
        let outer = zipped(&[("a.fit", b"panic"), ("b.fit", b"run b"), ("part.zip", &inner)]);
        let mut found = Vec::new();
        let mut visit = |document: Document| {
            found.push((document.member.unwrap(), document.bytes.map_err(|error| error.kind().clone())));
            ControlFlow::Continue(())
        };
        let wanted = |head: &[u8]| {
            assert!(!head.starts_with(b"panic"), "a fault of the program");
            Interest::Read
        };
        each("a.zip", Cursor::new(outer), &Limits::default(), wanted, &mut visit).unwrap();
        let fault = |name: &str| (name.to_owned(), Err(ErrorKind::Fault));
        let read = |name: &str, bytes: &[u8]| (name.to_owned(), Ok(bytes.to_vec()));
        let expected = [
            fault("a.fit"),
            read("b.fit", b"run b"),
            fault("part.zip/c.fit"),
            read("part.zip/d.fit", b"run d"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_planned_routes_of_an_export_are_passed_over() {
        let members: [(&str, &[u8]); 3] =
            [("activities.csv", b"Filename\n"), ("routes/c.gpx", b"run c"), ("activities/a.fit", b"run a")];
        let (found, _) = read(zipped(&members), &Limits::default());
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["activities/a.fit"]);
    }

    #[test]
    fn whoever_has_enough_is_shown_no_more() {
        let mut seen = 0;
        let mut visit = |_| {
            seen += 1;
            ControlFlow::Break(())
        };
        let bytes = Cursor::new(zipped(&[("a.fit", b"run a"), ("b.fit", b"run b")]));
        each("a.zip", bytes, &Limits::default(), |_| Interest::Read, &mut visit).unwrap();
        assert_eq!(seen, 1);
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
    fn what_a_password_keeps_is_no_file_that_holds_no_activity() {
        let mut bytes = zipped(&[("a.fit", b"run a")]);
        // Bit 0 of the flags: encrypted (APPNOTE.TXT 4.4.4), in the member's header and in the list.
        let list = bytes.windows(4).position(|found| found == b"PK\x01\x02").unwrap();
        bytes[6] |= 1;
        bytes[list + 8] |= 1;
        let (found, _) = read(bytes, &Limits::default());
        assert!(found[0].1.as_ref().unwrap_err().contains("Password required"), "{found:?}");
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
