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

/// Over more days than these the years are named, not the months.
const MONTHS_UP_TO_DAYS: i64 = 1000;

/// Names the months below a frame whose left edge is the first day and whose right edge the last, of long seasons
/// the years. A line stands at the first day of each; a month's name has its year where that begins.
pub(super) fn months(canvas: &Canvas, frame: Frame, first: Date, last: Date) -> Result<(), ChartError> {
    let ink = scales::label(canvas);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    let length_days = days_between(first, last).max(1);
    let x_of = |day: Date| frame.left + frame.width() * days_between(first, day) as f64 / length_days as f64;
    let years = length_days > MONTHS_UP_TO_DAYS;
    let (mut from, step) =
        if years { (first.first_of_year(), 1.year()) } else { (first.first_of_month(), 1.month()) };
    let mut free_px = frame.left;
    let mut named_year = None;
    while from <= last {
        let next = from.saturating_add(step);
        let x = x_of(from.max(first));
        if from >= first {
            canvas.line((x, frame.bottom), (x, frame.bottom + 6.0), line)?;
        }
        let name = match (years, named_year == Some(from.year())) {
            (true, _) => from.strftime("%Y").to_string(),
            (false, true) => from.strftime("%b").to_string(),
            (false, false) => from.strftime("%b %Y").to_string(),
        };
        let width_px = width_em(&name, Weight::Regular) * ink.size_px;
        // What is shown in its last days only leaves its place to the name that follows.
        let room = from >= first || x_of(next.min(last)) - x >= width_px + LABEL_GAP_PX;
        if room && x >= free_px && x + width_px <= frame.right + 10.0 {
            canvas.text((x, frame.bottom + 24.0), Anchor::Left, &name, ink)?;
            free_px = x + width_px + LABEL_GAP_PX;
            named_year = Some(from.year());
        }
        if next <= from {
            break;
        }
        from = next;
    }
    Ok(())
}
