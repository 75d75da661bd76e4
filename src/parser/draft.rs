//! What a GPX or TCX file says of one activity, before repair, and how it becomes an [`Activity`].

use super::clock::{elapsed_s, parse_time_us, timestamp, utc_offset_s};
use super::repair::{Break, repair};
use super::rows::{NO_TIME, Narrow, Rows, Wide};
use crate::activity::{Activity, Format, Lap, LapTrigger, Pause, Sport};
use crate::error::Place;
use crate::notice::Notice;

/// A runner's legs make less than this many turns a minute and more than this many steps.
const TURNS_OR_STEPS: f32 = 120.0;

/// No file holds more recordings; one with more is made to exhaust whoever reads it.
const MAX_DRAFTS: usize = 20_000;

/// The activities of a file in the making.
#[derive(Debug)]
pub(super) struct Drafts {
    format: Format,
    /// At most one more than the limit: the last one then takes what is left out, and is emptied each time.
    drafts: Vec<Draft>,
    left_out: usize,
}

impl Drafts {
    /// None yet.
    pub(super) fn new(format: Format) -> Drafts {
        Drafts { format, drafts: Vec::new(), left_out: 0 }
    }

    /// Begins another one. An empty one gives up its place, so that a file full of empty tracks costs no more
    /// than its size.
    pub(super) fn begin(&mut self, draft: Draft) {
        if self.drafts.pop_if(|last| last.is_empty()).is_none() && self.drafts.len() > MAX_DRAFTS {
            self.drafts.pop();
            self.left_out += 1;
        }
        self.drafts.push(draft);
    }

    /// The latest one, which is begun if there is none.
    #[inline]
    pub(super) fn latest(&mut self) -> &mut Draft {
        if self.drafts.is_empty() {
            self.drafts.push(Draft::new(self.format));
        }
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    /// How many rows all of them have.
    pub(super) fn rows(&self) -> usize {
        self.drafts.iter().map(|draft| draft.rows.len()).sum()
    }

    /// Those for which `keep` says so; if there were too many, the last one tells.
    pub(super) fn into_kept(mut self, keep: impl Fn(&Draft) -> bool) -> Vec<Draft> {
        if self.drafts.len() > MAX_DRAFTS
            && let Some(over) = self.drafts.pop()
        {
            self.left_out += usize::from(keep(&over));
        }
        self.drafts.retain(keep);
        if let (Some(last), 1..) = (self.drafts.last_mut(), self.left_out) {
            let message = format!("more than {MAX_DRAFTS} recordings in one file; the others were left out");
            last.notices.push(Notice::new("limit", self.left_out, message));
        }
        self.drafts
    }
}

/// A lap with absolute times.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftLap {
    pub(super) start_us: Option<i64>,
    pub(super) timer_s: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) trigger: Option<LapTrigger>,
}

/// One activity as its file has it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) format: Format,
    pub(super) sport: Sport,
    pub(super) sub_sport: Option<String>,
    pub(super) name: Option<String>,
    pub(super) device: Option<String>,
    pub(super) rows: Rows,
    /// Where segments or tracks end and the next begin.
    pub(super) breaks: Vec<Break>,
    pub(super) laps: Vec<DraftLap>,
    pub(super) notices: Vec<Notice>,
    /// The first offset from UTC among the times.
    utc_offset_s: Option<i32>,
    /// The time of the last row, for the next break.
    last_us: Option<i64>,
    new_segment: bool,
}

impl Draft {
    /// An empty draft.
    pub(super) fn new(format: Format) -> Draft {
        Draft {
            format,
            sport: Sport::Unknown,
            sub_sport: None,
            name: None,
            device: None,
            rows: Rows::default(),
            breaks: Vec::new(),
            laps: Vec::new(),
            notices: Vec::new(),
            utc_offset_s: None,
            last_us: None,
            new_segment: false,
        }
    }

    /// Whether nothing was read into it.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() == 0 && self.laps.is_empty()
    }

    /// The rows that follow belong to a new segment.
    pub(super) fn begin_segment(&mut self) {
        self.new_segment = true;
    }

    /// Begins a row at this byte of a text of this length.
    pub(super) fn begin_row(&mut self, at: usize, text_len: usize) {
        /// So many rows tell how much text a row takes.
        const SAMPLE: usize = 64;
        if self.rows.len() == SAMPLE {
            let first = self.rows.offset.first().map_or(0, |&at| at as usize);
            let bytes_per_row = (at.saturating_sub(first) / SAMPLE).max(16);
            self.rows.expect(text_len.saturating_sub(at) / bytes_per_row + SAMPLE);
        }
        self.rows.begin(NO_TIME, at);
    }

    /// Gives the last row its time, unless it has one or the text is none.
    #[inline]
    pub(super) fn set_time(&mut self, text: &str) {
        let Some(time) = parse_time_us(text) else { return };
        self.rows.set_time(time);
        if self.utc_offset_s.is_none() {
            self.utc_offset_s = utc_offset_s(text);
        }
    }

    /// Ends a row; the values that follow belong to none.
    pub(super) fn end_row(&mut self) {
        let Some(&time) = self.rows.time_us.last().filter(|&&time| time != NO_TIME) else { return };
        if std::mem::take(&mut self.new_segment)
            && let Some(last) = self.last_us
        {
            self.breaks.push((last, time));
        }
        self.last_us = Some(time);
    }

    /// The times of the first and the last row that have one.
    pub(super) fn span(&self) -> Option<Break> {
        let mut times = self.rows.time_us.iter().copied().filter(|&time| time != NO_TIME);
        let first = times.next()?;
        Some((first, times.next_back().unwrap_or(first)))
    }

    /// Appends another draft's rows, as a new segment.
    pub(super) fn append(&mut self, other: Draft) {
        self.breaks.extend(self.span().zip(other.span()).map(|(ours, theirs)| (ours.1, theirs.0)));
        self.breaks.extend(other.breaks);
        self.laps.extend(other.laps);
        self.notices.extend(other.notices);
        self.utc_offset_s = self.utc_offset_s.or(other.utc_offset_s);
        self.rows.append(other.rows);
    }

    /// Repairs the rows and makes the activity. `place` turns a byte of the text into what people are told.
    pub(super) fn finish(mut self, place: &dyn Fn(u32) -> Place) -> Activity {
        self.rows.finish();
        let records = self.rows.len();
        let mut notices = std::mem::take(&mut self.notices);
        if records > 0 && self.span().is_none() {
            let message = "no point has a time: a route or a drawn track, nothing to measure";
            notices.push(Notice::new("no-times", records, message).at(place(self.rows.offset[0])));
            self.rows = Rows::default();
        }
        if self.sport.counts_both_legs() {
            count_both_legs(&mut self.rows);
        }
        notices.extend(drop_distance_that_is_no_sum(&mut self.rows));
        let (repairs, markers) = repair(&mut self.rows, place);
        notices.extend(repairs);
        let zero_us = self.rows.time_us.first().copied();
        let end_us = self.rows.time_us.last().copied();
        let shortest_us = if self.breaks.is_empty() { 0 } else { shortest_pause_us(&self.rows.time_us) };
        let is_pause = |&&(from, to): &&Break| to.saturating_sub(from) > shortest_us;
        let breaks = self.breaks.iter().filter(is_pause).chain(&markers);
        let pauses = zero_us.zip(end_us).map_or_else(Vec::new, |span| pauses(breaks, span));
        let sum = |value: fn(&DraftLap) -> Option<f64>| {
            let sum = self.laps.iter().filter_map(value).reduce(|a, b| a + b).filter(|&sum| sum > 0.0);
            // To the millimetre and millisecond, as sums of decimals gather noise.
            sum.map(|sum| (sum * 1000.0).round() / 1000.0)
        };
        Activity {
            format: self.format,
            start: zero_us.and_then(timestamp),
            utc_offset_s: self.utc_offset_s,
            records,
            timer_s: sum(|lap| lap.timer_s),
            distance_m: sum(|lap| lap.distance_m),
            laps: laps(&self.laps, zero_us, end_us),
            pauses,
            samples: self.rows.into_samples(),
            sport: self.sport,
            sub_sport: self.sub_sport,
            name: self.name,
            device: self.device,
            notices,
        }
    }
}

/// Doubles the cadence if it counts the turns of one leg: most programs write those, some write steps.
fn count_both_legs(rows: &mut Rows) {
    let cadence = rows.narrow_mut(Narrow::Cadence);
    let mut moving: Vec<f32> = cadence.iter().copied().filter(|&v| v > 0.0).collect();
    if moving.is_empty() {
        return;
    }
    let middle = moving.len() / 2;
    let (_, &mut median, _) = moving.select_nth_unstable_by(middle, f32::total_cmp);
    if median < TURNS_OR_STEPS {
        cadence.iter_mut().for_each(|v| *v *= 2.0);
    }
}

/// Leaves out a distance column that holds the length of each step and not their sum.
fn drop_distance_that_is_no_sum(rows: &mut Rows) -> Option<Notice> {
    let values = || rows.wide(Wide::Distance).iter().copied().filter(|v| !v.is_nan());
    let falls = values().zip(values().skip(1)).filter(|(a, b)| b < a).count();
    if falls * 10 <= values().count() {
        return None;
    }
    rows.wide_mut(Wide::Distance).clear();
    let message = "the distance falls again and again, so it is no sum; it was left out";
    Some(Notice::new("distance-no-sum", falls, message))
}

/// A break must be longer than this to be a pause, in microseconds: than twice the usual step from one sample
/// to the next.
fn shortest_pause_us(times: &[i64]) -> i64 {
    let mut steps: Vec<i64> = times.windows(2).map(|w| w[1].saturating_sub(w[0])).collect();
    if steps.is_empty() {
        return i64::MAX;
    }
    let middle = steps.len() / 2;
    let (_, &mut median, _) = steps.select_nth_unstable(middle);
    median.saturating_mul(2).max(2_000_000)
}

fn pauses<'a>(breaks: impl Iterator<Item = &'a Break>, (zero_us, end_us): Break) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = breaks
        .map(|&(from, to)| (from.max(zero_us), to.min(end_us)))
        .filter(|(from, to)| from < to)
        .map(|(from, to)| Pause { start_s: elapsed_s(zero_us, from), end_s: elapsed_s(zero_us, to) })
        .collect();
    pauses.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    pauses
}

/// Laps with times relative to the first sample. A lap lasts until the next one begins.
fn laps(drafts: &[DraftLap], zero_us: Option<i64>, end_us: Option<i64>) -> Vec<Lap> {
    let Some(zero_us) = zero_us else { return Vec::new() };
    let mut laps: Vec<(i64, &DraftLap)> =
        drafts.iter().filter_map(|lap| lap.start_us.map(|start| (start, lap))).collect();
    laps.sort_by_key(|&(start, _)| start);
    let ends: Vec<Option<i64>> = laps.iter().skip(1).map(|&(start, _)| Some(start)).chain([end_us]).collect();
    laps.iter()
        .zip(ends)
        .map(|(&(start, lap), end)| Lap {
            start_s: elapsed_s(zero_us, start),
            elapsed_s: end.filter(|&end| end >= start).map(|end| elapsed_s(start, end)),
            timer_s: lap.timer_s,
            distance_m: lap.distance_m,
            trigger: lap.trigger,
        })
        .collect()
}
