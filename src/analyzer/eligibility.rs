//! Whether a mile was an effort at all: an easy run's fastest mile deserves no grade.

use crate::activity::Activity;
use crate::segmenter::DistanceTrack;
use crate::segmenter::window::Window;
use crate::units::MILE_M;

/// A mile without a standing start is an effort when it is this much faster than the rest of the run.
const FASTER_THAN_REST: f64 = 1.08;
/// Below this the runner walks or stands; it is left out of the speed of the rest.
const RUNNING_MPS: f64 = 1.8;
/// With less running than this around the mile there is nothing to compare it with.
const REST_OF_RUN_S: f64 = 60.0;
/// Whoever covers less than [`STOPPED_M`] in this time has stopped.
const STOP_S: f64 = 8.0;
/// See [`STOP_S`].
const STOPPED_M: f64 = 4.0;
/// Whoever covers in this time less than [`REST_SHARE`] of what the mile's mean speed would is resting.
const REST_S: f64 = 15.0;
/// A jog between repetitions is slower than this share of the mile's mean speed; the slowest lap of a race run for
/// places is not.
const REST_SHARE: f64 = 0.65;
/// Whoever runs this far on, or came this far, at hardly less than the mile's speed ran no mile but something longer.
const RAN_ON_M: f64 = 800.0;
/// Who stops racing after a mile slows to less than this share of its speed; in a longer race, the second mile is
/// hardly ever that slow.
const RACED_ON: f64 = 0.92;
/// Without a standing start the rest of the run may be at nearly that share, so only a larger one tells.
const SAME_EFFORT: f64 = 0.95;
/// A stop shorter than this between hard running and the mile is no rest.
const SHORT_STOP_S: f64 = 45.0;
/// Who has run for [`HARD_S`] at this share of the mile's speed ran hard. No stride lasts so long.
const HARD_SHARE: f64 = 0.9;
/// See [`HARD_SHARE`].
const HARD_S: f64 = 60.0;
/// The first steps from a standing start are no rest.
const START_S: f64 = 10.0;

/// Why a mile was no effort of its own, in one sentence; `None` if it was one.
pub(crate) fn why_no_effort(
    activity: &Activity,
    track: &DistanceTrack,
    mile: Window,
    standing_start: bool,
) -> Option<String> {
    let into_m = |at_s: f64| track.distance_at(at_s) - track.distance_at(mile.start_s);
    if let Some(stop_s) = stop_inside(activity, track, mile) {
        return Some(format!(
            "there is a stop {:.0} m into the mile, so it was no single effort",
            into_m(stop_s)
        ));
    }
    if let Some(rest_s) = rest_inside(track, mile) {
        return Some(format!(
            "there is a rest {:.0} m into the mile, so it was no single effort",
            into_m(rest_s)
        ));
    }
    if let Some(reason) = broken_off_before(activity, track, mile) {
        return Some(reason);
    }
    if standing_start {
        return part_of_longer_effort(track, mile, RACED_ON);
    }
    let rest_mps = median_running_speed_mps(track, mile)?;
    let mile_mps = MILE_M / mile.time_s();
    if mile_mps >= FASTER_THAN_REST * rest_mps {
        return part_of_longer_effort(track, mile, SAME_EFFORT);
    }
    let faster = match (100.0 * (mile_mps / rest_mps - 1.0)).round() {
        pct if pct >= 1.0 => format!("only {pct:.0} % faster"),
        _ => "no faster".into(),
    };
    Some(format!(
        "the mile was {faster} than the rest of the run, so it was part of a steady run and no effort of its own"
    ))
}

/// That the runner came to the mile, or went on after it, at hardly less than its speed: the first mile of a 5 km race.
/// `least` is the share of the mile's speed from which on it counts as one effort.
fn part_of_longer_effort(track: &DistanceTrack, mile: Window, least: f64) -> Option<String> {
    let speed_mps = MILE_M / mile.time_s();
    let least_s = RAN_ON_M / (least * speed_mps);
    let covered_m = |from_s: f64, to_s: f64| track.distance_at(to_s) - track.distance_at(from_s);
    let share = |way_m: f64| 100.0 * way_m / least_s / speed_mps;
    let after_m = covered_m(mile.end_s, mile.end_s + least_s);
    if after_m >= RAN_ON_M {
        return Some(format!(
            "the mile was part of something longer, which went on at {:.0} % of its speed",
            share(after_m)
        ));
    }
    let before_m = covered_m(mile.start_s - least_s, mile.start_s);
    (before_m >= RAN_ON_M).then(|| {
        format!(
            "the mile was part of something longer, which came to it at {:.0} % of its speed",
            share(before_m)
        )
    })
}

/// That the mile follows a short stop after hard running: then it begins in the middle of an effort.
fn broken_off_before(activity: &Activity, track: &DistanceTrack, mile: Window) -> Option<String> {
    let stop_s = stop_between(activity, track, mile.start_s - SHORT_STOP_S, mile.start_s)?;
    let hard_m = HARD_SHARE * MILE_M / mile.time_s() * HARD_S;
    let before_m = track.distance_at(stop_s) - track.distance_at(stop_s - HARD_S);
    (before_m >= hard_m).then(|| {
        "there is a short stop just before the mile, and hard running before that, so it was no single effort".into()
    })
}

/// When the runner stopped inside the mile, in elapsed seconds; the first steps after a standing start count
/// as running.
fn stop_inside(activity: &Activity, track: &DistanceTrack, mile: Window) -> Option<f64> {
    stop_between(activity, track, mile.start_s + 5.0, mile.end_s - 1.0)
}

/// When the runner first stopped in a span of elapsed seconds.
fn stop_between(activity: &Activity, track: &DistanceTrack, from_s: f64, to_s: f64) -> Option<f64> {
    let paused = activity.pauses.iter().find(|p| p.start_s > from_s && p.start_s < to_s);
    if let Some(pause) = paused {
        return Some(pause.start_s);
    }
    let steps = ((to_s - STOP_S - from_s).max(0.0) / 2.0) as usize;
    (0..steps).map(|step| from_s + 2.0 * step as f64).find(|&t| {
        let covered_m = track.distance_at(t + STOP_S) - track.distance_at(t);
        covered_m < STOPPED_M
    })
}

/// When the runner walked or jogged inside the mile, as between repetitions, in elapsed seconds.
fn rest_inside(track: &DistanceTrack, mile: Window) -> Option<f64> {
    let least_m = REST_SHARE * MILE_M / mile.time_s() * REST_S;
    let from_s = mile.start_s + START_S;
    let steps = ((mile.end_s - REST_S - from_s).max(0.0) / 2.0) as usize;
    (0..steps).map(|step| from_s + 2.0 * step as f64).find(|&t| {
        let covered_m = track.distance_at(t + REST_S) - track.distance_at(t);
        covered_m < least_m
    })
}

/// The median speed in metres per second of the running outside the mile; `None` with too little of it.
fn median_running_speed_mps(track: &DistanceTrack, mile: Window) -> Option<f64> {
    const STEP_S: f64 = 10.0;
    let (first_s, last_s) = (*track.elapsed_s().first()?, *track.elapsed_s().last()?);
    let steps = ((last_s - first_s) / STEP_S) as usize;
    let mut speeds_mps = Vec::new();
    let mut step = 0;
    while step < steps {
        let span =
            Window { start_s: first_s + STEP_S * step as f64, end_s: first_s + STEP_S * (step + 1) as f64 };
        let speed_mps = (track.distance_at(span.end_s) - track.distance_at(span.start_s)) / STEP_S;
        if speed_mps > RUNNING_MPS && !span.overlaps(mile) {
            speeds_mps.push(speed_mps);
        }
        // A damaged clock can leave a gap of decades: it is passed over, not stepped through.
        let gap_end_s = end_of_gap(track, span.end_s).unwrap_or(span.end_s);
        step = (step + 1).max(((gap_end_s - first_s) / STEP_S) as usize);
    }
    speeds_mps.sort_by(f64::total_cmp);
    let enough = speeds_mps.len() as f64 * STEP_S >= REST_OF_RUN_S;
    enough.then(|| speeds_mps[speeds_mps.len() / 2])
}

/// Where there is no sample for long around `at_s`, the time of the next one: what was run in between is not known.
fn end_of_gap(track: &DistanceTrack, at_s: f64) -> Option<f64> {
    const LONG_S: f64 = 600.0;
    let times_s = track.elapsed_s();
    let next = times_s.partition_point(|&t| t <= at_s);
    let (last_s, next_s) = (times_s[next.checked_sub(1)?], *times_s.get(next)?);
    (next_s - last_s > LONG_S).then_some(next_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::DistanceSource;

    const MILE: Window = Window { start_s: 600.0, end_s: 900.0 };

    #[test]
    fn the_rest_of_the_run_is_told_by_the_running_in_it() {
        // Ten minutes at 3 m/s, a mile, two minutes of walking, eight minutes at 2.5 m/s.
        let points = [(0.0, 0.0), (600.0, 1800.0), (900.0, 3410.0), (1020.0, 3530.0), (1500.0, 4730.0)];
        let track = DistanceTrack::through(DistanceSource::Recorded, points);
        assert_eq!(median_running_speed_mps(&track, MILE), Some(3.0));
        assert_eq!(median_running_speed_mps(&track, Window { start_s: 0.0, end_s: 1460.0 }), None);
    }

    #[test]
    fn a_gap_of_a_century_is_passed_over_whatever_lies_in_it() {
        let century_s = 100.0 * 365.25 * 86_400.0;
        let far_m = 4.0 * century_s;
        let points = [(0.0, 0.0), (600.0, 1800.0), (900.0, 3410.0), (century_s, far_m)];
        let then = (1..=50).map(|i| (century_s + 12.0 * f64::from(i), far_m + 30.0 * f64::from(i)));
        let track = DistanceTrack::through(DistanceSource::Recorded, points.into_iter().chain(then));
        let begun = std::time::Instant::now();
        let median_mps = median_running_speed_mps(&track, MILE).unwrap();
        assert!((median_mps - 3.0).abs() < 1e-9, "{median_mps}");
        assert!(begun.elapsed().as_secs_f64() < 5.0);
    }
}
