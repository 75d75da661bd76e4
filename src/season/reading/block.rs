//! The training block: the last weeks against what a mile block should hold.

use jiff::ToSpan;
use jiff::civil::Date;

use super::entry::Entry;
use crate::season::calendar::{days_between, full_day};
use crate::season::workout::WorkoutClass;

/// Which weeks make the block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BlockOptions {
    /// How many weeks; by default 8, the middle of the coach's 6 to 10.
    pub weeks: Option<u8>,
    /// The day of the race that it leads to.
    pub race: Option<Date>,
}

impl BlockOptions {
    /// The last day of training: that before the race, otherwise `today`.
    pub(super) fn last_day(self, today: Date) -> Date {
        self.race.map_or(today, |race| race.saturating_sub(1.day()))
    }
}

/// The length of a block in weeks, where none is asked for.
const WEEKS: u8 = 8;

/// What a mile block should hold, in the coach's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockPart {
    /// Easy runs.
    Easy,
    /// Long runs.
    Long,
    /// Interval sessions.
    Intervals,
    /// Strides.
    Strides,
    /// Hill sprints.
    Hills,
    /// Threshold and tempo runs.
    Threshold,
    /// Time trials, races and goal-pace sessions.
    TimeTrial,
    /// Running that fits none of these, such as a fast mile that was no trial; a block need not hold any.
    Other,
    /// Other sports.
    CrossTraining,
    /// Days without any training.
    RestDays,
}

impl BlockPart {
    /// All parts.
    pub const ALL: [BlockPart; 10] = [
        BlockPart::Easy,
        BlockPart::Long,
        BlockPart::Intervals,
        BlockPart::Strides,
        BlockPart::Hills,
        BlockPart::Threshold,
        BlockPart::TimeTrial,
        BlockPart::Other,
        BlockPart::CrossTraining,
        BlockPart::RestDays,
    ];

    /// One of them and several of them: `long run`, `long runs`.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            BlockPart::Easy => ("easy run", "easy runs"),
            BlockPart::Long => ("long run", "long runs"),
            BlockPart::Intervals => ("interval session", "interval sessions"),
            BlockPart::Strides => ("run with strides", "runs with strides"),
            BlockPart::Hills => ("hill session", "hill sessions"),
            BlockPart::Threshold => ("threshold run", "threshold runs"),
            BlockPart::TimeTrial => ("time trial or race", "time trials or races"),
            BlockPart::Other => ("other run", "other runs"),
            BlockPart::CrossTraining => ("cross-training session", "cross-training sessions"),
            BlockPart::RestDays => ("rest day", "rest days"),
        }
    }

    /// The one part that an activity counts for.
    fn of(entry: &Entry) -> BlockPart {
        match entry.class {
            _ if !entry.running => BlockPart::CrossTraining,
            Some(WorkoutClass::Easy) => BlockPart::Easy,
            Some(WorkoutClass::Long) => BlockPart::Long,
            Some(WorkoutClass::Intervals) => BlockPart::Intervals,
            Some(WorkoutClass::Strides) => BlockPart::Strides,
            Some(WorkoutClass::Hills) => BlockPart::Hills,
            Some(WorkoutClass::Threshold) => BlockPart::Threshold,
            Some(WorkoutClass::TimeTrial) => BlockPart::TimeTrial,
            Some(WorkoutClass::Other | WorkoutClass::CrossTraining) | None => BlockPart::Other,
        }
    }
}

/// A training block.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Block {
    /// Its first day.
    pub from: Date,
    /// Its last day that has passed.
    pub to: Date,
    /// The day of the race, where one is given.
    pub race: Option<Date>,
    /// Weeks from its first day to its last, in part too.
    pub weeks: f64,
    /// How often each of [`BlockPart::ALL`] was there; every activity counts once.
    pub counts: [usize; BlockPart::ALL.len()],
    /// Sessions of other kinds that held strides besides.
    pub strides_besides: usize,
    /// Kilometres run in it.
    pub running_km: f64,
    /// The share of them that was run fast, from 0 to 1.
    pub fast_share: f64,
    /// The most days in a row without a run.
    pub longest_gap_days: i64,
    /// The days of the longest gap: the first and the last without a run.
    pub gap: Option<(Date, Date)>,
}

impl Block {
    /// How often a part was there.
    pub fn count(&self, part: BlockPart) -> usize {
        BlockPart::ALL.iter().position(|&known| known == part).map_or(0, |index| self.counts[index])
    }

    /// The parts that are missing altogether.
    pub fn missing(&self) -> Vec<BlockPart> {
        BlockPart::ALL.into_iter().filter(|&part| !self.holds(part)).collect()
    }

    fn holds(&self, part: BlockPart) -> bool {
        let counted = self.count(part) > 0;
        match part {
            // A run with strides is an easy run, and other sessions hold strides, too.
            BlockPart::Easy => counted || self.count(BlockPart::Strides) > 0,
            BlockPart::Strides => counted || self.strides_besides > 0,
            BlockPart::Other => true,
            // Nobody misses a day of rest in a few days.
            BlockPart::RestDays => counted || self.weeks < 1.0,
            _ => counted,
        }
    }
}

/// The block that ends today, or with the race.
///
/// # Errors
/// Where no run lies in it, the sentence that says so.
pub(super) fn block(entries: &[Entry], today: Date, options: BlockOptions) -> Result<Block, String> {
    let weeks = i64::from(options.weeks.unwrap_or(WEEKS).max(1));
    let end = options.last_day(today);
    let begin = end.saturating_sub((7 * weeks - 1).days());
    let to = end.min(today);
    let inside: Vec<&Entry> =
        entries.iter().filter(|entry| entry.day.is_some_and(|day| day >= begin && day <= to)).collect();
    if !inside.iter().any(|entry| entry.running) {
        let span = if weeks == 1 { "week".to_owned() } else { format!("{weeks} weeks") };
        let which = match options.race {
            Some(_) => format!("the {span} before the race"),
            None => format!("the last {span}"),
        };
        let what = if inside.is_empty() { "activity" } else { "run" };
        return Err(format!("No {what} lies in {which}, {} to {}.", full_day(begin), full_day(end)));
    }
    // What lies before the first recording is not known, and no gap.
    let from = entries.iter().find_map(|entry| entry.day).map_or(begin, |first| begin.max(first));
    let mut counts =
        BlockPart::ALL.map(|part| inside.iter().filter(|entry| BlockPart::of(entry) == part).count());
    let days = |wanted: fn(&Entry) -> bool| {
        let mut days: Vec<Date> =
            inside.iter().filter(|entry| wanted(entry)).filter_map(|entry| entry.day).collect();
        days.dedup();
        days
    };
    let length_days = days_between(from, to) + 1;
    counts[BlockPart::ALL.len() - 1] =
        usize::try_from(length_days).unwrap_or(0).saturating_sub(days(|_| true).len());
    let runs = || inside.iter().filter(|entry| entry.running);
    let running_m: f64 = runs().map(|entry| entry.distance_m).sum();
    let fast_m: f64 = runs().map(|entry| entry.fast_m()).sum();
    let gap = longest_gap(&days(|entry| entry.running), from, to);
    Ok(Block {
        from,
        to,
        race: options.race,
        weeks: length_days as f64 / 7.0,
        counts,
        strides_besides: runs()
            .filter(|entry| entry.strides > 0 && BlockPart::of(entry) != BlockPart::Strides)
            .count(),
        running_km: running_m / 1000.0,
        fast_share: if running_m > 0.0 { fast_m / running_m } else { 0.0 },
        longest_gap_days: gap.map_or(0, |(first, last)| days_between(first, last) + 1),
        gap,
    })
}

/// The longest stretch of days without a run, its first day and its last.
fn longest_gap(run_days: &[Date], from: Date, to: Date) -> Option<(Date, Date)> {
    let before = from.saturating_sub(1.day());
    let after = to.saturating_add(1.day());
    let all: Vec<Date> = [before].into_iter().chain(run_days.iter().copied()).chain([after]).collect();
    let gaps = all.windows(2).map(|pair| (pair[0].saturating_add(1.day()), pair[1].saturating_sub(1.day())));
    // Of equally long ones the first.
    gaps.filter(|(first, last)| last >= first).rev().max_by_key(|(first, last)| days_between(*first, *last))
}
