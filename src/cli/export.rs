//! `fourlap export`: the mile, or the repaired recording, as GPX 1.1.

use std::path::PathBuf;

use clap::Args;

use super::arguments::MileArguments;
use super::exit::Exit;
use super::load::{self, Loaded};
use super::output::{self, Failure};
use crate::analysis::{Options, analyze};
use crate::report::gpx::{Exported, Extent, gpx};
use crate::segmenter::window::Window;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An activity file (FIT, GPX, TCX), also as .gz or in a .zip archive; - reads standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The whole recording as repaired, not only the mile
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    mile: MileArguments,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let name = arguments.path.to_string_lossy();
    let options = arguments.mile.options();
    let mut found: Option<Result<Exported, String>> = None;
    let mut ended = Exit::NoMile;
    let read = load::each(&arguments.path, false, &mut |loaded| {
        if !matches!(found, Some(Ok(_))) {
            match first(&loaded, &options, arguments.all) {
                Ok(exported) => found = Some(exported),
                Err(exit) => ended = exit,
            }
        }
    });
    if let Err(error) = read {
        return Ok(output::complain_of_error(&name, &error));
    }
    match found {
        None => Ok(ended),
        Some(Err(why)) => {
            output::complain_of(&name, why);
            Ok(Exit::NoMile)
        }
        Some(Ok(exported)) => {
            if exported.without_position > 0 {
                let left_out = exported.without_position;
                output::complain_of(
                    &name,
                    format_args!("{left_out} samples without a position were left out"),
                );
            }
            output::print_to(arguments.output.as_deref(), &exported.xml)?;
            Ok(Exit::Done)
        }
    }
}

/// The first activity of a file that can be written; why none can; or how the file's own complaint ends.
fn first(loaded: &Loaded, options: &Options, all: bool) -> Result<Result<Exported, String>, Exit> {
    let activities = match &loaded.activities {
        Ok(activities) => activities,
        Err(error) => return Err(output::complain_of_error(&loaded.name(), error)),
    };
    let mut why_not = Err("it holds no activity".to_owned());
    for activity in activities {
        let extent = if all {
            Extent::All
        } else {
            let analysis = analyze(activity, options);
            let Some(best) = &analysis.best_mile else {
                why_not = Err(format!("no mile to export: {}", analysis.no_mile_reason.unwrap_or_default()));
                continue;
            };
            let (mile, _) = best.headline();
            Extent::Part(Window { start_s: mile.start_s, end_s: mile.end_s() })
        };
        match gpx(activity, extent) {
            Ok(exported) => return Ok(Ok(exported)),
            Err(why) => why_not = Err(why),
        }
    }
    Ok(why_not)
}
