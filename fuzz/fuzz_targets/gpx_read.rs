//! GPX from any bytes: its first element is put in front, so that the fuzzer need not find its name.
//!
//! Property: no panic, and times increase strictly.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fourlap_fuzz::check(data);
    let mut file = b"<gpx>".to_vec();
    file.extend_from_slice(data);
    fourlap_fuzz::check(&file);
});
