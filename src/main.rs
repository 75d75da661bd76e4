//! The program `fourlap`: parse the arguments, run the command, leave with its exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = fourlap::cli::Cli::parse();
    fourlap::cli::run(&cli).into()
}
