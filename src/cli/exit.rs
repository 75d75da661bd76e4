//! The exit codes, one meaning each.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done; a pipe closed by its reader too.
    Done,
    /// The files were read, but there is no mile in them.
    NoMile,
    /// Wrong usage, or a file that is missing, unreadable, no activity file or broken beyond use.
    Failed,
    /// Stopped by ctrl-C; what was done until then is written.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::NoMile => 1,
            Exit::Failed => 2,
            Exit::Interrupted => 130,
        })
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
