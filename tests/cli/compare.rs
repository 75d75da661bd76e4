//! `compare`: two miles side by side.

use crate::{fixture, fourlap, json, refusal, transcript};

#[test]
fn two_miles_side_by_side() {
    insta::assert_snapshot!(transcript(&["compare", &fixture("track-mile.fit"), &fixture("road-mile.fit")]));
}

#[test]
fn laps_are_told_with_their_lengths() {
    let track = fixture("track-mile.fit");
    let of = |options: &[&str]| transcript(&[&["compare", &track, &track], options].concat());
    // Both miles were run on a track, so that their laps are those of the line.
    let line = of(&[]);
    assert!(line.contains("1 409 m") && line.contains("4 400 m") && !line.contains("quarters"), "{line}");
    let quarters = of(&["--scheme", "quarters"]);
    assert!(quarters.contains("1 402 m") && !quarters.contains("cut into"), "{quarters}");
}

#[test]
fn each_of_two_miles_is_chosen_for_itself() {
    let file = fixture("track-mile.fit");
    let compared = |options: &[&str]| json(&[&["compare", &file, &file], options].concat());
    let plain = compared(&[]);
    let official = compared(&["--official", ",5:25"]);
    assert_eq!(official["a"]["time_s"], plain["a"]["time_s"]);
    assert_eq!(official["b"]["time_s"], 325.0);
    let chosen = compared(&["--at", "5:00,"]);
    assert!(chosen["a"]["time_s"].as_f64().unwrap() > 400.0, "{chosen}");
    assert_eq!(chosen["b"]["time_s"], plain["b"]["time_s"]);
    let told = refusal(&["compare", &file, &file, "--at", "5:00"]);
    assert!(told.contains("write 5:00,5:00 for both, 5:00, for A or ,5:00 for B"), "{told}");
}

#[test]
fn two_miles_that_cannot_be_compared_say_why() {
    let (good, short) = (fixture("track-mile.fit"), fixture("too-short.fit"));
    let done = fourlap(&["compare", &good, &short]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8(done.stderr).unwrap().contains("too-short.fit: no mile to compare: "));
    assert!(refusal(&["compare", &good, "missing.fit"]).contains("missing.fit: no such file"));
    let line = json(&["compare", &good, &fixture("road-mile.fit")]);
    assert_eq!(
        (line["a"]["scheme"].as_str(), line["b"]["scheme"].as_str()),
        (Some("quarters"), Some("quarters"))
    );
    let last = line["marks"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["to_m"], 1609.344);
}
