//! Editing an image: what is printed is drawn anew from the whole picture, which stays in the engagement.

use std::collections::BTreeMap;

use groma_model::{Edits, Id, Image, Kind};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::media::{described, plain_name, prepared, wrong};
use crate::prose_fields::{image_name, prose_fields};
use crate::{App, AppError, Verb};

/// Does edits to an image, in place of those that were done before.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct EditImage {
    /// The image.
    pub id: Id,
    /// Everything that is to be done to it; nothing brings it back whole.
    pub edits: Edits,
}

/// The image with what is printed of it now.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct EditImageReply {
    /// The image.
    pub image: Image,
    /// What changed.
    pub changes: Changes,
}

impl Verb for EditImage {
    type Reply = EditImageReply;

    fn run(self, app: &mut App) -> Result<EditImageReply, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let image: Image = store.get(self.id)?;
        let shown = format!("the image \"{}\"", image.name);
        // Files of the first version have only what was given.
        let given = match &image.upright {
            Some(_) => None,
            None => Some(prepared(&shown, &store.blob(&image.sha256)?)?.bytes),
        };
        let upright = match (&image.upright, &given) {
            (Some(sha256), _) => store.blob(sha256)?,
            (None, given) => given.clone().unwrap_or_default(),
        };
        let printed = groma_picture::render(&upright, &self.edits).map_err(|error| wrong(&shown, &error))?;
        let about = described(&printed);
        let (media_type, width, height) = (about.media_type, about.width, about.height);
        let edited = Image { edits: self.edits, media_type, width, height, ..image };
        let (image, changes) = store
            .transact(Op::Update(Kind::Image), &author, |tx| tx.edit_image(edited, given.as_deref(), &printed.bytes))?;
        Ok(EditImageReply { image, changes })
    }
}

/// Gives an image another name, also where prose calls it by the old one.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct RenameImage {
    /// The image.
    pub id: Id,
    /// The new name; what Markdown would read as the end of it becomes a hyphen.
    pub name: String,
}

impl Verb for RenameImage {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let name = plain_name(&self.name);
        if name.is_empty() {
            return Err(AppError::usage("an image needs a name, since texts call it by that").field("name"));
        }
        let author = app.environment.author.clone();
        let store = app.store()?;
        let image: Image = store.get(self.id)?;
        if store.list::<Image>()?.iter().any(|other| other.id != image.id && other.name == name) {
            return Err(AppError::refused(format!("another image is called \"{name}\"")).field("name"));
        }
        let mut changed: BTreeMap<(Kind, Id), Map<String, Value>> = BTreeMap::new();
        for field in prose_fields(&store.contents()?) {
            if let Some(text) = renamed(&field.text, &image.name, &name) {
                changed.entry((field.kind, field.id)).or_default().insert(field.field.to_owned(), Value::String(text));
            }
        }
        let ((), changes) = store.transact(Op::Update(Kind::Image), &author, |tx| {
            tx.patch_json(Kind::Image, self.id, Map::from_iter([("name".to_owned(), Value::String(name))]))?;
            changed.into_iter().try_for_each(|((kind, id), fields)| tx.patch_json(kind, id, fields).map(drop))
        })?;
        Ok(changes)
    }
}

/// The text with every image of one name called by another; none when it has no such image.
fn renamed(text: &str, from: &str, to: &str) -> Option<String> {
    let document = groma_prose::parse(text);
    let mut uses = groma_prose::images(&document);
    uses.retain(|used| image_name(&used.target) == from);
    uses.sort_by_key(|used| used.span.start);
    let mut out = text.to_owned();
    let target = format!("image:{to}");
    // From the last to the first, so that places before stay what they are.
    let mut found = false;
    for used in uses.iter().rev() {
        let written = text.get(used.span.start..used.span.end)?;
        // `![alt](target "title")`; one by reference (`![alt][label]`) is written out.
        let Some(open) = written.rfind("](") else { continue };
        let rest = written.get(open + 2..)?;
        let end = if rest.trim_start().starts_with('<') {
            rest.find('>').map(|end| end + 1)
        } else {
            let start = rest.len() - rest.trim_start().len();
            rest.get(start..)?.find([' ', '\n', '\t', ')']).map(|end| start + end)
        };
        let Some(end) = end else { continue };
        let start = used.span.start + open + 2;
        out.replace_range(start..start + end, &target);
        found = true;
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_name_reaches_the_texts_and_leaves_the_rest() {
        let text =
            "![Pool](image:pool \"Über\") and `![x](image:pool)`\n\n![a](<image:pool>) ![b](image:pools) ![](pool)";
        let wanted =
            "![Pool](image:db \"Über\") and `![x](image:pool)`\n\n![a](image:db) ![b](image:pools) ![](image:db)";
        assert_eq!(renamed(text, "pool", "db").as_deref(), Some(wanted));
        assert_eq!(renamed(wanted, "pool", "x"), None);
        assert_eq!(renamed("![a](<image:a b>)", "a b", "c").as_deref(), Some("![a](image:c)"));
    }
}
