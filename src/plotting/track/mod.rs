//! The chart of the mile from above: the fitted track or the road, the positions, and the pace in five steps.
//!
//! The laps of a track lie on one another; drawn that way only the last would be seen. They are drawn beside each
//! other, each a little further out, as if run in lanes.

mod furniture;

use super::canvas::{self, Canvas, Frame, Stroke};
use super::chart::{ChartError, ChartOptions};
use super::course;
use super::header;
use super::legend::{Entry, Legend, Mark, Sample};
use super::picture::Picture;
use super::subject::Subject;
use super::theme::stroke;
use crate::analysis::Analysis;
use crate::segmenter::profile::Point;
use crate::segmenter::trace::OvalTrace;
use crate::segmenter::{MileProfile, MileTrace};
use crate::units::{MILE_M, UnitSystem, clock};

/// The limits between the five steps, as the pace's deviation from the mean in per cent, from slow to fast.
const LIMITS_PCT: [f64; 4] = [4.5, 1.5, -1.5, -4.5];
/// Metres between the points of a drawn line.
const STEP_M: f64 = 4.0;
/// Room in metres around a road.
const ROAD_MARGIN_M: f64 = 12.0;
/// The width of a lap's ribbon, and the distance from one to the next, in metres.
const RIBBON_M: (f64, f64) = (3.6, 4.6);
/// Metres from the line that was run to the first lap's ribbon: the positions lie between.
const CLEARANCE_M: f64 = 7.0;

/// Draws the mile from above.
///
/// # Errors
/// [`ChartError::NoMile`] where there is no mile, [`ChartError::Missing`] without positions, [`ChartError::Size`] for
/// a size without room for the labels.
pub(super) fn track(analysis: &Analysis, options: &ChartOptions) -> Result<Picture, ChartError> {
    let subject = Subject::of(analysis)?;
    let trace = analysis.trace.as_ref().filter(|trace| trace.way.len() > 1);
    let trace = trace.ok_or(ChartError::Missing { what: "positions" })?;
    let profile = analysis.profile.as_ref().ok_or(ChartError::NoProfile)?;
    let steps = Steps::of(profile, subject.mile.time_s);
    let description = description(analysis, trace);
    canvas::draw(options, &subject.title("from above"), &description, |canvas| {
        header::header(canvas, analysis, subject.best)?;
        let caption =
            if trace.oval.is_some() { "Four laps, drawn side by side" } else { "The way of the mile" };
        canvas.layout.caption(canvas, caption)?;
        let layout = canvas.layout;
        let frame_above = |legend: &Legend| Frame {
            left: layout.left() + 6.0,
            top: layout.below_caption() + 6.0,
            right: layout.right() - 6.0,
            bottom: layout.bottom() - legend.height_px() - 12.0,
        };
        // On the scale of a road its ribbon often hides every position; what cannot be seen is not named.
        let mut legend = legend(canvas, &steps, options.units, (true, trace.oval.is_some()));
        let mut frame = frame_above(&legend);
        let scattered = trace.oval.is_some() || scatter_is_seen(frame, trace);
        if !scattered {
            legend = self::legend(canvas, &steps, options.units, (false, false));
            frame = frame_above(&legend);
        }
        match &trace.oval {
            Some(oval) => draw_oval(canvas, frame, trace, oval, &steps, &subject)?,
            None => draw_road(canvas, frame, trace, &steps, scattered)?,
        }
        legend.draw(canvas, layout.left())
    })
}

fn description(analysis: &Analysis, trace: &MileTrace) -> String {
    match (&analysis.oval, &trace.oval) {
        (Some(oval), Some(_)) => {
            let lane = oval.lane.map_or("no standard lane".into(), |lane| format!("lane {lane}"));
            format!(
                "The fitted track, {lane}, {:.1} m a lap; positions scatter by {:.1} m; colours tell the pace",
                oval.lap_length_m, oval.scatter_m
            )
        }
        _ => "The way of the mile with the recorded positions; colours tell the pace".into(),
    }
}

/// The pace along the mile in five steps from slow to fast.
struct Steps {
    speed_mps: Vec<Point>,
    mean_mps: f64,
}

impl Steps {
    fn of(profile: &MileProfile, time_s: f64) -> Steps {
        Steps { speed_mps: profile.smooth_speed_mps.clone(), mean_mps: MILE_M / time_s }
    }

    fn at(&self, distance_m: f64) -> usize {
        let after = self.speed_mps.partition_point(|point| point.distance_m < distance_m);
        let Some(point) = self.speed_mps.get(after).or(self.speed_mps.last()) else { return 2 };
        let slower_pct = 100.0 * (self.mean_mps / point.value.max(0.1) - 1.0);
        LIMITS_PCT.iter().filter(|&&limit| slower_pct <= limit).count()
    }

    /// The limits as paces, from slow to fast.
    fn limits(&self, units: UnitSystem) -> [String; 4] {
        let mean_s = units.unit_m() / self.mean_mps;
        LIMITS_PCT.map(|pct| clock(mean_s * (1.0 + pct / 100.0)))
    }
}

fn legend(canvas: &Canvas, steps: &Steps, units: UnitSystem, (positions, oval): (bool, bool)) -> Legend {
    let theme = canvas.theme;
    let [slowest, slow, fast, fastest] = steps.limits(units);
    let names = [
        format!("over {slowest}"),
        format!("to {slow}"),
        format!("to {fast} /{}", units.symbol()),
        format!("to {fastest}"),
        "faster".into(),
    ];
    let mut entries: Vec<Entry> = names
        .into_iter()
        .zip(theme.steps)
        .map(|(name, colour)| Entry::new(Sample::Areas(vec![colour], 1.0), name))
        .collect();
    if positions {
        entries.push(Entry::new(Sample::Dot(theme.soft_ink, 2.5), "recorded positions"));
    }
    if oval {
        let line = Sample::Line(Stroke::new(theme.soft_ink, stroke::SECOND));
        entries.push(Entry::new(line, "the line that was run"));
    }
    Legend::new(entries, canvas.layout.right() - canvas.layout.left())
}

/// From metres on the ground to pixels, the same scale both ways.
pub(super) struct Ground {
    scale: f64,
    origin: (f64, f64),
    /// On a narrow sheet the long side stands upright.
    upright: bool,
}

impl Ground {
    /// Fits a box of metres into a frame.
    fn fit(frame: Frame, low: (f64, f64), high: (f64, f64)) -> Ground {
        let (wide, tall) = (high.0 - low.0, high.1 - low.1);
        let scale_of = |w: f64, h: f64| (frame.width() / w.max(1.0)).min(frame.height() / h.max(1.0));
        let upright = scale_of(tall, wide) > 1.15 * scale_of(wide, tall);
        let scale = if upright { scale_of(tall, wide) } else { scale_of(wide, tall) };
        let middle = (0.5 * (low.0 + high.0), 0.5 * (low.1 + high.1));
        let centre = (0.5 * (frame.left + frame.right), 0.5 * (frame.top + frame.bottom));
        let origin = if upright {
            (centre.0 + scale * middle.1, centre.1 + scale * middle.0)
        } else {
            (centre.0 - scale * middle.0, centre.1 + scale * middle.1)
        };
        Ground { scale, origin, upright }
    }

    fn px(&self, (x, y): (f64, f64)) -> (f64, f64) {
        if self.upright {
            (self.origin.0 - self.scale * y, self.origin.1 - self.scale * x)
        } else {
            (self.origin.0 + self.scale * x, self.origin.1 - self.scale * y)
        }
    }

    /// The direction of north on the sheet: radians counter-clockwise from the right.
    fn north_rad(&self, north_rad: f64) -> f64 {
        if self.upright { north_rad + std::f64::consts::FRAC_PI_2 } else { north_rad }
    }
}

fn draw_oval(
    canvas: &Canvas,
    frame: Frame,
    trace: &MileTrace,
    oval: &OvalTrace,
    steps: &Steps,
    subject: &Subject,
) -> Result<(), ChartError> {
    let reach_m = oval.radius_m + CLEARANCE_M + 4.2 * RIBBON_M.1;
    let half = (0.5 * oval.straight_m + reach_m, reach_m);
    let ground = Ground::fit(frame, (-half.0, -half.1), half);
    let theme = canvas.theme;
    let lap_m = oval.lap_m();
    let line: Vec<(f64, f64)> =
        (0..=100).map(|i| ground.px(oval.place(lap_m * f64::from(i) / 100.0, 0.0))).collect();
    canvas.path(&line, Stroke::new(theme.soft_ink, stroke::SECOND))?;
    positions(canvas, &ground, trace, frame, DOT_PX)?;
    let width_px = (RIBBON_M.0 * ground.scale).clamp(2.0, 20.0);
    for (lap, split) in subject.mile.splits.iter().enumerate() {
        let outside_m = CLEARANCE_M + RIBBON_M.1 * lap as f64;
        let place = |m: f64| ground.px(oval.place(m, outside_m));
        ribbon(canvas, steps, (split.from_m, split.to_m), width_px, &place)?;
    }
    furniture::oval(canvas, &ground, oval, subject, (CLEARANCE_M, RIBBON_M.1))?;
    let corner = furniture::free_corner(frame, &[]);
    furniture::compass(canvas, corner, ground.north_rad(trace.north_rad))
}

/// The width of a road's ribbon, and the radius of a position's dot, in pixels.
const ROAD_PX: f64 = 6.0;
/// See [`ROAD_PX`].
const DOT_PX: f64 = 2.0;

/// A road's ground within a frame.
fn road_ground(frame: Frame, trace: &MileTrace) -> Ground {
    let places = || trace.way.iter().map(|point| (point.0, point.1));
    let low = places().fold((0.0, 0.0), |low: (f64, f64), p| (low.0.min(p.0), low.1.min(p.1)));
    let high = places().fold((0.0, 0.0), |high: (f64, f64), p| (high.0.max(p.0), high.1.max(p.1)));
    let inner = Frame {
        left: frame.left + 30.0,
        right: frame.right - 30.0,
        top: frame.top + 26.0,
        bottom: frame.bottom - 40.0,
    };
    let grown = |p: (f64, f64), by: f64| (p.0 + by, p.1 + by);
    Ground::fit(inner, grown(low, -ROAD_MARGIN_M), grown(high, ROAD_MARGIN_M))
}

/// Whether a tenth of the positions at least show beside a road's ribbon.
fn scatter_is_seen(frame: Frame, trace: &MileTrace) -> bool {
    let ground = road_ground(frame, trace);
    let way: Vec<(f64, f64)> = trace.way.iter().map(|&(x, y, _)| ground.px((x, y))).collect();
    let beside = |&place: &(f64, f64)| {
        let at = ground.px(place);
        way.windows(2).all(|step| from_step_px(at, step[0], step[1]) > 0.5 * ROAD_PX)
    };
    10 * trace.raw.iter().filter(|place| beside(place)).count() > trace.raw.len()
}

/// How far a place lies from a step of the way, in pixels.
fn from_step_px(at: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let along = (at.0 - from.0) * dx + (at.1 - from.1) * dy;
    let part = (along / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
    (at.0 - from.0 - part * dx).hypot(at.1 - from.1 - part * dy)
}

fn draw_road(
    canvas: &Canvas,
    frame: Frame,
    trace: &MileTrace,
    steps: &Steps,
    scattered: bool,
) -> Result<(), ChartError> {
    let ground = road_ground(frame, trace);
    let place = |m: f64| {
        let after = trace.way.partition_point(|point| point.2 < m).clamp(1, trace.way.len() - 1);
        let (from, to) = (trace.way[after - 1], trace.way[after]);
        let part = ((m - from.2) / (to.2 - from.2).max(1e-9)).clamp(0.0, 1.0);
        ground.px((from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1)))
    };
    if scattered {
        positions(canvas, &ground, trace, frame, DOT_PX)?;
    }
    ribbon(canvas, steps, (0.0, MILE_M), ROAD_PX, &place)?;
    furniture::road(canvas, &place, frame, ground.north_rad(trace.north_rad))?;
    furniture::scale_bar(canvas, frame, ground.scale)
}

/// The recorded positions, where they lie within the frame.
fn positions(
    canvas: &Canvas,
    ground: &Ground,
    trace: &MileTrace,
    frame: Frame,
    radius_px: f64,
) -> Result<(), ChartError> {
    let inside = |p: &(f64, f64)| {
        (frame.left..=frame.right).contains(&p.0) && (frame.top..=frame.bottom).contains(&p.1)
    };
    for place in trace.raw.iter().map(|&place| ground.px(place)).filter(inside) {
        canvas.mark(place, Mark::Disc, radius_px, canvas.theme.soft_ink)?;
    }
    Ok(())
}

/// A stretch of the mile in the colours of its pace.
fn ribbon(
    canvas: &Canvas,
    steps: &Steps,
    (from_m, to_m): (f64, f64),
    width_px: f64,
    place: &impl Fn(f64) -> (f64, f64),
) -> Result<(), ChartError> {
    let count = ((to_m - from_m) / STEP_M).ceil().max(1.0) as usize;
    let at = |i: usize| from_m + (to_m - from_m) * i as f64 / count as f64;
    let step_of = |i: usize| steps.at(0.5 * (at(i) + at(i + 1)));
    let mut from = 0;
    while from < count {
        let step = step_of(from);
        let same = (from..count).take_while(|&i| step_of(i) == step).count();
        let line: course::Run = (from..=from + same).map(|i| place(at(i))).collect();
        canvas.path(&line, Stroke::new(canvas.theme.steps[step], width_px))?;
        from += same;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_that_the_ribbon_hides_are_not_seen() {
        let frame = Frame { left: 0.0, top: 0.0, right: 600.0, bottom: 400.0 };
        let trace = |off_m: f64| MileTrace {
            raw: (0..16).map(|i| (100.0 * f64::from(i), off_m)).collect(),
            way: vec![(0.0, 0.0, 0.0), (1609.0, 0.0, 1609.0)],
            oval: None,
            north_rad: 0.0,
        };
        assert!(!scatter_is_seen(frame, &trace(2.0)));
        assert!(scatter_is_seen(frame, &trace(30.0)));
    }

    #[test]
    fn a_long_shape_stands_upright_in_a_tall_frame() {
        let tall = Frame { left: 0.0, top: 0.0, right: 100.0, bottom: 200.0 };
        let ground = Ground::fit(tall, (-100.0, -50.0), (100.0, 50.0));
        assert!(ground.upright && (ground.scale - 1.0).abs() < 1e-9);
        assert_eq!(ground.px((100.0, 0.0)), (50.0, 0.0));
        let wide = Frame { right: 200.0, bottom: 100.0, ..tall };
        assert_eq!(Ground::fit(wide, (-100.0, -50.0), (100.0, 50.0)).px((100.0, 50.0)), (200.0, 0.0));
    }
}
