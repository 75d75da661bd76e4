//! The chart of a mile's pacing: pace over distance, faster upwards, with the four laps, the goal and the heart
//! rate.
//!
//! Pace is linear in seconds per mile or kilometre, so the area between the line and the goal's pace is time:
//! what was won lies above the goal's line, what was lost below.

mod axes;
mod legend;
mod lines;
mod strips;

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
use crate::analyzer::PacingGrade;
use crate::segmenter::{MileProfile, TimedMile};
use crate::units::{MILE_M, UnitSystem};
use strips::Strips;

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
    strips: Strips,
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
        let goal_s = analysis.grade.as_ref().and_then(PacingGrade::goal_of_laps_s);
        let mean = mile.time_s * unit_m / MILE_M;
        let held = goal_s.unwrap_or(mile.time_s) * unit_m / MILE_M;
        let range = PaceRange::around(smooth.iter().flatten().map(|point| point.1), mean, held);
        let mut frame = frame(options);
        let strips = Strips::of(profile, frame, Layout::of(options).narrow);
        if !strips.is_empty() {
            frame.right -= AXIS_PX;
        }
        let mut chart = Chart {
            units: options.units,
            goal_s,
            held,
            raw: course::runs(&profile.raw_speed_mps, breaks, 5.0, pace),
            smooth,
            pauses_m: breaks.clone(),
            smoothing_m: profile.smoothing_m,
            range: range.with_room_below(strips.part()),
            strips,
            frame,
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
fn frame(options: &ChartOptions) -> Frame {
    let layout = Layout::of(options);
    Frame {
        left: layout.left() + AXIS_PX,
        top: layout.top() + heads::height_px(layout),
        right: layout.right(),
        bottom: layout.bottom() - DISTANCES_PX,
    }
}
