//! What the season tells, on its way to the terminal, into a page and into pictures.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::Value as Json;

use super::dates;
use crate::cli::output::Failure;
use crate::report::season as report;
use crate::report::text::{STRONG, painted, printable};
use crate::season::reading::{self, BlockOptions, Reading, ReadingOptions, Whose};
use crate::season::{Season, table};
use crate::units::UnitSystem;

/// The training block, and where the season is drawn.
#[derive(Debug, Args)]
pub(super) struct TellingArguments {
    /// The training block's length in weeks, such as 8w
    #[arg(long, value_name = "WEEKS", value_parser = dates::weeks, help_heading = "Training block")]
    block: Option<u8>,
    /// The day of the race that the block leads to, such as 2026-05-01
    #[arg(long, value_name = "DATE", value_parser = dates::day, help_heading = "Training block")]
    race: Option<Date>,
    /// Also write the season as one page with its charts and every activity
    #[arg(long, value_name = "FILE.html", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Also draw a chart into this file: .svg or .png
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    chart: Option<PathBuf>,
    /// Which chart
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "KIND",
        help_heading = "Output",
        requires = "chart"
    )]
    kind: ChartArgument,
}

/// The charts of a season, by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ChartArgument {
    /// The mile over the season
    #[default]
    Progress,
    /// Week by week, by kind of training
    Volume,
    /// Pace against distance
    Distances,
    /// The lap shapes of all miles
    Shapes,
}

impl TellingArguments {
    /// Refuses, before the work, an output that cannot be.
    pub(super) fn check(&self, paths: &[PathBuf]) -> Result<(), Failure> {
        for file in [&self.report, &self.chart].into_iter().flatten().filter(|file| file.as_os_str() != "-") {
            super::table::check_output(file, paths)?;
        }
        if let Some(report) = &self.report
            && !["html", "htm"].iter().any(|ending| report.extension().is_some_and(|e| e == *ending))
        {
            let name = printable(&report.to_string_lossy());
            return Err(Failure::Usage(format!("--report {name}: a season's page is written as .html")));
        }
        let known =
            |file: &Path| ["svg", "png"].iter().any(|ending| file.extension().is_some_and(|e| e == *ending));
        match &self.chart {
            Some(chart) if !known(chart) => {
                let name = printable(&chart.to_string_lossy());
                Err(Failure::Usage(format!("--chart {name}: a chart is drawn as .svg or .png")))
            }
            _ => Ok(()),
        }
    }
}

/// What the season tells, one reading for each athlete.
pub(super) struct Told {
    readings: Vec<(Whose, Reading)>,
    units: UnitSystem,
}

impl Told {
    /// Reads a season. `until` is the last day that was asked for.
    pub(super) fn of(
        season: &Season,
        arguments: &TellingArguments,
        until: Option<Date>,
        units: UnitSystem,
    ) -> Result<Told, Failure> {
        let failed = |error: polars::error::PolarsError| Failure::Report(error.to_string());
        let table = table::frame_to_read(&season.rows).map_err(failed)?;
        let last = season.rows.iter().filter(|row| row.counts()).filter_map(|row| row.local_date()).max();
        let block = BlockOptions { weeks: arguments.block, race: arguments.race };
        let mut readings = Vec::new();
        for whose in reading::squad(&table).map_err(failed)? {
            // A day that lies beyond the last activity, such as the end of the year, is not yet today.
            let today = last.map(|last| until.map_or(last, |until| until.min(last)));
            let options = ReadingOptions { whose: whose.clone(), today, block, units };
            let mut reading = reading::read(&table, &options).map_err(failed)?;
            if readings.is_empty() {
                reading.counts.outside = season.outside;
            }
            readings.push((whose, reading));
        }
        Ok(Told { readings, units })
    }

    /// What the season tells, for programs.
    pub(super) fn figures(&self, season: &Season) -> Json {
        report::figures(season, &self.readings)
    }

    /// The summary for the terminal; of a squad one behind the other.
    pub(super) fn summary(&self) -> String {
        let one = |(whose, reading): &(Whose, Reading)| {
            let summary = report::summary(reading, self.units);
            match whose {
                Whose::Everybody => summary,
                Whose::Athlete(Some(name)) => format!("{}\n{summary}", painted(STRONG, printable(name))),
                Whose::Athlete(None) => format!("{}\n{summary}", painted(STRONG, "in no athlete's folder")),
            }
        };
        self.readings.iter().map(one).collect::<Vec<_>>().join("\n")
    }

    /// Writes the page and the chart that were asked for.
    pub(super) fn draw(&self, arguments: &TellingArguments, paths: &[PathBuf]) -> Result<(), Failure> {
        let several = self.readings.len() > 1;
        if several && (arguments.report.is_some() || arguments.chart.is_some()) {
            let text = "--report and --chart show one runner; name one athlete's folder instead of --squad";
            return Err(Failure::Usage(text.into()));
        }
        let Some((_, reading)) = self.readings.first() else { return Ok(()) };
        if let Some(file) = &arguments.report {
            drawing::report(reading, &title(paths), self.units, file)?;
        }
        if let Some(file) = &arguments.chart {
            drawing::chart(reading, arguments.kind, self.units, file)?;
        }
        Ok(())
    }
}

/// What the page is called: the one path that was named, otherwise the season.
fn title(paths: &[PathBuf]) -> String {
    match paths {
        [path] => path.file_name().map_or("Season".into(), |name| name.to_string_lossy().into_owned()),
        _ => "Season".into(),
    }
}

#[cfg(feature = "plot")]
mod drawing {
    use std::path::Path;

    use super::ChartArgument;
    use crate::cli::output::{self, Failure};
    use crate::plotting::{ChartError, ChartOptions, SeasonChart};
    use crate::report::season::html::{SeasonPageOptions, page};
    use crate::season::reading::Reading;
    use crate::units::UnitSystem;

    fn refused(error: &ChartError) -> Failure {
        Failure::Report(error.to_string())
    }

    pub(super) fn report(
        reading: &Reading,
        title: &str,
        units: UnitSystem,
        file: &Path,
    ) -> Result<(), Failure> {
        let page = page(reading, title, &SeasonPageOptions { units }).map_err(|error| refused(&error))?;
        output::write_file(file, page.as_bytes())
    }

    pub(super) fn chart(
        reading: &Reading,
        kind: ChartArgument,
        units: UnitSystem,
        file: &Path,
    ) -> Result<(), Failure> {
        let kind = match kind {
            ChartArgument::Progress => SeasonChart::Progress,
            ChartArgument::Volume => SeasonChart::Volume,
            ChartArgument::Distances => SeasonChart::Distances,
            ChartArgument::Shapes => SeasonChart::Shapes,
        };
        let options = ChartOptions { units, ..ChartOptions::default() };
        let picture = kind.draw(reading, &options).map_err(|error| refused(&error))?;
        if file.extension().is_some_and(|ending| ending == "png") {
            let bytes = picture.to_png().map_err(|error| refused(&error))?;
            return output::write_file(file, &bytes);
        }
        output::write_file(file, picture.svg().as_bytes())
    }
}

/// A build without charts takes the same arguments and says that it cannot draw.
#[cfg(not(feature = "plot"))]
mod drawing {
    use std::path::Path;

    use super::ChartArgument;
    use crate::cli::output::Failure;
    use crate::season::reading::Reading;
    use crate::units::UnitSystem;

    const WITHOUT: &str = "this build has no charts; build it with the feature 'plot'";

    pub(super) fn report(_: &Reading, _: &str, _: UnitSystem, _: &Path) -> Result<(), Failure> {
        Err(Failure::Usage(WITHOUT.into()))
    }

    pub(super) fn chart(_: &Reading, _: ChartArgument, _: UnitSystem, _: &Path) -> Result<(), Failure> {
        Err(Failure::Usage(WITHOUT.into()))
    }
}
