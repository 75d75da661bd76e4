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
//! | [`report`] | an analysis becomes text, or JSON (feature `serde`) |
//! | [`intake`] | paths and standard input become bytes |
//! | [`reading`] | what the intake hands out becomes activities |
//! | [`analysis`] | the way through both: [`analyze`] |
//! | `season` | many activities become one table (feature `season`) |
//! | `plotting` | an analysis becomes a picture, as SVG and PNG (feature `plot`) |
//!
//! # Features
//! `cli`, `plot` and `season` are on by default. Without any, the library reads files, finds miles, grades them and
//! writes the card.
//!
//! | feature | what it adds |
//! |---|---|
//! | `serde` | results can be serialised, and `report::json` makes the documented line of them; part of `cli` and `season` |
//! | `plot` | `plotting`, and `report::html`: all charts on one page |
//! | `season` | `season`, and `report::season` |
//! | `cli` | the program `fourlap` |
//!
//! # Serialising
//! With the feature `serde`, an [`Analysis`] implements `serde::Serialize`, and so do a grade, a plan, a comparison and
//! an inspection. What an analysis holds only for drawing is left out.
//! ```
//! # #[cfg(feature = "serde")] {
//! # use fourlap::{Options, analyze, parser};
//! # let activities = parser::read(include_bytes!("../fixtures/track-mile.fit"))?;
//! let analysis = analyze(&activities[0], &Options::with_goal(320.0));
//! let json = serde_json::to_string(&analysis)?;
//! let read: serde_json::Value = serde_json::from_str(&json)?;
//! assert_eq!(read["best_mile"]["splits"].as_array().map(Vec::len), Some(4));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//! Its keys are those of `docs/schema/analysis.json`. `report::json::line` adds where the activity came from, and
//! rounds its numbers to the thousandth.

pub mod activity;
pub mod analysis;
pub mod analyzer;
// The program's own: its types are no promise of the library.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod error;
pub mod intake;
#[cfg(feature = "serde")]
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
