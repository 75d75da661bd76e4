//! Sentences of the season that the terminal and the page share.

use crate::report::text::{counted, plural};
use crate::season::calendar::day;
use crate::season::reading::{Block, BlockPart, Counts, MilePoint, Reading};
use crate::units::{UnitSystem, clock_tenths};

/// Kilometres as they are read: `412 km`, `256 mi`, one decimal below a hundred.
pub(super) fn way(km: f64, units: UnitSystem) -> String {
    // The sum of nothing is a negative zero.
    let value = 1000.0 * km / units.unit_m() + 0.0;
    let symbol = units.symbol();
    if value < 99.95 { format!("{value:.1} {symbol}") } else { format!("{value:.0} {symbol}") }
}

/// Hours and minutes: `38 h 12 min`.
pub(super) fn hours(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round() as u64;
    if minutes < 60 {
        format!("{minutes} min")
    } else {
        format!("{} h {:02} min", minutes / 60, minutes % 60)
    }
}

/// What was run in all.
pub(super) fn totals(reading: &Reading, units: UnitSystem) -> String {
    let runs = || reading.entries.iter().filter(|entry| entry.running);
    let km: f64 = runs().map(|entry| entry.distance_m / 1000.0).sum();
    let time_s: f64 = runs().map(|entry| entry.time_s).sum();
    let mut parts = vec![match reading.counts.runs {
        0 => "No runs".to_owned(),
        runs => format!("{}, {} in {}", counted(runs, "run"), way(km, units), hours(time_s)),
    }];
    let others = reading.counts.analysed - reading.counts.runs;
    if others > 0 {
        parts.push(format!("{} of other sports", plural(others, "session", "sessions")));
    }
    parts.join("; ")
}

/// What was left out, and why; empty where nothing was.
pub(super) fn left_out(counts: Counts) -> String {
    let mut parts = Vec::new();
    if counts.duplicates > 0 {
        parts.push(plural(counts.duplicates, "duplicate", "duplicates"));
    }
    if counts.not_activities > 0 {
        parts.push(plural(counts.not_activities, "file that is no activity", "files that are no activities"));
    }
    if counts.failed > 0 {
        parts.push(plural(counts.failed, "file that could not be read", "files that could not be read"));
    }
    if counts.outside > 0 {
        parts.push(format!(
            "{} outside of what was asked for",
            plural(counts.outside, "activity", "activities")
        ));
    }
    parts.join(", ")
}

/// The records of the mile, the first and the last ones where there are many: `5:41.2 (8 Mar), 5:19.6 (28 May)`.
pub(super) fn records(miles: &[MilePoint], years: bool) -> Option<String> {
    let record = |mile: &MilePoint| format!("{} ({})", clock_tenths(mile.time_s), day(mile.day, years));
    let mut steps: Vec<String> = miles.iter().filter(|mile| mile.record).map(record).collect();
    if steps.len() > 4 {
        steps.splice(1..steps.len() - 2, ["...".to_owned()]);
    }
    (!steps.is_empty()).then(|| steps.join(", "))
}

/// How many miles there were, and how many of them cannot be trusted.
pub(super) fn mile_counts(miles: &[MilePoint]) -> String {
    let efforts = miles.iter().filter(|mile| mile.clean && mile.effort).count();
    let suspect = miles.iter().filter(|mile| !mile.clean).count();
    let mut said = match efforts {
        0 => "no mile effort".to_owned(),
        efforts => plural(efforts, "mile effort", "mile efforts"),
    };
    if suspect > 0 {
        said += &format!(", {suspect} suspect");
    }
    said
}

/// How much was run in the block, and how.
pub(super) fn block_volume(block: &Block, units: UnitSystem) -> String {
    // A few days say nothing of a week.
    if block.weeks < 2.0 {
        let whole = way(block.running_km, units);
        return format!("{whole} in all, {}", fast(block.fast_share));
    }
    let weekly = way(block.running_km / block.weeks, units);
    let rest = rest_days(block.count(BlockPart::RestDays), block.weeks);
    format!("{weekly} a week, {}; {rest}", fast(block.fast_share))
}

/// How much of a way was fast: `14 % of it fast`.
fn fast(share: f64) -> String {
    match (100.0 * share).round() {
        0.0 if share > 0.0 => "less than 1 % of it fast".into(),
        0.0 => "none of it fast".into(),
        100.0 if share >= 1.0 => "all of it fast".into(),
        percent => format!("{percent:.0} % of it fast"),
    }
}

/// How often there was a day of rest, as people say it.
fn rest_days(days: usize, weeks: f64) -> String {
    let a_week = days as f64 / weeks;
    match (days, (1.0 / a_week).round()) {
        (0, _) => "no rest day".into(),
        _ if a_week >= 1.05 => {
            let tenths = format!("{a_week:.1}");
            format!("{} rest days a week", tenths.strip_suffix(".0").unwrap_or(&tenths))
        }
        (_, 0.0..=1.0) => "a rest day a week".into(),
        (1, _) => "one rest day in all".into(),
        (_, 2.0) => "a rest day every other week".into(),
        (_, every) => format!("a rest day every {every:.0} weeks"),
    }
}

/// What the block held: `15 easy runs, 7 long runs, 5 interval sessions`.
pub(super) fn block_parts(block: &Block) -> String {
    let held = |part: &BlockPart| {
        let (one, many) = part.names();
        let count = block.count(*part);
        (count > 0 && *part != BlockPart::RestDays).then(|| plural(count, one, many))
    };
    BlockPart::ALL.iter().filter_map(held).collect::<Vec<_>>().join(", ")
}

/// What a mile block should hold and this one does not, kindly; then the longest gap, its days with their `years` where
/// the season has several.
pub(super) fn block_lacks(block: &Block, years: bool) -> Vec<String> {
    let mut said = Vec::new();
    let missing: Vec<&str> = block.missing().iter().map(|part| part.names().1).collect();
    match missing.split_last() {
        None => said.push("Every part of a mile block is there.".into()),
        Some((only, [])) => said.push(format!("Still missing: {only}.")),
        Some((last, others)) => said.push(format!("Still missing: {} and {last}.", others.join(", "))),
    }
    if let Some((first, last)) = block.gap.filter(|_| block.longest_gap_days >= 3) {
        said.push(format!(
            "The longest gap without a run: {} days, {} to {}.",
            block.longest_gap_days,
            day(first, years),
            day(last, years)
        ));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn block(counts: [usize; 10], longest_gap_days: i64) -> Block {
        Block {
            from: date(2026, 3, 2),
            to: date(2026, 4, 26),
            race: None,
            weeks: 8.0,
            counts,
            strides_besides: 0,
            running_km: 320.0,
            fast_share: 0.12,
            longest_gap_days,
            gap: Some((date(2026, 4, 1), date(2026, 4, 5))),
        }
    }

    #[test]
    fn the_catalogue_of_blocks() {
        let told = |block: Block| {
            let lacks = block_lacks(&block, false).join(" ");
            format!("{}\n{}\n{lacks}", block_volume(&block, UnitSystem::Kilometres), block_parts(&block))
        };
        let whole = told(block([20, 7, 8, 1, 2, 3, 1, 2, 2, 16], 2));
        let bare = told(block([20, 0, 8, 0, 2, 3, 1, 0, 2, 16], 5));
        let one = told(block([20, 7, 8, 1, 0, 3, 1, 0, 2, 16], 2));
        insta::assert_snapshot!([whole, bare, one].join("\n\n"));
    }

    #[test]
    fn a_block_of_a_day_misses_no_rest_and_says_none_for_nothing() {
        let block = |fast_share| Block { weeks: 1.0 / 7.0, fast_share, running_km: 3.7, ..block([0; 10], 0) };
        assert!(!block(0.0).missing().contains(&BlockPart::RestDays));
        let told = [0.0, 0.004, 0.3, 1.0].map(|share| block_volume(&block(share), UnitSystem::Kilometres));
        let fast = ["none of it fast", "less than 1 % of it fast", "30 % of it fast", "all of it fast"];
        assert_eq!(told, fast.map(|fast| format!("3.7 km in all, {fast}")));
    }

    #[test]
    fn rest_is_told_in_words() {
        let told =
            [(0, 8.0), (1, 8.0), (3, 8.0), (4, 8.0), (5, 8.0), (7, 8.0), (8, 8.0), (12, 8.0), (16, 8.0)];
        let told = told.map(|(days, weeks)| rest_days(days, weeks));
        let expected = [
            "no rest day",
            "one rest day in all",
            "a rest day every 3 weeks",
            "a rest day every other week",
            "a rest day every other week",
            "a rest day a week",
            "a rest day a week",
            "1.5 rest days a week",
            "2 rest days a week",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn many_records_are_told_by_the_first_and_the_last() {
        let mile = |day: i8, time_s: f64| MilePoint {
            day: date(2026, 4, day),
            time_s,
            uncertainty_s: None,
            clean: true,
            effort: true,
            record: true,
            score: None,
            shape_pct: None,
            place: String::new(),
        };
        let miles: Vec<MilePoint> = (1..8).map(|day| mile(day, 330.0 - f64::from(day))).collect();
        assert_eq!(records(&miles, false).unwrap(), "5:29.0 (1 Apr), ..., 5:24.0 (6 Apr), 5:23.0 (7 Apr)");
        assert!(records(&miles, true).unwrap().starts_with("5:29.0 (1 Apr 2026), ..., "));
        assert_eq!(records(&[], false), None);
        let easy = MilePoint { effort: false, ..mile(1, 330.0) };
        assert_eq!(
            (mile_counts(&[easy]).as_str(), mile_counts(&miles).as_str()),
            ("no mile effort", "7 mile efforts")
        );
        assert_eq!((hours(1800.0).as_str(), hours(36_000.0).as_str()), ("30 min", "10 h 00 min"));
    }
}
