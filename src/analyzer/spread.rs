//! How far a score could lie from its best estimate, given how well the times are known.
//!
//! Each mark's time is moved by an error drawn from its normal distribution, a few hundred times, and the
//! rubric is applied to each draw. The draws come from a fixed sequence: the same input gives the same range.
//!
//! A percentile of a clamped score can move back as the errors grow: at the edge of the rubric more noise may
//! only add good luck. Whoever knows less must not look surer, so the percentiles are taken on a ladder of
//! error sizes, each rung √2 times the one below, and the range at a rung holds the ranges of all rungs below.
//! Between two rungs, and between no error and the lowest, it is interpolated. So a range never narrows while
//! the errors grow in proportion.

use super::grade::Scores;
use super::random::Normal;
use super::rubric::{PacedMile, Part, Yardstick, score_of};
use crate::segmenter::TimedMile;

/// The errors of a mile's times: standard deviations in seconds of the moments at which marks were passed.
///
/// The errors of different marks are taken as independent, so the error of a lap's duration is that of its two
/// ends added in squares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimingErrors {
    /// Of the start and the ends of the four laps.
    pub boundaries_s: [f64; 5],
    /// Of the 200 m mark.
    pub t200_s: f64,
    /// Of the marks at 1200, 1300, 1400, 1500 and 1600 m.
    pub closing_marks_s: [f64; 5],
    /// Of the time of the whole.
    pub total_s: f64,
}

/// Half the width of a 90 % interval in standard deviations of a normal distribution.
const HALF_WIDTH_90: f64 = 1.645;

impl TimingErrors {
    /// Every moment known equally well, as by hand.
    pub fn uniform(deviation_s: f64) -> TimingErrors {
        TimingErrors {
            boundaries_s: [deviation_s; 5],
            t200_s: deviation_s,
            closing_marks_s: [deviation_s; 5],
            total_s: deviation_s * 2f64.sqrt(),
        }
    }

    /// The errors that the uncertainties of a mile's laps and marks tell of; `None` where a lap has none.
    ///
    /// A lap's variance is shared between its two ends. A mark's time from the start holds the error of the
    /// start too, so half its variance is the mark's own; where errors grow along the way that is too much for
    /// the difference of two marks, so it is never taken as larger than that of the lap boundaries.
    pub fn of(mile: &TimedMile) -> Option<TimingErrors> {
        let lap = |lap: usize| Some((mile.splits.get(lap)?.uncertainty_s? / HALF_WIDTH_90).powi(2));
        let laps = [lap(0)?, lap(1)?, lap(2)?, lap(3)?];
        let boundaries_s = std::array::from_fn(|end| {
            let before = laps[end.saturating_sub(1)];
            let after = laps[end.min(3)];
            (0.25 * (before + after)).sqrt()
        });
        let typical_s = (laps.iter().sum::<f64>() / 8.0).sqrt();
        let mark = |distance_m: f64| {
            let mark = mile.marks.iter().find(|mark| (mark.distance_m - distance_m).abs() < 0.5);
            let own_s = mark.and_then(|mark| mark.uncertainty_s).map(|u| u / HALF_WIDTH_90 / 2f64.sqrt());
            own_s.map_or(typical_s, |own_s| own_s.min(typical_s))
        };
        Some(TimingErrors {
            boundaries_s,
            t200_s: mark(200.0),
            closing_marks_s: [1200.0, 1300.0, 1400.0, 1500.0, 1600.0].map(mark),
            total_s: mile.uncertainty_s.map_or(typical_s * 2f64.sqrt(), |u| u / HALF_WIDTH_90),
        })
    }

    /// The largest of all, in seconds.
    fn largest_s(&self) -> f64 {
        let all = self.boundaries_s.iter().chain(&self.closing_marks_s);
        all.copied().fold(self.t200_s, f64::max)
    }
}

/// The 5th and 95th percentiles of a score and of what it rests on; every range holds the best estimate.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    /// Of the score.
    pub(super) score: Range,
    /// Of how much slower the last lap was than the first three, in per cent.
    pub(super) last_lap_loss_pct: Range,
    against_goal: [Option<Range>; Part::ALL.len()],
    against_own_pace: [Option<Range>; Part::ALL.len()],
}

/// From the 5th to the 95th percentile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Spread {
    /// Whether the range of a part's points exceeds half of what it is worth.
    pub(super) fn leaves_undecided(&self, part: Part, yardstick: Yardstick) -> bool {
        let parts = match yardstick {
            Yardstick::Goal(_) => &self.against_goal,
            Yardstick::OwnPace => &self.against_own_pace,
        };
        let index = Part::ALL.iter().position(|&p| p == part);
        let range = index.and_then(|index| parts[index]);
        range.is_some_and(|range| range.high - range.low > 0.5 * part.max_points())
    }
}

/// The error of the lowest rung in seconds; the others are √2 times the one below.
const LOWEST_RUNG_S: f64 = 0.05;
/// Beyond this no lap can be told from another, and the range is that of this error.
const LARGEST_ERROR_S: f64 = 30.0;
/// Enough draws for percentiles that are steady to about a point; each is drawn twice, mirrored.
const PAIRS_OF_DRAWS: usize = 150;

/// The spread of a mile's score under the errors of its times.
pub(super) fn spread(mile: &PacedMile, goal_s: Option<f64>, errors: &TimingErrors) -> Spread {
    let largest_s = errors.largest_s().min(LARGEST_ERROR_S);
    let estimate = Figures::of(mile, goal_s);
    let mut held = estimate.map(|figure| figure.map(|value| Range { low: value, high: value }));
    if largest_s > 0.0 {
        let draws = Draws::new(errors, errors.largest_s());
        let (mut below_s, mut rung_s) = (0.0, LOWEST_RUNG_S);
        loop {
            let above = hold(&held, &draws.ranges(mile, goal_s, rung_s));
            if largest_s <= rung_s {
                held = between(&held, &above, (largest_s - below_s) / (rung_s - below_s));
                break;
            }
            held = above;
            (below_s, rung_s) = (rung_s, rung_s * 2f64.sqrt());
        }
    }
    let certain = |index: usize| held[index].unwrap_or(Range { low: 0.0, high: 0.0 });
    Spread {
        score: certain(Figures::SCORE),
        last_lap_loss_pct: certain(Figures::LAST_LAP_LOSS),
        against_goal: std::array::from_fn(|part| held[Figures::AGAINST_GOAL + part]),
        against_own_pace: std::array::from_fn(|part| held[Figures::AGAINST_OWN_PACE + part]),
    }
}

/// All figures of a mile whose range is wanted, each in a fixed place.
struct Figures;

impl Figures {
    const SCORE: usize = 0;
    const LAST_LAP_LOSS: usize = 1;
    const AGAINST_GOAL: usize = 2;
    const AGAINST_OWN_PACE: usize = Self::AGAINST_GOAL + Part::ALL.len();
    const COUNT: usize = Self::AGAINST_OWN_PACE + Part::ALL.len();

    fn of(mile: &PacedMile, goal_s: Option<f64>) -> [Option<f64>; Self::COUNT] {
        let own = Part::all_points(mile, Yardstick::OwnPace);
        let goal = goal_s.map(|goal_s| (goal_s, Part::all_points(mile, Yardstick::Goal(goal_s))));
        let against_goal = goal.map(|(goal_s, points)| (goal_s, score_of(mile, &points)));
        let mut figures = [None; Self::COUNT];
        figures[Self::SCORE] = Some(Scores::known(mile, against_goal, score_of(mile, &own)).counted());
        figures[Self::LAST_LAP_LOSS] = Some(mile.last_lap_loss_pct());
        if let Some((_, points)) = goal {
            figures[Self::AGAINST_GOAL..Self::AGAINST_OWN_PACE].copy_from_slice(&points);
        }
        figures[Self::AGAINST_OWN_PACE..].copy_from_slice(&own);
        figures
    }
}

type Ranges = [Option<Range>; Figures::COUNT];

/// The ranges that hold both.
fn hold(a: &Ranges, b: &Ranges) -> Ranges {
    std::array::from_fn(|i| {
        let (a, b) = (a[i]?, b[i]?);
        Some(Range { low: a.low.min(b.low), high: a.high.max(b.high) })
    })
}

/// The ranges so far on the way from `a` to `b`, as a share from 0 to 1.
fn between(a: &Ranges, b: &Ranges, share: f64) -> Ranges {
    std::array::from_fn(|i| {
        let (a, b) = (a[i]?, b[i]?);
        Some(Range { low: a.low + share * (b.low - a.low), high: a.high + share * (b.high - a.high) })
    })
}

/// Errors of every moment, relative to the largest, drawn once and used on every rung of the ladder.
struct Draws(Vec<Draw>);

/// One set of errors.
struct Draw {
    boundaries: [f64; 5],
    t200: f64,
    closing_marks: [f64; 5],
}

impl Draws {
    fn new(errors: &TimingErrors, largest_s: f64) -> Draws {
        let mut normal = Normal::new();
        let mut draw = || Draw {
            boundaries: errors.boundaries_s.map(|error_s| normal.draw() * error_s / largest_s),
            t200: normal.draw() * errors.t200_s / largest_s,
            closing_marks: errors.closing_marks_s.map(|error_s| normal.draw() * error_s / largest_s),
        };
        Draws((0..PAIRS_OF_DRAWS).map(|_| draw()).collect())
    }

    /// The percentiles of all figures when the largest error is `error_s`.
    fn ranges(&self, mile: &PacedMile, goal_s: Option<f64>, error_s: f64) -> Ranges {
        let signed = self.0.iter().flat_map(|draw| [(draw, error_s), (draw, -error_s)]);
        let figures: Vec<_> =
            signed.map(|(draw, error_s)| Figures::of(&draw.applied(mile, error_s), goal_s)).collect();
        std::array::from_fn(|i| {
            let values: Option<Vec<f64>> = figures.iter().map(|figures| figures[i]).collect();
            values.map(percentiles)
        })
    }
}

impl Draw {
    fn applied(&self, mile: &PacedMile, error_s: f64) -> PacedMile {
        // No lap takes less than nothing, however bad the clock.
        let moved = |time_s: f64, from: f64, to: f64| (time_s + error_s * (to - from)).max(1.0);
        let at = self.boundaries;
        PacedMile {
            laps_s: std::array::from_fn(|lap| moved(mile.laps_s[lap], at[lap], at[lap + 1])),
            t200_s: mile.t200_s.map(|t| moved(t, at[0], self.t200)),
            closing_marks_s: mile.closing_marks_s.map(|times| self.closing(times, error_s)),
            ..*mile
        }
    }

    fn closing(&self, times_s: [f64; 5], error_s: f64) -> [f64; 5] {
        let mut at_s = times_s[0] + error_s * self.closing_marks[0];
        std::array::from_fn(|mark| {
            if mark > 0 {
                let moved_s = times_s[mark] + error_s * self.closing_marks[mark];
                at_s = moved_s.max(at_s + 1.0);
            }
            at_s
        })
    }
}

fn percentiles(mut values: Vec<f64>) -> Range {
    let last = values.len() - 1;
    let (low, high) = ((0.05 * last as f64).round() as usize, (0.95 * last as f64).round() as usize);
    let high_value = *values.select_nth_unstable_by(high, f64::total_cmp).1;
    let low_value = *values.select_nth_unstable_by(low, f64::total_cmp).1;
    Range { low: low_value, high: high_value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::LapScheme;
    use proptest::prelude::*;

    fn mile(laps_s: [f64; 4]) -> PacedMile {
        let t1200_s = laps_s[..3].iter().sum::<f64>() - 1.3;
        let closing = std::array::from_fn(|i| t1200_s + laps_s[3] * i as f64 / 4.02);
        PacedMile {
            lengths_m: LapScheme::Quarters.lengths_m(),
            laps_s,
            t200_s: Some(0.49 * laps_s[0]),
            closing_marks_s: Some(closing),
            raced: true,
        }
    }

    #[test]
    fn no_error_leaves_no_range() {
        let spread = spread(&mile([75.0, 76.0, 77.0, 75.0]), None, &TimingErrors::uniform(0.0));
        assert_eq!(spread.score.low, spread.score.high);
    }

    #[test]
    fn errors_are_those_of_laps_and_marks() {
        let split = |lap: usize, uncertainty_s| crate::segmenter::Split {
            label: format!("lap {lap}"),
            from_m: 0.0,
            to_m: 400.0,
            time_s: 80.0,
            per_400m_s: 80.0,
            uncertainty_s,
            heart_rate_bpm: None,
            cadence_spm: None,
        };
        let mut mile = TimedMile {
            start_s: 0.0,
            time_s: 320.0,
            uncertainty_s: None,
            marks: vec![],
            splits: (1..=4).map(|lap| split(lap, Some(1.645 * 2f64.sqrt()))).collect(),
        };
        let errors = TimingErrors::of(&mile).unwrap();
        let all = errors.boundaries_s.iter().chain(&errors.closing_marks_s);
        assert!(all.into_iter().all(|deviation_s| (deviation_s - 1.0).abs() < 1e-9), "{errors:?}");
        mile.splits[2].uncertainty_s = None;
        assert_eq!(TimingErrors::of(&mile), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
        #[test]
        fn more_error_never_narrows_a_range(
            laps_s in proptest::array::uniform4(60.0..90.0_f64), error_s in 0.01..4.0_f64, more in 1.0..4.0_f64
        ) {
            let narrow = spread(&mile(laps_s), None, &TimingErrors::uniform(error_s)).score;
            let wide = spread(&mile(laps_s), None, &TimingErrors::uniform(error_s * more)).score;
            prop_assert!(wide.low <= narrow.low + 1e-9 && wide.high >= narrow.high - 1e-9);
        }
    }
}
