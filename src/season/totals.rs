//! What was recorded in all: distance, times, climbing, heart rate and cadence of a whole activity.

use super::fill::single;
use super::row::{Recorded, Totals};
use crate::activity::{Activity, Column, Samples};
use crate::analysis::Analysis;
use crate::segmenter::mile::time_weighted_mean;
use crate::segmenter::window::merge;
use crate::segmenter::{DistanceTrack, Window};

/// Slower than this is standing, in metres per second; positions of a standing watch wander less.
const MOVING_MPS: f64 = 0.5;
/// A rise or fall smaller than this is noise of the altitude, in metres.
const LEAST_CLIMB_M: f64 = 3.0;
/// Altitudes are averaged over this long to both sides before they are compared, in seconds.
const ALTITUDE_HALF_SPAN_S: f64 = 10.0;

/// The totals of an activity by its analysis, which knows its way without thrown positions, and what was driven.
pub(super) fn totals(activity: &Activity, analysis: &Analysis) -> Totals {
    let samples = &activity.samples;
    let (cleaned, vehicles) = (analysis.track.as_ref(), analysis.vehicles.as_slice());
    let track = DistanceTrack::recorded(samples).or_else(|| DistanceTrack::gps(samples));
    let (ascent_m, descent_m) = climbed(samples).unzip();
    let whole = Window { start_s: 0.0, end_s: activity.elapsed_s() };
    let mean = |column: &Option<Column<f32>>| time_weighted_mean(&samples.elapsed_s, column.as_ref()?, whole);
    Totals {
        samples: samples.len(),
        columns: Recorded::of(samples),
        distance_m: activity
            .distance_m
            .or(cleaned.or(track.as_ref()).map(DistanceTrack::total_m))
            .map(|all_m| (all_m - driven_m(cleaned, vehicles)).max(0.0)),
        elapsed_s: if samples.is_empty() { activity.timer_s } else { Some(activity.elapsed_s()) },
        timer_s: activity.timer_s,
        moving_s: track.as_ref().map(|track| moving_s(activity, track, vehicles)),
        ascent_m,
        descent_m,
        heart_rate_mean_bpm: mean(&samples.heart_rate_bpm).map(single),
        heart_rate_max_bpm: samples.heart_rate_bpm.as_ref().and_then(highest),
        cadence_mean_spm: samples
            .cadence_spm
            .as_ref()
            .and_then(|column| mean_above_0(samples, column))
            .map(single),
    }
}

/// Metres in a vehicle, which no device leaves out of its sum.
fn driven_m(track: Option<&DistanceTrack>, vehicles: &[Window]) -> f64 {
    let way_m = |track: &DistanceTrack, drive: &Window| {
        track.distance_at(drive.end_s) - track.distance_at(drive.start_s)
    };
    track.map_or(0.0, |track| vehicles.iter().map(|drive| way_m(track, drive)).sum())
}

/// The seconds in which the way went on, pauses and vehicles left out.
fn moving_s(activity: &Activity, track: &DistanceTrack, vehicles: &[Window]) -> f64 {
    let steps = track.elapsed_s().windows(2).zip(track.distance_m().windows(2));
    let paused = activity.pauses.iter().map(|pause| Window { start_s: pause.start_s, end_s: pause.end_s });
    let left_out = merge(paused.chain(vehicles.iter().copied()).collect(), 0.0);
    // Both are in order of time, so a pause that is over before a step is over before all later ones.
    let mut pauses = left_out.as_slice();
    let mut moving_s = 0.0;
    for (t, d) in steps {
        while pauses.first().is_some_and(|pause| pause.end_s <= t[0]) {
            pauses = &pauses[1..];
        }
        let inside = pauses.iter().take_while(|pause| pause.start_s < t[1]);
        let paused_s: f64 = inside.map(|p| (p.end_s.min(t[1]) - p.start_s.max(t[0])).max(0.0)).sum();
        let step_s = t[1] - t[0] - paused_s;
        if step_s > 0.0 && d[1] - d[0] >= MOVING_MPS * step_s {
            moving_s += step_s;
        }
    }
    moving_s
}

/// Metres climbed and descended; `None` without altitudes.
fn climbed(samples: &Samples) -> Option<(f64, f64)> {
    let column = samples.altitude_m.as_ref()?;
    let rows: Vec<(f64, f64)> =
        samples.elapsed_s.iter().zip(column.iter()).filter_map(|(&t, m)| Some((t, f64::from(m?)))).collect();
    let mut reference_m: Option<f64> = None;
    let (mut ascent_m, mut descent_m) = (0.0, 0.0);
    for altitude_m in smoothed(&rows) {
        let climb_m = altitude_m - *reference_m.get_or_insert(altitude_m);
        if climb_m.abs() >= LEAST_CLIMB_M {
            reference_m = Some(altitude_m);
            if climb_m > 0.0 { ascent_m += climb_m } else { descent_m -= climb_m }
        }
    }
    reference_m.map(|_| (ascent_m, descent_m))
}

/// The mean of the values near each one, for rows of seconds and metres in order of time.
fn smoothed(rows: &[(f64, f64)]) -> impl Iterator<Item = f64> + '_ {
    let (mut from, mut to, mut sum) = (0, 0, 0.0);
    rows.iter().map(move |&(at_s, _)| {
        while to < rows.len() && rows[to].0 <= at_s + ALTITUDE_HALF_SPAN_S {
            sum += rows[to].1;
            to += 1;
        }
        while rows[from].0 < at_s - ALTITUDE_HALF_SPAN_S {
            sum -= rows[from].1;
            from += 1;
        }
        sum / (to - from) as f64
    })
}

fn highest(column: &Column<f32>) -> Option<f32> {
    column.iter().flatten().max_by(f32::total_cmp)
}

/// The mean of what is above 0, each sample weighted by the time to the next, at most ten seconds.
fn mean_above_0(samples: &Samples, column: &Column<f32>) -> Option<f64> {
    let (mut sum, mut weight_s) = (0.0, 0.0);
    for (row, step) in samples.elapsed_s.windows(2).enumerate() {
        if let Some(value) = column.get(row).filter(|&value| value > 0.0) {
            let seconds = (step[1] - step[0]).min(10.0);
            sum += f64::from(value) * seconds;
            weight_s += seconds;
        }
    }
    (weight_s > 0.0).then(|| sum / weight_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Pause;
    use crate::analysis::{Options, analyze};
    use crate::parser;
    use crate::season::workout::simulated::Session;

    /// A minute at 3 m/s along the equator, climbing a metre every two seconds.
    fn minute() -> Activity {
        let points: String = (0..=60)
            .map(|s| {
                let (lon_deg, ele_m) = (0.1 + f64::from(s) * 3.0 / 111_319.49, f64::from(s) * 0.5);
                format!(
                    "<trkpt lat='0' lon='{lon_deg:.9}'><ele>{ele_m}</ele><time>2026-03-01T09:{:02}:{:02}Z</time></trkpt>",
                    s / 60,
                    s % 60
                )
            })
            .collect();
        let gpx = format!("<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>");
        parser::read(gpx.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn a_climb_is_counted_once_and_moving_time_leaves_pauses_out() {
        let mut activity = minute();
        activity.pauses = vec![Pause { start_s: 10.0, end_s: 15.0 }, Pause { start_s: 30.0, end_s: 30.5 }];
        let totals = of(&activity);
        assert!((totals.distance_m.unwrap() - 180.0).abs() < 0.05, "{totals:?}");
        assert_eq!((totals.elapsed_s, totals.moving_s), (Some(60.0), Some(54.5)));
        // Ten seconds at each end are averaged away, and less than 3 m may be left over.
        assert!((20.0..=25.0).contains(&totals.ascent_m.unwrap()), "{totals:?}");
        assert_eq!((totals.descent_m, totals.heart_rate_max_bpm), (Some(0.0), None));
        assert_eq!((totals.samples, totals.columns), (61, Recorded::of(&activity.samples)));
    }

    fn of(activity: &Activity) -> Totals {
        totals(activity, &analyze(activity, &Options::default()))
    }

    #[test]
    fn a_drive_home_is_no_running() {
        let session = Session::of(&[(1500, 3.0), (40, 0.0), (420, 12.5), (30, 0.0)]);
        let found = of(&session);
        assert!((found.distance_m.unwrap() - 4500.0).abs() < 60.0, "{found:?}");
        assert!((found.moving_s.unwrap() - 1500.0).abs() < 20.0, "{found:?}");
        assert_eq!(found.elapsed_s, Some(1990.0));
    }

    #[test]
    fn noise_below_three_metres_is_no_climb() {
        let samples = Samples {
            elapsed_s: (0..100).map(f64::from).collect(),
            altitude_m: Some((0..100).map(|s| Some(if s % 2 == 0 { 0.0 } else { 2.5 })).collect()),
            ..Samples::default()
        };
        assert_eq!(climbed(&samples), Some((0.0, 0.0)));
        assert_eq!(climbed(&Samples::default()), None);
    }

    #[test]
    fn cadence_is_averaged_while_the_legs_turn() {
        let samples = Samples {
            elapsed_s: vec![0.0, 1.0, 2.0, 60.0],
            cadence_spm: Some([Some(180.0), Some(0.0), Some(170.0), None].into_iter().collect()),
            ..Samples::default()
        };
        let mean = mean_above_0(&samples, samples.cadence_spm.as_ref().unwrap()).unwrap();
        assert!((mean - (180.0 + 1700.0) / 11.0).abs() < 1e-9);
    }
}
