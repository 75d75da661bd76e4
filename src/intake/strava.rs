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

/// The labels of an export by the names of its files.
#[derive(Debug, Default)]
pub(super) struct Labels {
    by_member: HashMap<String, Label>,
}

impl Labels {
    /// Reads the list; `folder` is where it lies in the archive, and the files are named from there. Rows that
    /// cannot be read are passed over, since a file without a label is still a file.
    pub(super) fn read(list: impl Read, folder: &str) -> Labels {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(list);
        let Ok(header) = reader.headers().cloned() else { return Labels::default() };
        // Some columns appear twice in Strava's list; the first is the one for people.
        let column =
            |name: &str| header.iter().position(|title| title.trim_start_matches('\u{feff}') == name);
        let (name, sport) = (column("Activity Name"), column("Activity Type"));
        let gear = column("Activity Gear").or_else(|| column("Gear"));
        let Some(file) = column("Filename") else { return Labels::default() };
        let mut by_member = HashMap::new();
        for row in reader.records().flatten() {
            let cell = |column: Option<usize>| {
                column.and_then(|column| row.get(column)).filter(|text| !text.is_empty()).map(str::to_owned)
            };
            if let Some(file) = cell(Some(file)) {
                let label = Label { name: cell(name), sport: cell(sport), gear: cell(gear) };
                by_member.insert(format!("{folder}{file}"), label);
            }
        }
        Labels { by_member }
    }

    pub(super) fn of(&self, member: &str) -> Option<Label> {
        self.by_member.get(member).cloned()
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
        let labels = Labels::read(list.as_bytes(), "export/");
        let label = labels.of("export/activities/1.fit.gz").unwrap();
        assert_eq!(label.name.as_deref(), Some("Mile, at last"));
        assert_eq!((label.sport.as_deref(), label.gear.as_deref()), (Some("Run"), Some("Spikes")));
        assert_eq!(labels.of("export/activities/2.fit.gz"), None);
    }
}
