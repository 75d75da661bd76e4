//! `fourlap man`: the manual pages.

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use super::exit::Exit;
use super::files;
use super::manual;
use super::output::Failure;

#[derive(Debug, Args)]
#[command(after_help = "To read a page at once:  fourlap man analyze | man -l -")]
pub(super) struct Arguments {
    /// The command whose page is wanted [default: the program's own page]
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Option<String>,
    /// Write every page into this folder, one a command
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut program = Cli::command().disable_help_subcommand(true);
    // Gives every command its full name and the options that all share.
    program.build();
    match arguments.output.as_deref().filter(|folder| !files::is_stdout(folder)) {
        Some(folder) => every_page(&program, folder)?,
        None => {
            let command = wanted(&program, arguments.command.as_deref())?;
            files::write_file("-".as_ref(), &page(command))?;
        }
    }
    Ok(Exit::Done)
}

fn wanted<'a>(program: &'a Command, name: Option<&str>) -> Result<&'a Command, Failure> {
    let Some(name) = name else { return Ok(program) };
    program.find_subcommand(name).ok_or_else(|| {
        let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        Failure::Usage(format!("'{name}' is no command; there are {}", names.join(", ")))
    })
}

fn every_page(program: &Command, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|source| Failure::Write { to: folder.to_owned(), source })?;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        files::write_file(&folder.join(name(command) + ".1"), &page(command))?;
    }
    Ok(())
}

/// The name of a page: `fourlap`, or `fourlap-plan`.
fn name(command: &Command) -> String {
    command.get_display_name().unwrap_or(command.get_name()).to_owned()
}

/// A command's page in roff. Writing to memory does not fail.
fn page(command: &Command) -> Vec<u8> {
    // What the short help leaves out has no long one of its own, and would have none here.
    let mut told =
        command.clone().mut_args(|argument| match (argument.get_long_help(), argument.get_help()) {
            (None, Some(help)) => {
                let help = help.clone();
                argument.long_help(help)
            }
            _ => argument,
        });
    // The end of the long help has sections of its own below.
    if let Some(notes) = told.get_after_help().cloned() {
        told = told.after_long_help(notes);
    }
    let usage = told.render_usage().to_string();
    let told = told.override_usage(usage.trim_start_matches("Usage:").trim().to_owned());
    let mut roff = Vec::new();
    let man = Man::new(told).title(name(command)).source(concat!("fourlap ", env!("CARGO_PKG_VERSION")));
    let _ = man.manual("fourlap").render(&mut roff);
    // A page without a date has an empty one, which has to be there.
    let text = String::from_utf8_lossy(&roff).replacen(" 1  \"fourlap", " 1 \"\" \"fourlap", 1).replacen(
        "\n.SH EXTRA\n",
        "\n.SH NOTES\n",
        1,
    );
    (text + &manual::in_page(command.get_name() != "fourlap")).into_bytes()
}
