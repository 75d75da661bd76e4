//! The way through segmenter and analyzer: an activity goes in, everything known about its mile comes out.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use crate::activity::{Activity, Format, Lap, Sport};
use crate::analyzer::around::{self, Around};
use crate::analyzer::body::{self, Body};
use crate::analyzer::grade::{self, Graded, PacingGrade};
use crate::analyzer::spread::TimingErrors;
use crate::analyzer::standing::{self, Standing};
use crate::analyzer::{Athlete, course, eligibility};
use crate::notice::Notice;
use crate::segmenter::efforts::{self, Effort};
use crate::segmenter::window::{self, Window};
use crate::segmenter::{DistanceSource, DistanceTrack, LapScheme, MileProfile, TimedMile, race};
use crate::units::MILE_M;

/// What the caller wants to know, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// A goal for the mile in seconds; with one, every mile is graded.
    pub goal_s: Option<f64>,
    /// How the mile is cut into laps; by default `line` on a track and `quarters` elsewhere.
    pub scheme: Option<LapScheme>,
    /// Which distance to use; by default the best that the file offers.
    pub distance_source: Option<DistanceSource>,
    /// Whether miles are sought in other sports than running too.
    pub any_sport: bool,
    /// What is known of the runner.
    pub athlete: Athlete,
}

/// Everything found in one activity. It serialises to the documented JSON (`docs/schema`).
#[derive(Debug, Clone, Serialize)]
pub struct Analysis {
    /// What kind of recording it was.
    pub activity: Summary,
    /// The plain fastest windows over the device's distance and over the positions, before any judgement.
    pub candidates: Vec<Candidate>,
    /// The considered answer; `None` where the recording holds no mile.
    pub best_mile: Option<BestMile>,
    /// Why there is no mile, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_mile_reason: Option<String>,
    /// Faster windows that rest on a fault, each with its reason.
    pub rejected: Vec<Rejected>,
    /// The best efforts at the usual distances.
    pub efforts: Vec<Effort>,
    /// The pacing grade; `None` where the mile was no effort.
    pub grade: Option<PacingGrade>,
    /// Why there is no grade, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade_reason: Option<String>,
    /// Heart rate and cadence over the four laps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// What surrounded the mile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub around: Option<Around>,
    /// Where the mile stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// What was odd or repaired.
    pub notices: Vec<Notice>,
    /// The course of the graded mile, for drawing.
    #[serde(skip)]
    pub profile: Option<MileProfile>,
}

/// What a recording was.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// The file's format.
    pub format: Format,
    /// The sport's lower-case word.
    pub sport: String,
    /// The device's finer word for the sport.
    pub sub_sport: Option<String>,
    /// The name its owner gave it.
    pub name: Option<String>,
    /// The device or program that wrote it.
    pub device: Option<String>,
    /// When the first sample was taken.
    pub start: Option<Timestamp>,
    /// Local time minus UTC in seconds, where the file tells.
    pub utc_offset_s: Option<i32>,
    /// Duration from first to last sample in seconds.
    pub elapsed_s: f64,
    /// Duration by the device's timer in seconds.
    pub timer_s: Option<f64>,
    /// Distance as the device summed it, in metres.
    pub distance_m: Option<f64>,
    /// Records or trackpoints read, before any repair.
    pub samples: usize,
    /// The device's laps.
    pub laps: Vec<Lap>,
}

/// A plain fastest window, before any guard or smoothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Candidate {
    /// The distance it was measured by.
    pub distance_source: DistanceSource,
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
}

/// A window that was faster than the answer but not believed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rejected {
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
    /// Why it was not believed, in one sentence.
    pub reason: String,
}

/// The best mile of a recording: the fastest window, and the race where one is found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BestMile {
    /// The fastest window of exactly a mile.
    #[serde(flatten)]
    pub window: TimedMile,
    /// Its end in elapsed seconds since the first sample.
    pub end_s: f64,
    /// The distance it was measured by.
    pub distance_source: DistanceSource,
    /// How the laps are cut.
    pub scheme: LapScheme,
    /// Whether the answer can be trusted.
    pub verdict: Verdict,
    /// Its duration by the device's timer in seconds, pauses left out.
    pub timer_s: f64,
    /// The same mile from its standing start, as an official clock would show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub race: Option<TimedMile>,
}

impl BestMile {
    /// The mile that is graded and shown first: the race where there is one, otherwise the fastest window.
    pub fn headline(&self) -> (&TimedMile, Graded) {
        match &self.race {
            Some(race) => (race, Graded::Race),
            None => (&self.window, Graded::Window),
        }
    }
}

/// Whether a mile can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It rests on sound data.
    Clean,
    /// It rests on a repair or an implausible speed, and there is no clean one.
    Suspect,
}

/// Finds and judges the best mile of an activity. Pure: no clock, no files, no environment.
pub fn analyze(activity: &Activity, options: &Options) -> Analysis {
    let recorded = DistanceTrack::recorded(&activity.samples);
    let gps = DistanceTrack::gps(&activity.samples);
    let mut analysis = Analysis::without_mile(activity, &[&recorded, &gps]);
    if let Some(reason) = unfit_sport(&activity.sport, options) {
        analysis.no_mile_reason = Some(reason);
        return analysis;
    }
    if activity.sport == Sport::Unknown && !options.any_sport {
        let message = "the file names no sport, so it was taken for running";
        analysis.notices.push(Notice::new("sport-unknown", 1, message));
    }
    let track = match options.distance_source {
        Some(DistanceSource::Recorded) => recorded,
        Some(DistanceSource::Gps) => gps,
        _ => recorded.or(gps),
    };
    let Some(track) = track else {
        analysis.no_mile_reason = Some(why_no_distance(activity, options));
        return analysis;
    };
    let Some(fastest) = window::fastest(&track, MILE_M) else {
        analysis.no_mile_reason = Some(too_short(&track));
        return analysis;
    };
    analysis.efforts = efforts::best_efforts(&track);
    analysis.judge(activity, options, &track, fastest);
    analysis
}

impl Analysis {
    fn without_mile(activity: &Activity, tracks: &[&Option<DistanceTrack>]) -> Analysis {
        Analysis {
            activity: Summary::of(activity),
            candidates: tracks.iter().copied().flatten().filter_map(Candidate::of).collect(),
            best_mile: None,
            no_mile_reason: None,
            rejected: Vec::new(),
            efforts: Vec::new(),
            grade: None,
            grade_reason: None,
            body: None,
            around: None,
            standing: None,
            notices: activity.notices.clone(),
            profile: None,
        }
    }

    /// Fills in the mile, its grade and its standing.
    fn judge(&mut self, activity: &Activity, options: &Options, track: &DistanceTrack, fastest: Window) {
        let on_track = activity.sub_sport.as_deref() == Some("track");
        let scheme = options.scheme.unwrap_or(if on_track { LapScheme::Line } else { LapScheme::Quarters });
        let read = |window| TimedMile::read(track, window, scheme, &activity.samples);
        let race_window = race::from_standing_start(track, fastest);
        let best = BestMile {
            window: read(fastest),
            end_s: fastest.end_s,
            distance_source: track.source(),
            scheme,
            verdict: Verdict::Clean,
            timer_s: activity.timer_between_s(fastest.start_s, fastest.end_s),
            race: race_window.map(read),
        };
        let (headline, graded) = best.headline();
        let shown = Window { start_s: headline.start_s, end_s: headline.end_s() };
        self.grade_reason = match options.goal_s {
            Some(_) => None,
            None => eligibility::why_not_graded(activity, track, shown, race_window.is_some()),
        };
        if self.grade_reason.is_none() {
            let errors = TimingErrors::of(headline);
            self.grade = Some(grade::grade(&grade::paced(headline), options.goal_s, graded, errors.as_ref()));
        }
        self.body = body::body(activity, track, headline, &options.athlete);
        self.around = Some(around::around(track, shown, self.grade.is_some()));
        let course = course::course(activity, shown, on_track || track.source() == DistanceSource::Oval);
        let day = self.activity.local_day();
        self.standing = Some(standing::standing(headline.time_s, &options.athlete, day, course));
        self.profile = Some(MileProfile::of(activity, track, shown));
        self.best_mile = Some(best);
    }
}

impl Summary {
    /// What an activity was.
    pub fn of(activity: &Activity) -> Summary {
        Summary {
            format: activity.format,
            sport: activity.sport.as_str().to_owned(),
            sub_sport: activity.sub_sport.clone(),
            name: activity.name.clone(),
            device: activity.device.clone(),
            start: activity.start,
            utc_offset_s: activity.utc_offset_s,
            elapsed_s: activity.elapsed_s(),
            timer_s: activity.timer_s,
            distance_m: activity.distance_m,
            samples: activity.records,
            laps: activity.laps.clone(),
        }
    }
}

impl Summary {
    /// The day on which it was run, in local time where the offset is known.
    fn local_day(&self) -> Option<Date> {
        let offset = self.utc_offset_s.and_then(|seconds| Offset::from_seconds(seconds).ok());
        self.start.map(|start| offset.unwrap_or(Offset::UTC).to_datetime(start).date())
    }
}

impl Candidate {
    fn of(track: &DistanceTrack) -> Option<Candidate> {
        let window = window::fastest(track, MILE_M)?;
        Some(Candidate { distance_source: track.source(), time_s: window.time_s(), start_s: window.start_s })
    }
}

fn unfit_sport(sport: &Sport, options: &Options) -> Option<String> {
    match sport {
        Sport::Other(name) if !options.any_sport => {
            Some(format!("the sport is {name}, not running; --sport any looks for a mile all the same"))
        }
        _ => None,
    }
}

fn why_no_distance(activity: &Activity, options: &Options) -> String {
    if activity.records == 0 {
        return "it holds no samples".into();
    }
    if activity.samples.is_empty() {
        return format!(
            "none of its {} points has a time; it is a route, or the app left the times out",
            activity.records
        );
    }
    match options.distance_source {
        Some(source) => format!("it has no distance of the source '{source}'; try --distance-source auto"),
        None => format!("none of its {} samples has a position or a distance", activity.records),
    }
}

fn too_short(track: &DistanceTrack) -> String {
    let total_m = track.total_m();
    format!("{total_m:.0} m were recorded, {:.0} m short of a mile", (MILE_M - total_m).max(1.0))
}
