//! What makes stretches of work a session: a rhythm, which traffic lights do not have.

use super::line::RUNNING_MPS;
use super::reps::{FoundBy, Rep, Reps, mean, variation};

/// Lengths, times or rests that vary by no more than this share are meant to be equal.
const EVEN: f64 = 0.2;
/// After a longer rest another session begins, in seconds.
const LONGEST_REST_S: f64 = 600.0;
/// What lasts longer is a run, not a repetition, in seconds.
const LONGEST_REP_S: f64 = 1800.0;
/// Even the longest repetition of a pyramid is no more than this many times the shortest.
const MOST_UNEVEN: f64 = 10.0;
/// The warm-up is longer than every other stretch by this factor ...
const WARM_UP_LONGER: f64 = 1.3;
/// ... and slower than their mean by this one.
const WARM_UP_SLOWER: f64 = 0.97;

/// Whether these are repetitions: rests that were jogged, or three and more whose lengths, times or rests are even.
pub(super) fn is_session(reps: &Reps) -> bool {
    let rests_mps: Vec<f64> = reps.each.iter().filter_map(|rep| rep.rest_mps.map(f64::from)).collect();
    let times_s: Vec<f64> = reps.each.iter().map(|rep| rep.time_s).collect();
    let lengths_m: Vec<f64> = reps.each.iter().map(|rep| rep.distance_m).collect();
    let rests_s = reps.rests_s();
    let is_even = |values: &&[f64]| values.len() >= 2 && variation(values) <= EVEN;
    let even = [times_s.as_slice(), &lengths_m, &rests_s].iter().any(is_even);
    let longest_s = times_s.iter().copied().fold(0.0, f64::max);
    let shortest_s = times_s.iter().copied().fold(f64::MAX, f64::min);
    let jogged = mean(&rests_mps) >= RUNNING_MPS;
    let enough = reps.count() >= 3 || (even && jogged) || (reps.found_by == FoundBy::Laps && jogged);
    longest_s <= LONGEST_REP_S && longest_s <= MOST_UNEVEN * shortest_s && enough && (jogged || even)
}

/// The most repetitions that no very long rest parts.
pub(super) fn densest(each: Vec<Rep>) -> Vec<Rep> {
    let mut groups: Vec<Vec<Rep>> = vec![Vec::new()];
    for rep in each {
        let ends = rep.rest_s.is_none_or(|rest_s| rest_s > LONGEST_REST_S);
        if let Some(group) = groups.last_mut() {
            let rests = (rep.rest_s.filter(|_| !ends), rep.rest_mps.filter(|_| !ends));
            group.push(Rep { rest_s: rests.0, rest_mps: rests.1, ..rep });
        }
        if ends {
            groups.push(Vec::new());
        }
    }
    // Of equally many the first.
    groups.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// Without a first stretch that was the warm-up, run hardly slower than the repetitions; and without a last one
/// that was the cool-down.
pub(super) fn without_warm_up(mut each: Vec<Rep>) -> Vec<Rep> {
    if each.len() < 3 {
        return each;
    }
    let stands_out = |one: &Rep, others: &[Rep]| {
        let longest_s = others.iter().map(|rep| rep.time_s).fold(0.0, f64::max);
        let way_m: f64 = others.iter().map(|rep| rep.distance_m).sum();
        let time_s: f64 = others.iter().map(|rep| rep.time_s).sum();
        one.time_s > WARM_UP_LONGER * longest_s
            && one.distance_m / one.time_s < WARM_UP_SLOWER * way_m / time_s.max(1.0)
    };
    if stands_out(&each[0], &each[1..]) {
        each.remove(0);
    }
    let last = each.len() - 1;
    if last >= 2 && stands_out(&each[last], &each[..last]) {
        each.pop();
        if let Some(rep) = each.last_mut() {
            (rep.rest_s, rep.rest_mps) = (None, None);
        }
    }
    each
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reps(each: &[(f64, f64, f64)]) -> Reps {
        let rep = |&(time_s, rest_s, rest_mps): &(f64, f64, f64)| Rep {
            start_s: 0.0,
            time_s,
            distance_m: 4.0 * time_s,
            rest_s: Some(rest_s),
            rest_mps: Some(rest_mps as f32),
            gradient: None,
        };
        Reps { found_by: FoundBy::Speed, each: each.iter().map(rep).collect() }
    }

    #[test]
    fn traffic_lights_make_no_session() {
        assert!(!is_session(&reps(&[
            (210.0, 32.0, 0.1),
            (354.0, 16.0, 0.0),
            (270.0, 36.0, 0.0),
            (420.0, 20.0, 0.2)
        ])));
        assert!(is_session(&reps(&[(200.0, 32.0, 0.1), (205.0, 16.0, 0.0), (190.0, 36.0, 0.0)])));
        assert!(is_session(&reps(&[(40.0, 30.0, 0.0), (80.0, 31.0, 0.0), (120.0, 29.0, 0.0)])));
        assert!(is_session(&reps(&[(40.0, 90.0, 2.0), (80.0, 50.0, 2.1), (60.0, 90.0, 2.2)])));
        assert!(
            !is_session(&reps(&[(1270.0, 120.0, 2.0), (32.0, 80.0, 2.1), (30.0, 90.0, 2.2)])),
            "a tempo run"
        );
        let two = [(70.0, 370.0, 2.0), (140.0, 90.0, 2.1)];
        assert!(!is_session(&reps(&two)), "two surges");
        assert!(
            is_session(&Reps { found_by: FoundBy::Laps, ..reps(&two) }),
            "unless somebody pressed the button"
        );
    }

    #[test]
    fn a_brisk_warm_up_is_no_repetition() {
        let mut session =
            reps(&[(1019.0, 180.0, 1.1), (615.0, 120.0, 0.7), (619.0, 120.0, 0.8), (233.0, 90.0, 0.5)]);
        session.each[0].distance_m = 3200.0;
        let kept = without_warm_up(session.each.into());
        assert_eq!(kept.iter().map(|rep| rep.time_s).collect::<Vec<_>>(), [615.0, 619.0, 233.0]);
    }
}
