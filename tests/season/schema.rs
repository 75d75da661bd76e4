//! The published descriptions of the table against the columns.
//!
//! `FOURLAP_UPDATE_DOCUMENTS=1 cargo test --test season schema` writes them anew.

use std::path::{Path, PathBuf};

use fourlap::season::columns::{Column, Kind, SCHEMA, columns, markdown};
use serde_json::{Value, json};

const BEGIN: &str = "<!-- columns -->\n";
const END: &str = "<!-- end of columns -->\n";

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn the_document_names_every_column() {
    let path = docs("season-schema.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let renewed = format!("{before}{BEGIN}\n{}\n{END}{after}", markdown());
    if std::env::var_os("FOURLAP_UPDATE_DOCUMENTS").is_some() {
        std::fs::write(&path, &renewed).unwrap();
    } else {
        assert!(document == renewed, "docs/season-schema.md does not hold the columns as they are");
    }
    assert!(document.contains(SCHEMA));
}

/// A column as JSON Schema has it; only what every row has is never null.
fn property(column: &Column) -> Value {
    if column.name == "schema" {
        return json!({ "const": SCHEMA, "description": column.meaning });
    }
    if !column.words.is_empty() {
        let words = column.words.iter().map(|&word| Some(word)).chain([None]).collect::<Vec<_>>();
        return json!({ "enum": words, "description": column.meaning });
    }
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
    };
    match column.name.as_str() {
        "file" | "status" => json!({ "type": kind, "description": column.meaning }),
        _ => json!({ "type": [kind, "null"], "description": column.meaning }),
    }
}

#[test]
fn the_schema_of_the_json_has_every_column() {
    let path = docs("schema/season.json");
    let document = std::fs::read_to_string(&path).unwrap();
    let mut schema: Value = serde_json::from_str(&document).unwrap();
    let properties = columns().iter().map(|column| (column.name.clone(), property(column))).collect();
    schema["properties"]["rows"]["items"]["properties"] = Value::Object(properties);
    let renewed = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("FOURLAP_UPDATE_DOCUMENTS").is_some() {
        std::fs::write(&path, &renewed).unwrap();
    } else {
        assert!(document == renewed, "docs/schema/season.json does not hold the columns as they are");
    }
}

#[test]
fn every_class_of_training_is_in_the_documents() {
    let class = columns().iter().find(|column| column.name == "workout_class").unwrap();
    let (glossary, rules) = (docs("glossary.md"), docs("season-reading.md"));
    let (glossary, rules) =
        (std::fs::read_to_string(glossary).unwrap(), std::fs::read_to_string(rules).unwrap());
    let line = glossary.lines().find(|line| line.starts_with("| class |")).unwrap();
    for word in &class.words {
        assert!(line.contains(&format!("`{word}`")), "the glossary's classes lack {word}");
        assert!(rules.contains(&format!("\n| `{word}` |")), "season-reading.md has no rule for {word}");
    }
}
