//! The pacing of a file's mile as SVG, and its track for a telephone as PNG:
//! `cargo run --example picture -- fixtures/track-mile.fit pacing.svg track.png`.

use std::error::Error;

use fourlap::plotting::{ChartKind, ChartOptions, Medium};
use fourlap::{Options, analyze, parser};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    let [file, svg, png] = paths.as_slice() else {
        return Err("name an activity file, an .svg and a .png".into());
    };
    let activities = parser::read(&std::fs::read(file)?)?;
    let activity = activities.first().ok_or("the file holds no activity")?;
    let analysis = analyze(activity, &Options::with_goal(320.0));
    std::fs::write(svg, ChartKind::Pacing.draw(&analysis, &ChartOptions::default())?.svg())?;
    let track = ChartKind::Track.draw(&analysis, &ChartOptions::of(Medium::Phone))?;
    std::fs::write(png, track.to_png()?)?;
    Ok(())
}
