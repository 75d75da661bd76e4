//! Damage as cables, cards, editors and other programs do it, and worse.

use crate::random::Random;

/// Bytes that readers are most easily misled by: ends of ranges, invalid values, marks of the formats.
const TELLING: [u8; 10] = [0x00, 0x01, 0x40, 0x7F, 0x80, 0xC0, 0xFE, 0xFF, b'<', b'&'];

/// The file with one to four faults.
pub(crate) fn damaged(file: &[u8], others: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let is_text = bytes.iter().take(100).any(|&byte| byte == b'<');
        if is_text && random.chance(0.6) {
            bytes = super::text::edited(&bytes, random);
        } else {
            harm(&mut bytes, others, random);
        }
    }
    bytes
}

/// One fault, of the kinds that any file can have.
pub(crate) fn harm(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    let at = place(bytes, random);
    let len = (1 << random.below(13)).min(bytes.len() - at);
    match random.below(10) {
        0 => (0..=random.below(20)).for_each(|_| {
            let at = place(bytes, random);
            bytes[at] ^= 1 << random.below(8);
        }),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..at + len)),
        3 => bytes[at..at + len].fill(TELLING[random.below(TELLING.len())]),
        4 => {
            let block = bytes[at..at + len].to_vec();
            let to = place(bytes, random);
            bytes.splice(to..to, block);
        }
        5 => {
            let other = &others[random.below(others.len())];
            let from = place(other, random);
            let block = other[from..(from + len).min(other.len())].to_vec();
            bytes.splice(at..at, block);
        }
        6 => bytes[at..at + len].reverse(),
        7 => bytes[at..at + len].iter_mut().for_each(|byte| *byte = random.below(256) as u8),
        _ => length(bytes, at, random),
    }
}

/// A number where a length, a count or a time may stand, set to one that nobody expects.
fn length(bytes: &mut [u8], at: usize, random: &mut Random) {
    let whole = bytes.len() as u64;
    let values = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, whole, whole - 1, whole + 1];
    let value = values[random.below(values.len())].to_le_bytes();
    let width = (1 << random.below(3)).min(bytes.len() - at);
    bytes[at..at + width].copy_from_slice(&value[..width]);
}

/// A place in the file: one in six among the first hundred bytes, where headers are, one in six in the first
/// thousand, with definitions, else anywhere.
fn place(bytes: &[u8], random: &mut Random) -> usize {
    let within = [100, 1000, usize::MAX][random.below(6).min(2)];
    random.below(bytes.len().min(within))
}
