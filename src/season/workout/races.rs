//! Whether a continuous run was a race or a time trial over a usual distance.

use super::blocks::Block;
use super::context::Context;
use super::facts::Facts;
use super::words::{kilometres, percent};
use crate::analyzer::equivalents::time_of_vdot_s;
use crate::units::{MILE_M, clock};

/// Usual distances in metres, and what they are called.
const DISTANCES: [(f64, &str); 11] = [
    (800.0, "800 m"),
    (1000.0, "1000 m"),
    (1500.0, "1500 m"),
    (MILE_M, "a mile"),
    (3000.0, "3000 m"),
    (2.0 * MILE_M, "two miles"),
    (5000.0, "5 km"),
    (10_000.0, "10 km"),
    (15_000.0, "15 km"),
    (21_097.5, "a half marathon"),
    (42_195.0, "a marathon"),
];
/// A measured race may come out this much short or long.
const LENGTH: std::ops::RangeInclusive<f64> = 0.985..=1.035;
/// A race is run at this share of the speed that the season's best promises.
const RACE_SHARE: f64 = 0.95;
/// Where its name says so, this much will do.
const NAMED_SHARE: f64 = 0.85;
/// Where the heart says so, this much.
const HEART_SHARE: f64 = 0.9;
/// Whoever holds this share of the maximal heart rate for five minutes and more is racing.
const RACE_HEART: f64 = 0.915;
/// See [`RACE_HEART`], in seconds.
const RACE_HEART_S: f64 = 300.0;
/// Words in the name that its owner gives to a race.
const NAMES: [&str; 6] = ["race", "parkrun", "time trial", "timetrial", "competition", "championship"];

/// A continuous run of a race's length near the season's best, or one that its name or the heart rate calls a race.
pub(super) fn race(facts: &Facts, context: &Context) -> Option<String> {
    let block = facts.block.filter(|block| !facts.is_one_of_many(block.window, block.distance_m))?;
    by_speed(&block, context)
        .or_else(|| by_heart_rate(&block, context))
        .or_else(|| by_name(facts, &block, context))
}

/// The speed of a block over that which the season's best VDOT promises for its length.
fn speed_share(block: &Block, context: &Context) -> Option<f64> {
    Some(time_of_vdot_s(context.vdot?, block.distance_m) / block.window.time_s())
}

fn by_speed(block: &Block, context: &Context) -> Option<String> {
    let (_, name) =
        DISTANCES.into_iter().find(|(length_m, _)| LENGTH.contains(&(block.distance_m / length_m)))?;
    let share = speed_share(block, context).filter(|&share| share >= RACE_SHARE)?;
    Some(format!(
        "{name} without a stop in {}, at {} of the speed that the season's best promises.",
        clock(block.window.time_s()),
        percent(share)
    ))
    .map(super::words::sentence)
}

fn by_heart_rate(block: &Block, context: &Context) -> Option<String> {
    let heart = context.heart_share(block.heart_rate_bpm)?;
    let fast = speed_share(block, context).is_none_or(|share| share >= HEART_SHARE);
    (block.window.time_s() >= RACE_HEART_S && heart >= RACE_HEART && fast).then(|| {
        format!(
            "{} in {} without a stop, at {} of the maximal heart rate.",
            kilometres(block.distance_m),
            clock(block.window.time_s()),
            percent(heart)
        )
    })
}

fn by_name(facts: &Facts, block: &Block, context: &Context) -> Option<String> {
    let name = facts.name.as_deref()?.to_lowercase();
    let word = NAMES.into_iter().find(|word| {
        name.split(|c: char| !c.is_alphanumeric() && c != ' ')
            .any(|part| format!(" {} ", part.trim()).contains(&format!(" {word} ")))
    })?;
    let fast = speed_share(block, context).is_none_or(|share| share >= NAMED_SHARE);
    (block.distance_m >= 780.0 && fast).then(|| {
        format!(
            "Its name says {word}: {} in {} without a stop.",
            kilometres(block.distance_m),
            clock(block.window.time_s())
        )
    })
}
