//! Files compressed with gzip, as export archives hold them.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;

use super::{Limits, within_limit};
use crate::error::{Error, ErrorKind};

/// The two bytes every gzip file begins with (RFC 1952, 2.3.1).
const MAGIC: [u8; 2] = [0x1f, 0x8b];

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Decompresses a gzip file. Of a damaged one, what comes before the damage is kept: the parsers read
/// truncated files, so half an activity is better than none.
pub(super) fn decompress(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut content = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(limits.file_bytes + 1);
    match decoder.read_to_end(&mut content) {
        Err(damage) if content.is_empty() => {
            let detail = "the gzip compression is damaged from its start".into();
            Err(Error::new(ErrorKind::Malformed { detail }).caused_by(damage))
        }
        _ => within_limit(content, limits),
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
        assert_eq!(decompress(&whole, &Limits::default()).unwrap(), content);
        let half = decompress(&whole[..whole.len() / 2], &Limits::default()).unwrap();
        assert!(half.len() > 1000 && content.starts_with(&half));
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = compressed(&vec![0; 1 << 20]);
        let error = decompress(&bomb, &Limits { file_bytes: 1000 }).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::LimitExceeded { .. }));
    }

    #[test]
    fn nothing_but_damage_is_an_error() {
        assert!(decompress(&[0x1f, 0x8b, 9, 9, 9], &Limits::default()).is_err());
    }
}
