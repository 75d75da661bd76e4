//! How the shape of the miles changed over the season: fade, third lap, grade.

use super::progress::MilePoint;

/// With fewer miles there is no trend.
const LEAST: usize = 4;
/// A change of the score below this is none.
const SCORE: f64 = 5.0;
/// A change of a lap below this share of the mean is none, in per cent.
const LAP_PCT: f64 = 0.75;

/// The mean of the first half of the miles and of the second, in the unit of what changed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// In the first half.
    pub before: f64,
    /// In the second half.
    pub after: f64,
}

/// The trend of the miles' shape.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ShapeTrend {
    /// How many miles it rests on.
    pub miles: usize,
    /// The pattern score, 0 to 100.
    pub score: Change,
    /// Lap 4 against the mean of the first three, in per cent: the fade; negative is a kick.
    pub fade_pct: Change,
    /// Lap 3 against the own mean, in per cent.
    pub lap_3_pct: Change,
}

/// The trend over all graded miles with known laps; `None` for fewer than four.
pub(super) fn shape_trend(miles: &[MilePoint]) -> Option<ShapeTrend> {
    let known: Vec<(f64, [f64; 4])> = miles
        .iter()
        .filter(|mile| mile.clean)
        .filter_map(|mile| Some((mile.score?, mile.shape_pct?)))
        .collect();
    if known.len() < LEAST {
        return None;
    }
    let (first, second) = known.split_at(known.len() / 2);
    let change = |of: fn(&(f64, [f64; 4])) -> f64| {
        let mean = |part: &[(f64, [f64; 4])]| part.iter().map(of).sum::<f64>() / part.len() as f64;
        Change { before: mean(first), after: mean(second) }
    };
    Some(ShapeTrend {
        miles: known.len(),
        score: change(|mile| mile.0),
        fade_pct: change(|mile| mile.1[3] - (mile.1[0] + mile.1[1] + mile.1[2]) / 3.0),
        lap_3_pct: change(|mile| mile.1[2]),
    })
}

impl ShapeTrend {
    /// What changed, each in a sentence; one sentence where nothing did.
    pub fn sentences(&self) -> Vec<String> {
        let mut said = Vec::new();
        let Change { before, after } = self.score;
        if (after - before).abs() >= SCORE {
            let which = if after > before { "better" } else { "worse" };
            said.push(format!("The pacing got {which}: {before:.0} points on average, then {after:.0}."));
        }
        let Change { before, after } = self.lap_3_pct;
        if (after - before).abs() >= LAP_PCT {
            let which = if after < before { "holds better now" } else { "costs more now" };
            said.push(format!(
                "Lap 3 {which}: {} against the mean of its mile, before {}.",
                signed(after),
                signed(before)
            ));
        }
        let Change { before, after } = self.fade_pct;
        if (after - before).abs() >= LAP_PCT {
            let which = if after < before { "The finish got stronger" } else { "The finish got weaker" };
            said.push(format!(
                "{which}: lap 4 {} against the first three, before {}.",
                signed(after),
                signed(before)
            ));
        }
        if said.is_empty() {
            said.push(format!(
                "The shape stayed the same over {} miles: {:.0} points on average.",
                self.miles, self.score.after
            ));
        }
        said
    }
}

fn signed(pct: f64) -> String {
    format!("{} %", crate::units::signed_tenths(pct))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(score: (f64, f64), fade_pct: (f64, f64), lap_3_pct: (f64, f64)) -> String {
        let change = |(before, after)| Change { before, after };
        let trend = ShapeTrend {
            miles: 6,
            score: change(score),
            fade_pct: change(fade_pct),
            lap_3_pct: change(lap_3_pct),
        };
        trend.sentences().join("\n")
    }

    #[test]
    fn the_catalogue_of_trends() {
        let better = told((60.0, 80.0), (3.0, -1.0), (2.5, 1.0));
        let worse = told((80.0, 60.0), (-1.0, 3.0), (1.0, 2.5));
        let same = told((70.0, 71.0), (1.0, 1.2), (2.0, 1.9));
        insta::assert_snapshot!([better, worse, same].join("\n"));
    }
}
