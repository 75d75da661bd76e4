//! An activity, or the mile in it, as GPX 1.1: for other programs, and to look at on a map.
//!
//! The `gpx` crate writes the file. It knows no extensions, so heart rate and cadence are added to what it
//! wrote, in Garmin's TrackPointExtension, which other programs read; the result stays valid GPX 1.1.

use std::fmt::Write;

use geo_types::Point;
use gpx::{Gpx, GpxVersion, Track, TrackSegment, Waypoint};
use jiff::Timestamp;
use time::OffsetDateTime;

use super::text::printable;
use crate::activity::{Activity, Sport};
use crate::segmenter::window::Window;

/// The namespace of the extension that carries heart rate and cadence.
const EXTENSION: &str = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1";

/// Which part of an activity is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Extent {
    /// All of it, as repaired by the parser.
    All,
    /// From one elapsed time to another, both ends interpolated.
    Part(Window),
}

/// A GPX file and what it lacks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Exported {
    /// The file's text.
    pub xml: String,
    /// How many samples had no position and were left out.
    pub without_position: usize,
}

/// Writes an activity as GPX 1.1; a pause begins a new segment.
///
/// # Errors
/// In words, when no sample of the extent has a position, or the activity has no time.
pub(crate) fn gpx(activity: &Activity, extent: Extent) -> Result<Exported, String> {
    let start = activity.start.ok_or("no sample has a time, so there is nothing to write as a track")?;
    let rows = rows(activity, extent);
    let (points, without_position) = points(activity, &rows);
    if points.is_empty() {
        return Err("no sample has a position, and GPX is made of positions".into());
    }
    let document = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(format!("fourlap {}", env!("CARGO_PKG_VERSION"))),
        tracks: vec![track(activity, start, &points)?],
        ..Gpx::default()
    };
    let mut xml = Vec::new();
    gpx::write(&document, &mut xml).map_err(|error| error.to_string())?;
    let xml = String::from_utf8(xml).map_err(|error| error.to_string())?;
    Ok(Exported { xml: with_sensors(&xml, &points, &activity.sport), without_position })
}

/// Several activities as one file, a track each in their order; `None` without any.
pub(crate) fn joined(activities: impl IntoIterator<Item = Exported>) -> Option<Exported> {
    const END: &str = "</trk>";
    let mut activities = activities.into_iter();
    let mut whole = activities.next()?;
    let end = whole.xml.rfind(END)? + END.len();
    let tail = whole.xml.split_off(end);
    for activity in activities {
        let track = activity.xml.find("<trk>")..activity.xml.rfind(END).map(|at| at + END.len());
        if let (Some(from), Some(to)) = (track.start, track.end) {
            whole.xml += "\n  ";
            whole.xml += &activity.xml[from..to];
        }
        whole.without_position += activity.without_position;
    }
    whole.xml += &tail;
    Some(whole)
}

/// A moment of the recording: a sample, or an end of the mile between two samples.
#[derive(Debug, Clone, Copy)]
struct Row {
    elapsed_s: f64,
    /// The sample at or before it.
    sample: usize,
}

fn rows(activity: &Activity, extent: Extent) -> Vec<Row> {
    let elapsed_s = &activity.samples.elapsed_s;
    let samples = elapsed_s.iter().enumerate().map(|(sample, &elapsed_s)| Row { elapsed_s, sample });
    let Extent::Part(window) = extent else { return samples.collect() };
    let inside = samples.filter(|row| row.elapsed_s > window.start_s && row.elapsed_s < window.end_s);
    let end = |at_s: f64| Row {
        elapsed_s: at_s,
        sample: elapsed_s.partition_point(|&t| t <= at_s).saturating_sub(1),
    };
    std::iter::once(end(window.start_s)).chain(inside).chain([end(window.end_s)]).collect()
}

/// A row with its values, ready to be written.
#[derive(Debug, Clone, Copy)]
struct TrackPoint {
    elapsed_s: f64,
    position_deg: (f64, f64),
    altitude_m: Option<f64>,
    heart_rate_bpm: Option<f64>,
    cadence_spm: Option<f64>,
}

fn points(activity: &Activity, rows: &[Row]) -> (Vec<TrackPoint>, usize) {
    let samples = &activity.samples;
    let points: Vec<TrackPoint> = rows
        .iter()
        .filter_map(|row| {
            Some(TrackPoint {
                elapsed_s: row.elapsed_s,
                position_deg: position_deg(activity, row)?,
                altitude_m: samples.altitude_m.as_ref().and_then(|c| c.get(row.sample)).map(f64::from),
                heart_rate_bpm: samples
                    .heart_rate_bpm
                    .as_ref()
                    .and_then(|c| c.get(row.sample))
                    .map(f64::from),
                cadence_spm: samples.cadence_spm.as_ref().and_then(|c| c.get(row.sample)).map(f64::from),
            })
        })
        .collect();
    let left_out = rows.len() - points.len();
    (points, left_out)
}

/// The position at a row: the sample's own, or between it and the next.
fn position_deg(activity: &Activity, row: &Row) -> Option<(f64, f64)> {
    let samples = &activity.samples;
    let from_deg = samples.position_deg(row.sample)?;
    let from_s = *samples.elapsed_s.get(row.sample)?;
    let Some((&to_s, to_deg)) =
        samples.elapsed_s.get(row.sample + 1).zip(samples.position_deg(row.sample + 1))
    else {
        return Some(from_deg);
    };
    let part = ((row.elapsed_s - from_s) / (to_s - from_s)).clamp(0.0, 1.0);
    let between = |a: f64, b: f64| if part == 0.0 { a } else { a + part * (b - a) };
    // Across the antimeridian the mean of two longitudes lies on the other side of the world.
    let lon_deg =
        if (to_deg.1 - from_deg.1).abs() > 180.0 { from_deg.1 } else { between(from_deg.1, to_deg.1) };
    Some((between(from_deg.0, to_deg.0), lon_deg))
}

fn track(activity: &Activity, start: Timestamp, points: &[TrackPoint]) -> Result<Track, String> {
    let mut track = Track::new();
    track.name = activity.name.as_deref().map(printable);
    track.type_ = (activity.sport != Sport::Unknown).then(|| printable(activity.sport.as_str()));
    let mut segment = TrackSegment::new();
    for (number, point) in points.iter().enumerate() {
        let broken = number > 0 && pause_between(activity, points[number - 1].elapsed_s, point.elapsed_s);
        if broken {
            track.segments.push(std::mem::take(&mut segment));
        }
        segment.points.push(waypoint(start, point)?);
    }
    track.segments.push(segment);
    Ok(track)
}

fn pause_between(activity: &Activity, from_s: f64, to_s: f64) -> bool {
    activity.pauses.iter().any(|pause| pause.start_s >= from_s && pause.start_s < to_s)
}

fn waypoint(start: Timestamp, point: &TrackPoint) -> Result<Waypoint, String> {
    let nanoseconds = start.as_nanosecond() + (point.elapsed_s * 1e3).round() as i128 * 1_000_000;
    let moment = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).map_err(|error| error.to_string())?;
    let mut waypoint = Waypoint::new(Point::new(point.position_deg.1, point.position_deg.0));
    waypoint.elevation = point.altitude_m;
    waypoint.time = Some(moment.into());
    Ok(waypoint)
}

/// Adds each point's heart rate and cadence behind its other children, where the schema wants extensions.
///
/// Cadence is that of one leg there, as watches write it, or of the crank.
fn with_sensors(xml: &str, points: &[TrackPoint], sport: &Sport) -> String {
    let legs = if sport.counts_both_legs() { 2.0 } else { 1.0 };
    const END: &str = "</trkpt>";
    let root = format!("<gpx xmlns:gpxtpx=\"{EXTENSION}\"");
    let xml = xml.replacen("<gpx", &root, 1);
    let mut parts = xml.split(END);
    let mut with_sensors = parts.next().unwrap_or_default().to_owned();
    for (part, point) in parts.zip(points) {
        let mut sensors = String::new();
        if let Some(bpm) = point.heart_rate_bpm {
            let _ = write!(sensors, "<gpxtpx:hr>{bpm:.0}</gpxtpx:hr>");
        }
        if let Some(spm) = point.cadence_spm {
            let _ = write!(sensors, "<gpxtpx:cad>{:.0}</gpxtpx:cad>", spm / legs);
        }
        if !sensors.is_empty() {
            let _ = write!(
                with_sensors,
                "  <extensions><gpxtpx:TrackPointExtension>{sensors}</gpxtpx:TrackPointExtension></extensions>\n      "
            );
        }
        with_sensors += END;
        with_sensors += part;
    }
    with_sensors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, Pause, Samples};
    use crate::parser;

    fn activity() -> Activity {
        let rows = 0..6;
        let samples = Samples {
            elapsed_s: rows.clone().map(f64::from).collect(),
            lat_deg: Some(rows.clone().map(|i| (i != 2).then_some(50.0 + f64::from(i) * 1e-5)).collect()),
            lon_deg: Some(rows.clone().map(|i| (i != 2).then_some(10.0)).collect()),
            heart_rate_bpm: Some(rows.clone().map(|i| (i < 3).then_some(150.0 + i as f32)).collect()),
            cadence_spm: Some(rows.map(|_| Some(180.0)).collect()),
            ..Samples::default()
        };
        let mut activity = Activity::new(Format::Fit, Sport::Running, samples);
        activity.name = Some("Tom & \"Jerry\" <b>".into());
        activity.start = "2026-03-01T09:00:00Z".parse().ok();
        activity.pauses = vec![Pause { start_s: 3.5, end_s: 4.0 }];
        activity
    }

    #[test]
    fn what_is_written_reads_back_with_its_sensors() {
        let exported = gpx(&activity(), Extent::All).unwrap();
        assert_eq!(exported.without_position, 1);
        let back = parser::read(exported.xml.as_bytes()).unwrap().remove(0);
        assert_eq!(back.name.as_deref(), Some("Tom & \"Jerry\" <b>"));
        assert_eq!(back.records, 5);
        assert_eq!(back.samples.heart_rate_bpm.unwrap().count(), 2);
        assert_eq!(back.samples.cadence_spm.unwrap().get(0), Some(180.0));
        assert_eq!(back.samples.lat_deg.unwrap().get(1), Some(50.00001));
    }

    #[test]
    fn several_activities_are_tracks_of_one_file() {
        let mut ride = activity();
        ride.sport = Sport::Other("cycling".into());
        ride.samples.cadence_spm = Some((0..6).map(|_| Some(90.0)).collect());
        let each = [activity(), ride].map(|activity| gpx(&activity, Extent::All).unwrap());
        let whole = joined(each).unwrap();
        assert_eq!(whole.without_position, 2);
        let strict = ::gpx::read(whole.xml.as_bytes()).unwrap();
        let names: Vec<_> = strict.tracks.iter().map(|track| track.type_.as_deref().unwrap()).collect();
        assert_eq!(names, ["running", "cycling"]);
        assert_eq!(whole.xml.matches("<gpxtpx:cad>90</gpxtpx:cad>").count(), 10);
        assert_eq!(joined([]), None);
    }

    #[test]
    fn the_cadence_of_a_ride_is_written_as_it_is() {
        let mut ride = activity();
        ride.sport = Sport::Other("cycling".into());
        ride.samples.cadence_spm = Some((0..6).map(|_| Some(90.0)).collect());
        let exported = gpx(&ride, Extent::All).unwrap();
        let back = parser::read(exported.xml.as_bytes()).unwrap().remove(0);
        assert_eq!(back.samples.cadence_spm.unwrap().get(0), Some(90.0));
    }

    #[test]
    fn the_strict_reader_takes_it_too() {
        let exported = gpx(&activity(), Extent::All).unwrap();
        let strict = ::gpx::read(exported.xml.as_bytes()).unwrap();
        assert_eq!(strict.tracks[0].segments.len(), 2);
        assert_eq!(strict.tracks[0].segments[0].points.len(), 3);
    }

    #[test]
    fn a_part_has_interpolated_ends() {
        let window = Window { start_s: 0.5, end_s: 4.25 };
        let exported = gpx(&activity(), Extent::Part(window)).unwrap();
        let back = parser::read(exported.xml.as_bytes()).unwrap().remove(0);
        let lat_deg = back.samples.lat_deg.unwrap();
        assert!((lat_deg.get(0).unwrap() - 50.000_005).abs() < 1e-9);
        assert!((back.samples.elapsed_s.last().unwrap() - 3.75).abs() < 1e-6);
    }

    #[test]
    fn without_positions_there_is_no_gpx() {
        let mut activity = activity();
        activity.samples.lat_deg = None;
        assert!(gpx(&activity, Extent::All).unwrap_err().contains("no sample has a position"));
    }
}
