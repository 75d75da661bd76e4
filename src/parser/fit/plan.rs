//! How a record message becomes a row: compiled once for each definition, then applied without looking
//! anything up or allocating.
//!
//! A definition may repeat a value in several fields (`speed` and `enhanced_speed`). The steps of a plan are
//! ordered by how good the field is, and a row keeps the first value that it gets.

use super::developer::Descriptions;
use super::wire::{Definition, Field, base_size, number_at, u32_at};
use crate::parser::rows::{NO_TIME, Narrow, Rows, Wide};

/// Seconds from 1970 to the start of FIT's calendar, 31 December 1989.
pub(super) const EPOCH_S: i64 = 631_065_600;

/// The field that holds the time in every kind of message.
pub(super) const TIMESTAMP: u8 = 253;

/// A FIT time in microseconds since 1970.
pub(super) fn time_us(fit_s: u32) -> i64 {
    (i64::from(fit_s) + EPOCH_S) * 1_000_000
}

/// Where a value goes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    Wide(Wide),
    Narrow(Narrow),
    /// Cadence of whole revolutions, to which the fraction of another field is added.
    Cadence,
    /// Three bytes with 12 bits of speed and 12 bits of distance that rolls over.
    SpeedDistance,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    at: usize,
    base: u8,
    target: Target,
    factor: f64,
    divisor: f64,
    offset: f64,
}

impl Step {
    #[inline]
    fn value(&self, data: &[u8], big_endian: bool) -> Option<f64> {
        let raw = number_at(data, self.at, self.base, big_endian)?;
        Some(raw * self.factor / self.divisor - self.offset)
    }
}

/// What to do with the data messages of one definition of `record`.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    big_endian: bool,
    time_at: Option<usize>,
    steps: Vec<Step>,
    fraction: Option<Step>,
    /// How many fields had a size that is no multiple of their type's, and were left out.
    pub(super) odd_fields: usize,
}

impl Plan {
    /// Compiles the plan for a definition of `record`.
    pub(super) fn new(definition: &Definition, descriptions: &Descriptions) -> Plan {
        let mut plan = Plan { big_endian: definition.big_endian, ..Plan::default() };
        let mut ranked: Vec<(u8, Step)> = Vec::with_capacity(definition.fields.len());
        for field in &definition.fields {
            match field.developer {
                Some(_) => ranked.extend(descriptions.of(field).and_then(|d| {
                    let target = d.target?;
                    let (factor, divisor, offset) = (d.factor, 1.0, 0.0);
                    let target = match target {
                        super::developer::Column::Wide(column) => Target::Wide(column),
                        super::developer::Column::Narrow(column) => Target::Narrow(column),
                    };
                    let step =
                        Step { at: usize::from(field.at), base: d.base, target, factor, divisor, offset };
                    (base_size(d.base)? <= usize::from(field.size)).then_some((200, step))
                })),
                None => plan.add_native(field, &mut ranked),
            }
        }
        ranked.sort_by_key(|&(rank, _)| rank);
        plan.steps = ranked.into_iter().map(|(_, step)| step).collect();
        plan
    }

    fn add_native(&mut self, field: &Field, ranked: &mut Vec<(u8, Step)>) {
        let at = usize::from(field.at);
        let size = usize::from(field.size);
        let Some((rank, target, factor, divisor, offset)) = native(field.number) else {
            if field.number == TIMESTAMP && size == 4 {
                self.time_at = Some(at);
            }
            return;
        };
        let step = Step { at, base: field.base, target, factor, divisor, offset };
        if target == Target::SpeedDistance {
            if size == 3 {
                ranked.push((rank, step));
            }
            return;
        }
        let Some(base_size) = base_size(field.base) else { return };
        if size == 0 || size % base_size != 0 {
            self.odd_fields += 1;
        } else if field.number == FRACTIONAL_CADENCE {
            self.fraction = Some(step);
        } else {
            ranked.push((rank, step));
        }
    }

    /// Adds a row with the values of a data message. `time` is the one of a compressed header.
    #[inline]
    pub(super) fn apply(
        &self,
        data: &[u8],
        offset: usize,
        time: Option<u32>,
        state: &mut Accumulator,
        rows: &mut Rows,
    ) -> Option<u32> {
        let stamp = self.time_at.and_then(|at| u32_at(data, at, self.big_endian)).filter(|&t| t != u32::MAX);
        let time = stamp.or(time);
        rows.begin(time.map_or(NO_TIME, time_us), offset);
        for step in &self.steps {
            match step.target {
                Target::Wide(column) => {
                    if let Some(value) = step.value(data, self.big_endian) {
                        rows.set_wide(column, value);
                    }
                }
                Target::Narrow(column) => {
                    if let Some(value) = step.value(data, self.big_endian) {
                        rows.set_narrow(column, value as f32);
                    }
                }
                Target::Cadence => {
                    if let Some(value) = step.value(data, self.big_endian) {
                        let part = self.fraction.and_then(|f| f.value(data, self.big_endian)).unwrap_or(0.0);
                        rows.set_narrow(Narrow::Cadence, (value + part) as f32);
                    }
                }
                Target::SpeedDistance => state.apply(data, step.at, rows),
            }
        }
        time
    }
}

const FRACTIONAL_CADENCE: u8 = 53;

/// Rank, target, factor, divisor and offset of the native fields that have a column. Values are
/// `raw * factor / divisor - offset`, so that a decimal scale divides and rounds only once.
fn native(number: u8) -> Option<(u8, Target, f64, f64, f64)> {
    let narrow = Target::Narrow;
    Some(match number {
        0 => (0, Target::Wide(Wide::Lat), 180.0, 2_147_483_648.0, 0.0),
        1 => (0, Target::Wide(Wide::Lon), 180.0, 2_147_483_648.0, 0.0),
        5 => (0, Target::Wide(Wide::Distance), 1.0, 100.0, 0.0),
        73 => (0, narrow(Narrow::Speed), 1.0, 1000.0, 0.0),
        6 => (1, narrow(Narrow::Speed), 1.0, 1000.0, 0.0),
        78 => (0, narrow(Narrow::Altitude), 1.0, 5.0, 500.0),
        2 => (1, narrow(Narrow::Altitude), 1.0, 5.0, 500.0),
        3 => (0, narrow(Narrow::HeartRate), 1.0, 1.0, 0.0),
        4 => (0, Target::Cadence, 1.0, 1.0, 0.0),
        FRACTIONAL_CADENCE => (0, Target::Cadence, 1.0, 128.0, 0.0),
        52 => (1, narrow(Narrow::Cadence), 1.0, 256.0, 0.0),
        7 => (0, narrow(Narrow::Power), 1.0, 1.0, 0.0),
        13 => (0, narrow(Narrow::Temperature), 1.0, 1.0, 0.0),
        8 => (2, Target::SpeedDistance, 1.0, 1.0, 0.0),
        _ => return None,
    })
}

/// The running sum of distances of which a file stores only the lowest 12 bits, in 1/16 m.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Accumulator {
    last: u32,
    total: u64,
}

impl Accumulator {
    /// Adds what has come since the last value, which must be less than 256 m, and gives the sum in metres.
    fn add(&mut self, low_bits: u32) -> f64 {
        self.total += u64::from(low_bits.wrapping_sub(self.last) & 0xFFF);
        self.last = low_bits;
        self.total as f64 / 16.0
    }

    fn apply(&mut self, data: &[u8], at: usize, rows: &mut Rows) {
        let Some(&[a, b, c]) = data.get(at..at + 3).and_then(|bytes| bytes.first_chunk::<3>()) else {
            return;
        };
        if [a, b, c] == [0xFF; 3] {
            return;
        }
        rows.set_narrow(Narrow::Speed, ((u32::from(a) | u32::from(b & 0xF) << 8) as f64 / 100.0) as f32);
        let distance_m = self.add(u32::from(b >> 4) | u32::from(c) << 4);
        rows.set_wide(Wide::Distance, distance_m);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(fields: &[u8], messages: &[&[u8]]) -> Rows {
        let mut bytes = vec![0, 0, 20, 0, (fields.len() / 3) as u8];
        bytes.extend(fields);
        let (definition, _) = Definition::read(&bytes, false).unwrap();
        let plan = Plan::new(&definition, &Descriptions::default());
        let (mut rows, mut state) = (Rows::default(), Accumulator::default());
        for message in messages {
            plan.apply(message, 0, Some(1), &mut state, &mut rows);
        }
        rows.finish();
        rows
    }

    #[test]
    fn an_enhanced_field_wins_unless_it_is_invalid() {
        let fields = [6, 2, 0x84, 73, 4, 0x86];
        let rows = rows_of(&fields, &[&[0xE8, 3, 0xD0, 7, 0, 0], &[0xE8, 3, 255, 255, 255, 255]]);
        assert_eq!(rows.narrow(Narrow::Speed), [2.0, 1.0]);
    }

    #[test]
    fn fractional_cadence_is_added() {
        let rows = rows_of(&[53, 1, 2, 4, 1, 2], &[&[64, 90], &[255, 90]]);
        assert_eq!(rows.narrow(Narrow::Cadence), [90.5, 90.0]);
    }

    #[test]
    fn compressed_distance_rolls_over_at_12_bits() {
        // 1.00 m/s; distances 4080/16 and then 16/16 m, which is 32/16 m further on.
        let rows = rows_of(&[8, 3, 13], &[&[100, 0x00, 0xFF], &[255, 255, 255], &[100, 0x00, 0x01]]);
        assert_eq!(rows.wide(Wide::Distance)[0], 255.0);
        assert!(rows.wide(Wide::Distance)[1].is_nan());
        assert_eq!(rows.wide(Wide::Distance)[2], 257.0);
        assert_eq!(rows.narrow(Narrow::Speed)[0], 1.0);
    }

    #[test]
    fn a_field_of_an_odd_size_is_skipped_and_counted() {
        let bytes = [0, 0, 20, 0, 2, 5, 3, 0x86, 3, 1, 2];
        let (definition, _) = Definition::read(&bytes, false).unwrap();
        let plan = Plan::new(&definition, &Descriptions::default());
        let mut rows = Rows::default();
        plan.apply(&[1, 2, 3, 150], 0, Some(1), &mut Accumulator::default(), &mut rows);
        rows.finish();
        assert_eq!(plan.odd_fields, 1);
        assert_eq!(rows.narrow(Narrow::HeartRate), [150.0]);
        assert!(rows.wide(Wide::Distance).is_empty());
    }

    #[test]
    fn altitude_is_scaled_and_shifted() {
        let rows = rows_of(&[2, 2, 0x84, 0, 4, 0x85], &[&[0xC4, 9, 0, 0, 0, 0x40]]);
        assert_eq!(rows.narrow(Narrow::Altitude), [0.0]);
        assert_eq!(rows.wide(Wide::Lat), [90.0]);
    }
}
