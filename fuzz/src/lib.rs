//! What all targets check.

use fourlap::parser::{ReadOptions, read, read_with};

/// Reads the bytes both ways and checks what every reader of the result relies on.
pub fn check(bytes: &[u8]) {
    let lenient = read(bytes);
    for activity in lenient.iter().flatten() {
        let samples = &activity.samples;
        assert!(samples.elapsed_s.is_sorted_by(|a, b| a < b), "times must increase");
        assert!(samples.elapsed_s.first().is_none_or(|&first| first == 0.0));
        assert!(samples.len() <= activity.records);
        assert_eq!(samples.lat_deg.is_some(), samples.lon_deg.is_some());
    }
    // What strict reading accepts, lenient reading reads.
    assert!(read_with(bytes, &ReadOptions::strict()).is_err() || lenient.is_ok());
}
