//! Axes: how far they reach, and round ticks on them.

use super::text::typographic;

/// Steps between pace ticks in seconds that people count in.
const PACE_STEPS_S: [f64; 9] = [2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0];
/// Steps between ticks of plain numbers.
const STEPS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 200.0];

/// Round paces in seconds from `fast` to `slow`, at most `most`.
pub(super) fn pace_ticks(fast: f64, slow: f64, most: usize) -> Vec<f64> {
    ticks(fast, slow, most, &PACE_STEPS_S)
}

/// Round numbers from `low` to `high`, at most `most`.
pub(super) fn number_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    ticks(low, high, most, &STEPS)
}

/// Steps between ticks of seconds won or lost, and of per cent.
const FRACTION_STEPS: [f64; 9] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];

/// Round differences from `low` to `high`, at most `most`.
pub(super) fn fraction_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    ticks(low, high, most.max(1), &FRACTION_STEPS)
}

/// A difference on an axis: `+2`, `−0.5`, `0`.
pub(super) fn fraction_label(value: f64) -> String {
    let value = (10.0 * value).round() / 10.0;
    match value {
        0.0 => "0".into(),
        v if v.fract() == 0.0 => typographic(&format!("{v:+.0}")),
        v => typographic(&format!("{v:+.1}")),
    }
}

fn ticks(low: f64, high: f64, most: usize, steps: &[f64]) -> Vec<f64> {
    let within = |step: f64| ((low / step).ceil() as i64)..=((high / step).floor() as i64);
    let step = steps.iter().copied().find(|&step| within(step).count() <= most);
    let Some(step) = step else { return Vec::new() };
    within(step).map(|i| i as f64 * step).collect()
}

/// The paces that an axis shows, in seconds for a unit of distance: `fast` at its top, `slow` at its bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PaceRange {
    pub(super) fast: f64,
    pub(super) slow: f64,
}

impl PaceRange {
    pub(super) fn holds(self, pace: f64) -> bool {
        (self.fast..=self.slow).contains(&pace)
    }

    /// A range that holds the paces of a line whose mean is `mean`, save its slowest twentieth (a start, a
    /// stumble), and the pace `held` that it is compared with.
    ///
    /// It reaches no further than a quarter from the mean, so that neither a walk nor a goal out of reach
    /// flattens the running, and at least 4 % to both sides, so that an even mile looks even.
    pub(super) fn around(paces: impl Iterator<Item = f64>, mean: f64, held: f64) -> PaceRange {
        let mut paces: Vec<f64> = paces.collect();
        paces.sort_by(f64::total_cmp);
        let fastest = paces.first().copied().unwrap_or(mean);
        let slowest = paces.get(paces.len().saturating_sub(1) * 19 / 20).copied().unwrap_or(mean);
        let fast = fastest.min(held).clamp(0.75 * mean, 0.96 * mean);
        let slow = slowest.max(held).clamp(1.04 * mean, 1.25 * mean);
        let margin = 0.08 * (slow - fast);
        PaceRange { fast: fast - margin, slow: slow + margin }
    }

    /// The same with room for other lines in the lowest `part` of the pane.
    pub(super) fn with_room_below(self, part: f64) -> PaceRange {
        PaceRange { slow: self.fast + (self.slow - self.fast) / (1.0 - part), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(pace_ticks(301.0, 339.0, 7), [305.0, 310.0, 315.0, 320.0, 325.0, 330.0, 335.0]);
        assert_eq!(pace_ticks(290.0, 350.0, 7), [290.0, 300.0, 310.0, 320.0, 330.0, 340.0, 350.0]);
        assert_eq!(number_ticks(147.0, 189.0, 4), [150.0, 160.0, 170.0, 180.0]);
        assert_eq!(number_ticks(147.0, 189.0, 3), [160.0, 180.0]);
        // From a heart at rest to one at its limit: a step of 50 would end far below where the runner was.
        assert_eq!(number_ticks(74.0, 189.0, 4), [90.0, 120.0, 150.0, 180.0]);
        assert!(pace_ticks(1.0, 1e9, 5).is_empty());
    }

    #[test]
    fn differences_are_signed() {
        assert_eq!(fraction_ticks(-1.1, 2.3, 5), [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!([-0.5, 0.0, 2.0].map(fraction_label), ["−0.5", "0", "+2"]);
    }

    #[test]
    fn a_walk_does_not_flatten_the_running() {
        let walked = (0..100).map(|i| if i < 80 { 320.0 } else { 900.0 });
        let range = PaceRange::around(walked, 320.0, 320.0);
        assert!(range.slow < 450.0 && range.fast > 280.0, "{range:?}");
    }

    #[test]
    fn a_goal_out_of_reach_does_not_push_the_line_out() {
        let range = PaceRange::around([420.0, 430.0].into_iter(), 425.0, 240.0);
        assert!(range.fast > 240.0 && range.slow > 430.0, "{range:?}");
    }

    #[test]
    fn an_even_mile_looks_even() {
        let range = PaceRange::around([319.0, 321.0].into_iter(), 320.0, 320.0);
        assert!(range.slow - range.fast > 25.0, "{range:?}");
        let above = range.with_room_below(0.25);
        assert!((0.75 * (above.slow - above.fast) - (range.slow - range.fast)).abs() < 1e-9);
    }
}
