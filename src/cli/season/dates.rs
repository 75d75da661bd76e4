//! The days between which activities count.

use jiff::civil::{Date, date};

/// Reads a day, or a month or year as its first day.
pub(super) fn first_day(text: &str) -> Result<Date, String> {
    parse(text).map(|(first, _)| first)
}

/// Reads a day, or a month or year as its last day.
pub(super) fn last_day(text: &str) -> Result<Date, String> {
    parse(text).map(|(_, last)| last)
}

fn parse(text: &str) -> Result<(Date, Date), String> {
    let days = match text.len() {
        10 => text.parse().ok().map(|day| (day, day)),
        7 => format!("{text}-01").parse().ok().map(|first: Date| (first, first.last_of_month())),
        4 => {
            text.parse().ok().filter(|year| *year >= 1900).map(|year| (date(year, 1, 1), date(year, 12, 31)))
        }
        _ => None,
    };
    days.ok_or_else(|| "write a day, a month or a year, such as 2026-03-01, 2026-03 or 2026".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_year_have_a_first_and_a_last_day() {
        assert_eq!(
            (first_day("2026-02"), last_day("2026-02")),
            (Ok(date(2026, 2, 1)), Ok(date(2026, 2, 28)))
        );
        assert_eq!((first_day("2026"), last_day("2026")), (Ok(date(2026, 1, 1)), Ok(date(2026, 12, 31))));
        assert_eq!(last_day("2026-03-15"), Ok(date(2026, 3, 15)));
        for wrong in ["26", "2026-13", "March", "2026-02-30", "15.03.2026", "-026"] {
            assert!(first_day(wrong).unwrap_err().starts_with("write a day"), "{wrong}");
        }
    }
}
