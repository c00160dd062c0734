//! Where a person puts elements, and over which bends lines are led.

use std::collections::BTreeMap;

use groma_model::LinePlace;

use super::{Edited, refuse};
use crate::diagnostic::Refusal;

/// Most bends of a line: as many as nobody makes by hand.
const MOST_BENDS: usize = 100;
/// How far from the paper's corner a bend may be, in Structurizr's pixels: beyond it nothing is drawn.
const FURTHEST: f64 = 100_000.0;

impl Edited {
    pub(super) fn place(&mut self, view: &str, elements: &BTreeMap<String, (i64, i64)>) -> Result<(), Refusal> {
        self.view(view)?;
        for element in elements.keys() {
            self.element(element)?;
        }
        self.places.entry(view.to_owned()).or_default().elements.extend(elements.clone());
        Ok(())
    }

    pub(super) fn bend(
        &mut self,
        view: &str,
        relation: &str,
        order: &str,
        bends: &[(f64, f64)],
        position: Option<u8>,
    ) -> Result<(), Refusal> {
        let at = self.view(view)?;
        let id = self.relation(relation)?;
        let shown = self.workspace.views[at].relationships.iter();
        if !shown.clone().any(|line| line.relationship == id && line.order == order) {
            return Err(refuse("the line is not on this view", "choose one that is drawn there"));
        }
        if bends.len() > MOST_BENDS {
            return Err(refuse(format!("a line has {MOST_BENDS} bends at most"), "leave some of them out"));
        }
        // Not `> FURTHEST`: that lets NaN through.
        if !bends.iter().all(|(x, y)| x.abs() <= FURTHEST && y.abs() <= FURTHEST) {
            return Err(refuse("a bend is further away than anything is drawn", "put it nearer to the elements"));
        }
        if position.is_some_and(|percent| !(1..=100).contains(&percent)) {
            return Err(refuse("a text stands at 1 to 100 per cent of its line", "choose a place on the line"));
        }
        let model = &self.workspace.model;
        let one = model.relationship(id);
        let name = LinePlace {
            source: model.key(one.source),
            destination: model.key(one.destination),
            description: one.description.clone(),
            order: order.to_owned(),
            ..LinePlace::default()
        };
        let lines = &mut self.places.entry(view.to_owned()).or_default().lines;
        let known = lines.iter().position(|other| other.is_of(&name)).map(|at| lines.remove(at));
        let line = LinePlace { bends: bends.to_vec(), position, ..known.unwrap_or(name) };
        if !line.bends.is_empty() || line.position.is_some() {
            lines.push(line);
        }
        Ok(())
    }

    pub(super) fn unplace(&mut self, view: &str, elements: &[String]) {
        if elements.is_empty() {
            self.places.remove(view);
        } else if let Some(there) = self.places.get_mut(view) {
            there.elements.retain(|key, _| !elements.contains(key));
            there.lines.retain(|line| !elements.contains(&line.source) && !elements.contains(&line.destination));
        }
    }

    pub(super) fn rename(&mut self, old: &str, new: &str) {
        for there in self.places.values_mut() {
            if let Some(place) = there.elements.remove(old) {
                there.elements.insert(new.to_owned(), place);
            }
            for line in &mut there.lines {
                for end in [&mut line.source, &mut line.destination] {
                    if end == old {
                        new.clone_into(end);
                    }
                }
            }
        }
        // An earlier edit may have renamed it already: what stands outside knows the first name.
        let first = self.renamed.iter().find(|(_, known)| *known == old).map(|(first, _)| first.clone());
        self.renamed.insert(first.unwrap_or_else(|| old.to_owned()), new.to_owned());
    }
}
