//! `fourlap chart`: the pacing picture of a file's mile.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{MileArguments, UnitsArgument};
use super::exit::Exit;
use super::load;
use super::output::{self, Failure};
use crate::analysis::{Analysis, analyze};
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
    let options = arguments.mile.options();
    let found = load::first(&arguments.path, arguments.mile.strict, |activity| {
        let analysis = analyze(activity, &options);
        match &analysis.best_mile {
            Some(_) => Ok(analysis),
            None => Err(format!("no mile to draw: {}", analysis.no_mile_reason.unwrap_or_default())),
        }
    });
    let analysis = match found {
        Ok((_, analysis)) => analysis,
        Err(exit) => return Ok(exit),
    };
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
