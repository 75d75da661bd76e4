//! The report card: what a runner reads on the terminal after a time trial.

use std::fmt::Write;

use super::details;
use super::text::{self, FAINT, STRONG, painted, printable, printable_name, wrapped};
use crate::analysis::{Analysis, Summary};
use crate::analyzer::PacingGrade;
use crate::analyzer::grade::GradeKind;
use crate::segmenter::{BestMile, DistanceSource, OvalFit, TimedMile, Verdict};
use crate::units::{
    MILE_M, Pace, UnitSystem, clock_of_tenths, clock_tenths, printed_tenths, signed_tenths, tenths,
};

/// How much the card tells, and in which units.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CardOptions {
    /// The unit of paces.
    pub units: UnitSystem,
    /// Whether the parts of the grade and every notice are listed.
    pub verbose: bool,
}

/// The report card of one analysis, with colours, ending in a line break; empty where there is no mile.
///
/// `name` is what the reader knows the file by.
pub fn card(analysis: &Analysis, name: &str, options: CardOptions) -> String {
    let Some(best) = &analysis.best_mile else { return String::new() };
    let (mile, _) = best.headline();
    let mut card = title(&analysis.activity, name);
    card.push('\n');
    card += &headline(analysis, best, mile, options);
    card.push('\n');
    card += &laps(mile, analysis.grade.as_ref());
    card.push('\n');
    match &analysis.grade {
        Some(grade) => card += &advice(grade, options),
        None => card += &wrapped(&no_grade(analysis), "  ", text::WIDTH),
    }
    card.push('\n');
    if options.verbose {
        card += &details::details(analysis, mile);
    }
    card += &footnotes(analysis, best, options);
    card
}

/// File, date and device; what does not fit beside the file goes below it.
fn title(activity: &Summary, name: &str) -> String {
    let name = printable_name(name);
    let mut about: Vec<String> = Vec::new();
    about.extend(text::date(activity.start, activity.utc_offset_s));
    about.extend(activity.sub_sport.as_deref().filter(|s| *s != "generic").map(printable));
    about.extend(activity.device.as_deref().map(printable));
    let mut line_width = name.chars().count();
    let mut title = painted(STRONG, name);
    for part in about {
        let width = part.chars().count();
        let fits = line_width + 3 + width <= text::WIDTH;
        title += if fits { "   " } else { "\n  " };
        line_width = if fits { line_width + 3 + width } else { 2 + width };
        title += &part;
    }
    title + "\n"
}

fn headline(analysis: &Analysis, best: &BestMile, mile: &TimedMile, options: CardOptions) -> String {
    let time = clock_tenths(mile.time_s);
    let interval = mile.uncertainty_s.map_or(String::new(), |u| format!(" ± {u:.1}"));
    let suspect = if best.verdict == Verdict::Suspect { "  suspect" } else { "" };
    let pace = Pace::over(MILE_M, mile.time_s).map_or(String::new(), |pace| pace.display(options.units));
    let left = format!("MILE  {time}{interval}{suspect}");
    let Some(grade) = &analysis.grade else {
        return row(&left, &pace);
    };
    let right = grade.against_goal(mile.time_s).unwrap_or(pace);
    let mut lines = row(&left, &right);
    lines += &score_line(grade);
    lines
}

/// The letter, the score with its range, and what it was measured against.
pub(crate) fn score_line(grade: &PacingGrade) -> String {
    let left = format!("{}  {:.0}{}", grade.letter, grade.score, range(grade));
    let beside = match (grade.tactical, grade.counts, grade.goal_score) {
        (true, ..) => "sit and kick, a race for places".into(),
        (_, GradeKind::Goal, _) => format!("goal score; pattern score {:.0}", grade.pattern_score),
        (_, GradeKind::Pattern, Some(goal)) => format!("pattern score; goal score {goal:.0}"),
        (_, GradeKind::Pattern, None) => "pattern score: no goal was given".into(),
    };
    row(&left, &beside)
}

/// `(79 to 87)`, unless both ends print the same.
fn range(grade: &PacingGrade) -> String {
    match (grade.low, grade.high) {
        (Some(low), Some(high)) if low.round() != high.round() => format!("  ({low:.0} to {high:.0})"),
        _ => String::new(),
    }
}

/// A line with a strong left half and a right half.
pub(crate) fn row(left: &str, right: &str) -> String {
    const RIGHT_COLUMN: usize = 41;
    let gap = RIGHT_COLUMN.saturating_sub(left.chars().count()).max(2);
    let line = format!("  {}{}{right}", painted(STRONG, left), " ".repeat(gap));
    line.trim_end().to_owned() + "\n"
}

fn laps(mile: &TimedMile, grade: Option<&PacingGrade>) -> String {
    let with_goal = grade.is_some_and(|grade| grade.goal_of_laps_s().is_some());
    let has_heart_rate = mile.splits.iter().any(|split| split.heart_rate_bpm.is_some());
    let has_cadence = mile.splits.iter().any(|split| split.cadence_spm.is_some());
    let mut head = String::from("  lap         time");
    if grade.is_some() {
        head += if with_goal { "   goal" } else { "   even" };
    }
    head += "  per 400";
    head += if has_heart_rate { "   hr" } else { "" };
    head += if has_cadence { "  spm" } else { "" };
    let mut table = painted(FAINT, head) + "\n";
    let printed = printed_tenths(&mile.splits.iter().map(|split| split.time_s).collect::<Vec<_>>());
    for (lap, (split, lap_tenths)) in mile.splits.iter().zip(printed).enumerate() {
        let time = clock_of_tenths(lap_tenths);
        // From the printed time, so that a lap of 400 m shows the same twice.
        let per_400m = clock_tenths(lap_tenths as f64 / 10.0 * 400.0 / split.length_m());
        let _ = write!(table, "  {} {:>3.0} m {time:>8}", lap + 1, split.length_m());
        let verdict = grade.and_then(|grade| grade.laps.get(lap));
        if let Some(verdict) = verdict {
            let _ = write!(table, " {:>6}", signed_tenths(verdict.delta_s));
        }
        let _ = write!(table, " {:>8}", per_400m);
        for (shown, value) in [(has_heart_rate, split.heart_rate_bpm), (has_cadence, split.cadence_spm)] {
            if shown {
                let value = value.map_or("-".into(), |value| format!("{value:.0}"));
                let _ = write!(table, " {value:>4}");
            }
        }
        if let Some(verdict) = verdict {
            let _ = write!(table, "  {}", painted(FAINT, format!("▏{}", verdict.verdict)));
        }
        table.push('\n');
    }
    table
}

fn advice(grade: &PacingGrade, options: CardOptions) -> String {
    let mut lines = String::new();
    if options.verbose {
        lines += &details::points(grade);
        lines.push('\n');
    }
    for sentence in &grade.advice {
        lines += &wrapped(sentence, "  ", text::WIDTH);
    }
    lines
}

fn no_grade(analysis: &Analysis) -> String {
    let reason = analysis.grade_reason.as_deref().unwrap_or("the laps are not known");
    format!("No pacing grade: {reason}.")
}

fn footnotes(analysis: &Analysis, best: &BestMile, options: CardOptions) -> String {
    let mut lines = String::new();
    let mut note = |text: String| {
        for line in wrapped(&text, "  ", text::WIDTH).lines() {
            lines += &painted(FAINT, line);
            lines.push('\n');
        }
    };
    let (mile, _) = best.headline();
    if best.race.is_some() {
        note(format!(
            "from the standing start; the fastest window, {}, begins {}",
            clock_tenths(best.window.time_s),
            begins(best.window.start_s - mile.start_s)
        ));
    }
    note(measured_by(analysis, best));
    best.verdict_reason.iter().for_each(|why| note(format!("suspect: {}", printable(why))));
    let stopped_s = best.window.time_s - best.timer_s;
    if stopped_s >= 0.5 {
        note(format!(
            "the timer stood still for {stopped_s:.0} s of it: {} by the timer",
            clock_tenths(best.timer_s)
        ));
    }
    if let Some(around) = analysis.around.as_ref().filter(|around| around.of_effort()) {
        note(details::around_in_short(around));
    }
    if let Some(standing) = &analysis.standing {
        Some(details::standing_in_short(standing, analysis))
            .filter(|text| !text.is_empty())
            .into_iter()
            .for_each(&mut note);
        let course = standing.course.filter(|_| analysis.holds_an_effort());
        course.and_then(|course| course.note()).into_iter().for_each(&mut note);
    }
    if options.verbose {
        for notice in &analysis.notices {
            note(format!("notice: {} ({})", printable(&notice.message), notice.code));
        }
    } else if !analysis.notices.is_empty() {
        note(format!("{} (-v lists them)", text::counted(analysis.notices.len(), "notice")));
    }
    lines
}

/// `2.2 s after it`: how the fastest window lies to the start.
fn begins(after_s: f64) -> String {
    match tenths(after_s) {
        0 => "with it".into(),
        t if t > 0 => format!("{} s after it", clock_of_tenths(t)),
        t => format!("{} s before it", clock_of_tenths(-t)),
    }
}

/// The lane and its length, as far as they are known: ` (lane 1, laps of 400.0 m)`.
fn on_the_track(oval: &OvalFit) -> String {
    let lane = oval.lane.map_or(String::new(), |lane| format!("lane {lane}, "));
    format!(" ({lane}laps of {:.1} m)", oval.lap_length_m)
}

/// Which distance was used, and what the others would have said.
fn measured_by(analysis: &Analysis, best: &BestMile) -> String {
    let name = |source| match source {
        DistanceSource::Oval => "the track's oval",
        DistanceSource::Recorded => "the device's distance",
        DistanceSource::Gps => "the GPS positions",
    };
    let mut text = format!("measured by {}", name(best.distance_source));
    if let Some(oval) = analysis.oval.as_ref().filter(|_| best.distance_source == DistanceSource::Oval) {
        text += &on_the_track(oval);
    }
    for candidate in &analysis.candidates {
        // The plain window of another mile says nothing of this one.
        let same_mile = (candidate.start_s - best.window.start_s).abs() < 60.0;
        if same_mile && candidate.distance_source != best.distance_source {
            let time = clock_tenths(candidate.time_s);
            text += &format!("; {time} by {} as they are", name(candidate.distance_source));
        }
    }
    text.replace("distance as they are", "distance as it is")
}
