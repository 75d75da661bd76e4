//! Advice for the next race: what cost most, and the marks to aim for.

use super::fault::{self, Cost, Fault};
use super::plan::GoalPlan;
use super::reason::named;
use super::rubric::{self, PacedMile, Part, Yardstick};
use super::spread::Spread;
use super::verdict::{HundredSteps, LapDeviations, delta_s, gap};
use crate::segmenter::LapScheme;
use crate::units::{MILE_M, clock, clock_tenths, tenths};

/// A fault that costs fewer points than this is not worth a sentence.
const WORTH_SAYING: f64 = 2.0;
/// In a mile that is praised, one that costs as much as this is named as the last thing to polish.
const WORTH_POLISHING: f64 = 1.2;
/// A mile is praised from this score on, unless one fault cost more than [`TOO_DEAR_FOR_PRAISE`].
const PRAISED_SCORE: f64 = 90.0;
/// See [`PRAISED_SCORE`].
const TOO_DEAR_FOR_PRAISE: f64 = 8.0;
/// At most this many faults are named: a runner can mend one or two things at once.
const MOST_FAULTS: usize = 2;
/// A goal that was missed, in a mile paced this many points better than it did against the goal, was too hot.
const TOO_HOT_POINTS: f64 = 10.0;

/// A goal beaten by more than this share of it no longer tells what a lap should have been.
const WELL_BEATEN: f64 = 0.01;

/// Two to four sentences for the next race, what cost most first. No advice rests on an undecided part.
pub(super) fn advice(mile: &PacedMile, goal_s: Option<f64>, spread: Option<&Spread>) -> Vec<String> {
    let goal = goal_s.map(|goal_s| Against::new(mile, goal_s));
    let yardstick = match &goal {
        Some(goal) if !goal.own_pace_tells_more() => Yardstick::Goal(goal.goal_s),
        _ => Yardstick::OwnPace,
    };
    let costs = fault::costs(mile, yardstick, spread);
    let praised = is_praised(rubric::score(mile, yardstick), &costs);
    let worth_saying = if praised { WORTH_POLISHING } else { WORTH_SAYING };
    let named: Vec<Cost> =
        costs.iter().filter(|cost| cost.is_cause || cost.points >= worth_saying).copied().collect();
    let missed = goal.as_ref().filter(|goal| goal.missed()).map(|goal| goal.goal_s);
    let plan = GoalPlan::new(next_goal_s(mile, missed, &goal, !praised), LapScheme::Quarters);

    let mut sentences = Vec::new();
    if let Some(goal) = goal.as_ref().filter(|goal| goal.too_hot()) {
        sentences.push(too_hot(goal));
    }
    let most = if praised { 1 } else { MOST_FAULTS - sentences.len() };
    if praised && sentences.is_empty() {
        let beaten = goal.as_ref().is_some_and(|goal| !goal.missed());
        sentences.push(praise(mile, beaten, sure(mile, yardstick, spread), named.is_empty()));
    } else if named.is_empty() && sentences.is_empty() {
        sentences.push(too_uncertain());
    }
    let beside_goal = goal.is_some() && yardstick == Yardstick::OwnPace;
    for cost in named.iter().take(most) {
        let sentence = sentence(cost.fault, mile, yardstick, &plan);
        sentences.push(match () {
            () if praised => format!("To polish: {}", lower_first(&sentence)),
            () if beside_goal && cost.fault.is_measured_by_pace() => {
                format!("Against your own mean pace, {}", lower_first(&sentence))
            }
            () => sentence,
        });
    }
    sentences.push(marks_to_aim_for(&plan));
    sentences
}

/// A goal beside what was run.
struct Against {
    goal_s: f64,
    time_s: f64,
    goal_score: f64,
    pattern_score: f64,
}

impl Against {
    fn new(mile: &PacedMile, goal_s: f64) -> Against {
        Against {
            goal_s,
            time_s: mile_s(mile),
            goal_score: rubric::score(mile, Yardstick::Goal(goal_s)),
            pattern_score: rubric::score(mile, Yardstick::OwnPace),
        }
    }

    fn missed(&self) -> bool {
        tenths(self.time_s) > tenths(self.goal_s)
    }

    fn too_hot(&self) -> bool {
        self.missed() && self.pattern_score >= self.goal_score + TOO_HOT_POINTS
    }

    /// Against a goal that was beaten or out of reach every lap is off; the pattern tells what to mend.
    fn own_pace_tells_more(&self) -> bool {
        let well_beaten = self.time_s < self.goal_s * (1.0 - WELL_BEATEN);
        self.too_hot() || (well_beaten && self.pattern_score >= self.goal_score)
    }
}

fn is_praised(score: f64, costs: &[Cost]) -> bool {
    let no_cause = costs.iter().all(|cost| !cost.is_cause);
    let dearest = costs.iter().map(|cost| cost.points).fold(0.0, f64::max);
    // As the letter, by the whole number that is printed.
    no_cause && score.round() >= PRAISED_SCORE && dearest <= TOO_DEAR_FOR_PRAISE
}

/// Whether the times decide more than half of the points.
fn sure(mile: &PacedMile, yardstick: Yardstick, spread: Option<&Spread>) -> bool {
    let shown = |part: &Part| part.points(mile, yardstick).is_some();
    let decided = |part: &Part| spread.is_none_or(|spread| !spread.leaves_undecided(*part, yardstick));
    let points = |parts: &mut dyn Iterator<Item = Part>| parts.map(Part::max_points).sum::<f64>();
    let available = points(&mut Part::ALL.into_iter().filter(shown));
    let known = points(&mut Part::ALL.into_iter().filter(shown).filter(decided));
    known > 0.5 * available
}

fn sentence(fault: Fault, mile: &PacedMile, yardstick: Yardstick, plan: &GoalPlan) -> String {
    let pace = LapDeviations::of(mile, yardstick);
    let off = |lap: usize| gap(delta_s(mile, yardstick, lap));
    match fault {
        Fault::Fast200 => {
            let t200_s = mile.t200_s.unwrap_or(0.0);
            format!(
                "You passed 200 m in {}, {} s ahead of the pace: check the watch there and rein in at once.",
                clock_tenths(t200_s),
                gap(t200_s - yardstick.even_s(mile) / 2.0)
            )
        }
        Fault::Slow200 => {
            let t200_s = mile.t200_s.unwrap_or(0.0);
            format!(
                "You passed 200 m in {}, {} s behind the pace: be quicker there, so that nothing need be chased.",
                clock_tenths(t200_s),
                gap(t200_s - yardstick.even_s(mile) / 2.0)
            )
        }
        Fault::FastStart => fast_start(mile, yardstick, &pace),
        Fault::SlowStart if pace.pct[0] > pace.lap_1_allowed_pct => format!(
            "The first lap was {} s behind the pace: a second is allowed, so pass 400 m in {}.",
            off(0),
            plan_mark(plan, 400.0)
        ),
        Fault::SlowStart => format!(
            "The first half was too slow: find the next gear in lap 2, and pass 800 m in {}.",
            plan_mark(plan, 800.0)
        ),
        Fault::KeptForTheEnd => kept_for_the_end(mile, plan),
        Fault::SecondLapFast => {
            format!("Lap 2 was {} s too fast: change gear by form and cadence, not by force.", off(1))
        }
        Fault::SecondLapSlow => {
            format!("Lap 2 lost {} s: quicken the cadence as the first lap ends, and stay relaxed.", off(1))
        }
        Fault::ThirdLapLost => format!(
            "Lap 3 lost {} s: it is the lap to hang on in, so expect it to hurt and hold the pace.",
            off(2)
        ),
        Fault::ThirdLapSurge => format!("Lap 3 was {} s too fast: keep that for the last lap.", off(2)),
        Fault::LastLapSlow => last_lap_slow(mile),
        Fault::HundredsSlow => hundreds_slow(mile),
    }
}

fn fast_start(mile: &PacedMile, yardstick: Yardstick, pace: &LapDeviations) -> String {
    let half_s = delta_s(mile, yardstick, 0) + delta_s(mile, yardstick, 1);
    if !pace.started_too_fast() {
        return format!(
            "The first half was {} s ahead of the pace: reach 800 m on it, not before it; the mile is won in laps 3 \
             and 4.",
            gap(half_s)
        );
    }
    let off = gap(delta_s(mile, yardstick, 0));
    if pace.pct[2] > 1.0 || pace.pct[3] > 1.0 {
        return format!(
            "The first lap was {off} s too fast, and the laps after it paid: look at the watch at 200 m and rein in."
        );
    }
    format!("The first lap was {off} s too fast: look at the watch at 200 m and rein in.")
}

fn kept_for_the_end(mile: &PacedMile, plan: &GoalPlan) -> String {
    let laps = mile.per_400m_s();
    let faster = gap((laps[0] + laps[1] + laps[2]) / 3.0 - laps[3]);
    let next = format!("pass 800 m in {} and 1200 m in {}", plan_mark(plan, 800.0), plan_mark(plan, 1200.0));
    if mile.is_tactical() {
        return format!(
            "A sit and kick, with too much kept for the end: the last lap was {faster} s per 400 m faster than \
             the three before, which were too slow. That can win a race; for a time, {next}."
        );
    }
    format!(
        "Too much was kept for the end: the last lap was {faster} s per 400 m faster than the three before, which \
         were too slow. Spend it sooner: {next}."
    )
}

fn last_lap_slow(mile: &PacedMile) -> String {
    let laps = mile.per_400m_s();
    let slower = gap(laps[3] - (laps[0] + laps[1] + laps[2]) / 3.0);
    if mile.last_lap_loss_pct() >= 5.0 {
        return format!(
            "Nothing was left for the last lap, {slower} s per 400 m slower than the three before: spend less \
             before it."
        );
    }
    format!(
        "The last lap was {slower} s per 400 m slower than the three before: run it as four hundreds, each \
         quicker than the one before, through the line."
    )
}

fn hundreds_slow(mile: &PacedMile) -> String {
    let slower = HundredSteps::of(mile).map_or_else(Vec::new, |steps| steps.slower());
    let what = match slower.as_slice() {
        [] => "The last hundred should be the fastest".to_owned(),
        [_] => format!("The {} hundred of the last lap slowed", named(&slower)),
        _ => format!("The {} hundreds of the last lap slowed", named(&slower)),
    };
    format!(
        "{what}: start that lap a little behind your best, let each hundred be quicker, and sprint through the line."
    )
}

fn praise(mile: &PacedMile, goal_beaten: bool, sure: bool, nothing_else: bool) -> String {
    let laps = mile.per_400m_s();
    let (slowest, fastest) =
        laps.iter().fold((f64::MIN, f64::MAX), |(slow, fast), &lap| (slow.max(lap), fast.min(lap)));
    let laps = match gap(slowest - fastest).as_str() {
        "0.0" => "four laps alike".to_owned(),
        spread => format!("four laps within {spread} s per 400 m"),
    };
    let well_paced = if goal_beaten { "Goal reached, and well paced" } else { "Well paced" };
    match (sure, nothing_else) {
        (false, _) => format!("{well_paced}, as far as these times can tell: {laps}."),
        (true, true) => {
            format!("{well_paced}, with nothing that must change: {laps}. Keep the pattern, raise the pace.")
        }
        (true, false) => format!("{well_paced}: {laps}."),
    }
}

fn too_hot(goal: &Against) -> String {
    let behind = gap((tenths(goal.time_s) - tenths(goal.goal_s)) as f64 / 10.0);
    let clock = clock(goal.goal_s);
    if goal.pattern_score.round() >= PRAISED_SCORE {
        return format!(
            "Well paced, but {behind} s behind {clock}: it was the goal that was too hot for the day, not the start."
        );
    }
    format!(
        "The goal of {clock} was too hot for the day, by {behind} s; what follows looks at the pattern alone."
    )
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

fn marks_to_aim_for(plan: &GoalPlan) -> String {
    let mark = |distance_m| plan_mark(plan, distance_m);
    format!(
        "For {} next time: {} at 200 m, {} at 400 m, {} at 800 m, {} at 1200 m, then all you have.",
        clock(plan.goal_s),
        mark(200.0),
        mark(400.0),
        mark(800.0),
        mark(1200.0)
    )
}

/// The time of a mile at this pace, in seconds.
fn mile_s(mile: &PacedMile) -> f64 {
    mile.mean_per_400m_s() * MILE_M / 400.0
}

/// The goal for the next mile in whole seconds: one that was narrowly missed stands, otherwise a little faster
/// than today.
///
/// A well-paced mile gets 0.3 % faster by progress alone; an uneven one has another half per cent to give.
fn next_goal_s(mile: &PacedMile, missed_s: Option<f64>, goal: &Option<Against>, has_fault: bool) -> f64 {
    match missed_s {
        Some(goal_s) if !goal.as_ref().is_some_and(Against::too_hot) => goal_s,
        _ => (mile_s(mile) * if has_fault { 0.992 } else { 0.997 }).floor(),
    }
}

#[cfg(test)]
#[path = "advice_tests.rs"]
mod tests;
