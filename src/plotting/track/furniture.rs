//! What stands around the way: start and finish, the laps' times in the middle of the track, north, a scale.

use super::Ground;
use crate::plotting::canvas::{Anchor, Canvas, Frame, Ink, Stroke};
use crate::plotting::chart::ChartError;
use crate::plotting::heads::{self, delta, delta_colour};
use crate::plotting::legend::Mark;
use crate::plotting::scales;
use crate::plotting::subject::Subject;
use crate::plotting::theme::{size, stroke};
use crate::plotting::typeface::{Weight, width_em};
use crate::segmenter::trace::OvalTrace;
use crate::units::MILE_M;

/// Start and finish across the ribbons, the laps' numbers at their beginnings, and the laps' times in the field.
pub(super) fn oval(
    canvas: &Canvas,
    ground: &Ground,
    oval: &OvalTrace,
    subject: &Subject,
    (clearance_m, ribbon_m): (f64, f64),
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let across = |at_m: f64, lap: f64| {
        let inner = ground.px(oval.place(at_m, clearance_m + ribbon_m * (lap - 0.5)));
        (inner, ground.px(oval.place(at_m, clearance_m + ribbon_m * (lap + 0.5))))
    };
    // Each lap's end is the next one's beginning; the first one's beginning and the last one's end are named.
    for (lap, split) in subject.mile.splits.iter().enumerate() {
        let (from, to) = across(split.from_m, lap as f64);
        canvas.line(from, to, Stroke::new(theme.ink, stroke::SECOND))?;
    }
    let finish = across(MILE_M, 3.0);
    canvas.line(finish.0, finish.1, Stroke::new(theme.ink, stroke::MAIN))?;
    let inside = |at_m: f64| ground.px(oval.place(at_m, -7.0));
    let ink = Ink { weight: Weight::SemiBold, colour: theme.ink, ..scales::note(canvas) };
    let (start, finish) = (inside(0.0), inside(MILE_M));
    let start_mark = ground.px(oval.place(0.0, clearance_m));
    canvas.mark(start_mark, Mark::Disc, 5.0, theme.ink)?;
    let (dx, dy) = (start.0 - finish.0, start.1 - finish.1);
    if dx.hypot(dy) > 110.0 {
        word(canvas, ground, start, "start", ink)?;
        word(canvas, ground, finish, "finish", ink)?;
    } else if dx.abs() > dy.abs() {
        // Close to each other their words stand on a common line, each on its own mark's outer side.
        let baseline = 0.5 * (under(ground, start.1) + under(ground, finish.1));
        let words = [(start.0, dx, "start"), (finish.0, -dx, "finish")];
        for (x, to_the_right, text) in words {
            let (x, anchor) =
                if to_the_right > 0.0 { (x - 6.0, Anchor::Left) } else { (x + 6.0, Anchor::Right) };
            canvas.text((x, baseline), anchor, text, ink)?;
        }
    } else {
        let apart_px = (0.5 * (ink.size_px + 4.0 - dy.abs())).max(0.0).copysign(dy);
        word(canvas, ground, (start.0, start.1 + apart_px), "start", ink)?;
        word(canvas, ground, (finish.0, finish.1 - apart_px), "finish", ink)?;
    }
    field(canvas, ground, subject)
}

/// The baseline of a word at a height inside the track, on the side where the field is.
fn under(ground: &Ground, y: f64) -> f64 {
    if y > ground.px((0.0, 0.0)).1 { y - 2.0 } else { y + 12.0 }
}

/// A word that begins or ends at a place inside the track, on the side where the field is.
fn word(
    canvas: &Canvas,
    ground: &Ground,
    (x, y): (f64, f64),
    text: &str,
    ink: Ink,
) -> Result<(), ChartError> {
    let (centre_x, _) = ground.px((0.0, 0.0));
    let baseline = under(ground, y);
    let anchor = match x - centre_x {
        dx if dx > 60.0 => Anchor::Right,
        dx if dx < -60.0 => Anchor::Left,
        _ => Anchor::Center,
    };
    canvas.text((x, baseline), anchor, text, ink)
}

/// The laps' times in the middle.
fn field(canvas: &Canvas, ground: &Ground, subject: &Subject) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let laps = heads::heads(subject.analysis, subject.mile);
    let (x, y) = ground.px((0.0, 0.0));
    let row_px = canvas.layout.pick(27.0, 24.0);
    let note = Ink { size_px: size::LABEL, ..scales::label(canvas) };
    let time = Ink { size_px: canvas.layout.pick(20.0, 17.0), weight: Weight::SemiBold, colour: theme.ink };
    let top = y - 1.5 * row_px + 6.0;
    for (i, lap) in laps.iter().enumerate() {
        let baseline = top + row_px * i as f64;
        canvas.text((x - 38.0, baseline), Anchor::Right, &format!("lap {}", i + 1), note)?;
        canvas.text((x + 34.0, baseline), Anchor::Right, &lap.figure, time)?;
        if let Some(delta_s) = lap.delta_s {
            let ink = Ink { weight: Weight::SemiBold, colour: delta_colour(delta_s, theme), ..note };
            canvas.text((x + 46.0, baseline), Anchor::Left, &delta(delta_s), ink)?;
        }
    }
    Ok(())
}

/// Start, finish and the quarters of a road, each named where the way leaves most room.
pub(super) fn road(
    canvas: &Canvas,
    place: &impl Fn(f64) -> (f64, f64),
    frame: Frame,
    north_rad: f64,
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let ink = Ink { weight: Weight::SemiBold, colour: theme.ink, ..scales::label(canvas) };
    let way: Vec<(f64, f64)> = (0..=160).map(|i| place(MILE_M * f64::from(i) / 160.0)).collect();
    let corner = free_corner(frame, &way);
    compass(canvas, corner, north_rad)?;
    let mut taken = vec![corner];
    let ends = [(0.0, "start"), (MILE_M, "finish"), (400.0, "400"), (800.0, "800"), (1200.0, "1200")];
    for (at_m, name) in ends {
        let at = place(at_m);
        canvas.mark(at, Mark::Disc, if name.len() > 4 { 7.0 } else { 5.0 }, theme.ink)?;
        canvas.mark(at, Mark::Disc, 3.0, theme.background)?;
        let half_px = 0.5 * width_em(name, ink.weight) * ink.size_px + 4.0;
        let room = SPOTS.map(|(dx, dy)| {
            let (x, y) = (at.0 + dx * (half_px + 10.0), at.1 + dy * 24.0);
            Frame { left: x - half_px, right: x + half_px, top: y - 9.0, bottom: y + 9.0 }
        });
        let free = room.into_iter().filter(|room| {
            let inside = room.left > frame.left && room.right < frame.right && room.top > frame.top;
            inside && taken.iter().all(|other| !meet(room, other))
        });
        let clearance = |room: &Frame| way.iter().map(|&point| distance(room, point)).fold(1e9, f64::min);
        // The first of several good places, so that names rather stand above the way than beside it.
        let best = free.max_by(|a, b| {
            clearance(a).min(9.0).total_cmp(&clearance(b).min(9.0)).then(std::cmp::Ordering::Greater)
        });
        if let Some(room) = best {
            let middle = (0.5 * (room.left + room.right), room.bottom - 4.0);
            canvas.text(middle, Anchor::Center, name, ink)?;
            taken.push(room);
        }
    }
    Ok(())
}

/// Where a name may stand around its place, the best first.
const SPOTS: [(f64, f64); 8] =
    [(0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (0.8, -0.8), (-0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)];

fn meet(a: &Frame, b: &Frame) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Pixels from a point to a room; 0 inside it.
fn distance(room: &Frame, (x, y): (f64, f64)) -> f64 {
    let beyond = |value: f64, low: f64, high: f64| (low - value).max(value - high).max(0.0);
    beyond(x, room.left, room.right).hypot(beyond(y, room.top, room.bottom))
}

/// A bar of a round length in the lower left corner.
pub(super) fn scale_bar(canvas: &Canvas, frame: Frame, px_per_m: f64) -> Result<(), ChartError> {
    let longest_m = 0.25 * frame.width() / px_per_m;
    let lengths = [500.0, 200.0, 100.0, 50.0, 20.0, 10.0];
    let Some(metres) = lengths.into_iter().find(|&m| m <= longest_m) else { return Ok(()) };
    let (left, y) = (frame.left, frame.bottom - 4.0);
    let right = left + metres * px_per_m;
    let line = Stroke::new(canvas.theme.soft_ink, stroke::SECOND);
    canvas.line((left, y), (right, y), line)?;
    canvas.line((left, y - 4.0), (left, y + 4.0), line)?;
    canvas.line((right, y - 4.0), (right, y + 4.0), line)?;
    let ink = scales::note(canvas);
    canvas.text((right + 8.0, y + 5.0), Anchor::Left, &format!("{metres:.0} m"), ink)
}

/// The width and height in pixels of the arrow to the north with its letter.
const COMPASS_PX: f64 = 48.0;

/// The corner in the upper right, or another one that the way leaves free.
pub(super) fn free_corner(frame: Frame, way: &[(f64, f64)]) -> Frame {
    let corner =
        |left: f64, top: f64| Frame { left, right: left + COMPASS_PX, top, bottom: top + COMPASS_PX };
    let right = frame.right - COMPASS_PX;
    let corners =
        [corner(right, frame.top), corner(frame.left, frame.top), corner(right, frame.bottom - COMPASS_PX)];
    let free = |room: &&Frame| way.iter().all(|&point| distance(room, point) > 24.0);
    corners.iter().find(free).copied().unwrap_or(corners[0])
}

/// An arrow to the north in a corner.
pub(super) fn compass(canvas: &Canvas, corner: Frame, north_rad: f64) -> Result<(), ChartError> {
    const RADIUS_PX: f64 = 12.0;
    let centre = (0.5 * (corner.left + corner.right), 0.5 * (corner.top + corner.bottom));
    let at = |turn: f64, r: f64| {
        let angle = north_rad + turn;
        (centre.0 + r * angle.cos(), centre.1 - r * angle.sin())
    };
    let theme = canvas.theme;
    let needle = [at(0.0, RADIUS_PX), at(2.5, RADIUS_PX), at(0.0, -0.4 * RADIUS_PX), at(-2.5, RADIUS_PX)];
    canvas.fill(&needle, theme.soft_ink, 1.0)?;
    let (x, y) = at(0.0, RADIUS_PX + 9.0);
    canvas.text((x, y + 5.0), Anchor::Center, "N", scales::note(canvas))
}
