//! Axes that several charts share: distances along a mile, and numbers up the left side.

use super::canvas::{Anchor, Canvas, Frame, Ink, Stroke};
use super::chart::ChartError;
use super::theme::{size, stroke};
use super::typeface::Weight;
use crate::units::{LAP_M, MILE_M};

/// Half the height of figures in em: what centres them on their tick.
pub(super) const HALF_FIGURE_EM: f64 = 0.36;
/// The room in pixels between an axis and its labels.
pub(super) const GAP_PX: f64 = 9.0;
/// The width in pixels of the labels of an axis.
pub(super) const AXIS_PX: f64 = 52.0;
/// The height in pixels of the labels below the lines.
pub(super) const DISTANCES_PX: f64 = 42.0;

/// How the labels of axes are set.
pub(super) fn label(canvas: &Canvas) -> Ink {
    Ink { size_px: size::LABEL, weight: Weight::Regular, colour: canvas.theme.soft_ink }
}

/// How notes are set.
pub(super) fn note(canvas: &Canvas) -> Ink {
    Ink { size_px: size::NOTE, ..label(canvas) }
}

/// Ticks every 200 m; the full 400 m are stronger. The laps' own ends are the edges of their bands.
pub(super) fn distances(canvas: &Canvas, frame: Frame) -> Result<(), ChartError> {
    let ink = label(canvas);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    for half_lap in 0..=(MILE_M / (0.5 * LAP_M)) as u32 {
        let metres = f64::from(half_lap) * 0.5 * LAP_M;
        let x = frame.left + (frame.right - frame.left) * metres / MILE_M;
        let full = half_lap % 2 == 0;
        canvas.line((x, frame.bottom), (x, frame.bottom + if full { 7.0 } else { 4.0 }), line)?;
        if !full && canvas.layout.narrow {
            continue;
        }
        let text = if half_lap == 0 { "0 m".to_owned() } else { format!("{metres:.0}") };
        let size_px = if full { size::LABEL } else { size::NOTE };
        canvas.text((x, frame.bottom + 24.0), Anchor::Center, &text, Ink { size_px, ..ink })?;
    }
    Ok(())
}

/// A line of the grid through `y`, with its label on the left.
pub(super) fn rung(canvas: &Canvas, frame: Frame, y: f64, text: &str) -> Result<(), ChartError> {
    let ink = label(canvas);
    canvas.line((frame.left, y), (frame.right, y), Stroke::new(canvas.theme.grid, stroke::HAIR))?;
    canvas.text((frame.left - GAP_PX, y + HALF_FIGURE_EM * ink.size_px), Anchor::Right, text, ink)
}
