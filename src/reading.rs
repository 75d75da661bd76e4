//! From a document of the intake to activities: what the parser reads, with what the intake knows of it.

use crate::activity::{Activity, Sport};
use crate::error::{Error, ErrorKind};
use crate::intake::{Document, Interest, Label};
use crate::parser::{self, ReadOptions};
use crate::text;

/// Wants files that begin like activities, and passes over the others in an archive.
pub fn activities_only(head: &[u8]) -> Interest {
    match parser::begins_like_an_activity(head) {
        Ok(()) => Interest::Read,
        Err(_) => Interest::PassOver,
    }
}

/// Wants files that begin like activities, and of the others what they are instead.
pub fn activities_or_why_not(head: &[u8]) -> Interest {
    match parser::begins_like_an_activity(head) {
        Ok(()) => Interest::Read,
        Err(error) => Interest::Refuse(error),
    }
}

/// The activities in a document, with the damage of its compression as a notice and the names that an export's
/// list gives.
///
/// # Errors
/// Those of the intake and of [`parser::read_with`]; in strict mode also [`ErrorKind::Repaired`] where the
/// compression was damaged.
pub fn activities(document: Document, options: &ReadOptions) -> Result<Vec<Activity>, Error> {
    let Document { label, bytes, damage, .. } = document;
    let mut activities = parser::read_with(&bytes?, options)?;
    if let Some(damage) = damage {
        if options.strict {
            return Err(Error::new(ErrorKind::Repaired { notice: damage.message }));
        }
        activities.iter_mut().take(1).for_each(|activity| activity.notices.push(damage.clone()));
    }
    if let Some(label) = label {
        activities.iter_mut().for_each(|activity| apply(&label, activity));
    }
    Ok(activities)
}

/// What an export's list says, where the file itself is silent.
fn apply(label: &Label, activity: &mut Activity) {
    if let Some(name) = label.name.as_deref().map(text::plain).filter(|name| !name.is_empty()) {
        activity.name = Some(name.into_owned());
    }
    if let (Sport::Unknown, Some(sport)) = (&activity.sport, &label.sport) {
        activity.sport = parser::sport_from_words(sport);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Notice;

    const GPX: &str = "<gpx><trk><trkseg><trkpt lat='0' lon='0'><time>2026-03-01T09:00:00Z</time></trkpt>\
                       <trkpt lat='0' lon='0.1'><time>2026-03-01T09:00:09Z</time></trkpt></trkseg></trk></gpx>";

    fn document(label: Option<Label>) -> Document {
        let damage = Some(Notice::new("compression-damaged", 1, "damaged"));
        Document { file: "a.gpx".into(), member: None, label, bytes: Ok(GPX.into()), damage }
    }

    #[test]
    fn a_list_names_what_the_file_does_not() {
        let label = Label { name: Some("At\nlast\u{1b}".into()), sport: Some("Run".into()), gear: None };
        let read = activities(document(Some(label)), &ReadOptions::default()).unwrap();
        assert_eq!((read[0].name.as_deref(), &read[0].sport), (Some("At last"), &Sport::Running));
        assert!(read[0].notices.iter().any(|notice| notice.code == "compression-damaged"));
    }

    #[test]
    fn strict_reading_refuses_damaged_compression() {
        let error = activities(document(None), &ReadOptions::strict()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Repaired { .. }), "{error}");
    }

    #[test]
    fn what_is_no_activity_is_passed_over_or_named() {
        assert!(matches!(activities_only(b"\x89PNG"), Interest::PassOver));
        assert!(matches!(activities_or_why_not(b"\x89PNG"), Interest::Refuse(_)));
        assert!(matches!(activities_or_why_not(GPX.as_bytes()), Interest::Read));
    }
}
