//! The table's way to a file or to standard output.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::cli::files;
use crate::cli::output::{self, Failure};
use crate::intake;
use crate::reading;
use crate::season::{Season, TableFormat, WriteError, write};

/// Refuses, before hours of work, a table that cannot be written.
pub(super) fn check(
    file: Option<&Path>,
    format: Option<TableFormat>,
    paths: &[PathBuf],
) -> Result<(), Failure> {
    match file.filter(|file| !files::is_stdout(file)) {
        Some(file) => check_output(file, paths),
        None if format == Some(TableFormat::Parquet) && io::stdout().is_terminal() => {
            let text = "Parquet cannot be read on a terminal; name a file with -o season.parquet";
            Err(Failure::Usage(text.into()))
        }
        None => Ok(()),
    }
}

/// Refuses an ending that says nothing of a format, unless one was chosen: a table would be expected there, or a page.
pub(super) fn check_ending(file: Option<&Path>, chosen: bool) -> Result<(), Failure> {
    let Some(file) = file.filter(|_| !chosen) else { return Ok(()) };
    let instead = match output::ending(file).unwrap_or_default().as_str() {
        "" | "txt" => return Ok(()),
        _ if TableFormat::of_ending(file).is_some() => return Ok(()),
        "html" | "htm" => "--report writes a page",
        "svg" | "png" => "--chart draws a picture",
        _ => "a table is written as .csv, .parquet, .json or .jsonl, the summary as .txt; --format names one",
    };
    Err(Failure::Usage(format!("-o {}: {instead}", output::shown(file))))
}

/// Refuses an output that cannot be written, or that would overwrite a recording.
pub(super) fn check_output(file: &Path, paths: &[PathBuf]) -> Result<(), Failure> {
    files::spare_inputs(Some(file), paths)?;
    // A table of an earlier run may be replaced, a recording never, whether or not it is among those read now.
    let is_file = fs::metadata(file).is_ok_and(|found| found.is_file());
    if is_file && intake::is_wanted(file, reading::activities_only) {
        let name = output::shown(file);
        let text = format!("{name}: holds recordings and would be overwritten; choose another output");
        return Err(Failure::Usage(text));
    }
    files::check_folder(file)
}

/// Writes the table to a file, or to standard output without one or for `-`.
pub(super) fn put(
    season: &Season,
    figures: &Json,
    format: TableFormat,
    file: Option<&Path>,
) -> Result<(), Failure> {
    let file = file.unwrap_or(Path::new("-"));
    let mut refused = None;
    let written = files::write_through(file, |out| {
        write::write(&season.rows, figures, format, out).map_err(|error| match error {
            WriteError::Io(error) => error,
            WriteError::Table(text) => {
                refused = Some(text.clone());
                io::Error::other(text)
            }
        })
    });
    match refused {
        Some(text) => Err(Failure::Report(text)),
        None => written,
    }
}
