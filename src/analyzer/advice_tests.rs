//! The advice agrees with the lap table.

use super::*;
use crate::analyzer::grade::{Graded, grade};
use crate::analyzer::spread::TimingErrors;

fn first_advice(scheme: LapScheme, laps_s: [f64; 4], errors: Option<&TimingErrors>) -> String {
    let mile = PacedMile::of_laps(scheme.lengths_m(), laps_s);
    let advice = grade(&mile, None, Graded::Typed, errors).advice;
    assert!((2..=4).contains(&advice.len()), "{advice:?}");
    advice[0].clone()
}

#[test]
fn what_cost_most_is_named_first() {
    let cases = [
        ([75.0, 75.0, 75.0, 75.0], "Well paced"),
        ([76.0, 74.3, 75.0, 74.0], "Well paced"),
        ([70.0, 75.0, 79.0, 76.0], "The first lap was 5.0 s too fast"),
        ([68.0, 74.0, 80.0, 84.0], "The first lap was 8.5 s too fast"),
        ([78.0, 78.0, 76.0, 64.0], "A sit and kick, with too much kept for the end"),
        ([75.0, 75.0, 75.0, 70.0], "Too much was kept for the end"),
        ([75.0, 75.0, 70.0, 80.0], "Lap 3 was 5.0 s too fast"),
        ([75.0, 75.0, 75.0, 78.0], "The last lap was 3.0 s slower"),
        ([70.0, 80.0, 75.0, 75.0], "The first lap was 5.0 s too fast"),
    ];
    for (laps_s, begins) in cases {
        let advice = first_advice(LapScheme::Quarters, laps_s, None);
        assert!(advice.starts_with(begins), "{laps_s:?}: {advice}");
    }
}
