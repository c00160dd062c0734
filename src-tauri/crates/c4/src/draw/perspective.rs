//! A perspective laid over a view: what is said from one angle of elements and of relationships, and its colours.

use super::colour::Colour;
use super::options::Overlay;
use super::style::LineLook;
use super::wording::Text;
use super::wrap::plain;
use crate::model::{Perspective, RelationshipId};

/// Longest text of a perspective on a box or a line, in characters.
const LONGEST: usize = 28;

impl Text<'_> {
    /// The first perspective of a name: its value, or else its description, and the colour of that.
    pub(super) fn viewed<'p>(
        &self,
        name: &str,
        mut all: impl Iterator<Item = &'p Perspective>,
    ) -> Option<(String, Colour)> {
        let text = value(all.find(|one| one.name.eq_ignore_ascii_case(name))?);
        let label: String = text.chars().take(LONGEST).collect();
        Some((label, self.scale(name, &text)))
    }

    /// What the perspective says of a relationship; the line takes its colour and width from it, and steps back where
    /// it says nothing of it but of others.
    pub(crate) fn seen(&self, id: RelationshipId, look: &mut LineLook) -> Option<(String, Colour)> {
        let Overlay::Perspective(name) = &self.options.overlay else { return None };
        let model = &self.workspace.model;
        let relationship = model.relationship(id);
        let linked = relationship.linked.map(|linked| &model.relationship(linked).perspectives);
        let found = self.viewed(name, relationship.perspectives.iter().chain(linked.into_iter().flatten()));
        match &found {
            Some((_, colour)) => {
                look.colour = colour.against(self.theme.paper, 3.0);
                look.width = look.width.max(2.6);
            }
            None if self.on_relationships(name) => look.colour = look.colour.over(0.55, self.theme.paper),
            None => {}
        }
        found
    }

    /// Whether any relationship of the workspace is seen from this angle.
    fn on_relationships(&self, name: &str) -> bool {
        let mut all = self.workspace.model.relationships().flat_map(|(_, one)| &one.perspectives);
        all.any(|one| one.name.eq_ignore_ascii_case(name))
    }

    /// The colour of a perspective's value: that of the severity which it names, else by its place among all values of
    /// the workspace.
    fn scale(&self, name: &str, value_of: &str) -> Colour {
        if let Some(at) = self.options.words.severity(value_of) {
            return self.theme.severities[at];
        }
        let model = &self.workspace.model;
        let of_elements = model.elements().flat_map(|(_, element)| &element.perspectives);
        let of_relationships = model.relationships().flat_map(|(_, one)| &one.perspectives);
        let all = of_elements.chain(of_relationships).filter(|one| one.name.eq_ignore_ascii_case(name));
        let mut values: Vec<String> = all.map(value).collect();
        // Numbers by size, words by the alphabet.
        values.sort_by(|one, other| match (one.parse::<f64>(), other.parse::<f64>()) {
            (Ok(one), Ok(other)) => one.total_cmp(&other),
            _ => one.cmp(other),
        });
        values.dedup();
        let at = values.iter().position(|one| one == value_of).unwrap_or(0) as f64;
        let share = if values.len() > 1 { at / (values.len() - 1) as f64 } else { 1.0 };
        self.theme.secondary.over(share, self.theme.accent)
    }
}

/// What a perspective says in short.
fn value(one: &Perspective) -> String {
    plain(if one.value.is_empty() { &one.description } else { &one.value })
}
