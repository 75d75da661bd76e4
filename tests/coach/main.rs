//! The coach's room as a whole: what must hold of scores, ranges and sentences.

// Helpers of tests are tests too; the lint knows only the functions that are marked.
#![allow(clippy::unwrap_used)]

mod notes;
mod sentences;

use std::collections::BTreeSet;

use fourlap::analyzer::TimingErrors;
use fourlap::analyzer::grade::{Graded, grade};
use fourlap::analyzer::rubric::{PacedMile, Yardstick, score};
use fourlap::segmenter::LapScheme;
use proptest::prelude::*;

const CASES: &str = include_str!("../data/rubric_cases.csv");
const SHAPES: &str = include_str!("../data/shapes.csv");

fn scheme(name: &str) -> LapScheme {
    LapScheme::ALL.into_iter().find(|scheme| scheme.as_str() == name).unwrap()
}

pub(crate) fn quarters(laps_s: [f64; 4]) -> PacedMile {
    PacedMile::of_laps(LapScheme::Quarters.lengths_m(), laps_s)
}

/// With 200 m at a share of lap 1 and the hundreds at shares of lap 4.
pub(crate) fn detailed(scheme: LapScheme, laps_s: [f64; 4], t200: f64, hundreds: [f64; 4]) -> PacedMile {
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
        raced: true,
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
        let mile = PacedMile::of_laps(lengths_m, laps_s);
        (PacedMile { t200_s: number(7), closing_marks_s, ..mile }, number(6))
    };
    CASES.lines().skip(1).map(row).collect()
}

#[test]
fn on_the_rubrics_cases_more_uncertainty_never_narrows_the_range() {
    let mut ranges = 0;
    for (mile, goal_s) in cases() {
        let mut narrower: Option<(f64, f64)> = None;
        for step in 0..20 {
            let error_s = 0.15 * f64::from(step);
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
    assert_eq!(ranges, 27 * 20);
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
            raced: true,
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
