//! The mile that was asked for: by laps of the device, and by its official time.

use fourlap::segmenter::{MileStart, SegmentOptions, Verdict, segment};

use crate::robustness::{pressed, track_mile};

fn asked(first: usize, last: usize) -> SegmentOptions {
    let mut options = SegmentOptions::default();
    options.start = Some(MileStart::Laps(first, last));
    options
}

#[test]
fn four_laps_are_the_mile_and_a_long_lap_holds_it() {
    let mut activity = track_mile();
    let free = segment(&activity, &SegmentOptions::default()).best.unwrap();
    let race = free.race.unwrap();
    // One lap before the gun, four in the mile, one after it.
    let quarter_s = race.time_s / 4.0;
    activity.laps = vec![pressed(0.0, race.start_s)];
    activity.laps.extend((0..4).map(|k| pressed(race.start_s + quarter_s * f64::from(k), quarter_s)));
    activity.laps.push(pressed(race.end_s(), 120.0));
    let mile = segment(&activity, &asked(2, 5)).best.unwrap().window;
    assert!((mile.start_s - race.start_s).abs() < 1e-6, "it begins with the first of them");
    assert!((mile.time_s - race.time_s).abs() < 0.05, "{} {}", mile.time_s, race.time_s);
    let whole = segment(&activity, &asked(1, 6)).best.unwrap().window;
    assert!((whole.time_s - free.window.time_s).abs() < 0.5, "{} {}", whole.time_s, free.window.time_s);
    assert!(segment(&activity, &asked(2, 9)).best.is_none(), "there is no lap 9");
}

#[test]
fn an_official_time_is_believed_as_far_as_the_measurement_may_err() {
    let activity = track_mile();
    let race_s = segment(&activity, &SegmentOptions::default()).best.unwrap().race.unwrap().time_s;
    let verdict = |official_s| {
        let mut options = SegmentOptions::default();
        options.official_s = Some(official_s);
        let best = segment(&activity, &options).best.unwrap();
        assert!((best.race.unwrap().time_s - official_s).abs() < 1e-6);
        (best.verdict, best.verdict_reason)
    };
    assert_eq!(verdict(race_s + 1.0), (Verdict::Clean, None));
    let (doubted, reason) = verdict(race_s + 40.0);
    assert_eq!(doubted, Verdict::Suspect);
    assert!(reason.unwrap().starts_with("the official time of "));
}
