//! Which elements of a derived model are already in another.

use super::similar::{normalised, owner_of_host};
use super::{Match, MatchReason};
use crate::derive;
use crate::model::{ElementId, ElementKind, IDENTIFIER, Model};
use std::collections::{HashMap, HashSet};

/// What was found: for each derived element the one that it is, why, and whose names fit several.
pub(super) struct Matching {
    pub(super) of: HashMap<ElementId, ElementId>,
    pub(super) why: HashMap<ElementId, MatchReason>,
    /// Derived element, and those that it may be.
    pub(super) ambiguous: Vec<(ElementId, Vec<ElementId>)>,
}

/// Matches the elements of `derived` with those of `existing`, each with at most one.
pub(super) fn of(existing: &Model, derived: &Model) -> Matching {
    let matching = Matching { of: HashMap::new(), why: HashMap::new(), ambiguous: Vec::new() };
    let mut work = Work { existing, derived, taken: HashSet::new(), matching };
    work.software();
    work.home();
    // Now that it is known which system is meant, of several of a name the one in it is.
    work.matching.ambiguous.clear();
    work.software();
    work.components();
    work.deployment();
    work.matching
}

struct Work<'m> {
    existing: &'m Model,
    derived: &'m Model,
    taken: HashSet<ElementId>,
    matching: Matching,
}

type Names<'n> = &'n dyn Fn(&Model, ElementId) -> Option<String>;

impl Work<'_> {
    fn take(&mut self, derived: ElementId, existing: ElementId, why: MatchReason) {
        self.taken.insert(existing);
        self.matching.of.insert(derived, existing);
        self.matching.why.insert(derived, why);
    }

    /// Systems and containers, by the strongest reason first.
    fn software(&mut self) {
        let identifier: Names<'_> = &|model, id| {
            let properties = &model.element(id).properties;
            properties.get(IDENTIFIER).or_else(|| properties.get("backstage.ref")).map(|name| name.to_lowercase())
        };
        let name: Names<'_> = &|model, id| Some(model.name(id).to_lowercase());
        let similar: Names<'_> = &|model, id| Some(normalised(model.name(id)));
        // A person's identifier is often the name that machines use.
        let called: Names<'_> = &|model, id| {
            let own = model.element(id).properties.get(IDENTIFIER).map(|name| normalised(name));
            Some(own.unwrap_or_else(|| normalised(model.name(id))))
        };
        let image: Names<'_> = &|model, id| {
            let image = model.element(id).properties.get("image")?;
            Some(derive::image(image.split(", ").next()?).path.to_lowercase())
        };
        let image_name: Names<'_> = &|model, id| {
            let image = model.element(id).properties.get("image")?;
            Some(normalised(derive::image(image.split(", ").next()?).last))
        };
        for kind in [ElementKind::SoftwareSystem, ElementKind::Container] {
            let mut pools = vec![kind];
            if kind == ElementKind::Container {
                // A service may have been drawn as a system of its own.
                pools.push(ElementKind::SoftwareSystem);
            }
            for (theirs, ours, why) in [
                (identifier, identifier, MatchReason::Identifier),
                (name, name, MatchReason::Name),
                (similar, similar, MatchReason::SimilarName),
                (similar, called, MatchReason::SimilarName),
                (image, image, MatchReason::Image),
                (image_name, similar, MatchReason::Image),
            ] {
                for pool in &pools {
                    self.round(kind, *pool, theirs, ours, why);
                }
            }
        }
        let owner: Names<'_> = &|model, id| {
            let element = model.element(id);
            if element.has_tag("External") { owner_of_host(&element.name).map(normalised) } else { None }
        };
        self.round(ElementKind::SoftwareSystem, ElementKind::SoftwareSystem, owner, similar, MatchReason::Host);
        let matched = &self.matching.of;
        self.matching.ambiguous.retain(|(id, _)| !matched.contains_key(id));
        let mut told = HashSet::new();
        self.matching.ambiguous.retain(|(id, _)| told.insert(*id));
    }

    fn round(&mut self, kind: ElementKind, pool: ElementKind, theirs: Names<'_>, ours: Names<'_>, why: MatchReason) {
        let mut named: HashMap<String, Vec<ElementId>> = HashMap::new();
        for id in self.existing.of_kind(pool) {
            // A system with containers is where services are, not one of them.
            let whole = kind != pool && !self.existing.children(id).is_empty();
            if !whole
                && !self.taken.contains(&id)
                && let Some(name) = ours(self.existing, id)
            {
                named.entry(name).or_default().push(id);
            }
        }
        for id in self.derived.of_kind(kind).collect::<Vec<_>>() {
            if self.matching.of.contains_key(&id) {
                continue;
            }
            let Some(candidates) = theirs(self.derived, id).and_then(|name| named.get(&name)) else { continue };
            let free: Vec<ElementId> = candidates.iter().copied().filter(|one| !self.taken.contains(one)).collect();
            let parent = self.derived.element(id).parent.and_then(|parent| self.matching.of.get(&parent)).copied();
            let at_home: Vec<ElementId> = free
                .iter()
                .copied()
                .filter(|one| parent.is_some() && self.existing.element(*one).parent == parent)
                .collect();
            match (&free[..], &at_home[..]) {
                ([one], _) | (_, [one]) => self.take(id, *one, why),
                ([], _) => {}
                _ => self.matching.ambiguous.push((id, free)),
            }
        }
    }

    /// The system around what was matched; or the only one there is.
    fn home(&mut self) {
        let systems: Vec<ElementId> = self.derived.of_kind(ElementKind::SoftwareSystem).collect();
        let own: Vec<ElementId> =
            systems.into_iter().filter(|id| !self.derived.element(*id).has_tag("External")).collect();
        for id in &own {
            if self.matching.of.contains_key(id) {
                continue;
            }
            let mut count: HashMap<ElementId, usize> = HashMap::new();
            for child in self.derived.children(*id) {
                if let Some(parent) = self.matching.of.get(child).and_then(|at| self.existing.element(*at).parent) {
                    *count.entry(parent).or_default() += 1;
                }
            }
            let most = count.into_iter().max_by_key(|(system, count)| (*count, std::cmp::Reverse(*system)));
            if let Some((system, _)) = most {
                self.take(*id, system, MatchReason::Contents);
                continue;
            }
            let all: Vec<ElementId> = self.existing.of_kind(ElementKind::SoftwareSystem).collect();
            let whole: Vec<ElementId> =
                all.iter().copied().filter(|system| !self.existing.children(*system).is_empty()).collect();
            match (&all[..], &whole[..]) {
                ([one], _) | (_, [one]) if own.len() == 1 && !self.taken.contains(one) => {
                    self.take(*id, *one, MatchReason::OnlySystem)
                }
                _ => {}
            }
        }
    }

    fn components(&mut self) {
        for id in self.derived.of_kind(ElementKind::Component).collect::<Vec<_>>() {
            let Some(parent) =
                self.derived.element(id).parent.and_then(|parent| self.matching.of.get(&parent)).copied()
            else {
                continue;
            };
            let (exact, similar) = (self.derived.name(id).to_lowercase(), normalised(self.derived.name(id)));
            let free: Vec<ElementId> =
                self.existing.children(parent).iter().copied().filter(|one| !self.taken.contains(one)).collect();
            let named = free.iter().copied().find(|one| self.existing.name(*one).to_lowercase() == exact);
            let like = || free.iter().copied().find(|one| normalised(self.existing.name(*one)) == similar);
            match named
                .map(|one| (one, MatchReason::Name))
                .or_else(|| like().map(|one| (one, MatchReason::SimilarName)))
            {
                Some((one, why)) => self.take(id, one, why),
                None => continue,
            }
        }
    }

    /// Nodes by place and name, instances by what they are of.
    fn deployment(&mut self) {
        for (id, element) in self.derived.elements().filter(|(_, element)| element.kind.is_deployment()) {
            let mut wanted = element.clone();
            wanted.parent = match element.parent {
                None => None,
                Some(parent) => match self.matching.of.get(&parent) {
                    Some(parent) => Some(*parent),
                    None => continue,
                },
            };
            let found = match element.instance_of {
                None => self.existing.find(&wanted).filter(|found| self.existing.element(*found).kind == element.kind),
                Some(of) => self.matching.of.get(&of).and_then(|of| {
                    let mut all = self.existing.instances_of(*of).iter().copied();
                    all.find(|one| self.existing.element(*one).parent == wanted.parent && !self.taken.contains(one))
                }),
            };
            if let Some(found) = found {
                self.take(id, found, MatchReason::Name);
            }
        }
    }
}

/// The matches, to show: in the order of the derived model.
pub(super) fn shown(matching: &Matching, existing: &Model, derived: &Model) -> Vec<Match> {
    let all = derived.elements().filter_map(|(id, _)| Some((id, *matching.of.get(&id)?, *matching.why.get(&id)?)));
    all.map(|(id, at, why)| Match {
        id: format!("match {} {}", derived.element(id).id, derived.canonical(id)),
        derived: derived.canonical(id),
        derived_name: derived.name(id).to_owned(),
        existing: existing.key(at),
        existing_name: existing.name(at).to_owned(),
        why,
        sources: super::found_in(&derived.element(id).properties),
    })
    .collect()
}
