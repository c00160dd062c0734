//! Which artifact is a newer state of which.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Artifact, Id, Timestamp};

/// When an artifact was captured, else imported.
pub(crate) fn captured(artifact: &Artifact) -> Option<Timestamp> {
    artifact.captured_at.or(artifact.imported_at)
}

/// Artifacts and their newer states.
pub(crate) struct States<'a> {
    by_id: BTreeMap<Id, &'a Artifact>,
    newer: BTreeMap<Id, Id>,
}

impl<'a> States<'a> {
    pub(crate) fn of(artifacts: &'a [Artifact]) -> Self {
        let by_id: BTreeMap<Id, &Artifact> = artifacts.iter().map(|artifact| (artifact.id, artifact)).collect();
        let links = artifacts.iter().filter_map(|artifact| Some((artifact.replaces?, artifact.id)));
        let newer = links.filter(|(earlier, _)| by_id.contains_key(earlier)).collect();
        Self { by_id, newer }
    }

    /// Those that have a newer state.
    pub(crate) fn superseded(&self) -> BTreeSet<Id> {
        self.newer.keys().copied().collect()
    }

    /// The artifact with an id.
    pub(crate) fn artifact(&self, id: Id) -> Option<&'a Artifact> {
        self.by_id.get(&id).copied()
    }

    /// The newest state of an artifact that has one.
    pub(crate) fn newest(&self, id: Id) -> Option<&'a Artifact> {
        let mut at = *self.newer.get(&id)?;
        // The store refuses circles; a walk no longer than the list ends in any file.
        for _ in 0..self.by_id.len() {
            match self.newer.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        self.artifact(at)
    }

    /// Every artifact with the one that it replaces, in the order of import.
    pub(crate) fn pairs(artifacts: &'a [Artifact]) -> Vec<(&'a Artifact, &'a Artifact)> {
        let states = Self::of(artifacts);
        let pair = |newer: &'a Artifact| Some((states.artifact(newer.replaces?)?, newer));
        artifacts.iter().filter_map(pair).collect()
    }
}

/// The earlier artifact of which a file just imported is a newer state: of the same format and tool, captured before,
/// not replaced yet, and not from the same import (`fresh`: those of this import).
///
/// The same path tells it, else the same name, else the same subject, as long as only one artifact fits: of several
/// load tests of one system, none is an older state of another. Subjects that are given and differ never match.
pub(crate) fn recognise<'a>(new: &Artifact, artifacts: &'a [Artifact], fresh: &BTreeSet<Id>) -> Option<&'a Artifact> {
    let superseded = States::of(artifacts).superseded();
    let earlier = |old: &Artifact| match (old.captured_at, new.captured_at) {
        (Some(old), Some(new)) => old < new,
        // Where a file does not say, the one imported first came first.
        _ => captured(old) <= captured(new),
    };
    let fits = |old: &&Artifact| {
        old.id != new.id
            && old.format == new.format
            && old.tool == new.tool
            && !fresh.contains(&old.id)
            && !superseded.contains(&old.id)
            && (old.subject.is_empty() || new.subject.is_empty() || old.subject == new.subject)
            && earlier(old)
    };
    let fitting: Vec<&Artifact> = artifacts.iter().filter(fits).collect();
    let by_path = |old: &Artifact| old.path == new.path;
    let by_name = |old: &Artifact| old.name == new.name;
    let by_subject = |old: &Artifact| !old.subject.is_empty() && old.subject == new.subject;
    let tests: [&dyn Fn(&Artifact) -> bool; 3] = [&by_path, &by_name, &by_subject];
    for test in tests {
        let found: Vec<&Artifact> = fitting.iter().copied().filter(|old| test(old)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Some(one),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(n: u64, name: &str, subject: &str, day: Option<&str>) -> Artifact {
        Artifact {
            id: Id::from_parts(n, 1),
            name: name.into(),
            path: name.into(),
            tool: "k6".into(),
            format: "k6-summary".into(),
            subject: subject.into(),
            captured_at: day.map(|day| format!("{day}T10:00:00Z").parse().unwrap()),
            imported_at: Some(format!("2026-06-01T10:00:{n:02}Z").parse().unwrap()),
            ..Artifact::default()
        }
    }

    fn found(new: &Artifact, old: &[Artifact]) -> Option<u64> {
        recognise(new, old, &BTreeSet::new()).map(|artifact| artifact.id.unix_ms())
    }

    #[test]
    fn a_newer_file_of_the_same_name_or_subject_is_a_newer_state() {
        let old =
            [artifact(1, "orders.json", "", Some("2026-05-01")), artifact(2, "board.json", "", Some("2026-05-01"))];
        assert_eq!(found(&artifact(3, "orders.json", "", Some("2026-06-01")), &old), Some(1));
        assert_eq!(found(&artifact(3, "orders.json", "", Some("2026-04-01")), &old), None, "an older file");
        assert_eq!(found(&artifact(3, "other.json", "", Some("2026-06-01")), &old), None);
        let named = [artifact(1, "may.json", "orders", Some("2026-05-01"))];
        assert_eq!(found(&artifact(3, "june.json", "orders", Some("2026-06-01")), &named), Some(1));
        assert_eq!(found(&artifact(3, "may.json", "board", Some("2026-06-01")), &named), None, "another subject");
        let undated = [artifact(1, "orders.json", "", None)];
        assert_eq!(found(&artifact(3, "orders.json", "", None), &undated), Some(1), "imported later");
    }

    #[test]
    fn what_several_fit_and_what_came_in_one_import_is_left_to_a_person() {
        let several =
            [artifact(1, "10.json", "api", Some("2026-05-01")), artifact(2, "50.json", "api", Some("2026-05-01"))];
        assert_eq!(found(&artifact(3, "90.json", "api", Some("2026-06-01")), &several), None);
        assert_eq!(found(&artifact(3, "50.json", "api", Some("2026-06-01")), &several), Some(2), "the name decides");
        let fresh = BTreeSet::from([Id::from_parts(1, 1)]);
        let old = [artifact(1, "orders.json", "", Some("2026-05-01"))];
        assert!(recognise(&artifact(3, "orders.json", "", Some("2026-06-01")), &old, &fresh).is_none());
        let other = Artifact { tool: "wrk".into(), ..artifact(3, "orders.json", "", Some("2026-06-01")) };
        assert_eq!(found(&other, &old), None, "another tool");
    }

    #[test]
    fn a_chain_leads_to_its_newest_and_what_is_replaced_is_not_replaced_again() {
        let mut all =
            vec![artifact(1, "a.json", "", Some("2026-05-01")), artifact(2, "a.json", "", Some("2026-06-01"))];
        all[1].replaces = Some(all[0].id);
        let third = artifact(3, "a.json", "", Some("2026-07-01"));
        assert_eq!(found(&third, &all), Some(2));
        all.push(Artifact { replaces: Some(all[1].id), ..third });
        let states = States::of(&all);
        assert_eq!(states.newest(all[0].id).map(|artifact| artifact.id), Some(all[2].id));
        assert_eq!(states.newest(all[2].id), None);
        assert_eq!(states.superseded(), BTreeSet::from([all[0].id, all[1].id]));
        assert_eq!(States::pairs(&all).len(), 2);
    }
}
