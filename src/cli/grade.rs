//! `fourlap grade`: grades laps that were timed by hand.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;

use super::arguments::{SchemeArgument, TextFormat, goal};
use super::exit::Exit;
use super::output::{self, Failure};
use crate::analyzer::PacingGrade;
use crate::analyzer::grade::{Graded, grade};
use crate::analyzer::rubric::PacedMile;
use crate::analyzer::spread::TimingErrors;
use crate::report::text::{self, FAINT, STRONG, painted, wrapped};
use crate::report::{card, json};
use crate::segmenter::LapScheme;
use crate::units::{clock_tenths, parse_time};

/// The standard deviation in seconds of a time taken by hand.
const HAND_TIMING_S: f64 = 0.2;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The times of the four laps, such as 79.9 79.3 82.0 78.4 or 1:19.9 ...
    #[arg(value_names = ["LAP1", "LAP2", "LAP3", "LAP4"], num_args = 4, required = true, value_parser = lap)]
    laps: Vec<f64>,
    /// Goal for the mile, such as 5:20
    #[arg(long, value_name = "TIME", value_parser = goal)]
    goal: Option<f64>,
    /// How the mile was cut into laps
    #[arg(long, value_enum, default_value = "quarters")]
    scheme: SchemeArgument,
    /// Times at 200, 1200, 1300, 1400, 1500 and 1600 m from the start, such as 200=38.6,1200=4:00.1
    #[arg(long, value_name = "M=TIME,...", value_delimiter = ',', value_parser = mark)]
    marks: Vec<(u32, f64)>,
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mile = paced(arguments)?;
    let errors = TimingErrors::uniform(HAND_TIMING_S);
    let grade = grade(&mile, arguments.goal, Graded::Typed, Some(&errors));
    let text = match arguments.format {
        TextFormat::Text => report(&mile, &grade),
        TextFormat::Json => json::rounded_line(&grade).map_err(|e| Failure::Report(e.to_string()))? + "\n",
    };
    output::print_to(arguments.output.as_deref(), &text)?;
    Ok(Exit::Done)
}

/// What the rubric sees of the typed times.
fn paced(arguments: &Arguments) -> Result<PacedMile, Failure> {
    let laps_s: [f64; 4] = arguments
        .laps
        .as_slice()
        .try_into()
        .map_err(|_| Failure::Usage("four lap times are needed, such as 79.9 79.3 82.0 78.4".into()))?;
    let scheme = LapScheme::from(arguments.scheme);
    let total_s: f64 = laps_s.iter().sum();
    let at = |distance_m: u32| arguments.marks.iter().find(|mark| mark.0 == distance_m).map(|mark| mark.1);
    // Times typed by hand are rounded, so the last mark may equal the whole.
    if let Some((distance_m, _)) = arguments.marks.iter().find(|mark| mark.1 > total_s + 0.05) {
        return Err(Failure::Usage(format!(
            "--marks: {distance_m} m lies beyond the whole mile of {}; marks are times from the start",
            clock_tenths(total_s)
        )));
    }
    let lap_end_s = |distance_m: f64| {
        let mut elapsed_s = 0.0;
        scheme.boundaries_m()[1..].iter().zip(laps_s).find_map(|(&end_m, lap_s)| {
            elapsed_s += lap_s;
            ((end_m - distance_m).abs() < 0.01).then_some(elapsed_s)
        })
    };
    let hundreds_from = [1200, 1300, 1400, 1500, 1600].map(|m| at(m).or_else(|| lap_end_s(f64::from(m))));
    let closing_marks_s = closing_marks(hundreds_from)?;
    Ok(PacedMile { lengths_m: scheme.lengths_m(), laps_s, t200_s: at(200), closing_marks_s })
}

/// The five marks between which the hundreds lie, where all are known.
fn closing_marks(at: [Option<f64>; 5]) -> Result<Option<[f64; 5]>, Failure> {
    let [Some(a), Some(b), Some(c), Some(d), Some(e)] = at else { return Ok(None) };
    let hundreds_s = [b - a, c - b, d - c, e - d];
    if hundreds_s.iter().any(|&hundred_s| hundred_s < 8.0) {
        return Err(Failure::Usage(
            "--marks: each hundred takes 8 s at the least; marks are times from the start, such as \
             1200=4:00.1,1300=4:19.8"
                .into(),
        ));
    }
    Ok(Some([a, b, c, d, e]))
}

/// A lap's time in seconds; a lap of a mile takes from 40 s (nobody runs 400 m faster) to 10 minutes.
fn lap(text: &str) -> Result<f64, String> {
    let lap_s = parse_time(text).map_err(|error| error.to_string())?;
    if (40.0..=600.0).contains(&lap_s) {
        return Ok(lap_s);
    }
    Err("a lap of 400 m takes from 40 s to 10:00; write eighty seconds as 80 or 1:20".into())
}

/// `200=38.6`: a distance that is a mark, and the time at it.
fn mark(text: &str) -> Result<(u32, f64), String> {
    const MARKS: [u32; 8] = [200, 400, 800, 1200, 1300, 1400, 1500, 1600];
    let (distance, time) = text.split_once('=').ok_or("write a mark as 200=38.6")?;
    let distance_m = distance.trim().parse().ok().filter(|m| MARKS.contains(m));
    let distance_m = distance_m.ok_or_else(|| format!("'{distance}' is no mark; there are {MARKS:?}"))?;
    let time_s = parse_time(time).map_err(|error| error.to_string())?;
    Ok((distance_m, time_s))
}

fn report(mile: &PacedMile, grade: &PacingGrade) -> String {
    let total_s: f64 = mile.laps_s.iter().sum();
    let mut text = format!("  {}\n", painted(STRONG, format!("MILE  {}", clock_tenths(total_s))));
    text += &card::score_line(grade);
    text.push('\n');
    for (lap, verdict) in grade.laps.iter().enumerate() {
        let time = clock_tenths(mile.laps_s[lap]);
        let delta = crate::units::signed_tenths(verdict.delta_s);
        let words = painted(FAINT, format!("▏{}", verdict.verdict));
        let _ =
            writeln!(text, "  {}   {:>3.0} m {time:>9} {delta:>8}   {words}", lap + 1, mile.lengths_m[lap]);
    }
    text.push('\n');
    for part in &grade.parts {
        text += &card::part_line(part);
    }
    text.push('\n');
    for sentence in &grade.advice {
        text += &wrapped(sentence, "  ", text::WIDTH);
    }
    text
}
