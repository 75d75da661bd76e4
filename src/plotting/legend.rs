//! The legend below the lines: what each line and each area is, in as many lines as its names need.

use super::canvas::{Anchor, Canvas, Frame, Ink, Stroke};
use super::chart::ChartError;
use super::theme::{Colour, size, stroke};
use super::typeface::{Weight, width_em};

/// A name, and a sample of what it stands for.
pub(super) struct Entry {
    sample: Sample,
    name: String,
}

/// What stands before a name.
pub(super) enum Sample {
    Line(Stroke),
    /// A line of dashes.
    Dashed(Stroke),
    /// A line with a mark on it.
    Marked(Stroke, Mark),
    /// A line in its band.
    Band(Colour, f64),
    /// Areas side by side.
    Areas(Vec<Colour>, f64),
    /// A dot.
    Dot(Colour, f64),
    /// A ring.
    #[cfg(feature = "season")]
    Ring(Colour, f64),
    /// A whisker.
    Whisker(Colour),
}

/// Marks that tell lines apart where colour does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Disc,
    Square,
    Diamond,
    Triangle,
}

const SAMPLE_PX: f64 = 26.0;
const SAMPLE_GAP_PX: f64 = 8.0;
const ENTRY_GAP_PX: f64 = 26.0;
/// The height of a line of the legend in pixels.
const ROW_PX: f64 = 24.0;

impl Entry {
    pub(super) fn new(sample: Sample, name: impl Into<String>) -> Entry {
        Entry { sample, name: name.into() }
    }

    fn width_px(&self) -> f64 {
        SAMPLE_PX + SAMPLE_GAP_PX + width_em(&self.name, Weight::Regular) * size::NOTE
    }
}

/// The legend's lines.
#[derive(Default)]
pub(super) struct Legend {
    rows: Vec<Vec<Entry>>,
}

impl Legend {
    /// What the legend names, in lines that are at most `width_px` wide.
    pub(super) fn new(entries: Vec<Entry>, width_px: f64) -> Legend {
        let mut rows: Vec<Vec<Entry>> = vec![Vec::new()];
        let mut taken_px = 0.0;
        for entry in entries {
            if taken_px > 0.0 && taken_px + entry.width_px() > width_px {
                rows.push(Vec::new());
                taken_px = 0.0;
            }
            taken_px += entry.width_px() + ENTRY_GAP_PX;
            if let Some(row) = rows.last_mut() {
                row.push(entry);
            }
        }
        Legend { rows }
    }

    pub(super) fn height_px(&self) -> f64 {
        ROW_PX * self.rows.len() as f64
    }

    /// Draws the legend from `left` on, its last line along the lower margin.
    pub(super) fn draw(&self, canvas: &Canvas, left: f64) -> Result<(), ChartError> {
        let ink = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: canvas.theme.soft_ink };
        let last_baseline = canvas.layout.bottom() + 6.0;
        for (i, row) in self.rows.iter().rev().enumerate() {
            let baseline = last_baseline - ROW_PX * i as f64;
            let mut x = left;
            for entry in row {
                entry.sample.draw(canvas, x, baseline - 0.36 * ink.size_px)?;
                canvas.text((x + SAMPLE_PX + SAMPLE_GAP_PX, baseline), Anchor::Left, &entry.name, ink)?;
                x += entry.width_px() + ENTRY_GAP_PX;
            }
        }
        Ok(())
    }
}

impl Sample {
    fn draw(&self, canvas: &Canvas, x: f64, y: f64) -> Result<(), ChartError> {
        let (middle, right) = (x + 0.5 * SAMPLE_PX, x + SAMPLE_PX);
        let block = |left, right| Frame { left, right, top: y - 6.0, bottom: y + 6.0 };
        match self {
            Sample::Line(stroke) => canvas.line((x, y), (right, y), *stroke),
            Sample::Dashed(stroke) => canvas.dashed((x, y), (right, y), *stroke),
            Sample::Marked(stroke, mark) => {
                canvas.line((x, y), (right, y), *stroke)?;
                canvas.mark((middle, y), *mark, 4.5, stroke.colour)
            }
            Sample::Band(colour, opacity) => {
                canvas.rect(block(x, right), *colour, *opacity)?;
                canvas.line((x, y), (right, y), Stroke::new(*colour, stroke::HAIR))
            }
            Sample::Areas(colours, opacity) => {
                let each_px = SAMPLE_PX / colours.len().max(1) as f64;
                for (i, colour) in colours.iter().enumerate() {
                    let left = x + each_px * i as f64;
                    canvas.rect(block(left, left + each_px), *colour, *opacity)?;
                }
                Ok(())
            }
            #[cfg(feature = "season")]
            Sample::Ring(colour, radius_px) => {
                canvas.mark((middle, y), Mark::Disc, *radius_px, *colour)?;
                canvas.mark((middle, y), Mark::Disc, 0.64 * radius_px, canvas.theme.background)
            }
            Sample::Dot(colour, radius_px) => canvas.mark((middle, y), Mark::Disc, *radius_px, *colour),
            Sample::Whisker(colour) => {
                canvas.whisker(middle, (y - 7.0, y + 7.0), 4.0, Stroke::new(*colour, stroke::SECOND))
            }
        }
    }
}
