//! One FIT file's messages become activities: one for each session, with the rows, laps and pauses of its time.

use super::decode::Link;
use super::messages::{Identity, Summary, TimerEvent};
use super::profile;
use crate::activity::{Activity, Format, Lap, LapTrigger, Pause, Sport};
use crate::error::Place;
use crate::notice::Notice;
use crate::parser::clock::{elapsed_s, timestamp};
use crate::parser::repair::repair;
use crate::parser::rows::{NO_TIME, Narrow, Rows, Wide};

/// A row may lie this far behind its session's end, in microseconds: devices round both.
const SLACK_US: i64 = 60_000_000;

/// The activities of one FIT file.
pub(super) fn activities(mut link: Link) -> Vec<Activity> {
    let sessions = sessions(&link);
    let device = device(&link.identity);
    link.beats.sort();
    link.timer.sort_by_key(|event| event.time_us);
    let parts = cut(std::mem::take(&mut link.rows), &sessions);
    let starts: Vec<i64> = sessions.iter().map(|s| s.start_us.unwrap_or(i64::MIN)).collect();
    let part_of = |time: i64| starts.partition_point(|&start| start <= time).saturating_sub(1);
    let mut laps: Vec<Vec<&Summary>> = vec![Vec::new(); sessions.len()];
    for lap in &link.laps {
        laps[lap.start_us.or(lap.end_us).map_or(0, part_of)].push(lap);
    }
    // What was found in the file is told once, with the session in whose bytes it was found.
    let mut notices: Vec<Vec<Notice>> = vec![Vec::new(); sessions.len()];
    for notice in std::mem::take(&mut link.notices) {
        let begins_before = |rows: &Rows| match (rows.offset.first(), notice.place) {
            (Some(&first), Some(Place::Byte(at))) => u64::from(first) <= at,
            _ => false,
        };
        notices[parts.iter().rposition(begins_before).unwrap_or(0)].push(notice);
    }
    let mut activities = Vec::with_capacity(sessions.len());
    for (((session, rows), laps), notices) in sessions.iter().zip(parts).zip(&laps).zip(notices) {
        let mut activity = activity(session, rows, laps, &link, notices);
        activity.device.clone_from(&device);
        activities.push(activity);
    }
    activities
}

/// The sessions in order of time, each start once; a single one without values where the file has none.
fn sessions(link: &Link) -> Vec<Summary> {
    let mut sessions = link.sessions.clone();
    // Some devices write a session again when it goes on: the last one is right.
    sessions.reverse();
    sessions.sort_by_key(|s| s.start_us);
    sessions.dedup_by_key(|s| s.start_us);
    if sessions.is_empty() {
        sessions.push(Summary::default());
    }
    sessions
}

/// Cuts the rows in file order at the first row that belongs to each later session.
fn cut(mut rows: Rows, sessions: &[Summary]) -> Vec<Rows> {
    let mut cuts = Vec::with_capacity(sessions.len());
    let mut from = 0;
    for session in sessions.iter().skip(1) {
        let start = session.start_us.unwrap_or(i64::MIN);
        let end = session.end().map_or(i64::MAX, |end| end.max(start).saturating_add(SLACK_US));
        let belongs = |&time: &i64| time != NO_TIME && (start..=end).contains(&time);
        let later_starts = |&time: &i64| {
            sessions
                .iter()
                .filter_map(|s| s.start_us)
                .any(|other| other > start && time >= other && time <= end)
        };
        let found = rows.time_us[from..].iter().position(|t| belongs(t) && !later_starts(t));
        // A session without rows takes none of those that follow.
        from = found.map_or(from, |at| from + at);
        cuts.push(found.map(|_| from));
    }
    let mut parts = Vec::with_capacity(sessions.len());
    for at in cuts.into_iter().rev() {
        parts.push(at.map_or_else(Rows::default, |at| rows.split_off(at)));
    }
    parts.push(rows);
    parts.reverse();
    parts
}

fn activity(
    session: &Summary,
    mut rows: Rows,
    laps: &[&Summary],
    link: &Link,
    mut notices: Vec<Notice>,
) -> Activity {
    let records = rows.len();
    use_developer_fields(&mut rows, &mut notices);
    if !link.beats.is_empty() {
        let filled = link.beats.fill(&mut rows);
        if filled > 0 {
            let message = "heart rates were taken from what the chest strap had stored";
            notices.push(Notice::new("strap-heart-rate", filled, message));
        }
    }
    let (sport, sub_sport) = sport(session, laps, link);
    if sport.counts_both_legs() {
        // FIT counts the steps of one leg.
        rows.narrow_mut(Narrow::Cadence).iter_mut().for_each(|cadence| *cadence *= 2.0);
    }
    let (repairs, _) = repair(&mut rows, &|offset| Place::Byte(offset.into()));
    notices.extend(repairs);
    let start_us = rows.time_us.first().copied();
    let end_us = rows.time_us.last().copied();
    let span = start_us.zip(end_us);
    Activity {
        format: Format::Fit,
        sport,
        sub_sport,
        name: None,
        device: None,
        start: start_us.or(session.start_us).and_then(timestamp),
        utc_offset_s: link.utc_offset_s,
        records,
        timer_s: session.timer_s.filter(|&s| s > 0.0),
        distance_m: session.distance_m,
        laps: start_us.or(session.start_us).map_or_else(Vec::new, |zero| in_order(laps, zero)),
        pauses: span.map_or_else(Vec::new, |span| pauses(&link.timer, span)),
        samples: rows.into_samples(),
        notices,
    }
}

/// Puts developer fields into the native columns that have no value at all, and says so.
fn use_developer_fields(rows: &mut Rows, notices: &mut Vec<Notice>) {
    let mut used = Vec::new();
    for (native, developer, name) in [
        (Narrow::Power, Narrow::DeveloperPower, "power"),
        (Narrow::Cadence, Narrow::DeveloperCadence, "cadence"),
        (Narrow::HeartRate, Narrow::DeveloperHeartRate, "heart rate"),
        (Narrow::Speed, Narrow::DeveloperSpeed, "speed"),
    ] {
        let values = std::mem::take(rows.narrow_mut(developer));
        // A column that another session of the file fills is there, but empty.
        if rows.narrow(native).iter().all(|v| v.is_nan()) && values.iter().any(|v| !v.is_nan()) {
            *rows.narrow_mut(native) = values;
            used.push(name);
        }
    }
    let distance = std::mem::take(rows.wide_mut(Wide::DeveloperDistance));
    if rows.wide(Wide::Distance).iter().all(|v| v.is_nan()) && distance.iter().any(|v| !v.is_nan()) {
        *rows.wide_mut(Wide::Distance) = distance;
        used.push("distance");
    }
    if !used.is_empty() {
        let message = format!("{} taken from developer fields, as the watch has none", used.join(", "));
        notices.push(Notice::new("developer-field", used.len(), message));
    }
}

fn sport(session: &Summary, laps: &[&Summary], link: &Link) -> (Sport, Option<String>) {
    let of_laps = laps.iter().find_map(|lap| lap.sport.map(|sport| (sport, lap.sub_sport.unwrap_or(0))));
    let own = session.sport.map(|sport| (sport, session.sub_sport.unwrap_or(0)));
    // A session of the generic sport says less than anything else does.
    let specific = own.filter(|&(number, _)| number != 0);
    let Some((number, sub)) = specific.or(link.sport).or(of_laps).or(own) else {
        return (Sport::Unknown, None);
    };
    let sport = match profile::sport(number) {
        Some("running") => Sport::Running,
        Some(name) => Sport::Other(name.into()),
        None if number == 0 => Sport::Unknown,
        None => Sport::Other(format!("sport_{number}")),
    };
    (sport, profile::sub_sport(sub).map(str::to_owned))
}

fn in_order(laps: &[&Summary], zero_us: i64) -> Vec<Lap> {
    let mut laps: Vec<Lap> = laps.iter().filter_map(|summary| lap(summary, zero_us)).collect();
    laps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    laps
}

fn lap(summary: &Summary, zero_us: i64) -> Option<Lap> {
    let by_end = || Some(summary.end_us? - (summary.elapsed_s? * 1e6) as i64);
    let start_us = summary.start_us.or_else(by_end)?;
    let trigger = summary.trigger.map(|trigger| match trigger {
        0 => LapTrigger::Manual,
        1 => LapTrigger::Time,
        2 => LapTrigger::Distance,
        3..=6 => LapTrigger::Position,
        7 => LapTrigger::SessionEnd,
        _ => LapTrigger::Other,
    });
    Some(Lap {
        start_s: elapsed_s(zero_us, start_us),
        elapsed_s: summary.elapsed_s,
        timer_s: summary.timer_s,
        distance_m: summary.distance_m,
        trigger,
    })
}

/// From each stop of the timer to its next start, as far as it lies within the samples. The events are in
/// order of time.
fn pauses(events: &[TimerEvent], (zero_us, end_us): (i64, i64)) -> Vec<Pause> {
    let mut pauses = Vec::new();
    let mut stopped = None;
    for event in events {
        if !event.running {
            stopped = stopped.or(Some(event.time_us));
        } else if let Some(from) = stopped.take() {
            let (from, to) = (from.max(zero_us), event.time_us.min(end_us));
            if from < to {
                pauses.push(Pause { start_s: elapsed_s(zero_us, from), end_s: elapsed_s(zero_us, to) });
            }
        }
    }
    pauses
}

/// Maker and model in words, as far as they are known: "Garmin fenix 6X", "Garmin product 9999", "Suunto".
fn device(identity: &Identity) -> Option<String> {
    let maker = identity.manufacturer.and_then(profile::manufacturer);
    let model = match (&identity.product_name, identity.product) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(number)) if maker == Some("Garmin") => {
            Some(profile::garmin_product(number).map_or(format!("product {number}"), str::to_owned))
        }
        _ => None,
    };
    match (maker, model) {
        (Some(maker), Some(model)) if !model.starts_with(maker) => Some(format!("{maker} {model}")),
        (_, Some(model)) => Some(model),
        (Some(maker), None) => Some(maker.to_owned()),
        (None, None) => None,
    }
}
