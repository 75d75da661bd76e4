//! The figures of a season for programs: what became of the files, and what each athlete's season tells.

use serde_json::{Map, Value as Json, json};

use crate::report::json::rounded;
use crate::season::reading::{Block, BlockPart, MileGoal, Reading, Whose};
use crate::season::{Season, Status};

/// The figures of a season and of its readings, one for each athlete.
pub fn figures(season: &Season, readings: &[(Whose, Reading)]) -> Json {
    let of = |status| season.rows.iter().filter(|row| row.status == status).count();
    rounded(json!({
        "analysed": of(Status::Analysed),
        "duplicates": of(Status::Duplicate),
        "not_activities": of(Status::NotActivity),
        "failed": of(Status::Failed),
        "outside": season.outside,
        "interrupted": season.interrupted,
        "athletes": readings.iter().map(|(whose, reading)| athlete(whose.name(), reading)).collect::<Vec<_>>(),
    }))
}

fn athlete(name: Option<&str>, reading: &Reading) -> Json {
    let bests = reading.bests.iter().map(|best| {
        json!({"distance_m": best.distance_m, "time_s": best.time_s, "local_date": best.day, "place": best.place})
    });
    let miles = reading.miles.iter().map(|mile| {
        json!({
            "local_date": mile.day,
            "time_s": mile.time_s,
            "uncertainty_s": mile.uncertainty_s,
            "clean": mile.clean,
            "effort": mile.effort,
            "record": mile.record,
            "grade_score": mile.score,
            "place": mile.place,
        })
    });
    json!({
        "athlete": name,
        "first_day": reading.days.map(|(first, _)| first),
        "last_day": reading.days.map(|(_, last)| last),
        "runs": reading.counts.runs,
        "bests": bests.collect::<Vec<_>>(),
        "miles": miles.collect::<Vec<_>>(),
        "block": reading.block.as_ref().map(block),
        "block_reason": reading.no_block,
        "goal": reading.goal.as_ref().map(goal),
        "goal_reason": reading.no_goal,
        "next": reading.next,
    })
}

fn goal(goal: &MileGoal) -> Json {
    json!({
        "goal_s": goal.goal_s,
        "asked": goal.asked,
        "supported_s": goal.supported_s,
        "reasons": goal.reasons,
    })
}

fn block(block: &Block) -> Json {
    let counts = BlockPart::ALL
        .into_iter()
        .map(|part| (part.names().1.replace([' ', '-'], "_"), block.count(part).into()));
    json!({
        "from": block.from,
        "to": block.to,
        "race": block.race,
        "running_km": block.running_km,
        "fast_share": block.fast_share,
        "longest_gap_days": block.longest_gap_days,
        "counts": Json::Object(counts.collect::<Map<_, _>>()),
    })
}
