//! Whose a file of a squad is, told by folders and archives.

use std::fs;
use std::path::{Path, PathBuf};

use crate::intake::listing::{Holds, Listed};
use crate::intake::names;

/// The paths of a squad. One rule: of one path each folder or archive in it is an athlete's, of several each path that
/// is itself a folder or an archive. Equal names are one athlete's.
#[derive(Debug)]
pub(super) struct Squad {
    /// What several paths are called; empty for one.
    named: Vec<Option<String>>,
}

impl Squad {
    pub(super) fn of(paths: &[PathBuf]) -> Squad {
        let several = paths.len() > 1;
        Squad { named: if several { paths.iter().map(|path| name(path)).collect() } else { Vec::new() } }
    }

    /// Whose a file or a member of an archive is; `None` where it lies beside the folders.
    pub(super) fn athlete(&self, file: &Listed, member: Option<&str>) -> Option<String> {
        let Some(named) = self.named.get(file.root) else {
            let way: Vec<&str> = [file.below.as_deref(), member]
                .into_iter()
                .flatten()
                .flat_map(|part| part.split('/'))
                .collect();
            // The last part is the file itself, except of an archive that cannot be opened.
            let is_folder = way.len() > 1 || way.first().is_some_and(|name| bare(name) != *name);
            return way.first().filter(|_| is_folder).map(|name| bare(name).to_owned());
        };
        let is_archive = member.is_some() || matches!(file.holds, Holds::Archive(_));
        named.clone().filter(|_| file.below.is_some() || is_archive)
    }
}

/// What a path is called: `.` as the folder that it is; `None` for standard input.
fn name(path: &Path) -> Option<String> {
    let own = path.file_name().filter(|_| path.as_os_str() != "-").map(PathBuf::from);
    let own = own.or_else(|| Some(PathBuf::from(fs::canonicalize(path).ok()?.file_name()?)))?;
    Some(bare(&names::of_path(&own)).to_owned())
}

/// An archive's name without its ending.
fn bare(name: &str) -> &str {
    let at = name.len().saturating_sub(".zip".len());
    match name.get(at..) {
        Some(ending) if at > 0 && ending.eq_ignore_ascii_case(".zip") => &name[..at],
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(root: usize, below: Option<&str>, holds: Holds) -> Listed {
        Listed { path: "x".into(), root, below: below.map(str::to_owned), label: None, error: None, holds }
    }

    fn whose(squad: &Squad, below: Option<&str>, member: Option<&str>) -> Option<String> {
        let holds = if member.is_some() { Holds::Archive(1) } else { Holds::One };
        squad.athlete(&file(0, below, holds), member)
    }

    #[test]
    fn of_one_path_each_folder_or_archive_in_it_is_an_athletes() {
        let squad = Squad::of(&["squad".into()]);
        let anna = Some("anna".to_owned());
        assert_eq!(whose(&squad, Some("anna/2026/1.fit"), None), anna);
        assert_eq!(whose(&squad, Some("anna.zip"), Some("1.fit")), anna);
        assert_eq!(whose(&squad, Some("anna/2026.zip"), Some("ben/1.fit")), anna);
        assert_eq!(whose(&squad, None, Some("anna/1.fit")), anna, "squad.zip itself was named");
        assert_eq!(whose(&squad, None, Some("anna.zip/1.fit")), anna);
        assert_eq!(whose(&squad, None, Some("anna.zip")), anna, "a broken one in squad.zip");
        assert_eq!((whose(&squad, Some("1.fit"), None), whose(&squad, None, Some("1.fit"))), (None, None));
        assert_eq!(squad.athlete(&file(0, Some("anna.ZIP"), Holds::Archive(1)), None), anna, "a broken one");
        assert_eq!(squad.athlete(&file(0, None, Holds::Archive(1)), None), None);
    }

    #[test]
    fn of_several_paths_each_folder_or_archive_is_an_athletes() {
        let squad = Squad::of(&["squad/anna".into(), "squad/ben.zip".into(), "coach.fit".into(), "-".into()]);
        let of = |root, below, holds, member| squad.athlete(&file(root, below, holds), member);
        assert_eq!(of(0, Some("2026/1.fit"), Holds::One, None).as_deref(), Some("anna"));
        assert_eq!(of(0, Some("1.fit"), Holds::One, None).as_deref(), Some("anna"));
        assert_eq!(of(1, None, Holds::Archive(1), Some("2026/1.fit")).as_deref(), Some("ben"));
        assert_eq!(of(2, None, Holds::One, None), None);
        assert_eq!(of(3, None, Holds::Stream, Some("anna/1.fit")), None);
    }

    #[test]
    fn a_folder_that_is_called_by_dots_has_its_own_name() {
        let here = std::env::current_dir().unwrap();
        let here = here.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name(Path::new(".")), Some(here));
        assert_eq!(name(Path::new("squad/anna/")).as_deref(), Some("anna"));
        assert_eq!((bare("anna.zip"), bare(".zip"), bare("anna")), ("anna", ".zip", "anna"));
    }
}
