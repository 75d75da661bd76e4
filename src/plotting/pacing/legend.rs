//! Lines below the chart that name what is drawn, each name beside a sample of it.

use super::Chart;
use super::lines::{AREA_OPACITY, BAND_OPACITY, GOAL_TOLERANCE_PCT, RAW_OPACITY};
use crate::plotting::canvas::{Anchor, Canvas, Frame, Ink, Stroke};
use crate::plotting::chart::ChartError;
use crate::plotting::header::{MARGIN_PX, goal_clock};
use crate::plotting::theme::{Colour, Theme, size, stroke};
use crate::plotting::typeface::{Weight, width_em};
use crate::units::clock;

/// A name, and a sample of what it stands for.
pub(super) struct Entry {
    sample: Sample,
    name: String,
}

enum Sample {
    Line(Stroke),
    /// A line in its band.
    Band(Colour),
    /// The two areas.
    Areas(Colour, Colour),
}

const SAMPLE_PX: f64 = 26.0;
const SAMPLE_GAP_PX: f64 = 8.0;
const ENTRY_GAP_PX: f64 = 26.0;
/// The height of a line of the legend in pixels.
pub(super) const ROW_PX: f64 = 24.0;

impl Entry {
    fn width_px(&self) -> f64 {
        SAMPLE_PX + SAMPLE_GAP_PX + width_em(&self.name, Weight::Regular) * size::NOTE
    }
}

/// What the legend names, in lines that are at most `width_px` wide.
pub(super) fn rows(chart: &Chart, theme: Theme, width_px: f64) -> Vec<Vec<Entry>> {
    let mut rows: Vec<Vec<Entry>> = vec![Vec::new()];
    let mut taken_px = 0.0;
    for entry in entries(chart, theme) {
        if taken_px + entry.width_px() > width_px {
            rows.push(Vec::new());
            taken_px = 0.0;
        }
        taken_px += entry.width_px() + ENTRY_GAP_PX;
        if let Some(row) = rows.last_mut() {
            row.push(entry);
        }
    }
    rows
}

/// Draws the legend, its last line along the lower margin.
pub(super) fn draw(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let ink = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: canvas.theme.soft_ink };
    let last_baseline = canvas.height_px - MARGIN_PX + 6.0;
    for (i, row) in chart.legend.iter().rev().enumerate() {
        let baseline = last_baseline - ROW_PX * i as f64;
        let mut x = chart.frame.left;
        for entry in row {
            draw_sample(canvas, &entry.sample, x, baseline - 0.36 * ink.size_px)?;
            canvas.text((x + SAMPLE_PX + SAMPLE_GAP_PX, baseline), Anchor::Left, &entry.name, ink)?;
            x += entry.width_px() + ENTRY_GAP_PX;
        }
    }
    Ok(())
}

fn entries(chart: &Chart, theme: Theme) -> Vec<Entry> {
    let entry = |sample, name: &str| Entry { sample, name: name.to_owned() };
    let raw = Stroke::new(theme.pace, stroke::RAW).faint(RAW_OPACITY);
    let held = match chart.goal_s {
        Some(goal_s) if !chart.range.holds(chart.held) => {
            let line = Sample::Line(Stroke::new(theme.goal, stroke::HAIR));
            entry(line, &format!("goal {}, off the scale", goal_clock(goal_s)))
        }
        Some(goal_s) => {
            let name = format!("goal {} ± {GOAL_TOLERANCE_PCT} %", goal_clock(goal_s));
            entry(Sample::Band(theme.goal), &name)
        }
        None => {
            let line = Sample::Line(Stroke::new(theme.goal, stroke::HAIR));
            entry(line, &format!("own mean {} /{}", clock(chart.held), chart.units.symbol()))
        }
    };
    let smooth = format!("pace, smoothed over {:.0} m", chart.smoothing_m);
    let mut entries = vec![
        entry(Sample::Line(Stroke::new(theme.pace, stroke::MAIN)), &smooth),
        entry(Sample::Line(raw), "raw"),
        held,
        entry(Sample::Areas(theme.ahead, theme.behind), "time won above, lost below"),
    ];
    if !chart.heart.is_empty() {
        entries.push(entry(Sample::Line(Stroke::new(theme.heart, stroke::SECOND)), "heart rate, bpm"));
    }
    entries
}

fn draw_sample(canvas: &Canvas, sample: &Sample, x: f64, y: f64) -> Result<(), ChartError> {
    let right = x + SAMPLE_PX;
    let block = |left, right| Frame { left, right, top: y - 6.0, bottom: y + 6.0 };
    match *sample {
        Sample::Line(stroke) => canvas.line((x, y), (right, y), stroke),
        Sample::Band(colour) => {
            canvas.rect(block(x, right), colour, BAND_OPACITY)?;
            canvas.line((x, y), (right, y), Stroke::new(colour, stroke::HAIR))
        }
        Sample::Areas(ahead, behind) => {
            let middle = x + 0.5 * SAMPLE_PX;
            canvas.rect(block(x, middle), ahead, AREA_OPACITY)?;
            canvas.rect(block(middle, right), behind, AREA_OPACITY)
        }
    }
}
