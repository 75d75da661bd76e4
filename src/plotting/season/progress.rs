//! The mile over the season: efforts as dots, records as a staircase, miles not to be trusted as rings.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::axis::pace_ticks;
use super::super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::super::chart::{ChartError, ChartOptions};
use super::super::legend::{Entry, Legend, Mark, Sample};
use super::super::picture::Picture;
use super::super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::super::theme::{size, stroke};
use super::super::typeface::{Weight, width_em};
use super::dates;
use crate::season::calendar::{days_between, full_day};
use crate::season::reading::{MilePoint, Reading};
use crate::units::{clock, clock_as_typed, clock_tenths};

/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 44.0;
/// Slower miles than this times the fastest have no room: a jog would flatten the efforts.
const SLOWEST: f64 = 1.25;
/// At least so many seconds are shown, so that a small gain looks small.
const LEAST_SPAN_S: f64 = 16.0;

/// Draws it.
pub(super) fn progress(reading: &Reading, options: &ChartOptions) -> Result<Picture, ChartError> {
    let shown =
        Shown::of(reading).ok_or(ChartError::Season { what: "a mile to be trusted on a known day" })?;
    canvas::draw(options, "The mile over the season", &shown.words(), |canvas| {
        let top = super::header(canvas, "The mile over the season", reading)?;
        let layout = canvas.layout;
        let legend = legend(canvas, &shown);
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: top + 12.0,
            right: layout.right() - 12.0,
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        let pane = canvas.pane(frame, (0.0, shown.length_days()), (shown.fast_s, shown.slow_s));
        for tick in pace_ticks(shown.fast_s, shown.slow_s, (frame.height() / STEP_PX) as usize) {
            let (_, y) = pane.position_px(0.0, tick);
            scales::rung(canvas, frame, y, &clock(tick))?;
        }
        dates::days(canvas, frame, shown.first, shown.last)?;
        goal_line(canvas, frame, &pane, &shown)?;
        staircase(canvas, &pane, &shown)?;
        marks(canvas, &pane, &shown)?;
        record_times(canvas, frame, &pane, &shown)?;
        legend.draw(canvas, frame.left)
    })
}

/// What is shown of a season's miles.
struct Shown<'a> {
    miles: Vec<&'a MilePoint>,
    /// The records among the efforts, in the order of time.
    records: Vec<&'a MilePoint>,
    goal_s: Option<f64>,
    first: Date,
    last: Date,
    fast_s: f64,
    slow_s: f64,
}

impl<'a> Shown<'a> {
    fn of(reading: &'a Reading) -> Option<Shown<'a>> {
        let efforts = reading.miles.iter().any(|mile| mile.clean && mile.effort);
        let counts = |mile: &&MilePoint| mile.clean && (mile.effort || !efforts);
        let fastest_s = reading.miles.iter().filter(counts).map(|mile| mile.time_s).min_by(f64::total_cmp)?;
        let goal_s = reading.goal.as_ref().map(|goal| goal.goal_s);
        let near = |mile: &&MilePoint| mile.time_s < SLOWEST * fastest_s && mile.time_s > 0.85 * fastest_s;
        let mut miles: Vec<&MilePoint> = reading.miles.iter().filter(near).collect();
        let records = reading.miles.iter().filter(|mile| mile.record).collect();
        let times = miles.iter().filter(|mile| mile.effort || !efforts).map(|mile| mile.time_s);
        let (low, high) = times
            .chain(goal_s)
            .fold((fastest_s, fastest_s), |(low, high), time_s| (low.min(time_s), high.max(time_s)));
        let (first, last) = reading.days?;
        let room_s = (0.5 * (LEAST_SPAN_S - (high - low))).max(0.12 * (high - low)).max(3.0);
        miles.retain(|mile| mile.time_s <= high + room_s);
        Some(Shown {
            miles,
            records,
            goal_s,
            first: first.saturating_sub(2.days()),
            last: last.saturating_add(4.days()),
            fast_s: low - room_s,
            slow_s: high + room_s,
        })
    }

    fn length_days(&self) -> f64 {
        days_between(self.first, self.last) as f64
    }

    fn x(&self, mile: &MilePoint) -> f64 {
        days_between(self.first, mile.day) as f64
    }

    fn words(&self) -> String {
        let steps: Vec<String> = self
            .records
            .iter()
            .map(|mile| format!("{} on {}", clock_tenths(mile.time_s), full_day(mile.day)))
            .collect();
        format!("Records: {}.", steps.join(", "))
    }
}

fn legend(canvas: &Canvas, shown: &Shown) -> Legend {
    let theme = canvas.theme;
    let mut entries = vec![Entry::new(Sample::Line(Stroke::new(theme.pace, stroke::SECOND)), "best so far")];
    if shown.miles.iter().any(|mile| mile.clean && mile.effort) {
        entries.push(Entry::new(Sample::Dot(theme.pace, 5.5), "effort, with its doubt"));
    }
    if shown.miles.iter().any(|mile| mile.clean && !mile.effort) {
        entries.push(Entry::new(Sample::Dot(theme.steps[2], 4.0), "fastest mile of a steady run"));
    }
    if shown.miles.iter().any(|mile| !mile.clean) {
        entries.push(Entry::new(Sample::Ring(theme.behind_ink, 5.5), "suspect: no record"));
    }
    if shown.goal_s.is_some() {
        entries
            .push(Entry::new(Sample::Dashed(Stroke::new(theme.goal, stroke::HAIR)), "goal for the next one"));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

fn goal_line(canvas: &Canvas, frame: Frame, pane: &Pane, shown: &Shown) -> Result<(), ChartError> {
    let Some(goal_s) = shown.goal_s else { return Ok(()) };
    let (_, y) = pane.position_px(0.0, goal_s);
    canvas.dashed((frame.left, y), (frame.right, y), Stroke::new(canvas.theme.goal, stroke::HAIR))?;
    let ink = Ink { colour: canvas.theme.goal, weight: Weight::SemiBold, ..scales::note(canvas) };
    canvas.text((frame.left + 6.0, y - 7.0), Anchor::Left, &format!("goal {}", clock_as_typed(goal_s)), ink)
}

/// The best so far: level until the day of the next record, then down to it.
fn staircase(canvas: &Canvas, pane: &Pane, shown: &Shown) -> Result<(), ChartError> {
    let mut steps: Vec<(f64, f64)> = Vec::new();
    for mile in &shown.records {
        let held_s = steps.last().map(|&(_, time_s)| time_s);
        let time_s = mile.time_s.min(shown.slow_s);
        steps.extend(held_s.map(|held_s| (shown.x(mile), held_s)));
        steps.push((shown.x(mile), time_s));
    }
    steps.extend(steps.last().map(|&(_, time_s)| (shown.length_days(), time_s)));
    if steps.len() < 2 {
        return Ok(());
    }
    pane.path(&steps, Stroke::new(canvas.theme.pace, stroke::SECOND))
}

fn marks(canvas: &Canvas, pane: &Pane, shown: &Shown) -> Result<(), ChartError> {
    let theme = canvas.theme;
    for mile in &shown.miles {
        let at = pane.position_px(shown.x(mile), mile.time_s.clamp(shown.fast_s, shown.slow_s));
        if !mile.clean {
            canvas.mark(at, Mark::Disc, 6.0, theme.behind_ink)?;
            canvas.mark(at, Mark::Disc, 3.8, theme.background)?;
        } else if mile.effort {
            if let Some(half_s) = mile.uncertainty_s {
                let end = |time_s: f64| pane.position_px(0.0, time_s.clamp(shown.fast_s, shown.slow_s)).1;
                let ends = (end(mile.time_s - half_s), end(mile.time_s + half_s));
                canvas.whisker(at.0, ends, 4.0, Stroke::new(theme.pace, stroke::RAW))?;
            }
            canvas.mark(at, Mark::Disc, 6.0, theme.pace)?;
        } else if mile.time_s <= shown.slow_s {
            canvas.mark(at, Mark::Disc, 3.5, theme.steps[2])?;
        }
    }
    Ok(())
}

/// The times of the records, left of their dots, where the staircase leaves room; those that would stand over each
/// other are left out, the last is always there.
fn record_times(canvas: &Canvas, frame: Frame, pane: &Pane, shown: &Shown) -> Result<(), ChartError> {
    let ink = Ink { size_px: size::LABEL, weight: Weight::SemiBold, colour: canvas.theme.ink };
    let mut taken: Vec<Frame> = Vec::new();
    for mile in shown.records.iter().rev().filter(|mile| mile.time_s <= shown.slow_s) {
        let text = clock_tenths(mile.time_s);
        let width_px = width_em(&text, ink.weight) * ink.size_px;
        let (x, y) = pane.position_px(shown.x(mile), mile.time_s);
        let right = if x - width_px - 12.0 > frame.left { x - 12.0 } else { x + 12.0 + width_px };
        let baseline = if right < x { y + 5.0 } else { y - 9.0 };
        let room = Frame { left: right - width_px, right, top: baseline - 14.0, bottom: baseline + 3.0 };
        let apart = |other: &Frame| {
            room.right < other.left
                || room.left > other.right
                || room.bottom < other.top
                || room.top > other.bottom
        };
        if taken.iter().all(apart) {
            canvas.text((right, baseline), Anchor::Right, &text, ink)?;
            taken.push(room);
        }
    }
    Ok(())
}
