//! Themes that are known without fetching them.

use crate::model::{ElementStyle, Styles};

/// The address of Structurizr's default theme, which `theme default` means.
pub(crate) const DEFAULT_THEME: &str = "https://static.structurizr.com/themes/default/theme.json";

/// The styles of a theme by its address, for drawing: of Structurizr's default theme. Others are not known here; a
/// reader of the DSL says so. What a workspace says itself weighs more than its themes.
pub fn theme_styles(address: &str) -> Option<Styles> {
    if address != DEFAULT_THEME && !address.eq_ignore_ascii_case("default") {
        return None;
    }
    let style = |tag: &str, background: Option<&str>, color: Option<&str>, shape: Option<&str>| ElementStyle {
        tag: tag.to_owned(),
        background: background.map(str::to_owned),
        color: color.map(str::to_owned),
        shape: shape.map(str::to_owned),
        ..ElementStyle::default()
    };
    let elements = vec![
        style("Element", None, None, Some("RoundedBox")),
        style("Software System", Some("#1168bd"), Some("#ffffff"), None),
        style("Container", Some("#438dd5"), Some("#ffffff"), None),
        style("Component", Some("#85bbf0"), Some("#000000"), None),
        style("Person", Some("#08427b"), Some("#ffffff"), Some("Person")),
        style("Infrastructure Node", Some("#ffffff"), None, None),
    ];
    Some(Styles { elements, relationships: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_THEME, theme_styles};

    #[test]
    fn the_default_is_known_and_no_other() {
        let styles = theme_styles(DEFAULT_THEME).map(|styles| styles.elements.len());
        assert_eq!(styles, theme_styles("Default").map(|styles| styles.elements.len()));
        assert!(styles.is_some_and(|count| count > 3));
        assert!(theme_styles("https://example.com/theme.json").is_none());
    }
}
