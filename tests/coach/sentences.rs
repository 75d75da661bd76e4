//! The catalogue of what a grade can say.

use fourlap::analyzer::TimingErrors;
use fourlap::analyzer::grade::{Graded, PacingGrade, grade};
use fourlap::analyzer::rubric::PacedMile;
use fourlap::segmenter::LapScheme;

use crate::{detailed, quarters};

/// A mile with its goal and its errors.
type Case = (PacedMile, Option<f64>, Option<TimingErrors>);

/// Every kind of sentence a grade can say, each from a mile that makes it say so.
#[test]
fn the_catalogue_of_sentences() {
    let easy = [1.0, 0.995, 0.99, 0.98];
    let slowing = [0.98, 1.0, 1.0, 1.02];
    let plain = |laps_s| (quarters(laps_s), None, None);
    let with = |laps_s, t200, hundreds| (detailed(LapScheme::Line, laps_s, t200, hundreds), None, None);
    let no_race = |laps_s| (PacedMile { raced: false, ..quarters(laps_s) }, None, None);
    let goal = |laps_s, goal_s| (quarters(laps_s), Some(goal_s), None);
    let doubted = |laps_s, goal_s| (quarters(laps_s), Some(goal_s), Some(TimingErrors::uniform(0.5)));
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
        ("goal a little too hot, even laps", goal([77.0; 4], 300.0)),
        ("goal a little too hot, pattern not clean", goal([77.5, 75.0, 79.8, 75.5], 300.0)),
        ("goal out of reach, a fade", goal([73.0, 75.0, 78.0, 77.0], 260.0)),
        ("goal out of reach, a start at its pace", goal([70.0, 74.0, 84.0, 92.0], 280.0)),
        ("goal too close to call", doubted([76.0, 74.3, 75.0, 74.9], 300.0)),
        ("goal too easy, even laps", goal([75.0; 4], 390.0)),
        ("goal too easy, a fade", goal([70.0, 75.0, 79.0, 76.0], 390.0)),
        ("goal missed by a fade", goal([73.0, 75.0, 78.0, 77.0], 300.0)),
        ("the hundreds steady", with([77.0, 75.0, 75.0, 74.4], 1.0, [0.99, 0.994, 0.99, 0.98])),
        (
            "the hundreds steady, then a sprint",
            with([77.0, 75.0, 75.0, 74.4], 1.0, [1.005, 1.009, 1.01, 0.93]),
        ),
        ("no race, the last lap much the fastest", no_race([78.0, 78.0, 76.0, 64.0])),
        ("200 m too fast", with([76.8, 75.0, 75.0, 74.0], 0.9, easy)),
        ("200 m too slow", with([77.6, 75.0, 75.0, 74.0], 1.1, easy)),
        ("lap 2 the faster of a fast half", plain([77.0, 72.0, 84.0, 85.0])),
        ("the start fast, the last lap paid", plain([73.6, 75.4, 75.6, 79.0])),
        ("the start fast, nobody paid", plain([73.0, 77.5, 75.4, 75.3])),
        ("still too fast in lap 2, the last lap the better", plain([68.0, 71.0, 86.0, 81.0])),
        ("still ahead in lap 3", plain([76.0, 66.0, 70.0, 84.0])),
        ("fast, then fading", with([77.0, 75.0, 75.0, 73.4], 1.0, [0.97, 0.98, 1.0, 1.06])),
        ("slow laps, the first too slow", plain([140.0, 133.0, 133.0, 133.0])),
        ("goal beaten by laps that grew faster", goal([76.8, 76.8, 74.7, 72.7], 310.0)),
        ("goal beaten with a kick", goal([75.0, 75.5, 74.8, 70.0], 310.0)),
        ("well paced, laps well apart", plain([185.0, 181.0, 180.0, 176.0])),
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
        ("lap 3 the slow one of a mile that beat its goal", goal([72.0, 78.0, 74.4, 68.0], 301.0)),
        ("a surge in lap 3", plain([75.0, 75.0, 70.0, 80.0])),
        ("the last lap slow", plain([75.0, 75.0, 75.0, 78.0])),
        ("the last lap slow, hundreds known", with([76.0, 75.0, 75.0, 78.0], 1.0, slowing)),
        ("nothing left", plain([75.0, 75.0, 75.0, 82.0])),
        ("known too roughly, even", unsure([75.0; 4], 1.5)),
        ("known too roughly, uneven", unsure([73.6, 76.0, 76.6, 75.0], 2.5)),
    ];
    let mut text = String::new();
    for (name, (mile, goal_s, errors)) in miles {
        let of = if errors.is_some() { Graded::Race } else { Graded::Typed };
        let time_s = mile.laps_s.iter().sum();
        text += &told(name, time_s, &grade(&mile, goal_s, of, errors.as_ref()));
    }
    insta::assert_snapshot!(text);
}

/// Over a grid of miles the words beside a lap never say the contrary of the seconds beside them.
#[test]
fn words_fit_their_seconds() {
    const FAST: [&str; 8] =
        ["too hard", "quick", "too fast", "pushed", "surged", "still ahead", "pressed on", "ahead of"];
    const SLOW: [&str; 6] = ["cautious", "too slowly", "slow", "lost the rhythm", "paid for", "slipped"];
    let paces = [68.0, 72.0, 74.4, 75.0, 75.6, 78.0, 84.0];
    for grid in 0..paces.len().pow(4) {
        let laps_s = [0, 1, 2, 3].map(|lap| paces[grid / paces.len().pow(lap) % paces.len()]);
        for goal_s in [None, Some(280.0), Some(301.0), Some(320.0)] {
            let grade = grade(&quarters(laps_s), goal_s, Graded::Typed, None);
            for lap in &grade.laps[..3] {
                // What stands behind a semicolon is of two laps together.
                let own = lap.verdict.split(';').next().unwrap();
                let says = |words: &[&str]| words.iter().any(|word| own.contains(word));
                let what = format!("{laps_s:?}, goal {goal_s:?}, {} {}: {own}", lap.label, lap.delta_s);
                assert!(!says(&FAST) || lap.delta_s < 0.0, "{what}");
                assert!(!says(&SLOW) || lap.delta_s > 0.0, "{what}");
                assert!(!own.contains("hung on") || lap.delta_s > -0.8, "{what}");
                assert!(
                    !(own.contains("even") || own.contains("on goal")) || lap.delta_s.abs() < 1.45,
                    "{what}"
                );
            }
            for (lap, told) in grade.laps.iter().enumerate() {
                let of = |words: &str| {
                    let begins = |advice: &String| advice.starts_with(&format!("Lap {} {words}", lap + 1));
                    grade.advice.iter().any(begins)
                };
                let what = format!("{laps_s:?}, goal {goal_s:?}: {:?}", grade.advice);
                assert!(!of("was") || told.delta_s < 0.0, "{what}");
                assert!(!of("lost") || told.delta_s > 0.0, "{what}");
            }
        }
    }
}

fn told(name: &str, time_s: f64, grade: &PacingGrade) -> String {
    let score = format!("{} {:.0}, {}", grade.letter, grade.score, grade.counts.score_name());
    let mut text = format!("# {name}: {score}\n");
    text.extend(grade.against_goal(time_s).map(|goal| goal + "\n"));
    for lap in &grade.laps {
        text += &format!("{}: {}\n", lap.label, lap.verdict);
    }
    for part in grade.parts.iter().chain(&grade.pattern_parts) {
        text +=
            &format!("{}{}: {}\n", part.id, if part.undecided { " (undecided)" } else { "" }, part.message);
    }
    for hundred in &grade.hundreds {
        text += &format!("to {:.0} m: {}\n", hundred.to_m, hundred.verdict);
    }
    text + &grade.advice.join("\n") + "\n\n"
}
