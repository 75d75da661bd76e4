//! What is said on standard error beside a season's result.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::cli::output;
use crate::intake::names;
use crate::report::text::{plural, printable, printable_name};
use crate::season::{Season, SeasonRow, Status};

/// So many failures are listed one by one; the table has them all.
const MOST_FAILURES: usize = 20;
/// So many missing files are named.
const MOST_NAMED: usize = 3;

/// Says what could not be read, and what was named without being an activity.
pub(super) fn of_files(season: &Season, paths: &[PathBuf]) {
    let is_named =
        |row: &SeasonRow| row.member.is_none() && paths.iter().any(|path| names::of_path(path) == row.file);
    let is_complaint = |row: &&SeasonRow| match row.status {
        Status::Failed => true,
        Status::NotActivity => is_named(row),
        Status::Analysed | Status::Duplicate => false,
    };
    let complaints: Vec<&SeasonRow> = season.rows.iter().filter(is_complaint).collect();
    for row in complaints.iter().take(MOST_FAILURES) {
        output::complain_of(&row.place(), printable(row.reason.as_deref().unwrap_or_default()));
    }
    if complaints.len() > MOST_FAILURES {
        let more = complaints.len() - MOST_FAILURES;
        output::complain(format_args!("{more} more could not be read; -o season.csv lists them all"));
    }
    if season.interrupted {
        output::complain("stopped before all files were read; what was done is in the result");
    }
}

/// Says which files an export's list names that are not there. They are no rows: nothing is there to be read.
pub(super) fn of_exports(season: &Season) {
    for (place, missing) in &season.missing {
        let named: Vec<String> =
            missing.files.iter().take(MOST_NAMED).map(|file| printable_name(file)).collect();
        let more = missing.files.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let of_all = plural(missing.named, "file", "files");
        output::complain_of(
            place,
            format_args!(
                "activities.csv names {of_all}, of which {} not there: {}{more}",
                if missing.files.len() == 1 { "1 is".into() } else { format!("{} are", missing.files.len()) },
                named.join(", ")
            ),
        );
    }
}

/// Says which of the sports that were asked for is in none of the files, and which ones are.
pub(super) fn of_sports(season: &Season, asked: &[String]) {
    let rows = season.rows.iter().filter_map(|row| row.sport.as_deref());
    let there: BTreeSet<&str> = rows.chain(season.sports_outside.iter().map(String::as_str)).collect();
    let missing: Vec<String> =
        asked.iter().filter(|sport| !there.contains(sport.as_str())).map(|sport| printable(sport)).collect();
    if missing.is_empty() || there.is_empty() {
        return;
    }
    let there: Vec<String> = there.into_iter().map(printable).collect();
    output::complain(format_args!(
        "--sport {}: not in these files; there {} {}",
        missing.join(","),
        if there.len() == 1 { "is" } else { "are" },
        there.join(", ")
    ));
}

/// Says so where the folders of a squad gave no athlete, or one alone.
pub(super) fn of_squad(season: &Season, squad: bool) {
    let athletes: BTreeSet<&str> = season.rows.iter().filter_map(|row| row.athlete.as_deref()).collect();
    let found = match athletes.first() {
        _ if !squad || season.rows.is_empty() || athletes.len() > 1 => return,
        Some(name) => format!("only one athlete, {}", printable(name)),
        None => "no athlete".to_owned(),
    };
    output::complain(format_args!(
        "--squad found {found}; of one path each folder or archive in it is an athlete's, of several each path"
    ));
}
