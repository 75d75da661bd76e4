//! The program under test, which never reads the configuration of whoever runs the tests.

use std::process::Command;

pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fourlap"));
    program.env("FOURLAP_CONFIG", "");
    program
}
