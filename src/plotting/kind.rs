//! The charts by name, so that whoever draws them all needs no list of his own.

use super::chart::{ChartError, ChartOptions};
use super::picture::Picture;
use super::{delta, heart, laps, pacing, run, shape, track};
use crate::analysis::Analysis;

/// The charts of a mile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartKind {
    /// Pace over the mile.
    Pacing,
    /// The four laps against the goal.
    Laps,
    /// Seconds ahead of the plan or behind it.
    Delta,
    /// The laps beside those of records.
    Shape,
    /// The mile from above.
    Track,
    /// The whole recording.
    Run,
    /// Heart rate over the mile.
    Hr,
}

impl ChartKind {
    /// All charts, the one that tells most first.
    pub const ALL: [ChartKind; 7] = [
        ChartKind::Pacing,
        ChartKind::Laps,
        ChartKind::Delta,
        ChartKind::Shape,
        ChartKind::Track,
        ChartKind::Run,
        ChartKind::Hr,
    ];

    /// The word used in options and file names.
    pub fn as_str(self) -> &'static str {
        match self {
            ChartKind::Pacing => "pacing",
            ChartKind::Laps => "laps",
            ChartKind::Delta => "delta",
            ChartKind::Shape => "shape",
            ChartKind::Track => "track",
            ChartKind::Run => "run",
            ChartKind::Hr => "hr",
        }
    }

    /// What the chart shows, as a page names it.
    pub fn title(self) -> &'static str {
        match self {
            ChartKind::Pacing => "Pace over the mile",
            ChartKind::Laps => "Four laps against the clock",
            ChartKind::Delta => "Ahead or behind",
            ChartKind::Shape => "The shape of the mile",
            ChartKind::Track => "Seen from above",
            ChartKind::Run => "The whole run",
            ChartKind::Hr => "Heart rate",
        }
    }

    /// Draws it.
    ///
    /// # Errors
    /// Where the analysis lacks what the chart shows, or for a size in which its labels have no room.
    pub fn draw(self, analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
        match self {
            ChartKind::Pacing => pacing::pacing(analysis, options),
            ChartKind::Laps => laps::laps(analysis, options),
            ChartKind::Delta => delta::delta(analysis, options),
            ChartKind::Shape => shape::shape(analysis, options),
            ChartKind::Track => track::track(analysis, options),
            ChartKind::Run => run::run(analysis, options),
            ChartKind::Hr => heart::heart(analysis, options),
        }
    }
}
