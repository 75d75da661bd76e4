//! What the command line is told of the runner.

use clap::{Args, ValueEnum};
use jiff::civil::{Date, date};

use super::output::Failure;
use super::settings::{InForce, Settings, Source};
use crate::analyzer::age_grade::{OLDEST, YOUNGEST};
use crate::analyzer::athlete::{Age, Athlete, Sex};

/// What is known of the runner.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Athlete")]
pub(super) struct AthleteArguments {
    /// Women's or men's table, for the age grade
    #[arg(long, value_enum, ignore_case = true)]
    sex: Option<SexArgument>,
    /// Age in years on the day of the run, for the age grade
    #[arg(long, value_name = "YEARS", value_parser = age, conflicts_with = "born")]
    age: Option<u8>,
    /// Year or day of birth, such as 1990 or 1990-05-17, instead of the age
    #[arg(long, value_name = "DATE", value_parser = born)]
    born: Option<Date>,
    #[command(flatten)]
    heart: HeartArguments,
}

/// What is known of the runner's heart.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Athlete")]
pub(super) struct HeartArguments {
    /// Highest heart rate, for zones and threshold [default: the recording's own]
    #[arg(long, value_name = "BPM", value_parser = heart_rate)]
    max_hr: Option<f64>,
    /// Heart rate at the anaerobic threshold [default: 88 % of the highest]
    #[arg(long, value_name = "BPM", value_parser = heart_rate)]
    threshold_hr: Option<f64>,
}

/// Whose tables apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SexArgument {
    #[value(name = "m", alias = "male")]
    Male,
    #[value(name = "f", alias = "female")]
    Female,
}

/// How the age is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Birth {
    /// In years, on the day of the run.
    Age(u8),
    /// By the day of birth.
    Born(Date),
}

/// What is known of the runner from options and file together.
pub(super) struct AthleteInForce {
    pub(super) sex: InForce<SexArgument>,
    pub(super) birth: InForce<Birth>,
    pub(super) max_hr: InForce<f64>,
    pub(super) threshold_hr: InForce<f64>,
}

impl AthleteArguments {
    /// What is known, or what in it makes no sense together.
    pub(super) fn in_force(&self, settings: &Settings) -> Result<AthleteInForce, Failure> {
        let HeartInForce { max_hr, threshold_hr } = self.heart.in_force(settings)?;
        let birth = match self.age {
            Some(age) => InForce { value: Some(Birth::Age(age)), from: Source::Option },
            None => {
                let InForce { value, from } = InForce::of(self.born, settings.born);
                InForce { value: value.map(Birth::Born), from }
            }
        };
        Ok(AthleteInForce { sex: InForce::of(self.sex, settings.sex), birth, max_hr, threshold_hr })
    }

    /// The athlete as the analysis knows one.
    pub(super) fn athlete(&self, settings: &Settings) -> Result<Athlete, Failure> {
        let known = self.in_force(settings)?;
        Ok(Athlete {
            sex: known.sex.value.map(|sex| match sex {
                SexArgument::Male => Sex::Male,
                SexArgument::Female => Sex::Female,
            }),
            age: known.birth.value.map(|birth| match birth {
                Birth::Age(years) => Age::Years(years),
                Birth::Born(date) => Age::Born(date),
            }),
            max_heart_rate_bpm: known.max_hr.value,
            threshold_heart_rate_bpm: known.threshold_hr.value,
        })
    }
}

/// The heart rates from options and file together.
struct HeartInForce {
    max_hr: InForce<f64>,
    threshold_hr: InForce<f64>,
}

impl HeartArguments {
    fn in_force(&self, settings: &Settings) -> Result<HeartInForce, Failure> {
        let max_hr = InForce::of(self.max_hr, settings.max_hr);
        let threshold_hr = InForce::of(self.threshold_hr, settings.threshold_hr);
        below(threshold_hr, max_hr)?;
        Ok(HeartInForce { max_hr, threshold_hr })
    }

    /// An athlete of whom nothing else matters.
    pub(super) fn athlete(&self, settings: &Settings) -> Result<Athlete, Failure> {
        let HeartInForce { max_hr, threshold_hr } = self.in_force(settings)?;
        Ok(Athlete {
            max_heart_rate_bpm: max_hr.value,
            threshold_heart_rate_bpm: threshold_hr.value,
            ..Athlete::default()
        })
    }
}

fn below(threshold_hr: InForce<f64>, max_hr: InForce<f64>) -> Result<(), Failure> {
    let (Some(threshold_bpm), Some(max_bpm)) = (threshold_hr.value, max_hr.value) else { return Ok(()) };
    if threshold_bpm < max_bpm {
        return Ok(());
    }
    let named = |option: &str, bpm: f64, from| match from {
        Source::File { line } => {
            let key = option.trim_start_matches('-').replace('-', "_");
            format!("{key} {bpm:.0} (line {line} of the configuration)")
        }
        Source::Option | Source::Default => format!("{option} {bpm:.0}"),
    };
    Err(Failure::Usage(format!(
        "{} is not below {}; the threshold is near 88 % of the maximum, here {:.0}",
        named("--threshold-hr", threshold_bpm, threshold_hr.from),
        named("--max-hr", max_bpm, max_hr.from),
        0.88 * max_bpm
    )))
}

fn age(text: &str) -> Result<u8, String> {
    let known = text.parse().ok().filter(|age| (YOUNGEST..=OLDEST).contains(age));
    known.ok_or_else(|| {
        format!("ages from {YOUNGEST} to {OLDEST} are in the table; write whole years, such as 42")
    })
}

/// Reads a day of birth, or a year as its first day.
pub(super) fn born(text: &str) -> Result<Date, String> {
    let year = || text.parse::<i16>().ok().filter(|_| text.len() == 4).map(|year| date(year, 1, 1));
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10).or_else(year);
    day.filter(|day| (1900..=2100).contains(&day.year()))
        .ok_or_else(|| "write a year from 1900 on or a day, such as 1990 or 1990-05-17".into())
}

pub(super) fn heart_rate(text: &str) -> Result<f64, String> {
    let bpm = text.parse().ok().filter(|bpm| (90.0..=240.0).contains(bpm));
    bpm.ok_or_else(|| "heart rates from 90 to 240 beats per minute make sense here, such as 188".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_says_what_would() {
        assert_eq!((age("42"), age("100")), (Ok(42), Ok(100)));
        assert!(age("400").unwrap_err().starts_with("ages from 5 to 100"));
        assert_eq!(born("1990"), Ok(date(1990, 1, 1)));
        assert_eq!(born("1990-05-17"), Ok(date(1990, 5, 17)));
        for wrong in ["90", "1066", "17.5.1990", "1990-13-01"] {
            assert!(born(wrong).unwrap_err().starts_with("write a year"), "{wrong}");
        }
        assert!(heart_rate("19").is_err() && heart_rate("188") == Ok(188.0) && heart_rate("nan").is_err());
    }
}
