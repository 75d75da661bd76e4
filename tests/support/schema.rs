//! Lines of JSON against a published schema.

use serde_json::Value;

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

/// What tells whether a value is allowed, and every key of it documented.
pub(crate) fn strict(schema: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    closed(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

/// Stops where a value does not follow the schema.
pub(crate) fn assert_follows(validator: &jsonschema::Validator, value: &Value, name: &str) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
}
