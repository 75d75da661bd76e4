//! Age grade: how a mile stands against the best of the same sex and age.

use jiff::civil::Date;

use super::athlete::{Age, Athlete, Sex};
use crate::notice::Notice;

/// Alan Jones's road tables of 2025, factors of the road mile (CC0).
const TABLE: &str = include_str!("data/age_factors_road_mile_2025.csv");
/// The name of the table, for whoever reads the grade.
pub(crate) const TABLE_NAME: &str = "2025 road table";
/// The youngest age in the table, in years.
pub const YOUNGEST: u8 = 5;
/// The oldest age in the table, in years.
pub const OLDEST: u8 = 100;

/// A mile against the age standard.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AgeGrade {
    /// The age standard over the time, in per cent.
    pub pct: f64,
    /// The age standard in seconds: the open standard over the age's factor.
    pub standard_s: f64,
    /// The sex.
    pub sex: Sex,
    /// The age in years.
    pub age: u8,
    /// The table used.
    pub table: &'static str,
}

/// The age standard in seconds; `None` outside of the table's ages.
pub fn standard_s(sex: Sex, age: u8) -> Option<f64> {
    let sex = match sex {
        Sex::Male => "M",
        Sex::Female => "F",
    };
    TABLE.lines().find_map(|line| {
        let mut cells = line.split(',');
        if cells.next()? != sex || cells.next()?.parse() != Ok(age) {
            return None;
        }
        let factor: f64 = cells.next()?.parse().ok()?;
        let open_s: f64 = cells.next()?.parse().ok()?;
        Some(open_s / factor)
    })
}

/// The age grade of a mile of `time_s` seconds; `None` outside of the table's ages.
pub fn age_grade(time_s: f64, sex: Sex, age: u8) -> Option<AgeGrade> {
    let standard_s = standard_s(sex, age)?;
    Some(AgeGrade { pct: 100.0 * standard_s / time_s, standard_s, sex, age, table: TABLE_NAME })
}

/// The code of the notice that an age grade cannot be true.
pub(crate) const DOUBTFUL: &str = "age-grade-doubtful";
/// The code of the notice that what is known of the athlete gives no age grade.
pub(crate) const NONE: &str = "no-age-grade";

/// Why an age grade that was asked for is none, or cannot be true: that of a mile of `time_s` seconds, known to
/// `uncertainty_s`, by `athlete` on `day`.
pub(crate) fn notice(
    grade: Option<&AgeGrade>,
    (time_s, uncertainty_s): (f64, Option<f64>),
    athlete: &Athlete,
    day: Option<Date>,
) -> Option<Notice> {
    if let Some(grade) = grade {
        // Not even the slowest time that the measurement allows is as slow as the best of that age.
        let beyond = time_s + uncertainty_s.unwrap_or(0.0) < grade.standard_s;
        let told =
            format!("an age grade of {:.1} % is beyond the best of that age; check age and sex", grade.pct);
        return beyond.then(|| Notice::new(DOUBTFUL, 1, told));
    }
    let told = match (athlete.age?, day) {
        (Age::Born(born), Some(day)) if born > day => {
            format!(
                "there is no age grade, because the day of birth, {born}, is after that of the run, {day}"
            )
        }
        _ if athlete.sex.is_none() => return None,
        (Age::Born(_), None) => "there is no age grade, because the day of the run is not known".into(),
        (age, day) => {
            let years = age.on(day).map_or(String::new(), |years| format!(", not to {years}"));
            format!("there is no age grade, because its table goes from {YOUNGEST} to {OLDEST} years{years}")
        }
    };
    Some(Notice::new(NONE, 1, told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_cannot_be_true_is_doubted_and_what_is_missing_is_named() {
        let day = Some(date(2026, 3, 1));
        let told = |sex, age, day, mile: (f64, Option<f64>)| {
            let athlete = Athlete { sex, age: Some(age), ..Athlete::default() };
            let grade = sex.zip(age.on(day)).and_then(|(sex, age)| age_grade(mile.0, sex, age));
            notice(grade.as_ref(), mile, &athlete, day).map(|notice| notice.message)
        };
        let woman = Some(Sex::Female);
        let mile = (320.0, Some(0.8));
        assert_eq!(
            told(woman, Age::Years(100), day, mile).unwrap(),
            "an age grade of 403.8 % is beyond the best of that age; check age and sex"
        );
        // 4:13 open: what measurement can explain is no doubt.
        assert_eq!(told(woman, Age::Years(25), day, (252.0, Some(1.5))), None);
        assert!(told(woman, Age::Years(25), day, (252.0, Some(0.5))).unwrap().contains("of 100.4 %"));
        assert_eq!(
            told(None, Age::Born(date(2030, 1, 1)), day, mile).unwrap(),
            "there is no age grade, because the day of birth, 2030-01-01, is after that of the run, 2026-03-01"
        );
        assert_eq!(
            told(woman, Age::Born(date(2024, 1, 1)), day, mile).unwrap(),
            "there is no age grade, because its table goes from 5 to 100 years, not to 2"
        );
        assert_eq!(
            told(woman, Age::Born(date(1990, 1, 1)), None, mile).unwrap(),
            "there is no age grade, because the day of the run is not known"
        );
        assert_eq!(told(None, Age::Years(42), day, mile), None);
    }

    #[test]
    fn every_age_of_the_table_has_its_standard() {
        let mut rows = 0;
        for line in TABLE.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let sex = if cells[0] == "M" { Sex::Male } else { Sex::Female };
            let age: u8 = cells[1].parse().unwrap();
            let (factor, open_s): (f64, f64) = (cells[2].parse().unwrap(), cells[3].parse().unwrap());
            let found = standard_s(sex, age).unwrap();
            assert!((found - open_s / factor).abs() < 1e-9, "{line}");
            assert!((age_grade(found, sex, age).unwrap().pct - 100.0).abs() < 1e-9);
            rows += 1;
        }
        assert_eq!(rows, 2 * usize::from(OLDEST - YOUNGEST + 1));
        assert_eq!((standard_s(Sex::Male, 4), standard_s(Sex::Female, 101)), (None, None));
    }

    #[test]
    fn known_standards_of_the_table() {
        // 3:47 and 4:13 open; 4:24.1 for men of 50, 4:41.6 for women of 50.
        let known = [
            (Sex::Male, 25, 227.0),
            (Sex::Female, 25, 253.0),
            (Sex::Male, 50, 264.1),
            (Sex::Female, 50, 281.6),
        ];
        for (sex, age, standard) in known {
            assert!((standard_s(sex, age).unwrap() - standard).abs() < 0.05, "{sex:?} {age}");
        }
    }
}
