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

/// Reads one day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day such as 2026-05-01".into())
}

/// Reads a number of weeks, from 2 to 26, with or without its letter.
pub(super) fn weeks(text: &str) -> Result<u8, String> {
    let weeks = text.strip_suffix('w').unwrap_or(text).parse().ok();
    let wrong = || "write a number of weeks from 2 to 26, such as 8w; a mile block has 6 to 10".to_owned();
    weeks.filter(|weeks| (2..=26).contains(weeks)).ok_or_else(wrong)
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
    fn weeks_are_read_with_and_without_their_letter() {
        assert_eq!((weeks("8w"), weeks("10")), (Ok(8), Ok(10)));
        for wrong in ["1", "27w", "w", "eight"] {
            assert!(weeks(wrong).unwrap_err().starts_with("write a number of weeks"), "{wrong}");
        }
        assert_eq!(day("2026-05-01"), Ok(date(2026, 5, 1)));
        assert_eq!(day("May"), Err("write a day such as 2026-05-01".into()));
    }

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
