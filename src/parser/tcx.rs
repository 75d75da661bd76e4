//! TCX: Garmin's Training Center XML, with laps.

use quick_xml::events::BytesStart;

use super::clock::parse_time_us;
use super::draft::{Draft, DraftLap, Drafts};
use super::rows::{Narrow, Wide};
use super::sport;
use super::words::words;
use super::xml::{self, Visitor, number};
use crate::activity::{Activity, Format, LapTrigger, Sport};
use crate::error::{Error, ErrorKind, Place};

/// Reads every activity of a TCX file.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    let text = xml::decode(bytes);
    let mut reader = Tcx::new(text.len());
    let cut = xml::walk(&text, &mut reader);
    let mut activities = reader.activities.into_kept(|activity| !activity.is_empty());
    if activities.is_empty() {
        if let (Some(cut), false) = (&cut, reader.has_course) {
            let error = Error::new(ErrorKind::Malformed { detail: cut.message.clone() });
            return Err(error.at(cut.place.unwrap_or(Place::Line { line: 1, column: 1 })));
        }
        let is = if reader.has_course { "a course" } else { "a TCX file without an activity" };
        return Err(Error::new(ErrorKind::NotARecording { is: is.into() }));
    }
    if let (Some(cut), Some(last)) = (cut, activities.last_mut()) {
        last.notices.push(cut);
    }
    let places = xml::Places::new(&text);
    let place = |offset: u32| places.place(offset as usize);
    Ok(activities.into_iter().map(|activity| activity.finish(&place)).collect())
}

struct Tcx {
    text_len: usize,
    activities: Drafts,
    has_course: bool,
    in_course: bool,
    in_point: bool,
    in_lap: bool,
    in_creator: bool,
}

impl Tcx {
    fn new(text_len: usize) -> Tcx {
        Tcx {
            text_len,
            activities: Drafts::new(Format::Tcx),
            has_course: false,
            in_course: false,
            in_point: false,
            in_lap: false,
            in_creator: false,
        }
    }

    fn activity(&mut self) -> &mut Draft {
        self.activities.latest()
    }

    fn begin_activity(&mut self, element: &BytesStart<'_>) {
        let mut activity = Draft::new(Format::Tcx);
        if let Some(word) = xml::attribute(element, "Sport") {
            activity.sport = sport::from_word(&word);
            if activity.sport == Sport::Running {
                activity.sub_sport = sport::sub_sport(&word);
            }
        }
        self.activities.begin(activity);
    }

    fn begin_lap(&mut self, element: &BytesStart<'_>) {
        self.in_lap = true;
        let start_us = xml::attribute(element, "StartTime").and_then(|time| parse_time_us(&time));
        self.activity().laps.push(DraftLap { start_us, ..DraftLap::default() });
    }

    fn point_value(&mut self, name: &str, text: &str) {
        if name == "Time" {
            self.activity().set_time(text);
            return;
        }
        let rows = &mut self.activity().rows;
        let Some(value) = number(text) else { return };
        match name {
            "LatitudeDegrees" => rows.set_wide(Wide::Lat, value),
            "LongitudeDegrees" => rows.set_wide(Wide::Lon, value),
            "DistanceMeters" => rows.set_wide(Wide::Distance, value),
            "AltitudeMeters" => rows.set_narrow(Narrow::Altitude, value as f32),
            // Inside a point only HeartRateBpm has a Value.
            "Value" => rows.set_narrow(Narrow::HeartRate, value as f32),
            "Cadence" | "RunCadence" => rows.set_narrow(Narrow::Cadence, value as f32),
            "Speed" => rows.set_narrow(Narrow::Speed, value as f32),
            "Watts" => rows.set_narrow(Narrow::Power, value as f32),
            _ => {}
        }
    }

    fn lap_value(&mut self, name: &str, text: &str) {
        let Some(lap) = self.activity().laps.last_mut() else { return };
        match name {
            "TotalTimeSeconds" => lap.timer_s = lap.timer_s.or(number(text)),
            "DistanceMeters" => lap.distance_m = lap.distance_m.or(number(text)),
            "TriggerMethod" => lap.trigger = Some(trigger(text)),
            _ => {}
        }
    }
}

fn trigger(word: &str) -> LapTrigger {
    match word {
        "Manual" => LapTrigger::Manual,
        "Time" => LapTrigger::Time,
        "Distance" => LapTrigger::Distance,
        "Location" => LapTrigger::Position,
        _ => LapTrigger::Other,
    }
}

impl Visitor for Tcx {
    fn start(&mut self, name: &str, element: &BytesStart<'_>, at: usize) {
        match name {
            // What a course has is planned, even beside recordings.
            "Course" => (self.has_course, self.in_course) = (true, true),
            "Activity" => {
                self.in_course = false;
                self.begin_activity(element);
            }
            _ if self.in_course => {}
            "Trackpoint" => {
                self.in_point = true;
                let len = self.text_len;
                self.activity().begin_row(at, len);
            }
            "Track" => self.activity().begin_segment(),
            "Lap" => self.begin_lap(element),
            "Creator" => self.in_creator = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str, text: &str) {
        match name {
            "Course" => self.in_course = false,
            _ if self.in_course => {}
            "Trackpoint" => {
                self.activity().end_row();
                self.in_point = false;
            }
            "Lap" => self.in_lap = false,
            "Creator" => self.in_creator = false,
            _ if text.is_empty() => {}
            _ if self.in_point => self.point_value(name, text),
            _ if self.in_lap => self.lap_value(name, text),
            "Name" if self.in_creator => self.activity().device = words(text),
            _ => {}
        }
    }

    fn rows(&self) -> usize {
        self.activities.rows()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Id>x</Id>\
        <Lap StartTime='2026-03-01T09:00:00Z'><TotalTimeSeconds>60.5</TotalTimeSeconds>\
        <DistanceMeters>400</DistanceMeters><AverageHeartRateBpm><Value>99</Value></AverageHeartRateBpm>\
        <TriggerMethod>Manual</TriggerMethod><Track>\
        <Trackpoint><Time>2026-03-01T09:00:00.000Z</Time><Position><LatitudeDegrees>52</LatitudeDegrees>\
        <LongitudeDegrees>13</LongitudeDegrees></Position><DistanceMeters>0</DistanceMeters>\
        <HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions><TPX><Speed>3.5</Speed>\
        <RunCadence>88</RunCadence><Watts>240</Watts></TPX></Extensions></Trackpoint>\
        <Trackpoint><Time>2026-03-01T09:00:01.000Z</Time></Trackpoint></Track><Track>\
        <Trackpoint><Time>2026-03-01T09:01:00.000Z</Time><DistanceMeters>400</DistanceMeters></Trackpoint>\
        </Track></Lap><Lap StartTime='2026-03-01T09:01:00Z'><TriggerMethod>Distance</TriggerMethod></Lap>\
        <Creator><Name>Watch 1</Name></Creator></Activity></Activities>\
        <Author><Name>Server</Name></Author></TrainingCenterDatabase>";

    #[test]
    fn points_laps_and_pauses_are_read() {
        let run = read(RUN.as_bytes()).unwrap().remove(0);
        assert_eq!((run.records, &run.sport, run.device.as_deref()), (3, &Sport::Running, Some("Watch 1")));
        assert_eq!(run.samples.elapsed_s, [0.0, 1.0, 60.0]);
        assert_eq!(run.samples.heart_rate_bpm.as_ref().unwrap().get(0), Some(150.0));
        assert_eq!(run.samples.cadence_spm.as_ref().unwrap().get(0), Some(176.0));
        assert_eq!(run.samples.power_w.as_ref().unwrap().get(0), Some(240.0));
        assert_eq!(run.samples.distance_m.as_ref().unwrap().get(2), Some(400.0));
        let lap = &run.laps[0];
        assert_eq!(
            (lap.elapsed_s, lap.timer_s, lap.trigger),
            (Some(60.0), Some(60.5), Some(LapTrigger::Manual))
        );
        assert_eq!(run.laps[1].elapsed_s, Some(0.0));
        assert_eq!((run.timer_s, run.distance_m), (Some(60.5), Some(400.0)));
        // The usual step is the upper median of 1 and 59 s, so the gap between the tracks is no pause here.
        assert_eq!(run.pauses, []);
    }

    #[test]
    fn a_course_is_no_recording() {
        let text = RUN.replace("Activities>", "Courses>").replace("<Activity Sport='Running'>", "<Course>");
        let error = read(text.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::NotARecording { is: "a course".into() });
    }

    #[test]
    fn a_course_beside_an_activity_is_passed_over() {
        let course = "<Courses><Course><Name>x</Name><Lap><TotalTimeSeconds>9</TotalTimeSeconds></Lap><Track>\
                      <Trackpoint><Time>2020-01-01T00:00:00Z</Time></Trackpoint></Track></Course></Courses>";
        for text in [
            RUN.replace("<Activities>", &format!("{course}<Activities>")),
            RUN.replace("</Activities>", &format!("</Activities>{course}")),
        ] {
            let all = read(text.as_bytes()).unwrap();
            assert_eq!((all.len(), all[0].records, all[0].laps.len()), (1, 3, 2));
        }
    }

    #[test]
    fn a_file_that_breaks_off_gives_what_came_before() {
        let end = RUN.find("</Track></Lap>").unwrap();
        let run = read(&RUN.as_bytes()[..end]).unwrap().remove(0);
        assert_eq!((run.records, run.notices[0].code), (3, "truncated"));
        let error = read(b"<TrainingCenterDatabase>\n <Activities>").unwrap_err();
        assert_eq!(error.place(), Some(Place::Line { line: 2, column: 14 }));
    }
}
