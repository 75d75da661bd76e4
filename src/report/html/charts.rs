//! The charts of the page, and their typeface.

use std::sync::OnceLock;

use super::{PageOptions, base64, escaped};
use crate::analysis::Analysis;
use crate::plotting::{ChartError, ChartKind, ChartOptions, FACES, Theme, recoloured};

/// The rules that bring the charts' typeface, made once.
pub(in crate::report) fn faces() -> &'static str {
    static RULES: OnceLock<String> = OnceLock::new();
    RULES.get_or_init(|| {
        let rule = |(weight, bytes): &(&str, &[u8])| {
            format!(
                "@font-face{{font-family:Inter;font-weight:{weight};\
                 src:url(data:font/otf;base64,{}) format(\"opentype\")}}\n",
                base64::encode(bytes)
            )
        };
        FACES.iter().map(rule).collect()
    })
}

/// The rules that turn the charts dark where the reader's screen is.
pub(in crate::report) fn dark() -> String {
    format!(
        "@media screen and (prefers-color-scheme: dark) {{\n{}}}\n",
        recoloured(ChartOptions::default().theme, Theme::DARK)
    )
}

/// All charts; where one cannot be drawn, its place says why.
pub(super) fn figures(analysis: &Analysis, options: &PageOptions) -> Result<String, ChartError> {
    let mut figures = String::from("<section class=\"charts\" aria-label=\"Charts\">\n");
    for kind in ChartKind::ALL {
        figures += &figure(kind, analysis, options)?;
    }
    Ok(figures + "</section>\n")
}

fn figure(kind: ChartKind, analysis: &Analysis, options: &PageOptions) -> Result<String, ChartError> {
    let open = format!("<figure id=\"{0}\" class=\"{0}\">\n<figcaption>", kind.as_str());
    let caption = format!("{open}<h2>{}</h2><p>{}</p></figcaption>\n", kind.title(), reading(kind, analysis));
    let wide = match kind.draw(analysis, &sized(wide_size(kind), options)) {
        Ok(picture) => picture.into_svg(),
        Err(ChartError::Drawing(fault)) => return Err(ChartError::Drawing(fault)),
        Err(reason) => {
            let words = escaped(&reason.to_string());
            return Ok(format!("{caption}<p class=\"missing\">Not drawn: {words}.</p>\n</figure>\n"));
        }
    };
    let narrow = kind.draw(analysis, &sized(narrow_size(kind), options))?.into_svg();
    Ok(format!(
        "{caption}<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n</figure>\n",
        inline(&wide),
        inline(&narrow)
    ))
}

fn sized((width_px, height_px): (u32, u32), options: &PageOptions) -> ChartOptions {
    ChartOptions { units: options.units, width_px, height_px, heading: false, ..ChartOptions::default() }
}

/// On a wide window and on paper all charts but the first stand two in a row.
fn wide_size(kind: ChartKind) -> (u32, u32) {
    match kind {
        ChartKind::Pacing => (1040, 560),
        ChartKind::Laps | ChartKind::Delta => (540, 540),
        _ => (540, 460),
    }
}

fn narrow_size(kind: ChartKind) -> (u32, u32) {
    match kind {
        ChartKind::Pacing => (440, 520),
        ChartKind::Laps | ChartKind::Track => (440, 620),
        ChartKind::Shape => (440, 560),
        _ => (440, 440),
    }
}

/// The family is named once for the page, so that hundreds of texts need not repeat it.
pub(in crate::report) fn inline(svg: &str) -> String {
    svg.replace(" font-family=\"Inter, Helvetica, Arial, sans-serif\"", "")
}

/// How a chart is read, in a sentence.
fn reading(kind: ChartKind, analysis: &Analysis) -> &'static str {
    let has_goal = analysis.grade.as_ref().is_some_and(|grade| grade.goal_of_laps_s().is_some());
    match kind {
        ChartKind::Pacing => "Faster is up. Blue areas are time won, orange areas time lost.",
        ChartKind::Laps => {
            "Each bar is a lap: up is faster, down is slower. The whisker is the doubt of measurement."
        }
        ChartKind::Delta if has_goal => "Where the line rises, the runner was faster than the plan.",
        ChartKind::Delta => "Where the line rises, the runner was faster than the mile's own even pace.",
        ChartKind::Shape => {
            "Per cent make miles of any speed comparable. The grey steps are the records' average."
        }
        ChartKind::Track => "The colours show the pace. The dots are what the watch recorded.",
        ChartKind::Run => "The mile, and what came before and after it.",
        ChartKind::Hr => "The heart follows the effort by about a minute.",
    }
}
