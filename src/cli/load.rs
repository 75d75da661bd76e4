//! From a path on the command line to activities.

use std::ops::ControlFlow;
use std::path::Path;

use super::exit::Exit;
use super::output;
use crate::activity::{Activity, Sport};
use crate::error::Error;
use crate::intake::{self, Document, Limits};
use crate::parser::ReadOptions;
use crate::reading;
use crate::report::json::Origin;

/// What one file, or one member of an archive, holds.
pub(super) struct Loaded {
    /// The path as it was typed.
    pub(super) file: String,
    /// The name inside an archive.
    pub(super) member: Option<String>,
    /// Its activities, or why there are none.
    pub(super) activities: Result<Vec<Activity>, Error>,
}

impl Loaded {
    /// The name people know it by.
    pub(super) fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}: {member}", self.file),
            None => self.file.clone(),
        }
    }

    /// The name people know one of its activities by, counted from 0: `tri.fit, activity 2 of 3`.
    pub(super) fn name_of(&self, index: usize) -> String {
        match self.count() {
            0 | 1 => self.name(),
            count => format!("{}, activity {} of {count}", self.name(), index + 1),
        }
    }

    /// Where one of its activities comes from, for programs.
    pub(super) fn origin_of(&self, index: usize) -> Origin {
        let session = (self.count() > 1).then_some(index + 1);
        Origin { file: self.file.clone(), member: self.member.clone(), session }
    }

    fn count(&self) -> usize {
        self.activities.as_ref().map_or(0, Vec::len)
    }
}

/// Hands what a path leads to, to `visit`, one file at a time, until it breaks off.
pub(super) fn each(
    path: &Path,
    strict: bool,
    visit: &mut dyn FnMut(Loaded) -> ControlFlow<()>,
) -> Result<(), Error> {
    let options = if strict { ReadOptions::strict() } else { ReadOptions::default() };
    each_document(path, &mut |document| {
        let (file, member) = (document.file.clone(), document.member.clone());
        visit(Loaded { file, member, activities: reading::activities(document, &options) })
    })
}

/// Hands the files that a path leads to, to `visit`, unread, until it breaks off.
pub(super) fn each_document(
    path: &Path,
    visit: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<(), Error> {
    intake::each(path, &Limits::default(), reading::activities_only, visit).map(drop)
}

/// The first activity that a path leads to and `take` takes, with the name of its file.
///
/// `take` answers why not, where it does not; where none is taken, that reason or the file's own fault is
/// complained of, and how the command ends is returned.
pub(super) fn first<T>(
    path: &Path,
    strict: bool,
    mut take: impl FnMut(&Activity) -> Result<T, String>,
) -> Result<(String, T), Exit> {
    let mut taken = None;
    let mut ended = Exit::NoMile;
    let mut reason: Option<(String, String)> = None;
    let read = each(path, strict, &mut |loaded| {
        match &loaded.activities {
            Err(error) => ended = output::complain_of_error(&loaded.name(), error),
            Ok(activities) => {
                for activity in activities {
                    match take(activity) {
                        Ok(value) => {
                            taken = Some((loaded.name(), value));
                            return ControlFlow::Break(());
                        }
                        // Of a triathlon the run tells more than the swim.
                        Err(why) if reason.is_none() || activity.sport == Sport::Running => {
                            reason = Some((loaded.name(), why));
                        }
                        Err(_) => {}
                    }
                }
            }
        }
        ControlFlow::Continue(())
    });
    if let Err(error) = read {
        return Err(output::complain_of_error(&crate::intake::names::of_path(path), &error));
    }
    if let (None, Some((name, why))) = (&taken, reason) {
        output::complain_of(&name, why);
    }
    taken.ok_or(ended)
}
