//! Where a picture's texts are, as a rasteriser with the bundled faces sets them.

use std::sync::Arc;

use fourlap::plotting::Picture;
use resvg::usvg::{Group, Node, Options, Tree, fontdb};

/// A text and the box it takes, in pixels.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Label {
    /// Whether two labels come closer than a pixel.
    pub(crate) fn touches(&self, other: &Label) -> bool {
        let apart = self.right + 1.0 < other.left
            || other.right + 1.0 < self.left
            || self.bottom < other.top
            || other.bottom < self.top;
        !apart
    }
}

/// All texts of a picture.
pub(crate) fn of(picture: &Picture) -> Vec<Label> {
    let mut faces = fontdb::Database::new();
    for face in ["Inter-Regular.otf", "Inter-SemiBold.otf"] {
        let path = format!("{}/src/plotting/fonts/{face}", env!("CARGO_MANIFEST_DIR"));
        faces.load_font_data(std::fs::read(path).unwrap());
    }
    faces.set_sans_serif_family("Inter");
    let options = Options { fontdb: Arc::new(faces), ..Options::default() };
    let tree = Tree::from_str(picture.svg(), &options).unwrap();
    let mut labels = Vec::new();
    collect(tree.root(), &mut labels);
    labels
}

fn collect(group: &Group, labels: &mut Vec<Label>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, labels),
            Node::Text(text) => {
                // The ink, not the line that it stands in.
                let ink = text.flattened().abs_bounding_box();
                labels.push(Label {
                    text: text.chunks().iter().map(|chunk| chunk.text().trim()).collect(),
                    left: f64::from(ink.left()),
                    top: f64::from(ink.top()),
                    right: f64::from(ink.right()),
                    bottom: f64::from(ink.bottom()),
                });
            }
            _ => {}
        }
    }
}

/// The width of an 8-bit RGB PNG and its pixels.
pub(crate) fn pixels(png: &[u8]) -> (usize, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width as usize, pixels)
}
