//! The season's page in a browser: its script runs although nothing else may, it fits, and it prints.

use std::path::{Path, PathBuf};

use fourlap::report::season::html::{SeasonPageOptions, page};
use fourlap::season::reading::{ReadingOptions, read};
use fourlap::season::{SeasonOptions, Unwatched, scan, table};

use super::browser::Browser;

fn season_page() -> String {
    let fixtures: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let season = scan(&[fixtures], &SeasonOptions::default(), &Unwatched);
    let reading = read(&table::frame(&season.rows).unwrap(), &ReadingOptions::default()).unwrap();
    page(&reading, "fixtures", &SeasonPageOptions::default()).unwrap()
}

#[test]
fn tags_of_the_season_are_closed_in_their_order() {
    let page = season_page();
    let body = &page[page.find("<body>").unwrap()..page.find("<script>").unwrap()];
    let body = format!("{body}</body>");
    let mut reader = quick_xml::Reader::from_str(&body);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
}

#[test]
fn a_browser_sorts_and_prints_the_season() {
    let Some(browser) = Browser::find() else {
        println!("skipped: no browser on this machine; install chromium to run this test");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("season.html");
    std::fs::write(&path, season_page()).unwrap();
    let (document, log) = browser.open(&path, &["--dump-dom".into()]);
    assert!(!log.contains("CONSOLE"), "{log}");
    // The policy names the script's hash; were it another, no head would become a button.
    assert_eq!(document.matches("<th scope=\"col\"><button>").count(), 9);
    let pdf = folder.path().join("season.pdf");
    browser.open(&path, &[format!("--print-to-pdf={}", pdf.display())]);
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF"));
    assert_eq!(browser.left(), [""; 0], "nothing leaves the machine");
}
