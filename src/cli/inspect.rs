//! `fourlap inspect`: what is in a file.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use clap::Args;
use fitparser::de::DecodeOption;

use super::arguments::TextFormat;
use super::exit::{Exit, Tally};
use super::load::{self, Loaded};
use super::output::{self, Failure};
use crate::activity::{Activity, Pause};
use crate::analysis::Summary;
use crate::intake::Document;
use crate::notice::Notice;
use crate::report::inspection::{Inspection, inspection};
use crate::report::json::{self, Origin};
use crate::report::text::{FAINT, STRONG, painted, printable};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Activity files (FIT, GPX, TCX), also as .gz or in .zip archives; - reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List every FIT message and field by name, counted
    #[arg(long, conflicts_with_all = ["format", "strict"])]
    messages: bool,
    /// Refuse files that need a repair
    #[arg(long)]
    strict: bool,
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut session = Session { arguments, tally: Tally::default(), printed: 0 };
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
            session.tally.add(output::complain_of_error(&path.to_string_lossy(), &error));
        }
        stopped?;
    }
    Ok(session.tally.exit())
}

/// One run of the command over its files.
struct Session<'a> {
    arguments: &'a Arguments,
    tally: Tally,
    printed: usize,
}

impl Session<'_> {
    fn show(&mut self, loaded: &Loaded) -> Result<(), Failure> {
        self.keep_apart()?;
        self.tally.add(show(loaded, self.arguments.format)?);
        Ok(())
    }

    fn list(&mut self, document: &Document) -> Result<(), Failure> {
        self.keep_apart()?;
        self.tally.add(list(document, &document.name())?);
        Ok(())
    }

    /// An empty line between what is shown of two files.
    fn keep_apart(&mut self) -> Result<(), Failure> {
        self.printed += 1;
        let lines = self.arguments.format == TextFormat::Json && !self.arguments.messages;
        if self.printed > 1 && !lines { output::print("\n") } else { Ok(()) }
    }
}

/// Lists the messages of a document. It tells what is inside even where there is no recording: settings and
/// courses are FIT too.
fn list(document: &Document, name: &str) -> Result<Exit, Failure> {
    let bytes = match &document.bytes {
        Ok(bytes) => bytes,
        Err(error) => return Ok(output::complain_of_error(name, error)),
    };
    match messages(bytes) {
        Ok(list) => output::print(&(painted(STRONG, printable(name)) + "\n" + &list)).map(|()| Exit::Done),
        Err(why) => {
            output::complain_of(name, why);
            Ok(Exit::Failed)
        }
    }
}

fn show(loaded: &Loaded, format: TextFormat) -> Result<Exit, Failure> {
    let activities = match &loaded.activities {
        Ok(activities) => activities,
        Err(error) => return Ok(output::complain_of_error(&loaded.name(), error)),
    };
    for (number, activity) in activities.iter().enumerate() {
        let session = (activities.len() > 1).then_some(number + 1);
        let text = match format {
            TextFormat::Text => {
                let name = loaded.name();
                let name = session.map_or(name.clone(), |session| format!("{name} (session {session})"));
                let apart = if number > 0 { "\n" } else { "" };
                format!("{apart}{}", inspection(activity, &name))
            }
            TextFormat::Json => as_json(activity, loaded, session)?,
        };
        output::print(&text)?;
    }
    Ok(Exit::Done)
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

fn as_json(activity: &Activity, loaded: &Loaded, session: Option<usize>) -> Result<String, Failure> {
    let line = InspectionLine {
        schema: "fourlap.inspection/1",
        origin: Origin { file: loaded.file.clone(), member: loaded.member.clone(), session },
        activity: Summary::of(activity),
        inspection: Inspection::of(&activity.samples),
        pauses: &activity.pauses,
        notices: &activity.notices,
    };
    Ok(json::rounded_line(&line).map_err(|e| Failure::Report(e.to_string()))? + "\n")
}

/// Every message of a FIT file with its fields, counted, by the second reader with the full profile.
///
/// That reader is strict and may panic on damaged files; both become a line that says so.
fn messages(bytes: &[u8]) -> Result<String, String> {
    if bytes.get(8..12) != Some(b".FIT") {
        return Err("not a FIT file, and only those have messages".into());
    }
    // Wrong checksums are no reason to show nothing.
    let options = HashSet::from([DecodeOption::SkipHeaderCrcValidation, DecodeOption::SkipDataCrcValidation]);
    let parsed = quietly(|| fitparser::de::from_bytes_with_options(bytes, &options));
    let records = match parsed {
        Ok(Ok(records)) => records,
        Ok(Err(error)) => return Err(format!("the strict message reader refuses it: {error}")),
        Err(_) => return Err("the strict message reader cannot cope with it; plain 'inspect' can".into()),
    };
    let mut counts: BTreeMap<String, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
    for record in &records {
        let (count, fields) = counts.entry(record.kind().to_string()).or_default();
        *count += 1;
        for field in record.fields() {
            let units = field.units();
            let unit = if units.is_empty() { String::new() } else { format!(" [{units}]") };
            *fields.entry(printable(&format!("{}{unit}", field.name()))).or_default() += 1;
        }
    }
    let mut text = String::new();
    for (message, (count, fields)) in counts {
        let _ = writeln!(text, "  {:<32} {count:>7}", printable(&message));
        for (field, count) in fields {
            let _ = writeln!(text, "    {}", painted(FAINT, format!("{field:<30} {count:>7}")));
        }
    }
    Ok(text)
}

/// Runs something that may panic without letting the panic print or travel.
fn quietly<T>(work: impl FnOnce() -> T) -> std::thread::Result<T> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let done = catch_unwind(AssertUnwindSafe(work));
    std::panic::set_hook(hook);
    done
}
