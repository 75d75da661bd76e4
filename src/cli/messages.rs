//! Every message of a FIT file by name, for `fourlap inspect --messages`.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fitparser::de::DecodeOption;
use serde::Serialize;

use crate::report::text::{FAINT, painted, printable};

/// A kind of message, and how often it is in the file.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Message {
    name: String,
    count: usize,
    fields: Vec<Field>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Field {
    name: String,
    /// As the profile calls it.
    unit: Option<String>,
    count: usize,
}

/// Names and units of fields, counted.
type Fields = BTreeMap<(String, String), usize>;

/// The messages of a FIT file with their fields, counted, by the second reader with the full profile.
///
/// That reader is strict and may panic on damaged files; both become a line that says so.
pub(super) fn messages(bytes: &[u8]) -> Result<Vec<Message>, String> {
    if bytes.get(8..12) != Some(b".FIT") {
        return Err("not a FIT file, and only those have messages".into());
    }
    // Wrong checksums are no reason to show nothing.
    let options = HashSet::from([DecodeOption::SkipHeaderCrcValidation, DecodeOption::SkipDataCrcValidation]);
    let parsed = quietly(|| fitparser::de::from_bytes_with_options(bytes, &options));
    let records = match parsed {
        Ok(Ok(records)) => records,
        Ok(Err(error)) => return Err(format!("the strict message reader refuses it: {error}")),
        Err(_) => return Err("the strict message reader cannot cope with it; plain 'inspect' can".into()),
    };
    let mut counts: BTreeMap<String, (usize, Fields)> = BTreeMap::new();
    for record in &records {
        let (count, fields) = counts.entry(printable(&record.kind().to_string())).or_default();
        *count += 1;
        for field in record.fields() {
            *fields.entry((printable(field.name()), printable(field.units()))).or_default() += 1;
        }
    }
    let messages = counts.into_iter().map(|(name, (count, fields))| {
        let field = |((name, unit), count): ((String, String), usize)| {
            let unit = Some(unit).filter(|unit| !unit.is_empty());
            Field { name, unit, count }
        };
        Message { name, count, fields: fields.into_iter().map(field).collect() }
    });
    Ok(messages.collect())
}

/// The messages as a list for people.
pub(super) fn list(messages: &[Message]) -> String {
    let mut text = String::new();
    for message in messages {
        let _ = writeln!(text, "  {:<32} {:>7}", message.name, message.count);
        for Field { name, unit, count } in &message.fields {
            let name = unit.as_ref().map_or(name.clone(), |unit| format!("{name} [{unit}]"));
            let _ = writeln!(text, "    {}", painted(FAINT, format!("{name:<30} {count:>7}")));
        }
    }
    text
}

/// Runs something that may panic without letting the panic print or travel.
fn quietly<T>(work: impl FnOnce() -> T) -> std::thread::Result<T> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let done = catch_unwind(AssertUnwindSafe(work));
    std::panic::set_hook(hook);
    done
}
