//! Styles, themes and terminology, read and written.

use super::export::{Out, properties};
use super::reader::{Fields, refuse};
use crate::diagnostic::Refusal;
use crate::model::{Configuration, ElementStyle, RelationshipStyle, Scheme, Styles};
use serde_json::{Map, Value};

/// The styles of a theme's file.
pub(crate) fn theme(bytes: &[u8]) -> Result<Styles, Refusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| refuse(format!("not JSON: {error}"), "save the theme again"))?;
    styles(Fields::of(value, "")?)
}

pub(super) fn read(mut fields: Fields) -> Result<Configuration, Refusal> {
    let mut configuration = Configuration { styles: styles(fields.object("styles")?)?, ..Configuration::default() };
    configuration.themes = fields.texts("themes")?;
    // One theme by itself is how older versions wrote it.
    configuration.themes.extend(fields.some_text("theme")?);
    configuration.terminology = fields.object("terminology")?.rest();
    configuration.default_view = fields.some_text("defaultView")?;
    configuration.metadata_symbols = fields.some_text("metadataSymbols")?;
    configuration.branding = fields.object("branding")?.rest();
    configuration.properties = fields.properties()?;
    configuration.extra = fields.rest();
    Ok(configuration)
}

fn styles(mut styles: Fields) -> Result<Styles, Refusal> {
    let mut all = Styles::default();
    for mut style in styles.objects("elements")? {
        all.elements.push(ElementStyle {
            tag: style.text("tag")?,
            scheme: scheme(&mut style)?,
            background: style.some_text("background")?,
            color: style.some_text("color")?,
            stroke: style.some_text("stroke")?,
            stroke_width: style.number("strokeWidth")?,
            shape: style.some_text("shape")?,
            border: style.some_text("border")?,
            opacity: style.number("opacity")?,
            width: style.number("width")?,
            height: style.number("height")?,
            font_size: style.number("fontSize")?,
            icon: style.some_text("icon")?,
            icon_position: style.some_text("iconPosition")?,
            metadata: style.flag("metadata")?,
            description: style.flag("description")?,
            properties: style.properties()?,
            extra: style.rest(),
        });
    }
    for mut style in styles.objects("relationships")? {
        all.relationships.push(RelationshipStyle {
            tag: style.text("tag")?,
            scheme: scheme(&mut style)?,
            thickness: style.number("thickness")?,
            color: style.some_text("color")?,
            dashed: style.flag("dashed")?,
            style: style.some_text("style")?,
            routing: style.some_text("routing")?,
            jump: style.flag("jump")?,
            font_size: style.number("fontSize")?,
            width: style.number("width")?,
            position: style.number("position")?,
            opacity: style.number("opacity")?,
            metadata: style.flag("metadata")?,
            description: style.flag("description")?,
            properties: style.properties()?,
            extra: style.rest(),
        });
    }
    Ok(all)
}

fn scheme(style: &mut Fields) -> Result<Option<Scheme>, Refusal> {
    Ok(match style.text("colorScheme")?.as_str() {
        "Light" => Some(Scheme::Light),
        "Dark" => Some(Scheme::Dark),
        _ => None,
    })
}

pub(super) fn write(configuration: &Configuration) -> Value {
    let mut out = Out::from(&configuration.extra);
    let elements = configuration.styles.elements.iter().map(element_style).collect::<Vec<_>>();
    let relationships = configuration.styles.relationships.iter().map(relationship_style).collect::<Vec<_>>();
    let mut styles = Out::default();
    styles.list("elements", elements);
    styles.list("relationships", relationships);
    out.put("styles", styles.done());
    out.list("themes", configuration.themes.iter().map(|theme| Value::from(theme.as_str())).collect());
    out.put("terminology", Value::Object(configuration.terminology.clone()));
    out.some("defaultView", configuration.default_view.clone());
    out.some("metadataSymbols", configuration.metadata_symbols.clone());
    if !configuration.branding.is_empty() {
        out.put("branding", Value::Object(configuration.branding.clone()));
    }
    properties(&mut out, &configuration.properties);
    out.done()
}

fn element_style(style: &ElementStyle) -> Value {
    let mut out = Out::from(&style.extra);
    out.text("tag", &style.tag);
    out.some("colorScheme", style.scheme.map(Scheme::name));
    out.some("background", style.background.clone());
    out.some("color", style.color.clone());
    out.some("stroke", style.stroke.clone());
    out.some("strokeWidth", style.stroke_width);
    out.some("shape", style.shape.clone());
    out.some("border", style.border.clone());
    out.some("opacity", style.opacity);
    out.some("width", style.width);
    out.some("height", style.height);
    out.some("fontSize", style.font_size);
    out.some("icon", style.icon.clone());
    out.some("iconPosition", style.icon_position.clone());
    out.some("metadata", style.metadata);
    out.some("description", style.description);
    properties(&mut out, &style.properties);
    out.done()
}

fn relationship_style(style: &RelationshipStyle) -> Value {
    let mut out = Out::from(&style.extra);
    out.text("tag", &style.tag);
    out.some("colorScheme", style.scheme.map(Scheme::name));
    out.some("thickness", style.thickness);
    out.some("color", style.color.clone());
    out.some("dashed", style.dashed);
    out.some("style", style.style.clone());
    out.some("routing", style.routing.clone());
    out.some("jump", style.jump);
    out.some("fontSize", style.font_size);
    out.some("width", style.width);
    out.some("position", style.position);
    out.some("opacity", style.opacity);
    out.some("metadata", style.metadata);
    out.some("description", style.description);
    properties(&mut out, &style.properties);
    out.done()
}

/// An object as it was read.
pub(super) fn map(map: &Map<String, Value>) -> Value {
    Value::Object(map.clone())
}
