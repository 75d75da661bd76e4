//! Pictures and pages on their way into files.

use std::path::Path;

use clap::ValueEnum;

use super::arguments::{KindArgument, MediumArgument};
#[cfg(feature = "plot")]
use super::files;
#[cfg(feature = "plot")]
use super::output;
use super::output::Failure;
use crate::analysis::Analysis;
#[cfg(feature = "plot")]
use crate::plotting::{self, ChartError, ChartKind, ChartOptions, Medium, Picture};
#[cfg(feature = "plot")]
use crate::report::html;
use crate::units::UnitSystem;

/// How pictures are to look.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(feature = "plot"),
    expect(
        dead_code,
        reason = "a build without charts takes the same arguments and says that it cannot draw"
    )
)]
pub(super) struct Look {
    pub(super) medium: MediumArgument,
    pub(super) units: UnitSystem,
}

/// What is drawn, and what it is held against.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "plot"),
    expect(
        dead_code,
        reason = "a build without charts takes the same arguments and says that it cannot draw"
    )
)]
pub(super) struct Subject<'a> {
    pub(super) analysis: &'a Analysis,
    /// Another mile with the name of its file.
    pub(super) rival: Option<(&'a str, &'a Analysis)>,
}

/// The word for a kind, as it is typed.
pub(super) fn word(kind: KindArgument) -> String {
    kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

#[cfg(feature = "plot")]
impl Look {
    fn options(&self) -> ChartOptions {
        let medium = match self.medium {
            MediumArgument::Screen => Medium::Screen,
            MediumArgument::Phone => Medium::Phone,
            MediumArgument::Print => Medium::Print,
            MediumArgument::Dark => Medium::Dark,
        };
        ChartOptions { units: self.units, ..ChartOptions::of(medium) }
    }
}

#[cfg(feature = "plot")]
fn failed(error: ChartError) -> Failure {
    Failure::Report(error.to_string())
}

#[cfg(feature = "plot")]
fn draw(subject: &Subject, kind: KindArgument, look: &Look) -> Result<Picture, ChartError> {
    let (analysis, options) = (subject.analysis, look.options());
    let chart = match (kind, subject.rival) {
        (KindArgument::Card, _) => return plotting::card(analysis, &options),
        (KindArgument::Delta, Some((name, rival))) => {
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            return plotting::gap(analysis, rival, name, &options);
        }
        (kind, _) => kind,
    };
    let chart = match chart {
        KindArgument::Pacing | KindArgument::All | KindArgument::Card => ChartKind::Pacing,
        KindArgument::Laps => ChartKind::Laps,
        KindArgument::Delta => ChartKind::Delta,
        KindArgument::Shape => ChartKind::Shape,
        KindArgument::Track => ChartKind::Track,
        KindArgument::Run => ChartKind::Run,
        KindArgument::Hr => ChartKind::Hr,
    };
    chart.draw(analysis, &options)
}

/// Draws one picture into a file, its format told by the name's ending.
#[cfg(feature = "plot")]
pub(super) fn write(subject: &Subject, kind: KindArgument, file: &Path, look: &Look) -> Result<(), Failure> {
    let as_png = match output::ending(file).as_deref() {
        Some("png") => true,
        Some("svg") => false,
        _ if files::is_stdout(file) => false,
        _ => {
            let file = output::shown(file);
            return Err(Failure::Usage(format!("'{file}': a picture's name ends in .svg or .png")));
        }
    };
    let picture = draw(subject, kind, look).map_err(failed)?;
    let bytes = if as_png { picture.to_png().map_err(failed)? } else { picture.into_svg().into_bytes() };
    files::write_file(file, &bytes)
}

/// Draws every picture into a folder, as SVG, the card as PNG. One that cannot be drawn is named and passed over.
#[cfg(feature = "plot")]
pub(super) fn all(subject: &Subject, folder: &Path, look: &Look) -> Result<(), Failure> {
    let to = |source| Failure::Write { to: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(to)?;
    let mut drawn = 0;
    for &kind in KindArgument::value_variants().iter().filter(|&&kind| kind != KindArgument::All) {
        let name = word(kind);
        let picture = match draw(subject, kind, look) {
            Ok(picture) => picture,
            Err(error) => {
                output::complain(format_args!("no {name} chart: {error}"));
                continue;
            }
        };
        if kind != KindArgument::Card {
            files::write_file(&folder.join(format!("{name}.svg")), picture.svg().as_bytes())?;
        }
        files::write_file(&folder.join(format!("{name}.png")), &picture.to_png().map_err(failed)?)?;
        drawn += 1;
    }
    output::complain(format_args!("{drawn} pictures drawn into {}", output::shown(folder)));
    Ok(())
}

/// Writes a report: a page for `.html`, otherwise the pacing picture.
#[cfg(feature = "plot")]
pub(super) fn report(analysis: &Analysis, name: &str, file: &Path, look: &Look) -> Result<(), Failure> {
    check_report(file)?;
    match output::ending(file).as_deref() {
        Some("png" | "svg") => write(&Subject { analysis, rival: None }, KindArgument::Pacing, file, look),
        _ => {
            let options = html::PageOptions { units: look.units };
            let page = html::page(analysis, name, &options).map_err(failed)?;
            files::write_file(file, page.as_bytes())
        }
    }
}

/// Refuses a report that is neither page nor picture, before any work is done for it.
#[cfg(feature = "plot")]
pub(super) fn check_report(file: &Path) -> Result<(), Failure> {
    if matches!(output::ending(file).as_deref(), Some("html" | "htm" | "png" | "svg")) {
        return Ok(());
    }
    let file = output::shown(file);
    Err(Failure::Usage(format!("'{file}': a report's name ends in .html, .svg or .png")))
}

#[cfg(not(feature = "plot"))]
pub(super) const NO_CHARTS: &str = "this build has no charts; build it with the feature 'plot'";

/// Says that this build cannot draw.
#[cfg(not(feature = "plot"))]
pub(super) fn write(_: &Subject<'_>, _: KindArgument, _: &Path, _: &Look) -> Result<(), Failure> {
    Err(Failure::Usage(NO_CHARTS.into()))
}

/// Says that this build cannot draw.
#[cfg(not(feature = "plot"))]
pub(super) fn all(_: &Subject<'_>, _: &Path, _: &Look) -> Result<(), Failure> {
    Err(Failure::Usage(NO_CHARTS.into()))
}

/// Says that this build cannot draw.
#[cfg(not(feature = "plot"))]
pub(super) fn report(_: &Analysis, _: &str, _: &Path, _: &Look) -> Result<(), Failure> {
    Err(Failure::Usage(NO_CHARTS.into()))
}

/// Says that this build cannot draw.
#[cfg(not(feature = "plot"))]
pub(super) fn check_report(_: &Path) -> Result<(), Failure> {
    Err(Failure::Usage(NO_CHARTS.into()))
}
