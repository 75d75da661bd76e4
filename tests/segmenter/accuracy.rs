//! Simulated recordings against their truth.
//!
//! `FOURLAP_SEED=55 FOURLAP_COUNT=98 cargo test --release --test segmenter measured -- --nocapture` prints the
//! table of `docs/accuracy.md` for other recordings.

use std::collections::BTreeMap;

use fourlap::segmenter::TimedMile;
use fourlap::{Analysis, Options, analyze, parser};

use crate::simulator::random_set::{self, Format};
use crate::simulator::scenarios::{self, Scenario};
use crate::simulator::truth::{MARKS_M, Truth};
use crate::simulator::{fit_writer, gpx_writer};

/// The errors of one group of recordings, in seconds, each with the stated half width.
#[derive(Default)]
struct Errors {
    mile: Vec<(f64, f64)>,
    marks: Vec<(f64, f64)>,
    race: Vec<f64>,
    races: usize,
    files: usize,
}

impl Errors {
    fn add(&mut self, truth: &Truth, analysis: &Analysis) {
        self.files += 1;
        let Some(best) = &analysis.best_mile else {
            assert_eq!(truth.best_mile_s, None, "no mile was found");
            return;
        };
        let truth_s = truth.best_mile_s.expect("a mile was found where there is none");
        self.mile.push((best.window.time_s - truth_s, best.window.uncertainty_s.unwrap()));
        for (mark_m, true_s) in MARKS_M.into_iter().zip(truth.marks_s.unwrap()) {
            let mark = best.window.marks.iter().find(|mark| mark.distance_m == mark_m).unwrap();
            self.marks.push((mark.time_s - true_s, mark.uncertainty_s.unwrap()));
        }
        if let Some(gun_mile_s) = truth.gun_mile_s {
            self.races += 1;
            self.race.extend(best.race.as_ref().map(|race| race.time_s - gun_mile_s));
        }
        check_sums(&best.window);
    }

    fn line(&self, name: &str) -> String {
        let of = |errors: &[f64]| match errors {
            [] => "               ".to_owned(),
            errors => format!("{:5.2} / {:5.2}", mean_abs(errors), percentile_95(errors)),
        };
        let only = |pairs: &[(f64, f64)]| pairs.iter().map(|pair| pair.0).collect::<Vec<_>>();
        let (mile, marks, race) = (of(&only(&self.mile)), of(&only(&self.marks)), of(&self.race));
        format!(
            "{name:8} {:4}   {mile}   {marks}   {race}   {} of {}",
            self.files,
            self.race.len(),
            self.races
        )
    }
}

fn mean_abs(errors: &[f64]) -> f64 {
    errors.iter().map(|error| error.abs()).sum::<f64>() / errors.len().max(1) as f64
}

fn percentile_95(errors: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes[((sizes.len() as f64 * 0.95) as usize).min(sizes.len() - 1)]
}

/// How often the stated interval holds, its median half width and the median error.
fn coverage(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let holds = pairs.iter().filter(|(error, width)| error.abs() <= *width).count();
    let widths = median(pairs.iter().map(|pair| pair.1).collect());
    let errors = median(pairs.iter().map(|pair| pair.0.abs()).collect());
    (holds as f64 / pairs.len() as f64, widths, errors)
}

/// Marks and laps belong to the mile, to the thousandth.
fn check_sums(mile: &TimedMile) {
    let laps_s: f64 = mile.splits.iter().map(|split| split.time_s).sum();
    assert!((laps_s - mile.time_s).abs() < 1e-3, "{laps_s} {}", mile.time_s);
    assert!(mile.marks.is_sorted_by(|a, b| a.time_s < b.time_s));
    let length_m: f64 = mile.splits.iter().map(|split| split.length_m()).sum();
    assert!((length_m - fourlap::units::MILE_M).abs() < 1e-6, "{length_m}");
}

fn analysed(scenario: &Scenario, format: Format) -> (Truth, Analysis) {
    let simulated = scenarios::simulate(scenario);
    let bytes = match format {
        Format::Fit => fit_writer::write(&simulated.recording),
        Format::Gpx => gpx_writer::write(&simulated.recording).into_bytes(),
    };
    let activity = parser::read(&bytes).unwrap().remove(0);
    (simulated.truth, analyze(&activity, &Options::default()))
}

fn measure(seed: u64, count: usize) -> (BTreeMap<String, Errors>, Errors) {
    let (mut groups, mut all) = (BTreeMap::<String, Errors>::new(), Errors::default());
    for (scenario, format) in random_set::draw(seed, count) {
        let group = scenario.name.split('-').next().unwrap().to_owned();
        let (truth, analysis) = analysed(&scenario, format);
        groups.entry(group).or_default().add(&truth, &analysis);
        all.add(&truth, &analysis);
    }
    (groups, all)
}

#[test]
fn the_measured_errors_stay_within_bounds() {
    let from =
        |name: &str, usual: u64| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(usual);
    let (seed, count) = (from("FOURLAP_SEED", 3), from("FOURLAP_COUNT", 49) as usize);
    let (groups, all) = measure(seed, count);
    println!(
        "seconds, mean absolute error / 95th percentile\ngroup   files   mile            marks           race            found"
    );
    for (name, errors) in &groups {
        println!("{}", errors.line(name));
    }
    for (what, pairs) in [("miles", &all.mile), ("marks", &all.marks)] {
        let (holds, width_s, error_s) = coverage(pairs);
        println!(
            "± of {what}: holds in {:.0} %, median {width_s:.2} s, median error {error_s:.2} s",
            100.0 * holds
        );
    }
    // The limits of one draw are wider than what is reached on average, and tight enough to see a regression.
    for (name, limit_s) in [("track", 1.0), ("watch", 0.8), ("lane", 1.8)] {
        let mile: Vec<f64> = groups[name].mile.iter().map(|pair| pair.0).collect();
        assert!(mean_abs(&mile) < limit_s, "{name}: {:.2} s", mean_abs(&mile));
    }
    let (holds, width_s, error_s) = coverage(&all.mile);
    assert!((0.8..=1.0).contains(&holds), "{holds}");
    assert!(width_s < 4.0 * error_s, "{width_s} {error_s}");
    let track = &groups["track"];
    assert!(track.race.len() as f64 >= 0.9 * track.races as f64, "{} of {}", track.race.len(), track.races);
}
