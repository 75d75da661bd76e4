//! `fourlap config`: what is in force, and who said it.

use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::arguments::{TextFormat, UnitsArgument};
use super::athlete::{AthleteArguments, Birth};
use super::exit::Exit;
use super::output::{self, Failure, as_line};
use super::settings::{InForce, Settings, Source};
use crate::report::text::{FAINT, STRONG, painted, printable};

#[derive(Debug, Args)]
#[command(after_long_help = "\
The file is fourlap.toml in the folder for configuration, ~/.config or
%APPDATA%. --config names another one, and so does FOURLAP_CONFIG; where that
is empty, none is read. Everything in the file may be left out:

  units = \"mi\"          # or \"km\"

  [athlete]
  sex = \"f\"             # or \"m\"
  born = 1984-02-11     # or a year
  max_hr = 186
  threshold_hr = 165

An option beats the file.")]
pub(super) struct Arguments {
    #[command(flatten)]
    athlete: AthleteArguments,
    /// Unit of paces [default: mi]
    #[arg(long, value_enum, help_heading = "Output")]
    units: Option<UnitsArgument>,
    /// Text, or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, Failure> {
    let rows = rows(arguments, settings)?;
    let file = settings.file.as_ref().map(|file| file.to_string_lossy().into_owned());
    let text = match arguments.format {
        TextFormat::Text => table(file.as_deref(), settings.found, &rows),
        TextFormat::Json => {
            let line = Report { schema: "fourlap.config/1", file, found: settings.found, settings: rows };
            as_line(&line)?
        }
    };
    output::print_to(arguments.output.as_deref(), &text).map(|()| Exit::Done)
}

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    file: Option<String>,
    found: bool,
    settings: Vec<Row>,
}

/// One setting as it is in force.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    value: Value,
    from: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// What holds where there is no value.
    #[serde(skip)]
    otherwise: &'static str,
    #[serde(skip)]
    source: Source,
}

fn rows(arguments: &Arguments, settings: &Settings) -> Result<Vec<Row>, Failure> {
    let athlete = arguments.athlete.in_force(settings)?;
    let units = InForce::of(arguments.units, settings.units);
    let units = InForce { value: units.value.or(Some(UnitsArgument::default())), ..units };
    let (name, birth) = match athlete.birth.value {
        Some(Birth::Age(years)) => ("age", Value::from(years)),
        Some(Birth::Born(date)) => ("born", date.to_string().into()),
        None => ("born", Value::Null),
    };
    Ok(vec![
        row("sex", athlete.sex, "not known, so no age grade", word),
        Row { value: birth, ..row(name, athlete.birth, "not known, so no age grade", |_| Value::Null) },
        row("max_hr", athlete.max_hr, "the recording's own", Value::from),
        row("threshold_hr", athlete.threshold_hr, "88 % of the highest", Value::from),
        row("units", units, "", word),
    ])
}

fn row<T: Copy>(
    name: &'static str,
    in_force: InForce<T>,
    otherwise: &'static str,
    written: impl Fn(T) -> Value,
) -> Row {
    let (from, line) = match in_force.from {
        Source::Default => ("default", None),
        Source::File { line } => ("file", Some(line)),
        Source::Option => ("option", None),
    };
    let value = in_force.value.map_or(Value::Null, written);
    Row { name, value, from, line, otherwise, source: in_force.from }
}

/// The word for a value, as it is typed.
fn word(value: impl ValueEnum) -> Value {
    value.to_possible_value().map_or(Value::Null, |value| value.get_name().into())
}

fn table(file: Option<&str>, found: bool, rows: &[Row]) -> String {
    let title = match (file, found) {
        (Some(file), true) => painted(STRONG, printable(file)),
        (Some(file), false) => format!("{} is not there", printable(file)),
        (None, _) => "no configuration file is read".into(),
    };
    let mut text = title + "\n\n";
    for row in rows {
        let value = match &row.value {
            Value::Null => row.otherwise.to_owned(),
            Value::String(text) => text.clone(),
            value => value.to_string().trim_end_matches(".0").to_owned(),
        };
        let _ = writeln!(text, "  {:<13} {value:<28} {}", row.name, painted(FAINT, row.source));
    }
    text
}
