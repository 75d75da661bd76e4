//! The JSON of every fixture against the published schema, both ways: what is printed is allowed, and what is
//! printed is documented.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;

use fourlap::report::json::{self, Origin};
use fourlap::{Options, analyze, parser};
use serde_json::Value;

const SCHEMA: &str = include_str!("../docs/schema/analysis.json");

/// Refuses keys that the schema does not name, in every object: documentation that lags behind is a defect.
fn closed(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") {
                fields.insert("additionalProperties".into(), false.into());
            }
            fields.values_mut().for_each(closed);
        }
        Value::Array(values) => values.iter_mut().for_each(closed),
        _ => {}
    }
}

#[test]
fn every_line_follows_the_schema_and_every_key_is_in_it() {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    closed(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(activities) = parser::read(&std::fs::read(&path).unwrap()) else { continue };
        for activity in activities {
            for goal_s in [None, Some(320.0)] {
                let options = Options { goal_s, ..Options::default() };
                let origin = Origin { file: path.display().to_string(), ..Origin::default() };
                let line = json::line(&analyze(&activity, &options), &origin).unwrap();
                let value: Value = serde_json::from_str(&line).unwrap();
                let errors: Vec<String> = validator
                    .iter_errors(&value)
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                assert!(errors.is_empty(), "{}: {}", path.display(), errors.join("\n"));
                checked += 1;
            }
        }
    }
    assert!(checked >= 16, "only {checked} lines were checked");
}

#[test]
fn a_wrong_line_is_refused() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"schema": "fourlap.analysis/1", "file": "a.fit"})));
}
