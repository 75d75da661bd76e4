//! Where things go on a sheet: margins, the room below the header, and what a narrow sheet leaves out.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartError, ChartOptions};
use super::text::fit;
use super::theme::size;
use super::typeface::Weight;

/// A sheet narrower than this, in pixels, has no room for what stands side by side on a wide one.
const NARROW_PX: u32 = 700;
/// The height in pixels of the header above a chart.
const HEADER_PX: f64 = 142.0;
/// The height in pixels of a chart's caption below the header.
const CAPTION_PX: f64 = 34.0;

/// How a sheet is divided.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Whether the mile's time and grade stand above the chart.
    pub(super) heading: bool,
    pub(super) narrow: bool,
    width_px: f64,
    height_px: f64,
}

impl Layout {
    pub(super) fn of(options: &ChartOptions) -> Layout {
        Layout {
            heading: options.heading,
            narrow: options.width_px < NARROW_PX,
            width_px: f64::from(options.width_px),
            height_px: f64::from(options.height_px),
        }
    }

    /// The empty margin on all four sides; a chart without a header stands in a page that has its own.
    pub(super) fn margin_px(&self) -> f64 {
        match (self.heading, self.narrow) {
            (true, false) => 44.0,
            (true, true) => 24.0,
            (false, _) => 10.0,
        }
    }

    pub(super) fn left(&self) -> f64 {
        self.margin_px()
    }

    pub(super) fn right(&self) -> f64 {
        self.width_px - self.margin_px()
    }

    /// The end of what the header takes.
    pub(super) fn top(&self) -> f64 {
        if self.heading { HEADER_PX } else { self.margin_px() }
    }

    pub(super) fn bottom(&self) -> f64 {
        self.height_px - self.margin_px()
    }

    /// Where a chart with a caption begins.
    pub(super) fn below_caption(&self) -> f64 {
        self.top() + if self.heading { CAPTION_PX } else { 0.0 }
    }

    /// Says below the header what the chart shows; a chart without a header is named by its page.
    pub(super) fn caption(&self, canvas: &Canvas, text: &str) -> Result<(), ChartError> {
        if !self.heading {
            return Ok(());
        }
        let ink = Ink { size_px: size::SUBTITLE, weight: Weight::SemiBold, colour: canvas.theme.ink };
        let text = fit(text, ink.weight, ink.size_px, self.right() - self.left());
        canvas.text((self.left(), self.top() + 20.0), Anchor::Left, &text, ink)
    }

    /// Either of two values: on a wide sheet, on a narrow one.
    pub(super) fn pick<T>(&self, wide: T, narrow: T) -> T {
        if self.narrow { narrow } else { wide }
    }
}
