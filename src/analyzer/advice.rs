//! Advice for the next race: what cost most, and the marks to aim for.

use super::grade::PartGrade;
use super::plan::GoalPlan;
use super::rubric::{PacedMile, Part, Yardstick};
use super::verdict::LapDeviations;
use crate::segmenter::LapScheme;
use crate::units::{MILE_M, clock, clock_tenths};

/// What a mile lost points by. Several parts of the rubric may point at one fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The first 200 m, lap or half were too fast.
    FastStart,
    /// They were too slow.
    SlowStart,
    /// Lap 2 alone was off.
    SecondLap,
    /// Lap 3 was too slow.
    ThirdLapLost,
    /// Lap 3 was too fast.
    ThirdLapSurge,
    /// The last lap or its hundreds were slower than what came before.
    NoFinish,
    /// The laps were uneven.
    Uneven,
}

/// A fault that costs fewer points than this is not worth a sentence.
const WORTH_SAYING: f64 = 2.0;
/// At most this many faults are named: a runner can mend one or two things at once.
const MOST_FAULTS: usize = 2;

/// Two to four sentences for the next race, what cost most first. No advice rests on an undecided part.
pub fn advice(mile: &PacedMile, yardstick: Yardstick, parts: &[PartGrade]) -> Vec<String> {
    let faults = faults(mile, yardstick, parts);
    let next_s = next_goal_s(mile, yardstick, !faults.is_empty());
    let plan = GoalPlan::new(next_s, LapScheme::Quarters);
    let mut sentences: Vec<String> =
        faults.iter().take(MOST_FAULTS).map(|(fault, _)| sentence(*fault, mile, yardstick, &plan)).collect();
    if sentences.is_empty() {
        sentences.push(praise(mile));
    }
    sentences.push(marks_to_aim_for(&plan));
    sentences
}

/// The faults with the points they cost, dearest first.
fn faults(mile: &PacedMile, yardstick: Yardstick, parts: &[PartGrade]) -> Vec<(Fault, f64)> {
    let pace = LapDeviations::of(mile, yardstick);
    let mut costs: Vec<(Fault, f64)> = Vec::new();
    for part in Part::ALL {
        let Some(graded) = parts.iter().find(|p| p.id == part.id() && !p.undecided) else { continue };
        let fault = fault_of(part, mile, yardstick, &pace);
        let lost = graded.max - graded.points;
        match costs.iter_mut().find(|(known, _)| *known == fault) {
            Some((_, cost)) => *cost += lost,
            None => costs.push((fault, lost)),
        }
    }
    costs.retain(|&(fault, cost)| cost >= WORTH_SAYING && fault != Fault::Uneven);
    // Whoever starts far too fast pays in lap 3 and at the end: then the start is the cause and comes first.
    let is_cause = |fault| fault == Fault::FastStart && pace.pct[0] < -2.0;
    costs.sort_by(|a, b| is_cause(b.0).cmp(&is_cause(a.0)).then(b.1.total_cmp(&a.1)));
    costs
}

fn fault_of(part: Part, mile: &PacedMile, yardstick: Yardstick, pace: &LapDeviations) -> Fault {
    let start = |pct: f64| if pct < 0.0 { Fault::FastStart } else { Fault::SlowStart };
    match part {
        Part::Check200 => start(mile.t200_s.unwrap_or(0.0) - yardstick.even_s(mile) / 2.0),
        Part::Lap1 => start(pace.pct[0]),
        Part::Half800 if pace.pct[1].abs() > 3.0 && pace.pct[0] * pace.pct[1] <= 0.0 => Fault::SecondLap,
        Part::Half800 => start(pace.pct[0] + pace.pct[1]),
        Part::Lap3 if pace.pct[2] < 0.0 => Fault::ThirdLapSurge,
        Part::Lap3 => Fault::ThirdLapLost,
        Part::Lap4 | Part::Hundreds | Part::Finish => Fault::NoFinish,
        Part::Steadiness => Fault::Uneven,
    }
}

fn sentence(fault: Fault, mile: &PacedMile, yardstick: Yardstick, plan: &GoalPlan) -> String {
    let pace = LapDeviations::of(mile, yardstick);
    let even_s = yardstick.even_s(mile);
    let off_s = |lap: usize| (mile.per_400m_s()[lap] - even_s).abs();
    match fault {
        Fault::FastStart if pace.pct[0] < -0.75 => format!(
            "The first lap was {:.1} s too fast, and the laps after it paid: look at the watch at 200 m and rein in.",
            off_s(0)
        ),
        Fault::FastStart => {
            "The first half was too fast: let 800 m come on pace, the race is won in lap 3.".into()
        }
        Fault::SlowStart if pace.pct[0] > pace.lap_1_allowed_pct => format!(
            "The first lap was {:.1} s behind the pace: be at {} after 400 m, a second late is soon enough.",
            off_s(0),
            clock_tenths(plan.mark_s(400.0).unwrap_or(even_s))
        ),
        Fault::SlowStart => "The first half was too slow: find the next gear in lap 2, not in lap 4.".into(),
        Fault::SecondLap if pace.pct[1] < 0.0 => {
            format!("Lap 2 was {:.1} s too fast: change gear by form and cadence, not by force.", off_s(1))
        }
        Fault::SecondLap => {
            format!(
                "Lap 2 lost {:.1} s: quicken the cadence as the first lap ends, and stay relaxed.",
                off_s(1)
            )
        }
        Fault::ThirdLapLost => format!(
            "Lap 3 lost {:.1} s: it is the lap to hang on in, so expect it to hurt and hold the pace.",
            off_s(2)
        ),
        Fault::ThirdLapSurge => {
            format!("Lap 3 was {:.1} s too fast: keep that for the last 400 m.", off_s(2))
        }
        Fault::NoFinish => {
            "The last lap should be the fastest: run it as four hundreds, each quicker than the one before, \
             through the line."
                .into()
        }
        Fault::Uneven => "Keep the laps closer together.".into(),
    }
}

fn praise(mile: &PacedMile) -> String {
    format!(
        "Nothing to mend in the pacing: four laps within {:.1} % of each other, and a finish. Keep the pattern, \
         raise the pace.",
        mile.unsteadiness_pct().max(0.1)
    )
}

fn marks_to_aim_for(plan: &GoalPlan) -> String {
    let mark = |distance_m| plan.mark_s(distance_m).map(clock_tenths).unwrap_or_default();
    format!(
        "For {} next time: {} at 200 m, {} at 400 m, {} at 800 m, {} at 1200 m, then all you have.",
        clock(plan.goal_s),
        mark(200.0),
        mark(400.0),
        mark(800.0),
        mark(1200.0)
    )
}

/// The goal for the next mile in whole seconds: one that was missed stands, otherwise a little faster.
///
/// Even laps bring a mile 0.3 % by progress alone; uneven ones have another half per cent to give.
fn next_goal_s(mile: &PacedMile, yardstick: Yardstick, has_fault: bool) -> f64 {
    let time_s = mile.mean_per_400m_s() * MILE_M / 400.0;
    match yardstick {
        Yardstick::Goal(goal_s) if time_s > goal_s => goal_s,
        _ => (time_s * if has_fault { 0.992 } else { 0.997 }).floor(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::grade::{Graded, grade};

    fn first_advice(laps_s: [f64; 4]) -> String {
        let mile =
            PacedMile { lengths_m: LapScheme::Quarters.lengths_m(), laps_s, t200_s: None, hundreds_s: None };
        grade(&mile, None, Graded::Typed, None).advice[0].clone()
    }

    #[test]
    fn what_cost_most_is_named_first() {
        let cases = [
            ([75.0, 75.0, 75.0, 75.0], "Nothing to mend"),
            ([76.0, 74.3, 75.0, 74.0], "Nothing to mend"),
            ([70.0, 75.0, 79.0, 76.0], "The first lap was 5.0 s too fast"),
            ([68.0, 74.0, 80.0, 84.0], "The first lap was 8.5 s too fast"),
            ([78.0, 78.0, 76.0, 64.0], "The first lap was 4.0 s behind the pace"),
            ([75.0, 75.0, 70.0, 80.0], "Lap 3 was 5.0 s too fast"),
            ([75.0, 75.0, 75.0, 78.0], "The last lap should be the fastest"),
        ];
        for (laps_s, begins) in cases {
            let advice = first_advice(laps_s);
            assert!(advice.starts_with(begins), "{laps_s:?}: {advice}");
        }
    }
}
