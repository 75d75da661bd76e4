//! Hand-made runs whose mile has a known shape: a jog, the mile, a jog.

use fourlap::activity::{Activity, Column, Format, Pause, Samples, Sport};

/// A run with a mile in it.
#[derive(Clone, Copy)]
pub(crate) struct Mile {
    /// Seconds for a mile at a distance in metres from the mile's start.
    pub(crate) pace_s: fn(f64) -> f64,
    /// Heart rate in beats per minute at a distance.
    pub(crate) heart_bpm: Option<fn(f64) -> f64>,
    /// Noise of the speed in metres per second.
    pub(crate) noise_mps: f64,
    /// Seconds between samples.
    pub(crate) every_s: usize,
    /// Seconds stood still before the mile.
    pub(crate) rest_s: usize,
    /// A pause of 20 s at a distance.
    pub(crate) pause_m: Option<f64>,
}

impl Default for Mile {
    fn default() -> Self {
        Mile { pace_s: |_| 320.0, heart_bpm: None, noise_mps: 0.05, every_s: 1, rest_s: 30, pause_m: None }
    }
}

/// A repeatable number from -1 to 1.
fn noise(i: usize) -> f64 {
    let mixed = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) as f64 / f64::from(1 << 23) - 1.0
}

const JOG_S: usize = 300;
const JOG_MPS: f64 = 2.1;

impl Mile {
    /// The recording.
    pub(crate) fn activity(&self) -> Activity {
        let (mut samples, mut pauses) = (Samples::default(), Vec::new());
        let (mut distance, mut heart) = (Vec::new(), Vec::new());
        let (mut at_m, mut start_m, mut shift_s) = (0.0_f64, 0.0_f64, 0.0_f64);
        let mut after_s = 0;
        for t in 0.. {
            if t % self.every_s == 0 {
                samples.elapsed_s.push(t as f64 + shift_s);
                distance.push(Some(at_m));
                let along = |bpm: fn(f64) -> f64| (bpm((at_m - start_m).max(0.0)) + noise(7 * t)) as f32;
                heart.push(self.heart_bpm.map(along));
            }
            at_m += match t {
                t if t < JOG_S => JOG_MPS,
                t if t < JOG_S + self.rest_s => 0.0,
                _ if at_m - start_m < 1612.0 => {
                    let along_m = at_m - start_m;
                    let started = ((along_m + 2.0) / 6.0).min(1.0);
                    1609.344 / (self.pace_s)(along_m) * started + self.noise_mps * noise(t)
                }
                _ => JOG_MPS,
            };
            if t < JOG_S + self.rest_s {
                start_m = at_m;
            }
            if self.pause_m.is_some_and(|m| at_m > start_m + m) && pauses.is_empty() {
                let start_s = t as f64 + 1.0;
                pauses.push(Pause { start_s, end_s: start_s + 20.0 });
                shift_s = 20.0;
            }
            after_s += usize::from(at_m - start_m > 1612.0 && t > JOG_S + self.rest_s);
            if after_s > JOG_S {
                break;
            }
        }
        samples.distance_m = Some(distance.into_iter().collect());
        samples.heart_rate_bpm = self.heart_bpm.map(|_| heart.into_iter().collect::<Column<f32>>());
        let mut activity = Activity::new(Format::Fit, Sport::Running, samples);
        activity.sub_sport = Some("track".into());
        activity.name = Some("Tuesday mile at Letzigrund".into());
        activity.device = Some("Garmin fenix 6X".into());
        activity.start = "2026-03-01T08:00:00Z".parse().ok();
        activity.utc_offset_s = Some(3600);
        activity.distance_m = Some(at_m);
        activity.pauses = pauses;
        activity
    }
}

/// Out too hard, then ever slower until a last effort.
pub(crate) fn fade(metres: f64) -> f64 {
    match metres {
        m if m < 400.0 => 306.0 + 0.02 * m,
        m if m < 1400.0 => 314.0 + 0.026 * (m - 400.0),
        _ => 331.0,
    }
}

/// Each lap as the plan has it, and a finish.
pub(crate) fn planned(metres: f64) -> f64 {
    match metres {
        m if m < 1200.0 => 321.0 + 3.0 * (m / 130.0).sin(),
        m => 319.0 - 0.02 * (m - 1200.0),
    }
}

/// A heart that climbs to its limit.
pub(crate) fn climbing(metres: f64) -> f64 {
    187.0 - 38.0 * (-metres / 350.0).exp()
}
