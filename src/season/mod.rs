//! A season: many activities as one table, and what is read from it.
//!
//! Each activity becomes a [`SeasonRow`]; the [`columns`] are the one list that every written form of the table
//! comes from.

pub mod columns;
pub mod row;

pub use row::{SeasonRow, Status};
