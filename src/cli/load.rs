//! From a path on the command line to activities.

use std::ops::ControlFlow;
use std::path::Path;

use super::exit::Exit;
use super::output;
use crate::activity::{Activity, Sport};
use crate::error::{Error, ErrorKind};
use crate::intake::{self, Document, Label, Limits};
use crate::parser::{self, ReadOptions};

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
}

/// Hands what a path leads to, to `visit`, one file at a time, until it breaks off.
pub(super) fn each(
    path: &Path,
    strict: bool,
    visit: &mut dyn FnMut(Loaded) -> ControlFlow<()>,
) -> Result<(), Error> {
    let options = if strict { ReadOptions::strict() } else { ReadOptions::default() };
    each_document(path, &mut |document| {
        let Document { file, member, label, bytes, damage } = document;
        let mut activities = bytes.and_then(|bytes| parser::read_with(&bytes, &options));
        match (&mut activities, damage) {
            (Ok(_), Some(damage)) if strict => {
                activities = Err(Error::new(ErrorKind::Repaired { notice: damage.message }));
            }
            (Ok(read), Some(damage)) => read.iter_mut().take(1).for_each(|a| a.notices.push(damage.clone())),
            _ => {}
        }
        if let (Ok(activities), Some(label)) = (&mut activities, label) {
            activities.iter_mut().for_each(|activity| apply(&label, activity));
        }
        visit(Loaded { file, member, activities })
    })
}

/// Hands the files that a path leads to, to `visit`, unread, until it breaks off.
pub(super) fn each_document(
    path: &Path,
    visit: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<(), Error> {
    intake::each(path, &Limits::default(), parser::begins_like_an_activity, visit)
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
        return Err(output::complain_of_error(&path.to_string_lossy(), &error));
    }
    if let (None, Some((name, why))) = (&taken, reason) {
        output::complain_of(&name, why);
    }
    taken.ok_or(ended)
}

/// What an export's list says, where the file itself is silent.
fn apply(label: &Label, activity: &mut Activity) {
    if label.name.is_some() {
        activity.name.clone_from(&label.name);
    }
    if let (Sport::Unknown, Some(sport)) = (&activity.sport, &label.sport) {
        activity.sport = parser::sport_from_words(sport);
    }
}
