//! The rules by which a run is classed, one function each: the sentence that tells why, or nothing.
//!
//! They are asked in the order of [`RULES`], and the first that answers decides. Limits are the coach's.

use super::class::WorkoutClass;
use super::context::Context;
use super::facts::Facts;
use super::races;
use super::reps::FoundBy;
use super::words::{kilometres, minutes, percent, set_of};
use crate::units::{clock, clock_tenths};

/// A rule: the evidence in a sentence, where the class fits.
type Rule = fn(&Facts, &Context) -> Option<String>;

/// The rules in the order in which they are asked.
pub(super) const RULES: [(WorkoutClass, Rule); 10] = [
    (WorkoutClass::CrossTraining, cross_training),
    (WorkoutClass::Other, without_distance),
    (WorkoutClass::TimeTrial, mile_time_trial),
    (WorkoutClass::TimeTrial, races::race),
    (WorkoutClass::Hills, hills),
    (WorkoutClass::Threshold, threshold),
    (WorkoutClass::Intervals, intervals),
    (WorkoutClass::Strides, strides),
    (WorkoutClass::Long, long),
    (WorkoutClass::Easy, easy),
];

/// A mile trial is one fast stretch of this many metres; the last few are the running out behind the line.
pub(super) const TRIAL_M: std::ops::RangeInclusive<f64> = 1500.0..=1750.0;
/// It is run at this share of the best mile speed of the last year at least, its own day included.
const TRIAL_SHARE: f64 = 0.95;
/// Before it comes at least this much easy running, in seconds.
const TRIAL_EASY_S: f64 = 480.0;
/// A recording that begins so shortly before the mile left the warm-up out, in seconds.
const AT_THE_LINE_S: f64 = 120.0;
/// With no more running around it than this the mile was what the recording was for, in seconds.
const ALONE_S: f64 = 1200.0;
/// Hill repeats climb more than this.
const HILL: f64 = 0.04;
/// A hill repeat lasts no longer, in seconds.
const HILL_S: f64 = 150.0;
/// Threshold running is continuous for this long, in seconds.
const THRESHOLD_S: std::ops::RangeInclusive<f64> = 600.0..=2400.0;
/// Its share of the maximal heart rate.
const THRESHOLD_HEART: std::ops::RangeInclusive<f64> = 0.83..=0.905;
/// Its share of the VO2max, where no heart rate is known.
const THRESHOLD_OXYGEN: std::ops::RangeInclusive<f64> = 0.83..=0.90;
/// A long run lasts at least this long, in seconds ...
const LONG_S: f64 = 3600.0;
/// ... or makes this share of a week ...
const LONG_SHARE: f64 = 0.2;
/// ... of at least so many runs, and is no shorter than this, in seconds.
const LONG_WEEK: (usize, f64) = (4, 2700.0);
/// An easy run stays below this share of the maximal heart rate; the coach's range ends at 81 %.
const EASY_HEART: f64 = 0.83;
/// Without heart rate: below this share of the VO2max.
const EASY_OXYGEN: f64 = 0.78;
/// So far below the best a pace is easy, whatever the heart rate says.
const SURELY_EASY_OXYGEN: f64 = 0.68;
/// Shorter running is no training of its own, in seconds.
const LEAST_RUN_S: f64 = 300.0;

/// Another sport than running.
fn cross_training(facts: &Facts, _: &Context) -> Option<String> {
    (!facts.running).then(|| format!("The sport is {}.", facts.sport.as_str().replace('_', " ")))
}

/// No way over time, such as one position alone: nothing can be said of speed.
fn without_distance(facts: &Facts, _: &Context) -> Option<String> {
    facts.running_s.is_none().then(|| "No way over time was recorded, so its speed is not known.".to_owned())
}

/// One continuous fast stretch of a mile at 95 % of the best mile speed of the last year, after eight easy minutes.
/// The first of a year is the best of it, and so a trial.
fn mile_time_trial(facts: &Facts, context: &Context) -> Option<String> {
    let mile = facts.mile.filter(|mile| mile.stands_out && mile.clean)?;
    let alone = mile.recorded_before_s < AT_THE_LINE_S && facts.running_s? < mile.window.time_s() + ALONE_S;
    let warm = mile.easy_before_s >= TRIAL_EASY_S || alone;
    let share = context.mile_s.map(|best_s| best_s / mile.time_s);
    if facts.is_one_of_many(mile.window, mile.stretch_m) {
        return None;
    }
    if !TRIAL_M.contains(&mile.stretch_m) || !warm || share.is_some_and(|share| share < TRIAL_SHARE) {
        return None;
    }
    let time = clock_tenths(mile.time_s);
    let before = if mile.easy_before_s >= TRIAL_EASY_S {
        format!("after {} of easy running", minutes(mile.easy_before_s))
    } else {
        "from the first minutes of the recording on".to_owned()
    };
    let against = match share {
        Some(share) if share >= 0.9999 => ", the best of the last year".to_owned(),
        Some(share) => format!(", at {} of the best mile speed of the last year", percent(share)),
        None => String::new(),
    };
    Some(format!("One fast stretch of {:.0} m with a mile in {time}, {before}{against}.", mile.stretch_m))
}

/// Short repetitions that climb more than 4 %.
fn hills(facts: &Facts, _: &Context) -> Option<String> {
    let climbs = |reps: &&super::Reps| {
        reps.mean_s() <= HILL_S && reps.gradient().is_some_and(|gradient| gradient > HILL)
    };
    let reps = [&facts.bursts, &facts.reps].into_iter().flatten().find(climbs)?;
    let gradient = reps.gradient()?;
    Some(format!(
        "{} climbs of {} s and {:.0} m on average, up a slope of {}.",
        reps.count(),
        reps.mean_s().round(),
        reps.mean_m(),
        percent(gradient)
    ))
}

/// A continuous stretch of 10 to 40 minutes at 83 to 90 % of the maximal heart rate, or at 83 to 90 % of the VO2max.
fn threshold(facts: &Facts, context: &Context) -> Option<String> {
    let block = facts.block.filter(|block| THRESHOLD_S.contains(&block.window.time_s()))?;
    let speed_mps = block.distance_m / block.window.time_s();
    let oxygen = context.oxygen_share(speed_mps);
    let evidence = match (context.heart_share(block.heart_rate_bpm), oxygen) {
        // A heart rate that the pace belies is a sensor's fault, heat, or a hill.
        (Some(heart), oxygen) if oxygen.is_none_or(|oxygen| oxygen >= 0.75) => {
            THRESHOLD_HEART.contains(&heart).then(|| format!("{} of the maximal heart rate", percent(heart)))
        }
        (None, Some(oxygen)) => THRESHOLD_OXYGEN
            .contains(&oxygen)
            .then(|| format!("{} of the VO2max that the season's best shows", percent(oxygen))),
        _ => None,
    }?;
    let length = minutes(block.window.time_s());
    Some(format!("{length} without a stop, {}, at {evidence}.", kilometres(block.distance_m)))
}

/// Repetitions of half a minute and more with rests between them.
fn intervals(facts: &Facts, _: &Context) -> Option<String> {
    let reps = facts.reps.as_ref()?;
    let by = match reps.found_by {
        FoundBy::Laps => "by the device's laps",
        FoundBy::Speed => "by speed",
    };
    Some(format!(
        "{} at {} for 400 m, rests of {}, pace varied by {:.1} %; found {by}.",
        set_of(reps),
        clock_tenths(reps.per_400m_s()),
        clock(reps.rest_mean_s()),
        reps.spread_pct()
    ))
}

/// An easy run with short fast strides.
fn strides(facts: &Facts, _: &Context) -> Option<String> {
    let bursts = facts.bursts.as_ref()?;
    Some(format!(
        "{} strides of {:.0} s on average, at {} for 400 m.",
        bursts.count(),
        bursts.mean_s(),
        clock_tenths(bursts.per_400m_s())
    ))
}

/// An hour and more and the week's longest run, or a fifth of a week.
fn long(facts: &Facts, context: &Context) -> Option<String> {
    let (running_s, distance_m) = (facts.running_s?, facts.distance_m?);
    if facts.holds_a_fast_mile() {
        return None;
    }
    let run = facts.running()?;
    let Some(week) = context.week else {
        return (running_s >= LONG_S).then(|| format!("{run}."));
    };
    let share = distance_m / week.distance_m.max(distance_m);
    let longest = distance_m >= week.longest_m;
    let (runs, least_s) = LONG_WEEK;
    let long_for_the_week = week.runs >= runs && running_s >= least_s && share >= LONG_SHARE;
    (longest && (running_s >= LONG_S || long_for_the_week)).then(|| {
        if week.runs > 1 {
            format!("{run}: the longest run of its week and {} of it.", percent(share))
        } else {
            format!("{run}.")
        }
    })
}

/// Running at up to 81 % of the maximal heart rate, or at an easy pace for this runner.
fn easy(facts: &Facts, context: &Context) -> Option<String> {
    let running_s = facts.running_s?;
    if running_s < LEAST_RUN_S || facts.holds_a_fast_mile() {
        return None;
    }
    let heart = context.heart_share(facts.heart_rate_bpm);
    let oxygen = facts.running_mps().and_then(|speed_mps| context.oxygen_share(speed_mps));
    let by_oxygen = |share| format!(" at {} of the VO2max that the season's best shows", percent(share));
    let evidence = match (heart, oxygen) {
        (Some(heart), _) if heart <= EASY_HEART => {
            Some(format!(" at {} of the maximal heart rate", percent(heart)))
        }
        // The highest heart rate of a season may be too low a maximum; a pace far below the best tells.
        (Some(_), Some(oxygen)) if !context.max_heart_rate_given => {
            (oxygen <= SURELY_EASY_OXYGEN).then(|| by_oxygen(oxygen))
        }
        (Some(_), _) => None,
        (None, Some(oxygen)) => (oxygen <= EASY_OXYGEN).then(|| by_oxygen(oxygen)),
        (None, None) => Some(", steady; nothing is known that would tell how hard it was".to_owned()),
    }?;
    Some(format!("{}{evidence}.", facts.running()?))
}

/// What is said of running that fits no class.
pub(super) fn unclassed(facts: &Facts, context: &Context) -> String {
    let running_s = facts.running_s.unwrap_or(0.0);
    if running_s < LEAST_RUN_S {
        return format!("Only {} of running: too short to tell.", clock(running_s));
    }
    if let Some(mile) = facts.mile.filter(|_| facts.holds_a_fast_mile()) {
        let behind = context.mile_s.filter(|&best_s| best_s < mile.time_s).map_or(String::new(), |best_s| {
            format!(", {:.0} s behind the best of the last year", mile.time_s - best_s)
        });
        return format!("One fast mile in {}{behind}.", clock_tenths(mile.time_s));
    }
    let run = minutes(running_s);
    match context.heart_share(facts.heart_rate_bpm) {
        Some(heart) => {
            format!("{run} at {} of the maximal heart rate: harder than easy, with no rests.", percent(heart))
        }
        None => format!("{run} faster than easy, with no rests."),
    }
}
