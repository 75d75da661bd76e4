//! GPX 1.0 and 1.1: tracks with segments and points, and the extensions in which apps hide their sensors.

use quick_xml::events::BytesStart;

use super::draft::{Draft, Drafts};
use super::rows::{Narrow, Wide};
use super::sport;
use super::words::words;
use super::xml::{self, Visitor, number};
use crate::activity::{Activity, Format, Sport};
use crate::error::{Error, ErrorKind, Place};

/// Tracks of one recording follow each other within this time, in microseconds: loggers begin a new one
/// after each pause. Later ones are recordings of their own.
const SAME_RECORDING_US: i64 = 3600 * 1_000_000;

/// Reads every track of a GPX file; tracks that go on from each other are one activity.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    let text = xml::decode(bytes);
    let mut reader = Gpx::new(text.len());
    let cut = xml::walk(&text, &mut reader);
    let tracks = reader.tracks.into_kept(|track| track.rows.len() > 0);
    if tracks.is_empty() {
        let is = match (reader.route_points, reader.waypoints) {
            (1.., _) => "a planned route",
            (0, 1..) => "a list of places",
            (0, 0) => match cut {
                Some(cut) => {
                    let error = Error::new(ErrorKind::Malformed { detail: cut.message });
                    return Err(error.at(cut.place.unwrap_or(Place::Line { line: 1, column: 1 })));
                }
                None => "a GPX file without a track",
            },
        };
        return Err(Error::new(ErrorKind::NotARecording { is: is.into() }));
    }
    let mut tracks = joined(tracks);
    for track in &mut tracks {
        track.device.clone_from(&reader.creator);
        track.name = track.name.take().or_else(|| reader.name.clone());
        if track.sport == Sport::Unknown {
            track.sport = track.name.as_deref().map_or(Sport::Unknown, sport::from_name);
        }
    }
    if let (Some(cut), Some(last)) = (cut, tracks.last_mut()) {
        last.notices.push(cut);
    }
    let places = xml::Places::new(&text);
    let place = |offset: u32| places.place(offset as usize);
    Ok(tracks.into_iter().map(|track| track.finish(&place)).collect())
}

/// Joins tracks that go on where the one before has ended.
fn joined(tracks: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::with_capacity(tracks.len());
    for track in tracks {
        let goes_on = joined.last().is_some_and(|last| match (last.span(), track.span()) {
            (Some((_, end)), Some((start, _))) => {
                let gap = start.saturating_sub(end);
                (0..SAME_RECORDING_US).contains(&gap) && last.sport == track.sport
            }
            _ => false,
        });
        match joined.last_mut() {
            Some(last) if goes_on => last.append(track),
            _ => joined.push(track),
        }
    }
    joined
}

struct Gpx {
    text_len: usize,
    tracks: Drafts,
    creator: Option<String>,
    /// The name of the whole file.
    name: Option<String>,
    within: Within,
    /// The element beside the track's own that the walk is inside of.
    aside: Option<&'static str>,
    route_points: usize,
    waypoints: usize,
}

/// What a file or a track has beside names and types of its own: all of these have such children, which name
/// somebody or something else.
const ASIDES: [&str; 5] = ["link", "author", "copyright", "extensions", "rte"];

/// What the walk is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    File,
    Track,
    Point,
    /// A point of a route or a place, whose values are nobody's.
    OtherPoint,
}

impl Gpx {
    fn new(text_len: usize) -> Gpx {
        Gpx {
            text_len,
            tracks: Drafts::new(Format::Gpx),
            creator: None,
            name: None,
            within: Within::File,
            aside: None,
            route_points: 0,
            waypoints: 0,
        }
    }

    fn track(&mut self) -> &mut Draft {
        self.tracks.latest()
    }

    fn begin_point(&mut self, element: &BytesStart<'_>, at: usize) {
        self.within = Within::Point;
        let len = self.text_len;
        let track = self.track();
        track.begin_row(at, len);
        for attribute in element.attributes().with_checks(false).flatten() {
            let column = match attribute.key.0 {
                "lat" => Wide::Lat,
                "lon" => Wide::Lon,
                _ => continue,
            };
            if let Some(value) = number(&attribute.value) {
                track.rows.set_wide(column, value);
            }
        }
    }

    /// Takes in a value of a point; extensions are known by their local names, under any prefix.
    fn point_value(&mut self, name: &str, text: &str) {
        let column = match name {
            "time" => {
                self.track().set_time(text);
                return;
            }
            "ele" | "altitude" => Narrow::Altitude,
            "hr" | "heartrate" | "heart_rate" | "heartRate" | "HeartRateBpm" => Narrow::HeartRate,
            "cad" | "cadence" | "RunCadence" | "runcadence" | "run_cadence" => Narrow::Cadence,
            "speed" => Narrow::Speed,
            "atemp" | "temp" | "temperature" => Narrow::Temperature,
            "power" | "PowerInWatts" | "Watts" | "watts" => Narrow::Power,
            "distance" => {
                if let Some(value) = number(text) {
                    self.track().rows.set_wide(Wide::Distance, value);
                }
                return;
            }
            _ => return,
        };
        if let Some(value) = number(text) {
            self.track().rows.set_narrow(column, value as f32);
        }
    }

    fn track_value(&mut self, name: &str, text: &str) {
        let track = self.track();
        match name {
            "name" if track.name.is_none() => track.name = words(text),
            "type" if track.sport == Sport::Unknown => {
                track.sport = sport::from_word(text);
                if track.sport == Sport::Running {
                    track.sub_sport = sport::sub_sport(text);
                }
            }
            _ => {}
        }
    }
}

impl Visitor for Gpx {
    fn start(&mut self, name: &str, element: &BytesStart<'_>, at: usize) {
        match name {
            "trkpt" => self.begin_point(element, at),
            "trkseg" => self.track().begin_segment(),
            "trk" => {
                self.tracks.begin(Draft::new(Format::Gpx));
                (self.within, self.aside) = (Within::Track, None);
            }
            "rtept" => {
                self.route_points += 1;
                self.within = Within::OtherPoint;
            }
            "wpt" => {
                self.waypoints += 1;
                self.within = Within::OtherPoint;
            }
            "gpx" => {
                self.creator = xml::attribute(element, "creator").and_then(|creator| words(&creator));
            }
            // In a point everything counts, under whatever it is.
            _ if self.within != Within::Point && self.aside.is_none() => {
                self.aside = ASIDES.into_iter().find(|&aside| aside == name);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, text: &str) {
        match name {
            "trkpt" => {
                self.track().end_row();
                self.within = Within::Track;
            }
            "trk" | "rtept" | "wpt" => self.within = Within::File,
            _ if self.aside.is_some_and(|aside| aside == name) => self.aside = None,
            _ if text.is_empty() => {}
            _ => match self.within {
                Within::Point => self.point_value(name, text),
                _ if self.aside.is_some() => {}
                Within::Track => self.track_value(name, text),
                Within::File if name == "name" && self.name.is_none() => self.name = words(text),
                Within::File | Within::OtherPoint => {}
            },
        }
    }

    fn rows(&self) -> usize {
        self.tracks.rows()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(track: &str) -> Activity {
        let text = format!("<gpx creator='Watch'><trk>{track}</trk></gpx>");
        read(text.as_bytes()).unwrap().remove(0)
    }

    fn points(extra: [&str; 2]) -> String {
        format!(
            "<trkseg><trkpt lat='52' lon='13'><time>2026-03-01T09:00:00Z</time>{}</trkpt>\
             <trkpt lat='52.1' lon='13'><time>2026-03-01T09:00:01.5Z</time>{}</trkpt></trkseg>",
            extra[0], extra[1]
        )
    }

    #[test]
    fn positions_times_and_the_head_are_read() {
        let run =
            one(&format!("<name>Morning</name><type>running</type>{}", points(["<ele>34.5</ele>", ""])));
        assert_eq!((run.records, run.samples.elapsed_s.as_slice()), (2, &[0.0, 1.5][..]));
        assert_eq!(run.samples.position_deg(1), Some((52.1, 13.0)));
        assert_eq!(run.samples.altitude_m.unwrap().get(0), Some(34.5));
        assert_eq!(
            (run.sport, run.name.as_deref(), run.device.as_deref()),
            (Sport::Running, Some("Morning"), Some("Watch"))
        );
        assert_eq!(run.start.unwrap().to_string(), "2026-03-01T09:00:00Z");
        assert_eq!((run.notices, run.utc_offset_s), (vec![], None));
        let local = points(["", ""]).replace("00Z", "00+02:00").replace("5Z", "5+02:00");
        let run = one(&local);
        assert_eq!(
            (run.utc_offset_s, run.start.unwrap().to_string().as_str()),
            (Some(7200), "2026-03-01T07:00:00Z")
        );
    }

    #[test]
    fn only_a_tracks_own_name_and_type_are_its_own() {
        let head = "<extensions><x:name>Road</x:name><x:type>x</x:type></extensions>\
                    <link href='x'><text>y</text><type>text/html</type></link><type>running</type>";
        let run = one(&format!("{head}<name>Morning</name>{}", points(["", ""])));
        assert_eq!((run.sport, run.name.as_deref()), (Sport::Running, Some("Morning")));
        let file = |metadata: &str, track: &str| {
            let text = format!("<gpx>{metadata}<trk>{track}{}</trk></gpx>", points(["", ""]));
            read(text.as_bytes()).unwrap().remove(0).name
        };
        let author = "<author><name>Anna</name><link><type>x</type></link></author>";
        assert_eq!(file(&format!("<metadata>{author}</metadata>"), ""), None);
        let metadata = format!("<metadata>{author}<name>Sunday</name></metadata>");
        assert_eq!(file(&metadata, "").as_deref(), Some("Sunday"));
        assert_eq!(file("<rte><name>Plan</name><rtept/><name>Plan</name></rte>", ""), None);
    }

    #[test]
    fn sensors_are_found_under_any_prefix_and_the_first_value_counts() {
        let extensions = "<extensions><heartrate>89</heartrate><ns3:X><ns3:hr>90</ns3:hr><ns3:cad>85</ns3:cad>\
                          <ns3:atemp>21</ns3:atemp></ns3:X><power>250</power></extensions><speed>3.5</speed>\
                          <course>12</course><magvar>1</magvar>";
        let samples = one(&points([extensions, ""])).samples;
        assert_eq!(samples.heart_rate_bpm.unwrap().get(0), Some(89.0));
        assert_eq!(samples.cadence_spm.unwrap().get(0), Some(170.0));
        assert_eq!(samples.temperature_c.unwrap().get(0), Some(21.0));
        assert_eq!(samples.power_w.unwrap().get(0), Some(250.0));
        assert_eq!(samples.speed_mps.unwrap().get(0), Some(3.5));
    }

    #[test]
    fn cadence_in_steps_is_left_alone() {
        let samples = one(&points(["<cad>172</cad>", "<cad>0</cad>"])).samples;
        assert_eq!(samples.cadence_spm.unwrap().iter().collect::<Vec<_>>(), [Some(172.0), Some(0.0)]);
    }

    #[test]
    fn a_break_between_segments_is_a_pause_if_it_lasts() {
        let later = points(["", ""]).replace("09:00:", "09:01:");
        let run = one(&format!("{}<trkseg/>{later}", points(["", ""])));
        assert_eq!((run.records, run.pauses.len()), (4, 1));
        assert_eq!((run.pauses[0].start_s, run.pauses[0].end_s), (1.5, 60.0));
        let soon = points(["", ""]).replace("09:00:00Z", "09:00:02Z").replace("09:00:01.5Z", "09:00:03Z");
        assert_eq!(one(&format!("{}{soon}", points(["", ""]))).pauses, []);
    }

    #[test]
    fn a_file_that_breaks_off_gives_what_came_before() {
        let text = format!("<gpx><trk>{}", points(["", ""]));
        for end in [text.len(), text.len() - 12, text.len() - 14] {
            let run = read(&text.as_bytes()[..end]).unwrap().remove(0);
            assert_eq!((run.records, run.notices[0].code), (2, "truncated"), "cut at {end}");
        }
    }

    #[test]
    fn what_is_no_recording_says_so() {
        let is = |text: &str| match read(text.as_bytes()).unwrap_err().kind() {
            ErrorKind::NotARecording { is } => is.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(is("<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>"), "a planned route");
        assert_eq!(is("<gpx><wpt lat='1' lon='2'/></gpx>"), "a list of places");
        assert_eq!(is("<gpx></gpx>"), "a GPX file without a track");
    }

    #[test]
    fn a_track_without_times_has_records_and_no_samples() {
        let run = one("<trkseg><trkpt lat='1' lon='2'/><trkpt lat='1' lon='3'/></trkseg>");
        assert_eq!((run.records, run.samples.len(), run.notices[0].code), (2, 0, "no-times"));
    }

    #[test]
    fn more_recordings_than_any_file_has_are_left_out_and_told() {
        let track = "<trk><trkpt lat='1' lon='2'/></trk>";
        let all = read(format!("<gpx>{}</gpx>", track.repeat(20_000)).as_bytes()).unwrap();
        assert_eq!((all.len(), all[19_999].notices[0].code), (20_000, "no-times"));
        let all = read(format!("<gpx>{}</gpx>", track.repeat(20_003)).as_bytes()).unwrap();
        let limit = &all[19_999].notices[0];
        assert_eq!((all.len(), limit.code, limit.count), (20_000, "limit", 3));
    }

    #[test]
    fn tracks_far_apart_in_time_are_activities_of_their_own() {
        let (a, later) = (points(["", ""]), points(["", ""]).replace("T09", "T19"));
        let text =
            format!("<gpx><trk>{a}</trk><trk>{}</trk><trk>{later}</trk></gpx>", a.replace(":00:", ":10:"));
        let all = read(text.as_bytes()).unwrap();
        assert_eq!(all.iter().map(|a| a.records).collect::<Vec<_>>(), [4, 2]);
        assert_eq!(all[0].pauses.len(), 1);
    }
}
