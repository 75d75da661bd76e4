//! Finding the way back: where the next sound message begins behind bytes that make no sense.

use super::wire::{Definition, base_size};

/// How many messages in a row must look right.
const CHAIN: usize = 8;

/// How many of them must have a time that fits. The others, such as heart beat intervals, have none: they prove
/// nothing, but lie between those that do.
const TIMED: usize = 2;

/// A message may be this much later than the last known time and still be believed, in seconds.
const AHEAD_S: u32 = 24 * 3600;

/// A message may be this much earlier. Little, as what lies further back is the rest of an older recording,
/// which some devices leave behind the end of a newer one.
const BACK_S: u32 = 60;

/// The first place from `from` on at which a chain of messages looks right.
pub(super) fn next_sound_place(
    bytes: &[u8],
    from: usize,
    definitions: &[Option<Definition>; 16],
    last_time: Option<u32>,
) -> Option<usize> {
    (from..bytes.len()).find(|&at| is_sound(bytes, at, definitions, last_time))
}

fn is_sound(
    bytes: &[u8],
    start: usize,
    definitions: &[Option<Definition>; 16],
    last_time: Option<u32>,
) -> bool {
    let mut at = start;
    let mut fresh: Vec<(u8, Definition)> = Vec::new();
    let mut timed = 0;
    for _ in 0..CHAIN {
        // Before the end a single one must do.
        let Some(&header) = bytes.get(at) else { return at == bytes.len() && timed > 0 };
        let local = header & 0xF;
        if header & 0xC0 == 0x40 {
            match Definition::read(bytes.get(at + 1..).unwrap_or_default(), header & 0x20 != 0) {
                Ok((definition, taken)) if header & 0x10 == 0 && looks_sound(bytes[at + 1], &definition) => {
                    at += 1 + taken;
                    fresh.push((local, definition));
                }
                _ => return false,
            }
        } else if header & 0xF0 == 0 {
            let newest = fresh.iter().rev().find(|(l, _)| *l == local).map(|(_, d)| d);
            let Some(definition) = newest.or(definitions[usize::from(local)].as_ref()) else { return false };
            if definition.time_at.is_some() {
                if !time_is_near(bytes.get(at + 1..).unwrap_or_default(), definition, last_time) {
                    return false;
                }
                timed += 1;
            }
            at += 1 + definition.size;
        } else {
            // A compressed time stamp carries too little to be told from noise.
            return false;
        }
    }
    timed >= TIMED && at <= bytes.len()
}

fn looks_sound(reserved: u8, definition: &Definition) -> bool {
    reserved == 0
        && !definition.fields.is_empty()
        && definition.fields.iter().all(|field| match base_size(field.base) {
            Some(size) => field.size > 0 && usize::from(field.size) % size == 0,
            None => field.developer.is_some(),
        })
}

/// Whether the message's time fits what came before.
fn time_is_near(data: &[u8], definition: &Definition, last_time: Option<u32>) -> bool {
    let Some(time) = definition.time(data) else { return false };
    last_time.is_none_or(|last| (last.saturating_sub(BACK_S)..=last.saturating_add(AHEAD_S)).contains(&time))
}
