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

/// A FIT file of these messages, with header and checksum.
pub(crate) fn fit_of(messages: &[u8]) -> Vec<u8> {
    let mut file = vec![14, 0x20, 0, 0];
    file.extend((messages.len() as u32).to_le_bytes());
    file.extend(b".FIT\0\0");
    file.extend(messages);
    let crc = crc::Crc::<u16>::new(&crc::CRC_16_ARC).checksum(&file);
    file.extend(crc.to_le_bytes());
    file
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

/// A row of a table by the names of its columns.
pub(crate) struct Row(HashMap<String, String>);

impl Row {
    /// The text in a column; empty where the cell is.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    /// The number in a column, where the cell holds one.
    pub(crate) fn number(&self, column: &str) -> Option<f64> {
        self.get(column).parse().ok()
    }
}

/// The rows of a table in CSV, whose first line names the columns.
pub(crate) fn rows(table: impl Read) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table);
    reader.deserialize().map(|row| Row(row.unwrap())).collect()
}

/// The rows of a table in a file.
pub(crate) fn rows_of(path: &Path) -> Vec<Row> {
    rows(std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
