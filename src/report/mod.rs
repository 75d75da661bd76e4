//! The fifth room: an analysis becomes text for the terminal, JSON for programs, or a page for the browser.

pub mod card;
pub(crate) mod details;
#[cfg(feature = "cli")]
pub(crate) mod gpx;
#[cfg(feature = "plot")]
pub mod html;
pub mod inspection;
#[cfg(feature = "serde")]
pub mod json;
#[cfg(feature = "season")]
pub mod season;
pub(crate) mod text;

pub use card::card;
