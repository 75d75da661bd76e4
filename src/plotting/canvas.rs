//! The sheet that charts are drawn on: plotters' drawing area, measured in pixels of the finished picture.
//!
//! plotters rounds to whole units, which makes lines jagged, so that it is given a sheet four times as large
//! and the SVG's view box scales it back.

use std::borrow::Cow;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea, SVGBackend};
use plotters::style::text_anchor::{Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBAColor, ShapeStyle, TextStyle};

use super::chart::{ChartError, ChartOptions};
use super::layout::Layout;
use super::legend::Mark;
use super::picture::Picture;
use super::theme::{Colour, Theme};
use super::typeface::{FAMILY, Weight};

/// How many of plotters' units make a pixel.
const UNITS: f64 = 4.0;
/// plotters takes the size of type as the height of a line, which it sets at 1.24 em.
const LINE_HEIGHT_EM: f64 = 1.24;
/// Where plotters puts the baseline below the top of a text.
const ASCENT_EM: f64 = 0.76;

/// Which end of a text its position names.
pub(super) use plotters::style::text_anchor::HPos as Anchor;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) size_px: f64,
    pub(super) weight: Weight,
    pub(super) colour: Colour,
}

/// How a line or an area is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) opacity: f64,
    pub(super) width_px: f64,
}

/// A rectangle in pixels, `top` above `bottom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Frame {
    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }
}

/// A sheet of the finished picture's size; every position is in its pixels, from the upper left corner.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    pub(super) theme: Theme,
    pub(super) layout: Layout,
    pub(super) width_px: f64,
    pub(super) height_px: f64,
}

/// Draws a picture. `title` and `description` are for those who cannot see it.
pub(super) fn draw(
    options: &ChartOptions,
    title: &str,
    description: &str,
    chart: impl FnOnce(&Canvas) -> Result<(), ChartError>,
) -> Result<Picture, ChartError> {
    options.check()?;
    let (width_px, height_px) = (options.width_px, options.height_px);
    let mut drawn = String::with_capacity(64 * 1024);
    let area = SVGBackend::with_string(&mut drawn, (width_px * 4, height_px * 4)).into_drawing_area();
    let canvas = Canvas {
        area,
        theme: options.theme,
        layout: Layout::of(options),
        width_px: f64::from(width_px),
        height_px: f64::from(height_px),
    };
    let paper = Frame { left: 0.0, top: 0.0, right: canvas.width_px, bottom: canvas.height_px };
    canvas.rect(paper, options.theme.background, 1.0)?;
    chart(&canvas)?;
    canvas.area.present()?;
    drop(canvas);
    let svg = with_own_root(&drawn, options, title, description);
    Ok(Picture::new(svg, options))
}

/// Puts a root in the place of plotters' own: scaled, with round joints, with words for screen readers.
fn with_own_root(drawn: &str, options: &ChartOptions, title: &str, description: &str) -> String {
    let body = drawn.split_once('\n').map_or("", |(_root, body)| body);
    let body = with_light_opacity(body);
    let (width, height) = (options.width_px, options.height_px);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n\
         <title>{}</title>\n<desc>{}</desc>\n{body}",
        4 * width,
        4 * height,
        quick_xml::escape::escape(title),
        quick_xml::escape::escape(description),
    )
}

/// Turns the opacity of elements into that of their line or area.
///
/// plotters writes the former, for which a rasteriser must draw each element on a sheet of its own: that took 7 ms
/// for a chart instead of 5. None of the elements has both a line and an area, so the picture is the same.
fn with_light_opacity(body: &str) -> String {
    let mut light = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        // The text of a label stands on a line of its own, its `<` escaped.
        let Some((before, after)) = line.split_once(" opacity=").filter(|_| line.starts_with('<')) else {
            light.push_str(line);
            continue;
        };
        light.push_str(before);
        match after.strip_prefix("\"1\"") {
            Some(opaque) => light.push_str(opaque),
            None => {
                let stroked = line.starts_with("<polyline") || line.starts_with("<line");
                light.push_str(if stroked { " stroke-opacity=" } else { " fill-opacity=" });
                light.push_str(after);
            }
        }
    }
    light
}

impl<'a> Canvas<'a> {
    /// Sets a text whose baseline runs through `y`.
    pub(super) fn text(
        &self,
        (x, y): (f64, f64),
        anchor: Anchor,
        text: &str,
        ink: Ink,
    ) -> Result<(), ChartError> {
        let style = match ink.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::SemiBold => FontStyle::Bold,
        };
        let font = (FAMILY, ink.size_px * UNITS * LINE_HEIGHT_EM, style).into_font();
        let colour = rgba(ink.colour, 1.0);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Top));
        let top = y - ASCENT_EM * ink.size_px;
        Ok(self.area.draw(&Text::new(Cow::Borrowed(text), units(x, top), style))?)
    }

    /// Draws a straight line.
    pub(super) fn line(&self, from: (f64, f64), to: (f64, f64), stroke: Stroke) -> Result<(), ChartError> {
        Ok(self
            .area
            .draw(&PathElement::new(vec![units(from.0, from.1), units(to.0, to.1)], stroke.style()))?)
    }

    /// Draws a straight line in dashes.
    pub(super) fn dashed(&self, from: (f64, f64), to: (f64, f64), stroke: Stroke) -> Result<(), ChartError> {
        const DASH_PX: f64 = 5.0;
        const PERIOD_PX: f64 = 11.0;
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        let at = |px: f64| (from.0 + dx * px / length, from.1 + dy * px / length);
        for dash in 0..(length / PERIOD_PX).ceil() as usize {
            let begin = dash as f64 * PERIOD_PX;
            self.line(at(begin), at((begin + DASH_PX).min(length)), stroke)?;
        }
        Ok(())
    }

    /// Draws a line through points.
    pub(super) fn path(&self, points: &[(f64, f64)], stroke: Stroke) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().map(|&(x, y)| units(x, y)).collect();
        Ok(self.area.draw(&PathElement::new(points, stroke.style()))?)
    }

    /// Fills the area within points.
    pub(super) fn fill(&self, points: &[(f64, f64)], colour: Colour, opacity: f64) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().map(|&(x, y)| units(x, y)).collect();
        Ok(self.area.draw(&Polygon::new(points, rgba(colour, opacity)))?)
    }

    /// Draws a filled mark around a point.
    pub(super) fn mark(
        &self,
        (x, y): (f64, f64),
        mark: Mark,
        radius_px: f64,
        colour: Colour,
    ) -> Result<(), ChartError> {
        let r = radius_px;
        match mark {
            Mark::Disc => {
                let style = rgba(colour, 1.0).filled();
                Ok(self.area.draw(&Circle::new(units(x, y), (r * UNITS).round() as i32, style))?)
            }
            Mark::Square => {
                let r = 0.86 * r;
                self.rect(Frame { left: x - r, right: x + r, top: y - r, bottom: y + r }, colour, 1.0)
            }
            Mark::Diamond => {
                let r = 1.2 * r;
                self.fill(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], colour, 1.0)
            }
            Mark::Triangle => self.fill(
                &[(x, y - 1.1 * r), (x + 1.1 * r, y + 0.8 * r), (x - 1.1 * r, y + 0.8 * r)],
                colour,
                1.0,
            ),
        }
    }

    /// Draws an upright whisker with caps of half the width `cap_px`.
    pub(super) fn whisker(
        &self,
        x: f64,
        (top, bottom): (f64, f64),
        cap_px: f64,
        stroke: Stroke,
    ) -> Result<(), ChartError> {
        self.line((x, top), (x, bottom), stroke)?;
        self.line((x - cap_px, top), (x + cap_px, top), stroke)?;
        self.line((x - cap_px, bottom), (x + cap_px, bottom), stroke)
    }

    /// Fills a rectangle.
    pub(super) fn rect(&self, frame: Frame, colour: Colour, opacity: f64) -> Result<(), ChartError> {
        let corners = [units(frame.left, frame.top), units(frame.right, frame.bottom)];
        Ok(self.area.draw(&Rectangle::new(corners, rgba(colour, opacity).filled()))?)
    }

    /// A pair of axes over a part of the sheet: `x` from left to right, `y` from top to bottom.
    pub(super) fn pane(&self, frame: Frame, x: (f64, f64), y: (f64, f64)) -> Pane<'a> {
        let (left, top) = units(frame.left, frame.top);
        let (right, bottom) = units(frame.right, frame.bottom);
        let axes = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            x.0..x.1,
            y.0..y.1,
            (left..right, top..bottom),
        );
        Pane { area: self.area.apply_coord_spec(axes) }
    }
}

/// A part of the sheet whose positions are values along two axes.
pub(super) struct Pane<'a> {
    area: DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
}

impl Pane<'_> {
    /// Draws a line through values.
    pub(super) fn path(&self, values: &[(f64, f64)], stroke: Stroke) -> Result<(), ChartError> {
        Ok(self.area.draw(&PathElement::new(values, stroke.style()))?)
    }

    /// Fills the area within values.
    pub(super) fn fill(&self, values: &[(f64, f64)], colour: Colour, opacity: f64) -> Result<(), ChartError> {
        Ok(self.area.draw(&Polygon::new(values, rgba(colour, opacity)))?)
    }

    /// Where a pair of values lies on the sheet, in pixels.
    pub(super) fn position_px(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = self.area.map_coordinate(&(x, y));
        (f64::from(x) / UNITS, f64::from(y) / UNITS)
    }
}

impl Stroke {
    pub(super) fn new(colour: Colour, width_px: f64) -> Stroke {
        Stroke { colour, opacity: 1.0, width_px }
    }

    pub(super) fn faint(self, opacity: f64) -> Stroke {
        Stroke { opacity, ..self }
    }

    fn style(self) -> ShapeStyle {
        rgba(self.colour, self.opacity).stroke_width((self.width_px * UNITS).round() as u32)
    }
}

fn units(x: f64, y: f64) -> (i32, i32) {
    ((x * UNITS).round() as i32, (y * UNITS).round() as i32)
}

fn rgba(colour: Colour, opacity: f64) -> RGBAColor {
    RGBAColor(colour.red, colour.green, colour.blue, opacity)
}

/// plotters writes into memory, which cannot fail; were it to fail, the fault would be the program's.
impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> ChartError {
        ChartError::Drawing(error.to_string())
    }
}
