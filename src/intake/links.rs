//! Links among the members of a zip archive, followed as on disk.

use std::collections::HashSet;
use std::io::{Read, Seek};

use zip::ZipArchive;

use super::archive::{damaged, name_of, unreadable};
use super::{DANGLING, HEAD_BYTES, names};
use crate::error::{Error, ErrorKind};

/// Links to links are followed this far.
const MOST_LINKS: usize = 8;

/// The links of one archive.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The folders in it, once a link asked for one.
    folders: Option<HashSet<String>>,
}

impl Links {
    /// The member that a link leads to, `None` where that is a folder. Links are followed as far as they would be on
    /// disk, but not out of the archive.
    pub(super) fn followed<S: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<S>,
        index: usize,
    ) -> Result<Option<usize>, Error> {
        let mut index = index;
        for _ in 0..MOST_LINKS {
            let mut entry = archive.by_index(index).map_err(damaged)?;
            if !entry.is_symlink() {
                return Ok(entry.is_file().then_some(index));
            }
            let mut target = Vec::new();
            entry.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut target).map_err(unreadable)?;
            drop(entry);
            let Some(target) = path_from(&name_of(archive, index), &names::escaped(&target)) else { break };
            match archive.index_for_name(&target) {
                Some(found) => index = found,
                None if self.is_folder(archive, &target) => return Ok(None),
                None => break,
            }
        }
        Err(Error::new(ErrorKind::NotAFile { is: DANGLING.into() }))
    }

    /// Archives need not list their folders, so those of all members count.
    fn is_folder<S: Read + Seek>(&mut self, archive: &ZipArchive<S>, path: &str) -> bool {
        let folders = self.folders.get_or_insert_with(|| {
            let names = archive.file_names_raw().map(names::escaped);
            names.flat_map(|name| folders_of(&name).map(str::to_owned).collect::<Vec<_>>()).collect()
        });
        folders.contains(path.trim_end_matches('/'))
    }
}

/// `a/b` and `a` for `a/b/c`.
fn folders_of(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|(end, _)| &name[..end])
}

/// Where a link's target lies in the archive; `None` where it lies outside.
fn path_from(link: &str, target: &str) -> Option<String> {
    // A path from the root of a disk.
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = link.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{folders_of, path_from};

    #[test]
    fn the_folders_of_a_name_are_those_above_it() {
        assert_eq!(folders_of("a/b/c.fit").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_of("c.fit").count(), 0);
    }

    #[test]
    fn a_link_leads_from_its_own_folder_and_not_out_of_the_archive() {
        let path = |link, target| path_from(link, target);
        assert_eq!(path("a/b/link.fit", "../c.fit").as_deref(), Some("a/c.fit"));
        assert_eq!(path("link.fit", "./a//c.fit").as_deref(), Some("a/c.fit"));
        assert_eq!((path("link", "a/b/").as_deref(), path("link", "/b/")), (Some("a/b"), None));
        assert_eq!(path("link.fit", "a/c.fit").as_deref(), Some("a/c.fit"));
        assert_eq!((path("link.fit", "../c.fit"), path("a/link.fit", "/c.fit")), (None, None));
        assert_eq!(path("a/link", "b/").as_deref(), Some("a/b"));
    }
}
