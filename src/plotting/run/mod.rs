//! The chart of the whole recording: pace and heart rate over its time, with the mile and what surrounded it marked.

mod parts;

use super::axis::{number_ticks, pace_ticks};
use super::canvas::{self, Anchor, Canvas, Frame, Ink, Pane, Stroke};
use super::chart::{ChartError, ChartOptions};
use super::course::{Run, within};
use super::header;
use super::legend::{Entry, Legend, Sample};
use super::picture::Picture;
use super::scales::{self, AXIS_PX, DISTANCES_PX, GAP_PX, HALF_FIGURE_EM};
use super::subject::Subject;
use super::theme::{size, stroke};
use crate::analysis::Analysis;
use crate::analyzer::Around;
use crate::segmenter::RunProfile;
use crate::segmenter::run::Moment;
use crate::units::{MILE_M, UnitSystem, clock, clock_tenths};

/// Paces slower than this many times the median of the running are cut off.
const SLOWEST: f64 = 1.55;
/// The share of the recording whose paces are shown, where they are not slower than that.
const SHOWN: f64 = 0.97;
/// At least this many pixels lie between paces.
const STEP_PX: f64 = 48.0;
/// Which part of the pane, at the bottom, heart rate takes.
const HEART_PART: f64 = 0.26;
/// Seconds without a value that break a line.
const HOLE_S: f64 = 30.0;
/// Steps between ticks of time in minutes.
const MINUTES: [f64; 8] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0];
/// Beyond these, ticks are multiples of this apart, in seconds: a damaged clock can make a recording of decades.
const LONG_S: f64 = 4.0 * 3600.0;

/// Draws the whole recording.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile, [`ChartError::NoProfile`] where no pace is known,
/// [`ChartError::Size`] for a size without room for the labels.
pub(super) fn run(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let profile = analysis.run.as_ref().ok_or(ChartError::NoProfile)?;
    let chart = Chart::of(&subject, profile, options.units)?;
    let description = format!(
        "{} recorded, {:.2} {}; the mile from {} to {}",
        clock(profile.elapsed_s),
        profile.distance_m / options.units.unit_m(),
        options.units.symbol(),
        clock(chart.mile_s.0),
        clock(chart.mile_s.1)
    );
    canvas::draw(options, &subject.title("the whole run"), &description, |canvas| {
        header::header(canvas, analysis, subject.best)?;
        canvas.layout.caption(canvas, &format!("The whole run: {description}"))?;
        let layout = canvas.layout;
        let legend = chart.legend(canvas);
        let frame = Frame {
            left: layout.left() + AXIS_PX,
            top: layout.below_caption() + 44.0,
            right: layout.right() - if chart.heart.is_empty() { 8.0 } else { AXIS_PX },
            bottom: layout.bottom() - DISTANCES_PX - legend.height_px(),
        };
        chart.draw(canvas, frame)?;
        legend.draw(canvas, frame.left)
    })
}

struct Chart<'a> {
    profile: &'a RunProfile,
    units: UnitSystem,
    pace: Vec<Run>,
    heart: Vec<Run>,
    fast: f64,
    slow: f64,
    /// Where the mile lies, in elapsed seconds.
    mile_s: (f64, f64),
    mile_name: String,
    around: Option<&'a Around>,
}

impl<'a> Chart<'a> {
    fn of(
        subject: &Subject<'a>,
        profile: &'a RunProfile,
        units: UnitSystem,
    ) -> Result<Chart<'a>, ChartError> {
        let unit_m = units.unit_m();
        let pace =
            lines(profile, &profile.speed_mps, |speed_mps| (speed_mps > 0.2).then(|| unit_m / speed_mps));
        let mut paces: Vec<f64> = pace.iter().flatten().map(|point| point.1).collect();
        paces.sort_by(f64::total_cmp);
        let mean = subject.mile.time_s * unit_m / MILE_M;
        let (Some(&fastest), Some(&median)) = (paces.first(), paces.get(paces.len() / 2)) else {
            return Err(ChartError::NoProfile);
        };
        let fast = fastest.clamp(0.75 * mean, mean);
        let usual = paces.get((SHOWN * paces.len() as f64) as usize).map_or(median, |pace| 1.04 * pace);
        let slow = usual.min(SLOWEST * median).min(2.6 * mean).max(1.2 * mean);
        let heart = lines(profile, &profile.heart_rate_bpm, |bpm| (bpm > 0.0).then_some(bpm));
        let heart = if heart.iter().any(|run| run.len() > 2) { heart } else { Vec::new() };
        let room = if heart.is_empty() { 1.0 } else { 1.0 - HEART_PART };
        let fast = fast - 0.06 * (slow - fast);
        Ok(Chart {
            profile,
            units,
            pace,
            heart,
            fast,
            slow: fast + (slow - fast) / room,
            mile_s: (subject.mile.start_s, subject.mile.end_s()),
            mile_name: format!("mile {}", clock_tenths(subject.mile.time_s)),
            around: subject.analysis.around.as_ref().filter(|around| around.of_effort()),
        })
    }

    fn legend(&self, canvas: &Canvas) -> Legend {
        let theme = canvas.theme;
        let name = format!("pace, smoothed over {:.0} s", self.profile.smoothing_s);
        let mut entries = vec![
            Entry::new(Sample::Line(Stroke::new(theme.pace, 2.25)), name),
            Entry::new(Sample::Areas(vec![theme.ahead], 0.3), "the mile"),
        ];
        entries.extend(parts::entries(self.around, theme));
        if !self.heart.is_empty() {
            let heart = Stroke::new(theme.heart, stroke::SECOND);
            entries.push(Entry::new(Sample::Line(heart), "heart rate, bpm"));
        }
        if self.profile.pauses_s.iter().any(|pause| pause.1 - pause.0 > 2.0) {
            entries.push(Entry::new(Sample::Areas(vec![theme.soft_ink], 0.18), "timer stopped"));
        }
        Legend::new(entries, canvas.layout.right() - canvas.layout.left() - AXIS_PX)
    }

    fn draw(&self, canvas: &Canvas, frame: Frame) -> Result<(), ChartError> {
        let theme = canvas.theme;
        let pane = canvas.pane(frame, (0.0, self.profile.elapsed_s.max(1.0)), (self.fast, self.slow));
        for &(from_s, to_s) in &self.profile.pauses_s {
            let (left, right) = (pane.position_px(from_s, self.fast).0, pane.position_px(to_s, self.fast).0);
            if right - left >= 1.0 {
                canvas.rect(Frame { left, right, ..frame }, theme.soft_ink, 0.18)?;
            }
        }
        self.mile(canvas, frame, &pane)?;
        self.paces(canvas, frame, &pane)?;
        self.times(canvas, frame, &pane)?;
        self.hearts(canvas, frame)?;
        for part in self.pace.iter().flat_map(|run| within(run, self.fast, self.slow)) {
            pane.path(&part, Stroke::new(theme.pace, 2.25))?;
        }
        Ok(())
    }

    /// The mile's band, its name above the lines among those of what surrounded it.
    fn mile(&self, canvas: &Canvas, frame: Frame, pane: &Pane) -> Result<(), ChartError> {
        let theme = canvas.theme;
        let (left, _) = pane.position_px(self.mile_s.0, self.fast);
        let (right, _) = pane.position_px(self.mile_s.1, self.fast);
        let band = Frame { left, right: right.max(left + 2.0), top: frame.top - 14.0, bottom: frame.bottom };
        canvas.rect(band, theme.ahead, 0.3)?;
        parts::draw(canvas, frame, pane, self)
    }

    fn paces(&self, canvas: &Canvas, frame: Frame, pane: &Pane) -> Result<(), ChartError> {
        for pace in pace_ticks(self.fast, self.slow, (frame.height() / STEP_PX) as usize) {
            let (_, y) = pane.position_px(0.0, pace);
            scales::rung(canvas, frame, y, &clock(pace))?;
        }
        let unit = format!("min/{}", self.units.symbol());
        let at = (canvas.layout.left(), frame.top - 22.0);
        canvas.text(at, Anchor::Left, &unit, scales::note(canvas))
    }

    fn times(&self, canvas: &Canvas, frame: Frame, pane: &Pane) -> Result<(), ChartError> {
        let line = Stroke::new(canvas.theme.soft_ink, stroke::HAIR);
        canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), line)?;
        let most = frame.width() / 70.0;
        let step = MINUTES.iter().map(|m| 60.0 * m).find(|step| self.profile.elapsed_s / step <= most);
        let step = step.unwrap_or_else(|| LONG_S * (self.profile.elapsed_s / most / LONG_S).ceil());
        for i in 0..=(self.profile.elapsed_s / step) as usize {
            let at_s = i as f64 * step;
            let (x, _) = pane.position_px(at_s, self.fast);
            canvas.line((x, frame.bottom), (x, frame.bottom + 6.0), line)?;
            let text = if i == 0 { "0 min".into() } else { format!("{:.0}", at_s / 60.0) };
            let (x, anchor) = if i == 0 { (x - 4.0, Anchor::Left) } else { (x, Anchor::Center) };
            canvas.text((x, frame.bottom + 24.0), anchor, &text, scales::label(canvas))?;
        }
        Ok(())
    }

    fn hearts(&self, canvas: &Canvas, frame: Frame) -> Result<(), ChartError> {
        let beats = || self.heart.iter().flatten().map(|point| point.1);
        let (Some(low), Some(high)) = (beats().reduce(f64::min), beats().reduce(f64::max)) else {
            return Ok(());
        };
        let (low, high) = (low - 4.0, high.max(low + 12.0));
        let top = low + (high - low) / HEART_PART;
        let pane = canvas.pane(frame, (0.0, self.profile.elapsed_s.max(1.0)), (top, low));
        for run in self.heart.iter().filter(|run| run.len() > 1) {
            pane.path(run, Stroke::new(canvas.theme.heart, stroke::SECOND))?;
        }
        let ink = Ink { colour: canvas.theme.heart, ..scales::label(canvas) };
        let left = frame.right + GAP_PX;
        for bpm in number_ticks(low, high, (HEART_PART * frame.height() / 26.0).max(2.0) as usize) {
            let (_, y) = pane.position_px(0.0, bpm);
            let at = (left, y + HALF_FIGURE_EM * ink.size_px);
            canvas.text(at, Anchor::Left, &format!("{bpm:.0}"), ink)?;
        }
        let (_, y) = pane.position_px(0.0, high);
        canvas.text((left, y - 16.0), Anchor::Left, "bpm", Ink { size_px: size::NOTE, ..ink })
    }
}

/// Lines through moments, broken where the timer stood or a value is missing for long.
fn lines(profile: &RunProfile, moments: &[Moment], value: impl Fn(f64) -> Option<f64>) -> Vec<Run> {
    let paused = |t_s: f64| profile.pauses_s.iter().any(|pause| pause.0 < t_s && t_s < pause.1);
    let mut runs = vec![Run::new()];
    let mut last_s = 0.0;
    for moment in moments.iter().filter(|moment| !paused(moment.elapsed_s)) {
        let Some(value) = value(moment.value).filter(|v| v.is_finite()) else { continue };
        let stood = profile.pauses_s.iter().any(|pause| last_s <= pause.0 && pause.1 <= moment.elapsed_s);
        if stood || moment.elapsed_s - last_s > HOLE_S.max(2.5 * profile.smoothing_s) {
            runs.push(Run::new());
        }
        last_s = moment.elapsed_s;
        if let Some(run) = runs.last_mut() {
            run.push((moment.elapsed_s, value));
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}
