//! A bar on the terminal while a season is read, and ctrl-C as a request to stop.

use std::fmt::Write;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::cli::output::Failure;
use crate::season::Watch;

const TEMPLATE: &str = "{bar:30} {pos} of {len} files, {rate}, {eta} left";
/// How often the bar is drawn while nothing is done.
const TICK: Duration = Duration::from_millis(200);

/// Follows the work. The bar is drawn to standard error, and only where that is a terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    stopped: Arc<AtomicBool>,
}

impl Progress {
    /// Begins to listen for ctrl-C: the first asks for a clean stop, a second one ends at once.
    pub(super) fn begun() -> Result<Progress, Failure> {
        let stopped = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stopped);
        let listen = ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::SeqCst) {
                process::exit(130);
            }
        });
        listen.map_err(|error| Failure::Report(format!("ctrl-C cannot be listened for: {error}")))?;
        Ok(Progress { bar: ProgressBar::no_length(), stopped })
    }

    /// Takes the bar away, so that the terminal is free for the result.
    pub(super) fn ended(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn begins(&self, files: usize) {
        self.bar.set_length(files as u64);
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            let told = |state: &ProgressState, out: &mut dyn Write| {
                // The bar has nobody to tell that it cannot be written.
                let _ = out.write_str(&rate(state.per_sec()));
            };
            self.bar.set_style(style.with_key("rate", told));
        }
        self.bar.enable_steady_tick(TICK);
    }

    fn done(&self) {
        self.bar.inc(1);
        // Archives inside archives hold more files than could be foreseen.
        if self.bar.length().is_some_and(|length| length < self.bar.position()) {
            self.bar.inc_length(1);
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

/// `12 files/s`, and below ten `0.8 files/s`.
fn rate(per_s: f64) -> String {
    let digits = usize::from(per_s < 9.95);
    format!("{per_s:.digits$} files/s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_no_more_digits_than_it_needs() {
        let told = [0.0, 0.84, 9.94, 9.96, 12.3456, 1234.5].map(rate);
        let expected = ["0.0", "0.8", "9.9", "10", "12", "1234"].map(|number| format!("{number} files/s"));
        assert_eq!(told, expected);
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
