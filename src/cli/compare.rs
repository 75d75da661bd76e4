//! `fourlap compare`: two miles side by side.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::arguments::{SchemeArgument, TextFormat};
use super::exit::Exit;
use super::files;
use super::load;
use super::mile::TwoMilesArguments;
use super::output::{self, Failure, as_line};
use crate::activity::Activity;
use crate::analysis::{Options, analyze};
use crate::analyzer::comparison::{Comparison, Pair, compare};
use crate::report::text::{self, FAINT, STRONG, painted, printable_name, wrapped};
use crate::segmenter::BestMile;
use crate::segmenter::{LapScheme, SegmentOptions, TimedMile};
use crate::units::{MILE_M, clock_of_tenths, clock_tenths, printed_tenths, signed_tenths, tenths};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file of mile A; - is standard input
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The file of mile B
    #[arg(value_name = "B")]
    b: PathBuf,
    /// How the mile is cut into laps [default: line on a track, else quarters]
    #[arg(long, value_enum, help_heading = "Mile")]
    scheme: Option<SchemeArgument>,
    #[command(flatten)]
    mile: TwoMilesArguments,
    /// Text, or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let inputs = [arguments.a.clone(), arguments.b.clone()];
    files::stdin_once(&inputs)?;
    files::spare_inputs(arguments.output.as_deref(), &inputs)?;
    let ([for_a, for_b], strict) = (arguments.mile.options(arguments.scheme), arguments.mile.measure.strict);
    let (a, b) = match (first(&arguments.a, strict, for_a), first(&arguments.b, strict, for_b)) {
        (Ok(a), Ok(b)) => (a, b),
        // Both are looked at first, so that both complaints are made.
        (Err(a), Err(b)) => return Ok(if b == Exit::Failed { b } else { a }),
        (Err(exit), _) | (_, Err(exit)) => return Ok(exit),
    };
    let (a, b) = cut_alike(a, b);
    let compared = compare(a.mile(), b.mile());
    let text = match arguments.format {
        TextFormat::Text => table(&a, &b, &compared),
        TextFormat::Json => {
            let report =
                Report { schema: "fourlap.comparison/1", a: a.side(), b: b.side(), compared: &compared };
            as_line(&report)?
        }
    };
    output::print_to(arguments.output.as_deref(), &text)?;
    Ok(Exit::Done)
}

/// The mile of one file.
struct Found {
    file: String,
    activity: Activity,
    /// How its mile was asked for.
    options: Options,
    best: BestMile,
    /// Whether its laps are not those that it would have by itself.
    recut: bool,
}

impl Found {
    fn mile(&self) -> &TimedMile {
        self.best.headline().0
    }

    fn side(&self) -> Side<'_> {
        Side {
            file: &self.file,
            start: self.activity.start,
            scheme: self.best.scheme,
            time_s: self.mile().time_s,
        }
    }

    fn name(&self) -> String {
        printable_name(self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file))
    }
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    a: Side<'a>,
    b: Side<'a>,
    #[serde(flatten)]
    compared: &'a Comparison,
}

#[derive(Serialize)]
struct Side<'a> {
    file: &'a str,
    start: Option<jiff::Timestamp>,
    scheme: LapScheme,
    time_s: f64,
}

/// The first mile that a path leads to; complains where there is none.
fn first(path: &Path, strict: bool, options: Options) -> Result<Found, Exit> {
    let found = load::first(path, strict, |activity| {
        let analysis = analyze(activity, &options);
        match analysis.best_mile {
            Some(best) => Ok((activity.clone(), best)),
            None => Err(format!("no mile to compare: {}", analysis.no_mile_reason.unwrap_or_default())),
        }
    });
    found.map(|(file, (activity, best))| Found { file, activity, options, best, recut: false })
}

/// Laps cut differently cannot be laid side by side: then both miles are cut into quarters.
fn cut_alike(a: Found, b: Found) -> (Found, Found) {
    if a.best.scheme == b.best.scheme {
        return (a, b);
    }
    let again = |found: Found| {
        let segment = SegmentOptions { scheme: Some(LapScheme::Quarters), ..found.options.segment };
        let options = Options { segment, ..found.options };
        let own = found.best.scheme;
        let best = analyze(&found.activity, &options).best_mile.unwrap_or(found.best);
        let recut = best.scheme != own;
        Found { best, options, recut, ..found }
    };
    (again(a), again(b))
}

fn table(a: &Found, b: &Found, compared: &Comparison) -> String {
    let mut text = String::new();
    for (letter, found) in [("A", a), ("B", b)] {
        let summary = crate::analysis::Summary::of(&found.activity);
        let date = text::date(summary.start, summary.utc_offset_s).unwrap_or_default();
        let line = format!("{letter}  {}   {}   {date}", clock_tenths(found.mile().time_s), found.name());
        text += &format!("  {}\n", painted(STRONG, line.trim_end()));
    }
    text += &painted(FAINT, "\n                 A          B       gap");
    text.push('\n');
    for mark in &compared.marks {
        let name = if mark.to_m >= MILE_M { "mile".to_owned() } else { format!("{:.0} m", mark.to_m) };
        text += &row(&name, tenths(mark.a_s), tenths(mark.b_s));
    }
    text += &painted(FAINT, "\n  lap\n");
    let printed =
        |side: fn(&Pair) -> f64| printed_tenths(&compared.laps.iter().map(side).collect::<Vec<_>>());
    let laps = printed(|lap| lap.a_s).into_iter().zip(printed(|lap| lap.b_s));
    for (number, ((a_tenths, b_tenths), lap)) in laps.zip(&compared.laps).enumerate() {
        text += &row(&format!("{} {:.0} m", number + 1, lap.to_m - lap.from_m), a_tenths, b_tenths);
    }
    text.push('\n');
    if a.recut || b.recut {
        let why = "The laps of a track and of a road differ, so both miles are cut into quarters here.";
        text += &wrapped(why, "  ", text::WIDTH);
    }
    for note in &compared.notes {
        text += &wrapped(note, "  ", text::WIDTH);
    }
    if let Some(uncertainty_s) = compared.uncertainty_s {
        let _ = writeln!(
            text,
            "  {}",
            painted(FAINT, format!("the gap at the mile is known to ±{uncertainty_s:.1} s"))
        );
    }
    text
}

/// A time in both miles and the gap between the two as printed.
fn row(name: &str, a_tenths: i64, b_tenths: i64) -> String {
    let gap = signed_tenths((b_tenths - a_tenths) as f64 / 10.0);
    format!("  {name:>7} {:>8}   {:>8}  {gap:>8}\n", clock_of_tenths(a_tenths), clock_of_tenths(b_tenths))
}
