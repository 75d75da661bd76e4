//! The first room: bytes of a FIT, GPX or TCX file become [`Activity`] values.
//!
//! [`read`] takes what a watch or an app wrote and gets everything out of it that is there: a file that was
//! cut off gives what came before the cut, one with wrong checksums gives all of it. What was odd or
//! repaired is in [`Activity::notices`]; [`read_with`] can refuse instead.
//!
//! # The map
//! | module | what it does |
//! |---|---|
//! | `detect` | which format the bytes are |
//! | `fit` | the binary format, decoded from the wire |
//! | `gpx`, `tcx` | the two XML formats, on what `xml` and `draft` share |
//! | `rows` | the columns that all readers fill |
//! | `repair` | one function for each defect of the data |

mod clock;
mod detect;
mod draft;
mod fit;
mod gpx;
mod repair;
mod rows;
mod sport;
mod tcx;
mod words;
mod xml;

use detect::Kind;

use crate::activity::{Activity, Sport};
use crate::error::{Error, ErrorKind};

/// How to read a file. The default is to be lenient.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Refuse a file that is damaged or needs a repair, instead of repairing it and giving a notice.
    pub strict: bool,
}

impl ReadOptions {
    /// Options that refuse what needs a repair.
    pub fn strict() -> Self {
        ReadOptions { strict: true }
    }
}

/// Notices that tell of something odd in a sound file, which even strict reading accepts.
const HARMLESS: [&str; 4] = ["clock-not-set", "developer-field", "no-times", "strap-heart-rate"];

/// Reads every activity in the bytes of one file, repairing what can be repaired.
///
/// A multisport recording gives one activity for each of its sessions, a chain of FIT files one for each of
/// them, a GPX file one for each recording among its tracks.
///
/// # Errors
/// [`ErrorKind::Empty`] without any byte, [`ErrorKind::UnknownFormat`] for bytes that are neither FIT nor GPX
/// nor TCX (compressed data are to be unpacked first), [`ErrorKind::NotARecording`] for settings, courses and
/// routes, [`ErrorKind::Malformed`] for a file damaged before its first sample.
pub fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    read_with(bytes, &ReadOptions::default())
}

/// Reads every activity in the bytes of one file.
///
/// # Errors
/// Those of [`read`]; in strict mode also [`ErrorKind::Repaired`] for the first thing that would be repaired.
pub fn read_with(bytes: &[u8], options: &ReadOptions) -> Result<Vec<Activity>, Error> {
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::Empty));
    }
    let activities = match detect::kind(bytes) {
        Kind::Fit => fit::read(bytes)?,
        Kind::Gpx => gpx::read(bytes)?,
        Kind::Tcx => tcx::read(bytes)?,
        Kind::Own => return Err(Error::new(ErrorKind::OwnResult)),
        Kind::Other(looks_like) => return Err(Error::new(ErrorKind::UnknownFormat { looks_like })),
    };
    if options.strict { refuse_repairs(activities) } else { Ok(activities) }
}

/// Whether bytes begin like an activity file, as far as that can be told from the first few kilobytes.
///
/// # Errors
/// [`ErrorKind::Empty`] without any byte, [`ErrorKind::UnknownFormat`] where they begin like something else.
pub(crate) fn begins_like_an_activity(head: &[u8]) -> Result<(), Error> {
    match detect::kind(head) {
        _ if head.is_empty() => Err(Error::new(ErrorKind::Empty)),
        Kind::Own => Err(Error::new(ErrorKind::OwnResult)),
        Kind::Other(looks_like) => Err(Error::new(ErrorKind::UnknownFormat { looks_like })),
        _ => Ok(()),
    }
}

/// The sport that a word or phrase names, such as `Run` or `Morning ride`.
pub(crate) fn sport_from_words(words: &str) -> Sport {
    sport::from_word(words)
}

/// Turns the first notice that is not harmless into an error.
fn refuse_repairs(activities: Vec<Activity>) -> Result<Vec<Activity>, Error> {
    let repaired = activities.iter().flat_map(|a| &a.notices).find(|n| !HARMLESS.contains(&n.code));
    let Some(notice) = repaired else { return Ok(activities) };
    let error = Error::new(ErrorKind::Repaired { notice: notice.message.clone() });
    Err(match notice.place {
        Some(place) => error.at(place),
        None => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_recording_is_an_error_that_says_what_it_is() {
        assert_eq!(read(b"").unwrap_err().kind(), &ErrorKind::Empty);
        let looks_like = Some("a PNG picture");
        assert_eq!(read(b"\x89PNG").unwrap_err().kind(), &ErrorKind::UnknownFormat { looks_like });
    }

    #[test]
    fn strict_reading_refuses_what_lenient_reading_repairs() {
        let text =
            "<gpx><trk><trkseg><trkpt lat='0' lon='0'><time>2026-03-01T09:00:00Z</time></trkpt></trkseg>";
        assert_eq!(read(text.as_bytes()).unwrap()[0].notices.len(), 2);
        let error = read_with(text.as_bytes(), &ReadOptions::strict()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Repaired { .. }));
        assert!(error.place().is_some());
    }
}
