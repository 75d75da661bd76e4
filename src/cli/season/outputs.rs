//! The files that a season is written into: that no two are the same, what each athlete's are called, and that each
//! is named once it is written.

use std::fs;
use std::path::{Path, PathBuf};

use super::table::check_output;
use crate::cli::output::{self, Failure};
use crate::report::text::printable;

/// Whether a file stands for standard output.
pub(super) fn is_stdout(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Refuses two outputs in one place: the later would take the earlier one's. Each comes with its option.
pub(super) fn check_apart(outputs: &[(&str, &Path)]) -> Result<(), Failure> {
    for (index, (option, file)) in outputs.iter().enumerate() {
        let same = outputs[..index].iter().find(|(_, earlier)| place(earlier) == place(file));
        if let Some((earlier, _)) = same {
            let name = output::shown(file);
            let text = format!("{earlier} and {option} both write to {name}; give each its own file");
            return Err(Failure::Usage(text));
        }
    }
    Ok(())
}

/// A file's own place, whatever it is called: links followed, whether or not it exists.
fn place(file: &Path) -> PathBuf {
    if is_stdout(file) {
        return file.to_owned();
    }
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let named = || Some(fs::canonicalize(parent).ok()?.join(file.file_name()?));
    fs::canonicalize(file).ok().or_else(named).unwrap_or_else(|| file.to_owned())
}

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
        output::write_file(file, bytes)?;
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
    fn two_outputs_in_one_place_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("season.html");
        let again = folder.path().join(".").join("season.html");
        let other = folder.path().join("season.csv");
        let told = |a: &Path, b: &Path| match check_apart(&[("-o", a), ("--report", b)]) {
            Ok(()) => String::new(),
            Err(failure) => failure.to_string(),
        };
        assert_eq!(told(&file, &other), "");
        let name = again.display();
        let expected = format!("-o and --report both write to {name}; give each its own file");
        assert_eq!(told(&file, &again), expected, "neither exists yet");
        fs::write(&file, "").unwrap();
        assert_eq!(told(&file, &again), expected);
        let stdout = "-o and --report both write to -; give each its own file";
        assert_eq!(told(Path::new("-"), Path::new("-")), stdout);
    }

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
