//! What kind of training a recording was, and what tells it.
//!
//! [`Facts`] are what one recording tells by itself: repetitions, strides, the longest steady stretch, the mile and
//! what surrounds it. The `rules` turn them into a class, with the sentence that tells why; what depends on the
//! season (its best mile, its highest heart rate, the week) comes in as [`Context`], so that the same facts can be
//! judged again once all of the season is read.
//!
//! Work and recovery are told by the device's laps where those alternate, otherwise by the speed smoothed over 30 s
//! in two classes with hysteresis.

mod blocks;
mod bursts;
mod class;
mod context;
mod facts;
mod laps;
mod line;
mod races;
mod reps;
mod rhythm;
mod rules;
mod settle;
#[cfg(test)]
pub(crate) mod simulated;
mod stretches;
#[cfg(test)]
mod tests;
mod words;

pub use class::WorkoutClass;
pub(crate) use context::{Context, Week};
pub(crate) use facts::Facts;
pub(crate) use line::RUNNING_MPS;
use reps::Reps;
pub(super) use settle::settle;

/// A recording's class, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Workout {
    /// The class.
    pub(crate) class: WorkoutClass,
    /// What it was told by, in one sentence with its numbers.
    pub(crate) evidence: String,
    /// What the recording tells, for judging it again.
    pub(crate) facts: Facts,
}

impl Workout {
    /// The class of these facts, as the season sees them.
    pub(crate) fn judged(facts: Facts, context: &Context) -> Workout {
        let told = rules::RULES.iter().find_map(|(class, rule)| Some((*class, rule(&facts, context)?)));
        let (class, evidence) =
            told.unwrap_or_else(|| (WorkoutClass::Other, rules::unclassed(&facts, context)));
        Workout { class, evidence, facts }
    }

    /// Metres that were run fast: the repetitions, the strides, the threshold stretch or the race.
    pub(crate) fn fast_m(&self) -> f64 {
        let facts = &self.facts;
        let all = |reps: &Option<Reps>| reps.as_ref().map_or(0.0, Reps::total_m);
        let block_m = facts.block.map_or(0.0, |block| block.distance_m);
        match self.class {
            WorkoutClass::TimeTrial => {
                let trial_m = facts.mile.filter(|mile| mile.stands_out).map_or(0.0, |mile| mile.stretch_m);
                all(&facts.bursts) + if trial_m > 0.0 && trial_m < block_m { trial_m } else { block_m }
            }
            WorkoutClass::Threshold => all(&facts.bursts) + block_m,
            WorkoutClass::Intervals | WorkoutClass::Hills | WorkoutClass::Strides => {
                all(&facts.bursts) + all(&facts.reps)
            }
            WorkoutClass::Easy | WorkoutClass::Long | WorkoutClass::Other | WorkoutClass::CrossTraining => {
                0.0
            }
        }
    }

    /// The share of the running that was fast, from 0 to 1; `None` where it is no running or has no distance.
    pub(crate) fn fast_share(&self) -> Option<f64> {
        let distance_m = self.facts.distance_m.filter(|&metres| metres > 0.0 && self.facts.running)?;
        self.facts.running_s?;
        Some((self.fast_m() / distance_m).min(1.0))
    }
}
