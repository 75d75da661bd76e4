//! The written tables, read back to the last digit.

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use fourlap::season::columns::{self, SCHEMA};
use fourlap::season::write::{object, write};
use fourlap::season::{SeasonRow, TableFormat, table};
use polars::io::SerReader;
use polars::prelude::{Column, CsvReadOptions, DataFrame, ParquetReader};
use serde_json::{Value, json};

use crate::support::corpus;
use crate::{fixtures, scanned};

fn written(rows: &[SeasonRow], format: TableFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(rows, &json!({"analysed": rows.len()}), format, &mut bytes).unwrap();
    bytes
}

/// The rows of the fixtures, of the corpus where there is one, and one whose texts are hard to write.
static ROWS: LazyLock<Vec<SeasonRow>> = LazyLock::new(|| {
    let mut rows = scanned(&fixtures()).rows;
    rows.extend(corpus().map(|folder| scanned(&folder.join("corpus/files")).rows).unwrap_or_default());
    for text in ["=1+1", "-", "@home", "+5 km", "'t was easy", "''", "\t=1", "＝1"] {
        let hostile = || Some(text.into());
        let (file, name, device) = (text.to_owned(), hostile(), hostile());
        rows.push(SeasonRow { file, name, device, athlete: hostile(), ..SeasonRow::default() });
    }
    rows.push(SeasonRow {
        file: "a, \"quoted\"\nname;é跑\u{202e}.fit".into(),
        name: Some("".into()),
        device: Some(" null ".into()),
        sport: Some("NaN".into()),
        ..SeasonRow::default()
    });
    rows
});

/// The table as CSV read back, one apostrophe taken off each text as its description says.
fn csv(rows: &[SeasonRow]) -> DataFrame {
    let mut frame = plain_csv(rows);
    for column in frame.columns().to_vec().iter().filter(|column| column.dtype().is_string()) {
        let texts = column.str().unwrap().iter();
        let bare = texts.map(|text| text.map(|text| text.strip_prefix('\'').unwrap_or(text).to_owned()));
        frame.replace(column.name(), Column::new(column.name().clone(), bare.collect::<Vec<_>>())).unwrap();
    }
    frame
}

fn plain_csv(rows: &[SeasonRow]) -> DataFrame {
    let options =
        CsvReadOptions::default().with_has_header(true).with_schema(Some(Arc::new(table::schema())));
    options.into_reader_with_file_handle(Cursor::new(written(rows, TableFormat::Csv))).finish().unwrap()
}

fn parquet(rows: &[SeasonRow]) -> DataFrame {
    ParquetReader::new(Cursor::new(written(rows, TableFormat::Parquet))).finish().unwrap()
}

#[test]
fn csv_and_parquet_read_back_the_same() {
    let frame = table::frame(&ROWS).unwrap();
    for (name, read) in [("csv", csv(&ROWS)), ("parquet", parquet(&ROWS))] {
        assert_eq!(read.schema(), frame.schema(), "{name}");
        for column in frame.columns() {
            let back = read.column(column.name()).unwrap();
            assert!(back.equals_missing(column), "{name}: {} differs", column.name());
        }
    }
}

#[test]
fn no_text_in_a_spreadsheet_is_a_formula() {
    let armed = ['=', '+', '-', '@', '\t', '\r', '\n', '＝'];
    let frame = plain_csv(&ROWS);
    for column in frame.columns().iter().filter(|column| column.dtype().is_string()) {
        for text in column.str().unwrap().iter().flatten() {
            assert!(!text.starts_with(armed), "{}: {text}", column.name());
        }
    }
    let bytes = String::from_utf8(written(&ROWS, TableFormat::Csv)).unwrap();
    assert!(bytes.contains(",'=1+1,") && bytes.contains(",'@home,") && bytes.contains(",''t was easy,"));
}

#[test]
fn numbers_below_zero_stay_numbers() {
    let row = SeasonRow { utc_offset_s: Some(-18_000), ..SeasonRow::default() };
    let text = String::from_utf8(written(std::slice::from_ref(&row), TableFormat::Csv)).unwrap();
    assert!(text.contains(",-18000,"), "{text}");
}

#[test]
fn json_reads_back_the_same() {
    let rows = &*ROWS;
    let lines = String::from_utf8(written(rows, TableFormat::JsonLines)).unwrap();
    let read: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, rows.iter().map(object).collect::<Vec<_>>());
    let whole: Value = serde_json::from_slice(&written(rows, TableFormat::Json)).unwrap();
    assert_eq!(whole["schema"], SCHEMA);
    assert_eq!(whole["summary"]["analysed"], rows.len());
    assert_eq!(whole["rows"].as_array().unwrap(), &read);
}

#[test]
fn columns_and_types_are_the_same_without_any_row() {
    assert_eq!(csv(&[]).schema().as_ref(), &table::schema());
    assert_eq!(parquet(&[]).schema().as_ref(), &table::schema());
    assert_eq!(written(&[], TableFormat::JsonLines), b"");
    assert_eq!(
        written(&[SeasonRow::default()], TableFormat::Json).iter().filter(|b| **b == b'\n').count(),
        3
    );
}

#[test]
fn many_rows_are_written_in_groups_and_keep_their_order() {
    let rows: Vec<SeasonRow> =
        (0..1_100).map(|number| SeasonRow { file: number.to_string(), ..SeasonRow::default() }).collect();
    let in_memory = table::frame(&rows).unwrap();
    assert!(parquet(&rows).equals_missing(&in_memory));
    assert!(csv(&rows).equals_missing(&in_memory));
    let file = written(&rows, TableFormat::Parquet);
    let metadata = ParquetReader::new(Cursor::new(&file)).get_metadata().unwrap().clone();
    assert_eq!(metadata.row_groups.len(), 3);
    let pairs = metadata.key_value_metadata().as_ref().unwrap();
    assert!(pairs.iter().any(|pair| pair.key == "schema" && pair.value.as_deref() == Some(SCHEMA)));
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = scanned(&fixtures()).rows;
    for format in [TableFormat::Csv, TableFormat::Json, TableFormat::JsonLines, TableFormat::Parquet] {
        assert!(written(&rows, format) == written(&rows, format), "{format:?}");
    }
    assert_eq!(columns::columns().len(), table::schema().len());
}
