//! Whole FIT files, built by hand: what the walk makes of them, and what of damaged ones.

use super::decode::tests::checksum;
use super::*;
use crate::activity::{LapTrigger, Sport};

const TIME: [u8; 3] = [253, 4, 0x86];

/// Messages of a file in the making.
#[derive(Default, Clone)]
struct Messages(Vec<u8>);

impl Messages {
    fn define(mut self, local: u8, global: u16, fields: &[[u8; 3]]) -> Self {
        self.0.extend([0x40 | local, 0, 0]);
        self.0.extend(global.to_le_bytes());
        self.0.push(fields.len() as u8);
        self.0.extend(fields.concat());
        self
    }

    fn data(mut self, local: u8, values: &[&[u8]]) -> Self {
        self.0.push(local);
        self.0.extend(values.concat());
        self
    }

    fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    /// Records with time and distance of the local type 0.
    fn records(self, times: std::ops::Range<u32>) -> Self {
        let defined = self.define(0, 20, &[TIME, [5, 4, 0x86]]);
        times.fold(defined, |messages, t| messages.data(0, &[&stamp(t), &(t * 100).to_le_bytes()]))
    }

    fn file(&self) -> Vec<u8> {
        let mut file = vec![14, 0x20, 0, 0];
        file.extend((self.0.len() as u32).to_le_bytes());
        file.extend(b".FIT\0\0");
        file.extend(&self.0);
        file.extend(checksum(&file).to_le_bytes());
        file
    }

    fn read(&self) -> Activity {
        read(&self.file()).unwrap().remove(0)
    }
}

fn stamp(second: u32) -> [u8; 4] {
    (1_100_000_000 + second).to_le_bytes()
}

fn codes(activity: &Activity) -> Vec<&'static str> {
    activity.notices.iter().map(|notice| notice.code).collect()
}

#[test]
fn a_sound_file_gives_its_rows_and_no_notice() {
    let run = Messages::default().records(0..5).read();
    assert_eq!((run.records, codes(&run)), (5, vec![]));
    assert_eq!(run.samples.elapsed_s, [0.0, 1.0, 2.0, 3.0, 4.0]);
    assert_eq!(run.samples.distance_m.unwrap().get(4), Some(4.0));
}

#[test]
fn compressed_times_go_on_from_the_last_full_one() {
    // 1_100_000_000 ends in the bits 00000; 31 wraps to 0 one second later.
    let messages =
        Messages::default().define(1, 0, &[TIME]).data(1, &[&stamp(0)]).define(0, 20, &[[3, 1, 2]]);
    let run = messages.raw(&[0x80 | 30, 150, 0x80 | 31, 151, 0x80, 152]).read();
    assert_eq!(run.samples.elapsed_s, [0.0, 1.0, 2.0]);
    assert_eq!(run.samples.heart_rate_bpm.unwrap().get(2), Some(152.0));
}

#[test]
fn each_session_has_its_own_rows_laps_and_sport() {
    let session = |messages: Messages, start: u32, seconds: u32, sport: u8| {
        messages.data(1, &[&stamp(start), &(seconds * 1000).to_le_bytes(), &[sport]])
    };
    let mut messages =
        Messages::default().records(0..30).records(0..0).define(2, 19, &[[2, 4, 0x86], [24, 1, 0]]);
    messages = messages.data(2, &[&stamp(0), &[0]]).data(2, &[&stamp(20), &[7]]);
    messages = messages.define(1, 18, &[[2, 4, 0x86], [7, 4, 0x86], [5, 1, 0]]);
    messages = session(session(messages, 20, 10, 1), 0, 20, 2);
    let all = read(&messages.file()).unwrap();
    assert_eq!(all.iter().map(|a| a.records).collect::<Vec<_>>(), [20, 10]);
    assert_eq!((&all[0].sport, &all[1].sport), (&Sport::Other("cycling".into()), &Sport::Running));
    assert_eq!(all[1].samples.distance_m.as_ref().unwrap().get(0), Some(20.0));
    assert_eq!((all[1].laps[0].start_s, all[1].laps[0].trigger), (0.0, Some(LapTrigger::SessionEnd)));
}

#[test]
fn a_stopped_timer_is_a_pause_and_the_last_stop_is_none() {
    let event = |messages: Messages, t: u32, kind: u8| messages.data(1, &[&stamp(t), &[0, kind]]);
    let messages = Messages::default().records(0..10).define(1, 21, &[TIME, [0, 1, 0], [1, 1, 0]]);
    let run = event(event(event(event(messages, 0, 0), 3, 4), 7, 0), 9, 4).read();
    assert_eq!(run.pauses.len(), 1);
    assert_eq!((run.pauses[0].start_s, run.pauses[0].end_s), (3.0, 7.0));
}

#[test]
fn a_developer_field_stands_in_only_where_the_watch_has_none() {
    let described = Messages::default()
        .define(3, 206, &[[0, 1, 2], [1, 1, 2], [2, 1, 2], [3, 10, 7]])
        .data(3, &[&[0, 0, 0x84], b"Power\0\0\0\0\0"])
        .data(3, &[&[0, 1, 2], b"Heart Rate"]);
    // A record of time and heart rate with both developer fields.
    let mut bytes = vec![0x60, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 2, 0, 2, 0, 1, 1, 0, 0];
    bytes.extend(stamp(0));
    bytes.extend([150, 250, 0, 99]);
    let run = described.raw(&bytes).read();
    assert_eq!(run.samples.power_w.as_ref().unwrap().get(0), Some(250.0));
    assert_eq!(run.samples.heart_rate_bpm.as_ref().unwrap().get(0), Some(150.0));
    assert_eq!(codes(&run), ["developer-field"]);
}

#[test]
fn an_undefined_message_is_passed_over_to_the_next_sound_one() {
    let run = Messages::default().records(0..10).raw(&[0x07, 1, 2, 3]).records(10..20).read();
    assert_eq!((run.records, codes(&run)), (20, vec!["broken-message"]));
    assert!(
        run.notices[0].message.contains("10 samples were read before, and 4 bytes"),
        "{}",
        run.notices[0].message
    );
}

#[test]
fn a_broken_definition_is_passed_over() {
    let run = Messages::default().records(0..10).raw(&[0x40, 0, 9, 20, 0, 200]).records(10..20).read();
    assert_eq!((run.records, codes(&run)), (20, vec!["broken-message"]));
}

#[test]
fn an_unfinished_file_is_read_to_its_end() {
    let mut file = Messages::default().records(0..10).file();
    file[4..8].fill(0);
    let run = read(&file[..file.len() - 2]).unwrap().remove(0);
    assert_eq!((run.records, codes(&run)), (10, vec!["unfinished-file"]));
}

#[test]
fn a_wrong_checksum_and_a_wrong_header_length_are_told() {
    let mut file = Messages::default().records(0..10).file();
    let end = file.len() - 1;
    file[end] ^= 1;
    assert_eq!(codes(&read(&file).unwrap()[0]), ["checksum"]);
    file[end] ^= 1;
    file[0] = 255;
    let run = read(&file).unwrap().remove(0);
    assert_eq!((run.records, codes(&run)), (10, vec!["header-length", "checksum"]));
}

#[test]
fn files_behind_each_other_and_garbage_are_told_apart() {
    let first = Messages::default().records(0..10).file();
    let second = Messages::default().records(100..103).file();
    let all = read(&[&first[..], b"garbage", &second].concat()).unwrap();
    assert_eq!(all.iter().map(|a| a.records).collect::<Vec<_>>(), [10, 3]);
    assert_eq!(codes(&all[0]), ["garbage-after-end"]);
    assert_eq!(all[0].notices[0].place, Some(Place::Byte(first.len() as u64)));
}

#[test]
fn a_file_without_records_says_what_it_is() {
    let of_type = |number: u8| Messages::default().define(0, 0, &[[0, 1, 0]]).data(0, &[&[number]]);
    let error = |file: &[u8]| read(file).unwrap_err().to_string();
    assert_eq!(error(&of_type(2).file()), "no recording but device settings");
    assert_eq!(error(&of_type(6).records(0..5).file()), "no recording but a course");
    let cut = of_type(4).records(0..5).file();
    assert!(error(&cut[..40]).starts_with("broken beyond use: no record before the damage"));
}

/// A file of two sessions, cycling and running, with 20 and 10 records.
fn two_sessions(first: Messages, second: impl Fn(Messages) -> Messages) -> Messages {
    let session = |messages: Messages, start: u32, sport: u8| {
        let messages = messages.define(1, 18, &[TIME, [2, 4, 0x86], [5, 1, 0]]);
        messages.data(1, &[&stamp(40), &stamp(start), &[sport]])
    };
    session(session(second(first), 0, 2), 20, 1)
}

#[test]
fn what_was_found_in_the_file_is_told_with_one_session() {
    let messages = two_sessions(Messages::default().records(0..20), |m| {
        m.records(20..25).raw(&[7, 1, 2]).records(25..30)
    });
    let file = messages.records(30..33).file();
    let all = read(&file[..file.len() - 4]).unwrap();
    assert_eq!((codes(&all[0]), codes(&all[1])), (vec![], vec!["truncated", "broken-message"]));
    let early =
        two_sessions(Messages::default().records(0..9).raw(&[7, 1, 2]).records(9..20), |m| m.records(20..30));
    let all = read(&early.file()).unwrap();
    assert_eq!((codes(&all[0]), codes(&all[1])), (vec!["broken-message"], vec![]));
}

#[test]
fn a_chain_without_end_is_cut_short_and_its_notices_are_counted() {
    let first = Messages::default().records(0..10).file();
    let link = Messages::default().raw(&[7]).file();
    let all = read(&[&first[..], &link.repeat(500)].concat()).unwrap();
    assert_eq!((all.len(), codes(&all[0]), all[0].notices[0].count), (1, vec!["broken-message"], 500));
    let all = read(&[&first[..], &link.repeat(5000)].concat()).unwrap();
    assert_eq!((all.len(), codes(&all[0])), (1, vec!["broken-message", "limit"]));
}

#[test]
fn laps_beyond_the_limit_are_told() {
    let mut messages = Messages::default().records(0..3).define(1, 19, &[[2, 4, 0x86]]);
    for _ in 0..100_002 {
        messages = messages.data(1, &[&stamp(1)]);
    }
    let run = messages.read();
    assert_eq!((run.laps.len(), codes(&run), run.notices[0].count), (100_000, vec!["limit"], 2));
}

#[test]
fn a_developer_field_stands_in_for_the_session_that_lacks_the_native_one() {
    let described = Messages::default()
        .define(3, 206, &[[0, 1, 2], [1, 1, 2], [2, 1, 2], [3, 5, 7]])
        .data(3, &[&[0, 0, 0x84], b"Power"]);
    // Riding with the power of the pedals, running with that of a foot pod.
    let ride = (0..20).fold(described.define(0, 20, &[TIME, [7, 2, 0x84]]), |messages, t| {
        messages.data(0, &[&stamp(t), &[200, 0]])
    });
    let run = |messages: Messages| {
        let messages = messages.raw(&[0x60, 0, 0, 20, 0, 1, 253, 4, 0x86, 1, 0, 2, 0]);
        (20..30).fold(messages, |messages, t| messages.data(0, &[&stamp(t), &[250, 0]]))
    };
    let all = read(&two_sessions(ride, run).file()).unwrap();
    let power = |index: usize| all[index].samples.power_w.as_ref().and_then(|column| column.get(0));
    assert_eq!((power(0), power(1)), (Some(200.0), Some(250.0)));
    assert_eq!((codes(&all[0]), codes(&all[1])), (vec![], vec!["developer-field"]));
}

#[test]
fn a_length_that_is_too_small_does_not_hide_what_follows() {
    let mut file = Messages::default().records(0..50).file();
    let size = u32::from(file[4]) + 256 * u32::from(file[5]);
    file[4..8].copy_from_slice(&(size - 200).to_le_bytes());
    let run = read(&file).unwrap().remove(0);
    assert_eq!((run.records, codes(&run)), (50, vec!["data-size"]));
    let second = Messages::default().records(100..103).file();
    let all = read(&[&file[..], &second].concat()).unwrap();
    assert_eq!(all.iter().map(|a| a.records).collect::<Vec<_>>(), [50, 3]);
}

#[test]
fn a_developer_field_is_scaled_and_known_by_the_native_field_it_stands_for() {
    // Scale, offset, units, native message and native field of one called "x", whose raw value is 1000.
    let first = |scale: u8, offset: i8, units: &[u8; 6], native: [u8; 2]| {
        let fields = [[0, 1, 2], [1, 1, 2], [2, 1, 2], [3, 2, 7], [6, 1, 2], [7, 1, 1], [8, 6, 7]];
        let natives = [[14, 2, 0x84], [15, 1, 2]];
        let described = Messages::default()
            .define(3, 206, &[&fields[..], &natives].concat())
            .data(3, &[&[0, 0, 0x84], b"x\0", &[scale, offset as u8], units, &[native[0], 0, native[1]]]);
        let record = described.raw(&[0x60, 0, 0, 20, 0, 1, 253, 4, 0x86, 1, 0, 2, 0]);
        let run = record.data(0, &[&stamp(0), &[0xE8, 3]]).read().samples;
        [run.power_w, run.speed_mps].map(|column| column.and_then(|column| column.get(0)))
    };
    assert_eq!(first(255, 127, b"Watts\0", [20, 7]), [Some(1000.0), None]);
    assert_eq!(first(10, -5, b"Watts\0", [20, 7]), [Some(105.0), None]);
    assert_eq!(first(100, 0, b"m/s\0\0\0", [20, 73]), [None, Some(10.0)]);
    assert_eq!(first(100, 1, b"km/h\0\0", [20, 6]), [None, Some(2.5)]);
    assert_eq!(first(100, 0, b"min/km", [20, 6]), [None, None]);
    assert_eq!(first(1, 0, b"Watts\0", [18, 7]), [None, None]);
}

#[test]
fn recovery_passes_over_messages_that_have_no_time() {
    // Two intervals between heart beats behind each record, as watches with that switched on write them.
    let mixed = |messages: Messages, times: std::ops::Range<u32>| {
        times.fold(messages, |messages, t| {
            let record = messages.data(0, &[&stamp(t), &(t * 100).to_le_bytes()]);
            record.data(2, &[&[0xE8, 3]]).data(2, &[&[0xE9, 3]])
        })
    };
    let messages = Messages::default().records(0..1).define(2, 78, &[[0, 2, 0x84]]);
    let run = mixed(mixed(messages, 1..20).raw(&[0x07, 1, 9, 9]), 20..40).read();
    assert_eq!((run.records, codes(&run)), (40, vec!["broken-message"]));
}
