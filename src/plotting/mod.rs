//! The fourth room: an [`Analysis`] becomes a picture, as SVG and as PNG.
//!
//! A chart is a function from an analysis and [`ChartOptions`] to a [`Picture`]. It is drawn by plotters as SVG
//! and turned into PNG by resvg with a typeface that lies in this crate, so the same analysis gives the same
//! bytes on every machine. Text from files is stripped of whatever could harm a picture.
//!
//! | file | what it holds |
//! |---|---|
//! | `pacing`, `laps`, `delta`, `shape`, `track`, `run`, `heart` | a chart each; `kind` lists them |
//! | `card` | the picture to share |
//! | `season/` | the charts of a season |
//! | `held` | what a mile's clock is held against |
//! | `header`, `heads`, `legend`, `scales` | what charts have in common: title and grade, the laps' heads, legend, axes |
//! | `axis`, `course` | ranges and ticks; lines broken and cut |
//! | `canvas`, `layout`, `picture` | the sheet to draw on and how it is divided; the finished picture |
//! | `theme`, `typeface`, `text` | the look; widths of text; text made safe |

mod axis;
mod canvas;
mod card;
mod chart;
mod course;
mod delta;
mod header;
mod heads;
mod heart;
mod held;
mod kind;
mod laps;
mod layout;
mod legend;
mod pacing;
mod picture;
mod run;
mod scales;
#[cfg(feature = "season")]
mod season;
mod shape;
mod subject;
mod text;
mod theme;
mod track;
mod typeface;

pub use card::card;
pub use chart::{ChartError, ChartOptions, Medium};
pub use delta::gap;
pub(crate) use header::words;
pub use kind::ChartKind;
pub use pacing::pacing;
pub use picture::Picture;
#[cfg(feature = "season")]
pub use season::SeasonChart;
pub(crate) use theme::recoloured;
pub use theme::{Colour, Theme};
pub(crate) use typeface::FACES;

#[cfg(doc)]
use crate::analysis::Analysis;
