//! Finds the best mile in what a running watch recorded, and its four laps; grades the pacing against a coach's
//! plan, and draws it.
//!
//! # Example
//! ```
//! use fourlap::{Options, analyze, parser};
//!
//! let bytes = include_bytes!("../fixtures/track-mile.fit");
//! let activities = parser::read(bytes)?;
//! let analysis = analyze(&activities[0], &Options::with_goal(320.0));
//! let best = analysis.best_mile.expect("there is a mile in it");
//! let (mile, _) = best.headline();
//! assert!((mile.time_s - 319.5).abs() < 1.0);
//! assert_eq!(mile.splits.len(), 4);
//! # Ok::<(), fourlap::Error>(())
//! ```
//! `examples/` has a program for one file, for a season and for a picture.
//!
//! # The map
//! | module | what it does |
//! |---|---|
//! | [`parser`] | bytes of a FIT, GPX or TCX file become [`Activity`] values |
//! | [`segmenter`] | an activity becomes distance over time, and that the fastest mile |
//! | [`analyzer`] | a mile becomes a judgement: points, a grade, advice |
//! | [`report`] | an analysis becomes text or JSON |
//! | [`intake`] | paths and standard input become bytes |
//! | [`reading`] | what the intake hands out becomes activities |
//! | [`analysis`] | the way through both: [`analyze`] |
//! | `season` | many activities become one table (feature `season`) |
//! | `plotting` | an analysis becomes a picture, as SVG and PNG (feature `plot`) |

pub mod activity;
pub mod analysis;
pub mod analyzer;
// The program's own: its types are no promise of the library.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod error;
pub mod intake;
mod json;
pub mod notice;
pub mod parser;
#[cfg(feature = "plot")]
pub mod plotting;
pub mod reading;
pub mod report;
#[cfg(feature = "season")]
pub mod season;
pub mod segmenter;
mod text;
pub mod units;

pub use activity::Activity;
pub use analysis::{Analysis, Options, analyze};
pub use error::{Error, ErrorKind};
pub use notice::Notice;

/// The examples of the README, compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct ReadmeDoctests;
