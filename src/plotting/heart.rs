//! The chart of the heart: its rate over the mile, with the zones and the threshold where they are known.

use super::axis::number_ticks;
use super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::chart::{ChartError, ChartOptions};
use super::course::{self, Run};
use super::header;
use super::heads::{self, LapHead};
use super::legend::{Entry, Legend, Sample};
use super::picture::Picture;
use super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::subject::Subject;
use super::theme::{size, stroke};
use super::typeface::Weight;
use crate::analysis::Analysis;
use crate::analyzer::body::{Body, HeartRateLimit, LimitSource};
use crate::units::MILE_M;

/// Zones by their lower ends as shares of the highest heart rate, with what they are for.
const ZONES: [(f64, &str); 5] =
    [(0.5, "zone 1"), (0.6, "zone 2"), (0.7, "zone 3"), (0.8, "zone 4"), (0.9, "zone 5")];
/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 40.0;
/// The width in pixels that the zones' names take on the right.
const ZONES_PX: f64 = 60.0;

/// Draws the heart rate over the mile.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile, [`ChartError::Missing`] without heart rate,
/// [`ChartError::Size`] for a size without room for the labels.
pub(super) fn heart(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let profile = analysis.profile.as_ref().ok_or(ChartError::NoProfile)?;
    let beats = |bpm: f64| (bpm > 0.0).then_some(bpm);
    let runs = course::runs(&profile.heart_rate_bpm, &profile.pauses_m, 0.0, beats);
    if !runs.iter().any(|run| run.len() > 2) {
        return Err(ChartError::Missing { what: "heart rate" });
    }
    let limits = Limits::of(analysis.body.as_ref());
    let laps = means(&subject);
    let description = heads::description(&laps);
    canvas::draw(options, &subject.title("heart rate"), &description, |canvas| {
        header::header(canvas, analysis, subject.best)?;
        let layout = canvas.layout;
        let reach = reach(&runs, limits);
        let legend = legend(canvas, limits, reach);
        let zones = limits.max.is_some();
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: layout.top() + heads::height_px(layout),
            right: layout.right() - if zones { ZONES_PX } else { 12.0 },
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        heads::draw(canvas, frame, layout.top(), &laps)?;
        draw_in(canvas, frame, &runs, limits, reach)?;
        legend.draw(canvas, frame.left)
    })
}

/// The laps with their mean heart rates.
fn means(subject: &Subject) -> Vec<LapHead> {
    let head = |(i, split): (usize, &crate::segmenter::Split)| LapHead {
        from_m: split.from_m,
        to_m: split.to_m,
        name: format!("Lap {} · mean", i + 1),
        figure: split.heart_rate_bpm.map_or("–".into(), |bpm| format!("{bpm:.0}")),
        delta_s: None,
        words: "bpm".into(),
    };
    subject.mile.splits.iter().enumerate().map(head).collect()
}

/// The heart rates that zones and threshold rest on, as the notes on the body have them.
#[derive(Clone, Copy, Default)]
struct Limits {
    max: Option<HeartRateLimit>,
    threshold: Option<HeartRateLimit>,
}

impl Limits {
    fn of(body: Option<&Body>) -> Limits {
        body.map_or_else(Limits::default, |body| Limits {
            max: body.max_heart_rate,
            threshold: body.threshold,
        })
    }
}

/// What the lines are; a limit that lies above the frame has none, and its zones alone are named.
fn legend(canvas: &Canvas, limits: Limits, (low, high): (f64, f64)) -> Legend {
    let theme = canvas.theme;
    let drawn = |limit: &HeartRateLimit| (low..=high).contains(&limit.bpm);
    let mut entries =
        vec![Entry::new(Sample::Line(Stroke::new(theme.heart, stroke::MAIN)), "heart rate, beats a minute")];
    if let Some(threshold) = limits.threshold.filter(drawn) {
        let estimated = if threshold.source == LimitSource::Given { "" } else { ", estimated" };
        let line = Stroke::new(theme.behind_ink, stroke::SECOND);
        entries.push(Entry::new(Sample::Dashed(line), format!("threshold {:.0}{estimated}", threshold.bpm)));
    }
    if let Some(max) = limits.max {
        let name = if max.source == LimitSource::Recording { "highest of this run" } else { "maximum" };
        let sample = if drawn(&max) {
            Sample::Dashed(Stroke::new(theme.ink, stroke::SECOND))
        } else {
            Sample::Areas(vec![theme.heart], 0.15)
        };
        entries.push(Entry::new(sample, format!("{name} {:.0}; zones are tenths of it", max.bpm)));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

/// The lowest and the highest heart rate that the frame shows.
fn reach(runs: &[Run], limits: Limits) -> (f64, f64) {
    let beats = || runs.iter().flatten().map(|point| point.1);
    let (low, high) = (beats().fold(f64::INFINITY, f64::min), beats().fold(0.0, f64::max));
    // A heart that hardly changed lies in the middle.
    let middle = 0.5 * (low + high);
    let (low, high) = (low.min(middle - 10.0), high.max(middle + 10.0));
    let known = [limits.max, limits.threshold].into_iter().flatten().map(|limit| limit.bpm);
    // A limit far above what was reached would press the line to the floor.
    let high = known.filter(|bpm| (high - 30.0..high + 25.0).contains(bpm)).fold(high, f64::max) + 4.0;
    (low - 5.0, high)
}

fn draw_in(
    canvas: &Canvas,
    frame: Frame,
    runs: &[Run],
    limits: Limits,
    (low, high): (f64, f64),
) -> Result<(), ChartError> {
    let pane = canvas.pane(frame, (0.0, MILE_M), (high, low));
    if let Some(max) = limits.max {
        zones(canvas, frame, &pane, max.bpm, (low, high))?;
    }
    for bpm in number_ticks(low, high, (frame.height() / STEP_PX) as usize) {
        let (_, y) = pane.position_px(0.0, bpm);
        scales::rung(canvas, frame, y, &format!("{bpm:.0}"))?;
    }
    scales::distances(canvas, frame)?;
    let bpm = scales::note(canvas);
    canvas.text((frame.left - scales::GAP_PX, frame.top - 12.0), Anchor::Right, "bpm", bpm)?;
    for run in runs.iter().filter(|run| run.len() > 1) {
        pane.path(run, Stroke::new(canvas.theme.heart, stroke::MAIN))?;
    }
    let lines = [(limits.threshold, canvas.theme.behind_ink), (limits.max, canvas.theme.ink)];
    for (bpm, colour) in lines.into_iter().filter_map(|(limit, colour)| Some((limit?.bpm, colour))) {
        if (low..=high).contains(&bpm) {
            let (_, y) = pane.position_px(0.0, bpm);
            canvas.dashed((frame.left, y), (frame.right, y), Stroke::new(colour, stroke::SECOND))?;
        }
    }
    Ok(())
}

/// Bands, the higher the stronger, named on the right.
fn zones(
    canvas: &Canvas,
    frame: Frame,
    pane: &Pane,
    max_bpm: f64,
    (low, high): (f64, f64),
) -> Result<(), ChartError> {
    for (i, (share, name)) in ZONES.into_iter().enumerate() {
        let from = (share * max_bpm).max(low);
        let to = ((share + 0.1) * max_bpm).min(high);
        if to <= from {
            continue;
        }
        let (_, top) = pane.position_px(0.0, to);
        let (_, bottom) = pane.position_px(0.0, from);
        canvas.rect(Frame { top, bottom, ..frame }, canvas.theme.heart, 0.03 + 0.035 * i as f64)?;
        if bottom - top > 18.0 {
            let ink = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: canvas.theme.soft_ink };
            canvas.text((frame.right + 8.0, 0.5 * (top + bottom) + 5.0), Anchor::Left, name, ink)?;
        }
    }
    Ok(())
}
