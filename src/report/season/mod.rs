//! A season as people read it: a summary for the terminal, a page for the browser; and figures for programs.

mod bests;
#[cfg(feature = "plot")]
pub mod html;
mod summary;
pub mod text;
mod words;

pub use summary::counts;
pub use text::{failures, summary};
