//! `fourlap inspect`: what is in a file.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::arguments::TextFormat;
use super::exit::{Exit, Tally};
use super::files;
use super::load::{self, Loaded};
use super::messages::{self, Message};
use super::output::{self, Failure, Sheet, as_line};
use crate::activity::{Activity, Pause};
use crate::analysis::Summary;
use crate::intake::Document;
use crate::notice::Notice;
use crate::report::inspection::{Inspection, inspection};
use crate::report::json::Origin;
use crate::report::text::{STRONG, painted, printable_name};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Activity files: FIT, GPX, TCX, also as .gz and in .zip; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List every FIT message and field by name, counted
    #[arg(long, conflicts_with = "strict")]
    messages: bool,
    /// Refuse files that need a repair
    #[arg(long)]
    strict: bool,
    /// Text, or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    files::stdin_once(&arguments.paths)?;
    files::spare_inputs(arguments.output.as_deref(), &arguments.paths)?;
    let mut session = Session {
        arguments,
        tally: Tally::default(),
        sheet: Sheet::new(arguments.output.as_deref(), arguments.format),
    };
    for path in &arguments.paths {
        let mut stopped = Ok(());
        let mut go_on = |shown: Result<(), Failure>| match shown {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => {
                stopped = Err(failure);
                ControlFlow::Break(())
            }
        };
        let read = if arguments.messages {
            load::each_document(path, &mut |document| go_on(session.list(&document)))
        } else {
            load::each(path, arguments.strict, &mut |loaded| go_on(session.show(&loaded)))
        };
        if let Err(error) = read {
            session.tally.add(output::complain_of_error(&crate::intake::names::of_path(path), &error));
        }
        stopped?;
    }
    session.sheet.finish()?;
    Ok(session.tally.exit())
}

/// One run of the command over its files.
struct Session<'a> {
    arguments: &'a Arguments,
    tally: Tally,
    sheet: Sheet<'a>,
}

impl Session<'_> {
    fn show(&mut self, loaded: &Loaded) -> Result<(), Failure> {
        let activities = match &loaded.activities {
            Ok(activities) => activities,
            Err(error) => {
                self.tally.add(output::complain_of_error(&loaded.name(), error));
                return Ok(());
            }
        };
        for (index, activity) in activities.iter().enumerate() {
            let text = match self.arguments.format {
                TextFormat::Text => inspection(activity, &loaded.name_of(index)),
                TextFormat::Json => as_json(activity, loaded.origin_of(index))?,
            };
            self.sheet.put(&text)?;
        }
        self.tally.add(Exit::Done);
        Ok(())
    }

    /// Lists the messages of a document. It tells what is inside even where there is no recording: settings and
    /// courses are FIT too.
    fn list(&mut self, document: &Document) -> Result<(), Failure> {
        let name = document.name();
        let bytes = match &document.bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                self.tally.add(output::complain_of_error(&name, error));
                return Ok(());
            }
        };
        match messages::messages(bytes) {
            Ok(messages) => {
                let text = match self.arguments.format {
                    TextFormat::Text => {
                        painted(STRONG, printable_name(&name)) + "\n" + &messages::list(&messages)
                    }
                    TextFormat::Json => as_line(&MessagesLine::of(document, &messages))?,
                };
                self.sheet.put(&text)?;
                self.tally.add(Exit::Done);
            }
            Err(why) => {
                output::complain_of(&name, why);
                self.tally.add(Exit::Failed);
            }
        }
        Ok(())
    }
}

#[derive(serde::Serialize)]
struct MessagesLine<'a> {
    schema: &'static str,
    #[serde(flatten)]
    origin: Origin,
    messages: &'a [Message],
}

impl MessagesLine<'_> {
    fn of<'a>(document: &Document, messages: &'a [Message]) -> MessagesLine<'a> {
        let origin = Origin { file: document.file.clone(), member: document.member.clone(), session: None };
        MessagesLine { schema: "fourlap.messages/1", origin, messages }
    }
}

#[derive(serde::Serialize)]
struct InspectionLine<'a> {
    schema: &'static str,
    #[serde(flatten)]
    origin: Origin,
    activity: Summary,
    #[serde(flatten)]
    inspection: Inspection,
    pauses: &'a [Pause],
    notices: &'a [Notice],
}

fn as_json(activity: &Activity, origin: Origin) -> Result<String, Failure> {
    let line = InspectionLine {
        schema: "fourlap.inspection/1",
        origin,
        activity: Summary::of(activity),
        inspection: Inspection::of(&activity.samples),
        pauses: &activity.pauses,
        notices: &activity.notices,
    };
    as_line(&line)
}
