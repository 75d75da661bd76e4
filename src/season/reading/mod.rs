//! What a season's table tells: bests, progress, volume, the training block, a goal and the weeks that lead to it.
//!
//! Everything is read from the table alone, so that a table that was written yesterday tells the same today. What
//! "today" is, the caller says.

mod bests;
mod block;
pub(crate) mod entry;
mod goal;
mod next;
mod progress;
mod shape;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod volume;

use jiff::civil::Date;
use polars::prelude::{BooleanChunked, DataFrame, PolarsResult};

pub use bests::Best;
pub use block::{Block, BlockOptions, BlockPart};
pub use entry::{Entry, MileEntry};
pub use goal::MileGoal;
pub(crate) use goal::distance_name;
pub use progress::MilePoint;
pub use shape::{Change, ShapeTrend};
pub use volume::Period;

use crate::analyzer::equivalents::{Equivalent, equivalents, vdot};
use crate::season::calendar::days_between;
use crate::units::{MILE_M, UnitSystem};

/// How a season is to be read.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ReadingOptions {
    /// Whose rows are read.
    pub whose: Whose,
    /// The day up to which it goes; by default that of the last activity.
    pub today: Option<Date>,
    /// Which weeks make the training block.
    pub block: BlockOptions,
    /// The first day that was asked for, where the table begins with it.
    pub since: Option<Date>,
    /// The goal that was asked for, in seconds; by default the one that the miles were graded against.
    pub goal_s: Option<f64>,
    /// The unit of paces.
    pub units: UnitSystem,
}

/// Whose rows of a table are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Whose {
    /// All, as one runner's.
    #[default]
    Everybody,
    /// One athlete's of a squad; `None` are the files beside the athletes' folders.
    Athlete(Option<String>),
}

impl Whose {
    /// The athlete's name, where one is named.
    pub fn name(&self) -> Option<&str> {
        match self {
            Whose::Everybody => None,
            Whose::Athlete(name) => name.as_deref(),
        }
    }
}

/// The athletes of a squad in the order of their names, last those activities that are nobody's; one for everybody
/// where no row names an athlete.
///
/// # Errors
/// Where the table lacks a column of the schema.
pub fn squad(table: &DataFrame) -> PolarsResult<Vec<Whose>> {
    let (names, status) = (table.column("athlete")?.str()?, table.column("status")?.str()?);
    let rows =
        (0..table.height()).filter(|&row| status.get(row) == Some("analysed") || names.get(row).is_some());
    let mut found: Vec<Option<&str>> = rows.map(|row| names.get(row)).collect();
    found.sort_by_key(|name| (name.is_none(), *name));
    found.dedup();
    if found.iter().all(Option::is_none) {
        return Ok(vec![Whose::Everybody]);
    }
    Ok(found.into_iter().map(|name| Whose::Athlete(name.map(str::to_owned))).collect())
}

/// What a season tells.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// What became of the files.
    pub counts: Counts,
    /// The first day and the last with an activity.
    pub days: Option<(Date, Date)>,
    /// The activities.
    pub entries: Vec<Entry>,
    /// The best at each distance.
    pub bests: Vec<Best>,
    /// The miles in the order of their days.
    pub miles: Vec<MilePoint>,
    /// The weeks.
    pub weekly: Vec<Period>,
    /// The months.
    pub monthly: Vec<Period>,
    /// The training block.
    pub block: Option<Block>,
    /// Why there is no block, in one sentence.
    pub no_block: Option<String>,
    /// How the shape of the miles changed.
    pub shape: Option<ShapeTrend>,
    /// What the best mile of each month was worth at other distances.
    pub equivalents: Vec<MonthEquivalents>,
    /// The goal for the next mile.
    pub goal: Option<MileGoal>,
    /// Why there is no goal, in one sentence or two.
    pub no_goal: Option<String>,
    /// What the next weeks would hold.
    pub next: Vec<String>,
    /// The files that failed, each with its reason.
    pub failures: Vec<(String, String)>,
}

impl Reading {
    /// Whether it goes from one year into another, so that a day needs its year.
    pub fn spans_years(&self) -> bool {
        self.days.is_some_and(|(first, last)| first.year() != last.year())
    }
}

/// What became of the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Activities read and analysed.
    pub analysed: usize,
    /// Those of them that are running.
    pub runs: usize,
    /// Copies of others.
    pub duplicates: usize,
    /// Files that are no activities.
    pub not_activities: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// Activities outside of the days and sports that were asked for; the table does not know them.
    pub outside: usize,
}

/// What the best trusted mile of a month was worth.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MonthEquivalents {
    /// The first of the month.
    pub month: Date,
    /// The mile in seconds.
    pub mile_s: f64,
    /// Its VDOT.
    pub vdot: f64,
    /// Equivalent times from 800 m to 10 km.
    pub equivalents: Vec<Equivalent>,
}

/// Reads a season's table.
///
/// # Errors
/// Where the table lacks a column of the schema, or has it in another type.
pub fn read(table: &DataFrame, options: &ReadingOptions) -> PolarsResult<Reading> {
    let table = &rows_of(table, &options.whose)?;
    let mut entries = entry::entries(table)?;
    if let Some(today) = options.today {
        entries.retain(|entry| entry.day.is_none_or(|day| day <= today));
    }
    let dated = || entries.iter().filter_map(|entry| entry.day);
    let days = dated().min().zip(dated().max());
    let miles = progress::progress(&entries);
    let today = options.today.or(days.map(|(_, last)| last));
    let (block, no_block) = either(today.map(|today| block::block(&entries, today, options.block)));
    let days_left = options.block.race.zip(today).map(|(race, today)| days_between(today, race));
    let weeks_left = days_left.filter(|&days| days >= 0).map(|days| days as f64 / 7.0);
    // What was run on the day of the race and later does not say what to aim at in it.
    let last = today.map(|today| options.block.last_day(today).min(today));
    let asked_s = options.goal_s.or(goal_asked_for(table)?);
    let asked = goal::Asked { since: options.since };
    let (goal, no_goal) = either(last.map(|last| goal::asked(goal::goal(&entries, last, asked), asked_s)));
    Ok(Reading {
        counts: counts(table, &entries)?,
        days,
        bests: bests::bests(&entries),
        weekly: volume::weekly(&entries),
        monthly: volume::monthly(&entries),
        shape: shape::shape_trend(&miles),
        equivalents: month_equivalents(&miles),
        next: next::next_weeks(goal.as_ref(), block.as_ref(), weeks_left, options.units),
        failures: failures(table)?,
        block,
        no_block,
        goal,
        no_goal,
        miles,
        entries,
    })
}

/// The goal in seconds that the miles were graded against, as their reader asked for it.
fn goal_asked_for(table: &DataFrame) -> PolarsResult<Option<f64>> {
    Ok(table.column("goal_s")?.f64()?.iter().flatten().last())
}

/// What was found, or why not.
fn either<T>(found: Option<Result<T, String>>) -> (Option<T>, Option<String>) {
    match found {
        Some(Ok(found)) => (Some(found), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    }
}

fn rows_of(table: &DataFrame, whose: &Whose) -> PolarsResult<DataFrame> {
    let Whose::Athlete(athlete) = whose else { return Ok(table.clone()) };
    let names = table.column("athlete")?.str()?;
    let mask: BooleanChunked =
        (0..table.height()).map(|row| Some(names.get(row) == athlete.as_deref())).collect();
    table.filter(&mask)
}

fn counts(table: &DataFrame, entries: &[Entry]) -> PolarsResult<Counts> {
    let status = table.column("status")?.str()?;
    let with = |word: &str| (0..table.height()).filter(|&row| status.get(row) == Some(word)).count();
    Ok(Counts {
        analysed: entries.len(),
        runs: entries.iter().filter(|entry| entry.running).count(),
        duplicates: with("duplicate"),
        not_activities: with("not_activity"),
        failed: with("failed"),
        outside: 0,
    })
}

fn failures(table: &DataFrame) -> PolarsResult<Vec<(String, String)>> {
    let text = |name: &str| table.column(name)?.str();
    let (status, file, member, reason) = (text("status")?, text("file")?, text("member")?, text("reason")?);
    let failed = (0..table.height()).filter(|&row| status.get(row) == Some("failed"));
    let place =
        |row: usize| [file.get(row), member.get(row)].into_iter().flatten().collect::<Vec<_>>().join(": ");
    Ok(failed.map(|row| (place(row), reason.get(row).unwrap_or("it could not be read").to_owned())).collect())
}

fn month_equivalents(miles: &[MilePoint]) -> Vec<MonthEquivalents> {
    let mut months: Vec<MonthEquivalents> = Vec::new();
    for mile in miles.iter().filter(|mile| mile.clean && mile.effort) {
        let month = mile.day.first_of_month();
        match months.last_mut() {
            Some(last) if last.month == month && last.mile_s <= mile.time_s => continue,
            Some(last) if last.month == month => {
                months.pop();
            }
            _ => {}
        }
        months.push(MonthEquivalents {
            month,
            mile_s: mile.time_s,
            vdot: vdot(MILE_M, mile.time_s),
            equivalents: equivalents(mile.time_s),
        });
    }
    months
}
