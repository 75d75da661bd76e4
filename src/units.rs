//! The one place for conversions, and for reading and writing times, distances and paces.
//!
//! Inside the library a quantity is an `f64` in SI units whose name carries the unit (`time_s`, `distance_m`,
//! `speed_mps`); this module turns them into what people read and back.

use std::fmt;

/// One mile in metres, exactly (international yard and pound agreement, 1959).
pub const MILE_M: f64 = 1609.344;

/// One lap of a standard track in metres, measured 0.30 m from the kerb.
pub const LAP_M: f64 = 400.0;

/// Whether people read distances and paces in miles or kilometres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitSystem {
    /// Miles, and minutes per mile.
    #[default]
    Miles,
    /// Kilometres, and minutes per kilometre.
    Kilometres,
}

impl UnitSystem {
    /// The length of one unit in metres.
    pub fn unit_m(self) -> f64 {
        match self {
            UnitSystem::Miles => MILE_M,
            UnitSystem::Kilometres => 1000.0,
        }
    }

    /// The short name of the unit: `mi` or `km`.
    pub fn symbol(self) -> &'static str {
        match self {
            UnitSystem::Miles => "mi",
            UnitSystem::Kilometres => "km",
        }
    }
}

/// Pace: time per distance. It formats itself as minutes and seconds, `5:20 /mi`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Pace {
    seconds_per_metre: f64,
}

impl Pace {
    /// The pace of covering `distance_m` metres in `time_s` seconds; `None` unless both are positive and finite.
    pub fn over(distance_m: f64, time_s: f64) -> Option<Pace> {
        let seconds_per_metre = time_s / distance_m;
        (distance_m > 0.0 && time_s > 0.0 && seconds_per_metre.is_finite())
            .then_some(Pace { seconds_per_metre })
    }

    /// Seconds for a distance in metres at this pace.
    pub fn seconds_for(self, distance_m: f64) -> f64 {
        self.seconds_per_metre * distance_m
    }

    /// The pace in whole seconds as people read it, such as `5:20 /mi`.
    pub fn display(self, units: UnitSystem) -> String {
        format!("{} /{}", clock(self.seconds_for(units.unit_m())), units.symbol())
    }
}

/// A time as `m:ss`, or `h:mm:ss` from an hour on, rounded to whole seconds.
///
/// ```
/// assert_eq!(fourlap::units::clock(319.6), "5:20");
/// assert_eq!(fourlap::units::clock(3661.0), "1:01:01");
/// ```
pub fn clock(time_s: f64) -> String {
    let whole = time_s.round();
    let (sign, total) = (if whole < 0.0 { "-" } else { "" }, whole.abs() as u64);
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    match hours {
        0 => format!("{sign}{minutes}:{seconds:02}"),
        _ => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A time to the tenth of a second as `m:ss.t`, or `ss.t` below a minute.
///
/// ```
/// assert_eq!(fourlap::units::clock_tenths(319.62), "5:19.6");
/// assert_eq!(fourlap::units::clock_tenths(59.97), "1:00.0");
/// assert_eq!(fourlap::units::clock_tenths(18.3), "18.3");
/// ```
pub fn clock_tenths(time_s: f64) -> String {
    clock_of_tenths(tenths(time_s))
}

/// A best as people read it: to the tenth below ten minutes.
#[cfg(feature = "season")]
pub(crate) fn clock_as_read(time_s: f64) -> String {
    if time_s < 600.0 { clock_tenths(time_s) } else { clock(time_s) }
}

/// A time as people type a goal: to the tenth only where it has one.
pub(crate) fn clock_as_typed(time_s: f64) -> String {
    if tenths(time_s) % 10 == 0 { clock(time_s) } else { clock_tenths(time_s) }
}

/// A time given in whole tenths of a second, see [`clock_tenths`].
pub(crate) fn clock_of_tenths(tenths: i64) -> String {
    let (sign, total) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    let (hours, minutes, seconds, tenth) = (total / 36_000, total / 600 % 60, total / 10 % 60, total % 10);
    match (hours, minutes) {
        (0, 0) => format!("{sign}{seconds}.{tenth}"),
        (0, _) => format!("{sign}{minutes}:{seconds:02}.{tenth}"),
        _ => format!("{sign}{hours}:{minutes:02}:{seconds:02}.{tenth}"),
    }
}

/// A time rounded to whole tenths of a second. Differences of such integers add up exactly.
pub(crate) fn tenths(time_s: f64) -> i64 {
    (time_s * 10.0).round() as i64
}

/// Consecutive times as they are printed, in whole tenths of a second: differences of the rounded moments at
/// which they end, so that printed laps add up to the printed total.
pub(crate) fn printed_tenths(times_s: &[f64]) -> Vec<i64> {
    let (mut elapsed_s, mut printed) = (0.0, 0);
    let print = |time_s: &f64| {
        elapsed_s += time_s;
        let lap = tenths(elapsed_s) - printed;
        printed += lap;
        lap
    };
    times_s.iter().map(print).collect()
}

/// A difference of times to the tenth with its sign: `+1.2`, `-0.4`, `0.0`.
pub(crate) fn signed_tenths(delta_s: f64) -> String {
    match tenths(delta_s) {
        0 => "0.0".into(),
        t => format!("{}{}.{}", if t < 0 { '-' } else { '+' }, t.unsigned_abs() / 10, t.unsigned_abs() % 10),
    }
}

/// A gap between two times in words, without its sign: `12.4 s`, from a minute on `1:02.4`.
pub(crate) fn gap(seconds: f64) -> String {
    gap_of_tenths(tenths(seconds))
}

/// A gap given in whole tenths of a second, see [`gap`].
pub(crate) fn gap_of_tenths(tenths: i64) -> String {
    let gap = clock_of_tenths(tenths.abs());
    if tenths.abs() < 600 { format!("{gap} s") } else { gap }
}

/// Why a text is no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimeError {
    text: String,
    why: &'static str,
}

impl fmt::Display for ParseTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no time: {}", self.text, self.why)
    }
}

impl std::error::Error for ParseTimeError {}

/// Reads a time such as `5:20`, `5:18.4`, `1:02:03` or `57.7` and returns it in seconds.
///
/// # Errors
/// Minutes or seconds of 60 and more behind a colon (`5:75`), signs, spaces inside and anything that is not a
/// decimal number are refused, with what would be right.
///
/// ```
/// assert_eq!(fourlap::units::parse_time("5:18.4"), Ok(318.4));
/// assert_eq!(fourlap::units::parse_time("57.7"), Ok(57.7));
/// assert!(fourlap::units::parse_time("5:75").is_err());
/// ```
pub fn parse_time(text: &str) -> Result<f64, ParseTimeError> {
    let refuse = |why| ParseTimeError { text: text.to_owned(), why };
    let parts: Vec<&str> = text.trim().split(':').collect();
    let (seconds, higher) = parts.split_last().ok_or_else(|| refuse("write it as 5:20 or 5:18.4"))?;
    if higher.len() > 2 {
        return Err(refuse("write it as 5:20 or 1:02:03, with two colons at most"));
    }
    if !seconds.starts_with(|c: char| c.is_ascii_digit()) || seconds.contains(['e', 'E']) {
        return Err(refuse("write it as 5:20 or 5:18.4"));
    }
    let mut total_s: f64 = seconds.parse().map_err(|_| refuse("write it as 5:20 or 5:18.4"))?;
    if !higher.is_empty() && total_s >= 60.0 {
        return Err(refuse("the seconds behind the colon must be below 60"));
    }
    for (place, part) in higher.iter().rev().enumerate() {
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refuse("write it as 5:20 or 5:18.4"));
        }
        let value: u32 = part.parse().map_err(|_| refuse("write it as 5:20 or 5:18.4"))?;
        if place == 0 && higher.len() == 2 && value >= 60 {
            return Err(refuse("the minutes behind the colon must be below 60"));
        }
        total_s += f64::from(value) * if place == 0 { 60.0 } else { 3600.0 };
    }
    Ok(total_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_that_make_no_sense_say_what_would_be_right() {
        for (text, why) in [
            ("5:75", "'5:75' is no time: the seconds behind the colon must be below 60"),
            ("1:75:00", "'1:75:00' is no time: the minutes behind the colon must be below 60"),
            ("fast", "'fast' is no time: write it as 5:20 or 5:18.4"),
            ("", "'' is no time: write it as 5:20 or 5:18.4"),
            ("-5", "'-5' is no time: write it as 5:20 or 5:18.4"),
            ("1e3", "'1e3' is no time: write it as 5:20 or 5:18.4"),
            ("+5:20", "'+5:20' is no time: write it as 5:20 or 5:18.4"),
            ("inf", "'inf' is no time: write it as 5:20 or 5:18.4"),
            ("1:2:3:4", "'1:2:3:4' is no time: write it as 5:20 or 1:02:03, with two colons at most"),
        ] {
            assert_eq!(parse_time(text).unwrap_err().to_string(), why);
        }
    }

    #[test]
    fn times_are_written_as_they_are_read_and_typed() {
        #[cfg(feature = "season")]
        assert_eq!((clock_as_read(319.62), clock_as_read(1117.4)), ("5:19.6".into(), "18:37".into()));
        assert_eq!((clock_as_typed(320.0), clock_as_typed(318.4)), ("5:20".into(), "5:18.4".into()));
        assert_eq!((gap(-12.4), gap(62.4)), ("12.4 s".into(), "1:02.4".into()));
        assert_eq!(printed_tenths(&[80.04, 80.04]), [800, 801]);
    }

    #[test]
    fn rounding_carries_into_the_minute() {
        assert_eq!(clock(59.6), "1:00");
        assert_eq!(clock_tenths(119.96), "2:00.0");
        assert_eq!(clock_tenths(-0.04), "0.0");
        assert_eq!(signed_tenths(-0.26), "-0.3");
        assert_eq!(signed_tenths(0.04), "0.0");
    }

    #[test]
    fn a_pace_is_the_same_in_both_units() {
        let pace = Pace::over(MILE_M, 320.0).unwrap();
        assert_eq!(pace.display(UnitSystem::Miles), "5:20 /mi");
        assert_eq!(pace.display(UnitSystem::Kilometres), "3:19 /km");
        assert_eq!(Pace::over(0.0, 1.0), None);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(tenths in 0u32..360_000) {
            let time_s = f64::from(tenths) / 10.0;
            prop_assert!((parse_time(&clock_tenths(time_s)).unwrap() - time_s).abs() < 1e-9);
        }
    }
}
