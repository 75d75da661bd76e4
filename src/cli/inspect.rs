//! `fourlap inspect`: what is in a file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::TextFormat;
use super::exit::{Exit, Tally};
use super::output::{self, Failure};
use crate::activity::Activity;
use crate::analysis::Summary;
use crate::intake::{self, Limits};
use crate::notice::Notice;
use crate::parser;
use crate::report::inspection::{Inspection, inspection};
use crate::report::json;
use crate::report::text::{FAINT, STRONG, painted, printable};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Activity files: FIT or GPX, also as .gz; - reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List every FIT message and field by name, counted
    #[arg(long)]
    messages: bool,
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut tally = Tally::default();
    for (number, path) in arguments.paths.iter().enumerate() {
        if number > 0 && arguments.format == TextFormat::Text {
            output::print("\n")?;
        }
        tally.add(file(path, arguments)?);
    }
    Ok(tally.exit())
}

fn file(path: &Path, arguments: &Arguments) -> Result<Exit, Failure> {
    let name = path.to_string_lossy();
    let document = match intake::read(path, &Limits::default()) {
        Ok(document) => document,
        Err(error) => return Ok(output::complain_of_error(&name, &error)),
    };
    if arguments.messages {
        // Lists what is inside even where there is no recording: settings and courses are FIT too.
        return match messages(&document.bytes) {
            Ok(list) => {
                output::print(&(painted(STRONG, printable(&name)) + "\n" + &list)).map(|()| Exit::Done)
            }
            Err(why) => {
                output::complain_of(&name, why);
                Ok(Exit::Failed)
            }
        };
    }
    match parser::read(&document.bytes) {
        Ok(activities) => show(&activities, &name, arguments.format).map(|()| Exit::Done),
        Err(error) => Ok(output::complain_of_error(&name, &error)),
    }
}

fn show(activities: &[Activity], name: &str, format: TextFormat) -> Result<(), Failure> {
    for (number, activity) in activities.iter().enumerate() {
        let session = (activities.len() > 1).then_some(number + 1);
        let text = match format {
            TextFormat::Text => {
                let name = session.map_or(name.to_owned(), |session| format!("{name} (session {session})"));
                let apart = if number > 0 { "\n" } else { "" };
                format!("{apart}{}", inspection(activity, &name))
            }
            TextFormat::Json => as_json(activity, name, session)?,
        };
        output::print(&text)?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct InspectionLine<'a> {
    schema: &'static str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<usize>,
    activity: Summary,
    #[serde(flatten)]
    inspection: Inspection,
    notices: &'a [Notice],
}

fn as_json(activity: &Activity, file: &str, session: Option<usize>) -> Result<String, Failure> {
    let line = InspectionLine {
        schema: "fourlap.inspection/1",
        file,
        session,
        activity: Summary::of(activity),
        inspection: Inspection::of(&activity.samples),
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
    let parsed = quietly(|| fitparser::from_bytes(bytes));
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
