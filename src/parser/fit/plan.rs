//! How record messages become rows: compiled once for each definition, then applied without looking anything
//! up or allocating.
//!
//! Most files define their records once, so these are read a block at a time, column by column: each field
//! has its own short loop instead of a decision for each value.
//!
//! A definition may repeat a value in several fields (`speed` and `enhanced_speed`). The steps of a plan are
//! ordered by how good the field is, and a row keeps the first value that it gets.

use super::developer::Descriptions;
use super::wire::{Definition, Field, base, base_size, number_at};
use crate::parser::rows::{Narrow, Rows, Wide};

/// Seconds from 1970 to the start of FIT's calendar, 31 December 1989.
pub(super) const EPOCH_S: i64 = 631_065_600;

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

/// A field's value is `raw * factor / divisor - offset`. Where the result is rounded to 24 bits the decimal
/// scale is a factor, which is quicker; elsewhere a divisor, which rounds only once.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: usize,
    base: u8,
    target: Target,
    factor: f64,
    divisor: Option<f64>,
    offset: f64,
}

impl Step {
    /// Reads the field from each record into `out`; NaN where it is missing or invalid.
    fn read(&self, block: Block<'_>, big_endian: bool, out: &mut [f64]) {
        // The types of nearly all fields have a loop of their own; one branch inside would cost more than the
        // rest of the loop.
        match (self.base, big_endian) {
            (base::UINT8, _) => {
                self.each(block, out, |[v]: [u8; 1]| (v != u8::MAX).then_some(f64::from(v)));
            }
            (base::UINT16, false) => self.each(block, out, |bytes| {
                let v = u16::from_le_bytes(bytes);
                (v != u16::MAX).then_some(f64::from(v))
            }),
            (base::UINT32, false) => self.each(block, out, |bytes| {
                let v = u32::from_le_bytes(bytes);
                (v != u32::MAX).then_some(f64::from(v))
            }),
            (base::SINT32, false) => self.each(block, out, |bytes| {
                let v = i32::from_le_bytes(bytes);
                (v != i32::MAX).then_some(f64::from(v))
            }),
            _ => {
                for (out, record) in out.iter_mut().zip(block.records()) {
                    *out = number_at(record, self.at, self.base, big_endian).unwrap_or(f64::NAN);
                }
            }
        }
        for out in out.iter_mut() {
            *out *= self.factor;
        }
        if let Some(divisor) = self.divisor {
            out.iter_mut().for_each(|out| *out /= divisor);
        }
        if self.offset != 0.0 {
            out.iter_mut().for_each(|out| *out -= self.offset);
        }
    }

    #[inline]
    fn each<const N: usize>(&self, block: Block<'_>, out: &mut [f64], read: impl Fn([u8; N]) -> Option<f64>) {
        for (out, record) in out.iter_mut().zip(block.records()) {
            let bytes = record.get(self.at..).and_then(|rest| rest.first_chunk::<N>());
            *out = bytes.and_then(|&bytes| read(bytes)).unwrap_or(f64::NAN);
        }
    }
}

/// How many records a block has at most: so many that all it touches stays in the nearest caches.
pub(super) const BLOCK: usize = 256;

/// Data messages of one definition, the latest rows in order; other messages may lie between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// The whole file.
    pub(super) bytes: &'a [u8],
    /// Where each message begins, behind its header byte.
    pub(super) starts: &'a [usize],
    /// The length of each.
    pub(super) size: usize,
}

impl<'a> Block<'a> {
    fn records(self) -> impl Iterator<Item = &'a [u8]> {
        self.starts.iter().map(move |&at| self.bytes.get(at..at + self.size).unwrap_or_default())
    }
}

/// What to do with the data messages of one definition of `record`.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    big_endian: bool,
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
                    let (factor, divisor, offset) = (d.factor, d.divisor, d.offset);
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
        let Some((rank, target, factor, divisor, offset)) = native(field.number) else { return };
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

    /// Gives the latest rows, one for each message of the block, their values, column by column.
    pub(super) fn apply(&self, block: Block<'_>, state: &mut State, rows: &mut Rows) {
        let count = block.starts.len().min(BLOCK);
        let first = rows.len().saturating_sub(count);
        let State { distance, values, fractions } = state;
        let (values, fractions) = (&mut values[..count], &mut fractions[..count]);
        for step in &self.steps {
            match step.target {
                Target::SpeedDistance => distance.apply(block, step.at, values, first, rows),
                Target::Wide(column) => {
                    step.read(block, self.big_endian, values);
                    rows.extend_wide(column, first, values);
                }
                Target::Narrow(column) => {
                    step.read(block, self.big_endian, values);
                    rows.extend_narrow(column, first, values);
                }
                Target::Cadence => {
                    step.read(block, self.big_endian, values);
                    self.add_fractions(block, values, fractions);
                    rows.extend_narrow(Narrow::Cadence, first, values);
                }
            }
        }
    }

    fn add_fractions(&self, block: Block<'_>, cadences: &mut [f64], fractions: &mut [f64]) {
        let Some(fraction) = &self.fraction else { return };
        fraction.read(block, self.big_endian, fractions);
        for (cadence, fraction) in cadences.iter_mut().zip(&*fractions) {
            *cadence += if fraction.is_nan() { 0.0 } else { *fraction };
        }
    }
}

const FRACTIONAL_CADENCE: u8 = 53;

/// Rank, target, factor, divisor and offset of the native fields that have a column.
fn native(number: u8) -> Option<(u8, Target, f64, Option<f64>, f64)> {
    /// Exact, as a product with 32 bits fits into 53.
    const DEGREES: f64 = 180.0 / 2_147_483_648.0;
    let narrow = Target::Narrow;
    Some(match number {
        0 => (0, Target::Wide(Wide::Lat), DEGREES, None, 0.0),
        1 => (0, Target::Wide(Wide::Lon), DEGREES, None, 0.0),
        5 => (0, Target::Wide(Wide::Distance), 1.0, Some(100.0), 0.0),
        73 => (0, narrow(Narrow::Speed), 1e-3, None, 0.0),
        6 => (1, narrow(Narrow::Speed), 1e-3, None, 0.0),
        78 => (0, narrow(Narrow::Altitude), 0.2, None, 500.0),
        2 => (1, narrow(Narrow::Altitude), 0.2, None, 500.0),
        3 => (0, narrow(Narrow::HeartRate), 1.0, None, 0.0),
        4 => (0, Target::Cadence, 1.0, None, 0.0),
        FRACTIONAL_CADENCE => (0, Target::Cadence, 1.0 / 128.0, None, 0.0),
        52 => (1, narrow(Narrow::Cadence), 1.0 / 256.0, None, 0.0),
        7 => (0, narrow(Narrow::Power), 1.0, None, 0.0),
        13 => (0, narrow(Narrow::Temperature), 1.0, None, 0.0),
        8 => (2, Target::SpeedDistance, 1.0, None, 0.0),
        _ => return None,
    })
}

/// What is carried from block to block, and room for a block's values so that none has to be cleared.
#[derive(Debug)]
pub(super) struct State {
    distance: Accumulator,
    values: [f64; BLOCK],
    fractions: [f64; BLOCK],
}

impl Default for State {
    fn default() -> Self {
        State { distance: Accumulator::default(), values: [0.0; BLOCK], fractions: [0.0; BLOCK] }
    }
}

/// The running sum of distances of which a file stores only the lowest 12 bits, in 1/16 m.
#[derive(Debug, Clone, Copy, Default)]
struct Accumulator {
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

    fn apply(&mut self, block: Block<'_>, at: usize, values: &mut [f64], first: usize, rows: &mut Rows) {
        let fields = || {
            block.records().map(|record| match record.get(at..).and_then(|rest| rest.first_chunk()) {
                None | Some([0xFF, 0xFF, 0xFF]) => None,
                Some(&[a, b, c]) => Some([u32::from(a), u32::from(b), u32::from(c)]),
            })
        };
        for (value, field) in values.iter_mut().zip(fields()) {
            *value = field.map_or(f64::NAN, |[a, b, _]| f64::from(a | (b & 0xF) << 8) / 100.0);
        }
        rows.extend_narrow(Narrow::Speed, first, values);
        for (value, field) in values.iter_mut().zip(fields()) {
            *value = field.map_or(f64::NAN, |[_, b, c]| self.add(b >> 4 | c << 4));
        }
        rows.extend_wide(Wide::Distance, first, values);
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
        let (mut rows, mut state) = (Rows::default(), State::default());
        for message in messages {
            rows.begin(1, 0);
            let block = Block { bytes: message, starts: &[0], size: message.len() };
            plan.apply(block, &mut state, &mut rows);
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
        rows.begin(1, 0);
        let block = Block { bytes: &[1, 2, 3, 150], starts: &[0], size: 4 };
        plan.apply(block, &mut State::default(), &mut rows);
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
