//! Verdicts in a few words, one for each lap.

use super::hundreds;
use super::rubric::{PacedMile, Part, Yardstick, deviation_pct};
use crate::units::{clock_of_tenths, gap, printed_tenths, tenths};

/// What a coach would say of one lap.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LapVerdict {
    /// `lap 1` to `lap 4`.
    pub label: String,
    /// Seconds behind the even pace of the goal (or, without one, of the mile itself) over the lap's own
    /// length; negative is faster.
    pub delta_s: f64,
    /// A few words; a question mark where the times are too uncertain to be sure of them.
    pub verdict: String,
}

/// The verdicts on the four laps.
pub fn laps(mile: &PacedMile, yardstick: Yardstick) -> Vec<LapVerdict> {
    laps_where(mile, yardstick, |_| true)
}

/// The same where the times cannot decide every part of the rubric; `decided` tells which they can.
pub(super) fn laps_where(
    mile: &PacedMile,
    yardstick: Yardstick,
    decided: impl Fn(Part) -> bool,
) -> Vec<LapVerdict> {
    let pace = LapDeviations::of(mile, yardstick);
    let hundreds = decided(Part::Hundreds).then(|| hundreds::in_short(mile)).flatten();
    let words = [
        (lap_1(&pace), decided(Part::Lap1)),
        (lap_2(&pace, mile, yardstick), decided(Part::Half800)),
        (lap_3(&pace), decided(Part::Lap3)),
        match hundreds {
            Some(hundreds) => (hundreds, true),
            None => (lap_4(&pace, mile), decided(Part::Lap4)),
        },
    ];
    let verdict = |(lap, (words, sure)): (usize, (String, bool))| LapVerdict {
        label: format!("lap {}", lap + 1),
        delta_s: delta_s(mile, yardstick, lap),
        verdict: if sure { words } else { words + "?" },
    };
    words.into_iter().enumerate().map(verdict).collect()
}

/// What a printed tenth of a second may hide, in per cent of a lap.
const ROUNDED_PCT: f64 = 0.06;
/// Laps closer than this to each other are alike, in per cent.
const ALIKE_PCT: f64 = 1.0;

/// The four laps' deviations from the even pace in per cent, with the limits that the rubric sets.
pub(super) struct LapDeviations {
    pub(super) pct: [f64; 4],
    /// What lap 1 may be slower: 1 % or one second.
    pub(super) lap_1_allowed_pct: f64,
    on_pace: &'static str,
}

impl LapDeviations {
    pub(super) fn of(mile: &PacedMile, yardstick: Yardstick) -> Self {
        let even_s = yardstick.even_s(mile);
        LapDeviations {
            pct: mile.per_400m_s().map(|lap_s| deviation_pct(lap_s, even_s)),
            lap_1_allowed_pct: (100.0 / even_s).max(1.0),
            on_pace: match yardstick {
                Yardstick::Goal(_) => "on goal",
                Yardstick::OwnPace => "even",
            },
        }
    }

    /// Of the first two laps together.
    pub(super) fn half_pct(&self) -> f64 {
        0.5 * (self.pct[0] + self.pct[1])
    }

    /// Whether the first lap was as fast as the yardstick allows, or faster.
    pub(super) fn started_at_pace(&self) -> bool {
        self.pct[0] <= self.lap_1_allowed_pct
    }

    pub(super) fn started_too_fast(&self) -> bool {
        self.pct[0] < -0.75
    }

    /// Whether lap 2 was clearly the faster one of the first half.
    pub(super) fn lap_2_was_the_faster(&self) -> bool {
        self.pct[1] < self.pct[0] - ALIKE_PCT
    }
}

pub(super) fn lap_1(pace: &LapDeviations) -> String {
    match pace.pct[0] {
        pct if pct < -3.0 => "out far too hard".into(),
        pct if pct < -1.5 => "out too hard".into(),
        pct if pct < -0.75 => "a little quick".into(),
        pct if pct <= pace.lap_1_allowed_pct + ROUNDED_PCT => format!("{}, under control", pace.on_pace),
        pct if pct <= pace.lap_1_allowed_pct + 2.0 => "a little cautious".into(),
        _ => "out too slowly".into(),
    }
}

/// Lap 2 alone, and the two laps together where they are off: the rubric judges both, and the worse one counts.
fn lap_2(pace: &LapDeviations, mile: &PacedMile, yardstick: Yardstick) -> String {
    let half_s = delta_s(mile, yardstick, 0) + delta_s(mile, yardstick, 1);
    let half_is_off = !yardstick.half_full_pct().contains(&pace.half_pct()) && tenths(half_s) != 0;
    let (alone, beside_half) = match pace.pct[1] {
        pct if pct < -3.0 && pct > pace.pct[0] + 0.5 => ("still too fast".to_owned(), "still too fast"),
        pct if pct < -3.0 => ("pushed too early".to_owned(), "pushed"),
        pct if pct > 3.0 && pct > pace.pct[0] + 2.0 => ("lost the rhythm".to_owned(), "faded"),
        pct if pct > 1.75 => ("in rhythm, but slow".to_owned(), "slow"),
        pct if pct < -1.75 => ("in rhythm, and quick".to_owned(), "quick"),
        _ => (format!("{}, in rhythm", pace.on_pace), pace.on_pace),
    };
    if !half_is_off {
        return alone;
    }
    let side = if half_s < 0.0 { "ahead" } else { "behind" };
    format!("{beside_half}; two laps {} {side}", gap(half_s))
}

pub(super) fn lap_3(pace: &LapDeviations) -> String {
    match pace.pct[2] {
        pct if pct < -3.0 && pct > pace.pct[1] + 0.5 => "still ahead".into(),
        pct if pct < -3.0 => "surged too early".into(),
        pct if pct < -ALIKE_PCT => "pressed on".into(),
        pct if pct <= 1.25 => "hung on".into(),
        _ if pace.started_too_fast() => "paid for the start".into(),
        pct if pct <= pace.pct[1] + 0.5 => "held, but slow".into(),
        _ => "the pace slipped".into(),
    }
}

pub(super) fn lap_4(pace: &LapDeviations, mile: &PacedMile) -> String {
    match mile.last_lap_loss_pct() {
        pct if pct > 0.5 && picked_up(mile) => "picked up too late".into(),
        pct if pct >= 5.0 => "nothing left".into(),
        pct if pct > 0.5 => "no kick left".into(),
        pct if pct > -0.5 => "held to the line".into(),
        pct if pct < -4.0 && pace.pct[..3].iter().all(|&lap| lap > 0.0) => "a kick from too far back".into(),
        _ if hundreds::faded(mile) => "fast, then fading".into(),
        _ => "a strong finish".into(),
    }
}

/// Seconds behind the even pace over a lap's own length.
pub(super) fn delta_s(mile: &PacedMile, yardstick: Yardstick, lap: usize) -> f64 {
    mile.laps_s[lap] - yardstick.even_s(mile) * mile.lengths_m[lap] / 400.0
}

/// Whether the last lap was clearly faster than the third, however slow both were.
pub(super) fn picked_up(mile: &PacedMile) -> bool {
    let laps = mile.per_400m_s();
    deviation_pct(laps[3], laps[2]) < -ALIKE_PCT
}

/// The four laps in seconds as they are printed, to be compared with each other: of equal laps their times, of others
/// per 400 m. And what to say behind a difference of two.
pub(super) fn comparable_laps(mile: &PacedMile) -> ([f64; 4], &'static str) {
    let printed = printed_tenths(&mile.laps_s);
    let equal = mile.lengths_m.iter().all(|length_m| (length_m - mile.lengths_m[0]).abs() < 0.001);
    let lap_s = |lap: usize| printed[lap] as f64 / 10.0;
    if equal {
        return (std::array::from_fn(lap_s), "");
    }
    let per_400m = |lap: usize| (lap_s(lap) * 10.0 * 400.0 / mile.lengths_m[lap]).round() / 10.0;
    (std::array::from_fn(per_400m), " per 400 m")
}

/// A lap's time as it is printed, so that the laps add up.
pub(super) fn lap_clock(mile: &PacedMile, lap: usize) -> String {
    clock_of_tenths(printed_tenths(&mile.laps_s)[lap])
}
