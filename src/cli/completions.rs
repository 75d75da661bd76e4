//! `fourlap completions`: what a shell needs to complete the program's arguments.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use super::exit::Exit;
use super::files;
use super::output::Failure;

#[derive(Debug, Args)]
#[command(after_help = "\
Where each shell looks for them; for PowerShell it is a line of its profile:
  fourlap completions bash > ~/.local/share/bash-completion/completions/fourlap
  fourlap completions zsh > \"${fpath[1]}/_fourlap\"
  fourlap completions fish > ~/.config/fish/completions/fourlap.fish
  fourlap completions powershell | Out-String | Invoke-Expression")]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    // The generator cannot fail on memory; a closed pipe is met when its text is printed.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "fourlap", &mut script);
    files::write_file("-".as_ref(), &script).map(|()| Exit::Done)
}
