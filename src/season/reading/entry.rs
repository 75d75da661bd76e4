//! What the reading needs of each row, taken out of the table's columns.

use jiff::civil::Date;
use polars::prelude::{DataFrame, PolarsResult};

use crate::analysis::NO_EFFORT;
use crate::season::columns::EFFORTS;
use crate::season::workout::WorkoutClass;
use crate::segmenter::efforts::EFFORTS_M;

/// An analysed activity of the season.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The row of the table it came from, from 0.
    pub row: usize,
    /// The file, with its member inside an archive.
    pub place: String,
    /// The day, in local time where that is known; `None` where the recording has no date.
    pub day: Option<Date>,
    /// Whether it is running.
    pub running: bool,
    /// What kind of training it was.
    pub class: Option<WorkoutClass>,
    /// What the class was told by.
    pub evidence: Option<String>,
    /// Metres.
    pub distance_m: f64,
    /// Seconds by the timer, otherwise in motion, otherwise elapsed; of a recording with a drive those in motion.
    pub time_s: f64,
    /// The share of the distance that was run fast, from 0 to 1.
    pub fast_share: Option<f64>,
    /// Strides found.
    pub strides: usize,
    /// The best mile.
    pub mile: Option<MileEntry>,
    /// The best efforts at [`EFFORTS_M`] in seconds.
    pub efforts_s: [Option<f64>; EFFORTS_M.len()],
}

/// The best mile of an activity.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MileEntry {
    /// Its time in seconds.
    pub time_s: f64,
    /// Half width of its 90 % interval in seconds.
    pub uncertainty_s: Option<f64>,
    /// Whether it can be trusted.
    pub clean: bool,
    /// The pattern score, 0 to 100, where it was an effort of its own; a mile of an easy run or of repetitions is none.
    pub score: Option<f64>,
    /// Its four laps in seconds for 400 m, where all are known.
    pub per_400m_s: Option<[f64; 4]>,
}

impl Entry {
    /// Its mile, where that can be trusted.
    pub fn trusted_mile(&self) -> Option<&MileEntry> {
        self.mile.as_ref().filter(|mile| mile.clean)
    }

    /// Its mile, where that was an effort and can be trusted: graded and clean.
    pub fn mile_effort(&self) -> Option<&MileEntry> {
        self.trusted_mile().filter(|mile| mile.score.is_some())
    }

    /// Metres that were run fast.
    pub fn fast_m(&self) -> f64 {
        self.fast_share.unwrap_or(0.0) * self.distance_m
    }
}

impl MileEntry {
    /// How far each lap lies above the own mean, in per cent.
    pub fn shape_pct(&self) -> Option<[f64; 4]> {
        let laps_s = self.per_400m_s?;
        let mean_s = laps_s.iter().sum::<f64>() / 4.0;
        Some(laps_s.map(|lap_s| 100.0 * (lap_s / mean_s - 1.0)))
    }
}

/// Whether the reading looks at a column of the table; the others may be absent.
pub(crate) fn is_read(column: &str) -> bool {
    const READ: [&str; 21] = [
        "file",
        "member",
        "athlete",
        "status",
        "reason",
        "sport",
        "local_date",
        "distance_m",
        "elapsed_s",
        "timer_s",
        "moving_s",
        "mile_s",
        "mile_uncertainty_s",
        "mile_verdict",
        "pattern_score",
        "goal_s",
        "workout_class",
        "workout_evidence",
        "fast_share",
        "strides",
        "notices",
    ];
    let effort =
        |name: &str| column.strip_prefix("best_").and_then(|rest| rest.strip_suffix("_s")) == Some(name);
    READ.contains(&column) || column.ends_with("_per_400m_s") || EFFORTS.into_iter().any(effort)
}

/// No watch recorded positions or laps before; such a day comes from a clock that was never set.
const FIRST_YEAR: i16 = 2000;
/// A later year is a broken date.
const LAST_YEAR: i16 = 2100;

/// Whether a day can be that of a recording, and not of a clock that was never set.
pub(crate) fn is_believable(day: &Date) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&day.year())
}

/// Whether a run of this class can hold a mile that was an effort of its own: what was easy, steady or in repetitions
/// holds none, although a part of it may be far faster than the rest.
fn may_hold_an_effort(class: Option<WorkoutClass>) -> bool {
    class.is_none_or(|class| matches!(class, WorkoutClass::TimeTrial | WorkoutClass::Other))
}

/// Whether the column of notices, such as `gps-jump:3;vehicle:1`, holds one.
fn holds_code(notices: &str, code: &str) -> bool {
    notices.split(';').any(|notice| notice.split(':').next() == Some(code))
}

/// The analysed activities of a season's table, in the order of their days; those without a day last.
///
/// # Errors
/// Where the table lacks a column of the schema, or has it in another type.
pub(super) fn entries(table: &DataFrame) -> PolarsResult<Vec<Entry>> {
    let text = |name: &str| table.column(name)?.str();
    let number = |name: &str| table.column(name)?.f64();
    let (status, sport, day, classes) =
        (text("status")?, text("sport")?, text("local_date")?, text("workout_class")?);
    let (file, member, verdict) = (text("file")?, text("member")?, text("mile_verdict")?);
    let (evidence, distance) = (text("workout_evidence")?, number("distance_m")?);
    let notices = text("notices")?;
    let (timer, moving, elapsed) = (number("timer_s")?, number("moving_s")?, number("elapsed_s")?);
    let (fast, strides) = (number("fast_share")?, table.column("strides")?.i64()?);
    let (mile, uncertainty) = (number("mile_s")?, number("mile_uncertainty_s")?);
    let score = number("pattern_score")?;
    let laps = [1, 2, 3, 4].map(|lap| number(&format!("lap_{lap}_per_400m_s")));
    let laps: Vec<_> = laps.into_iter().collect::<PolarsResult<_>>()?;
    let efforts: Vec<_> =
        EFFORTS.iter().map(|name| number(&format!("best_{name}_s"))).collect::<PolarsResult<_>>()?;
    let mut entries: Vec<Entry> = Vec::with_capacity(table.height());
    for row in (0..table.height()).filter(|&row| status.get(row) == Some("analysed")) {
        let class = classes.get(row).and_then(WorkoutClass::from_word);
        let codes = notices.get(row).unwrap_or_default();
        let effort = may_hold_an_effort(class) && !holds_code(codes, NO_EFFORT);
        // The timer runs on in a car.
        let timer_s = timer.get(row).filter(|_| !holds_code(codes, "vehicle"));
        let laps_s: Vec<f64> = laps.iter().filter_map(|lap| lap.get(row)).collect();
        entries.push(Entry {
            row,
            place: [file.get(row), member.get(row)].into_iter().flatten().collect::<Vec<_>>().join(": "),
            day: day.get(row).and_then(|day| day.parse().ok()).filter(is_believable),
            running: matches!(sport.get(row), Some("running" | "unknown")),
            class,
            evidence: evidence.get(row).map(str::to_owned),
            distance_m: distance.get(row).unwrap_or(0.0),
            time_s: timer_s.or(moving.get(row)).or(elapsed.get(row)).unwrap_or(0.0),
            fast_share: fast.get(row),
            strides: strides.get(row).and_then(|count| usize::try_from(count).ok()).unwrap_or(0),
            mile: mile.get(row).map(|time_s| MileEntry {
                time_s,
                uncertainty_s: uncertainty.get(row),
                clean: verdict.get(row) == Some("clean"),
                score: score.get(row).filter(|_| effort),
                per_400m_s: laps_s.try_into().ok(),
            }),
            efforts_s: std::array::from_fn(|index| efforts[index].get(row)),
        });
    }
    entries.sort_unstable_by_key(|entry| (entry.day.is_none(), entry.day, entry.row));
    Ok(entries)
}
