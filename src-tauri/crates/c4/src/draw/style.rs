//! How an element or a relationship looks: what its tags' styles say, else what its kind looks like.

use super::colour::Colour;
use super::theme::Theme;
use crate::clouds;
use crate::model::{ElementId, ElementKind, ElementStyle, RelationshipId, RelationshipStyle, Scheme, Workspace};

/// Outlines that elements have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Outline {
    Box,
    RoundedBox,
    Circle,
    Ellipse,
    Hexagon,
    Diamond,
    Cylinder,
    Bucket,
    Pipe,
    Person,
    Robot,
    Folder,
    WebBrowser,
    Window,
    Terminal,
    Shell,
    MobilePortrait,
    MobileLandscape,
    Component,
}

impl Outline {
    fn parse(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase();
        Some(match name.as_str() {
            "box" => Self::Box,
            "roundedbox" => Self::RoundedBox,
            "circle" => Self::Circle,
            "ellipse" => Self::Ellipse,
            "hexagon" => Self::Hexagon,
            "diamond" => Self::Diamond,
            "cylinder" => Self::Cylinder,
            "bucket" => Self::Bucket,
            "pipe" => Self::Pipe,
            "person" => Self::Person,
            "robot" => Self::Robot,
            "folder" => Self::Folder,
            "webbrowser" => Self::WebBrowser,
            "window" => Self::Window,
            "terminal" => Self::Terminal,
            "shell" => Self::Shell,
            "mobiledeviceportrait" | "mobiledevice" => Self::MobilePortrait,
            "mobiledevicelandscape" => Self::MobileLandscape,
            "component" => Self::Component,
            _ => return None,
        })
    }
}

/// Where an icon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IconPlace {
    Top,
    Bottom,
    Left,
}

/// Dashes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "solid" => Some(Self::Solid),
            "dashed" => Some(Self::Dashed),
            "dotted" => Some(Self::Dotted),
            _ => None,
        }
    }

    /// Lengths for a line of this width.
    pub(crate) fn lengths(self, width: f64) -> Vec<f64> {
        match self {
            Self::Solid => Vec::new(),
            Self::Dashed => vec![4.0 * width.max(1.2), 3.0 * width.max(1.2)],
            Self::Dotted => vec![1.2 * width.max(1.0), 2.4 * width.max(1.0)],
        }
    }
}

/// How an element looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    pub outline: Outline,
    pub fill: Colour,
    pub stroke: Colour,
    pub stroke_width: f64,
    pub border: Dash,
    pub ink: Colour,
    pub muted: Colour,
    pub opacity: f64,
    pub icon: Option<(String, IconPlace)>,
    pub metadata: bool,
    pub description: bool,
    /// Saved size in pixels of the JSON, where a style gives one.
    pub width: Option<f64>,
    pub height: Option<f64>,
    /// The tag whose style made it what it is; for the legend.
    pub tag: Option<String>,
    /// Whether the view is about it or what it is part of.
    pub inside: bool,
}

/// How a relationship looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LineLook {
    pub colour: Colour,
    pub width: f64,
    pub dash: Dash,
    pub opacity: f64,
    pub position: Option<f64>,
    pub metadata: bool,
    pub description: bool,
    pub tag: Option<String>,
}

/// How an element looks in a view; `inside`: whether the view is about it or what it is part of.
pub(crate) fn look(workspace: &Workspace, id: ElementId, inside: bool, theme: &Theme) -> Look {
    let model = &workspace.model;
    let element = model.element(id);
    let of = element.instance_of.map(|of| model.element(of));
    let kind = of.map_or(element.kind, |of| of.kind);
    let tags: Vec<&str> = of.iter().flat_map(|of| &of.tags).chain(&element.tags).map(String::as_str).collect();
    let mut merged = ElementStyle::default();
    let mut tag = None;
    let general = [
        "Element",
        "Person",
        "Software System",
        "Container",
        "Component",
        "Software System Instance",
        "Container Instance",
    ];
    for name in &tags {
        for style in workspace.configuration.styles.elements.iter().filter(|style| style.tag == *name) {
            if applies(style.scheme, theme.dark) {
                merge_element(&mut merged, style);
                if !general.contains(name) {
                    tag = Some((*name).to_owned());
                }
            }
        }
    }
    // What the workspace says itself weighs more than its themes.
    let themes = &workspace.configuration.themes;
    let cloud = tags.iter().rev().find_map(|tag| Some((*tag, clouds::look(themes, tag)?)));
    if let Some((of, cloud)) = cloud {
        merged.shape = merged.shape.or_else(|| cloud.shape.map(str::to_owned));
        tag.get_or_insert_with(|| of.to_owned());
    }
    let tint = theme.tint(kind, inside);
    let opacity = merged.opacity.map_or(1.0, |percent| (percent as f64 / 100.0).clamp(0.0, 1.0));
    let fill = merged.background.as_deref().and_then(Colour::parse);
    let ground = fill.unwrap_or(tint.fill);
    let seen = ground.over(opacity, theme.paper);
    let stroke = merged.stroke.as_deref().and_then(Colour::parse);
    let stroke = stroke.or_else(|| cloud.map(|(_, cloud)| cloud.stroke.against(theme.paper, 3.0)));
    let stroke = stroke.unwrap_or(if fill.is_some() { ground.against(ground, 1.6) } else { tint.stroke });
    let (dark, light) = if theme.dark { (theme.paper, theme.ink) } else { (theme.ink, theme.paper) };
    let preferred = merged.color.as_deref().and_then(Colour::parse).unwrap_or(theme.ink);
    let ink = preferred.readable_on(seen, dark, light);
    let default = if kind == ElementKind::Person { Outline::Person } else { Outline::RoundedBox };
    let pixels = |value: Option<i64>| value.filter(|value| (10..=5_000).contains(value)).map(|value| value as f64);
    Look {
        outline: merged.shape.as_deref().and_then(Outline::parse).unwrap_or(default),
        fill: ground,
        stroke,
        stroke_width: merged.stroke_width.map_or(1.3, |width| width.clamp(1, 10) as f64 * 0.7),
        border: merged.border.as_deref().and_then(Dash::parse).unwrap_or(Dash::Solid),
        ink,
        muted: ink.over(0.74, seen).against(seen, super::colour::READABLE),
        opacity,
        icon: merged.icon.clone().map(|icon| {
            let place = match merged.icon_position.as_deref().map(str::to_ascii_lowercase).as_deref() {
                Some("top") => IconPlace::Top,
                Some("left") => IconPlace::Left,
                _ => IconPlace::Bottom,
            };
            (icon, place)
        }),
        metadata: merged.metadata.unwrap_or(true),
        description: merged.description.unwrap_or(true),
        width: pixels(merged.width),
        height: pixels(merged.height),
        tag,
        inside,
    }
}

/// How a relationship looks.
pub(crate) fn line_look(workspace: &Workspace, id: RelationshipId, response: bool, theme: &Theme) -> LineLook {
    let model = &workspace.model;
    let relationship = model.relationship(id);
    // A copy has the tags of what it is a copy of.
    let linked = relationship.linked.map(|linked| &model.relationship(linked).tags);
    let mut merged = RelationshipStyle::default();
    let mut tag = None;
    for name in linked.into_iter().flatten().chain(&relationship.tags) {
        for style in workspace.configuration.styles.relationships.iter().filter(|style| style.tag == *name) {
            if applies(style.scheme, theme.dark) {
                merge_relationship(&mut merged, style);
                if name != "Relationship" {
                    tag = Some(name.clone());
                }
            }
        }
    }
    let dashed = merged.dashed.map(|dashed| if dashed { Dash::Dashed } else { Dash::Solid });
    let dash = merged.style.as_deref().and_then(Dash::parse).or(dashed);
    LineLook {
        colour: merged
            .color
            .as_deref()
            .and_then(Colour::parse)
            .map_or(theme.line, |colour| colour.against(theme.paper, 2.5)),
        width: merged.thickness.map_or(1.3, |width| (width.clamp(1, 20) as f64 * 0.65).min(8.0)),
        dash: if response { Dash::Dashed } else { dash.unwrap_or(Dash::Solid) },
        opacity: merged.opacity.map_or(1.0, |percent| (percent as f64 / 100.0).clamp(0.0, 1.0)),
        position: merged.position.map(|percent| percent.clamp(0, 100) as f64),
        metadata: merged.metadata.unwrap_or(true),
        description: merged.description.unwrap_or(true),
        tag,
    }
}

fn applies(scheme: Option<Scheme>, dark: bool) -> bool {
    scheme.is_none_or(|scheme| (scheme == Scheme::Dark) == dark)
}

fn merge_element(into: &mut ElementStyle, style: &ElementStyle) {
    let take = |to: &mut Option<String>, from: &Option<String>| {
        if from.is_some() {
            to.clone_from(from);
        }
    };
    take(&mut into.background, &style.background);
    take(&mut into.color, &style.color);
    take(&mut into.stroke, &style.stroke);
    take(&mut into.shape, &style.shape);
    take(&mut into.border, &style.border);
    take(&mut into.icon, &style.icon);
    take(&mut into.icon_position, &style.icon_position);
    into.stroke_width = style.stroke_width.or(into.stroke_width);
    into.opacity = style.opacity.or(into.opacity);
    into.width = style.width.or(into.width);
    into.height = style.height.or(into.height);
    into.metadata = style.metadata.or(into.metadata);
    into.description = style.description.or(into.description);
}

fn merge_relationship(into: &mut RelationshipStyle, style: &RelationshipStyle) {
    let take = |to: &mut Option<String>, from: &Option<String>| {
        if from.is_some() {
            to.clone_from(from);
        }
    };
    take(&mut into.color, &style.color);
    take(&mut into.style, &style.style);
    into.thickness = style.thickness.or(into.thickness);
    // The newer word hides the older one.
    into.dashed = style.dashed.or(into.dashed);
    into.opacity = style.opacity.or(into.opacity);
    into.position = style.position.or(into.position);
    into.metadata = style.metadata.or(into.metadata);
    into.description = style.description.or(into.description);
}
