//! What stands above the four laps: bands behind the lines, and each lap's name, figure, ± and a few words.

use super::canvas::{Anchor, Canvas, Frame, Ink};
use super::chart::ChartError;
use super::layout::Layout;
use super::text::{fit, typographic};
use super::theme::{Colour, Theme, size};
use super::typeface::{Weight, width_em};
use crate::analysis::Analysis;
use crate::analyzer::grade;
use crate::analyzer::rubric::Yardstick;
use crate::analyzer::verdict;
use crate::segmenter::TimedMile;
use crate::units::{MILE_M, clock_tenths, signed_tenths, tenths};

/// What stands above a lap.
#[derive(Debug, Clone)]
pub(super) struct LapHead {
    pub(super) from_m: f64,
    pub(super) to_m: f64,
    pub(super) name: String,
    /// The lap's time, or another figure.
    pub(super) figure: String,
    /// Seconds behind the goal's pace, or the mile's own.
    pub(super) delta_s: Option<f64>,
    /// A few words; empty where there are none.
    pub(super) words: String,
}

/// The heads of the four laps with their times.
///
/// Times are differences of the marks rounded to tenths, so that they add up to the mile's time as printed.
pub(super) fn heads(analysis: &Analysis, mile: &TimedMile) -> Vec<LapHead> {
    let own = || verdict::laps(&grade::paced(mile), Yardstick::OwnPace);
    let verdicts = analysis.grade.as_ref().map_or_else(own, |grade| grade.laps.clone());
    let mut clock_s = 0.0;
    let lap_head = |(split, judged): (&crate::segmenter::Split, verdict::LapVerdict)| {
        let before = tenths(clock_s);
        clock_s += split.time_s;
        LapHead {
            from_m: split.from_m,
            to_m: split.to_m,
            name: format!("Lap{} · {:.0} m", split.label.trim_start_matches("lap"), split.length_m()),
            figure: clock_tenths((tenths(clock_s) - before) as f64 / 10.0),
            delta_s: Some(judged.delta_s),
            words: if analysis.grade.is_some() { judged.verdict } else { String::new() },
        }
    };
    mile.splits.iter().zip(verdicts).map(lap_head).collect()
}

/// The laps in words, for those who cannot see the picture.
pub(super) fn description(laps: &[LapHead]) -> String {
    let lap = |lap: &LapHead| {
        let by = lap.delta_s.map_or(String::new(), |delta_s| format!(" ({} s)", delta(delta_s)));
        // "Lap 1 in 1:22.3", but "409 m passed at 1:22.3".
        let between = if lap.name.ends_with(" at") { "" } else { " in" };
        format!("{}{between} {}{by}", lap.name, lap.figure)
    };
    laps.iter().map(lap).collect::<Vec<_>>().join(", ")
}

/// A difference as it is set: `+1.2`, `−0.4`, `±0.0`.
pub(super) fn delta(delta_s: f64) -> String {
    match tenths(delta_s) {
        0 => "±0.0".into(),
        _ => typographic(&signed_tenths(delta_s)),
    }
}

/// The colour of a difference: behind, ahead, or neither.
pub(super) fn delta_colour(delta_s: f64, theme: Theme) -> Colour {
    match tenths(delta_s) {
        0 => theme.soft_ink,
        1.. => theme.behind_ink,
        _ => theme.ahead_ink,
    }
}

/// The height in pixels that the heads take.
pub(super) fn height_px(layout: Layout) -> f64 {
    layout.pick(100.0, 84.0)
}

/// Draws bands from `top` down to the frame's lower edge, and the heads in them.
pub(super) fn draw(canvas: &Canvas, frame: Frame, top: f64, laps: &[LapHead]) -> Result<(), ChartError> {
    let x = |metres: f64| frame.left + (frame.right - frame.left) * metres / MILE_M;
    for (i, lap) in laps.iter().enumerate() {
        let band = Frame { left: x(lap.from_m), right: x(lap.to_m.min(MILE_M)), top, bottom: frame.bottom };
        if i % 2 == 0 {
            canvas.rect(band, canvas.theme.band, 1.0)?;
        }
        if canvas.layout.narrow || needs_px(lap) > band.width() {
            narrow_head(canvas, band, lap)?;
        } else {
            wide_head(canvas, band, lap)?;
        }
    }
    Ok(())
}

/// The width in pixels that figure and difference take beside each other.
fn needs_px(lap: &LapHead) -> f64 {
    let beside = lap
        .delta_s
        .map_or(0.0, |delta_s| 12.0 + size::SUBTITLE * width_em(&delta(delta_s), Weight::SemiBold));
    2.0 * 14.0 + size::LAP_TIME * width_em(&lap.figure, Weight::SemiBold) + beside
}

fn wide_head(canvas: &Canvas, band: Frame, lap: &LapHead) -> Result<(), ChartError> {
    const PADDING_PX: f64 = 14.0;
    let theme = canvas.theme;
    let note = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: theme.soft_ink };
    let figure = Ink { size_px: size::LAP_TIME, weight: Weight::SemiBold, colour: theme.ink };
    let left = band.left + PADDING_PX;
    let width_px = band.right - left - 6.0;
    canvas.text((left, band.top + 24.0), Anchor::Left, &lap.name, note)?;
    canvas.text((left, band.top + 53.0), Anchor::Left, &lap.figure, figure)?;
    if let Some(delta_s) = lap.delta_s {
        let colour = delta_colour(delta_s, theme);
        let ink = Ink { size_px: size::SUBTITLE, weight: Weight::SemiBold, colour };
        let beside = left + width_em(&lap.figure, figure.weight) * figure.size_px + 12.0;
        canvas.text((beside, band.top + 53.0), Anchor::Left, &delta(delta_s), ink)?;
    }
    if lap.words.is_empty() {
        return Ok(());
    }
    // Where a list of times has no room, its meaning may have.
    let short = lap.words.rsplit([':', ';']).next().unwrap_or_default().trim_start();
    let whole_fits = width_em(&lap.words, note.weight) * note.size_px <= width_px;
    let words = fit(if whole_fits { &lap.words } else { short }, note.weight, note.size_px, width_px);
    canvas.text((left, band.top + 77.0), Anchor::Left, &words, note)
}

/// Without the words, which have no room.
fn narrow_head(canvas: &Canvas, band: Frame, lap: &LapHead) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let note = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: theme.soft_ink };
    let figure = Ink { size_px: 20.0, weight: Weight::SemiBold, colour: theme.ink };
    let left = band.left + 7.0;
    let name = lap.name.split(" · ").next().unwrap_or_default();
    canvas.text((left, band.top + 20.0), Anchor::Left, name, note)?;
    canvas.text((left, band.top + 44.0), Anchor::Left, &lap.figure, figure)?;
    let Some(delta_s) = lap.delta_s else {
        let words = fit(&lap.words, note.weight, note.size_px, band.right - left - 3.0);
        return canvas.text((left, band.top + 66.0), Anchor::Left, &words, note);
    };
    let ink = Ink { size_px: size::LABEL, weight: Weight::SemiBold, colour: delta_colour(delta_s, theme) };
    canvas.text((left, band.top + 66.0), Anchor::Left, &delta(delta_s), ink)
}
