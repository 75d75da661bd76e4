//! The page's texts and small tables.

use super::super::words;
use crate::report::html::{escaped, safe};
use crate::season::calendar::{full_day, span};
use crate::season::reading::{Reading, distance_name};
use crate::units::{UnitSystem, clock, clock_as_read, clock_as_typed, clock_tenths};

/// What the browser's window is called.
pub(super) fn document_title(reading: &Reading) -> String {
    reading.days.map_or("Season".into(), |(first, last)| format!("Season {}", span(first, last)))
}

/// Whose season it is, of which days, how much was run, what was left out.
pub(super) fn head(reading: &Reading, title: &str, units: UnitSystem) -> String {
    let mut head = format!("<header>\n<h1>{}</h1>\n", safe(title));
    if let Some((first, last)) = reading.days {
        head += &format!("<p>{}</p>\n", span(first, last));
    }
    head += &format!("<p>{}.</p>\n", escaped(&words::totals(reading, units)));
    let left_out = words::left_out(reading.counts);
    if !left_out.is_empty() {
        head += &format!("<p>Left out: {}.</p>\n", escaped(&left_out));
    }
    head + "</header>\n"
}

/// The goal for the next mile, with its reasons.
pub(super) fn goal(reading: &Reading) -> String {
    let Some(goal) = &reading.goal else {
        return section("The next mile", reading.no_goal.as_slice());
    };
    let asked = goal.asked.then(|| goal.sentence());
    let said: Vec<String> = asked.into_iter().chain(goal.reasons.iter().cloned()).collect();
    format!(
        "<section class=\"goal\">\n<h2>The next mile</h2>\n<p class=\"time\">{}</p>\n{}</section>\n",
        clock_as_typed(goal.goal_s),
        list(&said)
    )
}

/// The best at each distance.
pub(super) fn bests(reading: &Reading) -> String {
    if reading.bests.is_empty() {
        return String::new();
    }
    let rows: String = reading
        .bests
        .iter()
        .map(|best| {
            format!(
                "<tr><td>{}</td><td class=\"number strong\">{}</td><td class=\"number\">{}</td></tr>\n",
                distance_name(best.distance_m),
                clock_as_read(best.time_s),
                best.day.map_or(String::new(), full_day),
            )
        })
        .collect();
    table("Bests", &["Distance", "Time", "Day"], &rows)
}

/// The training block.
pub(super) fn block(reading: &Reading, units: UnitSystem) -> String {
    let mut sentences = Vec::new();
    sentences.extend(reading.no_block.clone());
    if let Some(block) = &reading.block {
        sentences.push(format!("{}.", span(block.from, block.to)));
        sentences.push(format!("{}.", words::block_volume(block, units)));
        let parts = words::block_parts(block);
        if !parts.is_empty() {
            sentences.push(format!("{parts}."));
        }
        sentences.extend(words::block_lacks(block, reading.spans_years()));
    }
    sentences.extend(reading.shape.iter().flat_map(|shape| shape.sentences()));
    section("The training block", &sentences)
}

/// What each month's best mile was worth.
pub(super) fn equivalents(reading: &Reading) -> String {
    if reading.equivalents.is_empty() {
        return String::new();
    }
    let row = |month: &crate::season::reading::MonthEquivalents| {
        let at = |distance_m: f64| {
            let found = month.equivalents.iter().find(|equivalent| equivalent.distance_m == distance_m);
            found.map_or(String::new(), |found| clock(found.daniels_gilbert_s))
        };
        format!(
            "<tr><td>{}</td><td class=\"number strong\">{}</td><td class=\"number\">{:.1}</td>\
             <td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
            month.month.strftime("%b %Y"),
            clock_tenths(month.mile_s),
            month.vdot,
            at(5000.0),
            at(10_000.0)
        )
    };
    let rows: String = reading.equivalents.iter().map(row).collect();
    table("What the mile was worth", &["Month", "Mile", "VDOT", "5 km", "10 km"], &rows)
}

/// The weeks to come.
pub(super) fn next(reading: &Reading) -> String {
    section("The next weeks", &reading.next)
}

/// The files that failed.
pub(super) fn failures(reading: &Reading) -> String {
    let lines: Vec<String> =
        reading.failures.iter().map(|(place, reason)| format!("{place}: {reason}")).collect();
    section("Files that could not be read", &lines)
}

fn section(title: &str, sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    format!("<section>\n<h2>{title}</h2>\n{}</section>\n", list(sentences))
}

fn list(sentences: &[String]) -> String {
    let items: String = sentences.iter().map(|sentence| format!("<li>{}</li>\n", safe(sentence))).collect();
    format!("<ul>\n{items}</ul>\n")
}

fn table(title: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    format!(
        "<section>\n<h2>{title}</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )
}
