//! What the season knows of the runner, against which one recording is judged.

/// What the season knows; everything is absent while a recording stands alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Context {
    /// The best mile in seconds that was known on its day, its own included; suspect ones left out.
    pub(crate) mile_s: Option<f64>,
    /// The season's best VDOT over all distances from 1500 m on; absent in a season that holds no hard running.
    pub(crate) vdot: Option<f64>,
    /// The best VDOT of the other efforts of the year before, or of the season where there was none yet: what this run
    /// set itself promises nothing.
    pub(crate) promise_vdot: Option<f64>,
    /// The usual speed of this runner, the median of all runs, in metres per second.
    pub(crate) usual_mps: Option<f64>,
    /// The runner's highest heart rate in beats per minute, given or seen in the season.
    pub(crate) max_heart_rate_bpm: Option<f64>,
    /// Whether that was given; the highest seen in a season may lie below the true one.
    pub(crate) max_heart_rate_given: bool,
    /// The running of the same week, this recording included.
    pub(crate) week: Option<Week>,
}

/// The running of one week, Monday to Sunday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Week {
    /// All of it in metres.
    pub(crate) distance_m: f64,
    /// How many runs.
    pub(crate) runs: usize,
    /// The longest of them, in metres.
    pub(crate) longest_m: f64,
}

impl Context {
    /// The share of the maximal heart rate.
    pub(super) fn heart_share(&self, heart_rate_bpm: Option<f64>) -> Option<f64> {
        Some(heart_rate_bpm? / self.max_heart_rate_bpm?)
    }

    /// The share of the season's best VDOT that a speed costs.
    pub(super) fn oxygen_share(&self, speed_mps: f64) -> Option<f64> {
        Some(crate::analyzer::equivalents::oxygen_cost(speed_mps) / self.vdot?)
    }
}
