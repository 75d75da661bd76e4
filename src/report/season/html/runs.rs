//! The page's table of every activity; a few lines of script sort it, and without them it reads as well.

use crate::report::html::{escaped, safe};
use crate::season::reading::{Entry, Reading};
use crate::units::{Pace, UnitSystem, clock, clock_tenths};

/// Every activity, the latest first, those without a day last.
pub(super) fn runs(reading: &Reading, units: UnitSystem) -> String {
    let heads = ["Day", "Kind", units.symbol(), "Time", "Pace", "Mile", "Score", "What tells it", "File"];
    let heads: String = heads.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    let mut table = format!(
        "<section>\n<h2>Every activity</h2>\n<div class=\"scroll\">\n<table class=\"runs\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    );
    let dated = reading.entries.iter().rev().filter(|entry| entry.day.is_some());
    let undated = reading.entries.iter().filter(|entry| entry.day.is_none());
    for entry in dated.chain(undated) {
        table += &row(entry, units);
    }
    table + "</tbody>\n</table>\n</div>\n</section>\n"
}

fn row(entry: &Entry, units: UnitSystem) -> String {
    let day = entry.day.map_or(String::new(), |day| day.to_string());
    let way = entry.distance_m / units.unit_m();
    let pace = Pace::over(entry.distance_m, entry.time_s).filter(|_| entry.running);
    let pace_s = pace.map(|pace| pace.seconds_for(units.unit_m()));
    let mile = entry.mile.as_ref();
    let time = mile.map_or(String::new(), |mile| {
        let doubt = if mile.clean { "" } else { " ?" };
        format!("{}{doubt}", clock_tenths(mile.time_s))
    });
    let score = mile.and_then(|mile| mile.score);
    format!(
        "<tr>{}<td class=\"kind\">{}</td>{}{}{}{}{}<td class=\"words\">{}</td><td class=\"words\">{}</td></tr>\n",
        number(&day, None),
        escaped(entry.class.map_or("", |class| class.name())),
        number(&format!("{way:.1}"), Some(way)),
        number(&clock(entry.time_s), Some(entry.time_s)),
        number(&pace_s.map_or(String::new(), clock), pace_s),
        number(&time, mile.map(|mile| mile.time_s)),
        number(&score.map_or(String::new(), |score| format!("{score:.0}")), score),
        entry.evidence.as_deref().map_or(String::new(), safe),
        safe(&entry.place)
    )
}

/// A cell, with the value that it is sorted by where its text is not.
fn number(text: &str, value: Option<f64>) -> String {
    let value = value.map_or(String::new(), |value| format!(" data-v=\"{value:.2}\""));
    format!("<td class=\"number\"{value}>{}</td>", escaped(text))
}
