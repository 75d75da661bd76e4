//! The third room: a timed mile becomes a judgement, in numbers first and then in words.

mod advice;
pub mod age_grade;
pub(crate) mod around;
pub(crate) mod athlete;
pub(crate) mod body;
pub mod body_notes;
pub mod comparison;
pub(crate) mod course;
pub(crate) mod eligibility;
pub mod equivalents;
mod fault;
mod goal;
pub mod grade;
pub mod hundreds;
pub(crate) mod plan;
mod random;
pub(crate) mod reason;
pub mod records;
pub mod rubric;
pub(crate) mod spread;
pub(crate) mod standing;
pub mod verdict;

pub use around::{Around, Spans};
pub use athlete::{Age, Athlete, Sex};
pub use body::{Body, HeartRateLimit, LapHeartRate, LimitSource};
pub use course::Course;
pub use grade::PacingGrade;
pub use plan::GoalPlan;
pub use spread::TimingErrors;
pub use standing::Standing;
