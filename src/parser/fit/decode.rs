//! The walk through one FIT file: message by message, from the header to the CRC.
//!
//! How this works: definitions and data messages alternate. A definition says what the data messages of its
//! local number (0 to 15) hold, until another one replaces it. The many `record` messages go through a
//! compiled [`Plan`]; the few others are asked for their fields. Whatever breaks the walk is noted and ends
//! or resumes it; what was read before stays.

use crc::{CRC_16_ARC, Crc, Table};

use super::developer::Descriptions;
use super::hr::Beats;
use super::messages::{Identity, Summary, TimerEvent, global, utc_offset_s};
use super::plan::{BLOCK, Block, Plan, State, time_us};
use super::resync::next_sound_place;
use super::wire::{Definition, Header, Message, NoDefinition, u16_at};
use crate::error::Place;
use crate::notice::Notice;
use crate::parser::rows::{NO_TIME, Rows};

/// FIT's checksum. Slices of 16 bytes make it cheaper than the decoding.
const CRC: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_ARC);

/// No recording has more sessions; a file with more is made to exhaust whoever reads it.
const MAX_SESSIONS: usize = 100;

/// No recording has more laps.
const MAX_LAPS: usize = 100_000;

/// Everything that one FIT file says; a chain of files is several links.
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    pub(super) rows: Rows,
    pub(super) identity: Identity,
    pub(super) sessions: Vec<Summary>,
    pub(super) laps: Vec<Summary>,
    pub(super) timer: Vec<TimerEvent>,
    pub(super) beats: Beats,
    /// Sport and sub-sport of a `sport` message.
    pub(super) sport: Option<(u32, u32)>,
    pub(super) utc_offset_s: Option<i32>,
    pub(super) notices: Vec<Notice>,
}

/// Reads the FIT file that begins at `start`; also says where the next one would begin. `None` if there is
/// no FIT header at `start`.
pub(super) fn read_link(bytes: &[u8], start: usize) -> Option<(Link, usize)> {
    let header = Header::read(bytes.get(start..)?)?;
    let mut link = Link::default();
    let (data, end, next) = extent(bytes, start, &header, &mut link);
    Walk::new(bytes.get(..end).unwrap_or(bytes), data, &mut link).run();
    link.rows.finish();
    Some((link, next))
}

/// Where the messages begin and end and where the next file would begin; checks lengths and CRCs.
fn extent(bytes: &[u8], start: usize, header: &Header, link: &mut Link) -> (usize, usize, usize) {
    let place = Place::Byte(start as u64);
    let mut size = header.size;
    if size < 12 || start.saturating_add(size) > bytes.len() {
        let message = format!("the header claims a length of {size} bytes, which cannot be");
        link.note(Notice::new("header-length", 1, message).at(place));
        size = if bytes.len() >= start + 14 { 14 } else { 12 };
    }
    let data = start + size;
    if header.data_size == 0 {
        let message = "the header says that the file is empty: the device never finished it; read to the end";
        link.note(Notice::new("unfinished-file", 1, message).at(place));
        return (data, bytes.len(), bytes.len());
    }
    let end = data.saturating_add(header.data_size);
    let Some(stored) = u16_at(bytes, end, false) else {
        if end >= bytes.len() {
            let message = format!(
                "the file is cut off: it should have {} bytes and has {}; what came before the cut was read",
                end.saturating_add(2),
                bytes.len()
            );
            link.note(Notice::new("truncated", 1, message).at(Place::Byte(bytes.len() as u64)));
        } else {
            link.note(Notice::new("truncated", 1, "the checksum at the end is cut off").at(place));
        }
        return (data, end.min(bytes.len()), bytes.len());
    };
    if end + 2 < bytes.len()
        && Header::read(&bytes[end + 2..]).is_none()
        && CRC.checksum(&bytes[start..end]) != stored
    {
        // The checksum is not where the header says: there are messages behind.
        let next = next_header(bytes, end + 2).unwrap_or(bytes.len());
        let message = format!(
            "the header promises {} bytes of messages and the checksum behind them is wrong; read on for {} bytes",
            header.data_size,
            next - end
        );
        link.note(Notice::new("data-size", 1, message).at(place));
        return (data, next.saturating_sub(2).max(end), next);
    }
    check_crc(bytes, (start, end), stored, header, link);
    (data, end, end + 2)
}

/// Where the next FIT header begins, by its four letters.
pub(super) fn next_header(bytes: &[u8], from: usize) -> Option<usize> {
    let letters = bytes.get(from.checked_add(8)?..)?;
    letters.windows(4).position(|window| window == b".FIT").map(|at| from + at)
}

/// Compares the stored checksums with the bytes; a header checksum of 0 means that there is none.
fn check_crc(bytes: &[u8], (start, end): (usize, usize), stored: u16, header: &Header, link: &mut Link) {
    if let Some(crc) = header.crc.filter(|&crc| crc != 0) {
        let computed = bytes.get(start..start + 12).map(|b| CRC.checksum(b));
        if computed.is_some_and(|computed| computed != crc) {
            let message = "the checksum of the header is wrong; the file was read all the same";
            link.note(Notice::new("header-checksum", 1, message).at(Place::Byte(start as u64 + 12)));
        }
    }
    let computed = bytes.get(start..end).map_or(0, |b| CRC.checksum(b));
    if computed != stored {
        let message = format!(
            "the checksum is {computed:#06x}, the file says {stored:#06x}: some bytes are not as written"
        );
        link.note(Notice::new("checksum", 1, message).at(Place::Byte(end as u64)));
    }
}

/// The state of the walk.
struct Walk<'a> {
    /// All bytes up to the end of the messages.
    bytes: &'a [u8],
    at: usize,
    link: &'a mut Link,
    definitions: [Option<Definition>; 16],
    /// For each local number that stands for `record`, how to read it.
    plans: [Option<Plan>; 16],
    descriptions: Descriptions,
    state: State,
    /// Where the records begin whose values are still to be read, and their local number.
    block: Vec<usize>,
    block_of: usize,
    /// The last full time, on which compressed ones build.
    time: Option<u32>,
    odd_fields: (usize, usize),
    lost: usize,
}

/// Why the walk cannot go on at some place.
enum Fault {
    /// The bytes end inside a message.
    Cut,
    /// A definition or data message makes no sense.
    Broken(String),
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8], at: usize, link: &'a mut Link) -> Walk<'a> {
        Walk {
            bytes,
            at,
            link,
            definitions: Default::default(),
            plans: Default::default(),
            descriptions: Descriptions::default(),
            state: State::default(),
            block: Vec::with_capacity(BLOCK),
            block_of: 0,
            time: None,
            odd_fields: (0, 0),
            lost: 0,
        }
    }

    fn run(mut self) {
        while self.at < self.bytes.len() {
            match self.message() {
                Ok(()) => {}
                Err(Fault::Cut) => {
                    self.note_cut();
                    break;
                }
                Err(Fault::Broken(what)) => {
                    if !self.resume(&what) {
                        break;
                    }
                }
            }
        }
        self.flush();
        if self.odd_fields.0 > 0 {
            let message = "fields whose size does not fit their type were skipped";
            let place = Place::Byte(self.odd_fields.1 as u64);
            self.link.note(Notice::new("odd-field-size", self.odd_fields.0, message).at(place));
        }
    }

    /// Reads one message and moves behind it.
    #[inline]
    fn message(&mut self) -> Result<(), Fault> {
        let header = self.bytes[self.at];
        if header & 0x80 != 0 {
            // Bits 5 and 6 are the local number, the rest the lowest bits of the time.
            self.time = self
                .time
                .map(|last| last.saturating_add(u32::from(header & 0x1F).wrapping_sub(last & 0x1F) & 0x1F));
            self.data(usize::from(header >> 5 & 3), true)
        } else if header & 0x40 != 0 {
            self.define(usize::from(header & 0xF), header & 0x20 != 0)
        } else {
            self.data(usize::from(header & 0xF), false)
        }
    }

    #[inline]
    fn data(&mut self, local: usize, compressed: bool) -> Result<(), Fault> {
        let Some(definition) = &self.definitions[local] else {
            return Err(Fault::Broken(format!("a data message of type {local}, which was never defined")));
        };
        let (at, from) = (self.at, self.at + 1);
        let data = self.bytes.get(from..from + definition.size).ok_or(Fault::Cut)?;
        self.at = from + data.len();
        let stamp = definition.time(data);
        self.time = stamp.or(self.time);
        if self.plans[local].is_some() {
            // Only a compressed header carries a time over to a record without one.
            let time = if compressed { self.time } else { stamp };
            self.record(local, at, time);
            return Ok(());
        }
        if definition.global == global::FIELD_DESCRIPTION {
            let message = definition.message(data);
            if self.descriptions.add(&message) {
                self.compile_all();
            }
        } else {
            self.link.take(definition.global, &definition.message(data));
        }
        Ok(())
    }

    /// Adds a row, and its message to the block, which is read when it is full or when something else comes.
    #[inline]
    fn record(&mut self, local: usize, at: usize, time: Option<u32>) {
        if self.block.len() == BLOCK || self.block_of != local {
            self.flush();
            self.block_of = local;
        }
        self.block.push(at + 1);
        self.link.rows.begin(time.map_or(NO_TIME, time_us), at);
    }

    /// Reads the values of the block's records.
    fn flush(&mut self) {
        if let (Some(plan), Some(definition)) = (&self.plans[self.block_of], &self.definitions[self.block_of])
        {
            let block = Block { bytes: self.bytes, starts: &self.block, size: definition.size };
            plan.apply(block, &mut self.state, &mut self.link.rows);
        }
        self.block.clear();
    }

    fn define(&mut self, local: usize, developer: bool) -> Result<(), Fault> {
        let from = self.at + 1;
        let rest = self.bytes.get(from..).unwrap_or_default();
        let (definition, taken) = match Definition::read(rest, developer) {
            Ok(found) => found,
            Err(NoDefinition::Cut) => return Err(Fault::Cut),
            Err(NoDefinition::ByteOrder(order)) => {
                return Err(Fault::Broken(format!("a definition with byte order {order} instead of 0 or 1")));
            }
        };
        self.flush();
        self.at = from + taken;
        let plan = (definition.global == global::RECORD).then(|| Plan::new(&definition, &self.descriptions));
        if let Some(plan) = &plan {
            if self.odd_fields.0 == 0 {
                self.odd_fields.1 = from - 1;
            }
            self.odd_fields.0 += plan.odd_fields;
            if self.link.rows.len() == 0 {
                // Were the rest of the file nothing but such records, it would hold this many.
                self.link.rows.expect((self.bytes.len() - self.at) / (definition.size + 1).max(8));
            }
        }
        self.plans[local] = plan;
        self.definitions[local] = Some(definition);
        Ok(())
    }

    /// Compiles the plans again, after a developer field was described.
    fn compile_all(&mut self) {
        self.flush();
        for (plan, definition) in self.plans.iter_mut().zip(&self.definitions) {
            if let (Some(plan), Some(definition)) = (plan, definition) {
                *plan = Plan::new(definition, &self.descriptions);
            }
        }
    }

    fn note_cut(&mut self) {
        let left = self.bytes.len() - self.at;
        if self.link.notices.iter().any(|n| n.code == "truncated") {
            return;
        }
        let message = format!(
            "the messages end inside one, of which {left} bytes are there; {} samples were read before",
            self.link.rows.len()
        );
        self.link.note(Notice::new("truncated", 1, message).at(Place::Byte(self.at as u64)));
    }

    /// Looks for the next place that makes sense; says whether there is one.
    fn resume(&mut self, what: &str) -> bool {
        let fault = self.at;
        let next = next_sound_place(self.bytes, fault + 1, &self.definitions, self.time);
        self.at = next.unwrap_or(self.bytes.len());
        let skipped = self.at - fault;
        self.lost += 1;
        if self.lost == 1 {
            let message = format!(
                "found {what}; {} samples were read before, and {skipped} bytes were passed over{}",
                self.link.rows.len(),
                if next.is_some() { "" } else { ", to the end" }
            );
            self.link.note(Notice::new("broken-message", 1, message).at(Place::Byte(fault as u64)));
        } else if let Some(notice) = self.link.notices.iter_mut().find(|n| n.code == "broken-message") {
            notice.count += 1;
        }
        next.is_some()
    }
}

impl Link {
    /// Adds a notice, or what it counts to the earlier one of its code.
    pub(super) fn note(&mut self, notice: Notice) {
        match self.notices.iter_mut().find(|earlier| earlier.code == notice.code) {
            Some(earlier) => earlier.count = earlier.count.saturating_add(notice.count),
            None => self.notices.push(notice),
        }
    }

    fn note_limit(&mut self, what: &str, most: usize) {
        // Told once: a message for each of millions would be made for nothing.
        match self.notices.iter_mut().find(|earlier| earlier.code == "limit") {
            Some(earlier) => earlier.count = earlier.count.saturating_add(1),
            None => {
                let message = format!("more than {most} {what}; the others were left out");
                self.notices.push(Notice::new("limit", 1, message));
            }
        }
    }

    /// Takes in a message that is no record.
    fn take(&mut self, number: u16, message: &Message<'_>) {
        match number {
            global::FILE_ID => self.identity.add_file_id(message),
            global::DEVICE_INFO => self.identity.add_device_info(message),
            global::SESSION if self.sessions.len() == MAX_SESSIONS => {
                self.note_limit("sessions", MAX_SESSIONS)
            }
            global::SESSION => self.sessions.push(Summary::session(message)),
            global::LAP if self.laps.len() == MAX_LAPS => self.note_limit("laps", MAX_LAPS),
            global::LAP => self.laps.push(Summary::lap(message)),
            global::EVENT => self.timer.extend(TimerEvent::read(message)),
            global::ACTIVITY => self.utc_offset_s = self.utc_offset_s.or(utc_offset_s(message)),
            global::SPORT => self.sport = message.uint(0).map(|sport| (sport, message.uint(1).unwrap_or(0))),
            global::HR => self.beats.add(message),
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    /// The checksum of a file in the making.
    pub(in super::super) fn checksum(bytes: &[u8]) -> u16 {
        super::CRC.checksum(bytes)
    }

    #[test]
    fn the_checksum_is_crc_16_arc() {
        assert_eq!(checksum(b"123456789"), 0xBB3D);
    }
}
