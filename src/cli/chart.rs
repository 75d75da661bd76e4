//! `fourlap chart`: the pacing picture of a file's mile.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{MileArguments, UnitsArgument};
use super::exit::Exit;
use super::load::{self, Loaded};
use super::output::{self, Failure};
use crate::analysis::{Analysis, Options, analyze};
#[cfg(feature = "plot")]
use crate::plotting::{self, ChartOptions};
#[cfg(feature = "plot")]
use crate::report::text::printable;
use crate::units::UnitSystem;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An activity file (FIT, GPX, TCX), also as .gz or in a .zip archive; - reads standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[command(flatten)]
    mile: MileArguments,
    /// Where to draw: .svg or .png; - writes SVG to standard output [default: PATH's name with -pacing.svg]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Unit of paces
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    units: UnitsArgument,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let name = arguments.path.to_string_lossy();
    let options = arguments.mile.options();
    let mut found = Found::default();
    let read = load::each(&arguments.path, false, &mut |loaded| found.look_at(&loaded, &options));
    if let Err(error) = read {
        return Ok(output::complain_of_error(&name, &error));
    }
    let Some(analysis) = found.mile else { return Ok(found.why_not(&name)) };
    let file = arguments.output.clone().unwrap_or_else(|| beside(&arguments.path));
    write(&analysis, &file, arguments.units.into())?;
    if file.as_os_str() != "-" {
        output::complain(format_args!("drawn to {}", file.display()));
    }
    Ok(Exit::Done)
}

/// The first mile that a path leads to, and what stood in the way of one.
#[derive(Default)]
struct Found {
    mile: Option<Analysis>,
    reason: Option<String>,
    failed: Option<Exit>,
}

impl Found {
    fn look_at(&mut self, loaded: &Loaded, options: &Options) {
        let activities = match &loaded.activities {
            Ok(activities) => activities,
            Err(error) => {
                self.failed = Some(output::complain_of_error(&loaded.name(), error));
                return;
            }
        };
        for activity in activities {
            if self.mile.is_none() {
                let analysis = analyze(activity, options);
                match analysis.best_mile {
                    Some(_) => self.mile = Some(analysis),
                    None => self.reason = self.reason.take().or(analysis.no_mile_reason),
                }
            }
        }
    }

    /// Says why there is nothing to draw, unless a file's own complaint said it.
    fn why_not(self, name: &str) -> Exit {
        if let Some(reason) = self.reason {
            output::complain_of(name, format_args!("no mile to draw: {reason}"));
        }
        self.failed.unwrap_or(Exit::NoMile)
    }
}

/// `run.fit.gz` is drawn to `run-pacing.svg` in the current folder.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map_or("mile".into(), |name| name.to_string_lossy().into_owned());
    let stem = name.split('.').next().filter(|stem| !stem.is_empty() && *stem != "-").unwrap_or("mile");
    PathBuf::from(format!("{stem}-pacing.svg"))
}

/// Draws an analysis into a file, its kind told by the name's ending.
#[cfg(feature = "plot")]
pub(super) fn write(analysis: &Analysis, file: &Path, units: UnitSystem) -> Result<(), Failure> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let as_png = match ending.as_deref() {
        Some("png") => true,
        Some("svg") => false,
        _ if file.as_os_str() == "-" => false,
        _ => {
            let file = printable(&file.to_string_lossy());
            return Err(Failure::Usage(format!("'{file}': a picture's name ends in .svg or .png")));
        }
    };
    let options = ChartOptions { units, ..ChartOptions::default() };
    let report = |error: plotting::ChartError| Failure::Report(error.to_string());
    let picture = plotting::pacing(analysis, &options).map_err(report)?;
    let bytes = if as_png { picture.to_png().map_err(report)? } else { picture.into_svg().into_bytes() };
    output::write_file(file, &bytes)
}

/// Says that this build cannot draw.
#[cfg(not(feature = "plot"))]
pub(super) fn write(_: &Analysis, _: &Path, _: UnitSystem) -> Result<(), Failure> {
    Err(Failure::Usage("this program was built without charts; build it with the feature 'plot'".into()))
}
