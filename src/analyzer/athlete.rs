//! What is known of the runner: it bears on age grade and heart-rate zones, never on the pacing score.

use jiff::civil::Date;

/// What the caller knows of the runner.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Athlete {
    /// Men's or women's tables.
    pub sex: Option<Sex>,
    /// How old, or when born.
    pub age: Option<Age>,
    /// The highest heart rate in beats per minute.
    pub max_heart_rate_bpm: Option<f64>,
    /// The heart rate at the anaerobic threshold in beats per minute.
    pub threshold_heart_rate_bpm: Option<f64>,
}

/// Which of the two tables applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Sex {
    /// The men's table.
    #[cfg_attr(feature = "serde", serde(rename = "M"))]
    Male,
    /// The women's table.
    #[cfg_attr(feature = "serde", serde(rename = "F"))]
    Female,
}

/// How old a runner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// In whole years.
    Years(u8),
    /// By the day of birth.
    Born(Date),
}

impl Age {
    /// The age in whole years on a day; `None` where a day is needed and not known, or before birth.
    pub fn on(self, day: Option<Date>) -> Option<u8> {
        let (born, day) = match self {
            Age::Years(years) => return Some(years),
            Age::Born(born) => (born, day?),
        };
        let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
        u8::try_from(day.year() - born.year() - i16::from(before_birthday)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_birthday_makes_a_year() {
        let born = Age::Born(date(1990, 5, 17));
        assert_eq!(born.on(Some(date(2026, 5, 16))), Some(35));
        assert_eq!(born.on(Some(date(2026, 5, 17))), Some(36));
        assert_eq!((born.on(None), born.on(Some(date(1989, 1, 1)))), (None, None));
        assert_eq!(Age::Years(40).on(None), Some(40));
    }
}
