//! Reads files with fourlap and with the crates that a Rust program would use otherwise, and prints for each reader
//! and file one JSON object a line: what was read, how long it took, and the plain fastest mile.
//!
//!     fourlap-peers ROUNDS FILE...

mod columns;
mod fit;
mod gpx_crate;
mod own;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use columns::Columns;
use serde_json::json;

/// What reads the bytes of a file: the rows it got, and what stopped it.
type Reader = fn(&[u8]) -> (Columns, Option<String>);

const FIT: [(&str, Reader); 5] = [
    ("fourlap", own::read),
    ("fitparser", fit::fitparser),
    ("fitparser, lenient", fit::fitparser_lenient),
    ("rustyfit", fit::rustyfit),
    ("rustyfit, lenient", fit::rustyfit_lenient),
];
const GPX: [(&str, Reader); 2] = [("fourlap", own::read), ("gpx", gpx_crate::read)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A reader that panics is one that failed; its message would only hide the others'.
    std::panic::set_hook(Box::new(|_| {}));
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().ok_or("how many rounds?")?.parse()?;
    for path in arguments {
        let bytes = std::fs::read(&path)?;
        let readers: &[(&str, Reader)] = if path.ends_with(".fit") { &FIT } else { &GPX };
        for (name, reader) in readers {
            println!("{}", measured(name, *reader, &path, &bytes, rounds));
        }
    }
    Ok(())
}

fn measured(name: &str, reader: Reader, path: &str, bytes: &[u8], rounds: usize) -> serde_json::Value {
    let mut fastest_ms = f64::INFINITY;
    let mut result = (Columns::default(), Some("no round was asked for".to_owned()));
    for _ in 0..rounds {
        let begun = Instant::now();
        result = catch_unwind(AssertUnwindSafe(|| reader(bytes)))
            .unwrap_or_else(|_| (Columns::default(), Some("panicked".to_owned())));
        fastest_ms = fastest_ms.min(begun.elapsed().as_secs_f64() * 1e3);
    }
    let (columns, error) = result;
    let considered = if name == "fourlap" { own::analyzed(bytes, rounds) } else { json!({}) };
    json!({
        "reader": name,
        "file": path,
        "read_ms": fastest_ms,
        "samples": columns.records,
        "heart_rates": columns.heart_rates,
        "recorded_s": columns.fastest_mile_s(&columns.recorded_m()),
        "gps_s": columns.fastest_mile_s(&columns.stepped_m()),
        "considered": considered,
        "error": error,
    })
}
