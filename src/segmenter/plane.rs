//! From latitude and longitude to metres on a plane.
//!
//! The plane is unrolled step by step: every step is exact at its own latitude, so that a track far from the start of a
//! long run keeps its true size, which one fixed scale of longitude would not give it.

use super::geodesy::radii_of_curvature_m;
use crate::activity::Samples;

/// A point on the unrolled plane: metres east and north of the first fix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x_m: f64,
    pub(crate) y_m: f64,
}

impl Point {
    /// Distance to another point in metres.
    pub(crate) fn distance_m(self, other: Point) -> f64 {
        // Not `hypot`: its care for the largest numbers costs more than all the rest.
        let (dx, dy) = (self.x_m - other.x_m, self.y_m - other.y_m);
        (dx * dx + dy * dy).sqrt()
    }

    /// The vector from `self` to `other`, metres east and north.
    pub(crate) fn to(self, other: Point) -> (f64, f64) {
        (other.x_m - self.x_m, other.y_m - self.y_m)
    }
}

/// Metres per degree of longitude and of latitude at a latitude.
fn metres_per_degree(lat_deg: f64) -> (f64, f64) {
    let (meridian_m, prime_vertical_m) = radii_of_curvature_m(lat_deg);
    (lat_deg.to_radians().cos() * prime_vertical_m.to_radians(), meridian_m.to_radians())
}

/// Every valid position on the unrolled plane; `None` where there is no position, or one that is no place on Earth.
///
/// A fix at exactly 0, 0 is what devices write before they know where they are.
pub(crate) fn unroll(samples: &Samples) -> Vec<Option<Point>> {
    let mut last: Option<(f64, f64, Point)> = None;
    // The scale changes by 1e-7 in a metre of latitude, so it is renewed only after 0.0005 degrees (55 m).
    let mut scale_at_deg = f64::INFINITY;
    let mut scale = (0.0, 0.0);
    (0..samples.len())
        .map(|row| {
            let (lat_deg, lon_deg) = samples.position_deg(row).filter(|&p| is_on_earth(p))?;
            let point = match last {
                None => Point { x_m: 0.0, y_m: 0.0 },
                Some((lat0_deg, lon0_deg, p)) => {
                    if (lat_deg - scale_at_deg).abs() > 5e-4 {
                        scale_at_deg = lat_deg;
                        scale = metres_per_degree(lat_deg);
                    }
                    let dlon_deg = wrapped(lon_deg - lon0_deg + 540.0, 360.0) - 180.0;
                    Point { x_m: p.x_m + dlon_deg * scale.0, y_m: p.y_m + (lat_deg - lat0_deg) * scale.1 }
                }
            };
            last = Some((lat_deg, lon_deg, point));
            Some(point)
        })
        .collect()
}

/// A value brought to 0 or more and less than `period`, to the last bit as `rem_euclid` does it; but that divides bit by
/// bit, and most values are at most one period away.
pub(crate) fn wrapped(value: f64, period: f64) -> f64 {
    if (0.0..period).contains(&value) {
        value
    } else if (period..2.0 * period).contains(&value) {
        value - period
    } else {
        value.rem_euclid(period)
    }
}

fn is_on_earth((lat_deg, lon_deg): (f64, f64)) -> bool {
    lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0 && (lat_deg, lon_deg) != (0.0, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of (seconds, latitude, longitude).
    fn positions(rows: &[(f64, f64, f64)]) -> Samples {
        Samples {
            elapsed_s: rows.iter().map(|row| row.0).collect(),
            lat_deg: Some(rows.iter().map(|row| Some(row.1)).collect()),
            lon_deg: Some(rows.iter().map(|row| Some(row.2)).collect()),
            ..Samples::default()
        }
    }

    #[test]
    fn a_degree_at_the_equator_is_known() {
        let (lon_m, lat_m) = metres_per_degree(0.0);
        assert!((lon_m - 111_319.49).abs() < 0.01 && (lat_m - 110_574.28).abs() < 0.01);
    }

    #[test]
    fn the_date_line_is_a_small_step() {
        let samples = positions(&[(0.0, 10.0, 179.9999), (1.0, 10.0, -179.9999)]);
        let points: Vec<_> = unroll(&samples).into_iter().flatten().collect();
        assert!((points[0].distance_m(points[1]) - 21.93).abs() < 0.02);
    }

    #[test]
    fn wrapped_is_the_remainder() {
        for value in [-721.5, -360.0, -0.1, 0.0, 0.3, 359.9, 360.0, 360.1, 540.2, 719.9, 720.0, 1e6 + 0.1] {
            assert_eq!(wrapped(value, 360.0), f64::rem_euclid(value, 360.0), "{value}");
        }
    }

    #[test]
    fn null_island_is_no_position() {
        assert_eq!(unroll(&positions(&[(0.0, 0.0, 0.0)])), [None]);
    }
}
