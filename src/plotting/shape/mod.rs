//! The chart of a mile's shape: each lap against the own mean, beside the laps of record miles.
//!
//! Per cent make miles of any speed comparable: an amateur's five minutes can have a record's shape.

mod records;

use super::axis::{fraction_label, fraction_ticks};
use super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::chart::{ChartError, ChartOptions};
use super::course::within;
use super::header;
use super::legend::{Entry, Legend, Mark, Sample};
use super::picture::Picture;
use super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::subject::Subject;
use super::text::typographic;
use super::theme::{Theme, size, stroke};
use super::typeface::{Weight, width_em};
use crate::analysis::Analysis;
use crate::units::clock_tenths;
use records::{NAMED, OTHERS, RECORDS_PCT};

/// How strong the other records are.
const FAINT: f64 = 0.45;
/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 40.0;
/// The axis reaches no further than this many per cent.
const FURTHEST_PCT: f64 = 25.0;
/// The height in pixels that a value takes above or below its lap.
const VALUE_PX: f64 = 34.0;

/// Draws the shape of the mile.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile, [`ChartError::Size`] for a size without room for the labels.
pub(super) fn shape(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let own = Own::of(&subject);
    let description = format!("Each lap against the mean pace: {}", own.words());
    canvas::draw(options, &subject.title("shape"), &description, |canvas| {
        header::header(canvas, analysis, subject.best)?;
        canvas.layout.caption(canvas, "Each lap against the mean pace, beside record miles")?;
        let layout = canvas.layout;
        let legend = legend(canvas);
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: layout.below_caption() + 26.0,
            right: layout.right() - 8.0,
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        draw_in(canvas, frame, &own, true)?;
        legend.draw(canvas, frame.left)
    })
}

/// The laps' deviations from the own mean in per cent, and their half widths.
pub(super) struct Own {
    pct: Vec<f64>,
    half_pct: Vec<Option<f64>>,
}

impl Own {
    pub(super) fn of(subject: &Subject) -> Own {
        let splits = &subject.mile.splits;
        let mean_s = splits.iter().map(|split| split.per_400m_s).sum::<f64>() / splits.len().max(1) as f64;
        let half = |split: &crate::segmenter::Split| Some(100.0 * split.uncertainty_s? / split.time_s);
        Own {
            pct: splits.iter().map(|split| 100.0 * (split.per_400m_s / mean_s - 1.0)).collect(),
            half_pct: splits.iter().map(half).collect(),
        }
    }

    fn words(&self) -> String {
        let lap = |(i, pct): (usize, &f64)| format!("lap {} {}", i + 1, percent(*pct));
        self.pct.iter().enumerate().map(lap).collect::<Vec<_>>().join(", ")
    }

    /// How far an axis of this height reaches in per cent: the fastest lap at the top, with room for its value.
    /// Beside the records it reaches as far as they do.
    fn reach_pct(&self, height_px: f64, records: bool) -> (f64, f64) {
        let half = |lap: usize| self.half_pct.get(lap).copied().flatten().unwrap_or(0.0);
        let own = || self.pct.iter().enumerate();
        let miles = || NAMED.iter().chain(&OTHERS).filter(|_| records);
        let others = || miles().flat_map(|mile| mile.deviations_pct());
        let fast = own().map(|(lap, pct)| pct - half(lap)).chain(others()).fold(-3.0, f64::min);
        let slow = own().map(|(lap, pct)| pct + half(lap)).chain(others()).fold(3.0, f64::max);
        let (fast, slow) = (fast.max(-FURTHEST_PCT), slow.min(FURTHEST_PCT));
        let room = (slow - fast) * VALUE_PX / (height_px - 2.0 * VALUE_PX).max(VALUE_PX);
        (fast - room, slow + room)
    }
}

fn percent(pct: f64) -> String {
    let rounded = (10.0 * pct).round() / 10.0;
    if rounded == 0.0 { "±0.0 %".into() } else { typographic(&format!("{rounded:+.1} %")) }
}

/// The lines of the named records, told apart by mark as well as by colour.
fn named_strokes(theme: Theme) -> [(Stroke, Mark); 3] {
    let stroke = |colour| Stroke::new(colour, stroke::SECOND);
    [
        (stroke(theme.ahead_ink), Mark::Square),
        (stroke(theme.heart), Mark::Triangle),
        (stroke(theme.behind_ink), Mark::Diamond),
    ]
}

fn legend(canvas: &Canvas) -> Legend {
    let theme = canvas.theme;
    let own = Sample::Marked(Stroke::new(theme.pace, stroke::MAIN), Mark::Disc);
    let mean = Sample::Areas(vec![theme.goal], 0.3);
    let mut entries =
        vec![Entry::new(own, "this mile"), Entry::new(mean, "average of world records since 1954")];
    for (mile, (stroke, mark)) in NAMED.iter().zip(named_strokes(theme)) {
        let name = format!("{} {} in {}", mile.runner, mile.year, clock_tenths(mile.time_s));
        entries.push(Entry::new(Sample::Marked(stroke, mark), name));
    }
    let other = Stroke::new(theme.soft_ink, stroke::HAIR).faint(FAINT);
    entries.push(Entry::new(Sample::Line(other), "other record miles"));
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

/// Draws the lines into a frame.
pub(super) fn draw_in(canvas: &Canvas, frame: Frame, own: &Own, named: bool) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let (fast, slow) = own.reach_pct(frame.height(), named);
    let pane = canvas.pane(frame, (0.5, 4.5), (fast, slow));
    grid(canvas, frame, &pane, (fast, slow))?;
    for lap in 1..=4 {
        let (x, _) = pane.position_px(f64::from(lap), 0.0);
        let ink = scales::label(canvas);
        canvas.text((x, frame.bottom + 24.0), Anchor::Center, &format!("lap {lap}"), ink)?;
    }
    let mut taken = average(canvas, &pane, (fast, slow))?;
    let faint = Stroke::new(theme.soft_ink, stroke::HAIR).faint(FAINT);
    for mile in OTHERS.iter().filter(|_| named) {
        for part in within(&points(&mile.deviations_pct()), fast, slow) {
            pane.path(&part, faint)?;
        }
    }
    for (mile, (stroke, mark)) in NAMED.iter().zip(named_strokes(theme)).filter(|_| named) {
        let points = points(&mile.deviations_pct());
        pane.path(&points, stroke)?;
        for (x, y) in points {
            let (x, y) = pane.position_px(x, y);
            canvas.mark((x, y), mark, 4.5, stroke.colour)?;
            taken.push(Frame { left: x - 7.0, right: x + 7.0, top: y - 7.0, bottom: y + 7.0 });
        }
    }
    own_line(canvas, frame, &pane, own, (fast, slow), &taken)
}

fn points(pct: &[f64]) -> Vec<(f64, f64)> {
    pct.iter().enumerate().map(|(lap, &pct)| (lap as f64 + 1.0, pct)).collect()
}

fn grid(canvas: &Canvas, frame: Frame, pane: &Pane, reach: (f64, f64)) -> Result<(), ChartError> {
    for tick in fraction_ticks(reach.0, reach.1, (frame.height() / STEP_PX) as usize) {
        let (_, y) = pane.position_px(0.5, tick);
        scales::rung(canvas, frame, y, &format!("{} %", fraction_label(tick)))?;
    }
    let (_, zero) = pane.position_px(0.5, 0.0);
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, zero), (frame.right, zero), line)?;
    let ink = scales::note(canvas);
    canvas.text((frame.left, frame.top - 8.0), Anchor::Left, "↑ faster than the mean", ink)
}

/// The records' average as steps of a lap's width: the shape to compare with. Returns where they stand.
fn average(canvas: &Canvas, pane: &Pane, (fast, slow): (f64, f64)) -> Result<Vec<Frame>, ChartError> {
    let mut taken = Vec::new();
    let half = 0.02 * (slow - fast);
    for (lap, pct) in RECORDS_PCT.iter().enumerate() {
        let (left, right) = (lap as f64 + 0.62, lap as f64 + 1.38);
        let (top, bottom) = (pct - half, pct + half);
        let ((left, top), (right, bottom)) = (pane.position_px(left, top), pane.position_px(right, bottom));
        let bar = Frame { left, right, top, bottom };
        canvas.rect(bar, canvas.theme.goal, 0.3)?;
        taken.push(bar);
    }
    Ok(taken)
}

fn own_line(
    canvas: &Canvas,
    frame: Frame,
    pane: &Pane,
    own: &Own,
    (fast, slow): (f64, f64),
    taken: &[Frame],
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let held: Vec<f64> = own.pct.iter().map(|pct| pct.clamp(0.96 * fast, 0.96 * slow)).collect();
    let line = points(&held);
    pane.path(&line, Stroke::new(theme.pace, stroke::MAIN))?;
    for (i, &(x, y)) in line.iter().enumerate() {
        let at = pane.position_px(x, y);
        let mut ends = (at.1 - 7.0, at.1 + 7.0);
        if let Some(half) = own.half_pct.get(i).copied().flatten() {
            let end = |pct: f64| pane.position_px(x, pct.clamp(fast, slow)).1;
            ends = (end(own.pct[i] - half).min(ends.0), end(own.pct[i] + half).max(ends.1));
            canvas.whisker(at.0, ends, 5.0, Stroke::new(theme.pace, stroke::RAW))?;
        }
        canvas.mark(at, Mark::Disc, 7.0, theme.pace)?;
        // The neighbours tell on which side the line leaves room.
        let sides = [i.checked_sub(1), Some(i + 1)].into_iter().flatten();
        let beside: Vec<f64> = sides.filter_map(|side| Some(line.get(side)?.1)).collect();
        let above = beside.iter().sum::<f64>() >= y * beside.len() as f64;
        let text = percent(own.pct[i]);
        let spot = value_spot(frame, (at, ends), above, width_em(&text, VALUE.1) * VALUE.0, taken);
        value(canvas, spot, &text)?;
    }
    Ok(())
}

/// Size and weight of a value.
const VALUE: (f64, Weight) = (size::SUBTITLE, Weight::SemiBold);

/// The middle of the baseline where a value stands: above its whisker or below it, the preferred side first, else
/// beside it, else further off, where the frame has room and neither mark nor bar is covered.
fn value_spot(
    frame: Frame,
    (at, ends): ((f64, f64), (f64, f64)),
    above: bool,
    width_px: f64,
    taken: &[Frame],
) -> (f64, f64) {
    let (over, under) = (ends.0 - 8.0, ends.1 + 20.0);
    let beside_px = 0.5 * width_px + 14.0;
    let sides = if above { [over, under] } else { [under, over] };
    let further = |y: f64| if y == over { y - 22.0 } else { y + 22.0 };
    let spots = [
        (at.0, sides[0]),
        (at.0, sides[1]),
        (at.0 + beside_px, at.1 + 6.0),
        (at.0 - beside_px, at.1 + 6.0),
        (at.0, further(sides[0])),
        (at.0, further(sides[1])),
        (at.0 + beside_px, sides[0]),
        (at.0 - beside_px, sides[0]),
    ];
    let fits = |spot: &(f64, f64)| {
        let room = value_room(*spot, width_px);
        room.left >= frame.left
            && room.right <= frame.right
            && room.top >= frame.top
            && room.bottom <= frame.bottom
    };
    let covered_px = |spot: &(f64, f64)| {
        let room = value_room(*spot, width_px);
        let of = |mark: &Frame| {
            let wide = room.right.min(mark.right) - room.left.max(mark.left);
            let tall = room.bottom.min(mark.bottom) - room.top.max(mark.top);
            wide.max(0.0) * tall.max(0.0)
        };
        taken.iter().map(of).sum::<f64>()
    };
    // The first of the least covered.
    let fitting = spots.into_iter().filter(fits);
    fitting.min_by(|a, b| covered_px(a).total_cmp(&covered_px(b))).unwrap_or(spots[0])
}

/// What a value takes around the middle of its baseline.
fn value_room((x, baseline): (f64, f64), width_px: f64) -> Frame {
    let half_px = 0.5 * width_px + 2.0;
    Frame { left: x - half_px, right: x + half_px, top: baseline - 14.0, bottom: baseline + 3.0 }
}

/// A value on paper of its own, so that no line strikes it through.
fn value(canvas: &Canvas, spot: (f64, f64), text: &str) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let ink = Ink { size_px: VALUE.0, weight: VALUE.1, colour: theme.ink };
    let paper = value_room(spot, width_em(text, ink.weight) * ink.size_px);
    canvas.rect(paper, theme.background, 0.82)?;
    canvas.text(spot, Anchor::Center, text, ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_where_it_covers_no_mark() {
        let frame = Frame { left: 0.0, right: 400.0, top: 0.0, bottom: 300.0 };
        let (at, ends) = ((200.0, 150.0), (140.0, 160.0));
        let mark = |x: f64, y: f64| Frame { left: x - 7.0, right: x + 7.0, top: y - 7.0, bottom: y + 7.0 };
        let spot = |taken: &[Frame]| value_spot(frame, (at, ends), true, 50.0, taken);
        assert_eq!(spot(&[]), (200.0, 132.0));
        assert_eq!(spot(&[mark(200.0, 128.0)]), (200.0, 180.0));
        assert_eq!(spot(&[mark(200.0, 128.0), mark(190.0, 175.0)]), (239.0, 156.0));
    }

    #[test]
    fn beside_the_records_every_line_stays_inside() {
        let own = Own { pct: vec![0.0; 4], half_pct: vec![None; 4] };
        let (fast, slow) = own.reach_pct(400.0, true);
        let all = || NAMED.iter().chain(&OTHERS).flat_map(|mile| mile.deviations_pct());
        assert!(all().all(|pct| (fast..=slow).contains(&pct)));
        assert!(own.reach_pct(400.0, false).0 > fast);
    }
}
