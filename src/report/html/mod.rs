//! The report as one page: it needs no network and no script, is easy to read on a phone, and prints on two sheets.
//!
//! Every chart is in it twice, for wide and for narrow windows; the style sheet shows the one that fits. The charts'
//! typeface is in it once. A policy in its head forbids the page to fetch or run anything, whatever a file's texts
//! may hold; those texts are stripped and escaped all the same.

mod base64;
mod charts;
mod sections;
mod tables;

#[cfg(feature = "season")]
pub(in crate::report) use charts::faces;
#[cfg(feature = "season")]
pub(in crate::report) use charts::{dark, inline};

use crate::analysis::Analysis;
use crate::plotting::ChartError;
use crate::units::UnitSystem;

/// How a page is to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageOptions {
    /// The unit of paces.
    pub units: UnitSystem,
}

/// The page's style sheet.
const STYLE: &str = include_str!("style.css");
/// What the page may do: show its own style, type and pictures, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";

/// The report of one analysis as HTML.
///
/// `name` is what the reader knows the file by.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile to report. A single chart that cannot be drawn is no error; the page
/// says so in its place.
pub fn page(analysis: &Analysis, name: &str, options: &PageOptions) -> Result<String, ChartError> {
    let Some(best) = &analysis.best_mile else {
        return Err(ChartError::NoMile { reason: analysis.no_mile_reason.clone() });
    };
    let mut page = String::with_capacity(400 * 1024);
    page += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += "<meta name=\"generator\" content=\"fourlap\">\n";
    page += &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n");
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n";
    let title = sections::document_title(analysis, best);
    page += &format!("<title>{}</title>\n<style>\n", escaped(&title));
    page += charts::faces();
    page += STYLE;
    page += &charts::dark();
    page += "</style>\n</head>\n<body>\n<main>\n";
    page += &sections::head(analysis, best, name, options);
    page += &sections::advice(analysis);
    page += &tables::laps(best, analysis.grade.as_ref());
    page += &charts::figures(analysis, options)?;
    page += "<div class=\"pair\">\n";
    page += &tables::marks(best, analysis.grade.as_ref());
    page += &tables::parts(analysis.grade.as_ref());
    page += "</div>\n";
    page += &sections::measured(analysis, best);
    page += &sections::notices(analysis);
    page += "</main>\n</body>\n</html>\n";
    Ok(page)
}

/// A text from outside, fit for a page: control characters and marks of writing direction dropped, cut at 200
/// characters, escaped.
pub(in crate::report) fn safe(text: &str) -> String {
    escaped(&super::text::printable(text))
}

/// A text of our own with its special characters escaped.
pub(in crate::report) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
