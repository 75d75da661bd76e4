//! What the tests over real files share.
#![allow(dead_code, clippy::print_stdout, clippy::unwrap_used)]

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folder with the corpus, if there is one.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("FOURLAP_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: FOURLAP_CORPUS names no folder with corpus/ in it");
    }
    folder
}

/// The bytes of a file, unpacked if it is compressed by gzip.
pub(crate) fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return bytes;
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
    plain
}

/// All files of the corpus with this ending, by name.
pub(crate) fn corpus_files(ending: &str) -> Vec<PathBuf> {
    let Some(folder) = corpus() else { return Vec::new() };
    let entries = std::fs::read_dir(folder.join("corpus/files")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files.sort();
    files
}

/// A table in CSV with a line of names.
pub(crate) struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A row of a [`Table`].
pub(crate) struct Row<'a>(HashMap<&'a str, &'a str>);

impl Row<'_> {
    /// The value of a column.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_else(|| panic!("no column {name}"))
    }
}

impl Table {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Table {
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut rows = records(&text);
        let names = rows.remove(0);
        Table { names, rows }
    }

    /// All rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|row| {
            Row(self.names.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect())
        })
    }
}

/// Splits CSV with quoted fields, which may hold commas and line ends.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in text.chars().filter(|&c| c != '\r') {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => field.push(c),
        }
    }
    records
}
