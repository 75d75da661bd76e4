//! Finds the best mile in what a running watch recorded, and its four laps.
//!
//! # The map
//! | module | what it does |
//! |---|---|
//! | [`parser`] | bytes of a FIT, GPX or TCX file become [`Activity`] values |

pub mod activity;
pub mod error;
pub mod notice;
pub mod parser;
pub mod units;

pub use activity::Activity;
pub use error::{Error, ErrorKind};
pub use notice::Notice;
