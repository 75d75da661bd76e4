//! Which format the bytes are, by what they hold and never by a file's name.

use super::{fit, xml};

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Fit,
    Gpx,
    Tcx,
    /// A table, a page or a picture that this program wrote.
    Own,
    /// Something else, in words where it can be told.
    Other(Option<&'static str>),
}

/// How many bytes are looked at for the first element of an XML file.
const HEAD: usize = 64 * 1024;

/// Beginnings of files that are no recordings.
const BEGINNINGS: [(&[u8], &str); 20] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1F\x8B", "gzip-compressed data"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xFD7zXZ", "xz-compressed data"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed data"),
    (b"7z\xBC\xAF", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7FELF", "a program"),
    (b"MZ", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"RIFF", "a sound recording or a film"),
];

/// How this program's own results begin: its tables and its JSON by the schema's name, its pictures by their root.
const OWN_BEGINNINGS: [&[u8]; 2] = [b"schema,file,member,session,athlete,", b"{\"schema\":\"fourlap."];
/// Pages and tables of Parquet begin like those of others and have one of these in their first bytes, and pictures.
const OWN_MARKS: [(&[u8], &[u8]); 4] = [
    (b"PAR1", b"fourlap.season/"),
    (b"\x89PNG", b"tEXtSoftware\0fourlap"),
    (b"<!doctype html>\n", b"<meta name=\"generator\" content=\"fourlap\">"),
    (
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"",
        b"stroke-linecap=\"round\">\n<title>",
    ),
];
/// How many bytes are searched for a mark.
const MARKED: usize = 4096;

/// Whether this program wrote it.
fn is_own(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(MARKED)];
    let holds = |mark: &[u8]| head.windows(mark.len()).any(|found| found == mark);
    OWN_BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
        || OWN_MARKS.iter().any(|(beginning, mark)| head.starts_with(beginning) && holds(mark))
}

/// Tells what the bytes are.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if fit::is_fit(bytes) {
        return Kind::Fit;
    }
    if is_own(bytes) {
        return Kind::Own;
    }
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Kind::Other(Some(what));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Kind::Other(Some("a film or a photo"));
    }
    let text = xml::decode(&bytes[..bytes.len().min(HEAD)]);
    match root(&text) {
        Some("gpx" | "trk" | "trkseg" | "trkpt") => Kind::Gpx,
        Some("TrainingCenterDatabase" | "Activities" | "Activity" | "Courses") => Kind::Tcx,
        Some(name) if name.eq_ignore_ascii_case("html") => Kind::Other(Some("a web page")),
        Some("kml") => Kind::Other(Some("a KML map")),
        Some("svg") => Kind::Other(Some("an SVG picture")),
        Some(_) => Kind::Other(Some("an XML file of another kind")),
        None => Kind::Other(plain(&text)),
    }
}

/// The local name of the first element, if the text begins like XML.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = if rest.starts_with("!--") {
            rest.find("-->")?
        } else if rest.get(..13).is_some_and(|start| start.eq_ignore_ascii_case("!doctype html")) {
            return Some("html");
        } else if rest.starts_with(['?', '!']) {
            rest.find('>')?
        } else {
            let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
            let local = name.rsplit(':').next()?;
            return local.starts_with(char::is_alphabetic).then_some(local);
        };
        rest = rest.get(end..)?.trim_start_matches('-').strip_prefix('>')?;
    }
}

/// A word for text that is no XML; `None` where it is no text.
fn plain(text: &str) -> Option<&'static str> {
    let is_text = |c: char| !c.is_control() && c != char::REPLACEMENT_CHARACTER || c.is_whitespace();
    if text.is_empty() || !text.chars().all(is_text) {
        return None;
    }
    Some(if text.starts_with(['{', '[']) { "JSON" } else { "plain text" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_are_known_by_their_content() {
        assert_eq!(kind(b"\x0E\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"), Kind::Fit);
        assert_eq!(kind(b"<?xml version='1.0'?>\n<!-- a > b -->\n<gpx version='1.1'>"), Kind::Gpx);
        assert_eq!(kind(b"\xEF\xBB\xBF \n<x:TrainingCenterDatabase>"), Kind::Tcx);
        let utf16: Vec<u8> = "\u{feff}<gpx>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(kind(&utf16), Kind::Gpx);
    }

    #[test]
    fn own_results_are_known_by_their_content() {
        for bytes in [
            &b"schema,file,member,session,athlete,status,reason\n"[..],
            b"{\"schema\":\"fourlap.season/1\",\"file\":\"a.fit\"}",
            b"PAR1\x15\x04\x15 fourlap.season/1",
            b"<!doctype html>\n<head>\n<meta name=\"generator\" content=\"fourlap\">",
        ] {
            assert_eq!(kind(bytes), Kind::Own, "{}", bytes.escape_ascii());
        }
        assert_eq!(kind(b"schema,file\n1,2\n"), Kind::Other(Some("plain text")));
        assert_eq!(kind(b"PAR1 of somebody else"), Kind::Other(Some("a Parquet table")));
    }

    #[test]
    fn other_files_are_named() {
        for (bytes, what) in [
            (&b"\x89PNG\r\n"[..], "a PNG picture"),
            (b"%PDF-1.7", "a PDF document"),
            (b"\x1F\x8B\x08", "gzip-compressed data"),
            (b"PK\x03\x04..", "a zip archive"),
            (b"<!DOCTYPE html><html>", "a web page"),
            (b"<html lang='en'>", "a web page"),
            (b"<kml xmlns=''>", "a KML map"),
            (b"<plist/>", "an XML file of another kind"),
            (b"{\"a\": 1}", "JSON"),
            (b"distance,time\n1,2\n", "plain text"),
        ] {
            assert_eq!(kind(bytes), Kind::Other(Some(what)));
        }
        assert_eq!(kind(b"\x03\x03\x03\x03\x03"), Kind::Other(None));
        assert_eq!(kind(b"< "), Kind::Other(Some("plain text")));
    }
}
