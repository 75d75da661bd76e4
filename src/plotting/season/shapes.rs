//! The lap shapes of all miles over each other, the latest in front.

use super::super::axis::{fraction_label, fraction_ticks};
use super::super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::super::chart::{ChartError, ChartOptions};
use super::super::course::within;
use super::super::legend::{Entry, Legend, Mark, Sample};
use super::super::picture::Picture;
use super::super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::super::theme::{Theme, size, stroke};
use super::super::typeface::{Weight, width_em};
use crate::analyzer::records::MEAN_SHAPE_SINCE_1954_PCT;
use crate::season::calendar::full_day;
use crate::season::reading::{MilePoint, Reading};
use crate::units::{clock_tenths, signed_tenths};

/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 40.0;
/// The axis reaches no further than this many per cent.
const FURTHEST_PCT: f64 = 25.0;
/// How strong the earlier miles are: the first, and the one before the last.
const FAINT: (f64, f64) = (0.25, 0.7);

/// Draws it.
pub(super) fn shapes(reading: &Reading, options: &ChartOptions) -> Result<Picture, ChartError> {
    let trusted = reading.miles.iter().filter(|mile| mile.clean);
    let miles: Vec<(&MilePoint, [f64; 4])> =
        trusted.filter_map(|mile| Some((mile, mile.shape_pct?))).collect();
    let Some((latest, earlier)) = miles.split_last() else {
        return Err(ChartError::Season { what: "a mile effort with known laps" });
    };
    let description = format!("{} miles; the latest: {}.", miles.len(), lap_words(&latest.1));
    canvas::draw(options, "The shape of every mile", &description, |canvas| {
        let top = super::header(canvas, "Each lap against the mean of its mile", reading)?;
        let layout = canvas.layout;
        let legend = legend(canvas, latest.0, earlier.len());
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: top + 26.0,
            right: layout.right() - 12.0,
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        let (fast, slow) = reach_pct(&miles);
        let pane = canvas.pane(frame, (0.5, 4.5), (fast, slow));
        grid(canvas, frame, &pane, (fast, slow))?;
        records(&pane, canvas.theme, (fast, slow))?;
        for (index, (_, shape)) in earlier.iter().enumerate() {
            let part = index as f64 / earlier.len().max(2) as f64;
            let opacity = FAINT.0 + (FAINT.1 - FAINT.0) * part;
            let line = Stroke::new(canvas.theme.steps[3], stroke::SECOND).faint(opacity);
            for piece in within(&points(shape), fast, slow) {
                pane.path(&piece, line)?;
            }
        }
        latest_line(canvas, frame, &pane, &latest.1, (fast, slow))?;
        legend.draw(canvas, frame.left)
    })
}

fn points(shape: &[f64; 4]) -> Vec<(f64, f64)> {
    (1..).map(f64::from).zip(shape.iter().copied()).collect()
}

fn lap_words(shape: &[f64; 4]) -> String {
    let lap = |(index, pct): (usize, &f64)| format!("lap {} {} %", index + 1, signed_tenths(*pct));
    shape.iter().enumerate().map(lap).collect::<Vec<_>>().join(", ")
}

fn reach_pct(miles: &[(&MilePoint, [f64; 4])]) -> (f64, f64) {
    let all = || miles.iter().flat_map(|(_, shape)| shape.iter().copied()).chain(MEAN_SHAPE_SINCE_1954_PCT);
    let fast = all().fold(-3.0, f64::min).max(-FURTHEST_PCT);
    let slow = all().fold(3.0, f64::max).min(FURTHEST_PCT);
    (1.25 * fast, 1.25 * slow)
}

fn legend(canvas: &Canvas, latest: &MilePoint, earlier: usize) -> Legend {
    let theme = canvas.theme;
    let name = format!("latest mile, {} on {}", clock_tenths(latest.time_s), full_day(latest.day));
    let mut entries =
        vec![Entry::new(Sample::Marked(Stroke::new(theme.pace, stroke::MAIN), Mark::Disc), name)];
    if earlier > 0 {
        let line = Stroke::new(theme.steps[3], stroke::SECOND).faint(FAINT.1);
        entries.push(Entry::new(Sample::Line(line), "earlier miles, the older the fainter"));
    }
    entries.push(Entry::new(Sample::Areas(vec![theme.goal], 0.3), "average of world records since 1954"));
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

fn grid(canvas: &Canvas, frame: Frame, pane: &Pane, (fast, slow): (f64, f64)) -> Result<(), ChartError> {
    for tick in fraction_ticks(fast, slow, (frame.height() / STEP_PX) as usize) {
        let (_, y) = pane.position_px(0.5, tick);
        scales::rung(canvas, frame, y, &format!("{} %", fraction_label(tick)))?;
    }
    let (_, zero) = pane.position_px(0.5, 0.0);
    canvas.line((frame.left, zero), (frame.right, zero), Stroke::new(canvas.theme.soft_ink, stroke::HAIR))?;
    let ink = scales::note(canvas);
    canvas.text((frame.left, frame.top - 8.0), Anchor::Left, "↑ faster than the mean", ink)?;
    for lap in 1..=4 {
        let (x, _) = pane.position_px(f64::from(lap), 0.0);
        let label = scales::label(canvas);
        canvas.text((x, frame.bottom + 24.0), Anchor::Center, &format!("lap {lap}"), label)?;
    }
    Ok(())
}

/// The records' average as steps of a lap's width.
fn records(pane: &Pane, theme: Theme, (fast, slow): (f64, f64)) -> Result<(), ChartError> {
    let half = 0.02 * (slow - fast);
    for (lap, pct) in MEAN_SHAPE_SINCE_1954_PCT.iter().enumerate() {
        let (left, right) = (lap as f64 + 0.62, lap as f64 + 1.38);
        let (top, bottom) = (pct - half, pct + half);
        pane.fill(&[(left, top), (right, top), (right, bottom), (left, bottom)], theme.goal, 0.3)?;
    }
    Ok(())
}

fn latest_line(
    canvas: &Canvas,
    frame: Frame,
    pane: &Pane,
    shape: &[f64; 4],
    (fast, slow): (f64, f64),
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let held = shape.map(|pct| pct.clamp(0.97 * fast, 0.97 * slow));
    pane.path(&points(&held), Stroke::new(theme.pace, stroke::MAIN))?;
    let ink = Ink { size_px: size::SUBTITLE, weight: Weight::SemiBold, colour: theme.ink };
    for (index, (x, y)) in points(&held).into_iter().enumerate() {
        let at = pane.position_px(x, y);
        canvas.mark(at, Mark::Disc, 6.5, theme.pace)?;
        let text = super::super::text::typographic(&format!("{} %", signed_tenths(shape[index])));
        let below = shape[index] > 0.0;
        let baseline =
            (if below { at.1 + 26.0 } else { at.1 - 13.0 }).clamp(frame.top + 16.0, frame.bottom - 6.0);
        let half_px = 0.5 * width_em(&text, ink.weight) * ink.size_px + 2.0;
        let paper = Frame {
            left: at.0 - half_px,
            right: at.0 + half_px,
            top: baseline - 14.0,
            bottom: baseline + 3.0,
        };
        canvas.rect(paper, theme.background, 0.8)?;
        canvas.text((at.0, baseline), Anchor::Center, &text, ink)?;
    }
    Ok(())
}
