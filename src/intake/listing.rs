//! The files below paths: folders are walked in order of names, whatever their files are called.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::strava::{self, Labels};
use super::{Label, archive};
use crate::error::Error;

/// A file to be read, or a folder that cannot be.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The path as the caller named it, or below a folder that the caller named.
    pub path: PathBuf,
    /// Where it lies below the named folder, with slashes; `None` for a file that was named itself.
    pub below: Option<String>,
    /// What the list of an unpacked export says of it.
    pub label: Option<Label>,
    /// Why it cannot be read: only folders are looked into here.
    pub error: Option<Error>,
}

impl Listed {
    /// Whether it is an archive, or something else that can only be read from its beginning to its end; a file
    /// that cannot be opened is none.
    pub(crate) fn is_stream(&self) -> bool {
        let mut head = [0; 4];
        let mut read = |path: &Path| File::open(path).and_then(|mut file| file.read_exact(&mut head));
        self.path.as_os_str() == "-" || (read(&self.path).is_ok() && archive::is_zip(&head))
    }

    /// How many documents it holds at least: an archive as many as it has members.
    pub(crate) fn documents(&self) -> usize {
        let members = || archive::members(&self.path).filter(|_| self.path.as_os_str() != "-");
        if self.is_stream() { members().unwrap_or(1) } else { 1 }
    }
}

/// All files that paths lead to, folders walked to their ends in order of names.
///
/// Hidden files and folders, what macOS adds to archives, folders behind links (they may lead back), and what is
/// no file at all are left out; so are the planned routes of an unpacked Strava export.
pub(crate) fn list(paths: &[PathBuf]) -> Vec<Listed> {
    let mut listed = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, "", &Labels::default(), &mut listed);
        } else {
            listed.push(Listed { path: path.clone(), below: None, label: None, error: None });
        }
    }
    listed
}

fn walk(folder: &Path, below: &str, labels: &Labels, listed: &mut Vec<Listed>) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            let (path, below) = (folder.to_owned(), Some(below.to_owned()));
            listed.push(Listed { path, below, label: None, error: Some(error.into()) });
            return;
        }
    };
    let mut names: Vec<_> = entries.iter().map(fs::DirEntry::file_name).collect();
    names.sort();
    let list = File::open(folder.join(strava::LIST)).ok().map(|list| Labels::read(list, &prefix(below)));
    let labels = list.as_ref().unwrap_or(labels);
    for name in names.iter().filter(|name| !is_noise(name)) {
        if list.is_some() && name == "routes" {
            continue;
        }
        let path = folder.join(name);
        let below = format!("{}{}", prefix(below), name.to_string_lossy());
        // A link to a file is followed, a link to a folder is not.
        let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() && !is_link => walk(&path, &below, labels, listed),
            Ok(found) if found.is_file() => {
                let label = labels.of(&below);
                listed.push(Listed { path, below: Some(below), label, error: None });
            }
            _ => {}
        }
    }
}

fn prefix(below: &str) -> String {
    if below.is_empty() { String::new() } else { format!("{below}/") }
}

fn is_noise(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name == "__MACOSX"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        folder
    }

    fn below(listed: &[Listed]) -> Vec<&str> {
        listed.iter().filter_map(|file| file.below.as_deref()).collect()
    }

    #[test]
    fn folders_are_walked_in_order_of_names_and_hidden_files_left_out() {
        let folder = folder(&["b/2.fit", "b/10.fit", "a.txt", ".hidden", ".git/x", "__MACOSX/._a.txt"]);
        let listed = list(&[folder.path().to_owned()]);
        assert_eq!(below(&listed), ["a.txt", "b/10.fit", "b/2.fit"]);
        assert_eq!(listed[0].path, folder.path().join("a.txt"));
    }

    #[test]
    fn a_named_file_is_listed_whether_or_not_it_is_there() {
        let listed = list(&["none.fit".into()]);
        assert_eq!((listed.len(), listed[0].below.as_deref(), listed[0].is_stream()), (1, None, false));
    }

    #[test]
    fn an_unpacked_export_is_labelled_by_its_list() {
        let folder = folder(&["activities/1.fit", "routes/2.gpx", "media/3.jpg"]);
        let list_of = "Activity Name,Filename\nAt last,activities/1.fit\n";
        fs::write(folder.path().join("activities.csv"), list_of).unwrap();
        let listed = list(&[folder.path().to_owned()]);
        assert_eq!(below(&listed), ["activities/1.fit", "activities.csv", "media/3.jpg"]);
        assert_eq!(listed[0].label.as_ref().unwrap().name.as_deref(), Some("At last"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_leads_nowhere() {
        let folder = folder(&["a/run.fit"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a/run.fit"), folder.path().join("link.fit")).unwrap();
        assert_eq!(below(&list(&[folder.path().to_owned()])), ["a/run.fit", "link.fit"]);
    }
}
