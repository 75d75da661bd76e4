//! The surroundings of a mile that are known.

use super::*;
use crate::segmenter::DistanceSource;

/// Stretches of (seconds, metres per second), once a second.
fn track(stretches: &[(usize, f64)]) -> DistanceTrack {
    let speeds = stretches.iter().flat_map(|&(seconds, speed_mps)| std::iter::repeat_n(speed_mps, seconds));
    let mut distance_m = 0.0;
    let points = speeds.enumerate().map(|(second, speed_mps)| {
        distance_m += speed_mps;
        (second as f64 + 1.0, distance_m)
    });
    DistanceTrack::through(DistanceSource::Recorded, std::iter::once((0.0, 0.0)).chain(points))
}

const MILE: (usize, f64) = (322, 5.0);

#[test]
fn a_full_session_is_seen_whole() {
    let mut session = vec![(1020, 3.4), (30, 0.0)];
    session.extend([(14, 5.3), (50, 1.4)].repeat(3));
    session.extend([(90, 0.0), MILE, (30, 0.5), (600, 3.2)]);
    let start_s: usize = session.iter().take_while(|&&s| s != MILE).map(|s| s.0).sum();
    let mile = Window { start_s: start_s as f64, end_s: start_s as f64 + 321.9 };
    let around = around(&track(&session), mile, true);
    assert!((around.warm_up_s.unwrap() - 1020.0).abs() < 5.0, "{around:?}");
    assert!((around.cool_down_s.unwrap() - 600.0).abs() < 5.0, "{around:?}");
    assert!((around.rest_s.unwrap() - 140.0).abs() < 5.0, "{around:?}");
    assert_eq!((around.strides, around.warm_up_easy), (3, Some(true)));
    assert_eq!(around.notes, ["The warm-up of 17:00 was easy and long enough."]);
}

#[test]
fn a_mile_alone_is_told_kindly_what_would_help() {
    let track = track(&[(10, 0.0), MILE, (20, 1.0)]);
    let mile = Window { start_s: 10.0, end_s: 331.9 };
    let alone = around(&track, mile, true);
    assert_eq!((alone.warm_up_s, alone.strides, alone.cool_down_s), (None, 0, None));
    assert!(alone.notes[0].starts_with("The recording begins at the start."), "{:?}", alone.notes);
    assert!(around(&track, mile, false).notes.is_empty());
}

#[test]
fn the_last_bit_of_a_start_time_moves_nothing() {
    let track = track(&[(600, 3.0), (60, 0.0), MILE, (30, 0.0), (607, 3.1)]);
    for bits in 0..400 {
        let end_s = 982.0 + f64::from(bits) * 1e-13 - 2e-11;
        let after = around(&track, Window { start_s: 660.0, end_s }, true);
        assert_eq!((after.warm_up_s, after.cool_down_s), (Some(599.0), Some(606.0)), "{end_s}");
    }
}

#[test]
fn a_run_as_fast_as_the_mile_is_no_easy_warm_up() {
    let track = track(&[(600, 4.5), (60, 0.0), MILE]);
    let around = around(&track, Window { start_s: 660.0, end_s: 981.9 }, true);
    assert_eq!(around.warm_up_easy, Some(false));
    assert!(around.notes[0].contains("was not easy"), "{:?}", around.notes);
}

#[test]
fn a_rest_that_was_not_recorded_is_told_as_one() {
    let mut points: Vec<(f64, f64)> = (0..=600).map(|s| (f64::from(s), 3.0 * f64::from(s))).collect();
    points.extend((0..=322).map(|s| (1220.0 + f64::from(s), 1801.0 + 5.0 * f64::from(s))));
    let unseen = DistanceTrack::through(DistanceSource::Recorded, points);
    let noted = |track: &DistanceTrack| {
        let around = around(track, Window { start_s: 1221.0, end_s: 1542.0 }, true);
        (around.rest_unseen, around.notes.join(" "))
    };
    let (is_unseen, notes) = noted(&unseen);
    assert!(is_unseen && notes.contains("No running is recorded in the 10:"), "{notes}");
    let (is_unseen, notes) = noted(&track(&[(600, 3.0), (621, 0.0), MILE]));
    assert!(!is_unseen && notes.contains("The rest before the start was 10:"), "{notes}");
}
