//! Defects of the values: positions and heart rates that cannot be, pauses written as positions.

use super::time::drop_flagged;
use super::{Break, Found};
use crate::parser::rows::{NO_TIME, Narrow, Rows, Wide};

/// Takes out the points by which OpenTracks marks a pause: latitude 100 where it begins, 200 where it ends.
/// Gives the pauses, as far as both ends have a time.
pub(super) fn take_pause_markers(rows: &mut Rows) -> (Vec<Break>, Option<Found>) {
    let is_marker = |lat: f64| lat == 100.0 || lat == 200.0;
    let lat = rows.wide(Wide::Lat);
    if !lat.iter().any(|&lat| is_marker(lat)) {
        return (Vec::new(), None);
    }
    let keep: Vec<bool> = lat.iter().map(|&lat| !is_marker(lat)).collect();
    let mut pauses = Vec::new();
    let mut begun = None;
    for (&lat, &time) in lat.iter().zip(&rows.time_us) {
        if lat == 100.0 {
            begun = begun.or(Some(time));
        } else if let (200.0, Some(from)) = (lat, begun) {
            if from != NO_TIME && time != NO_TIME {
                pauses.push((from, time));
            }
            begun = None;
        }
    }
    (pauses, drop_flagged(rows, &keep))
}

/// Leaves out positions beyond the poles or beyond 180 degrees, and halves of positions.
pub(super) fn drop_positions_outside_the_world(rows: &mut Rows) -> Option<Found> {
    drop_positions(rows, |lat, lon| !((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)))
}

/// Leaves out positions at 0, 0, which devices write before they know where they are.
pub(super) fn drop_positions_at_zero(rows: &mut Rows) -> Option<Found> {
    drop_positions(rows, |lat, lon| lat == 0.0 && lon == 0.0)
}

fn drop_positions(rows: &mut Rows, bad: impl Fn(f64, f64) -> bool) -> Option<Found> {
    let len = rows.len();
    if rows.wide(Wide::Lat).is_empty() && rows.wide(Wide::Lon).is_empty() {
        return None;
    }
    // A file may have one half of the positions only.
    rows.wide_mut(Wide::Lat).resize(len, f64::NAN);
    rows.wide_mut(Wide::Lon).resize(len, f64::NAN);
    let (lat, lon) = (rows.wide(Wide::Lat), rows.wide(Wide::Lon));
    let is_bad = |(lat, lon): (f64, f64)| !(lat.is_nan() && lon.is_nan()) && bad(lat, lon);
    let found: Vec<usize> =
        lat.iter().zip(lon).enumerate().filter(|&(_, (&a, &o))| is_bad((a, o))).map(|(row, _)| row).collect();
    for &row in &found {
        rows.wide_mut(Wide::Lat)[row] = f64::NAN;
        rows.wide_mut(Wide::Lon)[row] = f64::NAN;
    }
    Found::over(found.into_iter().map(|row| rows.offset[row]))
}

/// Leaves out heart rates of 0 and of 255 and more: no contact, or no value.
pub(super) fn drop_heart_rates_of_nobody(rows: &mut Rows) -> Option<Found> {
    drop_values(rows, Narrow::HeartRate, |v| v <= 0.0 || v >= 255.0)
}

/// Leaves out negative speeds, cadences, powers and distances, which apps write for "unknown".
pub(super) fn drop_negative_values(rows: &mut Rows) -> Option<Found> {
    let narrow = [Narrow::Speed, Narrow::Cadence, Narrow::Power];
    let found = narrow.into_iter().filter_map(|column| drop_values(rows, column, |v| v < 0.0));
    let mut all: Vec<Found> = found.collect();
    if rows.wide(Wide::Distance).iter().any(|&v| v < 0.0) {
        let places = rows.wide(Wide::Distance).iter().zip(&rows.offset);
        all.extend(Found::over(places.filter(|&(&v, _)| v < 0.0).map(|(_, &at)| at)));
        rows.wide_mut(Wide::Distance).iter_mut().filter(|v| **v < 0.0).for_each(|v| *v = f64::NAN);
    }
    all.into_iter().reduce(|a, b| Found { count: a.count + b.count, first: a.first.min(b.first) })
}

fn drop_values(rows: &mut Rows, column: Narrow, bad: impl Fn(f32) -> bool) -> Option<Found> {
    // The usual case first: nothing to do, found without leaving the column.
    if !rows.narrow(column).iter().any(|&v| bad(v)) {
        return None;
    }
    let places = rows.narrow(column).iter().zip(&rows.offset);
    let found = Found::over(places.filter(|&(&v, _)| bad(v)).map(|(_, &at)| at));
    rows.narrow_mut(column).iter_mut().filter(|v| bad(**v)).for_each(|v| *v = f32::NAN);
    found
}

/// Finds where the device's distance is less than before. Nothing is changed: a running maximum, which
/// whoever searches in it takes anyway, is as good a repair as there is, and the raw values tell more.
pub(super) fn find_distance_going_back(rows: &Rows) -> Option<Found> {
    let mut last = f64::NEG_INFINITY;
    let mut goes_back = |v: f64| {
        let back = v < last;
        if !v.is_nan() {
            last = v;
        }
        back
    };
    let places = rows.wide(Wide::Distance).iter().zip(&rows.offset);
    Found::over(places.filter(|&(&v, _)| goes_back(v)).map(|(_, &at)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(positions: &[(f64, f64)]) -> Rows {
        let mut rows = Rows::default();
        for (index, &(lat, lon)) in positions.iter().enumerate() {
            rows.begin(index as i64 * 1_000_000, index * 10);
            rows.set_wide(Wide::Lat, lat);
            rows.set_wide(Wide::Lon, lon);
        }
        rows.finish();
        rows
    }

    #[test]
    fn opentracks_pauses_become_pauses() {
        let mut rows = rows_of(&[(3.0, 14.0), (100.0, 0.0), (200.0, 0.0), (3.0, 14.1)]);
        let (pauses, found) = take_pause_markers(&mut rows);
        assert_eq!(pauses, [(1_000_000, 2_000_000)]);
        assert_eq!(found, Some(Found { count: 2, first: 10 }));
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn a_pause_marker_without_a_time_makes_no_pause() {
        let mut rows = rows_of(&[(3.0, 14.0), (100.0, 0.0), (200.0, 0.0), (3.0, 14.1)]);
        rows.time_us[1] = NO_TIME;
        let (pauses, found) = take_pause_markers(&mut rows);
        assert_eq!((pauses, found.map(|found| found.count)), (vec![], Some(2)));
    }

    #[test]
    fn positions_outside_the_world_and_halves_go() {
        let mut rows = rows_of(&[(91.0, 0.0), (52.0, 181.0), (52.0, 13.0), (-90.0, 180.0)]);
        rows.wide_mut(Wide::Lon)[2] = f64::NAN;
        let found = drop_positions_outside_the_world(&mut rows);
        assert_eq!(found, Some(Found { count: 3, first: 0 }));
        assert!(rows.wide(Wide::Lat)[2].is_nan());
        assert_eq!(rows.wide(Wide::Lat)[3], -90.0);
    }

    #[test]
    fn a_position_at_zero_goes_but_the_equator_stays() {
        let mut rows = rows_of(&[(0.0, 0.0), (0.0, 13.0)]);
        assert_eq!(drop_positions_at_zero(&mut rows), Some(Found { count: 1, first: 0 }));
        assert_eq!(rows.wide(Wide::Lon)[1], 13.0);
    }

    #[test]
    fn heart_rates_of_0_and_255_go() {
        let mut rows = rows_of(&[(1.0, 1.0); 3]);
        for (row, bpm) in [0.0, 150.0, 255.0].into_iter().enumerate() {
            rows.narrow_mut(Narrow::HeartRate).push(bpm);
            assert_eq!(rows.narrow(Narrow::HeartRate).len(), row + 1);
        }
        assert_eq!(drop_heart_rates_of_nobody(&mut rows), Some(Found { count: 2, first: 0 }));
        assert_eq!(rows.narrow(Narrow::HeartRate)[1], 150.0);
    }

    #[test]
    fn negative_values_go() {
        let mut rows = rows_of(&[(1.0, 1.0); 2]);
        rows.narrow_mut(Narrow::Speed).extend([-1.0, 3.0]);
        rows.wide_mut(Wide::Distance).extend([0.0, -5.0]);
        assert_eq!(drop_negative_values(&mut rows), Some(Found { count: 2, first: 0 }));
    }

    #[test]
    fn a_distance_that_goes_back_is_told_and_kept() {
        let mut rows = rows_of(&[(1.0, 1.0); 4]);
        rows.wide_mut(Wide::Distance).extend([10.0, 20.0, 5.0, 6.0]);
        assert_eq!(find_distance_going_back(&rows), Some(Found { count: 1, first: 20 }));
        assert_eq!(rows.wide(Wide::Distance)[2], 5.0);
    }
}
