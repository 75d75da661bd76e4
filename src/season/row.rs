//! One row of the season's table: everything about one activity that a season is read from.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::activity::{Format, Samples};
use crate::analyzer::grade::{GradeKind, Graded};
use crate::season::workout::{Facts, WorkoutClass};
use crate::segmenter::efforts::EFFORTS_M;
use crate::segmenter::{DistanceSource, LapScheme, Verdict};

/// One activity, or one file that gave none.
///
/// What is not known is `None`. A season holds all rows at once, so a row is small: what many lack, or get only at the
/// end, is boxed, and figures that are small are thousandths in single precision, as the table has them. Of a duplicate
/// only the fields up to `utc_offset_s` are filled, so that sums over the table are right; of a file that gave no activity
/// those that say where it came from and what it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeasonRow {
    /// The path as the caller named it, or below a folder that the caller named.
    pub file: String,
    /// The file's name inside an archive.
    pub member: Option<Box<str>>,
    /// The number of the session inside a recording that holds several, from 1.
    pub session: Option<usize>,
    /// Whose it is: the folder of a squad.
    pub athlete: Option<Box<str>>,
    /// What became of it.
    pub status: Status,
    /// Why it is not analysed, in one sentence.
    pub reason: Option<Box<str>>,
    /// The file, member and session of the better copy, as [`SeasonRow::place`] names them.
    pub duplicate_of: Option<Box<str>>,
    /// The file's format.
    pub format: Option<Format>,
    /// The sport's lower-case word; `unknown` counts as running.
    pub sport: Option<Box<str>>,
    /// The device's finer word for the sport.
    pub sub_sport: Option<Box<str>>,
    /// The name its owner gave it.
    pub name: Option<Box<str>>,
    /// Maker and model of the device, or the program that wrote the file.
    pub device: Option<Box<str>>,
    /// When the first sample was taken.
    pub start: Option<Timestamp>,
    /// Local time minus UTC in seconds, where the file tells.
    pub utc_offset_s: Option<i32>,
    /// What was recorded in all.
    pub totals: Totals,
    /// The best mile: the race where one was found, otherwise the fastest window.
    pub mile: Option<MileRow>,
    /// Why there is no mile, in one sentence.
    pub no_mile_reason: Option<Box<str>>,
    /// How that mile was paced.
    pub grade: Option<Box<GradeRow>>,
    /// Why there is no grade, in one sentence.
    pub grade_reason: Option<Box<str>>,
    /// The best efforts at [`EFFORTS_M`], in that order.
    pub efforts: [Option<EffortRow>; EFFORTS_M.len()],
    /// What kind of training it was.
    pub workout: Option<Box<WorkoutRow>>,
    /// What that rests on until the whole season is read and it is judged; no column.
    pub facts: Option<Box<Facts>>,
    /// Length and hash of the file's bytes, decompressed; no column, but what tells copies of a file.
    pub content: Option<(usize, u64)>,
    /// The codes of the notices and how often each was met.
    pub notices: Vec<(&'static str, usize)>,
}

/// What became of a file or of one activity in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// It is an activity and was read and analysed.
    Analysed,
    /// It is an activity of which a better copy is in the table.
    Duplicate,
    /// It is a sound file but no recording: a picture, settings, a route.
    NotActivity,
    /// It could not be read.
    #[default]
    Failed,
}

impl Status {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Analysed => "analysed",
            Status::Duplicate => "duplicate",
            Status::NotActivity => "not_activity",
            Status::Failed => "failed",
        }
    }
}

/// What a device recorded beside the time: a set of the words in [`Recorded::WORDS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recorded(u8);

impl Recorded {
    /// What can be recorded, in the table's words and order.
    pub const WORDS: [&str; 8] =
        ["position", "distance", "speed", "altitude", "heart_rate", "cadence", "power", "temperature"];

    /// What these samples hold.
    pub fn of(samples: &Samples) -> Recorded {
        let present = [
            samples.lat_deg.is_some(),
            samples.distance_m.is_some(),
            samples.speed_mps.is_some(),
            samples.altitude_m.is_some(),
            samples.heart_rate_bpm.is_some(),
            samples.cadence_spm.is_some(),
            samples.power_w.is_some(),
            samples.temperature_c.is_some(),
        ];
        Recorded(present.iter().rev().fold(0, |set, &present| set << 1 | u8::from(present)))
    }

    /// Its words, in the order of [`Recorded::WORDS`].
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        Recorded::WORDS
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 >> bit & 1 == 1)
            .map(|(_, word)| word)
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }
}

/// What was recorded in all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Totals {
    /// Samples kept.
    pub samples: usize,
    /// What was recorded beside the time.
    pub columns: Recorded,
    /// The distance in metres: the device's sum, otherwise that along its samples.
    pub distance_m: Option<f64>,
    /// From first to last sample in seconds; without samples the device's timer.
    pub elapsed_s: Option<f64>,
    /// By the device's timer, in seconds.
    pub timer_s: Option<f64>,
    /// Seconds in which the runner moved.
    pub moving_s: Option<f64>,
    /// Metres climbed.
    pub ascent_m: Option<f64>,
    /// Metres descended.
    pub descent_m: Option<f64>,
    /// Mean heart rate over time, in beats per minute.
    pub heart_rate_mean_bpm: Option<f32>,
    /// Highest heart rate in beats per minute.
    pub heart_rate_max_bpm: Option<f32>,
    /// Mean cadence over the time it was above 0, in steps per minute (other sports: revolutions).
    pub cadence_mean_spm: Option<f32>,
}

/// The best mile of an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct MileRow {
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Half width in seconds of the 90 % interval of the time.
    pub uncertainty_s: Option<f32>,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
    /// Whether it is a race from a standing start or the fastest window.
    pub of: Graded,
    /// The distance it was measured by.
    pub source: DistanceSource,
    /// How its laps are cut.
    pub scheme: LapScheme,
    /// Whether it can be trusted.
    pub verdict: Verdict,
    /// Why it is suspect, in one sentence.
    pub verdict_reason: Option<Box<str>>,
    /// Seconds inside it in which the device's timer stood.
    pub stopped_s: f32,
    /// Its four laps.
    pub laps: [Option<LapRow>; 4],
    /// VDOT by Daniels and Gilbert, in ml/kg/min.
    pub vdot: Option<f32>,
    /// The age grade in per cent.
    pub age_grade_pct: Option<f32>,
    /// Start minus finish of its course, in metres.
    pub net_drop_m: Option<f32>,
}

/// One of the four laps of a mile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LapRow {
    /// Its length in metres.
    pub length_m: f32,
    /// Its elapsed time in seconds.
    pub time_s: f32,
    /// Half width in seconds of the 90 % interval of the time.
    pub uncertainty_s: Option<f32>,
    /// Its time for 400 m of its own length, in seconds.
    pub per_400m_s: f32,
    /// Its mean heart rate in beats per minute.
    pub heart_rate_bpm: Option<f32>,
    /// Its mean cadence in steps per minute.
    pub cadence_spm: Option<f32>,
}

/// How a mile was paced.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeRow {
    /// From 0 to 100.
    pub score: f64,
    /// The 5th percentile of the score under the uncertainty of the times.
    pub low: Option<f32>,
    /// The 95th percentile.
    pub high: Option<f32>,
    /// A from 90, B from 75, C from 60, D from 45, F below.
    pub letter: char,
    /// Against a goal or against the mile's own mean pace.
    pub kind: GradeKind,
    /// The goal in seconds.
    pub goal_s: Option<f64>,
    /// The score against the mile's own mean pace.
    pub pattern_score: f64,
    /// Whether it was a sit and kick.
    pub tactical: bool,
    /// The points of the rubric's eight parts, in the order of [`PARTS`](super::columns::PARTS).
    pub points: [Option<f32>; 8],
    /// The identifiers of the parts that the times are too uncertain to decide.
    pub undecided: Vec<&'static str>,
}

/// A best effort at one distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffortRow {
    /// Its elapsed time in seconds.
    pub time_s: f32,
    /// Half width in seconds of the 90 % interval of the time.
    pub uncertainty_s: Option<f32>,
    /// Its start in elapsed seconds since the first sample, to the hundredth after the first hours.
    pub start_s: f32,
}

/// What kind of training an activity was, and what tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkoutRow {
    /// The class.
    pub class: WorkoutClass,
    /// What it was told by, in one sentence.
    pub evidence: String,
    /// Repetitions found.
    pub reps: Option<u32>,
    /// Their mean length in metres.
    pub rep_mean_m: Option<f32>,
    /// Their mean time in seconds.
    pub rep_mean_s: Option<f32>,
    /// Their mean pace, in seconds for 400 m.
    pub rep_per_400m_s: Option<f32>,
    /// The mean rest between them in seconds.
    pub rest_mean_s: Option<f32>,
    /// The standard deviation of their pace over its mean, in per cent.
    pub rep_spread_pct: Option<f32>,
    /// The share of the distance that was run fast, from 0 to 1.
    pub fast_share: Option<f32>,
    /// Seconds of running before the work.
    pub warm_up_s: Option<f32>,
    /// Strides found.
    pub strides: Option<u32>,
    /// Seconds of easy running after the work.
    pub cool_down_s: Option<f32>,
}

impl SeasonRow {
    /// The day on which it began, in local time where the offset is known, otherwise in UTC.
    pub fn local_date(&self) -> Option<Date> {
        let offset = self.utc_offset_s.and_then(|seconds| Offset::from_seconds(seconds).ok());
        self.start.map(|start| offset.unwrap_or(Offset::UTC).to_datetime(start).date())
    }

    /// Where it came from, in one text: `export.zip: activities/1.fit (session 2)`.
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        if let Some(member) = &self.member {
            place = format!("{place}: {member}");
        }
        match self.session {
            Some(session) => format!("{place} (session {session})"),
            None => place,
        }
    }

    /// Whether it counts in the season: analysed, and no copy of another.
    pub fn counts(&self) -> bool {
        self.status == Status::Analysed
    }

    /// Whether it is running; what does not say its sport is taken for it.
    pub fn is_running(&self) -> bool {
        matches!(self.sport.as_deref(), Some("running" | "unknown"))
    }

    /// The best effort at a distance of [`EFFORTS_M`].
    pub fn effort(&self, distance_m: f64) -> Option<&EffortRow> {
        let index = EFFORTS_M.iter().position(|&known_m| known_m == distance_m)?;
        self.efforts[index].as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Column;
    use jiff::civil::date;

    #[test]
    fn what_was_recorded_is_told_in_the_tables_words() {
        let samples = Samples {
            lat_deg: Some(Column::from_vec(vec![])),
            power_w: Some(Column::from_vec(vec![])),
            ..Samples::default()
        };
        let recorded = Recorded::of(&samples);
        assert_eq!(recorded.words().collect::<Vec<_>>(), ["position", "power"]);
        assert_eq!((recorded.count(), Recorded::default().count()), (2, 0));
    }

    #[test]
    fn a_row_is_small() {
        // A season of thousands holds them all.
        assert!(size_of::<SeasonRow>() <= 1100, "{}", size_of::<SeasonRow>());
    }

    #[test]
    fn the_day_is_the_runners_own() {
        let start = "2026-03-01T23:30:00Z".parse().ok();
        let mut row = SeasonRow { start, ..SeasonRow::default() };
        assert_eq!(row.local_date(), Some(date(2026, 3, 1)));
        row.utc_offset_s = Some(3600);
        assert_eq!(row.local_date(), Some(date(2026, 3, 2)));
    }

    #[test]
    fn a_place_names_file_member_and_session() {
        let mut row = SeasonRow { file: "a.zip".into(), ..SeasonRow::default() };
        assert_eq!(row.place(), "a.zip");
        row.member = Some("b.fit".into());
        row.session = Some(2);
        assert_eq!(row.place(), "a.zip: b.fit (session 2)");
    }
}
