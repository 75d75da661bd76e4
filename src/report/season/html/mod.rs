//! The season as one page: it needs no network, follows the reader's light or dark theme, is easy to read on a phone, and
//! prints.
//!
//! Its one script sorts the table, and a policy in the head lets no other run: it names the script's own hash. Texts
//! from files are stripped and escaped all the same.

mod charts;
mod runs;
mod sections;

use crate::plotting::ChartError;
use crate::report::html::{dark, escaped, faces};
use crate::season::reading::Reading;
use crate::units::UnitSystem;

/// How a season's page is to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeasonPageOptions {
    /// The unit of distances and paces.
    pub units: UnitSystem,
}

/// The page's style sheet.
const STYLE: &str = include_str!("style.css");
/// What sorts the table.
const SCRIPT: &str = include_str!("script.js");
/// The SHA-256 of [`SCRIPT`] as Base64; a browser runs it only where both agree, which a test sees.
const SCRIPT_HASH: &str = "Oo2Ko1Gkyt8d8AoqK+Wo5ZV3AOKo65XCBNjquVGAG7w=";

/// A season as HTML. `title` is what its reader knows it by: a runner's name, a folder.
///
/// # Errors
/// [`ChartError::Drawing`], a fault of this program. A chart that the season has nothing for is no error; the page
/// says so in its place.
pub fn page(reading: &Reading, title: &str, options: &SeasonPageOptions) -> Result<String, ChartError> {
    let mut page = String::with_capacity(512 * 1024);
    page += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += "<meta name=\"generator\" content=\"fourlap\">\n";
    page += &format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'sha256-{SCRIPT_HASH}'; font-src data:; base-uri 'none'; form-action 'none'\">\n"
    );
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n";
    page += &format!("<title>{}</title>\n<style>\n", escaped(&sections::document_title(reading)));
    page += faces();
    page += &dark();
    page += STYLE;
    page += "</style>\n</head>\n<body>\n<main>\n";
    page += &sections::head(reading, title, options.units);
    page += &sections::goal(reading);
    page += &charts::figures(reading, options)?;
    page += "<div class=\"pair\">\n";
    page += &sections::bests(reading);
    page += &sections::block(reading, options.units);
    page += &sections::equivalents(reading);
    page += &sections::next(reading);
    page += "</div>\n";
    page += &runs::runs(reading, options.units);
    page += &sections::failures(reading);
    page += &format!("</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::reading::ReadingOptions;
    use crate::season::reading::tests::reading;

    fn known() -> String {
        let page =
            page(&reading(&ReadingOptions::default()), "Anna's <season>", &SeasonPageOptions::default());
        page.unwrap()
    }

    /// Writes the page for people to look at: `FOURLAP_GALLERY=folder cargo test --lib report::season`.
    #[test]
    fn the_page_holds_charts_tables_and_fetches_nothing() {
        let page = known();
        if let Some(folder) = std::env::var_os("FOURLAP_GALLERY").map(std::path::PathBuf::from) {
            std::fs::write(folder.join("season.html"), &page).unwrap();
        }
        assert_eq!(page.matches("<figure").count(), 4);
        assert_eq!(page.matches("<svg").count(), 8);
        assert_eq!(page.matches("<tr>").count(), 3 + 7 + 56 + 3, "heads, bests, runs, months");
        assert!(page.contains("Anna&apos;s &lt;season&gt;") && !page.contains("<season>"));
        assert!(page.len() < 450_000, "{}", page.len());
        assert!(!page.replace("isNaN", "").contains("NaN"));
        let (before, rest) = page.split_once("@font-face").unwrap();
        let bare = format!("{before}{}", rest.split_once(":root").unwrap().1);
        for word in ["http:", "https:", "<link", "<img", "url(", "@import"] {
            assert!(!bare.replace("http://www.w3.org/2000/svg", "").contains(word), "{word}");
        }
        assert_eq!(page, known(), "the same bytes again");
    }

    #[test]
    fn hostile_names_do_no_harm() {
        let mut reading = reading(&ReadingOptions::default());
        let hostile = "</td><script>alert(1)</script>\u{202E}\0";
        reading.entries[0].place = hostile.into();
        reading.entries[1].evidence = Some(hostile.into());
        reading.failures.push((hostile.into(), hostile.into()));
        let page = page(&reading, hostile, &SeasonPageOptions::default()).unwrap();
        assert_eq!(page.matches("<script").count(), 1);
        assert!(!page.contains('\u{202E}') && !page.contains('\0'));
    }

    #[test]
    fn an_empty_season_is_a_page_too() {
        let page = page(&Reading::default(), "nothing", &SeasonPageOptions::default()).unwrap();
        assert_eq!(page.matches("Not drawn: the season would need").count(), 4);
    }
}
