//! JSON that does nothing to a terminal: names from files keep every character, and none that controls is printed.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value as JSON on one line.
pub(crate) fn write(out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless))
}

/// A value as JSON on one line.
pub(crate) fn text(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes, value)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// JSON escapes control characters below a space. Those behind the tilde are allowed in it, and a terminal may obey
/// them; they are escaped too.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, control)) = rest.char_indices().find(|(_, c)| c.is_control()) {
            out.write_all(&rest.as_bytes()[..at])?;
            write!(out, "\\u{:04x}", u32::from(control))?;
            rest = &rest[at + control.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_that_controls_is_printed_and_none_is_lost() {
        let name = "läufe\u{7f} \u{9b}31m\u{1b}[0m\n\"\u{1F3C3}\u{85}";
        let json = text(&name).unwrap();
        assert_eq!(json, r#""läufe\u007f \u009b31m\u001b[0m\n\"🏃\u0085""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), name);
    }
}
