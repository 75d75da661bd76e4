//! Arguments that several commands share, and how their values are read.

use std::ops::RangeInclusive;

use clap::ValueEnum;

use super::settings::{InForce, Settings};
use crate::segmenter::LapScheme;
use crate::units::{MILE_M, UnitSystem, clock, parse_time};

/// The lap schemes by their names on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemeArgument {
    /// 409.344 m and 3 x 400 m: the clock is read at a track's finish line
    Line,
    /// 4 x 402.336 m: quarter miles
    Quarters,
    /// 3 x 400 m and 409.344 m: laps counted from the start line
    Start,
    /// 4 x 400 m
    #[value(name = "1600")]
    Metric1600,
}

impl From<SchemeArgument> for LapScheme {
    fn from(scheme: SchemeArgument) -> LapScheme {
        match scheme {
            SchemeArgument::Line => LapScheme::Line,
            SchemeArgument::Quarters => LapScheme::Quarters,
            SchemeArgument::Start => LapScheme::Start,
            SchemeArgument::Metric1600 => LapScheme::Metric1600,
        }
    }
}

/// The distance sources by their names on the command line.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum SourceArgument {
    /// The best that the file offers
    #[default]
    Auto,
    /// A track's lane that the positions are fitted to
    Oval,
    /// The device's own distance
    Recorded,
    /// The positions, smoothed
    Gps,
}

/// The sports in which a mile can be looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SportArgument {
    /// Running, and what names no sport
    #[default]
    #[value(alias = "run")]
    Running,
    /// Every sport
    Any,
}

/// Miles or kilometres.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum UnitsArgument {
    #[default]
    Mi,
    Km,
}

impl UnitsArgument {
    /// The units in force: those of the option, else of the configuration.
    pub(super) fn in_force(option: Option<UnitsArgument>, settings: &Settings) -> UnitSystem {
        InForce::of(option, settings.units).value.unwrap_or_default().into()
    }
}

impl From<UnitsArgument> for UnitSystem {
    fn from(units: UnitsArgument) -> UnitSystem {
        match units {
            UnitsArgument::Mi => UnitSystem::Miles,
            UnitsArgument::Km => UnitSystem::Kilometres,
        }
    }
}

/// The charts by their names on the command line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum KindArgument {
    /// Pace over the mile with laps, goal and heart rate
    #[default]
    Pacing,
    /// Four bars against the goal's line, and the last lap's hundreds
    Laps,
    /// Seconds ahead of the goal's plan or of even pace, or behind
    Delta,
    /// The laps beside those of world records
    Shape,
    /// The mile from above, coloured by pace
    Track,
    /// The whole recording with the mile marked
    Run,
    /// Heart rate with zones
    Hr,
    /// A card to share: time, laps, grade, shape
    Card,
    /// All of them, into a folder
    All,
}

/// What a picture is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MediumArgument {
    /// A screen
    #[default]
    Screen,
    /// A phone, upright
    Phone,
    /// Paper, in greys
    Print,
    /// A dark screen
    Dark,
}

/// Text, or JSON for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TextFormat {
    #[default]
    Text,
    Json,
}

/// The fastest goal that is believed, in seconds: the world record is 3:43.13.
const FASTEST_GOAL_S: f64 = 210.0;
/// The slowest goal that is believed, in seconds: a mile walked at leisure.
const SLOWEST_GOAL_S: f64 = 2400.0;

/// Reads the time of a mile, such as its goal, in seconds.
pub(super) fn goal(text: &str) -> Result<f64, String> {
    let goal_s = parse_time(text).map_err(|error| error.to_string())?;
    told_apart(text, goal_s, FASTEST_GOAL_S..=SLOWEST_GOAL_S)?;
    a_mile(goal_s).map_err(|why| format!("{why}; write five minutes twenty as 5:20"))?;
    Ok(goal_s)
}

/// Refuses a whole number such as 520 where it may have been meant as 5:20: nobody would see that it was taken for
/// seconds. A number with a decimal point, 318.4, can only be seconds.
pub(super) fn told_apart(text: &str, time_s: f64, plausible_s: RangeInclusive<f64>) -> Result<(), String> {
    let text = text.trim();
    if !matches!(text.len(), 3 | 4) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    let (minutes, seconds) = text.split_at(text.len() - 2);
    let as_clock = format!("{minutes}:{seconds}");
    match parse_time(&as_clock) {
        Ok(meant_s) if plausible_s.contains(&meant_s) => {
            Err(format!("write {as_clock}, or {} if you mean {text} seconds", clock(time_s)))
        }
        _ => Ok(()),
    }
}

/// Whether a time in seconds is one that a mile can take.
pub(super) fn a_mile(time_s: f64) -> Result<(), String> {
    if (FASTEST_GOAL_S..=SLOWEST_GOAL_S).contains(&time_s) {
        return Ok(());
    }
    Err(format!("a mile takes from {} to {}", clock(FASTEST_GOAL_S), clock(SLOWEST_GOAL_S)))
}

/// Reads a length with its unit, such as 400m, 1km or 1mi, in metres.
pub(super) fn length(text: &str) -> Result<f64, String> {
    let units = [("km", 1000.0), ("mi", MILE_M), ("m", 1.0)];
    let metres = units.into_iter().find_map(|(unit, metres)| {
        let number: f64 = text.trim().strip_suffix(unit)?.trim().parse().ok()?;
        Some(number * metres)
    });
    let metres = metres.filter(|metres| (50.0..=100_000.0).contains(metres));
    metres.ok_or_else(|| "write the length with its unit, such as 400m, 1km or 1mi, and at least 50m".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_that_makes_no_sense_says_what_would() {
        assert_eq!(goal("5:20"), Ok(320.0));
        assert!(goal("0:30").unwrap_err().starts_with("a mile takes from 3:30 to 40:00"));
        assert!(goal("5:75").unwrap_err().contains("below 60"));
    }

    #[test]
    fn a_whole_number_that_looks_like_minutes_and_seconds_is_asked_about() {
        assert_eq!(goal("520").unwrap_err(), "write 5:20, or 8:40 if you mean 520 seconds");
        assert_eq!(goal("1030").unwrap_err(), "write 10:30, or 17:10 if you mean 1030 seconds");
        // 3:20 is faster than anybody, 3:80 is no time, and a decimal point makes seconds of it.
        assert_eq!([goal("320"), goal("380"), goal("318.4")], [Ok(320.0), Ok(380.0), Ok(318.4)]);
    }
}
