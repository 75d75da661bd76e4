//! One file becomes rows: pure, and safe to call from many threads at once.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use jiff::civil::Date;

use super::fill;
use super::row::{SeasonRow, Status};
use super::workout::Facts;
use crate::activity::{Activity, Sport};
use crate::analysis::{self, Options};
use crate::error::{Error, ErrorKind, caught};
use crate::intake::{Document, Missing, names};
use crate::parser::ReadOptions;
use crate::reading;
use crate::segmenter::Detail;

/// What is wanted of a season.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SeasonOptions {
    /// How each activity is analysed.
    pub analysis: Options,
    /// Whether files that need a repair are refused.
    pub strict: bool,
    /// The first day that counts, in local time.
    pub since: Option<Date>,
    /// The last day that counts, in local time.
    pub until: Option<Date>,
    /// The sports that count, in the words of the table; all where there is none.
    pub sports: Vec<String>,
    /// Whether it is a squad's: of one path that was named, each folder or archive in it is an athlete's; of several,
    /// each path that is a folder or an archive.
    pub squad: bool,
    /// Whether copies of an activity are kept as activities of their own.
    pub keep_duplicates: bool,
}

/// Where a document comes from, beside its name.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    /// Whose it is.
    pub(super) athlete: Option<Box<str>>,
    /// Whether the caller named this very file, so that it should be an activity.
    pub(super) named: bool,
}

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct FileRows {
    pub(super) rows: Vec<SeasonRow>,
    /// Activities outside of the days and sports that were asked for.
    pub(super) outside: usize,
    /// The sports of these.
    pub(super) sports_outside: BTreeSet<Box<str>>,
    /// What the lists of exports name and is not there.
    pub(super) missing: Vec<(String, Missing)>,
}

impl FileRows {
    /// No rows of an archive, but what it lacks.
    pub(super) fn lacking(archive: &Path, missing: Missing) -> FileRows {
        let missing =
            if missing.files.is_empty() { Vec::new() } else { vec![(names::of_path(archive), missing)] };
        FileRows { missing, ..FileRows::default() }
    }

    pub(super) fn append(&mut self, mut more: FileRows) {
        self.rows.append(&mut more.rows);
        self.outside += more.outside;
        self.sports_outside.append(&mut more.sports_outside);
        self.missing.append(&mut more.missing);
    }
}

/// The rows of one document; a fault of this program while it reads is a row too.
pub(super) fn rows_of(document: Document, origin: &Origin, options: &SeasonOptions) -> FileRows {
    let blank = SeasonRow {
        file: document.file.clone(),
        member: document.member.as_deref().map(Into::into),
        athlete: origin.athlete.clone(),
        ..SeasonRow::default()
    };
    match caught(|| read(document, &blank, options)) {
        Ok(rows) => rows,
        Err(error) => of_error(blank, &error, origin.named),
    }
}

/// The row of a file that gave no activity.
///
/// This program's own results have none, unless somebody named them: the table is the same whether or not those of an
/// earlier run lie among the recordings.
pub(super) fn of_error(blank: SeasonRow, error: &Error, named: bool) -> FileRows {
    if *error.kind() == ErrorKind::OwnResult && !named {
        return FileRows::default();
    }
    let status = status_of(error, &blank, named);
    let row = SeasonRow { status, reason: Some(error.told().into()), ..blank };
    FileRows { rows: vec![row], ..FileRows::default() }
}

/// A picture among recordings is no failure, unless somebody named it.
fn status_of(error: &Error, row: &SeasonRow, named: bool) -> Status {
    match error.kind() {
        ErrorKind::NotARecording { .. } | ErrorKind::OwnResult => Status::NotActivity,
        ErrorKind::UnknownFormat { .. } | ErrorKind::NothingInside { .. } if !named => Status::NotActivity,
        // Of what has no bytes, or is a link that leads nowhere, only the name can tell what it was to be.
        ErrorKind::Empty | ErrorKind::NotAFile { .. } if !named && !is_named_like_an_activity(row) => {
            Status::NotActivity
        }
        _ => Status::Failed,
    }
}

fn is_named_like_an_activity(row: &SeasonRow) -> bool {
    let name = row.member.as_deref().unwrap_or(&row.file).to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx"].iter().any(|ending| name.ends_with(ending))
}

fn read(document: Document, blank: &SeasonRow, options: &SeasonOptions) -> Result<FileRows, Error> {
    let read_options = if options.strict { ReadOptions::strict() } else { ReadOptions::default() };
    let content = document.bytes.as_ref().ok().map(|bytes| fingerprint(bytes));
    let activities = reading::activities(document, &read_options)?;
    let several = activities.len() > 1;
    let mut found = FileRows::default();
    for (index, activity) in activities.iter().enumerate() {
        // Of swim, bike and run the changing of shoes is no activity; alone in its file it has a row that says so.
        if several && is_transition(activity) {
            continue;
        }
        let mut row = SeasonRow { session: several.then_some(index + 1), ..blank.clone() };
        fill::identity(&mut row, activity);
        if is_asked_for(&row, options) {
            judge(&mut row, activity, options);
            row.content = content;
            found.rows.push(row);
        } else {
            found.outside += 1;
            found.sports_outside.extend(row.sport);
        }
    }
    Ok(found)
}

fn judge(row: &mut SeasonRow, activity: &Activity, options: &SeasonOptions) {
    // Nothing of a season is drawn or told of one activity alone.
    let asked = Options { detail: Detail::Figures, ..options.analysis.clone() };
    let analysis = analysis::analyze(activity, &asked);
    if is_transition(activity) {
        row.status = Status::NotActivity;
        row.reason = Some("the change from one sport to another, no activity of its own".into());
        return;
    }
    if activity.samples.is_empty() && activity.records > 0 {
        // Points without times are a route: where somebody means to run, not where somebody ran.
        row.status = Status::NotActivity;
        row.reason = analysis.no_mile_reason.map(Into::into);
        return;
    }
    row.status = Status::Analysed;
    fill::findings(row, activity, &analysis);
    // They are judged once all of the season is read.
    row.facts = Some(Box::new(Facts::of(activity, &analysis)));
}

/// Whether a session of a multisport recording is the change from one sport to another.
fn is_transition(activity: &Activity) -> bool {
    let word = |text: &str| text == "transition" || text.ends_with("_transition");
    word(activity.sport.as_str()) || activity.sub_sport.as_deref().is_some_and(word)
}

fn fingerprint(bytes: &[u8]) -> (usize, u64) {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    (bytes.len(), hasher.finish())
}

/// What has no start has no day, and stays, so that no file goes missing without a word.
fn is_asked_for(row: &SeasonRow, options: &SeasonOptions) -> bool {
    let day = row.local_date();
    let in_time = day.is_none_or(|day| {
        options.since.is_none_or(|since| since <= day) && options.until.is_none_or(|until| day <= until)
    });
    let sport = row.sport.as_deref().unwrap_or(Sport::Unknown.as_str());
    let is_wanted = |wanted: &String| wanted == sport || (wanted == "running" && sport == "unknown");
    in_time && (options.sports.is_empty() || options.sports.iter().any(is_wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, bytes: &[u8]) -> Document {
        let (file, bytes) = (name.to_owned(), Ok(bytes.to_vec()));
        Document { file, member: None, label: None, bytes, damage: None }
    }

    fn status(name: &str, bytes: &[u8], named: bool) -> (Status, String) {
        let origin = Origin { named, ..Origin::default() };
        let row = rows_of(document(name, bytes), &origin, &SeasonOptions::default()).rows.remove(0);
        (row.status, row.reason.unwrap_or_default().into())
    }

    #[test]
    fn what_is_no_activity_fails_only_where_it_was_named() {
        let picture = "not an activity file but a PNG picture; FIT, GPX and TCX are read".to_owned();
        assert_eq!(status("a.png", b"\x89PNG", false), (Status::NotActivity, picture.clone()));
        assert_eq!(status("a.png", b"\x89PNG", true), (Status::Failed, picture));
        assert_eq!(status("notes.txt", b"", false).0, Status::NotActivity);
        assert_eq!(status("run.FIT.gz", b"", false).0, Status::Failed);
        let settings = include_bytes!("../../fixtures/settings.fit");
        assert_eq!(status("settings.fit", settings, true).0, Status::NotActivity);
    }

    #[test]
    fn a_route_is_no_activity() {
        let route = include_bytes!("../../fixtures/route.gpx");
        let (status, reason) = status("route.gpx", route, false);
        assert_eq!(status, Status::NotActivity);
        assert!(!reason.is_empty());
    }

    #[test]
    fn the_transitions_of_a_triathlon_are_no_activities() {
        let session = |sport: &str, hour: u8| {
            let point = |minute: u8, distance_m: u32| {
                format!(
                    "<Trackpoint><Time>2026-03-01T{hour:02}:{minute:02}:00Z</Time>\
                     <DistanceMeters>{distance_m}</DistanceMeters></Trackpoint>"
                )
            };
            format!(
                "<Activity Sport='{sport}'><Lap><Track>{}{}</Track></Lap></Activity>",
                point(0, 0),
                point(10, 2000)
            )
        };
        let rows = |sessions: &str| {
            let file = format!(
                "<TrainingCenterDatabase><Activities>{sessions}</Activities></TrainingCenterDatabase>"
            );
            let options = SeasonOptions::default();
            rows_of(document("tri.tcx", file.as_bytes()), &Origin::default(), &options).rows
        };
        let changed = session("Transition", 10);
        let found = rows(&(session("Biking", 9) + &changed + &session("Running", 11)));
        let sessions: Vec<_> = found.iter().map(|row| (row.session, row.sport.as_deref().unwrap())).collect();
        assert_eq!(sessions, [(Some(1), "cycling"), (Some(3), "running")]);
        let alone = rows(&changed);
        assert_eq!((alone.len(), alone[0].status), (1, Status::NotActivity));
        assert_eq!(
            alone[0].reason.as_deref(),
            Some("the change from one sport to another, no activity of its own")
        );
    }

    #[test]
    fn days_and_sports_that_were_not_asked_for_are_counted() {
        let bytes = include_bytes!("../../fixtures/track-mile.fit");
        let rows = |options: &SeasonOptions| {
            let found = rows_of(document("track-mile.fit", bytes), &Origin::default(), options);
            assert_eq!(
                found.sports_outside.iter().map(|sport| &**sport).collect::<Vec<_>>(),
                ["running"][..found.outside]
            );
            (found.rows.len(), found.outside)
        };
        let all = SeasonOptions::default();
        assert_eq!(rows(&all), (1, 0));
        assert_eq!(rows(&SeasonOptions { since: "2100-01-01".parse().ok(), ..all.clone() }), (0, 1));
        assert_eq!(rows(&SeasonOptions { until: "2000-01-01".parse().ok(), ..all.clone() }), (0, 1));
        assert_eq!(rows(&SeasonOptions { sports: vec!["cycling".into()], ..all.clone() }), (0, 1));
        assert_eq!(rows(&SeasonOptions { sports: vec!["running".into()], ..all }), (1, 0));
    }
}
