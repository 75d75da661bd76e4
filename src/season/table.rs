//! Rows as a table of `polars`, with the same columns and types whatever is in them.

use polars::prelude::{Column as Series, DataFrame, DataType, Field, PolarsResult, Schema};

use super::columns::{self, Column, Kind, Value};
use super::reading::entry::is_read;
use super::row::SeasonRow;

/// The table of these rows.
///
/// # Errors
/// None in practice: all columns are as long as there are rows.
pub fn frame(rows: &[SeasonRow]) -> PolarsResult<DataFrame> {
    frame_of(rows, |_| true)
}

/// The table of these rows with the columns that [`reading`](super::reading) looks at, which are a quarter of all.
///
/// # Errors
/// As [`frame`].
pub fn frame_to_read(rows: &[SeasonRow]) -> PolarsResult<DataFrame> {
    frame_of(rows, is_read)
}

fn frame_of(rows: &[SeasonRow], wanted: fn(&str) -> bool) -> PolarsResult<DataFrame> {
    let wanted = columns::columns().iter().filter(|column| wanted(&column.name));
    DataFrame::new(rows.len(), wanted.map(|column| series(column, rows)).collect())
}

/// The names and types of the table's columns, also without any row.
pub fn schema() -> Schema {
    columns::columns()
        .iter()
        .map(|column| Field::new(column.name.as_str().into(), data_type(column.kind)))
        .collect()
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::String,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Flag => DataType::Boolean,
    }
}

fn series(column: &Column, rows: &[SeasonRow]) -> Series {
    let name = column.name.as_str().into();
    let values = rows.iter().map(|row| column.value(row));
    match column.kind {
        Kind::Text => Series::new(name, values.map(text).collect::<Vec<_>>()),
        Kind::Integer => Series::new(name, values.map(integer).collect::<Vec<_>>()),
        Kind::Number => Series::new(name, values.map(number).collect::<Vec<_>>()),
        Kind::Flag => Series::new(name, values.map(flag).collect::<Vec<_>>()),
    }
}

// A test of the columns holds that every cell is of its column's kind.

fn text(value: Value<'_>) -> Option<std::borrow::Cow<'_, str>> {
    if let Value::Text(text) = value { text } else { None }
}

fn integer(value: Value<'_>) -> Option<i64> {
    if let Value::Integer(number) = value { number } else { None }
}

fn number(value: Value<'_>) -> Option<f64> {
    if let Value::Number(number) = value { number } else { None }
}

fn flag(value: Value<'_>) -> Option<bool> {
    if let Value::Flag(flag) = value { flag } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::Status;
    use crate::season::reading::{ReadingOptions, read};

    #[test]
    fn what_is_read_is_enough_to_read() {
        let rows = [SeasonRow { status: Status::Analysed, ..SeasonRow::default() }, SeasonRow::default()];
        let options = ReadingOptions::default();
        let narrow = frame_to_read(&rows).unwrap();
        assert_eq!(read(&narrow, &options).unwrap(), read(&frame(&rows).unwrap(), &options).unwrap());
        assert!(narrow.width() < 40, "{}", narrow.width());
    }

    #[test]
    fn columns_and_types_are_the_same_with_and_without_rows() {
        let empty = frame(&[]).unwrap();
        let blank = frame(&[SeasonRow::default()]).unwrap();
        assert_eq!(empty.schema().as_ref(), &schema());
        assert_eq!(blank.schema().as_ref(), &schema());
        assert_eq!((empty.height(), blank.height()), (0, 1));
    }
}
