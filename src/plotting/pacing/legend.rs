//! What the pacing chart's legend names.

use super::Chart;
use super::lines::{AREA_OPACITY, BAND_OPACITY, GOAL_TOLERANCE_PCT, RAW_OPACITY, RAW_PX};
use crate::plotting::canvas::Stroke;
use crate::plotting::header::goal_clock;
use crate::plotting::legend::{Entry, Sample};
use crate::plotting::theme::{Theme, stroke};
use crate::units::clock;

pub(super) fn entries(chart: &Chart, theme: Theme) -> Vec<Entry> {
    let raw = Stroke::new(theme.pace, RAW_PX).faint(RAW_OPACITY);
    let hair = || Sample::Line(Stroke::new(theme.goal, stroke::HAIR));
    let held = match chart.goal_s {
        Some(goal_s) => {
            let name = format!("goal {} ± {GOAL_TOLERANCE_PCT} %", goal_clock(goal_s));
            Entry::new(Sample::Band(theme.goal, BAND_OPACITY), name)
        }
        None => Entry::new(hair(), format!("mean pace {} /{}", clock(chart.held), chart.units.symbol())),
    };
    let smooth = format!("pace, mean of {:.0} m", chart.smoothing_m);
    let areas = Sample::Areas(vec![theme.ahead, theme.behind], AREA_OPACITY);
    let mut entries = vec![
        Entry::new(Sample::Line(Stroke::new(theme.pace, stroke::MAIN)), smooth),
        Entry::new(Sample::Line(raw), "raw"),
        held,
        Entry::new(areas, "time won above, lost below"),
    ];
    entries.extend(chart.strips.entries(theme));
    entries
}
