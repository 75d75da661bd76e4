//! `grade` and `plan`: laps and goals that were typed.

use crate::{fourlap, transcript};

#[test]
fn the_grade_of_typed_laps() {
    let laps = ["grade", "57.7", "60.6", "62.4", "58.7", "--goal", "4:00"];
    insta::assert_snapshot!(transcript(&laps));
}

#[test]
fn the_grade_of_typed_laps_with_hundreds() {
    let marks = "200=38.6,1200=4:00.1,1300=4:20.0,1400=4:39.7,1500=4:59.1,1600=5:17.9";
    insta::assert_snapshot!(transcript(&[
        "grade", "80.9", "79.6", "79.9", "79.2", "--goal", "5:20", "--marks", marks
    ]));
}

#[test]
fn the_grade_against_a_goal_out_of_reach() {
    insta::assert_snapshot!(transcript(&["grade", "78", "80", "82", "79", "--goal", "4:20"]));
}

#[test]
fn four_laps_of_400_m_are_held_against_the_goal_as_a_mile() {
    let told = transcript(&["grade", "80", "79.5", "80.5", "79", "--scheme", "1600", "--goal", "5:20"]);
    assert!(told.contains("1600 m  5:19.0"), "{told}");
    assert!(told.contains("a mile in 5:20.9\n"), "{told}");
    assert!(told.contains(" goal 5:20 missed by 0.9 s\n"), "{told}");
}

#[test]
fn the_plan_for_a_goal() {
    insta::assert_snapshot!(transcript(&["plan", "5:20"]));
}

#[test]
fn a_plan_fits_a_wrist_in_every_scheme() {
    for scheme in ["line", "quarters", "start", "1600"] {
        for goal in ["5:20", "12:00"] {
            let text = String::from_utf8(fourlap(&["plan", goal, "--scheme", scheme]).stdout).unwrap();
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(26), "{widest:?} columns:\n{text}");
        }
    }
}
