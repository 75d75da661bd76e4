//! How fast the parser reads, beside what else there is and beside the least that any reader must do.
//!
//! The input is made here: an hour at one sample a second as a watch would write it. Only ratios within one
//! run mean anything.
#![allow(missing_docs)]

use std::hint::black_box;

use crc::{CRC_16_ARC, Crc, Table};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use fourlap::parser;
use quick_xml::Reader;
use quick_xml::events::Event;

const SAMPLES: usize = 3600;
const CRC: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_ARC);

/// Fields of the record: number, size and base type; with the enhanced twins, as current watches write them.
const FIELDS: [(u8, u8, u8); 12] = [
    (253, 4, 0x86),
    (0, 4, 0x85),
    (1, 4, 0x85),
    (5, 4, 0x86),
    (73, 4, 0x86),
    (78, 4, 0x86),
    (7, 2, 0x84),
    (3, 1, 2),
    (4, 1, 2),
    (53, 1, 2),
    (13, 1, 1),
    (135, 2, 0x84),
];

fn fit_file() -> Vec<u8> {
    let mut data = vec![0x40, 0, 0, 20, 0, FIELDS.len() as u8];
    FIELDS.iter().for_each(|&(number, size, base)| data.extend([number, size, base]));
    for second in 0..SAMPLES as u32 {
        data.push(0);
        data.extend((1_100_000_000 + second).to_le_bytes());
        data.extend((620_000_000 + second as i32 * 250).to_le_bytes());
        data.extend((160_000_000 - second as i32 * 90).to_le_bytes());
        data.extend((second * 333).to_le_bytes());
        data.extend((3300 + second % 90).to_le_bytes());
        data.extend((2700 + second % 40).to_le_bytes());
        data.extend((240 + second as u16 % 30).to_le_bytes());
        data.extend([140 + (second % 40) as u8, 88, 64, 21, 0x34, 0x12]);
    }
    let mut file = vec![14, 0x20];
    file.extend(2134u16.to_le_bytes());
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(b".FIT");
    file.extend(CRC.checksum(&file).to_le_bytes());
    file.extend(data);
    file.extend(CRC.checksum(&file).to_le_bytes());
    file
}

fn gpx_file() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"Watch\" version=\"1.1\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\">\n  \
         <trk>\n    <name>Run</name>\n    <type>running</type>\n    <trkseg>\n",
    );
    for s in 0..SAMPLES {
        text.push_str(&format!(
            "      <trkpt lat=\"{:.18}\" lon=\"{:.18}\">\n        <ele>{:.15}</ele>\n        \
             <time>2026-03-01T09:{:02}:{:02}.000Z</time>\n        <extensions>\n          \
             <ns3:TrackPointExtension>\n            <ns3:hr>{}</ns3:hr>\n            <ns3:cad>{}</ns3:cad>\n          \
             </ns3:TrackPointExtension>\n        </extensions>\n      </trkpt>\n",
            52.0 + s as f64 * 2.1e-5,
            13.0 - s as f64 * 7.3e-6,
            34.0 + (s % 40) as f64 * 0.2,
            s / 60,
            s % 60,
            140 + s % 40,
            88,
        ));
    }
    text.push_str("    </trkseg>\n  </trk>\n</gpx>\n");
    text
}

/// The least a FIT reader does: find eight fields of each record, and check the CRC.
fn bare_walk(file: &[u8]) -> (usize, f64) {
    let end = file.len() - 2;
    let crc_is_right = CRC.checksum(&file[..end]) == u16::from_le_bytes([file[end], file[end + 1]]);
    let (mut at, mut size, mut offsets) = (usize::from(file[0]), 0, [0usize; 8]);
    let (mut count, mut sum) = (0, if crc_is_right { 0.0 } else { f64::NAN });
    while at < end {
        let header = file[at];
        at += 1;
        if header & 0x40 != 0 {
            (size, at) = bare_definition(file, at, &mut offsets);
            continue;
        }
        let u32_at = |o: usize| {
            u32::from_le_bytes([file[at + o], file[at + o + 1], file[at + o + 2], file[at + o + 3]])
        };
        let [time, lat, lon, distance, speed, altitude, hr, cadence] = offsets;
        sum += f64::from(u32_at(time))
            + f64::from(u32_at(lat) as i32) * (180.0 / 2_147_483_648.0)
            + f64::from(u32_at(lon) as i32) * (180.0 / 2_147_483_648.0)
            + f64::from(u32_at(distance)) / 100.0
            + f64::from(u32_at(speed)) / 1000.0
            + f64::from(u32_at(altitude)) / 5.0
            + f64::from(file[at + hr])
            + f64::from(file[at + cadence]);
        count += 1;
        at += size;
    }
    (count, sum)
}

fn bare_definition(file: &[u8], at: usize, offsets: &mut [usize; 8]) -> (usize, usize) {
    let count = usize::from(file[at + 4]);
    let mut size = 0;
    for field in file[at + 5..at + 5 + 3 * count].chunks_exact(3) {
        let wanted = [253, 0, 1, 5, 73, 78, 3, 4].iter().position(|&number| number == field[0]);
        if let Some(index) = wanted {
            offsets[index] = size;
        }
        size += usize::from(field[1]);
    }
    (size, at + 5 + 3 * count)
}

/// Position, altitude, time, heart rate and cadence of each point, read with quick-xml and nothing around it.
fn bare_gpx(text: &str) -> Vec<[f64; 6]> {
    let mut reader = Reader::from_str(text);
    let mut points: Vec<[f64; 6]> = Vec::new();
    let mut content = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                content.clear();
                if element.local_name().as_ref() == "trkpt" {
                    let mut point = [f64::NAN; 6];
                    for attribute in element.attributes().flatten() {
                        match attribute.key.0 {
                            "lat" => point[0] = attribute.value.parse().unwrap_or(f64::NAN),
                            "lon" => point[1] = attribute.value.parse().unwrap_or(f64::NAN),
                            _ => {}
                        }
                    }
                    points.push(point);
                }
            }
            Ok(Event::Text(piece)) => content.push_str(&piece),
            Ok(Event::End(element)) => {
                let Some(point) = points.last_mut() else { continue };
                let value = content.trim();
                match element.local_name().as_ref() {
                    "ele" => point[2] = value.parse().unwrap_or(f64::NAN),
                    "time" => {
                        let time = value.parse::<jiff::Timestamp>();
                        point[3] = time.map_or(f64::NAN, |t| t.as_microsecond() as f64);
                    }
                    "hr" => point[4] = value.parse().unwrap_or(f64::NAN),
                    "cad" => point[5] = value.parse().unwrap_or(f64::NAN),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return points,
            Ok(_) => {}
        }
    }
}

fn sized(group: &mut BenchmarkGroup<'_, WallTime>, bytes: usize) {
    let elements = SAMPLES as u64;
    group.throughput(Throughput::ElementsAndBytes { elements, bytes: bytes as u64 });
}

fn fit(c: &mut Criterion) {
    let file = fit_file();
    assert_eq!(parser::read(&file).expect("a sound file")[0].samples.len(), SAMPLES);
    assert_eq!(bare_walk(&file).0, SAMPLES);
    let mut group = c.benchmark_group("fit");
    sized(&mut group, file.len());
    group.bench_function("bare walk with crc", |b| b.iter(|| bare_walk(black_box(&file))));
    group.bench_function("fourlap", |b| b.iter(|| parser::read(black_box(&file))));
    group.sample_size(10);
    group.bench_function("fitparser", |b| b.iter(|| fitparser::from_reader(&mut black_box(&file[..]))));
    group.finish();
}

fn gpx(c: &mut Criterion) {
    let text = gpx_file();
    assert_eq!(parser::read(text.as_bytes()).expect("a sound file")[0].samples.len(), SAMPLES);
    assert_eq!(bare_gpx(&text).len(), SAMPLES);
    let mut group = c.benchmark_group("gpx");
    sized(&mut group, text.len());
    group.bench_function("bare quick-xml", |b| b.iter(|| bare_gpx(black_box(&text))));
    group.bench_function("fourlap", |b| b.iter(|| parser::read(black_box(text.as_bytes()))));
    group.sample_size(10);
    group.bench_function("gpx crate", |b| b.iter(|| gpx::read(black_box(text.as_bytes()))));
    group.finish();
}

criterion_group!(parse, fit, gpx);
criterion_main!(parse);
