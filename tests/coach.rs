//! The coach's room as a whole: what must hold of scores, ranges and sentences.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;

use fourlap::analyzer::around::Around;
use fourlap::analyzer::body::{Body, HeartRateLimit, LapHeartRate, LimitSource};
use fourlap::analyzer::course::Course;
use fourlap::analyzer::grade::{Graded, PacingGrade, grade};
use fourlap::analyzer::rubric::{PacedMile, Yardstick, score};
use fourlap::analyzer::spread::TimingErrors;
use fourlap::analyzer::{body_notes, records};
use fourlap::segmenter::LapScheme;
use proptest::prelude::*;

const CASES: &str = include_str!("data/rubric_cases.csv");
const SHAPES: &str = include_str!("data/shapes.csv");

fn scheme(name: &str) -> LapScheme {
    LapScheme::ALL.into_iter().find(|scheme| scheme.as_str() == name).unwrap()
}

fn quarters(laps_s: [f64; 4]) -> PacedMile {
    PacedMile { lengths_m: LapScheme::Quarters.lengths_m(), laps_s, t200_s: None, closing_marks_s: None }
}

/// With 200 m at a share of lap 1 and the hundreds at shares of lap 4.
fn detailed(scheme: LapScheme, laps_s: [f64; 4], t200: f64, hundreds: [f64; 4]) -> PacedMile {
    let mut at_s = laps_s[..3].iter().sum::<f64>() - (scheme.boundaries_m()[3] - 1200.0) / 400.0 * laps_s[2];
    let mut closing = [at_s; 5];
    for (mark, share) in closing.iter_mut().skip(1).zip(hundreds) {
        at_s += share * laps_s[3] * 100.0 / scheme.lengths_m()[3];
        *mark = at_s;
    }
    PacedMile {
        lengths_m: scheme.lengths_m(),
        laps_s,
        t200_s: Some(t200 * laps_s[0] * 200.0 / scheme.lengths_m()[0]),
        closing_marks_s: Some(closing),
    }
}

/// The rubric's cases with their goals: names hold no commas that matter here, numbers come from the right.
fn cases() -> Vec<(PacedMile, Option<f64>)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.rsplitn(22, ',').collect::<Vec<_>>().into_iter().rev().collect();
        let number = |cell: usize| cells[cell].parse::<f64>().ok();
        let laps_s = [2, 3, 4, 5].map(|cell| number(cell).unwrap());
        let t1200_s: f64 = laps_s[..3].iter().sum();
        let hundreds = [8, 9, 10, 11].map(number);
        let closing_marks_s = hundreds[0].map(|_| {
            let mut at_s = t1200_s;
            let mut closing = [at_s; 5];
            for (mark, hundred_s) in closing.iter_mut().skip(1).zip(hundreds) {
                at_s += hundred_s.unwrap();
                *mark = at_s;
            }
            closing
        });
        let lengths_m = scheme(cells[1]).lengths_m();
        (PacedMile { lengths_m, laps_s, t200_s: number(7), closing_marks_s }, number(6))
    };
    CASES.lines().skip(1).map(row).collect()
}

#[test]
fn on_the_rubrics_cases_more_uncertainty_never_narrows_the_range() {
    let mut ranges = 0;
    for (mile, goal_s) in cases() {
        let mut narrower: Option<(f64, f64)> = None;
        for step in 0..60 {
            let error_s = 0.05 * f64::from(step);
            let grade = grade(&mile, goal_s, Graded::Typed, Some(&TimingErrors::uniform(error_s)));
            let (low, high) = (grade.low.unwrap(), grade.high.unwrap());
            assert!(low <= grade.score && grade.score <= high, "{mile:?} at {error_s}: {low} {high}");
            if let Some((before_low, before_high)) = narrower {
                assert!(low <= before_low + 1e-9 && high >= before_high - 1e-9, "{mile:?} at {error_s}");
            }
            narrower = Some((low, high));
            ranges += 1;
        }
    }
    assert_eq!(ranges, 27 * 60);
}

#[test]
fn going_astray_from_the_plan_never_earns_points() {
    // Directions away from even laps in which each lap goes one way: a start too fast, a fade, a kick ...
    let directions = [
        [-1.0, 0.0, 0.5, 0.5],
        [-1.0, -0.5, 0.5, 1.0],
        [1.0, 0.0, 0.0, -1.0],
        [0.0, 0.0, 1.0, -0.5],
        [0.0, 0.0, -1.0, 1.0],
        [0.0, -1.0, 0.5, 0.5],
        [0.0, 0.0, 0.0, 1.0],
    ];
    for direction in directions {
        let mut before = f64::INFINITY;
        for step in 0..40 {
            let d = 0.25 * f64::from(step);
            let laps_s = std::array::from_fn(|lap| 75.0 + d * direction[lap]);
            let now = score(&quarters(laps_s), Yardstick::OwnPace);
            assert!(now <= before + 1e-9, "{direction:?} at {d}: {now} after {before}");
            before = now;
        }
    }
    // Laps that grow evenly: a, a + d, a + 2d, a + 3d.
    let mut before = f64::INFINITY;
    for step in 0..80 {
        let d = 0.1 * f64::from(step);
        let now = score(&quarters([0.0, 1.0, 2.0, 3.0].map(|lap| 70.0 + d * lap)), Yardstick::OwnPace);
        assert!(now <= before + 1e-9, "d = {d}: {now} after {before}");
        before = now;
    }
}

proptest! {
    #[test]
    fn laps_that_slow_down_evenly_never_score_better_the_more_they_do(
        first_s in 55.0..130.0_f64, d in 0.0..6.0_f64, more in 0.0..6.0_f64
    ) {
        let slowing = |d: f64| quarters([0.0, 1.0, 2.0, 3.0].map(|lap| first_s + d * lap));
        let (less, worse) = (slowing(d), slowing(d + more));
        prop_assert!(score(&worse, Yardstick::OwnPace) <= score(&less, Yardstick::OwnPace) + 1e-9);
    }

    #[test]
    fn the_range_holds_the_score_and_two_to_four_sentences_are_said(
        laps_s in proptest::array::uniform4(55.0..95.0_f64), t200 in 0.9..1.1_f64,
        hundreds in proptest::array::uniform4(0.93..1.07_f64), goal in 0.9..1.1_f64, error_s in 0.0..2.0_f64
    ) {
        let mile = detailed(LapScheme::Line, laps_s, t200, hundreds);
        for goal_s in [None, Some(goal * laps_s.iter().sum::<f64>())] {
            let grade = grade(&mile, goal_s, Graded::Window, Some(&TimingErrors::uniform(error_s)));
            prop_assert!(grade.low.unwrap() <= grade.score && grade.score <= grade.high.unwrap());
            prop_assert!((2..=4).contains(&grade.advice.len()), "{:?}", grade.advice);
            for sentence in grade.advice.iter().chain(grade.parts.iter().map(|part| &part.message)) {
                prop_assert!(!sentence.contains("NaN") && !sentence.contains('!') && !sentence.contains("-0"));
            }
        }
    }
}

/// Lap tables of simulated miles, shape by shape: what is said first must be the shape's fault.
#[test]
fn the_advice_agrees_with_the_lap_table_of_every_shape() {
    let mut shapes = BTreeSet::new();
    for line in SHAPES.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |cell: usize| cells[cell].parse::<f64>().unwrap();
        let mile = PacedMile {
            lengths_m: scheme(cells[1]).lengths_m(),
            laps_s: [2, 3, 4, 5].map(number),
            t200_s: Some(number(6)),
            closing_marks_s: Some([7, 8, 9, 10, 11].map(number)),
        };
        let expected = match cells[0] {
            "coach" | "even" => "Well paced",
            "fade" | "blowup" => "The first lap was ",
            "kick" => "Too much was kept for the end: ",
            "jogsprint" => "A sit and kick, with too much kept for the end: ",
            shape => panic!("{shape}"),
        };
        for errors in [None, Some(TimingErrors::uniform(0.3)), Some(TimingErrors::uniform(0.7))] {
            let grade = grade(&mile, None, Graded::Race, errors.as_ref());
            assert!(grade.advice[0].starts_with(expected), "{line}: {:?}", grade.advice);
        }
        shapes.insert(cells[0]);
    }
    assert_eq!(shapes.len(), 6);
}

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
        threshold(165.0, LimitSource::Given, Some(412.0)),
        threshold(166.3, LimitSource::GivenMaximum, Some(3.0)),
        threshold(166.3, LimitSource::Recording, None),
    ] {
        say(body_notes::notes(&body));
    }
    let session = Around {
        warm_up_s: Some(1040.0),
        warm_up_easy: Some(true),
        strides: 3,
        rest_s: Some(150.0),
        cool_down_s: Some(550.0),
        notes: vec![],
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

/// A mile with its goal and its errors.
type Case = (PacedMile, Option<f64>, Option<TimingErrors>);

/// Every kind of sentence a grade can say, each from a mile that makes it say so.
#[test]
fn the_catalogue_of_sentences() {
    let easy = [1.0, 0.995, 0.99, 0.98];
    let slowing = [0.98, 1.0, 1.0, 1.02];
    let plain = |laps_s| (quarters(laps_s), None, None);
    let with = |laps_s, t200, hundreds| (detailed(LapScheme::Line, laps_s, t200, hundreds), None, None);
    let goal = |laps_s, goal_s| (quarters(laps_s), Some(goal_s), None);
    let unsure = |laps_s, error_s| (quarters(laps_s), None, Some(TimingErrors::uniform(error_s)));
    let miles: Vec<(&str, Case)> = vec![
        ("even laps", plain([75.0; 4])),
        ("the coach's plan, hundreds known", with([77.6, 74.6, 75.2, 73.6], 1.0, easy)),
        ("well paced, the last lap slowing", with([77.0, 75.0, 75.0, 74.6], 1.0, slowing)),
        ("well paced, one hundred slow", with([77.0, 75.0, 75.0, 74.6], 1.0, [0.99, 1.02, 1.0, 0.98])),
        (
            "well paced, no faster last hundred",
            with([77.0, 75.0, 75.0, 74.6], 1.0, [0.98, 1.005, 1.003, 1.0]),
        ),
        ("goal reached", goal([76.0, 74.3, 75.0, 74.0], 300.0)),
        ("goal well beaten, uneven", goal([70.0, 75.0, 79.0, 76.0], 310.0)),
        ("goal missed by even laps", goal([78.75; 4], 300.0)),
        ("goal missed, pattern not clean", goal([79.5, 77.0, 82.0, 78.0], 300.0)),
        ("goal missed by a fade", goal([73.0, 75.0, 78.0, 77.0], 300.0)),
        ("200 m too fast", with([76.8, 75.0, 75.0, 74.0], 0.9, easy)),
        ("200 m too slow", with([77.6, 75.0, 75.0, 74.0], 1.1, easy)),
        ("a fade", plain([70.0, 75.0, 79.0, 76.0])),
        ("a blow-up", plain([68.0, 74.0, 80.0, 84.0])),
        ("first lap fast, the rest even", plain([72.0, 76.0, 75.5, 75.0])),
        ("first half fast", plain([74.7, 72.6, 77.5, 76.0])),
        ("first lap slow", plain([79.0, 75.0, 74.0, 74.0])),
        ("first half slow", plain([76.2, 77.7, 74.0, 73.5])),
        ("too much kept", plain([75.0, 75.0, 75.0, 70.0])),
        ("sit and kick", plain([78.0, 78.0, 76.0, 64.0])),
        ("lap 2 too fast", plain([75.5, 70.5, 77.0, 77.0])),
        ("lap 2 lost", plain([74.0, 80.0, 75.0, 74.0])),
        ("lap 3 lost", plain([75.0, 75.0, 79.5, 73.5])),
        ("a surge in lap 3", plain([75.0, 75.0, 70.0, 80.0])),
        ("the last lap slow", plain([75.0, 75.0, 75.0, 78.0])),
        ("the last lap slow, hundreds known", with([76.0, 75.0, 75.0, 78.0], 1.0, slowing)),
        ("nothing left", plain([75.0, 75.0, 75.0, 82.0])),
        ("known too roughly, even", unsure([75.0; 4], 1.5)),
        ("known too roughly, uneven", unsure([73.6, 76.0, 76.6, 75.0], 2.5)),
    ];
    let mut text = String::new();
    for (name, (mile, goal_s, errors)) in miles {
        text += &told(name, &grade(&mile, goal_s, Graded::Typed, errors.as_ref()));
    }
    insta::assert_snapshot!(text);
}

fn told(name: &str, grade: &PacingGrade) -> String {
    let mut text = format!("# {name}: {} {:.0}\n", grade.letter, grade.score);
    for lap in &grade.laps {
        text += &format!("{}: {}\n", lap.label, lap.verdict);
    }
    for part in &grade.parts {
        text +=
            &format!("{}{}: {}\n", part.id, if part.undecided { " (undecided)" } else { "" }, part.message);
    }
    for hundred in &grade.hundreds {
        text += &format!("to {:.0} m: {}\n", hundred.to_m, hundred.verdict);
    }
    text + &grade.advice.join("\n") + "\n\n"
}
