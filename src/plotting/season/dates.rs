//! Days along an axis.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::super::canvas::{Anchor, Canvas, Frame, Stroke};
use super::super::chart::ChartError;
use super::super::scales;
use super::super::theme::stroke;
use super::super::typeface::{Weight, width_em};
use crate::season::calendar::{days_between, monday};

/// The room in pixels between the labels of two months.
const LABEL_GAP_PX: f64 = 14.0;
/// A name may reach this far beyond the right edge, in pixels.
const BEYOND_PX: f64 = 10.0;
/// Up to so many days the weeks are named, by their Mondays ...
const WEEKS_UP_TO_DAYS: i64 = 70;
/// ... up to so many the months, and beyond them the years.
const MONTHS_UP_TO_DAYS: i64 = 1000;

/// Names the weeks below a frame whose left edge is the first day and whose right edge the last, of longer seasons the
/// months, of very long ones the years. A line stands at the first day of each; the first name of a year has that year.
pub(super) fn days(canvas: &Canvas, frame: Frame, first: Date, last: Date) -> Result<(), ChartError> {
    let ink = scales::label(canvas);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    for tick in ticks(first, last, frame.width(), ink.size_px) {
        let x = frame.left + tick.at_px;
        if tick.begins {
            canvas.line((x, frame.bottom), (x, frame.bottom + 6.0), line)?;
        }
        if let Some(name) = tick.name {
            canvas.text((x, frame.bottom + 24.0), Anchor::Left, &name, ink)?;
        }
    }
    Ok(())
}

/// How long the parts of an axis are.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Week,
    Month,
    Year,
}

impl Part {
    fn of(length_days: i64) -> Part {
        if length_days <= WEEKS_UP_TO_DAYS {
            Part::Week
        } else if length_days <= MONTHS_UP_TO_DAYS {
            Part::Month
        } else {
            Part::Year
        }
    }

    /// The first day of the part that a day lies in, and the length of the part.
    fn around(self, day: Date) -> (Date, Span) {
        match self {
            Part::Week => (monday(day), 1.week()),
            Part::Month => (day.first_of_month(), 1.month()),
            Part::Year => (day.first_of_year(), 1.year()),
        }
    }

    fn name(self, from: Date, with_year: bool) -> String {
        let form = match (self, with_year) {
            (Part::Week, false) => "%-d %b",
            (Part::Week, true) => "%-d %b %Y",
            (Part::Month, false) => "%b",
            (Part::Month, true) => "%b %Y",
            (Part::Year, _) => "%Y",
        };
        from.strftime(form).to_string()
    }
}

/// A part of the axis.
struct Tick {
    /// Where it begins, in pixels from the left edge.
    at_px: f64,
    /// Whether its first day is on the axis.
    begins: bool,
    /// Its name, where there is room for it.
    name: Option<String>,
}

fn ticks(first: Date, last: Date, width_px: f64, size_px: f64) -> Vec<Tick> {
    let length_days = days_between(first, last).max(1);
    let at_px = |day: Date| width_px * days_between(first, day) as f64 / length_days as f64;
    let part = Part::of(length_days);
    let (mut from, length) = part.around(first);
    let (mut free_px, mut named_year) = (0.0, None);
    let mut ticks = Vec::new();
    while from <= last {
        let next = from.saturating_add(length);
        let (x, begins) = (at_px(from.max(first)), from >= first);
        // Weeks stand close, and what is drawn says its days: only a change of the year is worth the room.
        let in_doubt = part != Part::Week || first.year() != last.year();
        let name = part.name(from, in_doubt && named_year != Some(from.year()));
        let name_px = width_em(&name, Weight::Regular) * size_px;
        // What is shown in its last days only leaves its place to the name that follows; a Monday before the edge
        // is no day on the axis.
        let partly = part != Part::Week && at_px(next.min(last)) - x >= name_px + LABEL_GAP_PX;
        let has_room = (begins || partly) && x >= free_px && x + name_px <= width_px + BEYOND_PX;
        if has_room {
            free_px = x + name_px + LABEL_GAP_PX;
            named_year = Some(from.year());
        }
        ticks.push(Tick { at_px: x, begins, name: has_room.then_some(name) });
        if next <= from {
            break;
        }
        from = next;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn names(first: Date, last: Date) -> Vec<String> {
        ticks(first, last, 1000.0, 15.0).into_iter().filter_map(|tick| tick.name).collect()
    }

    #[test]
    fn weeks_are_named_by_their_mondays() {
        let found = names(date(2026, 2, 27), date(2026, 3, 28));
        assert_eq!(found, ["2 Mar", "9 Mar", "16 Mar", "23 Mar"]);
        let found = names(date(2025, 12, 20), date(2026, 1, 12));
        assert_eq!(found, ["22 Dec 2025", "29 Dec", "5 Jan 2026"]);
    }

    #[test]
    fn the_last_days_of_a_month_do_not_take_the_next_ones_name() {
        // A week that begins on 23 February, and is the first of a season in March.
        let found = names(date(2026, 2, 23), date(2026, 6, 1));
        assert_eq!(found, ["Mar 2026", "Apr", "May"]);
        let found = names(date(2026, 2, 10), date(2026, 6, 1));
        assert_eq!(found, ["Feb 2026", "Mar", "Apr", "May"]);
    }

    #[test]
    fn a_year_is_named_once_and_long_seasons_by_it() {
        let found = names(date(2025, 11, 1), date(2026, 3, 10));
        assert_eq!(found, ["Nov 2025", "Dec", "Jan 2026", "Feb", "Mar"]);
        let found = names(date(2022, 11, 20), date(2026, 3, 10));
        assert_eq!(found, ["2023", "2024", "2025", "2026"]);
    }
}
