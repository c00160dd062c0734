//! Every picture with where it is used.

use groma_model::{Contents, EvidenceTarget, Id, Image, Kind};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::prose_fields::{image_name, prose_fields};
use crate::{App, AppError, Verb};

/// All images, with where they are used.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Pictures {}

/// An image with where it is used.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Picture {
    /// The image.
    pub image: Image,
    /// Where it is used, in the order of the report.
    pub uses: Vec<PictureUse>,
    /// Whether it is shown somewhere without a text alternative.
    pub lacks_alt: bool,
}

/// A place where an image is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PictureUse {
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// How a person names it: `F-012`, a diagram's title.
    pub object: String,
    /// The field in which it stands; `image` of a diagram, empty for the evidence of a finding.
    pub field: String,
}

impl Verb for Pictures {
    type Reply = Vec<Picture>;

    fn run(self, app: &mut App) -> Result<Vec<Picture>, AppError> {
        Ok(pictures(&app.store()?.contents()?))
    }
}

fn pictures(contents: &Contents) -> Vec<Picture> {
    let mut all: Vec<Picture> = contents
        .images
        .iter()
        .map(|image| Picture { image: image.clone(), uses: Vec::new(), lacks_alt: image.alt.trim().is_empty() })
        .collect();
    // What describes itself wherever it is shown lacks nothing.
    let mut described: Vec<bool> = vec![true; all.len()];
    let at = |all: &[Picture], named: &dyn Fn(&Image) -> bool| all.iter().position(|picture| named(&picture.image));
    for field in prose_fields(contents) {
        for used in groma_prose::images(&groma_prose::parse(&field.text)) {
            let name = image_name(&used.target);
            let named = |image: &Image| image.name == name || image.id.to_string() == name;
            let Some(place) = at(&all, &named) else { continue };
            described[place] &= !used.alt.trim().is_empty();
            let (kind, id, object) = (field.kind, field.id, field.object.clone());
            let found = PictureUse { kind, id, object, field: field.field.to_owned() };
            if !all[place].uses.contains(&found) {
                all[place].uses.push(found);
            }
        }
    }
    for diagram in &contents.diagrams {
        let Some(place) = diagram.image.and_then(|id| at(&all, &|image| image.id == id)) else { continue };
        described[place] &= !diagram.alt.trim().is_empty();
        let (object, field) = (diagram.title.clone(), "image".to_owned());
        all[place].uses.push(PictureUse { kind: Kind::Diagram, id: diagram.id, object, field });
    }
    for link in contents.evidence_links.iter().filter(|link| link.target_kind == EvidenceTarget::Image) {
        let Some(place) = at(&all, &|image| image.id.to_string() == link.target) else { continue };
        described[place] = false;
        let Some(finding) = contents.findings.iter().find(|finding| finding.id == link.finding) else { continue };
        let (object, field) = (crate::check::code('F', finding.number), String::new());
        all[place].uses.push(PictureUse { kind: Kind::Finding, id: finding.id, object, field });
    }
    for (picture, described) in all.iter_mut().zip(described) {
        picture.lacks_alt &= picture.uses.is_empty() || !described;
    }
    all
}

#[cfg(test)]
mod tests {
    use groma_model::{Diagram, Finding};

    use super::*;

    #[test]
    fn a_picture_knows_where_it_is_used_and_whether_it_is_described() {
        let image = |number: u128, name: &str, alt: &str| Image {
            id: Id::from_parts(1, number),
            name: name.into(),
            alt: alt.into(),
            ..Image::default()
        };
        let finding = Finding {
            id: Id::from_parts(2, 1),
            number: 7,
            condition: "![Two waits](image:pool) then ![](image:pool)".into(),
            cause: "![A queue](image:queue)".into(),
            ..Finding::default()
        };
        let images = vec![image(1, "pool", ""), image(2, "queue", ""), image(3, "none", ""), image(4, "map", "A map")];
        let diagram = Diagram { title: "Systems".into(), image: Some(images[3].id), ..Diagram::default() };
        let contents = Contents { images, findings: vec![finding], diagrams: vec![diagram], ..Contents::default() };
        let told: Vec<_> = pictures(&contents)
            .into_iter()
            .map(|picture| {
                let uses: Vec<_> = picture.uses.iter().map(|used| format!("{} {}", used.object, used.field)).collect();
                (uses.join(", "), picture.lacks_alt)
            })
            .collect();
        let wanted = [("F-007 condition", true), ("F-007 cause", false), ("", true), ("Systems image", false)];
        assert_eq!(told, wanted.map(|(uses, lacks)| (uses.to_owned(), lacks)));
    }
}
