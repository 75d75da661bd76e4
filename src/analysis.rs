//! The way through segmenter and analyzer: an activity goes in, everything known about its mile comes out.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::activity::{Activity, Format, Lap, Sport};
use crate::analyzer::around::{self, Around};
use crate::analyzer::body::{self, Body};
use crate::analyzer::eligibility::Run;
use crate::analyzer::grade::{self, Graded, PacingGrade};
use crate::analyzer::rubric::PacedMile;
use crate::analyzer::spread::TimingErrors;
use crate::analyzer::standing::{self, Standing};
use crate::analyzer::{Athlete, age_grade, course, eligibility};
use crate::notice::Notice;
use crate::segmenter;
use crate::segmenter::efforts::Effort;
use crate::segmenter::every;
use crate::segmenter::explain::Explanation;
use crate::segmenter::{
    BestMile, Candidate, Detail, DistanceSource, DistanceTrack, MileProfile, MileTrace, NearMile, OvalFit,
    Rejected, RunProfile, SegmentOptions, Split, TimedMile, Verdict, Window,
};
use crate::units::{MILE_M, clock, clock_tenths};

/// The code of the notice that a mile was graded only because it was asked for.
pub(crate) const NO_EFFORT: &str = "no-single-effort";

/// What the caller wants to know, and how. Begin with the default, then set what differs.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// A goal for the mile in seconds; with one, every mile is graded.
    pub goal_s: Option<f64>,
    /// Which mile is sought, and by what it is measured.
    pub segment: SegmentOptions,
    /// The length in metres of the parts that the whole run is cut into; by default it is not cut.
    pub every_m: Option<f64>,
    /// Whether miles are sought in other sports than running too.
    pub any_sport: bool,
    /// What is known of the runner.
    pub athlete: Athlete,
    /// How much is worked out. Of figures alone `body`, `around`, `profile`, `run`, `trace` and `explanation` are empty.
    pub detail: Detail,
}

impl Options {
    /// The default with a goal for the mile in seconds.
    pub fn with_goal(goal_s: impl Into<Option<f64>>) -> Options {
        Options { goal_s: goal_s.into(), ..Options::default() }
    }
}

/// Everything found in one activity. With the feature `serde` it serialises to the documented JSON
/// (`docs/schema`).
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Analysis {
    /// What kind of recording it was.
    pub activity: Summary,
    /// The plain fastest windows over the device's distance and over the positions, before any judgement.
    pub candidates: Vec<Candidate>,
    /// The considered answer; `None` where the recording holds no mile.
    pub best_mile: Option<BestMile>,
    /// Why there is no mile, in one sentence.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub no_mile_reason: Option<String>,
    /// Faster windows that rest on a fault, each with its reason.
    pub rejected: Vec<Rejected>,
    /// A run a little short of a mile.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub near_mile: Option<NearMile>,
    /// The track that the positions were fitted to.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub oval: Option<OvalFit>,
    /// The best efforts at the usual distances.
    pub efforts: Vec<Effort>,
    /// The whole run in equal parts, where they were asked for.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub every: Vec<Split>,
    /// The pacing grade; `None` where the mile was no effort.
    pub grade: Option<PacingGrade>,
    /// Why there is no grade, in one sentence.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub grade_reason: Option<String>,
    /// Heart rate and cadence over the four laps.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub body: Option<Body>,
    /// What surrounded the mile.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub around: Option<Around>,
    /// Where the mile stands.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub standing: Option<Standing>,
    /// What was odd or repaired.
    pub notices: Vec<Notice>,
    /// The course of the graded mile, for drawing.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub profile: Option<MileProfile>,
    /// The whole recording, for drawing.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub run: Option<RunProfile>,
    /// The graded mile on the ground, for drawing; `None` where it has no positions.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub trace: Option<MileTrace>,
    /// The considered distance over time, for whoever reads more from it; `None` in other sports and without one.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub track: Option<DistanceTrack>,
    /// The stretches in a vehicle: faster than anyone runs.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub vehicles: Vec<Window>,
    /// How the answer came about, in words.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub explanation: Explanation,
}

/// What a recording was.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
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

impl BestMile {
    /// The mile that is graded and shown first: the race where there is one, otherwise the fastest window.
    pub fn headline(&self) -> (&TimedMile, Graded) {
        match &self.race {
            Some(race) => (race, Graded::Race),
            None => (&self.window, Graded::Window),
        }
    }
}

/// Finds and judges the best mile of an activity. Pure: no clock, no files, no environment.
pub fn analyze(activity: &Activity, options: &Options) -> Analysis {
    if let Some(reason) = unfit_sport(&activity.sport, options) {
        let analysis = Analysis::of(activity, segmenter::segment::candidates(activity));
        return Analysis { no_mile_reason: Some(reason), ..analysis };
    }
    let found = segmenter::segment::segment_in(options.detail, activity, &options.segment);
    let mut analysis = Analysis::of(activity, found.candidates);
    if activity.sport == Sport::Unknown && !options.any_sport {
        let message = "the file names no sport, so it was taken for running";
        analysis.notices.push(Notice::new("sport-unknown", 1, message));
    }
    analysis.notices.extend(found.notices);
    analysis.oval = found.oval;
    analysis.vehicles = found.vehicles;
    analysis.efforts = found.efforts;
    analysis.near_mile = found.near_mile;
    if let (Some(every_m), Some(track)) = (options.every_m, &found.track) {
        analysis.every = every::splits_every(track, every_m, &activity.samples);
    }
    match (found.best, &found.track) {
        (Some(best), Some(track)) => {
            analysis.rejected = found.rejected;
            analysis.explanation = found.explanation;
            analysis.trace = found.trace;
            analysis.judge(activity, options, track, best);
        }
        (_, track) => {
            let reason = why_no_mile(activity, options, track.as_ref());
            analysis.no_mile_reason = Some(match &analysis.near_mile {
                Some(near) => near_mile_reason(near),
                None => reason,
            });
        }
    }
    analysis.track = found.track;
    analysis
}

impl Analysis {
    /// Whether its mile was an effort of its own; one that is graded only because it was asked for is none.
    pub fn holds_an_effort(&self) -> bool {
        self.grade.is_some() && !self.has_notice(NO_EFFORT)
    }

    pub(crate) fn has_notice(&self, code: &str) -> bool {
        self.notices.iter().any(|notice| notice.code == code)
    }

    fn of(activity: &Activity, candidates: Vec<Candidate>) -> Analysis {
        Analysis {
            activity: Summary::of(activity),
            candidates,
            best_mile: None,
            no_mile_reason: None,
            rejected: Vec::new(),
            near_mile: None,
            oval: None,
            efforts: Vec::new(),
            every: Vec::new(),
            grade: None,
            grade_reason: None,
            body: None,
            around: None,
            standing: None,
            notices: activity.notices.clone(),
            profile: None,
            run: None,
            trace: None,
            track: None,
            vehicles: Vec::new(),
            explanation: Explanation::default(),
        }
    }

    /// Fills in the mile, its grade and its standing.
    fn judge(&mut self, activity: &Activity, options: &Options, track: &DistanceTrack, mut best: BestMile) {
        let (headline, graded) = best.headline();
        let shown = Window { start_s: headline.start_s, end_s: headline.end_s() };
        let asked_for = options.goal_s.is_some() || options.segment.start.is_some();
        let run = Run { activity, track, efforts: &self.efforts, vehicles: &self.vehicles };
        let no_effort = eligibility::why_no_effort(run, shown, best.race.is_some());
        let effort = no_effort.is_none();
        if asked_for || effort {
            let errors = TimingErrors::of(headline);
            let paced = PacedMile { raced: graded == Graded::Race && effort, ..grade::paced(headline) };
            let grade = grade::grade(&paced, options.goal_s, graded, errors.as_ref());
            self.grade = Some(match &no_effort {
                Some(why) => grade.without_effort(why),
                None => grade,
            });
        }
        match no_effort {
            Some(why) if asked_for => {
                let message = format!("{why}; it is graded because it was asked for");
                self.notices.push(Notice::new(NO_EFFORT, 1, message));
            }
            why => self.grade_reason = why.map(|why| format!("{why}; --goal grades it all the same")),
        }
        let level = activity.sub_sport.as_deref() == Some("track") || track.source() == DistanceSource::Oval;
        let course = course::course(activity, shown, level);
        let day = self.activity.local_day();
        let standing = standing::standing(headline.time_s, &options.athlete, day, course);
        let timed = (headline.time_s, headline.uncertainty_s);
        let doubt = age_grade::notice(standing.age_grade.as_ref(), timed, &options.athlete, day);
        self.notices.extend(doubt);
        self.standing = Some(standing);
        if options.detail == Detail::Full {
            self.body = body::body(activity, track, headline, &options.athlete, effort);
            self.around = Some(around::around(track, shown, effort));
            self.profile = Some(MileProfile::of(activity, track, shown));
            self.run = Some(RunProfile::of(activity, track));
        }
        // Downhill is no record, and no measure of the runner.
        if let Some(course) = course.filter(|course| course.suspect && best.verdict == Verdict::Clean) {
            best.verdict = Verdict::Suspect;
            best.verdict_reason =
                Some(format!("its course drops {:.0} m from start to finish", course.net_drop_m));
        }
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

fn unfit_sport(sport: &Sport, options: &Options) -> Option<String> {
    match sport {
        Sport::Other(name) if !options.any_sport => {
            // Of one activity among many nothing else can be asked.
            let alone = options.detail == Detail::Full;
            let hint = if alone { "; --sport any looks for a mile all the same" } else { "" };
            Some(format!("the sport is {name}, not running{hint}"))
        }
        _ => None,
    }
}

fn why_no_mile(activity: &Activity, options: &Options, track: Option<&DistanceTrack>) -> String {
    if activity.records == 0 {
        return "it holds no samples".into();
    }
    if activity.samples.is_empty() {
        return format!(
            "none of its {} points has a time; it is a route, or the app left the times out",
            activity.records
        );
    }
    let Some(track) = track else {
        return match options.segment.distance_source {
            Some(source) => {
                format!("it has no distance of the source '{source}'; try --distance-source auto")
            }
            None if activity.records == 1 => "its one sample has neither position nor distance".into(),
            None if activity.samples.lat_deg.is_some() || activity.samples.distance_m.is_some() => {
                format!(
                    "its {} samples hold too few positions or distances at different times",
                    activity.records
                )
            }
            None => format!("none of its {} samples has a position or a distance", activity.records),
        };
    };
    let total_m = track.total_m();
    if let Some(start) = options.segment.start {
        let Some(Window { start_s, .. }) = start.span(activity) else {
            return format!("it has {} laps, and --laps names one beyond them", activity.laps.len());
        };
        if start_s > activity.elapsed_s() {
            let (length, asked) = (clock(activity.elapsed_s()), clock(start_s));
            return format!("the recording is {length} long and ends before {asked}");
        }
        let left_m = total_m - track.distance_at(start_s);
        return format!("only {left_m:.0} m follow after {}", clock(start_s));
    }
    format!("{total_m:.0} m were recorded, {:.0} m short of a mile", short_of_a_mile_m(total_m))
}

/// What is missing to a mile, in whole metres that add up to 1609 with those that are printed.
fn short_of_a_mile_m(recorded_m: f64) -> f64 {
    (MILE_M.round() - recorded_m.round()).max(1.0)
}

/// The watch was stopped a few steps early: what was reached, and what it promises.
fn near_mile_reason(near: &NearMile) -> String {
    format!(
        "{:.0} m were recorded, {:.0} m short of a mile; in {}, so a mile would have been about {}",
        near.distance_m,
        short_of_a_mile_m(near.distance_m),
        clock_tenths(near.time_s),
        clock_tenths(near.projected_s)
    )
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_same_without_what_is_drawn() {
        let activities = crate::parser::read(include_bytes!("../fixtures/track-mile.fit")).unwrap();
        let full = analyze(&activities[0], &Options::with_goal(330.0));
        assert!(full.body.is_some() && full.around.is_some() && full.trace.is_some());
        let asked = Options { detail: Detail::Figures, ..Options::with_goal(330.0) };
        let figures = analyze(&activities[0], &asked);
        assert!(figures.profile.is_none() && figures.run.is_none() && figures.trace.is_none());
        assert_eq!(figures.explanation, Explanation::default());
        let told = |analysis| serde_json::to_value(analysis).unwrap();
        assert_eq!(told(figures), told(Analysis { body: None, around: None, ..full }));
    }
}
