//! What the rest of the run says of the mile: whether it was faster, went on, was repeated, and whether the heart knew.

use crate::activity::Activity;
use crate::analyzer::equivalents::vdot;
use crate::segmenter::DistanceTrack;
use crate::segmenter::efforts::Effort;
use crate::segmenter::mile::time_weighted_mean;
use crate::segmenter::window::{self, Window};
use crate::units::{MILE_M, clock};

/// A mile without a standing start is an effort when it is this much faster than the rest of the run.
const FASTER_THAN_REST: f64 = 1.08;
/// Below this the runner walks or stands; it is left out of the speed of the rest.
const RUNNING_MPS: f64 = 1.8;
/// With less running than this around the mile there is nothing to compare it with.
const REST_OF_RUN_S: f64 = 60.0;
/// Whoever runs this far on, or came this far, at hardly less than the mile's speed ran no mile but something longer.
const RAN_ON_M: f64 = 800.0;
/// Who stops racing after a mile slows to less than this share of its speed; in a longer race, the second mile is
/// hardly ever that slow.
pub(super) const RACED_ON: f64 = 0.92;
/// Without a standing start the rest of the run may be at nearly that share, so only a larger one tells.
pub(super) const SAME_EFFORT: f64 = 0.95;
/// Nobody runs on after a mile of all that is in him so that a longer stretch with it is worth this share of it, by
/// VDOT: for 3000 m the rest of them would be run at four fifths of the mile's speed.
const WORTH_AS_MUCH: f64 = 0.95;
/// A stretch of this length, a little less than the repetitions of 1600 m that stand for a mile, ...
const REPEATED_M: f64 = 1500.0;
/// ... at such a share of the mile's speed elsewhere makes the mile one of several.
const AS_FAST: std::ops::RangeInclusive<f64> = 0.95..=1.02;
/// At the end of an effort the heart beats at least this many times as fast as over the rest of the run.
const HEART_ROSE: f64 = 1.03;
/// Less than this around the mile says nothing of the heart, in seconds.
const HEART_S: f64 = 180.0;

/// That the mile was hardly faster than the rest of the run, what was driven left out.
pub(super) fn no_faster(track: &DistanceTrack, vehicles: &[Window], mile: Window) -> Option<String> {
    let rest_mps = median_running_speed_mps(track, vehicles, mile)?;
    let mile_mps = MILE_M / mile.time_s();
    if mile_mps >= FASTER_THAN_REST * rest_mps {
        return None;
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
/// `least` is the share of the mile's speed from which on it counts as one effort. Who drove on did not run on.
pub(super) fn ran_on(track: &DistanceTrack, vehicles: &[Window], mile: Window, least: f64) -> Option<String> {
    let speed_mps = MILE_M / mile.time_s();
    let least_s = RAN_ON_M / (least * speed_mps);
    let run_m = |span: Window| {
        let driven = vehicles.iter().any(|drive| drive.overlaps(span));
        if driven { 0.0 } else { track.distance_at(span.end_s) - track.distance_at(span.start_s) }
    };
    let share = |way_m: f64| 100.0 * way_m / least_s / speed_mps;
    let after_m = run_m(Window { start_s: mile.end_s, end_s: mile.end_s + least_s });
    if after_m >= RAN_ON_M {
        return Some(format!(
            "the mile was part of something longer, which went on at {:.0} % of its speed",
            share(after_m)
        ));
    }
    let before_m = run_m(Window { start_s: mile.start_s - least_s, end_s: mile.start_s });
    (before_m >= RAN_ON_M).then(|| {
        format!(
            "the mile was part of something longer, which came to it at {:.0} % of its speed",
            share(before_m)
        )
    })
}

/// That a longer stretch with most of the mile in it is worth hardly less than the mile.
pub(super) fn worth_as_much(efforts: &[Effort], mile: Window) -> Option<String> {
    let least = WORTH_AS_MUCH * vdot(MILE_M, mile.time_s());
    let holds_it = |effort: &&Effort| {
        let stretch = Window { start_s: effort.start_s, end_s: effort.start_s + effort.time_s };
        let shared_s = stretch.end_s.min(mile.end_s) - stretch.start_s.max(mile.start_s);
        effort.distance_m >= 3000.0 && shared_s >= 0.5 * mile.time_s()
    };
    let longer =
        efforts.iter().filter(holds_it).find(|effort| vdot(effort.distance_m, effort.time_s) >= least)?;
    Some(format!(
        "the mile was part of something longer: {:.0} m around it took {}, which is worth as much as the mile",
        longer.distance_m,
        clock(longer.time_s)
    ))
}

/// That something about as long and as fast was run elsewhere: then the mile was a repetition. In a vehicle nothing was
/// run.
pub(super) fn repeated(track: &DistanceTrack, vehicles: &[Window], mile: Window) -> Option<String> {
    let walls: Vec<Window> = vehicles.iter().copied().chain([mile]).collect();
    let other = window::fastest_on(track, REPEATED_M, &walls)?;
    let share = REPEATED_M / other.time_s() / (MILE_M / mile.time_s());
    // What was faster than the fastest mile rests on a fault.
    AS_FAST.contains(&share).then(|| {
        format!(
            "{REPEATED_M} m elsewhere in the run were at {:.0} % of its speed, so the mile was one of several",
            100.0 * share
        )
    })
}

/// That the heart beat hardly faster at the end of the mile than over the rest of the run.
pub(super) fn heart_at_rest(activity: &Activity, mile: Window) -> Option<String> {
    let samples = &activity.samples;
    let column = samples.heart_rate_bpm.as_ref()?;
    let mean = |span: Window| time_weighted_mean(&samples.elapsed_s, column, span);
    let last_bpm = mean(Window { start_s: mile.end_s - 0.25 * mile.time_s(), ..mile })?;
    let around = [
        Window { start_s: 0.0, end_s: mile.start_s },
        Window { start_s: mile.end_s, end_s: activity.elapsed_s() },
    ];
    let known = around.iter().filter_map(|span| Some((span.time_s(), mean(*span)?)));
    let (time_s, beats) = known.fold((0.0, 0.0), |(time_s, beats), (s, bpm)| (time_s + s, beats + s * bpm));
    (time_s >= HEART_S && last_bpm < HEART_ROSE * beats / time_s).then(|| {
        format!(
            "the heart beat at {last_bpm:.0} in the last quarter of the mile and at {:.0} over the rest of the run, so it \
             was no effort",
            beats / time_s
        )
    })
}

/// The median speed in metres per second of the running outside the mile; `None` with too little of it.
fn median_running_speed_mps(track: &DistanceTrack, vehicles: &[Window], mile: Window) -> Option<f64> {
    let is_left_out = |span: Window| span.overlaps(mile) || vehicles.iter().any(|drive| drive.overlaps(span));
    const STEP_S: f64 = 10.0;
    let (first_s, last_s) = (*track.elapsed_s().first()?, *track.elapsed_s().last()?);
    let steps = ((last_s - first_s) / STEP_S) as usize;
    let mut speeds_mps = Vec::new();
    let mut step = 0;
    while step < steps {
        let span =
            Window { start_s: first_s + STEP_S * step as f64, end_s: first_s + STEP_S * (step + 1) as f64 };
        let speed_mps = (track.distance_at(span.end_s) - track.distance_at(span.start_s)) / STEP_S;
        if speed_mps > RUNNING_MPS && !is_left_out(span) {
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
        assert_eq!(median_running_speed_mps(&track, &[], MILE), Some(3.0));
        assert_eq!(median_running_speed_mps(&track, &[], Window { start_s: 0.0, end_s: 1460.0 }), None);
    }

    #[test]
    fn a_gap_of_a_century_is_passed_over_whatever_lies_in_it() {
        let century_s = 100.0 * 365.25 * 86_400.0;
        let far_m = 4.0 * century_s;
        let points = [(0.0, 0.0), (600.0, 1800.0), (900.0, 3410.0), (century_s, far_m)];
        let then = (1..=50).map(|i| (century_s + 12.0 * f64::from(i), far_m + 30.0 * f64::from(i)));
        let track = DistanceTrack::through(DistanceSource::Recorded, points.into_iter().chain(then));
        let begun = std::time::Instant::now();
        let median_mps = median_running_speed_mps(&track, &[], MILE).unwrap();
        assert!((median_mps - 3.0).abs() < 1e-9, "{median_mps}");
        assert!(begun.elapsed().as_secs_f64() < 5.0);
    }

    fn effort(distance_m: f64, time_s: f64, start_s: f64) -> Effort {
        Effort { distance_m, time_s, uncertainty_s: None, start_s }
    }

    #[test]
    fn a_longer_stretch_is_worth_as_much_only_with_the_mile_in_it() {
        // A mile of 5:00 is worth 3000 m in about 9:56; four fifths of its speed around it make them 10:24.
        let steady = effort(3000.0, 620.0, 590.0);
        assert!(worth_as_much(&[steady], MILE).unwrap().contains("3000 m around it took 10:20"));
        assert_eq!(worth_as_much(&[effort(3000.0, 640.0, 590.0)], MILE), None);
        assert_eq!(worth_as_much(&[effort(3000.0, 620.0, 901.0)], MILE), None, "a race of its own");
        assert_eq!(worth_as_much(&[effort(3000.0, 620.0, 800.0)], MILE), None, "one beside it");
        assert_eq!(worth_as_much(&[effort(1600.0, 298.0, 600.0)], MILE), None);
    }

    #[test]
    fn a_mile_that_was_repeated_is_one_of_several() {
        let mile_mps = MILE_M / MILE.time_s();
        let with_another = |share: f64| {
            let end_m = 1800.0 + MILE_M;
            let another_s = 1600.0 / (share * mile_mps);
            let points = [
                (0.0, 0.0),
                (600.0, 1800.0),
                (900.0, end_m),
                (1200.0, end_m + 600.0),
                (1200.0 + another_s, end_m + 2200.0),
                (1800.0 + another_s, end_m + 3400.0),
            ];
            DistanceTrack::through(DistanceSource::Recorded, points)
        };
        assert!(repeated(&with_another(0.97), &[], MILE).unwrap().contains("at 97 % of its speed"));
        assert_eq!(repeated(&with_another(0.9), &[], MILE), None);
        let drive = [Window { start_s: 1200.0, end_s: 1600.0 }];
        assert_eq!(repeated(&with_another(0.97), &drive, MILE), None);
        assert_eq!(repeated(&with_another(1.5), &[], MILE), None, "that was not run");
    }

    #[test]
    fn a_drive_is_no_running() {
        // Ten minutes at 2.5 m/s, the mile, a minute of walking, half an hour in a car.
        let end_m = 1500.0 + MILE_M;
        let walked = [(0.0, 0.0), (300.0, 750.0), (600.0, 1500.0), (900.0, end_m), (960.0, end_m + 70.0)];
        let driven = (1..=180).map(|i| (960.0 + 10.0 * f64::from(i), end_m + 70.0 + 130.0 * f64::from(i)));
        let track = DistanceTrack::through(DistanceSource::Recorded, walked.into_iter().chain(driven));
        let drive = [Window { start_s: 960.0, end_s: 2760.0 }];
        assert!(no_faster(&track, &[], MILE).is_some());
        assert_eq!(no_faster(&track, &drive, MILE), None);
        assert!(ran_on(&track, &[], MILE, RACED_ON).unwrap().contains("of its speed"));
        assert_eq!(ran_on(&track, &drive, MILE, RACED_ON), None);
    }
}
