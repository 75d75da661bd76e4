//! The charts of a season: the mile's progress, the weeks, pace against distance, the shapes of all miles.

mod curve;
mod dates;
mod progress;
mod shapes;
#[cfg(test)]
mod tests;
mod volume;

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartError, ChartOptions};
use super::picture::Picture;
use super::text::fit;
use super::theme::size;
use super::typeface::Weight;
use crate::season::calendar::span;
use crate::season::reading::Reading;

/// The charts of a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SeasonChart {
    /// The mile over the season, its records as a staircase.
    Progress,
    /// Kilometres week by week and by kind of training.
    Volume,
    /// The season's best pace at each distance.
    Distances,
    /// The lap shapes of all miles over each other.
    Shapes,
}

impl SeasonChart {
    /// All charts, the one that tells most first.
    pub const ALL: [SeasonChart; 4] =
        [SeasonChart::Progress, SeasonChart::Volume, SeasonChart::Distances, SeasonChart::Shapes];

    /// The word used in options and file names.
    pub fn as_str(self) -> &'static str {
        match self {
            SeasonChart::Progress => "progress",
            SeasonChart::Volume => "volume",
            SeasonChart::Distances => "distances",
            SeasonChart::Shapes => "shapes",
        }
    }

    /// What the chart shows, as a page names it.
    pub fn title(self) -> &'static str {
        match self {
            SeasonChart::Progress => "The mile over the season",
            SeasonChart::Volume => "Week by week",
            SeasonChart::Distances => "Pace against distance",
            SeasonChart::Shapes => "The shape of every mile",
        }
    }

    /// Draws it.
    ///
    /// # Errors
    /// [`ChartError::Missing`] where the season lacks what the chart shows, [`ChartError::Size`] for a size in which
    /// its labels have no room.
    pub fn draw(self, reading: &Reading, options: &ChartOptions) -> Result<Picture, ChartError> {
        match self {
            SeasonChart::Progress => progress::progress(reading, options),
            SeasonChart::Volume => volume::volume(reading, options),
            SeasonChart::Distances => curve::curve(reading, options),
            SeasonChart::Shapes => shapes::shapes(reading, options),
        }
    }
}

/// The height in pixels that title and subtitle take above a chart.
const HEADER_PX: f64 = 104.0;

/// What stands above a chart: what it shows, of which days. Returns where the chart begins, in pixels.
fn header(canvas: &Canvas, title: &str, reading: &Reading) -> Result<f64, ChartError> {
    let layout = canvas.layout;
    if !layout.heading {
        return Ok(layout.margin_px());
    }
    let (left, width_px) = (layout.left(), layout.right() - layout.left());
    let ink = Ink { size_px: layout.pick(30.0, 24.0), weight: Weight::SemiBold, colour: canvas.theme.ink };
    let note = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: canvas.theme.soft_ink };
    canvas.text((left, 62.0), Anchor::Left, &fit(title, ink.weight, ink.size_px, width_px), ink)?;
    if let Some((first, last)) = reading.days {
        canvas.text((left, 88.0), Anchor::Left, &span(first, last), note)?;
    }
    Ok(HEADER_PX)
}
