//! Sentences for who does not see the drawing.

use super::options::{Overlay, Severity};
use super::scene::{Scene, SceneEdge, SceneNode, Subject};
use super::wording::Text;
use super::wrap::plain;
use crate::model::ElementId;

/// What a box is: name, kind and technology, what it does, what it stands in.
pub(crate) fn element(text: &Text<'_>, scene: &Scene, node: &SceneNode) -> String {
    let Subject::Element(id) = &node.subject else { return String::new() };
    let mut sentence = head(text, *id);
    let description = text.description(*id);
    if !description.is_empty() {
        sentence = format!("{sentence}: {description}");
    }
    if let Some(parent) = node.parent {
        sentence = format!("{sentence} ({})", name(text, &scene.nodes[parent].subject));
    }
    if let Some(findings) = findings(text, *id) {
        sentence = format!("{sentence} – {findings}");
    }
    sentence
}

/// What a boundary is.
pub(crate) fn boundary(text: &Text<'_>, node: &SceneNode) -> String {
    match &node.subject {
        Subject::Element(id) => match findings(text, *id) {
            Some(findings) => format!("{} – {findings}", head(text, *id)),
            None => head(text, *id),
        },
        Subject::Group(_, _, name) => format!("{} [{}]", plain(name), text.options.words.kind_of_group()),
    }
}

/// What a line is.
pub(crate) fn relationship(text: &Text<'_>, edge: &SceneEdge) -> String {
    let model = &text.workspace.model;
    let relationship = model.relationship(edge.relationship);
    let (from, to) = if edge.response {
        (relationship.destination, relationship.source)
    } else {
        (relationship.source, relationship.destination)
    };
    let rows: Vec<&str> = edge.label.iter().map(|row| row.line.text.as_str()).collect();
    let words = match &edge.traffic {
        // Whatever of it is on the line.
        Some(traffic) if !text.options.names_only => {
            let all = [edge.said.clone(), text.means(edge.relationship), text.measured(traffic)];
            all.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(" ")
        }
        _ if edge.label.is_empty() || !edge.key.is_empty() => edge.said.clone(),
        _ => rows.join(" ").replace(['\u{2010}', '\u{200f}'], ""),
    };
    let ends = format!("{} → {}", plain(model.name(from)), plain(model.name(to)));
    if words.is_empty() { ends } else { format!("{ends}: {words}") }
}

/// What a drawing shows.
pub(crate) fn drawing(text: &Text<'_>, title: &str, scene: &Scene) -> String {
    let boxes: Vec<&SceneNode> = scene.nodes.iter().filter(|node| !node.boundary).collect();
    let contents = text.options.words.contents.replace("{count}", &boxes.len().to_string());
    let contents = contents.replace("{lines}", &scene.edges.len().to_string());
    let mut names: Vec<String> = boxes.iter().take(8).map(|node| name(text, &node.subject)).collect();
    if boxes.len() > names.len() {
        names.push("…".to_owned());
    }
    if names.is_empty() { format!("{title}: {contents}") } else { format!("{title}: {contents}: {}", names.join(", ")) }
}

fn head(text: &Text<'_>, id: ElementId) -> String {
    let name = plain(text.workspace.model.name(id));
    let metadata = text.metadata(id);
    let name = text.instances(id).map_or(name.clone(), |instances| format!("{name} {instances}"));
    if metadata.is_empty() { name } else { format!("{name} {metadata}") }
}

fn name(text: &Text<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Element(id) => plain(text.workspace.model.name(*id)),
        Subject::Group(_, _, name) => plain(name),
    }
}

fn findings(text: &Text<'_>, id: ElementId) -> Option<String> {
    let Overlay::Findings(_) = &text.options.overlay else {
        return text.mark(id).map(|(label, ..)| label);
    };
    let (label, colour, _) = text.mark(id)?;
    let worst = Severity::ALL.iter().find(|one| text.theme.severities[one.at()] == colour)?;
    let count = label.rsplit(' ').next()?;
    let words = &text.options.words;
    Some(words.findings.replace("{count}", count).replace("{severity}", &words.severities[worst.at()]))
}
