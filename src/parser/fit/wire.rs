//! The wire format of FIT: the file header, definitions, and the values of a data message.
//!
//! Nothing here knows what a message means. All reads are checked; a value that is out of bounds, invalid by
//! its type's own marker or of another size than its type is simply not there.

/// The field that holds the time in every kind of message.
pub(super) const TIMESTAMP: u8 = 253;

/// The header of one FIT file, of which several may follow each other in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// How long the header says it is, in bytes.
    pub(super) size: usize,
    /// How many bytes of messages it promises; 0 where the device never came to write it.
    pub(super) data_size: usize,
    /// The CRC over its first 12 bytes; `None` in a short header, 0 where it was left out.
    pub(super) crc: Option<u16>,
}

impl Header {
    /// The header at the start of these bytes, if they begin like a FIT file.
    pub(super) fn read(bytes: &[u8]) -> Option<Header> {
        if bytes.get(8..12)? != b".FIT" {
            return None;
        }
        let size = usize::from(*bytes.first()?);
        let data_size = usize::try_from(u32_at(bytes, 4, false)?).ok()?;
        let crc = if size >= 14 { u16_at(bytes, 12, false) } else { None };
        Some(Header { size, data_size, crc })
    }
}

/// The numbers of the base types, without the flag for "has a byte order".
pub(super) mod base {
    pub(in super::super) const SINT8: u8 = 1;
    pub(in super::super) const UINT8: u8 = 2;
    pub(in super::super) const SINT16: u8 = 3;
    pub(in super::super) const UINT16: u8 = 4;
    pub(in super::super) const SINT32: u8 = 5;
    pub(in super::super) const UINT32: u8 = 6;
    pub(in super::super) const STRING: u8 = 7;
    pub(in super::super) const FLOAT32: u8 = 8;
    pub(in super::super) const FLOAT64: u8 = 9;
    pub(in super::super) const UINT8Z: u8 = 10;
    pub(in super::super) const UINT16Z: u8 = 11;
    pub(in super::super) const UINT32Z: u8 = 12;
    pub(in super::super) const SINT64: u8 = 14;
    pub(in super::super) const UINT64Z: u8 = 16;
}

/// The size of one value of a base type in bytes; `None` for a number that is no base type.
pub(super) fn base_size(number: u8) -> Option<usize> {
    const SIZES: [usize; 17] = [1, 1, 1, 2, 2, 4, 4, 1, 4, 8, 1, 2, 4, 1, 8, 8, 8];
    SIZES.get(usize::from(number)).copied()
}

/// One field of a message as its definition lays it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// The field's number in its message.
    pub(super) number: u8,
    /// Where it begins in a data message, behind the header byte.
    pub(super) at: u16,
    /// How many bytes it has.
    pub(super) size: u8,
    /// Its base type, without the flag for "has a byte order".
    pub(super) base: u8,
    /// For a developer field the index of its developer.
    pub(super) developer: Option<u8>,
}

/// What the data messages of one local type hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// The global message number.
    pub(super) global: u16,
    /// Whether numbers are stored with the high byte first.
    pub(super) big_endian: bool,
    /// Native fields, then developer fields.
    pub(super) fields: Vec<Field>,
    /// How many bytes a data message has behind its header byte.
    pub(super) size: usize,
    /// Where the time is in it.
    pub(super) time_at: Option<usize>,
}

/// Why there is no definition at some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoDefinition {
    /// The bytes end inside it.
    Cut,
    /// Its byte order is neither 0 nor 1.
    ByteOrder(u8),
}

impl Definition {
    /// Reads a definition behind its header byte; also gives how many bytes it took.
    pub(super) fn read(
        bytes: &[u8],
        with_developer_fields: bool,
    ) -> Result<(Definition, usize), NoDefinition> {
        let head = bytes.get(..5).ok_or(NoDefinition::Cut)?;
        let big_endian = match head[1] {
            0 => false,
            1 => true,
            other => return Err(NoDefinition::ByteOrder(other)),
        };
        let global = u16_at(head, 2, big_endian).ok_or(NoDefinition::Cut)?;
        let mut definition = Definition { global, big_endian, fields: Vec::new(), size: 0, time_at: None };
        let native_end = 5 + 3 * usize::from(head[4]);
        let native = bytes.get(5..native_end).ok_or(NoDefinition::Cut)?;
        definition.add_fields(native, |number, base| (number, base & 0x1F, None));
        let mut taken = native_end;
        if with_developer_fields {
            let count = usize::from(*bytes.get(taken).ok_or(NoDefinition::Cut)?);
            let end = taken + 1 + 3 * count;
            let developer = bytes.get(taken + 1..end).ok_or(NoDefinition::Cut)?;
            // The base type of a developer field is told elsewhere.
            definition.add_fields(developer, |number, index| (number, u8::MAX, Some(index)));
            taken = end;
        }
        let time = definition.fields.iter().find(|f| f.number == TIMESTAMP && f.developer.is_none());
        definition.time_at = time.filter(|f| f.size == 4).map(|f| usize::from(f.at));
        Ok((definition, taken))
    }

    fn add_fields(&mut self, triples: &[u8], read: impl Fn(u8, u8) -> (u8, u8, Option<u8>)) {
        self.fields.reserve_exact(triples.len() / 3);
        for triple in triples.chunks_exact(3) {
            let (number, base, developer) = read(triple[0], triple[2]);
            // 510 fields of 255 bytes are the most, so this fits.
            let at = u16::try_from(self.size).unwrap_or(u16::MAX);
            self.fields.push(Field { number, at, size: triple[1], base, developer });
            self.size += usize::from(triple[1]);
        }
    }

    /// The time of a data message in seconds of FIT's calendar.
    #[inline]
    pub(super) fn time(&self, data: &[u8]) -> Option<u32> {
        u32_at(data, self.time_at?, self.big_endian).filter(|&time| time != u32::MAX)
    }

    /// The values of a data message, which begins behind its header byte.
    pub(super) fn message<'a>(&'a self, data: &'a [u8]) -> Message<'a> {
        Message { definition: self, data }
    }
}

/// A data message with its definition, to be asked for fields by number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Message<'a> {
    definition: &'a Definition,
    data: &'a [u8],
}

impl<'a> Message<'a> {
    fn field(&self, number: u8) -> Option<&'a Field> {
        self.definition.fields.iter().find(|f| f.number == number && f.developer.is_none())
    }

    /// The (first) value of a whole-number field, unless it is invalid or negative.
    pub(super) fn uint(&self, number: u8) -> Option<u32> {
        self.uints(number).next().flatten()
    }

    /// The (first) value of a field of any number type, unless it is invalid.
    pub(super) fn number(&self, number: u8) -> Option<f64> {
        let field = self.field(number)?;
        let fits = base_size(field.base).is_some_and(|size| size <= usize::from(field.size));
        number_at(self.data, usize::from(field.at), field.base, self.definition.big_endian).filter(|_| fits)
    }

    /// All values of a whole-number field; invalid and negative ones are `None`.
    pub(super) fn uints(&self, number: u8) -> impl Iterator<Item = Option<u32>> + 'a {
        let (data, big_endian) = (self.data, self.definition.big_endian);
        let field = self.field(number).copied();
        let size = field.and_then(|f| base_size(f.base)).unwrap_or(1);
        let count = field.map_or(0, |f| usize::from(f.size) / size);
        (0..count).map(move |index| {
            let field = field?;
            number_at(data, usize::from(field.at) + index * size, field.base, big_endian)
                .filter(|v| (0.0..=f64::from(u32::MAX)).contains(v))
                .map(|v| v as u32)
        })
    }

    /// The bytes of a field as they stand.
    pub(super) fn raw(&self, number: u8) -> Option<&'a [u8]> {
        let field = self.field(number)?;
        let at = usize::from(field.at);
        self.data.get(at..at + usize::from(field.size))
    }

    /// The text of a field up to the first NUL or its end; `None` where there is none.
    pub(super) fn text(&self, number: u8) -> Option<String> {
        let bytes =
            self.raw(number).filter(|_| self.field(number).is_some_and(|f| f.base == base::STRING))?;
        let text = bytes.split(|&b| b == 0).next()?;
        let text = crate::text::plain(&String::from_utf8_lossy(text)).into_owned();
        (!text.is_empty()).then_some(text)
    }
}

/// A number of this base type at this place; `None` if it is marked invalid, out of bounds or no number.
#[inline]
pub(super) fn number_at(data: &[u8], at: usize, base_type: u8, big_endian: bool) -> Option<f64> {
    match base_size(base_type)? {
        1 => {
            let v = *data.get(at)?;
            match base_type {
                base::SINT8 => (v != 0x7F).then_some(f64::from(v as i8)),
                base::UINT8Z => (v != 0).then_some(f64::from(v)),
                base::STRING => None,
                _ => (v != 0xFF).then_some(f64::from(v)),
            }
        }
        2 => {
            let v = u16_at(data, at, big_endian)?;
            match base_type {
                base::SINT16 => (v != 0x7FFF).then_some(f64::from(v as i16)),
                base::UINT16Z => (v != 0).then_some(f64::from(v)),
                _ => (v != 0xFFFF).then_some(f64::from(v)),
            }
        }
        4 => {
            let v = u32_at(data, at, big_endian)?;
            match base_type {
                base::SINT32 => (v != 0x7FFF_FFFF).then_some(f64::from(v as i32)),
                base::UINT32Z => (v != 0).then_some(f64::from(v)),
                base::FLOAT32 => Some(f64::from(f32::from_bits(v))).filter(|v| v.is_finite()),
                _ => (v != u32::MAX).then_some(f64::from(v)),
            }
        }
        _ => {
            let v = u64_at(data, at, big_endian)?;
            match base_type {
                base::SINT64 => (v != i64::MAX as u64).then_some(v as i64 as f64),
                base::UINT64Z => (v != 0).then_some(v as f64),
                base::FLOAT64 => Some(f64::from_bits(v)).filter(|v| v.is_finite()),
                _ => (v != u64::MAX).then_some(v as f64),
            }
        }
    }
}

#[inline]
pub(super) fn u16_at(data: &[u8], at: usize, big_endian: bool) -> Option<u16> {
    let bytes = data.get(at..)?.first_chunk()?;
    Some(if big_endian { u16::from_be_bytes(*bytes) } else { u16::from_le_bytes(*bytes) })
}

#[inline]
pub(super) fn u32_at(data: &[u8], at: usize, big_endian: bool) -> Option<u32> {
    let bytes = data.get(at..)?.first_chunk()?;
    Some(if big_endian { u32::from_be_bytes(*bytes) } else { u32::from_le_bytes(*bytes) })
}

fn u64_at(data: &[u8], at: usize, big_endian: bool) -> Option<u64> {
    let bytes = data.get(at..)?.first_chunk()?;
    Some(if big_endian { u64::from_be_bytes(*bytes) } else { u64::from_le_bytes(*bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_12_bytes_has_no_crc() {
        let short = [12, 0x10, 0, 0, 5, 0, 0, 0, b'.', b'F', b'I', b'T', 9, 9];
        assert_eq!(Header::read(&short), Some(Header { size: 12, data_size: 5, crc: None }));
        let mut long = short;
        long[0] = 14;
        assert_eq!(Header::read(&long), Some(Header { size: 14, data_size: 5, crc: Some(0x0909) }));
        assert_eq!(Header::read(&short[..11]), None);
    }

    #[test]
    fn a_definition_lays_out_native_and_developer_fields() {
        let bytes = [0, 1, 0, 20, 2, 253, 4, 0x86, 3, 1, 2, 1, 0, 4, 0, 77];
        let (definition, taken) = Definition::read(&bytes, true).unwrap();
        assert_eq!((definition.global, definition.big_endian, definition.size, taken), (20, true, 9, 15));
        assert_eq!(
            definition.fields[2],
            Field { number: 0, at: 5, size: 4, base: u8::MAX, developer: Some(0) }
        );
        assert_eq!(Definition::read(&bytes[..12], true), Err(NoDefinition::Cut));
        assert_eq!(Definition::read(&[0, 7, 0, 20, 0], false), Err(NoDefinition::ByteOrder(7)));
    }

    #[test]
    fn the_invalid_value_of_every_type_is_no_value() {
        for (base_type, bytes) in [
            (0, vec![0xFF]),
            (1, vec![0x7F]),
            (2, vec![0xFF]),
            (3, vec![0xFF, 0x7F]),
            (4, vec![0xFF, 0xFF]),
            (5, vec![0xFF, 0xFF, 0xFF, 0x7F]),
            (6, vec![0xFF; 4]),
            (7, vec![b'a']),
            (8, vec![0xFF; 4]),
            (9, vec![0xFF; 8]),
            (10, vec![0]),
            (11, vec![0; 2]),
            (12, vec![0; 4]),
            (13, vec![0xFF]),
            (15, vec![0xFF; 8]),
            (16, vec![0; 8]),
            (17, vec![1; 8]),
        ] {
            assert_eq!(number_at(&bytes, 0, base_type, false), None, "base type {base_type}");
        }
    }

    #[test]
    fn numbers_are_read_in_both_byte_orders() {
        assert_eq!(number_at(&[1, 2], 0, 4, true), Some(258.0));
        assert_eq!(number_at(&[1, 2], 0, 4, false), Some(513.0));
        assert_eq!(number_at(&[0, 0, 0xFE, 0xFF], 2, 3, false), Some(-2.0));
        assert_eq!(number_at(&[1], 0, 4, false), None);
    }

    #[test]
    fn text_ends_at_nul_or_where_the_field_ends() {
        let bytes = [0, 0, 0, 0, 2, 1, 3, 7, 2, 2, 7];
        let (definition, _) = Definition::read(&bytes, false).unwrap();
        let message = definition.message(b"a\0bcd");
        assert_eq!((message.text(1).as_deref(), message.text(2).as_deref()), (Some("a"), Some("cd")));
        assert_eq!(message.uint(1), None);
    }
}
