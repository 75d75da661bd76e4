//! The season's pages and charts on their way into files.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::outputs::Outputs;
use super::table::check_output;
use crate::cli::output::{self, Failure};
use crate::report::text::printable;
use crate::season::reading::Reading;
use crate::units::UnitSystem;

/// Where the season is drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct DrawingArguments {
    /// Also write the season as one page with its charts and every activity
    ///
    /// With --squad a page for each athlete, such as season-Anna.html.
    #[arg(long, value_name = "FILE.html")]
    pub(super) report: Option<PathBuf>,
    /// Also draw a chart into this file: .svg or .png
    ///
    /// With --squad a chart for each athlete, such as chart-Anna.png.
    #[arg(long, value_name = "FILE")]
    pub(super) chart: Option<PathBuf>,
    /// Which chart
    #[arg(long, value_enum, default_value_t, value_name = "KIND", requires = "chart")]
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
    /// Each of them, such as season-progress.png for season.png
    All,
}

impl DrawingArguments {
    /// Refuses, before the work, an output that cannot be.
    pub(super) fn check(&self, paths: &[PathBuf]) -> Result<(), Failure> {
        let outputs = [
            (&self.report, ["html", "htm"], "--report", "a season's page is written as .html"),
            (&self.chart, ["svg", "png"], "--chart", "a chart is drawn as .svg or .png"),
        ];
        for (file, endings, option, what) in outputs {
            let Some(file) = file else { continue };
            charts::check()?;
            if !output::ending(file).is_some_and(|ending| endings.contains(&ending.as_str())) {
                return Err(Failure::Usage(format!("{option} {}: {what}", output::shown(file))));
            }
            check_output(file, paths)?;
        }
        Ok(())
    }

    /// Writes the page and the charts of one runner; `athlete` tells the files of a squad apart. What could not be
    /// written is returned, and the others are.
    pub(super) fn write(
        &self,
        reading: &Reading,
        athlete: Option<&str>,
        title: &str,
        units: UnitSystem,
        outputs: &mut Outputs,
    ) -> Vec<Failure> {
        let mut failures = Vec::new();
        let words: Vec<&str> = athlete.into_iter().collect();
        let of_whom = athlete.map_or(String::new(), |name| format!("{}: ", printable(name)));
        if let Some(file) = &self.report {
            let file = outputs.named(file, &words);
            let page = charts::page(reading, title, units, &of_whom);
            failures.extend(page.and_then(|page| outputs.write("page", &file, page.as_bytes())).err());
        }
        let Some(file) = &self.chart else { return failures };
        for kind in self.kind.each() {
            let word = kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
            let words: Vec<&str> = match self.kind {
                ChartArgument::All => words.iter().copied().chain([word.as_str()]).collect(),
                _ => words.clone(),
            };
            let file = outputs.named(file, &words);
            let of_what = format!("{of_whom}no {word} chart: ");
            match charts::chart(reading, kind, units, &file, &of_what) {
                Ok(bytes) => failures.extend(outputs.write("chart", &file, &bytes).err()),
                // Of all charts, those that the season is too small for are named and passed over.
                Err(why) if self.kind == ChartArgument::All => output::complain(why),
                Err(why) => failures.push(why),
            }
        }
        failures
    }
}

impl ChartArgument {
    fn each(self) -> Vec<ChartArgument> {
        match self {
            ChartArgument::All => {
                Self::value_variants().iter().copied().filter(|kind| *kind != ChartArgument::All).collect()
            }
            one => vec![one],
        }
    }
}

#[cfg(feature = "plot")]
mod charts {
    use std::path::Path;

    use super::ChartArgument;
    use crate::cli::output::{self, Failure};
    use crate::plotting::{ChartError, ChartOptions, SeasonChart};
    use crate::report::season::html::{self, SeasonPageOptions};
    use crate::season::reading::Reading;
    use crate::units::UnitSystem;

    pub(super) fn check() -> Result<(), Failure> {
        Ok(())
    }

    fn refused(of_what: &str) -> impl Fn(ChartError) -> Failure {
        move |error| Failure::Report(format!("{of_what}{error}"))
    }

    pub(super) fn page(
        reading: &Reading,
        title: &str,
        units: UnitSystem,
        of_whom: &str,
    ) -> Result<String, Failure> {
        html::page(reading, title, &SeasonPageOptions { units }).map_err(refused(of_whom))
    }

    pub(super) fn chart(
        reading: &Reading,
        kind: ChartArgument,
        units: UnitSystem,
        file: &Path,
        of_what: &str,
    ) -> Result<Vec<u8>, Failure> {
        let kind = match kind {
            ChartArgument::Progress | ChartArgument::All => SeasonChart::Progress,
            ChartArgument::Volume => SeasonChart::Volume,
            ChartArgument::Distances => SeasonChart::Distances,
            ChartArgument::Shapes => SeasonChart::Shapes,
        };
        let options = ChartOptions { units, ..ChartOptions::default() };
        let picture = kind.draw(reading, &options).map_err(refused(of_what))?;
        if output::ending(file).as_deref() == Some("png") {
            return picture.to_png().map_err(refused(of_what));
        }
        Ok(picture.into_svg().into_bytes())
    }
}

/// A build without charts takes the same arguments and says that it cannot draw.
#[cfg(not(feature = "plot"))]
mod charts {
    use std::path::Path;

    use super::ChartArgument;
    use crate::cli::output::Failure;
    use crate::cli::picture::NO_CHARTS;
    use crate::season::reading::Reading;
    use crate::units::UnitSystem;

    pub(super) fn check() -> Result<(), Failure> {
        Err(Failure::Usage(NO_CHARTS.into()))
    }

    pub(super) fn page(_: &Reading, _: &str, _: UnitSystem, _: &str) -> Result<String, Failure> {
        check().map(|()| String::new())
    }

    pub(super) fn chart(
        _: &Reading,
        _: ChartArgument,
        _: UnitSystem,
        _: &Path,
        _: &str,
    ) -> Result<Vec<u8>, Failure> {
        check().map(|()| Vec::new())
    }
}
