//! A finished picture: SVG text, and the same as PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::chart::{ChartError, ChartOptions};
use super::theme::Colour;
use super::typeface;

/// A chart that has been drawn. The same analysis gives the same bytes, as SVG and as PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    svg: String,
    width_px: u32,
    height_px: u32,
    density: u32,
    background: Colour,
}

impl Picture {
    pub(super) fn new(svg: String, options: &ChartOptions) -> Picture {
        Picture {
            svg,
            width_px: options.width_px,
            height_px: options.height_px,
            density: options.density,
            background: options.theme.background,
        }
    }

    /// The picture as SVG. It names the typeface Inter; a viewer without it takes another sans-serif.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture as SVG, given away.
    pub fn into_svg(self) -> String {
        self.svg
    }

    /// Its width in pixels.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Its height in pixels.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// The picture as PNG (8-bit RGB, no transparency), drawn with the bundled typeface; as many times larger as
    /// [`ChartOptions::density`] asks for.
    ///
    /// # Errors
    /// [`ChartError::Drawing`], where the SVG cannot be read back: a fault of this program.
    pub fn to_png(&self) -> Result<Vec<u8>, ChartError> {
        let failed = |error: &dyn std::fmt::Display| ChartError::Drawing(error.to_string());
        let options = Options { fontdb: typeface::database(), ..Options::default() };
        let tree = Tree::from_str(&self.svg, &options).map_err(|error| failed(&error))?;
        let mut pixels = Pixmap::new(self.density * self.width_px, self.density * self.height_px)
            .ok_or_else(|| failed(&"it has no pixels"))?;
        let Colour { red, green, blue } = self.background;
        pixels.fill(resvg::tiny_skia::Color::from_rgba8(red, green, blue, 255));
        resvg::render(
            &tree,
            Transform::from_scale(self.density as f32, self.density as f32),
            &mut pixels.as_mut(),
        );
        self.encode(pixels.data()).map_err(|error| failed(&error))
    }

    /// Everything is opaque, so the fourth byte of each pixel tells nothing and is left out.
    fn encode(&self, rgba: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
        let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let mut bytes = Vec::with_capacity(128 * 1024);
        let mut encoder =
            png::Encoder::new(&mut bytes, self.density * self.width_px, self.density * self.height_px);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        // A season passes over the pictures that this program drew.
        encoder.add_text_chunk("Software".into(), "fourlap".into())?;
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&rgb)?;
        writer.finish()?;
        Ok(bytes)
    }
}
