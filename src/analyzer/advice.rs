//! Advice for the next race: what cost most, and the marks to aim for.

use super::fault::{self, Cost, Fault};
use super::goal::{self, Against, Reach};
use super::hundreds::{HundredSteps, Trend, named};
use super::plan::GoalPlan;
use super::rubric::{self, PacedMile, Part, Yardstick};
use super::spread::Spread;
use super::verdict::{LapDeviations, comparable_laps, delta_s, picked_up};
use crate::segmenter::LapScheme;
use crate::units::{clock_as_typed, clock_tenths, gap, tenths};

/// A fault that costs fewer points than this is not worth a sentence.
const WORTH_SAYING: f64 = 2.0;
/// In a mile that is praised, one that costs as much as this is named as the last thing to polish.
const WORTH_POLISHING: f64 = 1.2;
/// A mile is praised from this score on, unless one fault cost more than [`TOO_DEAR_FOR_PRAISE`].
const PRAISED_SCORE: f64 = 90.0;
/// See [`PRAISED_SCORE`].
const TOO_DEAR_FOR_PRAISE: f64 = 8.0;
/// A later lap this much slower than the pace paid for a start that was too fast, in per cent.
const PAID_PCT: f64 = 1.0;
/// Laps that differ by no more than this share are close enough to say by how much.
const CLOSE_LAPS: f64 = 0.04;
/// At most this many faults are named: a runner can mend one or two things at once.
const MOST_FAULTS: usize = 2;

/// Two to four sentences for the next race, what cost most first. No advice rests on an undecided part.
pub(super) fn advice(
    mile: &PacedMile,
    goal_s: Option<f64>,
    too_close: bool,
    spread: Option<&Spread>,
) -> Vec<String> {
    let goal = goal_s.map(|goal_s| Against::new(mile, goal_s));
    let yardstick = goal.as_ref().map_or(Yardstick::OwnPace, Against::yardstick);
    let costs = fault::costs(mile, yardstick, spread);
    let praised = is_praised(rubric::score(mile, yardstick), &costs);
    let worth_saying = if praised { WORTH_POLISHING } else { WORTH_SAYING };
    let named: Vec<Cost> =
        costs.iter().filter(|cost| cost.is_cause || cost.points >= worth_saying).copied().collect();
    let plan = GoalPlan::new(goal::next_goal_s(mile, goal.as_ref(), praised), LapScheme::Quarters);

    let on_goal = goal.as_ref().and_then(|goal| goal::sentence(goal, praised));
    let most = if praised { 1 } else { MOST_FAULTS - usize::from(on_goal.is_some()) };
    let in_general = if praised && on_goal.is_none() {
        let well_paced = match goal.as_ref() {
            Some(_) if too_close => "On the goal as near as the times can tell, and well paced",
            Some(goal) if !goal.missed() => "Goal reached, and well paced",
            _ => "Well paced",
        };
        Some(praise(mile, well_paced, sure(mile, yardstick, spread), named.is_empty()))
    } else {
        (named.is_empty() && !praised).then(too_uncertain)
    };
    let faults: Vec<Fault> = named.iter().take(most).map(|cost| cost.fault).collect();
    let told = faults.iter().map(|&fault| sentence(fault, mile, yardstick, &plan)).collect();
    let told = if praised {
        to_polish(told)
    } else if goal.is_some() && yardstick == Yardstick::OwnPace {
        against_own_pace(&faults, told)
    } else {
        told
    };
    let next = clock_as_typed(plan.goal_s);
    let next = match goal.as_ref().map(Against::reach) {
        None | Some(Reach::Fair) => format!("For {next} next time:"),
        Some(_) => format!("A goal that this mile supports is {next}, with"),
    };
    let marks = marks_to_aim_for(&plan, &next);
    on_goal.into_iter().chain(in_general).chain(told).chain([marks]).collect()
}

/// What is left to mend in a mile that was praised.
fn to_polish(told: Vec<String>) -> Vec<String> {
    told.iter().map(|sentence| format!("To polish: {}", lower_first(sentence))).collect()
}

/// Says of laps that are not measured by the goal what they are measured by; once is enough.
fn against_own_pace(faults: &[Fault], mut told: Vec<String>) -> Vec<String> {
    if let Some(first) = faults.iter().position(|fault| fault.is_measured_by_pace()) {
        told[first] = format!("Against your own mean pace, {}", lower_first(&told[first]));
    }
    told
}

/// The advice on a mile that was no effort of its own: its laps teach nothing about racing, `why` says so, and the
/// marks are those for the goal, where there is one.
pub(super) fn without_effort(why: &str, goal_s: Option<f64>) -> Vec<String> {
    let mut why = why.chars();
    let begun: String =
        why.next().map_or_else(String::new, |first| first.to_uppercase().chain(why).collect());
    let next = match goal_s {
        Some(goal_s) => {
            let plan = GoalPlan::new(goal_s, LapScheme::Quarters);
            marks_to_aim_for(&plan, &format!("For {} in a race:", clock_as_typed(goal_s)))
        }
        None => "A mile run flat out after an easy warm-up, with a rest before it, would tell.".into(),
    };
    vec![format!("{begun}: its laps say little about how you would pace a race."), next]
}

fn is_praised(score: f64, costs: &[Cost]) -> bool {
    let no_cause = costs.iter().all(|cost| !cost.is_cause);
    let dearest = costs.iter().map(|cost| cost.points).fold(0.0, f64::max);
    // As the letter, by the whole number that is printed.
    no_cause && score.round() >= PRAISED_SCORE && dearest <= TOO_DEAR_FOR_PRAISE
}

/// Whether the times decide more than half of the points, and no part that they leave open seems to have cost many.
fn sure(mile: &PacedMile, yardstick: Yardstick, spread: Option<&Spread>) -> bool {
    let (mut known, mut available, mut hidden) = (0.0, 0.0, 0.0_f64);
    for part in Part::ALL {
        let Some(points) = part.points(mile, yardstick) else { continue };
        available += part.max_points();
        if spread.is_some_and(|spread| spread.leaves_undecided(part, yardstick)) {
            hidden = hidden.max(part.max_points() - points);
        } else {
            known += part.max_points();
        }
    }
    known > 0.5 * available && hidden < WORTH_SAYING
}

fn sentence(fault: Fault, mile: &PacedMile, yardstick: Yardstick, plan: &GoalPlan) -> String {
    let pace = LapDeviations::of(mile, yardstick);
    let off = |lap: usize| gap(delta_s(mile, yardstick, lap));
    match fault {
        Fault::Fast200 => {
            let t200_s = mile.t200_s.unwrap_or(0.0);
            format!(
                "You passed 200 m in {}, {} ahead of the pace: check the watch there and rein in at once.",
                clock_tenths(t200_s),
                gap(t200_s - yardstick.even_s(mile) / 2.0)
            )
        }
        Fault::Slow200 => {
            let t200_s = mile.t200_s.unwrap_or(0.0);
            format!(
                "You passed 200 m in {}, {} behind the pace: be quicker away, so that there is nothing to chase.",
                clock_tenths(t200_s),
                gap(t200_s - yardstick.even_s(mile) / 2.0)
            )
        }
        Fault::FastStart => fast_start(mile, yardstick, &pace),
        Fault::SlowStart if pace.pct[0] > pace.lap_1_allowed_pct => {
            let allowed = if yardstick.even_s(mile) > 100.0 { "1 %" } else { "one second" };
            format!(
                "The first lap was {} too slow, and only {allowed} is allowed: next time pass 400 m in {}.",
                off(0),
                plan_mark(plan, 400.0)
            )
        }
        Fault::SlowStart => format!(
            "The first half was too slow: find the next gear in lap 2, and pass 800 m in {}.",
            plan_mark(plan, 800.0)
        ),
        Fault::KeptForTheEnd => kept_for_the_end(mile, &pace),
        Fault::SecondLapFast => of_lap((1, false), mile, yardstick, |off| {
            format!(
                "Lap 2 was {off} too fast: settle into the rhythm there, for laps 3 and 4 decide the mile."
            )
        }),
        Fault::SecondLapSlow => of_lap((1, true), mile, yardstick, |off| {
            format!("Lap 2 lost {off}: quicken the cadence as the first lap ends, and stay relaxed.")
        }),
        Fault::ThirdLapLost => of_lap((2, true), mile, yardstick, |off| {
            format!(
                "Lap 3 lost {off}: it is the hardest lap, so expect it to hurt, hang on and hold the pace."
            )
        }),
        Fault::ThirdLapSurge => of_lap((2, false), mile, yardstick, |off| {
            format!("Lap 3 was {off} too fast: keep that for the last lap.")
        }),
        Fault::LastLapSlow => last_lap_slow(mile),
        Fault::HundredsSlow => hundreds_slow(mile),
    }
}

/// A sentence on how far one lap was off. A lap that stands out among the four may lie on the other side of a goal's pace;
/// then it is told against the mile's own.
fn of_lap(
    (lap, slow): (usize, bool),
    mile: &PacedMile,
    yardstick: Yardstick,
    sentence: impl Fn(String) -> String,
) -> String {
    let off_s = delta_s(mile, yardstick, lap);
    let own_s = delta_s(mile, Yardstick::OwnPace, lap);
    let fits = |delta_s: f64| if slow { tenths(delta_s) > 0 } else { tenths(delta_s) < 0 };
    if !fits(off_s) && fits(own_s) {
        return format!("Against your own mean pace, {}", lower_first(&sentence(gap(own_s))));
    }
    sentence(gap(off_s))
}

fn fast_start(mile: &PacedMile, yardstick: Yardstick, pace: &LapDeviations) -> String {
    let half = gap(delta_s(mile, yardstick, 0) + delta_s(mile, yardstick, 1));
    if pace.lap_2_was_the_faster() && pace.started_too_fast() {
        return format!(
            "The first half was {half} too fast, lap 2 even more than lap 1: relax in lap 2, the mile is decided in \
             laps 3 and 4."
        );
    }
    if !pace.started_too_fast() {
        return format!(
            "The first half was {half} too fast: be on pace at 800 m, not ahead of it; the mile is decided in laps 3 \
             and 4."
        );
    }
    let paid = match [pace.pct[2] > PAID_PCT, pace.pct[3] > PAID_PCT] {
        [true, true] => ", and the laps after it paid",
        [true, false] => ", and lap 3 paid",
        [false, true] => ", and the last lap paid",
        [false, false] => "",
    };
    format!(
        "The first lap was {} too fast{paid}: look at the watch at 200 m and rein in.",
        gap(delta_s(mile, yardstick, 0))
    )
}

fn kept_for_the_end(mile: &PacedMile, pace: &LapDeviations) -> String {
    let (laps, per) = comparable_laps(mile);
    let faster = gap((laps[0] + laps[1] + laps[2]) / 3.0 - laps[3]);
    // Ahead of a goal no lap was too slow; then the last one was only much the fastest.
    let too_slow = if pace.pct[..3].iter().all(|&pct| pct > 0.0) { ", which were too slow" } else { "" };
    let kept = format!("the last lap was {faster}{per} faster than the three before{too_slow}.");
    if mile.is_tactical() {
        return format!(
            "A sit and kick, with too much kept for the end: {kept} That can win a race; for a time, spend it sooner."
        );
    }
    format!("Too much was kept for the end: {kept} Spend it sooner.")
}

fn last_lap_slow(mile: &PacedMile) -> String {
    let (laps, per) = comparable_laps(mile);
    let slower = gap(laps[3] - (laps[0] + laps[1] + laps[2]) / 3.0);
    if mile.last_lap_loss_pct() >= 5.0 && !picked_up(mile) {
        return format!(
            "Nothing was left for the last lap, {slower}{per} slower than the three before: spend less \
             early on."
        );
    }
    format!(
        "The last lap was {slower}{per} slower than the three before: run it as four hundreds, each \
         quicker than the one before, through the line."
    )
}

fn hundreds_slow(mile: &PacedMile) -> String {
    let slower = match HundredSteps::of(mile).map(|steps| steps.trend()) {
        Some(Trend::Slower(slower)) => slower,
        _ => Vec::new(),
    };
    let what = match slower.as_slice() {
        [] => "The last hundred should be the fastest".to_owned(),
        [_] => format!("The {} hundred of the last lap slowed", named(&slower)),
        _ => format!("The {} hundreds of the last lap slowed", named(&slower)),
    };
    format!("{what}: start that lap a touch easier, make each hundred quicker, and sprint through the line.")
}

fn praise(mile: &PacedMile, well_paced: &str, sure: bool, nothing_else: bool) -> String {
    let (laps, per) = comparable_laps(mile);
    let (slowest, fastest) =
        laps.iter().fold((f64::MIN, f64::MAX), |(slow, fast), &lap| (slow.max(lap), fast.min(lap)));
    let laps = match slowest - fastest {
        spread_s if tenths(spread_s) == 0 => ": four laps alike".to_owned(),
        spread_s if spread_s <= CLOSE_LAPS * fastest => {
            format!(": four laps within {}{per}", gap(spread_s))
        }
        // Nothing to boast of, but the plan was followed.
        _ => String::new(),
    };
    match (sure, nothing_else) {
        (false, _) => format!("{well_paced}, as far as these times can tell{laps}."),
        (true, true) => {
            format!("{well_paced}, with nothing to mend{laps}. Keep the pattern and raise the pace.")
        }
        (true, false) => format!("{well_paced}{laps}."),
    }
}

fn too_uncertain() -> String {
    "The laps are known too roughly here to say what to change: a track, or the lap button at the line, would tell."
        .into()
}

/// A sentence to stand behind a colon or a comma.
fn lower_first(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

fn plan_mark(plan: &GoalPlan, distance_m: f64) -> String {
    plan.mark_s(distance_m).map(clock_tenths).unwrap_or_default()
}

fn marks_to_aim_for(plan: &GoalPlan, next: &str) -> String {
    let mark = |distance_m| plan_mark(plan, distance_m);
    format!(
        "{next} {} at 200 m, {} at 400 m, {} at 800 m, {} at 1200 m, then all you have.",
        mark(200.0),
        mark(400.0),
        mark(800.0),
        mark(1200.0)
    )
}

#[cfg(test)]
#[path = "advice_tests.rs"]
mod tests;
