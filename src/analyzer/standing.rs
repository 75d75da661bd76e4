//! Where a mile stands: against other runners, against its age, and at other distances.

use super::age_grade::{self, AgeGrade};
use super::athlete::{Athlete, Sex};
use super::course::Course;
use super::equivalents::{self, Equivalent};
use crate::units::MILE_M;
use jiff::civil::Date;

/// The average mile of all runners in seconds, 7:04 (Running Level).
pub(crate) const AVERAGE_MILE_S: f64 = 424.0;
/// The average mile of men in seconds, 6:37 (Running Level).
pub(crate) const AVERAGE_MEN_S: f64 = 397.0;
/// The average mile of women in seconds, 7:44 (Running Level).
pub(crate) const AVERAGE_WOMEN_S: f64 = 464.0;

/// A mile beside other runners and other distances.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Standing {
    /// Seconds behind the average mile of 7:04 (Running Level); negative is faster.
    pub vs_average_s: f64,
    /// Seconds behind the average mile of men, 6:37 (Running Level).
    pub vs_men_s: f64,
    /// Seconds behind the average mile of women, 7:44 (Running Level).
    pub vs_women_s: f64,
    /// The runner's sex, where it is known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sex: Option<Sex>,
    /// The age grade in per cent, where sex and age are known.
    pub age_grade_pct: Option<f64>,
    /// What the age grade rests on.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub age_grade: Option<AgeGrade>,
    /// VDOT by Daniels and Gilbert, in ml/kg/min.
    pub vdot: f64,
    /// What the mile is worth at other distances.
    pub equivalents: Vec<Equivalent>,
    /// How far the course drops, where altitudes tell.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub course: Option<Course>,
}

/// Where a mile of `time_s` seconds stands, run by `athlete` on `day`.
pub(crate) fn standing(
    time_s: f64,
    athlete: &Athlete,
    day: Option<Date>,
    course: Option<Course>,
) -> Standing {
    let age = athlete.age.and_then(|age| age.on(day));
    let graded = athlete.sex.zip(age).and_then(|(sex, age)| age_grade::age_grade(time_s, sex, age));
    Standing {
        vs_average_s: time_s - AVERAGE_MILE_S,
        vs_men_s: time_s - AVERAGE_MEN_S,
        vs_women_s: time_s - AVERAGE_WOMEN_S,
        sex: athlete.sex,
        age_grade_pct: graded.map(|grade| grade.pct),
        age_grade: graded,
        vdot: equivalents::vdot(MILE_M, time_s),
        equivalents: equivalents::equivalents(time_s),
        course,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::athlete::Age;

    #[test]
    fn an_average_mile_is_worth_five_kilometres_in_23_30() {
        let standing = standing(AVERAGE_MILE_S, &Athlete::default(), None, None);
        assert_eq!((standing.vs_average_s, standing.age_grade_pct), (0.0, None));
        assert_eq!(crate::units::clock(standing.equivalents[3].riegel_s), "23:30");
        assert_eq!(crate::units::clock(standing.equivalents[3].daniels_gilbert_s), "23:57");
        assert_eq!(format!("{:.1}", standing.vdot), "40.3");
    }

    #[test]
    fn sex_and_age_give_an_age_grade() {
        let athlete = Athlete { sex: Some(Sex::Male), age: Some(Age::Years(50)), ..Athlete::default() };
        let standing = standing(320.0, &athlete, None, None);
        assert_eq!(format!("{:.1}", standing.age_grade_pct.unwrap()), "82.5");
    }
}
