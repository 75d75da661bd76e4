//! Every mile of a folder or an export archive: `cargo run --example season_rows -- fixtures`.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use fourlap::season::{SeasonOptions, Unwatched, scan};
use fourlap::units::clock_tenths;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    // A broken file is a row with its reason, and never stops the others.
    let season = scan(&paths, &SeasonOptions::default(), &Unwatched);
    let mut out = std::io::stdout().lock();
    for row in &season.rows {
        match (&row.mile, &row.reason) {
            (Some(mile), _) => writeln!(out, "{}: a mile in {}", row.place(), clock_tenths(mile.time_s))?,
            (None, Some(reason)) => writeln!(out, "{}: {reason}", row.place())?,
            (None, None) => writeln!(out, "{}: no mile", row.place())?,
        }
    }
    Ok(())
}
