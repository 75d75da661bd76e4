//! Repetitions by the device's laps: pressed by hand, or the steps of a workout that the device led through.

use super::line::{RUNNING_MPS, SpeedLine};
use super::stretches::{Classes, Sorted};
use crate::activity::{Activity, Lap, LapTrigger};
use crate::segmenter::Window;

/// Work is at least this many times as fast as rest.
const RATIO: f64 = 1.3;
/// Shorter than this it is a double press, not a rest, in seconds.
const REST_S: f64 = 15.0;
/// Shorter than this it is no work, in seconds.
const WORK_S: f64 = 9.0;
/// Lengths this near to each other, as a share, are those of an automatic lap.
const SAME_LENGTH: f64 = 0.015;

/// The stretches of work as the laps mark them; empty where the laps tell none.
pub(super) fn work_by_laps(activity: &Activity, line: &SpeedLine) -> Vec<Window> {
    let steps = steps(activity, line);
    let sorted = Sorted::of(steps.iter().map(|step| line.speed_mps(*step)).collect());
    let Some(classes) = sorted.two_classes(0.0, 0.0, 1.0) else { return Vec::new() };
    if classes.fast_mps < RATIO * classes.slow_mps || classes.fast_mps < RUNNING_MPS {
        return Vec::new();
    }
    work(&steps, line, classes)
}

/// Fast steps, those with no rest between them joined.
fn work(steps: &[Window], line: &SpeedLine, classes: Classes) -> Vec<Window> {
    let mut found: Vec<Window> = Vec::new();
    for step in steps.iter().filter(|step| line.speed_mps(**step) >= classes.middle_mps()) {
        match found.last_mut() {
            Some(last) if step.start_s - last.end_s < REST_S => last.end_s = step.end_s,
            _ => found.push(*step),
        }
    }
    found.retain(|window| window.time_s() >= WORK_S);
    if found.len() >= 2 { found } else { Vec::new() }
}

/// The laps as stretches of time, an automatic lap within a step joined with what follows it.
fn steps(activity: &Activity, line: &SpeedLine) -> Vec<Window> {
    let (first_s, last_s) = (line.time_s(0), line.time_s(line.len() - 1));
    let automatic = has_automatic_laps(&activity.laps);
    let mut steps: Vec<Window> = Vec::new();
    let mut open = false;
    for (index, lap) in activity.laps.iter().enumerate() {
        let next_s = activity.laps.get(index + 1).map(|next| next.start_s);
        let end_s = next_s.or(lap.elapsed_s.map(|elapsed_s| lap.start_s + elapsed_s)).unwrap_or(last_s);
        let window = Window { start_s: lap.start_s.max(first_s), end_s: end_s.min(last_s) };
        if window.time_s() <= 0.0 {
            continue;
        }
        match steps.last_mut() {
            Some(step) if open => step.end_s = window.end_s,
            _ => steps.push(window),
        }
        open = automatic && lap.trigger == Some(LapTrigger::Distance);
    }
    steps
}

/// Whether the laps that a distance ended all have the same length, and others were ended otherwise: then the
/// device laps by itself every kilometre or mile, within the steps of the workout too.
fn has_automatic_laps(laps: &[Lap]) -> bool {
    let by_distance = laps.iter().filter(|lap| lap.trigger == Some(LapTrigger::Distance));
    let lengths_m: Vec<f64> = by_distance.filter_map(|lap| lap.distance_m).collect();
    let Some(&first_m) = lengths_m.first() else { return false };
    lengths_m.iter().all(|&length_m| (length_m / first_m - 1.0).abs() < SAME_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::super::simulated::Session;
    use super::*;

    fn laps(activity: &mut Activity, ends: &[(f64, LapTrigger)]) {
        let mut start_s = 0.0;
        for &(end_s, trigger) in ends {
            activity.laps.push(Lap {
                start_s,
                elapsed_s: Some(end_s - start_s),
                timer_s: None,
                distance_m: (trigger == LapTrigger::Distance).then_some(1000.0),
                trigger: Some(trigger),
            });
            start_s = end_s;
        }
    }

    fn work(activity: &Activity) -> Vec<Window> {
        let track = crate::segmenter::DistanceTrack::recorded(&activity.samples).unwrap();
        work_by_laps(activity, &SpeedLine::of(&track, &[]).unwrap())
    }

    #[test]
    fn pressed_laps_are_the_repetitions() {
        use LapTrigger::Manual;
        let mut session = Session::of(&[(300, 3.0), (60, 5.0), (60, 2.0), (62, 5.0), (60, 2.0), (300, 3.0)]);
        laps(&mut session, &[300.0, 360.0, 420.0, 482.0, 542.0, 842.0].map(|end_s| (end_s, Manual)));
        let found = work(&session);
        assert_eq!(found.iter().map(|w| w.time_s()).collect::<Vec<_>>(), [60.0, 62.0]);
    }

    #[test]
    fn an_automatic_kilometre_within_a_step_does_not_cut_it() {
        use LapTrigger::{Distance, Time};
        let mut session = Session::of(&[(600, 2.5), (480, 3.6), (180, 2.0), (480, 3.6), (300, 2.4)]);
        let ends = [
            (400.0, Distance),
            (600.0, Time),
            (878.0, Distance),
            (1080.0, Time),
            (1260.0, Time),
            (1538.0, Distance),
            (1740.0, Time),
            (2040.0, Time),
        ];
        laps(&mut session, &ends);
        assert_eq!(work(&session).iter().map(|w| w.time_s()).collect::<Vec<_>>(), [480.0, 480.0]);
    }

    #[test]
    fn kilometres_alone_tell_nothing() {
        let mut session = Session::of(&[(600, 2.5), (600, 4.0), (600, 2.5), (600, 4.0)]);
        laps(&mut session, &[400.0, 800.0, 1100.0, 1500.0].map(|end_s| (end_s, LapTrigger::Distance)));
        assert!(work(&session).is_empty());
    }
}
