//! The configuration file: what stays the same from run to run.

use std::env;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use etcetera::BaseStrategy;
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::arguments::UnitsArgument;
use super::athlete::{SexArgument, born, heart_rate};
use super::output::{Failure, shown};
use crate::report::text::printable;

/// Names the file to read instead of the user's own; empty for none.
const VARIABLE: &str = "FOURLAP_CONFIG";
/// Longer than this no configuration is, in bytes.
const LONGEST: u64 = 1 << 20;
const KNOWN: &str = "there are units, and below [athlete] sex, born, max_hr and threshold_hr";

/// What the configuration file says.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Where the file is, or would be.
    pub(super) file: Option<PathBuf>,
    /// Whether there is one.
    pub(super) found: bool,
    pub(super) sex: Option<Line<SexArgument>>,
    pub(super) born: Option<Line<Date>>,
    pub(super) max_hr: Option<Line<f64>>,
    pub(super) threshold_hr: Option<Line<f64>>,
    pub(super) units: Option<Line<UnitsArgument>>,
}

/// A value with the line of the file that it stands in, from 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// A value in force and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct InForce<T> {
    /// `None` where nobody said anything.
    pub(super) value: Option<T>,
    pub(super) from: Source,
}

/// Who said it. The command line beats the file, and the file the default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Source {
    Default,
    File { line: usize },
    Option,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File { line } => write!(f, "file, line {line}"),
            Source::Option => f.write_str("option"),
        }
    }
}

impl<T: Copy> InForce<T> {
    pub(super) fn of(option: Option<T>, file: Option<Line<T>>) -> InForce<T> {
        match (option, file) {
            (Some(value), _) => InForce { value: Some(value), from: Source::Option },
            (None, Some(Line { value, line })) => InForce { value: Some(value), from: Source::File { line } },
            (None, None) => InForce { value: None, from: Source::Default },
        }
    }
}

impl Settings {
    /// Reads the file that `--config` names, else the one that the environment names, else the user's own, which
    /// may be missing.
    pub(super) fn load(named: Option<&Path>) -> Result<Settings, Failure> {
        let named = match (named, env::var_os(VARIABLE)) {
            (Some(named), _) => Some(named.to_owned()),
            (None, Some(named)) if named.is_empty() => return Ok(Settings::default()),
            (None, named) => named.map(PathBuf::from),
        };
        let is_named = named.is_some();
        let Some(file) = named.or_else(own) else { return Ok(Settings::default()) };
        match text(&file) {
            Ok(text) => {
                let read = Settings::read(&text);
                let settings = read.map_err(|wrong| Failure::Usage(wrong.told(&file)))?;
                Ok(Settings { file: Some(file), found: true, ..settings })
            }
            Err(error) if !is_named && error.kind() == io::ErrorKind::NotFound => {
                Ok(Settings { file: Some(file), ..Settings::default() })
            }
            Err(error) => {
                let name = shown(&file);
                let what = match error.kind() {
                    io::ErrorKind::NotFound => "no such configuration file; check the path".into(),
                    io::ErrorKind::InvalidData => "not a configuration file; it is a text".into(),
                    _ => format!("the configuration cannot be read: {error}"),
                };
                Err(Failure::Usage(format!("{name}: {what}")))
            }
        }
    }

    fn read(text: &str) -> Result<Settings, Wrong> {
        let table = DeTable::parse(text).map_err(|error| Wrong {
            what: error.message().lines().collect::<Vec<_>>().join(", "),
            line: error.span().map_or(1, |span| line(text, span.start)),
            hint: "a setting is written as units = \"km\"".into(),
        })?;
        let mut settings = Settings::default();
        for (key, value) in table.get_ref() {
            let at = line(text, key.span().start);
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("athlete", DeValue::Table(athlete)) => {
                    for (key, value) in athlete {
                        settings.athlete(key.get_ref(), value, line(text, key.span().start))?;
                    }
                }
                ("units", _) => {
                    let units = read("units", value, at, one_of::<UnitsArgument>)?;
                    settings.units = Some(units);
                }
                (unknown, _) => return Err(Wrong::unknown(unknown, at)),
            }
        }
        Ok(settings)
    }

    fn athlete(&mut self, key: &str, value: &Spanned<DeValue<'_>>, at: usize) -> Result<(), Wrong> {
        match key {
            "sex" => self.sex = Some(read(key, value, at, one_of::<SexArgument>)?),
            "born" => self.born = Some(read(key, value, at, born)?),
            "max_hr" => self.max_hr = Some(read(key, value, at, heart_rate)?),
            "threshold_hr" => self.threshold_hr = Some(read(key, value, at, heart_rate)?),
            "age" => {
                let what = "an age is wrong a year later".into();
                return Err(Wrong { what, line: at, hint: "write born = 1990-05-17 or born = 1990".into() });
            }
            unknown => return Err(Wrong::unknown(unknown, at)),
        }
        Ok(())
    }
}

/// Where the user's own file is, whether or not it exists.
fn own() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.config_dir().join("fourlap.toml"))
}

fn text(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(LONGEST).read_to_string(&mut text)?;
    // Editors on Windows begin a text with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// What is wrong in the file, where, and what would be right.
#[derive(Debug, PartialEq)]
struct Wrong {
    what: String,
    line: usize,
    hint: String,
}

impl Wrong {
    fn unknown(key: &str, line: usize) -> Wrong {
        Wrong { what: format!("'{}' is no setting", printable(key)), line, hint: KNOWN.into() }
    }

    fn told(&self, file: &Path) -> String {
        let Wrong { what, line, hint } = self;
        format!("{}: {what} (line {line}); {hint}", shown(file))
    }
}

/// Reads a value the way that the option of the same name is read, so that both refuse the same.
fn read<T>(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    line: usize,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Line<T>, Wrong> {
    let text = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => {
            let what = format!("'{key}' is not one value");
            return Err(Wrong { what, line, hint: format!("write {key} = and the value, a text in quotes") });
        }
    };
    let refused = |hint| Wrong { what: format!("{key} cannot be '{}'", printable(&text)), line, hint };
    parse(&text).map(|value| Line { value, line }).map_err(refused)
}

fn one_of<T: ValueEnum>(text: &str) -> Result<T, String> {
    T::from_str(text, true).map_err(|_| {
        let names = T::value_variants().iter().filter_map(T::to_possible_value);
        let names: Vec<String> = names.map(|name| format!("\"{}\"", name.get_name())).collect();
        format!("write {}", names.join(" or "))
    })
}

/// The line that a byte of the text stands in, from 1.
fn line(text: &str, byte: usize) -> usize {
    1 + text.as_bytes().iter().take(byte).filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_read_with_its_line() {
        let text = "units = \"km\"\n\n[athlete]\nsex = \"F\"\nborn = 1984-02-11\nmax_hr = 186\nthreshold_hr = 165.5\n";
        let settings = Settings::read(text).unwrap();
        assert_eq!(settings.units.map(|units| units.line), Some(1));
        assert_eq!(settings.sex.map(|sex| (sex.value, sex.line)), Some((SexArgument::Female, 4)));
        assert_eq!(settings.born, Some(Line { value: jiff::civil::date(1984, 2, 11), line: 5 }));
        assert_eq!(settings.max_hr, Some(Line { value: 186.0, line: 6 }));
        assert_eq!(settings.threshold_hr, Some(Line { value: 165.5, line: 7 }));
        let year = Settings::read("athlete.born = 1990").unwrap();
        assert_eq!(year.born.map(|born| born.value), Some(jiff::civil::date(1990, 1, 1)));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_what_would_be_right() {
        let cases = [
            (
                "[athlete]\nmaxhr = 186",
                "'maxhr' is no setting (line 2); there are units, and below [athlete] sex",
            ),
            ("goal = \"5:20\"", "'goal' is no setting (line 1); there are units"),
            ("athlete = 3", "'athlete' is no setting (line 1)"),
            ("\n\nunits = \"yards\"", "units cannot be 'yards' (line 3); write \"mi\" or \"km\""),
            ("units = [1]", "'units' is not one value (line 1); write units = and the value"),
            ("[athlete]\nmax_hr = 19", "max_hr cannot be '19' (line 2); heart rates from 90 to 240"),
            ("[athlete]\nage = 42", "an age is wrong a year later (line 2); write born = 1990-05-17"),
            ("[athlete]\n\nsex = f", "(line 3); a setting is written as units = \"km\""),
        ];
        for (text, says) in cases {
            let told = Settings::read(text).unwrap_err().told(Path::new("fourlap.toml"));
            assert!(told.starts_with("fourlap.toml: ") && told.contains(says), "{told}");
        }
    }
}
