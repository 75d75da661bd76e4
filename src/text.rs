//! Text that comes from files, made plain where it is read.

use std::borrow::Cow;

/// A text without control characters, those that part lines or words as one space each, and without space around it.
///
/// No name has any on purpose, and in a table or on a terminal they do harm.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' => Some(' '),
        c => (!c.is_control()).then_some(c),
    });
    Cow::Owned(kept.collect::<String>().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(plain(" Mile\u{7} at\nlast\u{1b}[31m \u{0}"), "Mile at last[31m");
        assert!(matches!(plain("  Läufe 🏃 "), Cow::Borrowed("Läufe 🏃")));
        assert_eq!(plain("\u{1}\u{2}"), "");
    }
}
