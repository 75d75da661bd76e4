//! Files compressed with gzip, as export archives hold them.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;

use super::{Limits, within_limit};
use crate::error::{Error, ErrorKind};
use crate::notice::Notice;

/// The two bytes every gzip file begins with (RFC 1952, 2.3.1).
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A file's content, and what was wrong with its compression.
pub(super) type Opened = (Vec<u8>, Option<Notice>);

/// A file's content: decompressed where it is gzip, as it is otherwise.
pub(super) fn opened(bytes: Vec<u8>, limits: &Limits) -> Result<Opened, Error> {
    if bytes.starts_with(&MAGIC) { decompress(&bytes, limits) } else { Ok((bytes, None)) }
}

/// The content and the damage apart, as a document holds them.
pub(super) fn parted(opened: Result<Opened, Error>) -> (Result<Vec<u8>, Error>, Option<Notice>) {
    match opened {
        Ok((bytes, damage)) => (Ok(bytes), damage),
        Err(error) => (Err(error), None),
    }
}

/// The first `most` bytes of a file's content, decompressed where it is gzip; fewer where it is damaged.
pub(super) fn head(bytes: &[u8], most: usize) -> Vec<u8> {
    if !bytes.starts_with(&MAGIC) {
        return bytes[..bytes.len().min(most)].to_vec();
    }
    let mut head = Vec::new();
    // The head of a file is cut off here, so an unexpected end is expected.
    let _ = MultiGzDecoder::new(bytes).take(most as u64).read_to_end(&mut head);
    head
}

/// Decompresses a gzip file. Of a damaged one, what comes before the damage is kept: the parsers read
/// truncated files, so half an activity is better than none.
fn decompress(bytes: &[u8], limits: &Limits) -> Result<Opened, Error> {
    let mut content = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(limits.file_bytes.saturating_add(1));
    match decoder.read_to_end(&mut content) {
        Ok(_) => Ok((within_limit(content, limits)?, None)),
        Err(damage) if content.is_empty() => {
            let detail = "the gzip compression is damaged from its start".into();
            Err(Error::new(ErrorKind::Malformed { detail }).caused_by(damage))
        }
        Err(damage) => {
            let message = format!("the gzip compression is damaged ({damage}); what came out was read");
            Ok((within_limit(content, limits)?, Some(Notice::new("compression-damaged", 1, message))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn compressed(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_truncated_file_gives_what_comes_before_the_cut() {
        let content: Vec<u8> =
            (0..60_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let whole = compressed(&content);
        assert_eq!(decompress(&whole, &Limits::default()).unwrap(), (content.clone(), None));
        let (half, damage) = decompress(&whole[..whole.len() / 2], &Limits::default()).unwrap();
        assert_eq!(damage.unwrap().code, "compression-damaged");
        assert!(half.len() > 1000 && content.starts_with(&half));
        assert_eq!(head(&whole[..200], 16), content[..16]);
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = compressed(&vec![0; 1 << 20]);
        let limits = Limits { file_bytes: 1000, ..Limits::default() };
        let error = decompress(&bomb, &limits).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::LimitExceeded { .. }));
    }

    #[test]
    fn nothing_but_damage_is_an_error() {
        assert!(decompress(&[0x1f, 0x8b, 9, 9, 9], &Limits::default()).is_err());
    }
}
