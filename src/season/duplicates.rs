//! Copies of the same activity: the better one stays, and the others name it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::row::{SeasonRow, Status};
use crate::activity::Format;

/// Two recordings that begin within this many seconds of each other begin together.
const TOGETHER_S: f64 = 5.0;
/// Their durations may differ by this many seconds ...
const LONGER_S: f64 = 10.0;
/// ... or by this share, whichever is more: exports cut the standing at both ends.
const LONGER_SHARE: f64 = 0.02;
/// Copies of one recording have the same mean heart rate to this ...
const SAME_HEART_BPM: f64 = 3.0;
/// ... and the same mile to this and that share of it, since one may hold fewer samples.
const SAME_MILE_S: f64 = 2.0;
const SAME_MILE_SHARE: f64 = 0.01;

/// Marks every copy with the place of the better one; unless copies are kept, nothing but what it is stays in its
/// row. The rows are in the table's order.
pub(super) fn mark(rows: &mut [SeasonRow], keep: bool) {
    let mut marked: Vec<(usize, usize)> = Vec::new();
    for group in groups(rows) {
        let Some(&best) = group.iter().min_by_key(|&&index| rank(&rows[index])) else { continue };
        let copies = group.iter().filter(|&&index| index != best);
        marked.extend(copies.map(|&index| (index, best)));
    }
    for (copy, best) in marked {
        let best = rows[best].place();
        let row = &mut rows[copy];
        row.duplicate_of = Some(best.as_str().into());
        if !keep {
            *row = without_findings(row, format!("the same activity as {best}"));
        }
    }
}

/// Rows of the same activity, each group in the order of the table.
fn groups(rows: &[SeasonRow]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_content: HashMap<_, usize> = HashMap::new();
    // The table is in order of time: who begins together stands together, at the end of the groups.
    let mut recent = 0;
    for (index, this) in rows.iter().enumerate().filter(|(_, this)| this.counts()) {
        let content = this.content.map(|content| (&this.athlete, content, this.session));
        while groups.get(recent).is_some_and(|group| is_over(&rows[group[0]], this)) {
            recent += 1;
        }
        let together = (recent..groups.len()).find(|&group| are_one(&rows[groups[group][0]], this));
        let group = content.and_then(|content| by_content.get(&content).copied()).or(together);
        match group {
            Some(group) => groups[group].push(index),
            None => groups.push(vec![index]),
        }
        if let Some(content) = content {
            by_content.entry(content).or_insert(group.unwrap_or(groups.len() - 1));
        }
    }
    groups
}

/// Whether no later row can begin together with this one.
fn is_over(first: &SeasonRow, later: &SeasonRow) -> bool {
    begun_after_s(first, later).is_none_or(|after_s| after_s > TOGETHER_S)
}

fn begun_after_s(first: &SeasonRow, later: &SeasonRow) -> Option<f64> {
    Some(later.start?.duration_since(first.start?).as_secs_f64())
}

/// Whether two rows are recordings of the same activity.
fn are_one(a: &SeasonRow, b: &SeasonRow) -> bool {
    let together = begun_after_s(a, b).is_some_and(|after_s| after_s.abs() <= TOGETHER_S);
    let same_sport = a.sport == b.sport || (a.is_running() && b.is_running());
    let as_long = match (a.totals.elapsed_s, b.totals.elapsed_s) {
        (Some(a_s), Some(b_s)) => (a_s - b_s).abs() <= LONGER_S.max(LONGER_SHARE * a_s.max(b_s)),
        _ => false,
    };
    together && same_sport && as_long && a.athlete == b.athlete && same_runner(a, b)
}

/// Two runners of one race begin together and run about as long; their hearts and their miles tell them apart.
fn same_runner(a: &SeasonRow, b: &SeasonRow) -> bool {
    let near = |a: Option<f64>, b: Option<f64>, most: f64| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= most,
        _ => true,
    };
    let heart_bpm = |row: &SeasonRow| row.totals.heart_rate_mean_bpm.map(f64::from);
    let mile_s = |row: &SeasonRow| row.mile.as_ref().map(|mile| mile.time_s);
    let most_s = SAME_MILE_S + SAME_MILE_SHARE * mile_s(a).unwrap_or(0.0);
    near(heart_bpm(a), heart_bpm(b), SAME_HEART_BPM) && near(mile_s(a), mile_s(b), most_s)
}

/// The better a copy, the smaller: more was recorded, at more moments, in the device's own format; then the first.
fn rank(row: &SeasonRow) -> (Reverse<usize>, Reverse<usize>, u8) {
    let format = match row.format {
        Some(Format::Fit) => 0,
        Some(Format::Tcx) => 1,
        _ => 2,
    };
    (Reverse(row.totals.columns.count()), Reverse(row.totals.samples), format)
}

fn without_findings(row: &SeasonRow, reason: String) -> SeasonRow {
    SeasonRow {
        status: Status::Duplicate,
        reason: Some(reason.into()),
        totals: Default::default(),
        mile: None,
        no_mile_reason: None,
        grade: None,
        grade_reason: None,
        efforts: Default::default(),
        workout: None,
        facts: None,
        notices: Vec::new(),
        ..row.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::row::Totals;

    fn row(file: &str, start: &str, elapsed_s: f64, samples: usize) -> SeasonRow {
        let totals = Totals { elapsed_s: Some(elapsed_s), samples, ..Totals::default() };
        SeasonRow {
            file: file.into(),
            status: Status::Analysed,
            sport: Some("running".into()),
            start: start.parse().ok(),
            totals,
            content: Some((file.len(), samples as u64)),
            ..SeasonRow::default()
        }
    }

    fn marked(rows: &mut [SeasonRow]) -> Vec<Option<&str>> {
        mark(rows, false);
        rows.iter().map(|row| row.duplicate_of.as_deref()).collect()
    }

    #[test]
    fn the_copy_with_more_samples_stays() {
        let mut rows = [
            row("strava.gpx", "2026-03-01T09:00:00Z", 3600.0, 900),
            row("watch.fit", "2026-03-01T09:00:02Z", 3605.0, 3600),
            row("later.fit", "2026-03-01T09:00:09Z", 3605.0, 3601),
        ];
        assert_eq!(marked(&mut rows), [Some("watch.fit"), None, None]);
        assert_eq!(rows[0].status, Status::Duplicate);
        assert_eq!(rows[0].reason.as_deref(), Some("the same activity as watch.fit"));
        assert_eq!(rows[0].totals, Totals::default());
    }

    #[test]
    fn the_devices_own_format_wins_between_equals() {
        let mut rows = [
            row("a.gpx", "2026-03-01T09:00:00Z", 3600.0, 3600),
            row("b.tcx", "2026-03-01T09:00:00Z", 3600.0, 3600),
            row("c.fit", "2026-03-01T09:00:00Z", 3600.0, 3600),
        ];
        for (row, format) in rows.iter_mut().zip([Format::Gpx, Format::Tcx, Format::Fit]) {
            row.format = Some(format);
        }
        assert_eq!(marked(&mut rows), [Some("c.fit"), Some("c.fit"), None]);
    }

    #[test]
    fn other_sports_lengths_and_athletes_are_other_activities() {
        let start = "2026-03-01T09:00:00Z";
        let mut rows = ["a", "b", "c", "d"].map(|file| row(file, start, 3600.0, 9));
        rows[1].sport = Some("cycling".into());
        rows[2].totals.elapsed_s = Some(1800.0);
        rows[3].athlete = Some("Anna".into());
        for (number, row) in rows.iter_mut().enumerate() {
            row.content = Some((1, number as u64));
        }
        assert_eq!(marked(&mut rows), [None, None, None, None]);
    }

    #[test]
    fn two_runners_of_one_race_are_two() {
        let start = "2026-03-01T09:00:00Z";
        let mut rows = ["a", "b"].map(|file| row(file, start, 400.0, 400));
        rows[1].content = Some((2, 2));
        for (row, bpm) in rows.iter_mut().zip([171.0, 184.0]) {
            row.totals.heart_rate_mean_bpm = Some(bpm);
        }
        assert_eq!(marked(&mut rows), [None, None]);
    }

    #[test]
    fn the_same_bytes_are_the_same_activity_whatever_they_hold() {
        let mut rows = [row("a", "", 0.0, 0), row("b", "", 0.0, 0)];
        rows[0].content = Some((5, 7));
        rows[1].content = Some((5, 7));
        assert_eq!(marked(&mut rows), [None, Some("a")]);
    }

    #[test]
    fn kept_copies_are_named_and_still_count() {
        let mut rows =
            [row("a.fit", "2026-03-01T09:00:00Z", 60.0, 60), row("b.fit", "2026-03-01T09:00:00Z", 60.0, 60)];
        mark(&mut rows, true);
        assert_eq!(rows[1].duplicate_of.as_deref(), Some("a.fit"));
        assert!(rows[1].counts() && rows[1].totals.samples == 60);
    }
}
