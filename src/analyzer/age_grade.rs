//! Age grade: how a mile stands against the best of the same sex and age.

use super::athlete::Sex;

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

#[cfg(test)]
mod tests {
    use super::*;

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
