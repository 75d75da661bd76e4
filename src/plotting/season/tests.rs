//! The pictures of a known season.

use super::super::theme::Theme;
use super::*;
use crate::season::reading::ReadingOptions;
use crate::season::reading::tests::reading;
use crate::units::UnitSystem;

fn known() -> Reading {
    reading(&ReadingOptions::default())
}

/// Every chart as it may be looked at: on a screen, in the dark, on paper, narrow in a page.
fn gallery() -> Vec<(String, SeasonChart, ChartOptions)> {
    let light = ChartOptions { units: UnitSystem::Kilometres, ..ChartOptions::default() };
    let looks = [
        ("light", light),
        ("dark", ChartOptions { theme: Theme::DARK, ..light }),
        ("print", ChartOptions { theme: Theme::PRINT, ..light }),
        ("narrow", ChartOptions { width_px: 440, height_px: 440, heading: false, ..light }),
    ];
    let each = |chart: SeasonChart| {
        looks.map(|(name, options)| (format!("{}-{name}", chart.as_str()), chart, options))
    };
    SeasonChart::ALL.into_iter().flat_map(each).collect()
}

/// Writes the gallery for people to look at: `FOURLAP_GALLERY=folder cargo test --lib plotting::season`.
#[test]
fn the_gallery_is_drawn_and_twice_the_same() {
    let folder = std::env::var_os("FOURLAP_GALLERY").map(std::path::PathBuf::from);
    let reading = known();
    for (name, chart, options) in gallery() {
        let picture = chart.draw(&reading, &options).unwrap();
        assert_eq!(picture.svg(), chart.draw(&reading, &options).unwrap().svg());
        assert!(!picture.svg().contains("NaN") && !picture.svg().contains("inf"), "{name}");
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.png")), picture.to_png().unwrap()).unwrap();
        }
    }
}

/// The texts of a picture in their order, from one tag to the next.
fn texts(svg: &str) -> String {
    let after = |tag: &'static str| svg.split_once(tag).and_then(|(_, rest)| rest.split('<').next());
    let head: Vec<&str> = [after("<title>"), after("<desc>")].into_iter().flatten().collect();
    let body = svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>')?.1.split('<').next());
    let body: Vec<&str> = body.map(str::trim).collect();
    format!("{}\n{}", head.join("\n"), body.join(" | "))
}

#[test]
fn every_text_in_the_pictures() {
    let reading = known();
    let said = |chart: SeasonChart| {
        let options = ChartOptions { units: UnitSystem::Kilometres, ..ChartOptions::default() };
        format!(
            "{}: {}\n{}\n",
            chart.as_str(),
            chart.title(),
            texts(chart.draw(&reading, &options).unwrap().svg())
        )
    };
    insta::assert_snapshot!(SeasonChart::ALL.map(said).join("\n"));
}

#[test]
fn the_goal_is_dashed_in_the_chart_and_in_its_legend() {
    let picture = SeasonChart::Progress.draw(&known(), &ChartOptions::default()).unwrap();
    let lines = picture.svg().split("<polyline").filter(|line| line.contains("stroke=\"#39434E\""));
    let length = |line: &str| {
        let points = line.split_once("points=\"")?.1.split('"').next()?;
        let mut along =
            points.split_whitespace().filter_map(|point| point.split(',').next()?.parse::<i32>().ok());
        Some(along.next_back()? - along.next()?)
    };
    let lengths: Vec<i32> = lines.filter_map(length).collect();
    // A dash is 5 px long; a pixel has four units.
    assert!(lengths.len() > 50 && lengths.iter().all(|&length| length <= 24), "{lengths:?}");
}

#[test]
fn an_empty_season_says_what_it_lacks() {
    for chart in SeasonChart::ALL {
        let refused = chart.draw(&Reading::default(), &ChartOptions::default()).unwrap_err();
        assert!(matches!(refused, ChartError::Season { .. }), "{refused:?}");
    }
}

#[test]
fn a_season_of_years_shows_its_months() {
    let mut reading = known();
    let last = reading.entries.len() - 1;
    for (index, entry) in reading.entries.iter_mut().enumerate().filter(|(index, _)| *index < last) {
        entry.day = entry.day.map(|day| day.saturating_sub(jiff::Span::new().days(30 * (index as i64 % 40))));
    }
    reading.entries.sort_by_key(|entry| entry.day);
    reading.weekly = crate::season::reading::volume::weekly(&reading.entries);
    reading.monthly = crate::season::reading::volume::monthly(&reading.entries);
    let picture = SeasonChart::Volume.draw(&reading, &ChartOptions::default()).unwrap();
    assert!(picture.svg().contains("Miles run each month") && picture.svg().contains("2024"));
}
