//! From samples to the smoothed way: everything that is done once for a recording, whatever effort is sought.

use super::distance::{DistanceSource, DistanceTrack};
use super::finish::{self, Course, Finish};
use super::guard::{self, Limits, Reason, Repair};
use super::noise::{self, Noise};
use super::oval::lane::Lap;
use super::oval::{self, Oval, Stated};
use super::plane::{self, Point};
use super::pressed::{self, Pressed};
use super::race;
use super::smooth::spread::Spread;
use super::smooth::{self, Inputs, Track, events};
use super::uncertainty::{self, Ground, Uncertainty};
use super::way::{self, Way};
use super::window::{self, Window};
use crate::activity::{Activity, Samples};
use crate::units::MILE_M;

/// Below this share of samples with a position, the device's distance stands in for positions.
const LEAST_POSITIONS: f64 = 0.2;
/// A race that is measured too short is sought by this share of a mile.
const SHORTEST_RACE: f64 = 0.97;
/// The fastest window may begin before the race that was found and end after it.
const AROUND_RACE_S: f64 = 12.0;

/// Which evidence may be used.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    /// What is known of the track.
    pub(super) stated: Stated,
    /// The distance that was asked for.
    pub(super) source: Option<DistanceSource>,
}

/// A recording made ready for any effort.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) smoothed: Track,
    pub(super) oval: Option<Oval>,
    pub(super) noise: Noise,
    pub(super) repairs: Vec<Repair>,
    /// Stretches that no effort may touch.
    pub(super) walls: Vec<Window>,
    /// Presses of the lap button that were used.
    pub(super) presses: usize,
    /// Whether the device's distance stands in for positions.
    pub(super) recorded_only: bool,
    /// What laps pressed by hand said about the device's distance.
    pub(super) pressed: Option<Pressed>,
    /// What the stop after a race said about its length.
    pub(super) finish: Option<Finish>,
    /// Covariances around the race, which that needed and its times need again.
    spread: Option<Spread>,
}

impl Prepared {
    /// Cleans, fits and smooths a recording.
    pub(super) fn new(activity: &Activity, evidence: &Evidence) -> Prepared {
        let samples = &activity.samples;
        let times_s = &samples.elapsed_s;
        let mut fixes = plane::unroll(samples);
        let recorded_only = relies_on_distance(activity, &fixes, evidence);
        let mut pressed = None;
        if recorded_only {
            fixes = recorded_fixes(samples);
            pressed = pressed::calibrate(times_s, &mut fixes, &activity.laps, evidence.stated.track_length_m);
        }
        let limits = Limits::of(&activity.sport);
        let (mut repairs, walls) = guard::screen(times_s, &mut fixes, limits);
        let mut speeds_mps = speeds(samples);
        repairs.extend(guard::screen_speeds(times_s, &mut speeds_mps, limits));
        let delay_s = lag(times_s, &fixes, &mut speeds_mps, recorded_only);
        let known = way::known(times_s, &fixes);
        let seek_oval = !recorded_only && evidence.source != Some(DistanceSource::Gps);
        let oval = if seek_oval { oval::find(times_s, &fixes, evidence.stated) } else { None };
        let noise = match &oval {
            Some(oval) => noise::from_oval(times_s, oval),
            None => noise::from_chords(&known),
        };
        let way = if recorded_only {
            recorded_way(&fixes)
        } else {
            let leaps = repairs.iter().filter(|repair| repair.reason == Reason::Leap).map(Repair::window);
            let leaps: Vec<Window> = leaps.collect();
            way::lay_out(&known, &speeds_mps, oval.as_ref(), noise.diffusion_m2ps(), &leaps)
        };
        let speed_noise = noise::of_speed(times_s, &speeds_mps, &way, &noise);
        let usual = noise::restlessness(times_s, &way, &noise);
        let rest = events::rests(times_s, &fixes, &speeds_mps, &noise);
        let density = events::densities(times_s, &way, &speeds_mps, &noise, usual);
        let anchors = oval.as_ref().map_or(Vec::new(), |oval| {
            oval::press::anchors(times_s, &way, oval, &activity.laps, &rest, delay_s)
        });
        let signed_mps = events::signed_speeds(times_s, &way, &speeds_mps);
        let smoothed = smooth::smooth(&Inputs {
            times_s,
            way: &way,
            speeds_mps: &signed_mps,
            rest: &rest,
            density: &density,
            pauses: &activity.pauses,
            noise,
            speed_noise,
            anchors: &anchors,
        });
        Prepared {
            smoothed,
            oval,
            noise,
            repairs,
            walls,
            presses: anchors.len(),
            recorded_only,
            pressed,
            finish: None,
            spread: None,
        }
    }

    /// Takes the stop after a race of about a mile for evidence of its length.
    pub(super) fn heed_finish(&mut self, activity: &Activity) {
        let track = &self.smoothed;
        // Where the measured way is too short, the whole mile reaches into what followed the race.
        let sought_m = MILE_M * SHORTEST_RACE;
        let fastest = window::fastest(&track.t_s, &track.distance_m, sought_m, &self.walls);
        let Some(race) = fastest.and_then(|window| race::find(track, &window, sought_m)) else { return };
        let Some(to_s) = finish::stop_s(track, race.start_s) else { return };
        let span = Window { start_s: race.start_s, end_s: to_s };
        let length_m = window::distance_at(&track.t_s, &track.distance_m, to_s) - race.start_m;
        let around = Window { start_s: span.start_s - AROUND_RACE_S, end_s: span.end_s + AROUND_RACE_S };
        let uncertainty = Uncertainty::new(track, around, self.ground(span), None, None);
        let length_sd_m = uncertainty.length_sd_m(span);
        let spread = uncertainty.into_spread();
        let device_m = || {
            let device = DistanceTrack::recorded(&activity.samples)?;
            Some(device.distance_at(to_s) - device.distance_at(race.start_s))
        };
        let course = if self.lap_of(span).is_some() { Course::Track } else { Course::Road(device_m()) };
        let finish = finish::weigh((span.start_s, span.end_s), length_m, length_sd_m, course);
        finish.apply(&mut self.smoothed);
        self.finish = Some(finish);
        self.spread = Some(spread);
    }

    /// The lap of the track that a window was run on; `None` where it was not on one.
    pub(super) fn lap_of(&self, window: Window) -> Option<Lap> {
        let track = &self.smoothed;
        let from = track.t_s.partition_point(|&t| t < window.start_s);
        let to = track.t_s.partition_point(|&t| t <= window.end_s).max(from);
        let on = track.on_oval[from..to].iter().filter(|&&on| on).count();
        let mostly = on as f64 > 0.9 * (to - from) as f64;
        self.oval.as_ref().filter(|_| mostly).map(|oval| oval.lap_between(window.start_s, window.end_s))
    }

    /// What a window of the smoothed way is measured by.
    pub(super) fn source_of(&self, window: Window) -> DistanceSource {
        match self.lap_of(window) {
            _ if self.recorded_only => DistanceSource::Recorded,
            Some(_) => DistanceSource::Oval,
            None => DistanceSource::Gps,
        }
    }

    /// The smoothed distance as a track, which begins with the first sample that has a place.
    pub(super) fn distance_track(&self, source: DistanceSource) -> DistanceTrack {
        let points = self.smoothed.t_s.iter().copied().zip(self.smoothed.distance_m.iter().copied());
        DistanceTrack::through(source, points)
    }

    /// How sure the times of an effort are.
    pub(super) fn uncertainty(&self, effort: Window) -> Uncertainty<'_> {
        Uncertainty::new(&self.smoothed, effort, self.ground(effort), self.finish, self.spread.as_ref())
    }

    /// About how sure the time of an effort is: half width in seconds.
    pub(super) fn rough_half_width_s(&self, effort: Window) -> f64 {
        uncertainty::rough_half_width_s(&self.smoothed, effort, self.ground(effort))
    }

    fn ground(&self, effort: Window) -> Ground {
        match self.lap_of(effort) {
            _ if self.recorded_only => match self.pressed {
                Some(laps) if laps.from_s < effort.end_s && effort.start_s < laps.to_s => {
                    Ground::Pressed(laps.lap_m)
                }
                _ => Ground::Device,
            },
            Some(lap) => Ground::Lap(lap),
            None => Ground::Road(self.noise.diffusion_m2ps()),
        }
    }

    /// Seconds of a window in which fixes were thrown away and the way was bridged.
    pub(super) fn bridged_s(&self, window: Window) -> f64 {
        let inside = |repair: &&Repair| repair.reason == Reason::Jump;
        let seconds = |repair: &Repair| {
            // A lone fix bridges the time to both its neighbours, about a second each.
            (repair.end_s.min(window.end_s) - repair.start_s.max(window.start_s) + 2.0).max(0.0)
        };
        self.repairs.iter().filter(inside).map(seconds).sum()
    }
}

/// Whether the device's distance has to be believed: indoors, without positions, or by request.
fn relies_on_distance(activity: &Activity, fixes: &[Option<Point>], evidence: &Evidence) -> bool {
    let Some(distances) = &activity.samples.distance_m else { return false };
    let known = fixes.iter().flatten().count() as f64;
    let indoors =
        matches!(activity.sub_sport.as_deref(), Some("treadmill" | "indoor_running" | "virtual_activity"));
    match evidence.source {
        Some(source) => source == DistanceSource::Recorded,
        None => indoors || known < LEAST_POSITIONS * distances.count() as f64,
    }
}

/// The device's distance as fixes on a straight line, never falling, so that the same guard watches over it.
fn recorded_fixes(samples: &Samples) -> Vec<Option<Point>> {
    let mut most_m = 0.0;
    let fix = |distance_m: Option<f64>| {
        most_m = f64::max(most_m, distance_m?);
        Some(Point { x_m: most_m, y_m: 0.0 })
    };
    samples
        .distance_m
        .as_ref()
        .map_or_else(|| vec![None; samples.len()], |column| column.iter().map(fix).collect())
}

fn recorded_way(fixes: &[Option<Point>]) -> Way {
    let along_m = fixes.iter().map(|fix| fix.map(|point| point.x_m)).collect();
    Way { along_m, ..Way::unknown(fixes.len()) }
}

fn speeds(samples: &Samples) -> Vec<Option<f64>> {
    match &samples.speed_mps {
        Some(column) => column.iter().map(|speed| speed.map(f64::from)).collect(),
        None => vec![None; samples.len()],
    }
}

/// Brings the speeds to the time of the positions, and says by how much positions trail.
fn lag(
    times_s: &[f64],
    fixes: &[Option<Point>],
    speeds_mps: &mut Vec<Option<f64>>,
    recorded_only: bool,
) -> f64 {
    if recorded_only {
        return 0.0;
    }
    let delay_s = super::lag::of_positions(times_s, fixes, speeds_mps);
    if delay_s != 0.0 {
        *speeds_mps = super::lag::delayed(times_s, speeds_mps, delay_s);
    }
    delay_s
}
