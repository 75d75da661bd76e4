//! A timed mile: its marks and its four laps, read off a distance track.

use super::distance::DistanceTrack;
use super::scheme::LapScheme;
use super::uncertainty::Uncertainty;
use super::window::Window;
use crate::activity::{Column, Samples};
use crate::units::MILE_M;

/// The distances in metres at which a mile's time is always read.
pub const MARKS_M: [f64; 8] = [200.0, 400.0, 800.0, 1200.0, 1300.0, 1400.0, 1500.0, 1600.0];

/// One mile with its clock: when it began, how long it took, and the times on the way.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TimedMile {
    /// Its start in elapsed seconds since the first sample.
    pub start_s: f64,
    /// Its elapsed time in seconds, pauses counted.
    pub time_s: f64,
    /// Half width in seconds of the 90 % interval of the time; absent where nothing is known of the noise.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub uncertainty_s: Option<f64>,
    /// The times at [`MARKS_M`].
    pub marks: Vec<Mark>,
    /// The four laps.
    pub splits: Vec<Split>,
}

/// The time at a distance from the mile's start.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Mark {
    /// Distance from the start in metres.
    pub distance_m: f64,
    /// Time from the start in seconds.
    pub time_s: f64,
    /// Half width in seconds of the 90 % interval of the time.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub uncertainty_s: Option<f64>,
}

/// One of the mile's consecutive parts.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Split {
    /// `lap 1` to `lap 4`.
    pub label: String,
    /// Where it begins, in metres from the mile's start.
    pub from_m: f64,
    /// Where it ends, in metres from the mile's start.
    pub to_m: f64,
    /// Its elapsed time in seconds.
    pub time_s: f64,
    /// Its time for 400 m of its own length, in seconds: laps of unequal length compare by it.
    pub per_400m_s: f64,
    /// Half width in seconds of the 90 % interval of its time.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub uncertainty_s: Option<f64>,
    /// Its mean heart rate in beats per minute, weighted by time.
    pub heart_rate_bpm: Option<f64>,
    /// Its mean cadence in steps per minute, weighted by time.
    pub cadence_spm: Option<f64>,
}

impl Split {
    /// Its length in metres.
    pub fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }
}

impl TimedMile {
    /// The marks and laps of the mile that begins and ends with `window` on this track.
    pub fn read(track: &DistanceTrack, window: Window, scheme: LapScheme, samples: &Samples) -> TimedMile {
        let clock = Clock { track, window, from_m: track.distance_at(window.start_s) };
        let marks = MARKS_M.map(|distance_m| Mark {
            distance_m,
            time_s: clock.time_s(distance_m),
            uncertainty_s: None,
        });
        let at_m = scheme.boundaries_m();
        let splits = (1..at_m.len()).map(|lap| clock.split(lap, at_m[lap - 1], at_m[lap], samples));
        TimedMile {
            start_s: window.start_s,
            time_s: window.time_s(),
            uncertainty_s: None,
            marks: marks.to_vec(),
            splits: splits.collect(),
        }
    }

    /// States how sure its times are.
    ///
    /// `half_widths_s` gives the half widths of the times from a moment to later ones, all in elapsed seconds;
    /// `start_sd_s` is the doubt about the start itself, in seconds.
    pub(super) fn with_uncertainty(mut self, uncertainty: &Uncertainty<'_>, start_sd_s: f64) -> TimedMile {
        let mut ends_s: Vec<f64> = self.marks.iter().map(|mark| self.start_s + mark.time_s).collect();
        ends_s.push(self.end_s());
        let widths_s = uncertainty.half_widths_s(self.start_s, &ends_s, start_sd_s);
        for (mark, &width_s) in self.marks.iter_mut().zip(&widths_s) {
            mark.uncertainty_s = Some(width_s);
        }
        self.uncertainty_s = widths_s.last().copied();
        let mut from_s = self.start_s;
        for (lap, split) in self.splits.iter_mut().enumerate() {
            let to_s = from_s + split.time_s;
            let sd_s = if lap == 0 { start_sd_s } else { 0.0 };
            split.uncertainty_s = uncertainty.half_widths_s(from_s, &[to_s], sd_s).first().copied();
            from_s = to_s;
        }
        self
    }

    /// Its end in elapsed seconds since the first sample.
    pub fn end_s(&self) -> f64 {
        self.start_s + self.time_s
    }

    /// The time in seconds at a marked distance, to the metre; `None` where there is no such mark.
    pub fn mark_s(&self, distance_m: f64) -> Option<f64> {
        self.marks.iter().find(|mark| (mark.distance_m - distance_m).abs() < 0.5).map(|mark| mark.time_s)
    }

    /// The four hundreds of the last lap, 1200 to 1600 m, in seconds.
    pub fn hundreds_s(&self) -> Option<[f64; 4]> {
        let at = [1200.0, 1300.0, 1400.0, 1500.0, 1600.0].map(|distance_m| self.mark_s(distance_m));
        Some([at[1]? - at[0]?, at[2]? - at[1]?, at[3]? - at[2]?, at[4]? - at[3]?])
    }
}

/// Reads times from the mile's start off a track.
struct Clock<'a> {
    track: &'a DistanceTrack,
    window: Window,
    from_m: f64,
}

impl Clock<'_> {
    /// Seconds from the start to a distance; the mile's own ends are those of the window, to the last bit.
    fn time_s(&self, distance_m: f64) -> f64 {
        if distance_m <= 0.0 {
            return 0.0;
        }
        if distance_m >= MILE_M {
            return self.window.time_s();
        }
        let reached_s = self.track.time_at(self.from_m + distance_m, self.window.start_s);
        reached_s.unwrap_or(self.window.end_s).min(self.window.end_s) - self.window.start_s
    }

    fn split(&self, lap: usize, from_m: f64, to_m: f64, samples: &Samples) -> Split {
        let (start_s, end_s) = (self.time_s(from_m), self.time_s(to_m));
        let span = Window { start_s: self.window.start_s + start_s, end_s: self.window.start_s + end_s };
        let mean =
            |column: &Option<Column<f32>>| time_weighted_mean(&samples.elapsed_s, column.as_ref()?, span);
        Split {
            label: format!("lap {lap}"),
            from_m,
            to_m,
            time_s: end_s - start_s,
            per_400m_s: (end_s - start_s) * 400.0 / (to_m - from_m),
            uncertainty_s: None,
            heart_rate_bpm: mean(&samples.heart_rate_bpm),
            cadence_spm: samples
                .cadence_spm
                .as_ref()
                .and_then(|spm| mean_cadence(&samples.elapsed_s, spm, span)),
        }
    }
}

/// A value older than this says nothing about now: beyond it a sensor is taken to have been silent.
const SENSOR_MEMORY_S: f64 = 15.0;

/// The mean cadence over a span of time without the times at which it was zero: whoever stands on the line has none yet.
pub(crate) fn mean_cadence(elapsed_s: &[f64], column: &Column<f32>, span: Window) -> Option<f64> {
    weighted_mean(elapsed_s, column.iter().map(|value| value.filter(|&value| value > 0.0)), span)
}

/// The mean of a sensor's column over a span of time, each value holding until the next one.
///
/// Smart recording writes few samples where little changes, so a plain mean of samples would be wrong.
pub(crate) fn time_weighted_mean(elapsed_s: &[f64], column: &Column<f32>, span: Window) -> Option<f64> {
    weighted_mean(elapsed_s, column.iter(), span)
}

fn weighted_mean(elapsed_s: &[f64], values: impl Iterator<Item = Option<f32>>, span: Window) -> Option<f64> {
    let from = elapsed_s.partition_point(|&t| t < span.start_s - SENSOR_MEMORY_S);
    let mut held: Option<(f64, f64)> = None;
    let (mut sum, mut weight_s) = (0.0, 0.0);
    let mut hold_until = |held: Option<(f64, f64)>, until_s: f64| {
        let Some((value, since_s)) = held else { return };
        // Comparisons, since `min` and `max` also care for what is no number, for every sample of a recording.
        let end_s = if until_s > since_s + SENSOR_MEMORY_S { since_s + SENSOR_MEMORY_S } else { until_s };
        let from_s = if since_s < span.start_s { span.start_s } else { since_s };
        if end_s > from_s {
            sum += value * (end_s - from_s);
            weight_s += end_s - from_s;
        }
    };
    for (&time_s, value) in elapsed_s.iter().zip(values).skip(from) {
        if time_s > span.end_s {
            break;
        }
        if let Some(value) = value {
            hold_until(held, time_s);
            held = Some((f64::from(value), time_s));
        }
    }
    hold_until(held, span.end_s);
    (weight_s > 0.0).then(|| sum / weight_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::{DistanceSource, window};

    /// A mile at 5 m/s inside a slower run, one sample a second.
    fn even_mile() -> DistanceTrack {
        let points = (0..700).map(|t| {
            let t = f64::from(t);
            let fast_s = (t - 100.0).clamp(0.0, MILE_M / 5.0);
            (t, 2.0 * (t - fast_s) + 5.0 * fast_s)
        });
        DistanceTrack::through(DistanceSource::Recorded, points)
    }

    #[test]
    fn marks_and_laps_of_an_even_mile_are_even() {
        let track = even_mile();
        let window = window::fastest_on(&track, MILE_M, &[]).unwrap();
        let mile = TimedMile::read(&track, window, LapScheme::Line, &Samples::default());
        assert!((mile.time_s - MILE_M / 5.0).abs() < 0.3, "{}", mile.time_s);
        assert!((mile.mark_s(800.0).unwrap() - 160.0).abs() < 1e-6);
        assert!((mile.splits[0].time_s - 409.344 / 5.0).abs() < 1e-6);
        assert!((mile.splits[1].per_400m_s - 80.0).abs() < 1e-6);
        assert!((mile.splits.iter().map(|s| s.time_s).sum::<f64>() - mile.time_s).abs() < 1e-9);
        assert!(mile.hundreds_s().unwrap().iter().all(|h| (h - 20.0).abs() < 0.1));
    }

    #[test]
    fn a_mean_weighs_by_time_and_forgets_a_silent_sensor() {
        let column = [Some(100.0), Some(200.0), None, Some(150.0)].into_iter().collect();
        let elapsed_s = [0.0, 4.0, 6.0, 40.0];
        let span = Window { start_s: 0.0, end_s: 8.0 };
        assert_eq!(time_weighted_mean(&elapsed_s, &column, span), Some(150.0));
        let standing: Column<f32> = [Some(0.0), Some(180.0), Some(0.0)].into_iter().collect();
        let steps = mean_cadence(&[0.0, 5.0, 10.0], &standing, Window { start_s: 0.0, end_s: 12.0 });
        assert_eq!(steps, Some(180.0), "who stands has no cadence");
        let below: Column<f32> = [Some(-2.0), Some(0.0), Some(2.0)].into_iter().collect();
        let level = time_weighted_mean(&[0.0, 5.0, 10.0], &below, Window { start_s: 0.0, end_s: 15.0 });
        assert_eq!(level, Some(0.0), "but altitudes at sea level are values");
        let silent = Window { start_s: 20.0, end_s: 39.0 };
        assert_eq!(time_weighted_mean(&elapsed_s, &column, silent), None);
    }
}
