//! A season as people read it: a summary for the terminal, a page for the browser; and figures for programs.

mod counts;
#[cfg(feature = "plot")]
pub mod html;
pub mod text;
mod words;

pub use counts::counts;
pub use text::summary;
