//! The configuration file: where it is found, what beats what, and what is said of a wrong one.

use crate::program::program;
use crate::{fixture, fourlap, written};

const FILE: &str = "units = \"km\"\n\n[athlete]\nsex = \"f\"\nborn = 1984-02-11\nmax_hr = 186\n";

#[test]
fn what_is_in_force_and_from_where() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "fourlap.toml", FILE.as_bytes()).display().to_string();
    let shown = fourlap(&["config", "--config", &file, "--threshold-hr", "160", "--units", "mi"]);
    let text = String::from_utf8(shown.stdout).unwrap().replace(&file, "fourlap.toml");
    insta::assert_snapshot!(text);
    let nothing = String::from_utf8(fourlap(&["config"]).stdout).unwrap();
    insta::assert_snapshot!("nothing_is_in_force", nothing);
    let json = fourlap(&["config", "--config", &file, "--age", "41", "--format", "json"]);
    let line: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((line["found"].as_bool(), line["settings"][0]["line"].as_u64()), (Some(true), Some(4)));
    let age = serde_json::json!({"name": "age", "value": 41, "from": "option"});
    assert_eq!(line["settings"][1], age);
}

#[test]
fn the_file_is_found_by_option_then_variable_then_in_the_users_folder() {
    let folder = tempfile::tempdir().unwrap();
    let [option, variable, own] =
        ["option.toml", "variable.toml", "fourlap.toml"].map(|name| written(folder.path(), name, b""));
    let title = |arguments: &[&str], variable: Option<&std::path::Path>| {
        let mut program = program();
        program.arg("config").args(arguments).env("XDG_CONFIG_HOME", folder.path());
        program.env("APPDATA", folder.path());
        match variable {
            Some(variable) => program.env("FOURLAP_CONFIG", variable),
            None => program.env_remove("FOURLAP_CONFIG"),
        };
        let shown = String::from_utf8(program.output().unwrap().stdout).unwrap();
        shown.lines().next().unwrap_or_default().to_owned()
    };
    let named = option.display().to_string();
    assert_eq!(title(&["--config", &named], Some(&variable)), named);
    assert_eq!(title(&[], Some(&variable)), variable.display().to_string());
    if cfg!(unix) {
        assert_eq!(title(&[], None), own.display().to_string());
        std::fs::remove_file(&own).unwrap();
        assert_eq!(title(&[], None), format!("{} is not there", own.display()));
    }
    assert_eq!(title(&[], Some("".as_ref())), "no configuration file is read");
}

#[test]
fn the_analysis_knows_what_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "fourlap.toml", FILE.as_bytes()).display().to_string();
    let mile = fixture("road-mile.fit");
    let card = |arguments: &[&str]| {
        let all = [&["analyze", "--config", &file, &mile, "-v"], arguments].concat();
        String::from_utf8(fourlap(&all).stdout).unwrap()
    };
    assert!(card(&[]).contains("/km") && !card(&["--units", "mi"]).contains("/km"));
    let options = ["--sex", "f", "--born", "1984-02-11", "--max-hr", "186", "--units", "km"];
    let by_options = [&["analyze", &mile, "-v"], options.as_slice()].concat();
    assert_eq!(card(&[]), String::from_utf8(fourlap(&by_options).stdout).unwrap());
}

#[test]
fn a_wrong_file_stops_what_needs_it_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "fourlap.toml", b"[athlete]\nmaxhr = 186\n").display().to_string();
    let says = |arguments: &[&str]| {
        let done = fourlap(arguments);
        (done.status.code().unwrap(), String::from_utf8(done.stderr).unwrap().replace(&file, "fourlap.toml"))
    };
    let wrong = "fourlap: fourlap.toml: 'maxhr' is no setting (line 2); there are units, and below [athlete] sex, \
                 born, max_hr and threshold_hr\n";
    for command in ["analyze", "chart", "season"] {
        let arguments = [command, &fixture("track-mile.fit"), "--config", &file];
        assert_eq!(says(&arguments), (2, wrong.into()), "{command}");
    }
    assert_eq!(says(&["plan", "5:20", "--config", &file]), (0, String::new()));
    let missing = says(&["config", "--config", "missing.toml"]);
    assert_eq!(missing, (2, "fourlap: missing.toml: no such configuration file; check the path\n".into()));
    let binary = says(&["config", "--config", &fixture("track-mile.fit")]);
    assert!(binary.1.ends_with("track-mile.fit: not a configuration file; it is a text\n"), "{}", binary.1);
    let hot = written(folder.path(), "hot.toml", b"athlete.max_hr = 186").display().to_string();
    let (code, told) = says(&["config", "--config", &hot, "--threshold-hr", "190"]);
    assert!(
        told.contains("--threshold-hr 190 is not below max_hr 186 (line 1 of the configuration)"),
        "{told}"
    );
    assert_eq!(code, 2);
}
