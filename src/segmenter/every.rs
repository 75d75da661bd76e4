//! The whole run in equal parts: every 400 m, kilometre or mile.

use super::distance::DistanceTrack;
use super::mile::{Split, mean_cadence, time_weighted_mean};
use super::window::Window;
use crate::activity::{Column, Samples};

/// More parts than this are refused: a day of running has fewer hundreds.
const MOST_PARTS: f64 = 5000.0;

/// The run cut into parts of `every_m` metres; what remains at the end is a shorter last part, labelled so.
///
/// Empty where the track has no length, or would have more than 5000 parts.
pub(crate) fn splits_every(track: &DistanceTrack, every_m: f64, samples: &Samples) -> Vec<Split> {
    let (Some(&from_s), Some(&first_m)) = (track.elapsed_s().first(), track.distance_m().first()) else {
        return Vec::new();
    };
    let total_m = track.total_m();
    if total_m <= 0.0 || every_m <= 0.0 || total_m / every_m > MOST_PARTS {
        return Vec::new();
    }
    let whole = (total_m / every_m).floor() as usize;
    let mut ends_m: Vec<f64> = (1..=whole).map(|part| part as f64 * every_m).collect();
    // Less than a metre is the rounding of the last part, not a part of its own.
    if total_m - whole as f64 * every_m >= 1.0 {
        ends_m.push(total_m);
    }
    let (mut start_m, mut start_s) = (0.0, from_s);
    ends_m
        .into_iter()
        .filter_map(|end_m| {
            let end_s = track.time_at(first_m + end_m, start_s)?;
            let part = part(start_m, end_m, Window { start_s, end_s }, every_m, samples);
            (start_m, start_s) = (end_m, end_s);
            Some(part)
        })
        .collect()
}

fn part(from_m: f64, to_m: f64, span: Window, every_m: f64, samples: &Samples) -> Split {
    let length_m = to_m - from_m;
    let mean = |column: &Option<Column<f32>>| time_weighted_mean(&samples.elapsed_s, column.as_ref()?, span);
    let whole = (length_m - every_m).abs() < 1e-6;
    Split {
        label: if whole { format!("{to_m:.0} m") } else { format!("{to_m:.0} m, the last {length_m:.0}") },
        from_m,
        to_m,
        time_s: span.time_s(),
        per_400m_s: span.time_s() * 400.0 / length_m,
        uncertainty_s: None,
        heart_rate_bpm: mean(&samples.heart_rate_bpm),
        cadence_spm: samples.cadence_spm.as_ref().and_then(|spm| mean_cadence(&samples.elapsed_s, spm, span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::DistanceSource;

    #[test]
    fn parts_add_up_and_the_rest_is_named() {
        let points = [(0.0, 100.0), (100.0, 500.0), (250.0, 1000.0)];
        let track = DistanceTrack::through(DistanceSource::Recorded, points);
        let parts = splits_every(&track, 400.0, &Samples::default());
        assert_eq!(
            parts.iter().map(|p| p.label.as_str()).collect::<Vec<_>>(),
            ["400 m", "800 m", "900 m, the last 100"]
        );
        assert_eq!(parts.iter().map(|p| p.time_s).collect::<Vec<_>>(), [100.0, 120.0, 30.0]);
        assert!(splits_every(&track, 0.1, &Samples::default()).is_empty());
    }
}
