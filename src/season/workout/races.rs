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
/// A race is run at this share of the speed that the season's other efforts promise.
const RACE_SHARE: f64 = 0.95;
/// Where its name says so, this much will do.
const NAMED_SHARE: f64 = 0.85;
/// Where the heart says so, this much.
const HEART_SHARE: f64 = 0.9;
/// Whoever holds this share of the maximal heart rate for five minutes and more is racing.
const RACE_HEART: f64 = 0.915;
/// See [`RACE_HEART`], in seconds.
const RACE_HEART_S: f64 = 300.0;
/// Below this share of the maximal heart rate running is easy by the coach's range, and no race.
const EASY_HEART: f64 = 0.81;
/// So many times the usual speed is clearly hard.
const HARD: f64 = 1.12;
/// Where the name or the heart says so, this much.
const FASTER: f64 = 1.05;
/// Words in the name that its owner gives to a race.
const NAMES: [&str; 6] = ["race", "parkrun", "time trial", "timetrial", "competition", "championship"];
/// Beside one of these a name speaks of a race that this run was not.
const NOT_THIS: [&str; 28] = [
    "no",
    "not",
    "non",
    "without",
    "instead",
    "missed",
    "pre",
    "post",
    "after",
    "before",
    "tomorrow",
    "yesterday",
    "pace",
    "paced",
    "course",
    "prep",
    "practice",
    "week",
    "easy",
    "recovery",
    "shakeout",
    "shake",
    "jog",
    "jogging",
    "strides",
    "warmup",
    "warm",
    "cooldown",
];

/// A continuous run of a race's length at the speed of a race, or one that the heart rate calls a race; a name says
/// so only together with another sign.
pub(super) fn race(facts: &Facts, context: &Context) -> Option<String> {
    let block = continuous(facts)?;
    if is_easy(&block, context) {
        return None;
    }
    by_speed(&block, context)
        .or_else(|| by_heart_rate(&block, context))
        .or_else(|| by_name(facts, &block, context))
}

/// Whether a run was clearly hard, so that it promises something for other distances: a mile by itself, a high heart
/// rate, or a speed far above the usual.
pub(super) fn is_effort(facts: &Facts, context: &Context) -> bool {
    if facts.holds_a_fast_mile() {
        return true;
    }
    let Some(block) = continuous(facts).filter(|block| block.window.time_s() >= RACE_HEART_S) else {
        return false;
    };
    let usual = usual_share(&block, context);
    // The highest heart rate of easy runs is no maximum.
    let faster = context.max_heart_rate_given || usual.is_some_and(|usual| usual >= FASTER);
    let racing = faster && context.heart_share(block.heart_rate_bpm).is_some_and(|heart| heart >= RACE_HEART);
    racing || (!is_easy(&block, context) && usual.is_some_and(|usual| usual >= HARD))
}

/// The longest stretch without a stop, where it is no repetition.
fn continuous(facts: &Facts) -> Option<Block> {
    facts.block.filter(|block| !facts.is_one_of_many(block.window, block.distance_m))
}

fn is_easy(block: &Block, context: &Context) -> bool {
    context.heart_share(block.heart_rate_bpm).is_some_and(|heart| heart < EASY_HEART)
}

/// The speed of a block over that which the season's other efforts promise for its length.
fn speed_share(block: &Block, context: &Context) -> Option<f64> {
    Some(time_of_vdot_s(context.promise_vdot?, block.distance_m) / block.window.time_s())
}

/// The speed of a block over the runner's usual one.
fn usual_share(block: &Block, context: &Context) -> Option<f64> {
    Some(block.distance_m / block.window.time_s() / context.usual_mps?)
}

/// What people call a race of this length.
fn distance(block: &Block) -> Option<&'static str> {
    DISTANCES
        .into_iter()
        .find(|(length_m, _)| LENGTH.contains(&(block.distance_m / length_m)))
        .map(|(_, name)| name)
}

fn by_speed(block: &Block, context: &Context) -> Option<String> {
    let name = distance(block)?;
    let share = speed_share(block, context).filter(|&share| share >= RACE_SHARE)?;
    Some(format!(
        "{name} without a stop in {}, at {} of the speed that the season's other efforts promise.",
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
    let word = facts.race_word?;
    // Without a promise and a heart rate it must have a race's length, and be faster than what is run every day.
    let hard = match (speed_share(block, context), context.heart_share(block.heart_rate_bpm)) {
        (Some(share), _) => share >= NAMED_SHARE,
        (None, Some(_)) => true,
        (None, None) => {
            distance(block).is_some() && usual_share(block, context).is_none_or(|usual| usual >= FASTER)
        }
    };
    (block.distance_m >= 780.0 && hard).then(|| {
        format!(
            "Its name says {word}: {} in {} without a stop.",
            kilometres(block.distance_m),
            clock(block.window.time_s())
        )
    })
}

/// The word by which a name calls this run a race.
pub(super) fn race_word(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| NOT_THIS.contains(word)) {
        return None;
    }
    let name = format!(" {} ", words.join(" "));
    NAMES.into_iter().find(|word| name.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_speaks_of_another_race_says_nothing() {
        for name in [
            "No race today, easy",
            "Pre-race shakeout",
            "Day after race jog",
            "Race pace strides",
            "Horse race course",
            "Graceland trace",
        ] {
            assert_eq!(race_word(name), None, "{name}");
        }
        assert_eq!(race_word("Saturday parkrun #12"), Some("parkrun"));
        assert_eq!(race_word("Mile time-trial"), Some("time trial"));
    }
}
