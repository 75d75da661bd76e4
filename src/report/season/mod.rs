//! A season becomes text for the terminal and figures for programs.

mod bests;
mod summary;

pub use summary::{counts, summary};
