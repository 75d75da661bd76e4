//! `fourlap analyze`: the best mile of each file, on a card or as JSON.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{MediumArgument, TextFormat, UnitsArgument, goal, length};
use super::athlete::AthleteArguments;
use super::exit::{Exit, Tally};
use super::load::{self, Loaded};
use super::mile::MileArguments;
use super::output::{self, Failure};
use super::picture::{self, Look};
use super::settings::Settings;
use crate::activity::Sport;
use crate::analysis::{Analysis, Options, analyze};
use crate::report::card::{CardOptions, card};
use crate::report::json::{self, Origin};
use crate::report::text::{FAINT, WIDTH, wrapped};
use crate::segmenter::Split;
use crate::units::{UnitSystem, clock_tenths};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Activity files: FIT, GPX, TCX, also as .gz and in .zip; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Goal for the mile, such as 5:20
    #[arg(long, value_name = "TIME", value_parser = goal, help_heading = "Mile")]
    goal: Option<f64>,
    #[command(flatten)]
    mile: MileArguments,
    #[command(flatten)]
    athlete: AthleteArguments,
    /// Text for people or JSON for programs
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
    output::stdin_once(&arguments.paths)?;
    output::spare_inputs(arguments.output.as_deref(), &arguments.paths)?;
    output::spare_inputs(arguments.report.as_deref(), &arguments.paths)?;
    arguments.report.as_deref().map_or(Ok(()), picture::check_report)?;
    let athlete = arguments.athlete.athlete(settings)?;
    let options =
        Options { goal_s: arguments.goal, athlete, every_m: arguments.every, ..arguments.mile.options() };
    let units = UnitsArgument::in_force(arguments.units, settings);
    let mut session = Session { arguments, options, units, printed: String::new(), cards: 0, drawn: false };
    let mut tally = Tally::default();
    for path in &arguments.paths {
        session.path(path, &mut tally)?;
    }
    if arguments.output.is_some() {
        output::print_to(arguments.output.as_deref(), &session.printed)?;
    }
    Ok(tally.exit())
}

/// One run of the command over its files.
struct Session<'a> {
    arguments: &'a Arguments,
    options: Options,
    units: UnitSystem,
    /// What is to be written to `--output` once all files are done.
    printed: String,
    cards: usize,
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
        let several = activities.len() > 1;
        let mut exit = Exit::NoMile;
        let mut reason: Option<String> = None;
        for (number, activity) in activities.iter().enumerate() {
            let origin = Origin {
                file: loaded.file.clone(),
                member: loaded.member.clone(),
                session: several.then_some(number + 1),
            };
            let analysis = analyze(activity, &self.options);
            self.show(&analysis, &origin, &loaded.name(), activities.len())?;
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

    fn show(&mut self, analysis: &Analysis, origin: &Origin, name: &str, of: usize) -> Result<(), Failure> {
        let name = match origin.session {
            Some(session) => format!("{name}, recording {session} of {of}"),
            None => name.to_owned(),
        };
        match self.arguments.format {
            TextFormat::Json => {
                let line = json::line(analysis, origin).map_err(|e| Failure::Report(e.to_string()))?;
                self.put(&(line + "\n"))
            }
            TextFormat::Text => {
                let options = CardOptions { units: self.units, verbose: self.arguments.verbose };
                let mut card = card(analysis, file_name(&name), options);
                card += &parts(&analysis.every);
                if self.arguments.explain {
                    card += &explanation(analysis);
                }
                self.put(&card)
            }
        }
    }

    fn put(&mut self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        // Cards of several files are kept apart by an empty line.
        let apart = self.cards > 0 && self.arguments.format == TextFormat::Text;
        self.cards += 1;
        let text = if apart { format!("\n{text}") } else { text.to_owned() };
        if self.arguments.output.is_some() {
            self.printed += &text;
            return Ok(());
        }
        output::print(&text)
    }

    /// Draws the first mile; the rest of an archive or a multisport recording has no place in one picture.
    fn draw(&mut self, analysis: &Analysis, name: &str) -> Result<(), Failure> {
        let Some(file) = &self.arguments.report else { return Ok(()) };
        if std::mem::replace(&mut self.drawn, true) {
            output::complain("--report draws the first mile only; 'fourlap chart' draws one file each");
            return Ok(());
        }
        let look = Look { medium: MediumArgument::Screen, units: self.units };
        picture::report(analysis, file_name(name), file, &look)?;
        let note = format!("{FAINT}drawn to {}{FAINT:#}", output::shown(file));
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
