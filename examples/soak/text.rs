//! Damage to GPX and TCX that leaves them text: values nobody expects, tags gone, doubled or moved.

use crate::random::Random;

/// What a value is replaced with.
const VALUES: [&str; 24] = [
    "",
    " ",
    "0",
    "-0",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "1e999",
    "nan",
    "inf",
    "180.0000001",
    "90",
    "99999999999999999999",
    "0x10",
    "1,5",
    "2026-02-30T25:61:61Z",
    "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59.999999999+23:59",
    "-9999-01-01T00:00:00Z",
    "1970-01-01",
    "\u{202E}abc\u{7}\u{1B}[2J",
    "&#0;",
    "&bomb;",
];

/// What is put in between two tags.
const INSERTED: [&str; 12] = [
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "<!DOCTYPE a [<!ENTITY bomb 'x'>]>",
    "<trkpt lat='0' lon='0'>",
    "</trkseg><trkseg>",
    "</trk></gpx><gpx><trk>",
    "<Lap StartTime=''>",
    "<a:b xmlns:a=\"",
    "</",
];

/// The text with one edit; bytes that are no UTF-8 stay as they are.
pub(crate) fn edited(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut text = bytes.to_vec();
    let tags: Vec<usize> = (0..text.len()).filter(|&i| text[i] == b'<').collect();
    if tags.is_empty() {
        return text;
    }
    let near = if random.chance(0.15) { 30 } else { usize::MAX };
    let tag = tags[random.below(tags.len().min(near))];
    let end = text[tag..].iter().position(|&byte| byte == b'>').map_or(text.len(), |length| tag + length + 1);
    match random.below(8) {
        // The value behind the tag, or one of its attributes.
        0 | 1 => {
            let next =
                text[end..].iter().position(|&byte| byte == b'<').map_or(text.len(), |length| end + length);
            let value = VALUES[random.below(VALUES.len())].bytes();
            text.splice(end..next, value);
        }
        2 => {
            let quotes: Vec<usize> = (tag..end).filter(|&i| matches!(text[i], b'"' | b'\'')).collect();
            if let Some(pair) = quotes.chunks_exact(2).nth(random.below(quotes.len() / 2)) {
                text.splice(pair[0] + 1..pair[1], VALUES[random.below(VALUES.len())].bytes());
            }
        }
        3 => drop(text.drain(tag..end)),
        4 => {
            let doubled = text[tag..end].repeat(1 << random.below(12));
            text.splice(end..end, doubled);
        }
        5 => drop(text.splice(tag..tag, INSERTED[random.below(INSERTED.len())].bytes())),
        6 => {
            let other = tags[random.below(tags.len())];
            text[tag.min(other)..tag.max(other)].rotate_left((end - tag).min(tag.abs_diff(other)));
        }
        _ => text = in_two_bytes(&text),
    }
    text
}

/// As UTF-16 with its mark, as some editors save it.
fn in_two_bytes(text: &[u8]) -> Vec<u8> {
    let units = String::from_utf8_lossy(text).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    [&[0xFF, 0xFE], &units[..]].concat()
}
