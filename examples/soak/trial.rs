//! One run of the program in a process of its own, held to what every run promises.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longest that a run may take.
const LIMIT: Duration = Duration::from_secs(5);
/// Most memory that a run may ask for, in KiB: 512 MiB.
const MEMORY_KIB: u64 = 512 * 1024;

/// What one run of the program is given.
pub(crate) struct Trial {
    /// The command and its options, as on the command line.
    pub(crate) arguments: Vec<String>,
    /// Whether the file comes on standard input.
    pub(crate) piped: bool,
}

/// How a run went.
pub(crate) struct Outcome {
    pub(crate) exit: Option<i32>,
    pub(crate) took_s: f64,
    /// Largest resident memory that was seen.
    pub(crate) memory_kib: u64,
    /// The first promise that was broken.
    pub(crate) broken: Option<String>,
}

impl Trial {
    /// Runs `program` in `folder`, where the damaged file is `file`.
    pub(crate) fn run(&self, program: &Path, folder: &Path, file: &str) -> io::Result<Outcome> {
        let (out, err) = (folder.join("out.txt"), folder.join("err.txt"));
        let stdin = if self.piped { File::open(folder.join(file))?.into() } else { Stdio::null() };
        // The shell's limit is on addresses, so it is stricter than one on memory in use.
        let begun = Instant::now();
        let child = Command::new("sh")
            .args(["-c", &format!("ulimit -v {MEMORY_KIB} && exec \"$0\" \"$@\"")])
            .arg(program)
            .args(&self.arguments)
            .current_dir(folder)
            .env("FOURLAP_CONFIG", "")
            .stdin(stdin)
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?)
            .spawn()?;
        let (status, memory_kib) = wait(child)?;
        let took_s = begun.elapsed().as_secs_f64();
        let (out, err) = (fs::read(out)?, fs::read(err)?);
        let exit = status.and_then(|status| status.code());
        let broken = match status {
            None => Some(format!("still at work after {} s", LIMIT.as_secs())),
            Some(status) => self.broken_promise(status, &out, &err),
        };
        Ok(Outcome { exit, took_s, memory_kib, broken })
    }

    fn broken_promise(&self, status: ExitStatus, out: &[u8], err: &[u8]) -> Option<String> {
        let (Ok(out), Ok(err)) = (std::str::from_utf8(out), std::str::from_utf8(err)) else {
            return Some("printed what is no UTF-8".into());
        };
        let Some(code @ 0..=2) = status.code() else { return Some(format!("ended with {status}")) };
        if err.contains("panicked") {
            return Some("panicked".into());
        }
        // A table keeps the paths as they are, line breaks in them too.
        let shown = if self.has("csv") { "" } else { out };
        if let Some(odd) = shown.chars().chain(err.chars()).find(|c| c.is_control() && *c != '\n') {
            return Some(format!("printed the control character {odd:?}"));
        }
        if code != 0 && err.trim().is_empty() && out.trim().is_empty() {
            return Some(format!("ended with {code} and without a word"));
        }
        if err.contains("unexpected argument") || err.contains("Usage:") {
            return Some("was called wrongly: the soak itself is at fault".into());
        }
        if self.has("json") { broken_json(self.has("analyze"), code, out) } else { None }
    }

    fn has(&self, word: &str) -> bool {
        self.arguments.iter().any(|argument| argument == word)
    }
}

/// Each document is whole and has its schema, and `analyze` ends with 0 only where one of them has a mile.
fn broken_json(analyze: bool, code: i32, out: &str) -> Option<String> {
    let documents: Result<Vec<Value>, serde_json::Error> =
        serde_json::Deserializer::from_str(out).into_iter().collect();
    let documents = match documents {
        Ok(documents) => documents,
        Err(error) => return Some(format!("printed JSON that is none: {error}")),
    };
    if documents.iter().any(|document| document.get("schema").is_none()) {
        return Some("printed JSON without its schema".into());
    }
    let has_mile = documents.iter().any(|document| !document["best_mile"].is_null());
    let wrong = analyze && (code == 0 && !has_mile || code == 1 && has_mile);
    wrong.then(|| format!("ended with {code}, and a mile is {has_mile}"))
}

/// Waits for the end, and ends it at the limit.
fn wait(mut child: Child) -> io::Result<(Option<ExitStatus>, u64)> {
    let begun = Instant::now();
    let mut memory_kib = 0;
    loop {
        memory_kib = memory_kib.max(peak_kib(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            return Ok((Some(status), memory_kib));
        }
        if begun.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok((None, memory_kib));
        }
        sleep(Duration::from_millis(1));
    }
}

/// The most memory that a living process has held so far; `None` where the system does not tell.
fn peak_kib(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
