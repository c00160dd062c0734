//! Kinds that the text defines: a name for an element or relationship with its technology, tags and the like.

use super::context::{Context, Holder};
use super::fail::{Fail, Words};
use super::parser::Parser;
use crate::model::{Perspective, Properties, tag_list};

/// What an element or relationship of a kind has from the start.
#[derive(Debug, Clone, Default)]
pub(super) struct Archetype {
    pub(super) description: String,
    pub(super) technology: String,
    pub(super) tags: Vec<String>,
    pub(super) properties: Properties,
    pub(super) perspectives: Vec<Perspective>,
}

const KINDS: [&str; 9] = [
    "group",
    "element",
    "person",
    "softwaresystem",
    "container",
    "component",
    "deploymentnode",
    "infrastructurenode",
    "->",
];

/// `--https->` to `https`; other words as they are.
fn bare(word: &str) -> &str {
    word.strip_prefix("--").and_then(|word| word.strip_suffix("->")).unwrap_or(word)
}

impl Parser<'_> {
    /// Whether a word (in lower case) is the keyword or an archetype of it.
    pub(super) fn is_kind(&self, word: &str, keyword: &'static str) -> bool {
        word == keyword
            || (!self.archetypes.is_empty() && self.archetype_places.contains_key(&(keyword, bare(word).to_owned())))
    }

    /// Whether a word is an arrow, plain or of an archetype.
    pub(super) fn is_arrow(&self, word: &str) -> bool {
        word == "->" || (word.starts_with("--") && word.ends_with("->") && self.is_kind(&word.to_lowercase(), "->"))
    }

    /// The archetype of a word; that of the keyword itself holds the defaults.
    pub(super) fn archetype(&self, keyword: &'static str, word: &str) -> Option<&Archetype> {
        if self.archetypes.is_empty() {
            return None;
        }
        let place = self.archetype_places.get(&(keyword, bare(&word.to_lowercase()).to_owned()));
        place.map(|at| &self.archetypes[*at])
    }

    pub(super) fn in_archetypes(&mut self, first: &str, identifier: Option<&str>, opens: bool) -> Result<bool, Fail> {
        let Some(kind) = KINDS.into_iter().find(|kind| self.is_kind(first, kind)) else { return Ok(false) };
        let name = identifier.unwrap_or(kind).to_lowercase();
        let parent = self.archetype(kind, first).cloned().unwrap_or_default();
        // Properties and perspectives are not handed down.
        let archetype = Archetype { properties: Properties::new(), perspectives: Vec::new(), ..parent };
        self.archetypes.push(archetype);
        let at = self.archetypes.len() - 1;
        self.archetype_places.insert((kind, name), at);
        if opens {
            self.open(Context::Archetype(at))?;
        }
        Ok(true)
    }

    pub(super) fn in_archetype(&mut self, first: &str, words: &Words<'_>, at: usize) -> Result<bool, Fail> {
        let text = Self::word(words, 1).unwrap_or_default();
        match first {
            "metadata" | "technology" => text.clone_into(&mut self.archetypes[at].technology),
            "description" => text.clone_into(&mut self.archetypes[at].description),
            "tag" | "tags" => {
                let tags = words[1..].iter().flat_map(|word| tag_list(word));
                crate::model::add_tags(&mut self.archetypes[at].tags, tags);
            }
            "properties" => self.open(Context::Properties(Holder::Archetype(at)))?,
            "perspectives" => self.open(Context::Perspectives(Holder::Archetype(at)))?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
