//! What `-v` adds to the card: the points with their reasons, the hundreds, body, surroundings, standing, and
//! records beside the runner's own laps.

use super::text::{self, BAD, FAINT, GOOD, painted, wrapped};
use crate::analysis::Analysis;
use crate::analyzer::athlete::Sex;
use crate::analyzer::body::LapHeartRate;
use crate::analyzer::grade::{self, GradeKind, PacingGrade, PartGrade};
use crate::analyzer::hundreds::HundredVerdict;
use crate::analyzer::records;
use crate::analyzer::rubric::PacedMile;
use crate::analyzer::standing::{AVERAGE_MEN_S, AVERAGE_MILE_S, AVERAGE_WOMEN_S, Standing};
use crate::analyzer::{Around, Body, age_grade};
use crate::segmenter::TimedMile;
use crate::segmenter::efforts::Effort;
use crate::units::{MILE_M, clock, clock_of_tenths, clock_tenths, signed_tenths, tenths};

/// The parts of a grade with their points and reasons, and the last lap by hundreds. What the advice rests on comes
/// with its parts, and before it the goal score of a goal that was no fair measure, if that is what counts.
pub(crate) fn points(grade: &PacingGrade) -> String {
    let told = grade.parts_against(grade.laps_against);
    let mut lines = String::new();
    if (grade.counts, grade.laps_against) == (GradeKind::Goal, GradeKind::Pattern) {
        let goal = grade.parts_against(GradeKind::Goal);
        lines += &(total(grade, GradeKind::Goal) + &listed(goal) + "\n");
        // Parts that compare laps with each other say the same against either.
        let fresh: Vec<PartGrade> = told
            .iter()
            .filter(|part| !goal.iter().any(|other| other.message == part.message))
            .cloned()
            .collect();
        lines += &(total(grade, GradeKind::Pattern) + &listed(&fresh));
        lines += &faint("             the other parts as above");
    } else {
        lines += &(total(grade, grade.laps_against) + &listed(told));
    }
    if !grade.hundreds.is_empty() {
        lines.push('\n');
        lines += &hundreds(&grade.hundreds);
    }
    lines
}

/// What the parts against the goal or against the own mean pace come to.
fn total(grade: &PacingGrade, kind: GradeKind) -> String {
    let parts = grade.parts_against(kind);
    let score = match kind {
        GradeKind::Goal => grade.goal_score.unwrap_or(grade.score),
        GradeKind::Pattern => grade.pattern_score,
    };
    let earned: f64 = parts.iter().map(|part| part.points).sum();
    let available: f64 = parts.iter().map(|part| part.max).sum();
    let by_parts = 100.0 * earned / available;
    // As the parts are printed, so that they add up.
    let printed: i64 = parts.iter().map(|part| tenths(part.points)).sum();
    let printed = points_of_tenths(printed);
    let mut total = format!("{} {by_parts:.0}", kind.score_name());
    if available < 99.5 {
        total += &format!(", {printed} of the {available:.0} points that these times can show");
    }
    if score < by_parts - 0.05 {
        total += &format!("; a last lap slower by 5 % or more leaves no more than {score:.0}");
    }
    total += &match (grade.counts, kind) {
        (GradeKind::Goal, GradeKind::Pattern) => "; the advice looks at it".into(),
        (GradeKind::Pattern, GradeKind::Goal) => {
            format!("; the pattern score of {:.0} counts, as the goal was beaten", grade.pattern_score)
        }
        (GradeKind::Pattern, GradeKind::Pattern) if grade.kind == GradeKind::Goal => {
            "; it counts, as the goal was beaten".into()
        }
        _ => String::new(),
    };
    wrapped(&total, "  ", text::WIDTH).lines().map(|line| painted(FAINT, line) + "\n").collect()
}

/// Points given in tenths.
fn points_of_tenths(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn listed(parts: &[PartGrade]) -> String {
    parts.iter().map(part_line).collect()
}

/// A part's points and its reason.
fn part_line(part: &PartGrade) -> String {
    let style = if part.points >= 0.75 * part.max { GOOD } else { BAD };
    let points = format!("{:>4.1} of {:>2.0}", part.points, part.max);
    let undecided = if part.undecided { " (undecided: the times are too uncertain)" } else { "" };
    let message = wrapped(&format!("{}{undecided}", part.message), "               ", text::WIDTH);
    format!("  {}   {}", painted(style, points), message.trim_start())
}

fn hundreds(hundreds: &[HundredVerdict]) -> String {
    let Some(first) = hundreds.first() else { return String::new() };
    let mut lines = faint(&format!("from {:.0} m on", first.from_m));
    for hundred in hundreds {
        // Printed like laps: differences of the marks rounded to tenths.
        let time = clock_of_tenths(tenths(hundred.end_s) - tenths(hundred.end_s - hundred.time_s));
        lines += &format!("  to {:>4.0} m {time:>6}   {}\n", hundred.to_m, hundred.verdict);
    }
    lines
}

/// `warm-up 17:20 easy, 3 strides, cool-down 9:10`.
pub(super) fn around_in_short(around: &Around) -> String {
    let warm_up = match (around.warm_up_s, around.warm_up_easy) {
        (Some(warm_up_s), Some(true)) => format!("warm-up {} easy", clock(warm_up_s)),
        (Some(warm_up_s), _) => format!("warm-up {}", clock(warm_up_s)),
        (None, _) => "no warm-up seen".into(),
    };
    let strides = match around.strides {
        0 => "no strides".into(),
        count => text::counted(count, "stride"),
    };
    let cool_down = match around.cool_down_s {
        Some(cool_down_s) => format!("cool-down {}", clock(cool_down_s)),
        None => "no cool-down seen".into(),
    };
    format!("{warm_up}, {strides}, {cool_down}")
}

/// Against the average mile (of the runner's own sex, where that is known), what it is worth over 5 km, and the age
/// grade where it is known.
///
/// Of a mile that was no effort the first two say nothing; empty where nothing is left to say.
pub(super) fn standing_in_short(standing: &Standing, analysis: &Analysis) -> String {
    let mut parts = Vec::new();
    let at_5_km = standing.equivalents.iter().find(|equivalent| equivalent.distance_m == 5000.0);
    if let Some(at_5_km) = at_5_km.filter(|_| analysis.holds_an_effort()) {
        parts.push(match standing.sex {
            Some(sex) => against_own_average(standing, sex),
            None => against_average(standing.vs_average_s, "the average", AVERAGE_MILE_S),
        });
        let (fast_s, slow_s) = (at_5_km.riegel_s, at_5_km.daniels_gilbert_s);
        let (fast, slow) = (clock(fast_s.min(slow_s)), clock(fast_s.max(slow_s)));
        let between = if fast == slow { fast } else { format!("{fast} to {slow}") };
        parts.push(format!("as good as 5 km in {between}"));
    }
    if let Some(grade) = &standing.age_grade {
        let doubt = if analysis.has_notice(age_grade::DOUBTFUL) { "check age and sex" } else { grade.table };
        parts.push(format!("age grade {:.1} % ({doubt})", grade.pct));
    }
    parts.join("; ")
}

fn against_own_average(standing: &Standing, sex: Sex) -> String {
    match sex {
        Sex::Male => against_average(standing.vs_men_s, "the average man's mile", AVERAGE_MEN_S),
        Sex::Female => against_average(standing.vs_women_s, "the average woman's mile", AVERAGE_WOMEN_S),
    }
}

fn against_average(behind_s: f64, what: &str, average_s: f64) -> String {
    let average = clock(average_s);
    match behind_s.round() {
        0.0 => format!("as fast as {what} of {average}"),
        behind if behind < 0.0 => format!("{} faster than {what} of {average}", gap(behind)),
        behind => format!("{} slower than {what} of {average}", gap(behind)),
    }
}

/// A gap between two times in words: `48 s`, `2 min 05 s`.
fn gap(seconds: f64) -> String {
    let whole = seconds.abs().round() as u64;
    if whole < 60 { format!("{whole} s") } else { format!("{} min {:02} s", whole / 60, whole % 60) }
}

/// Body, surroundings, standing and records, each under its heading.
pub(super) fn details(analysis: &Analysis, mile: &TimedMile) -> String {
    let mut lines = String::new();
    let mut section = |heading: &str, body: String| {
        if !body.is_empty() {
            lines += &format!("{}{body}\n", faint(heading));
        }
    };
    let notes =
        |notes: &[String]| notes.iter().map(|note| wrapped(note, "  ", text::WIDTH)).collect::<String>();
    let body = |body: &Body| heart_rates(&body.heart_rate) + &notes(&body.notes);
    section("body", analysis.body.as_ref().map_or(String::new(), body));
    section("around the mile", analysis.around.as_ref().map_or(String::new(), |around| notes(&around.notes)));
    section("best efforts of the run", efforts(&analysis.efforts));
    section(
        "where it stands",
        analysis.standing.as_ref().map_or(String::new(), |found| standing(found, analysis)),
    );
    if analysis.grade.is_some() {
        section("laps above or below their mean, in per cent", shapes(&grade::paced(mile)));
        section("what studies found", notes(&records::findings(&grade::paced(mile))));
    }
    lines
}

/// The heart rate of each lap: its mean, at its end, and what the effort alone would have made of it.
fn heart_rates(laps: &[LapHeartRate]) -> String {
    if laps.is_empty() {
        return String::new();
    }
    let mut lines = faint("lap    mean    at its end    effort, the lag allowed for");
    for (lap, heart) in laps.iter().enumerate() {
        let (mean, end, effort) = (heart.mean_bpm, heart.end_bpm, heart.effort_bpm);
        lines += &format!("  {}   {mean:>7.0} {end:>13.0} {effort:>9.0}\n", lap + 1);
    }
    lines
}

fn efforts(efforts: &[Effort]) -> String {
    let one = |effort: &Effort| {
        let name = match effort.distance_m {
            m if (m - MILE_M).abs() < 0.5 => "mile".to_owned(),
            m if (m - 2.0 * MILE_M).abs() < 0.5 => "2 miles".to_owned(),
            m => format!("{m:.0} m"),
        };
        format!("{name} in {}", clock_tenths(effort.time_s))
    };
    let all: Vec<String> = efforts.iter().map(one).collect();
    if all.is_empty() { String::new() } else { wrapped(&all.join(", "), "  ", text::WIDTH) }
}

fn standing(standing: &Standing, analysis: &Analysis) -> String {
    let mut lines: String =
        [Sex::Male, Sex::Female].map(|sex| format!("  {}\n", against_own_average(standing, sex))).concat();
    match &standing.age_grade {
        Some(grade) => {
            lines += &format!(
                "  age grade {:.1} %: the {} has {} at the age of {}\n",
                grade.pct,
                grade.table,
                clock_tenths(grade.standard_s),
                grade.age
            );
        }
        None if analysis.has_notice(age_grade::NONE) => {}
        None => lines += "  --sex with --age or --born adds the age grade\n",
    }
    if !analysis.holds_an_effort() {
        return lines;
    }
    lines += &format!("  VDOT {:.1}\n", standing.vdot);
    lines += &faint("           Riegel   Daniels-Gilbert");
    for equivalent in &standing.equivalents {
        lines += &format!(
            "  {:>5.0} m {:>8}   {:>15}\n",
            equivalent.distance_m,
            clock_tenths(equivalent.riegel_s),
            clock_tenths(equivalent.daniels_gilbert_s)
        );
    }
    lines
}

/// The mile's own lap shape, the record that comes nearest, and the mean of the records since 1954.
fn shapes(mile: &PacedMile) -> String {
    let row = |name: &str, shape_pct: [f64; 4]| {
        let laps: String = shape_pct.iter().map(|&pct| format!("{:>7}", signed_tenths(pct))).collect();
        format!("  {name:<36}{laps}\n")
    };
    let mut lines = row("this mile", records::shape_pct(mile));
    if let Some(record) = records::nearest(mile) {
        let name = format!("{} {}, {}", record.athlete, record.year, clock_tenths(record.time_s));
        lines += &row(&name, record.shape_pct());
    }
    lines + &row("records since 1954, mean", records::MEAN_SHAPE_SINCE_1954_PCT)
}

fn faint(text: &str) -> String {
    format!("  {}\n", painted(FAINT, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mile_is_slower_faster_or_as_fast_as_the_average() {
        let said = |behind_s: f64| against_average(behind_s, "the average", AVERAGE_MILE_S);
        assert_eq!(said(-48.2), "48 s faster than the average of 7:04");
        assert_eq!(said(80.0), "1 min 20 s slower than the average of 7:04");
        assert_eq!(said(0.3), "as fast as the average of 7:04");
    }

    #[test]
    fn what_surrounded_a_mile_is_told_in_a_line() {
        let whole = Around {
            warm_up_s: Some(1040.0),
            warm_up_easy: Some(true),
            strides: 1,
            cool_down_s: Some(550.0),
            ..Around::default()
        };
        assert_eq!(around_in_short(&whole), "warm-up 17:20 easy, 1 stride, cool-down 9:10");
        let fast = Around { warm_up_easy: Some(false), strides: 0, ..whole };
        assert_eq!(around_in_short(&fast), "warm-up 17:20, no strides, cool-down 9:10");
        assert_eq!(around_in_short(&Around::default()), "no warm-up seen, no strides, no cool-down seen");
    }
}
