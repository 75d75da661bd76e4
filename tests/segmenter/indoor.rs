//! Under a roof: laps of 200 m, with positions where the roof lets them through, and by hand where it does not.

use fourlap::activity::{Activity, Lap, LapTrigger, Samples};
use fourlap::segmenter::{DistanceSource, SegmentOptions, segment};

use crate::robustness::{activity, positions};
use crate::simulator::course::{Course, Point};
use crate::simulator::random::Random;
use crate::simulator::track::{Oval, Shape};

/// Straights of 46 m and bends that make a lap of 200 m on the line 0.30 m outside the kerb.
const KERB_RADIUS_M: f64 = (200.0 - 92.0) / std::f64::consts::TAU - 0.30;
const EASY_MPS: f64 = 2.8;
const MILE_MPS: f64 = 5.0;
/// Easy laps, two minutes of rest, the mile, and some steps more.
const GUN_S: usize = 720;

/// Metres run after so many seconds.
fn way_m(second: usize) -> f64 {
    let mile_s = 1609.344 / MILE_MPS;
    let since_gun_s = second.saturating_sub(GUN_S) as f64;
    EASY_MPS * second.min(600) as f64
        + MILE_MPS * since_gun_s.min(mile_s)
        + 1.5 * (since_gun_s - mile_s).max(0.0)
}

#[test]
fn laps_of_a_200_m_track_are_found_and_the_mile_on_them_is_true() {
    let oval = Oval::new(Shape { straight_m: 46.0, kerb_radius_m: KERB_RADIUS_M }, 1, Point::default(), 0.7);
    assert!((oval.lap_m() - 200.0).abs() < 1e-9);
    let mut random = Random::new(5);
    let (mut error_m, mut rows) = ((0.0, 0.0), Vec::new());
    for second in 0..1150 {
        let at = oval.at(way_m(second));
        // As good as positions are where a roof lets them through: 0.7 m, forgotten over 15 s.
        error_m = (0.935 * error_m.0 + 0.25 * random.normal(), 0.935 * error_m.1 + 0.25 * random.normal());
        let (x_m, y_m) = (at.x_m + error_m.0, at.y_m + error_m.1);
        rows.push((second as f64, 45.0 + y_m / 111_132.0, 7.0 + x_m / 78_847.0));
    }
    let found = segment(&activity(positions(&rows)), &SegmentOptions::default());
    let oval = found.oval.expect("the track is found");
    assert!((oval.lap_length_m / 200.0 - 1.0).abs() < 0.005, "{oval:?}");
    let best = found.best.expect("there is a mile");
    assert_eq!(best.distance_source, DistanceSource::Oval);
    let off_s = best.window.time_s - 1609.344 / MILE_MPS;
    assert!(off_s.abs() < 1.5, "{off_s}");
}

/// The same run by a device that shows 3 % too little, without positions; a lap pressed every 200 m from the gun on.
fn by_hand(pressed: bool) -> Activity {
    let samples = Samples {
        elapsed_s: (0..1150).map(|second| second as f64).collect(),
        distance_m: Some((0..1150).map(|second| Some(0.97 * way_m(second))).collect()),
        ..Samples::default()
    };
    let lap = |start_s: f64, elapsed_s: f64| Lap {
        start_s,
        elapsed_s: Some(elapsed_s),
        timer_s: None,
        distance_m: None,
        trigger: Some(LapTrigger::Manual),
    };
    let mut activity = activity(samples);
    if pressed {
        activity.laps = vec![lap(0.0, GUN_S as f64)];
        activity.laps.extend((0..8).map(|k| lap(GUN_S as f64 + 40.0 * f64::from(k), 40.0)));
        activity.laps.push(lap(GUN_S as f64 + 320.0, 110.0));
    }
    activity
}

#[test]
fn eight_laps_pressed_by_hand_make_a_mile_of_a_device_that_errs() {
    let true_s = 1609.344 / MILE_MPS;
    let found = segment(&by_hand(true), &SegmentOptions::default());
    let best = found.best.unwrap();
    assert_eq!(best.distance_source, DistanceSource::Recorded);
    assert!((best.window.time_s - true_s).abs() < 1.0, "{}", best.window.time_s);
    assert!(best.window.uncertainty_s.unwrap() < 2.0);
    assert!(found.notices.iter().any(|notice| notice.code == "laps-by-hand"));
    // Without the presses nobody knows, and the half width says so.
    let best = segment(&by_hand(false), &SegmentOptions::default()).best.unwrap();
    let off_s = (best.window.time_s - true_s).abs();
    assert!(off_s > 5.0 && off_s < 1.5 * best.window.uncertainty_s.unwrap(), "{off_s}");
}
