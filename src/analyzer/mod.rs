//! The third room: a timed mile becomes a judgement, in numbers first and then in words.

mod advice;
pub mod age_grade;
pub mod around;
pub mod athlete;
pub mod body;
pub mod body_notes;
pub mod comparison;
pub mod course;
pub(crate) mod eligibility;
pub mod equivalents;
mod fault;
mod goal;
pub mod grade;
pub mod hundreds;
pub mod plan;
mod random;
pub(crate) mod reason;
pub mod records;
pub mod rubric;
pub mod spread;
pub mod standing;
pub mod verdict;

pub use around::Around;
pub use athlete::Athlete;
pub use body::Body;
pub use grade::PacingGrade;
pub use plan::GoalPlan;
pub use standing::Standing;
