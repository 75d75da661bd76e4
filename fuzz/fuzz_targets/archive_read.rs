//! Whatever an archive holds, its members are handed out or refused within the limits.
#![no_main]

use std::io::Write;
use std::ops::ControlFlow;

use fourlap::intake::{self, Limits};
use fourlap::reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The intake reads paths; a file in memory-backed storage is quick enough.
    let Ok(mut file) = tempfile::NamedTempFile::new() else { return };
    if file.write_all(bytes).is_err() {
        return;
    }
    let mut limits = Limits::default();
    (limits.file_bytes, limits.archive_bytes, limits.archive_depth) = (1 << 20, 4 << 20, 3);
    let _ = intake::each(file.path(), &limits, reading::activities_only, &mut |document| {
        if let Ok(bytes) = document.bytes {
            assert!(bytes.len() as u64 <= limits.file_bytes);
        }
        ControlFlow::Continue(())
    });
});
