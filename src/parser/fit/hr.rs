//! Heart rates that come in `hr` messages: some chest straps store beats during a swim and hand them over
//! later, with their own clock.

use super::plan::time_us;
use super::wire::Message;
use crate::parser::rows::{NO_TIME, Narrow, Rows};

/// How far a beat may lie from a row to speak for it, in microseconds.
const REACH_US: i64 = 5_000_000;

/// The beats read so far and the strap's clock, which counts 1/1024 s.
#[derive(Debug, Clone, Default)]
pub(super) struct Beats {
    /// Time in microseconds since 1970 and heart rate.
    beats: Vec<(i64, u8)>,
    /// A time in microseconds and the strap's clock at that moment.
    anchor: Option<(i64, u64)>,
    clock: u64,
}

impl Beats {
    /// Takes in an `hr` message.
    pub(super) fn add(&mut self, message: &Message<'_>) {
        const FRACTION: u8 = 0;
        const FILTERED_BPM: u8 = 6;
        const EVENT_TIMESTAMP: u8 = 9;
        const EVENT_TIMESTAMP_12: u8 = 10;
        let full: Vec<u64> = message.uints(EVENT_TIMESTAMP).flatten().map(u64::from).collect();
        if let (Some(time), Some(&clock)) = (message.uint(super::wire::TIMESTAMP), full.first()) {
            let fraction_us = message.uint(FRACTION).map_or(0, |f| i64::from(f) * 1_000_000 / 32_768);
            self.anchor = Some((time_us(time) + fraction_us, clock));
        }
        let mut bpm = message.uints(FILTERED_BPM);
        for clock in full {
            self.clock = clock;
            self.beat(bpm.next().flatten());
        }
        for low_bits in twelve_bits(message.raw(EVENT_TIMESTAMP_12).unwrap_or_default()) {
            self.clock = self.clock.saturating_add(low_bits.wrapping_sub(self.clock) & 0xFFF);
            self.beat(bpm.next().flatten());
        }
    }

    fn beat(&mut self, bpm: Option<u32>) {
        let (Some((time, clock)), Some(bpm @ 1..=254)) = (self.anchor, bpm) else { return };
        let since = i128::from(self.clock) - i128::from(clock);
        let time = i128::from(time) + since * 1_000_000 / 1024;
        if let Ok(time) = i64::try_from(time) {
            self.beats.push((time, bpm as u8));
        }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.beats.is_empty()
    }

    /// Adds the beats of another part of the file.
    pub(super) fn append(&mut self, other: Beats) {
        self.beats.extend(other.beats);
    }

    /// Puts the beats in order of time.
    pub(super) fn sort(&mut self) {
        self.beats.sort_unstable();
    }

    /// Gives each row without a heart rate the one of the nearest beat; says how many got one.
    ///
    /// The beats must be in order of time ([`Beats::sort`]).
    pub(super) fn fill(&self, rows: &mut Rows) -> usize {
        let beats = &self.beats;
        let values: Vec<Option<f32>> = rows.time_us.iter().map(|&t| nearest(beats, t)).collect();
        let len = rows.len();
        let column = rows.narrow_mut(Narrow::HeartRate);
        column.resize(len, f32::NAN);
        let mut filled = 0;
        for (place, value) in column.iter_mut().zip(values) {
            if let (true, Some(value)) = (place.is_nan(), value) {
                *place = value;
                filled += 1;
            }
        }
        filled
    }
}

fn nearest(beats: &[(i64, u8)], time: i64) -> Option<f32> {
    if time == NO_TIME {
        return None;
    }
    let after = beats.partition_point(|&(t, _)| t < time);
    let around = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|i| beats.get(i));
    around
        .map(|&(t, bpm)| (t.saturating_sub(time).saturating_abs(), bpm))
        .min()
        .filter(|&(away, _)| away <= REACH_US)
        .map(|(_, bpm)| f32::from(bpm))
}

/// Unpacks pairs of 12-bit numbers from triples of bytes, the low bits first.
fn twelve_bits(bytes: &[u8]) -> impl Iterator<Item = u64> + '_ {
    bytes.chunks_exact(3).flat_map(|triple| {
        let [a, b, c] = [u64::from(triple[0]), u64::from(triple[1]), u64::from(triple[2])];
        [a | (b & 0xF) << 8, b >> 4 | c << 4]
    })
}

#[cfg(test)]
mod tests {
    use super::super::wire::Definition;
    use super::*;

    #[test]
    fn beats_are_placed_by_the_straps_own_clock() {
        let mut beats = Beats::default();
        let bytes = [0, 0, 132, 0, 3, 253, 4, 0x86, 9, 4, 0x86, 6, 1, 2];
        let (definition, _) = Definition::read(&bytes, false).unwrap();
        // At 100 s the strap's clock is at 0xF00.
        beats.add(&definition.message(&[100, 0, 0, 0, 0, 0x0F, 0, 0, 120]));
        let bytes = [0, 0, 132, 0, 2, 10, 3, 13, 6, 2, 2];
        let (definition, _) = Definition::read(&bytes, false).unwrap();
        // 0x300 has rolled over: 1024 ticks later; 0x700 another 1024.
        beats.add(&definition.message(&[0x00, 0x03, 0x70, 130, 140]));
        let second = 1_000_000;
        assert_eq!(
            beats.beats,
            [(time_us(100), 120), (time_us(100) + second, 130), (time_us(100) + 2 * second, 140)]
        );
        let mut rows = Rows::default();
        rows.begin(time_us(101), 0);
        rows.begin(time_us(200), 0);
        rows.finish();
        assert_eq!(beats.fill(&mut rows), 1);
        assert_eq!(rows.narrow(Narrow::HeartRate)[0], 130.0);
    }
}
