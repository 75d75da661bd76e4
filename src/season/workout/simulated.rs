//! Sessions made for tests: what was run is known to the second.

use std::ops::{Deref, DerefMut};

use super::line::SpeedLine;
use crate::activity::{Activity, Format, Samples, Sport};
use crate::segmenter::{DistanceSource, DistanceTrack};

/// An activity of stretches in seconds and metres per second.
pub(crate) struct Session(pub(crate) Activity);

impl Deref for Session {
    type Target = Activity;

    fn deref(&self) -> &Activity {
        &self.0
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Activity {
        &mut self.0
    }
}

/// A repeatable number from -1 to 1.
fn noise(i: usize) -> f64 {
    let mixed = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) as f64 / f64::from(1 << 23) - 1.0
}

impl Session {
    /// A run recorded once a second, its distance noisy by a few centimetres.
    pub(crate) fn of(stretches: &[(usize, f64)]) -> Session {
        Session::with(stretches, |_, _| None, |_| 0.0)
    }

    /// The same with a heart rate by second and speed, and a slope by speed.
    pub(crate) fn with(
        stretches: &[(usize, f64)],
        heart_bpm: impl Fn(usize, f64) -> Option<f32>,
        slope: impl Fn(f64) -> f64,
    ) -> Session {
        let (mut at_m, mut height_m) = (0.0, 100.0);
        let (mut times, mut way, mut heights, mut heart) =
            (vec![0.0], vec![Some(0.0)], vec![Some(100.0_f32)], vec![]);
        heart.push(heart_bpm(0, 0.0));
        let speeds = stretches.iter().flat_map(|&(seconds, mps)| std::iter::repeat_n(mps, seconds));
        for (second, mps) in speeds.enumerate() {
            let step_m = if mps > 0.0 { mps + 0.15 * noise(second) } else { 0.0 };
            at_m += step_m;
            height_m += step_m * slope(mps);
            times.push(second as f64 + 1.0);
            way.push(Some(at_m));
            heights.push(Some(height_m as f32));
            heart.push(heart_bpm(second, mps));
        }
        let has_heart = heart.iter().any(Option::is_some);
        let samples = Samples {
            elapsed_s: times,
            distance_m: Some(way.into_iter().collect()),
            altitude_m: Some(heights.into_iter().collect()),
            heart_rate_bpm: has_heart.then(|| heart.into_iter().collect()),
            ..Samples::default()
        };
        let mut activity = Activity::new(Format::Fit, Sport::Running, samples);
        activity.start = "2026-03-01T09:00:00Z".parse().ok();
        Session(activity)
    }
}

/// The line of stretches in seconds and metres per second.
pub(super) fn line(stretches: &[(usize, f64)]) -> SpeedLine {
    let session = Session::of(stretches);
    let points = session.samples.elapsed_s.iter().zip(session.samples.distance_m.as_ref().unwrap().iter());
    let points = points.filter_map(|(&t, d)| Some((t, d?)));
    SpeedLine::of(&DistanceTrack::through(DistanceSource::Recorded, points), &[]).unwrap()
}
