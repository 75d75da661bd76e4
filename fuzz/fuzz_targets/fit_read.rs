//! FIT from any bytes: a header is put in front, so that the fuzzer need not find its letters.
//!
//! Property: no panic, and times increase strictly.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fourlap_fuzz::check(data);
    // Length 14, data size 0 (read to the end), no header checksum.
    let mut file = b"\x0E\x20\x00\x00\x00\x00\x00\x00.FIT\x00\x00".to_vec();
    file.extend_from_slice(data);
    fourlap_fuzz::check(&file);
});
