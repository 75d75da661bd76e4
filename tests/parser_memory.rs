//! How much memory reading takes at its peak, by what the system says of this process; nothing else may run in
//! it, so this is the only test here. On systems that do not tell it passes with a line that says so.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use fourlap::parser::read;

/// A line of the process's status in bytes.
fn status(field: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? * 1024)
}

/// By how many bytes the process grew at most while the file was read; also how many samples were read.
fn peak(file: &[u8]) -> Option<(usize, usize)> {
    // Sets the peak back to what is used now.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmRSS:")?;
    let activities = read(file).unwrap_or_default();
    let samples = activities.iter().map(|activity| activity.samples.len()).sum();
    Some((status("VmHWM:")?.saturating_sub(before), samples))
}

/// Records of time, position, distance, heart rate and cadence.
fn fit(records: u32) -> Vec<u8> {
    let mut data = vec![0x40, 0, 0, 20, 0, 6];
    data.extend([253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 5, 4, 0x86, 3, 1, 2, 4, 1, 2]);
    for i in 0..records {
        data.push(0);
        data.extend((1_100_000_000 + i).to_le_bytes());
        data.extend((620_000_000 + i as i32 * 25).to_le_bytes());
        data.extend((160_000_000 - i as i32 * 9).to_le_bytes());
        data.extend((i * 350).to_le_bytes());
        data.extend([150, 85]);
    }
    support::fit_of(&data)
}

#[test]
fn reading_takes_memory_in_proportion_to_what_is_read() {
    const FIXED: usize = 4 << 20;
    // A hundred hours, as the system counts in pages.
    let Some((peak_bytes, samples)) = peak(&fit(360_000)) else {
        println!("skipped: the system does not tell the peak of memory");
        return;
    };
    println!("{peak_bytes} bytes for {samples} samples");
    assert_eq!(samples, 360_000);
    assert!(peak_bytes < FIXED + 100 * samples, "{peak_bytes} bytes for {samples} samples");

    let many = |start: &str, repeated: &str, size: usize| {
        let mut text = start.to_owned();
        text.push_str(&repeated.repeat(size / repeated.len()));
        text.into_bytes()
    };
    let creator = format!("<gpx creator='{}'>", "x".repeat(500_000));
    let link = [&b"\x0E\x20\0\0\x01\0\0\0.FIT\0\0"[..], &[7, 0, 0]].concat().repeat(60_000);
    for (index, file) in [
        many(&creator, "<trk><trkpt/></trk>", 500_000),
        many("<gpx>", "<trk>", 1_000_000),
        many("<Activities>", "<Activity><Lap>", 1_000_000),
        [fit(10), link].concat(),
    ]
    .iter()
    .enumerate()
    {
        let (peak_bytes, _) = peak(file).unwrap();
        println!("file {index}: {peak_bytes} bytes");
        assert!(peak_bytes < 100 << 20, "file {index}: {peak_bytes} bytes");
    }
}
