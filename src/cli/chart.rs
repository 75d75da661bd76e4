//! `fourlap chart`: pictures of a file's mile.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{HeartArguments, KindArgument, MediumArgument, MileArguments, UnitsArgument};
use super::exit::Exit;
use super::load::{self, Loaded};
use super::output::{self, Failure};
use super::picture::{self, Look};
use crate::analysis::{Analysis, Options, analyze};

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
    heart: HeartArguments,
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
    let look = Look { medium: arguments.medium, units: arguments.units.into(), heart: arguments.heart };
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
