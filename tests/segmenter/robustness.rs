//! No input breaks the segmenter, and the mile does not depend on what must not matter.

use fourlap::activity::{Activity, Column, Format, Lap, LapTrigger, Pause, Samples, Sport};
use fourlap::segmenter::{SegmentOptions, segment};

use crate::simulator::random::Random;
use crate::simulator::{committed, fit_writer, scenarios};

pub(crate) fn activity(samples: Samples) -> Activity {
    Activity::new(Format::Fit, Sport::Running, samples)
}

/// Samples of (seconds, latitude, longitude).
pub(crate) fn positions(rows: &[(f64, f64, f64)]) -> Samples {
    Samples {
        elapsed_s: rows.iter().map(|row| row.0).collect(),
        lat_deg: Some(rows.iter().map(|row| Some(row.1)).collect()),
        lon_deg: Some(rows.iter().map(|row| Some(row.2)).collect()),
        ..Samples::default()
    }
}

#[test]
fn degenerate_recordings_are_survived() {
    let rows: [Vec<(f64, f64, f64)>; 7] = [
        vec![],
        vec![(0.0, 45.0, 7.0)],
        (0..500).map(|k| (f64::from(k), 45.0, 7.0)).collect(),
        (0..50).map(|k| (f64::from(k), 0.0, 0.0)).collect(),
        (0..500).map(|k| (f64::from(k) * 1e6, 45.0 + f64::from(k) * 1e-4, 7.0)).collect(),
        (0..500).map(|k| (f64::from(k) * 1e-6, 45.0 + f64::from(k) * 1e-4, 7.0)).collect(),
        (0..400).map(|k| (f64::from(k), f64::from(k % 180) - 90.0, f64::from(k % 360) - 180.0)).collect(),
    ];
    for rows in rows {
        let found = segment(&activity(positions(&rows)), &SegmentOptions::default());
        if let Some(best) = found.best {
            assert!(best.window.time_s.is_finite() && best.window.time_s > 0.0);
        }
    }
}

#[test]
fn random_columns_are_survived() {
    for seed in 0..150 {
        let mut random = Random::new(seed);
        let (scale_deg, holes) = (10f64.powf(random.range(-6.0, 0.0)), random.unit());
        let (mut lat, mut lon, mut distance, mut speed) = (vec![], vec![], vec![], vec![]);
        let (mut elapsed_s, mut t_s) = (Vec::new(), 0.0);
        for _ in 0..1 + random.below(400) {
            elapsed_s.push(t_s);
            t_s += 1e-3 + 20.0 * random.unit() * random.unit();
            let mut some = |value: f64| (random.unit() > 0.5 * holes).then_some(value);
            let place = some(0.0);
            lat.push(place.map(|_| 45.0 + scale_deg * (t_s * 12.9898).sin()));
            lon.push(place.map(|_| 7.0 + scale_deg * (t_s * 78.233).cos()));
            distance.push(some(t_s * 3.0 * (t_s * 0.37).sin().abs()));
            speed.push(some(20.0 * (t_s * 0.11).sin()).map(|v| v as f32));
        }
        let samples = Samples {
            elapsed_s,
            lat_deg: Some(lat.into_iter().collect()),
            lon_deg: Some(lon.into_iter().collect()),
            distance_m: Some(distance.into_iter().collect()),
            speed_mps: Some(speed.into_iter().collect::<Column<f32>>()),
            ..Samples::default()
        };
        let mut activity = activity(samples);
        activity.pauses = vec![Pause { start_s: 0.3 * t_s, end_s: 0.4 * t_s }];
        activity.laps = (0..8).map(|k| pressed(t_s * f64::from(k) / 8.0, t_s / 8.0)).collect();
        let found = segment(&activity, &SegmentOptions::default());
        for effort in found.efforts {
            assert!(effort.time_s.is_finite() && effort.time_s >= 0.0, "seed {seed}");
        }
    }
}

pub(crate) fn pressed(start_s: f64, elapsed_s: f64) -> Lap {
    Lap {
        start_s,
        elapsed_s: Some(elapsed_s),
        timer_s: None,
        distance_m: None,
        trigger: Some(LapTrigger::Manual),
    }
}

pub(crate) fn track_mile() -> Activity {
    let simulated = scenarios::simulate(&committed::track_mile());
    fourlap::parser::read(&fit_writer::write(&simulated.recording)).unwrap().remove(0)
}

fn mile_s(activity: &Activity) -> f64 {
    segment(activity, &SegmentOptions::default()).best.unwrap().window.time_s
}

#[test]
fn the_direction_round_the_track_does_not_matter() {
    let there = track_mile();
    // Mirrored in the east, the runner goes round clockwise.
    let mut mirrored = there.clone();
    let lon_deg = there.samples.lon_deg.as_ref().unwrap();
    let first = lon_deg.iter().flatten().next().unwrap();
    mirrored.samples.lon_deg = Some(lon_deg.iter().map(|lon| lon.map(|lon| 2.0 * first - lon)).collect());
    assert!((mile_s(&there) - mile_s(&mirrored)).abs() < 0.05, "{} {}", mile_s(&there), mile_s(&mirrored));
}

#[test]
fn when_and_where_it_was_run_does_not_matter() {
    let there = track_mile();
    let mut elsewhere = there.clone();
    let lon_deg = there.samples.lon_deg.as_ref().unwrap();
    elsewhere.samples.lon_deg = Some(lon_deg.iter().map(|lon| lon.map(|lon| lon + 10.0)).collect());
    assert!((mile_s(&there) - mile_s(&elsewhere)).abs() < 0.05);
    // An hour of standing still before it only moves the start.
    let mut later = there.clone();
    for elapsed_s in later.samples.elapsed_s.iter_mut().skip(1) {
        *elapsed_s += 3600.0;
    }
    later.laps.iter_mut().for_each(|lap| lap.start_s += 3600.0);
    assert!((mile_s(&there) - mile_s(&later)).abs() < 0.05, "{} {}", mile_s(&there), mile_s(&later));
}

#[test]
fn a_leap_that_never_comes_back_makes_no_mile() {
    let mut rows = Vec::new();
    let (mut north_m, mut second) = (0.0, 0.0);
    for (seconds, mps, leap_m) in [(900, 3.0, 0.0), (310, 5.2, 0.0), (300, 3.0, 0.0), (400, 3.0, 800.0)] {
        north_m += leap_m;
        for _ in 0..seconds {
            rows.push((second, 45.0 + north_m / 111_132.0, 7.0));
            north_m += mps;
            second += 1.0;
        }
    }
    let found = segment(&activity(positions(&rows)), &SegmentOptions::default());
    let best = found.best.unwrap();
    assert!((best.window.time_s - 1609.344 / 5.2).abs() < 2.0, "{}", best.window.time_s);
    assert!(
        found.efforts.iter().all(|effort| effort.distance_m / effort.time_s < 5.6),
        "{:?}",
        found.efforts
    );
}

#[test]
fn longer_efforts_take_longer() {
    let efforts = segment(&track_mile(), &SegmentOptions::default()).efforts;
    assert!(efforts.len() >= 7, "{efforts:?}");
    assert!(efforts.is_sorted_by(|a, b| a.distance_m < b.distance_m && a.time_s < b.time_s));
}
