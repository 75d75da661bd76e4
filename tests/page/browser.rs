//! A browser without a window, for looking at pages.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// The browser, and a proxy that refuses whatever leaves it and remembers what that was.
pub(crate) struct Browser {
    program: PathBuf,
    proxy: String,
    left: Arc<Mutex<Vec<String>>>,
}

impl Browser {
    /// The browser of this machine; `None` where there is none.
    pub(crate) fn find() -> Option<Browser> {
        let folders = std::env::split_paths(&std::env::var_os("PATH")?).collect::<Vec<_>>();
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let program = places.into_iter().find(|path| path.is_file())?;
        let listener = TcpListener::bind("127.0.0.1:0").ok()?;
        let proxy = listener.local_addr().ok()?.to_string();
        let left = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&left);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut line = String::new();
                if BufReader::new(stream).read_line(&mut line).is_ok() {
                    seen.lock().unwrap().push(line.trim().to_owned());
                }
            }
        });
        Some(Browser { program, proxy, left })
    }

    /// Requests of pages that tried to leave the machine. The browser's own, to its maker, are not counted.
    pub(crate) fn left(&self) -> Vec<String> {
        const MAKER: [&str; 3] = ["google.com", "googleapis.com", "gvt1.com"];
        let left = self.left.lock().unwrap();
        left.iter().filter(|line| !MAKER.iter().any(|host| line.contains(host))).cloned().collect()
    }

    /// Opens a page with more arguments; standard output and standard error.
    pub(crate) fn open(&self, page: &Path, arguments: &[String]) -> (String, String) {
        let profile = tempfile::tempdir().unwrap();
        let quiet = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--enable-logging=stderr",
            "--no-pdf-header-footer",
            "--virtual-time-budget=4000",
        ];
        let done = Command::new(&self.program)
            .args(quiet)
            .arg(format!("--proxy-server={}", self.proxy))
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(arguments)
            .arg(format!("file://{}", page.display()))
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&done.stdout), text(&done.stderr))
    }
}
