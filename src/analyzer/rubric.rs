//! The rubric: points for how closely a mile followed a coach's four-lap plan.
//!
//! Laps are compared in seconds per 400 m of their own length, because the 9.344 m beyond four laps are worth
//! 1.4 s at 60 s a lap, more than the coach's one-second rule. A part earns its full points between two limits
//! of deviation and falls linearly to none at two outer ones. `docs/design.md` says where the numbers come from.

use std::ops::RangeInclusive;

use crate::units::{LAP_M, MILE_M};

/// What the rubric looks at: four laps, and the finer marks where they are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PacedMile {
    /// The lengths of the four laps in metres.
    pub lengths_m: [f64; 4],
    /// The times of the four laps in seconds.
    pub laps_s: [f64; 4],
    /// The time at 200 m in seconds.
    pub t200_s: Option<f64>,
    /// The times from the start in seconds at 1200, 1300, 1400, 1500 and 1600 m.
    pub closing_marks_s: Option<[f64; 5]>,
    /// Whether it was run as a race, one effort from its start to its end; only then can a slow start and a fast end
    /// be tactics.
    pub raced: bool,
}

impl PacedMile {
    /// A mile of which only the laps are known: lengths in metres, times in seconds.
    pub fn of_laps(lengths_m: [f64; 4], laps_s: [f64; 4]) -> PacedMile {
        PacedMile { lengths_m, laps_s, t200_s: None, closing_marks_s: None, raced: true }
    }

    /// The hundreds of the last lap, 1200 to 1600 m, in seconds.
    pub fn hundreds_s(&self) -> Option<[f64; 4]> {
        let at_s = self.closing_marks_s?;
        Some(std::array::from_fn(|hundred| at_s[hundred + 1] - at_s[hundred]))
    }

    /// The four laps in seconds per 400 m.
    pub fn per_400m_s(&self) -> [f64; 4] {
        std::array::from_fn(|lap| self.laps_s[lap] * LAP_M / self.lengths_m[lap])
    }

    /// The whole in seconds per 400 m.
    pub fn mean_per_400m_s(&self) -> f64 {
        self.laps_s.iter().sum::<f64>() * LAP_M / self.lengths_m.iter().sum::<f64>()
    }

    /// The population standard deviation of the laps over their mean, in per cent.
    pub fn unsteadiness_pct(&self) -> f64 {
        let laps = self.per_400m_s();
        let mean = mean(&laps);
        let variance = laps.iter().map(|lap| (lap - mean).powi(2)).sum::<f64>() / laps.len() as f64;
        100.0 * variance.sqrt() / mean
    }

    /// How much slower the last lap was than the mean of the first three, in per cent.
    pub fn last_lap_loss_pct(&self) -> f64 {
        let laps = self.per_400m_s();
        deviation_pct(laps[3], mean(&laps[..3]))
    }

    /// Whether it was a sit and kick: a race, uneven by more than 5 %, with the last lap the fastest.
    pub fn is_tactical(&self) -> bool {
        let laps = self.per_400m_s();
        self.raced && self.unsteadiness_pct() > 5.0 && laps[..3].iter().all(|&lap| lap > laps[3])
    }
}

/// What the mile is measured against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Yardstick {
    /// A goal for the mile in seconds.
    Goal(f64),
    /// The mile's own mean pace: a *pattern score*, which cannot see a missed goal.
    OwnPace,
}

impl Yardstick {
    /// The even pace in seconds per 400 m, called E in the rubric.
    pub fn even_s(self, mile: &PacedMile) -> f64 {
        match self {
            Yardstick::Goal(goal_s) => goal_s * LAP_M / MILE_M,
            Yardstick::OwnPace => mile.mean_per_400m_s(),
        }
    }

    /// How far from the even pace the first two laps together may be for full points, in per cent.
    pub(super) fn half_full_pct(self) -> RangeInclusive<f64> {
        match self {
            Yardstick::Goal(_) => -0.75..=0.75,
            // Measured against the own mean, a good kick makes the first half look slow.
            Yardstick::OwnPace => -0.75..=1.75,
        }
    }
}

/// The parts of the rubric, in the order of the race.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// 200 m against half the even lap.
    Check200,
    /// Lap 1 against the even lap.
    Lap1,
    /// The first half, and lap 2, against the even pace.
    Half800,
    /// Lap 3 against the even lap.
    Lap3,
    /// The last lap against the first three.
    Lap4,
    /// Each hundred of the last lap against the one before.
    Hundreds,
    /// The last hundred against the best of the three before.
    Finish,
    /// How even the four laps were.
    Steadiness,
}

impl Part {
    /// All parts in the order of the race.
    pub const ALL: [Part; 8] = [
        Part::Check200,
        Part::Lap1,
        Part::Half800,
        Part::Lap3,
        Part::Lap4,
        Part::Hundreds,
        Part::Finish,
        Part::Steadiness,
    ];

    /// The identifier used in JSON and tables.
    pub fn id(self) -> &'static str {
        match self {
            Part::Check200 => "check_200",
            Part::Lap1 => "lap_1",
            Part::Half800 => "half_800",
            Part::Lap3 => "lap_3",
            Part::Lap4 => "lap_4",
            Part::Hundreds => "hundreds",
            Part::Finish => "finish",
            Part::Steadiness => "steadiness",
        }
    }

    /// The points it is worth.
    pub fn max_points(self) -> f64 {
        match self {
            Part::Check200 | Part::Lap1 => 15.0,
            Part::Half800 | Part::Lap3 => 20.0,
            Part::Lap4 | Part::Steadiness => 10.0,
            Part::Hundreds => 6.0,
            Part::Finish => 4.0,
        }
    }

    /// The points earned, from 0 to [`max_points`](Part::max_points); `None` where the data do not show it.
    pub fn points(self, mile: &PacedMile, yardstick: Yardstick) -> Option<f64> {
        self.points_of(mile, yardstick, (yardstick.even_s(mile), mile.per_400m_s()))
    }

    /// The points of all parts, in the order of [`ALL`](Part::ALL).
    pub(super) fn all_points(mile: &PacedMile, yardstick: Yardstick) -> [Option<f64>; Part::ALL.len()] {
        let seen = (yardstick.even_s(mile), mile.per_400m_s());
        Part::ALL.map(|part| part.points_of(mile, yardstick, seen))
    }

    /// The points for the even pace and the laps of a mile, both in seconds per 400 m.
    fn points_of(self, mile: &PacedMile, yardstick: Yardstick, seen: (f64, [f64; 4])) -> Option<f64> {
        Some(self.max_points() * self.credit(mile, yardstick, seen)?)
    }

    fn credit(self, mile: &PacedMile, yardstick: Yardstick, (even_s, laps): (f64, [f64; 4])) -> Option<f64> {
        Some(match self {
            Part::Check200 => {
                Limits::new(-7.0, -1.5, 3.0, 8.0).credit(deviation_pct(mile.t200_s?, even_s / 2.0))
            }
            Part::Lap1 => {
                // The coach allows a second at 400 m; at slow paces one per cent is more than that.
                let allowed = (100.0 / even_s).max(1.0);
                Limits::new(-5.0, -0.75, allowed, allowed + 4.0).credit(deviation_pct(laps[0], even_s))
            }
            Part::Half800 => half_800_credit(laps, even_s, yardstick),
            Part::Lap3 => Limits::new(-8.0, -3.0, 1.0, 6.0).credit(deviation_pct(laps[2], even_s)),
            Part::Lap4 => Limits::up_to(0.0, 5.0).credit(mile.last_lap_loss_pct()),
            Part::Hundreds => {
                let hundreds = mile.hundreds_s()?;
                let limits = Limits::up_to(0.5, 3.5);
                mean(&[0, 1, 2].map(|i| limits.credit(deviation_pct(hundreds[i + 1], hundreds[i]))))
            }
            Part::Finish => {
                let [a, b, c, last] = mile.hundreds_s()?;
                Limits::up_to(0.0, 4.0).credit(deviation_pct(last, a.min(b).min(c)))
            }
            Part::Steadiness => Limits::up_to(2.0, 8.0).credit(mile.unsteadiness_pct()),
        })
    }
}

/// The smaller credit of the first half and of lap 2 alone: a slow lap cannot make up for a wild one.
fn half_800_credit(laps: [f64; 4], even_s: f64, yardstick: Yardstick) -> f64 {
    let (full, zero_high) = match yardstick {
        Yardstick::Goal(_) => (yardstick.half_full_pct(), 4.0),
        Yardstick::OwnPace => (yardstick.half_full_pct(), 5.0),
    };
    let half = Limits::new(-4.0, *full.start(), *full.end(), zero_high);
    let half_credit = half.credit(deviation_pct(laps[0] + laps[1], 2.0 * even_s));
    let lap_2_credit = Limits::new(-8.0, -3.0, 3.0, 8.0).credit(deviation_pct(laps[1], even_s));
    half_credit.min(lap_2_credit)
}

/// A last lap this much slower than the first three, in per cent, caps the score at [`CAPPED_SCORE`].
const COLLAPSE_PCT: f64 = 5.0;
/// The highest score of a mile whose last lap collapsed.
pub(crate) const CAPPED_SCORE: f64 = 59.0;

/// The score from 0 to 100: the points earned over those that the data can show.
pub fn score(mile: &PacedMile, yardstick: Yardstick) -> f64 {
    score_of(mile, &Part::all_points(mile, yardstick))
}

/// The score where the points of all parts are known already.
pub(super) fn score_of(mile: &PacedMile, points: &[Option<f64>; Part::ALL.len()]) -> f64 {
    let (mut earned, mut available) = (0.0, 0.0);
    for (part, points) in Part::ALL.into_iter().zip(points) {
        if let Some(points) = points {
            earned += points;
            available += part.max_points();
        }
    }
    let score = 100.0 * earned / available;
    if mile.last_lap_loss_pct() >= COLLAPSE_PCT { score.min(CAPPED_SCORE) } else { score }
}

/// Full credit from `full_from` to `full_to`, none at `zero_low` and `zero_high`, linear between, in per cent.
struct Limits {
    zero_low: f64,
    full_from: f64,
    full_to: f64,
    zero_high: f64,
}

impl Limits {
    fn new(zero_low: f64, full_from: f64, full_to: f64, zero_high: f64) -> Self {
        Limits { zero_low, full_from, full_to, zero_high }
    }

    /// Limits on one side only: any smaller deviation is good.
    fn up_to(full_to: f64, zero_high: f64) -> Self {
        Limits::new(f64::NEG_INFINITY, f64::NEG_INFINITY, full_to, zero_high)
    }

    fn credit(&self, deviation_pct: f64) -> f64 {
        let credit = if deviation_pct < self.full_from {
            (deviation_pct - self.zero_low) / (self.full_from - self.zero_low)
        } else if deviation_pct > self.full_to {
            (self.zero_high - deviation_pct) / (self.zero_high - self.full_to)
        } else {
            1.0
        };
        credit.clamp(0.0, 1.0)
    }
}

/// How far a value lies above a reference, in per cent.
pub(crate) fn deviation_pct(value: f64, reference: f64) -> f64 {
    100.0 * (value / reference - 1.0)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::LapScheme;

    fn quarters(laps_s: [f64; 4]) -> PacedMile {
        PacedMile::of_laps(LapScheme::Quarters.lengths_m(), laps_s)
    }

    #[test]
    fn credit_is_linear_between_the_limits() {
        let limits = Limits::new(-4.0, -2.0, 1.0, 3.0);
        let credits = [-5.0, -4.0, -3.0, -2.0, 0.0, 1.0, 2.5, 3.0, 9.0].map(|pct| limits.credit(pct));
        assert_eq!(credits, [0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 0.25, 0.0, 0.0]);
    }

    #[test]
    fn even_laps_earn_everything_that_can_be_seen() {
        let mile = quarters([75.0; 4]);
        assert!((score(&mile, Yardstick::OwnPace) - 100.0).abs() < 1e-9);
        assert_eq!(Part::Check200.points(&mile, Yardstick::OwnPace), None);
        assert_eq!(Part::Hundreds.points(&mile, Yardstick::OwnPace), None);
    }

    #[test]
    fn a_collapse_caps_the_score() {
        let mile = quarters([75.0, 75.0, 75.0, 82.0]);
        assert_eq!(score(&mile, Yardstick::Goal(300.0)), CAPPED_SCORE);
    }

    #[test]
    fn a_race_that_is_won_in_the_last_lap_is_tactical() {
        assert!(quarters([78.0, 78.0, 76.0, 64.0]).is_tactical());
        assert!(!quarters([75.0, 75.0, 75.0, 70.0]).is_tactical());
        assert!(!quarters([60.0, 90.0, 75.0, 75.0]).is_tactical());
    }
}
