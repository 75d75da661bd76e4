//! The model that every room shares: one recording with its samples, laps and pauses.

use std::fmt;

use jiff::Timestamp;

use crate::notice::Notice;

/// Before July 1998 no watch recorded: a FIT time before it counts from when the device was switched on, and other
/// formats show 1970 where a clock was never set. In seconds since 1970.
pub(crate) const EARLIEST_S: i64 = 899_500_000;

/// What stands in place of a date that is not that of the run.
pub(crate) const DATE_NOT_KNOWN: &str = "date not known";

/// Whether a start can be the date of a run, and not that of a clock that was never set.
pub(crate) fn is_date_known(start: Timestamp) -> bool {
    start.as_second() >= EARLIEST_S
}

/// One recording of one sport, as a device wrote it and the parser repaired it.
///
/// All times are elapsed seconds since the first timed sample, so pauses count. A value that the device did
/// not record is `None` or an absent column, never 0, -1 or NaN.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Activity {
    /// The format of the file it came from.
    pub format: Format,
    /// The sport.
    pub sport: Sport,
    /// The device's finer word for the sport, such as `track`, `treadmill` or `trail`.
    pub sub_sport: Option<String>,
    /// The name its owner or the app gave it.
    pub name: Option<String>,
    /// Maker and model of the device, or the program that wrote the file.
    pub device: Option<String>,
    /// When the first timed sample was taken.
    pub start: Option<Timestamp>,
    /// Local time minus UTC at the start, in seconds, where the file tells.
    pub utc_offset_s: Option<i32>,
    /// How many FIT records or GPX and TCX trackpoints the file holds, before any repair.
    pub records: usize,
    /// The duration by the device's own timer, in seconds, pauses not counted.
    pub timer_s: Option<f64>,
    /// The distance as the device summed it, in metres.
    pub distance_m: Option<f64>,
    /// The rows, as columns.
    pub samples: Samples,
    /// The intervals the device marked, in order of time.
    pub laps: Vec<Lap>,
    /// The stretches in which the timer was stopped or the recording broken off, in order of time.
    pub pauses: Vec<Pause>,
    /// What was odd or repaired.
    pub notices: Vec<Notice>,
}

impl Activity {
    /// An activity of which no more is known than its samples; the rest is there to be filled in.
    ///
    /// # Example
    /// ```
    /// use fourlap::activity::{Activity, Format, Samples, Sport};
    ///
    /// let samples = Samples::of_distance((0..400).map(|second| (f64::from(second), 5.0 * f64::from(second))));
    /// let run = Activity::new(Format::Fit, Sport::Running, samples);
    /// let mile = fourlap::analyze(&run, &fourlap::Options::default()).best_mile.expect("two kilometres hold one");
    /// assert!((mile.window.time_s - 1609.344 / 5.0).abs() < 0.01);
    /// ```
    pub fn new(format: Format, sport: Sport, samples: Samples) -> Activity {
        Activity {
            format,
            sport,
            sub_sport: None,
            name: None,
            device: None,
            start: None,
            utc_offset_s: None,
            records: samples.len(),
            timer_s: None,
            distance_m: None,
            samples,
            laps: Vec::new(),
            pauses: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Duration from the first to the last timed sample, in seconds; 0 without samples.
    pub fn elapsed_s(&self) -> f64 {
        self.samples.elapsed_s.last().copied().unwrap_or(0.0)
    }

    /// Seconds between two elapsed times during which the timer ran, that is without the pauses.
    pub fn timer_between_s(&self, from_s: f64, to_s: f64) -> f64 {
        let paused: f64 =
            self.pauses.iter().map(|p| (p.end_s.min(to_s) - p.start_s.max(from_s)).max(0.0)).sum();
        to_s - from_s - paused
    }
}

/// The file format an activity was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Format {
    /// Garmin's Flexible and Interoperable Data Transfer, a binary format.
    Fit,
    /// GPS Exchange Format 1.0 or 1.1.
    Gpx,
    /// Garmin's Training Center XML.
    Tcx,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Fit => "FIT",
            Format::Gpx => "GPX",
            Format::Tcx => "TCX",
        })
    }
}

/// The sport of an activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sport {
    /// Running of every kind: road, track, trail, treadmill.
    Running,
    /// Another sport, in the file's own lower-case word, such as `cycling`.
    Other(String),
    /// The file does not say.
    #[default]
    Unknown,
}

impl Sport {
    /// The lower-case word for the sport: `running`, `cycling`, `unknown`.
    pub fn as_str(&self) -> &str {
        match self {
            Sport::Running => "running",
            Sport::Other(name) => name,
            Sport::Unknown => "unknown",
        }
    }

    /// Whether its cadence counts the steps of both legs. Files count one leg, as they do the turns of a
    /// crank; what does not say its sport is taken for running.
    pub fn counts_both_legs(&self) -> bool {
        matches!(self, Sport::Running | Sport::Unknown)
    }
}

/// The rows of a recording as columns of equal length, in order of time, no two at the same time.
///
/// A column is `None` where the recording has no such value at all.
///
/// # Units
/// Seconds, degrees (WGS84), metres, metres per second, beats per minute, steps per minute (both legs; for
/// other sports revolutions per minute), watts, degrees Celsius.
#[derive(Debug, Clone, Default)]
pub struct Samples {
    /// Seconds since the first sample, strictly increasing, the first 0.
    pub elapsed_s: Vec<f64>,
    /// WGS84 latitude in degrees, from -90 to 90.
    pub lat_deg: Option<Column<f64>>,
    /// WGS84 longitude in degrees, from -180 to 180; present exactly where the latitude is.
    pub lon_deg: Option<Column<f64>>,
    /// The device's own distance since its start, in metres.
    pub distance_m: Option<Column<f64>>,
    /// The device's own speed in metres per second.
    pub speed_mps: Option<Column<f32>>,
    /// Altitude above sea level in metres.
    pub altitude_m: Option<Column<f32>>,
    /// Heart rate in beats per minute.
    pub heart_rate_bpm: Option<Column<f32>>,
    /// Cadence in steps per minute.
    pub cadence_spm: Option<Column<f32>>,
    /// Power in watts.
    pub power_w: Option<Column<f32>>,
    /// Air temperature in degrees Celsius.
    pub temperature_c: Option<Column<f32>>,
}

impl Samples {
    /// Samples of (elapsed seconds, metres since the start), in order of time.
    pub fn of_distance(rows: impl IntoIterator<Item = (f64, f64)>) -> Samples {
        let (elapsed_s, distance_m): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        Samples {
            elapsed_s,
            distance_m: Some(distance_m.into_iter().map(Some).collect()),
            ..Samples::default()
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.elapsed_s.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.elapsed_s.is_empty()
    }

    /// Latitude and longitude of a row in degrees, where it has a position.
    pub fn position_deg(&self, row: usize) -> Option<(f64, f64)> {
        Some((self.lat_deg.as_ref()?.get(row)?, self.lon_deg.as_ref()?.get(row)?))
    }
}

/// A column of optional numbers.
///
/// Stored without a tag beside each value (8 bytes for an `f64`, 4 for an `f32`); a missing value is `None`
/// to every reader.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column<T>(Vec<T>);

/// A number that a [`Column`] can hold: `f32` or `f64`.
pub trait Number: Copy + Into<f64> {
    /// The value that stands for a missing one inside a column.
    #[doc(hidden)]
    const MISSING: Self;

    /// Whether it is that value.
    #[doc(hidden)]
    #[inline]
    fn is_missing(self) -> bool {
        self.into().is_nan()
    }
}

impl Number for f64 {
    const MISSING: f64 = f64::NAN;
}

impl Number for f32 {
    const MISSING: f32 = f32::NAN;
}

impl<T: Number> Column<T> {
    /// A column of these values; NaN stands for a missing one, and so does every value that is not finite.
    pub(crate) fn from_vec(mut values: Vec<T>) -> Self {
        for value in &mut values {
            if !(*value).into().is_finite() {
                *value = T::MISSING;
            }
        }
        Column(values)
    }

    /// Appends a value; one that is not finite counts as missing.
    pub fn push(&mut self, value: Option<T>) {
        self.0.push(value.filter(|&v| v.into().is_finite()).unwrap_or(T::MISSING));
    }

    /// The value of a row; `None` where it is missing or beyond the end.
    pub fn get(&self, row: usize) -> Option<T> {
        self.0.get(row).copied().filter(|&v| !v.into().is_nan())
    }

    /// All values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> + '_ {
        self.0.iter().map(|&v| (!v.into().is_nan()).then_some(v))
    }

    /// How many rows there are, missing values counted.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rows have a value.
    pub fn count(&self) -> usize {
        self.iter().flatten().count()
    }
}

impl<T: Number> FromIterator<Option<T>> for Column<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(values: I) -> Self {
        let mut column = Column(Vec::new());
        values.into_iter().for_each(|value| column.push(value));
        column
    }
}

/// An interval that the device marked.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lap {
    /// Its start in elapsed seconds since the first sample; before the first sample it is negative.
    pub start_s: f64,
    /// Its elapsed duration in seconds.
    pub elapsed_s: Option<f64>,
    /// Its duration by the timer in seconds.
    pub timer_s: Option<f64>,
    /// Its length in metres.
    pub distance_m: Option<f64>,
    /// What ended it.
    pub trigger: Option<LapTrigger>,
}

/// What made the device end a lap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LapTrigger {
    /// The lap button.
    Manual,
    /// A set time was reached.
    Time,
    /// A set distance was reached.
    Distance,
    /// A position was passed.
    Position,
    /// The session ended.
    SessionEnd,
    /// Something else.
    Other,
}

/// A stretch in which the device's timer was stopped, or the recording was broken off.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Pause {
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
    /// Its end in elapsed seconds since the first sample.
    pub end_s: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_never_shows_what_is_not_finite() {
        let column: Column<f64> =
            [Some(1.0), None, Some(f64::NAN), Some(f64::INFINITY)].into_iter().collect();
        assert_eq!(column.iter().collect::<Vec<_>>(), [Some(1.0), None, None, None]);
        assert_eq!((column.get(0), column.get(9), column.count()), (Some(1.0), None, 1));
    }
}
