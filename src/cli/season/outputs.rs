//! The files that a season is written into: what each athlete's are called, and that each is named once it is written.

use std::fs;
use std::path::{Path, PathBuf};

use super::table::check_output;
use crate::cli::files::{self, place};
use crate::cli::output::{self, Failure};
use crate::report::text::printable;

/// Where a result goes. A season that was stopped early takes nothing whole away: beside a file of an earlier run it is
/// written as `season-stopped.csv`.
pub(super) fn spared(file: &Path, stopped: bool) -> PathBuf {
    if stopped && fs::symlink_metadata(file).is_ok_and(|found| found.is_file()) {
        return with_words(file, &["stopped"], 1);
    }
    file.to_owned()
}

/// Writes files one after the other, none over another, and names each.
pub(super) struct Outputs<'a> {
    inputs: &'a [PathBuf],
    taken: Vec<PathBuf>,
    stopped: bool,
}

impl<'a> Outputs<'a> {
    /// For a season read from `inputs`, of which `main` is the output that is written besides; `stopped` tells whether
    /// not all of them were read.
    pub(super) fn new(inputs: &'a [PathBuf], main: Option<&Path>, stopped: bool) -> Outputs<'a> {
        Outputs { inputs, taken: main.map(place).into_iter().collect(), stopped }
    }

    /// A file of its own for each of these words: `season.html` becomes `season-Anna.html`, and where that is taken
    /// `season-Anna-2.html`. Without a word the file is as it was named.
    pub(super) fn named(&mut self, file: &Path, words: &[&str]) -> PathBuf {
        let found = (1..)
            .map(|number| with_words(file, words, number))
            .find(|candidate| !self.taken.contains(&place(candidate)));
        let found = found.unwrap_or_else(|| file.to_owned());
        self.taken.push(place(&found));
        found
    }

    /// Writes one file and says so.
    pub(super) fn write(&self, what: &str, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let file = &spared(file, self.stopped);
        check_output(file, self.inputs)?;
        files::write_file(file, bytes)?;
        said(what, file);
        Ok(())
    }
}

/// Says that a file was written.
pub(super) fn said(what: &str, file: &Path) {
    output::complain(format_args!("{what} written to {}", output::shown(file)));
}

/// `season.html` with Anna and 2 is `season-Anna-2.html`.
fn with_words(file: &Path, words: &[&str], number: usize) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    for word in words {
        name.push("-");
        name.push(as_file_name(word));
    }
    if number > 1 {
        name.push(format!("-{number}"));
    }
    if let Some(ending) = file.extension() {
        name.push(".");
        name.push(ending);
    }
    file.with_file_name(name)
}

/// A name from an archive may hold what no file's name can.
fn as_file_name(word: &str) -> String {
    let allowed = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    printable(&word.chars().map(allowed).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_athlete_has_a_file_of_its_own() {
        let mut outputs = Outputs::new(&[], Some(Path::new("season-Ben.html")), false);
        let file = Path::new("pages/season.html");
        assert_eq!(outputs.named(file, &["Anna"]), Path::new("pages/season-Anna.html"));
        assert_eq!(outputs.named(file, &["a/../b\n"]), Path::new("pages/season-a_.._b_.html"));
        assert_eq!(outputs.named(file, &["Anna"]), Path::new("pages/season-Anna-2.html"));
        assert_eq!(outputs.named(Path::new("season.html"), &["Ben"]), Path::new("season-Ben-2.html"));
        assert_eq!(outputs.named(Path::new("a.png"), &["Ben", "shapes"]), Path::new("a-Ben-shapes.png"));
        assert_eq!(outputs.named(Path::new("a.b.png"), &[]), Path::new("a.b.png"));
    }
}
