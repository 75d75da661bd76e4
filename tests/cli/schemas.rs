//! The JSON of every command against its published schema, both ways.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::schema::{assert_follows, strict};
use crate::{fixture, fourlap, names_in};

fn assert_printed_follows(name: &str, commands: &[Vec<&str>]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(format!("{name}.json"));
    let validator = strict(&std::fs::read_to_string(file).unwrap());
    for arguments in commands {
        let arguments = [arguments.as_slice(), &["--format", "json"]].concat();
        let printed = String::from_utf8(fourlap(&arguments).stdout).unwrap();
        // A season is one object over several lines, all others are one a line.
        let values: Vec<Value> =
            serde_json::Deserializer::from_str(&printed).into_iter().collect::<Result<_, _>>().unwrap();
        assert!(!values.is_empty(), "{arguments:?}");
        for value in &values {
            assert_eq!(value["schema"], format!("fourlap.{name}/1"));
            assert_follows(&validator, value, &arguments.join(" "));
        }
    }
}

#[test]
fn every_command_follows_its_schema_and_every_schema_has_a_command() {
    let (track, road) = (fixture("track-mile.fit"), fixture("road-mile.gpx"));
    let settings = fixture("settings.fit");
    let schemes = ["line", "quarters", "start", "1600"];
    let everything = fixture("");
    let folder = tempfile::tempdir().unwrap();
    let file = crate::written(folder.path(), "fourlap.toml", b"units = \"km\"\nathlete.born = 1990\n");
    let file = file.to_string_lossy();
    let printed = [
        ("analysis", vec![vec!["analyze", &track, "--sex", "f", "--age", "40"]]),
        ("plan", schemes.map(|scheme| vec!["plan", "5:20", "--scheme", scheme]).into()),
        (
            "grade",
            vec![
                vec!["grade", "80", "79", "81", "78"],
                vec!["grade", "80", "79", "81", "78", "--goal", "5:20", "--marks", "200=39.5"],
            ],
        ),
        ("comparison", vec![vec!["compare", &track, &road]]),
        ("inspection", vec![vec!["inspect", &track, &road, &settings]]),
        ("messages", vec![vec!["inspect", "--messages", &track, &settings]]),
        ("config", vec![vec!["config"], vec!["config", "--config", &file, "--age", "40", "--max-hr", "186"]]),
        ("season", vec![vec!["season", &everything], vec!["season", &road, "--squad"]]),
    ];
    for (name, commands) in &printed {
        assert_printed_follows(name, commands);
    }
    let held: BTreeSet<String> = printed.iter().map(|(name, _)| format!("{name}.json")).collect();
    let published = names_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema"));
    assert_eq!(held, published.into_iter().collect::<BTreeSet<String>>());
}
