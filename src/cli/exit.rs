//! The exit codes, one meaning each.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done; a pipe closed by its reader too.
    Done,
    /// The files were read, but there is no mile in any of them.
    NoMile,
    /// Wrong usage, a file that is missing, unreadable, no activity file or broken beyond use, or something asked for
    /// that cannot be made of it.
    Failed,
    /// Stopped by ctrl-C; what was done until then is written.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// What each code means, for the help and the manual.
pub(super) const MEANINGS: [(Exit, &str); 4] = [
    (Exit::Done, "done; of several files at least one has a mile"),
    (Exit::NoMile, "the files could be read, and there is no mile in any of them"),
    (
        Exit::Failed,
        "wrong usage, a file that cannot be read, or a result that cannot be made: a chart of the heart rate \
         without one, a file that cannot be written",
    ),
    (Exit::Interrupted, "stopped by Ctrl-C; season writes what is done until then"),
];

impl Exit {
    /// The number that the shell sees.
    pub(super) fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::NoMile => 1,
            Exit::Failed => 2,
            Exit::Interrupted => 130,
        }
    }
}

/// Gathers how each of several files ended into how the whole ends.
#[derive(Debug, Default)]
pub(super) struct Tally {
    miles: usize,
    failures: usize,
}

impl Tally {
    pub(super) fn add(&mut self, exit: Exit) {
        match exit {
            Exit::Done => self.miles += 1,
            Exit::NoMile => {}
            Exit::Failed | Exit::Interrupted => self.failures += 1,
        }
    }

    /// Failed when any failed, without a mile when none had one.
    pub(super) fn exit(&self) -> Exit {
        match (self.failures, self.miles) {
            (0, 0) => Exit::NoMile,
            (0, _) => Exit::Done,
            _ => Exit::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_of_several_fails_and_one_mile_of_several_is_enough() {
        let of = |exits: &[Exit]| {
            let mut tally = Tally::default();
            exits.iter().for_each(|&exit| tally.add(exit));
            tally.exit()
        };
        assert_eq!(of(&[Exit::Done, Exit::Failed]), Exit::Failed);
        assert_eq!(of(&[Exit::Done, Exit::NoMile]), Exit::Done);
        assert_eq!(of(&[Exit::NoMile, Exit::NoMile]), Exit::NoMile);
    }
}
