//! The files below paths: folders are walked in order of names, whatever their files are called.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use super::strava::{self, Labels, Missing};
use super::{Label, archive, names};
use crate::error::{Error, ErrorKind};

/// A file to be read, or what cannot be.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The path as the caller named it, or below a folder that the caller named.
    pub path: PathBuf,
    /// The number of the path that the caller named and that led to it.
    pub root: usize,
    /// Where it lies below the named folder, with slashes; `None` for a file that was named itself.
    pub below: Option<String>,
    /// What the list of an unpacked export says of it.
    pub label: Option<Label>,
    /// Why it cannot be read: a folder that cannot be looked into, a link that leads nowhere.
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

/// What paths lead to.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// All files, each once.
    pub files: Vec<Listed>,
    /// What unpacked exports lack, each with its folder.
    pub missing: Vec<(String, Missing)>,
}

/// All files that paths lead to, folders walked to their ends in order of names. What several paths lead to is there
/// once, where it was met first.
///
/// Hidden files and folders, what macOS adds to archives, folders behind links (they may lead back), and what is
/// no file at all are left out; so are the planned routes of an unpacked Strava export.
pub(crate) fn list(paths: &[PathBuf]) -> Listing {
    let mut walk = Walk::default();
    for (root, path) in paths.iter().enumerate() {
        walk.root = root;
        if path.is_dir() {
            let real = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            walk.folder(path, &real, "", &Labels::default());
        } else if walk.seen.insert(real_place(path)) {
            let holds = Holds::of(path);
            walk.add(path.clone(), None, None, Ok(holds));
        }
    }
    // It stays until all of it is read, and had room for twice as many.
    walk.listing.files.shrink_to_fit();
    walk.listing
}

/// Where a file really lies, whatever way leads to it; a link is a file of its own.
fn real_place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) if path.as_os_str() != "-" => folder.join(name),
        _ => path.to_owned(),
    }
}

#[derive(Default)]
struct Walk {
    listing: Listing,
    /// The number of the path that is being followed.
    root: usize,
    /// The real places of what was met.
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn add(
        &mut self,
        path: PathBuf,
        below: Option<String>,
        label: Option<Label>,
        holds: Result<Holds, Error>,
    ) {
        let (holds, error) = holds.map_or_else(|error| (Holds::One, Some(error)), |holds| (holds, None));
        self.listing.files.push(Listed { path, root: self.root, below, label, error, holds });
    }

    /// Follows a folder that really is at `real`.
    fn folder(&mut self, folder: &Path, real: &Path, below: &str, labels: &Labels) {
        if !self.seen.insert(real.to_owned()) {
            return;
        }
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            Err(error) => {
                return self.add(folder.to_owned(), Some(below.to_owned()), None, Err(error.into()));
            }
        };
        let mut names: Vec<_> = entries.iter().map(fs::DirEntry::file_name).collect();
        names.sort();
        let own = self.labels(folder, &prefix(below));
        let labels = own.as_ref().unwrap_or(labels);
        for name in &names {
            let text = names::of_path(Path::new(name));
            let below = format!("{}{text}", prefix(below));
            if names::is_hidden(&text) {
                continue;
            }
            let (path, real) = (folder.join(name), real.join(name));
            // A link to a file is followed, a link to a folder is not.
            let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
            match fs::metadata(&path) {
                Ok(found) if found.is_dir() && is_link => {}
                Ok(found) if found.is_dir() && labels.is_route(&format!("{below}/")) => {}
                Ok(found) if found.is_dir() => self.folder(&path, &real, &below, labels),
                Ok(found) if found.is_file() && self.seen.insert(real.clone()) => {
                    let label = labels.of(&below);
                    let holds = Holds::of_file(&path).unwrap_or(Holds::One);
                    self.add(path, Some(below), label, Ok(holds));
                }
                Err(_) if is_link && self.seen.insert(real) => {
                    let error = Error::new(ErrorKind::NotAFile { is: super::DANGLING.into() });
                    self.add(path, Some(below), None, Err(error));
                }
                _ => {}
            }
        }
    }

    /// What the list of an unpacked export says; what it names and is not there is kept.
    fn labels(&mut self, folder: &Path, prefix: &str) -> Option<Labels> {
        let list = File::open(folder.join(strava::LIST)).ok()?;
        let mut labels = Labels::default();
        let files = labels.add(list, prefix);
        if let Some(missing) = Missing::of(files, |file| folder.join(file).exists()) {
            self.listing.missing.push((names::of_path(folder), missing));
        }
        Some(labels)
    }
}

fn prefix(below: &str) -> String {
    if below.is_empty() { String::new() } else { format!("{below}/") }
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
        let listed = list(&[folder.path().to_owned()]).files;
        assert_eq!(below(&listed), ["a.txt", "b/10.fit", "b/2.fit"]);
        assert_eq!(listed[0].path, folder.path().join("a.txt"));
    }

    #[test]
    fn a_named_file_is_listed_whether_or_not_it_is_there() {
        let listed = list(&["none.fit".into()]).files;
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
        let listed = list(&[folder.path().to_owned()]).files;
        assert_eq!(below(&listed), ["activities/1.fit", "activities.csv", "media/3.jpg"]);
        assert_eq!(listed[0].label.as_ref().unwrap().name.as_deref(), Some("At last"));
    }

    #[test]
    fn what_several_paths_lead_to_is_listed_once() {
        let folder = folder(&["a/b/1.fit", "a/2.fit", "c.fit"]);
        let path = |name: &str| folder.path().join(name);
        let again = path("a/../a/./b");
        let listed =
            list(&[path("a/b"), path("a"), again, path("c.fit"), path("./c.fit"), "-".into(), "-".into()]);
        let found: Vec<_> = listed.files.iter().map(|file| (file.root, file.path.clone())).collect();
        let expected = [(0, path("a/b/1.fit")), (1, path("a/2.fit")), (3, path("c.fit")), (5, "-".into())];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_an_unpacked_export_lacks_is_told() {
        let folder = folder(&["activities/1.fit"]);
        let list_of = "Filename\nactivities/1.fit.gz\nactivities/2.gpx\n\n";
        fs::write(folder.path().join("activities.csv"), list_of).unwrap();
        let listed = list(&[folder.path().to_owned()]);
        let expected = Missing { named: 2, files: vec!["activities/2.gpx".into()] };
        assert_eq!(listed.missing, [(folder.path().display().to_string(), expected)]);
        assert!(listed.files[0].label.is_some(), "somebody unpacked 1.fit.gz");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_an_error_of_its_own() {
        let folder = folder(&[]);
        std::os::unix::fs::symlink("gone.fit", folder.path().join("run.fit")).unwrap();
        std::os::unix::fs::symlink("gone.fit", folder.path().join(".lock")).unwrap();
        let listed = list(&[folder.path().to_owned()]).files;
        assert_eq!(below(&listed), ["run.fit"]);
        assert_eq!(listed[0].error.as_ref().unwrap().told(), "a link to a file that is not there");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_differ_in_one_bad_byte_are_two() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&[]);
        for name in [b"l\xE4uf.fit", b"l\xE5uf.fit"] {
            fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), "").unwrap();
        }
        assert_eq!(below(&list(&[folder.path().to_owned()]).files), ["l\\xE4uf.fit", "l\\xE5uf.fit"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_leads_nowhere() {
        let folder = folder(&["a/run.fit"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a/run.fit"), folder.path().join("link.fit")).unwrap();
        let listed = list(&[folder.path().to_owned()]).files;
        assert_eq!(below(&listed), ["a/run.fit", "link.fit"]);
    }
}
