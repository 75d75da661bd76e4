//! Damaged files through the program itself, each in a process of its own:
//!
//! ```text
//! cargo run --example soak -- PROGRAM COUNT SEED FOLDER...
//! ```
//!
//! COUNT runs of `analyze`, `inspect` and `season` of PROGRAM on damaged copies of the files in the FOLDERs. Each
//! must end within 5 s and 512 MiB with a documented exit code, without a panic, and print clean text or whole
//! JSON. Run N is drawn from SEED + N alone, so what breaks is made again with COUNT 1 and its own seed; the file
//! and the command are kept in `soak-kept/`. For Linux, whose shell limits memory.

#![forbid(unsafe_code)]

mod damage;
mod packed;
#[expect(dead_code, unreachable_pub, reason = "made for the simulator, which needs more of it")]
#[path = "../fixtures/simulator/random.rs"]
mod random;
mod text;
mod trial;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use random::Random;
use trial::{Outcome, Trial};

/// Larger files would make the soak read rather than break.
const LARGEST_SEED: usize = 1 << 20;
const KEPT: &str = "soak-kept";

#[expect(clippy::print_stderr, clippy::print_stdout, reason = "the program's only words")]
fn main() -> ExitCode {
    match soak() {
        Ok(told) => {
            println!("{}", told.summary());
            if told.failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::from(2)
        }
    }
}

fn soak() -> io::Result<Told> {
    let usage = || Error::other("usage: soak PROGRAM COUNT SEED FOLDER...");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, count, seed, folders @ ..] = arguments.as_slice() else { return Err(usage()) };
    let program = fs::canonicalize(program)?;
    let count: u64 = count.parse().map_err(|_| usage())?;
    let seed: u64 = seed.parse().map_err(|_| usage())?;
    let files = files(folders)?;
    let (next, told) = (AtomicU64::new(0), Mutex::new(Told::default()));
    let work = || -> io::Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(());
            }
            let (trial, outcome) = one(&program, &files, seed + number)?;
            told.lock().map_err(|_| Error::other("a thread panicked"))?.add(seed + number, &trial, &outcome);
        }
    };
    let threads = std::thread::available_parallelism()?.get();
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        all.into_iter().try_for_each(|one| one.join().map_err(|_| Error::other("a thread panicked"))?)
    })?;
    told.into_inner().map_err(|_| Error::other("a thread panicked"))
}

/// The sound files, in the order of their bytes: that of a folder differs between machines.
fn files(folders: &[String]) -> io::Result<Vec<Vec<u8>>> {
    let mut files = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() && fs::metadata(&path)?.len() <= LARGEST_SEED as u64 {
                files.push(fs::read(path)?);
            }
        }
    }
    files.retain(|bytes| !bytes.is_empty());
    files.sort();
    if files.is_empty() { Err(Error::other("no files in the folders")) } else { Ok(files) }
}

/// One run, wholly determined by its seed and the files.
fn one(program: &Path, files: &[Vec<u8>], seed: u64) -> io::Result<(Trial, Outcome)> {
    let mut random = Random::new(seed);
    let folder = tempfile::tempdir()?;
    let trial = draw(&mut random);
    // A season gets several, one of them a copy of another.
    let count = if trial.arguments[0] == "season" { 1 + random.below(4) } else { 1 };
    fs::create_dir(folder.path().join("files"))?;
    for number in 0..count {
        let file = damage::damaged(&files[random.below(files.len())], files, &mut random);
        let bytes = packed::packed(file, files, &mut random)?;
        fs::write(folder.path().join(format!("files/{number}")), &bytes)?;
        if count == 4 && number == 3 {
            fs::write(folder.path().join("files/copy"), &bytes)?;
        }
    }
    let mut outcome = trial.run(program, folder.path(), "files/0")?;
    if outcome.exit.is_none() {
        // Other work on the machine can hold it up once.
        outcome = trial.run(program, folder.path(), "files/0")?;
    }
    if let Some(broken) = &outcome.broken {
        keep(folder.path(), seed, &trial, broken)?;
    }
    Ok((trial, outcome))
}

/// A command with options, four of ten `analyze`, three each `inspect` and `season`.
fn draw(random: &mut Random) -> Trial {
    const ANALYZE: [&str; 14] = [
        "",
        "",
        "--format json",
        "--format json --sport any",
        "-v --explain",
        "--strict",
        "--report page.html",
        "--report mile.png --units km",
        "--goal 5:20 --every 1km",
        "--laps 2-5",
        "--at 5:00",
        "--format json --distance-source gps",
        "--distance-source oval",
        "--official 5:20",
    ];
    const INSPECT: [&str; 6] =
        ["", "", "--format json", "--messages", "--messages --format json", "--strict"];
    const SEASON: [&str; 10] = [
        "",
        "",
        "--format json",
        "--format jsonl",
        "-o table.csv",
        "-o table.parquet",
        "--format csv",
        "--report page.html",
        "--chart chart.png --kind volume",
        "--duplicates keep",
    ];
    let (command, options) = match random.below(10) {
        0..4 => ("analyze", ANALYZE[random.below(ANALYZE.len())]),
        4..7 => ("inspect", INSPECT[random.below(INSPECT.len())]),
        _ => ("season", SEASON[random.below(SEASON.len())]),
    };
    let piped = command != "season" && random.chance(0.125);
    let path = match command {
        "season" => "files",
        _ if piped => "-",
        _ => "files/0",
    };
    let words = [command, path].into_iter().chain(options.split_whitespace());
    Trial { arguments: words.map(str::to_owned).collect(), piped }
}

/// Keeps what broke it: the files, what was printed, and how to do it again.
fn keep(folder: &Path, seed: u64, trial: &Trial, broken: &str) -> io::Result<()> {
    let to = PathBuf::from(KEPT).join(seed.to_string());
    fs::create_dir_all(to.join("files"))?;
    for entry in fs::read_dir(folder.join("files"))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join("files").join(entry.file_name()))?;
    }
    for printed in ["out.txt", "err.txt"] {
        fs::copy(folder.join(printed), to.join(printed))?;
    }
    let input = if trial.piped { " < files/0" } else { "" };
    fs::write(to.join("broken.txt"), format!("{broken}\nfourlap {}{input}\n", trial.arguments.join(" ")))
}

/// What all runs together showed.
#[derive(Default)]
struct Told {
    runs: BTreeMap<(String, Option<i32>), u64>,
    failures: u64,
    slowest_s: f64,
    /// The seed of the slowest run.
    slowest: u64,
    most_kib: u64,
}

impl Told {
    fn add(&mut self, seed: u64, trial: &Trial, outcome: &Outcome) {
        *self.runs.entry((trial.arguments[0].clone(), outcome.exit)).or_default() += 1;
        self.failures += u64::from(outcome.broken.is_some());
        if outcome.took_s > self.slowest_s {
            (self.slowest_s, self.slowest) = (outcome.took_s, seed);
        }
        self.most_kib = self.most_kib.max(outcome.memory_kib);
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        for ((command, exit), runs) in &self.runs {
            let exit = exit.map_or("none".to_owned(), |exit| exit.to_string());
            text += &format!("{command:<8} exit code {exit:<4} {runs:>6} runs\n");
        }
        let most_mib = self.most_kib as f64 / 1024.0;
        text += &format!(
            "slowest {:.2} s (seed {}), most memory {most_mib:.0} MiB\n",
            self.slowest_s, self.slowest
        );
        text + &format!(
            "{} broke a promise{}",
            self.failures,
            if self.failures > 0 { ", kept in soak-kept/" } else { "" }
        )
    }
}
