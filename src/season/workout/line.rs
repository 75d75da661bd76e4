//! Distance once a second, from which the speed over any span of time is one subtraction.

use crate::segmenter::{DistanceTrack, Window};

/// Faster than this is running, in metres per second; a brisk walk is 1.8.
pub(crate) const RUNNING_MPS: f64 = 1.9;
/// A recording longer than two days is looked at in coarser steps, so that memory stays bounded.
const MOST_STEPS: f64 = 172_800.0;

/// A recording's way on an even grid of time.
pub(super) struct SpeedLine {
    first_s: f64,
    step_s: f64,
    distance_m: Vec<f64>,
}

impl SpeedLine {
    /// The line of a track; `None` where that lasts less than ten seconds. In a vehicle nothing is run: there the line
    /// stands still.
    pub(super) fn of(track: &DistanceTrack, vehicles: &[Window]) -> Option<SpeedLine> {
        let (elapsed_s, along_m) = (track.elapsed_s(), track.distance_m());
        let (first_s, last_s) = (*elapsed_s.first()?, *elapsed_s.last()?);
        if last_s - first_s < 10.0 {
            return None;
        }
        let step_s = ((last_s - first_s) / MOST_STEPS).ceil().max(1.0);
        let mut after = 1;
        let at = |step: usize| {
            let t = first_s + step as f64 * step_s;
            while after + 1 < elapsed_s.len() && elapsed_s[after] < t {
                after += 1;
            }
            let (from_s, to_s) = (elapsed_s[after - 1], elapsed_s[after]);
            let part = ((t - from_s) / (to_s - from_s)).clamp(0.0, 1.0);
            along_m[after - 1] + part * (along_m[after] - along_m[after - 1])
        };
        let steps = ((last_s - first_s) / step_s) as usize;
        let mut line = SpeedLine { first_s, step_s, distance_m: (0..=steps).map(at).collect() };
        line.stand_in(vehicles);
        Some(line)
    }

    fn stand_in(&mut self, vehicles: &[Window]) {
        for vehicle in vehicles {
            let (from, to) = (self.step_at(vehicle.start_s), self.step_at(vehicle.end_s));
            let stood_m = self.distance_m[from];
            let driven_m = self.distance_m[to] - stood_m;
            self.distance_m[from..to].fill(stood_m);
            self.distance_m[to..].iter_mut().for_each(|distance_m| *distance_m -= driven_m);
        }
    }

    /// How many moments there are.
    pub(super) fn len(&self) -> usize {
        self.distance_m.len()
    }

    /// The elapsed time of a moment.
    pub(super) fn time_s(&self, step: usize) -> f64 {
        self.first_s + step as f64 * self.step_s
    }

    /// The moment nearest to an elapsed time.
    pub(super) fn step_at(&self, elapsed_s: f64) -> usize {
        (((elapsed_s - self.first_s) / self.step_s).round().max(0.0) as usize).min(self.len() - 1)
    }

    /// The distance at a moment, in metres.
    pub(super) fn distance_m(&self, step: usize) -> f64 {
        self.distance_m[step]
    }

    /// Mean speed over `span_s` around each moment; at both ends over what there is of it.
    pub(super) fn smoothed_mps(&self, span_s: f64) -> Vec<f64> {
        let half = ((0.5 * span_s / self.step_s).round() as usize).max(1);
        let last = self.len() - 1;
        let speed = |step: usize| {
            let (from, to) = (step.saturating_sub(half), (step + half).min(last));
            (self.distance_m[to] - self.distance_m[from]) / ((to - from) as f64 * self.step_s)
        };
        (0..self.len()).map(speed).collect()
    }

    /// Metres covered within a stretch of time.
    pub(super) fn way_m(&self, window: Window) -> f64 {
        (self.between_m(window.end_s) - self.between_m(window.start_s)).max(0.0)
    }

    /// Mean speed within a stretch of time, in metres per second.
    pub(super) fn speed_mps(&self, window: Window) -> f64 {
        self.way_m(window) / window.time_s().max(1e-3)
    }

    fn between_m(&self, elapsed_s: f64) -> f64 {
        let place = ((elapsed_s - self.first_s) / self.step_s).clamp(0.0, (self.len() - 1) as f64);
        let before = place as usize;
        let next = (before + 1).min(self.len() - 1);
        self.distance_m[before] + place.fract() * (self.distance_m[next] - self.distance_m[before])
    }

    /// The stretches of running, those parted by less than `gap_s` joined.
    pub(super) fn runs(&self, gap_s: f64) -> Vec<Window> {
        let mut runs: Vec<Window> = Vec::new();
        let mut inside = false;
        for (step, speed_mps) in self.smoothed_mps(10.0).into_iter().enumerate() {
            let was_inside = std::mem::replace(&mut inside, speed_mps >= RUNNING_MPS);
            let end_s = self.time_s(step) + self.step_s;
            match runs.last_mut() {
                Some(run) if inside && (was_inside || self.time_s(step) - run.end_s < gap_s) => {
                    run.end_s = end_s;
                }
                _ if inside => runs.push(Window { start_s: self.time_s(step), end_s }),
                _ => {}
            }
        }
        runs
    }
}

/// The value below which this share of sorted values lies.
pub(super) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((share * last as f64).round() as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::DistanceSource;

    #[test]
    fn speeds_and_ways_are_read_from_the_grid() {
        let points = [(5.0, 0.0), (25.0, 60.0), (45.0, 60.0), (65.0, 160.0)];
        let line = SpeedLine::of(&DistanceTrack::through(DistanceSource::Gps, points), &[]).unwrap();
        assert_eq!((line.len(), line.step_at(26.2)), (61, 21));
        let speeds = line.smoothed_mps(10.0);
        assert_eq!((speeds[10], speeds[30], speeds[60]), (3.0, 0.0, 5.0));
        assert_eq!(line.way_m(Window { start_s: 24.5, end_s: 45.5 }), 4.0);
        assert_eq!(line.runs(15.0).len(), 2);
        assert_eq!(line.runs(30.0).len(), 1);
    }

    #[test]
    fn a_moment_is_no_line_and_weeks_are_a_coarse_one() {
        let track = |last_s: f64| DistanceTrack::through(DistanceSource::Gps, [(0.0, 0.0), (last_s, 9.0)]);
        assert!(SpeedLine::of(&track(5.0), &[]).is_none());
        assert!(SpeedLine::of(&track(3e6), &[]).unwrap().len() <= 172_801);
    }

    #[test]
    fn nothing_is_run_in_a_vehicle() {
        let points = [(0.0, 0.0), (100.0, 300.0), (160.0, 1200.0), (260.0, 1500.0)];
        let track = DistanceTrack::through(DistanceSource::Gps, points);
        let drive = Window { start_s: 100.0, end_s: 160.0 };
        let line = SpeedLine::of(&track, &[drive]).unwrap();
        assert_eq!((line.way_m(drive), line.distance_m(line.len() - 1)), (0.0, 600.0));
        assert_eq!(line.runs(15.0).len(), 2);
    }
}
