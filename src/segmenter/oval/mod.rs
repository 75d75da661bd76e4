//! The track: where it lies, which way round it was run, how long a lap was, and every fix's place on it.

pub(crate) mod detect;
pub(crate) mod fit;
pub(crate) mod lane;
pub(crate) mod lanes;
pub(crate) mod press;
pub(crate) mod raced;
pub(crate) mod shape;

use crate::segmenter::plane::Point;
use detect::{Candidate, Kind, Node};
use fit::{Fit, Prior};
use lane::{Lanes, Lap};
use lanes::InLane;
use raced::Raced;
use shape::{Foot, Shape};
use std::f64::consts::TAU;

/// A track that was run on.
#[derive(Debug, Clone)]
pub(crate) struct Oval {
    /// The runner's line, with the lap's decided length.
    pub(crate) shape: Shape,
    /// The line as fitted, before the lap length was decided.
    pub(crate) fitted: Shape,
    pub(crate) lap: Lap,
    /// Deviation of the fixes across the line, metres.
    pub(crate) scatter_m: f64,
    /// +1 counter-clockwise, -1 clockwise: the direction of most laps.
    pub(crate) sense: f64,
    /// For each sample whether it belongs to the track, and its place (`along_m` in the sense of running).
    pub(crate) places: Vec<Option<Place>>,
    /// Seconds of the laps that the fit rests on.
    pub(crate) stretches_s: Vec<(f64, f64)>,
    /// The parts that were run in one lane each, where that is known; the shape is the line of the fastest.
    lanes: Vec<InLane>,
    /// Laps run, by the way along the line.
    pub(crate) laps: f64,
}

impl Oval {
    /// How often the lane changed, and the lanes furthest in and out, counted from the line that was fitted.
    pub(crate) fn lane_changes(&self) -> (usize, i32, i32) {
        let lanes = || self.lanes.iter().map(|part| part.lanes_out);
        (self.lanes.len().saturating_sub(1), lanes().min().unwrap_or(0), lanes().max().unwrap_or(0))
    }

    /// The lap as it was run from `from_s` to `to_s`: the mean of the lanes in that time.
    pub(crate) fn lap_between(&self, from_s: f64, to_s: f64) -> Lap {
        let share =
            |part: &InLane| (part.to_s.min(to_s) - part.from_s.max(from_s)).max(0.0) / (to_s - from_s);
        let shares = || self.lanes.iter().map(|part| (part, share(part))).filter(|(_, share)| *share > 0.0);
        let out_m: f64 = shares().map(|(part, share)| share * part.out_m).sum();
        let out_var: f64 = shares().map(|(part, share)| (share * part.out_sd_m).powi(2)).sum();
        let most = shares().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(part, _)| part.lanes_out);
        let lane = self
            .lap
            .lane
            .and_then(|lane| u8::try_from(i32::from(lane) + most).ok())
            .filter(|lane| (1..=8).contains(lane));
        Lap {
            lane,
            length_m: self.lap.length_m + TAU * out_m,
            length_sd_m: (self.lap.length_sd_m.powi(2) + TAU * TAU * out_var).sqrt(),
            ..self.lap
        }
    }
}

/// A fix on the track.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Metres along the lap, growing in the direction of most laps.
    pub(crate) along_m: f64,
    /// Metres outside the line that this stretch was run on.
    pub(crate) lateral_m: f64,
    /// Length of a lap on that line as a share of the decided one.
    pub(crate) stretch: f64,
    /// Direction of the outward normal, radians.
    pub(crate) normal_rad: f64,
}

/// What is known of the track beforehand; it replaces what would be inferred.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stated {
    pub(crate) lane: Option<u8>,
    /// Length of a lap in lane 1, metres.
    pub(crate) track_length_m: Option<f64>,
}

/// A fix further from the line than this many deviations has left the track.
const LEFT_DEVIATIONS: f64 = 4.5;
/// ... but nearer than this it never has, and further than that always.
const LEFT_LIMITS_M: (f64, f64) = (6.0, 14.0);

/// The track in this recording, if laps were run on one.
pub(crate) fn find(times_s: &[f64], fixes: &[Option<Point>], stated: Stated) -> Option<Oval> {
    let nodes = detect::thin(times_s, fixes);
    find_kind(&nodes, times_s, fixes, (&detect::OUTDOOR, &fit::OUTDOOR), stated)
        .or_else(|| find_kind(&nodes, times_s, fixes, (&detect::INDOOR, &fit::INDOOR), stated))
}

fn find_kind(
    nodes: &[Node],
    times_s: &[f64],
    fixes: &[Option<Point>],
    (kind, prior): (&Kind, &Prior),
    stated: Stated,
) -> Option<Oval> {
    let candidate = detect::find(nodes, kind)?;
    let laps = fixes_of(times_s, fixes, &candidate.stretches_s);
    let mut fit = fit_line(&candidate, laps, prior)?;
    if !is_track(&fit, kind) {
        return None;
    }
    let left_m = (LEFT_DEVIATIONS * fit.scatter_m).clamp(LEFT_LIMITS_M.0, LEFT_LIMITS_M.1);
    let mut feet = feet_on(fixes, &fit.shape);
    let on = membership(times_s, &feet, left_m);
    let course = |fit: &Fit, feet: &[Option<Foot>]| {
        let lap_m = fit.shape.lap_length_m();
        let Some(fastest) = lanes::fastest_laps(times_s, feet, &on, lap_m) else { return Vec::new() };
        lanes::course(times_s, feet, &on, lap_m, kind.lanes.width_m, fastest)
    };
    let mut lanes = course(&fit, &feet);
    let mut stretches_s = candidate.stretches_s;
    if lanes.len() > 1 {
        let own_s = lanes::common(&stretches_s, &lanes);
        // The straights are the same for every lane.
        let same_straights = Prior { straight_m: (fit.shape.straight_m, 1.0), ..*prior };
        let own = fixes_of(times_s, fixes, &own_s);
        if let Some(refit) = fit::fit(&own, fit.shape, &same_straights).filter(|fit| is_track(fit, kind)) {
            feet = feet_on(fixes, &refit.shape);
            lanes = course(&refit, &feet);
            stretches_s = own_s;
            fit = refit;
        }
    }
    let (way_m, sense, speed_mps) = rounds(times_s, &feet, &on, &stretches_s, fit.shape.lap_length_m());
    let lap_m = fit.shape.lap_length_m();
    if way_m < kind.least_laps * lap_m {
        return None;
    }
    let raced = lanes::fastest_laps(times_s, &feet, &on, lap_m)
        .and_then(|fastest| raced::find(times_s, &feet, fastest, lap_m, fit.scatter_m));
    let lap = decide(&fit, &kind.lanes, speed_mps, raced.as_ref(), stated);
    let shape = fit.shape.with_lap_length(lap.length_m);
    let places = places(times_s, &feet, &on, (&fit.shape, &shape), sense, &lanes);
    Some(Oval {
        shape,
        fitted: fit.shape,
        lap,
        scatter_m: fit.scatter_m,
        sense,
        places,
        stretches_s,
        lanes,
        laps: way_m / fit.shape.lap_length_m(),
    })
}

fn feet_on(fixes: &[Option<Point>], shape: &Shape) -> Vec<Option<Foot>> {
    fixes.iter().map(|f| f.map(|p| shape.foot(p))).collect()
}

/// Every fix's place; the place on the fitted line is carried over to the decided one part by part.
fn places(
    times_s: &[f64],
    feet: &[Option<Foot>],
    on: &[bool],
    (fitted, decided): (&Shape, &Shape),
    sense: f64,
    lanes: &[InLane],
) -> Vec<Option<Place>> {
    let lap_m = decided.lap_length_m();
    let mut lanes = lanes.iter().peekable();
    let place = |((&t_s, foot), &on): ((&f64, &Option<Foot>), &bool)| {
        while lanes.next_if(|part| part.to_s < t_s).is_some() {}
        let out_m = lanes.peek().map_or(0.0, |part| part.out_m);
        let foot = (*foot).filter(|_| on)?;
        let along_m = rescale(foot.along_m, fitted, decided);
        Some(Place {
            along_m: if sense > 0.0 { along_m } else { lap_m - along_m },
            lateral_m: foot.lateral_m - out_m,
            normal_rad: foot.normal_rad,
            stretch: 1.0 + TAU * out_m / lap_m,
        })
    };
    times_s.iter().zip(feet).zip(on).map(place).collect()
}

/// The fixes of some stretches, one every 3 m, so that standing still has no weight.
fn fixes_of(times_s: &[f64], fixes: &[Option<Point>], stretches_s: &[(f64, f64)]) -> fit::Fixes {
    let mut taken: fit::Fixes = Vec::new();
    let mut stretches = stretches_s.iter().peekable();
    for (&t_s, p) in times_s.iter().zip(fixes).filter_map(|(t, f)| f.map(|p| (t, p))) {
        while stretches.next_if(|s| s.1 < t_s).is_some() {}
        let inside = stretches.peek().is_some_and(|s| t_s >= s.0);
        if inside && taken.last().is_none_or(|last| last.1.distance_m(p) > 3.0) {
            taken.push((t_s, p));
        }
    }
    fit::thin(taken)
}

/// Fits the line, starting from the candidate's extent.
fn fit_line(candidate: &Candidate, laps: fit::Fixes, prior: &Prior) -> Option<Fit> {
    let radius_m = candidate.half_extent_m.1;
    let straight_m = 2.0 * (candidate.half_extent_m.0 - radius_m).max(10.0);
    let first = Shape::new(candidate.centre, candidate.angle_rad, straight_m, radius_m);
    fit::fit(&laps, first, prior)
}

/// Whether a fitted line is a track: size, proportion and scatter.
fn is_track(fit: &Fit, kind: &Kind) -> bool {
    let within = |value: f64, (least, most): (f64, f64)| value >= least && value <= most;
    within(fit.shape.straight_m, kind.straight_m)
        && within(fit.shape.radius_m, kind.radius_m)
        && within(fit.shape.lap_length_m(), kind.fitted_lap_m)
        && fit.scatter_m <= kind.most_scatter_m
}

/// The lap length that was stated, or the most probable one.
fn decide(fit: &Fit, lanes: &Lanes, speed_mps: f64, raced: Option<&Raced>, stated: Stated) -> Lap {
    if stated.lane.is_some() || stated.track_length_m.is_some() {
        let lane = stated.lane.unwrap_or(1);
        let first_m = stated.track_length_m.unwrap_or(lanes.first_m);
        let length_m = first_m + lanes.length_m(lane) - lanes.first_m;
        return Lap { lane: Some(lane), length_m, length_sd_m: 0.5, probability: 1.0 };
    }
    let fitted = (fit.shape.lap_length_m(), fit.lap_length_sd_m);
    lane::decide(lanes, fitted, speed_mps, fit.shape.radius_m, raced)
}

/// A place on one line carried to the other: straights and bends keep their share each.
fn rescale(along_m: f64, from: &Shape, to: &Shape) -> f64 {
    let half_from = from.lap_length_m() / 2.0;
    let half_to = to.lap_length_m() / 2.0;
    let (half, rest) = if along_m >= half_from { (half_to, along_m - half_from) } else { (0.0, along_m) };
    half + if rest <= from.straight_m {
        rest * to.straight_m / from.straight_m
    } else {
        to.straight_m + (rest - from.straight_m) * (half_to - to.straight_m) / (half_from - from.straight_m)
    }
}

/// Seconds that a stray fix or two off the line may last without leaving the track.
const STRAY_S: f64 = 4.0;
/// A shorter visit to the line is a crossing, not running on the track.
const SHORTEST_VISIT_S: f64 = 15.0;

/// Which samples belong to the track: near the line, with short strays bridged and short crossings left out.
fn membership(times_s: &[f64], feet: &[Option<Foot>], left_m: f64) -> Vec<bool> {
    let mut on: Vec<bool> = feet.iter().map(|f| f.is_some_and(|f| f.lateral_m.abs() <= left_m)).collect();
    // A sample without position is where its neighbours are.
    for k in 1..on.len() {
        if feet[k].is_none() {
            on[k] = on[k - 1];
        }
    }
    flip_short(times_s, &mut on, false, STRAY_S);
    flip_short(times_s, &mut on, true, SHORTEST_VISIT_S);
    on
}

/// Turns runs of `value` shorter than `shortest_s` into the other, between two runs of the other.
fn flip_short(times_s: &[f64], on: &mut [bool], value: bool, shortest_s: f64) {
    let mut start = 0;
    while start < on.len() {
        let len = on[start..].iter().take_while(|&&v| v == on[start]).count();
        let end = start + len;
        let inner = value || (start > 0 && end < on.len());
        if on[start] == value && inner && times_s[end - 1] - times_s[start] < shortest_s {
            on[start..end].fill(!value);
        }
        start = end;
    }
}

/// Way along the line, sense of most of it, and the mean speed in the laps that were fitted.
fn rounds(
    times_s: &[f64],
    feet: &[Option<Foot>],
    on: &[bool],
    stretches_s: &[(f64, f64)],
    lap_m: f64,
) -> (f64, f64, f64) {
    let (mut forward_m, mut backward_m, mut lap_way_m, mut lap_s) = (0.0, 0.0, 0.0, 0.0);
    let mut stretches = stretches_s.iter().peekable();
    let mut last: Option<(f64, f64)> = None;
    for ((&t_s, foot), &on) in times_s.iter().zip(feet).zip(on) {
        let Some(Foot { along_m, .. }) = foot.filter(|_| on) else {
            if !on {
                last = None;
            }
            continue;
        };
        if let Some((t0_s, along0_m)) = last {
            let step_m = shape::wrap_m(along_m - along0_m, lap_m);
            let dt_s = t_s - t0_s;
            if step_m.abs() > 1.5 * dt_s && dt_s < 20.0 {
                while stretches.next_if(|s| s.1 < t_s).is_some() {}
                if stretches.peek().is_some_and(|s| t_s >= s.0) {
                    lap_s += dt_s;
                    lap_way_m += step_m.abs();
                }
                if step_m > 0.0 { forward_m += step_m } else { backward_m -= step_m }
            }
        }
        last = Some((t_s, along_m));
    }
    let way_m = forward_m + backward_m;
    let sense = if forward_m >= backward_m { 1.0 } else { -1.0 };
    (way_m, sense, if lap_s > 0.0 { lap_way_m / lap_s } else { 3.0 })
}
