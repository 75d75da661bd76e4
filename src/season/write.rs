//! The table written down: CSV and Parquet by `polars`, JSON and JSON Lines from the same columns.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{Column, CsvWriter, DataFrame, ParquetWriter, PolarsError, QuoteStyle, SerWriter};
use serde_json::{Map, Value as Json};

use super::columns::{self, SCHEMA, Value};
use super::row::SeasonRow;
use super::table;
use crate::json;

/// So many rows are turned into columns at once, and make a row group in Parquet.
const BATCH_ROWS: usize = 500;

/// How the table is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableFormat {
    /// Text with commas, a header line, UTF-8; null is an empty cell. Texts that a spreadsheet would take for a
    /// formula have an apostrophe before them.
    Csv,
    /// One JSON object with the rows and a summary.
    Json,
    /// One JSON object a row on a line of its own.
    JsonLines,
    /// Apache Parquet, in row groups, with the schema's version as metadata of the file.
    Parquet,
}

impl TableFormat {
    /// The format that a file's ending names.
    pub fn of_ending(file: &Path) -> Option<TableFormat> {
        match file.extension()?.to_str()?.to_lowercase().as_str() {
            "csv" => Some(TableFormat::Csv),
            "json" => Some(TableFormat::Json),
            "jsonl" | "ndjson" => Some(TableFormat::JsonLines),
            "parquet" => Some(TableFormat::Parquet),
            _ => None,
        }
    }
}

/// Why a table could not be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The place it was written to refused.
    Io(io::Error),
    /// The table could not be put into its format.
    Table(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Io(error) => error.fmt(f),
            WriteError::Table(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        WriteError::Io(error)
    }
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        WriteError::Io(error.into())
    }
}

impl From<PolarsError> for WriteError {
    fn from(error: PolarsError) -> Self {
        WriteError::Table(error.to_string())
    }
}

/// Writes the rows; `summary` is what the one object of [`TableFormat::Json`] says beside them.
///
/// # Errors
/// When `out` refuses, as a full disk does.
pub fn write(
    rows: &[SeasonRow],
    summary: &Json,
    format: TableFormat,
    out: impl Write + Send,
) -> Result<(), WriteError> {
    let mut out = Witness { out, refusal: None };
    let written = match format {
        TableFormat::Csv => csv(rows, &mut out),
        TableFormat::Json => whole(rows, summary, &mut out),
        TableFormat::JsonLines => json_lines(rows, &mut out),
        TableFormat::Parquet => parquet(rows, &mut out),
    };
    let written = written.and_then(|()| Ok(out.flush()?));
    match out.refusal {
        // What the place itself said is clearer than what the layers in between made of it.
        Some(refusal) => Err(WriteError::Io(refusal)),
        None => written,
    }
}

/// Remembers why a place refused.
struct Witness<W> {
    out: W,
    refusal: Option<io::Error>,
}

impl<W> Witness<W> {
    fn noted<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.refusal.get_or_insert(error);
            }
            kind.into()
        })
    }
}

impl<W: Write> Write for Witness<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.noted(flushed)
    }
}

fn csv(rows: &[SeasonRow], out: &mut (impl Write + Send)) -> Result<(), WriteError> {
    // The texts are quoted here: polars leaves a text with a semicolon bare.
    let writer = CsvWriter::new(out).with_quote_style(QuoteStyle::Never);
    let mut writer = writer.batched(&table::schema())?;
    for batch in rows.chunks(BATCH_ROWS) {
        let mut frame = table::frame(batch)?;
        disarm(&mut frame)?;
        writer.write_batch(&frame)?;
    }
    Ok(writer.finish()?)
}

/// What makes a spreadsheet take a text for a formula: its first letter, also in full width, or after a white space;
/// and the apostrophe that is put before those.
const ARMED: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\''];

/// What parts cells or lines in some spreadsheet, and the quotes themselves; a text with one of them is quoted.
const PARTING: [char; 6] = [',', ';', '\t', '\r', '\n', '"'];

/// Puts an apostrophe before every text that a spreadsheet would take for a formula, and before those that begin with
/// an apostrophe, so that one taken off gives every text back. What would part a cell in two is quoted (RFC 4180), and
/// so is an empty text, which is not null.
fn disarm(frame: &mut DataFrame) -> Result<(), PolarsError> {
    let disarmed = |text: &str| {
        let text = format!("{}{text}", if text.starts_with(ARMED) { "'" } else { "" });
        let is_bare = !text.is_empty() && !text.contains(PARTING);
        if is_bare { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    let is_plain = |text: &str| !text.is_empty() && !text.starts_with(ARMED) && !text.contains(PARTING);
    let mut changed: Vec<Column> = Vec::new();
    for column in frame.columns().iter().filter(|column| column.dtype().is_string()) {
        let texts = column.str()?;
        if texts.iter().flatten().any(|text| !is_plain(text)) {
            let texts: Vec<_> = texts.iter().map(|text| text.map(disarmed)).collect();
            changed.push(Column::new(column.name().clone(), texts));
        }
    }
    for column in changed {
        let name = column.name().clone();
        frame.replace(&name, column)?;
    }
    Ok(())
}

fn parquet(rows: &[SeasonRow], out: &mut (impl Write + Send)) -> Result<(), WriteError> {
    let metadata = KeyValueMetadata::from_static(vec![("schema".into(), SCHEMA.into())]);
    let writer = ParquetWriter::new(out).with_key_value_metadata(Some(metadata));
    let mut writer = writer.batched(&table::schema())?;
    for batch in rows.chunks(BATCH_ROWS) {
        writer.write_batch(&table::frame(batch)?)?;
    }
    writer.finish()?;
    Ok(())
}

fn json_lines(rows: &[SeasonRow], out: &mut impl Write) -> Result<(), WriteError> {
    for row in rows {
        json::write(&mut *out, &object(row))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn whole(rows: &[SeasonRow], summary: &Json, out: &mut impl Write) -> Result<(), WriteError> {
    let summary = json::text(summary)?;
    write!(out, "{{\"schema\":\"{SCHEMA}\",\"summary\":{summary},\"rows\":[")?;
    for (index, row) in rows.iter().enumerate() {
        out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
        json::write(&mut *out, &object(row))?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(())
}

/// A row as an object with every column, null where a value is not known.
pub fn object(row: &SeasonRow) -> Json {
    let cells = columns::columns().iter().map(|column| {
        let value = match column.value(row) {
            Value::Text(text) => text.map(Json::from),
            Value::Integer(number) => number.map(Json::from),
            Value::Number(number) => number.map(Json::from),
            Value::Flag(flag) => flag.map(Json::from),
        };
        (column.name.clone(), value.unwrap_or(Json::Null))
    });
    Json::Object(cells.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_names_a_format() {
        assert_eq!(TableFormat::of_ending(Path::new("a/season.CSV")), Some(TableFormat::Csv));
        assert_eq!(TableFormat::of_ending(Path::new("season.jsonl")), Some(TableFormat::JsonLines));
        assert_eq!(TableFormat::of_ending(Path::new("season")), None);
    }

    /// A place that takes so many bytes and then is full.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_an_error_in_every_format() {
        let rows = vec![SeasonRow::default(); 3];
        for format in [TableFormat::Csv, TableFormat::Json, TableFormat::JsonLines, TableFormat::Parquet] {
            for room in [0, 10, 1000] {
                let error = write(&rows, &Json::Null, format, Full(room)).unwrap_err();
                assert!(matches!(error, WriteError::Io(_)), "{format:?} {error}");
            }
        }
    }
}
