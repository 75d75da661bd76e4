//! The command line: arguments, and one file for each command.

mod analyze;
mod arguments;
mod athlete;
mod chart;
mod compare;
mod completions;
mod config;
mod exit;
mod export;
mod files;
mod grade;
mod inspect;
mod load;
mod man;
mod manual;
mod messages;
mod mile;
mod output;
mod picture;
mod plan;
#[cfg(feature = "season")]
mod season;
mod settings;
mod typed;

pub use exit::Exit;

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};
use settings::Settings;

/// What stands below the list of commands.
const NO_UPLOAD: &str = "Everything happens on this machine: no account, no upload.";

/// Finds the best mile in a running watch's file, grades its four laps and says what to change.
#[derive(Debug, Parser)]
#[command(name = "fourlap", version, max_term_width = 98, arg_required_else_help = true)]
#[command(after_help = NO_UPLOAD, after_long_help = manual::in_long_help(NO_UPLOAD))]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours: auto is on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Output",
        hide_short_help = true
    )]
    color: Color,
    /// Configuration file, instead of the user's own
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Best mile, laps, pacing grade and advice
    Analyze(analyze::Arguments),
    /// Pictures of a file's mile as SVG or PNG
    Chart(chart::Arguments),
    /// A whole season: table, bests, trend, training block
    #[cfg(feature = "season")]
    Season(season::Arguments),
    /// Lap and hundred marks for a goal time
    Plan(plan::Arguments),
    /// Grades hand-timed laps, no file needed
    Grade(grade::Arguments),
    /// Two miles side by side
    Compare(compare::Arguments),
    /// The mile, or the repaired recording, as GPX 1.1
    Export(export::Arguments),
    /// What a file holds: format, device, columns, laps, gaps, problems
    Inspect(inspect::Arguments),
    /// What is in force and who says so: default, file or option
    Config(config::Arguments),
    /// Completions of the command line for a shell
    Completions(completions::Arguments),
    /// The manual pages
    Man(man::Arguments),
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Runs the command that the arguments ask for. What it finds goes to standard output, everything else to
/// standard error.
pub fn run(cli: &Cli) -> Exit {
    let choice = match cli.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::AlwaysAnsi,
        Color::Never => ColorChoice::Never,
    };
    choice.write_global();
    // Only what needs the file fails when it is wrong.
    let settings = || Settings::load(cli.config.as_deref());
    let done = match &cli.command {
        Command::Analyze(arguments) => settings().and_then(|settings| analyze::run(arguments, &settings)),
        Command::Chart(arguments) => settings().and_then(|settings| chart::run(arguments, &settings)),
        #[cfg(feature = "season")]
        Command::Season(arguments) => settings().and_then(|settings| season::run(arguments, &settings)),
        Command::Plan(arguments) => plan::run(arguments),
        Command::Grade(arguments) => grade::run(arguments),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Config(arguments) => settings().and_then(|settings| config::run(arguments, &settings)),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
    };
    done.unwrap_or_else(|failure| output::refused(&failure))
}
