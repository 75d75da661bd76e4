//! The chart's axes: paces on the left, distances below, heart rates on the right.

use super::{Chart, HEART_PART};
use crate::plotting::axis::{number_ticks, pace_ticks};
use crate::plotting::canvas::{Anchor, Canvas, Ink};
use crate::plotting::chart::ChartError;
use crate::plotting::scales::{self, GAP_PX, HALF_FIGURE_EM, label};
use crate::plotting::theme::size;
use crate::units::clock;

/// At least this many pixels lie between paces.
const PACE_STEP_PX: f64 = 48.0;
/// At least this many pixels lie between heart rates.
const HEART_STEP_PX: f64 = 26.0;

/// Draws the axes with their ticks.
pub(super) fn draw(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    paces(canvas, chart)?;
    scales::distances(canvas, chart.frame)?;
    heart_rates(canvas, chart)
}

fn paces(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let (ink, frame) = (label(canvas), chart.frame);
    let most = (frame.height() / PACE_STEP_PX) as usize;
    let right = frame.left - GAP_PX;
    for pace in pace_ticks(chart.range.fast, chart.range.slow, most) {
        let (_, y) = chart.pace_pane(canvas).position_px(0.0, pace);
        scales::rung(canvas, frame, y, &clock(pace))?;
    }
    let note = Ink { size_px: size::NOTE, ..ink };
    canvas.text((right, frame.top - 10.0), Anchor::Right, &format!("min/{}", chart.units.symbol()), note)
}

fn heart_rates(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let (Some(pane), Some((low, high))) = (chart.heart_pane(canvas), chart.heart_range()) else {
        return Ok(());
    };
    let ink = Ink { colour: canvas.theme.heart, ..label(canvas) };
    let left = chart.frame.right + GAP_PX;
    let most = (HEART_PART * chart.frame.height() / HEART_STEP_PX).max(2.0) as usize;
    for bpm in number_ticks(low, high, most) {
        let (_, y) = pane.position_px(0.0, bpm);
        canvas.text((left, y + HALF_FIGURE_EM * ink.size_px), Anchor::Left, &format!("{bpm:.0}"), ink)?;
    }
    let (_, top) = pane.position_px(0.0, high);
    canvas.text((left, top - 16.0), Anchor::Left, "bpm", Ink { size_px: size::NOTE, ..ink })
}
