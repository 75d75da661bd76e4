//! Week by week: kilometres as stacked bars by kind of training; of a long season the months.

use super::super::axis::number_ticks;
use super::super::canvas::{self, Anchor, Canvas, Frame, Pane, Stroke};
use super::super::chart::{ChartError, ChartOptions};
use super::super::legend::{Entry, Legend, Mark, Sample};
use super::super::picture::Picture;
use super::super::scales::{self, AXIS_PX, DISTANCES_PX};
use super::super::theme::{Colour, Theme, stroke};
use super::dates;
use crate::season::reading::{Period, Reading};
use crate::season::workout::WorkoutClass;
use crate::units::UnitSystem;

/// At least this many pixels lie between ticks.
const STEP_PX: f64 = 44.0;
/// More weeks than this make bars too thin; then months are shown.
const MOST_WEEKS: usize = 80;
/// The share of its week that a bar is wide.
const BAR: f64 = 0.78;
/// The gap in pixels between two kinds in a bar, so that they part in print as well.
const GAP_PX: f64 = 1.0;

/// Draws it.
pub(super) fn volume(reading: &Reading, options: &ChartOptions) -> Result<Picture, ChartError> {
    let weekly = reading.weekly.len() <= MOST_WEEKS;
    let (periods, name) = if weekly { (&reading.weekly, "week") } else { (&reading.monthly, "month") };
    let unit_km = options.units.unit_m() / 1000.0;
    let most = periods.iter().map(Period::running_km).fold(0.0, f64::max) / unit_km;
    if most <= 0.0 {
        return Err(ChartError::Season { what: "a run on a known day" });
    }
    let title = match options.units {
        UnitSystem::Miles => format!("Miles run each {name}"),
        UnitSystem::Kilometres => format!("Kilometres run each {name}"),
    };
    canvas::draw(options, &title, &words(periods, name, options.units), |canvas| {
        let top = super::header(canvas, &title, reading)?;
        let layout = canvas.layout;
        let legend = legend(canvas, periods);
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: top + 24.0,
            right: layout.right() - 12.0,
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        let reach = 1.08 * most;
        let pane = canvas.pane(frame, (0.0, periods.len() as f64), (reach, 0.0));
        for tick in number_ticks(0.0, reach, (frame.height() / STEP_PX) as usize) {
            let (_, y) = pane.position_px(0.0, tick);
            scales::rung(canvas, frame, y, &format!("{tick:.0}"))?;
        }
        let ink = scales::note(canvas);
        canvas.text(
            (frame.left - scales::GAP_PX, frame.top - 6.0),
            Anchor::Right,
            options.units.symbol(),
            ink,
        )?;
        for (index, period) in periods.iter().enumerate() {
            bar(canvas, &pane, index, period, unit_km)?;
        }
        let last = periods.last().map_or(periods[0].from, |period| period.from);
        let length = if weekly { 7 } else { 31 };
        let end = last.saturating_add(jiff::Span::new().days(length));
        dates::days(canvas, frame, periods[0].from, end)?;
        legend.draw(canvas, frame.left)
    })
}

/// The kinds of running from the bottom of a bar to its top, with their colours.
fn kinds(theme: Theme) -> impl Iterator<Item = (usize, WorkoutClass, Colour)> {
    let running = WorkoutClass::ALL.into_iter().filter(|class| *class != WorkoutClass::CrossTraining);
    running.zip(theme.kinds).enumerate().map(|(index, (class, colour))| (index, class, colour))
}

fn is_cross_training(period: &Period) -> bool {
    WorkoutClass::ALL
        .iter()
        .zip(period.km)
        .any(|(class, km)| *class == WorkoutClass::CrossTraining && km > 0.0)
}

fn bar(canvas: &Canvas, pane: &Pane, index: usize, period: &Period, unit_km: f64) -> Result<(), ChartError> {
    let middle = index as f64 + 0.5;
    let mut reached = 0.0;
    for (kind, _, colour) in kinds(canvas.theme) {
        let value = period.km[kind] / unit_km;
        if value <= 0.0 {
            continue;
        }
        let (left, bottom) = pane.position_px(middle - 0.5 * BAR, reached);
        let (right, top) = pane.position_px(middle + 0.5 * BAR, reached + value);
        let top = (top + GAP_PX).min(bottom);
        canvas.rect(Frame { left, right, top, bottom }, colour, 1.0)?;
        reached += value;
    }
    if is_cross_training(period) {
        let (x, y) = pane.position_px(middle, reached);
        canvas.mark((x, y - 9.0), Mark::Diamond, 3.6, canvas.theme.heart)?;
    }
    Ok(())
}

fn legend(canvas: &Canvas, periods: &[Period]) -> Legend {
    let theme = canvas.theme;
    let there = |kind: usize| periods.iter().any(|period| period.km[kind] > 0.0);
    let shown = kinds(theme).filter(|(kind, _, _)| there(*kind));
    let mut entries: Vec<Entry> =
        shown.map(|(_, class, colour)| Entry::new(Sample::Areas(vec![colour], 1.0), class.name())).collect();
    if periods.iter().any(is_cross_training) {
        let line = Stroke::new(theme.heart, stroke::HAIR).faint(0.0);
        entries.push(Entry::new(Sample::Marked(line, Mark::Diamond), "with cross-training"));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
}

fn words(periods: &[Period], name: &str, units: UnitSystem) -> String {
    let unit_km = units.unit_m() / 1000.0;
    let each: Vec<String> =
        periods.iter().map(|period| format!("{:.0}", period.running_km() / unit_km)).collect();
    format!("In {} each {name}: {}.", units.symbol(), each.join(", "))
}
