//! The kinds of training that a coach tells apart.

/// What kind of training an activity was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WorkoutClass {
    /// Easy running.
    Easy,
    /// The long run.
    Long,
    /// Repetitions with rests between them.
    Intervals,
    /// An easy run with short fast strides.
    Strides,
    /// Repetitions up a hill.
    Hills,
    /// A continuous stretch at threshold pace.
    Threshold,
    /// A time trial or a race: which of both, a recording cannot tell.
    TimeTrial,
    /// Running that fits no other class.
    #[default]
    Other,
    /// Another sport than running.
    CrossTraining,
}

impl WorkoutClass {
    /// All classes, in the order of tables and legends.
    pub const ALL: [WorkoutClass; 9] = [
        WorkoutClass::Easy,
        WorkoutClass::Long,
        WorkoutClass::Threshold,
        WorkoutClass::Intervals,
        WorkoutClass::Hills,
        WorkoutClass::Strides,
        WorkoutClass::TimeTrial,
        WorkoutClass::Other,
        WorkoutClass::CrossTraining,
    ];

    /// The word in the table: `time_trial`.
    pub fn as_str(self) -> &'static str {
        match self {
            WorkoutClass::Easy => "easy",
            WorkoutClass::Long => "long",
            WorkoutClass::Intervals => "intervals",
            WorkoutClass::Strides => "strides",
            WorkoutClass::Hills => "hills",
            WorkoutClass::Threshold => "threshold",
            WorkoutClass::TimeTrial => "time_trial",
            WorkoutClass::Other => "other",
            WorkoutClass::CrossTraining => "cross_training",
        }
    }

    /// The class of a word in the table.
    pub fn from_word(word: &str) -> Option<WorkoutClass> {
        WorkoutClass::ALL.into_iter().find(|class| class.as_str() == word)
    }

    /// What people call it: `time trial or race`.
    pub fn name(self) -> &'static str {
        match self {
            WorkoutClass::Easy => "easy run",
            WorkoutClass::Long => "long run",
            WorkoutClass::Intervals => "intervals",
            WorkoutClass::Strides => "easy run with strides",
            WorkoutClass::Hills => "hill repeats",
            WorkoutClass::Threshold => "threshold run",
            WorkoutClass::TimeTrial => "time trial or race",
            WorkoutClass::Other => "other running",
            WorkoutClass::CrossTraining => "cross-training",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for class in WorkoutClass::ALL {
            assert_eq!(WorkoutClass::from_word(class.as_str()), Some(class));
            assert!(!class.name().is_empty());
        }
        assert_eq!(WorkoutClass::from_word("yoga"), None);
    }
}
