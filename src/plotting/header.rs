//! What stands above every chart of a mile: its time, what it was measured against, where it comes from, its
//! grade.

use jiff::tz::Offset;

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::ChartError;
use super::text::{clean, fit};
use super::theme::size;
use super::typeface::Weight;
use crate::activity::{DATE_NOT_KNOWN, is_date_known};
use crate::analysis::{Analysis, Summary};
use crate::analyzer::grade::Graded;
use crate::segmenter::{BestMile, Verdict};
use crate::units::{clock_as_typed, clock_tenths};

/// The room that the grade takes on the right, in pixels.
const GRADE_PX: f64 = 210.0;

/// Draws the header, where the chart is to have one.
pub(super) fn header(canvas: &Canvas, analysis: &Analysis, best: &BestMile) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let title = Ink { size_px: size::TITLE, weight: Weight::SemiBold, colour: theme.ink };
    let subtitle = Ink { size_px: size::SUBTITLE, weight: Weight::Regular, colour: theme.ink };
    let note = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: theme.soft_ink };
    if !canvas.layout.heading {
        return Ok(());
    }
    if canvas.layout.narrow {
        return narrow_header(canvas, analysis, best);
    }
    let (left, right) = (canvas.layout.left(), canvas.layout.right());
    let width_px = right - left;
    let at = |baseline: f64| (left, baseline);
    canvas.text(at(70.0), Anchor::Left, &title_text(best), title)?;
    let (about, suspect) = (about_text(analysis, best), best.verdict == Verdict::Suspect);
    let about_ink = if suspect { Ink { colour: theme.behind_ink, ..subtitle } } else { subtitle };
    let about = fit(&about, subtitle.weight, subtitle.size_px, width_px - GRADE_PX);
    canvas.text(at(99.0), Anchor::Left, &about, about_ink)?;
    let origin = fit(&origin_text(&analysis.activity), note.weight, note.size_px, width_px - GRADE_PX);
    if !origin.is_empty() {
        canvas.text(at(123.0), Anchor::Left, &origin, note)?;
    }
    let (grade, meaning) = grade_texts(analysis);
    canvas.text((right, 70.0), Anchor::Right, &grade, title)?;
    canvas.text((right, 99.0), Anchor::Right, &meaning, note)
}

/// The same on a narrow sheet: what stands on the right of a wide one comes below.
fn narrow_header(canvas: &Canvas, analysis: &Analysis, best: &BestMile) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let title = Ink { size_px: 30.0, weight: Weight::SemiBold, colour: theme.ink };
    let note = Ink { size_px: size::NOTE, weight: Weight::Regular, colour: theme.soft_ink };
    let suspect = best.verdict == Verdict::Suspect;
    let about_ink = Ink { colour: if suspect { theme.behind_ink } else { theme.ink }, ..note };
    let (left, right) = (canvas.layout.left(), canvas.layout.right());
    let (grade, meaning) = grade_texts(analysis);
    canvas.text((left, 54.0), Anchor::Left, &title_text(best), title)?;
    canvas.text((right, 54.0), Anchor::Right, &grade, title)?;
    let lines =
        [(about_text(analysis, best), about_ink), (meaning, note), (origin_text(&analysis.activity), note)];
    let mut baseline = 80.0;
    for (text, ink) in lines.into_iter().filter(|(text, _)| !text.is_empty()) {
        let text = fit(&text, ink.weight, ink.size_px, right - left);
        canvas.text((left, baseline), Anchor::Left, &text, ink)?;
        baseline += 22.0;
    }
    Ok(())
}

/// `Mile 5:19.6`, with its uncertainty where that is known.
pub(super) fn title_text(best: &BestMile) -> String {
    let (mile, _) = best.headline();
    let time = clock_tenths(mile.time_s);
    match mile.uncertainty_s {
        Some(half_width_s) => format!("Mile {time} ± {half_width_s:.1}"),
        None => format!("Mile {time}"),
    }
}

/// Words that a page shares with the charts.
pub(crate) mod words {
    pub(crate) use super::{about_text as about, origin_text as origin};
}

/// Goal and kind of the mile; that it is suspect comes first.
pub(crate) fn about_text(analysis: &Analysis, best: &BestMile) -> String {
    let (mile, graded) = best.headline();
    let mut parts = Vec::new();
    if best.verdict == Verdict::Suspect {
        parts.push("suspect: it rests on a repair or on implausible speed".to_owned());
    }
    parts.extend(analysis.grade.as_ref().and_then(|grade| grade.against_goal(mile.time_s)));
    if analysis.grade.as_ref().is_some_and(|grade| grade.tactical) {
        parts.push("sit and kick, a race for places".to_owned());
    }
    parts.push(match graded {
        Graded::Race => "from the standing start".to_owned(),
        Graded::Window | Graded::Typed => "fastest mile of the run".to_owned(),
    });
    parts.join(" · ")
}

/// `5:20`, or `5:19.5` where the goal has tenths.
pub(super) fn goal_clock(goal_s: f64) -> String {
    clock_as_typed(goal_s)
}

/// Date and local time, name, device. UTC says so where the file does not tell the local time.
pub(crate) fn origin_text(summary: &Summary) -> String {
    let date = summary.start.map(|start| {
        let offset = summary.utc_offset_s.and_then(|s| Offset::from_seconds(s).ok());
        let local = offset.unwrap_or(Offset::UTC).to_datetime(start);
        if !is_date_known(start) {
            return DATE_NOT_KNOWN.to_owned();
        }
        let zone = if offset.is_some() { "" } else { " UTC" };
        format!("{}{zone}", local.strftime("%A %-d %B %Y, %H:%M"))
    });
    let words = [summary.name.as_deref(), summary.device.as_deref()];
    let words = words.into_iter().flatten().map(clean).filter(|word| !word.is_empty());
    date.into_iter().chain(words).collect::<Vec<_>>().join(" · ")
}

/// The grade, and what it means.
pub(super) fn grade_texts(analysis: &Analysis) -> (String, String) {
    let Some(grade) = &analysis.grade else { return (String::new(), "pacing not graded".into()) };
    let of = grade.counts.score_name();
    let meaning = match (grade.low, grade.high) {
        (Some(low), Some(high)) => format!("{of}, {low:.0} to {high:.0}"),
        _ => of.to_owned(),
    };
    (format!("{} {:.0}", grade.letter, grade.score), meaning)
}
