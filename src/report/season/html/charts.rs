//! The season's charts in the page, each for wide and narrow windows.

use super::SeasonPageOptions;
use crate::plotting::{ChartError, ChartOptions, SeasonChart};
use crate::report::html::{escaped, inline};
use crate::season::reading::Reading;

/// All charts; where one cannot be drawn, its place says why.
pub(super) fn figures(reading: &Reading, options: &SeasonPageOptions) -> Result<String, ChartError> {
    let mut figures = String::from("<section class=\"charts\" aria-label=\"Charts\">\n");
    for chart in SeasonChart::ALL {
        figures += &figure(chart, reading, options)?;
    }
    Ok(figures + "</section>\n")
}

fn figure(chart: SeasonChart, reading: &Reading, options: &SeasonPageOptions) -> Result<String, ChartError> {
    let caption = format!(
        "<figure id=\"{0}\" class=\"{0}\">\n<figcaption><h2>{1}</h2><p>{2}</p></figcaption>\n",
        chart.as_str(),
        chart.title(),
        how_to_read(chart)
    );
    let draw = |(width_px, height_px)| {
        let look = ChartOptions {
            units: options.units,
            width_px,
            height_px,
            heading: false,
            ..ChartOptions::default()
        };
        chart.draw(reading, &look)
    };
    let wide = match draw(wide_size(chart)) {
        Ok(picture) => picture.into_svg(),
        Err(ChartError::Drawing(fault)) => return Err(ChartError::Drawing(fault)),
        Err(reason) => {
            let words = escaped(&reason.to_string());
            return Ok(format!("{caption}<p class=\"missing\">Not drawn: {words}.</p>\n</figure>\n"));
        }
    };
    let narrow = draw((440, 440))?.into_svg();
    Ok(format!(
        "{caption}<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n</figure>\n",
        inline(&wide),
        inline(&narrow)
    ))
}

fn wide_size(chart: SeasonChart) -> (u32, u32) {
    match chart {
        SeasonChart::Progress => (1040, 480),
        SeasonChart::Volume => (1040, 420),
        SeasonChart::Distances | SeasonChart::Shapes => (540, 460),
    }
}

/// How a chart is read, in a sentence.
fn how_to_read(chart: SeasonChart) -> &'static str {
    match chart {
        SeasonChart::Progress => "Faster is up; each step is a record of the season.",
        SeasonChart::Volume => {
            "Each bar is a week, of a long season a month: easy running at its foot, racing at its head."
        }
        SeasonChart::Distances => "Dots on the grey line: as good as the mile; below it there is room.",
        SeasonChart::Shapes => "Up is faster than the mile's mean. Flat lines are even miles.",
    }
}
