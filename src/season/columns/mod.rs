//! The columns of the season's table: the one list that CSV, Parquet, JSON Lines and their documentation come from.

mod mile;
mod recording;
mod workout;

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

use super::row::SeasonRow;

pub(crate) use mile::EFFORTS;

/// The name and version of the table's schema. New columns may be added at the end of it; a column that is there
/// keeps its meaning.
pub const SCHEMA: &str = "fourlap.season/1";

/// The identifiers of the rubric's parts, in the order of the race.
pub const PARTS: [&str; 8] =
    ["check_200", "lap_1", "half_800", "lap_3", "lap_4", "hundreds", "finish", "steadiness"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text in UTF-8.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number in double precision, rounded to the thousandth.
    Number,
    /// True or false.
    Flag,
}

impl Kind {
    /// The word in the documentation.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Flag => "flag",
        }
    }
}

/// A cell of the table; what is not known is `None`.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Of a [`Kind::Text`] column.
    Text(Option<Cow<'a, str>>),
    /// Of a [`Kind::Integer`] column.
    Integer(Option<i64>),
    /// Of a [`Kind::Number`] column.
    Number(Option<f64>),
    /// Of a [`Kind::Flag`] column.
    Flag(Option<bool>),
}

impl<'a> Value<'a> {
    /// Text without a character says nothing, and is null.
    fn text(text: impl Into<Option<&'a str>>) -> Value<'a> {
        Value::Text(text.into().filter(|text| !text.is_empty()).map(Cow::Borrowed))
    }

    fn owned(text: Option<String>) -> Value<'a> {
        Value::Text(text.filter(|text| !text.is_empty()).map(Cow::Owned))
    }

    fn integer<T: TryInto<i64>>(number: Option<T>) -> Value<'a> {
        Value::Integer(number.and_then(|number| number.try_into().ok()))
    }

    /// Rounded to the thousandth, since nothing here is known better; adding 0 turns -0 into 0.
    fn number(number: Option<impl Into<f64>>) -> Value<'a> {
        let finite = number.map(Into::into).filter(|number| number.is_finite());
        Value::Number(finite.map(|number| (number * 1000.0).round() / 1000.0 + 0.0))
    }
}

/// A column of the table.
#[derive(Debug)]
pub struct Column {
    /// Its name, with the unit at its end.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in a sentence without a full stop.
    pub meaning: String,
    /// The only texts that it may hold, where they are few and fixed; otherwise empty.
    pub words: Vec<&'static str>,
    /// Reads its cell from a row; the number tells columns apart that are repeated, such as the laps'.
    read: for<'a> fn(&'a SeasonRow, usize) -> Value<'a>,
    index: usize,
}

impl Column {
    fn new(
        name: impl Into<String>,
        kind: Kind,
        meaning: impl Into<String>,
        read: for<'a> fn(&'a SeasonRow, usize) -> Value<'a>,
    ) -> Column {
        Column { name: name.into(), kind, meaning: meaning.into(), words: Vec::new(), read, index: 0 }
    }

    /// One that holds nothing but these texts; its meaning lists them.
    fn one_of(self, words: impl IntoIterator<Item = &'static str>) -> Column {
        let words: Vec<_> = words.into_iter().collect();
        let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        Column { meaning: format!("{}: {listed}", self.meaning), words, ..self }
    }

    fn at(self, index: usize) -> Column {
        Column { index, ..self }
    }

    /// Its cell in a row.
    pub fn value<'a>(&self, row: &'a SeasonRow) -> Value<'a> {
        (self.read)(row, self.index)
    }
}

/// All columns in the order of the table.
pub fn columns() -> &'static [Column] {
    static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
        [recording::columns(), mile::columns(), workout::columns()].into_iter().flatten().collect()
    });
    &COLUMNS
}

/// The list of columns as a table in Markdown, which `docs/season-schema.md` holds.
pub fn markdown() -> String {
    let mut table = String::from("| column | type | meaning |\n|---|---|---|\n");
    for column in columns() {
        let _ = writeln!(table, "| `{}` | {} | {} |", column.name, column.kind.as_str(), column.meaning);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::rubric::Part;
    use std::collections::HashSet;

    #[test]
    fn every_column_has_its_own_name_and_every_cell_its_columns_kind() {
        let row = SeasonRow::default();
        let mut names = HashSet::new();
        for column in columns() {
            assert!(names.insert(&column.name), "{} is there twice", column.name);
            let kind = match column.value(&row) {
                Value::Text(_) => Kind::Text,
                Value::Integer(_) => Kind::Integer,
                Value::Number(_) => Kind::Number,
                Value::Flag(_) => Kind::Flag,
            };
            assert_eq!(kind, column.kind, "{}", column.name);
            assert!(!column.meaning.ends_with('.') && !column.meaning.contains('|'), "{}", column.name);
        }
    }

    #[test]
    fn the_parts_are_those_of_the_rubric() {
        assert_eq!(Part::ALL.map(Part::id).as_slice(), PARTS);
    }

    #[test]
    fn numbers_are_rounded_and_never_nan() {
        assert_eq!(Value::number(Some(319.41999)), Value::Number(Some(319.42)));
        assert_eq!(Value::number(Some(-0.0001)), Value::Number(Some(0.0)));
        assert_eq!(Value::number(Some(f32::NAN)), Value::Number(None));
    }
}
