//! The third room: a timed mile becomes a judgement, in numbers first and then in words.

mod advice;
pub mod eligibility;
mod fault;
pub mod grade;
pub mod plan;
mod random;
pub mod reason;
pub mod rubric;
pub mod spread;
pub mod standing;
pub mod verdict;

pub use grade::PacingGrade;
pub use plan::GoalPlan;
pub use standing::Standing;
