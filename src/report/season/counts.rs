//! The figures of a season for programs.

use serde_json::{Value as Json, json};

use crate::season::{Season, Status};

/// What became of the files.
pub fn counts(season: &Season) -> Json {
    let of = |status| season.rows.iter().filter(|row| row.status == status).count();
    json!({
        "analysed": of(Status::Analysed),
        "duplicates": of(Status::Duplicate),
        "not_activities": of(Status::NotActivity),
        "failed": of(Status::Failed),
        "outside": season.outside,
        "interrupted": season.interrupted,
    })
}
