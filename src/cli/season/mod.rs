//! `fourlap season`: folders, files and export archives as one table, and what it says.

mod complaints;
mod dates;
mod drawing;
mod outputs;
mod progress;
mod results;
mod table;
mod told;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::arguments::{UnitsArgument, goal};
use super::athlete::AthleteArguments;
use super::exit::Exit;
use super::files;
use super::output::{self, Failure};
use super::settings::Settings;
use crate::activity::Sport;
use crate::analysis::Options;
use crate::parser;
use crate::season::{Season, SeasonOptions, SeasonRow, Status, scan};
use drawing::DrawingArguments;
use progress::Progress;
use results::OutputArguments;
use told::BlockArguments;

/// What is said of `--max-hr` here: a season has another default than a single recording.
const MAX_HR: &str = "Highest heart rate, to tell easy from hard [default: the highest of the season that was held for \
                      half a minute, from five runs on]";

#[derive(Debug, Args)]
#[command(mut_arg("max_hr", |max_hr| max_hr.help(MAX_HR)))]
pub(super) struct Arguments {
    /// Folders, activity files and export archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: WhichArguments,
    /// Goal for the mile, such as 5:20: every mile is graded against it
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = goal, help_heading = "Mile")]
    goal: Option<f64>,
    #[command(flatten)]
    athlete: AthleteArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    drawing: DrawingArguments,
    #[command(flatten)]
    block: BlockArguments,
}

/// Which activities count.
#[derive(Debug, Args)]
#[command(next_help_heading = "Activities")]
struct WhichArguments {
    /// Only activities from this day on, such as 2026-03-01, 2026-03 or 2026
    #[arg(long, value_name = "DATE", value_parser = dates::first_day)]
    since: Option<Date>,
    /// Only activities up to this day, the day included
    #[arg(long, value_name = "DATE", value_parser = dates::last_day)]
    until: Option<Date>,
    /// Only these sports, such as running or running,cycling
    #[arg(long, value_name = "SPORT", value_delimiter = ',')]
    sport: Vec<String>,
    /// Each folder in PATH is one athlete; of several, each PATH
    ///
    /// Of one PATH, each folder or archive in it is an athlete's; of several, each PATH that is itself a folder or an
    /// archive. An athlete is called as the folder or archive is, and what bears the same name is the same athlete's.
    #[arg(long)]
    squad: bool,
    /// What becomes of copies of the same activity
    #[arg(long, value_enum, default_value_t, value_name = "WHAT", hide_short_help = true)]
    duplicates: DuplicatesArgument,
    /// Refuse files that need a repair
    #[arg(long, hide_short_help = true)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum DuplicatesArgument {
    /// The best copy counts, the others are named in the table
    #[default]
    Drop,
    /// All count
    Keep,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, Failure> {
    // On a thread of the pool: what is told and written at the end fits where the analyses had their memory.
    rayon::scope(|_| read_and_tell(arguments, settings))
}

fn read_and_tell(arguments: &Arguments, settings: &Settings) -> Result<Exit, Failure> {
    let options = options(arguments, settings)?;
    check(arguments)?;
    let units = UnitsArgument::in_force(arguments.output.units, settings);
    let progress = Progress::begun()?;
    let season = scan(&arguments.paths, &options, &progress);
    progress.ended();
    let failures = results::put(&season, arguments, &options, units);
    // What could not be read is said whatever becomes of the results.
    complaints::of_files(&season, &arguments.paths);
    complaints::of_exports(&season);
    complaints::of_sports(&season, &options.sports);
    complaints::of_squad(&season, arguments.which.squad);
    // Each of them is told before any is weighed.
    let ends: Vec<Exit> = failures.iter().map(output::refused).collect();
    let failed = ends.iter().any(|end| *end != Exit::Done);
    Ok(if failed { Exit::Failed } else { exit(&season) })
}

/// Refuses, before hours of work, what could not be written.
fn check(arguments: &Arguments) -> Result<(), Failure> {
    let OutputArguments { output, .. } = &arguments.output;
    let DrawingArguments { report, chart, .. } = &arguments.drawing;
    files::check_apart(&[("-o", output), ("--report", report), ("--chart", chart)])?;
    table::check_ending(output.as_deref(), arguments.output.format.is_some())?;
    table::check(output.as_deref(), arguments.output.table_format(), &arguments.paths)?;
    arguments.drawing.check(&arguments.paths)
}

fn options(arguments: &Arguments, settings: &Settings) -> Result<SeasonOptions, Failure> {
    let which = &arguments.which;
    if let (Some(since), Some(until)) = (which.since, which.until)
        && since > until
    {
        return Err(Failure::Usage(format!("--since {since} is after --until {until}")));
    }
    let athlete = arguments.athlete.athlete(settings)?;
    Ok(SeasonOptions {
        analysis: Options { goal_s: arguments.goal, athlete, ..Options::default() },
        strict: which.strict,
        since: which.since,
        until: which.until,
        sports: which.sport.iter().filter(|word| *word != "any").map(|word| sport(word)).collect(),
        squad: which.squad,
        keep_duplicates: which.duplicates == DuplicatesArgument::Keep,
    })
}

/// The table's word for a sport: `run` and `Running` mean the same.
fn sport(word: &str) -> String {
    match parser::sport_from_words(word) {
        Sport::Unknown => word.trim().to_lowercase(),
        sport => sport.as_str().to_owned(),
    }
}

fn exit(season: &Season) -> Exit {
    let any = |is: fn(&SeasonRow) -> bool| season.rows.iter().any(is);
    if season.interrupted {
        Exit::Interrupted
    } else if any(|row| row.status == Status::Failed) {
        Exit::Failed
    } else if any(|row| row.mile.is_some()) {
        Exit::Done
    } else {
        Exit::NoMile
    }
}
