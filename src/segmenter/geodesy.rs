//! Lengths on the WGS84 ellipsoid for the short steps between two fixes of a watch.

/// Equatorial radius of the WGS84 ellipsoid in metres (NIMA TR8350.2, 3rd edition, table 3.1).
const SEMI_MAJOR_AXIS_M: f64 = 6_378_137.0;
/// Flattening of the WGS84 ellipsoid (same table).
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// First eccentricity squared.
const ECCENTRICITY_SQUARED: f64 = FLATTENING * (2.0 - FLATTENING);

/// The radii of curvature of the ellipsoid at a latitude: (meridian, prime vertical), in metres.
///
/// Source: Rapp, *Geometric Geodesy, part I* (1991), equations 3.88 and 3.100.
pub(crate) fn radii_of_curvature_m(lat_deg: f64) -> (f64, f64) {
    let sin = lat_deg.to_radians().sin();
    let w = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
    let prime_vertical_m = SEMI_MAJOR_AXIS_M / w.sqrt();
    (prime_vertical_m * (1.0 - ECCENTRICITY_SQUARED) / w, prime_vertical_m)
}

/// Eastward and northward components in metres of the step from one position to the next, both in degrees as
/// (latitude, longitude).
///
/// The mid-latitude formula: both radii of curvature are taken halfway. Over steps of 1 to 10 m it differs
/// from the geodesic by less than 5 parts in 10⁹; a sphere would be off by up to 9 m in a mile.
pub(crate) fn step_east_north_m(from_deg: (f64, f64), to_deg: (f64, f64)) -> (f64, f64) {
    let mid_lat_deg = 0.5 * (from_deg.0 + to_deg.0);
    let (meridian_m, prime_vertical_m) = radii_of_curvature_m(mid_lat_deg);
    let mut delta_lon_deg = to_deg.1 - from_deg.1;
    if delta_lon_deg.abs() > 180.0 {
        // The short way round, across the antimeridian.
        delta_lon_deg -= 360.0_f64.copysign(delta_lon_deg);
    }
    let east_m = prime_vertical_m * mid_lat_deg.to_radians().cos() * delta_lon_deg.to_radians();
    let north_m = meridian_m * (to_deg.0 - from_deg.0).to_radians();
    (east_m, north_m)
}

/// Length in metres of the step between two positions in degrees, see [`step_east_north_m`].
pub(crate) fn step_m(from_deg: (f64, f64), to_deg: (f64, f64)) -> f64 {
    let (east_m, north_m) = step_east_north_m(from_deg, to_deg);
    (east_m * east_m + north_m * north_m).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Destination, Distance, Geodesic, Point};
    use proptest::prelude::*;

    #[test]
    fn a_step_across_the_antimeridian_is_short() {
        let step = step_m((10.0, 179.99995), (10.0, -179.99995));
        assert!((step - 10.9639).abs() < 0.001, "{step}");
    }

    proptest! {
        #[test]
        fn steps_equal_the_geodesic(lat in -85.0..85.0_f64, lon in -179.0..179.0_f64, bearing in 0.0..360.0_f64, length in 0.5..30.0_f64) {
            let from = Point::new(lon, lat);
            let to = Geodesic.destination(from, bearing, length);
            let ours = step_m((lat, lon), (to.y(), to.x()));
            let exact = Geodesic.distance(from, to);
            prop_assert!((ours - exact).abs() <= 1e-6 * exact + 1e-8, "{ours} {exact}");
        }
    }
}
