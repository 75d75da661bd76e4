//! Laps and marks typed by hand, held against each other before they are graded.

use std::ops::RangeInclusive;

use super::arguments;
use super::output::Failure;
use crate::analyzer::rubric::PacedMile;
use crate::segmenter::LapScheme;
use crate::units::{MILE_M, clock_tenths, gap, parse_time};

/// The distances at which a time can be typed, in metres.
const MARKS_M: [u32; 8] = [200, 400, 800, 1200, 1300, 1400, 1500, 1600];
/// The marks that the hundreds of the last lap lie between, in metres.
const HUNDREDS_M: [u32; 5] = [1200, 1300, 1400, 1500, 1600];
/// A lap that takes so many times what the others do was mistyped.
const OUT_OF_PROPORTION: f64 = 3.0;
/// A lap typed as 120 may be 1:20 or two minutes: what it may have meant, in seconds, is a lap of a mile of four to
/// sixteen minutes.
const LAPS_WITHOUT_COLON_S: RangeInclusive<f64> = 60.0..=240.0;
/// Nobody runs faster than this, in metres per second: 100 m in 8 s.
const FASTEST_MPS: f64 = 12.5;
/// Times taken by hand may disagree by this many seconds.
const BY_HAND_S: f64 = 0.6;
/// Marks closer to each other than this are hard to tell apart beside the track, in metres: 1200 m is often
/// taken where lap 3 ends.
const CLOSE_M: f64 = 50.0;
/// How far the laps' sum may lie from the official time, in seconds: four laps timed by hand.
const ADDED_UP_S: f64 = 0.5;
/// Four laps in whole seconds may be this far off, in seconds; beyond it one of them is wrong.
const ROUNDED_S: f64 = 2.0;

/// A lap's time as it was typed.
#[derive(Debug, Clone)]
pub(super) struct Lap {
    time_s: f64,
    /// What has to be asked where it can be read in two ways.
    doubt: Option<String>,
}

/// A lap's time; a lap of a mile takes from 40 s (nobody runs 400 m faster) to 10 minutes.
pub(super) fn lap(text: &str) -> Result<Lap, String> {
    let time_s = parse_time(text).map_err(|error| error.to_string())?;
    if (40.0..=600.0).contains(&time_s) {
        return Ok(Lap { time_s, doubt: arguments::told_apart(text, time_s, LAPS_WITHOUT_COLON_S).err() });
    }
    Err("a lap of 400 m takes from 40 s to 10:00; write eighty seconds as 80 or 1:20".into())
}

/// `200=38.6`: a distance that is a mark, and the time at it.
pub(super) fn mark(text: &str) -> Result<(u32, f64), String> {
    let (distance, time) = text.split_once('=').ok_or("write a mark as 200=38.6")?;
    let distance_m = distance.trim().parse().ok().filter(|m| MARKS_M.contains(m));
    let distance_m = distance_m.ok_or_else(|| {
        let marks = MARKS_M.map(|m| m.to_string()).join(", ");
        format!("'{distance}' is no mark; there are {marks}")
    })?;
    let time_s = parse_time(time).map_err(|error| error.to_string())?;
    Ok((distance_m, time_s))
}

/// Four laps in seconds, or what is wrong with them. Times from the start are told before a single one is doubted.
pub(super) fn four(laps: &[Lap]) -> Result<[f64; 4], Failure> {
    let [a, b, c, d] = laps else {
        return Err(Failure::Usage("four lap times are needed, such as 79.9 79.3 82.0 78.4".into()));
    };
    let laps_s = [a.time_s, b.time_s, c.time_s, d.time_s];
    laps_and_not_marks(laps_s)?;
    match laps.iter().find_map(|lap| lap.doubt.clone()) {
        Some(doubt) => Err(Failure::Usage(doubt)),
        None => Ok(laps_s),
    }
}

/// What the rubric sees of the typed times, or what is wrong with them.
pub(super) fn paced(
    laps_s: [f64; 4],
    scheme: LapScheme,
    marks: &[(u32, f64)],
    official_s: Option<f64>,
) -> Result<PacedMile, Failure> {
    laps_of_one_mile(laps_s, scheme)?;
    if let Some(official_s) = official_s.filter(|&official_s| off_s(laps_s, official_s).abs() > ROUNDED_S) {
        return Err(does_not_add_up(laps_s, official_s));
    }
    let clock = Clock::new(laps_s, scheme, marks);
    clock.goes_forward()?;
    let at = |distance_m: u32| clock.at_s(f64::from(distance_m));
    let closing = [1200, 1300, 1400, 1500, 1600].map(at);
    let closing_marks_s = match closing {
        [Some(a), Some(b), Some(c), Some(d), Some(e)] => Some([a, b, c, d, e]),
        _ => None,
    };
    Ok(PacedMile { t200_s: at(200), closing_marks_s, ..PacedMile::of_laps(scheme.lengths_m(), laps_s) })
}

/// Four times from the start, each later by about a lap, are marks and no laps.
fn laps_and_not_marks(laps_s: [f64; 4]) -> Result<(), Failure> {
    let lap_s = [laps_s[0], laps_s[1] - laps_s[0], laps_s[2] - laps_s[1], laps_s[3] - laps_s[2]];
    if lap_s.iter().all(|&lap_s| lap_s > 0.75 * laps_s[0]) {
        return Err(Failure::Usage(format!(
            "these look like times from the start; the laps between them are {}",
            lap_s.map(clock_tenths).join(" ")
        )));
    }
    Ok(())
}

/// Laps that make a mile somebody can run, none of them out of all proportion.
fn laps_of_one_mile(laps_s: [f64; 4], scheme: LapScheme) -> Result<(), Failure> {
    let total_s: f64 = laps_s.iter().sum();
    let out_of_proportion = |&&lap_s: &&f64| lap_s > OUT_OF_PROPORTION * (total_s - lap_s) / 3.0;
    if let Some(&lap_s) = laps_s.iter().find(out_of_proportion) {
        return Err(Failure::Usage(format!(
            "a lap in {} cannot be right beside the others, {} on average",
            clock_tenths(lap_s),
            clock_tenths((total_s - lap_s) / 3.0)
        )));
    }
    let mile_s = total_s * MILE_M / scheme.lengths_m().iter().sum::<f64>();
    arguments::a_mile(mile_s)
        .map_err(|why| Failure::Usage(format!("the laps add up to {}: {why}", clock_tenths(total_s))))
}

/// Of the marks around the last lap, which are missing for its hundreds, where some were typed in vain.
pub(super) fn marks_in_vain(laps_s: [f64; 4], scheme: LapScheme, marks: &[(u32, f64)]) -> Option<String> {
    // 1200 and 1600 m are worth typing alone; the others only serve the hundreds.
    if !marks.iter().any(|(distance_m, _)| HUNDREDS_M[1..4].contains(distance_m)) {
        return None;
    }
    let clock = Clock::new(laps_s, scheme, marks);
    let unknown = HUNDREDS_M.iter().filter(|&&distance_m| clock.at_s(f64::from(distance_m)).is_none());
    let missing: Vec<String> = unknown.map(|distance_m| format!("{distance_m} m")).collect();
    if missing.is_empty() {
        return None;
    }
    Some(format!("the hundreds of the last lap need the times at {} as well", missing.join(", ")))
}

/// By how many seconds the laps add up to more than the official time.
fn off_s(laps_s: [f64; 4], official_s: f64) -> f64 {
    laps_s.iter().sum::<f64>() - official_s
}

fn does_not_add_up(laps_s: [f64; 4], official_s: f64) -> Failure {
    Failure::Usage(format!(
        "the laps add up to {}, not to {}; one of them is wrong by {}",
        clock_tenths(laps_s.iter().sum()),
        clock_tenths(official_s),
        gap(off_s(laps_s, official_s))
    ))
}

/// What is to be said of laps that come near the official time but not quite.
pub(super) fn roughly_added_up(laps_s: [f64; 4], official_s: Option<f64>) -> Option<String> {
    let official_s = official_s?;
    let off_s = off_s(laps_s, official_s);
    let side = if off_s > 0.0 { "more" } else { "less" };
    (off_s.abs() > ADDED_UP_S).then(|| {
        format!(
            "the laps add up to {} {side} than the official {}; they are graded as typed",
            gap(off_s),
            clock_tenths(official_s)
        )
    })
}

/// All known times from the start, in order of distance.
struct Clock(Vec<Point>);

struct Point {
    distance_m: f64,
    time_s: f64,
    name: String,
}

impl Clock {
    fn new(laps_s: [f64; 4], scheme: LapScheme, marks: &[(u32, f64)]) -> Clock {
        let mut elapsed_s = 0.0;
        let boundaries = scheme.boundaries_m().into_iter().skip(1).zip(laps_s).enumerate();
        let lap_ends = boundaries.map(|(lap, (distance_m, lap_s))| {
            elapsed_s += lap_s;
            Point { distance_m, time_s: elapsed_s, name: format!("the end of lap {}", lap + 1) }
        });
        let mut points: Vec<Point> = lap_ends.collect();
        points.extend(marks.iter().map(|&(distance_m, time_s)| Point {
            distance_m: f64::from(distance_m),
            time_s,
            name: format!("{distance_m} m"),
        }));
        points.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        Clock(points)
    }

    /// The time at a distance; one that was typed counts before the sum of the laps.
    fn at_s(&self, distance_m: f64) -> Option<f64> {
        let here = |point: &&Point| (point.distance_m - distance_m).abs() < 0.01;
        let typed = self.0.iter().filter(here).find(|point| !point.name.starts_with("the end"));
        typed.or_else(|| self.0.iter().find(here)).map(|point| point.time_s)
    }

    /// Whether every stretch between two known times can be run.
    fn goes_forward(&self) -> Result<(), Failure> {
        let start = Point { distance_m: 0.0, time_s: 0.0, name: "the start".into() };
        let mut before = &start;
        for point in &self.0 {
            let (way_m, time_s) = (point.distance_m - before.distance_m, point.time_s - before.time_s);
            let least_s = if way_m < CLOSE_M { 0.0 } else { way_m / FASTEST_MPS };
            let too_late = way_m < 0.01 && time_s > BY_HAND_S;
            if too_late || time_s < least_s - BY_HAND_S {
                let apart =
                    if way_m < 0.01 { "at the same place".into() } else { format!("{way_m:.0} m apart") };
                return Err(disagree(before, point, &apart));
            }
            before = point;
        }
        Ok(())
    }
}

fn disagree(a: &Point, b: &Point, apart: &str) -> Failure {
    Failure::Usage(format!(
        "{} in {} and {} in {} cannot both be right, they are {apart}; --marks takes times from the start",
        a.name,
        clock_tenths(a.time_s),
        b.name,
        clock_tenths(b.time_s)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(laps_s: [f64; 4], marks: &[(u32, f64)], official_s: Option<f64>) -> String {
        paced(laps_s, LapScheme::Start, marks, official_s).unwrap_err().to_string()
    }

    #[test]
    fn what_does_not_add_up_says_what_is_wrong() {
        let even = [80.0; 4];
        assert_eq!(
            complaint(even, &[], Some(330.0)),
            "the laps add up to 5:20.0, not to 5:30.0; one of them is wrong by 10.0 s"
        );
        assert_eq!(
            complaint(even, &[], Some(250.0)),
            "the laps add up to 5:20.0, not to 4:10.0; one of them is wrong by 1:10.0"
        );
        assert_eq!(
            complaint(even, &[(800, 158.0)], None),
            "the end of lap 2 in 2:40.0 and 800 m in 2:38.0 cannot both be right, they are at the same place; --marks \
             takes times from the start"
        );
        assert!(
            complaint(even, &[(1300, 20.0)], None)
                .starts_with("the end of lap 3 in 4:00.0 and 1300 m in 20.0")
        );
        assert!(complaint(even, &[(1600, 540.0)], None).contains("9 m apart"));
    }

    #[test]
    fn laps_that_make_no_mile_are_refused() {
        assert_eq!(
            complaint([72.0, 77.0, 78.0, 430.0], &[], None),
            "a lap in 7:10.0 cannot be right beside the others, 1:15.7 on average"
        );
        assert_eq!(
            complaint([40.0, 41.0, 40.0, 41.0], &[], None),
            "the laps add up to 2:42.0: a mile takes from 3:30 to 40:00"
        );
    }

    #[test]
    fn marks_that_are_too_few_for_the_hundreds_are_named() {
        let said = |scheme, marks: &[(u32, f64)]| marks_in_vain([80.0; 4], scheme, marks);
        assert_eq!(
            said(LapScheme::Quarters, &[(1500, 298.5), (1600, 318.2)]).unwrap(),
            "the hundreds of the last lap need the times at 1200 m, 1300 m, 1400 m as well"
        );
        assert_eq!(
            said(LapScheme::Start, &[(1500, 299.5)]).unwrap(),
            "the hundreds of the last lap need the times at 1300 m, 1400 m, 1600 m as well"
        );
        for marks in [&[][..], &[(200, 39.0)], &[(1200, 240.0)]] {
            assert_eq!(said(LapScheme::Quarters, marks), None);
        }
    }

    #[test]
    fn laps_that_nearly_add_up_are_graded_with_a_word_on_it() {
        let said = |official_s| roughly_added_up([80.0; 4], Some(official_s));
        assert_eq!(
            said(318.6).unwrap(),
            "the laps add up to 1.4 s more than the official 5:18.6; they are graded as typed"
        );
        assert!(said(321.0).unwrap().contains("1.0 s less than"));
        assert_eq!((said(320.4), roughly_added_up([80.0; 4], None)), (None, None));
        assert!(paced([80.0; 4], LapScheme::Quarters, &[], Some(318.6)).is_ok());
    }

    #[test]
    fn a_lap_without_a_colon_is_seconds_unless_it_may_be_minutes_too() {
        let typed = |texts: [&str; 4]| four(&texts.map(|text| lap(text).unwrap()));
        let refused = |texts| typed(texts).unwrap_err().to_string();
        assert_eq!(typed(["80", "79.5", "1:20", "78"]).unwrap(), [80.0, 79.5, 80.0, 78.0]);
        assert_eq!(typed(["160", "165.0", "2:41", "161.5"]).unwrap(), [160.0, 165.0, 161.0, 161.5]);
        assert_eq!(refused(["121", "120", "122", "118"]), "write 1:21, or 2:01 if you mean 121 seconds");
        assert_eq!(
            refused(["80", "160", "241", "320"]),
            "these look like times from the start; the laps between them are 1:20.0 1:20.0 1:21.0 1:19.0"
        );
    }

    #[test]
    fn hundreds_are_known_when_all_five_marks_are() {
        let marks = [(1300, 260.0), (1400, 280.0), (1500, 299.5), (1600, 318.2)];
        let known = paced([80.0; 4], LapScheme::Start, &marks, Some(320.2)).unwrap();
        assert_eq!(known.closing_marks_s, Some([240.0, 260.0, 280.0, 299.5, 318.2]));
        let unknown = paced([80.0; 4], LapScheme::Quarters, &marks, None).unwrap();
        assert_eq!(unknown.closing_marks_s, None);
    }
}
