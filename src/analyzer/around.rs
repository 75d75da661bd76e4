//! What surrounded the mile in the same recording: warm-up, strides, the rest before the start, cool-down.

use crate::segmenter::{DistanceTrack, Window};
use crate::units::{MILE_M, clock};

/// Faster than this is running, in metres per second; a brisk walk is 1.8.
const RUNNING_MPS: f64 = 1.9;
/// Speed is taken over this long to both sides, so that GPS jitter makes no strides.
const HALF_SPAN_S: f64 = 2.5;
/// A stride is run at least at this share of the mile's speed ...
const STRIDE_FROM: f64 = 0.87;
/// ... and ends below this one.
const STRIDE_UNTIL: f64 = 0.75;
/// It is at least this much faster than the easy running before the mile.
const FASTER_THAN_EASY: f64 = 1.2;
/// A stride lasts from 9 to 40 s; what is longer is a repetition.
const STRIDE_S: std::ops::RangeInclusive<f64> = 9.0..=40.0;
/// Shorter running is a few steps to the line, not a warm-up.
const SHORTEST_RUN_S: f64 = 30.0;
/// A stop shorter than this does not part a run in two.
const SHORT_STOP_S: f64 = 5.0;
/// Easy running is slower than this share of the mile's speed.
const EASY_SHARE: f64 = 0.82;
/// The coach's warm-up in seconds: 15 to 20 minutes easy.
const WARM_UP_S: std::ops::RangeInclusive<f64> = 900.0..=1200.0;
/// Standing longer than this before the start cools the legs, in seconds.
const LONG_REST_S: f64 = 600.0;
/// A cool-down shorter than this is none, in seconds.
const COOL_DOWN_S: f64 = 300.0;

/// What surrounded a mile.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Around {
    /// Seconds of running before the mile, strides left out; `None` where there is none.
    pub warm_up_s: Option<f64>,
    /// Whether that was easy: below 82 % of the mile's speed.
    pub warm_up_easy: Option<bool>,
    /// How many strides were run before the mile.
    pub strides: usize,
    /// Seconds from the last running before the mile to its start, steps to the line left out.
    pub rest_s: Option<f64>,
    /// Whether more than half of that rest has no samples: whether the runner stood or jogged is not known.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub rest_unseen: bool,
    /// Seconds of easy running after the mile; `None` where there is none.
    pub cool_down_s: Option<f64>,
    /// What is to be said of it, in whole sentences; empty for a mile that was no effort of its own.
    pub notes: Vec<String>,
    /// When it was, for drawing.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub spans: Spans,
}

/// When the parts around a mile were run, in elapsed seconds since the first sample.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Spans {
    /// The runs of the warm-up, with the strides that lie in them.
    pub warm_up: Vec<Window>,
    /// The strides.
    pub strides: Vec<Window>,
    /// The runs of the cool-down.
    pub cool_down: Vec<Window>,
}

/// What surrounded a mile; the notes are for an effort only, because an easy run needs no warm-up.
pub(crate) fn around(track: &DistanceTrack, mile: Window, effort: bool) -> Around {
    let mile_mps = MILE_M / mile.time_s();
    let first_s = track.elapsed_s().first().copied().unwrap_or(mile.start_s);
    let last_s = track.elapsed_s().last().copied().unwrap_or(mile.end_s);
    let before = Speeds::of(track, Window { start_s: first_s, end_s: mile.start_s });
    let after = Speeds::of(track, Window { start_s: mile.end_s, end_s: last_s });

    let easy_mps = before.median_running_mps();
    let stride_mps = (STRIDE_FROM * mile_mps).max(FASTER_THAN_EASY * easy_mps.unwrap_or(0.0));
    let fast = before.stretches(stride_mps, STRIDE_UNTIL * mile_mps, 0.0);
    let strides: Vec<Window> = fast.iter().filter(|f| STRIDE_S.contains(&f.time_s())).copied().collect();
    let runs: Vec<Window> = before.runs();
    let fast_s: f64 =
        fast.iter().filter(|f| runs.iter().any(|run| run.overlaps(**f))).map(|f| f.time_s()).sum();
    let warm_up_s = runs.iter().map(|run| run.time_s()).sum::<f64>() - fast_s;
    let warm_up_s = (warm_up_s >= SHORTEST_RUN_S).then_some(warm_up_s);
    let last_run_s = runs.iter().chain(&fast).map(|stretch| stretch.end_s).max_by(f64::total_cmp);
    let mut easy = after.runs();
    easy.retain(|run| after.easy_seconds(*run, mile_mps) >= 0.5 * run.time_s());
    let cool_down_s: f64 = after.runs().iter().map(|run| after.easy_seconds(*run, mile_mps)).sum();
    let cool_down_s = (cool_down_s >= SHORTEST_RUN_S).then_some(cool_down_s);
    let spans = Spans {
        warm_up: if warm_up_s.is_some() { runs } else { Vec::new() },
        cool_down: if cool_down_s.is_some() { easy } else { Vec::new() },
        strides,
    };

    let rest_s = last_run_s.map(|end_s| (mile.start_s - end_s).max(0.0));
    let mut around = Around {
        warm_up_s,
        warm_up_easy: warm_up_s.and(easy_mps).map(|easy_mps| easy_mps < EASY_SHARE * mile_mps),
        strides: spans.strides.len(),
        rest_s,
        rest_unseen: rest_s
            .is_some_and(|rest_s| 2.0 * longest_gap_s(track, mile.start_s - rest_s, mile.start_s) > rest_s),
        cool_down_s,
        notes: Vec::new(),
        spans,
    };
    if effort {
        around.notes = around.sentences(mile.start_s - first_s);
    }
    around
}

impl Around {
    /// Whether the mile was an effort of its own: the rest of an easy run is neither warm-up nor cool-down.
    pub fn of_effort(&self) -> bool {
        !self.notes.is_empty()
    }

    /// What was well done, and what is missing, said kindly. `recorded_s` is how long the recording ran before the
    /// mile.
    pub fn sentences(&self, recorded_s: f64) -> Vec<String> {
        let mut notes = vec![self.on_warm_up(recorded_s)];
        if self.warm_up_s.is_some() && self.strides == 0 {
            notes.push(
                "No strides were found before the start: two or three of 15 to 20 s wake the legs.".into(),
            );
        }
        if let Some(rest_s) = self.rest_s.filter(|&rest_s| rest_s > LONG_REST_S) {
            let rest = clock(rest_s);
            notes.push(if self.rest_unseen {
                format!(
                    "No running is recorded in the {rest} before the start: if you stood, keep moving, or repeat a \
                     stride, so that the legs stay warm."
                )
            } else {
                format!(
                    "The rest before the start was {rest}: keep moving, or repeat a stride, so that the legs stay warm."
                )
            });
        }
        match self.cool_down_s {
            Some(cool_down_s) if cool_down_s >= COOL_DOWN_S => {}
            Some(cool_down_s) => notes.push(format!(
                "The cool-down was {}: ten easy minutes help the legs into the next day.",
                clock(cool_down_s)
            )),
            None => notes
                .push("No cool-down is in this recording: ten easy minutes help the legs recover.".into()),
        }
        notes
    }

    fn on_warm_up(&self, recorded_s: f64) -> String {
        let Some(warm_up_s) = self.warm_up_s else {
            return if recorded_s < 120.0 {
                "The recording begins at the start. If you did not warm up before it, 15 to 20 easy minutes will \
                 make the first lap feel easier."
                    .into()
            } else {
                "No warm-up was found: 15 to 20 easy minutes and a few strides make the first lap feel easier.".into()
            };
        };
        let length = clock(warm_up_s);
        if self.warm_up_easy == Some(false) {
            return format!(
                "The warm-up of {length} was not easy: run it slower and keep the speed for the mile."
            );
        }
        match warm_up_s {
            s if s < *WARM_UP_S.start() - 30.0 => {
                format!("The warm-up was {length}: with 15 to 20 easy minutes the first lap comes easier.")
            }
            s if s > *WARM_UP_S.end() + 300.0 => {
                format!("The warm-up was {length}: 15 to 20 minutes are enough, and leave more for the mile.")
            }
            _ => format!("The warm-up of {length} was easy and long enough."),
        }
    }
}

/// The longest time between two samples that reaches into a span, as far as it does.
fn longest_gap_s(track: &DistanceTrack, from_s: f64, to_s: f64) -> f64 {
    let gaps = track.elapsed_s().windows(2).map(|pair| pair[1].min(to_s) - pair[0].max(from_s));
    gaps.fold(0.0, f64::max)
}

/// Speed once a second over a span.
struct Speeds {
    from_s: f64,
    speeds_mps: Vec<f64>,
}

impl Speeds {
    fn of(track: &DistanceTrack, span: Window) -> Speeds {
        // A recording may hold weeks of standing still; a day of it is more than any mile's surroundings.
        // A whole number of seconds stays one where the last bit of a time is missing.
        let seconds = (span.time_s() + 1e-6).clamp(0.0, 86_400.0) as usize;
        let from_s = span.end_s - seconds as f64;
        let from_s = if span.start_s > from_s || seconds < 86_400 { span.start_s } else { from_s };
        let speed = |second: usize| {
            let middle_s = from_s + second as f64 + 0.5;
            let (a_s, b_s) =
                ((middle_s - HALF_SPAN_S).max(span.start_s), (middle_s + HALF_SPAN_S).min(span.end_s));
            (track.distance_at(b_s) - track.distance_at(a_s)) / (b_s - a_s).max(1e-3)
        };
        Speeds { from_s, speeds_mps: (0..seconds).map(speed).collect() }
    }

    fn median_running_mps(&self) -> Option<f64> {
        let mut running: Vec<f64> = self.speeds_mps.iter().copied().filter(|&v| v > RUNNING_MPS).collect();
        running.sort_by(f64::total_cmp);
        running.get(running.len() / 2).copied()
    }

    /// Stretches entered above one speed and left below another, those closer than `gap_s` joined.
    fn stretches(&self, enter_mps: f64, leave_mps: f64, gap_s: f64) -> Vec<Window> {
        let mut found: Vec<Window> = Vec::new();
        let mut inside = false;
        for (second, &speed_mps) in self.speeds_mps.iter().enumerate() {
            let at_s = self.from_s + second as f64;
            let was_inside = inside;
            inside = speed_mps >= if inside { leave_mps } else { enter_mps };
            match found.last_mut() {
                Some(last) if inside && (was_inside || at_s - last.end_s < gap_s) => last.end_s = at_s + 1.0,
                _ if inside => found.push(Window { start_s: at_s, end_s: at_s + 1.0 }),
                _ => {}
            }
        }
        found
    }

    /// The runs long enough to count.
    fn runs(&self) -> Vec<Window> {
        let mut runs = self.stretches(RUNNING_MPS, RUNNING_MPS, SHORT_STOP_S);
        runs.retain(|run| run.time_s() >= SHORTEST_RUN_S);
        runs
    }

    /// The seconds of a run that were slower than the mile.
    fn easy_seconds(&self, run: Window, mile_mps: f64) -> f64 {
        // They are whole seconds but for the last bit of a start time.
        let second = |at_s: f64| (at_s - self.from_s).round() as usize;
        let (from, to) = (second(run.start_s), second(run.end_s));
        let speeds = self.speeds_mps.get(from..to.min(self.speeds_mps.len())).unwrap_or_default();
        speeds.iter().filter(|&&speed_mps| speed_mps < 0.9 * mile_mps).count() as f64
    }
}

#[cfg(test)]
#[path = "around_tests.rs"]
mod tests;
