//! The messages beside the records: what they say of the device, the sessions, the laps and the timer.

use super::plan::time_us;
use super::wire::{Message, TIMESTAMP};

/// Global message numbers.
pub(super) mod global {
    pub(in super::super) const FILE_ID: u16 = 0;
    pub(in super::super) const SPORT: u16 = 12;
    pub(in super::super) const SESSION: u16 = 18;
    pub(in super::super) const LAP: u16 = 19;
    pub(in super::super) const RECORD: u16 = 20;
    pub(in super::super) const EVENT: u16 = 21;
    pub(in super::super) const DEVICE_INFO: u16 = 23;
    pub(in super::super) const ACTIVITY: u16 = 34;
    pub(in super::super) const HR: u16 = 132;
    pub(in super::super) const FIELD_DESCRIPTION: u16 = 206;
}

/// A FIT time of a message's field in microseconds since 1970.
fn time_of(message: &Message<'_>, number: u8) -> Option<i64> {
    message.uint(number).map(time_us)
}

fn scaled(message: &Message<'_>, number: u8, divisor: f64) -> Option<f64> {
    message.uint(number).map(|v| f64::from(v) / divisor)
}

/// A session or a lap: both sum up a stretch of the recording.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Summary {
    /// When it began, in microseconds since 1970.
    pub(super) start_us: Option<i64>,
    /// When it was written, which is its end.
    pub(super) end_us: Option<i64>,
    /// Duration with pauses, in seconds.
    pub(super) elapsed_s: Option<f64>,
    /// Duration by the timer, in seconds.
    pub(super) timer_s: Option<f64>,
    /// Length in metres.
    pub(super) distance_m: Option<f64>,
    /// Number of the sport.
    pub(super) sport: Option<u32>,
    /// Number of the sub-sport.
    pub(super) sub_sport: Option<u32>,
    /// What ended it, as FIT numbers it.
    pub(super) trigger: Option<u32>,
}

impl Summary {
    /// Reads a session message.
    pub(super) fn session(message: &Message<'_>) -> Summary {
        Summary {
            sport: message.uint(5),
            sub_sport: message.uint(6),
            trigger: message.uint(28),
            ..Summary::common(message)
        }
    }

    /// Reads a lap message.
    pub(super) fn lap(message: &Message<'_>) -> Summary {
        Summary {
            sport: message.uint(25),
            sub_sport: message.uint(39),
            trigger: message.uint(24),
            ..Summary::common(message)
        }
    }

    fn common(message: &Message<'_>) -> Summary {
        Summary {
            start_us: time_of(message, 2),
            end_us: time_of(message, TIMESTAMP),
            elapsed_s: scaled(message, 7, 1000.0),
            timer_s: scaled(message, 8, 1000.0),
            distance_m: scaled(message, 9, 100.0),
            ..Summary::default()
        }
    }

    /// When it ended: by its start and duration, else when it was written.
    pub(super) fn end(&self) -> Option<i64> {
        let by_duration = self.start_us.zip(self.elapsed_s.filter(|&s| s > 0.0));
        by_duration.map(|(start, s)| start.saturating_add((s * 1e6) as i64)).or(self.end_us)
    }
}

/// The timer was started or stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimerEvent {
    pub(super) time_us: i64,
    pub(super) running: bool,
}

impl TimerEvent {
    /// Reads an event message; `None` if it is not about the timer.
    pub(super) fn read(message: &Message<'_>) -> Option<TimerEvent> {
        const TIMER: u32 = 0;
        if message.uint(0)? != TIMER {
            return None;
        }
        let running = match message.uint(1)? {
            0 => true,
            // Stop, stop all, stop and disable, stop and disable all.
            1 | 4 | 8 | 9 => false,
            _ => return None,
        };
        Some(TimerEvent { time_us: time_of(message, TIMESTAMP)?, running })
    }
}

/// What the file says of itself and of the device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Identity {
    /// The kind of file; 4 is an activity.
    pub(super) file_type: Option<u32>,
    /// The maker's number.
    pub(super) manufacturer: Option<u32>,
    /// The product's number with its maker.
    pub(super) product: Option<u32>,
    /// The product's name, where the file spells it out.
    pub(super) product_name: Option<String>,
}

impl Identity {
    /// Takes in a `file_id` message; the first one counts.
    pub(super) fn add_file_id(&mut self, message: &Message<'_>) {
        self.file_type = self.file_type.or(message.uint(0));
        self.add_device(message.uint(1), message.uint(2), message.text(8));
    }

    /// Takes in a `device_info` message, if it is about the watch itself.
    pub(super) fn add_device_info(&mut self, message: &Message<'_>) {
        if message.uint(0) == Some(0) {
            self.add_device(message.uint(2), message.uint(4), message.text(27));
        }
    }

    fn add_device(&mut self, manufacturer: Option<u32>, product: Option<u32>, name: Option<String>) {
        if self.manufacturer.is_none() {
            (self.manufacturer, self.product) = (manufacturer, product);
        }
        if self.manufacturer == manufacturer && self.product_name.is_none() {
            self.product_name = name;
        }
    }
}

/// Local time minus UTC in seconds from an `activity` message; `None` if it has none or an absurd one.
pub(super) fn utc_offset_s(message: &Message<'_>) -> Option<i32> {
    let utc = i64::from(message.uint(TIMESTAMP)?);
    let local = i64::from(message.uint(5)?);
    // Clocks are set by quarters of an hour; the two times are not always taken in the same second.
    let quarters = (local - utc + 450).div_euclid(900);
    (-56..=60).contains(&quarters).then(|| quarters as i32 * 900)
}

#[cfg(test)]
mod tests {
    use super::super::wire::Definition;
    use super::*;

    fn with_message<T>(fields: &[u8], data: &[u8], read: impl Fn(&Message<'_>) -> T) -> T {
        let mut bytes = vec![0, 0, 0, 0, (fields.len() / 3) as u8];
        bytes.extend(fields);
        let (definition, _) = Definition::read(&bytes, false).unwrap();
        read(&definition.message(data))
    }

    #[test]
    fn a_timer_event_starts_or_stops() {
        let fields = [253, 4, 0x86, 0, 1, 0, 1, 1, 0];
        for (kind, expected) in [(0, Some(true)), (4, Some(false)), (1, Some(false)), (3, None)] {
            let event = with_message(&fields, &[10, 0, 0, 0, 0, kind], TimerEvent::read);
            assert_eq!(event.map(|e| e.running), expected);
        }
        assert_eq!(with_message(&fields, &[10, 0, 0, 0, 9, 0], TimerEvent::read), None);
    }

    #[test]
    fn the_zone_is_a_whole_quarter_of_an_hour() {
        let fields = [253, 4, 0x86, 5, 4, 0x86];
        let offset = |local: i32| {
            let mut data = 1_000_000i32.to_le_bytes().to_vec();
            data.extend(local.to_le_bytes());
            with_message(&fields, &data, utc_offset_s)
        };
        assert_eq!(offset(1_007_199), Some(7200));
        assert_eq!(offset(1_000_000 - 12_600), Some(-12_600));
        assert_eq!(offset(0), None);
    }

    #[test]
    fn a_summary_ends_after_its_duration() {
        let fields = [2, 4, 0x86, 7, 4, 0x86];
        let summary = with_message(&fields, &[10, 0, 0, 0, 0xE8, 3, 0, 0], Summary::session);
        assert_eq!(summary.end(), Some(time_us(11)));
    }
}
