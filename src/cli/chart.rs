//! `fourlap chart`: pictures of a file's mile.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{KindArgument, MediumArgument, SchemeArgument, UnitsArgument, goal};
use super::athlete::HeartArguments;
use super::exit::Exit;
use super::files;
use super::load;
use super::mile::MileArguments;
use super::output::{self, Failure};
use super::picture::{self, Look, Subject};
use super::settings::Settings;
use crate::analysis::{Analysis, Options, analyze};
use crate::segmenter::SegmentOptions;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An activity file: FIT, GPX, TCX, also as .gz and in .zip; - is standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Goal for the mile, such as 5:20
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = goal, help_heading = "Mile")]
    goal: Option<f64>,
    /// How the mile is cut into laps [default: line on a track, else quarters]
    #[arg(long, value_enum, help_heading = "Mile")]
    scheme: Option<SchemeArgument>,
    #[command(flatten)]
    mile: MileArguments,
    #[command(flatten)]
    heart: HeartArguments,
    /// Which picture to draw [default: pacing; delta with --against]
    #[arg(long, value_enum, value_name = "KIND", help_heading = "Output")]
    kind: Option<KindArgument>,
    /// Draw the seconds ahead of the mile of this file or behind it
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    against: Option<PathBuf>,
    /// What the picture is for
    #[arg(long = "for", value_enum, default_value_t, value_name = "MEDIUM", help_heading = "Output")]
    medium: MediumArgument,
    /// Draw into this .svg or .png, all kinds into this folder; - writes SVG to standard output [default: named by file
    /// and kind, such as run-pacing.svg]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Unit of paces [default: mi]
    #[arg(long, value_enum, help_heading = "Output")]
    units: Option<UnitsArgument>,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, Failure> {
    let kind = kind(arguments)?;
    check_output(arguments.output.as_deref(), kind)?;
    let inputs: Vec<PathBuf> = [&arguments.path].into_iter().chain(&arguments.against).cloned().collect();
    files::stdin_once(&inputs)?;
    files::spare_inputs(arguments.output.as_deref(), &inputs)?;
    let athlete = arguments.heart.athlete(settings)?;
    let options = Options { goal_s: arguments.goal, athlete, ..arguments.mile.options(arguments.scheme) };
    let strict = arguments.mile.measure.strict;
    let analysis = match first(&arguments.path, strict, &options) {
        Ok((_, analysis)) => analysis,
        Err(exit) => return Ok(exit),
    };
    // A mile chosen in one recording is another one in the next, and so is its official time.
    let segment = SegmentOptions { start: None, official_s: None, ..options.segment };
    let plain = Options { segment, ..options };
    let rival = match arguments.against.as_ref().map(|path| first(path, strict, &plain)).transpose() {
        Ok(rival) => rival,
        Err(exit) => return Ok(exit),
    };
    let subject =
        Subject { analysis: &analysis, rival: rival.as_ref().map(|(name, mile)| (name.as_str(), mile)) };
    let look = Look { medium: arguments.medium, units: UnitsArgument::in_force(arguments.units, settings) };
    if kind == KindArgument::All {
        let folder = arguments.output.clone().unwrap_or_else(|| stem(&arguments.path).into());
        picture::all(&subject, &folder, &look)?;
        return Ok(Exit::Done);
    }
    let file = arguments.output.clone().unwrap_or_else(|| beside(&arguments.path, kind));
    picture::write(&subject, kind, &file, &look)?;
    if !files::is_stdout(&file) {
        output::complain(format_args!("drawn to {}", output::shown(&file)));
    }
    Ok(Exit::Done)
}

/// Refuses one file for many pictures.
fn check_output(output: Option<&Path>, kind: KindArgument) -> Result<(), Failure> {
    let Some(output) = output.filter(|_| kind == KindArgument::All) else { return Ok(()) };
    if files::is_stdout(output) {
        let text = "all pictures are too many for standard output; name a folder with -o";
        return Err(Failure::Usage(text.into()));
    }
    if is_picture(output) {
        let name = output::shown(output);
        let text =
            format!("-o {name}: names one picture, and --kind all draws several; name a folder with -o");
        return Err(Failure::Usage(text));
    }
    Ok(())
}

/// The picture that is asked for; only one of them knows a rival.
fn kind(arguments: &Arguments) -> Result<KindArgument, Failure> {
    match (arguments.kind, arguments.against.is_some()) {
        (None, true) => Ok(KindArgument::Delta),
        (None, false) => Ok(KindArgument::default()),
        (Some(kind), false) | (Some(kind @ (KindArgument::Delta | KindArgument::All)), true) => Ok(kind),
        (Some(kind), true) => Err(Failure::Usage(format!(
            "--against goes with --kind delta or all, not with {}",
            picture::word(kind)
        ))),
    }
}

/// The first mile that a path leads to; complains where there is none.
fn first(path: &Path, strict: bool, options: &Options) -> Result<(String, Analysis), Exit> {
    load::first(path, strict, |activity| {
        let analysis = analyze(activity, options);
        match &analysis.best_mile {
            Some(_) => Ok(analysis),
            None => Err(format!("no mile to draw: {}", analysis.no_mile_reason.unwrap_or_default())),
        }
    })
}

/// Whether a file that is yet to be is named as a picture; a folder that is there may be called anything.
fn is_picture(file: &Path) -> bool {
    !file.is_dir() && matches!(output::ending(file).as_deref(), Some("svg" | "png"))
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
