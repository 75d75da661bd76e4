//! The list `activities.csv` in Strava's bulk export: the names, sports and gear that the files themselves lack.

use std::collections::HashMap;
use std::io::Read;

/// The name of the list inside the export.
pub(super) const LIST: &str = "activities.csv";

/// What an archive's own list says of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// The name its owner gave the activity.
    pub name: Option<String>,
    /// The sport in the list's own word, such as `Run`.
    pub sport: Option<String>,
    /// The shoes or the bicycle.
    pub gear: Option<String>,
}

/// The labels of exports by the names of their files.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    by_member: HashMap<String, Label>,
    /// The folders in which the lists lie, with a slash at the end.
    folders: Vec<String>,
}

impl Labels {
    /// Reads a list; `folder` is where it lies, empty or with a slash at its end, and the files are named from there.
    /// Rows that cannot be read are passed over, since a file without a label is still a file.
    /// The files that it names, as it names them.
    pub(super) fn add(&mut self, list: impl Read, folder: &str) -> Vec<String> {
        self.folders.push(folder.to_owned());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(list);
        let Ok(header) = reader.headers().cloned() else { return Vec::new() };
        // Some columns appear twice in Strava's list; the first is the one for people.
        let column =
            |name: &str| header.iter().position(|title| title.trim_start_matches('\u{feff}') == name);
        let (name, sport) = (column("Activity Name"), column("Activity Type"));
        let gear = column("Activity Gear").or_else(|| column("Gear"));
        let Some(file) = column("Filename") else { return Vec::new() };
        let mut files = Vec::new();
        for row in reader.records().flatten() {
            let cell = |column: Option<usize>| {
                column.and_then(|column| row.get(column)).filter(|text| !text.is_empty()).map(str::to_owned)
            };
            if let Some(file) = cell(Some(file)) {
                let label = Label { name: cell(name), sport: cell(sport), gear: cell(gear) };
                self.by_member.insert(format!("{folder}{file}"), label);
                files.push(file);
            }
        }
        files
    }

    /// What the list says of a file, also of one that somebody unpacked.
    pub(super) fn of(&self, member: &str) -> Option<Label> {
        self.by_member.get(member).or_else(|| self.by_member.get(&format!("{member}.gz"))).cloned()
    }

    /// Whether a file is one of the planned routes that lie beside the activities of an export.
    pub(super) fn is_route(&self, member: &str) -> bool {
        let is_below = |folder: &String| {
            member.strip_prefix(folder.as_str()).is_some_and(|below| below.starts_with("routes/"))
        };
        self.folders.iter().any(is_below)
    }
}

/// What an export's list names and is not there. What was entered by hand never had a file, and is not among it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// How many files the list names.
    pub named: usize,
    /// Those that are not there, in the list's order.
    pub files: Vec<String>,
}

impl Missing {
    /// Of the files that a list names those that are not there, under their name or unpacked; `None` where all are.
    pub(super) fn of(files: Vec<String>, is_there: impl Fn(&str) -> bool) -> Option<Missing> {
        let named = files.len();
        let is_missing = |file: &String| !is_there(file) && !file.strip_suffix(".gz").is_some_and(&is_there);
        let files: Vec<String> = files.into_iter().filter(is_missing).collect();
        (!files.is_empty()).then_some(Missing { named, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sports_and_gear_are_read() {
        let list = "Activity ID,Activity Name,Activity Type,Activity Gear,Filename\n\
                    1,\"Mile, at last\",Run,Spikes,activities/1.fit.gz\n\
                    2,Commute,Ride,,\n";
        let mut labels = Labels::default();
        labels.add(list.as_bytes(), "export/");
        let label = labels.of("export/activities/1.fit.gz").unwrap();
        assert_eq!(label.name.as_deref(), Some("Mile, at last"));
        assert_eq!((label.sport.as_deref(), label.gear.as_deref()), (Some("Run"), Some("Spikes")));
        assert_eq!(labels.of("export/activities/2.fit.gz"), None);
        assert!(labels.is_route("export/routes/1.gpx") && !labels.is_route("routes/1.gpx"));
    }
}
