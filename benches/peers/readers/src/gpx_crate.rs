//! The `gpx` crate. It has no place for extensions, so no heart rate.

use crate::columns::Columns;

pub(crate) fn read(bytes: &[u8]) -> (Columns, Option<String>) {
    let mut columns = Columns::default();
    match gpx::read(bytes) {
        Ok(file) => {
            let points =
                file.tracks.iter().flat_map(|track| &track.segments).flat_map(|segment| &segment.points);
            for point in points {
                let time_s = point.time.map_or(f64::NAN, |time| {
                    time::OffsetDateTime::from(time).unix_timestamp_nanos() as f64 / 1e9
                });
                columns.push(time_s, f64::NAN, (point.point().y(), point.point().x()), false);
            }
        }
        Err(error) => return (columns, Some(error.to_string())),
    }
    (columns, None)
}
