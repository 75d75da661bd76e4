//! Names of files: as text, and which of them are passed over, on disk and in archives alike.

use std::path::Path;

/// A path as text. Bytes that are no UTF-8 are written as `\xFF`, so that two files never share a name and each can be
/// found by its own.
pub(crate) fn of_path(path: &Path) -> String {
    escaped(path.as_os_str().as_encoded_bytes())
}

/// Text from bytes; those that are no UTF-8 are written as `\xFF`.
pub(super) fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    text
}

/// Whether a path with slashes leads to or through something hidden, or what macOS adds to every archive.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| (part.starts_with('.') && part != "." && part != "..") || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_told_apart() {
        assert_eq!(escaped("Läufe/1.fit".as_bytes()), "Läufe/1.fit");
        assert_eq!(escaped(b"L\xE4ufe\xFF\xFE.fit"), "L\\xE4ufe\\xFF\\xFE.fit");
        assert_ne!(escaped(b"a\xE4.fit"), escaped(b"a\xE5.fit"));
    }

    #[test]
    fn what_lies_below_a_hidden_folder_is_hidden() {
        for path in [".git/x.fit", "a/.Trashes/x.fit", "a/._x.fit", "__MACOSX/x.fit"] {
            assert!(is_hidden(path), "{path}");
        }
        for path in ["./a/x.fit", "a/../x.fit", "a.b/x.fit", "x"] {
            assert!(!is_hidden(path), "{path}");
        }
    }
}
