//! Lines as charts draw them: values along the mile, broken where it was interrupted, cut off at the edges.

use crate::segmenter::profile::Point;

/// A line without a gap: pairs of distance in metres and value.
pub(super) type Run = Vec<(f64, f64)>;

/// Cuts a course into runs at the `breaks`, given in metres, and drops what lies within `guard_m` of one.
///
/// `value` turns a point's value into what is drawn; a point for which it gives `None` is left out.
pub(super) fn runs(
    points: &[Point],
    breaks: &[f64],
    guard_m: f64,
    value: impl Fn(f64) -> Option<f64>,
) -> Vec<Run> {
    let mut runs = vec![Run::new()];
    let mut last_part = 0;
    for point in points {
        if breaks.iter().any(|at_m| (point.distance_m - at_m).abs() < guard_m) {
            continue;
        }
        let Some(value) = value(point.value).filter(|v| v.is_finite()) else { continue };
        let part = breaks.iter().filter(|&&at_m| at_m <= point.distance_m).count();
        if part != last_part {
            runs.push(Run::new());
            last_part = part;
        }
        if let Some(run) = runs.last_mut() {
            run.push((point.distance_m, value));
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The parts of a run without the points beyond two limits: a noisy line keeps what can be read of it, and does
/// not fill the pane with its spikes.
pub(super) fn without_spikes(run: &[(f64, f64)], low: f64, high: f64) -> impl Iterator<Item = &[(f64, f64)]> {
    run.split(move |point| !(low..=high).contains(&point.1)).filter(|part| part.len() > 1)
}

/// The parts of a run whose values lie between two limits; where it crosses one, a point is put in.
pub(super) fn within(run: &[(f64, f64)], low: f64, high: f64) -> Vec<Run> {
    let mut kept = Vec::new();
    let mut current = Run::new();
    if let [only] = run {
        return if (low..=high).contains(&only.1) { vec![vec![*only]] } else { kept };
    }
    for step in run.windows(2) {
        let Some((from, to)) = clipped(step[0], step[1], low, high) else {
            finish(&mut current, &mut kept);
            continue;
        };
        if current.last() != Some(&from) {
            finish(&mut current, &mut kept);
            current.push(from);
        }
        if from != to {
            current.push(to);
        }
    }
    finish(&mut current, &mut kept);
    kept
}

fn finish(current: &mut Run, kept: &mut Vec<Run>) {
    if current.len() > 1 {
        kept.push(std::mem::take(current));
    }
    current.clear();
}

/// The part of a straight line whose values lie between two limits.
fn clipped(from: (f64, f64), to: (f64, f64), low: f64, high: f64) -> Option<((f64, f64), (f64, f64))> {
    if (from.1 < low && to.1 < low) || (from.1 > high && to.1 > high) {
        return None;
    }
    let at = |value: f64| {
        let part = (value - from.1) / (to.1 - from.1);
        (from.0 + part * (to.0 - from.0), value)
    };
    let end = |point: (f64, f64)| match point.1 {
        value if value < low => at(low),
        value if value > high => at(high),
        _ => point,
    };
    Some((end(from), end(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[f64]) -> Vec<Point> {
        let point = |(i, &value): (usize, &f64)| Point { distance_m: 10.0 * i as f64, value };
        values.iter().enumerate().map(point).collect()
    }

    #[test]
    fn a_pause_breaks_the_line_and_hides_what_it_spoils() {
        let found = runs(&points(&[1.0; 9]), &[42.0], 10.0, Some);
        let metres: Vec<Vec<f64>> = found.iter().map(|run| run.iter().map(|p| p.0).collect()).collect();
        assert_eq!(metres, [vec![0.0, 10.0, 20.0, 30.0], vec![60.0, 70.0, 80.0]]);
    }

    #[test]
    fn what_is_not_finite_is_left_out() {
        let found = runs(&points(&[1.0, 0.0, 2.0]), &[], 0.0, |v| Some(1.0 / v));
        assert_eq!(found, [vec![(0.0, 1.0), (20.0, 0.5)]]);
        assert!(runs(&[], &[], 0.0, Some).is_empty());
    }

    #[test]
    fn spikes_are_left_out() {
        let run = [(0.0, 1.0), (1.0, 2.0), (2.0, 99.0), (3.0, 1.0), (4.0, -9.0), (5.0, 1.0), (6.0, 2.0)];
        let parts: Vec<_> = without_spikes(&run, 0.0, 10.0).collect();
        assert_eq!(parts, [&run[0..2], &run[5..7]]);
    }

    #[test]
    fn a_line_leaves_the_frame_where_it_crosses_the_edge() {
        let run = [(0.0, 5.0), (10.0, 15.0), (20.0, 15.0), (30.0, 5.0), (40.0, -5.0)];
        let kept = within(&run, 0.0, 10.0);
        assert_eq!(kept, [vec![(0.0, 5.0), (5.0, 10.0)], vec![(25.0, 10.0), (30.0, 5.0), (35.0, 0.0)]]);
        assert!(within(&run, 20.0, 30.0).is_empty());
    }
}
