//! The chart of seconds ahead of the goal's plan or behind it; without a goal, of the mile's own even pace; or of
//! another mile.

use super::axis::{fraction_label, fraction_ticks};
use super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::chart::{ChartError, ChartOptions};
use super::course::{Run, within};
use super::header;
use super::heads::{self, LapHead, delta as signed, delta_colour};
use super::held::{self, Held, value_at};
use super::legend::{Entry, Legend, Mark, Sample};
use super::picture::Picture;
use super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::subject::Subject;
use super::theme::{size, stroke};
use super::typeface::Weight;
use crate::analysis::Analysis;
use crate::units::{MILE_M, clock_tenths};

const AREA_OPACITY: f64 = 0.32;
const DOUBT_OPACITY: f64 = 0.14;
/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 44.0;

/// Draws how far ahead of the plan the runner was along the mile.
///
/// # Errors
/// [`ChartError::NoMile`] and [`ChartError::NoProfile`] where there is nothing to draw, [`ChartError::Size`] for a
/// size without room for the labels.
pub(super) fn delta(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let held = Held::of(&subject);
    draw(&subject, &held, options)
}

/// Draws how far ahead of another mile the runner was along the way; `name` is what the reader knows its file by.
///
/// # Errors
/// Those of every chart, of either mile.
pub fn gap(
    analysis: &Analysis,
    rival: &Analysis,
    name: &str,
    options: &ChartOptions,
) -> Result<Picture, ChartError> {
    draw(&Subject::of(analysis)?, &Held::rival(rival, name)?, options)
}

fn draw(subject: &Subject, held: &Held, options: &ChartOptions) -> Result<Picture, ChartError> {
    let mut line = held::clock(subject)?;
    for (at_m, value) in &mut line {
        *value -= held.at_s(*at_m);
    }
    let doubt = doubt(subject, held, &line);
    let laps = lap_ends(subject, &line);
    let description = format!("Against {}. {}", held.name(), heads::description(&laps));
    canvas::draw(options, &subject.title("seconds ahead or behind"), &description, |canvas| {
        header::header(canvas, subject.analysis, subject.best)?;
        let layout = canvas.layout;
        let legend = legend(held, canvas, !doubt.is_empty());
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: layout.top() + heads::height_px(layout),
            right: layout.right() - 12.0,
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        heads::draw(canvas, frame, layout.top(), &laps)?;
        scales::distances(canvas, frame)?;
        let reach = reach_s(&line, &doubt);
        let pane = canvas.pane(frame, (0.0, MILE_M), reach);
        axis(canvas, frame, &pane, reach)?;
        draw_line(canvas, &pane, reach, &line, &doubt)?;
        for lap in &laps {
            let (x, y) = pane.position_px(lap.to_m.min(MILE_M), lap.delta_s.unwrap_or(0.0));
            canvas.mark((x, y), Mark::Disc, 5.0, canvas.theme.pace)?;
        }
        legend.draw(canvas, frame.left)
    })
}

/// The band that holds the true line 9 times in 10, as pairs of edges at the marks.
fn doubt(subject: &Subject, held: &Held, line: &[(f64, f64)]) -> Vec<(f64, f64, f64)> {
    let marks = subject.mile.marks.iter().map(|mark| (mark.distance_m, mark.uncertainty_s));
    let ends = [(0.0, Some(0.0))].into_iter().chain(marks).chain([(MILE_M, subject.mile.uncertainty_s)]);
    let known: Vec<(f64, f64)> =
        ends.filter_map(|(at_m, width_s)| Some((at_m, width_s?.hypot(held.doubt_s(at_m))))).collect();
    if known.len() < 3 {
        return Vec::new();
    }
    line.iter()
        .map(|&(at_m, value)| {
            let half_s = value_at(&known, at_m);
            (at_m, value - half_s, value + half_s)
        })
        .collect()
}

/// The clock and the difference at the end of each lap.
fn lap_ends(subject: &Subject, line: &[(f64, f64)]) -> Vec<LapHead> {
    let mut clock_s = 0.0;
    let end = |split: &crate::segmenter::Split| {
        clock_s += split.time_s;
        LapHead {
            from_m: split.from_m,
            to_m: split.to_m,
            name: format!("{:.0} m · passed at", split.to_m),
            figure: clock_tenths(clock_s),
            delta_s: Some(value_at(line, split.to_m)),
            words: String::new(),
        }
    };
    subject.mile.splits.iter().map(end).collect()
}

fn legend(held: &Held, canvas: &Canvas, doubt: bool) -> Legend {
    let theme = canvas.theme;
    let mut entries = vec![
        Entry::new(Sample::Line(Stroke::new(theme.goal, stroke::SECOND)), held.legend()),
        Entry::new(Sample::Areas(vec![theme.ahead, theme.behind], AREA_OPACITY), "ahead, behind"),
    ];
    if doubt {
        let name = "where the true time lies, 9 in 10";
        entries.push(Entry::new(Sample::Areas(vec![theme.pace], DOUBT_OPACITY), name));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

/// How far the axis reaches in seconds: ahead at the top, behind at the bottom.
///
/// The band of doubt is shown as far as it does not flatten the line.
fn reach_s(line: &[(f64, f64)], doubt: &[(f64, f64, f64)]) -> (f64, f64) {
    let low = line.iter().map(|point| point.1).fold(-0.8, f64::min);
    let high = line.iter().map(|point| point.1).fold(0.8, f64::max);
    let span = high - low;
    let doubt_low = doubt.iter().map(|edges| edges.1).fold(low, f64::min).max(low - 0.8 * span);
    let doubt_high = doubt.iter().map(|edges| edges.2).fold(high, f64::max).min(high + 0.8 * span);
    (doubt_low - 0.1 * span, doubt_high + 0.12 * span)
}

fn axis(canvas: &Canvas, frame: Frame, pane: &Pane, (low, high): (f64, f64)) -> Result<(), ChartError> {
    for tick in fraction_ticks(low, high, (frame.height() / STEP_PX) as usize) {
        let (_, y) = pane.position_px(0.0, tick);
        scales::rung(canvas, frame, y, &fraction_label(tick))?;
    }
    let ink = scales::note(canvas);
    canvas.text((frame.left - scales::GAP_PX, frame.top - 12.0), Anchor::Right, "s", ink)?;
    let word = Ink { weight: Weight::SemiBold, size_px: size::LABEL, ..ink };
    let left = frame.left + 8.0;
    let ahead = Ink { colour: delta_colour(-1.0, canvas.theme), ..word };
    let behind = Ink { colour: delta_colour(1.0, canvas.theme), ..word };
    canvas.text((left, frame.top + 16.0), Anchor::Left, "ahead", ahead)?;
    canvas.text((left, frame.bottom - 10.0), Anchor::Left, "behind", behind)
}

fn draw_line(
    canvas: &Canvas,
    pane: &Pane,
    (low, high): (f64, f64),
    line: &Run,
    doubt: &[(f64, f64, f64)],
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    if !doubt.is_empty() {
        let edge = |value: f64| value.clamp(low, high);
        let upper = doubt.iter().map(|&(x, from, _)| (x, edge(from)));
        let lower = doubt.iter().rev().map(|&(x, _, to)| (x, edge(to)));
        pane.fill(&upper.chain(lower).collect::<Vec<_>>(), theme.pace, DOUBT_OPACITY)?;
    }
    for (from, to, colour) in [(low, 0.0, theme.ahead), (0.0, high, theme.behind)] {
        for mut area in within(line, from, to) {
            let (first, last) = (area[0], area[area.len() - 1]);
            area.extend([(last.0, 0.0), (first.0, 0.0)]);
            pane.fill(&area, colour, AREA_OPACITY)?;
        }
    }
    pane.path(&[(0.0, 0.0), (MILE_M, 0.0)], Stroke::new(theme.goal, stroke::SECOND))?;
    pane.path(line, Stroke::new(theme.pace, stroke::MAIN))?;
    largest(canvas, pane, line)
}

/// Names the largest lead, where it is far from both ends and from the line at the laps' ends.
fn largest(canvas: &Canvas, pane: &Pane, line: &Run) -> Result<(), ChartError> {
    let lead = line.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
    let Some((at_m, value)) = lead.filter(|lead| lead.1 < -0.5) else { return Ok(()) };
    let (x, y) = pane.position_px(at_m, value);
    canvas.mark((x, y), Mark::Diamond, 4.0, canvas.theme.ahead_ink)?;
    let text = format!("{} s at {at_m:.0} m", signed(value));
    let ink = Ink { colour: canvas.theme.ahead_ink, weight: Weight::SemiBold, ..scales::note(canvas) };
    let (corner, _) = pane.position_px(0.0, 0.0);
    let (x, anchor) = match at_m {
        // The word `ahead` stands in the corner.
        m if m < 500.0 => ((x + 12.0).max(corner + 66.0), Anchor::Left),
        m if m > 1300.0 => (x - 12.0, Anchor::Right),
        _ => (x, Anchor::Center),
    };
    canvas.text((x, y - 9.0), anchor, &text, ink)
}
