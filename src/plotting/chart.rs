//! What every chart takes, and what can keep one from being drawn.

use std::fmt;

use super::theme::Theme;
use crate::units::UnitSystem;

/// How a chart is to look.
///
/// ```
/// use fourlap::plotting::{ChartOptions, Theme};
/// let options = ChartOptions { theme: Theme::DARK, ..ChartOptions::default() };
/// assert_eq!((options.width_px, options.height_px), (1200, 800));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartOptions {
    /// Whether paces are per mile or per kilometre.
    pub units: UnitSystem,
    /// Width in pixels, from 800 to 4000.
    pub width_px: u32,
    /// Height in pixels, from 560 to 4000.
    pub height_px: u32,
    /// Its colours.
    pub theme: Theme,
}

impl Default for ChartOptions {
    fn default() -> Self {
        ChartOptions { units: UnitSystem::Miles, width_px: 1200, height_px: 800, theme: Theme::LIGHT }
    }
}

impl ChartOptions {
    /// Refuses sizes in which the labels have no room or the memory no bound.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        let fits = (800..=4000).contains(&self.width_px) && (560..=4000).contains(&self.height_px);
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
            ChartError::Size { width_px, height_px } => write!(
                f,
                "a chart of {width_px} x {height_px} pixels cannot be drawn; \
                 it takes from 800 x 560 to 4000 x 4000"
            ),
            ChartError::Drawing(detail) => write!(f, "the picture could not be drawn: {detail}"),
        }
    }
}

impl std::error::Error for ChartError {}
