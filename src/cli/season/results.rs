//! What becomes of a season that was read: the table, the summary, the pages and the charts, each into its place.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::Value as Json;

use super::outputs::{self, Outputs};
use super::table;
use super::told::Told;
use crate::cli::arguments::UnitsArgument;
use crate::cli::files::is_stdout;
use crate::cli::output::{self, Failure};
use crate::season::{Season, SeasonOptions, TableFormat};
use crate::units::UnitSystem;

/// Where the season goes, and how it is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArguments {
    /// Text for people, or the table [default: text, or by the ending of the output]
    #[arg(long, value_enum)]
    pub(super) format: Option<FormatArgument>,
    /// Write to this file: .csv, .json, .jsonl, .parquet or text
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Unit of distances and paces [default: mi]
    #[arg(long, value_enum)]
    pub(super) units: Option<UnitsArgument>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArgument {
    /// For people
    Text,
    /// A table with commas
    Csv,
    /// One object: summary and rows
    Json,
    /// One object a row, each on a line
    Jsonl,
    /// A table of Apache Parquet
    Parquet,
}

impl OutputArguments {
    /// How the table is written; `None` for text.
    pub(super) fn table_format(&self) -> Option<TableFormat> {
        match self.format {
            None => self.output.as_deref().and_then(TableFormat::of_ending),
            Some(FormatArgument::Text) => None,
            Some(FormatArgument::Csv) => Some(TableFormat::Csv),
            Some(FormatArgument::Json) => Some(TableFormat::Json),
            Some(FormatArgument::Jsonl) => Some(TableFormat::JsonLines),
            Some(FormatArgument::Parquet) => Some(TableFormat::Parquet),
        }
    }
}

/// Writes everything that was asked for. What could not be written keeps nothing else from being written.
pub(super) fn put(
    season: &Season,
    arguments: &super::Arguments,
    options: &SeasonOptions,
    units: UnitSystem,
) -> Vec<Failure> {
    let output = arguments.output.output.as_deref();
    let file = output.filter(|file| !is_stdout(file)).map(|file| outputs::spared(file, season.interrupted));
    let file = file.as_deref();
    let format = arguments.output.table_format();
    // Rows before anything is told, so that what is told is not in memory together with what their writing needs.
    let rows = format.filter(|&format| format != TableFormat::Json);
    let rows = rows.map(|format| table::put(season, &Json::Null, format, file));
    let told = match Told::of(season, &arguments.block, options, units) {
        Ok(told) => told,
        Err(failure) => return rows.and_then(Result::err).into_iter().chain([failure]).collect(),
    };
    told.complain();
    let table = rows.or_else(|| format.map(|format| table::put(season, &told.figures(season), format, file)));
    let mut failures = Vec::new();
    failures.extend(put_summary(&told, table.is_some(), file, hint(arguments)).err());
    match table {
        Some(Ok(())) => file.into_iter().for_each(|file| outputs::said("table", file)),
        table => failures.extend(table.and_then(Result::err)),
    }
    let mut outputs = Outputs::new(&arguments.paths, output, season.interrupted);
    failures.extend(told.draw(&arguments.drawing, &arguments.paths, &mut outputs));
    failures
}

/// The summary to where the table leaves room: whatever became of that, people may read what the season tells.
fn put_summary(told: &Told, table: bool, file: Option<&Path>, hint: Option<&str>) -> Result<(), Failure> {
    match (table, file) {
        (true, None) => Ok(()),
        (true, Some(_)) | (false, None) => output::print(&told.summary(hint)),
        (false, Some(file)) => {
            output::print_to(Some(file), &told.summary(None))?;
            outputs::said("summary", file);
            Ok(())
        }
    }
}

/// What else there is, for whoever reads the summary on a terminal.
fn hint(arguments: &super::Arguments) -> Option<&'static str> {
    match (&arguments.drawing.report, arguments.which.squad) {
        (Some(_), _) => None,
        (None, false) => Some("--report season.html has the charts, every run, and the weeks to come."),
        (None, true) => Some("--report season.html writes a page for each athlete."),
    }
}
