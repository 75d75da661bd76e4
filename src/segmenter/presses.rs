//! When the lap button was pressed: on a track the presses tell where the runner was, indoors how long the laps were.

use crate::activity::{Lap, LapTrigger};

/// Times in elapsed seconds at which a hand ended a lap, the end of the recording left out.
pub(crate) fn press_times(laps: &[Lap]) -> Vec<f64> {
    let mut times = Vec::new();
    let mut end_s = laps.first().map_or(0.0, |l| l.start_s);
    for pair in laps.windows(2) {
        // Starts are stored in whole seconds, durations in milliseconds: their sum is finer while it agrees.
        end_s += pair[0].elapsed_s.unwrap_or(0.0);
        if (end_s - pair[1].start_s).abs() > 1.1 {
            end_s = pair[1].start_s;
        }
        if pair[0].trigger == Some(LapTrigger::Manual) {
            times.push(end_s);
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_refine_whole_seconds() {
        let lap = |start_s, elapsed_s| Lap {
            start_s,
            elapsed_s: Some(elapsed_s),
            timer_s: None,
            distance_m: None,
            trigger: Some(LapTrigger::Manual),
        };
        assert_eq!(press_times(&[lap(0.0, 80.25), lap(80.0, 79.5), lap(160.0, 10.0)]), [80.25, 159.75]);
        assert_eq!(press_times(&[lap(0.0, 80.0), lap(300.0, 79.5)]), [300.0]);
        assert!(press_times(&[]).is_empty());
    }
}
