//! The second room: an [`Activity`] becomes a distance over time, and that the fastest mile with its marks
//! and laps.
//!
//! Kernels work on plain columns in SI units (`elapsed_s`, `distance_m`), which are non-decreasing.

pub mod distance;
pub mod efforts;
pub mod geodesy;
pub mod mile;
pub mod profile;
pub mod race;
pub mod scheme;
pub mod window;

pub use distance::{DistanceSource, DistanceTrack};
pub use mile::{Mark, Split, TimedMile};
pub use profile::MileProfile;
pub use scheme::LapScheme;
pub use window::Window;

#[cfg(doc)]
use crate::activity::Activity;
