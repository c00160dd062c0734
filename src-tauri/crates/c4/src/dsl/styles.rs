//! How things look: styles by tag, for light and dark.

use super::colors::hex;
use super::context::{Context, Holder};
use super::fail::{Fail, Words, fail};
use super::parser::Parser;
use crate::model::{ElementStyle, RelationshipStyle, Scheme};
use std::ops::RangeInclusive;

pub(super) const SHAPES: [&str; 19] = [
    "Box",
    "RoundedBox",
    "Circle",
    "Ellipse",
    "Hexagon",
    "Diamond",
    "Component",
    "Cylinder",
    "Bucket",
    "Pipe",
    "Person",
    "Robot",
    "Folder",
    "WebBrowser",
    "Window",
    "Shell",
    "Terminal",
    "MobileDevicePortrait",
    "MobileDeviceLandscape",
];
pub(super) const LINES: [&str; 3] = ["Solid", "Dashed", "Dotted"];
pub(super) const ROUTINGS: [&str; 3] = ["Direct", "Orthogonal", "Curved"];
pub(super) const ICON_POSITIONS: [&str; 3] = ["Top", "Bottom", "Left"];

impl Parser<'_> {
    pub(super) fn in_styles(&mut self, first: &str, words: &Words<'_>, scheme: Option<Scheme>) -> Result<bool, Fail> {
        match first {
            "element" => {
                let tag = tag(words, "element <tag> {")?;
                let styles = &mut self.workspace.configuration.styles.elements;
                let at = styles.iter().position(|one| one.tag == tag && one.scheme == scheme).unwrap_or_else(|| {
                    styles.push(ElementStyle { tag: tag.to_owned(), scheme, ..ElementStyle::default() });
                    styles.len() - 1
                });
                self.open(Context::ElementStyle(at))?;
            }
            "relationship" => {
                let tag = tag(words, "relationship <tag> {")?;
                let styles = &mut self.workspace.configuration.styles.relationships;
                let at = styles.iter().position(|one| one.tag == tag && one.scheme == scheme).unwrap_or_else(|| {
                    styles.push(RelationshipStyle { tag: tag.to_owned(), scheme, ..RelationshipStyle::default() });
                    styles.len() - 1
                });
                self.open(Context::RelationshipStyle(at))?;
            }
            "light" => self.open(Context::Styles(Some(Scheme::Light)))?,
            "dark" => self.open(Context::Styles(Some(Scheme::Dark)))?,
            "theme" | "themes" => self.theme_line(first, words)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn in_element_style(&mut self, first: &str, words: &Words<'_>, at: usize) -> Result<bool, Fail> {
        if first == "properties" {
            self.open(Context::Properties(Holder::ElementStyle(at)))?;
            return Ok(true);
        }
        let icon = if first == "icon" { Some(self.picture(value(words, "icon <file|url>")?)?) } else { None };
        let style = &mut self.workspace.configuration.styles.elements[at];
        match first {
            "shape" => style.shape = Some(one_of("shape", words, &SHAPES)?),
            "background" => style.background = Some(color(words)?),
            "color" | "colour" => style.color = Some(color(words)?),
            "stroke" => style.stroke = Some(color(words)?),
            "strokewidth" => style.stroke_width = Some(number(words, "Stroke width", 1..=10)?),
            "border" => style.border = Some(one_of("border", words, &LINES)?),
            "opacity" => style.opacity = Some(number(words, "Opacity", 0..=100)?),
            "width" => style.width = Some(number(words, "Width", 1..=i64::from(i32::MAX))?),
            "height" => style.height = Some(number(words, "Height", 1..=i64::from(i32::MAX))?),
            "fontsize" => style.font_size = Some(number(words, "Font size", 1..=i64::from(i32::MAX))?),
            "metadata" => style.metadata = Some(flag(words, "Metadata")?),
            "description" => style.description = Some(flag(words, "Description")?),
            "icon" => style.icon = icon,
            "iconposition" => style.icon_position = Some(one_of("icon position", words, &ICON_POSITIONS)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn in_relationship_style(&mut self, first: &str, words: &Words<'_>, at: usize) -> Result<bool, Fail> {
        let style = &mut self.workspace.configuration.styles.relationships[at];
        match first {
            "properties" => self.open(Context::Properties(Holder::RelationshipStyle(at)))?,
            "thickness" => style.thickness = Some(number(words, "Thickness", 1..=i64::from(i32::MAX))?),
            "color" | "colour" => style.color = Some(color(words)?),
            "dashed" => style.dashed = Some(flag(words, "Dashed")?),
            "style" => style.style = Some(one_of("line style", words, &LINES)?),
            "routing" => style.routing = Some(one_of("routing", words, &ROUTINGS)?),
            "jump" => style.jump = Some(flag(words, "Jump")?),
            "fontsize" => style.font_size = Some(number(words, "Font size", 1..=i64::from(i32::MAX))?),
            "width" => style.width = Some(number(words, "Width", 1..=i64::from(i32::MAX))?),
            "position" => style.position = Some(number(words, "Position", 0..=100)?),
            "opacity" => style.opacity = Some(number(words, "Opacity", 0..=100)?),
            "metadata" => style.metadata = Some(flag(words, "Metadata")?),
            "description" => style.description = Some(flag(words, "Description")?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn tag<'w>(words: &'w Words<'_>, grammar: &str) -> Result<&'w str, Fail> {
    let tag = value(words, grammar)?;
    if tag.is_empty() { Err(fail("A tag must be specified", "name the tag that the style is for")) } else { Ok(tag) }
}

/// The only word after the first.
fn value<'w>(words: &'w Words<'_>, grammar: &str) -> Result<&'w str, Fail> {
    Parser::at_most(words, 2, grammar)?;
    Parser::need(words, 1, grammar)
}

fn one_of(what: &str, words: &Words<'_>, known: &[&str]) -> Result<String, Fail> {
    let grammar = format!("{} <{}>", words[0], known.join("|"));
    let word = value(words, &grammar)?;
    match known.iter().find(|one| one.eq_ignore_ascii_case(word)) {
        Some(found) => Ok((*found).to_owned()),
        None => Err(fail(format!("The {what} \"{word}\" is not valid"), &format!("write {}", known.join(", ")))),
    }
}

fn color(words: &Words<'_>) -> Result<String, Fail> {
    let word = value(words, &format!("{} <#rrggbb|color name>", words[0]))?;
    hex(word).ok_or_else(|| {
        fail(format!("{word} is not a valid hex colour code or HTML colour name"), "write #rrggbb or a colour's name")
    })
}

fn number(words: &Words<'_>, what: &str, range: RangeInclusive<i64>) -> Result<i64, Fail> {
    let word = value(words, &format!("{} <number>", words[0]))?;
    match word.parse::<i32>() {
        // What is too much or too little is taken for the most or the least.
        Ok(number) => Ok(i64::from(number).clamp(*range.start(), *range.end())),
        Err(_) => {
            let wanted = if *range.end() > 1_000 {
                "a positive integer".to_owned()
            } else {
                format!("an integer between {} and {}", range.start(), range.end())
            };
            Err(fail(format!("{what} must be {wanted}"), "correct the number"))
        }
    }
}

fn flag(words: &Words<'_>, what: &str) -> Result<bool, Fail> {
    match value(words, &format!("{} <true|false>", words[0]))?.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(fail(format!("{what} must be true or false"), "write true or false")),
    }
}
