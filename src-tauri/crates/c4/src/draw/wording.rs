//! What is written on boxes, boundaries and lines.

use super::block::{Block, Density, LEADING, Lines, Row, Wording, size};
use super::colour::{Colour, READABLE};
use super::fonts::Measure;
use super::options::{Options, Overlay, Traffic};
use super::scene::Subject;
use super::shape::FontWeight;
use super::style::{Dash, LineLook, Look, Outline};
use super::theme::Theme;
use super::wrap::{Setting, TextLine, plain, wrap};
use crate::model::{ElementId, ElementKind, RelationshipId, RelationshipView, Workspace};

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
            kind if technology.is_empty() => self.kind(kind),
            kind => format!("{}: {technology}", self.kind(kind)),
        };
        if inner.is_empty() { inner } else { self.bracketed(&inner) }
    }

    fn bracketed(&self, text: &str) -> String {
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
            description: if look.description && !self.options.names_only {
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

    /// The text of a line: its number and description, its technology, what was measured.
    pub(crate) fn label(&self, shown: &RelationshipView, look: &LineLook, traffic: Option<String>) -> Vec<Row> {
        let relationship = self.workspace.model.relationship(shown.relationship);
        let description = if shown.description.is_empty() { &relationship.description } else { &shown.description };
        let mut text = if look.description && !self.options.names_only { plain(description) } else { String::new() };
        if !shown.order.is_empty() {
            text = format!("{}: {text}", plain(&shown.order)).trim_end_matches(": ").to_owned();
        }
        let mut technology = plain(&relationship.technology);
        if technology.is_empty()
            && let Some(linked) = relationship.linked
        {
            technology = plain(&self.workspace.model.relationship(linked).technology);
        }
        let syllables = self.options.words.syllables;
        let mut rows: Vec<Row> = Vec::new();
        let add = |rows: &mut Vec<Row>, text: &str, size: f64, weight, muted, lines, width| {
            let setting = Setting { size, weight, width, lines, syllables };
            for line in wrap(self.measure, text, setting).0 {
                rows.push(Row { line, size, weight, muted, gap: 0.0, indent: 0.0 });
            }
        };
        // Longer texts in wider lines, that they do not become columns.
        let wide = self.density.lines == Lines::Long;
        let width = self.density.label() + (text.chars().count() as f64 - 60.0).clamp(0.0, 120.0) * 0.8;
        add(&mut rows, &text, size::LABEL, FontWeight::Regular, false, 7, width);
        if look.metadata && !technology.is_empty() && !self.options.names_only {
            let technology = self.bracketed(&technology);
            let short = self.measure.width(&technology, size::META, FontWeight::Regular);
            let beside =
                rows.first().map(|row| (row.line.width, row.line.width + 5.0 + short)).filter(|_| rows.len() == 1);
            match beside {
                // In one row, where rows are what there is too little room for.
                Some((first, both)) if wide && both <= width => {
                    rows[0].indent = (first - both) / 2.0;
                    let gap = -size::LABEL * LEADING + (size::LABEL - size::META) * (LEADING / 2.0 + 0.34);
                    let line = TextLine { text: technology, width: short };
                    let indent = (both - short) / 2.0;
                    rows.push(Row { line, size: size::META, weight: FontWeight::Regular, muted: true, gap, indent });
                }
                _ => add(&mut rows, &technology, size::META, FontWeight::Regular, true, 3, width),
            }
        }
        if let Some(traffic) = traffic.filter(|_| !self.options.names_only) {
            // Figures in one row where there is room to the sides.
            let width = if wide { width.max(215.0) } else { width };
            add(&mut rows, &traffic, size::META, FontWeight::SemiBold, false, 3, width);
        }
        rows
    }

    /// What was measured on a relationship, as text; the line takes its width and colour from it.
    pub(crate) fn traffic(&self, id: RelationshipId, look: &mut LineLook) -> Option<String> {
        let Overlay::Traffic(measured) = &self.options.overlay else { return None };
        let model = &self.workspace.model;
        let relationship = model.relationship(id);
        let of = |id: ElementId| model.key(model.element(id).instance_of.unwrap_or(id));
        let own = (model.key(relationship.source), model.key(relationship.destination));
        let found =
            measured.get(&own).or_else(|| measured.get(&(of(relationship.source), of(relationship.destination))));
        let Some(traffic) = found else {
            look.colour = look.colour.over(0.55, self.theme.paper);
            return None;
        };
        look.colour = match traffic_class(traffic) {
            0 => self.theme.line,
            1 => self.theme.severities[2].against(self.theme.paper, 2.2),
            _ => self.theme.severities[0].against(self.theme.paper, 3.0),
        };
        look.width = 1.3 + traffic.rate.map_or(0.0, |rate| rate.max(1.0).log10().min(4.0) * 0.6);
        let words = &self.options.words;
        let mut parts = Vec::new();
        if let Some(p99) = traffic.p99 {
            let time = if p99 >= 10_000.0 {
                format!("{} s", words.number(p99 / 1000.0, 1))
            } else {
                format!("{} ms", words.number(p99, 0))
            };
            parts.push(format!("p99 {time}").replace(' ', "\u{a0}"));
        }
        if let Some(rate) = traffic.error_rate {
            let percent = rate * 100.0;
            // What is rare is not nothing.
            let share = if percent > 0.0 && percent < 0.05 {
                format!("<{}", words.number(0.1, 1))
            } else {
                words.number(percent, 1)
            };
            parts.push(format!("{share}\u{a0}%\u{a0}{}", words.errors));
        }
        if let Some(rate) = traffic.rate {
            parts.push(format!("{}/s", words.number(rate, if rate < 10.0 { 1 } else { 0 })));
        }
        Some(parts.join("\u{a0}· "))
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
                let own = element
                    .perspectives
                    .iter()
                    .chain(element.instance_of.iter().flat_map(|of| &model.element(*of).perspectives));
                let one = own.into_iter().find(|one| one.name.eq_ignore_ascii_case(name))?;
                let text = plain(if one.value.is_empty() { &one.description } else { &one.value });
                let label: String = text.chars().take(28).collect();
                Some((label, self.scale(&text), Vec::new()))
            }
            _ => None,
        }
    }

    /// The colour of a perspective's value: that of the severity which it names, else by its place among all values of
    /// the workspace.
    fn scale(&self, value: &str) -> Colour {
        let Overlay::Perspective(name) = &self.options.overlay else { return self.theme.accent };
        if let Some(at) = self.options.words.severity(value) {
            return self.theme.severities[at];
        }
        let mut values: Vec<String> = self
            .workspace
            .model
            .elements()
            .flat_map(|(_, element)| &element.perspectives)
            .filter(|one| one.name.eq_ignore_ascii_case(name))
            .map(|one| plain(if one.value.is_empty() { &one.description } else { &one.value }))
            .collect();
        // Numbers by size, words by the alphabet.
        values.sort_by(|one, other| match (one.parse::<f64>(), other.parse::<f64>()) {
            (Ok(one), Ok(other)) => one.total_cmp(&other),
            _ => one.cmp(other),
        });
        values.dedup();
        let at = values.iter().position(|one| one == value).unwrap_or(0) as f64;
        let share = if values.len() > 1 { at / (values.len() - 1) as f64 } else { 1.0 };
        self.theme.secondary.over(share, self.theme.accent)
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

/// 0 good, 1 slow or with errors, 2 bad. Half a second and two are where people notice and give up (Nielsen's limits,
/// rounded to what audits use); one in a hundred and one in twenty fail.
pub(crate) fn traffic_class(traffic: &Traffic) -> u8 {
    let slow = traffic.p99.map_or(0, |p99| u8::from(p99 >= 500.0) + u8::from(p99 >= 2_000.0));
    let failing = traffic.error_rate.map_or(0, |rate| u8::from(rate >= 0.01) + u8::from(rate >= 0.05));
    slow.max(failing)
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
