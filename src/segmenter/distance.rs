//! Distance over time: what the device summed, or what its positions add up to.

use std::fmt;

use super::geodesy::step_m;
use super::window;
use crate::activity::Samples;

/// Where a distance comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum DistanceSource {
    /// Along the measured line of a track's lane that the positions were fitted to.
    Oval,
    /// The device's own distance, from its sensors and its filter.
    Recorded,
    /// The lengths of the steps from position to position.
    Gps,
}

impl DistanceSource {
    /// The word used in options and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            DistanceSource::Oval => "oval",
            DistanceSource::Recorded => "recorded",
            DistanceSource::Gps => "gps",
        }
    }
}

impl fmt::Display for DistanceSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Monotone distance over time, linear between its points.
#[derive(Debug, Clone)]
pub struct DistanceTrack {
    source: DistanceSource,
    elapsed_s: Vec<f64>,
    distance_m: Vec<f64>,
}

impl DistanceTrack {
    /// A track through the given points.
    ///
    /// A point whose time is not later than that of the last kept point is dropped, and distance never goes
    /// back: a running maximum is taken.
    pub fn through(source: DistanceSource, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let points = points.into_iter();
        // Most points are kept; a caller's guess at their number is believed up to a day of seconds.
        let room = points.size_hint().1.unwrap_or(0).min(86_400);
        let mut track = DistanceTrack {
            source,
            elapsed_s: Vec::with_capacity(room),
            distance_m: Vec::with_capacity(room),
        };
        for (elapsed_s, distance_m) in points {
            if track.elapsed_s.last().is_some_and(|&last| elapsed_s <= last) {
                continue;
            }
            let reached_m = track.distance_m.last().copied().unwrap_or(distance_m);
            track.elapsed_s.push(elapsed_s);
            track.distance_m.push(distance_m.max(reached_m));
        }
        track
    }

    /// The device's own distance; `None` where fewer than two samples have one.
    pub fn recorded(samples: &Samples) -> Option<Self> {
        let column = samples.distance_m.as_ref()?;
        let points = samples.elapsed_s.iter().zip(column.iter()).filter_map(|(&t, d)| Some((t, d?)));
        Self::through(DistanceSource::Recorded, points).if_long_enough()
    }

    /// The sum of the WGS84 steps between positions, starting at 0; `None` with fewer than two positions.
    pub fn gps(samples: &Samples) -> Option<Self> {
        let mut last_deg = None;
        let mut total_m = 0.0;
        let points = samples.elapsed_s.iter().enumerate().filter_map(|(row, &elapsed_s)| {
            let here_deg = samples.position_deg(row)?;
            total_m += last_deg.map_or(0.0, |last_deg| step_m(last_deg, here_deg));
            last_deg = Some(here_deg);
            Some((elapsed_s, total_m))
        });
        Self::through(DistanceSource::Gps, points).if_long_enough()
    }

    fn if_long_enough(self) -> Option<Self> {
        (self.elapsed_s.len() >= 2).then_some(self)
    }

    /// The same track with every distance multiplied by `scale`.
    #[must_use]
    pub fn scaled(mut self, scale: f64) -> Self {
        self.distance_m.iter_mut().for_each(|distance_m| *distance_m *= scale);
        self
    }

    /// Where the distance comes from.
    pub fn source(&self) -> DistanceSource {
        self.source
    }

    /// Times of the points in elapsed seconds, strictly increasing.
    pub fn elapsed_s(&self) -> &[f64] {
        &self.elapsed_s
    }

    /// Distances of the points in metres, non-decreasing.
    pub fn distance_m(&self) -> &[f64] {
        &self.distance_m
    }

    /// Distance in metres from the first point to the last.
    pub fn total_m(&self) -> f64 {
        match (self.distance_m.first(), self.distance_m.last()) {
            (Some(first), Some(last)) => last - first,
            _ => 0.0,
        }
    }

    /// Distance in metres at an elapsed time; before the first and after the last point it stands still.
    pub fn distance_at(&self, elapsed_s: f64) -> f64 {
        window::distance_at(&self.elapsed_s, &self.distance_m, elapsed_s)
    }

    /// The first elapsed time in seconds at or after `from_s` at which a distance is reached; `None` where the
    /// track ends before it.
    pub fn time_at(&self, distance_m: f64, from_s: f64) -> Option<f64> {
        let reached_s = window::reach(&self.elapsed_s, &self.distance_m, distance_m)?;
        Some(reached_s.max(from_s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(points: &[(f64, f64)]) -> DistanceTrack {
        DistanceTrack::through(DistanceSource::Recorded, points.iter().copied())
    }

    #[test]
    fn distance_never_goes_back_and_time_always_goes_on() {
        let track = track(&[(0.0, 5.0), (1.0, 9.0), (1.0, 99.0), (2.0, 7.0), (3.0, 12.0)]);
        assert_eq!(track.elapsed_s(), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(track.distance_m(), [5.0, 9.0, 9.0, 12.0]);
        assert_eq!(track.total_m(), 7.0);
    }

    #[test]
    fn times_and_distances_are_read_between_the_points() {
        let track = track(&[(0.0, 0.0), (10.0, 20.0), (12.0, 20.0), (14.0, 30.0)]);
        assert_eq!(track.distance_at(5.0), 10.0);
        assert_eq!(track.distance_at(-1.0), 0.0);
        assert_eq!(track.distance_at(99.0), 30.0);
        assert_eq!(track.time_at(10.0, 0.0), Some(5.0));
        assert_eq!(track.time_at(20.0, 0.0), Some(10.0));
        assert_eq!(track.time_at(20.0, 11.0), Some(11.0));
        assert_eq!(track.time_at(25.0, 0.0), Some(13.0));
        assert_eq!(track.time_at(31.0, 0.0), None);
    }

    #[test]
    fn one_sample_is_no_track() {
        let samples = Samples {
            elapsed_s: vec![0.0],
            distance_m: Some([Some(1.0)].into_iter().collect()),
            ..Samples::default()
        };
        assert!(DistanceTrack::recorded(&samples).is_none());
        assert!(DistanceTrack::gps(&samples).is_none());
    }
}
