//! How the evidence writes lengths, durations and sets.

use super::reps::{Reps, variation};
use crate::units::{MILE_M, clock};

/// Lengths that coaches set, in metres.
const SET_M: [f64; 14] =
    [100.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0, MILE_M, 2000.0, 3000.0];
/// A measured length is taken for a set one within this share.
const NEAR: f64 = 0.045;

/// `34 min`, from three hours on `5 h 53 min`.
pub(super) fn minutes(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round() as u64;
    if minutes < 180 {
        format!("{minutes} min")
    } else {
        format!("{} h {:02} min", minutes / 60, minutes % 60)
    }
}

/// `5.0 km`, or `800 m` below two kilometres.
pub(super) fn kilometres(metres: f64) -> String {
    if metres < 2000.0 { format!("{metres:.0} m") } else { format!("{:.1} km", metres / 1000.0) }
}

/// `87 %`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// With a capital letter at its beginning.
pub(super) fn sentence(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What was run: `4 x 800 m`, `2 x 2000 m and 4 x 800 m`, `8 x 2:00`, `5 repetitions of 310 to 1240 m`.
pub(super) fn set_of(reps: &Reps) -> String {
    let times_s: Vec<f64> = reps.each.iter().map(|rep| rep.time_s).collect();
    let lengths_m: Vec<f64> = reps.each.iter().map(|rep| rep.distance_m).collect();
    if let Some(time_s) = set_time_s(&times_s).filter(|_| variation(&times_s) < variation(&lengths_m)) {
        return format!("{} x {}", times_s.len(), clock(time_s));
    }
    let mean_m = reps.mean_m();
    if lengths_m.iter().all(|&length_m| same(length_m, mean_m)) {
        return format!("{} x {}", lengths_m.len(), metres(set_length_m(mean_m)));
    }
    let lengths_m: Vec<f64> = lengths_m.into_iter().map(set_length_m).collect();
    let mut groups: Vec<(usize, f64)> = Vec::new();
    for length_m in lengths_m.iter().copied() {
        match groups.last_mut() {
            Some((count, last_m)) if same(*last_m, length_m) => *count += 1,
            _ => groups.push((1, length_m)),
        }
    }
    if groups.len() > 3 {
        let least = lengths_m.iter().copied().fold(f64::MAX, f64::min);
        let most = lengths_m.iter().copied().fold(0.0, f64::max);
        return format!("{} repetitions of {} to {}", lengths_m.len(), metres(least), metres(most));
    }
    let groups: Vec<String> =
        groups.into_iter().map(|(count, length_m)| format!("{count} x {}", metres(length_m))).collect();
    match groups.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => groups.concat(),
    }
}

fn same(a_m: f64, b_m: f64) -> bool {
    (a_m / b_m - 1.0).abs() < NEAR
}

/// The time that all repetitions were set to last: a multiple of 15 s that each meets within two seconds.
fn set_time_s(times_s: &[f64]) -> Option<f64> {
    let set_s = (times_s.first()? / 15.0).round() * 15.0;
    (set_s > 0.0 && times_s.iter().all(|time_s| (time_s - set_s).abs() <= 2.0)).then_some(set_s)
}

/// The nearest length that coaches set, otherwise the measured one to ten metres.
fn set_length_m(length_m: f64) -> f64 {
    let off = |set_m: &f64| (length_m / set_m - 1.0).abs();
    let nearest = SET_M.into_iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.filter(|set_m| off(set_m) < NEAR).unwrap_or((length_m / 10.0).round() * 10.0)
}

fn metres(length_m: f64) -> String {
    if length_m == MILE_M { "1 mile".into() } else { format!("{length_m:.0} m") }
}

#[cfg(test)]
mod tests {
    use super::super::reps::{FoundBy, Rep};
    use super::*;

    fn set(each: &[(f64, f64)]) -> String {
        let rep = |&(time_s, distance_m): &(f64, f64)| Rep {
            start_s: 0.0,
            time_s,
            distance_m,
            rest_s: None,
            rest_mps: None,
            gradient: None,
        };
        set_of(&Reps { found_by: FoundBy::Laps, each: each.iter().map(rep).collect() })
    }

    #[test]
    fn sets_are_written_as_coaches_do() {
        assert_eq!(set(&[(233.0, 803.0), (232.0, 798.0), (236.0, 790.0)]), "3 x 800 m");
        assert_eq!(set(&[(120.0, 487.0), (120.0, 446.0), (119.0, 495.0)]), "3 x 2:00");
        assert_eq!(set(&[(615.0, 2004.0), (619.0, 1990.0), (230.0, 801.0)]), "2 x 2000 m and 1 x 800 m");
        assert_eq!(set(&[(400.0, 1605.0), (401.0, 1612.0)]), "2 x 1 mile");
        let pyramid = [(40.0, 200.0), (80.0, 400.0), (130.0, 600.0), (82.0, 400.0), (41.0, 200.0)];
        assert_eq!(set(&pyramid), "5 repetitions of 200 m to 600 m");
        assert_eq!(set(&[(151.0, 648.0), (149.0, 651.0)]), "2 x 650 m");
    }
}
