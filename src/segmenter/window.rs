//! The fastest window of an exact distance, found in one pass.

use super::distance::DistanceTrack;

/// A stretch of time in which an exact distance was covered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Its start in elapsed seconds.
    pub start_s: f64,
    /// Its end in elapsed seconds.
    pub end_s: f64,
}

impl Window {
    /// Its duration in seconds.
    pub fn time_s(self) -> f64 {
        self.end_s - self.start_s
    }

    /// Whether two windows share time.
    pub fn overlaps(self, other: Window) -> bool {
        self.start_s < other.end_s && other.start_s < self.end_s
    }

    /// Whether it shares time with one of some windows that are in order and apart.
    pub(crate) fn touches(self, windows: &[Window]) -> bool {
        let next = windows.partition_point(|window| window.end_s <= self.start_s);
        windows.get(next).is_some_and(|window| window.start_s < self.end_s)
    }
}

/// Windows put in order, those joined that are at most `gap_s` apart.
pub(crate) fn merge(mut windows: Vec<Window>, gap_s: f64) -> Vec<Window> {
    windows.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let mut merged: Vec<Window> = Vec::new();
    for window in windows {
        match merged.last_mut().filter(|last| window.start_s - last.end_s <= gap_s) {
            Some(last) => last.end_s = last.end_s.max(window.end_s),
            None => merged.push(window),
        }
    }
    merged
}

/// The fastest window of exactly `length_m` metres on a track; of equally fast ones the first. `None` where the
/// track is shorter, or every window touches one of the `walls`.
///
/// Distance is linear between samples, so the duration of a window is piecewise linear in its start, and its
/// minimum lies where one of its ends meets a sample. Each sample is therefore tried as a start and as an end,
/// the other end interpolated: exact, and linear in the number of samples. Windows come in the order of their starts.
pub(crate) fn fastest_on(track: &DistanceTrack, length_m: f64, walls: &[Window]) -> Option<Window> {
    fastest(track.elapsed_s(), track.distance_m(), length_m, walls)
}

/// The fastest window over columns of seconds and of metres, neither of which may fall, see [`fastest_on`].
pub(crate) fn fastest(time_s: &[f64], distance_m: &[f64], length_m: f64, walls: &[Window]) -> Option<Window> {
    let rows = time_s.len().min(distance_m.len());
    let (time_s, distance_m) = (&time_s[..rows], &distance_m[..rows]);
    let walls = merge(walls.to_vec(), 0.0);
    let mut best = Best { window: None, time_s: f64::INFINITY, walls: &walls };
    // The first sample at which a window is full that starts at `row`.
    let mut full =
        distance_m.partition_point(|&d| d < distance_m.first().map_or(0.0, |first| first + length_m));
    for row in 0..rows {
        if full == rows {
            break;
        }
        // Started at this sample: the end lies where the distance is reached first. Most windows are too long by whole
        // samples already, and need no interpolation.
        if time_s[full.saturating_sub(1)] - time_s[row] < best.time_s {
            let end_s = crossing_s(time_s, distance_m, full, distance_m[row] + length_m);
            best.take(Window { start_s: time_s[row], end_s });
        }
        // Ended at a sample, and started between this one and the next: where the distance was passed last.
        let Some(&next_m) = distance_m.get(row + 1) else { break };
        let full_from_next_m = next_m + length_m;
        while full < rows && distance_m[full] < full_from_next_m {
            if time_s[full] - time_s[row + 1] < best.time_s {
                let start_s = crossing_s(time_s, distance_m, row + 1, distance_m[full] - length_m);
                best.take(Window { start_s, end_s: time_s[full] });
            }
            full += 1;
        }
    }
    best.window
}

/// The fastest window so far that touches no wall.
struct Best<'a> {
    window: Option<Window>,
    time_s: f64,
    walls: &'a [Window],
}

impl Best<'_> {
    fn take(&mut self, window: Window) {
        if window.time_s() < self.time_s && !window.touches(self.walls) {
            (self.window, self.time_s) = (Some(window), window.time_s());
        }
    }
}

/// The time at which `target_m` is met between the sample before `row` and `row`.
fn crossing_s(time_s: &[f64], distance_m: &[f64], row: usize, target_m: f64) -> f64 {
    let Some(before) = row.checked_sub(1) else { return time_s[row] };
    let (Some(&to_s), Some(&to_m)) = (time_s.get(row), distance_m.get(row)) else { return time_s[before] };
    let (from_s, from_m) = (time_s[before], distance_m[before]);
    if to_m > from_m {
        from_s + (to_s - from_s) * ((target_m - from_m) / (to_m - from_m)).clamp(0.0, 1.0)
    } else {
        to_s
    }
}

/// The first time at which columns of seconds and metres reach a distance.
pub(crate) fn reach(time_s: &[f64], distance_m: &[f64], target_m: f64) -> Option<f64> {
    let row = distance_m.partition_point(|&d| d < target_m);
    (row < distance_m.len()).then(|| crossing_s(time_s, distance_m, row, target_m))
}

/// The distance at a time, held at both ends; 0 for empty columns.
pub(crate) fn distance_at(time_s: &[f64], distance_m: &[f64], at_s: f64) -> f64 {
    let after = time_s.partition_point(|&t| t < at_s);
    match (after.checked_sub(1), time_s.get(after)) {
        (Some(row), Some(&to_s)) => {
            let span_s = (to_s - time_s[row]).max(1e-9);
            distance_m[row] + (distance_m[after] - distance_m[row]) * (at_s - time_s[row]) / span_s
        }
        (None, Some(_)) => distance_m[0],
        (Some(row), None) => distance_m[row],
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::DistanceSource;
    use proptest::prelude::*;

    fn track(points: &[(f64, f64)]) -> DistanceTrack {
        DistanceTrack::through(DistanceSource::Gps, points.iter().copied())
    }

    #[test]
    fn both_ends_are_interpolated() {
        // 10 m in 10 s, then 30 m in 10 s, then 10 m in 10 s: the fastest 20 m lie inside the middle.
        let track = track(&[(0.0, 0.0), (10.0, 10.0), (20.0, 40.0), (30.0, 50.0)]);
        let window = fastest_on(&track, 36.0, &[]).unwrap();
        assert!((window.time_s() - 16.0).abs() < 1e-12, "{window:?}");
        assert_eq!(fastest_on(&track, 50.1, &[]), None);
        assert_eq!(fastest_on(&track, 50.0, &[]), Some(Window { start_s: 0.0, end_s: 30.0 }));
    }

    #[test]
    fn standing_before_the_start_does_not_count() {
        let track = track(&[(0.0, 0.0), (60.0, 0.0), (70.0, 50.0), (130.0, 50.0)]);
        assert_eq!(fastest_on(&track, 50.0, &[]), Some(Window { start_s: 60.0, end_s: 70.0 }));
    }

    #[test]
    fn a_window_keeps_clear_of_a_wall() {
        let track = track(&[(0.0, 0.0), (100.0, 400.0), (200.0, 1000.0), (300.0, 1400.0)]);
        let walls = [Window { start_s: 120.0, end_s: 130.0 }];
        assert!(fastest_on(&track, 400.0, &[]).unwrap().start_s < 130.0);
        assert!(fastest_on(&track, 400.0, &walls).unwrap().start_s >= 130.0);
    }

    /// Tries every start on a fine grid and every sample as an end: slow, and plainly right.
    fn brute_force_s(track: &DistanceTrack, length_m: f64) -> Option<f64> {
        let last_m = *track.distance_m().last()?;
        let last_s = *track.elapsed_s().last()?;
        let starts = track.elapsed_s().iter().copied();
        let steps = (0..=(last_s * 50.0) as usize).map(|i| i as f64 / 50.0);
        starts
            .chain(steps)
            .filter_map(|start_s| {
                let target_m = track.distance_at(start_s) + length_m;
                (target_m <= last_m).then(|| track.time_at(target_m, start_s))?.map(|end_s| end_s - start_s)
            })
            .min_by(f64::total_cmp)
    }

    proptest! {
        #[test]
        fn the_search_equals_brute_force(steps in prop::collection::vec((1u8..9, 0u8..60), 2..40), length_m in 5.0..300.0_f64) {
            let mut at = (0.0, 0.0);
            let points: Vec<_> = steps.iter().map(|&(dt, dd)| { at = (at.0 + f64::from(dt), at.1 + f64::from(dd)); at }).collect();
            let track = track(&points);
            match (fastest_on(&track, length_m, &[]), brute_force_s(&track, length_m)) {
                (Some(found), Some(expected_s)) => {
                    // The grid of the oracle can only be slower than the optimum, by less than a step.
                    prop_assert!(found.time_s() <= expected_s + 1e-9);
                    prop_assert!(found.time_s() >= expected_s - 0.6, "{} {}", found.time_s(), expected_s);
                    let covered_m = track.distance_at(found.end_s) - track.distance_at(found.start_s);
                    prop_assert!((covered_m - length_m).abs() < 1e-6, "{covered_m}");
                }
                (found, expected) => prop_assert_eq!(found.is_some(), expected.is_some()),
            }
        }

        #[test]
        fn splitting_a_sample_in_two_changes_nothing(steps in prop::collection::vec((1u8..9, 0u8..60), 3..30), at_step in 0usize..30, length_m in 5.0..200.0_f64) {
            let mut at = (0.0, 0.0);
            let mut points = vec![at];
            for &(dt, dd) in &steps { at = (at.0 + f64::from(dt), at.1 + f64::from(dd)); points.push(at); }
            let i = at_step % (points.len() - 1);
            let middle = (0.5 * (points[i].0 + points[i + 1].0), 0.5 * (points[i].1 + points[i + 1].1));
            let mut split = points.clone();
            split.insert(i + 1, middle);
            let (a, b) = (fastest_on(&track(&points), length_m, &[]), fastest_on(&track(&split), length_m, &[]));
            prop_assert_eq!(a.is_some(), b.is_some());
            if let (Some(a), Some(b)) = (a, b) { prop_assert!((a.time_s() - b.time_s()).abs() < 1e-9); }
        }
    }
}
