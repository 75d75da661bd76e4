//! What every textual report shares: colours, wrapping, dates, and text from files made safe to print.

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;
use jiff::tz::Offset;

/// The width in columns that reports keep to.
pub(crate) const WIDTH: usize = 80;

/// What matters most.
pub(crate) const STRONG: Style = Style::new().bold();
/// What may be skipped.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// Good, told by words as well.
pub(crate) const GOOD: Style = AnsiColor::Cyan.on_default();
/// Not good, told by words as well.
pub(crate) const BAD: Style = AnsiColor::Yellow.on_default();

/// Text in a style, with the codes that begin and end it. A stream that is no terminal strips them.
pub(crate) fn painted(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Text from a file or a path without what could harm a terminal: control characters and marks that turn the
/// direction of writing are dropped, and more than 200 characters are cut.
pub(crate) fn printable(text: &str) -> String {
    const MOST: usize = 200;
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut safe = text.chars().filter(|&c| !c.is_control() && !turns(c));
    let mut kept: String = safe.by_ref().take(MOST).collect();
    if safe.next().is_some() {
        kept.push('…');
    }
    kept
}

/// Words broken into lines of at most `width` columns, each line begun with `indent`. A number keeps its unit.
pub(crate) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in words_and_quantities(text) {
        let length = word.chars().count();
        if column == 0 || column + 1 + length > width {
            if column > 0 {
                lines.push('\n');
            }
            lines.push_str(indent);
            column = indent.chars().count();
        } else {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(&word);
        column += length;
    }
    lines.push('\n');
    lines
}

/// The words of a text; a number and its unit are one.
fn words_and_quantities(text: &str) -> Vec<String> {
    const UNITS: [&str; 6] = ["m", "km", "s", "min", "h", "%"];
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let is_unit = UNITS.contains(&word.trim_end_matches(['.', ',', ';', ':', ')']));
        match words.last_mut() {
            Some(number) if is_unit && number.ends_with(|c: char| c.is_ascii_digit()) => {
                number.push(' ');
                number.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// A moment as people write it: `Sun 1 Mar 2026, 09:00`, in local time where the offset is known, else in UTC
/// and saying so.
pub(crate) fn date(start: Timestamp, utc_offset_s: Option<i32>) -> String {
    let offset = utc_offset_s.and_then(|seconds| Offset::from_seconds(seconds).ok());
    let local = offset.unwrap_or(Offset::UTC).to_datetime(start);
    let suffix = if offset.is_some() { "" } else { " UTC" };
    format!("{}{suffix}", local.strftime("%a %-d %b %Y, %H:%M"))
}

/// `1 lap`, `2 laps`: a count with its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    plural(count, noun, &format!("{noun}s"))
}

/// `1 activity`, `2 activities`: the same where the plural takes more than an s.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_the_width() {
        let text = wrapped("one two three four five", "  ", 12);
        assert_eq!(text, "  one two\n  three four\n  five\n");
        assert_eq!(wrapped("worth 23:08 over 5 km; so", "", 19), "worth 23:08 over\n5 km; so\n");
    }

    #[test]
    fn a_date_is_local_where_the_offset_is_known() {
        let start: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
        assert_eq!(date(start, Some(3600)), "Sun 1 Mar 2026, 10:00");
        assert_eq!(date(start, None), "Sun 1 Mar 2026, 09:00 UTC");
    }

    #[test]
    fn what_could_harm_a_terminal_is_dropped() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\n"), "a[31mbc");
    }

    #[test]
    fn ten_thousand_characters_are_cut() {
        assert_eq!(printable(&"x".repeat(10_000)).chars().count(), 201);
    }
}
