//! Text that is safe to draw: whatever a file calls itself, a picture stays well-formed and inside its frame.

use super::typeface::{Weight, covers, width_em};

/// No text in a picture is longer than this many characters; the rest of a hostile name is never looked at.
const MAX_CHARS: usize = 200;

/// A text from outside, fit for drawing: control and formatting characters dropped, white space collapsed,
/// single characters that the typeface lacks as `?`, cut at 200 characters. A text that is mostly of another script is
/// empty: a row of question marks tells nobody anything.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::new();
    let (mut shown, mut lacking) = (0, 0);
    let mut gap = false;
    for character in text.chars().take(4 * MAX_CHARS).filter(|&c| !is_invisible(c)) {
        if character.is_whitespace() {
            gap = !clean.is_empty();
            continue;
        }
        if gap {
            clean.push(' ');
            gap = false;
        }
        if covers(character) {
            shown += usize::from(character.is_alphanumeric());
            clean.push(character);
        } else {
            lacking += 1;
            clean.push('?');
        }
    }
    if lacking > shown {
        return String::new();
    }
    match clean.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", clean[..end].trim_end()),
        None => clean,
    }
}

/// Control characters that are no white space, marks of writing direction, joiners, variation selectors.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// A clean text cut with an ellipsis so that it is at most `width_px` wide at this size.
pub(super) fn fit(text: &str, weight: Weight, size_px: f64, width_px: f64) -> String {
    let width = |text: &str| width_em(text, weight) * size_px;
    if width(text) <= width_px {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let cut = format!("{}…", kept.trim_end_matches([' ', ',', ':', '·']));
        if width(&cut) <= width_px {
            return cut;
        }
    }
    String::new()
}

/// Numbers as they are set: a true minus instead of the hyphen that programs write.
pub(super) fn typographic(number: &str) -> String {
    number.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_harm_or_cannot_be_drawn_is_gone() {
        assert_eq!(clean("  a\u{0}b\u{1b}[31m\t\n c\u{202E}d "), "ab[31m cd");
        assert_eq!(clean("Zürich Łódź – 5 × 400"), "Zürich Łódź – 5 × 400");
        assert_eq!(clean("Sunday run 🏃\u{FE0F}!"), "Sunday run ?!");
        assert_eq!(clean("嘉兴市 - 跑步训练"), "");
    }

    #[test]
    fn a_long_text_is_cut() {
        let long = clean(&"x".repeat(10_000));
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
        let cut = fit("a strong finish", Weight::Regular, 10.0, 50.0);
        assert!(cut.ends_with('…') && width_em(&cut, Weight::Regular) <= 5.0, "{cut}");
        assert_eq!(fit("short", Weight::Regular, 10.0, 50.0), "short");
        assert_eq!(fit("short", Weight::Regular, 10.0, 1.0), "");
    }
}
