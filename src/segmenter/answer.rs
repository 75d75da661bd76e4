//! What the segmenter is asked, and what it answers.

use super::distance::{DistanceSource, DistanceTrack};
use super::efforts::Effort;
use super::explain::Explanation;
use super::mile::TimedMile;
use super::scheme::LapScheme;
use super::trace::MileTrace;
use super::window::Window;
use crate::activity::Activity;
use crate::notice::Notice;

/// Which mile is sought, and by what it is measured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct SegmentOptions {
    /// How the mile is cut into laps; by default `line` on a track and `quarters` elsewhere.
    pub scheme: Option<LapScheme>,
    /// Which distance to use; by default the one that is most probably true.
    pub distance_source: Option<DistanceSource>,
    /// The lane that was run in, from 1; by default it is inferred.
    pub lane: Option<u8>,
    /// The length in metres of a lap in lane 1; by default 400 where the fit allows it.
    pub track_length_m: Option<f64>,
    /// Where the mile begins; by default the fastest one is sought.
    pub start: Option<MileStart>,
    /// The official time of the mile in seconds, to which the distance is scaled.
    pub official_s: Option<f64>,
}

/// How much of an analysis is worked out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// Everything, with what reports say around the mile and what pictures draw.
    #[default]
    Full,
    /// What a table of many activities holds: the mile, its grade, its standing and the best efforts, each the same as
    /// in full. What only reports and pictures show stays empty.
    Figures,
}

/// Where a chosen mile begins.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum MileStart {
    /// At a time in elapsed seconds since the first sample.
    At(f64),
    /// With the first of some of the device's laps, first and last, counted from 1; where these are longer than a mile
    /// together, it is the fastest in them.
    Laps(usize, usize),
}

impl MileStart {
    /// Where the mile is sought, in elapsed seconds; without an end where only its start is known, and `None` where
    /// there are no such laps.
    pub fn span(self, activity: &Activity) -> Option<Window> {
        match self {
            MileStart::At(start_s) => Some(Window { start_s, end_s: f64::INFINITY }),
            MileStart::Laps(first, last) => {
                let lap = |number: usize| activity.laps.get(number.checked_sub(1)?);
                let (first, last) = (lap(first)?, lap(last)?);
                let end_s = last.elapsed_s.map_or(f64::INFINITY, |elapsed_s| last.start_s + elapsed_s);
                Some(Window { start_s: first.start_s.max(0.0), end_s })
            }
        }
    }
}

/// What the segmenter found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Segmentation {
    /// The plain fastest windows, before any judgement.
    pub candidates: Vec<Candidate>,
    /// The considered distance over time.
    pub track: Option<DistanceTrack>,
    /// The considered answer.
    pub best: Option<BestMile>,
    /// Faster windows that rest on a fault.
    pub rejected: Vec<Rejected>,
    /// A run a little short of a mile.
    pub near_mile: Option<NearMile>,
    /// The track that the positions were fitted to.
    pub oval: Option<OvalFit>,
    /// The best efforts at the usual distances.
    pub efforts: Vec<Effort>,
    /// The stretches in a vehicle: faster than anyone runs.
    pub vehicles: Vec<Window>,
    /// What was repaired or is in doubt.
    pub notices: Vec<Notice>,
    /// How the answer came about.
    pub explanation: Explanation,
    /// The mile on the ground, for drawing.
    pub trace: Option<MileTrace>,
}

/// A plain fastest window, before any guard or smoothing.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Candidate {
    /// The distance it was measured by.
    pub distance_source: DistanceSource,
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
}

/// The best mile of a recording: the fastest window, and the race where one is found.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BestMile {
    /// The fastest window of exactly a mile.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub window: TimedMile,
    /// Its end in elapsed seconds since the first sample.
    pub end_s: f64,
    /// The distance it was measured by.
    pub distance_source: DistanceSource,
    /// How the laps are cut.
    pub scheme: LapScheme,
    /// Whether the answer can be trusted.
    pub verdict: Verdict,
    /// Why it is suspect, in one sentence.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub verdict_reason: Option<String>,
    /// Its duration by the device's timer in seconds, pauses left out.
    pub timer_s: f64,
    /// The same mile from its standing start, as an official clock would show it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub race: Option<TimedMile>,
}

/// Whether a mile can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Verdict {
    /// It rests on sound data.
    Clean,
    /// It rests on a repair or an implausible speed, and there is no clean one.
    Suspect,
}

/// A window that was faster than the answer but not believed.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Rejected {
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
    /// Why it was not believed, in one sentence.
    pub reason: String,
}

/// A run less than 2 % short of a mile: the watch was stopped on the line and says 0.99.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct NearMile {
    /// The distance reached in metres.
    pub distance_m: f64,
    /// The time for it in seconds.
    pub time_s: f64,
    /// The time that a whole mile would have taken at the same pace, in seconds.
    pub projected_s: f64,
}

/// The track that the positions were fitted to.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct OvalFit {
    /// The lane, from 1; absent where the lap fits no lane of a 400 m track.
    pub lane: Option<u8>,
    /// How probable that lane is, from 0 to 1.
    pub lane_probability: f64,
    /// The length in metres of a lap as it was run.
    pub lap_length_m: f64,
    /// The length in metres of a lap as the positions alone show it.
    pub fitted_lap_m: f64,
    /// The length of a straight in metres.
    pub straight_m: f64,
    /// The radius in metres of the bends on the runner's line.
    pub radius_m: f64,
    /// The standard deviation in metres of the positions across the line.
    pub scatter_m: f64,
    /// How many laps were run, the last one in part.
    pub laps: f64,
}
