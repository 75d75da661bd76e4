//! The packages that the program is built from: every licence allowed and the published list of them true, none
//! that needs a newer Rust than the one named, and none for JSON where nothing is serialised.
//!
//! `FOURLAP_UPDATE_DOCUMENTS=1 cargo test --test packages` writes the list of licences anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use spdx::{Expression, ParseMode};

/// Licences that ask for no more than their text and the authors' names.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
const BEGIN: &str = "<!-- licences -->\n";
const END: &str = "<!-- end of licences -->\n";

/// What cargo prints.
fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let done = Command::new(cargo)
        .args(arguments)
        .arg("--locked")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(done.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The packages that the program is built from or by, on all platforms, each in the given form. Dependencies of tests
/// and benches are no part of the program.
///
/// `cargo metadata` would name packages that no feature brings in.
fn tree(form: &str, features: &[&str]) -> Vec<String> {
    let arguments =
        ["tree", "--target", "all", "--edges", "normal,build", "--prefix", "none", "--format", form];
    let tree = cargo(&[&arguments, features].concat());
    // A package that was shown before is marked.
    tree.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

/// The names of the packages under each licence as its package states it.
fn by_licence() -> BTreeMap<String, BTreeSet<String>> {
    let mut licences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in tree("{p}|{l}", &[]) {
        let (package, licence) = line.split_once('|').unwrap();
        let name = package.split(' ').next().unwrap().to_owned();
        if name != env!("CARGO_PKG_NAME") {
            licences.entry(in_one_form(licence)).or_default().insert(name);
        }
    }
    licences
}

/// `Apache-2.0/MIT`, `Apache-2.0 OR MIT` and `MIT OR Apache-2.0` say the same.
fn in_one_form(licence: &str) -> String {
    let licence = licence.replace(" / ", "/").replace('/', " OR ");
    if licence.contains(" AND ") || licence.contains('(') {
        return licence;
    }
    let mut choices: Vec<&str> = licence.split(" OR ").collect();
    choices.sort_unstable();
    choices.join(" OR ")
}

fn is_allowed(licence: &str) -> bool {
    let expression = Expression::parse_mode(licence, ParseMode::STRICT);
    expression.is_ok_and(|expression| {
        expression
            .evaluate(|requirement| requirement.license.id().is_some_and(|id| ALLOWED.contains(&id.name)))
    })
}

#[test]
fn every_licence_is_allowed_and_the_list_is_true() {
    let licences = by_licence();
    assert!(licences.len() > 5, "cargo tree shows no packages: {licences:?}");
    let refused: Vec<_> = licences.iter().filter(|(licence, _)| !is_allowed(licence)).collect();
    assert!(refused.is_empty(), "not among the allowed licences: {refused:?}");
    let mut rows = String::from("| licence | packages |\n|---|---|\n");
    for (licence, names) in &licences {
        rows += &format!("| {licence} | {} |\n", Vec::from_iter(names.iter().cloned()).join(", "));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/licences.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let renewed = format!("{before}{BEGIN}\n{rows}\n{END}{after}");
    if std::env::var_os("FOURLAP_UPDATE_DOCUMENTS").is_some() {
        std::fs::write(&path, &renewed).unwrap();
    } else {
        assert!(document == renewed, "docs/licences.md is old: FOURLAP_UPDATE_DOCUMENTS=1 renews it");
    }
}

#[test]
fn a_licence_that_asks_for_more_is_refused() {
    assert!(is_allowed("MIT OR GPL-3.0-only") && is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    for licence in ["GPL-3.0-only", "MIT AND AGPL-3.0-or-later", "MPL-2.0", "none stated", "LicenseRef-Own"] {
        assert!(!is_allowed(licence), "{licence}");
    }
}

/// A version of Rust as it is compared: 1.88 before 1.95.
fn rust(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = version.split('.').map(|number| number.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

/// Which of the packages that these features bring in ask for a newer Rust than `ours`, and for which.
fn newer_than(ours: &str, features: &[&str]) -> Vec<(String, String)> {
    let built: BTreeSet<(String, String)> = tree("{p}", features)
        .iter()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
        })
        .collect();
    let known: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1"])).unwrap();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let mut asked = 0;
    let mut newer = Vec::new();
    for package in known["packages"].as_array().unwrap() {
        let name = (text(&package["name"]).unwrap(), text(&package["version"]).unwrap());
        let Some(wanted) = text(&package["rust_version"]).filter(|_| built.contains(&name)) else { continue };
        asked += 1;
        if name.0 != env!("CARGO_PKG_NAME") && rust(&wanted) > rust(ours) {
            newer.push((name.0, wanted));
        }
    }
    assert!(asked > 10, "hardly a package names its Rust: {asked}");
    newer
}

/// The names of the packages that these features bring in.
fn names(features: &str) -> BTreeSet<String> {
    let tree = tree("{p}", &["--no-default-features", "--features", features]);
    tree.iter().filter_map(|line| Some(line.split(' ').next()?.to_owned())).collect()
}

#[test]
fn json_comes_only_with_what_needs_it() {
    // Not `serde_derive`: `serde_core` names it for a target that there is none of, to keep their versions together.
    let json = ["serde", "serde_json"];
    for features in ["", "plot"] {
        let names = names(features);
        assert!(names.contains("jiff"), "cargo tree shows no packages: {names:?}");
        assert!(!json.iter().any(|name| names.contains(*name)), "{features}: {names:?}");
    }
    for features in ["serde", "cli", "season"] {
        let names = names(features);
        assert!(json.iter().all(|name| names.contains(*name)), "{features}: {names:?}");
    }
}

/// Whether our own code keeps to that Rust is told by clippy's `incompatible_msrv`.
#[test]
fn no_package_needs_a_newer_rust_than_ours() {
    assert_eq!(newer_than(env!("CARGO_PKG_RUST_VERSION"), &[]), []);
    // What the documents promise for the library and the program without the season.
    assert_eq!(newer_than("1.88", &["--no-default-features", "--features", "cli,plot"]), []);
    assert_ne!(newer_than("1.80", &[]), [], "the test sees no versions");
}
