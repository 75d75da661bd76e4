//! `fourlap analyze`: the best mile of each file, on a card or as JSON.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{MediumArgument, SchemeArgument, TextFormat, UnitsArgument, goal, length};
use super::athlete::AthleteArguments;
use super::exit::{Exit, Tally};
use super::files;
use super::load::{self, Loaded};
use super::mile::MileArguments;
use super::output::{self, Failure, Sheet};
use super::picture::{self, Look};
use super::settings::Settings;
use crate::activity::Sport;
use crate::analysis::{Analysis, Options, analyze};
use crate::report::card::{CardOptions, card};
use crate::report::json;
use crate::report::text::{FAINT, WIDTH, wrapped};
use crate::segmenter::Split;
use crate::units::{UnitSystem, clock_tenths};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Activity files: FIT, GPX, TCX, also as .gz and in .zip; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Goal for the mile, such as 5:20
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = goal, help_heading = "Mile")]
    goal: Option<f64>,
    /// How the mile is cut into laps [default: line on a track, else quarters]
    #[arg(long, value_enum, help_heading = "Mile")]
    scheme: Option<SchemeArgument>,
    #[command(flatten)]
    mile: MileArguments,
    #[command(flatten)]
    athlete: AthleteArguments,
    /// Text, or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Also write a page with every chart (.html), or one picture (.svg, .png)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Unit of paces [default: mi]
    #[arg(long, value_enum, help_heading = "Output")]
    units: Option<UnitsArgument>,
    /// Also cut the whole run into parts, such as 400m, 1km or 1mi
    #[arg(long, value_name = "LENGTH", value_parser = length, help_heading = "Output")]
    every: Option<f64>,
    /// Say in words how the mile was found and measured
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// List the grade's parts and every notice
    #[arg(short, long, help_heading = "Output")]
    verbose: bool,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, Failure> {
    if arguments.report.is_some() && arguments.paths.len() > 1 {
        return Err(Failure::Usage("--report draws one file; name one PATH, or use 'fourlap chart'".into()));
    }
    files::stdin_once(&arguments.paths)?;
    files::spare_inputs(arguments.output.as_deref(), &arguments.paths)?;
    files::spare_inputs(arguments.report.as_deref(), &arguments.paths)?;
    files::check_apart(&[("-o", &arguments.output), ("--report", &arguments.report)])?;
    arguments.report.as_deref().map_or(Ok(()), picture::check_report)?;
    let athlete = arguments.athlete.athlete(settings)?;
    let options = Options {
        goal_s: arguments.goal,
        athlete,
        every_m: arguments.every,
        ..arguments.mile.options(arguments.scheme)
    };
    let units = UnitsArgument::in_force(arguments.units, settings);
    let sheet = Sheet::new(arguments.output.as_deref(), arguments.format);
    let mut session = Session { arguments, options, units, sheet, drawn: false };
    let mut tally = Tally::default();
    for path in &arguments.paths {
        session.path(path, &mut tally)?;
    }
    session.sheet.finish()?;
    Ok(tally.exit())
}

/// One run of the command over its files.
struct Session<'a> {
    arguments: &'a Arguments,
    options: Options,
    units: UnitSystem,
    sheet: Sheet<'a>,
    drawn: bool,
}

impl Session<'_> {
    /// Analyses what one path leads to; a failure to write stops the whole.
    fn path(&mut self, path: &Path, tally: &mut Tally) -> Result<(), Failure> {
        let mut stopped = Ok(());
        let read = load::each(path, self.arguments.mile.measure.strict, &mut |loaded| {
            match self.file(&loaded) {
                Ok(exit) => tally.add(exit),
                Err(failure) => {
                    stopped = Err(failure);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        if let Err(error) = read {
            tally.add(output::complain_of_error(&crate::intake::names::of_path(path), &error));
        }
        stopped
    }

    fn file(&mut self, loaded: &Loaded) -> Result<Exit, Failure> {
        let activities = match &loaded.activities {
            Ok(activities) => activities,
            Err(error) => return Ok(output::complain_of_error(&loaded.name(), error)),
        };
        let mut exit = Exit::NoMile;
        let mut reason: Option<String> = None;
        for (index, activity) in activities.iter().enumerate() {
            let analysis = analyze(activity, &self.options);
            self.show(&analysis, loaded, index)?;
            if analysis.best_mile.is_some() {
                self.draw(&analysis, &loaded.name())?;
                exit = Exit::Done;
            } else if reason.is_none() || activity.sport == Sport::Running {
                reason = analysis.no_mile_reason;
            }
        }
        // That the swim of a triathlon holds no mile is no news where its run does.
        if let (Exit::NoMile, Some(reason)) = (exit, reason) {
            output::complain_of(&loaded.name(), format_args!("no mile: {reason}"));
        }
        Ok(exit)
    }

    fn show(&mut self, analysis: &Analysis, loaded: &Loaded, index: usize) -> Result<(), Failure> {
        match self.arguments.format {
            TextFormat::Json => {
                let line = json::line(analysis, &loaded.origin_of(index))
                    .map_err(|e| Failure::Report(e.to_string()))?;
                self.sheet.put(&(line + "\n"))
            }
            TextFormat::Text => {
                let options = CardOptions { units: self.units, verbose: self.arguments.verbose };
                let mut card = card(analysis, file_name(&loaded.name_of(index)), options);
                card += &parts(&analysis.every);
                if self.arguments.explain {
                    card += &explanation(analysis);
                }
                self.sheet.put(&card)
            }
        }
    }

    /// Draws the first mile; the rest of an archive or a multisport recording has no place in one picture.
    fn draw(&mut self, analysis: &Analysis, name: &str) -> Result<(), Failure> {
        let Some(file) = &self.arguments.report else { return Ok(()) };
        if std::mem::replace(&mut self.drawn, true) {
            output::complain("--report shows the first mile only; 'fourlap chart' draws one file each");
            return Ok(());
        }
        let look = Look { medium: MediumArgument::Screen, units: self.units };
        picture::report(analysis, file_name(name), file, &look)?;
        let note = format!("{FAINT}report written to {}{FAINT:#}", output::shown(file));
        output::complain(note);
        Ok(())
    }
}

/// The whole run in equal parts, as a table.
fn parts(every: &[Split]) -> String {
    let mut table = String::new();
    for part in every {
        let rate = part.heart_rate_bpm.map_or(String::new(), |bpm| format!("{bpm:>5.0} bpm"));
        let _ = writeln!(table, "  {:<26} {:>9}{rate}", part.label, clock_tenths(part.time_s));
    }
    table
}

/// How the mile was found, a sentence a line.
fn explanation(analysis: &Analysis) -> String {
    let sentences = analysis.explanation.0.iter();
    sentences.map(|sentence| wrapped(sentence, "    ", WIDTH).replacen("    ", "  - ", 1)).collect()
}

/// The last part of a path: on the card the folder is noise.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
