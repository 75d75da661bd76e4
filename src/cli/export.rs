//! `fourlap export`: the mile with ten seconds on both sides, or the repaired recording, as GPX 1.1.

use std::path::PathBuf;

use clap::Args;

use super::arguments::MileArguments;
use super::exit::Exit;
use super::load;
use super::output::{self, Failure};
use crate::activity::Activity;
use crate::analysis::{Options, analyze};
use crate::report::gpx::{Extent, gpx};
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
    output::spare_inputs(arguments.output.as_deref(), std::slice::from_ref(&arguments.path))?;
    let options = arguments.mile.options();
    let found = load::first(&arguments.path, arguments.mile.strict, |activity| {
        let extent = if arguments.all { Extent::All } else { the_mile(activity, &options)? };
        gpx(activity, extent)
    });
    let (name, exported) = match found {
        Ok(found) => found,
        Err(exit) => return Ok(exit),
    };
    if exported.without_position > 0 {
        let left_out = exported.without_position;
        output::complain_of(&name, format_args!("{left_out} samples without a position were left out"));
    }
    output::print_to(arguments.output.as_deref(), &exported.xml)?;
    Ok(Exit::Done)
}

/// Seconds that are written before and after the mile, so that whoever measures it anew, along plain positions,
/// does not find it a metre short.
const MARGIN_S: f64 = 10.0;

/// The part of an activity that is its mile.
fn the_mile(activity: &Activity, options: &Options) -> Result<Extent, String> {
    let analysis = analyze(activity, options);
    let Some(best) = &analysis.best_mile else {
        return Err(format!("no mile to export: {}", analysis.no_mile_reason.unwrap_or_default()));
    };
    let (mile, _) = best.headline();
    let (start_s, end_s) = (mile.start_s - MARGIN_S, mile.end_s() + MARGIN_S);
    Ok(Extent::Part(Window { start_s: start_s.max(0.0), end_s: end_s.min(activity.elapsed_s()) }))
}
