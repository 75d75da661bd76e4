//! Developer fields: values that apps and foot pods add, described inside the file itself.
//!
//! They go to columns of their own, so that a field called "heart rate" never mixes with the watch's; the
//! columns are used only where the native one is missing.

use super::messages::global::RECORD;
use super::wire::{Field, Message};
use crate::parser::rows::{Narrow, Wide};

/// The column for a developer field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Wide(Wide),
    Narrow(Narrow),
}

/// What the file says about a developer field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    developer: u8,
    number: u8,
    /// Its base type, without the flag for "has a byte order".
    pub(super) base: u8,
    /// Its column, if it is one of the values that have one.
    pub(super) target: Option<Column>,
    /// Its value is `raw * factor / divisor - offset` in the column's unit.
    pub(super) factor: f64,
    pub(super) divisor: Option<f64>,
    pub(super) offset: f64,
}

/// No file describes more fields; each one costs a look at all that use it.
const MAX_DESCRIPTIONS: usize = 256;

/// All descriptions met so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Descriptions {
    known: Vec<Description>,
    taken: usize,
}

impl Descriptions {
    /// The description of a developer field, if there is one.
    pub(super) fn of(&self, field: &Field) -> Option<&Description> {
        self.known.iter().find(|d| Some(d.developer) == field.developer && d.number == field.number)
    }

    /// Takes in a `field_description` message; a later one for the same field replaces the earlier. Says
    /// whether it was taken.
    pub(super) fn add(&mut self, message: &Message<'_>) -> bool {
        if self.taken == MAX_DESCRIPTIONS {
            return false;
        }
        let (Some(developer), Some(number), Some(base)) = (message.uint(0), message.uint(1), message.uint(2))
        else {
            return false;
        };
        self.taken += 1;
        let native = (message.uint(14) == Some(u32::from(RECORD))).then(|| message.uint(15)).flatten();
        let named = match native {
            Some(number) => column_of(number),
            None => target_of(&message.text(3).unwrap_or_default()),
        };
        let units = message.text(8).unwrap_or_default().to_ascii_lowercase();
        // Without knowing the unit a value means nothing.
        let target = named.zip(named.and_then(|column| factor_of(column, &units)));
        let factor = target.map_or(1.0, |(_, factor)| factor);
        let scale = message.number(6).filter(|&scale| scale != 0.0);
        let description = Description {
            developer: developer as u8,
            number: number as u8,
            base: base as u8 & 0x1F,
            target: target.map(|(column, _)| column),
            factor,
            divisor: scale.filter(|&scale| scale != 1.0),
            offset: message.number(7).unwrap_or(0.0) * factor,
        };
        self.known.retain(|d| (d.developer, d.number) != (description.developer, description.number));
        self.known.push(description);
        true
    }
}

/// The column for a field that says which field of `record` it stands for.
fn column_of(native: u32) -> Option<Column> {
    Some(match native {
        3 => Column::Narrow(Narrow::DeveloperHeartRate),
        4 => Column::Narrow(Narrow::DeveloperCadence),
        5 => Column::Wide(Wide::DeveloperDistance),
        6 | 73 => Column::Narrow(Narrow::DeveloperSpeed),
        7 => Column::Narrow(Narrow::DeveloperPower),
        _ => return None,
    })
}

/// The column for a developer field, by its name as letters only; a name that says more (`form power`) is
/// another thing.
fn target_of(name: &str) -> Option<Column> {
    let word: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    Some(match word.as_str() {
        "power" | "runpower" | "runningpower" => Column::Narrow(Narrow::DeveloperPower),
        "cadence" | "runcadence" | "runningcadence" => Column::Narrow(Narrow::DeveloperCadence),
        "heartrate" | "hr" => Column::Narrow(Narrow::DeveloperHeartRate),
        "speed" => Column::Narrow(Narrow::DeveloperSpeed),
        "distance" => Column::Wide(Wide::DeveloperDistance),
        _ => return None,
    })
}

/// What turns the field's unit into the column's; `None` for a unit that is not known, such as the `min/km` of
/// a pace called speed. Cadence columns count one leg, as the native field does.
fn factor_of(column: Column, units: &str) -> Option<f64> {
    use crate::units::MILE_M;
    Some(match (column, units.trim()) {
        (_, "") => 1.0,
        (Column::Wide(_), "m" | "meter" | "meters" | "metre" | "metres") => 1.0,
        (Column::Wide(_), "km" | "kilometers" | "kilometres") => 1000.0,
        (Column::Wide(_), "mi" | "mile" | "miles") => MILE_M,
        (Column::Narrow(Narrow::DeveloperSpeed), "m/s" | "mps" | "meters/second" | "meters/sec") => 1.0,
        (Column::Narrow(Narrow::DeveloperSpeed), "km/h" | "kph" | "kmh") => 1.0 / 3.6,
        (Column::Narrow(Narrow::DeveloperSpeed), "mi/h" | "mph") => MILE_M / 3600.0,
        (Column::Narrow(Narrow::DeveloperPower), "w" | "watt" | "watts") => 1.0,
        (Column::Narrow(Narrow::DeveloperHeartRate), "bpm" | "beats/min") => 1.0,
        (Column::Narrow(Narrow::DeveloperCadence), "rpm" | "strides/min") => 1.0,
        (Column::Narrow(Narrow::DeveloperCadence), "spm" | "steps/min") => 0.5,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_known_by_its_name_however_it_is_written() {
        assert_eq!(target_of("Heart Rate"), Some(Column::Narrow(Narrow::DeveloperHeartRate)));
        assert_eq!(target_of("heart_rate"), Some(Column::Narrow(Narrow::DeveloperHeartRate)));
        assert_eq!(target_of("Form Power"), None);
    }

    #[test]
    fn units_are_turned_into_those_of_the_column() {
        let factor = |name, units| factor_of(target_of(name).unwrap(), units);
        assert_eq!(factor("Distance", "km"), Some(1000.0));
        assert_eq!((factor("Cadence", "spm"), factor("Cadence", "rpm")), (Some(0.5), Some(1.0)));
        assert_eq!((factor("Speed", "min/km"), factor("Speed", "")), (None, Some(1.0)));
        assert_eq!(factor("Power", "kj"), None);
    }
}
