//! Heart rate and cadence of a mile that is known.

use super::*;
use crate::activity::{Format, Samples, Sport};
use crate::segmenter::{DistanceSource, LapScheme};

/// A mile at 5 m/s after a minute of standing; heart rate follows an effort of 180 with a lag of 60 s.
fn recording(effort_bpm: f64) -> (Activity, DistanceTrack, TimedMile) {
    let elapsed_s: Vec<f64> = (0..450).map(f64::from).collect();
    let distance = |t: f64| 5.0 * (t - 60.0).max(0.0);
    let mut bpm = 100.0;
    let heart_rate: Column<f32> = elapsed_s
        .iter()
        .map(|&t| {
            bpm += if t >= 60.0 { (effort_bpm - bpm) / LAG_S } else { 0.0 };
            Some(bpm as f32)
        })
        .collect();
    let cadence: Column<f32> =
        elapsed_s.iter().map(|&t| Some(if t < 141.0 { 180.0 } else { 184.0 })).collect();
    let track = DistanceTrack::through(DistanceSource::Recorded, elapsed_s.iter().map(|&t| (t, distance(t))));
    let samples = Samples {
        elapsed_s,
        heart_rate_bpm: Some(heart_rate),
        cadence_spm: Some(cadence),
        ..Samples::default()
    };
    let window = Window { start_s: 60.0, end_s: 60.0 + 1609.344 / 5.0 };
    let mile = TimedMile::read(&track, window, LapScheme::Quarters, &samples);
    let activity = Activity::new(Format::Fit, Sport::Running, samples);
    (activity, track, mile)
}

#[test]
fn the_lag_is_taken_out() {
    let (activity, track, mile) = recording(180.0);
    let body = body(&activity, &track, &mile, &Athlete::default(), true).unwrap();
    for lap in &body.heart_rate {
        assert!((lap.effort_bpm - 180.0).abs() < 1.5, "{lap:?}");
    }
    assert!(body.lap_3_rise_bpm.unwrap() > 3.0 && body.lap_3_effort_rise_bpm.unwrap().abs() < 1.5);
    assert!((body.cadence_change_beyond_speed_spm.unwrap() - 4.0).abs() < 0.2, "{body:?}");
}

#[test]
fn no_effort_asks_for_more_than_the_highest_heart_rate() {
    let (mut activity, track, mile) = recording(180.0);
    // It rises by 0.18 a second to the line and asks for 11 more there than it shows.
    let bpm = |t: u16| 100.0 + 0.18 * f32::from(t.clamp(60, 382) - 60);
    let rising = (0..450).map(|t| Some(bpm(t))).collect();
    activity.samples.heart_rate_bpm = Some(rising);
    let of =
        |athlete: &Athlete| body(&activity, &track, &mile, athlete, true).unwrap().heart_rate[3].effort_bpm;
    assert_eq!(of(&Athlete::default()), f64::from(bpm(382)));
    assert_eq!(of(&Athlete { max_heart_rate_bpm: Some(159.0), ..Athlete::default() }), 159.0);
}

#[test]
fn the_threshold_is_given_or_estimated_and_says_so() {
    let (activity, track, mile) = recording(180.0);
    let given = Athlete { threshold_heart_rate_bpm: Some(160.0), ..Athlete::default() };
    let body_of = |athlete: &Athlete| body(&activity, &track, &mile, athlete, true).unwrap();
    let crossed_m = body_of(&given).threshold_crossed_m.unwrap();
    // 180 - 80 e^(-t / 60) passes 160 after 83 s.
    assert!((crossed_m - 5.0 * 83.2).abs() < 10.0, "{crossed_m}");
    let by_maximum = body_of(&Athlete { max_heart_rate_bpm: Some(200.0), ..Athlete::default() });
    assert_eq!(by_maximum.threshold.unwrap().source, LimitSource::GivenMaximum);
    assert_eq!(by_maximum.threshold.unwrap().bpm, 176.0);
    let by_recording = body_of(&Athlete::default());
    assert_eq!(by_recording.threshold.unwrap().source, LimitSource::Recording);
    let never = body_of(&Athlete { threshold_heart_rate_bpm: Some(190.0), ..Athlete::default() });
    assert_eq!(never.threshold_crossed_m, None);
}

#[test]
fn the_zones_hold_all_the_time() {
    let (activity, track, mile) = recording(180.0);
    let athlete = Athlete { max_heart_rate_bpm: Some(190.0), ..Athlete::default() };
    let zones_s = body(&activity, &track, &mile, &athlete, true).unwrap().zones_s.unwrap();
    assert!((zones_s.iter().sum::<f64>() - 449.0).abs() < 1e-6, "{zones_s:?}");
    assert!(zones_s[0] >= 60.0 && zones_s[4] > 150.0, "{zones_s:?}");
}

#[test]
fn without_sensors_there_is_nothing_to_say() {
    let (mut activity, track, _) = recording(180.0);
    activity.samples.heart_rate_bpm = None;
    activity.samples.cadence_spm = None;
    let window = Window { start_s: 60.0, end_s: 60.0 + 1609.344 / 5.0 };
    let mile = TimedMile::read(&track, window, LapScheme::Quarters, &activity.samples);
    assert_eq!(body(&activity, &track, &mile, &Athlete::default(), true), None);
}
