//! The best mile of one file: `cargo run --example best_mile -- fixtures/track-mile.fit`.

use std::error::Error;
use std::io::Write;

use fourlap::units::clock_tenths;
use fourlap::{Options, analyze, parser};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("name an activity file")?;
    let mut out = std::io::stdout().lock();
    for activity in parser::read(&std::fs::read(path)?)? {
        let analysis = analyze(&activity, &Options::with_goal(320.0));
        let Some(best) = &analysis.best_mile else {
            writeln!(out, "no mile: {}", analysis.no_mile_reason.unwrap_or_default())?;
            continue;
        };
        // The race from its standing start where there is one, otherwise the fastest window.
        let (mile, _) = best.headline();
        writeln!(out, "a mile in {}", clock_tenths(mile.time_s))?;
        for lap in &mile.splits {
            writeln!(out, "{}: {}", lap.label, clock_tenths(lap.time_s))?;
        }
        for advice in analysis.grade.iter().flat_map(|grade| &grade.advice) {
            writeln!(out, "{advice}")?;
        }
    }
    Ok(())
}
