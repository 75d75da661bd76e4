//! The chart's lines: the goal and what was won and lost on it, the pace raw and smoothed, heart
//! rate and cadence.

use super::Chart;
use crate::plotting::canvas::{Anchor, Canvas, Ink, Pane, Stroke};
use crate::plotting::chart::ChartError;
use crate::plotting::course::{Run, within, without_spikes};
use crate::plotting::theme::{Colour, size, stroke};
use crate::plotting::typeface::Weight;
use crate::units::MILE_M;

/// How far from the goal's pace still counts as on it, in per cent: the rubric's tolerance at 800 m.
pub(super) const GOAL_TOLERANCE_PCT: f64 = 0.75;
/// How strong the areas between pace and goal are.
pub(super) const AREA_OPACITY: f64 = 0.32;
/// How strong the raw line is: it says how the watch scatters, and must not outweigh the pace.
pub(super) const RAW_OPACITY: f64 = 0.22;
/// How wide the raw line is, in pixels.
pub(super) const RAW_PX: f64 = 0.8;
/// How strong the goal's band is.
pub(super) const BAND_OPACITY: f64 = 0.1;

/// Draws them, the most important last.
pub(super) fn draw(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let pane = chart.pace_pane(canvas);
    let theme = canvas.theme;
    goal_band(&pane, chart, theme.goal)?;
    for run in &chart.smooth {
        areas(&pane, chart, run, theme.ahead, theme.behind)?;
    }
    if chart.range.holds(chart.held) {
        let held = [(0.0, chart.held), (MILE_M, chart.held)];
        pane.path(&held, Stroke::new(theme.goal, stroke::HAIR))?;
    }
    pauses(canvas, chart)?;
    let raw = Stroke::new(theme.pace, RAW_PX).faint(RAW_OPACITY);
    for part in chart.raw.iter().flat_map(|run| without_spikes(run, chart.range.fast, chart.range.slow)) {
        pane.path(part, raw)?;
    }
    chart.strips.draw(canvas, chart.frame)?;
    for part in chart.smooth.iter().flat_map(|run| within(run, chart.range.fast, chart.range.slow)) {
        pane.path(&part, Stroke::new(theme.pace, stroke::MAIN))?;
    }
    Ok(())
}

fn goal_band(pane: &Pane, chart: &Chart, colour: Colour) -> Result<(), ChartError> {
    if chart.goal_s.is_none() {
        return Ok(());
    }
    let by = chart.held * GOAL_TOLERANCE_PCT / 100.0;
    let edge = |pace: f64| pace.clamp(chart.range.fast, chart.range.slow);
    let (fast, slow) = (edge(chart.held - by), edge(chart.held + by));
    if slow <= fast {
        return Ok(());
    }
    pane.fill(&[(0.0, fast), (MILE_M, fast), (MILE_M, slow), (0.0, slow)], colour, BAND_OPACITY)
}

/// Fills what lies between the line and the goal's pace, each side in its colour.
fn areas(pane: &Pane, chart: &Chart, run: &Run, ahead: Colour, behind: Colour) -> Result<(), ChartError> {
    // What leaves the pane is filled up to its edge; so is what is compared with a goal out of reach.
    let edge = |pace: f64| pace.clamp(chart.range.fast, chart.range.slow);
    let (inside, held): (Run, f64) = (run.iter().map(|&(x, y)| (x, edge(y))).collect(), edge(chart.held));
    let sides = [(chart.range.fast, held, ahead), (held, chart.range.slow, behind)];
    for (low, high, colour) in sides {
        for mut area in within(&inside, low, high) {
            let (first, last) = (area[0], area[area.len() - 1]);
            area.extend([(last.0, held), (first.0, held)]);
            pane.fill(&area, colour, AREA_OPACITY)?;
        }
    }
    Ok(())
}

fn pauses(canvas: &Canvas, chart: &Chart) -> Result<(), ChartError> {
    let pane = chart.pace_pane(canvas);
    let ink = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: canvas.theme.soft_ink };
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    for &at_m in &chart.pauses_m {
        let (x, _) = pane.position_px(at_m, chart.held);
        canvas.dashed((x, chart.frame.top + 6.0), (x, chart.frame.bottom), line)?;
        let right_edge = x + 60.0 > chart.frame.right;
        let (x, anchor) = if right_edge { (x - 6.0, Anchor::Right) } else { (x + 6.0, Anchor::Left) };
        canvas.text((x, chart.frame.top + 18.0), anchor, "pause", ink)?;
    }
    Ok(())
}
