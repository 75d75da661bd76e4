//! The way through the segmenter: from an activity to its best mile, and what was passed over on the way.

use super::answer::{
    BestMile, Candidate, Detail, NearMile, OvalFit, Rejected, SegmentOptions, Segmentation, Verdict,
};
use super::distance::{DistanceSource, DistanceTrack};
use super::efforts;
use super::explain;
use super::guard::{Limits, Reason, Repair};
use super::mile::TimedMile;
use super::oval::lane::Lap;
use super::oval::{Oval, Stated};
use super::prepare::{Evidence, Prepared};
use super::race::{self, GUN_SD_S};
use super::scheme::LapScheme;
use super::trace::MileTrace;
use super::window::{self, Window};
use crate::activity::Activity;
use crate::notice::Notice;
use crate::units::{MILE_M, clock_tenths};

/// Finds the best mile of an activity. Pure: the same input gives the same answer.
pub fn segment(activity: &Activity, options: &SegmentOptions) -> Segmentation {
    segment_in(Detail::Full, activity, options)
}

/// The same in so much detail: the figures leave `explanation` and `trace` empty.
pub(crate) fn segment_in(detail: Detail, activity: &Activity, options: &SegmentOptions) -> Segmentation {
    let plain = plain_tracks(activity);
    let candidates = plain.iter().flatten().filter_map(Candidate::of).collect();
    let mut found = Segmentation { candidates, ..Segmentation::default() };
    let stated = Stated { lane: options.lane, track_length_m: options.track_length_m };
    let evidence = Evidence { stated, source: options.distance_source };
    let mut prepared = Prepared::new(activity, &evidence);
    prepared.heed_finish(activity);
    found.notices = explain::notices(&prepared);
    let vehicles = prepared.repairs.iter().filter(|repair| repair.reason == Reason::Vehicle);
    found.vehicles = vehicles.map(Repair::window).collect();
    found.oval = prepared.oval.as_ref().map(|oval| OvalFit::of(oval, oval.lap));
    let distance = prepared.distance_track(DistanceSource::Gps);
    if !is_measurable(&plain, options.distance_source) || distance.elapsed_s().len() < 2 {
        return found;
    }
    if options.distance_source == Some(DistanceSource::Oval) && found.oval.is_none() {
        let message = "no laps of a track were found, so the smoothed positions measure the mile";
        found.notices.push(Notice::new("no-oval", 1, message));
    }
    let chosen = choose(activity, &prepared, &distance, options);
    match chosen {
        Some(chosen) => {
            found.settle(activity, options, &prepared, &distance, chosen);
            if detail == Detail::Full {
                found.tell(activity, &prepared);
            }
        }
        None => {
            let most =
                plain.iter().flatten().chain([&distance]).max_by(|a, b| a.total_m().total_cmp(&b.total_m()));
            found.near_mile = most.and_then(NearMile::of);
        }
    }
    found.efforts = efforts::best_efforts(&distance, &prepared.walls, &activity.sport);
    found.doubt_efforts(&prepared);
    found.track = found.track.or(Some(distance));
    found
}

/// The plain fastest windows of an activity, before any guard or smoothing.
pub(crate) fn candidates(activity: &Activity) -> Vec<Candidate> {
    plain_tracks(activity).iter().flatten().filter_map(Candidate::of).collect()
}

fn plain_tracks(activity: &Activity) -> [Option<DistanceTrack>; 2] {
    [DistanceTrack::recorded(&activity.samples), DistanceTrack::gps(&activity.samples)]
}

/// Whether the recording holds what was asked for as the measure.
fn is_measurable([recorded, gps]: &[Option<DistanceTrack>; 2], source: Option<DistanceSource>) -> bool {
    match source {
        None => recorded.is_some() || gps.is_some(),
        Some(DistanceSource::Recorded) => recorded.is_some(),
        Some(DistanceSource::Gps | DistanceSource::Oval) => gps.is_some(),
    }
}

/// An official time is rounded to the tenth, so it is right to this half width in seconds.
const OFFICIAL_S: f64 = 0.1;

/// The windows that answer: the fastest one, and the race that it belongs to.
struct Chosen {
    window: Window,
    race: Option<Window>,
    doubt: Option<String>,
}

fn choose(
    activity: &Activity,
    prepared: &Prepared,
    distance: &DistanceTrack,
    options: &SegmentOptions,
) -> Option<Chosen> {
    if let Some(start) = options.start {
        let window = asked_for(start.span(activity)?, distance, &prepared.walls)?;
        let repair = prepared.repairs.iter().find(|r| r.is_wall() && r.window().overlaps(window));
        let doubt = repair.map(Repair::sentence).or_else(|| doubt_of(activity, prepared, window));
        return Some(Chosen { window, race: None, doubt });
    }
    let clean = window::fastest_on(distance, MILE_M, &prepared.walls);
    let (free, doubt) = match clean {
        Some(window) => (window, doubt_of(activity, prepared, window)),
        None => {
            let window = window::fastest_on(distance, MILE_M, &[])?;
            (
                window,
                Some("every mile in the recording touches a jump or a speed that no runner reaches".into()),
            )
        }
    };
    let race = race::find(&prepared.smoothed, &free, MILE_M);
    // Before the gun the runner stood: what the fixes moved there is no running.
    let window = race.and_then(|race| window_after(distance, race.start_s, &prepared.walls)).unwrap_or(free);
    let race = race.map(|race| Window { start_s: race.start_s, end_s: race.start_s + race.time_s });
    Some(Chosen { window, race, doubt })
}

/// A span of laps may be this much longer than a mile, by an error of its measurement, and still be one.
const LONGER_SHARE: f64 = 0.03;

/// The mile that begins with a span of time; where the span is longer than a mile, the fastest in it.
fn asked_for(span: Window, distance: &DistanceTrack, walls: &[Window]) -> Option<Window> {
    let from_m = distance.distance_at(span.start_s);
    if span.end_s.is_finite() && distance.distance_at(span.end_s) - from_m > (1.0 + LONGER_SHARE) * MILE_M {
        let fastest = |walls| fastest_between(distance, span.start_s, span.end_s, walls);
        return fastest(walls).or_else(|| fastest(&[]));
    }
    let end_s = distance.time_at(from_m + MILE_M, span.start_s)?;
    Some(Window { start_s: span.start_s, end_s })
}

/// The fastest mile between two times.
fn fastest_between(distance: &DistanceTrack, from_s: f64, to_s: f64, walls: &[Window]) -> Option<Window> {
    let (time_s, distance_m) = (distance.elapsed_s(), distance.distance_m());
    let from = time_s.partition_point(|&t| t < from_s);
    let to = time_s.partition_point(|&t| t <= to_s);
    window::fastest(time_s.get(from..to)?, distance_m.get(from..to)?, MILE_M, walls)
}

/// The share of a mile that may rest on bridged positions without making it suspect.
const BRIDGED_SHARE: f64 = 0.1;
/// Why a window that touches no wall is suspect all the same.
fn doubt_of(activity: &Activity, prepared: &Prepared, window: Window) -> Option<String> {
    let bridged_s = prepared.bridged_s(window);
    if window.time_s() < 0.98 * Limits::of(&activity.sport).record_s {
        return Some("it is faster than the world record of 3:43.13".into());
    }
    (bridged_s > BRIDGED_SHARE * window.time_s())
        .then(|| format!("{bridged_s:.0} s of it had impossible positions, which were bridged"))
}

/// The fastest mile that starts at the gun or up to a minute after it.
fn window_after(distance: &DistanceTrack, gun_s: f64, walls: &[Window]) -> Option<Window> {
    const LATEST_S: f64 = 60.0;
    let (time_s, distance_m) = (distance.elapsed_s(), distance.distance_m());
    let latest = time_s.partition_point(|&t| t < gun_s + LATEST_S);
    let end_m = distance_m.get(latest.checked_sub(1)?)? + MILE_M;
    let last = distance_m.partition_point(|&d| d < end_m).min(distance_m.len().checked_sub(1)?);
    fastest_between(distance, gun_s, time_s[last], walls)
}

impl Segmentation {
    /// Reads the answer's marks and laps, and says what was passed over for it.
    fn settle(
        &mut self,
        activity: &Activity,
        options: &SegmentOptions,
        prepared: &Prepared,
        distance: &DistanceTrack,
        chosen: Chosen,
    ) {
        let headline = chosen.race.unwrap_or(chosen.window);
        let source = prepared.source_of(headline);
        let on_track = source == DistanceSource::Oval;
        if let (Some(oval), Some(lap)) = (&prepared.oval, prepared.lap_of(headline)) {
            self.oval = Some(OvalFit::of(oval, lap));
        }
        let scheme = options.scheme.unwrap_or(if on_track { LapScheme::Line } else { LapScheme::Quarters });
        let mut track = prepared.distance_track(source);
        let (mut window, mut race, mut doubt) = (chosen.window, chosen.race, chosen.doubt);
        let oval = prepared.oval.as_ref().filter(|_| on_track);
        doubt = doubt.or_else(|| oval.and_then(explain::contradiction));
        if let Some(official_s) = options.official_s {
            let reconciled = Reconciled::new(distance, race, window, official_s);
            doubt = doubt.or(reconciled.doubt(headline));
            track = track.scaled(reconciled.scale);
            (window, race) = (reconciled.window, race.map(|_| reconciled.window));
            self.notices.push(reconciled.notice(headline));
        }
        let span = Window {
            start_s: race.map_or(window.start_s, |race| race.start_s.min(window.start_s)),
            end_s: race.map_or(window.end_s, |race| race.end_s.max(window.end_s)),
        };
        let uncertainty = prepared.uncertainty(span);
        let read = |window: Window, start_sd_s: f64| {
            TimedMile::read(&track, window, scheme, &activity.samples)
                .with_uncertainty(&uncertainty, start_sd_s)
        };
        let mut best = BestMile {
            window: read(window, 0.0),
            end_s: window.end_s,
            distance_source: source,
            scheme,
            verdict: if doubt.is_some() { Verdict::Suspect } else { Verdict::Clean },
            verdict_reason: doubt,
            timer_s: activity.timer_between_s(window.start_s, window.end_s),
            race: race.map(|race| read(race, GUN_SD_S)),
        };
        if options.official_s.is_some() {
            best.window.uncertainty_s = Some(OFFICIAL_S);
            best.race.iter_mut().for_each(|race| race.uncertainty_s = Some(OFFICIAL_S));
        }
        if options.start.is_none() {
            self.rejected = rejected(&self.candidates, &best, prepared);
        }
        self.track = Some(track);
        self.best = Some(best);
    }

    /// Says how far each effort may be off: the mile as it was answered, the others roughly.
    fn doubt_efforts(&mut self, prepared: &Prepared) {
        let mile = self.best.as_ref().map(|best| &best.window);
        for effort in &mut self.efforts {
            let window = Window { start_s: effort.start_s, end_s: effort.start_s + effort.time_s };
            let same = mile.filter(|mile| effort.distance_m == MILE_M && mile.start_s == effort.start_s);
            effort.uncertainty_s = match same {
                Some(mile) => mile.uncertainty_s,
                None => Some(prepared.rough_half_width_s(window)),
            };
        }
    }

    /// Says how the answer came about, in words and on the ground.
    fn tell(&mut self, activity: &Activity, prepared: &Prepared) {
        let (Some(best), Some(track)) = (&self.best, &self.track) else { return };
        self.explanation = explain::explain(activity, prepared, best, &self.candidates);
        self.trace = MileTrace::of(&activity.samples, prepared, track, best.headline().0);
    }
}

/// The plain windows that were faster than the answer and touch what no runner does.
fn rejected(candidates: &[Candidate], best: &BestMile, prepared: &Prepared) -> Vec<Rejected> {
    let believed_s = best.window.time_s - best.window.uncertainty_s.unwrap_or(0.0);
    let faster = candidates.iter().filter(|candidate| candidate.time_s < believed_s);
    faster
        .filter_map(|candidate| {
            let window = Window { start_s: candidate.start_s, end_s: candidate.start_s + candidate.time_s };
            let repair = prepared.repairs.iter().find(|repair| repair.window().overlaps(window))?;
            let reason = format!("by {}: {}", candidate.distance_source, repair.sentence());
            Some(Rejected { time_s: candidate.time_s, start_s: candidate.start_s, reason })
        })
        .collect()
}

/// No measured time is wrong by more than this share; an official one further off belongs to another race.
const BELIEVED_SHARE: f64 = 0.04;

/// A mile brought into agreement with its official time.
struct Reconciled {
    window: Window,
    scale: f64,
}

impl Reconciled {
    /// The race, or the fastest stretch of the official duration, is taken to be a mile.
    fn new(distance: &DistanceTrack, race: Option<Window>, fastest: Window, official_s: f64) -> Reconciled {
        let start_s = race.map_or(0.5 * (fastest.start_s + fastest.end_s - official_s), |race| race.start_s);
        let window = Window { start_s, end_s: start_s + official_s };
        let covered_m = distance.distance_at(window.end_s) - distance.distance_at(window.start_s);
        Reconciled { window, scale: if covered_m > 0.0 { MILE_M / covered_m } else { 1.0 } }
    }

    /// Why an official time is not believed, where the measured one is something else altogether.
    fn doubt(&self, measured: Window) -> Option<String> {
        let (official_s, measured_s) = (self.window.time_s(), measured.time_s());
        ((official_s / measured_s - 1.0).abs() > BELIEVED_SHARE).then(|| {
            format!(
                "the official time of {} is {:.0} s from the measured {}",
                clock_tenths(official_s),
                (official_s - measured_s).abs(),
                clock_tenths(measured_s)
            )
        })
    }

    fn notice(&self, measured: Window) -> Notice {
        let message = format!(
            "scaled by {:+.2} % to the official time; measured without it: {}",
            100.0 * (self.scale - 1.0),
            clock_tenths(measured.time_s())
        );
        Notice::new("official-time", 1, message)
    }
}

impl Candidate {
    fn of(track: &DistanceTrack) -> Option<Candidate> {
        let window = window::fastest_on(track, MILE_M, &[])?;
        Some(Candidate { distance_source: track.source(), time_s: window.time_s(), start_s: window.start_s })
    }
}

impl NearMile {
    /// A run at most this share short of a mile is near one.
    const SHORT: f64 = 0.02;

    fn of(track: &DistanceTrack) -> Option<NearMile> {
        let distance_m = track.total_m();
        if !((1.0 - Self::SHORT) * MILE_M..MILE_M).contains(&distance_m) {
            return None;
        }
        // Standing before the start and after the end is not part of the run.
        let window = window::fastest_on(track, distance_m - 1.0, &[])?;
        let time_s = window.time_s();
        Some(NearMile { distance_m, time_s, projected_s: time_s * MILE_M / (distance_m - 1.0) })
    }
}

impl OvalFit {
    /// What was fitted, with the lap as it was run in the mile.
    fn of(oval: &Oval, lap: Lap) -> OvalFit {
        OvalFit {
            lane: lap.lane,
            lane_probability: lap.probability,
            lap_length_m: lap.length_m,
            fitted_lap_m: oval.fitted.lap_length_m(),
            straight_m: oval.shape.straight_m,
            radius_m: oval.shape.radius_m,
            scatter_m: oval.scatter_m,
            laps: oval.laps,
        }
    }
}
