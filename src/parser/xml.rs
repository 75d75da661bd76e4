//! What the readers of GPX and TCX share: bytes become text, text becomes elements by their local names.
//!
//! Watches and apps write XML that strict parsers refuse: prefixes that are never bound, white space before
//! the declaration, a bare `&`, no end. None of it keeps a point from being read, so none of it is an error
//! here. Namespaces are not resolved; an element is known by its local name, under any prefix.

use std::borrow::Cow;
use std::cell::OnceCell;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::error::Place;
use crate::notice::Notice;

/// The text of an XML file: UTF-8, or UTF-16 by its byte order mark or its zeros, or what its declaration
/// names; without byte order mark and leading white space. Bytes that are no text become U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
    let encoding = match bytes {
        _ if Encoding::for_bom(bytes).is_some() => UTF_8,
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => match declared_encoding(bytes) {
            // What could be read as single bytes to get here is not UTF-16, whatever it claims.
            Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => encoding,
            _ => UTF_8,
        },
    };
    // A byte order mark wins over the encoding given.
    let (text, _, _) = encoding.decode(bytes);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start()),
        Cow::Owned(text) => Cow::Owned(text.trim_start().to_owned()),
    }
}

fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let declaration = head.split(|&b| b == b'>').next()?;
    let name = b"encoding";
    let at = declaration.windows(name.len()).position(|w| w == name)? + name.len();
    let mut quoted = declaration[at..].split(|&b| b == b'"' || b == b'\'');
    quoted.next()?;
    encoding_rs::Encoding::for_label(quoted.next()?)
}

/// Finds line and column of bytes of a text. Files with many defects ask for many places, so the text is
/// counted through once; a file may be a single line, so it is not its lines that are remembered.
pub(super) struct Places<'a> {
    text: &'a [u8],
    /// What every [`Places::STEP`]th byte is, counted when the first place is asked for.
    marks: OnceCell<Vec<Mark>>,
}

/// Line and column, both from 1.
#[derive(Clone, Copy)]
struct Mark {
    line: u64,
    column: u64,
}

impl Mark {
    /// The mark behind these bytes.
    fn behind(self, bytes: &[u8]) -> Mark {
        // Continuation bytes of UTF-8 are no characters of their own.
        let characters = |bytes: &[u8]| bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u64;
        match bytes.iter().rposition(|&b| b == b'\n') {
            Some(newline) => Mark {
                line: self.line + bytes.iter().filter(|&&b| b == b'\n').count() as u64,
                column: 1 + characters(&bytes[newline + 1..]),
            },
            None => Mark { column: self.column + characters(bytes), ..self },
        }
    }
}

impl<'a> Places<'a> {
    const STEP: usize = 4096;

    /// The places of this text.
    pub(super) fn new(text: &'a str) -> Places<'a> {
        Places { text: text.as_bytes(), marks: OnceCell::new() }
    }

    /// Line and column of a byte, both from 1; of the first one behind white space.
    pub(super) fn place(&self, byte: usize) -> Place {
        let rest = self.text.get(byte..).unwrap_or_default();
        let byte = byte + rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let byte = byte.min(self.text.len());
        let marks = self.marks.get_or_init(|| self.marks());
        let index = byte / Self::STEP;
        let mark = marks.get(index).copied().unwrap_or(Mark { line: 1, column: 1 });
        let Mark { line, column } = mark.behind(&self.text[index * Self::STEP..byte]);
        Place::Line { line, column }
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = vec![Mark { line: 1, column: 1 }];
        let mut last = marks[0];
        for bytes in self.text.chunks(Self::STEP) {
            last = last.behind(bytes);
            marks.push(last);
        }
        marks
    }
}

/// What a format does with the elements of a file.
pub(super) trait Visitor {
    /// An element begins. `at` is the byte at which it does, or of the white space before it.
    fn start(&mut self, name: &str, element: &BytesStart<'_>, at: usize);
    /// An element ends; `text` is the text directly inside it, unless it has elements inside.
    fn end(&mut self, name: &str, text: &str);
    /// How many rows have been read so far.
    fn rows(&self) -> usize;
}

/// Walks through the whole text, or as far as it makes sense; gives a notice if that is not to the end.
pub(super) fn walk(text: &str, visitor: &mut impl Visitor) -> Option<Notice> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut content = Cow::Borrowed("");
    let mut depth = 0usize;
    loop {
        // White space between elements is passed over; inside a text it counts.
        reader.config_mut().trim_text_start = content.is_empty();
        let at = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                content = Cow::Borrowed("");
                depth = depth.saturating_add(1);
                visitor.start(local(element.name().0), &element, at);
            }
            Ok(Event::Empty(element)) => {
                content = Cow::Borrowed("");
                let name = element.name();
                visitor.start(local(name.0), &element, at);
                visitor.end(local(name.0), "");
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                visitor.end(local(element.name().0), content.trim());
                content = Cow::Borrowed("");
            }
            Ok(Event::Text(piece)) => join(&mut content, piece.into_inner()),
            Ok(Event::CData(piece)) => join(&mut content, piece.into_inner()),
            Ok(Event::GeneralRef(reference)) => join(&mut content, Cow::Owned(resolve(&reference))),
            Ok(Event::Eof) if depth > 0 => return Some(cut(text, text.len(), "it ends early", visitor)),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(cut(text, at, &error.to_string(), visitor)),
        }
    }
}

/// Appends a piece of text; the first one, which mostly is the only one, is not copied.
fn join<'a>(content: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if content.is_empty() {
        *content = piece;
    } else {
        content.to_mut().push_str(&piece);
    }
}

fn cut(text: &str, at: usize, why: &str, visitor: &impl Visitor) -> Notice {
    let message =
        format!("the file cannot be read further ({why}); {} samples were read before", visitor.rows());
    Notice::new("truncated", 1, message).at(Places::new(text).place(at))
}

/// The part of a name behind its prefix.
#[inline]
fn local(name: &str) -> &str {
    // Names are short: looking at each byte is quicker than a search made for long texts.
    name.bytes().rposition(|b| b == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match &**reference {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => " ".into(),
        other => format!("&{other};"),
    }
}

/// The value of an attribute by its local name; references inside it are left as they are.
pub(super) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    // Errors in one attribute do not hide the others.
    element.attributes().with_checks(false).flatten().find(|a| local(a.key.0) == name).map(|a| a.value)
}

/// A finite number; `None` for anything else. A decimal comma is understood.
#[inline]
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    text.parse().or_else(|_| text.replacen(',', ".", 1).parse()).ok().filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(Vec<String>);

    impl Visitor for Log {
        fn start(&mut self, name: &str, _: &BytesStart<'_>, at: usize) {
            self.0.push(format!("{name}@{at}"));
        }
        fn end(&mut self, name: &str, text: &str) {
            self.0.push(format!("/{name} {text}"));
        }
        fn rows(&self) -> usize {
            0
        }
    }

    fn log(text: &str) -> (String, Option<&'static str>) {
        let mut log = Log::default();
        let notice = walk(text, &mut log);
        (log.0.join(" | "), notice.map(|n| n.code))
    }

    #[test]
    fn text_is_the_one_directly_inside() {
        let (events, notice) = log("<a><x:b>1&amp;2</x:b> <c/>tail</a>");
        assert_eq!(events, "a@0 | b@3 | /b 1&2 | c@21 | /c  | /a tail");
        assert_eq!(notice, None);
    }

    #[test]
    fn what_strict_parsers_refuse_is_read() {
        assert_eq!(log("<a> Tom & Jerry&#33; x</a>").0, "a@0 | /a Tom & Jerry! x");
        assert_eq!(log("<a><b>1</c></a>").0, "a@0 | b@3 | /c 1 | /a ");
        assert_eq!(log("<a><b>1</b>").1, Some("truncated"));
        assert_eq!(log("<a><b>1</b><b at=").0, "a@0 | b@3 | /b 1");
    }

    #[test]
    fn every_encoding_becomes_text() {
        let utf16: Vec<u8> = "\u{feff}<a>ü</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), "<a>ü</a>");
        let unmarked: Vec<u8> = "<a>ü</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&unmarked), "<a>ü</a>");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xFC</a>";
        assert!(decode(latin).ends_with("<a>ü</a>"));
        assert_eq!(decode(b"\xEF\xBB\xBF \n<a/>"), "<a/>");
        assert_eq!(decode(b"<?xml version='1.0' encoding='utf-16'?><a/>").len(), 43);
    }

    #[test]
    fn a_place_counts_lines_and_characters() {
        let place = |text, byte| Places::new(text).place(byte);
        assert_eq!(place("ab\nüx", 5), Place::Line { line: 2, column: 2 });
        assert_eq!(place("a\n <b>", 1), Place::Line { line: 2, column: 2 });
        assert_eq!(place("ab", 99), Place::Line { line: 1, column: 3 });
        let long = "üx\nab".repeat(3000);
        let places = Places::new(&long);
        for byte in [0, 4, 4095, 4096, 4097, 8192, long.len() - 1] {
            let before = &long.as_bytes()[..byte];
            let line = 1 + before.iter().filter(|&&b| b == b'\n').count() as u64;
            let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
            let column = 1 + before[start..].iter().filter(|&&b| b & 0xC0 != 0x80).count() as u64;
            if long.as_bytes()[byte] != b'\n' {
                assert_eq!(places.place(byte), Place::Line { line, column }, "byte {byte}");
            }
        }
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(number(" 1.5e-3 "), Some(0.0015));
        assert_eq!(number("52,5"), Some(52.5));
        assert_eq!((number("NaN"), number("inf"), number("")), (None, None, None));
    }
}
