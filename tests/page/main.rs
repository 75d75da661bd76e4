//! The report page: well-formed, safe whatever a file holds, and as a browser shows and prints it.
// Helpers of tests are tests too; the lint knows only the functions that are marked.
#![allow(clippy::unwrap_used)]

mod browser;
#[cfg(feature = "season")]
mod season;

use std::path::Path;

use browser::Browser;
use fourlap::report::html::{PageOptions, page};
use fourlap::{Analysis, Options, analyze};

fn fixture(name: &str, goal_s: Option<f64>) -> Analysis {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let activities = fourlap::parser::read(&std::fs::read(path).unwrap()).unwrap();
    analyze(&activities[0], &Options::with_goal(goal_s))
}

fn page_of(analysis: &Analysis) -> String {
    page(analysis, "run.fit", &PageOptions::default()).unwrap()
}

/// The page without its typeface, which is only bulk.
fn without_faces(page: &str) -> String {
    let (before, rest) = page.split_once("@font-face").unwrap();
    let (_, after) = rest.split_once(":root").unwrap();
    format!("{before}{after}")
}

#[test]
fn the_page_holds_every_chart_and_fetches_nothing() {
    let page = page_of(&fixture("track-mile.fit", Some(320.0)));
    assert_eq!(page.matches("<figure").count(), 7);
    assert_eq!(page.matches("<svg").count(), 14);
    assert_eq!(page.matches("<title>").count(), 15, "each picture and the page have a title");
    assert_eq!(page.matches("<desc>").count(), 14);
    assert!(page.len() < 400_000, "{}", page.len());
    let bare = without_faces(&page).replace("http://www.w3.org/2000/svg", "");
    for word in ["http:", "https:", "//", "<script", "<link", "<img", "url(", "@import"] {
        assert!(!bare.contains(word), "{word}");
    }
    assert_eq!(page, page_of(&fixture("track-mile.fit", Some(320.0))), "the same bytes again");
}

#[test]
fn the_line_of_the_delta_chart_is_called_what_it_is() {
    for (goal_s, held) in [(Some(320.0), "the plan"), (None, "the mile's own even pace")] {
        let page = page_of(&fixture("track-mile.fit", goal_s));
        assert!(page.contains(&format!("the runner was faster than {held}.")), "{goal_s:?}");
    }
}

/// Every colour of the charts has its counterpart for a dark screen; blue for time won serves both.
#[test]
fn a_dark_screen_gets_dark_charts() {
    let page = page_of(&fixture("track-mile.fit", Some(320.0)));
    let (style, body) = page.split_once("</style>").unwrap();
    let mut colours = std::collections::BTreeSet::new();
    for name in ["fill", "stroke"] {
        for rest in body.split(&format!(" {name}=\"#")).skip(1) {
            colours.insert((name, &rest[..6]));
        }
    }
    assert!(colours.len() > 15, "{colours:?}");
    for (name, colour) in colours.into_iter().filter(|(_, colour)| *colour != "3E8EDE") {
        assert!(style.contains(&format!("svg [{name}=\"#{colour}\"]{{{name}:#")), "{name} {colour}");
    }
    assert!(style.contains("@media screen and (prefers-color-scheme: dark)"), "paper stays white");
}

#[test]
fn tags_are_closed_in_their_order() {
    let page = page_of(&fixture("road-mile.gpx", None));
    let body = &page[page.find("<body>").unwrap()..page.find("</body>").unwrap() + 7];
    // The one tag that needs no end.
    let body = body.replace("<br>", "");
    let mut reader = quick_xml::Reader::from_str(&body);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
}

#[test]
fn a_hostile_file_does_no_harm() {
    let mut analysis = fixture("road-mile.gpx", None);
    let hostile = format!("</title><script>alert(1)</script>\"'&\u{202E}\u{1b}[31m\0{}", "x".repeat(10_000));
    analysis.activity.name = Some(hostile.clone());
    analysis.activity.device = Some(hostile.clone());
    analysis.notices.push(fourlap::Notice::new("odd", 1, hostile.clone()));
    let page = page(&analysis, &hostile, &PageOptions::default()).unwrap();
    assert!(!page.contains("<script") && !page.contains("\"'&"), "unescaped");
    assert!(!page.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202E}'));
    assert!(page.len() < 400_000);
}

#[test]
fn what_cannot_be_drawn_is_said_in_its_place() {
    let mut analysis = fixture("road-mile.fit", None);
    analysis.trace = None;
    analysis.profile.as_mut().unwrap().heart_rate_bpm.clear();
    let page = page_of(&analysis);
    assert!(page.contains("Not drawn: the mile was recorded without positions"));
    assert!(page.contains("Not drawn: the mile was recorded without heart rate"));
}

/// Measures the page from within: width of what is shown, and the size of every chart that is seen.
const MEASURE: &str = "<script>addEventListener('load',()=>{
const seen=[...document.querySelectorAll('figure')].map(f=>{
const s=[...f.querySelectorAll('svg')].map(s=>s.getBoundingClientRect()).filter(r=>r.width>0);
return f.id+':'+s.map(r=>Math.round(r.left)+','+Math.round(r.right)+','+Math.round(r.height)).join('+')});
parent.postMessage(document.documentElement.scrollWidth+' '+document.fonts.check('600 14px Inter')+' '+seen.join(' '),'*')})</script>";

/// What the page measures in a window of this width, from inside a frame because browsers have a least width.
fn measured(browser: &Browser, folder: &Path, page: &str, width_px: u32) -> String {
    let policy = "<meta http-equiv=\"Content-Security-Policy\"";
    let (before, after) = page.split_once(policy).unwrap();
    let (_, after) = after.split_once(">\n").unwrap();
    let instrumented = format!("{before}{MEASURE}{after}");
    std::fs::write(folder.join("inner.html"), instrumented).unwrap();
    let outer = format!(
        "<!doctype html><body><pre id='r'></pre><script>addEventListener('message',e=>{{\
         document.getElementById('r').textContent='['+e.data+']'}})</script>\
         <iframe src='inner.html' style='width:{width_px}px;height:4000px;border:0'></iframe>"
    );
    let path = folder.join("outer.html");
    std::fs::write(&path, outer).unwrap();
    let (document, _) = browser.open(&path, &["--dump-dom".into()]);
    let from = document.find("<pre id=\"r\">[").unwrap_or_else(|| panic!("no answer: {document}"));
    document[from + 13..].split(']').next().unwrap().to_owned()
}

#[test]
fn a_browser_shows_and_prints_it() {
    let Some(browser) = Browser::find() else {
        println!("skipped: no browser on this machine; install chromium to run this test");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (name, goal_s) in [("track-mile.fit", Some(320.0)), ("road-mile.gpx", None), ("pause.fit", None)] {
        let page = page_of(&fixture(name, goal_s));
        let path = folder.path().join("page.html");
        std::fs::write(&path, &page).unwrap();
        let pdf = folder.path().join("page.pdf");
        let (_, log) = browser.open(&path, &[format!("--print-to-pdf={}", pdf.display())]);
        assert!(!log.contains("CONSOLE"), "{name}: {log}");
        let pdf = std::fs::read(&pdf).unwrap();
        let pages = pdf.windows(11).filter(|bytes| bytes == b"/Type /Page").count()
            - pdf.windows(12).filter(|bytes| bytes == b"/Type /Pages").count();
        assert!((1..=3).contains(&pages), "{name}: {pages} pages");
        for width_px in [390, 1280] {
            let measured = measured(&browser, folder.path(), &page, width_px);
            let mut words = measured.split(' ');
            let scroll_px: u32 = words.next().unwrap().parse().unwrap();
            assert!(scroll_px <= width_px, "{name} at {width_px}: {measured}");
            assert_eq!(words.next(), Some("true"), "the typeface is there");
            let charts: Vec<&str> = words.collect();
            assert_eq!(charts.len(), 7, "{measured}");
            for chart in charts {
                let (id, edges) = chart.split_once(':').unwrap();
                if edges.is_empty() {
                    assert!(page.contains("Not drawn"), "{name}: {id} is not seen");
                    continue;
                }
                let edges: Vec<f64> = edges.split(',').map(|edge| edge.parse().unwrap()).collect();
                let inside = edges[0] >= 0.0 && edges[1] <= f64::from(width_px) && edges[2] > 150.0;
                assert!(inside, "{name} at {width_px}: {chart}");
            }
        }
    }
    assert_eq!(browser.left(), [""; 0], "nothing leaves the machine");
    // What would leave is really seen.
    let path = folder.path().join("leaky.html");
    std::fs::write(&path, "<!doctype html><img src='http://fourlap.invalid/a.png'>").unwrap();
    browser.open(&path, &["--dump-dom".into()]);
    assert!(browser.left().iter().any(|line| line.contains("fourlap.invalid")), "{:?}", browser.left());
}
