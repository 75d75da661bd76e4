//! Reports for programs: one JSON object an activity, on one line.

use serde::Serialize;
use serde_json::Value;

use crate::analysis::Analysis;

/// The name and version of the schema, which `docs/schema/analysis.json` describes.
pub const SCHEMA: &str = "fourlap.analysis/1";

/// Where an activity came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Origin {
    /// The path as the caller named it.
    pub file: String,
    /// The file's name inside an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The number of the session inside a recording that holds several, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<usize>,
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    #[serde(flatten)]
    origin: &'a Origin,
    #[serde(flatten)]
    analysis: &'a Analysis,
}

/// An analysis as one line of JSON without a line break, numbers rounded to the thousandth.
///
/// # Errors
/// None in practice: every value of an analysis has a JSON form.
pub fn line(analysis: &Analysis, origin: &Origin) -> serde_json::Result<String> {
    rounded_line(&Report { schema: SCHEMA, origin, analysis })
}

/// Any serialisable value as one line of JSON, its numbers rounded to the thousandth: times are not known
/// better, and 319.42 reads better than 319.4199999999996.
///
/// # Errors
/// When the value has no JSON form.
pub(crate) fn rounded_line(value: &impl Serialize) -> serde_json::Result<String> {
    let mut value = serde_json::to_value(value)?;
    round(&mut value);
    crate::json::text(&value)
}

/// A value with its numbers rounded to the thousandth.
#[cfg(feature = "season")]
pub(crate) fn rounded(mut value: Value) -> Value {
    round(&mut value);
    value
}

fn round(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let rounded = number.as_f64().map(|n| (n * 1000.0).round() / 1000.0);
            // Adding 0 turns -0 into 0.
            *value = rounded.map(|n| n + 0.0).into();
        }
        Value::Array(values) => values.iter_mut().for_each(round),
        Value::Object(fields) => fields.values_mut().for_each(round),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_everywhere() {
        let line = rounded_line(&serde_json::json!({"a": [319.41999999, -0.0001], "b": {"c": 7}})).unwrap();
        assert_eq!(line, r#"{"a":[319.42,0.0],"b":{"c":7}}"#);
    }
}
