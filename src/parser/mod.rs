//! The first room: bytes of a FIT, GPX or TCX file become [`Activity`] values.

mod clock;
mod fit;
mod repair;
mod rows;

use crate::activity::Activity;
use crate::error::{Error, ErrorKind};

/// Reads every activity in the bytes of one file.
pub fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    if fit::is_fit(bytes) {
        fit::read(bytes)
    } else {
        Err(Error::new(ErrorKind::UnknownFormat { looks_like: None }))
    }
}
