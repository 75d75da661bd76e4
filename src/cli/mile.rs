//! The arguments that say which mile is wanted, and how it is measured.

use clap::Args;

use super::arguments::{SchemeArgument, SourceArgument, SportArgument, goal};
use crate::analysis::Options;
use crate::segmenter::{DistanceSource, MileStart, SegmentOptions};
use crate::units::parse_time;

/// How a mile is measured.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mile")]
pub(super) struct MeasureArguments {
    /// Which distance to measure by
    #[arg(long, value_enum, default_value_t, value_name = "SOURCE", hide_short_help = true)]
    distance_source: SourceArgument,
    /// Lane that was run in [default: inferred]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=9), hide_short_help = true)]
    lane: Option<u8>,
    /// Length of a lap in lane 1, in metres [default: 400 if the positions fit]
    #[arg(long, value_name = "M", value_parser = track_length, hide_short_help = true)]
    track_length: Option<f64>,
    /// In which sports to look for a mile
    #[arg(
        long,
        value_enum,
        default_value_t,
        ignore_case = true,
        value_name = "SPORT",
        hide_short_help = true
    )]
    sport: SportArgument,
    /// Refuse files that need a repair
    #[arg(long, hide_short_help = true)]
    pub(super) strict: bool,
}

impl MeasureArguments {
    fn options(&self, scheme: Option<SchemeArgument>) -> Options {
        let segment = SegmentOptions {
            scheme: scheme.map(Into::into),
            distance_source: match self.distance_source {
                SourceArgument::Auto => None,
                SourceArgument::Oval => Some(DistanceSource::Oval),
                SourceArgument::Recorded => Some(DistanceSource::Recorded),
                SourceArgument::Gps => Some(DistanceSource::Gps),
            },
            lane: self.lane,
            track_length_m: self.track_length,
            ..SegmentOptions::default()
        };
        Options { segment, any_sport: self.sport == SportArgument::Any, ..Options::default() }
    }
}

/// Which mile of a recording is wanted, and how it is measured.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mile")]
pub(super) struct MileArguments {
    /// Take the mile that begins at this time of the recording, such as 23:45
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = moment, conflicts_with = "laps")]
    at: Option<f64>,
    /// Take the mile in these laps of the device, such as 3-6
    ///
    /// It is the fastest mile in them, or the one that begins with them where they are no longer than a mile.
    #[arg(long, value_name = "N-M", value_parser = laps)]
    laps: Option<Laps>,
    /// Official time of the mile; the distance is scaled to it
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = goal, hide_short_help = true)]
    official: Option<f64>,
    #[command(flatten)]
    pub(super) measure: MeasureArguments,
}

impl MileArguments {
    /// The options, for laps that are cut by `scheme`.
    pub(super) fn options(&self, scheme: Option<SchemeArgument>) -> Options {
        chosen(&self.measure.options(scheme), self.at, self.laps, self.official)
    }
}

/// Which mile of each of two recordings is wanted, and how both are measured.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mile")]
pub(super) struct TwoMilesArguments {
    /// Take the miles that begin at these times of A and B, such as 23:45,18:20
    ///
    /// Either may be left out: 23:45, chooses in A alone, and ,18:20 in B.
    #[arg(long, value_name = "A,B", allow_hyphen_values = true, value_parser = two(moment))]
    at: Option<Two<f64>>,
    /// Take the miles in these laps of A and B, such as 3-6,1-4
    ///
    /// Either may be left out: 3-6, chooses in A alone, and ,1-4 in B. A and B may be the same file.
    #[arg(long, value_name = "A,B", value_parser = two(laps), conflicts_with = "at")]
    laps: Option<Two<Laps>>,
    /// Official times of A and B, such as 5:19.5,5:31; their distances are scaled to them
    ///
    /// Either may be left out: 5:19.5, is that of A alone, and ,5:31 that of B.
    #[arg(long, value_name = "A,B", allow_hyphen_values = true, value_parser = two(goal), hide_short_help = true)]
    official: Option<Two<f64>>,
    #[command(flatten)]
    pub(super) measure: MeasureArguments,
}

impl TwoMilesArguments {
    /// The options for A and those for B.
    pub(super) fn options(&self, scheme: Option<SchemeArgument>) -> [Options; 2] {
        let both = self.measure.options(scheme);
        let (at, laps, official) =
            (self.at.unwrap_or_default(), self.laps.unwrap_or_default(), self.official.unwrap_or_default());
        [chosen(&both, at.a, laps.a, official.a), chosen(&both, at.b, laps.b, official.b)]
    }
}

fn chosen(measured: &Options, at: Option<f64>, laps: Option<Laps>, official_s: Option<f64>) -> Options {
    let start = at.map(MileStart::At).or(laps.map(|(first, last)| MileStart::Laps(first, last)));
    let segment = SegmentOptions { start, official_s, ..measured.segment };
    Options { segment, ..measured.clone() }
}

/// The first and the last of the device's laps, counted from 1.
type Laps = (usize, usize);

/// A value for mile A and one for mile B.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Two<T> {
    a: Option<T>,
    b: Option<T>,
}

impl<T> Default for Two<T> {
    fn default() -> Self {
        Two { a: None, b: None }
    }
}

/// A reader of two values between which a comma stands.
fn two<T>(read: fn(&str) -> Result<T, String>) -> impl Fn(&str) -> Result<Two<T>, String> + Clone {
    move |text| {
        let Some((a, b)) = text.split_once(',') else {
            return Err(format!(
                "two miles are compared: write {text},{text} for both, {text}, for A or ,{text} for B"
            ));
        };
        let one = |text: &str| if text.trim().is_empty() { Ok(None) } else { read(text.trim()).map(Some) };
        Ok(Two { a: one(a)?, b: one(b)? })
    }
}

/// Reads a moment of the recording in seconds.
fn moment(text: &str) -> Result<f64, String> {
    parse_time(text).map_err(|error| error.to_string())
}

/// Reads the length of a lap in metres.
fn track_length(text: &str) -> Result<f64, String> {
    let length_m = text.parse().ok().filter(|m| (150.0..=500.0).contains(m));
    length_m.ok_or_else(|| "a lap of a track is from 150 to 500 m long; write it as 400".into())
}

/// Reads a range of the device's laps, both included and counted from 1.
fn laps(text: &str) -> Result<Laps, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if 1 <= first && first <= last => Ok((first, last)),
        _ => Err("write the laps as 3-6, counted from 1".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_each_or_for_one_of_them() {
        let read = two(laps);
        assert_eq!(read("3-6,1-4"), Ok(Two { a: Some((3, 6)), b: Some((1, 4)) }));
        assert_eq!(read("3-6, "), Ok(Two { a: Some((3, 6)), b: None }));
        assert_eq!(read(",2"), Ok(Two { a: None, b: Some((2, 2)) }));
        assert_eq!(
            read("3-6").unwrap_err(),
            "two miles are compared: write 3-6,3-6 for both, 3-6, for A or ,3-6 for B"
        );
        assert_eq!(read("3-6,x").unwrap_err(), "write the laps as 3-6, counted from 1");
    }
}
