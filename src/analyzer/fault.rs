//! What a mile lost points by. Several parts of the rubric may point at one fault; what cost most comes first.

use super::rubric::{PacedMile, Part, Yardstick};
use super::spread::Spread;
use super::verdict::LapDeviations;

/// What a mile lost points by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The first 200 m were too fast, the first lap as a whole was not.
    Fast200,
    /// The first 200 m were too slow, the first lap as a whole was not.
    Slow200,
    /// The first lap or the first half was too fast.
    FastStart,
    /// The first lap or the first half was too slow.
    SlowStart,
    /// The last lap was much faster than the first three, none of which was fast.
    KeptForTheEnd,
    /// Lap 2 alone was too fast.
    SecondLapFast,
    /// Lap 2 alone was too slow.
    SecondLapSlow,
    /// Lap 3 was too slow.
    ThirdLapLost,
    /// Lap 3 was too fast.
    ThirdLapSurge,
    /// The last lap was slower than those before.
    LastLapSlow,
    /// Its hundreds did not get faster.
    HundredsSlow,
}

impl Fault {
    /// The parts of the rubric that are about it; where none of them is decided, nothing can be said of it.
    fn seen_by(self) -> &'static [Part] {
        match self {
            Fault::Fast200 | Fault::Slow200 => &[Part::Check200],
            Fault::FastStart | Fault::SlowStart => &[Part::Lap1, Part::Half800],
            Fault::SecondLapFast | Fault::SecondLapSlow => &[Part::Half800],
            Fault::ThirdLapLost | Fault::ThirdLapSurge => &[Part::Lap3],
            Fault::KeptForTheEnd => &[Part::Lap4, Part::Steadiness],
            Fault::LastLapSlow => &[Part::Lap4],
            Fault::HundredsSlow => &[Part::Hundreds],
        }
    }

    /// Whether its sentence measures laps by the even pace, and not by each other.
    pub(super) fn is_measured_by_pace(self) -> bool {
        !matches!(self, Fault::KeptForTheEnd | Fault::LastLapSlow | Fault::HundredsSlow)
    }
}

/// A fault and the points it cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cost {
    pub(super) fault: Fault,
    pub(super) points: f64,
    /// Whether it explains the others, whatever they cost: who starts far too fast pays later.
    pub(super) is_cause: bool,
}

/// A last lap is a kick when it is this much faster than the first three, in per cent.
const KICK_PCT: f64 = -4.0;
/// And this much at the least within the times' uncertainty.
const SURE_KICK_PCT: f64 = -2.0;
/// A first lap this far below the even pace, in per cent, is the cause of what follows.
const CAUSE_PCT: f64 = -2.0;

/// Laps closer than this to each other are alike, in per cent.
const ALIKE_PCT: f64 = 1.5;
/// A last lap fell when it is this much slower than the first three, in per cent.
const FELL_PCT: f64 = 2.5;

/// The faults of a mile with the points they cost, causes first, then the dearest. Parts that the times cannot
/// decide count for nothing.
pub(super) fn costs(mile: &PacedMile, yardstick: Yardstick, spread: Option<&Spread>) -> Vec<Cost> {
    let shape = Shape::of(mile, yardstick, spread);
    let mut costs: Vec<Cost> = Vec::new();
    for part in Part::ALL {
        let undecided = spread.is_some_and(|spread| spread.leaves_undecided(part, yardstick));
        let Some(points) = part.points(mile, yardstick).filter(|_| !undecided) else { continue };
        let fault = shape.fault_of(part, mile, yardstick);
        // A part that is sure may point at a fault that another part, which is not sure, is about.
        let doubted = |part: &Part| spread.is_some_and(|spread| spread.leaves_undecided(*part, yardstick));
        if fault.seen_by().iter().all(doubted) {
            continue;
        }
        let lost = part.max_points() - points;
        match costs.iter_mut().find(|cost| cost.fault == fault) {
            Some(cost) => cost.points += lost,
            None => costs.push(Cost { fault, points: lost, is_cause: false }),
        }
    }
    if shape.kept_for_the_end && !costs.iter().any(|cost| cost.fault == Fault::KeptForTheEnd) {
        costs.push(Cost { fault: Fault::KeptForTheEnd, points: 0.0, is_cause: true });
    }
    for cost in &mut costs {
        cost.is_cause = match cost.fault {
            Fault::KeptForTheEnd => true,
            Fault::FastStart => shape.pace.pct[0] < CAUSE_PCT && cost.points > 0.0,
            _ => false,
        };
    }
    // Who kept too much for the end did not start too fast, whatever an easy goal says.
    let contradicted = |fault: Fault| {
        matches!(fault, Fault::FastStart | Fault::Fast200 | Fault::SecondLapFast | Fault::ThirdLapSurge)
    };
    costs.retain(|cost| {
        (cost.points > 0.0 || cost.is_cause) && !(shape.kept_for_the_end && contradicted(cost.fault))
    });
    costs.sort_by(|a, b| b.is_cause.cmp(&a.is_cause).then(b.points.total_cmp(&a.points)));
    costs
}

/// How the four laps lie to each other, which tells what a part's loss means.
struct Shape {
    pace: LapDeviations,
    own: LapDeviations,
    kept_for_the_end: bool,
    /// Three laps alike and a slow last one: measured by the own mean, the three only look fast.
    only_the_last_lap_fell: bool,
}

impl Shape {
    fn of(mile: &PacedMile, yardstick: Yardstick, spread: Option<&Spread>) -> Shape {
        let own = LapDeviations::of(mile, Yardstick::OwnPace);
        let kick = mile.last_lap_loss_pct() < KICK_PCT
            && spread.is_none_or(|spread| spread.last_lap_loss_pct.high < SURE_KICK_PCT);
        let kept_for_the_end = kick && own.pct[..3].iter().all(|&pct| pct > -0.75);
        let apart = |a: usize, b: usize| (own.pct[a] - own.pct[b]).abs() > ALIKE_PCT;
        let three_alike = !apart(0, 1) && !apart(1, 2) && !apart(0, 2);
        let only_the_last_lap_fell =
            yardstick == Yardstick::OwnPace && three_alike && mile.last_lap_loss_pct() > FELL_PCT;
        let pace = LapDeviations::of(mile, yardstick);
        Shape { pace, own, kept_for_the_end, only_the_last_lap_fell }
    }

    fn fault_of(&self, part: Part, mile: &PacedMile, yardstick: Yardstick) -> Fault {
        let fast = |pct: f64| pct < 0.0;
        let fault = match part {
            Part::Check200 => {
                let t200_s = mile.t200_s.unwrap_or(0.0);
                match fast(t200_s - yardstick.even_s(mile) / 2.0) {
                    true if self.pace.started_too_fast() => Fault::FastStart,
                    true => Fault::Fast200,
                    false if self.pace.pct[0] > self.pace.lap_1_allowed_pct => Fault::SlowStart,
                    false => Fault::Slow200,
                }
            }
            Part::Lap1 => self.lap_off(0, fast(self.pace.pct[0])),
            Part::Half800 if self.only_lap_2_is_off() => self.lap_off(1, fast(self.pace.pct[1])),
            Part::Half800 => self.lap_off(0, fast(self.pace.pct[0] + self.pace.pct[1])),
            Part::Lap3 => self.lap_off(2, fast(self.pace.pct[2])),
            Part::Lap4 => Fault::LastLapSlow,
            Part::Hundreds | Part::Finish if mile.last_lap_loss_pct() > 1.0 => Fault::LastLapSlow,
            Part::Hundreds | Part::Finish => Fault::HundredsSlow,
            Part::Steadiness => {
                let farthest =
                    (0..4).max_by(|&a, &b| self.own.pct[a].abs().total_cmp(&self.own.pct[b].abs()));
                let lap = farthest.unwrap_or(0);
                self.lap_off(lap, fast(self.own.pct[lap]))
            }
        };
        match fault {
            Fault::SlowStart | Fault::SecondLapSlow | Fault::ThirdLapLost if self.kept_for_the_end => {
                Fault::KeptForTheEnd
            }
            Fault::FastStart | Fault::ThirdLapSurge if self.only_the_last_lap_fell => Fault::LastLapSlow,
            fault => fault,
        }
    }

    fn only_lap_2_is_off(&self) -> bool {
        self.pace.pct[1].abs() > 3.0 && self.pace.pct[0] * self.pace.pct[1] <= 0.0
    }

    /// What it means that this lap is the one that is off.
    fn lap_off(&self, lap: usize, fast: bool) -> Fault {
        match (lap, fast) {
            (0, true) => Fault::FastStart,
            (0, false) => Fault::SlowStart,
            (1, true) => Fault::SecondLapFast,
            (1, false) => Fault::SecondLapSlow,
            (2, true) => Fault::ThirdLapSurge,
            (2, false) => Fault::ThirdLapLost,
            (_, false) => Fault::LastLapSlow,
            // A fast last lap makes those before it slow.
            (_, true) if self.kept_for_the_end => Fault::KeptForTheEnd,
            (_, true) if self.own.pct[0] < 0.0 && self.own.pct[1] > self.own.pct[2] => Fault::SecondLapSlow,
            (_, true) if self.own.pct[0] < 0.0 => Fault::ThirdLapLost,
            (_, true) => Fault::SlowStart,
        }
    }
}
