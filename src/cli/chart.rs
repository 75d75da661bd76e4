//! `fourlap chart`: pictures of a file's mile.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{KindArgument, MediumArgument, MileArguments, UnitsArgument};
use super::athlete::AthleteArguments;
use super::exit::Exit;
use super::load;
use super::output::{self, Failure};
use super::picture::{self, Look};
use crate::analysis::{Options, analyze};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An activity file (FIT, GPX, TCX), also as .gz or in a .zip archive; - reads standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[command(flatten)]
    mile: MileArguments,
    /// Which picture to draw
    #[arg(long, value_enum, default_value_t, value_name = "KIND", help_heading = "Output")]
    kind: KindArgument,
    /// What it is for
    #[arg(long = "for", value_enum, default_value_t, value_name = "MEDIUM", help_heading = "Output")]
    medium: MediumArgument,
    /// Where to draw: .svg or .png; - writes SVG to standard output; for all kinds a folder [default: PATH's name
    /// with the kind, such as run-pacing.svg]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Unit of paces
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    units: UnitsArgument,
    #[command(flatten)]
    athlete: AthleteArguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    output::spare_inputs(arguments.output.as_deref(), std::slice::from_ref(&arguments.path))?;
    let options = arguments.mile.options();
    let athlete = arguments.athlete.athlete().map_err(Failure::Usage)?;
    let options = Options { athlete: athlete.clone(), ..options };
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
    let look = Look { medium: arguments.medium, units: arguments.units.into(), athlete };
    if arguments.kind == KindArgument::All {
        let folder = arguments.output.clone().unwrap_or_else(|| stem(&arguments.path).into());
        picture::all(&analysis, &folder, &look)?;
        return Ok(Exit::Done);
    }
    let file = arguments.output.clone().unwrap_or_else(|| beside(&arguments.path, arguments.kind));
    picture::write(&analysis, arguments.kind, &file, &look)?;
    if file.as_os_str() != "-" {
        output::complain(format_args!("drawn to {}", file.display()));
    }
    Ok(Exit::Done)
}

/// The name of `run.fit.gz` without its endings: `run`.
fn stem(path: &Path) -> String {
    let name = path.file_name().map_or("mile".into(), |name| name.to_string_lossy().into_owned());
    name.split('.').next().filter(|stem| !stem.is_empty() && *stem != "-").unwrap_or("mile").to_owned()
}

/// `run.fit.gz` is drawn to `run-pacing.svg` in the current folder, a card to `run-card.png`.
fn beside(path: &Path, kind: KindArgument) -> PathBuf {
    let ending = if kind == KindArgument::Card { "png" } else { "svg" };
    PathBuf::from(format!("{}-{}.{ending}", stem(path), picture::word(kind)))
}
