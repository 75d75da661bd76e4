//! The segmenter as a whole: how true the mile is on recordings whose truth is known, what it must not depend on,
//! and that nothing breaks it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop, and one that measures says what"
)]

mod accuracy;
mod asked;
mod indoor;
mod robustness;
mod tracks;

#[path = "../../examples/fixtures/simulator/mod.rs"]
mod simulator;
#[path = "../support/mod.rs"]
mod support;
