//! What the body did: heart rate and cadence over the four laps. Notes, never points.
//!
//! Heart rate follows effort with a lag. It is taken as a first-order lag of about a minute, τ dh/dt = e - h, so
//! over a lap of T seconds the mean effort is the mean heart rate plus τ (end - start) / T.

use super::athlete::Athlete;
use crate::activity::{Activity, Column};
use crate::segmenter::mile::{mean_cadence, time_weighted_mean};
use crate::segmenter::{DistanceTrack, TimedMile, Window};
use crate::units::{LAP_M, MILE_M};

/// So long does it take to get going from the line, in seconds.
const START_S: f64 = 10.0;
/// The lag of heart rate behind effort in seconds: a time constant of about a minute.
const LAG_S: f64 = 60.0;
/// What a metre per second of speed costs in cadence, in steps per minute.
const CADENCE_PER_SPEED_SPM: f64 = 5.6;
/// The threshold as a share of the highest heart rate, where it is not given.
const THRESHOLD_SHARE: f64 = 0.88;
/// The lower ends of the five zones as shares of the highest heart rate; what lies below counts to the first.
const ZONES_FROM: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];
/// A sensor's value older than this says nothing about now.
const SENSOR_MEMORY_S: f64 = 15.0;
/// See [`Sensor::highest`].
const NO_SPIKE_S: f64 = 5.0;
/// The threshold counts as crossed when heart rate stays above it for this long.
const CROSSED_FOR_S: f64 = 10.0;

/// Heart rate and cadence of a mile.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Body {
    /// The heart rate of the four laps; empty without one.
    pub heart_rate: Vec<LapHeartRate>,
    /// Mean heart rate of lap 3 over that of lap 2, in beats per minute.
    pub lap_3_rise_bpm: Option<f64>,
    /// The same with the lag allowed for, in beats per minute.
    pub lap_3_effort_rise_bpm: Option<f64>,
    /// The highest heart rate that zones and threshold rest on.
    pub max_heart_rate: Option<HeartRateLimit>,
    /// The heart rate at the threshold.
    pub threshold: Option<HeartRateLimit>,
    /// Metres from the mile's start where heart rate crossed the threshold to stay above; 0 where it began above.
    pub threshold_crossed_m: Option<f64>,
    /// Seconds of the whole recording in five zones from 50, 60, 70, 80 and 90 % of the highest heart rate.
    pub zones_s: Option<[f64; 5]>,
    /// Cadence of lap 2 over that of lap 1, in steps per minute.
    pub cadence_change_spm: Option<f64>,
    /// The same without what the change of speed explains, in steps per minute.
    pub cadence_change_beyond_speed_spm: Option<f64>,
    /// Whether a quicker cadence would have been the next gear: lap 2 of an effort, and not ahead of its pace.
    pub gear_wanted: bool,
    /// The highest heart rate recorded, where it is above the highest that the caller gave, in beats per minute.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub above_given_bpm: Option<f64>,
    /// What is to be said of it, in whole sentences.
    pub notes: Vec<String>,
}

/// The heart rate of a lap in beats per minute.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LapHeartRate {
    /// Its mean over the lap's time.
    pub mean_bpm: f64,
    /// The rate at the lap's end.
    pub end_bpm: f64,
    /// What the mean would have been without the lag; no more than the highest heart rate known, which a sprint asks
    /// for and no heart gives.
    pub effort_bpm: f64,
}

/// A heart rate and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HeartRateLimit {
    /// In beats per minute.
    pub bpm: f64,
    /// Where it comes from.
    pub source: LimitSource,
}

/// Where a limit of heart rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LimitSource {
    /// The caller gave it.
    Given,
    /// Estimated from the highest heart rate that the caller gave.
    GivenMaximum,
    /// From the highest heart rate of this recording.
    Recording,
}

/// What the body did in a mile; `None` where neither heart rate nor cadence was recorded in it.
///
/// `effort` tells whether the mile was one: the cadence of an easy run needs no next gear.
pub(crate) fn body(
    activity: &Activity,
    track: &DistanceTrack,
    mile: &TimedMile,
    athlete: &Athlete,
    effort: bool,
) -> Option<Body> {
    let mut body = Body::default();
    if let Some(column) = &activity.samples.heart_rate_bpm {
        body.read_heart_rate(
            &Sensor { elapsed_s: &activity.samples.elapsed_s, column },
            track,
            mile,
            athlete,
        );
    }
    body.read_cadence(activity, track, mile, effort);
    if body.heart_rate.is_empty() && body.cadence_change_spm.is_none() {
        return None;
    }
    body.notes = super::body_notes::notes(&body);
    Some(body)
}

impl Body {
    fn read_heart_rate(
        &mut self,
        sensor: &Sensor<'_>,
        track: &DistanceTrack,
        mile: &TimedMile,
        athlete: &Athlete,
    ) {
        let mut start_s = mile.start_s;
        let laps: Option<Vec<LapHeartRate>> = mile
            .splits
            .iter()
            .map(|split| {
                let lap = Window { start_s, end_s: start_s + split.time_s };
                start_s = lap.end_s;
                sensor.lap(lap)
            })
            .collect();
        let Some(laps) = laps.filter(|laps| laps.len() == 4) else { return };
        self.lap_3_rise_bpm = Some(laps[2].mean_bpm - laps[1].mean_bpm);
        self.lap_3_effort_rise_bpm = Some(laps[2].effort_bpm - laps[1].effort_bpm);
        let given = athlete.max_heart_rate_bpm.map(|bpm| HeartRateLimit { bpm, source: LimitSource::Given });
        let recorded = || Some(HeartRateLimit { bpm: sensor.highest()?, source: LimitSource::Recording });
        self.max_heart_rate = given.or_else(recorded);
        let highest_bpm = sensor.highest().into_iter().chain(athlete.max_heart_rate_bpm).fold(0.0, f64::max);
        self.above_given_bpm =
            athlete.max_heart_rate_bpm.filter(|&max| highest_bpm > max).map(|_| highest_bpm);
        let held = |lap: LapHeartRate| LapHeartRate { effort_bpm: lap.effort_bpm.min(highest_bpm), ..lap };
        self.heart_rate = laps.into_iter().map(held).collect();
        self.threshold = threshold(athlete, self.max_heart_rate);
        self.zones_s = self.max_heart_rate.map(|max| sensor.zones_s(max.bpm));
        let crossed = self.threshold.and_then(|threshold| sensor.crossed_s(threshold.bpm, mile));
        self.threshold_crossed_m =
            crossed.map(|at_s| (track.distance_at(at_s) - track.distance_at(mile.start_s)).max(0.0));
    }

    fn read_cadence(&mut self, activity: &Activity, track: &DistanceTrack, mile: &TimedMile, effort: bool) {
        let (Some(column), [first, second, ..]) = (&activity.samples.cadence_spm, mile.splits.as_slice())
        else {
            return;
        };
        let lap_1_end_s = mile.start_s + first.time_s;
        // The first steps from the line have a cadence of their own.
        let laps = [
            Window { start_s: mile.start_s + START_S, end_s: lap_1_end_s },
            Window { start_s: lap_1_end_s, end_s: lap_1_end_s + second.time_s },
        ];
        let cadence = laps.map(|lap| mean_cadence(&activity.samples.elapsed_s, column, lap));
        let [Some(before), Some(after)] = cadence else { return };
        let [speed_before, speed_after] = laps.map(|lap| {
            (track.distance_at(lap.end_s) - track.distance_at(lap.start_s)) / lap.time_s().max(1.0)
        });
        let by_speed = CADENCE_PER_SPEED_SPM * (speed_after - speed_before);
        self.cadence_change_spm = Some(after - before);
        self.cadence_change_beyond_speed_spm = Some(after - before - by_speed);
        self.gear_wanted = effort && second.per_400m_s >= mile.time_s * LAP_M / MILE_M;
    }
}

fn threshold(athlete: &Athlete, max: Option<HeartRateLimit>) -> Option<HeartRateLimit> {
    let given = athlete.threshold_heart_rate_bpm;
    given.map(|bpm| HeartRateLimit { bpm, source: LimitSource::Given }).or_else(|| {
        let max = max?;
        let source = match max.source {
            LimitSource::Recording => LimitSource::Recording,
            _ => LimitSource::GivenMaximum,
        };
        Some(HeartRateLimit { bpm: THRESHOLD_SHARE * max.bpm, source })
    })
}

/// The column of a heart-rate sensor with its times.
struct Sensor<'a> {
    elapsed_s: &'a [f64],
    column: &'a Column<f32>,
}

impl Sensor<'_> {
    fn lap(&self, lap: Window) -> Option<LapHeartRate> {
        let mean_bpm = time_weighted_mean(self.elapsed_s, self.column, lap)?;
        let (start_bpm, end_bpm) = (self.at(lap.start_s)?, self.at(lap.end_s)?);
        let effort_bpm = mean_bpm + LAG_S * (end_bpm - start_bpm) / lap.time_s().max(1.0);
        Some(LapHeartRate { mean_bpm, end_bpm, effort_bpm })
    }

    /// The last value at or before a time, unless the sensor has been silent for long.
    fn at(&self, time_s: f64) -> Option<f64> {
        let after = self.elapsed_s.partition_point(|&t| t <= time_s);
        let recent = (0..after).rev().take_while(|&row| time_s - self.elapsed_s[row] <= SENSOR_MEMORY_S);
        recent.filter_map(|row| self.column.get(row)).map(f64::from).next()
    }

    /// The highest value that was reached for [`NO_SPIKE_S`] in all: a sensor's spike is no maximum.
    fn highest(&self) -> Option<f64> {
        let mut held: Vec<(f64, f64)> = self.held().collect();
        held.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seconds = 0.0;
        let reached = held.iter().find(|(_, held_s)| {
            seconds += held_s;
            seconds >= NO_SPIKE_S
        });
        reached.or(held.last()).map(|(bpm, _)| *bpm)
    }

    /// Values with the time each held, in seconds.
    fn held(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let ends = self.elapsed_s.iter().skip(1).copied();
        let rows = self.elapsed_s.iter().zip(ends).zip(self.column.iter());
        rows.filter_map(|((&from_s, to_s), value)| {
            Some((f64::from(value?), (to_s - from_s).min(SENSOR_MEMORY_S)))
        })
    }

    fn zones_s(&self, max_bpm: f64) -> [f64; 5] {
        let mut zones_s = [0.0; 5];
        for (bpm, seconds) in self.held() {
            let zone = ZONES_FROM.iter().rposition(|&from| bpm >= from * max_bpm).unwrap_or(0);
            zones_s[zone] += seconds;
        }
        zones_s
    }

    /// When heart rate rose above a limit inside the mile and stayed there a while.
    fn crossed_s(&self, limit_bpm: f64, mile: &TimedMile) -> Option<f64> {
        let mut above_since: Option<f64> = None;
        let first = self.elapsed_s.partition_point(|&t| t < mile.start_s);
        for (row, &t) in
            self.elapsed_s.iter().enumerate().skip(first).take_while(|(_, t)| **t <= mile.end_s())
        {
            match self.column.get(row).map(f64::from) {
                Some(bpm) if bpm >= limit_bpm => {
                    let since_s = *above_since.get_or_insert(t);
                    if t - since_s >= CROSSED_FOR_S {
                        return Some(since_s);
                    }
                }
                Some(_) => above_since = None,
                None => {}
            }
        }
        None
    }
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
