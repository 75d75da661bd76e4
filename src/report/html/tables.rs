//! The page's tables: laps, marks, and the parts of the grade.

use super::{escaped, safe};
use crate::analyzer::PacingGrade;
use crate::analyzer::plan::GoalPlan;
use crate::segmenter::{BestMile, Split};
use crate::units::{MILE_M, clock_of_tenths, clock_tenths, printed_tenths, signed_tenths, tenths};

/// A difference as it is set, with the class that colours it.
fn difference(delta_s: f64) -> String {
    let class = match tenths(delta_s) {
        0 => "even",
        1.. => "behind",
        _ => "ahead",
    };
    let text = signed_tenths(delta_s).replace('-', "−");
    format!("<td role=\"cell\" class=\"number {class}\">{text}</td>")
}

fn number(text: &str) -> String {
    format!("<td role=\"cell\" class=\"number\">{}</td>", escaped(text))
}

fn heads(names: &[&str]) -> String {
    names.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect()
}

/// The four laps.
///
/// Its roles are spelled out because a narrow window lays it out as a grid, which would take them from it.
pub(super) fn laps(best: &BestMile, grade: Option<&PacingGrade>) -> String {
    let (mile, _) = best.headline();
    let some = |of: &dyn Fn(&Split) -> Option<f64>| mile.splits.iter().any(|split| of(split).is_some());
    let (heart, cadence) = (some(&|split| split.heart_rate_bpm), some(&|split| split.cadence_spm));
    let doubt = some(&|split| split.uncertainty_s);
    let mut columns = vec!["Lap", "Length", "Time"];
    columns.extend(doubt.then_some("±"));
    columns.extend(grade.map(|grade| if grade.goal_of_laps_s().is_some() { "vs goal" } else { "vs even" }));
    columns.push("per 400 m");
    columns.extend(heart.then_some("Heart"));
    columns.extend(cadence.then_some("Steps"));
    columns.extend(grade.map(|_| "Verdict"));
    let mut table = format!(
        "<section class=\"laps\">\n<h2>The laps</h2>\n<div class=\"scroll\">\n<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n<tbody role=\"rowgroup\">\n",
        heads(&columns)
            .replace("<th ", "<th role=\"columnheader\" ")
            .replace(">Verdict", " class=\"words\">Verdict")
    );
    let printed = printed_tenths(&mile.splits.iter().map(|split| split.time_s).collect::<Vec<_>>());
    for (lap, (split, lap_tenths)) in mile.splits.iter().zip(printed).enumerate() {
        let verdict = grade.and_then(|grade| grade.laps.get(lap));
        let whole = |value: Option<f64>| number(&value.map_or("–".into(), |value| format!("{value:.0}")));
        table += &format!("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{}</th>", lap + 1);
        table += &number(&format!("{:.0} m", split.length_m()));
        table += &format!("<td role=\"cell\" class=\"number strong\">{}</td>", clock_of_tenths(lap_tenths));
        if doubt {
            table += &number(&split.uncertainty_s.map_or("–".into(), |half_s| format!("{half_s:.1}")));
        }
        if let Some(verdict) = verdict {
            table += &difference(verdict.delta_s);
        }
        // From the printed time, so that a lap of 400 m shows the same twice.
        table += &number(&clock_tenths(lap_tenths as f64 / 10.0 * 400.0 / split.length_m()));
        table += &if heart { whole(split.heart_rate_bpm) } else { String::new() };
        table += &if cadence { whole(split.cadence_spm) } else { String::new() };
        if let Some(verdict) = verdict {
            table += &format!("<td role=\"cell\" class=\"words\">{}</td>", safe(&verdict.verdict));
        }
        table += "</tr>\n";
    }
    table + "</tbody>\n</table>\n</div>\n</section>\n"
}

/// The times on the way.
pub(super) fn marks(best: &BestMile, grade: Option<&PacingGrade>) -> String {
    let (mile, _) = best.headline();
    let goal_s = grade.and_then(PacingGrade::goal_of_laps_s);
    let plan = goal_s.map(|goal_s| GoalPlan::new(goal_s, best.scheme));
    let mut columns = vec!["At", "Time"];
    columns.extend(plan.as_ref().map(|_| "Plan"));
    columns.push(if plan.is_some() { "vs plan" } else { "vs even" });
    let mut table = format!(
        "<section class=\"marks\">\n<h2>On the way</h2>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n",
        heads(&columns)
    );
    let marks = mile.marks.iter().map(|mark| (mark.distance_m, mark.time_s));
    for (distance_m, time_s) in marks.chain([(MILE_M, mile.time_s)]) {
        let name = if distance_m >= MILE_M { "mile".into() } else { format!("{distance_m:.0} m") };
        let planned_s = plan.as_ref().and_then(|plan| plan.mark_s(distance_m));
        table += &format!("<tr><th scope=\"row\">{name}</th>{}", number(&clock_tenths(time_s)));
        if let Some(planned_s) = planned_s {
            table += &number(&clock_tenths(planned_s));
        }
        table += &difference(time_s - planned_s.unwrap_or(mile.time_s * distance_m / MILE_M));
        table += "</tr>\n";
    }
    table + "</tbody>\n</table>\n</section>\n"
}

/// What the grade is made of.
pub(super) fn parts(grade: Option<&PacingGrade>) -> String {
    let Some(grade) = grade else { return String::new() };
    let mut table = format!(
        "<section class=\"parts\">\n<h2>What the grade is made of</h2>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n",
        heads(&["Points", "of", "Why"])
    );
    for part in &grade.parts {
        let undecided =
            if part.undecided { " <em>(undecided: the times are too uncertain)</em>" } else { "" };
        table += &format!(
            "<tr><td class=\"number strong\">{:.1}</td><td class=\"number\">{:.0}</td><td>{}{undecided}</td></tr>\n",
            part.points,
            part.max,
            safe(&part.message)
        );
    }
    table + "</tbody>\n</table>\n</section>\n"
}
