//! Names in files: of devices, of activities.

use crate::text;

/// A name made plain; `None` where nothing is left of it.
///
/// Nobody reads more of a name than its beginning, and every recording of a file has a copy of it.
pub(super) fn words(text: &str) -> Option<String> {
    const MOST: usize = 250;
    let name = text::plain(text);
    (!name.is_empty()).then(|| name.chars().take(MOST).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_can_be_read_of_it() {
        assert_eq!(words(" Läufer\u{1b}[31m\u{7f}\n3 ").as_deref(), Some("Läufer[31m 3"));
        assert_eq!((words(""), words(" \u{1}\u{9b} ")), (None, None));
        assert_eq!(words(&"x".repeat(1000)).map(|name| name.len()), Some(250));
    }
}
