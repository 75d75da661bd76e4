//! The net drop of a course: a mile run downhill is no measure of a runner.

use crate::activity::Activity;
use crate::segmenter::Window;
use crate::segmenter::mile::time_weighted_mean;
use crate::units::MILE_M;

/// A road record may not drop more than this from start to finish, in metres per kilometre (World Athletics,
/// technical rule 31).
pub(crate) const RECORD_LIMIT_M_PER_KM: f64 = 1.0;
/// Above this, in metres per kilometre, the time is suspect.
pub(crate) const SUSPECT_M_PER_KM: f64 = 10.0;
/// The altitude of an end is the mean over this long to both sides, because watches jitter.
const HALF_SPAN_S: f64 = 10.0;

/// How far a mile's course drops.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Course {
    /// Start minus finish, in metres; negative where it rises.
    pub net_drop_m: f64,
    /// The same for a kilometre.
    pub net_drop_m_per_km: f64,
    /// Whether the drop makes the time suspect: more than 10 m a kilometre.
    pub suspect: bool,
}

/// The drop of a mile; `None` on a track, which comes back to where it began, and without altitudes.
pub(crate) fn course(activity: &Activity, mile: Window, on_track: bool) -> Option<Course> {
    let column = activity.samples.altitude_m.as_ref().filter(|_| !on_track)?;
    let around = |at_s: f64| {
        let span = Window { start_s: at_s - HALF_SPAN_S, end_s: at_s + HALF_SPAN_S };
        time_weighted_mean(&activity.samples.elapsed_s, column, span)
    };
    let net_drop_m = around(mile.start_s)? - around(mile.end_s)?;
    let net_drop_m_per_km = net_drop_m * 1000.0 / MILE_M;
    Some(Course { net_drop_m, net_drop_m_per_km, suspect: net_drop_m_per_km > SUSPECT_M_PER_KM })
}

impl Course {
    /// What is to be said of the drop; `None` for a course that is level enough.
    pub fn note(&self) -> Option<String> {
        let (drop_m, per_km) = (self.net_drop_m, self.net_drop_m_per_km);
        match per_km {
            per_km if per_km > SUSPECT_M_PER_KM => Some(format!(
                "The course drops {drop_m:.0} m by the watch, {per_km:.0} m per km: the time is suspect, run it again on the level."
            )),
            per_km if per_km > RECORD_LIMIT_M_PER_KM => Some(format!(
                "The course drops {drop_m:.1} m by the watch, {per_km:.1} m per km; for records 1 m per km is allowed."
            )),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drop_is_noted_and_a_great_one_is_suspect() {
        let course = |net_drop_m: f64| {
            let per_km = net_drop_m * 1000.0 / MILE_M;
            Course { net_drop_m, net_drop_m_per_km: per_km, suspect: per_km > SUSPECT_M_PER_KM }
        };
        assert_eq!(course(1.0).note(), None);
        assert_eq!(course(-30.0).note(), None);
        assert!(course(4.0).note().unwrap().contains("2.5 m per km; for records"));
        assert!(course(20.0).note().unwrap().contains("suspect"));
    }
}
