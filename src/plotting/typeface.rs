//! The bundled typeface: Inter with figures of equal width, in two weights. `fonts/README.md` says how it was made.
//!
//! A picture must look the same everywhere, so nothing is looked up on the machine: what these faces do not
//! hold is not drawn (see [`covers`]), and widths are known without a font engine (see [`width_em`]).

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::Database;

/// The family that pictures name, with what a viewer without it may take instead.
pub(super) const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";

const BUNDLED: &str = "Inter";
const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("fonts/Inter-SemiBold.otf");

/// The faces with their weights in style sheets, for pages that bring them along.
pub(crate) const FACES: [(&str, &[u8]); 2] = [("400", REGULAR), ("600 700", SEMI_BOLD)];

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// The faces for the rasteriser, loaded once.
pub(super) fn database() -> Arc<Database> {
    static FACES: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(FACES.get_or_init(|| {
        let mut faces = Database::new();
        faces.load_font_data(REGULAR.to_vec());
        faces.load_font_data(SEMI_BOLD.to_vec());
        // Text whose family is unknown vanishes without a word unless these are set.
        faces.set_sans_serif_family(BUNDLED);
        faces.set_serif_family(BUNDLED);
        faces.set_monospace_family(BUNDLED);
        Arc::new(faces)
    }))
}

/// Whether both faces hold a character. One that they lack would switch a whole text to another face.
pub(super) fn covers(character: char) -> bool {
    matches!(character,
        ' '..='~' | '\u{A0}'..='\u{148}' | '\u{14A}'..='\u{17F}'
        | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201E}'
        | '†' | '‡' | '•' | '…' | '‰' | '′' | '″' | '‹' | '›' | '€' | '™' | '−'
        | '←' | '↑' | '→' | '↓' | '↗' | '↘' | 'Δ' | '≈' | '≠' | '≤' | '≥')
}

/// The width of a text in em, kerning left out. Outside ASCII an upper estimate stands in.
pub(super) fn width_em(text: &str, weight: Weight) -> f64 {
    let widths = match weight {
        Weight::Regular => &REGULAR_WIDTHS,
        Weight::SemiBold => &SEMI_BOLD_WIDTHS,
    };
    let of = |c: char| match c {
        ' '..='~' => widths[c as usize - 0x20],
        '·' | '\u{A0}' => 290,
        '±' | '−' | '×' => 673,
        '…' => 900,
        'à'..='ÿ' => 680,
        _ => 1000,
    };
    f64::from(text.chars().map(of).map(u32::from).sum::<u32>()) / 1000.0
}

/// Advance widths of U+0020 to U+007E in thousandths of an em.
#[rustfmt::skip]
const REGULAR_WIDTHS: [u16; 95] = [
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 648, 648, 648, 648, 648, 648,
    648, 648, 648, 648, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652,
    562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564,
    621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812,
    540, 557, 541, 362, 327, 362, 659,
];

/// Advance widths of U+0020 to U+007E in thousandths of an em.
#[rustfmt::skip]
const SEMI_BOLD_WIDTHS: [u16; 95] = [
    248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 295, 466, 290, 379, 670, 670, 670, 670, 670, 670,
    670, 670, 670, 670, 290, 295, 673, 673, 673, 544, 999, 724, 657, 744, 724, 608, 586, 755, 744, 275, 561, 677,
    566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007, 690, 705, 653, 393, 379, 393, 481, 468, 497, 575,
    630, 577, 630, 593, 377, 625, 613, 261, 261, 569, 261, 898, 610, 608, 625, 625, 397, 549, 380, 608, 576, 837,
    562, 576, 562, 393, 358, 393, 673,
];

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::usvg::{Node, Options, Tree};

    /// Sets a text and calls `see` with the rasteriser's idea of it.
    fn set(text: &str, weight: &str, see: impl Fn(&resvg::usvg::Text)) {
        let escaped = quick_xml::escape::escape(text);
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
             <text font-family='{FAMILY}' font-weight='{weight}' font-size='1000'>{escaped}</text></svg>"
        );
        let tree = Tree::from_str(&svg, &Options { fontdb: database(), ..Options::default() }).unwrap();
        let Some(Node::Text(text)) = tree.root().children().first() else { panic!("{svg}") };
        see(text);
    }

    #[test]
    fn both_faces_hold_what_is_covered() {
        let covered: String = ('!'..='\u{2FFF}').filter(|&c| covers(c) && !c.is_whitespace()).collect();
        assert!(covered.chars().count() > 340);
        for weight in ["normal", "bold"] {
            set(&covered, weight, |text| {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                for glyph in glyphs {
                    assert_ne!(glyph.id.0, 0, "{weight}: {}", glyph.text);
                }
            });
        }
    }

    #[test]
    fn widths_are_those_of_the_faces() {
        for (name, weight) in [("normal", Weight::Regular), ("bold", Weight::SemiBold)] {
            for text in ["H5:19.6H", "H+1.2H", "Hpace, smoothed over 50 mH", "H19.8: each fasterH"] {
                set(text, name, |set| {
                    let measured = f64::from(set.bounding_box().width()) / 1000.0;
                    let known = width_em(text, weight);
                    assert!((measured - known).abs() < 0.3, "{name} {text}: {measured} {known}");
                });
            }
        }
    }

    #[test]
    fn figures_are_of_equal_width() {
        for widths in [REGULAR_WIDTHS, SEMI_BOLD_WIDTHS] {
            let figures = &widths[16..26];
            assert!(figures.iter().all(|w| w.abs_diff(figures[0]) <= 1), "{figures:?}");
        }
    }
}
