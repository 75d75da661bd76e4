//! Real recordings made on tracks, and some that only seem so.

use fourlap::segmenter::{DistanceSource, SegmentOptions, segment};
use fourlap::{Activity, parser};

use crate::support;

fn recordings(beginning: &str) -> Vec<(String, Activity)> {
    let mut found = Vec::new();
    for path in [".fit", ".gpx"].into_iter().flat_map(support::corpus_files) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(beginning) {
            found.push((name, parser::read(&std::fs::read(&path).unwrap()).unwrap().remove(0)));
        }
    }
    found
}

/// Recordings that were not made on a 400 m track, whatever they say.
const NO_TRACK: [&str; 4] = [
    "track-subsport-but-not-oval.fit",
    "track-suunto-5x200s-shuttle.fit",
    "track-12h-loop-ultra-mile-autolaps.fit",
    "track-fenix6-600m-reps-dev-fields.fit",
];

#[test]
fn the_oval_is_found_where_it_was_run_and_not_elsewhere() {
    println!(
        "recording                                 lap     fitted  lane  scatter  recorded  gps      fitted"
    );
    for (name, activity) in recordings("track-") {
        let found = segment(&activity, &SegmentOptions::default());
        assert_eq!(found.oval.is_none(), NO_TRACK.contains(&name.as_str()), "{name}");
        let Some(oval) = found.oval else { continue };
        let plain = |source| found.candidates.iter().find(|c| c.distance_source == source).map(|c| c.time_s);
        let shown = |time_s: Option<f64>| time_s.map_or("-".into(), |t| format!("{t:.1}"));
        println!(
            "{name:40} {:6.1}  {:6.1}  {:>4}  {:5.2}    {:>6}    {:>6}   {}",
            oval.lap_length_m,
            oval.fitted_lap_m,
            oval.lane.map_or("-".into(), |lane| lane.to_string()),
            oval.scatter_m,
            shown(plain(DistanceSource::Recorded)),
            shown(plain(DistanceSource::Gps)),
            shown(found.best.as_ref().map(|best| best.window.time_s)),
        );
    }
}

#[test]
fn laps_of_a_watch_that_knows_the_track_agree_to_one_per_cent() {
    for (name, activity) in recordings("track-mode-") {
        let oval = segment(&activity, &SegmentOptions::default()).oval.unwrap();
        assert!((oval.fitted_lap_m / 400.0 - 1.0).abs() < 0.01, "{name}: {oval:?}");
        assert!((oval.lap_length_m / 400.0 - 1.0).abs() < 0.005, "{name}: {oval:?}");
    }
}

#[test]
fn laps_of_four_rounds_agree_with_the_watch_to_one_per_cent() {
    for (name, activity) in recordings("track-mode-") {
        let track = segment(&activity, &SegmentOptions::default()).track.unwrap();
        let mut compared = 0;
        for lap in &activity.laps {
            let (Some(elapsed_s), Some(device_m)) = (lap.elapsed_s, lap.distance_m) else { continue };
            if device_m < 1000.0 {
                continue;
            }
            compared += 1;
            let fitted_m = track.distance_at(lap.start_s + elapsed_s) - track.distance_at(lap.start_s);
            println!("{name}: {fitted_m:.0} m by the fit, {device_m:.0} m by the watch");
            assert!((fitted_m / device_m - 1.0).abs() < 0.01, "{name}: {fitted_m} {device_m}");
        }
        assert!(compared > 0, "{name}");
    }
}
