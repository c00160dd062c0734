//! Styles, themes, words for the kinds.

use super::properties;
use super::text::Text;
use crate::dsl::colors::hex;
use crate::dsl::styles::{ICON_POSITIONS, LINES, ROUTINGS, SHAPES};
use crate::dsl::themes::is_named;
use crate::model::{Configuration, ElementStyle, RelationshipStyle, Scheme};
use serde_json::Value;

pub(super) fn write(text: &mut Text, configuration: &Configuration) {
    let styles = &configuration.styles;
    if !styles.elements.is_empty() || !styles.relationships.is_empty() {
        text.blank();
        text.open("styles");
        for scheme in [None, Some(Scheme::Light), Some(Scheme::Dark)] {
            let elements: Vec<&ElementStyle> =
                styles.elements.iter().filter(|one| one.scheme == scheme && !one.tag.is_empty()).collect();
            let relationships: Vec<&RelationshipStyle> =
                styles.relationships.iter().filter(|one| one.scheme == scheme && !one.tag.is_empty()).collect();
            if elements.is_empty() && relationships.is_empty() {
                continue;
            }
            if let Some(scheme) = scheme {
                text.open(if scheme == Scheme::Light { "light" } else { "dark" });
            }
            elements.into_iter().for_each(|one| element(text, one));
            relationships.into_iter().for_each(|one| relationship(text, one));
            if scheme.is_some() {
                text.close();
            }
        }
        text.close();
    }
    let themes: Vec<&str> = configuration.themes.iter().map(String::as_str).filter(|theme| is_named(theme)).collect();
    if !themes.is_empty() {
        text.blank();
        text.call("themes", &themes, themes.len());
    }
    terminology(text, configuration);
    branding(text, configuration);
    if !configuration.properties.is_empty() {
        text.blank();
        properties(text, &configuration.properties);
    }
}

fn element(text: &mut Text, style: &ElementStyle) {
    let tag = text.quote(&style.tag);
    text.open(&format!("element {tag}"));
    word(text, "shape", style.shape.as_deref(), &SHAPES);
    if let Some(icon) = &style.icon {
        text.call("icon", &[icon], 1);
    }
    word(text, "iconPosition", style.icon_position.as_deref(), &ICON_POSITIONS);
    number(text, "width", style.width, 1, i64::from(i32::MAX));
    number(text, "height", style.height, 1, i64::from(i32::MAX));
    color(text, "background", style.background.as_deref());
    color(text, "color", style.color.as_deref());
    color(text, "stroke", style.stroke.as_deref());
    number(text, "strokeWidth", style.stroke_width, 1, 10);
    number(text, "fontSize", style.font_size, 1, i64::from(i32::MAX));
    word(text, "border", style.border.as_deref(), &LINES);
    number(text, "opacity", style.opacity, 0, 100);
    flag(text, "metadata", style.metadata);
    flag(text, "description", style.description);
    properties(text, &style.properties);
    text.close();
}

fn relationship(text: &mut Text, style: &RelationshipStyle) {
    let tag = text.quote(&style.tag);
    text.open(&format!("relationship {tag}"));
    number(text, "thickness", style.thickness, 1, i64::from(i32::MAX));
    color(text, "color", style.color.as_deref());
    flag(text, "dashed", style.dashed);
    word(text, "style", style.style.as_deref(), &LINES);
    word(text, "routing", style.routing.as_deref(), &ROUTINGS);
    flag(text, "jump", style.jump);
    number(text, "fontSize", style.font_size, 1, i64::from(i32::MAX));
    number(text, "width", style.width, 1, i64::from(i32::MAX));
    number(text, "position", style.position, 0, 100);
    number(text, "opacity", style.opacity, 0, 100);
    flag(text, "metadata", style.metadata);
    flag(text, "description", style.description);
    properties(text, &style.properties);
    text.close();
}

// What could not be read again is left out.

fn word(text: &mut Text, field: &str, value: Option<&str>, known: &[&str]) {
    if let Some(value) = value.filter(|value| known.contains(value)) {
        text.line(&format!("{field} {value}"));
    }
}

fn color(text: &mut Text, field: &str, value: Option<&str>) {
    if let Some(value) = value.and_then(hex) {
        text.line(&format!("{field} {value}"));
    }
}

fn number(text: &mut Text, field: &str, value: Option<i64>, least: i64, most: i64) {
    if let Some(value) = value.filter(|value| (least..=most).contains(value)) {
        text.line(&format!("{field} {value}"));
    }
}

fn flag(text: &mut Text, field: &str, value: Option<bool>) {
    if let Some(value) = value {
        text.line(&format!("{field} {value}"));
    }
}

fn terminology(text: &mut Text, configuration: &Configuration) {
    let symbols = match configuration.metadata_symbols.as_deref() {
        Some("SquareBrackets") => Some("square"),
        Some("RoundBrackets") => Some("round"),
        Some("CurlyBrackets") => Some("curly"),
        Some("AngleBrackets") => Some("angle"),
        Some("DoubleAngleBrackets") => Some("double_angle"),
        Some("None") => Some("none"),
        _ => None,
    };
    let known =
        ["person", "softwareSystem", "container", "component", "deploymentNode", "infrastructureNode", "relationship"];
    let terms: Vec<(&str, &str)> = known
        .into_iter()
        .filter_map(|name| Some((name, configuration.terminology.get(name)?.as_str()?)))
        .filter(|(_, term)| !term.is_empty())
        .collect();
    if terms.is_empty() && symbols.is_none() {
        return;
    }
    text.blank();
    text.open("terminology");
    for (name, term) in terms {
        text.call(name, &[term], 1);
    }
    if let Some(symbols) = symbols {
        text.line(&format!("metadata {symbols}"));
    }
    text.close();
}

fn branding(text: &mut Text, configuration: &Configuration) {
    let logo = configuration.branding.get("logo").and_then(Value::as_str);
    let font = configuration.branding.get("font");
    let name = font.and_then(|font| font["name"].as_str());
    if logo.is_none() && name.is_none() {
        return;
    }
    text.blank();
    text.open("branding");
    if let Some(logo) = logo {
        text.call("logo", &[logo], 1);
    }
    if let Some(name) = name {
        let url = font.and_then(|font| font["url"].as_str()).unwrap_or_default();
        text.call("font", &[name, url], 1);
    }
    text.close();
}
