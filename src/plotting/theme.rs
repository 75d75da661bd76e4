//! The look of every chart in one place: colours, sizes of type, strokes.
//!
//! Colours follow three rules. Hue never carries a meaning alone: a sign, a word or a place says it too. Blue
//! and orange, never red and green, tell faster from slower, and differ in lightness so that a grey print keeps
//! them apart. Text has a contrast of at least 4.5 to 1.

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Colour {
    const fn hex(rgb: u32) -> Colour {
        Colour { red: (rgb >> 16) as u8, green: (rgb >> 8) as u8, blue: rgb as u8 }
    }
}

const fn kinds(rgb: [u32; 8]) -> [Colour; 8] {
    let mut colours = [Colour::hex(0); 8];
    let mut kind = 0;
    while kind < 8 {
        colours[kind] = Colour::hex(rgb[kind]);
        kind += 1;
    }
    colours
}

const fn steps(rgb: [u32; 5]) -> [Colour; 5] {
    [Colour::hex(rgb[0]), Colour::hex(rgb[1]), Colour::hex(rgb[2]), Colour::hex(rgb[3]), Colour::hex(rgb[4])]
}

/// The colours of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The paper.
    pub background: Colour,
    /// Every second lap's band.
    pub band: Colour,
    /// Lines of the grid.
    pub grid: Colour,
    /// Titles and times.
    pub ink: Colour,
    /// Labels and notes.
    pub soft_ink: Colour,
    /// The pace.
    pub pace: Colour,
    /// The goal's pace, or the mile's own mean.
    pub goal: Colour,
    /// Areas where time was won on the goal.
    pub ahead: Colour,
    /// Areas where time was lost on the goal.
    pub behind: Colour,
    /// Text that says time was won.
    pub ahead_ink: Colour,
    /// Text that says time was lost, and warnings.
    pub behind_ink: Colour,
    /// Heart rate.
    pub heart: Colour,
    /// Kinds of training in the order of tables and legends, easy running first; neighbours differ in lightness.
    pub kinds: [Colour; 8],
    /// Five steps from slow to fast, ever stronger against the paper, so that a grey print keeps their order.
    pub steps: [Colour; 5],
}

impl Theme {
    /// For screens and paper.
    pub const LIGHT: Theme = Theme {
        background: Colour::hex(0xFFFFFF),
        band: Colour::hex(0xF4F6F9),
        grid: Colour::hex(0xDDE2E8),
        ink: Colour::hex(0x17202B),
        soft_ink: Colour::hex(0x5A6672),
        pace: Colour::hex(0x123A63),
        goal: Colour::hex(0x39434E),
        ahead: Colour::hex(0x3E8EDE),
        behind: Colour::hex(0xF0A22E),
        ahead_ink: Colour::hex(0x1B62AE),
        behind_ink: Colour::hex(0xA14F00),
        heart: Colour::hex(0xA8327D),
        kinds: kinds([0xBCD0E5, 0x6C9DCC, 0xF0C04A, 0x123A63, 0xD98A5B, 0x7CC4B5, 0xB4430F, 0xC9CDD2]),
        steps: steps([0xF7C66B, 0xC9BFAF, 0x8FAECB, 0x3E7FC4, 0x123A63]),
    };

    /// For dark screens.
    pub const DARK: Theme = Theme {
        background: Colour::hex(0x12171D),
        band: Colour::hex(0x1A2129),
        grid: Colour::hex(0x313B46),
        ink: Colour::hex(0xF1F4F7),
        soft_ink: Colour::hex(0xA3AFBB),
        pace: Colour::hex(0xB9D9FA),
        goal: Colour::hex(0xD5DCE3),
        ahead: Colour::hex(0x3E8EDE),
        behind: Colour::hex(0xE0952A),
        ahead_ink: Colour::hex(0x7DB8F4),
        behind_ink: Colour::hex(0xF5B45C),
        heart: Colour::hex(0xE58FC5),
        kinds: kinds([0x3C5A78, 0x6C9DCC, 0xE0B040, 0xD6E8FA, 0x9C5A32, 0x5FAE9E, 0xF0834A, 0x5A636C]),
        steps: steps([0x8A5A14, 0x737B83, 0x6595C4, 0x86BDF5, 0xE2F0FF]),
    };

    /// For black and white printers.
    pub const PRINT: Theme = Theme {
        background: Colour::hex(0xFFFFFF),
        band: Colour::hex(0xF5F5F5),
        grid: Colour::hex(0xDADADA),
        ink: Colour::hex(0x000000),
        soft_ink: Colour::hex(0x4A4A4A),
        pace: Colour::hex(0x000000),
        goal: Colour::hex(0x333333),
        ahead: Colour::hex(0xB4B4B4),
        behind: Colour::hex(0x5C5C5C),
        ahead_ink: Colour::hex(0x3A3A3A),
        behind_ink: Colour::hex(0x000000),
        heart: Colour::hex(0x666666),
        kinds: kinds([0xE6E6E6, 0xBEBEBE, 0x8C8C8C, 0x3C3C3C, 0x6A6A6A, 0xA6A6A6, 0x0A0A0A, 0xF2F2F2]),
        steps: steps([0xDEDEDE, 0xB8B8B8, 0x8C8C8C, 0x5A5A5A, 0x101010]),
    };
}

impl Theme {
    /// Its colours in the order of the fields.
    fn colours(self) -> Vec<Colour> {
        let mut colours = vec![
            self.background,
            self.band,
            self.grid,
            self.ink,
            self.soft_ink,
            self.goal,
            self.ahead,
            self.behind,
            self.ahead_ink,
            self.behind_ink,
            self.heart,
        ];
        colours.extend(self.kinds.into_iter().chain(self.steps));
        // The strongest step and a kind look like the pace in the light; it is the pace that is text and line.
        colours.push(self.pace);
        colours
    }
}

/// Rules of a style sheet that turn a chart drawn with one theme into one drawn with another.
///
/// A rule of a page wins over the colour that an element of the picture names itself.
pub(crate) fn recoloured(from: Theme, to: Theme) -> String {
    let hex = |colour: Colour| format!("#{:02X}{:02X}{:02X}", colour.red, colour.green, colour.blue);
    let pairs = from.colours().into_iter().zip(to.colours()).filter(|(from, to)| from != to);
    let rule = |(from, to): (Colour, Colour)| {
        let (from, to) = (hex(from), hex(to));
        format!("svg [fill=\"{from}\"]{{fill:{to}}}svg [stroke=\"{from}\"]{{stroke:{to}}}\n")
    };
    pairs.map(rule).collect()
}

/// Sizes of type in pixels.
pub(super) mod size {
    pub(crate) const TITLE: f64 = 36.0;
    pub(crate) const LAP_TIME: f64 = 24.0;
    pub(crate) const SUBTITLE: f64 = 17.0;
    pub(crate) const LABEL: f64 = 15.0;
    pub(crate) const NOTE: f64 = 14.0;
}

/// Widths of lines in pixels.
pub(super) mod stroke {
    pub(crate) const HAIR: f64 = 1.0;
    pub(crate) const RAW: f64 = 1.25;
    pub(crate) const SECOND: f64 = 1.75;
    pub(crate) const MAIN: f64 = 3.25;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.1.
    fn luminance(colour: Colour) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }

    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_paper_and_band() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            for ink in [theme.ink, theme.soft_ink, theme.ahead_ink, theme.behind_ink, theme.heart] {
                for paper in [theme.background, theme.band] {
                    assert!(contrast(ink, paper) >= 4.5, "{ink:?} on {paper:?}");
                }
            }
        }
    }

    #[test]
    fn the_steps_keep_their_order_in_grey_print() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            let strength = theme.steps.map(|step| contrast(step, theme.background));
            assert!(strength.windows(2).all(|pair| pair[1] > 1.12 * pair[0]), "{strength:?}");
        }
    }

    #[test]
    fn faster_and_slower_differ_in_grey_print() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            assert!((luminance(theme.ahead) - luminance(theme.behind)).abs() > 0.1);
        }
    }
}
