//! The program `fourlap`: parse the arguments, run the command, leave with its exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // The shells of Windows leave it to the program what *.fit means.
    let cli = fourlap::cli::Cli::parse_from(wild::args_os());
    fourlap::cli::run(&cli).into()
}
