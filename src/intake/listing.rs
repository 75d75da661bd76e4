//! The files below paths: folders are walked in order of names, whatever their files are called.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Seek};
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
    /// How it is to be read.
    pub holds: Holds,
}

/// What a path holds, as far as the listing looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// One document, or an error.
    One,
    /// An archive of so many members, folders and noise counted.
    Archive(usize),
    /// What can be read only once, from its beginning to its end, such as a pipe: it is not looked into.
    Stream,
}

impl Holds {
    fn of(path: &Path) -> Holds {
        if path.as_os_str() == "-" {
            return Holds::Stream;
        }
        match fs::metadata(path) {
            Ok(found) if found.is_file() => Holds::of_file(path).unwrap_or(Holds::One),
            Ok(found) if !found.is_dir() => Holds::Stream,
            _ => Holds::One,
        }
    }

    /// Looks at a file's first bytes; `None` where it is no archive or cannot be opened.
    fn of_file(path: &Path) -> Option<Holds> {
        let mut file = File::open(path).ok()?;
        let mut head = [0; 4];
        file.read_exact(&mut head).ok().filter(|()| archive::is_zip(&head))?;
        file.rewind().ok()?;
        Some(Holds::Archive(archive::members(file).unwrap_or(1)))
    }

    /// How many documents there are at least.
    pub(crate) fn documents(self) -> usize {
        match self {
            Holds::Archive(members) => members,
            Holds::One | Holds::Stream => 1,
        }
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
            let holds = Holds::of(path);
            listed.push(Listed { path: path.clone(), below: None, label: None, error: None, holds });
        }
    }
    // It stays until all of it is read, and had room for twice as many.
    listed.shrink_to_fit();
    listed
}

fn walk(folder: &Path, below: &str, labels: &Labels, listed: &mut Vec<Listed>) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            let (path, below) = (folder.to_owned(), Some(below.to_owned()));
            listed.push(Listed { path, below, label: None, error: Some(error.into()), holds: Holds::One });
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
                let holds = Holds::of_file(&path).unwrap_or(Holds::One);
                listed.push(Listed { path, below: Some(below), label, error: None, holds });
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
        assert_eq!((listed.len(), listed[0].below.as_deref(), listed[0].holds), (1, None, Holds::One));
    }

    #[test]
    fn only_files_are_looked_into() {
        let folder = folder(&["run.fit"]);
        let archive = folder.path().join("empty.zip");
        // The end of an archive without members (APPNOTE.TXT 4.3.16).
        fs::write(&archive, [b"PK\x05\x06".as_slice(), &[0; 18]].concat()).unwrap();
        assert_eq!(Holds::of(&archive), Holds::Archive(0));
        assert_eq!(Holds::of(&folder.path().join("run.fit")), Holds::One);
        assert_eq!(Holds::of(Path::new("-")), Holds::Stream);
        #[cfg(unix)]
        assert_eq!(Holds::of(Path::new("/dev/null")), Holds::Stream);
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
