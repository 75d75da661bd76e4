//! Pace against distance: the season's best at each, and what the best mile promises for the others.

use super::super::axis::pace_ticks;
use super::super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::super::chart::{ChartError, ChartOptions};
use super::super::legend::{Entry, Legend, Mark, Sample};
use super::super::picture::Picture;
use super::super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::super::theme::{size, stroke};
use super::super::typeface::{Weight, width_em};
use crate::analyzer::equivalents::riegel_s;
use crate::season::reading::{Best, Reading, distance_name};
use crate::units::{MILE_M, clock, clock_as_read, clock_tenths};

/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 44.0;
/// The distances from which the curve of what the mile promises is drawn, in metres.
const FROM_M: f64 = 400.0;
/// See [`FROM_M`].
const TO_M: f64 = 10_000.0;

/// Draws it.
pub(super) fn curve(reading: &Reading, options: &ChartOptions) -> Result<Picture, ChartError> {
    let bests = &reading.bests;
    if bests.len() < 2 {
        return Err(ChartError::Season { what: "best efforts at two distances" });
    }
    let unit_m = options.units.unit_m();
    let pace = |distance_m: f64, time_s: f64| time_s * unit_m / distance_m;
    let mile_s = bests.iter().find(|best| best.distance_m == MILE_M).map(|best| best.time_s);
    let (low_m, high_m) = (bests[0].distance_m, bests[bests.len() - 1].distance_m);
    let promised: Vec<(f64, f64)> = mile_s.map_or_else(Vec::new, |mile_s| {
        let steps = (0..=60).map(|step| FROM_M * (TO_M / FROM_M).powf(f64::from(step) / 60.0));
        let inside = steps.filter(|distance_m| (low_m..=high_m).contains(distance_m));
        inside.map(|distance_m| (distance_m.ln(), pace(distance_m, riegel_s(mile_s, distance_m)))).collect()
    });
    let points: Vec<(f64, f64)> =
        bests.iter().map(|best| (best.distance_m.ln(), pace(best.distance_m, best.time_s))).collect();
    let all = || points.iter().chain(&promised).map(|point| point.1);
    let (fast, slow) = (all().fold(f64::MAX, f64::min), all().fold(0.0, f64::max));
    let room = (0.1 * (slow - fast)).max(4.0);
    let reach = (fast - room, slow + 1.3 * room);
    let title = format!("The season's best pace at each distance, per {}", options.units.symbol());
    canvas::draw(options, &title, &words(bests), |canvas| {
        let top = super::header(canvas, &title, reading)?;
        let layout = canvas.layout;
        let legend = legend(canvas, mile_s);
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: top + 14.0,
            right: layout.right() - 24.0,
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        let margin = 0.04 * (high_m.ln() - low_m.ln());
        let pane = canvas.pane(frame, (low_m.ln() - margin, high_m.ln() + margin), reach);
        for tick in pace_ticks(reach.0, reach.1, (frame.height() / STEP_PX) as usize) {
            let (_, y) = pane.position_px(low_m.ln(), tick);
            scales::rung(canvas, frame, y, &clock(tick))?;
        }
        distances(canvas, frame, &pane, bests)?;
        if promised.len() > 1 {
            pane.path(&promised, Stroke::new(canvas.theme.goal, stroke::SECOND).faint(0.5))?;
        }
        pane.path(&points, Stroke::new(canvas.theme.pace, stroke::SECOND))?;
        for &(x, y) in &points {
            canvas.mark(pane.position_px(x, y), Mark::Disc, 5.5, canvas.theme.pace)?;
        }
        times(canvas, frame, &pane, bests, &points)?;
        legend.draw(canvas, frame.left)
    })
}

fn legend(canvas: &Canvas, mile_s: Option<f64>) -> Legend {
    let theme = canvas.theme;
    let mut entries = vec![Entry::new(
        Sample::Marked(Stroke::new(theme.pace, stroke::SECOND), Mark::Disc),
        "run this season",
    )];
    if let Some(mile_s) = mile_s {
        let name = format!("what the mile in {} is worth (Riegel)", clock_tenths(mile_s));
        entries.push(Entry::new(Sample::Line(Stroke::new(theme.goal, stroke::SECOND).faint(0.5)), name));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

/// The distances below the frame, those left out that would stand over each other; the mile and the longest come
/// first.
fn distances(canvas: &Canvas, frame: Frame, pane: &Pane, bests: &[Best]) -> Result<(), ChartError> {
    let ink = scales::label(canvas);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for best in by_importance(bests) {
        let (x, _) = pane.position_px(best.distance_m.ln(), 0.0);
        let name = distance_name(best.distance_m);
        let half_px = 0.5 * width_em(&name, Weight::Regular) * ink.size_px;
        if taken.iter().all(|&(at, other_px)| (x - at).abs() > half_px + other_px + 8.0) {
            canvas.line((x, frame.bottom), (x, frame.bottom + 6.0), line)?;
            canvas.text((x, frame.bottom + 24.0), Anchor::Center, &name, ink)?;
            taken.push((x, half_px));
        }
    }
    Ok(())
}

/// The mile, both ends, then the round distances.
fn by_importance(bests: &[Best]) -> Vec<&Best> {
    const ORDER: [f64; 7] = [MILE_M, 5000.0, 10_000.0, 400.0, 800.0, 3000.0, 1000.0];
    let place = |best: &Best| ORDER.iter().position(|&m| m == best.distance_m).unwrap_or(ORDER.len());
    let mut sorted: Vec<&Best> = bests.iter().collect();
    sorted.sort_by_key(|best| place(best));
    sorted
}

/// The times beside their dots, above the line, where they have room.
fn times(
    canvas: &Canvas,
    frame: Frame,
    pane: &Pane,
    bests: &[Best],
    points: &[(f64, f64)],
) -> Result<(), ChartError> {
    let ink = Ink { size_px: size::NOTE, weight: Weight::SemiBold, colour: canvas.theme.ink };
    let at = |distance_m: f64| {
        let index = bests.iter().position(|best| best.distance_m == distance_m).unwrap_or(0);
        pane.position_px(points[index].0, points[index].1)
    };
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for best in by_importance(bests) {
        let text = clock_as_read(best.time_s);
        let (x, y) = at(best.distance_m);
        let half_px = 0.5 * width_em(&text, ink.weight) * ink.size_px;
        let x = x.clamp(frame.left + half_px, frame.right + 16.0 - half_px);
        if taken.iter().all(|&(other, other_px)| (x - other).abs() > half_px + other_px + 8.0) {
            // The line comes to the last dot from above, so that its time stands below it.
            let last = bests.last().is_some_and(|last| last.distance_m == best.distance_m);
            let baseline =
                if last { (y + 25.0).min(frame.bottom - 4.0) } else { (y - 14.0).max(frame.top + 12.0) };
            canvas.text((x, baseline), Anchor::Center, &text, ink)?;
            taken.push((x, half_px));
        }
    }
    Ok(())
}

fn words(bests: &[Best]) -> String {
    let each: Vec<String> = bests
        .iter()
        .map(|best| format!("{} in {}", distance_name(best.distance_m), clock_as_read(best.time_s)))
        .collect();
    format!("{}.", each.join(", "))
}
