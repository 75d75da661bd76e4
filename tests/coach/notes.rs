//! The catalogue of what is said beside the grade: on body, surroundings, course, records, on two miles side by side,
//! on where a mile stands, and on why it has no grade.

use fourlap::activity::{Activity, Format, Pause, Samples, Sport};
use fourlap::analyzer::comparison::compare;
use fourlap::analyzer::{
    Around, Body, Course, HeartRateLimit, LapHeartRate, LimitSource, body_notes, records,
};
use fourlap::segmenter::{Mark, Split, TimedMile};
use fourlap::{Options, analyze};

use crate::quarters;

fn heart_rates(second_bpm: f64, third_bpm: f64, effort_rise_bpm: f64) -> Body {
    let lap = |mean_bpm| LapHeartRate { mean_bpm, end_bpm: mean_bpm + 3.0, effort_bpm: mean_bpm };
    Body {
        heart_rate: [150.0, second_bpm, third_bpm, 184.0].map(lap).to_vec(),
        lap_3_rise_bpm: Some(third_bpm - second_bpm),
        lap_3_effort_rise_bpm: Some(effort_rise_bpm),
        ..Body::default()
    }
}

fn threshold(bpm: f64, source: LimitSource, crossed_m: Option<f64>) -> Body {
    let limit = Some(HeartRateLimit { bpm, source });
    let zones_s = Some([61.0, 302.4, 660.0, 90.0, 248.0]);
    let max = if source == LimitSource::Recording { source } else { LimitSource::Given };
    let max_heart_rate = Some(HeartRateLimit { bpm: 189.0, source: max });
    Body { threshold: limit, threshold_crossed_m: crossed_m, zones_s, max_heart_rate, ..Body::default() }
}

fn cadence(change_spm: f64, beyond_spm: f64) -> Body {
    let (change, beyond) = (Some(change_spm), Some(beyond_spm));
    Body { cadence_change_spm: change, cadence_change_beyond_speed_spm: beyond, ..Body::default() }
}

/// Every note on body, surroundings, course and records.
#[test]
fn the_catalogue_of_notes() {
    let mut text = String::new();
    let mut say = |sentences: Vec<String>| {
        for sentence in sentences {
            text += &(sentence + "\n");
        }
    };
    for body in [
        heart_rates(174.2, 182.6, 8.0),
        heart_rates(181.0, 181.3, 1.0),
        heart_rates(182.0, 179.0, -9.0),
        cadence(3.0, 4.2),
        cadence(0.2, 0.4),
        cadence(-3.0, -2.4),
        Body { gear_wanted: true, ..cadence(0.2, 0.4) },
        Body { gear_wanted: true, ..cadence(-3.0, -2.4) },
        threshold(165.0, LimitSource::Given, Some(412.0)),
        threshold(166.3, LimitSource::GivenMaximum, Some(3.0)),
        threshold(166.3, LimitSource::Recording, None),
        Body { above_given_bpm: Some(197.0), ..threshold(166.3, LimitSource::Given, None) },
    ] {
        say(body_notes::notes(&body));
    }
    let session = Around {
        warm_up_s: Some(1040.0),
        warm_up_easy: Some(true),
        strides: 3,
        rest_s: Some(150.0),
        cool_down_s: Some(550.0),
        ..Around::default()
    };
    for around in [
        session.clone(),
        Around { warm_up_s: Some(490.0), strides: 0, cool_down_s: Some(170.0), ..session.clone() },
        Around { warm_up_s: Some(1900.0), rest_s: Some(741.0), cool_down_s: None, ..session.clone() },
        Around { warm_up_easy: Some(false), ..session.clone() },
        Around { warm_up_s: None, ..session.clone() },
    ] {
        say(around.sentences(1500.0));
    }
    say(Around { warm_up_s: None, ..session }.sentences(20.0));
    for net_drop_m in [4.0, 25.0] {
        let net_drop_m_per_km = net_drop_m / 1.609344;
        let course = Course { net_drop_m, net_drop_m_per_km, suspect: net_drop_m_per_km > 10.0 };
        say(course.note().into_iter().collect());
    }
    for laps_s in [
        [75.0, 75.5, 76.5, 74.0],
        [75.0, 77.0, 76.5, 75.5],
        [74.0, 75.0, 76.0, 77.0],
        [77.0, 75.0, 75.5, 74.0],
    ] {
        say(records::findings(&quarters(laps_s)));
    }
    insta::assert_snapshot!(text);
}

/// A recording once a second through stretches of (seconds, metres per second).
fn recording(stretches: &[(usize, f64)]) -> Activity {
    let mut at_m = 0.0;
    let speeds = stretches.iter().flat_map(|&(seconds, mps)| std::iter::repeat_n(mps, seconds));
    let moved: Vec<f64> = speeds
        .map(|mps| {
            at_m += mps;
            at_m
        })
        .collect();
    let distance_m = std::iter::once(0.0).chain(moved).enumerate();
    let samples = Samples::of_distance(distance_m.map(|(second, distance_m)| (second as f64, distance_m)));
    let mut activity = Activity::new(Format::Fit, Sport::Running, samples);
    activity.start = "2026-03-01T08:00:00Z".parse().ok();
    activity
}

/// Why a mile has no grade, and what is said of one that is graded only because it was asked for.
#[test]
fn the_catalogue_of_miles_without_a_grade() {
    let steady = recording(&[(900, 3.4), (420, 3.6), (600, 3.4)]);
    let repetitions = recording(&[
        (600, 2.8),
        (80, 5.4),
        (80, 2.2),
        (80, 5.4),
        (80, 2.2),
        (80, 5.4),
        (80, 2.2),
        (80, 5.4),
        (600, 2.6),
    ]);
    let standing = recording(&[(600, 2.6), (160, 5.0), (25, 0.0), (170, 5.0), (600, 2.6)]);
    let first_of_three = recording(&[(300, 2.6), (60, 0.0), (320, 5.0), (640, 4.9), (300, 2.6)]);
    let last_of_two = recording(&[(1200, 2.6), (330, 4.9), (325, 5.0), (1200, 2.6)]);
    let broken_off = recording(&[(600, 2.6), (200, 5.0), (24, 0.0), (280, 5.0), (700, 3.9)]);
    let mut paused = recording(&[(600, 2.6), (330, 5.0), (600, 2.6)]);
    paused.pauses = vec![Pause { start_s: 760.0, end_s: 760.5 }];
    // Walked before and after, so that it is much faster than most of the rest.
    let tempo = recording(&[(1500, 1.9), (550, 3.4), (450, 3.6), (550, 3.35), (1500, 1.9)]);
    let one_of_three =
        recording(&[(600, 2.6), (320, 5.0), (240, 2.2), (325, 5.03), (240, 2.2), (320, 5.0), (900, 2.4)]);
    let mut at_rest = recording(&[(900, 2.4), (480, 3.4), (900, 2.4)]);
    at_rest.samples.heart_rate_bpm = Some((0..=2280).map(|_| Some(131.0)).collect());
    let mut text = String::new();
    for activity in [
        steady,
        repetitions,
        standing,
        first_of_three,
        last_of_two,
        broken_off,
        paused,
        tempo,
        one_of_three,
        at_rest,
    ] {
        let plain = analyze(&activity, &Options::default());
        assert!(plain.grade.is_none(), "{:?}", plain.best_mile);
        text += &(plain.grade_reason.unwrap() + "\n");
        let asked = analyze(&activity, &Options::with_goal(330.0));
        let notice = asked.notices.iter().find(|notice| notice.code == "no-single-effort").unwrap();
        text += &format!("{}\n", notice.message);
        let grade = asked.grade.unwrap();
        assert!(!grade.tactical);
        text += &(grade.advice.join("\n") + "\n");
    }
    insta::assert_snapshot!(text);
}

fn mile(laps_s: [f64; 4], uncertainty_s: Option<f64>) -> TimedMile {
    let mut at_s = 0.0;
    let mut marks = Vec::new();
    let split = |(lap, &time_s): (usize, &f64)| {
        at_s += time_s;
        let to_m = 400.0 * (lap as f64 + 1.0);
        marks.push(Mark { distance_m: to_m, time_s: at_s, uncertainty_s: None });
        Split {
            label: format!("lap {}", lap + 1),
            from_m: to_m - 400.0,
            to_m,
            time_s,
            per_400m_s: time_s,
            uncertainty_s: None,
            heart_rate_bpm: None,
            cadence_spm: None,
        }
    };
    let splits = laps_s.iter().enumerate().map(split).collect();
    TimedMile { start_s: 0.0, time_s: at_s + 1.9, uncertainty_s, marks, splits }
}

/// Everything that is said of two miles side by side.
#[test]
fn the_catalogue_of_comparisons() {
    let even = [79.0; 4];
    let mut text = String::new();
    for (a, b, uncertainty_s) in [
        (even, even, None),
        (even, [79.1; 4], Some(0.6)),
        (even, [78.0, 80.5, 83.0, 79.0], Some(0.6)),
        (even, [78.0, 78.5, 79.0, 75.0], None),
        (even, [80.0, 80.0, 80.0, 80.0], Some(0.6)),
        (even, [75.0, 79.0, 79.0, 83.0], None),
        (even, [75.0, 77.0, 82.0, 82.2], Some(0.6)),
        (even, [180.0, 79.0, 79.0, 83.0], None),
    ] {
        text += &(compare(&mile(a, uncertainty_s), &mile(b, uncertainty_s)).notes.join(" ") + "\n");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_mile_down_a_hill_is_suspect() {
    let falling_by = |share: f32| {
        let mut activity = recording(&[(600, 2.6), (330, 5.0), (600, 2.6)]);
        let heights = activity.samples.elapsed_s.iter().map(|&s| Some(400.0 - share * 3.0 * s as f32));
        activity.samples.altitude_m = Some(heights.collect());
        analyze(&activity, &Options::default()).best_mile.unwrap().verdict_reason
    };
    assert_eq!(falling_by(0.0), None);
    assert_eq!(falling_by(0.05).unwrap(), "its course drops 48 m from start to finish");
}
