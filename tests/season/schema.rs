//! The published description of the table against the columns.
//!
//! `FOURLAP_UPDATE_DOCUMENTS=1 cargo test --test season schema` writes its tables anew.

use std::path::Path;

use fourlap::season::columns::{SCHEMA, markdown};

const BEGIN: &str = "<!-- columns -->\n";
const END: &str = "<!-- end of columns -->\n";

#[test]
fn the_document_names_every_column() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/season-schema.md");
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
