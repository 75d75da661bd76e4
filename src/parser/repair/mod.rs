//! Repair: one function for each defect that the data of a file can have.
//!
//! Each takes rows as the file has them, changes what cannot be true, and says how much and where. None of
//! them touches a sound file, and none judges running: a jump of 30 m in a second is the segmenter's
//! business. The order matters: values first, so that a row without any true value can be told, then times.

mod time;
mod values;

use super::rows::Rows;
use crate::error::Place;
use crate::notice::Notice;

/// What a defect was found to concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    /// How many rows.
    count: usize,
    /// Where in the file the first of them begins, in bytes.
    first: u32,
}

impl Found {
    /// Counts the rows at these places in the file; `None` if there is none.
    fn over(offsets: impl IntoIterator<Item = u32>) -> Option<Found> {
        let mut offsets = offsets.into_iter();
        let first = offsets.next()?;
        Some(Found { count: 1 + offsets.count(), first })
    }
}

/// A stretch of time in microseconds since 1970 in which the recording was paused.
pub(super) type Break = (i64, i64);

/// Repairs the rows in place. Gives what was done, and the pauses that were written as impossible positions.
/// `place` turns an offset in the file into what people are told.
pub(super) fn repair(rows: &mut Rows, place: &dyn Fn(u32) -> Place) -> (Vec<Notice>, Vec<Break>) {
    rows.finish();
    let mut notices = Vec::new();
    let mut note = |code, message: &str, found: Option<Found>| {
        notices.extend(found.map(|f| Notice::new(code, f.count, message).at(place(f.first))));
    };
    let (markers, found) = values::take_pause_markers(rows);
    note("pause-marker", "points with a latitude of 100 or 200 mark a pause; they were taken out", found);
    note(
        "position-outside-world",
        "positions outside the world were left out",
        values::drop_positions_outside_the_world(rows),
    );
    note("position-zero", "positions at 0, 0 were left out", values::drop_positions_at_zero(rows));
    note(
        "heart-rate-zero",
        "heart rates of 0 or 255 were left out",
        values::drop_heart_rates_of_nobody(rows),
    );
    note("negative-value", "negative values were left out", values::drop_negative_values(rows));
    note("time-missing", "samples without a time were left out", time::drop_rows_without_time(rows));
    note(
        "time-jump",
        "samples whose times lie far from all others were left out",
        time::drop_wild_times(rows),
    );
    let order = time::put_in_order(rows);
    note("time-ahead", "single samples that are later than those behind them were left out", order.ahead);
    note("time-went-back", "samples that are earlier than the one before were left out", order.back);
    note("rows-merged", "samples of one time that complete each other were made one", order.merged);
    note("time-repeated", "samples that repeat a time were left out", order.repeated);
    note(
        "clock-not-set",
        "the device's clock was never set: the date is not that of the run",
        time::find_unset_clock(rows),
    );
    note(
        "distance-went-back",
        "the device's distance goes back; its values were kept",
        values::find_distance_going_back(rows),
    );
    (notices, markers)
}
