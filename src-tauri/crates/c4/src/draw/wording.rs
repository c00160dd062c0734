//! What is written on boxes, boundaries and lines.

use super::block::{Block, Density, LEADING, Row, Wording, size};
use super::colour::{Colour, READABLE};
use super::fonts::Measure;
use super::options::{Options, Overlay};
use super::scene::Subject;
use super::shape::FontWeight;
use super::style::{Dash, Look, Outline};
use super::theme::Theme;
use super::wrap::{Setting, TextLine, plain, wrap};
use crate::model::{ElementId, ElementKind, Workspace};

/// Widest title of a boundary.
const TITLE_WIDTH: f64 = 330.0;

/// What is needed to write.
pub(crate) struct Text<'a> {
    pub workspace: &'a Workspace,
    pub options: &'a Options,
    pub measure: &'a Measure<'a>,
    pub theme: &'a Theme,
    /// How texts are set.
    pub density: Density,
}

impl Text<'_> {
    /// The word for an element's kind: the workspace's own, else the language's.
    pub(crate) fn kind(&self, kind: ElementKind) -> String {
        use ElementKind as Kind;
        let name = match kind {
            Kind::Person => "person",
            Kind::SoftwareSystem | Kind::SoftwareSystemInstance => "softwareSystem",
            Kind::Container | Kind::ContainerInstance => "container",
            Kind::Component => "component",
            Kind::DeploymentNode => "deploymentNode",
            Kind::InfrastructureNode => "infrastructureNode",
            Kind::CustomElement => "element",
        };
        let own = self.workspace.configuration.terminology.get(name).and_then(serde_json::Value::as_str);
        own.map(plain).filter(|word| !word.is_empty()).unwrap_or_else(|| self.options.words.kind(kind).to_owned())
    }

    /// Kind and technology in the workspace's brackets.
    pub(crate) fn metadata(&self, id: ElementId) -> String {
        let model = &self.workspace.model;
        let element = model.element(id);
        let of = element.instance_of.map_or(element, |of| model.element(of));
        let technology = if element.technology.is_empty() { &of.technology } else { &element.technology };
        let technology = plain(technology);
        let inner = match of.kind {
            ElementKind::CustomElement => technology,
            // What kind it is, the legend tells.
            _ if self.density.brief && !technology.is_empty() => technology,
            kind if technology.is_empty() => self.kind(kind),
            kind => format!("{}: {technology}", self.kind(kind)),
        };
        if inner.is_empty() { inner } else { self.bracketed(&inner) }
    }

    pub(super) fn bracketed(&self, text: &str) -> String {
        let (open, close) = match self.workspace.configuration.metadata_symbols.as_deref() {
            Some("RoundBrackets") => ("(", ")"),
            Some("CurlyBrackets") => ("{", "}"),
            Some("AngleBrackets") => ("<", ">"),
            Some("DoubleAngleBrackets") => ("«", "»"),
            Some("None") => ("", ""),
            _ => ("[", "]"),
        };
        format!("{open}{text}{close}")
    }

    /// The description of an element; of an instance, its own before that of its element.
    pub(crate) fn description(&self, id: ElementId) -> String {
        let model = &self.workspace.model;
        let element = model.element(id);
        let of = element.instance_of.map_or("", |of| &model.element(of).description);
        plain(if element.description.is_empty() { of } else { &element.description })
    }

    /// How many there are of a deployment node, when it is not one.
    pub(crate) fn instances(&self, id: ElementId) -> Option<String> {
        let instances = self.workspace.model.element(id).instances.trim();
        (!instances.is_empty() && instances != "1").then(|| format!("×{}", plain(instances)))
    }

    /// The text of a box.
    pub(crate) fn block(&self, id: ElementId, look: &Look) -> Block {
        let model = &self.workspace.model;
        let mut name = plain(model.name(id));
        if let Some(instances) = self.instances(id) {
            name = format!("{name} {instances}");
        }
        let wording = Wording {
            name,
            metadata: if look.metadata && !self.options.names_only { self.metadata(id) } else { String::new() },
            description: if look.description && !self.options.names_only && !self.density.brief {
                self.description(id)
            } else {
                String::new()
            },
        };
        let icon = look.icon.as_ref().filter(|(name, _)| self.picture(name).is_some()).map(|(_, place)| *place);
        Block::set(
            self.measure,
            &wording,
            look.outline,
            self.mark(id).is_some(),
            icon,
            self.options.words.syllables,
            self.density,
        )
    }

    /// A picture that can be drawn: a data URI of pixels, given by itself or for a name.
    pub(crate) fn picture(&self, name: &str) -> Option<String> {
        let data = self.options.images.get(name).map_or(name, String::as_str);
        let kinds = [
            "data:image/png;base64,",
            "data:image/jpeg;base64,",
            "data:image/jpg;base64,",
            "data:image/gif;base64,",
            "data:image/webp;base64,",
        ];
        let rest = kinds.iter().find_map(|kind| data.strip_prefix(kind))?;
        let whole = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        (whole && !rest.is_empty()).then(|| data.to_owned())
    }

    /// The title of a boundary: name, then kind and technology, in one row where there is room.
    pub(crate) fn title(&self, subject: &Subject) -> Vec<Row> {
        let (name, metadata) = match subject {
            Subject::Element(id) => {
                let name = plain(self.workspace.model.name(*id));
                let name = self.instances(*id).map_or(name.clone(), |instances| format!("{name} {instances}"));
                (name, if self.options.names_only { String::new() } else { self.metadata(*id) })
            }
            Subject::Group(_, _, name) => (plain(name), String::new()),
        };
        let syllables = self.options.words.syllables;
        let mut rows = Vec::new();
        let setting = Setting {
            size: self.density.boundary(),
            weight: FontWeight::SemiBold,
            width: TITLE_WIDTH,
            lines: 2,
            syllables,
        };
        for line in wrap(self.measure, &name, setting).0 {
            rows.push(Row {
                line,
                size: self.density.boundary(),
                weight: FontWeight::SemiBold,
                muted: false,
                gap: 0.0,
                indent: 0.0,
            });
        }
        let beside = rows.first().map(|row| row.line.width + 8.0).filter(|_| rows.len() == 1).unwrap_or(f64::INFINITY);
        let short = self.measure.width(&metadata, size::META, FontWeight::Regular);
        if !metadata.is_empty() && beside + short <= self.density.one_row() {
            // On the same baseline.
            let gap =
                -self.density.boundary() * LEADING + (self.density.boundary() - size::META) * (LEADING / 2.0 + 0.34);
            let line = TextLine { text: metadata, width: short };
            rows.push(Row { line, size: size::META, weight: FontWeight::Regular, muted: true, gap, indent: beside });
            return rows;
        }
        let setting =
            Setting { size: size::META, weight: FontWeight::Regular, width: TITLE_WIDTH, lines: 2, syllables };
        for line in wrap(self.measure, &metadata, setting).0 {
            rows.push(Row { line, size: size::META, weight: FontWeight::Regular, muted: true, gap: 0.0, indent: 0.0 });
        }
        rows
    }

    /// What an overlay says of an element: its text, its colour, what it stands for.
    pub(crate) fn mark(&self, id: ElementId) -> Option<(String, Colour, Vec<String>)> {
        let model = &self.workspace.model;
        let element = model.element(id);
        let (key, of) = (model.key(id), element.instance_of.map(|of| model.key(of)));
        match &self.options.overlay {
            Overlay::Findings(findings) => {
                let found = findings.get(&key).or_else(|| findings.get(&of?))?;
                let letter = &self.options.words.letters[found.worst.at()];
                let colour = self.theme.severities[found.worst.at()];
                (found.count > 0).then(|| (format!("{letter} {}", found.count), colour, found.ids.clone()))
            }
            Overlay::Technology(ages) => {
                let age = ages.get(&key).or_else(|| ages.get(&of?))?;
                let label: String = plain(&age.label).chars().take(32).collect();
                Some((label, age_colour(age.status, self.theme), Vec::new()))
            }
            Overlay::Perspective(name) => {
                let own = &element.perspectives;
                let of = element.instance_of.map(|of| &model.element(of).perspectives);
                let (label, colour) = self.viewed(name, own.iter().chain(of.into_iter().flatten()))?;
                Some((label, colour, Vec::new()))
            }
            _ => None,
        }
    }

    /// A box's fill and line by what an overlay says of it.
    pub(crate) fn recolour(&self, id: ElementId, look: &mut Look) {
        let calm = self.theme.paper;
        match self.mark(id) {
            Some((_, colour, _)) => {
                look.fill = colour.over(0.13, calm);
                look.stroke = colour.against(calm, 2.2);
                look.stroke_width = 2.6;
            }
            None if !matches!(self.options.overlay, Overlay::None | Overlay::Traffic(_)) => {
                // What an overlay says nothing of steps back.
                look.fill = look.fill.over(0.35, calm);
                look.stroke = look.stroke.over(0.6, calm).against(calm, 1.8);
            }
            None => return,
        }
        look.ink = look.ink.readable_on(look.fill, self.theme.ink, calm);
        look.muted = look.ink.over(0.74, look.fill).against(look.fill, READABLE);
    }
}

/// The colour of a technology's age.
pub(crate) fn age_colour(status: super::options::AgeStatus, theme: &Theme) -> Colour {
    use super::options::AgeStatus;
    match status {
        AgeStatus::Ended => theme.severities[0],
        AgeStatus::Ending => theme.severities[2],
        AgeStatus::Current => Colour(58, 128, 88),
        AgeStatus::Unknown => theme.severities[4],
    }
}

/// How a group looks: dashed, unless a style of `Group` or `Group:Name` says otherwise.
pub(crate) fn group_look(workspace: &Workspace, whole: &str, theme: &Theme) -> Look {
    let named = format!("Group:{whole}");
    let styles = &workspace.configuration.styles.elements;
    let last = |read: fn(&crate::model::ElementStyle) -> Option<&str>| {
        let of = |tag: &str| styles.iter().filter(|style| style.tag == tag).filter_map(read).next_back();
        of(&named).or_else(|| of("Group"))
    };
    let colour = last(|style| style.color.as_deref()).and_then(Colour::parse);
    let stroke = last(|style| style.stroke.as_deref()).and_then(Colour::parse).or(colour);
    let dash = last(|style| style.border.as_deref()).map(str::to_ascii_lowercase);
    Look {
        outline: Outline::RoundedBox,
        fill: theme.paper,
        stroke: stroke.unwrap_or(theme.muted).against(theme.paper, 2.0),
        stroke_width: 1.1,
        border: match dash.as_deref() {
            Some("solid") => Dash::Solid,
            Some("dotted") => Dash::Dotted,
            _ => Dash::Dashed,
        },
        ink: colour.unwrap_or(theme.muted).against(theme.paper, READABLE),
        muted: theme.muted,
        opacity: 1.0,
        icon: None,
        metadata: false,
        description: false,
        width: None,
        height: None,
        tag: None,
        inside: true,
    }
}
