//! The season on the terminal: a summary that fits a screen of 24 lines.

use super::words;
use crate::report::text::{BAD, FAINT, STRONG, WIDTH, painted, wrapped};
use crate::season::calendar::{day, span};
use crate::season::reading::{Best, Reading, distance_name};
use crate::units::{UnitSystem, clock_as_read};

/// The column at which a line's text begins, behind its heading.
const INDENT: &str = "          ";
/// The summary's lines at most, so that a prompt fits below it.
const MOST_LINES: usize = 23;
/// How many bests stand beside each other.
const BESTS_A_ROW: usize = 3;

/// What is left out, one after the other, where a summary would not fit the screen.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Brevity {
    Full,
    WithoutHint,
    WithoutShape,
    ShortReasons,
}

/// The summary with colours, ending in a line break. `hint` is a last line for whoever reads it, such as where there
/// is more. Where all would not fit the screen, what matters least is left out.
pub fn summary(reading: &Reading, units: UnitSystem, hint: Option<&str>) -> String {
    let all = [Brevity::Full, Brevity::WithoutHint, Brevity::WithoutShape, Brevity::ShortReasons];
    let fits = |text: &String| text.lines().count() <= MOST_LINES;
    let shortest = || composed(reading, units, hint, Brevity::ShortReasons);
    all.into_iter().map(|brevity| composed(reading, units, hint, brevity)).find(fits).unwrap_or_else(shortest)
}

fn composed(reading: &Reading, units: UnitSystem, hint: Option<&str>, brevity: Brevity) -> String {
    let mut lines = title(reading, units);
    if reading.counts.analysed == 0 {
        return lines;
    }
    lines += "\n";
    lines += &bests(&reading.bests, reading.spans_years());
    lines += &miles(reading, brevity);
    lines += &block(reading, units);
    lines += &goal(reading, brevity);
    if let Some(hint) = hint.filter(|_| brevity < Brevity::WithoutHint) {
        lines += &faint(hint);
    }
    lines
}

fn title(reading: &Reading, units: UnitSystem) -> String {
    let days = reading.days.map_or(String::new(), |(first, last)| format!("   {}", span(first, last)));
    let mut lines = format!("{}{days}\n", painted(STRONG, "Season"));
    if reading.counts.analysed == 0 {
        lines += "  No activity was found.\n";
    } else {
        lines += &wrapped(&format!("{}.", words::totals(reading, units)), "  ", WIDTH);
    }
    let left_out = words::left_out(reading.counts);
    if !left_out.is_empty() {
        lines += &faint(&format!("Left out: {left_out}."));
    }
    lines
}

/// The best at each distance, three in a row; two where the days need their years.
fn bests(bests: &[Best], years: bool) -> String {
    let (in_a_row, width) = if years { (2, 11) } else { (BESTS_A_ROW, 6) };
    let cell = |(place, best): (usize, &Best)| {
        let day = best.day.map_or(String::new(), |best_day| day(best_day, years));
        let gap = if place + 1 < in_a_row { width - day.len().min(width) } else { 0 };
        let time = clock_as_read(best.time_s);
        let name = distance_name(best.distance_m);
        format!("{name:<7} {time:>7} {}{}", painted(FAINT, day), " ".repeat(gap))
    };
    let row = |row: &[Best]| row.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ");
    headed("best", bests.chunks(in_a_row).map(row).collect())
}

fn miles(reading: &Reading, brevity: Brevity) -> String {
    let Some(records) = words::records(&reading.miles, reading.spans_years()) else { return String::new() };
    let mut said = vec![format!("{records}; {}.", words::mile_counts(&reading.miles))];
    if brevity < Brevity::WithoutShape {
        said.extend(reading.shape.as_ref().map(|shape| shape.sentences().join(" ")));
    }
    headed("mile", said.iter().flat_map(|text| paragraph(text)).collect())
}

fn block(reading: &Reading, units: UnitSystem) -> String {
    let Some(block) = &reading.block else { return absent("block", reading.no_block.as_deref()) };
    let years = reading.spans_years();
    let (from, to) = (day(block.from, years), day(block.to, years));
    let days = if from == to { from } else { format!("{from} to {to}") };
    let span = format!("{days}: {}.", words::block_volume(block, units));
    let mut lines = paragraph(&span);
    let parts = words::block_parts(block);
    if !parts.is_empty() {
        lines.extend(paragraph(&format!("{parts}.")));
    }
    let lacks = paragraph(&words::block_lacks(block, years).join(" "));
    lines.extend(lacks.into_iter().map(|line| painted(BAD, line)));
    headed("block", lines)
}

fn goal(reading: &Reading, brevity: Brevity) -> String {
    let Some(goal) = &reading.goal else { return absent("goal", reading.no_goal.as_deref()) };
    let most = if brevity < Brevity::ShortReasons { goal.reasons.len() } else { 1 };
    let reasons = goal.reasons.iter().take(most).cloned().collect::<Vec<_>>().join(" ");
    headed("goal", paragraph(&format!("{} {reasons}", goal.sentence())))
}

/// Why there is nothing under a heading.
fn absent(heading: &str, why: Option<&str>) -> String {
    headed(heading, why.map_or_else(Vec::new, paragraph))
}

fn paragraph(text: &str) -> Vec<String> {
    wrapped(text, "", WIDTH - INDENT.len()).lines().map(str::to_owned).collect()
}

/// Lines behind a heading in the left margin; nothing where there are none.
fn headed(heading: &str, lines: Vec<String>) -> String {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let margin = if index == 0 { format!("  {heading:<8}") } else { INDENT.to_owned() };
        text += &format!("{}{}\n", painted(STRONG, margin), line.trim_end());
    }
    text
}

fn faint(text: &str) -> String {
    wrapped(text, "  ", WIDTH).lines().map(|line| format!("{}\n", painted(FAINT, line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::reading::tests::{reading, season};
    use crate::season::reading::{BlockOptions, Counts, ReadingOptions};

    /// Without the codes of colours.
    fn plain(text: &str) -> String {
        let mut plain = String::new();
        let mut inside = false;
        for letter in text.chars() {
            match letter {
                '\u{1b}' => inside = true,
                'm' if inside => inside = false,
                _ if !inside => plain.push(letter),
                _ => {}
            }
        }
        plain
    }

    #[test]
    fn the_summary_fits_a_screen() {
        let text = plain(&summary(&reading(&ReadingOptions::default()), UnitSystem::Kilometres, None));
        assert!(text.lines().count() <= MOST_LINES, "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn days_of_several_years_have_their_year() {
        let mut reading = reading(&ReadingOptions::default());
        reading.days = reading.days.map(|(_, last)| (jiff::civil::date(2025, 11, 2), last));
        let text = plain(&summary(&reading, UnitSystem::Miles, None));
        assert!(
            text.contains("1 mile   5:19.7 24 May 2026\n") && text.contains("5:44.0 (15 Mar 2026), "),
            "{text}"
        );
        assert!(text.contains("  block   30 Mar 2026 to 24 May 2026: 26.7 mi a week"), "{text}");
        assert!(text.replace("\n         ", "").contains("3 days, 24 Apr 2026 to 26 Apr 2026."), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }

    #[test]
    fn what_is_not_there_is_said_with_its_reason() {
        let race = BlockOptions { weeks: Some(8), race: Some(jiff::civil::date(2026, 3, 1)) };
        let reading = reading(&ReadingOptions { block: race, ..ReadingOptions::default() });
        let text = plain(&summary(&reading, UnitSystem::Miles, None));
        let said = "  block   No activity lies in the 8 weeks before the race, 4 Jan 2026 to 28 Feb\n          2026.\n";
        assert!(text.contains(said), "{text}");
        assert!(
            text.contains("  goal    None yet: in what was read up to 28 Feb 2026 there is no mile effort,"),
            "{text}"
        );
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }

    #[test]
    fn a_season_of_other_sports_has_no_figures_of_running() {
        let mut rows = season();
        for row in rows.iter_mut().filter(|row| row.sport.is_some()) {
            row.sport = Some("cycling".into());
        }
        let table = crate::season::table::frame(&rows).unwrap();
        let reading = crate::season::reading::read(&table, &ReadingOptions::default()).unwrap();
        let text = plain(&summary(&reading, UnitSystem::Miles, None));
        assert!(text.contains("\n  No runs; 56 sessions of other sports.\n"), "{text}");
        assert!(
            text.contains("  block   No run lies in the last 8 weeks, 30 Mar 2026 to 24 May 2026.\n"),
            "{text}"
        );
        assert!(!text.contains("-0") && !text.contains("a week"), "{text}");
        assert_eq!(words::way(-0.0, UnitSystem::Miles), "0.0 mi");
    }

    #[test]
    fn the_weeks_to_come_are_said() {
        let usual = reading(&ReadingOptions::default()).next.join("\n");
        let race = BlockOptions { weeks: Some(10), race: Some(jiff::civil::date(2026, 6, 20)) };
        let leading = reading(&ReadingOptions { block: race, ..ReadingOptions::default() }).next.join("\n");
        insta::assert_snapshot!(format!("without a race\n{usual}\n\nwith a race in four weeks\n{leading}"));
        let metric = ReadingOptions { units: UnitSystem::Kilometres, ..ReadingOptions::default() };
        let metric = self::reading(&metric).next.join("\n");
        assert!(metric.contains("a long run of 11 km") && usual.contains("a long run of 7 mi"), "{usual}");
        assert!(
            !metric.contains("/mi")
                && !metric.contains(" mi,")
                && !usual.contains("kilometres")
                && !usual.contains(" km"),
            "{usual}"
        );
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(
            plain(&summary(&Reading::default(), UnitSystem::Miles, None)),
            "Season\n  No activity was found.\n"
        );
        let counts = Counts { duplicates: 2, not_activities: 1, failed: 3, outside: 4, ..Counts::default() };
        let text = plain(&summary(&Reading { counts, ..Reading::default() }, UnitSystem::Miles, None));
        let left = "Left out: 2 duplicates, 1 file that is no activity, 3 files that could not be";
        assert!(
            text.contains(left) && text.contains("4 activities outside of what was asked for."),
            "{text}"
        );
    }

    #[test]
    fn a_summary_that_is_too_long_leaves_out_what_matters_least() {
        let mut reading = reading(&ReadingOptions::default());
        reading.block = None;
        let hint = Some("There is more elsewhere.");
        assert!(plain(&summary(&reading, UnitSystem::Miles, hint)).ends_with("  There is more elsewhere.\n"));
        let mut reading = self::reading(&ReadingOptions::default());
        let sentence = "The reasons of this goal are many and need a line and more to be told. ";
        reading.goal.as_mut().unwrap().reasons.extend([sentence.repeat(3), sentence.repeat(3)]);
        let text = plain(&summary(&reading, UnitSystem::Miles, hint));
        assert!(!text.contains("The pacing got better") && text.contains("Still missing"), "{text}");
        assert!(text.lines().count() <= MOST_LINES);
    }

    #[test]
    fn the_season_of_the_tests_has_a_row_for_every_file() {
        assert_eq!(season().len(), 58);
    }
}
