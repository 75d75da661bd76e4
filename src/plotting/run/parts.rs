//! What surrounded the mile: a strip above the lines with warm-up, strides and cool-down, each named where there is
//! room beside the mile's own name.

use super::Chart;
use crate::analyzer::Around;
use crate::plotting::canvas::{Anchor, Canvas, Frame, Ink, Pane};
use crate::plotting::chart::ChartError;
use crate::plotting::legend::{Entry, Sample};
use crate::plotting::scales;
use crate::plotting::theme::{Colour, Theme, size};
use crate::plotting::typeface::{Weight, width_em};
use crate::segmenter::Window;
use crate::units::clock;

/// How strong the easy running is.
const EASY_OPACITY: f64 = 0.4;
/// The room in pixels between two names.
const APART_PX: f64 = 12.0;
/// How far the names' baseline lies above the pane, in pixels.
const NAMES_PX: f64 = 22.0;

/// What the legend names of the strip.
pub(super) fn entries(around: Option<&Around>, theme: Theme) -> Vec<Entry> {
    let Some(around) = around else { return Vec::new() };
    let easy = Sample::Areas(vec![theme.soft_ink], EASY_OPACITY);
    let mut entries = Vec::new();
    match (!around.spans.warm_up.is_empty(), !around.spans.cool_down.is_empty()) {
        (true, true) => entries.push(Entry::new(easy, "warm-up and cool-down")),
        (true, false) => entries.push(Entry::new(easy, "warm-up")),
        (false, true) => entries.push(Entry::new(easy, "cool-down")),
        (false, false) => {}
    }
    if around.strides > 0 {
        entries.push(Entry::new(Sample::Areas(vec![theme.behind], 1.0), "strides"));
    }
    entries
}

/// Draws the strip and the names, the mile's own first.
pub(super) fn draw(canvas: &Canvas, frame: Frame, pane: &Pane, chart: &Chart) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let mut names = Names { canvas, frame, taken: Vec::new() };
    let mile = chart.mile_s;
    let middle = |from_s: f64, to_s: f64| 0.5 * (x(pane, from_s) + x(pane, to_s));
    let strong = Ink { size_px: size::SUBTITLE, weight: Weight::SemiBold, colour: theme.ink };
    names.put(&chart.mile_name, middle(mile.0, mile.1), strong)?;
    let Some(around) = chart.around else { return Ok(()) };
    let soft = scales::note(canvas);
    let easy = [
        (&around.spans.warm_up, "warm-up", around.warm_up_s),
        (&around.spans.cool_down, "cool-down", around.cool_down_s),
    ];
    for (spans, name, time_s) in easy {
        strip(canvas, frame, pane, spans, (theme.soft_ink, EASY_OPACITY))?;
        let (Some(first), Some(last), Some(time_s)) = (spans.first(), spans.last(), time_s) else { continue };
        let middle = middle(first.start_s, last.end_s);
        if !names.put(&format!("{name} {}", clock(time_s)), middle, soft)? {
            names.put(name, middle, soft)?;
        }
    }
    strip(canvas, frame, pane, &around.spans.strides, (theme.behind, 1.0))?;
    if let (Some(first), Some(last)) = (around.spans.strides.first(), around.spans.strides.last()) {
        names.put("strides", middle(first.start_s, last.end_s), soft)?;
    }
    Ok(())
}

fn x(pane: &Pane, at_s: f64) -> f64 {
    pane.position_px(at_s, 0.0).0
}

fn strip(
    canvas: &Canvas,
    frame: Frame,
    pane: &Pane,
    spans: &[Window],
    (colour, opacity): (Colour, f64),
) -> Result<(), ChartError> {
    for span in spans {
        let left = x(pane, span.start_s);
        let right = x(pane, span.end_s).max(left + 2.0);
        canvas.rect(
            Frame { left, right, top: frame.top - 14.0, bottom: frame.top - 6.0 },
            colour,
            opacity,
        )?;
    }
    Ok(())
}

/// Names in one row that do not touch each other.
struct Names<'a, 'b> {
    canvas: &'a Canvas<'b>,
    frame: Frame,
    taken: Vec<(f64, f64)>,
}

impl Names<'_, '_> {
    /// Sets a name around `middle_px`, moved into the frame; `false` where another one stands there.
    fn put(&mut self, name: &str, middle_px: f64, ink: Ink) -> Result<bool, ChartError> {
        let half_px = 0.5 * width_em(name, ink.weight) * ink.size_px;
        let (least, most) = (self.frame.left + half_px, self.frame.right - half_px);
        let middle_px = middle_px.min(most).max(least);
        let (left, right) = (middle_px - half_px, middle_px + half_px);
        if self.taken.iter().any(|&(from, to)| left < to + APART_PX && from < right + APART_PX) {
            return Ok(false);
        }
        self.taken.push((left, right));
        self.canvas.text((middle_px, self.frame.top - NAMES_PX), Anchor::Center, name, ink)?;
        Ok(true)
    }
}
