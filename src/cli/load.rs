//! From a path on the command line to activities.

use std::path::Path;

use crate::activity::{Activity, Sport};
use crate::error::Error;
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

/// Hands what a path leads to, to `visit`, one file at a time.
pub(super) fn each(path: &Path, strict: bool, visit: &mut dyn FnMut(Loaded)) -> Result<(), Error> {
    let options = if strict { ReadOptions::strict() } else { ReadOptions::default() };
    intake::each(path, &Limits::default(), parser::begins_like_an_activity, &mut |document| {
        let Document { file, member, label, bytes } = document;
        let mut activities = bytes.and_then(|bytes| parser::read_with(&bytes, &options));
        if let (Ok(activities), Some(label)) = (&mut activities, label) {
            activities.iter_mut().for_each(|activity| apply(&label, activity));
        }
        visit(Loaded { file, member, activities });
    })
}

/// Hands the files that a path leads to, to `visit`, unread.
pub(super) fn each_document(path: &Path, visit: &mut dyn FnMut(Document)) -> Result<(), Error> {
    intake::each(path, &Limits::default(), parser::begins_like_an_activity, visit)
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
