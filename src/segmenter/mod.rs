//! The second room: an [`Activity`] becomes a true distance over time, and that the fastest mile with its marks
//! and laps, each with its uncertainty.
//!
//! Positions become metres on a plane (`plane`), lose what cannot be true (`guard`), and are fitted to a track
//! where one was run on (`oval`). Their noise is estimated from the recording itself (`noise`); laid out along
//! the way that was run (`way`) they go through a smoother that knows this noise, the device's speed and the
//! presses of the lap button (`smooth`). On the smoothed distance the fastest window of exactly a mile is sought
//! (`window`) and the race from its standing start (`race`); `uncertainty` says how sure the times are.
//!
//! Kernels work on plain columns in SI units (`elapsed_s`, `distance_m`), which are non-decreasing.

pub(crate) mod answer;
pub(crate) mod distance;
pub(crate) mod efforts;
pub(crate) mod every;
pub(crate) mod explain;
mod finish;
pub(crate) mod geodesy;
mod guard;
mod lag;
mod linear;
pub(crate) mod mile;
mod noise;
mod oval;
mod plane;
mod prepare;
mod pressed;
mod presses;
pub(crate) mod profile;
mod race;
pub(crate) mod run;
pub(crate) mod scheme;
pub(crate) mod segment;
mod smooth;
pub(crate) mod trace;
mod uncertainty;
mod way;
pub(crate) mod window;

pub use answer::{
    BestMile, Candidate, Detail, MileStart, NearMile, OvalFit, Rejected, SegmentOptions, Segmentation,
    Verdict,
};
pub use distance::{DistanceSource, DistanceTrack};
pub use efforts::{EFFORTS_M, Effort};
pub use explain::Explanation;
pub use mile::{MARKS_M, Mark, Split, TimedMile};
pub use profile::{MileProfile, Point};
pub use run::{Moment, RunProfile};
pub use scheme::LapScheme;
pub use segment::segment;
pub use trace::{MileTrace, OvalTrace};
pub use window::Window;

#[cfg(doc)]
use crate::activity::Activity;
