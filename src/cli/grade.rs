//! `fourlap grade`: grades laps that were timed by hand.

use std::fmt::Write;
use std::path::PathBuf;

use clap::{ArgAction, Args};

use super::arguments::{SchemeArgument, TextFormat, goal};
use super::exit::Exit;
use super::output::{self, Failure, as_line};
use super::typed;
use crate::analyzer::PacingGrade;
use crate::analyzer::grade::{Graded, grade};
use crate::analyzer::rubric::PacedMile;
use crate::analyzer::spread::TimingErrors;
use crate::report::text::{self, FAINT, painted, wrapped};
use crate::report::{card, details};
use crate::units::{MILE_M, clock_of_tenths, clock_tenths, printed_tenths, signed_tenths};

/// The standard deviation in seconds of a moment taken by hand.
const HAND_TIMING_S: f64 = 0.2;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Times of the four laps, such as 79.9 79.3 82.0 78.4 or 1:19.9
    #[arg(value_names = ["LAP1", "LAP2", "LAP3", "LAP4"], num_args = 4, required = true, allow_negative_numbers = true, action = ArgAction::Set, value_parser = typed::lap)]
    laps: Vec<typed::Lap>,
    /// Goal for the mile, such as 5:20
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = goal, help_heading = "Mile")]
    goal: Option<f64>,
    /// How the mile was cut into laps
    #[arg(long, value_enum, default_value = "quarters", help_heading = "Mile")]
    scheme: SchemeArgument,
    /// Times from the start at 200, 1200, 1300 ... 1600 m, such as 200=38.6,1200=4:00.1
    #[arg(long, value_name = "M=TIME,...", value_delimiter = ',', value_parser = typed::mark, help_heading = "Mile")]
    marks: Vec<(u32, f64)>,
    /// The official time, to hold the laps against
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = goal, help_heading = "Mile")]
    official: Option<f64>,
    /// Text, or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let laps_s = typed::four(&arguments.laps)?;
    let mile = typed::paced(laps_s, arguments.scheme.into(), &arguments.marks, arguments.official)?;
    typed::roughly_added_up(laps_s, arguments.official).into_iter().for_each(output::complain);
    typed::marks_in_vain(laps_s, arguments.scheme.into(), &arguments.marks)
        .into_iter()
        .for_each(output::complain);
    let errors = TimingErrors::uniform(HAND_TIMING_S);
    let grade = grade(&mile, arguments.goal, Graded::Typed, Some(&errors));
    let text = match arguments.format {
        TextFormat::Text => report(&mile, &grade),
        TextFormat::Json => as_line(&output::Named { schema: "fourlap.grade/1", value: &grade })?,
    };
    output::print_to(arguments.output.as_deref(), &text)?;
    Ok(Exit::Done)
}

/// The time, and the gap to the goal. Four laps of 400 m are no mile: what they are worth is said.
fn headline(mile: &PacedMile, grade: &PacingGrade) -> String {
    let (total_s, total_m) = (mile.laps_s.iter().sum::<f64>(), mile.lengths_m.iter().sum::<f64>());
    let mile_s = total_s * MILE_M / total_m;
    let gap = grade.against_goal(mile_s);
    if (total_m - MILE_M).abs() < 0.01 {
        return card::row(&format!("MILE  {}", clock_tenths(total_s)), &gap.unwrap_or_default());
    }
    let worth = format!("a mile in {}", clock_tenths(mile_s));
    let first = card::row(&format!("{total_m:.0} m  {}", clock_tenths(total_s)), &worth);
    first + &gap.map_or(String::new(), |gap| card::row("", &gap))
}

fn report(mile: &PacedMile, grade: &PacingGrade) -> String {
    let mut text = headline(mile, grade);
    text += &card::score_line(grade);
    text.push('\n');
    let against = if grade.goal_of_laps_s().is_some() { "goal" } else { "even" };
    let _ = writeln!(text, "{}", painted(FAINT, format!("  lap         time   {against}")));
    let printed = printed_tenths(&mile.laps_s);
    for ((lap, verdict), lap_tenths) in grade.laps.iter().enumerate().zip(printed) {
        let time = clock_of_tenths(lap_tenths);
        let delta = signed_tenths(verdict.delta_s);
        let words = painted(FAINT, format!("▏{}", verdict.verdict));
        let _ = writeln!(text, "  {} {:>3.0} m {time:>8} {delta:>6}  {words}", lap + 1, mile.lengths_m[lap]);
    }
    text.push('\n');
    text += &details::points(grade);
    text.push('\n');
    for sentence in &grade.advice {
        text += &wrapped(sentence, "  ", text::WIDTH);
    }
    text
}
