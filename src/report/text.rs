//! What every textual report shares: colours, wrapping, dates, and text from files made safe to print.

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;
use jiff::tz::Offset;

use crate::activity::{DATE_NOT_KNOWN, is_date_known};

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

/// More characters than this are cut.
const MOST: usize = 200;

/// Text from a file without what could harm a terminal: control characters and marks that turn the direction of
/// writing are dropped, and more than 200 characters are cut.
pub(crate) fn printable(text: &str) -> String {
    cut(text.chars().filter(|&c| !is_harmful(c)))
}

/// The name of a file, or its path, as it is printed: what could harm a terminal or break the line is written like the
/// bytes that are no text, a line break as `\x0A`, so that the name can be found by what is read.
pub(crate) fn printable_name(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if is_harmful(c) {
            let mut bytes = [0; 4];
            shown.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\x{byte:02X}")));
        } else {
            shown.push(c);
        }
    }
    cut(shown.chars())
}

/// Whether a character steers the terminal or turns the direction of writing.
fn is_harmful(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}

fn cut(mut text: impl Iterator<Item = char>) -> String {
    let mut kept: String = text.by_ref().take(MOST).collect();
    if text.next().is_some() {
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
/// and saying so. `None` without a start; the date of a clock that was never set is not told as one.
pub(crate) fn date(start: Option<Timestamp>, utc_offset_s: Option<i32>) -> Option<String> {
    let start = start?;
    if !is_date_known(start) {
        return Some(DATE_NOT_KNOWN.into());
    }
    let offset = utc_offset_s.and_then(|seconds| Offset::from_seconds(seconds).ok());
    let local = offset.unwrap_or(Offset::UTC).to_datetime(start);
    let suffix = if offset.is_some() { "" } else { " UTC" };
    Some(format!("{}{suffix}", local.strftime("%a %-d %b %Y, %H:%M")))
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
        assert_eq!(date(Some(start), Some(3600)).as_deref(), Some("Sun 1 Mar 2026, 10:00"));
        assert_eq!(date(Some(start), None).as_deref(), Some("Sun 1 Mar 2026, 09:00 UTC"));
        assert_eq!(date(Some(Timestamp::UNIX_EPOCH), None).as_deref(), Some("date not known"));
        assert_eq!(date(None, None), None);
    }

    #[test]
    fn what_could_harm_a_terminal_is_dropped() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\n"), "a[31mbc");
    }

    #[test]
    fn a_name_is_shown_so_that_it_can_be_found() {
        assert_eq!(printable_name("new\nline\u{1b}.fit"), "new\\x0Aline\\x1B.fit");
        assert_eq!(printable_name("a\u{202e}tif.b"), "a\\xE2\\x80\\xAEtif.b");
        assert_eq!(printable_name("Läufe/1 a.fit"), "Läufe/1 a.fit");
        assert_eq!(printable_name(&"\n".repeat(10_000)).chars().count(), 201);
    }

    #[test]
    fn ten_thousand_characters_are_cut() {
        assert_eq!(printable(&"x".repeat(10_000)).chars().count(), 201);
    }
}
