//! What is to be said of heart rate and cadence, in whole sentences.

use super::body::{Body, HeartRateLimit, LimitSource};
use crate::units::clock;

/// Less than this is no change, in beats or steps per minute.
const NO_CHANGE: f64 = 1.5;

/// Less than this is no change of effort, in beats per minute: the lag is known to some ten seconds only.
const NO_CHANGE_OF_EFFORT: f64 = 5.0;

/// The notes on a mile's heart rate and cadence.
pub fn notes(body: &Body) -> Vec<String> {
    [lap_3(body), cadence(body), threshold(body), zones(body)].into_iter().flatten().collect()
}

fn lap_3(body: &Body) -> Option<String> {
    let [_, second, third, last] = body.heart_rate.as_slice() else { return None };
    let effort_rise = body.lap_3_effort_rise_bpm?;
    // Between the printed means, so that the reader subtracts alike.
    let rose = match third.mean_bpm.round() - second.mean_bpm.round() {
        0.0 => "stayed at the same mean in lap 3 as in lap 2".to_owned(),
        rise if rise > 0.0 => format!("rose by {rise:.0} from lap 2 to lap 3"),
        rise => format!("fell by {:.0} from lap 2 to lap 3", -rise),
    };
    let effort = match effort_rise {
        rise if rise > NO_CHANGE_OF_EFFORT => format!("the effort itself rose, by about {rise:.0}"),
        rise if rise < -NO_CHANGE_OF_EFFORT => format!("the effort itself eased, by about {:.0}", -rise),
        _ => "the effort itself hardly changed".to_owned(),
    };
    Some(format!(
        "Heart rate {rose} ({:.0} to {:.0}) and ended at {:.0}. It lags by about a minute; with that allowed for, \
         {effort}.",
        second.mean_bpm, third.mean_bpm, last.end_bpm
    ))
}

fn cadence(body: &Body) -> Option<String> {
    let beyond = body.cadence_change_beyond_speed_spm?;
    let change = match body.cadence_change_spm?.round() {
        0.0 => "Cadence in lap 2 was that of lap 1".to_owned(),
        change if change > 0.0 => format!("Cadence rose by {change:.0} in lap 2"),
        change => format!("Cadence fell by {:.0} in lap 2", -change),
    };
    let gear = match beyond {
        beyond if beyond > NO_CHANGE => {
            format!("{beyond:.0} more than the speed alone explains: that is the next gear")
        }
        beyond if beyond < -NO_CHANGE && !body.gear_wanted => {
            format!("{:.0} less than the speed alone explains", -beyond)
        }
        beyond if beyond < -NO_CHANGE => {
            format!("{:.0} less than the speed alone explains: quicken the feet as lap 2 begins", -beyond)
        }
        _ if body.gear_wanted => {
            "just what the speed explains: a quicker cadence would be the next gear".to_owned()
        }
        _ => "just what the speed explains".to_owned(),
    };
    Some(format!("{change}, {gear}."))
}

fn threshold(body: &Body) -> Option<String> {
    let threshold = body.threshold?;
    let named = named(threshold);
    Some(match body.threshold_crossed_m {
        None => format!("Heart rate stayed below the threshold of {named}."),
        Some(at_m) if at_m < 20.0 => format!("Heart rate was above the threshold of {named} from the start."),
        Some(at_m) => {
            let at_m = 10.0 * (at_m / 10.0).round();
            format!(
                "Heart rate was above the threshold of {named} from {at_m:.0} m on; with its lag, the effort passed \
                 it earlier."
            )
        }
    })
}

fn named(threshold: HeartRateLimit) -> String {
    let from = match threshold.source {
        LimitSource::Given => "",
        LimitSource::GivenMaximum => " (estimated as 88 % of your maximum)",
        LimitSource::Recording => {
            " (estimated as 88 % of this recording's highest; --threshold-hr gives yours)"
        }
    };
    format!("{:.0}{from}", threshold.bpm)
}

fn zones(body: &Body) -> Option<String> {
    let (zones_s, max) = (body.zones_s?, body.max_heart_rate?);
    let times = zones_s.map(clock).join(", ");
    let of = match max.source {
        LimitSource::Recording => "this recording's highest",
        _ => "your maximum",
    };
    let above = body.above_given_bpm.map_or(String::new(), |highest_bpm| {
        format!(" This recording reaches {highest_bpm:.0}, so your maximum is higher than the one given.")
    });
    Some(format!(
        "Time in five zones, from 50, 60, 70, 80 and 90 % of {of} of {:.0}: {times}.{above}",
        max.bpm
    ))
}
