//! Times: from the texts that XML files hold to microseconds since 1970, which all readers use.

use jiff::Timestamp;
use jiff::civil::DateTime;

/// The moment that many microseconds since 1970; `None` beyond the year 9999.
pub(super) fn timestamp(time_us: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(time_us).ok()
}

/// Seconds from one time in microseconds to another.
pub(super) fn elapsed_s(from_us: i64, to_us: i64) -> f64 {
    to_us.saturating_sub(from_us) as f64 / 1e6
}

/// Reads a time as XML files write it: `2026-03-01T09:00:00Z`, with a fraction, with an offset, with a space
/// instead of the `T`; without any zone it is taken as UTC. Microseconds since 1970.
pub(super) fn parse_time_us(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_microsecond());
    }
    let time: DateTime = text.parse().ok()?;
    let time = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(time.timestamp().as_microsecond())
}

/// Local time minus UTC in seconds, where the text of a time ends in an offset. UTC itself tells of no place: most
/// programs write all times in it, some as `+00:00`.
pub(super) fn utc_offset_s(text: &str) -> Option<i32> {
    let text = text.trim();
    // The date has dashes of its own.
    let at = text.rfind(['+', '-']).filter(|&at| at > "2026-03-01T".len())?;
    let digits = text[at + 1..].replace(':', "");
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => (digits.get(..2)?, digits.get(2..)?),
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    (1..=15 * 3600).contains(&seconds).then_some(if text[at..].starts_with('-') { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_moment_is_read_however_it_is_written() {
        for text in [
            "2026-03-01T09:00:00Z",
            "2026-03-01T09:00:00",
            "2026-03-01 09:00:00",
            " 2026-03-01T09:00:00z\n",
            "2026-03-01T10:00:00+01:00",
            "2026-03-01T10:00:00.000+0100",
            "2026-03-01T09:00:00.000000Z",
        ] {
            assert_eq!(parse_time_us(text), Some(1_772_355_600_000_000), "{text}");
        }
        assert_eq!(parse_time_us("2026-03-01T09:00:00.994Z"), Some(1_772_355_600_994_000));
        assert_eq!(parse_time_us("yesterday"), None);
        assert_eq!(parse_time_us(""), None);
    }

    #[test]
    fn an_offset_is_read_and_utc_is_none() {
        for (text, offset_s) in [
            ("2026-03-01T09:00:00+02:00", Some(7200)),
            ("2026-03-01T09:00:00.5-0330\n", Some(-12_600)),
            ("2026-03-01T09:00:00+05", Some(18_000)),
            ("2026-03-01T09:00:00Z", None),
            ("2026-03-01T09:00:00+00:00", None),
            ("2026-03-01T09:00:00", None),
            ("2026-03-01T09:00:00+99:00", None),
            ("2026-03-01T09:00:00+ü:00", None),
            ("2026-03-01", None),
        ] {
            assert_eq!(utc_offset_s(text), offset_s, "{text}");
        }
    }
}
