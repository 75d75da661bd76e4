//! Whether a mile was an effort at all: an easy run's fastest mile deserves no grade.

mod stops;
mod surroundings;

use crate::activity::Activity;
use crate::segmenter::DistanceTrack;
use crate::segmenter::efforts::Effort;
use crate::segmenter::window::Window;
use surroundings::{RACED_ON, SAME_EFFORT};

/// A recording that a mile was found in.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) activity: &'a Activity,
    pub(crate) track: &'a DistanceTrack,
    pub(crate) efforts: &'a [Effort],
    pub(crate) vehicles: &'a [Window],
}

/// Why a mile was no effort of its own, in one sentence; `None` if it was one.
pub(crate) fn why_no_effort(run: Run<'_>, mile: Window, standing_start: bool) -> Option<String> {
    let Run { activity, track, efforts, vehicles } = run;
    let broken = stops::inside(activity, track, mile).or_else(|| stops::just_before(activity, track, mile));
    let steady = || {
        if standing_start {
            surroundings::ran_on(track, vehicles, mile, RACED_ON)
        } else {
            surroundings::no_faster(track, vehicles, mile)
                .or_else(|| surroundings::ran_on(track, vehicles, mile, SAME_EFFORT))
                .or_else(|| surroundings::heart_at_rest(activity, mile))
        }
    };
    broken
        .or_else(steady)
        .or_else(|| surroundings::worth_as_much(efforts, mile))
        .or_else(|| surroundings::repeated(track, vehicles, mile))
}
