//! Developer fields: values that apps and foot pods add, described inside the file itself.
//!
//! They go to columns of their own, so that a field called "heart rate" never mixes with the watch's; the
//! columns are used only where the native one is missing.

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
    /// What to multiply it with to get the column's unit.
    pub(super) factor: f64,
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
        let name = message.text(3).unwrap_or_default();
        let units = message.text(8).unwrap_or_default().to_ascii_lowercase();
        let target = target_of(&name, &units);
        let description = Description {
            developer: developer as u8,
            number: number as u8,
            base: base as u8 & 0x1F,
            target,
            factor: factor_of(target, &units),
        };
        self.known.retain(|d| (d.developer, d.number) != (description.developer, description.number));
        self.known.push(description);
        true
    }
}

/// The column for a developer field, by its name as letters only; a name that says more (`form power`) is
/// another thing.
fn target_of(name: &str, units: &str) -> Option<Column> {
    let word: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    Some(match word.as_str() {
        "power" | "runpower" | "runningpower" => Column::Narrow(Narrow::DeveloperPower),
        "cadence" | "runcadence" | "runningcadence" => Column::Narrow(Narrow::DeveloperCadence),
        "heartrate" | "hr" => Column::Narrow(Narrow::DeveloperHeartRate),
        "speed" if units.contains('/') || units.is_empty() => Column::Narrow(Narrow::DeveloperSpeed),
        "distance" => Column::Wide(Wide::DeveloperDistance),
        _ => return None,
    })
}

/// What turns the field's unit into the column's. Cadence columns count one leg, as the native field does.
fn factor_of(target: Option<Column>, units: &str) -> f64 {
    match (target, units) {
        (Some(Column::Wide(_)), "km" | "kilometers" | "kilometres") => 1000.0,
        (Some(Column::Wide(_)), "mi" | "miles") => crate::units::MILE_M,
        (Some(Column::Narrow(Narrow::DeveloperSpeed)), "km/h" | "kph") => 1.0 / 3.6,
        (Some(Column::Narrow(Narrow::DeveloperSpeed)), "mi/h") => crate::units::MILE_M / 3600.0,
        (Some(Column::Narrow(Narrow::DeveloperCadence)), "spm" | "steps/min") => 0.5,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_known_by_its_name_however_it_is_written() {
        assert_eq!(target_of("Heart Rate", "bpm"), Some(Column::Narrow(Narrow::DeveloperHeartRate)));
        assert_eq!(target_of("heart_rate", ""), Some(Column::Narrow(Narrow::DeveloperHeartRate)));
        assert_eq!(target_of("Form Power", "Watts"), None);
    }

    #[test]
    fn units_are_turned_into_those_of_the_column() {
        let distance = target_of("Distance", "km");
        assert_eq!(factor_of(distance, "km"), 1000.0);
        assert_eq!(factor_of(target_of("Cadence", "spm"), "spm"), 0.5);
        assert_eq!(factor_of(target_of("Cadence", "rpm"), "rpm"), 1.0);
    }
}
