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
        times(canvas, frame, &pane, bests, &[&points, &promised])?;
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

/// The times around their dots, where they cover neither a line nor each other.
fn times(
    canvas: &Canvas,
    frame: Frame,
    pane: &Pane,
    bests: &[Best],
    lines: &[&Vec<(f64, f64)>; 2],
) -> Result<(), ChartError> {
    let ink = Ink { size_px: size::NOTE, weight: Weight::SemiBold, colour: canvas.theme.ink };
    let ink_of_lines = inked(pane, lines);
    let mut taken: Vec<Frame> = Vec::new();
    for best in by_importance(bests) {
        let index = bests.iter().position(|other| other.distance_m == best.distance_m).unwrap_or(0);
        let at = pane.position_px(lines[0][index].0, lines[0][index].1);
        let text = clock_as_read(best.time_s);
        let width_px = width_em(&text, ink.weight) * ink.size_px;
        let free = |room: &Frame| {
            taken.iter().all(|other| !meet(room, other)) && ink_of_lines.iter().all(|&dot| !holds(room, dot))
        };
        if let Some(room) = rooms(at, width_px).into_iter().filter(|room| within(room, frame)).find(free) {
            canvas.text((room.left + 4.0, room.bottom - 4.0), Anchor::Left, &text, ink)?;
            taken.push(room);
        }
    }
    Ok(())
}

/// Where a time may stand around its dot, the best place first.
fn rooms((x, y): (f64, f64), width_px: f64) -> [Frame; 6] {
    let beside = 0.5 * width_px + 13.0;
    let spots = [(0.0, -19.0), (0.0, 20.0), (beside, 0.0), (-beside, 0.0), (beside, -14.0), (-beside, 14.0)];
    spots.map(|(dx, dy)| {
        let (middle, half_px) = (x + dx, 0.5 * width_px + 4.0);
        Frame { left: middle - half_px, right: middle + half_px, top: y + dy - 9.0, bottom: y + dy + 9.0 }
    })
}

/// Dots two pixels apart along the lines.
fn inked(pane: &Pane, lines: &[&Vec<(f64, f64)>; 2]) -> Vec<(f64, f64)> {
    let mut dots = Vec::new();
    for step in lines.iter().flat_map(|line| line.windows(2)) {
        let [from, to] = [step[0], step[1]].map(|(x, y)| pane.position_px(x, y));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let count = (dx.hypot(dy) / 2.0).ceil().max(1.0);
        dots.extend((0..=count as usize).map(|i| {
            let part = i as f64 / count;
            (from.0 + part * dx, from.1 + part * dy)
        }));
    }
    dots
}

fn meet(a: &Frame, b: &Frame) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn holds(room: &Frame, (x, y): (f64, f64)) -> bool {
    (room.left..=room.right).contains(&x) && (room.top..=room.bottom).contains(&y)
}

fn within(room: &Frame, frame: Frame) -> bool {
    let inside = room.left >= frame.left && room.right <= frame.right + 20.0;
    inside && room.top >= frame.top && room.bottom <= frame.bottom
}

fn words(bests: &[Best]) -> String {
    let each: Vec<String> = bests
        .iter()
        .map(|best| format!("{} in {}", distance_name(best.distance_m), clock_as_read(best.time_s)))
        .collect();
    format!("{}.", each.join(", "))
}
