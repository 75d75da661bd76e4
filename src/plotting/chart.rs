//! What every chart takes, and what can keep one from being drawn.

use std::fmt;

use super::theme::Theme;
use crate::units::UnitSystem;

/// How a chart is to look.
///
/// ```
/// use fourlap::plotting::{ChartOptions, Medium, Theme};
/// let mut options = ChartOptions::of(Medium::Phone);
/// options.theme = Theme::DARK;
/// assert_eq!((options.width_px, options.height_px), (540, 675));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChartOptions {
    /// Whether paces are per mile or per kilometre.
    pub units: UnitSystem,
    /// Width in pixels, from 400 to 4000; below 700 the chart is laid out for a phone.
    pub width_px: u32,
    /// Height in pixels, from 360 to 4000.
    pub height_px: u32,
    /// How many pixels of the PNG make one of the chart's, from 1 to 4.
    pub density: u32,
    /// Its colours.
    pub theme: Theme,
    /// Whether the mile's time, origin and grade stand above the chart.
    pub heading: bool,
}

/// What a chart is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Medium {
    /// A screen: wide, light.
    Screen,
    /// A phone: upright, few words, 1080 x 1350 as PNG.
    Phone,
    /// Paper: greys alone, twice the pixels.
    Print,
    /// A dark screen.
    Dark,
}

impl Default for ChartOptions {
    fn default() -> Self {
        ChartOptions {
            units: UnitSystem::Miles,
            width_px: 1200,
            height_px: 800,
            density: 1,
            theme: Theme::LIGHT,
            heading: true,
        }
    }
}

impl ChartOptions {
    /// The look for a medium.
    pub fn of(medium: Medium) -> ChartOptions {
        let screen = ChartOptions::default();
        match medium {
            Medium::Screen => screen,
            Medium::Phone => ChartOptions { width_px: 540, height_px: 675, density: 2, ..screen },
            Medium::Print => ChartOptions { density: 2, theme: Theme::PRINT, ..screen },
            Medium::Dark => ChartOptions { theme: Theme::DARK, ..screen },
        }
    }

    /// The same look in another size, in pixels.
    #[must_use]
    pub fn sized(self, width_px: u32, height_px: u32) -> ChartOptions {
        ChartOptions { width_px, height_px, ..self }
    }

    /// Refuses sizes in which the labels have no room or the memory no bound.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        let fits = (400..=4000).contains(&self.width_px)
            && (360..=4000).contains(&self.height_px)
            && (1..=4).contains(&self.density);
        if fits {
            return Ok(());
        }
        Err(ChartError::Size { width_px: self.width_px, height_px: self.height_px })
    }
}

/// Why a chart could not be drawn.
///
/// `Display` states it in lower case without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartError {
    /// The analysis found no mile.
    NoMile {
        /// Why there is none, as the analysis says it.
        reason: Option<String>,
    },
    /// The mile has no course: neither a speed nor a time along its way is known.
    NoProfile,
    /// The recording lacks what the chart shows.
    Missing {
        /// What it lacks, such as `positions`.
        what: &'static str,
    },
    /// The season holds nothing of what the chart shows.
    Season {
        /// What it would need, such as `best efforts at two distances`.
        what: &'static str,
    },
    /// The size asked for is too small for its labels, or too large.
    Size {
        /// The width asked for.
        width_px: u32,
        /// The height asked for.
        height_px: u32,
    },
    /// The picture could not be drawn or written: a fault of this program.
    Drawing(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChartError::NoMile { reason: Some(reason) } => write!(f, "there is no mile to draw: {reason}"),
            ChartError::NoMile { reason: None } => f.write_str("there is no mile to draw"),
            ChartError::NoProfile => {
                f.write_str("the pace along the mile is not known, so there is nothing to draw")
            }
            ChartError::Missing { what } => {
                write!(f, "the mile was recorded without {what}, so there is nothing to draw")
            }
            ChartError::Season { what } => {
                write!(f, "the season would need {what}, so there is nothing to draw")
            }
            ChartError::Size { width_px, height_px } => write!(
                f,
                "a chart of {width_px} x {height_px} pixels cannot be drawn; \
                 it takes from 400 x 360 to 4000 x 4000"
            ),
            ChartError::Drawing(detail) => write!(f, "the picture could not be drawn: {detail}"),
        }
    }
}

impl std::error::Error for ChartError {}
