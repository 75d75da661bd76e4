//! A season: many activities as one table, and what is read from it.
//!
//! [`scan`](scan()) analyses whatever paths lead to, on all cores. Each activity becomes a [`SeasonRow`]; the
//! [`columns`] are the one list that every written form of the table comes from.
//!
//! | module | what it does |
//! |---|---|
//! | [`SeasonRow`], [`columns`] | what is kept of an activity, and how it is named in the table |
//! | [`scan()`] | paths become rows: with `pump` (all cores, bounded memory), `squad` (whose a file is), `read` (one file), `fill` and `totals` (one row), `duplicates` |
//! | [`WorkoutClass`] | what kind of training a recording was |
//! | [`table`], [`write`](mod@write) | rows as a table of `polars`, as CSV, Parquet and JSON |
//! | [`reading`] | what the table tells: bests, progress, volume, block, goal |

pub(crate) mod calendar;
pub mod columns;
mod duplicates;
mod fill;
mod pump;
mod read;
pub mod reading;
pub(crate) mod row;
pub(crate) mod scan;
mod squad;
pub mod table;
mod totals;
pub(crate) mod workout;
pub mod write;

pub use read::SeasonOptions;
pub use row::{EffortRow, GradeRow, LapRow, MileRow, Recorded, SeasonRow, Status, Totals, WorkoutRow};
pub use scan::{Season, Unwatched, Watch, scan};
pub use workout::WorkoutClass;
pub use write::{TableFormat, WriteError};
