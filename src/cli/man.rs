//! `fourlap man`: the manual pages.

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use super::exit::Exit;
use super::files;
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
    let mut roff = Vec::new();
    let _ = Man::new(command.clone()).title(name(command)).render(&mut roff);
    roff
}
