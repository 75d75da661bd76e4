//! The season's best at each distance.

use jiff::civil::Date;

use super::entry::Entry;
use crate::segmenter::efforts::EFFORTS_M;
use crate::units::MILE_M;

/// The best effort of the season at one distance.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Best {
    /// The distance in metres.
    pub distance_m: f64,
    /// The time in seconds.
    pub time_s: f64,
    /// When it was run.
    pub day: Option<Date>,
    /// The file it comes from.
    pub place: String,
}

/// A stretch this many times as fast as the same recording's best mile, or without one the season's, was not run: a
/// car, or a jump of positions.
const FASTEST: f64 = 2.5;

/// The fastest effort at each distance that was run, the shortest first; recordings whose mile is suspect are left
/// out. A mile from its standing start counts as it is shown, not as its fastest window.
pub(super) fn bests(entries: &[Entry]) -> Vec<Best> {
    let clean = entries.iter().filter(|entry| entry.running).filter_map(|entry| entry.mile.as_ref());
    let season_s = clean.filter(|mile| mile.clean).map(|mile| mile.time_s).min_by(f64::total_cmp);
    let each = EFFORTS_M.iter().enumerate();
    each.filter_map(|(index, &distance_m)| best(entries, index, distance_m, season_s)).collect()
}

/// The best at one distance; `season_s` is the season's best mile.
fn best(entries: &[Entry], index: usize, distance_m: f64, season_s: Option<f64>) -> Option<Best> {
    let time_s = |entry: &Entry| match &entry.mile {
        Some(mile) if !mile.clean => None,
        Some(mile) if distance_m == MILE_M => Some(mile.time_s),
        mile => {
            let mile_s = mile.as_ref().map(|mile| mile.time_s).or(season_s);
            let run =
                |time_s: &f64| mile_s.is_none_or(|mile_s| distance_m / time_s <= FASTEST * MILE_M / mile_s);
            entry.efforts_s[index].filter(run)
        }
    };
    let runs = entries.iter().filter(|entry| entry.running);
    let timed = runs.filter_map(|entry| Some((time_s(entry)?, entry)));
    let (time_s, entry) = timed.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Best { distance_m, time_s, day: entry.day, place: entry.place.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::reading::MileEntry;

    #[test]
    fn a_short_recording_is_held_against_the_seasons_mile() {
        let mile =
            MileEntry { time_s: 480.0, uncertainty_s: None, clean: true, score: None, per_400m_s: None };
        let run = |efforts_s: [Option<f64>; 2], mile: Option<MileEntry>| {
            let mut entry = Entry { running: true, mile, ..Entry::default() };
            entry.efforts_s[..2].copy_from_slice(&efforts_s);
            entry
        };
        // 400 m in 45 s by someone whose mile takes 8 minutes: a car in traffic.
        let drive = run([Some(45.0), Some(170.0)], None);
        let entries = [run([Some(110.0), Some(230.0)], Some(mile)), drive];
        let times = |entries: &[Entry]| bests(entries).iter().map(|best| best.time_s).collect::<Vec<_>>();
        assert_eq!(times(&entries), [110.0, 170.0, 480.0]);
        assert_eq!(times(&entries[1..]), [45.0, 170.0], "nothing is known of who ran");
    }
}
