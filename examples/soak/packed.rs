//! Damaged files in gzip and zip, the packing now and then damaged too.

use std::io::{Cursor, Write};

use crate::damage::harm;
use crate::random::Random;

/// The file as it is, packed, or packed twice.
pub(crate) fn packed(file: Vec<u8>, others: &[Vec<u8>], random: &mut Random) -> std::io::Result<Vec<u8>> {
    let mut bytes = match random.below(10) {
        0 => gzip(&file)?,
        1 => zip(&[file], random)?,
        2 => zip(&[file, others[random.below(others.len())].clone(), gzip(&others[0])?], random)?,
        3 => {
            let inner = zip(&[file], random)?;
            zip(&[inner, others[random.below(others.len())].clone()], random)?
        }
        _ => return Ok(file),
    };
    if random.chance(0.3) {
        harm(&mut bytes, others, random);
    }
    Ok(bytes)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes)?;
    writer.finish()
}

/// An archive of the files, under names that archives have and some that none should.
fn zip(files: &[Vec<u8>], random: &mut Random) -> std::io::Result<Vec<u8>> {
    let names = [
        "activities/1.fit",
        "/../../up.gpx",
        "/etc/run.tcx",
        "läufe/\u{1F3C3}.fit.gz",
        "in.zip",
        "a\nb\u{1B}[0m.fit",
        "",
    ];
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (number, file) in files.iter().enumerate() {
        let name = format!("{}{}", number, names[random.below(names.len())]);
        writer.start_file(name, options).map_err(std::io::Error::other)?;
        writer.write_all(file)?;
    }
    Ok(writer.finish().map_err(std::io::Error::other)?.into_inner())
}
