//! A realistic goal for the next mile, and what it rests on.

use jiff::ToSpan;
use jiff::civil::Date;

use super::entry::{Entry, MileEntry};
use crate::analyzer::equivalents::{time_of_vdot_s, vdot};
use crate::season::calendar::{days_between, full_day, short_day};
use crate::season::workout::WorkoutClass;
use crate::segmenter::efforts::EFFORTS_M;
use crate::units::{MILE_M, clock, clock_as_typed, clock_tenths};

/// What was run within this many days says what the runner can do now.
const RECENT_DAYS: i64 = 56;
/// Where no mile is as recent, one within this many days, half a year, may still serve; an older one says nothing.
const OLDEST_DAYS: i64 = 182;
/// What a block of training is worth without any other sign: half a per cent.
const STEP: f64 = 0.005;
/// No goal is further from the last mile than this share: more in one block is luck.
const MOST: f64 = 0.03;
/// Of what other distances promise beyond the mile, half is asked for at once, and no more than this share.
const MOST_PROMISED: f64 = 0.02;
/// An effort that promises a mile slower than this many times the mile that was run was none.
const TELLING: f64 = 1.06;
/// Laps that vary by this share cost nothing worth mending: records do.
const STEADY: f64 = 0.02;
/// An estimate of what uneven laps cost: the square of their variation, times this.
///
/// The energy of a run grows faster than its speed; the extra is of second order in the variation.
const UNEVEN_COST: f64 = 1.5;
/// The distances other than the mile's neighbours from which a mile is promised, in metres.
const FROM_M: std::ops::RangeInclusive<f64> = 800.0..=10_000.0;

/// A goal for the next mile.
#[derive(Debug, Clone, PartialEq)]
pub struct MileGoal {
    /// The goal in seconds: the one that was asked for, otherwise what the season supports, in whole ones.
    pub goal_s: f64,
    /// Whether it was asked for.
    pub asked: bool,
    /// What the season supports, in whole seconds.
    pub supported_s: Option<f64>,
    /// The mile it starts from, where there is one.
    pub mile_s: Option<f64>,
    /// What it rests on, in whole sentences.
    pub reasons: Vec<String>,
}

impl MileGoal {
    fn supported(goal_s: f64, mile_s: Option<f64>, reasons: Vec<String>) -> MileGoal {
        MileGoal { goal_s, asked: false, supported_s: Some(goal_s), mile_s, reasons }
    }

    /// The goal in a sentence: `5:05, as asked; the season supports 5:10.`
    pub fn sentence(&self) -> String {
        let goal = clock_as_typed(self.goal_s);
        match self.supported_s {
            _ if !self.asked => format!("{goal} for the next mile."),
            Some(supported_s) => format!("{goal}, as asked; the season supports {}.", clock(supported_s)),
            None => format!("{goal}, as asked."),
        }
    }
}

/// The goal that was asked for, beside what the season supports.
pub(super) fn asked(supported: Result<MileGoal, String>, asked_s: Option<f64>) -> Result<MileGoal, String> {
    let Some(goal_s) = asked_s else { return supported };
    Ok(match supported {
        Ok(goal) => MileGoal { goal_s, asked: true, ..goal },
        Err(why) => {
            let why = why.replacen("None yet:", "The season supports none yet:", 1);
            MileGoal { goal_s, asked: true, supported_s: None, mile_s: None, reasons: vec![why] }
        }
    })
}

/// Whether a run was easy, so that nothing in it says what the runner can do.
fn is_easy(entry: &Entry) -> bool {
    matches!(entry.class, Some(WorkoutClass::Easy | WorkoutClass::Strides))
}

/// What an effort at another distance is worth over a mile.
struct Promise {
    distance_m: f64,
    time_s: f64,
    day: Date,
    riegel_s: f64,
    daniels_gilbert_s: f64,
}

impl Promise {
    /// The slower of both models.
    fn cautious_s(&self) -> f64 {
        self.riegel_s.max(self.daniels_gilbert_s)
    }
}

/// What the reader asked for, by which the words of a goal go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The first day, where one was named.
    pub since: Option<Date>,
}

impl Asked {
    /// The day from which on is spoken of, where fewer than `days` before `last` were asked for.
    fn later_than(self, days: i64, last: Date) -> Option<String> {
        let since = self.since.filter(|&since| since > last.saturating_sub(days.days()))?;
        Some(format!("since {}", full_day(since)))
    }
}

/// The goal by the miles and other efforts of the weeks up to `last`, that day included.
///
/// # Errors
/// Where nothing was run of late that would tell, the sentence that says so.
pub(super) fn goal(entries: &[Entry], last: Date, asked: Asked) -> Result<MileGoal, String> {
    let within = |days: i64| {
        let span = last.saturating_sub(days.days())..=last;
        let runs = entries.iter().filter(|entry| entry.running && !is_easy(entry));
        runs.filter(move |entry| entry.day.is_some_and(|day| span.contains(&day)))
    };
    let fastest = |days: i64| {
        let efforts = within(days).filter_map(|entry| Some((entry.day?, entry.mile_effort()?)));
        let fastest_s = efforts.map(|(_, mile)| mile.time_s).min_by(f64::total_cmp)?;
        // Where a mile of a training run was faster still, the effort was none.
        let miles = within(days).filter_map(|entry| Some((entry.day?, entry.trusted_mile()?)));
        miles.filter(|(_, mile)| mile.time_s <= fastest_s).min_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s))
    };
    let recent = fastest(RECENT_DAYS);
    let mile = recent.or_else(|| fastest(OLDEST_DAYS));
    let promise = best_promise(within(RECENT_DAYS));
    // Whoever asked for a few weeks is not told of half a year.
    let oldest = last.saturating_sub(OLDEST_DAYS.days());
    let covered = entries.iter().filter_map(|entry| entry.day).any(|day| day <= oldest);
    match (mile, promise) {
        (Some((day, mile)), promise) => {
            // What promises a far slower mile was no effort, and says nothing.
            let promise = promise.filter(|promise| promise.cautious_s() <= TELLING * mile.time_s);
            let weeks_old = days_between(day, last) / 7;
            let (days, span) = match recent {
                Some(_) => (RECENT_DAYS, "of the last eight weeks"),
                None => (OLDEST_DAYS, "of the last half year"),
            };
            let span = asked.later_than(days, last).unwrap_or_else(|| span.to_owned());
            Ok(from_mile((day, mile), &span, recent.is_none().then_some(weeks_old), promise))
        }
        (None, Some(promise)) => {
            let when = if covered { "in the last half year" } else { "in what was read" };
            let when = asked.later_than(OLDEST_DAYS, last).unwrap_or_else(|| when.to_owned());
            let reason = format!("No mile was raced {when}, so the goal takes the slower of both.");
            Ok(MileGoal::supported(promise.cautious_s().round(), None, vec![promised(&promise), reason]))
        }
        (None, None) => {
            let (when, its) = match asked.later_than(OLDEST_DAYS, last) {
                Some(since) => (since, "the"),
                None if covered => (format!("in the half year to {}", full_day(last)), "its"),
                None => (format!("in what was read up to {}", full_day(last)), "the"),
            };
            Err(format!(
                "None yet: {when} there is no mile effort, and nothing in {its} last eight weeks that would promise \
                 one. A time trial shows where you stand."
            ))
        }
    }
}

/// From a mile, the best of a `span` of time; `weeks_old` is its age where it is older than the last eight weeks.
fn from_mile(
    (day, mile): (Date, &MileEntry),
    span: &str,
    weeks_old: Option<i64>,
    promise: Option<Promise>,
) -> MileGoal {
    let time = clock_tenths(mile.time_s);
    let mut reasons = vec![match weeks_old {
        None => format!("The best mile {span} took {time} ({}).", short_day(day)),
        Some(weeks) => format!(
            "The best mile {span} took {time} ({}). It is over {weeks} weeks old; a time trial would tell more.",
            full_day(day)
        ),
    }];
    let mut gain_s = 0.0;
    if let Some((cost_s, variation)) = cost_of_shape(mile) {
        gain_s += cost_s;
        reasons.push(format!(
            "Its laps varied by {:.1} %; steady ones are worth about {cost_s:.1} s at the same effort.",
            100.0 * variation
        ));
    }
    let ahead_s = promise.as_ref().map_or(0.0, |promise| mile.time_s - promise.cautious_s());
    reasons.extend(promise.as_ref().map(promised));
    // What another distance promises never asks for less than training alone would.
    if 0.5 * ahead_s > STEP * mile.time_s {
        gain_s += (0.5 * ahead_s).min(MOST_PROMISED * mile.time_s);
        reasons.push(
            "That is faster than the mile was; the goal asks for half of the way there, 2 % at most.".into(),
        );
    } else {
        gain_s += STEP * mile.time_s;
        let step = match promise {
            Some(_) if ahead_s > 0.0 => "That is hardly faster than the mile, so the",
            Some(_) => "That is no faster than the mile, so the",
            None => "The",
        };
        reasons.push(format!("{step} goal takes half a per cent off, what a block of training gives."));
    }
    let goal_s = (mile.time_s - gain_s.min(MOST * mile.time_s)).floor();
    MileGoal::supported(goal_s, Some(mile.time_s), reasons)
}

/// What the laps' unevenness cost, in seconds, and their variation; `None` where it is too little to mend.
fn cost_of_shape(mile: &MileEntry) -> Option<(f64, f64)> {
    let shape = mile.shape_pct().filter(|_| mile.score.is_some())?;
    let variation = (shape.iter().map(|pct| (pct / 100.0).powi(2)).sum::<f64>() / 4.0).sqrt();
    let cost_s = UNEVEN_COST * (variation.powi(2) - STEADY.powi(2)) * mile.time_s;
    (cost_s >= 0.1).then_some((cost_s, variation))
}

/// The effort at a shorter or longer distance that promises the fastest mile.
fn best_promise<'a>(entries: impl Iterator<Item = &'a Entry>) -> Option<Promise> {
    // A long run is an easy one, too.
    let hard = entries.filter(|entry| entry.class != Some(WorkoutClass::Long));
    let trusted = hard.filter(|entry| entry.trusted_mile().is_some());
    let promises = trusted.flat_map(|entry| {
        EFFORTS_M.iter().zip(entry.efforts_s).filter_map(|(&distance_m, time_s)| {
            // A part of a mile that was raced promises nothing beyond that mile.
            let of_mile = distance_m < 1700.0 && (distance_m > 1400.0 || entry.mile_effort().is_some());
            let time_s = time_s.filter(|_| FROM_M.contains(&distance_m) && !of_mile)?;
            Some(Promise {
                distance_m,
                time_s,
                day: entry.day?,
                riegel_s: time_s * MILE_M.powf(1.06) / distance_m.powf(1.06),
                daniels_gilbert_s: time_of_vdot_s(vdot(distance_m, time_s), MILE_M),
            })
        })
    });
    promises.min_by(|a, b| a.cautious_s().total_cmp(&b.cautious_s()))
}

fn promised(promise: &Promise) -> String {
    let (low_s, high_s) = (promise.riegel_s.min(promise.daniels_gilbert_s), promise.cautious_s());
    let range = match (clock(low_s), clock(high_s)) {
        (low, high) if low == high => low,
        (low, high) => format!("{low} to {high}"),
    };
    format!(
        "{} in {} ({}) is worth a mile in {range}, by Riegel and by Daniels-Gilbert.",
        distance_name(promise.distance_m),
        clock(promise.time_s),
        short_day(promise.day)
    )
}

/// What people call a distance: `800 m`, `a mile`, `5 km`.
pub(crate) fn distance_name(distance_m: f64) -> String {
    match distance_m {
        m if m == MILE_M => "1 mile".into(),
        m if m == 2.0 * MILE_M => "2 miles".into(),
        m if m >= 5000.0 => format!("{:.0} km", m / 1000.0),
        m => format!("{m:.0} m"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analyzer::equivalents::riegel_s;

    fn effort(distance_m: f64, time_s: f64) -> Entry {
        let mut entry = Entry { day: Some(date(2026, 5, 1)), running: true, ..Entry::default() };
        entry.mile = Some(MileEntry {
            time_s: 400.0,
            uncertainty_s: None,
            clean: true,
            score: None,
            per_400m_s: None,
        });
        entry.efforts_s[EFFORTS_M.iter().position(|&m| m == distance_m).unwrap()] = Some(time_s);
        entry
    }

    fn mile(laps_s: [f64; 4]) -> Entry {
        let mut entry = effort(400.0, laps_s[0]);
        let time_s = laps_s.iter().sum::<f64>() * MILE_M / 1600.0;
        let per_400m_s = Some(laps_s);
        entry.mile =
            Some(MileEntry { time_s, uncertainty_s: None, clean: true, score: Some(70.0), per_400m_s });
        entry
    }

    fn told(entries: &[Entry]) -> (f64, String) {
        let goal = goal(entries, date(2026, 5, 20), Asked::default()).unwrap();
        (goal.goal_s, goal.reasons.join(" "))
    }

    #[test]
    fn every_ground_for_a_goal_is_said() {
        assert_eq!(
            told(&[mile([80.0; 4])]),
            (
                320.0,
                "The best mile of the last eight weeks took 5:21.9 (1 May). The goal takes half a per cent off, what a \
                 block of training gives."
                    .into()
            )
        );
        let (goal_s, reasons) = told(&[mile([75.0, 80.0, 86.0, 83.0])]);
        assert_eq!(goal_s, 323.0);
        assert!(reasons.contains("Its laps varied by 5.0 %; steady ones are worth about 1.0 s"), "{reasons}");
        let (goal_s, reasons) = told(&[mile([80.0; 4]), effort(5000.0, 1040.0)]);
        assert_eq!(goal_s, 317.0);
        assert!(
            reasons.ends_with(
                "5 km in 17:20 (1 May) is worth a mile in 5:03 to 5:13, by Riegel and by Daniels-Gilbert. That is \
                 faster than the mile was; the goal asks for half of the way there, 2 % at most."
            ),
            "{reasons}"
        );
        let (goal_s, reasons) = told(&[mile([80.0; 4]), effort(5000.0, 1120.0)]);
        assert_eq!(goal_s, 320.0);
        assert!(reasons.ends_with("That is no faster than the mile, so the goal takes half a per cent off, what a block of training gives."));
        let mut longer = mile([75.0, 79.0, 75.0, 79.0]);
        longer.mile.as_mut().unwrap().score = None;
        let (goal_s, reasons) = told(&[mile([80.0; 4]), longer]);
        assert_eq!(goal_s, 308.0);
        assert!(
            reasons.starts_with("The best mile of the last eight weeks took 5:09.8 (1 May). The goal"),
            "{reasons}"
        );
        let (_, reasons) = told(&[mile([80.0; 4]), effort(5000.0, 1300.0)]);
        assert!(!reasons.contains("5 km"), "an easy run promises nothing: {reasons}");
        let (goal_s, reasons) = told(&[effort(5000.0, 1200.0)]);
        assert_eq!(goal_s, 361.0);
        assert!(
            reasons.ends_with("No mile was raced in what was read, so the goal takes the slower of both."),
            "{reasons}"
        );
    }

    #[test]
    fn an_old_mile_is_no_ground_and_a_later_one_neither() {
        let goal = |last: Date| goal(&[mile([80.0; 4])], last, Asked::default());
        let older = goal(date(2026, 9, 10)).unwrap();
        assert_eq!(
            older.reasons[0],
            "The best mile of the last half year took 5:21.9 (1 May 2026). It is over 18 weeks old; a time trial would \
             tell more."
        );
        let none = "None yet: in the half year to 20 May 2027 there is no mile effort, and nothing in its last eight \
                    weeks that would promise one. A time trial shows where you stand.";
        assert_eq!(goal(date(2027, 5, 20)), Err(none.into()));
        assert!(goal(date(2026, 4, 30)).is_err(), "it was run on the day after");
    }

    #[test]
    fn a_goal_of_a_promise_is_the_time_that_its_sentence_names() {
        for time_s in (1100..1400).map(f64::from) {
            let (goal_s, reasons) = told(&[effort(5000.0, time_s)]);
            assert!(reasons.contains(&format!("to {}, by", clock(goal_s))), "{goal_s} {reasons}");
        }
    }

    #[test]
    fn nothing_that_was_easy_makes_a_goal() {
        let last = date(2026, 5, 20);
        for class in [WorkoutClass::Easy, WorkoutClass::Strides, WorkoutClass::Long] {
            let easy = Entry { class: Some(class), ..effort(5000.0, 1200.0) };
            assert!(goal(&[easy], last, Asked::default()).is_err(), "{class:?}");
        }
        let easy = Entry { class: Some(WorkoutClass::Easy), ..mile([75.0; 4]) };
        assert_eq!(told(&[mile([80.0; 4]), easy]).0, 320.0);
    }

    #[test]
    fn half_a_year_is_only_named_where_it_was_read() {
        let early = Entry { day: Some(date(2025, 10, 1)), running: true, ..Entry::default() };
        let (_, reasons) = told(&[early, effort(5000.0, 1200.0)]);
        let end = "No mile was raced in the last half year, so the goal takes the slower of both.";
        assert!(reasons.ends_with(end), "{reasons}");
        let none = "None yet: in what was read up to 20 May 2026 there is no mile effort, and nothing in the last \
                    eight weeks that would promise one. A time trial shows where you stand.";
        assert_eq!(goal(&[], date(2026, 5, 20), Asked::default()), Err(none.into()));
    }

    #[test]
    fn who_asked_for_a_few_weeks_is_told_of_those() {
        let asked = Asked { since: Some(date(2026, 4, 1)) };
        let first = |entries: &[Entry], last| goal(entries, last, asked).unwrap().reasons[0].clone();
        let since = "The best mile since 1 Apr 2026 took 5:21.9 (1 May";
        assert_eq!(first(&[mile([80.0; 4])], date(2026, 5, 20)), format!("{since})."));
        let old = format!("{since} 2026). It is over 18 weeks old; a time trial would tell more.");
        assert_eq!(first(&[mile([80.0; 4])], date(2026, 9, 10)), old);
        let promised = goal(&[effort(5000.0, 1200.0)], date(2026, 5, 20), asked).unwrap();
        assert!(promised.reasons[1].starts_with("No mile was raced since 1 Apr 2026, so"));
        let none = "None yet: since 1 Apr 2026 there is no mile effort, and nothing in the last eight weeks that \
                    would promise one. A time trial shows where you stand.";
        assert_eq!(goal(&[], date(2026, 5, 20), asked), Err(none.into()));
    }

    #[test]
    fn a_goal_that_was_asked_for_stands_beside_what_the_season_supports() {
        let last = date(2026, 5, 20);
        let said = |entries: &[Entry], asked_s| {
            let goal = asked(goal(entries, last, Asked::default()), asked_s).unwrap();
            (goal.goal_s, goal.sentence(), goal.reasons[0].clone())
        };
        let (goal_s, sentence, _) = said(&[mile([80.0; 4])], Some(305.0));
        assert_eq!((goal_s, sentence.as_str()), (305.0, "5:05, as asked; the season supports 5:20."));
        assert_eq!(said(&[mile([80.0; 4])], None).1, "5:20 for the next mile.");
        let (_, sentence, why) = said(&[], Some(304.5));
        assert_eq!(sentence, "5:04.5, as asked.");
        assert!(why.starts_with("The season supports none yet: in what was read"), "{why}");
    }

    #[test]
    fn a_promise_is_riegels_formula_turned_round() {
        let five_km_s = riegel_s(320.0, 5000.0);
        let back_s = five_km_s * MILE_M.powf(1.06) / 5000.0_f64.powf(1.06);
        assert!((back_s - 320.0).abs() < 1e-9);
    }
}
