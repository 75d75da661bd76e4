//! The four laps: bands behind the lines, and above them each lap's name, time, ± and verdict.

use super::Chart;
use crate::analysis::Analysis;
use crate::analyzer::grade;
use crate::analyzer::rubric::Yardstick;
use crate::analyzer::verdict;
use crate::plotting::canvas::{Anchor, Canvas, Frame, Ink};
use crate::plotting::chart::ChartError;
use crate::plotting::header;
use crate::plotting::text::{fit, typographic};
use crate::plotting::theme::size;
use crate::plotting::typeface::{Weight, width_em};
use crate::segmenter::TimedMile;
use crate::units::{MILE_M, clock_tenths, signed_tenths, tenths};

/// What stands above a lap.
pub(super) struct LapHead {
    from_m: f64,
    to_m: f64,
    name: String,
    time: String,
    /// Seconds behind the goal's pace, or the mile's own.
    delta_s: f64,
    /// Empty where the mile is not graded.
    verdict: String,
}

/// The heads of the four laps.
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
            time: clock_tenths((tenths(clock_s) - before) as f64 / 10.0),
            delta_s: judged.delta_s,
            verdict: if analysis.grade.is_some() { judged.verdict } else { String::new() },
        }
    };
    mile.splits.iter().zip(verdicts).map(lap_head).collect()
}

/// The laps in words, for those who cannot see the picture.
pub(super) fn description(laps: &[LapHead]) -> String {
    let lap = |lap: &LapHead| format!("{} in {} ({} s)", lap.name, lap.time, delta(lap.delta_s));
    laps.iter().map(lap).collect::<Vec<_>>().join(", ")
}

fn delta(delta_s: f64) -> String {
    match tenths(delta_s) {
        0 => "±0.0".into(),
        _ => typographic(&signed_tenths(delta_s)),
    }
}

/// Draws bands and heads.
pub(super) fn draw(canvas: &Canvas, chart: &Chart, laps: &[LapHead]) -> Result<(), ChartError> {
    let pane = chart.pace_pane(canvas);
    for (i, lap) in laps.iter().enumerate() {
        let (left, _) = pane.position_px(lap.from_m, chart.held);
        let (right, _) = pane.position_px(lap.to_m.min(MILE_M), chart.held);
        let band = Frame { left, right, top: header::BOTTOM_PX, bottom: chart.frame.bottom };
        if i % 2 == 0 {
            canvas.rect(band, canvas.theme.band, 1.0)?;
        }
        draw_head(canvas, band, lap)?;
    }
    Ok(())
}

fn draw_head(canvas: &Canvas, band: Frame, lap: &LapHead) -> Result<(), ChartError> {
    const PADDING_PX: f64 = 14.0;
    let theme = canvas.theme;
    let note = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: theme.soft_ink };
    let time = Ink { size_px: size::LAP_TIME, weight: Weight::SemiBold, colour: theme.ink };
    let left = band.left + PADDING_PX;
    let width_px = band.right - left - 6.0;
    canvas.text((left, band.top + 24.0), Anchor::Left, &lap.name, note)?;
    canvas.text((left, band.top + 53.0), Anchor::Left, &lap.time, time)?;
    let colour = match tenths(lap.delta_s) {
        0 => theme.soft_ink,
        1.. => theme.behind_ink,
        _ => theme.ahead_ink,
    };
    let delta_ink = Ink { size_px: size::SUBTITLE, weight: Weight::SemiBold, colour };
    let beside = left + width_em(&lap.time, time.weight) * time.size_px + 12.0;
    canvas.text((beside, band.top + 53.0), Anchor::Left, &delta(lap.delta_s), delta_ink)?;
    if lap.verdict.is_empty() {
        return Ok(());
    }
    // Where a list of times has no room, its meaning may have.
    let short = lap.verdict.rsplit(": ").next().unwrap_or_default();
    let whole_fits = width_em(&lap.verdict, note.weight) * note.size_px <= width_px;
    let verdict = fit(if whole_fits { &lap.verdict } else { short }, note.weight, note.size_px, width_px);
    canvas.text((left, band.top + 77.0), Anchor::Left, &verdict, note)
}
