//! One line below the chart that names what is drawn, each name beside a sample of it.

use super::Chart;
use super::lines::{AREA_OPACITY, BAND_OPACITY, GOAL_TOLERANCE_PCT, RAW_OPACITY};
use crate::plotting::canvas::{Anchor, Canvas, Frame, Ink, Stroke};
use crate::plotting::chart::ChartError;
use crate::plotting::header::{MARGIN_PX, goal_clock};
use crate::plotting::theme::{Colour, size, stroke};
use crate::plotting::typeface::{Weight, width_em};

/// A sample of what a name stands for.
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

/// Draws the legend.
pub(super) fn draw(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let ink = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: canvas.theme.soft_ink };
    let baseline = canvas.height_px - MARGIN_PX + 6.0;
    let mut x = chart.frame.left;
    for (sample, name) in entries(canvas, chart) {
        draw_sample(canvas, &sample, x, baseline - 0.36 * ink.size_px)?;
        x += SAMPLE_PX + SAMPLE_GAP_PX;
        canvas.text((x, baseline), Anchor::Left, &name, ink)?;
        x += width_em(&name, ink.weight) * ink.size_px + ENTRY_GAP_PX;
    }
    Ok(())
}

fn entries(canvas: &Canvas, chart: &Chart) -> Vec<(Sample, String)> {
    let theme = canvas.theme;
    let pace = Sample::Line(Stroke::new(theme.pace, stroke::MAIN));
    let raw = Sample::Line(Stroke::new(theme.pace, stroke::RAW).faint(RAW_OPACITY));
    let mut entries =
        vec![(pace, format!("pace, smoothed over {:.0} m", chart.smoothing_m)), (raw, "raw".into())];
    match chart.goal_s {
        Some(goal_s) => {
            let name = format!("goal {} ± {GOAL_TOLERANCE_PCT} %", goal_clock(goal_s));
            entries.push((Sample::Band(theme.goal), name));
        }
        None => entries.push((Sample::Line(Stroke::new(theme.goal, stroke::HAIR)), "own mean".into())),
    }
    entries.push((Sample::Areas(theme.ahead, theme.behind), "time won above, lost below".into()));
    if !chart.heart.is_empty() {
        entries.push((Sample::Line(Stroke::new(theme.heart, stroke::SECOND)), "heart rate, bpm".into()));
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
