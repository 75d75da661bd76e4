//! The fourth room: an [`Analysis`] becomes a picture, as SVG and as PNG.
//!
//! A chart is a function from an analysis and [`ChartOptions`] to a [`Picture`]. It is drawn by plotters as SVG
//! and turned into PNG by resvg with a typeface that lies in this crate, so the same analysis gives the same
//! bytes on every machine. Text from files is stripped of whatever could harm a picture.
//!
//! | file | what it holds |
//! |---|---|
//! | `pacing` | the chart of a mile's pacing |
//! | `header` | title, subtitle and grade above every chart |
//! | `axis`, `course` | ranges and ticks; lines broken and cut |
//! | `canvas`, `picture` | the sheet to draw on; the finished picture |
//! | `theme`, `typeface`, `text` | the look; widths of text; text made safe |

mod axis;
mod canvas;
mod chart;
mod course;
mod header;
mod pacing;
mod picture;
mod text;
mod theme;
mod typeface;

pub use chart::{ChartError, ChartOptions};
pub use pacing::pacing;
pub use picture::Picture;
pub use theme::{Colour, Theme};

#[cfg(doc)]
use crate::analysis::Analysis;
