//! `fourlap export`: the mile with ten seconds on both sides, or the repaired recording, as GPX 1.1.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Tally};
use super::files;
use super::load;
use super::mile::MileArguments;
use super::output::{self, Failure};
use crate::activity::Activity;
use crate::analysis::{Options, analyze};
use crate::report::gpx::{Exported, Extent, gpx, joined};
use crate::segmenter::window::Window;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An activity file: FIT, GPX, TCX, also as .gz and in .zip; - is standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Everything as repaired, not only the mile
    ///
    /// Of an archive or a multisport recording a track for each activity.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    mile: MileArguments,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    files::spare_inputs(arguments.output.as_deref(), std::slice::from_ref(&arguments.path))?;
    if arguments.all {
        return everything(arguments);
    }
    let options = arguments.mile.options(None);
    let found = load::first(&arguments.path, arguments.mile.measure.strict, |activity| {
        gpx(activity, the_mile(activity, &options)?)
    });
    match found {
        Ok((name, exported)) => {
            left_out(&name, &exported);
            output::print_to(arguments.output.as_deref(), &exported.xml)?;
            Ok(Exit::Done)
        }
        Err(exit) => Ok(exit),
    }
}

/// Every activity that the path leads to, as one file with a track each; one that cannot be written is named and
/// passed over.
fn everything(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut tracks = Vec::new();
    let mut tally = Tally::default();
    let read = load::each(&arguments.path, arguments.mile.measure.strict, &mut |loaded| {
        let name = loaded.name();
        match loaded.activities {
            Err(error) => tally.add(output::complain_of_error(&name, &error)),
            Ok(activities) => {
                for activity in with_names(activities, loaded.member.as_deref()) {
                    match gpx(&activity, Extent::All) {
                        Ok(exported) => {
                            left_out(&name, &exported);
                            tracks.push(exported);
                            tally.add(Exit::Done);
                        }
                        Err(why) => output::complain_of(&name, why),
                    }
                }
            }
        }
        ControlFlow::Continue(())
    });
    if let Err(error) = read {
        tally.add(output::complain_of_error(&crate::intake::names::of_path(&arguments.path), &error));
    }
    if let Some(whole) = joined(tracks) {
        output::print_to(arguments.output.as_deref(), &whole.xml)?;
    }
    Ok(tally.exit())
}

/// Activities without a name of their own are called by their file in the archive.
fn with_names(mut activities: Vec<Activity>, member: Option<&str>) -> Vec<Activity> {
    for activity in activities.iter_mut().filter(|activity| activity.name.is_none()) {
        activity.name = member.map(str::to_owned);
    }
    activities
}

fn left_out(name: &str, exported: &Exported) {
    if exported.without_position > 0 {
        let left_out = exported.without_position;
        output::complain_of(name, format_args!("{left_out} samples without a position were left out"));
    }
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
