//! The rows of a recording as its file has them: in file order, unrepaired, with absolute times.
//!
//! All three readers fill the same columns. A row takes the first value it gets for a column and ignores
//! later ones, so a reader offers the better source of a value first. Columns grow only when a value comes:
//! a column that a file never fills costs nothing.

use crate::activity::{Column, Number, Samples};

/// The time of a row that has none.
pub(super) const NO_TIME: i64 = i64::MIN;

/// Columns that need all 53 bits: positions and distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Wide {
    /// Latitude in degrees.
    Lat,
    /// Longitude in degrees.
    Lon,
    /// Distance in metres.
    Distance,
    /// Distance in metres from a developer field.
    DeveloperDistance,
}

/// Columns for which 24 bits are plenty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Narrow {
    /// Metres per second.
    Speed,
    /// Metres.
    Altitude,
    /// Beats per minute.
    HeartRate,
    /// As the file has it: one leg or both.
    Cadence,
    /// Watts.
    Power,
    /// Degrees Celsius.
    Temperature,
    /// Speed from a developer field.
    DeveloperSpeed,
    /// Heart rate from a developer field.
    DeveloperHeartRate,
    /// Cadence from a developer field.
    DeveloperCadence,
    /// Power from a developer field.
    DeveloperPower,
}

const WIDE: usize = 4;
const NARROW: usize = 10;

/// Rows in file order.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// Microseconds since 1970, or [`NO_TIME`].
    pub(super) time_us: Vec<i64>,
    /// Where in the file each row begins, in bytes; saturates at 4 GiB, where places cease to be exact.
    pub(super) offset: Vec<u32>,
    wide: [Vec<f64>; WIDE],
    narrow: [Vec<f32>; NARROW],
    /// How many rows to make room for when a column gets its first value.
    expected: usize,
}

impl Rows {
    /// Makes room for about this many further rows.
    pub(super) fn expect(&mut self, further: usize) {
        self.time_us.reserve_exact(further);
        self.offset.reserve_exact(further);
        self.expected = self.len().saturating_add(further);
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.time_us.len()
    }

    /// Begins a row; the values that follow belong to it.
    #[inline]
    pub(super) fn begin(&mut self, time_us: i64, offset: usize) {
        self.time_us.push(time_us);
        self.offset.push(u32::try_from(offset).unwrap_or(u32::MAX));
    }

    /// Gives the last row its time, unless it has one.
    pub(super) fn set_time(&mut self, time_us: i64) {
        if let Some(last) = self.time_us.last_mut().filter(|last| **last == NO_TIME) {
            *last = time_us;
        }
    }

    /// Gives the last row a value, unless it has one in this column.
    #[inline]
    pub(super) fn set_wide(&mut self, column: Wide, value: f64) {
        if let (Some(row), Some(column)) =
            (self.time_us.len().checked_sub(1), self.wide.get_mut(column as usize))
        {
            put(column, row, value, self.expected);
        }
    }

    /// Gives the last row a value, unless it has one in this column.
    #[inline]
    pub(super) fn set_narrow(&mut self, column: Narrow, value: f32) {
        if let (Some(row), Some(column)) =
            (self.time_us.len().checked_sub(1), self.narrow.get_mut(column as usize))
        {
            put(column, row, value, self.expected);
        }
    }

    /// Gives all rows from `first` on their values, NaN for none, unless they have one in this column.
    pub(super) fn extend_wide(&mut self, column: Wide, first: usize, values: &[f64]) {
        extend(&mut self.wide[column as usize], first, values, self.expected, |v| v);
    }

    /// Gives all rows from `first` on their values, NaN for none, unless they have one in this column.
    pub(super) fn extend_narrow(&mut self, column: Narrow, first: usize, values: &[f64]) {
        extend(&mut self.narrow[column as usize], first, values, self.expected, |v| v as f32);
    }

    /// Brings every column that has any value to full length; to be called when the last row is complete.
    pub(super) fn finish(&mut self) {
        let len = self.len();
        self.wide.iter_mut().filter(|c| !c.is_empty()).for_each(|c| c.resize(len, f64::NAN));
        self.narrow.iter_mut().filter(|c| !c.is_empty()).for_each(|c| c.resize(len, f32::NAN));
    }

    /// The values of a column, one for each row and NaN where it has none; empty without any value.
    pub(super) fn wide(&self, column: Wide) -> &[f64] {
        &self.wide[column as usize]
    }

    /// The values of a column, one for each row and NaN where it has none; empty without any value.
    pub(super) fn narrow(&self, column: Narrow) -> &[f32] {
        &self.narrow[column as usize]
    }

    /// A column to change.
    pub(super) fn wide_mut(&mut self, column: Wide) -> &mut Vec<f64> {
        &mut self.wide[column as usize]
    }

    /// A column to change.
    pub(super) fn narrow_mut(&mut self, column: Narrow) -> &mut Vec<f32> {
        &mut self.narrow[column as usize]
    }

    /// Takes the rows from `row` on away into a new value; all columns must have full length.
    pub(super) fn split_off(&mut self, row: usize) -> Rows {
        let row = row.min(self.len());
        Rows {
            time_us: split(&mut self.time_us, row),
            offset: split(&mut self.offset, row),
            wide: self.wide.each_mut().map(|column| split(column, row)),
            narrow: self.narrow.each_mut().map(|column| split(column, row)),
            expected: 0,
        }
    }

    /// Appends all rows of another value.
    pub(super) fn append(&mut self, mut other: Rows) {
        self.finish();
        other.finish();
        let (before, after) = (self.len(), self.len() + other.len());
        self.time_us.append(&mut other.time_us);
        self.offset.append(&mut other.offset);
        for (ours, theirs) in self.wide.iter_mut().zip(&mut other.wide) {
            join(ours, theirs, before, after);
        }
        for (ours, theirs) in self.narrow.iter_mut().zip(&mut other.narrow) {
            join(ours, theirs, before, after);
        }
    }

    /// Keeps the rows for which `keep` says so.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        retain(&mut self.time_us, keep);
        retain(&mut self.offset, keep);
        self.wide.iter_mut().for_each(|column| retain(column, keep));
        self.narrow.iter_mut().for_each(|column| retain(column, keep));
    }

    /// Fills what row `to` lacks from row `from`; a position is taken whole or not at all. Says whether
    /// anything was filled in.
    pub(super) fn fill_from(&mut self, to: usize, from: usize) -> bool {
        let lat = &self.wide[Wide::Lat as usize];
        let has_position = lat.get(to).is_some_and(|v| !v.is_nan());
        let mut filled = false;
        for (index, column) in self.wide.iter_mut().enumerate() {
            if !(has_position && index <= Wide::Lon as usize) {
                filled |= fill(column, to, from);
            }
        }
        for column in &mut self.narrow {
            filled |= fill(column, to, from);
        }
        filled
    }

    /// The repaired rows as samples, with the first row as time zero. The times must increase.
    pub(super) fn into_samples(self) -> Samples {
        let start = self.time_us.first().copied().unwrap_or(0);
        // Both element types have 8 bytes, so this reuses the allocation.
        let elapsed_s: Vec<f64> =
            self.time_us.into_iter().map(|t| t.saturating_sub(start) as f64 / 1e6).collect();
        let [lat, lon, distance, _] = self.wide.map(trimmed);
        let [speed, altitude, heart_rate, cadence, power, temperature, ..] = self.narrow.map(trimmed);
        let has_position = lat.iter().any(|v| !v.is_nan());
        Samples {
            elapsed_s: trimmed(elapsed_s),
            lat_deg: has_position.then(|| Column::from_vec(lat)),
            lon_deg: has_position.then(|| Column::from_vec(lon)),
            distance_m: filled(distance),
            speed_mps: filled(speed),
            altitude_m: filled(altitude),
            heart_rate_bpm: filled(heart_rate),
            cadence_spm: filled(cadence),
            power_w: filled(power),
            temperature_c: filled(temperature),
        }
    }
}

#[inline]
fn put<T: Number>(column: &mut Vec<T>, row: usize, value: T, expected: usize) {
    if column.len() == row && row < column.capacity() {
        column.push(value);
    } else {
        put_elsewhere(column, row, value, expected);
    }
}

#[cold]
fn put_elsewhere<T: Number>(column: &mut Vec<T>, row: usize, value: T, expected: usize) {
    if let Some(place) = column.get_mut(row) {
        if place.is_missing() {
            *place = value;
        }
        return;
    }
    if column.capacity() <= row && expected > row {
        column.reserve_exact(expected - column.len());
    }
    column.resize(row, T::MISSING);
    column.push(value);
}

fn extend<T: Number>(
    column: &mut Vec<T>,
    first: usize,
    values: &[f64],
    expected: usize,
    convert: impl Fn(f64) -> T,
) {
    let full = first + values.len();
    if column.len() > first {
        for (place, &value) in column[first..].iter_mut().zip(values).filter(|(place, _)| place.is_missing())
        {
            *place = convert(value);
        }
        return;
    }
    // A column that has never had a value stays empty, for it may never get one.
    if column.is_empty() && values.iter().all(|v| v.is_nan()) {
        return;
    }
    if column.capacity() < full && expected >= full {
        column.reserve_exact(expected - column.len());
    }
    column.resize(first, T::MISSING);
    column.extend(values.iter().map(|&v| convert(v)));
}

fn join<T: Number>(ours: &mut Vec<T>, theirs: &mut Vec<T>, before: usize, after: usize) {
    if !theirs.is_empty() {
        ours.resize(before, T::MISSING);
        ours.append(theirs);
    } else if !ours.is_empty() {
        ours.resize(after, T::MISSING);
    }
}

/// Takes the values from `row` on away, and gives their memory back before the next column is split.
fn split<T>(values: &mut Vec<T>, row: usize) -> Vec<T> {
    let tail = values.split_off(row.min(values.len()));
    values.shrink_to_fit();
    tail
}

fn retain<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut flags = keep.iter();
    values.retain(|_| flags.next().copied().unwrap_or(true));
}

fn fill<T: Number>(column: &mut [T], to: usize, from: usize) -> bool {
    let Some(value) = column.get(from).copied().filter(|v| !v.is_missing()) else { return false };
    match column.get_mut(to) {
        Some(place) if place.is_missing() => {
            *place = value;
            true
        }
        _ => false,
    }
}

/// Gives memory back that was reserved for rows which never came.
fn trimmed<T>(mut values: Vec<T>) -> Vec<T> {
    if values.capacity() - values.len() > values.len() / 8 {
        values.shrink_to_fit();
    }
    values
}

fn filled<T: Number>(values: Vec<T>) -> Option<Column<T>> {
    values.iter().any(|v| !v.is_missing()).then(|| Column::from_vec(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Rows {
        let mut rows = Rows::default();
        rows.begin(1_000_000, 0);
        rows.set_narrow(Narrow::HeartRate, 150.0);
        rows.set_narrow(Narrow::HeartRate, 99.0);
        rows.begin(1_500_000, 10);
        rows.set_wide(Wide::Distance, 4.0);
        rows.finish();
        rows
    }

    #[test]
    fn a_row_keeps_its_first_value_and_columns_have_full_length() {
        let samples = two_rows().into_samples();
        assert_eq!(samples.elapsed_s, [0.0, 0.5]);
        assert_eq!(samples.heart_rate_bpm.unwrap().iter().collect::<Vec<_>>(), [Some(150.0), None]);
        assert_eq!(samples.distance_m.unwrap().iter().collect::<Vec<_>>(), [None, Some(4.0)]);
        assert!(samples.lat_deg.is_none());
    }

    #[test]
    fn splitting_and_appending_are_inverse() {
        let mut rows = two_rows();
        let tail = rows.split_off(1);
        assert_eq!((rows.len(), tail.len()), (1, 1));
        rows.append(tail);
        assert_eq!(rows.time_us, two_rows().time_us);
        assert_eq!(rows.wide(Wide::Distance)[1], 4.0);
        assert!(rows.narrow(Narrow::HeartRate)[1].is_nan());
    }

    #[test]
    fn filling_takes_a_position_whole_or_not_at_all() {
        let mut rows = Rows::default();
        rows.begin(0, 0);
        rows.set_wide(Wide::Lat, 1.0);
        rows.begin(0, 0);
        rows.set_wide(Wide::Lat, 2.0);
        rows.set_wide(Wide::Lon, 2.0);
        rows.set_wide(Wide::Distance, 7.0);
        rows.finish();
        assert!(rows.fill_from(0, 1));
        assert!(rows.wide(Wide::Lon)[0].is_nan());
        assert_eq!(rows.wide(Wide::Distance)[0], 7.0);
    }
}
