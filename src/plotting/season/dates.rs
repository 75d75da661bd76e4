//! Days along an axis.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::canvas::{Anchor, Canvas, Frame, Stroke};
use super::super::chart::ChartError;
use super::super::scales;
use super::super::theme::stroke;
use super::super::typeface::{Weight, width_em};
use crate::season::calendar::days_between;

/// The room in pixels between the labels of two months.
const LABEL_GAP_PX: f64 = 14.0;

/// Names the months below a frame whose left edge is the first day and whose right edge the last; a month's line
/// stands at its first day. Years are named where they begin.
pub(super) fn months(canvas: &Canvas, frame: Frame, first: Date, last: Date) -> Result<(), ChartError> {
    let ink = scales::label(canvas);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    let length_days = (days_between(first, last) as f64).max(1.0);
    let x_of = |day: Date| frame.left + frame.width() * days_between(first, day) as f64 / length_days;
    let mut month = first.first_of_month();
    let mut free_px = frame.left;
    let mut year = None;
    while month <= last {
        let next = month.saturating_add(1.month());
        let shown = month.max(first);
        let x = x_of(shown);
        if month >= first {
            canvas.line((x, frame.bottom), (x, frame.bottom + 6.0), line)?;
        }
        let name = if year == Some(month.year()) {
            month.strftime("%b").to_string()
        } else {
            month.strftime("%b %Y").to_string()
        };
        let width_px = width_em(&name, Weight::Regular) * ink.size_px;
        let visible_px = x_of(next.min(last)) - x;
        // A month of which only the last days are shown has no room for its name.
        let room = visible_px >= width_px || month >= first;
        if room && x >= free_px && x + width_px <= frame.right + 10.0 {
            canvas.text((x, frame.bottom + 24.0), Anchor::Left, &name, ink)?;
            free_px = x + width_px + LABEL_GAP_PX;
            year = Some(month.year());
        }
        if next <= month {
            break;
        }
        month = next;
    }
    Ok(())
}
