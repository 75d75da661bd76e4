//! Sessions whose plan is known, and real ones.

use super::simulated::Session;
use super::*;
use crate::activity::Activity;
use crate::analysis::{Options, analyze};
use crate::season::row::WorkoutRow as WorkoutRowOf;

fn judged(activity: &Activity, context: &Context) -> Workout {
    Workout::judged(Facts::of(activity, &analyze(activity, &Options::default())), context)
}

/// A recording that stands alone.
fn workout(activity: &Activity) -> Workout {
    judged(activity, &Context::default())
}

fn run(plan: &[(usize, f64)]) -> Workout {
    workout(&Session::of(plan))
}

fn reps(workout: &Workout) -> &Reps {
    workout.facts.reps.as_ref().unwrap()
}

/// A warm-up, repetitions of a length at a speed with rests, a cool-down.
fn session(count: usize, rep: (usize, f64), rest: (usize, f64)) -> Vec<(usize, f64)> {
    let mut plan = vec![(900, 2.9)];
    plan.extend([rep, rest].repeat(count));
    plan.push((600, 2.8));
    plan
}

#[test]
fn repetitions_are_found_with_their_number_length_and_rest() {
    for (count, rep, rest) in [
        (10, (80, 5.0), (90, 2.0)),
        (6, (156, 5.1), (120, 0.0)),
        (5, (215, 4.65), (180, 1.4)),
        (12, (38, 5.3), (60, 1.8)),
        (3, (360, 4.4), (150, 2.2)),
        (4, (60, 5.6), (20, 0.0)),
    ] {
        let found = run(&session(count, rep, rest));
        assert_eq!(found.class, WorkoutClass::Intervals, "{count} {rep:?}: {}", found.evidence);
        let reps = reps(&found);
        let (length_m, rest_s) = (rep.0 as f64 * rep.1, rest.0 as f64);
        assert_eq!(reps.count(), count, "{}", found.evidence);
        assert!((reps.mean_m() / length_m - 1.0).abs() < 0.03, "{} m, not {length_m}", reps.mean_m());
        assert!((reps.rest_mean_s() - rest_s).abs() < 3.0, "{} s, not {rest_s}", reps.rest_mean_s());
        assert!(reps.spread_pct() < 3.0, "{}", reps.spread_pct());
        assert!((found.facts.warm_up_s.unwrap() - 900.0).abs() < 10.0, "{:?}", found.facts.warm_up_s);
        let fast_m = count as f64 * length_m;
        assert!((found.fast_m() / fast_m - 1.0).abs() < 0.03);
    }
}

#[test]
fn the_evidence_names_the_set() {
    let found = run(&session(10, (80, 5.0), (90, 2.0)));
    assert!(found.evidence.starts_with("10 x 400 m at 1:20"), "{}", found.evidence);
    assert!(found.evidence.ends_with("found by speed."), "{}", found.evidence);
}

#[test]
fn a_mile_after_a_warm_up_is_a_time_trial() {
    let trial = [(1020, 2.9), (120, 0.0), (322, 5.0), (60, 1.0), (600, 2.7)];
    let found = run(&trial);
    assert_eq!(found.class, WorkoutClass::TimeTrial, "{}", found.evidence);
    assert!(found.evidence.contains("after 17 min of easy running"), "{}", found.evidence);
    // The same mile when the season knows a far better one.
    let slow = Context { mile_s: Some(290.0), ..Context::default() };
    assert_ne!(Workout::judged(found.facts.clone(), &slow).class, WorkoutClass::TimeTrial);
    let near = Context { mile_s: Some(310.0), ..Context::default() };
    let again = Workout::judged(found.facts, &near);
    assert!(
        again.evidence.ends_with("at 96 % of the best mile speed of the last year."),
        "{}",
        again.evidence
    );
}

#[test]
fn a_mile_between_stops_is_no_set_of_repetitions() {
    let mile = run(&[(900, 2.5), (183, 0.0), (402, 4.0), (183, 0.0), (800, 2.5)]);
    assert_eq!(mile.class, WorkoutClass::TimeTrial, "{}", mile.evidence);
    assert_eq!(mile.facts.reps, None);
    assert!((mile.facts.warm_up_s.unwrap() - 900.0).abs() < 15.0, "{:?}", mile.facts.warm_up_s);
    // Nor where the season knows a far better one.
    let fast = Context { mile_s: Some(300.0), ..Context::default() };
    let judged = Workout::judged(mile.facts, &fast);
    assert_eq!(judged.class, WorkoutClass::Other, "{}", judged.evidence);
    let three = run(&[vec![(900, 2.5)], [(183, 0.0), (402, 4.0)].repeat(3), vec![(600, 2.5)]].concat());
    assert_eq!(three.class, WorkoutClass::Intervals, "{}", three.evidence);
}

#[test]
fn a_drive_home_belongs_to_no_run() {
    let drive = run(&[(1500, 3.0), (40, 0.0), (420, 12.5), (30, 0.0)]);
    assert_eq!(drive.class, WorkoutClass::Easy, "{}", drive.evidence);
    assert!(drive.evidence.starts_with("25 min of running, 4.5 km"), "{}", drive.evidence);
    // 5 km and a bit by car, in a season that knows the runner for 20 minutes over 5 km.
    let known = Context { vdot: Some(49.8), promise_vdot: Some(49.8), ..Context::default() };
    let judged = Workout::judged(drive.facts, &known);
    assert_eq!(judged.class, WorkoutClass::Easy, "{}", judged.evidence);
}

#[test]
fn strides_and_hills_are_told_apart() {
    let mut plan = vec![(1800, 2.9)];
    plan.extend([(20, 5.2), (70, 2.0)].repeat(6));
    plan.push((300, 2.8));
    let strides = run(&plan);
    assert_eq!(strides.class, WorkoutClass::Strides, "{}", strides.evidence);
    assert!(strides.evidence.starts_with("6 strides of 2"), "{}", strides.evidence);
    let climbing = Session::with(&plan, |_, _| None, |mps| if mps > 5.0 { 0.08 } else { -0.01 });
    let hills = workout(&climbing);
    assert_eq!(hills.class, WorkoutClass::Hills, "{}", hills.evidence);
    assert_eq!(WorkoutRowOf::from(&hills).reps, Some(6));
}

#[test]
fn a_heart_near_its_threshold_makes_a_threshold_run() {
    let known = Context { max_heart_rate_bpm: Some(190.0), max_heart_rate_given: true, ..Context::default() };
    let beats = |_, mps: f64| Some(if mps > 3.5 { 166.0 } else { 140.0 });
    let tempo = Session::with(&[(900, 2.9), (1500, 4.0), (600, 2.8)], beats, |_| 0.0);
    let found = judged(&tempo, &known);
    assert_eq!(found.class, WorkoutClass::Threshold, "{}", found.evidence);
    assert_eq!(found.evidence, "25 min without a stop, 6.0 km, at 87 % of the maximal heart rate.");
    let easy = Session::with(&[(2700, 3.0)], beats, |_| 0.0);
    let found = judged(&easy, &known);
    assert_eq!((found.class, found.fast_share()), (WorkoutClass::Easy, Some(0.0)));
    assert_eq!(found.evidence, "45 min of running, 8.1 km at 74 % of the maximal heart rate.");
    let hard = Session::with(&[(2700, 3.6)], beats, |_| 0.0);
    let found = judged(&hard, &known);
    assert_eq!(found.class, WorkoutClass::Other);
    assert_eq!(found.evidence, "45 min at 87 % of the maximal heart rate: harder than easy, with no rests.");
}

#[test]
fn a_maximum_that_was_only_seen_yields_to_the_pace() {
    let beats = |_, _| Some(160.0);
    let jog = Session::with(&[(2700, 3.0)], beats, |_| 0.0);
    let facts = workout(&jog).facts;
    let seen = Context { max_heart_rate_bpm: Some(180.0), vdot: Some(54.0), ..Context::default() };
    let judged = Workout::judged(facts.clone(), &seen);
    assert_eq!(judged.class, WorkoutClass::Easy);
    assert_eq!(
        judged.evidence,
        "45 min of running, 8.1 km at 58 % of the VO2max that the season's best shows."
    );
    let given = Context { max_heart_rate_given: true, ..seen };
    assert_eq!(Workout::judged(facts, &given).class, WorkoutClass::Other);
}

#[test]
fn length_makes_a_long_run_where_the_week_has_no_longer_one() {
    let found = run(&[(4500, 2.9)]);
    assert_eq!(found.class, WorkoutClass::Long);
    let week = |longest_m| Some(Week { distance_m: 40_000.0, runs: 5, longest_m });
    let judged = |longest_m| {
        Workout::judged(found.facts.clone(), &Context { week: week(longest_m), ..Context::default() })
    };
    assert_eq!(judged(18_000.0).class, WorkoutClass::Easy);
    let longest = judged(13_000.0);
    assert_eq!(longest.evidence, "75 min of running, 13.0 km: the longest run of its week and 33 % of it.");
}

#[test]
fn what_was_walked_is_not_run() {
    let ultra = run(&[(7200, 2.5), (3600, 1.5), (3600, 2.4), (7200, 1.4)]);
    let evidence = "3 h 00 min of running, 26.6 of 42.1 km";
    assert!(ultra.evidence.starts_with(evidence), "{} {}", ultra.class.name(), ultra.evidence);
    let speed_mps = ultra.facts.running_mps().unwrap();
    assert!((speed_mps - 2.47).abs() < 0.02, "{speed_mps}");
}

#[test]
fn a_race_is_known_by_the_season() {
    let found = run(&[(1125, 4.45)]);
    assert_eq!(found.class, WorkoutClass::Easy, "nothing to compare it with");
    let known = Context { vdot: Some(53.5), promise_vdot: Some(53.5), ..Context::default() };
    let race = Workout::judged(found.facts.clone(), &known);
    assert_eq!(race.class, WorkoutClass::TimeTrial, "{}", race.evidence);
    assert!(race.evidence.starts_with("5 km without a stop in 18:4"), "{}", race.evidence);
    let mut named = Session::of(&[(1125, 4.45)]);
    named.name = Some("Saturday parkrun #12".into());
    assert_eq!(workout(&named).class, WorkoutClass::TimeTrial);
    named.name = Some("Graceland trace".into());
    assert_eq!(workout(&named).class, WorkoutClass::Easy);
}

#[test]
fn other_sports_and_recordings_without_a_way_say_so() {
    let mut ride = Session::of(&[(1200, 7.0)]);
    ride.sport = crate::activity::Sport::Other("indoor_cycling".into());
    let found = workout(&ride);
    assert_eq!(
        (found.class, found.evidence.as_str()),
        (WorkoutClass::CrossTraining, "The sport is indoor cycling.")
    );
    let mut blind = Session::of(&[(1200, 3.0)]);
    blind.samples.distance_m = None;
    assert_eq!(workout(&blind).evidence, "No way over time was recorded, so its speed is not known.");
    assert_eq!(run(&[(120, 3.0)]).evidence, "Only 2:01 of running: too short to tell.");
}

/// One run for every sentence that the rules can say.
#[test]
fn the_catalogue_of_evidence() {
    let alone = Context::default();
    let hearts = |bpm: f32| Session::with(&[(1500, 3.9)], move |_, _| Some(bpm), |_| 0.0);
    let max = Context { max_heart_rate_bpm: Some(190.0), max_heart_rate_given: true, ..alone };
    let vdot = |vdot| Context { vdot: Some(vdot), promise_vdot: Some(vdot), ..alone };
    let mut named = Session::of(&[(1285, 3.9)]);
    named.name = Some("Club race".into());
    let mut ride = Session::of(&[(1200, 7.0)]);
    ride.sport = crate::activity::Sport::Other("cycling".into());
    let mut blind = Session::of(&[(1200, 3.0)]);
    blind.samples.distance_m = None;
    let hill = [vec![(900, 2.8)], [(60, 4.2), (90, 2.0)].repeat(6)].concat();
    let strides = [vec![(1800, 2.9)], [(20, 5.2), (70, 2.0)].repeat(6)].concat();
    let week = Week { distance_m: 30_000.0, runs: 4, longest_m: 13_000.0 };
    let runs: [(&Session, Context); 20] = [
        (&Session::of(&[(1020, 2.9), (120, 0.0), (322, 5.0), (60, 1.0), (600, 2.7)]), alone),
        (&Session::of(&[(30, 0.0), (322, 5.0), (60, 1.0)]), Context { mile_s: Some(318.0), ..alone }),
        (&Session::of(&[(1125, 4.45)]), vdot(53.5)),
        (&hearts(178.0), max),
        (&named, alone),
        (&Session::with(&hill, |_, _| None, |mps| if mps > 4.0 { 0.07 } else { -0.02 }), alone),
        (&hearts(165.0), max),
        (&hearts(165.0), Context { max_heart_rate_bpm: None, ..vdot(52.0) }),
        (&Session::of(&[(1500, 3.9)]), vdot(52.0)),
        (&Session::of(&session(8, (80, 5.0), (90, 2.0))), alone),
        (&Session::of(&strides), alone),
        (&Session::of(&[(4500, 2.9)]), alone),
        (&Session::of(&[(4500, 2.9)]), Context { week: Some(week), ..alone }),
        (&hearts(145.0), max),
        (&Session::of(&[(1500, 2.9)]), vdot(54.0)),
        (&Session::of(&[(1500, 2.9)]), alone),
        (&Session::of(&[(2700, 3.7)]), vdot(48.0)),
        (&hearts(159.0), Context { vdot: Some(60.0), ..max }),
        (&ride, alone),
        (&blind, alone),
    ];
    let told = runs.map(|(session, context)| {
        let told = judged(session, &context);
        format!("{}: {}", told.class.name(), told.evidence)
    });
    insta::assert_snapshot!(told.join("\n"));
}

/// How many repetitions, and their mean length in metres.
type Set = Option<(usize, f64)>;

/// The corpus's named sessions.
const NAMED: [(&str, WorkoutClass, Set); 11] = [
    ("track-garmin-mixed-reps.fit", WorkoutClass::Intervals, Some((6, 1200.0))),
    ("track-smart-recording-1k-reps.fit", WorkoutClass::Intervals, Some((4, 1640.0))),
    ("track-smart-recording-2min-reps.fit", WorkoutClass::Intervals, Some((8, 478.0))),
    ("track-fenix6-600m-reps-dev-fields.fit", WorkoutClass::Intervals, Some((4, 620.0))),
    ("track-suunto-5x200s-shuttle.fit", WorkoutClass::Intervals, Some((5, 837.0))),
    ("track-garminconnect-16k-laps.gpx", WorkoutClass::Intervals, Some((3, 1640.0))),
    ("track-mode-fenix6x-3x1600.fit", WorkoutClass::Easy, None),
    ("track-mode-garmin-timed-laps.fit", WorkoutClass::Easy, None),
    ("track-coros-1k-autolaps.fit", WorkoutClass::Long, None),
    ("run-strava-bulk.fit.gz", WorkoutClass::Easy, None),
    ("run-fenix5-short-158m.fit", WorkoutClass::Other, None),
];

#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
#[test]
fn named_sessions_of_the_corpus_are_what_their_names_say() {
    let Some(folder) = std::env::var_os("FOURLAP_CORPUS").map(std::path::PathBuf::from) else {
        println!("skipped: FOURLAP_CORPUS names no folder with corpus/ in it");
        return;
    };
    let mut wrong = Vec::new();
    for (name, class, expected) in NAMED {
        let mut bytes = std::fs::read(folder.join("corpus/files").join(name)).unwrap();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            let mut unpacked = flate2::read::MultiGzDecoder::new(&bytes[..]);
            std::io::Read::read_to_end(&mut unpacked, &mut plain).unwrap();
            bytes = plain;
        }
        let found = workout(&crate::parser::read(&bytes).unwrap()[0]);
        let reps = found.facts.reps.as_ref().map(|reps| (reps.count(), reps.mean_m()));
        let near = match (expected, reps) {
            (Some((count, mean_m)), Some((found, found_m))) => {
                count == found && (found_m / mean_m - 1.0_f64).abs() < 0.03
            }
            (expected, reps) => expected.is_none() && reps.is_none(),
        };
        if found.class != class || !near {
            wrong.push(format!("{name}: {} {reps:?} {}", found.class.as_str(), found.evidence));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
