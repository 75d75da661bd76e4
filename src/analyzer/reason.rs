//! The reason for the points of each part of the rubric, in one plain sentence with its numbers.

use super::hundreds::{HundredSteps, Trend, named};
use super::rubric::{PacedMile, Part, Yardstick, deviation_pct};
use super::verdict::{LapDeviations, delta_s, lap_1, lap_3, lap_4, lap_clock, picked_up};
use crate::units::{clock_of_tenths, clock_tenths, gap, gap_of_tenths, tenths};

/// The reason for a part's points, in one sentence with its numbers.
pub(crate) fn reason(part: Part, mile: &PacedMile, yardstick: Yardstick) -> String {
    let pace_name = match yardstick {
        Yardstick::Goal(_) => "goal pace",
        Yardstick::OwnPace => "even pace",
    };
    let pace = LapDeviations::of(mile, yardstick);
    let lap = |lap: usize, judged: &str| {
        let against = against(delta_s(mile, yardstick, lap), pace_name);
        format!("lap {} in {}, {against}: {judged}", lap + 1, lap_clock(mile, lap))
    };
    match part {
        Part::Check200 => check_200(mile, yardstick, pace_name),
        Part::Lap1 => lap(0, &lap_1(&pace)),
        Part::Half800 => half_800(mile, yardstick, pace_name),
        Part::Lap3 => lap(2, &lap_3(&pace)),
        Part::Lap4 => last_lap(mile, &pace),
        Part::Hundreds => hundreds(mile),
        Part::Finish => finish(mile),
        Part::Steadiness => steadiness(mile),
    }
}

/// `1.2 s ahead of goal pace`, or `on goal pace` where the tenths are none.
fn against(delta_s: f64, pace_name: &str) -> String {
    match tenths(delta_s) {
        0 => format!("on {pace_name}"),
        t if t < 0 => format!("{} ahead of {pace_name}", gap(delta_s)),
        _ => format!("{} behind {pace_name}", gap(delta_s)),
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
    let half_delta_s = delta_s(mile, yardstick, 0) + delta_s(mile, yardstick, 1);
    let full = yardstick.half_full_pct();
    let judged = match pace.half_pct() {
        _ if pace.pct[1].abs() > 3.0 => {
            let side = if pace.pct[1] < 0.0 { "fast" } else { "slow" };
            format!("lap 2 alone was {:.1} % too {side}", pace.pct[1].abs())
        }
        pct if pct < *full.start() => "too fast to keep".into(),
        pct if pct > *full.end() => "a gap that only a kick can close".into(),
        _ => "where it should be".into(),
    };
    let half_s = mile.laps_s[0] + mile.laps_s[1];
    format!("two laps in {}, {}: {judged}", clock_tenths(half_s), against(half_delta_s, pace_name))
}

fn last_lap(mile: &PacedMile, pace: &LapDeviations) -> String {
    let pct = mile.last_lap_loss_pct();
    let tenths_pct = (pct.abs() * 10.0).round() / 10.0;
    if tenths_pct == 0.0 {
        return "the last lap was as fast as the three before: held to the line".into();
    }
    let judged = match pct {
        pct if pct > 0.0 && picked_up(mile) => "quicker than lap 3, but too late".into(),
        pct if pct >= 5.0 => "nothing was left".into(),
        pct if pct > 0.0 => "it should be the fastest".into(),
        _ => lap_4(pace, mile),
    };
    let side = if pct > 0.0 { "slower" } else { "faster" };
    format!("the last lap was {tenths_pct:.1} % {side} than the three before: {judged}")
}

fn hundreds(mile: &PacedMile) -> String {
    let Some(steps) = HundredSteps::of(mile) else { return String::new() };
    let list = steps.printed.map(clock_of_tenths).join(", ");
    let judged = match steps.trend() {
        Trend::Faster => "each faster than the one before".into(),
        Trend::NoneSlower => "none slower than the one before".into(),
        Trend::Steady { most_tenths } => {
            let then = if steps.sprinted() { ", then a sprint" } else { "" };
            format!(
                "steady, none slower than the one before by more than {}{then}",
                gap_of_tenths(most_tenths)
            )
        }
        Trend::Slower(one) if one.len() == 1 => format!("the {} was slower than the one before", named(&one)),
        Trend::Slower(many) => format!("the {} were each slower than the one before", named(&many)),
    };
    format!("hundreds of {list}: {judged}")
}

fn finish(mile: &PacedMile) -> String {
    let Some(steps) = HundredSteps::of(mile) else { return String::new() };
    let [a, b, c, last] = steps.printed;
    let behind = last - a.min(b).min(c);
    let judged = match behind {
        ..0 => "the fastest of the lap".into(),
        0 => "as fast as any of the lap".into(),
        _ => format!("{} slower than the best before it", gap_of_tenths(behind)),
    };
    format!("1500 to 1600 m in {}, {judged}", clock_of_tenths(last))
}

fn steadiness(mile: &PacedMile) -> String {
    // As printed, so that no 3.0 % is told that records vary by up to 3 %.
    let pct = (10.0 * mile.unsteadiness_pct()).round() / 10.0;
    let judged = match pct {
        _ if mile.is_tactical() => "a sit and kick, run for places",
        pct if pct <= 2.0 => "as steady as a record",
        pct if pct <= 3.0 => "a little uneven; the steadiest records vary by 1.5 %",
        pct if pct <= 4.0 => "a little uneven; records vary by 1.5 to 3 %",
        _ => "uneven; records vary by 1.5 to 3 %",
    };
    format!("the laps varied by {pct:.1} %: {judged}")
}
