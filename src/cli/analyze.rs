//! `fourlap analyze`: the best mile of each file, on a card or as JSON.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{MileArguments, TextFormat, UnitsArgument};
use super::chart;
use super::exit::{Exit, Tally};
use super::output::{self, Failure};
use crate::analysis::{Analysis, Options, analyze};
use crate::intake::{self, Limits};
use crate::parser;
use crate::report::card::{CardOptions, card};
use crate::report::json::{self, Origin};
use crate::report::text::FAINT;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Activity files: FIT or GPX, also as .gz; - reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    mile: MileArguments,
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Also draw the mile into this file, .svg or .png
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Unit of paces
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    units: UnitsArgument,
    /// List the grade's parts and every notice
    #[arg(short, long, help_heading = "Output")]
    verbose: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    if arguments.report.is_some() && arguments.paths.len() > 1 {
        return Err(Failure::Usage("--report draws one file; name one PATH, or use 'fourlap chart'".into()));
    }
    let mut session = Session { arguments, options: arguments.mile.options(), printed: String::new() };
    let mut tally = Tally::default();
    for path in &arguments.paths {
        tally.add(session.file(path)?);
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
    /// What is to be written to `--output` once all files are done.
    printed: String,
}

impl Session<'_> {
    fn file(&mut self, path: &Path) -> Result<Exit, Failure> {
        let file = path.to_string_lossy();
        let activities = intake::read(path, &Limits::default()).and_then(|doc| parser::read(&doc.bytes));
        let activities = match activities {
            Ok(activities) => activities,
            Err(error) => return Ok(output::complain_of_error(&file, &error)),
        };
        let several = activities.len() > 1;
        let mut exit = Exit::NoMile;
        for (number, activity) in activities.iter().enumerate() {
            let origin = Origin {
                file: file.clone().into_owned(),
                member: None,
                session: several.then_some(number + 1),
            };
            let analysis = analyze(activity, &self.options);
            self.show(&analysis, &origin)?;
            if analysis.best_mile.is_some() {
                self.draw(&analysis, &origin)?;
                exit = Exit::Done;
            }
        }
        Ok(exit)
    }

    fn show(&mut self, analysis: &Analysis, origin: &Origin) -> Result<(), Failure> {
        let name = match origin.session {
            Some(session) => format!("{} (session {session})", origin.file),
            None => origin.file.clone(),
        };
        if let Some(reason) = &analysis.no_mile_reason {
            output::complain_of(&name, format_args!("no mile: {reason}"));
        }
        match self.arguments.format {
            TextFormat::Json => {
                let line = json::line(analysis, origin).map_err(|e| Failure::Report(e.to_string()))?;
                self.put(&(line + "\n"))
            }
            TextFormat::Text => {
                let options =
                    CardOptions { units: self.arguments.units.into(), verbose: self.arguments.verbose };
                let card = card(analysis, file_name(&name), options);
                self.put(&card)
            }
        }
    }

    fn put(&mut self, text: &str) -> Result<(), Failure> {
        if self.arguments.output.is_some() {
            self.printed += text;
            return Ok(());
        }
        // Cards of several files are kept apart by an empty line.
        let apart = !self.printed.is_empty() && self.arguments.format == TextFormat::Text && !text.is_empty();
        if apart {
            output::print("\n")?;
        }
        if self.printed.is_empty() {
            self.printed.push_str(text.get(..1).unwrap_or_default());
        }
        output::print(text)
    }

    fn draw(&mut self, analysis: &Analysis, origin: &Origin) -> Result<(), Failure> {
        let Some(file) = &self.arguments.report else { return Ok(()) };
        chart::write(analysis, file, self.arguments.units.into())?;
        let note = format!("{FAINT}drawn to {}{FAINT:#}", file.display());
        let _ = origin;
        output::complain(note);
        Ok(())
    }
}

/// The last part of a path: on the card the folder is noise.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
