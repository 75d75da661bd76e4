//! From paths to a season: the one place where the intake's files meet the work on all cores.

use std::cmp::Ordering;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::duplicates;
use super::pump::{Submit, pump};
use super::read::{self, FileRows, Origin, SeasonOptions};
use super::row::SeasonRow;
use super::squad::Squad;
use super::workout;
use crate::error::{Error, caught};
use crate::intake::listing::{self, Holds, Listed, Listing};
use crate::intake::{self, Document, Limits, Missing, names};
use crate::reading;

/// The most bytes of archives' members that wait to be analysed.
const WAITING_BYTES: u64 = 32 << 20;

/// The list of files gives back its room whenever so many are done.
const LISTED_AT_ONCE: usize = 256;

/// For so many rows room is made ahead, however many members an archive claims to have.
const MOST_ROWS_AHEAD: usize = 50_000;

/// Many activities as one table.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Season {
    /// One row an activity, and one for each file that gave none: in order of time, what has no start last, and
    /// otherwise in order of names.
    pub rows: Vec<SeasonRow>,
    /// Activities outside of the days and sports that were asked for.
    pub outside: usize,
    /// The sports of these, in the words of the table and in order.
    pub sports_outside: Vec<String>,
    /// What the lists of exports name and is not there, each with its archive or folder, in order of names.
    pub missing: Vec<(String, Missing)>,
    /// Whether it was stopped before all files were read.
    pub interrupted: bool,
}

/// Who follows the work and may stop it.
pub trait Watch: Sync {
    /// About how many files there are, members of archives counted.
    fn begins(&self, files: usize);
    /// One file more is done.
    fn done(&self);
    /// Whether no more files are to be begun.
    fn is_stopped(&self) -> bool;
}

/// Nobody follows.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn begins(&self, _files: usize) {}
    fn done(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Analyses every activity that paths lead to, on all cores: files, folders to their ends, archives a member at a
/// time. What cannot be read is a row that says why.
///
/// The table does not depend on the order in which the work gets done. Memory holds the files under way and the
/// rows, however many files there are.
pub fn scan(paths: &[PathBuf], options: &SeasonOptions, watch: &dyn Watch) -> Season {
    let Listing { files: mut listed, missing } = listing::list(paths);
    let documents = listed.iter().map(|file| file.holds.documents()).sum();
    watch.begins(documents);
    // Room for all rows at once: a list that grows is copied, and its old places stay in memory.
    let rows = Vec::with_capacity(documents.min(MOST_ROWS_AHEAD));
    let found = Mutex::new(FileRows { rows, missing, ..FileRows::default() });
    let squad = options.squad.then(|| Squad::of(paths));
    let gathering = Gathering { options, watch, squad, found };
    pump(
        WAITING_BYTES,
        &|| watch.is_stopped(),
        |submit| {
            // The list gives its room back to the rows on the way.
            listed.reverse();
            while let Some(file) = listed.pop() {
                if produce(file, &gathering, submit).is_break() {
                    break;
                }
                if listed.len().is_multiple_of(LISTED_AT_ONCE) {
                    listed.shrink_to_fit();
                }
            }
        },
        |job| gathering.work(job),
    );
    gathering.season()
}

/// A file to be read and analysed, or one that was read already because it lay in an archive.
enum Job {
    File(Listed),
    Document(Document, Origin),
}

/// Submits a file, or the members of an archive as they come.
fn produce(file: Listed, gathering: &Gathering<'_>, submit: Submit<'_, Job>) -> ControlFlow<()> {
    if file.holds == Holds::One {
        return submit(0, Job::File(file));
    }
    let mut flow = ControlFlow::Continue(());
    let mut submitted = 0;
    let mut visit = |document: Document| {
        submitted += 1;
        let bytes = document.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        let origin = gathering.origin(&file, document.member.as_deref());
        flow = submit(bytes, Job::Document(document, origin));
        flow
    };
    match each_document(&file, &mut visit) {
        Ok(missing) => gathering.add(FileRows::lacking(&file.path, missing)),
        Err(error) => gathering.add(read::of_error(gathering.blank(&file), &error, file.below.is_none())),
    }
    // Folders and noise among the members come to no worker, and what broke off has no more of them.
    (submitted..file.holds.documents()).for_each(|_| gathering.watch.done());
    flow
}

/// Hands out what a file holds; a fault of the program while it unpacks is an error of that file.
fn each_document(
    file: &Listed,
    visit: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<Missing, Error> {
    caught(|| intake::each(&file.path, &Limits::default(), reading::activities_or_why_not, visit))
}

/// The rows so far, and what they are made by.
struct Gathering<'a> {
    options: &'a SeasonOptions,
    watch: &'a dyn Watch,
    squad: Option<Squad>,
    found: Mutex<FileRows>,
}

impl Gathering<'_> {
    fn work(&self, job: Job) {
        match job {
            Job::File(file) => self.add(self.read(file)),
            Job::Document(document, origin) => self.add(read::rows_of(document, &origin, self.options)),
        }
        self.watch.done();
    }

    fn read(&self, mut file: Listed) -> FileRows {
        let origin = self.origin(&file, None);
        let mut found = FileRows::default();
        let label = file.label.take();
        let mut visit = |mut document: Document| {
            document.label = document.label.or_else(|| label.clone());
            found.append(read::rows_of(document, &origin, self.options));
            ControlFlow::Continue(())
        };
        let read = match file.error.take() {
            Some(error) => Err(error),
            None => each_document(&file, &mut visit),
        };
        match read {
            Ok(missing) => found.append(FileRows::lacking(&file.path, missing)),
            Err(error) => found.append(read::of_error(self.blank(&file), &error, origin.named)),
        }
        found
    }

    fn add(&self, rows: FileRows) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).append(rows);
    }

    fn blank(&self, file: &Listed) -> SeasonRow {
        SeasonRow {
            file: names::of_path(&file.path),
            athlete: self.origin(file, None).athlete,
            ..SeasonRow::default()
        }
    }

    fn origin(&self, file: &Listed, member: Option<&str>) -> Origin {
        let athlete = self.squad.as_ref().and_then(|squad| squad.athlete(file, member)).map(Into::into);
        Origin { athlete, named: file.below.is_none() && member.is_none() }
    }

    /// Puts the rows in order and tells the copies.
    fn season(self) -> Season {
        let interrupted = self.watch.is_stopped();
        let FileRows { mut rows, outside, sports_outside, mut missing } =
            self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        // In place: rows are large, and there may be many thousands.
        rows.sort_unstable_by(by_place);
        missing.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        duplicates::mark(&mut rows, self.options.keep_duplicates);
        workout::settle(&mut rows, &self.options.analysis.athlete);
        let sports_outside = sports_outside.into_iter().map(String::from).collect();
        Season { rows, outside, sports_outside, missing, interrupted }
    }
}

/// The table's order: by time, what has no start last, otherwise by name. A folder and an archive of it give the same.
fn by_place(a: &SeasonRow, b: &SeasonRow) -> Ordering {
    let path = |row: &SeasonRow| {
        let path = format!("{}/{}", row.file, row.member.as_deref().unwrap_or_default());
        path.trim_end_matches('/').to_owned()
    };
    let in_time = (a.start.is_none(), a.start).cmp(&(b.start.is_none(), b.start));
    in_time.then_with(|| path(a).cmp(&path(b))).then(a.session.cmp(&b.session))
}
