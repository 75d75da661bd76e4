//! The JSON of every fixture against the published schema, both ways: what is printed is allowed, and what is
//! printed is documented.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/schema.rs"]
mod schema;

use std::path::Path;

use fourlap::report::json::{self, Origin};
use fourlap::{Options, analyze, parser};
use serde_json::Value;

const SCHEMA: &str = include_str!("../docs/schema/analysis.json");

/// The keys of an object; those of a line begin with `schema` and `file`, and then are the analysis's own.
fn keys(value: &Value) -> Vec<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_line_follows_the_schema_and_every_key_is_in_it() {
    let validator = schema::strict(SCHEMA);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(activities) = parser::read(&std::fs::read(&path).unwrap()) else { continue };
        for activity in activities {
            for goal_s in [None, Some(320.0)] {
                let analysis = analyze(&activity, &Options::with_goal(goal_s));
                let origin = Origin { file: path.display().to_string(), ..Origin::default() };
                let line = json::line(&analysis, &origin).unwrap();
                let value: Value = serde_json::from_str(&line).unwrap();
                schema::assert_follows(&validator, &value, &origin.file);
                assert_eq!(keys(&value)[2..], keys(&serde_json::to_value(&analysis).unwrap()), "{line}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 16, "only {checked} lines were checked");
}

#[test]
fn every_key_of_every_schema_is_described() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    let mut described = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let schema: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        described += described_keys(&schema, &path.display().to_string());
    }
    assert!(described > 400, "only {described} keys were looked at");
}

/// How many keys say what they mean; stops at one that does not. A constant and a reference say it elsewhere.
fn described_keys(schema: &Value, place: &str) -> usize {
    let inside = |(key, value): (&String, &Value)| described_keys(value, &format!("{place}/{key}"));
    match schema {
        Value::Object(fields) => {
            let properties = fields.get("properties").and_then(Value::as_object);
            let keys = properties.into_iter().flatten().filter(|(_, value)| value.is_object());
            for (key, value) in keys.clone() {
                let says = |what| value.get(what).is_some();
                assert!(
                    says("description") || says("const") || says("$ref"),
                    "{place}/{key} has no description"
                );
            }
            keys.count() + fields.iter().map(inside).sum::<usize>()
        }
        Value::Array(values) => values.iter().map(|value| described_keys(value, place)).sum(),
        _ => 0,
    }
}

#[test]
fn a_wrong_line_is_refused() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"schema": "fourlap.analysis/1", "file": "a.fit"})));
}
