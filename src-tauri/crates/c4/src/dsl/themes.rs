//! Themes: files of styles in the folder are taken in; those of the web are named and not fetched.

use super::fail::{Step, Words, fail};
use super::files::{is_url, resolve};
use super::parser::Parser;
use crate::clouds;
use crate::diagnostic::Level;
use crate::json;
use crate::themes::DEFAULT_THEME;

/// Sets of cloud icons that the newest version installs under these names, which may be followed by a date.
const INSTALLED: [&str; 6] = [
    "amazon-web-services",
    "microsoft-azure",
    "google-cloud-platform",
    "oracle-cloud-infrastructure",
    "kubernetes",
    "apache-software-foundation",
];

/// Whether it names a theme that is not a file.
pub(super) fn is_named(theme: &str) -> bool {
    is_url(theme) || INSTALLED.iter().any(|known| theme.starts_with(known))
}

impl Parser<'_> {
    pub(super) fn theme_line(&mut self, first: &str, words: &Words<'_>) -> Step {
        let grammar = format!("{first} <name|url|file>");
        Self::need(words, 1, &grammar)?;
        if first == "theme" {
            Self::at_most(words, 2, &grammar)?;
        }
        for word in &words[1..] {
            self.theme(word)?;
        }
        Ok(())
    }

    fn theme(&mut self, theme: &str) -> Step {
        let name = if theme.eq_ignore_ascii_case("default") { DEFAULT_THEME } else { theme };
        if clouds::is_cloud(name) && is_named(name) {
            self.say(Level::Note, format!("the theme {name} is not fetched: colours and shapes of its kinds are drawn by our own styles, without its icons – save it beside this file and name the file for its own"));
        } else if name != DEFAULT_THEME && is_named(name) {
            self.warn(format!("the theme {name} is not fetched: its colours and icons are missing – save it beside this file and name the file"));
        }
        if is_named(name) {
            let themes = &mut self.workspace.configuration.themes;
            if !themes.iter().any(|known| known == name) {
                themes.push(name.to_owned());
            }
            return Ok(());
        }
        let Some(path) = resolve(&self.file, name) else {
            return Err(fail(format!("{name} is outside the opened folder"), "put the theme into the folder"));
        };
        let Some(bytes) = self.files.read(&path) else {
            return Err(fail(format!("Theme {name} does not exist at {path}"), "correct the path"));
        };
        self.uses(&path);
        let mut styles = json::theme(&bytes).map_err(|refusal| {
            fail(format!("Error loading theme from {path}: {}", refusal.message), &refusal.remedy)
        })?;
        // Icons lie beside the theme.
        for icon in styles.elements.iter_mut().filter_map(|style| style.icon.as_mut()) {
            if !is_url(icon) && !icon.starts_with("data:") {
                match resolve(&path, icon) {
                    Some(path) => *icon = path,
                    None => self.warn(format!("the icon {icon} of the theme {path} is outside the opened folder")),
                }
            }
        }
        // What the workspace says itself comes later and so weighs more.
        let own = &mut self.workspace.configuration.styles;
        styles
            .elements
            .retain(|one| !own.elements.iter().any(|known| known.tag == one.tag && known.scheme == one.scheme));
        styles
            .relationships
            .retain(|one| !own.relationships.iter().any(|known| known.tag == one.tag && known.scheme == one.scheme));
        own.elements.append(&mut styles.elements);
        own.relationships.append(&mut styles.relationships);
        Ok(())
    }
}
