//! What every reader fills, and the fastest mile that a careful script finds in it.

/// A mile in metres.
const MILE_M: f64 = 1609.344;

/// The rows of a file. NaN stands for what a row does not have.
#[derive(Default)]
pub(crate) struct Columns {
    /// Seconds since the epoch, or any other fixed moment.
    pub(crate) time_s: Vec<f64>,
    /// The device's own distance in metres.
    pub(crate) distance_m: Vec<f64>,
    /// Latitude and longitude in degrees.
    pub(crate) position_deg: Vec<(f64, f64)>,
    /// How many records or trackpoints were read.
    pub(crate) records: usize,
    /// How many of them have a heart rate.
    pub(crate) heart_rates: usize,
}

impl Columns {
    /// Appends a record.
    pub(crate) fn push(&mut self, time_s: f64, distance_m: f64, position_deg: (f64, f64), heart_rate: bool) {
        self.time_s.push(time_s);
        self.distance_m.push(distance_m);
        self.position_deg.push(position_deg);
        self.records += 1;
        self.heart_rates += usize::from(heart_rate);
    }

    /// Time and distance by the device, of the rows that have both.
    pub(crate) fn recorded_m(&self) -> Vec<(f64, f64)> {
        rising(self.time_s.iter().copied().zip(self.distance_m.iter().copied()))
    }

    /// Time and the sum of the steps between positions, by haversine on the mean sphere, as programs do it.
    pub(crate) fn stepped_m(&self) -> Vec<(f64, f64)> {
        let mut before: Option<(f64, f64)> = None;
        let mut sum_m = 0.0;
        rising(self.time_s.iter().zip(&self.position_deg).filter(|(_, p)| !p.0.is_nan()).map(
            |(&time_s, &here)| {
                sum_m += before.map_or(0.0, |there| haversine_m(there, here));
                before = Some(here);
                (time_s, sum_m)
            },
        ))
    }

    /// The fastest exact mile in seconds, both ends interpolated.
    pub(crate) fn fastest_mile_s(&self, way: &[(f64, f64)]) -> Option<f64> {
        let at = |wanted_m: f64| -> Option<f64> {
            let after = way.partition_point(|&(_, m)| m < wanted_m);
            let &(t1, m1) = way.get(after)?;
            let &(t0, m0) = way.get(after.checked_sub(1)?)?;
            Some(t0 + (t1 - t0) * (wanted_m - m0) / (m1 - m0))
        };
        let from_start = way.iter().filter_map(|&(t, m)| Some(at(m + MILE_M)? - t));
        let from_end = way.iter().filter_map(|&(t, m)| Some(t - at(m - MILE_M)?));
        from_start.chain(from_end).min_by(f64::total_cmp)
    }
}

/// The rows with both values whose time is later than the last, their distance never falling.
fn rising(rows: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (time_s, distance_m) in rows.filter(|(t, m)| !t.is_nan() && !m.is_nan()) {
        match kept.last() {
            Some(&(before_s, _)) if time_s <= before_s => {}
            Some(&(_, before_m)) => kept.push((time_s, distance_m.max(before_m))),
            None => kept.push((time_s, distance_m)),
        }
    }
    kept
}

fn haversine_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * 6_371_008.8 * h.sqrt().asin()
}
