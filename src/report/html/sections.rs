//! The page's texts: its head with time and grade, advice, how it was measured, notices.

use super::{PageOptions, escaped, safe};
use crate::analysis::Analysis;
use crate::analyzer::grade::GradeKind;
use crate::analyzer::standing::AVERAGE_MILE_S;
use crate::plotting::words;
use crate::segmenter::{BestMile, Verdict};
use crate::units::{MILE_M, Pace, clock, clock_tenths};

/// What the browser's window is called.
pub(super) fn document_title(analysis: &Analysis, best: &BestMile) -> String {
    let (mile, _) = best.headline();
    let grade = analysis.grade.as_ref().map_or(String::new(), |grade| format!(", pacing {}", grade.letter));
    format!("Mile {}{grade}", clock_tenths(mile.time_s))
}

/// The time, what it was measured against, where it comes from, and the grade.
pub(super) fn head(analysis: &Analysis, best: &BestMile, name: &str, options: &PageOptions) -> String {
    let (mile, _) = best.headline();
    let mut head = String::from("<header>\n<div class=\"time\">\n<h1>");
    head += &format!("<span class=\"what\">One mile</span> {}", clock_tenths(mile.time_s));
    if let Some(half_s) = mile.uncertainty_s {
        let title = "the true time lies within, 9 times in 10";
        head += &format!(" <span class=\"doubt\" title=\"{title}\">± {half_s:.1}</span>");
    }
    head += "</h1>\n";
    let pace = Pace::over(MILE_M, mile.time_s).map(|pace| pace.display(options.units));
    let about = words::about(analysis, best);
    let class = if best.verdict == Verdict::Suspect { "about suspect" } else { "about" };
    let line = pace.map_or(about.clone(), |pace| format!("{pace} · {about}"));
    head += &format!("<p class=\"{class}\">{}</p>\n", escaped(&line));
    let origin = words::origin(&analysis.activity);
    let origin = [origin.as_str(), name].into_iter().filter(|text| !text.is_empty());
    head +=
        &format!("<p class=\"origin\">{}</p>\n</div>\n", origin.map(safe).collect::<Vec<_>>().join(" · "));
    head += &grade(analysis);
    head + "</header>\n"
}

fn grade(analysis: &Analysis) -> String {
    let Some(grade) = &analysis.grade else {
        let reason = analysis.grade_reason.as_deref().unwrap_or("the laps are not known");
        return format!("<p class=\"ungraded\">Pacing not graded: {}.</p>\n", safe(reason));
    };
    let range = match (grade.low, grade.high) {
        (Some(low), Some(high)) if low.round() != high.round() => format!(" ({low:.0} to {high:.0})"),
        _ => String::new(),
    };
    let mut lines = vec![format!("{}{range}", grade.counts.score_name())];
    match (grade.counts, grade.goal_score) {
        (GradeKind::Goal, _) => lines.push(format!("pattern score {:.0}", grade.pattern_score)),
        (GradeKind::Pattern, Some(goal)) => lines.push(format!("goal score {goal:.0}")),
        (GradeKind::Pattern, None) => {}
    }
    if grade.tactical {
        lines.push("sit and kick: a race for places, not for the clock".into());
    }
    format!(
        "<div class=\"grade\"><p class=\"letter\"><span>{}</span> {:.0}</p><p>{}</p></div>\n",
        grade.letter,
        grade.score,
        lines.join("<br>")
    )
}

/// What to do next time.
pub(super) fn advice(analysis: &Analysis) -> String {
    let Some(grade) = analysis.grade.as_ref().filter(|grade| !grade.advice.is_empty()) else {
        return String::new();
    };
    let items: String =
        grade.advice.iter().map(|sentence| format!("<li>{}</li>\n", safe(sentence))).collect();
    format!("<section class=\"advice\">\n<h2>Next time</h2>\n<ul>\n{items}</ul>\n</section>\n")
}

/// How the mile was found and measured.
pub(super) fn measured(analysis: &Analysis, best: &BestMile) -> String {
    let mut sentences: Vec<String> = Vec::new();
    if best.race.is_some() {
        let window = clock_tenths(best.window.time_s);
        sentences.push(format!("the fastest window of a mile took {window}; the race began before it"));
    }
    if best.window.time_s - best.timer_s >= 0.5 {
        sentences.push(format!("by the device's timer, pauses left out: {}", clock_tenths(best.timer_s)));
    }
    if let Some(standing) = &analysis.standing {
        let side = if standing.vs_average_s < 0.0 { "faster" } else { "slower" };
        let by = clock(standing.vs_average_s.abs());
        sentences.push(format!("{by} {side} than the average mile of {}", clock(AVERAGE_MILE_S)));
    }
    sentences.extend(analysis.explanation.0.iter().cloned());
    for rejected in &analysis.rejected {
        sentences.push(format!("not believed: {} ({})", clock_tenths(rejected.time_s), rejected.reason));
    }
    list("measured", "How it was measured", &sentences)
}

/// What was odd or repaired.
pub(super) fn notices(analysis: &Analysis) -> String {
    let notices: Vec<String> = analysis.notices.iter().map(|notice| notice.message.clone()).collect();
    list("notices", "Notices", &notices)
}

fn list(class: &str, title: &str, sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let items: String = sentences.iter().map(|sentence| format!("<li>{}</li>\n", safe(sentence))).collect();
    format!("<section class=\"{class}\">\n<h2>{title}</h2>\n<ul>\n{items}</ul>\n</section>\n")
}
