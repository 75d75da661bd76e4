//! What the season tells, on its way to the terminal, into pages and into pictures.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use polars::error::PolarsResult;
use serde_json::Value as Json;

use super::dates;
use super::drawing::DrawingArguments;
use super::outputs::Outputs;
use crate::cli::output::{self, Failure};
use crate::report::season as report;
use crate::report::text::{STRONG, painted, plural, printable};
use crate::season::reading::entry::is_believable;
use crate::season::reading::{self, BlockOptions, Reading, ReadingOptions, Whose};
use crate::season::{Season, SeasonOptions, table};
use crate::units::UnitSystem;

/// The training block.
#[derive(Debug, Args)]
#[command(next_help_heading = "Training block")]
pub(super) struct BlockArguments {
    /// The training block's length in weeks, such as 8w
    #[arg(long, value_name = "WEEKS", value_parser = dates::weeks)]
    block: Option<u8>,
    /// The day of the race that the block leads to, such as 2026-05-01
    #[arg(long, value_name = "DATE", value_parser = dates::day)]
    race: Option<Date>,
}

/// What the season tells, one reading for each athlete.
pub(super) struct Told {
    readings: Vec<(Whose, Reading)>,
    units: UnitSystem,
    stopped: bool,
    /// How many activities are dated after tomorrow.
    ahead: usize,
}

impl Told {
    /// Reads a season that was scanned with these options.
    pub(super) fn of(
        season: &Season,
        arguments: &BlockArguments,
        asked: &SeasonOptions,
        units: UnitSystem,
    ) -> Result<Told, Failure> {
        let (last, ahead) = last_day(season);
        // A day that lies beyond the last activity, such as the end of the year, is not yet today.
        let today = last.map(|last| asked.until.map_or(last, |until| until.min(last)));
        let block = BlockOptions { weeks: arguments.block, race: arguments.race };
        let (since, goal_s) = (asked.since, asked.analysis.goal_s);
        let options = ReadingOptions { today, block, since, goal_s, units, ..ReadingOptions::default() };
        let readings = readings(season, &options).map_err(|error| Failure::Report(error.to_string()))?;
        Ok(Told { readings, units, stopped: season.interrupted, ahead })
    }

    /// Says what of the season is in none of its figures.
    pub(super) fn complain(&self) {
        if self.ahead > 0 {
            output::complain(format_args!(
                "{} dated after tomorrow: in the table, but in no figure of the summary or the page",
                plural(self.ahead, "activity", "activities")
            ));
        }
    }

    /// What the season tells, for programs.
    pub(super) fn figures(&self, season: &Season) -> Json {
        report::figures(season, &self.readings)
    }

    /// The summary; of a squad one behind the other. `hint` stands below the last.
    pub(super) fn summary(&self, hint: Option<&str>) -> String {
        let last = self.readings.len().saturating_sub(1);
        let one = |(index, (whose, reading)): (usize, &(Whose, Reading))| {
            let summary = report::summary(reading, self.units, hint.filter(|_| index == last));
            match whose {
                Whose::Everybody => summary,
                Whose::Athlete(Some(name)) => format!("{}\n{summary}", painted(STRONG, printable(name))),
                Whose::Athlete(None) => format!("{}\n{summary}", painted(STRONG, "in no athlete's folder")),
            }
        };
        let stopped = if self.stopped { "Stopped before all files were read.\n" } else { "" };
        stopped.to_owned() + &self.readings.iter().enumerate().map(one).collect::<Vec<_>>().join("\n")
    }

    /// Writes the pages and charts that were asked for, of a squad each athlete's. What could not be written is
    /// returned, and the others are.
    pub(super) fn draw(
        &self,
        arguments: &DrawingArguments,
        paths: &[PathBuf],
        outputs: &mut Outputs,
    ) -> Vec<Failure> {
        let one = |(whose, reading): &(Whose, Reading)| {
            let (athlete, title) = match whose {
                Whose::Everybody => (None, title(paths) + if self.stopped { " (not all of it)" } else { "" }),
                Whose::Athlete(Some(name)) => (Some(name.as_str()), name.clone()),
                Whose::Athlete(None) => (Some("nobody"), "In no athlete's folder".to_owned()),
            };
            arguments.write(reading, athlete, &title, self.units, outputs)
        };
        self.readings.iter().flat_map(one).collect()
    }
}

/// One reading for each athlete.
fn readings(season: &Season, options: &ReadingOptions) -> PolarsResult<Vec<(Whose, Reading)>> {
    let table = table::frame_to_read(&season.rows)?;
    let one = |whose: Whose| {
        let options = ReadingOptions { whose: whose.clone(), ..options.clone() };
        Ok((whose, reading::read(&table, &options)?))
    };
    let mut readings = reading::squad(&table)?.into_iter().map(one).collect::<PolarsResult<Vec<_>>>()?;
    // What the table does not know is nobody's: it is said once.
    if let Some((_, first)) = readings.first_mut() {
        first.counts.outside = season.outside;
    }
    Ok(readings)
}

/// The last day of the season, and how many activities are dated after tomorrow: a watch whose clock runs ahead does
/// not say what day it is.
fn last_day(season: &Season) -> (Option<Date>, usize) {
    let tomorrow = Offset::UTC.to_datetime(Timestamp::now()).date().tomorrow().ok();
    let days = season.rows.iter().filter(|row| row.counts()).filter_map(|row| row.local_date());
    let (known, ahead): (Vec<Date>, Vec<Date>) =
        days.filter(is_believable).partition(|day| tomorrow.is_none_or(|latest| *day <= latest));
    // Without another day they are all that there is, and the figures are theirs.
    known.into_iter().max().map_or((None, 0), |last| (Some(last), ahead.len()))
}

/// What the page is called: the one path that was named, otherwise the season.
fn title(paths: &[PathBuf]) -> String {
    match paths {
        [path] => path.file_name().map_or("Season".into(), |name| name.to_string_lossy().into_owned()),
        _ => "Season".into(),
    }
}
