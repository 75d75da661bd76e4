//! FIT: Garmin's binary format, decoded directly from the wire.

mod assemble;
mod decode;
mod developer;
mod hr;
mod messages;
mod plan;
mod profile;
mod resync;
#[cfg(test)]
mod tests;
mod wire;

use decode::{Link, next_header, read_link};

use crate::activity::Activity;
use crate::error::{Error, ErrorKind, Place};
use crate::notice::Notice;

/// The number by which a FIT file says that it is a course.
const COURSE: u32 = 6;

/// No chain has more files; one with more is made to exhaust whoever reads it.
const MAX_LINKS: usize = 1000;

/// Whether the bytes begin like a FIT file.
pub(super) fn is_fit(bytes: &[u8]) -> bool {
    wire::Header::read(bytes).is_some()
}

/// Reads every activity of a FIT file, or of several FIT files that follow each other in one.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    let links = chain(bytes);
    let Some(kind) = links.first().map(|link| link.identity.file_type) else {
        return Err(Error::new(ErrorKind::UnknownFormat { looks_like: None }));
    };
    let is_recording = |link: &Link| link.rows.len() > 0 || !link.sessions.is_empty();
    if kind == Some(COURSE) || !links.iter().any(is_recording) {
        return Err(no_recording(&links, kind, bytes.len()));
    }
    Ok(joined(links).into_iter().flat_map(assemble::activities).collect())
}

/// All FIT files in the bytes, one behind the other.
fn chain(bytes: &[u8]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let (MAX_LINKS, Some(last)) = (links.len(), links.last_mut()) {
            let left = bytes.len() - at;
            let message = format!("{MAX_LINKS} FIT files in one; {left} bytes behind them were passed over");
            last.note(Notice::new("limit", 1, message).at(Place::Byte(at as u64)));
            break;
        }
        if let Some((link, next)) = read_link(bytes, at) {
            links.push(link);
            at = next;
            continue;
        }
        let next = next_header(bytes, at + 1).unwrap_or(bytes.len());
        let message = format!("{} bytes behind the end are no FIT file and were passed over", next - at);
        if let Some(link) = links.last_mut() {
            link.note(Notice::new("garbage-after-end", 1, message).at(Place::Byte(at as u64)));
        }
        at = next;
    }
    links
}

/// Joins links that belong together: one with heart beats only, which a chest strap handed over, goes to
/// its neighbour with the records.
fn joined(links: Vec<Link>) -> Vec<Link> {
    let mut joined: Vec<Link> = Vec::with_capacity(links.len());
    let mut waiting = hr::Beats::default();
    for mut link in links {
        if link.rows.len() == 0 && link.sessions.is_empty() {
            match joined.last_mut() {
                Some(last) => {
                    last.beats.append(std::mem::take(&mut link.beats));
                    link.notices.drain(..).for_each(|notice| last.note(notice));
                }
                None => waiting.append(link.beats),
            }
        } else {
            link.beats.append(std::mem::take(&mut waiting));
            joined.push(link);
        }
    }
    joined
}

/// The error for a file without records: what it is, or that it broke off too early.
fn no_recording(links: &[Link], kind: Option<u32>, len: usize) -> Error {
    let cut = links
        .iter()
        .flat_map(|link| &link.notices)
        .find(|n| matches!(n.code, "truncated" | "unfinished-file" | "broken-message"));
    match (kind, cut) {
        (None | Some(4), Some(notice)) => {
            let detail = format!("no record before the damage: {}", notice.message);
            Error::new(ErrorKind::Malformed { detail }).at(notice.place.unwrap_or(Place::Byte(len as u64)))
        }
        (None, None) => {
            let is = "a FIT file that does not say what it is and holds no record".into();
            Error::new(ErrorKind::NotARecording { is })
        }
        (Some(kind), _) => Error::new(ErrorKind::NotARecording { is: profile::file_type(kind).into() }),
    }
}
