//! The chart's axes: paces on the left, distances below.

use super::Chart;
use crate::plotting::axis::pace_ticks;
use crate::plotting::canvas::{Anchor, Canvas, Ink};
use crate::plotting::chart::ChartError;
use crate::plotting::scales::{self, GAP_PX, label};
use crate::plotting::theme::size;
use crate::units::clock;

/// At least this many pixels lie between paces.
const PACE_STEP_PX: f64 = 48.0;

/// Draws the axes with their ticks.
pub(super) fn draw(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    paces(canvas, chart)?;
    scales::distances(canvas, chart.frame)
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
