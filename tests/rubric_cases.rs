//! `fourlap grade` against 27 miles whose scores were computed independently of this code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/program.rs"]
mod program;
mod support;

use program::program;
use serde_json::Value;
use support::Row;

const CASES: &str = include_str!("data/rubric_cases.csv");
const PARTS: [&str; 8] =
    ["check_200", "lap_1", "half_800", "lap_3", "lap_4", "hundreds", "finish", "steadiness"];

/// One row of the table.
struct Case(Row);

impl Case {
    fn get(&self, column: &str) -> Option<&str> {
        Some(self.0.get(column)).filter(|cell| !cell.is_empty())
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.0.number(column)
    }

    /// The arguments of `fourlap grade`; the hundreds become marks counted from the end of lap 3.
    fn arguments(&self) -> Vec<String> {
        let lap = |n: usize| self.get(&format!("lap_{n}_s")).unwrap().to_owned();
        let mut arguments: Vec<String> = vec!["grade".into(), "--format".into(), "json".into()];
        // With a decimal point, so that none is taken for minutes and seconds: 104.0 and not 104.
        let typed = |time_s: &str| format!("{:?}", time_s.parse::<f64>().unwrap());
        arguments.extend((1..=4).map(|n| typed(&lap(n))));
        arguments.extend(["--scheme".into(), self.get("scheme").unwrap().into()]);
        if let Some(goal) = self.get("goal_s") {
            arguments.extend(["--goal".into(), typed(goal)]);
        }
        let mut marks: Vec<String> = self.get("t200_s").map(|t| format!("200={t}")).into_iter().collect();
        if self.get("h1_s").is_some() {
            let mut at_s: f64 = (1..=3).map(|n| lap(n).parse::<f64>().unwrap()).sum();
            marks.push(format!("1200={at_s:.3}"));
            for (hundred, distance_m) in [1300, 1400, 1500, 1600].into_iter().enumerate() {
                at_s += self.number(&format!("h{}_s", hundred + 1)).unwrap();
                marks.push(format!("{distance_m}={at_s:.3}"));
            }
        }
        if !marks.is_empty() {
            arguments.extend(["--marks".into(), marks.join(",")]);
        }
        arguments
    }
}

fn cases() -> Vec<Case> {
    support::rows(CASES.as_bytes()).into_iter().map(Case).collect()
}

fn graded(case: &Case) -> Value {
    let done = program().args(case.arguments()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn every_score_and_part_is_right_to_a_tenth() {
    let cases = cases();
    assert_eq!(cases.len(), 27);
    for case in &cases {
        let name = case.get("case").unwrap();
        let grade = graded(case);
        let check = |what: &str, got: Option<f64>, expected: Option<f64>| match (got, expected) {
            (Some(got), Some(expected)) => {
                assert!((got - expected).abs() <= 0.1 + 1e-9, "{name}: {what} {got}, expected {expected}");
            }
            (got, expected) => assert_eq!(got, expected, "{name}: {what}"),
        };
        check("score", grade["score"].as_f64(), case.number("score"));
        check("pattern score", grade["pattern_score"].as_f64(), case.number("pattern_score"));
        let parts = grade["parts"].as_array().unwrap();
        for id in PARTS {
            let part = parts.iter().find(|part| part["id"] == id);
            check(id, part.and_then(|part| part["points"].as_f64()), case.number(id));
        }
    }
}

#[test]
fn the_range_holds_the_score() {
    for case in &cases() {
        let grade = graded(case);
        let [low, score, high] = ["low", "score", "high"].map(|key| grade[key].as_f64().unwrap());
        assert!(low <= score && score <= high, "{}: {low} {score} {high}", case.get("case").unwrap());
    }
}
