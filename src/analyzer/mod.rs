//! The third room: a timed mile becomes a judgement, in numbers first and then in words.

pub mod advice;
pub mod eligibility;
pub mod grade;
pub mod plan;
pub mod rubric;
pub mod spread;
pub mod standing;
pub mod verdict;

pub use grade::PacingGrade;
pub use plan::GoalPlan;
pub use standing::Standing;
