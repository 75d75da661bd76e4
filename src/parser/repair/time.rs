//! Defects of the times: missing, wild, going back, repeated.

use super::Found;
use crate::activity::EARLIEST_S;
use crate::parser::rows::{NO_TIME, Rows};

/// Two neighbours further apart than this belong to different blocks of time, in microseconds.
const BLOCK_GAP_US: i64 = 30 * 60 * 1_000_000;

/// More blocks than this are noise that no reasoning about blocks can mend.
const MAX_BLOCKS: usize = 1000;

/// Earlier times come from a clock that was never set.
const EARLIEST_US: i64 = EARLIEST_S * 1_000_000;

/// Leaves out rows that have no time.
pub(super) fn drop_rows_without_time(rows: &mut Rows) -> Option<Found> {
    drop_where(rows, |rows, row| rows.time_us[row] == NO_TIME)
}

/// Leaves out rows whose times lie far from the rest and cannot be true: a first point in the year 7507, a
/// stretch 20 days ahead after which the times come back, times before the clock was set.
///
/// The rows are cut into blocks wherever neighbours are more than half an hour apart; the largest set of
/// blocks that is in order of time stays. A plain gap, however long, is in order.
pub(super) fn drop_wild_times(rows: &mut Rows) -> Option<Found> {
    let blocks = blocks(&rows.time_us);
    if blocks.len() < 2 || blocks.len() > MAX_BLOCKS {
        return None;
    }
    let mut keep = in_order(&blocks);
    drop_before_the_clock_was_set(&blocks, &mut keep);
    if keep.iter().all(|&k| k) {
        return None;
    }
    let mut flags = vec![true; rows.len()];
    for (block, _) in blocks.iter().zip(&keep).filter(|&(_, &keep)| !keep) {
        flags[block.from..block.to].fill(false);
    }
    drop_flagged(rows, &flags)
}

/// What [`put_in_order`] found.
pub(super) struct Order {
    pub(super) ahead: Option<Found>,
    pub(super) back: Option<Found>,
    pub(super) merged: Option<Found>,
    pub(super) repeated: Option<Found>,
}

/// Leaves out rows that are not later than the last one kept. One of the same time first fills in what that
/// one lacks: some devices write position and distance as two rows of one time. Where a single row is ahead of
/// those around it, it is the one that goes.
pub(super) fn put_in_order(rows: &mut Rows) -> Order {
    let mut order = Order { ahead: None, back: None, merged: None, repeated: None };
    if rows.time_us.is_sorted_by(|a, b| a < b) {
        return order;
    }
    let (mut ahead, mut back, mut merged, mut repeated) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut keep = vec![true; rows.len()];
    // The last row kept, and the one kept before it.
    let (mut last, mut before) = (0, None);
    for row in 1..rows.len() {
        let offset = rows.offset[row];
        if rows.time_us[row] > rows.time_us[last] {
            (before, last) = (Some(last), row);
        } else if row == last + 1 && is_ahead(&rows.time_us, last, before) {
            keep[last] = false;
            ahead.push(rows.offset[last]);
            last = row;
        } else if rows.time_us[row] < rows.time_us[last] {
            keep[row] = false;
            back.push(offset);
        } else if rows.fill_from(last, row) {
            keep[row] = false;
            merged.push(offset);
        } else {
            keep[row] = false;
            repeated.push(offset);
        }
    }
    rows.retain(&keep);
    order.ahead = Found::over(ahead);
    order.back = Found::over(back);
    order.merged = Found::over(merged);
    order.repeated = Found::over(repeated);
    order
}

/// The first row, where all that is left was recorded before there were watches that record.
pub(super) fn find_unset_clock(rows: &Rows) -> Option<Found> {
    let last = rows.time_us.last().filter(|&&last_us| last_us < EARLIEST_US);
    last.and_then(|_| Found::over(rows.offset.first().copied()))
}

/// Whether this row is ahead of those that follow, while they go on from the row before it.
fn is_ahead(times: &[i64], row: usize, before: Option<usize>) -> bool {
    /// So many rows that go on are no accident.
    const FOLLOWING: usize = 3;
    let Some(following) = times.get(row + 1..row + 1 + FOLLOWING) else { return false };
    following[0] > before.map_or(i64::MIN, |before| times[before])
        && following.is_sorted_by(|a, b| a < b)
        && following[FOLLOWING - 1] < times[row]
}

/// Rows `from..to` without a large step of time between neighbours.
#[derive(Debug, Clone, Copy)]
struct Block {
    from: usize,
    to: usize,
    first_us: i64,
    latest_us: i64,
}

impl Block {
    fn len(&self) -> usize {
        self.to - self.from
    }
}

fn blocks(times: &[i64]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (row, &time) in times.iter().enumerate() {
        match blocks.last_mut() {
            Some(block) if time.abs_diff(times[row - 1]) <= BLOCK_GAP_US as u64 => {
                block.to = row + 1;
                block.latest_us = block.latest_us.max(time);
            }
            _ => blocks.push(Block { from: row, to: row + 1, first_us: time, latest_us: time }),
        }
        // One block more than the limit tells that there are too many.
        if blocks.len() > MAX_BLOCKS {
            break;
        }
    }
    blocks
}

/// Which blocks to keep so that they are in order of time and hold as many rows as possible.
fn in_order(blocks: &[Block]) -> Vec<bool> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        let before = (0..index)
            .filter(|&earlier| blocks[earlier].latest_us < block.first_us)
            .max_by_key(|&earlier| (best[earlier].0, earlier));
        best.push((block.len() + before.map_or(0, |b| best[b].0), before));
    }
    let mut keep = vec![false; blocks.len()];
    let mut next = (0..blocks.len()).max_by_key(|&index| (best[index].0, std::cmp::Reverse(index)));
    while let Some(index) = next {
        keep[index] = true;
        next = best[index].1;
    }
    keep
}

/// Drops the kept blocks from before the clock was set if the larger part is from after it.
fn drop_before_the_clock_was_set(blocks: &[Block], keep: &mut [bool]) {
    let rows = |early: bool| -> usize {
        let kept = blocks.iter().zip(keep.iter()).filter(|&(_, &keep)| keep);
        kept.filter(|(b, _)| (b.latest_us < EARLIEST_US) == early).map(|(b, _)| b.len()).sum()
    };
    if rows(true) < rows(false) {
        for (block, keep) in blocks.iter().zip(keep) {
            *keep &= block.latest_us >= EARLIEST_US;
        }
    }
}

fn drop_where(rows: &mut Rows, bad: impl Fn(&Rows, usize) -> bool) -> Option<Found> {
    if !(0..rows.len()).any(|row| bad(rows, row)) {
        return None;
    }
    let keep: Vec<bool> = (0..rows.len()).map(|row| !bad(rows, row)).collect();
    drop_flagged(rows, &keep)
}

/// Leaves out the rows whose flag is not set.
pub(super) fn drop_flagged(rows: &mut Rows, keep: &[bool]) -> Option<Found> {
    let found = Found::over(rows.offset.iter().zip(keep).filter(|&(_, &keep)| !keep).map(|(&at, _)| at));
    rows.retain(keep);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parser::rows::{Narrow, Wide};

    const DAY_S: i64 = 86_400;
    const YEAR_2026_S: i64 = 1_770_000_000;

    fn rows_at(seconds: impl IntoIterator<Item = i64>) -> Rows {
        let mut rows = Rows::default();
        for (offset, s) in seconds.into_iter().enumerate() {
            rows.begin(if s == NO_TIME { s } else { s * 1_000_000 }, offset);
        }
        rows.finish();
        rows
    }

    fn seconds(rows: &Rows) -> Vec<i64> {
        rows.time_us.iter().map(|t| t / 1_000_000).collect()
    }

    #[test]
    fn a_row_without_time_is_left_out() {
        let mut rows = rows_at([1, NO_TIME, 2]);
        assert_eq!(drop_rows_without_time(&mut rows), Some(Found { count: 1, first: 1 }));
        assert_eq!(seconds(&rows), [1, 2]);
    }

    #[test]
    fn a_first_time_in_the_year_7507_goes() {
        let mut rows = rows_at([174_740_572_442, 0, 1, 2]);
        assert_eq!(drop_wild_times(&mut rows), Some(Found { count: 1, first: 0 }));
        assert_eq!(seconds(&rows), [0, 1, 2]);
    }

    #[test]
    fn a_stretch_20_days_ahead_goes_if_the_times_come_back() {
        let ahead = YEAR_2026_S + 20 * DAY_S;
        let mut rows = rows_at([
            YEAR_2026_S,
            YEAR_2026_S + 1,
            ahead,
            ahead + 1,
            YEAR_2026_S + 4,
            YEAR_2026_S + 5,
            YEAR_2026_S + 6,
        ]);
        assert_eq!(drop_wild_times(&mut rows), Some(Found { count: 2, first: 2 }));
        assert_eq!(rows.len(), 5);
    }

    #[test]
    fn a_pause_of_27_days_stays() {
        let mut rows = rows_at([YEAR_2026_S, YEAR_2026_S + 27 * DAY_S, YEAR_2026_S + 27 * DAY_S + 1]);
        assert_eq!(drop_wild_times(&mut rows), None);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn times_since_power_on_go_once_the_clock_is_set() {
        let power_on = 631_065_600;
        let mut rows = rows_at([power_on, power_on + 1, YEAR_2026_S, YEAR_2026_S + 1, YEAR_2026_S + 2]);
        assert_eq!(drop_wild_times(&mut rows), Some(Found { count: 2, first: 0 }));
        let mut rows = rows_at([power_on, power_on + 1]);
        assert_eq!(drop_wild_times(&mut rows), None);
        assert_eq!(find_unset_clock(&rows), Some(Found { count: 1, first: 0 }));
        assert_eq!(find_unset_clock(&rows_at([power_on, YEAR_2026_S])), None);
    }

    #[test]
    fn rows_that_step_back_go_until_time_has_caught_up() {
        let mut rows = rows_at([10, 11, 9, 10, 12]);
        let order = put_in_order(&mut rows);
        assert_eq!(order.back, Some(Found { count: 2, first: 2 }));
        assert_eq!(seconds(&rows), [10, 11, 12]);
    }

    #[test]
    fn a_single_row_ahead_goes_and_not_those_behind_it() {
        let mut rows = rows_at([10, 11, 911, 12, 13, 14, 15, 915, 16]);
        let order = put_in_order(&mut rows);
        assert_eq!(order.ahead, Some(Found { count: 1, first: 2 }));
        // Too few follow to say which of the two is wrong.
        assert_eq!(order.back, Some(Found { count: 1, first: 8 }));
        assert_eq!(seconds(&rows), [10, 11, 12, 13, 14, 15, 915]);
    }

    #[test]
    fn rows_of_one_time_complete_each_other() {
        let mut rows = Rows::default();
        rows.begin(5_000_000, 0);
        rows.set_wide(Wide::Lat, 52.0);
        rows.set_wide(Wide::Lon, 13.0);
        rows.begin(5_000_000, 20);
        rows.set_wide(Wide::Distance, 100.0);
        rows.begin(5_000_000, 30);
        rows.set_wide(Wide::Distance, 101.0);
        rows.begin(6_000_000, 40);
        rows.set_narrow(Narrow::HeartRate, 150.0);
        rows.finish();
        let order = put_in_order(&mut rows);
        assert_eq!(order.merged, Some(Found { count: 1, first: 20 }));
        assert_eq!(order.repeated, Some(Found { count: 1, first: 30 }));
        assert_eq!((rows.len(), rows.wide(Wide::Distance)[0]), (2, 100.0));
    }
}
