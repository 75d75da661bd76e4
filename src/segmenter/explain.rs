//! How the answer came about, in words: what was taken out, which distance won and why, and where both ends lie.

use super::answer::{BestMile, Candidate};
use super::distance::DistanceSource;
use super::finish::Finish;
use super::guard::{Reason, Repair};
use super::oval::Oval;
use super::prepare::Prepared;
use super::window::Window;
use crate::activity::Activity;
use crate::notice::Notice;
use crate::units::{clock, clock_tenths};

/// Sentences that explain an answer, in the order of the work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation(pub Vec<String>);

impl Repair {
    /// The time that it concerns.
    pub(super) fn window(&self) -> Window {
        Window { start_s: self.start_s, end_s: self.end_s }
    }

    /// What was wrong and what was done, in one sentence.
    pub(super) fn sentence(&self) -> String {
        let at = clock(self.start_s);
        match self.reason {
            Reason::Jump => {
                if self.count == 1 {
                    return format!("1 position at {at} lay far from the way and was left out");
                }
                format!("{} positions from {at} on lay far from the way and were left out", self.count)
            }
            Reason::Leap => format!("the positions leap at {at} and never come back"),
            Reason::Vehicle => {
                format!(
                    "from {at} to {} it moves faster than anyone runs, as in a vehicle",
                    clock(self.end_s)
                )
            }
            Reason::Gap => {
                format!("from {at} to {} nothing was recorded, but the place changed", clock(self.end_s))
            }
            Reason::Speed => format!("{} speeds from {at} on are faster than anyone runs", self.count),
        }
    }

    /// Whether no mile may touch it.
    pub(super) fn is_wall(&self) -> bool {
        matches!(self.reason, Reason::Leap | Reason::Vehicle | Reason::Gap)
    }

    fn code(&self) -> &'static str {
        match self.reason {
            Reason::Jump => "gps-jump",
            Reason::Leap => "gps-leap",
            Reason::Vehicle => "vehicle",
            Reason::Gap => "recording-gap",
            Reason::Speed => "impossible-speed",
        }
    }
}

/// A lane less probable than this is said to be in doubt.
const SURE_OF_LANE: f64 = 0.8;

/// What was repaired or is in doubt; repairs of one kind are counted together.
pub(super) fn notices(prepared: &Prepared) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    for repair in &prepared.repairs {
        match notices.iter_mut().find(|notice| notice.code == repair.code()) {
            Some(notice) => notice.count += repair.count,
            None => notices.push(Notice::new(repair.code(), repair.count, repair.sentence())),
        }
    }
    if let Some(oval) = &prepared.oval {
        match oval.lap.lane {
            Some(lane) if oval.lap.probability < SURE_OF_LANE => {
                let message = format!(
                    "lane {lane} is most probable ({:.0} %), but not sure; --lane states it",
                    100.0 * oval.lap.probability
                );
                notices.push(Notice::new("lane-in-doubt", 1, message));
            }
            None => {
                let message = format!(
                    "a lap of {:.1} m fits no lane of a 400 m track; --track-length states it",
                    oval.lap.length_m
                );
                notices.push(Notice::new("track-not-standard", 1, message));
            }
            Some(_) => {}
        }
    }
    let contradicted = prepared.oval.as_ref().and_then(contradiction);
    notices.extend(contradicted.map(|message| Notice::new("track-contradicted", 1, message)));
    notices.extend(prepared.finish.as_ref().and_then(finish_notice));
    match &prepared.pressed {
        Some(pressed) => {
            let message = format!(
                "{} laps pressed by hand were taken for {:.0} m each, and the device's distance was scaled by {:+.1} %",
                pressed.laps,
                pressed.lap_m,
                100.0 * (pressed.scale - 1.0)
            );
            notices.push(Notice::new("laps-by-hand", pressed.laps, message));
        }
        None if prepared.recorded_only => {
            let message = "measured by the device's own distance, which no position can check";
            notices.push(Notice::new("device-distance-only", 1, message));
        }
        None => {}
    }
    notices
}

/// A stated lap further than this share from the fitted one is contradicted by the positions.
const CONTRADICTED_SHARE: f64 = 0.04;

/// That the lap that was stated is not the one that was run.
pub(super) fn contradiction(oval: &Oval) -> Option<String> {
    let (stated_m, fitted_m) = (oval.lap.length_m, oval.fitted.lap_length_m());
    let apart = (stated_m / fitted_m - 1.0).abs() > CONTRADICTED_SHARE;
    apart.then(|| format!("a lap of {stated_m:.1} m was stated, but the positions show {fitted_m:.1} m"))
}

/// The whole story of an answer.
pub(super) fn explain(
    activity: &Activity,
    prepared: &Prepared,
    best: &BestMile,
    candidates: &[Candidate],
) -> Explanation {
    let mut sentences: Vec<String> = prepared.repairs.iter().map(Repair::sentence).collect();
    if sentences.is_empty() {
        sentences.push("no position or speed had to be left out".into());
    }
    sentences.push(track_sentence(prepared));
    sentences.extend(prepared.oval.as_ref().and_then(lanes_sentence));
    sentences.push(format!(
        "the noise of the positions is {:.1} m, forgotten after about {:.0} s, as estimated from this recording",
        prepared.noise.sigma_m, prepared.noise.tau_s
    ));
    if prepared.presses > 0 {
        sentences.push(format!(
            "{} presses of the lap button near a line were used as evidence",
            prepared.presses
        ));
    }
    sentences.push(source_sentence(best, candidates));
    let (start_s, end_s) = (best.window.start_s, best.window.end_s());
    sentences.push(format!("the fastest window begins {}", between_samples(activity, start_s)));
    sentences.push(format!("and ends {}", between_samples(activity, end_s)));
    match &best.race {
        Some(race) => sentences.push(format!(
            "the runner stood before it: the race begins at {}, {:.1} s before the window",
            clock_tenths(race.start_s),
            best.window.start_s - race.start_s
        )),
        None => sentences.push(no_start(activity, start_s)),
    }
    sentences.extend(prepared.finish.as_ref().map(finish_sentence));
    sentences.extend(best.verdict_reason.iter().map(|reason| format!("suspect: {reason}")));
    Explanation(sentences)
}

/// Why there is no standing start: no rest, or one that the recording does not show.
fn no_start(activity: &Activity, start_s: f64) -> String {
    /// So long without samples is a watch that stood.
    const STOOD_S: f64 = 30.0;
    /// So soon after it the mile begins.
    const SOON_S: f64 = 20.0;
    let stood = activity
        .samples
        .elapsed_s
        .windows(2)
        .rfind(|pair| pair[1] <= start_s + 1.0 && pair[1] - pair[0] > STOOD_S);
    match stood.filter(|pair| start_s - pair[1] < SOON_S) {
        Some(pair) => format!(
            "the recording stood for {} until {}, just before it; whether the runner rested or walked is not in it, so \
             there is no standing start to measure from",
            clock(pair[1] - pair[0]),
            clock(pair[1])
        ),
        None => "no rest just before it, so there is no standing start to measure from".into(),
    }
}

/// A smaller correction than this share is not worth a number.
const SEEN_SCALE: f64 = 0.000_5;

/// A correction of this share or more is worth a notice.
const TOLD_SCALE: f64 = 0.005;

fn finish_notice(finish: &Finish) -> Option<Notice> {
    let told = (finish.scale - 1.0).abs() >= TOLD_SCALE;
    told.then(|| Notice::new("length-by-stop", 1, finish_sentence(finish)))
}

/// What the stop after the race did to the measured length.
fn finish_sentence(finish: &Finish) -> String {
    let stop = clock_tenths(finish.to_s);
    let off = finish.scale - 1.0;
    if off.abs() < SEEN_SCALE {
        return format!("the runner stopped at {stop}, which agrees with the length as measured");
    }
    format!(
        "the runner slowed down suddenly at {stop}: a race that ends so is most probably a mile, so its measured \
         length was corrected by {:+.2} %",
        100.0 * off
    )
}

fn track_sentence(prepared: &Prepared) -> String {
    let Some(oval) = &prepared.oval else {
        return "no laps of a track were found".into();
    };
    let lane = match oval.lap.lane {
        Some(lane) => format!("lane {lane} ({:.0} %)", 100.0 * oval.lap.probability),
        None => "no standard lane".into(),
    };
    format!(
        "{:.1} laps of a track: straights of {:.1} m, bends of radius {:.1} m, a fitted lap of {:.1} m, so {lane} \
         with {:.2} m a lap; positions scatter by {:.2} m across the line",
        oval.laps,
        oval.fitted.straight_m,
        oval.fitted.radius_m,
        oval.fitted.lap_length_m(),
        oval.lap.length_m,
        oval.scatter_m
    )
}

/// Where the runner changed lanes, how far.
fn lanes_sentence(oval: &Oval) -> Option<String> {
    let (changes, inmost, outmost) = oval.lane_changes();
    let far = |lanes: i32, way: &str| match lanes {
        0 => None,
        1 => Some(format!("1 lane further {way}")),
        lanes => Some(format!("up to {lanes} lanes further {way}")),
    };
    let parts: Vec<String> = [far(-inmost, "in"), far(outmost, "out")].into_iter().flatten().collect();
    let times = if changes == 1 { "once".into() } else { format!("{changes} times") };
    (changes > 0).then(|| format!("the lane changed {times}; parts were run {}", parts.join(" and ")))
}

fn source_sentence(best: &BestMile, candidates: &[Candidate]) -> String {
    let why = match best.distance_source {
        DistanceSource::Oval => "the mile was run on the track, so it is measured along the lane's line",
        DistanceSource::Recorded => "there are too few positions, so the device's distance is used",
        DistanceSource::Gps => {
            "the mile was not run on a track, so it is measured along the smoothed positions"
        }
    };
    let plain: Vec<String> = candidates
        .iter()
        .map(|candidate| format!("{} by {}", clock_tenths(candidate.time_s), candidate.distance_source))
        .collect();
    match plain.as_slice() {
        [] => why.into(),
        plain => format!("{why}; without any correction it would be {}", plain.join(" and ")),
    }
}

/// Between which samples a moment lies: `at 23:45.3, 0.3 of the way from sample 1425 to 1426`.
fn between_samples(activity: &Activity, at_s: f64) -> String {
    let times_s = &activity.samples.elapsed_s;
    let after = times_s.partition_point(|&t| t < at_s);
    let at = clock_tenths(at_s);
    match (after.checked_sub(1), times_s.get(after)) {
        (Some(before), Some(&to_s)) if to_s > at_s => {
            let part = (at_s - times_s[before]) / (to_s - times_s[before]);
            format!("at {at}, {part:.2} of the way from sample {} to {}", before + 1, after + 1)
        }
        _ => format!("at {at}, on sample {}", after + 1),
    }
}
