//! Days and weeks.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

/// The Monday of a day's week.
pub(crate) fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// Whole days from one day to another; negative where the other is the earlier one.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

/// A day as people write it: `1 Mar`.
pub(crate) fn short_day(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// The same with its year: `1 Mar 2026`.
pub(crate) fn full_day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// From one day to another: `1 Mar 2026 to 24 Mar 2026`, of a single day `1 Mar 2026`.
pub(crate) fn span(first: Date, last: Date) -> String {
    if first == last { full_day(first) } else { format!("{} to {}", full_day(first), full_day(last)) }
}

/// A day with its year only where that is in doubt.
pub(crate) fn day(day: Date, with_year: bool) -> String {
    if with_year { full_day(day) } else { short_day(day) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday(date(2026, 3, 1)), date(2026, 2, 23));
        assert_eq!(monday(date(2026, 3, 2)), date(2026, 3, 2));
        assert_eq!(days_between(date(2026, 2, 23), date(2026, 3, 2)), 7);
        assert_eq!(span(date(2026, 3, 1), date(2026, 3, 1)), "1 Mar 2026");
        assert_eq!(span(date(2025, 12, 30), date(2026, 3, 1)), "30 Dec 2025 to 1 Mar 2026");
    }
}
