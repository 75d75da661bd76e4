//! What the next weeks would hold by the coach's list.

use super::block::Block;
use super::goal::MileGoal;
use crate::analyzer::equivalents::{oxygen_cost, vdot};
use crate::units::{MILE_M, Pace, UnitSystem, clock_as_typed, clock_tenths};

/// A mile block has 6 to 10 weeks.
const WEEKS: std::ops::RangeInclusive<u8> = 6..=10;
/// Without a race the plan is this long, in weeks.
const USUAL: u8 = 8;
/// Threshold running at this share of the VO2max, the middle of 83 to 88 %.
const THRESHOLD: f64 = 0.855;
/// Repetitions of three to five minutes at this share of the VO2max.
const VO2MAX: f64 = 0.97;
/// The long run's share of the week, the middle of 20 to 30 %.
const LONG_SHARE: f64 = 0.25;
/// Strength work, drills and form.
pub(crate) const UNSEEN: &str =
    "Strength work, drills and running form belong to every week as well; no recording shows them.";

/// The next weeks, in whole sentences; empty without a goal to set paces by.
///
/// `left` is how many weeks there are until the race, where there is one.
pub(super) fn next_weeks(
    goal: Option<&MileGoal>,
    block: Option<&Block>,
    left: Option<f64>,
    units: UnitSystem,
) -> Vec<String> {
    let Some(goal) = goal else { return Vec::new() };
    let weeks = left.map_or(USUAL, |left| (left.ceil().clamp(1.0, f64::from(*WEEKS.end()))) as u8);
    let paces = Paces::of(goal, units);
    let mut said = Vec::new();
    let race_week = weeks;
    let sharp_from = race_week.saturating_sub(2).max(1);
    let build_from = if weeks >= *WEEKS.start() { 3 } else { 1 };
    if build_from > 1 {
        said.push(format!(
            "Weeks 1 to 2: easy runs, a long run{}, strides twice a week, hill sprints (6 x 10 s) once, and 20 min \
             at threshold, {}.",
            long_run(block, units),
            paces.threshold
        ));
    }
    if sharp_from > build_from {
        said.push(format!(
            "{}: one session at VO2max pace (5 x 3 min at {}), one at race pace (8 x 400 m in {}), a long run, \
             strides; a time trial at the end.",
            week_range(build_from, sharp_from - 1),
            paces.vo2max,
            paces.lap
        ));
    }
    if race_week > sharp_from {
        said.push(format!(
            "{}: race pace twice a week (6 x 400 m in {}, 8 x 200 m in {}), a fifth less running, the easy \
             days easy.",
            week_range(sharp_from, race_week - 1),
            paces.lap,
            paces.half_lap
        ));
    }
    let name = if left.is_some() { "the race" } else { "a time trial" };
    said.push(format!(
        "Week {race_week}: short easy runs with strides, two rest days, then {name} in {}.",
        clock_as_typed(goal.goal_s)
    ));
    said.push("Every week: a rest day at least; cycling or swimming where the legs want a change.".into());
    said.push(UNSEEN.into());
    said
}

fn week_range(from: u8, to: u8) -> String {
    if from == to { format!("Week {from}") } else { format!("Weeks {from} to {to}") }
}

/// The long run's length by how much was run in the last block's weeks.
fn long_run(block: Option<&Block>, units: UnitSystem) -> String {
    let weekly_km = block.map_or(0.0, |block| block.running_km / block.weeks.max(1.0));
    if weekly_km < 20.0 {
        return " of an hour".into();
    }
    format!(" of {:.0} {}", 1000.0 * LONG_SHARE * weekly_km / units.unit_m(), units.symbol())
}

/// Training paces from a goal.
struct Paces {
    lap: String,
    half_lap: String,
    threshold: String,
    vo2max: String,
}

impl Paces {
    fn of(goal: &MileGoal, units: UnitSystem) -> Paces {
        // Today's legs train: paces that rest on oxygen come from the mile that was run, where there is one.
        let fitness = vdot(MILE_M, goal.mile_s.or(goal.supported_s).unwrap_or(goal.goal_s));
        let pace = |share: f64| {
            Pace::over(speed_mps(share * fitness), 1.0).map_or(String::new(), |pace| pace.display(units))
        };
        let lap_s = goal.goal_s * 400.0 / MILE_M;
        Paces {
            lap: clock_tenths(lap_s),
            half_lap: clock_tenths(0.5 * lap_s),
            threshold: pace(THRESHOLD),
            vo2max: pace(VO2MAX),
        }
    }
}

/// The speed in m/s of an oxygen cost in ml/kg/min, found by halving.
fn speed_mps(cost: f64) -> f64 {
    let (mut slow, mut fast) = (0.5, 10.0);
    for _ in 0..50 {
        let middle = 0.5 * (slow + fast);
        if oxygen_cost(middle) < cost {
            slow = middle;
        } else {
            fast = middle;
        }
    }
    0.5 * (slow + fast)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_turns_back_into_its_speed() {
        assert!((speed_mps(oxygen_cost(4.2)) - 4.2).abs() < 1e-9);
    }
}
