//! A season that is known, read.

use jiff::civil::{Date, date};

use super::*;
use crate::analyzer::grade::{GradeKind, Graded};
use crate::season::row::{EffortRow, GradeRow, LapRow, MileRow, SeasonRow, Status, WorkoutRow};
use crate::season::table;
use crate::season::workout::WorkoutClass;
use crate::segmenter::efforts::EFFORTS_M;
use crate::segmenter::{DistanceSource, LapScheme, Verdict};

/// A run of a class on a day, in kilometres and minutes.
fn run(day: Date, class: &str, km: f64, minutes: f64) -> SeasonRow {
    let fast_share = match class {
        "intervals" | "time_trial" => 0.4,
        "threshold" => 0.6,
        "strides" => 0.05,
        _ => 0.0,
    };
    let mut row = SeasonRow {
        file: format!("{day}.fit"),
        status: Status::Analysed,
        sport: Some(if class == "cross_training" { "cycling" } else { "running" }.into()),
        start: format!("{day}T17:00:00Z").parse().ok(),
        workout: Some(Box::new(WorkoutRow {
            class: WorkoutClass::from_word(class).unwrap(),
            evidence: "told".into(),
            strides: (class == "strides").then_some(6),
            fast_share: (class != "cross_training").then_some(fast_share),
            ..WorkoutRow::default()
        })),
        ..SeasonRow::default()
    };
    row.totals.distance_m = Some(1000.0 * km);
    row.totals.elapsed_s = Some(60.0 * minutes);
    row
}

/// A mile trial with laps in seconds for 400 m.
pub(crate) fn trial(day: Date, laps_s: [f64; 4], score: f64) -> SeasonRow {
    let time_s = laps_s.iter().sum::<f64>() * 1609.344 / 1600.0;
    let lap = |per_400m_s: f32| LapRow {
        length_m: 402.336,
        time_s: per_400m_s * 1.00584,
        uncertainty_s: Some(0.8),
        per_400m_s,
        heart_rate_bpm: None,
        cadence_spm: None,
    };
    let mut row = run(day, "time_trial", 6.0, 32.0);
    row.mile = Some(MileRow {
        time_s,
        uncertainty_s: Some(1.2),
        start_s: 900.0,
        of: Graded::Race,
        source: DistanceSource::Oval,
        scheme: LapScheme::Quarters,
        verdict: Verdict::Clean,
        verdict_reason: None,
        stopped_s: 0.0,
        laps: laps_s.map(|lap_s| Some(lap(lap_s as f32))),
        vdot: None,
        age_grade_pct: None,
        net_drop_m: None,
    });
    row.grade = Some(Box::new(GradeRow {
        score,
        low: None,
        high: None,
        letter: 'B',
        kind: GradeKind::Pattern,
        goal_s: None,
        pattern_score: score,
        tactical: false,
        points: [None; 8],
        undecided: Vec::new(),
    }));
    for (slot, distance_m) in row.efforts.iter_mut().zip(EFFORTS_M).filter(|(_, m)| *m <= 1610.0) {
        *slot = Some(EffortRow {
            time_s: (time_s * distance_m / 1609.344) as f32,
            uncertainty_s: None,
            start_s: 900.0,
        });
    }
    row
}

/// Twelve weeks of training with five miles, one of them suspect, and what went wrong.
pub(crate) fn season() -> Vec<SeasonRow> {
    let monday = date(2026, 3, 2);
    let day = |week: i64, weekday: i64| monday.saturating_add(jiff::Span::new().days(7 * week + weekday));
    let mut rows = Vec::new();
    for week in 0..12 {
        rows.push(run(day(week, 0), "easy", 8.0 + 0.2 * week as f64, 44.0));
        rows.push(run(day(week, 1), if week % 3 == 2 { "threshold" } else { "intervals" }, 9.5, 50.0));
        rows.push(run(day(week, 3), if week % 2 == 0 { "strides" } else { "easy" }, 7.0, 39.0));
        if week != 7 {
            rows.push(run(day(week, 5), "long", 13.0 + 0.3 * week as f64, 78.0));
        }
        if week % 4 == 1 {
            rows.push(run(day(week, 4), "cross_training", 24.0, 60.0));
        }
    }
    rows.push(trial(day(1, 6), [79.0, 84.0, 89.0, 90.0], 32.0));
    rows.push(trial(day(4, 6), [80.0, 83.0, 86.0, 85.0], 55.0));
    rows.push(trial(day(8, 6), [80.5, 81.5, 82.5, 80.0], 84.0));
    rows.push(trial(day(11, 6), [79.5, 80.0, 80.5, 77.8], 91.0));
    let mut jump = trial(day(6, 6), [76.0, 78.0, 70.0, 77.0], 20.0);
    if let Some(mile) = &mut jump.mile {
        mile.verdict = Verdict::Suspect;
    }
    rows.push(jump);
    let mut five = run(day(9, 2), "time_trial", 5.0, 19.4);
    five.mile = trial(day(9, 2), [92.0; 4], 60.0).mile;
    five.efforts[8] = Some(EffortRow { time_s: 1101.0, uncertainty_s: None, start_s: 0.0 });
    rows.push(five);
    rows.push(SeasonRow {
        file: "broken.fit".into(),
        reason: Some("it is cut off after 12 bytes".into()),
        ..SeasonRow::default()
    });
    rows.push(SeasonRow { file: "notes.txt".into(), status: Status::NotActivity, ..SeasonRow::default() });
    rows
}

/// The known season, read.
pub(crate) fn reading(options: &ReadingOptions) -> Reading {
    read(&table::frame(&season()).unwrap(), options).unwrap()
}

#[test]
fn counts_bests_and_failures_are_those_of_the_table() {
    let reading = reading(&ReadingOptions::default());
    assert_eq!(
        reading.counts,
        Counts { analysed: 56, runs: 53, duplicates: 0, not_activities: 1, failed: 1, outside: 0 }
    );
    assert_eq!(reading.failures, [("broken.fit".into(), "it is cut off after 12 bytes".into())]);
    let mile = reading.bests.iter().find(|best| best.distance_m == MILE_M).unwrap();
    assert_eq!(
        (crate::units::clock_tenths(mile.time_s).as_str(), mile.day),
        ("5:19.7", Some(date(2026, 5, 24)))
    );
    assert_eq!(reading.bests.iter().find(|best| best.distance_m == 5000.0).unwrap().time_s, 1101.0);
    assert!(reading.bests.iter().all(|best| best.distance_m != 10_000.0));
}

#[test]
fn records_make_a_staircase_and_the_suspect_mile_is_no_step() {
    let reading = reading(&ReadingOptions::default());
    let steps: Vec<bool> = reading.miles.iter().map(|mile| mile.record).collect();
    assert_eq!(steps, [true, true, false, true, false, true]);
    assert!(!reading.miles[2].clean);
    assert_eq!(reading.equivalents.len(), 3);
}

#[test]
fn weeks_and_months_hold_all_kilometres() {
    let reading = reading(&ReadingOptions::default());
    let all_km: f64 = reading.entries.iter().map(|entry| entry.distance_m / 1000.0).sum();
    for periods in [&reading.weekly, &reading.monthly] {
        let sum_km: f64 = periods.iter().flat_map(|period| period.km).sum();
        assert!((sum_km - all_km).abs() < 1e-6, "{sum_km} {all_km}");
    }
    assert_eq!((reading.weekly.len(), reading.monthly.len()), (12, 3));
    assert_eq!(reading.weekly[0].from, date(2026, 3, 2));
}

#[test]
fn the_block_counts_what_it_holds_and_names_what_is_missing() {
    let reading = reading(&ReadingOptions::default());
    let block = reading.block.as_ref().unwrap();
    assert_eq!((block.from, block.to, block.weeks), (date(2026, 3, 30), date(2026, 5, 24), 8.0));
    assert_eq!(block.missing(), [BlockPart::Hills]);
    assert_eq!((block.count(BlockPart::Long), block.count(BlockPart::TimeTrial)), (7, 5));
    assert_eq!(block.count(BlockPart::RestDays), 56 - 38);
    assert_eq!((block.longest_gap_days, block.gap.unwrap().0), (3, date(2026, 4, 24)));
    assert!(block.fast_share > 0.1 && block.fast_share < 0.3, "{}", block.fast_share);
    let race = BlockOptions { weeks: Some(6), race: Some(date(2026, 6, 7)) };
    let leading = self::reading(&ReadingOptions { block: race, ..ReadingOptions::default() });
    assert_eq!(leading.block.as_ref().unwrap().to, date(2026, 5, 24));
    assert!(
        leading.next[1].starts_with("Week 2: ") && leading.next[1].contains("then the race in"),
        "{:?}",
        leading.next
    );
}

#[test]
fn every_run_of_a_block_counts_once() {
    let day = |day| date(2026, 5, day);
    let mut rows = vec![run(day(4), "intervals", 9.5, 50.0), run(day(6), "strides", 7.0, 39.0)];
    rows.extend([run(day(8), "other", 6.0, 30.0), run(day(9), "cross_training", 24.0, 60.0)]);
    if let Some(workout) = &mut rows[0].workout {
        workout.strides = Some(4);
    }
    let read = |rows: &[SeasonRow]| read(&table::frame(rows).unwrap(), &ReadingOptions::default()).unwrap();
    let block = read(&rows).block.unwrap();
    assert_eq!(block.counts, [0, 0, 1, 1, 0, 0, 0, 1, 1, 2]);
    // The run with strides is an easy one as well, and nobody misses other runs.
    let missing = [BlockPart::Long, BlockPart::Hills, BlockPart::Threshold, BlockPart::TimeTrial];
    assert_eq!(block.missing(), missing);
    rows.remove(1);
    let block = read(&rows).block.unwrap();
    assert_eq!((block.count(BlockPart::Strides), block.strides_besides), (0, 1));
    assert!(!block.missing().contains(&BlockPart::Strides), "the repetitions had strides before them");
}

#[test]
fn the_trend_sees_the_pacing_get_better() {
    let trend = reading(&ReadingOptions::default()).shape.unwrap();
    assert_eq!(trend.miles, 4);
    let said = trend.sentences();
    assert!(said[0].starts_with("The pacing got better: 44 points on average, then 88."), "{said:?}");
    assert!(said[1].starts_with("Lap 3 holds better now"), "{said:?}");
    assert!(said[2].starts_with("The finish got stronger"), "{said:?}");
}

#[test]
fn a_goal_says_what_it_rests_on() {
    let reading = reading(&ReadingOptions::default());
    let goal = reading.goal.unwrap();
    assert_eq!((goal.goal_s, goal.mile_s.map(f64::round)), (318.0, Some(320.0)));
    assert_eq!(goal.reasons[0], "The best mile of the last eight weeks took 5:19.7 (24 May).");
    assert!(
        goal.reasons[1].starts_with("5 km in 18:21 (6 May) is worth a mile in 5:2"),
        "{:?}",
        goal.reasons
    );
}

#[test]
fn the_goal_that_was_asked_for_sets_the_paces() {
    let mut rows = season();
    for grade in rows.iter_mut().filter_map(|row| row.grade.as_mut()) {
        grade.goal_s = Some(305.0);
    }
    let reading = read(&table::frame_to_read(&rows).unwrap(), &ReadingOptions::default()).unwrap();
    let goal = reading.goal.unwrap();
    assert_eq!((goal.goal_s, goal.asked, goal.supported_s), (305.0, true, Some(318.0)));
    assert!(
        reading.next.iter().any(|said| said.ends_with("then a time trial in 5:05.")),
        "{:?}",
        reading.next
    );
}

#[test]
fn nothing_is_read_from_nothing() {
    let empty = read(&table::frame(&[]).unwrap(), &ReadingOptions::default()).unwrap();
    assert_eq!(empty, Reading::default());
}

#[test]
fn what_a_race_leaves_out_is_said() {
    let with = |race: Date| {
        let block = BlockOptions { weeks: Some(8), race: Some(race) };
        self::reading(&ReadingOptions { block, ..ReadingOptions::default() })
    };
    // A race long after the last run: its block has not begun.
    let late = with(date(2026, 10, 1));
    let why = "No activity lies in the 8 weeks before the race, 6 Aug 2026 to 30 Sep 2026.";
    assert_eq!((late.block, late.no_block.as_deref()), (None, Some(why)));
    assert!(late.goal.is_some(), "a goal there is all the same");
    // A race before the first run: neither block nor goal, and no later mile makes one.
    let early = with(date(2026, 3, 1));
    assert!(early.no_block.is_some() && early.goal.is_none() && early.no_goal.is_some());
    // The mile of 24 May was run after the race.
    let past = with(date(2026, 5, 20)).goal.unwrap();
    assert_eq!(past.reasons[0], "The best mile of the last eight weeks took 5:26.4 (3 May).");
}

#[test]
fn a_mile_that_was_graded_only_on_demand_is_no_effort() {
    let mut rows = season();
    let is_trial = |row: &SeasonRow| row.grade.is_some();
    for row in rows.iter_mut().filter(|row| is_trial(row)) {
        row.notices = vec![("gps-jump", 2), ("no-single-effort", 1)];
    }
    let reading = read(&table::frame(&rows).unwrap(), &ReadingOptions::default()).unwrap();
    assert!(reading.miles.iter().all(|mile| !mile.effort));
    assert_eq!((reading.shape, reading.equivalents.len()), (None, 0));
}

#[test]
fn the_time_of_a_drive_is_no_running_time() {
    let mut row = run(date(2026, 5, 1), "easy", 5.0, 60.0);
    (row.totals.timer_s, row.totals.moving_s) = (Some(3500.0), Some(1500.0));
    let time_s = |row: &SeasonRow| {
        let table = table::frame(std::slice::from_ref(row)).unwrap();
        read(&table, &ReadingOptions::default()).unwrap().entries[0].time_s
    };
    assert_eq!(time_s(&row), 3500.0);
    row.notices = vec![("vehicle", 420)];
    assert_eq!(time_s(&row), 1500.0);
}

#[test]
fn a_squad_is_read_athlete_by_athlete() {
    let mut rows = season();
    for (index, row) in rows.iter_mut().enumerate() {
        row.athlete = [Some("Ben"), Some("Anna"), None][index % 3].map(Box::from);
    }
    let table = table::frame(&rows).unwrap();
    let squad = squad(&table).unwrap();
    let name = |name: &str| Whose::Athlete(Some(name.into()));
    assert_eq!(squad, [name("Anna"), name("Ben"), Whose::Athlete(None)]);
    let of = |whose: &Whose| {
        read(&table, &ReadingOptions { whose: whose.clone(), ..ReadingOptions::default() })
            .unwrap()
            .counts
            .analysed
    };
    assert_eq!(squad.iter().map(of).sum::<usize>(), 56);
    assert_eq!(super::squad(&table::frame(&season()).unwrap()).unwrap(), [Whose::Everybody]);
}

#[test]
fn a_short_season_is_a_short_block_and_a_mile_of_repetitions_no_effort() {
    let mut rows = vec![run(date(2026, 5, 18), "easy", 8.0, 44.0), trial(date(2026, 5, 22), [80.0; 4], 90.0)];
    rows.push(trial(date(2026, 5, 24), [78.0, 110.0, 78.0, 110.0], 5.0));
    if let Some(workout) = &mut rows[2].workout {
        workout.class = WorkoutClass::Intervals;
    }
    let reading = read(&table::frame(&rows).unwrap(), &ReadingOptions::default()).unwrap();
    let block = reading.block.unwrap();
    assert_eq!((block.from, block.weeks, block.longest_gap_days), (date(2026, 5, 18), 1.0, 3));
    assert_eq!(reading.miles.iter().map(|mile| mile.effort).collect::<Vec<_>>(), [true, false]);
}
