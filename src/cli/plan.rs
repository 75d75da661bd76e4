//! `fourlap plan`: the times to pass each mark at for a goal.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;

use super::arguments::{SchemeArgument, TextFormat, goal};
use super::exit::Exit;
use super::output::{self, Failure, as_line};
use crate::analyzer::GoalPlan;
use crate::report::text::{FAINT, STRONG, painted};
use crate::units::{MILE_M, clock_as_typed, clock_of_tenths, clock_tenths, printed_tenths, tenths};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Goal for the mile, such as 5:20
    #[arg(value_name = "GOAL", value_parser = goal)]
    goal: f64,
    /// How the mile is cut into laps
    #[arg(long, value_enum, default_value = "line", help_heading = "Mile")]
    scheme: SchemeArgument,
    /// Text, or JSON for programs
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: TextFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let plan = GoalPlan::new(arguments.goal, arguments.scheme.into());
    let text = match arguments.format {
        TextFormat::Text => table(&plan),
        TextFormat::Json => as_line(&output::Named { schema: "fourlap.plan/1", value: &plan })?,
    };
    output::print_to(arguments.output.as_deref(), &text)?;
    Ok(Exit::Done)
}

/// The marks from top to bottom, narrow enough for a wrist: 24 columns.
fn table(plan: &GoalPlan) -> String {
    let mut text = painted(STRONG, format!("mile in {}", clock_as_typed(plan.goal_s))) + "\n\n";
    for mark in &plan.marks {
        let name =
            if mark.distance_m >= MILE_M { "mile".into() } else { format!("{:.0} m", mark.distance_m) };
        let _ = writeln!(text, "{name:>7} {:>8}", clock_tenths(mark.time_s));
    }
    text += &painted(FAINT, "\n  lap      time   clock");
    text.push('\n');
    let laps = printed_tenths(&plan.laps_s).into_iter().zip(plan.lap_ends_s);
    for ((lap, (lap_tenths, end_s)), length_m) in laps.enumerate().zip(plan.scheme.lengths_m()) {
        let time = clock_of_tenths(lap_tenths);
        let _ = writeln!(text, "{} {length_m:.0} m {time:>7} {:>7}", lap + 1, clock_tenths(end_s));
    }
    text += &painted(FAINT, "\nlast lap by hundreds");
    let marks = [1200.0, 1300.0, 1400.0, 1500.0, 1600.0].map(|m| plan.mark_s(m).map_or(0, tenths));
    let hundreds = marks.windows(2).map(|pair| clock_of_tenths(pair[1] - pair[0]));
    let _ = writeln!(text, "\n  {}", hundreds.collect::<Vec<_>>().join(" "));
    text
}
