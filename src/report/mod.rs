//! The fifth room: an analysis becomes text for the terminal, JSON for programs, or a page for the browser.

pub mod card;
pub mod details;
#[cfg(feature = "cli")]
pub mod gpx;
#[cfg(feature = "plot")]
pub mod html;
pub mod inspection;
pub mod json;
#[cfg(feature = "season")]
pub mod season;
pub mod text;

pub use card::card;
