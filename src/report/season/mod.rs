//! A season as people read it: a summary for the terminal, a page for the browser; and figures for programs.

mod figures;
#[cfg(feature = "plot")]
pub mod html;
pub mod text;
mod words;

pub use figures::figures;
pub use text::summary;
