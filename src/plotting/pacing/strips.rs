//! Heart rate and cadence: thin lines in strips of their own below the pace, so that no line crosses another.

use crate::plotting::axis::number_ticks;
use crate::plotting::canvas::{Anchor, Canvas, Frame, Ink, Pane, Stroke};
use crate::plotting::chart::ChartError;
use crate::plotting::course::{self, Run};
use crate::plotting::legend::{Entry, Sample};
use crate::plotting::scales::{GAP_PX, HALF_FIGURE_EM, label};
use crate::plotting::theme::{Colour, Theme, size, stroke};
use crate::segmenter::MileProfile;
use crate::segmenter::profile::Point;
use crate::units::MILE_M;

/// Which part of the pane heart rate takes.
const HEART_PART: f64 = 0.26;
/// Which part of the pane cadence takes, at the bottom.
const CADENCE_PART: f64 = 0.1;
/// The part of the pane between the two.
const BETWEEN_PART: f64 = 0.06;
/// A pane lower than this, in pixels, has no room for cadence.
const CADENCE_NEEDS_PX: f64 = 330.0;
/// Cadence is a mean over this many metres to both sides: watches count whole steps.
const CADENCE_HALF_M: f64 = 20.0;
/// Cadences of running, in steps per minute; what lies outside is a fault of the sensor.
const RUNNING_SPM: std::ops::RangeInclusive<f64> = 100.0..=280.0;
/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 26.0;

/// The strips, from the upper to the lower.
pub(super) struct Strips(Vec<Strip>);

struct Strip {
    runs: Vec<Run>,
    unit: &'static str,
    name: &'static str,
    colour: fn(Theme) -> Colour,
    width_px: f64,
    /// The values at its lower and upper edge.
    range: (f64, f64),
    part: f64,
    /// The part of the pane below it.
    below: f64,
}

impl Strips {
    /// Those that the profile has values for and the frame has room for.
    pub(super) fn of(profile: &MileProfile, frame: Frame, narrow: bool) -> Strips {
        let room = !narrow && frame.height() >= CADENCE_NEEDS_PX;
        let cadence = cadence(profile).filter(|_| room);
        let below = if cadence.is_some() { CADENCE_PART + BETWEEN_PART } else { 0.0 };
        Strips(heart(profile, below).into_iter().chain(cadence).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which part of the pane they take.
    pub(super) fn part(&self) -> f64 {
        self.0.iter().map(|strip| strip.below + strip.part).fold(0.0, f64::max)
    }

    pub(super) fn entries(&self, theme: Theme) -> Vec<Entry> {
        let entry = |strip: &Strip| {
            Entry::new(Sample::Line(Stroke::new((strip.colour)(theme), strip.width_px)), strip.name)
        };
        self.0.iter().map(entry).collect()
    }

    /// Draws lines and ticks.
    pub(super) fn draw(&self, canvas: &Canvas, frame: Frame) -> Result<(), ChartError> {
        self.0.iter().try_for_each(|strip| strip.draw(canvas, frame))
    }
}

impl Strip {
    fn pane<'a>(&self, canvas: &Canvas<'a>, frame: Frame) -> Pane<'a> {
        let (low, high) = self.range;
        let whole = (high - low) / self.part;
        let bottom = low - self.below * whole;
        canvas.pane(frame, (0.0, MILE_M), (bottom + whole, bottom))
    }

    fn draw(&self, canvas: &Canvas, frame: Frame) -> Result<(), ChartError> {
        let pane = self.pane(canvas, frame);
        let colour = (self.colour)(canvas.theme);
        for run in self.runs.iter().filter(|run| run.len() > 1) {
            pane.path(run, Stroke::new(colour, self.width_px))?;
        }
        let ink = Ink { colour, ..label(canvas) };
        let left = frame.right + GAP_PX;
        let most = (self.part * frame.height() / STEP_PX).max(2.0) as usize;
        let (_, bottom) = pane.position_px(0.0, self.range.0);
        for tick in number_ticks(self.range.0, self.range.1, most) {
            let (_, y) = pane.position_px(0.0, tick);
            // The unit of the strip below needs the room.
            if self.below > 0.0 && bottom - y < 10.0 {
                continue;
            }
            canvas.text(
                (left, y + HALF_FIGURE_EM * ink.size_px),
                Anchor::Left,
                &format!("{tick:.0}"),
                ink,
            )?;
        }
        let (_, top) = pane.position_px(0.0, self.range.1);
        canvas.text((left, top - 12.0), Anchor::Left, self.unit, Ink { size_px: size::NOTE, ..ink })
    }
}

fn heart(profile: &MileProfile, below: f64) -> Option<Strip> {
    let runs =
        course::runs(&profile.heart_rate_bpm, &profile.pauses_m, 0.0, |bpm| (bpm > 0.0).then_some(bpm));
    let (low, high) = ends(&runs)?;
    let middle = 0.5 * (low + high);
    Some(Strip {
        runs,
        unit: "bpm",
        name: "heart rate, bpm",
        colour: |theme| theme.heart,
        width_px: stroke::SECOND,
        range: (low.min(middle - 5.0) - 2.0, high.max(middle + 5.0)),
        part: HEART_PART,
        below,
    })
}

fn cadence(profile: &MileProfile) -> Option<Strip> {
    let smooth = smoothed(&profile.cadence_spm);
    let runs = course::runs(&smooth, &profile.pauses_m, 0.0, Some);
    let (low, high) = ends(&runs)?;
    let middle = 0.5 * (low + high);
    Some(Strip {
        runs,
        unit: "spm",
        name: "cadence, spm",
        colour: |theme| theme.soft_ink,
        width_px: stroke::RAW,
        range: (low.min(middle - 6.0), high.max(middle + 6.0)),
        part: CADENCE_PART,
        below: 0.0,
    })
}

/// The lowest and the highest value; `None` where no line can be drawn.
fn ends(runs: &[Run]) -> Option<(f64, f64)> {
    let values = || runs.iter().filter(|run| run.len() > 1).flatten().map(|point| point.1);
    Some((values().reduce(f64::min)?, values().reduce(f64::max)?))
}

/// Means of the running cadences around each point; points are in order of distance.
fn smoothed(points: &[Point]) -> Vec<Point> {
    let running: Vec<Point> =
        points.iter().copied().filter(|point| RUNNING_SPM.contains(&point.value)).collect();
    let mean = |point: &Point| {
        let first = running.partition_point(|other| other.distance_m < point.distance_m - CADENCE_HALF_M);
        let last = running.partition_point(|other| other.distance_m <= point.distance_m + CADENCE_HALF_M);
        let near = &running[first..last];
        let value = near.iter().map(|other| other.value).sum::<f64>() / near.len().max(1) as f64;
        Point { distance_m: point.distance_m, value }
    };
    running.iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadence_is_a_mean_without_the_sensors_faults() {
        let point = |(i, &value): (usize, &f64)| Point { distance_m: 10.0 * i as f64, value };
        let counted: Vec<Point> = [180.0, 0.0, 184.0, 182.0, 300.0].iter().enumerate().map(point).collect();
        let smooth = smoothed(&counted);
        let values: Vec<f64> = smooth.iter().map(|point| point.value).collect();
        assert_eq!(values, [182.0, 182.0, 183.0]);
    }

    #[test]
    fn a_low_or_narrow_pane_has_no_cadence() {
        let values = |value: f64| (0..5).map(|i| Point { distance_m: 300.0 * f64::from(i), value }).collect();
        let profile = MileProfile {
            heart_rate_bpm: values(180.0),
            cadence_spm: values(184.0),
            ..MileProfile::default()
        };
        let frame = |bottom| Frame { left: 0.0, right: 900.0, top: 0.0, bottom };
        assert_eq!(Strips::of(&profile, frame(400.0), false).0.len(), 2);
        assert_eq!(Strips::of(&profile, frame(300.0), false).0.len(), 1);
        assert_eq!(Strips::of(&profile, frame(400.0), true).0.len(), 1);
    }
}
