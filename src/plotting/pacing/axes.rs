//! The chart's axes: paces on the left, distances below, heart rates on the right.

use super::{Chart, HEART_PART};
use crate::plotting::axis::{number_ticks, pace_ticks};
use crate::plotting::canvas::{Anchor, Canvas, Ink, Stroke};
use crate::plotting::chart::ChartError;
use crate::plotting::theme::{size, stroke};
use crate::plotting::typeface::Weight;
use crate::units::{LAP_M, MILE_M, clock};

/// Half the height of figures in em: what centres them on their tick.
const HALF_FIGURE_EM: f64 = 0.36;
/// The room in pixels between an axis and its labels.
const GAP_PX: f64 = 9.0;
/// At least this many pixels lie between paces.
const PACE_STEP_PX: f64 = 48.0;
/// At least this many pixels lie between heart rates.
const HEART_STEP_PX: f64 = 26.0;

/// Draws the axes with their ticks.
pub(super) fn draw(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    paces(canvas, chart)?;
    distances(canvas, chart)?;
    heart_rates(canvas, chart)
}

fn label(canvas: &Canvas) -> Ink {
    Ink { size_px: size::LABEL, weight: Weight::Regular, colour: canvas.theme.soft_ink }
}

fn paces(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let (ink, frame) = (label(canvas), chart.frame);
    let grid = Stroke::new(canvas.theme.grid, stroke::HAIR);
    let most = (frame.height() / PACE_STEP_PX) as usize;
    let right = frame.left - GAP_PX;
    for pace in pace_ticks(chart.range.fast, chart.range.slow, most) {
        let (_, y) = chart.pace_pane(canvas).position_px(0.0, pace);
        canvas.line((frame.left, y), (frame.right, y), grid)?;
        canvas.text((right, y + HALF_FIGURE_EM * ink.size_px), Anchor::Right, &clock(pace), ink)?;
    }
    let note = Ink { size_px: size::NOTE, ..ink };
    canvas.text((right, frame.top - 10.0), Anchor::Right, &format!("min/{}", chart.units.symbol()), note)
}

/// Ticks every 200 m; the full 400 m are stronger. The laps' own ends are the edges of their bands.
fn distances(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let (ink, frame) = (label(canvas), chart.frame);
    let pane = chart.pace_pane(canvas);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    for half_lap in 0..=(MILE_M / (0.5 * LAP_M)) as u32 {
        let metres = f64::from(half_lap) * 0.5 * LAP_M;
        let (x, _) = pane.position_px(metres, chart.held);
        let full = half_lap % 2 == 0;
        canvas.line((x, frame.bottom), (x, frame.bottom + if full { 7.0 } else { 4.0 }), line)?;
        let text = if half_lap == 0 { "0 m".to_owned() } else { format!("{metres:.0}") };
        let size_px = if full { size::LABEL } else { size::NOTE };
        canvas.text((x, frame.bottom + 24.0), Anchor::Center, &text, Ink { size_px, ..ink })?;
    }
    Ok(())
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
