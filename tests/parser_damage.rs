//! Damaged files: cut anywhere, or with bytes changed. Nothing may panic, hang or grow without bound, and
//! what comes before a cut must be read as if there were no cut.

mod support;

use std::time::Instant;

use fourlap::Activity;
use fourlap::parser::{ReadOptions, read, read_with};

/// A small sound FIT file: file_id, records with a changing set of fields, a lap and a session.
fn fit_file(records: u32) -> Vec<u8> {
    let mut data = vec![0x40, 0, 0, 0, 0, 1, 0, 1, 0, 0, 4];
    data.extend([0x41, 0, 0, 20, 0, 5, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 5, 4, 0x86, 3, 1, 2]);
    // The same in the other byte order, without a position.
    data.extend([0x42, 0, 1, 0, 20, 3, 253, 4, 0x86, 5, 4, 0x86, 4, 1, 2]);
    for i in 0..records {
        let (time, distance) = (1_100_000_000 + i, i * 350);
        if i % 5 == 4 {
            data.push(2);
            data.extend(time.to_be_bytes());
            data.extend(distance.to_be_bytes());
            data.push(90);
        } else {
            data.push(1);
            data.extend(time.to_le_bytes());
            data.extend((620_000_000 + i as i32 * 250).to_le_bytes());
            data.extend((160_000_000 - i as i32 * 90).to_le_bytes());
            data.extend(distance.to_le_bytes());
            data.push(150);
        }
    }
    for global in [19, 18] {
        data.extend([0x43, 0, 0, global, 0, 4, 253, 4, 0x86, 2, 4, 0x86, 7, 4, 0x86, 5, 1, 0, 3]);
        data.extend((1_100_000_000 + records).to_le_bytes());
        data.extend(1_100_000_000u32.to_le_bytes());
        data.extend((records * 1000).to_le_bytes());
        data.push(1);
    }
    support::fit_of(&data)
}

fn gpx_file(points: u32) -> Vec<u8> {
    let mut text = "<?xml version='1.0' encoding='UTF-8'?>\n<gpx version='1.1' creator='W &amp; Co'>\n<trk><name>a</name>\
                    <type>running</type><trkseg>\n"
        .to_owned();
    for i in 0..points {
        text.push_str(&format!(
            "<trkpt lat='52.{:05}' lon='13.5'><ele>3{}</ele><time>2026-03-01T09:{:02}:{:02}Z</time><extensions>\
             <x:hr>15{}</x:hr></extensions></trkpt>\n",
            i * 3,
            i % 10,
            i / 60,
            i % 60,
            i % 10,
        ));
    }
    text.push_str("</trkseg></trk></gpx>\n");
    text.into_bytes()
}

fn tcx_file(points: u32) -> Vec<u8> {
    let mut text = "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Lap StartTime='2026-03-01T09:00:00Z'>\
                    <TotalTimeSeconds>60</TotalTimeSeconds><TriggerMethod>Manual</TriggerMethod><Track>"
        .to_owned();
    for i in 0..points {
        text.push_str(&format!(
            "<Trackpoint><Time>2026-03-01T09:00:{i:02}Z</Time><Position><LatitudeDegrees>52.{:05}</LatitudeDegrees>\
             <LongitudeDegrees>13.5</LongitudeDegrees></Position><DistanceMeters>{}</DistanceMeters></Trackpoint>",
            i * 3,
            i * 4,
        ));
    }
    text.push_str("</Track></Lap></Activity></Activities></TrainingCenterDatabase>");
    text.into_bytes()
}

fn small_files() -> [Vec<u8>; 3] {
    [fit_file(200), gpx_file(25), tcx_file(20)]
}

/// Times, distances and latitudes of all samples.
fn rows(activities: &[Activity]) -> Vec<(f64, Option<f64>, Option<f64>)> {
    let all = activities.iter().flat_map(|activity| {
        let s = &activity.samples;
        (0..s.len()).map(|row| {
            let distance = s.distance_m.as_ref().and_then(|c| c.get(row));
            (s.elapsed_s[row], distance, s.position_deg(row).map(|p| p.0))
        })
    });
    all.collect()
}

#[test]
fn every_prefix_of_a_file_gives_a_prefix_of_its_samples() {
    for file in small_files() {
        assert!(file.len() < 5000, "{} bytes", file.len());
        let whole = read(&file).unwrap();
        assert!(whole[0].notices.is_empty(), "{:?}", whole[0].notices);
        let whole = rows(&whole);
        let mut most = 0;
        for end in 0..file.len() {
            let part = rows(&read(&file[..end]).unwrap_or_default());
            // The last one may have been cut off inside.
            let sure = part.len().saturating_sub(1);
            assert_eq!(part[..sure], whole[..sure], "cut at {end}");
            assert!(
                part.len() >= most && part.len() <= whole.len(),
                "cut at {end}: fewer samples than before"
            );
            most = part.len();
        }
        assert_eq!(most, whole.len());
    }
}

#[test]
fn cuts_at_and_beside_every_message_lose_nothing_before_them() {
    const RECORDS: usize = 400;
    let file = fit_file(RECORDS as u32);
    // The ends of all messages and how many records there are up to each: the definitions before and behind the
    // records, the records, lap and session.
    let mut ends = vec![(14, 0), (14 + 11, 0), (14 + 11 + 21, 0), (14 + 11 + 21 + 15, 0)];
    let mut add = |size: usize, records: usize| {
        let (end, before) = ends[ends.len() - 1];
        ends.push((end + size, before + records));
    };
    (0..RECORDS).for_each(|record| add(if record % 5 == 4 { 10 } else { 18 }, 1));
    (0..2).for_each(|_| [18, 14].into_iter().for_each(|size| add(size, 0)));
    assert_eq!(ends.last(), Some(&(file.len() - 2, RECORDS)));
    let found = |end: usize| read(&file[..end]).map_or(0, |all| all[0].samples.len());
    for (index, &(end, records)) in ends.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |index| ends[index].1);
        assert_eq!(found(end - 1), before, "cut before the end at {end}");
        assert_eq!((found(end), found(end + 1)), (records, records), "cut at or behind {end}");
    }
}

/// A small generator of noise, always the same.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Changes a few bytes, cuts, doubles or takes out a stretch.
fn damage(file: &[u8], noise: &mut Noise) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=noise.below(4) {
        let at = noise.below(bytes.len());
        let len = noise.below(40).min(bytes.len() - at);
        match noise.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + len)),
            2 => {
                let stretch = bytes[at..at + len].to_vec();
                bytes.splice(at..at, stretch);
            }
            3 => bytes[at..at + len].fill([0, 0x7F, 0x80, 0xFF, b'<'][noise.below(5)]),
            _ => bytes[at] = noise.below(256) as u8,
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// What must hold of whatever was read.
fn check(activities: &[Activity]) {
    for activity in activities {
        let s = &activity.samples;
        assert!(s.elapsed_s.is_sorted_by(|a, b| a < b) && s.len() <= activity.records);
        assert!(s.elapsed_s.first().is_none_or(|&t| t == 0.0));
        assert_eq!(s.lat_deg.is_some(), s.lon_deg.is_some());
        for row in 0..s.len() {
            let world = |(lat, lon): (f64, f64)| lat.abs() <= 90.0 && lon.abs() <= 180.0;
            assert!(s.position_deg(row).is_none_or(world));
            assert!(s.heart_rate_bpm.as_ref().and_then(|c| c.get(row)).is_none_or(|v| v > 0.0));
        }
    }
}

#[test]
fn twenty_thousand_damaged_files_do_no_harm() {
    const FILES: usize = 20_000;
    let mut seeds: Vec<Vec<u8>> = small_files().into();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures"))];
    folders.extend(support::corpus().map(|folder| folder.join("corpus/files")));
    for entry in folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        if (1..40_000).contains(&bytes.len()) {
            seeds.push(bytes);
        }
    }
    // Directory order differs between machines.
    seeds.sort();
    let mut noise = Noise(0x5EED_0F41_2026_0301);
    let (mut readable, mut slowest) = (0, 0.0f64);
    for _ in 0..FILES {
        let seed = noise.below(seeds.len());
        let bytes = damage(&seeds[seed], &mut noise);
        let begun = Instant::now();
        if let Ok(activities) = read(&bytes) {
            check(&activities);
            readable += 1;
        }
        slowest = slowest.max(begun.elapsed().as_secs_f64());
        drop(read_with(&bytes, &ReadOptions::strict()).map_err(|error| error.to_string()));
    }
    println!(
        "{readable} of {FILES} damaged files of {} seeds gave something; slowest {slowest:.3} s",
        seeds.len()
    );
    assert!(readable > FILES / 2);
    assert!(slowest < 5.0, "{slowest} s for one file");
}

/// A GPX file of segments of one point each, a minute apart.
fn segments(size: usize) -> Vec<u8> {
    let mut text = "<gpx><trk>".to_owned();
    for minute in 0.. {
        let (day, hour) = (1 + minute / 1440 % 28, minute / 60 % 24);
        text.push_str(&format!(
            "<trkseg><trkpt><time>20{:02}-01-{day:02}T{hour:02}:{:02}:00Z</time></trkpt></trkseg>",
            minute / 1440 / 28,
            minute % 60
        ));
        if text.len() > size {
            return text.into_bytes();
        }
    }
    unreachable!("the loop ends by the size alone")
}

/// The text with something replaced.
fn replaced(text: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8_lossy(text).replace(from, to).into_bytes()
}

fn seconds_to_read(file: &[u8]) -> f64 {
    let begun = Instant::now();
    check(&read(file).unwrap_or_default());
    begun.elapsed().as_secs_f64()
}

/// A file that costs far more to read than it is long would stop a whole season.
#[test]
fn files_made_to_exhaust_are_read_in_time() {
    const SIZE: usize = 1_000_000;
    let header = b"\x0E\x20\0\0\0\0\0\0.FIT\0\0";
    let definition = |local: u8, global: u8, fields: &[u8]| {
        [&[0x40 | local, 0, 0, global, 0, (fields.len() / 3) as u8], fields].concat()
    };
    let filled = |start: &[u8], message: &dyn Fn(u32) -> Vec<u8>| {
        let mut file = [header, start].concat();
        for i in 0.. {
            file.extend(message(i));
            if file.len() > SIZE {
                return file;
            }
        }
        file
    };
    let time = |i: u32| 1_000_000_000u32.wrapping_add(i).to_le_bytes();
    let start_time = [2, 4, 0x86];
    let many_sessions = {
        let mut data = definition(0, 18, &start_time);
        (0..100).for_each(|i| data.extend([&[0], &time(i)[..]].concat()));
        let mut file = header.to_vec();
        file[4..8].copy_from_slice(&(data.len() as u32).to_le_bytes());
        [&file, &data[..], &[0, 0]].concat()
    };
    let no_times = "<trk><trkseg><trkpt lat='1' lon='2'></trkpt></trkseg><time/></trk>\n";
    let files = [
        filled(&definition(0, 18, &start_time), &|i| [&[0], &time(i)[..]].concat()),
        filled(&definition(0, 19, &start_time), &|i| [&[0], &time(i)[..]].concat()),
        filled(&definition(0, 20, &[]), &|_| vec![0]),
        filled(&definition(0, 206, &[0, 1, 2, 1, 1, 2, 2, 1, 2]), &|i| vec![0, i as u8, (i >> 8) as u8, 2]),
        filled(&definition(0, 20, &[253, 4, 0x86]), &|i| {
            [&[0], &time(i.wrapping_mul(7_000_000))[..]].concat()
        }),
        filled(&[], &|_| definition(1, 20, &[253, 4, 0x86, 3, 1, 2])),
        filled(&[], &|i| vec![i as u8 | 0x80]),
        // Short files behind one of many sessions, each broken.
        [many_sessions, [&b"\x0E\x20\0\0\x01\0\0\0.FIT\0\0"[..], &[7, 0, 0]].concat().repeat(60_000)]
            .concat(),
        "<gpx><trk>".bytes().chain("<trk>".bytes().cycle().take(SIZE)).collect(),
        "<gpx>".bytes().chain("<trk><trkpt/>".bytes().cycle().take(SIZE)).collect(),
        "<gpx>".bytes().chain("<!x>".bytes().cycle().take(SIZE)).collect(),
        "<!x>".bytes().cycle().take(SIZE).collect(),
        "<Activities>".bytes().chain("<Activity><Lap>".bytes().cycle().take(SIZE)).collect(),
        segments(4 * SIZE),
        // A thousand tracks behind 20 MB, each with something to tell of.
        [b"<gpx>", " ".repeat(20 * SIZE).as_bytes(), no_times.repeat(1000).as_bytes()].concat(),
        replaced(&segments(SIZE), "</trkseg>", "</trkseg></trk><trk>"),
    ];
    // A sound file of fifty minutes, read on the same machine at the same time, is the measure. Whoever reads in
    // the square of the length is thousands of times slower.
    let sound = gpx_file(3000);
    for (index, file) in files.iter().enumerate() {
        let tries = (0..3).map(|_| (seconds_to_read(file), seconds_to_read(&sound)));
        let ratio = tries.map(|(took, sound)| took / sound).find(|&ratio| ratio < 200.0);
        assert!(ratio.is_some(), "file {index} takes more than 200 times as long as a sound one");
        println!("file {index}: {:.1} times a sound file", ratio.unwrap());
    }
}
