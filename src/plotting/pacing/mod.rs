//! The chart of a mile's pacing: pace over distance, faster upwards, with the four laps, the goal and the heart
//! rate.
//!
//! Pace is linear in seconds per mile or kilometre, so the area between the line and the goal's pace is time:
//! what was won lies above the goal's line, what was lost below.

mod axes;
mod legend;
mod lines;

use super::axis::PaceRange;
use super::canvas::{self, Canvas, Frame, Pane};
use super::chart::{ChartError, ChartOptions};
use super::course::{self, Run};
use super::header;
use super::heads;
use super::layout::Layout;
use super::legend::Legend;
use super::picture::Picture;
use super::scales::{AXIS_PX, DISTANCES_PX};
use crate::analysis::Analysis;
use crate::segmenter::{MileProfile, TimedMile};
use crate::units::{MILE_M, UnitSystem};

/// Which part of the pane, at the bottom, heart rate takes.
const HEART_PART: f64 = 0.26;

/// Draws the pacing of the mile that is graded and shown first: the race where there is one, otherwise the
/// fastest window.
///
/// # Errors
/// [`ChartError::NoMile`] and [`ChartError::NoProfile`] where there is nothing to draw, [`ChartError::Size`] for
/// a size that has no room for the labels.
pub fn pacing(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let Some(best) = &analysis.best_mile else {
        return Err(ChartError::NoMile { reason: analysis.no_mile_reason.clone() });
    };
    let profile = analysis.profile.as_ref().ok_or(ChartError::NoProfile)?;
    let (mile, _) = best.headline();
    let chart = Chart::of(analysis, mile, profile, options)?;
    let laps = heads::heads(analysis, mile);
    let description = format!("{}. {}", header::about_text(analysis, best), heads::description(&laps));
    let title = format!("{}: pacing", header::title_text(best));
    canvas::draw(options, &title, &description, |canvas| {
        header::header(canvas, analysis, best)?;
        heads::draw(canvas, chart.frame, canvas.layout.top(), &laps)?;
        axes::draw(canvas, &chart)?;
        lines::draw(canvas, &chart)?;
        chart.legend.draw(canvas, chart.frame.left)
    })
}

/// What the parts of the chart share: the data as it is drawn, and where.
struct Chart {
    units: UnitSystem,
    goal_s: Option<f64>,
    /// The pace that the line is compared with: the goal's, otherwise the mile's own mean.
    held: f64,
    smooth: Vec<Run>,
    raw: Vec<Run>,
    heart: Vec<Run>,
    pauses_m: Vec<f64>,
    smoothing_m: f64,
    range: PaceRange,
    frame: Frame,
    legend: Legend,
}

impl Chart {
    fn of(
        analysis: &Analysis,
        mile: &TimedMile,
        profile: &MileProfile,
        options: &ChartOptions,
    ) -> Result<Chart, ChartError> {
        let unit_m = options.units.unit_m();
        let pace = |speed_mps: f64| (speed_mps > 0.0).then_some(unit_m / speed_mps);
        let breaks = &profile.pauses_m;
        let guard_m = 0.5 * profile.smoothing_m + longest_step_m(profile);
        let smooth = course::runs(&profile.smooth_speed_mps, breaks, guard_m, pace);
        if smooth.iter().all(|run| run.len() < 2) {
            return Err(ChartError::NoProfile);
        }
        let goal_s = analysis.grade.as_ref().and_then(|grade| grade.goal_s);
        let mean = mile.time_s * unit_m / MILE_M;
        let held = goal_s.unwrap_or(mile.time_s) * unit_m / MILE_M;
        let heart = course::runs(&profile.heart_rate_bpm, breaks, 0.0, |bpm| (bpm > 0.0).then_some(bpm));
        let range = PaceRange::around(smooth.iter().flatten().map(|point| point.1), mean, held);
        let has_heart = heart.iter().any(|run| run.len() > 1);
        let mut chart = Chart {
            units: options.units,
            goal_s,
            held,
            raw: course::runs(&profile.raw_speed_mps, breaks, 5.0, pace),
            smooth,
            heart: if has_heart { heart } else { Vec::new() },
            pauses_m: breaks.clone(),
            smoothing_m: profile.smoothing_m,
            range: if has_heart { range.with_room_below(HEART_PART) } else { range },
            frame: frame(options, has_heart),
            legend: Legend::default(),
        };
        chart.legend = Legend::new(legend::entries(&chart, options.theme), chart.frame.width());
        chart.frame.bottom -= chart.legend.height_px();
        Ok(chart)
    }

    /// The lines' axes: metres from the start, seconds for a mile or kilometre.
    fn pace_pane<'a>(&self, canvas: &Canvas<'a>) -> Pane<'a> {
        canvas.pane(self.frame, (0.0, MILE_M), (self.range.fast, self.range.slow))
    }

    /// The lowest and the highest heart rate in beats per minute, with some room; `None` without any.
    fn heart_range(&self) -> Option<(f64, f64)> {
        let beats = || self.heart.iter().flatten().map(|point| point.1);
        let (low, high) = (beats().reduce(f64::min)?, beats().reduce(f64::max)?);
        let middle = 0.5 * (low + high);
        Some((low.min(middle - 5.0) - 2.0, high.max(middle + 5.0)))
    }

    /// The heart rate's axes: metres from the start, beats per minute in the lowest part of the pane.
    fn heart_pane<'a>(&self, canvas: &Canvas<'a>) -> Option<Pane<'a>> {
        let (low, high) = self.heart_range()?;
        let top = low + (high - low) / HEART_PART;
        Some(canvas.pane(self.frame, (0.0, MILE_M), (top, low)))
    }
}

/// The longest step between samples around a pause, in metres.
///
/// The smoothed speed counts the seconds of a pause as far as its window reaches; the pause itself is only known
/// to lie within a step.
fn longest_step_m(profile: &MileProfile) -> f64 {
    let steps = profile.raw_speed_mps.windows(2).map(|pair| (pair[0].distance_m, pair[1].distance_m));
    let around_pause = |&(from_m, to_m): &(f64, f64)| {
        profile.pauses_m.iter().any(|&at_m| from_m - 1.0 <= at_m && at_m <= to_m + 1.0)
    };
    steps.filter(around_pause).map(|(from_m, to_m)| to_m - from_m).fold(0.0, f64::max)
}

/// Where the lines are drawn, above the distances and a legend whose height is not known yet.
fn frame(options: &ChartOptions, has_heart: bool) -> Frame {
    let layout = Layout::of(options);
    Frame {
        left: layout.left() + AXIS_PX,
        top: layout.top() + heads::height_px(layout),
        right: layout.right() - if has_heart { AXIS_PX } else { 0.0 },
        bottom: layout.bottom() - DISTANCES_PX,
    }
}
