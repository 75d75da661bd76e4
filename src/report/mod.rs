//! The fifth room: an analysis becomes text for the terminal or JSON for programs.

pub mod card;
pub mod details;
#[cfg(feature = "cli")]
pub mod gpx;
pub mod inspection;
pub mod json;
pub mod text;

pub use card::card;
