//! Notices: what was odd in a recording, or repaired, without stopping the work.

use crate::error::Place;
use crate::text;

/// A non-fatal finding or repair: a stable code, how often it was met, where first, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Notice {
    /// A stable word for programs, such as `time-went-back`.
    pub code: &'static str,
    /// How many values, samples or messages it concerns.
    pub count: usize,
    /// One sentence for people, in lower case without a full stop.
    pub message: String,
    /// Where it was met first in the file.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub place: Option<Place>,
}

impl Notice {
    /// A notice met `count` times. Control characters, which a broken file may bring into it, are left out.
    pub fn new(code: &'static str, count: usize, message: impl Into<String>) -> Self {
        Notice { code, count, message: text::plain(&message.into()).into_owned(), place: None }
    }

    /// Adds where it was met first.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}
