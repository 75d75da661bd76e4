//! Verdicts in words: a few for each lap, a sentence with its numbers for each part of the rubric.

use serde::Serialize;

use super::rubric::{PacedMile, Part, Yardstick, deviation_pct};
use crate::units::{clock_of_tenths, clock_tenths, printed_tenths};

/// What a coach would say of one lap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LapVerdict {
    /// `lap 1` to `lap 4`.
    pub label: String,
    /// Seconds behind the even pace of the goal (or, without one, of the mile itself) over the lap's own
    /// length; negative is faster.
    pub delta_s: f64,
    /// A few words.
    pub verdict: String,
}

/// The verdicts on the four laps.
pub fn laps(mile: &PacedMile, yardstick: Yardstick) -> Vec<LapVerdict> {
    let pace = LapDeviations::of(mile, yardstick);
    let words = [lap_1(&pace), lap_2(&pace), lap_3(&pace), lap_4(&pace, mile)];
    let verdict = |(lap, verdict): (usize, String)| LapVerdict {
        label: format!("lap {}", lap + 1),
        delta_s: delta_s(mile, yardstick, lap),
        verdict,
    };
    words.into_iter().enumerate().map(verdict).collect()
}

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

    pub(super) fn started_too_fast(&self) -> bool {
        self.pct[0] < -0.75
    }
}

fn lap_1(pace: &LapDeviations) -> String {
    match pace.pct[0] {
        pct if pct < -3.0 => "out far too hard".into(),
        pct if pct < -0.75 => "out too hard".into(),
        pct if pct <= pace.lap_1_allowed_pct => format!("{}, under control", pace.on_pace),
        pct if pct <= pace.lap_1_allowed_pct + 2.0 => "a little cautious".into(),
        _ => "out too slowly".into(),
    }
}

fn lap_2(pace: &LapDeviations) -> String {
    let half_pct = 0.5 * (pace.pct[0] + pace.pct[1]);
    match pace.pct[1] {
        pct if pct < -3.0 => "pushed too early".into(),
        pct if pct > 3.0 => "lost the rhythm".into(),
        _ if half_pct < -0.75 && pace.started_too_fast() => "still ahead of the pace".into(),
        _ => format!("{}, in rhythm", pace.on_pace),
    }
}

fn lap_3(pace: &LapDeviations) -> String {
    match pace.pct[2] {
        pct if pct < -3.0 => "surged too early".into(),
        pct if pct <= 1.25 => "hung on".into(),
        _ if pace.started_too_fast() => "here the start was paid for".into(),
        _ => "the pace slipped".into(),
    }
}

fn lap_4(pace: &LapDeviations, mile: &PacedMile) -> String {
    let loss_pct = mile.last_lap_loss_pct();
    if loss_pct >= 5.0 {
        return "nothing left".into();
    }
    if let Some(hundreds_s) = mile.hundreds_s {
        let list = hundreds_s.map(|t| format!("{t:.1}")).join(" ");
        if slower_hundreds(&hundreds_s).is_empty() {
            let faster = hundreds_s.windows(2).all(|pair| pair[1] < pair[0] - 0.05);
            return format!("{list}: {}", if faster { "each faster" } else { "none slower" });
        }
    }
    match loss_pct {
        pct if pct > 0.0 => "no kick left".into(),
        pct if pct < -5.0 && pace.pct[..3].iter().all(|&lap| lap > 0.0) => "a kick from too far back".into(),
        _ => "a strong finish".into(),
    }
}

/// Which of the last three hundreds were slower than the one before by more than the rubric's half per cent.
pub(super) fn slower_hundreds(hundreds_s: &[f64; 4]) -> Vec<usize> {
    (1..4).filter(|&i| deviation_pct(hundreds_s[i], hundreds_s[i - 1]) > 0.5).collect()
}

/// Seconds behind the even pace over a lap's own length.
fn delta_s(mile: &PacedMile, yardstick: Yardstick, lap: usize) -> f64 {
    mile.laps_s[lap] - yardstick.even_s(mile) * mile.lengths_m[lap] / 400.0
}

/// The reason for a part's points, in one sentence with its numbers.
pub fn part_message(part: Part, mile: &PacedMile, yardstick: Yardstick) -> String {
    let pace_name = match yardstick {
        Yardstick::Goal(_) => "goal pace",
        Yardstick::OwnPace => "even pace",
    };
    let pace = LapDeviations::of(mile, yardstick);
    let lap = |lap: usize, judged: &str| {
        let against = against(delta_s(mile, yardstick, lap), pace_name);
        format!(
            "lap {} in {}, {against}: {judged}",
            lap + 1,
            clock_of_tenths(printed_tenths(&mile.laps_s)[lap])
        )
    };
    match part {
        Part::Check200 => check_200(mile, yardstick, pace_name),
        Part::Lap1 => lap(0, &lap_1(&pace)),
        Part::Half800 => half_800(mile, yardstick, pace_name),
        Part::Lap3 => lap(2, &lap_3(&pace)),
        Part::Lap4 => last_lap(mile),
        Part::Hundreds => hundreds(mile),
        Part::Finish => finish(mile),
        Part::Steadiness => {
            let pct = mile.unsteadiness_pct();
            let judged = match pct {
                pct if pct <= 2.0 => "steady, as in a record",
                pct if pct <= 4.0 => "a little uneven, records stay within 2 to 3 %",
                _ => "uneven, records stay within 2 to 3 %",
            };
            format!("the laps varied by {pct:.1} %: {judged}")
        }
    }
}

/// `1.2 s ahead of goal pace`, or `on goal pace` where the tenths are none.
fn against(delta_s: f64, pace_name: &str) -> String {
    match crate::units::tenths(delta_s) {
        0 => format!("on {pace_name}"),
        t if t < 0 => format!("{:.1} s ahead of {pace_name}", -delta_s),
        _ => format!("{delta_s:.1} s behind {pace_name}"),
    }
}

fn check_200(mile: &PacedMile, yardstick: Yardstick, pace_name: &str) -> String {
    let Some(t200_s) = mile.t200_s else { return String::new() };
    let even_s = yardstick.even_s(mile) / 2.0;
    let pct = deviation_pct(t200_s, even_s);
    let judged = match pct {
        pct if pct < -1.5 => format!("too fast by {:.0} %", -pct),
        pct if pct > 3.0 => format!("too slow by {pct:.0} %"),
        _ => "a controlled start".into(),
    };
    format!("200 m in {}, {}: {judged}", clock_tenths(t200_s), against(t200_s - even_s, pace_name))
}

fn half_800(mile: &PacedMile, yardstick: Yardstick, pace_name: &str) -> String {
    let pace = LapDeviations::of(mile, yardstick);
    let half_pct = 0.5 * (pace.pct[0] + pace.pct[1]);
    let half_delta_s = delta_s(mile, yardstick, 0) + delta_s(mile, yardstick, 1);
    let slow_allowed_pct = if matches!(yardstick, Yardstick::Goal(_)) { 0.75 } else { 1.75 };
    let judged = match half_pct {
        _ if pace.pct[1].abs() > 3.0 => {
            let side = if pace.pct[1] < 0.0 { "faster" } else { "slower" };
            format!("lap 2 was {:.0} % {side} than the pace", pace.pct[1].abs())
        }
        pct if pct < -0.75 => "too fast to keep".into(),
        pct if pct > slow_allowed_pct => "a gap that a kick must close".into(),
        _ => "where it should be".into(),
    };
    let half_s = mile.laps_s[0] + mile.laps_s[1];
    format!("two laps in {}, {}: {judged}", clock_tenths(half_s), against(half_delta_s, pace_name))
}

fn last_lap(mile: &PacedMile) -> String {
    let pct = mile.last_lap_loss_pct();
    let judged = match pct {
        pct if pct >= 5.0 => "nothing was left",
        pct if pct > 0.0 => "it should be the fastest",
        _ => "a finish",
    };
    let side = if pct > 0.0 { "slower" } else { "faster" };
    format!("the last lap was {:.1} % {side} than the three before: {judged}", pct.abs())
}

fn hundreds(mile: &PacedMile) -> String {
    let Some(hundreds_s) = mile.hundreds_s else { return String::new() };
    const NAMES: [&str; 4] = ["first", "second", "third", "last"];
    let slower: Vec<&str> = slower_hundreds(&hundreds_s).into_iter().map(|i| NAMES[i]).collect();
    let judged = match slower.as_slice() {
        [] => "none slower than the one before".into(),
        [one] => format!("the {one} was slower than the one before"),
        many => format!("the {} were slower than the one before", many.join(" and the ")),
    };
    format!("hundreds of {}: {judged}", hundreds_s.map(|t| format!("{t:.1}")).join(", "))
}

fn finish(mile: &PacedMile) -> String {
    let Some([a, b, c, last]) = mile.hundreds_s else { return String::new() };
    let behind_s = last - a.min(b).min(c);
    match crate::units::tenths(behind_s) {
        ..0 => return format!("the last hundred in {last:.1} was the fastest"),
        0 => return format!("the last hundred in {last:.1} was as fast as any"),
        _ => {}
    }
    format!("the last hundred in {last:.1} was {behind_s:.1} s slower than the best before it")
}
