//! The chart of the four laps: a bar of each lap's width up or down from the goal's line, with its uncertainty, and
//! beside it the last lap's hundreds.

use super::axis::{fraction_label, fraction_ticks};
use super::canvas::{self, Anchor, Canvas, Frame, Ink, Stroke};
use super::chart::{ChartError, ChartOptions};
use super::header;
use super::heads::{self, LapHead, delta, delta_colour};
use super::layout::Layout;
use super::legend::{Entry, Legend, Sample};
use super::picture::Picture;
use super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::subject::Subject;
use super::theme::{size, stroke};
use super::typeface::Weight;
use crate::analysis::Analysis;
use crate::analyzer::{grade, hundreds};
use crate::units::{MILE_M, clock_of_tenths};

/// How strong the bars are.
const BAR_OPACITY: f64 = 0.85;
/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 40.0;
/// Which part of the sheet the hundreds take, beside the laps or below them.
const HUNDREDS_PART: (f64, f64) = (0.27, 0.38);
/// On a sheet narrower than this, in pixels, the hundreds stand below the laps.
const BESIDE_PX: f64 = 1000.0;

/// Draws the laps of the mile that is graded and shown first.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile, [`ChartError::Size`] for a size without room for the labels.
pub(super) fn laps(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let laps = heads::heads(analysis, subject.mile);
    let bars = lap_bars(&subject, &laps);
    let hundreds = hundred_bars(&subject);
    let description = format!("Against {}: {}", subject.held_name(), heads::description(&laps));
    canvas::draw(options, &subject.title("the four laps"), &description, |canvas| {
        header::header(canvas, analysis, subject.best)?;
        let theme = canvas.theme;
        let legend = legend(&subject, canvas, bars.iter().any(|bar| bar.half_width_s.is_some()));
        let (frame, small) = frames(&canvas.layout, legend.height_px(), hundreds.is_some());
        heads::draw(canvas, frame, canvas.layout.top(), &laps)?;
        scales::distances(canvas, frame)?;
        draw_bars(canvas, frame, &bars, (0.0, MILE_M), size::LAP_TIME)?;
        if let Some(hundreds) = &hundreds {
            draw_hundreds(canvas, small, hundreds)?;
        }
        let unit = Ink { colour: theme.soft_ink, ..scales::note(canvas) };
        let above = (frame.left - scales::GAP_PX, frame.top - 12.0);
        canvas.text(above, Anchor::Right, "s", unit)?;
        legend.draw(canvas, frame.left)
    })
}

/// A stretch and how it compares with the pace held.
struct Bar {
    from_m: f64,
    to_m: f64,
    delta_s: f64,
    half_width_s: Option<f64>,
    text: String,
}

fn lap_bars(subject: &Subject, laps: &[LapHead]) -> Vec<Bar> {
    let bar = |(lap, split): (&LapHead, &crate::segmenter::Split)| {
        let delta_s = lap.delta_s.unwrap_or(0.0);
        Bar {
            from_m: lap.from_m,
            to_m: lap.to_m,
            delta_s,
            half_width_s: split.uncertainty_s,
            text: format!("{} s", delta(delta_s)),
        }
    };
    laps.iter().zip(&subject.mile.splits).map(bar).collect()
}

/// From the printed tenths, so that no bar contradicts its label.
fn hundred_bars(subject: &Subject) -> Option<Vec<Bar>> {
    let held_s = 100.0 * subject.held_s_per_m();
    let bar = |(i, tenths): (usize, i64)| Bar {
        from_m: 1200.0 + 100.0 * i as f64,
        to_m: 1300.0 + 100.0 * i as f64,
        delta_s: tenths as f64 / 10.0 - held_s,
        half_width_s: None,
        text: clock_of_tenths(tenths),
    };
    Some(hundreds::printed(&grade::paced(subject.mile))?.into_iter().enumerate().map(bar).collect())
}

fn legend(subject: &Subject, canvas: &Canvas, whiskers: bool) -> Legend {
    let theme = canvas.theme;
    let line = Sample::Line(Stroke::new(theme.goal, stroke::SECOND));
    let areas = Sample::Areas(vec![theme.ahead, theme.behind], BAR_OPACITY);
    let mut entries =
        vec![Entry::new(line, subject.held_name()), Entry::new(areas, "faster upwards, slower downwards")];
    if whiskers {
        entries.push(Entry::new(Sample::Whisker(theme.ink), "where the true time lies, 9 in 10"));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

/// Where the laps go, and where the hundreds.
fn frames(layout: &Layout, legend_px: f64, hundreds: bool) -> (Frame, Frame) {
    const TITLE_PX: f64 = 42.0;
    let beside = layout.right() > BESIDE_PX;
    let part = if beside { HUNDREDS_PART.0 } else { HUNDREDS_PART.1 };
    let part = if hundreds { part } else { 0.0 };
    let whole = Frame {
        left: layout.left() + AXIS_PX,
        top: layout.top() + heads::height_px(*layout),
        right: layout.right() - 12.0,
        bottom: layout.bottom() - DISTANCES_PX - legend_px,
    };
    if !beside {
        let split = whole.bottom - part * whole.height();
        let laps = Frame { bottom: split - if hundreds { DISTANCES_PX } else { 0.0 }, ..whole };
        return (laps, Frame { top: split + TITLE_PX, ..whole });
    }
    let split = whole.right - part * whole.width();
    let laps = Frame { right: split, ..whole };
    (laps, Frame { left: split + 2.0 * scales::GAP_PX + AXIS_PX, top: whole.top, ..whole })
}

/// How far the axis reaches: fastest and slowest difference in seconds. Whiskers may leave it, bars do not.
fn reach_s(bars: &[Bar], least_s: f64) -> (f64, f64) {
    let largest_s = bars.iter().map(|bar| bar.delta_s.abs()).fold(least_s, f64::max);
    let end = |side: f64| {
        let tip_s = |bar: &Bar| {
            let whisker_s = bar.half_width_s.unwrap_or(0.0).min(0.8 * largest_s);
            side * bar.delta_s + whisker_s
        };
        side * bars.iter().map(tip_s).fold(least_s, f64::max) * 1.12
    };
    (end(-1.0), end(1.0))
}

fn draw_bars(
    canvas: &Canvas,
    frame: Frame,
    bars: &[Bar],
    x: (f64, f64),
    text_px: f64,
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let (fast_s, slow_s) = reach_s(bars, if x.1 - x.0 > 500.0 { 1.0 } else { 0.4 });
    // Above and below the line there is room for the texts, though all bars point the same way.
    let room = (1.8 * text_px / frame.height()).min(0.4);
    let room = room / (1.0 - room);
    let (fast_s, slow_s) = (fast_s.min(-room * slow_s), slow_s.max(-room * fast_s));
    let pane = canvas.pane(frame, x, (fast_s, slow_s));
    for tick in fraction_ticks(fast_s, slow_s, (frame.height() / STEP_PX) as usize) {
        let (_, y) = pane.position_px(x.0, tick);
        scales::rung(canvas, frame, y, &fraction_label(tick))?;
    }
    let (_, zero) = pane.position_px(x.0, 0.0);
    let gap_px = canvas.layout.pick(10.0, 5.0);
    for bar in bars {
        let (left, y) = pane.position_px(bar.from_m, bar.delta_s);
        let (right, _) = pane.position_px(bar.to_m.min(x.1), bar.delta_s);
        let (left, right) = (left + gap_px, right - gap_px);
        let faster = bar.delta_s < 0.0;
        let body = Frame { left, right, top: y.min(zero), bottom: y.max(zero) };
        canvas.rect(body, if faster { theme.ahead } else { theme.behind }, BAR_OPACITY)?;
        whisker(canvas, frame, &pane, bar, right - 0.16 * (right - left))?;
        // On the other side of the line there is room, whatever the bar's length.
        let baseline = if faster { zero + 1.15 * text_px } else { zero - 0.45 * text_px };
        let narrow_px = if canvas.layout.narrow { 0.7 } else { 1.0 };
        let colour = if bar.text.ends_with('s') { delta_colour(bar.delta_s, theme) } else { theme.ink };
        let ink = Ink { size_px: (text_px * narrow_px).max(size::NOTE), weight: Weight::SemiBold, colour };
        if bar.half_width_s.is_some() {
            canvas.text((left + 4.0, baseline), Anchor::Left, &bar.text, ink)?;
        } else {
            canvas.text((0.5 * (left + right), baseline), Anchor::Center, &bar.text, ink)?;
        }
    }
    canvas.line((frame.left, zero), (frame.right, zero), Stroke::new(theme.goal, stroke::SECOND))
}

fn whisker(canvas: &Canvas, frame: Frame, pane: &canvas::Pane, bar: &Bar, x: f64) -> Result<(), ChartError> {
    let Some(half_width_s) = bar.half_width_s else { return Ok(()) };
    let end =
        |delta_s: f64| pane.position_px(bar.from_m, delta_s).1.clamp(frame.top + 2.0, frame.bottom - 2.0);
    let ends = (end(bar.delta_s - half_width_s), end(bar.delta_s + half_width_s));
    canvas.whisker(x, ends, 6.0, Stroke::new(canvas.theme.ink, stroke::SECOND))
}

fn draw_hundreds(canvas: &Canvas, frame: Frame, bars: &[Bar]) -> Result<(), ChartError> {
    let title = Ink { weight: Weight::SemiBold, colour: canvas.theme.ink, ..scales::label(canvas) };
    canvas.text((frame.left, frame.top - 21.0), Anchor::Left, "The last lap: each 100 m", title)?;
    draw_bars(canvas, frame, bars, (1200.0, 1600.0), size::SUBTITLE)?;
    let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
    canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
    for bar in bars {
        let middle = frame.left + frame.width() * (0.5 * (bar.from_m + bar.to_m) - 1200.0) / 400.0;
        let name = format!("{:.0}", bar.to_m);
        canvas.text((middle, frame.bottom + 24.0), Anchor::Center, &name, scales::note(canvas))?;
    }
    Ok(())
}
