//! The words that XML files use for sports.

use crate::activity::Sport;

/// The sport that a GPX `<type>` or a TCX `Sport` names; `Unknown` for an empty word or for a number that
/// only its maker understands.
pub(super) fn from_word(word: &str) -> Sport {
    let word = word.trim().to_lowercase();
    let plain: String = word.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let phrase = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // "Running" has a phrase for a name in French.
    let french = ["course à pied", "course a pied"].into_iter().any(|running| phrase.contains(running));
    if plain.split_whitespace().any(is_running) || french || plain.contains("跑步") {
        return Sport::Running;
    }
    match word.as_str() {
        // Strava's numbers.
        "9" => Sport::Running,
        "1" => Sport::Other("cycling".into()),
        "biking" | "bike" | "ride" | "cycling" => Sport::Other("cycling".into()),
        "walk" | "walking" => Sport::Other("walking".into()),
        "hike" | "hiking" => Sport::Other("hiking".into()),
        "swim" | "swimming" => Sport::Other("swimming".into()),
        "" | "other" | "unknown" | "generic" | "track" => Sport::Unknown,
        _ if word.chars().all(|c| c.is_ascii_digit()) => Sport::Unknown,
        _ => Sport::Other(phrase.replace(' ', "_")),
    }
}

fn is_running(word: &str) -> bool {
    matches!(
        word,
        "run"
            | "running"
            | "runner"
            | "jog"
            | "jogging"
            | "laufen"
            | "lauf"
            | "corrida"
            | "carrera"
            | "correr"
    ) || matches!(word, "trailrun" | "trailrunning" | "virtualrun" | "treadmill")
}

/// The sport that the name of a track gives away, for files that say it nowhere else; `Unknown` if none.
pub(super) fn from_name(name: &str) -> Sport {
    match from_word(name) {
        Sport::Running => Sport::Running,
        _ => Sport::Unknown,
    }
}

/// The finer word for running that a word holds: `treadmill`, `trail`, `virtual`, `track`.
pub(super) fn sub_sport(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    ["treadmill", "trail", "virtual", "track"].into_iter().find(|sub| word.contains(sub)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_is_known_by_many_words() {
        for word in [
            "Course à pied",
            "course_à_pied matinale",
            "running",
            "Run",
            "9",
            "Sport Running",
            "trail_running",
            "RUNNING",
            "street run",
            "VirtualRun",
        ] {
            assert_eq!(from_word(word), Sport::Running, "{word}");
        }
    }

    #[test]
    fn other_words_stay_what_they_are() {
        assert_eq!(from_word("Biking"), Sport::Other("cycling".into()));
        assert_eq!(from_word("Open Water"), Sport::Other("open_water".into()));
        assert_eq!(from_word("Other"), Sport::Unknown);
        assert_eq!(from_word("52"), Sport::Unknown);
        assert_eq!(from_name("Brunch ride"), Sport::Unknown);
        assert_eq!(from_name("Morning Run"), Sport::Running);
    }
}
