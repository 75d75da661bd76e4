//! The card to share: time, laps, grade and shape on an upright picture of 1080 x 1350 pixels.

use super::canvas::{self, Anchor, Canvas, Frame, Ink};
use super::chart::{ChartError, ChartOptions};
use super::header;
use super::heads::{self, delta, delta_colour};
use super::picture::Picture;
use super::scales;
use super::shape::{self, Own};
use super::subject::Subject;
use super::text::fit;
use super::theme::size;
use super::typeface::{Weight, width_em};
use crate::analysis::Analysis;
use crate::units::{MILE_M, Pace, clock_tenths};

/// Draws the card. Its size is its own; units and theme are those of the options.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile.
pub fn card(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let own = Own::of(&subject);
    let options = ChartOptions { width_px: 540, height_px: 675, density: 2, heading: true, ..*options };
    let laps = heads::description(&heads::heads(analysis, subject.mile));
    let description = format!("{}. {laps}", header::about_text(analysis, subject.best));
    canvas::draw(&options, &header::title_text(subject.best), &description, |canvas| {
        time(canvas, &subject, &options)?;
        lap_row(canvas, &subject)?;
        let frame = Frame { left: 88.0, right: 508.0, top: 372.0, bottom: 572.0 };
        let ink = Ink { weight: Weight::SemiBold, colour: canvas.theme.ink, ..scales::label(canvas) };
        let caption = "The shape, and the average of world records";
        canvas.text((32.0, frame.top - 34.0), Anchor::Left, caption, ink)?;
        shape::draw_in(canvas, frame, &own, false)?;
        foot(canvas, &subject)
    })
}

fn time(canvas: &Canvas, subject: &Subject, options: &ChartOptions) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let note = Ink { size_px: size::SUBTITLE, weight: Weight::Regular, colour: theme.soft_ink };
    let time = clock_tenths(subject.mile.time_s);
    // A mile of ten minutes and more must leave room for the grade.
    let size_px = 84.0_f64.min(290.0 / width_em(&time, Weight::SemiBold));
    let big = Ink { size_px, weight: Weight::SemiBold, colour: theme.ink };
    canvas.rect(Frame { left: 0.0, top: 0.0, right: canvas.width_px, bottom: 10.0 }, theme.pace, 1.0)?;
    canvas.text((32.0, 56.0), Anchor::Left, "One mile", note)?;
    canvas.text((30.0, 132.0), Anchor::Left, &time, big)?;
    if let Some(half_s) = subject.mile.uncertainty_s {
        let after = 30.0 + width_em(&time, big.weight) * big.size_px + 14.0;
        canvas.text((after, 132.0), Anchor::Left, &format!("± {half_s:.1}"), note)?;
    }
    let pace = Pace::over(MILE_M, subject.mile.time_s).map(|pace| pace.display(options.units));
    let about = header::about_text(subject.analysis, subject.best);
    let about = pace.map_or(about.clone(), |pace| format!("{pace} · {about}"));
    let about = fit(&about, note.weight, size::LABEL, 476.0);
    canvas.text((32.0, 166.0), Anchor::Left, &about, Ink { size_px: size::LABEL, ..note })?;
    let (grade, meaning) = header::grade_texts(subject.analysis);
    let letter = Ink { size_px: 54.0, colour: theme.pace, ..big };
    canvas.text((508.0, 76.0), Anchor::Right, grade.split(' ').next().unwrap_or_default(), letter)?;
    let score = grade.split_once(' ').map_or("", |(_, score)| score);
    let ink = Ink { size_px: size::LABEL, ..note };
    let of = subject.analysis.grade.as_ref().map_or("", |grade| grade.counts.score_name());
    let meaning = if score.is_empty() { meaning } else { format!("{of} {score} of 100") };
    let y = if score.is_empty() { 56.0 } else { 100.0 };
    canvas.text((508.0, y), Anchor::Right, &meaning, ink)
}

/// The four laps side by side.
fn lap_row(canvas: &Canvas, subject: &Subject) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let note = scales::note(canvas);
    let figure = Ink { size_px: 27.0, weight: Weight::SemiBold, colour: theme.ink };
    for (i, lap) in heads::heads(subject.analysis, subject.mile).iter().enumerate() {
        let left = 32.0 + 120.5 * i as f64;
        let block = Frame { left, right: left + 114.0, top: 192.0, bottom: 304.0 };
        canvas.rect(block, theme.band, 1.0)?;
        canvas.text((left + 12.0, 218.0), Anchor::Left, &lap.name, Ink { size_px: 13.0, ..note })?;
        canvas.text((left + 12.0, 253.0), Anchor::Left, &lap.figure, figure)?;
        if let Some(delta_s) = lap.delta_s {
            let colour = delta_colour(delta_s, theme);
            let ink = Ink { size_px: size::SUBTITLE, weight: Weight::SemiBold, colour };
            canvas.text((left + 12.0, 284.0), Anchor::Left, &format!("{} s", delta(delta_s)), ink)?;
        }
    }
    Ok(())
}

fn foot(canvas: &Canvas, subject: &Subject) -> Result<(), ChartError> {
    let note = scales::note(canvas);
    let origin = header::origin_text(&subject.analysis.activity);
    let origin = fit(&origin, note.weight, note.size_px, 400.0);
    if !origin.is_empty() {
        canvas.text((32.0, 645.0), Anchor::Left, &origin, note)?;
    }
    let name = Ink { weight: Weight::SemiBold, ..note };
    canvas.text((508.0, 645.0), Anchor::Right, "fourlap", name)
}
