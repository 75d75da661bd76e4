//! How much was run, week by week and month by month, by class.

use jiff::ToSpan;
use jiff::civil::Date;

use super::entry::Entry;
use crate::season::calendar::monday;
use crate::season::workout::WorkoutClass;

/// The classes in the order in which their distances are kept.
const CLASSES: usize = WorkoutClass::ALL.len();
/// More weeks than this have no room in any picture; the latest are kept.
const MOST_PERIODS: usize = 520;

/// A week or a month.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Period {
    /// Its first day: a Monday, or the first of a month.
    pub from: Date,
    /// Kilometres by class, in the order of [`WorkoutClass::ALL`].
    pub km: [f64; CLASSES],
    /// Seconds of running.
    pub running_s: f64,
    /// How many runs.
    pub runs: usize,
}

impl Period {
    /// All running in kilometres; other sports are left out.
    pub fn running_km(&self) -> f64 {
        let cross = WorkoutClass::CrossTraining;
        WorkoutClass::ALL.iter().zip(self.km).filter(|(class, _)| **class != cross).map(|(_, km)| km).sum()
    }
}

/// The weeks from the first activity to the last, Monday to Sunday, those without any included.
pub(crate) fn weekly(entries: &[Entry]) -> Vec<Period> {
    periods(entries, monday, |from| from.saturating_add(1.week()))
}

/// The months from the first activity to the last.
pub(crate) fn monthly(entries: &[Entry]) -> Vec<Period> {
    periods(entries, Date::first_of_month, |from| from.saturating_add(1.month()))
}

fn periods(entries: &[Entry], first_day: fn(Date) -> Date, next: fn(Date) -> Date) -> Vec<Period> {
    let days = || entries.iter().filter_map(|entry| entry.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let mut found: Vec<Period> = Vec::new();
    let mut from = first_day(first);
    while from <= last {
        let until = next(from);
        if until <= from {
            break;
        }
        found.push(period(entries, from, until));
        from = until;
    }
    found.split_off(found.len().saturating_sub(MOST_PERIODS))
}

fn period(entries: &[Entry], from: Date, until: Date) -> Period {
    let mut period = Period { from, km: [0.0; CLASSES], running_s: 0.0, runs: 0 };
    // The entries are in the order of their days.
    let begin = entries.partition_point(|entry| entry.day.is_some_and(|day| day < from));
    for entry in entries[begin..].iter().take_while(|entry| entry.day.is_some_and(|day| day < until)) {
        let class = entry.class.unwrap_or(WorkoutClass::Other);
        if let Some(index) = WorkoutClass::ALL.iter().position(|&known| known == class) {
            period.km[index] += entry.distance_m / 1000.0;
        }
        if entry.running {
            period.running_s += entry.time_s;
            period.runs += 1;
        }
    }
    period
}
