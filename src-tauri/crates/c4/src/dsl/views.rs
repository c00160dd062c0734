//! The list of views: what each is of, its key, what all share.

use super::context::{Context, Holder};
use super::fail::{Fail, Step, Words, fail, missing};
use super::parser::Parser;
use crate::content::free_key;
use crate::model::{ElementId, ElementKind, FilterMode, View, ViewKind, tag_list};

impl Parser<'_> {
    /// Answers whether the line may stand among the views.
    pub(super) fn in_views(&mut self, first: &str, words: &Words<'_>, opens: bool) -> Result<bool, Fail> {
        match first {
            "custom" => {
                let grammar = "custom [key] [title] [description] {";
                Self::at_most(words, 4, grammar)?;
                let at = self.add_view(ViewKind::Custom, Self::word(words, 1))?;
                Self::word(words, 2).unwrap_or_default().clone_into(&mut self.workspace.views[at].title);
                self.described(at, Self::word(words, 3));
                self.open(Context::View(at))?;
            }
            "systemlandscape" => {
                Self::at_most(words, 3, "systemLandscape [key] [description] {")?;
                let at = self.add_view(ViewKind::SystemLandscape, Self::word(words, 1))?;
                self.described(at, Self::word(words, 2));
                self.open(Context::View(at))?;
            }
            "systemcontext" | "container" | "component" => self.scoped_view(first, words)?,
            "dynamic" => self.dynamic_view(words)?,
            "deployment" => self.deployment_view(words)?,
            "filtered" => self.filtered_view(words, opens)?,
            "image" => self.image_view(words)?,
            "styles" => self.open(Context::Styles(None))?,
            "theme" | "themes" => self.theme_line(first, words)?,
            "terminology" => self.open(Context::Terminology)?,
            "branding" => {
                self.outdated(
                    "branding is no longer part of the views",
                    "put the logo and the font into the report's brand",
                )?;
                self.open(Context::Branding)?;
            }
            "properties" => self.open(Context::Properties(Holder::Views))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn scoped_view(&mut self, first: &str, words: &Words<'_>) -> Step {
        let (kind, wanted, what, grammar) = match first {
            "systemcontext" => (
                ViewKind::SystemContext,
                ElementKind::SoftwareSystem,
                "software system",
                "systemContext <software system identifier> [key] [description] {",
            ),
            "container" => (
                ViewKind::Container,
                ElementKind::SoftwareSystem,
                "software system",
                "container <software system identifier> [key] [description] {",
            ),
            _ => (
                ViewKind::Component,
                ElementKind::Container,
                "container",
                "component <container identifier> [key] [description] {",
            ),
        };
        Self::at_most(words, 4, grammar)?;
        let scope = self.scope(Self::need(words, 1, grammar)?, &[wanted], what)?;
        let at = self.add_view(kind, Self::word(words, 2))?;
        self.workspace.views[at].scope = Some(scope);
        self.described(at, Self::word(words, 3));
        self.open(Context::View(at))
    }

    fn dynamic_view(&mut self, words: &Words<'_>) -> Step {
        let grammar = "dynamic <*|software system identifier|container identifier> [key] [description] {";
        Self::at_most(words, 4, grammar)?;
        let scope = match Self::need(words, 1, grammar)? {
            "*" => None,
            name => {
                let kinds = [ElementKind::SoftwareSystem, ElementKind::Container];
                Some(self.scope(name, &kinds, "software system or container")?)
            }
        };
        let at = self.add_view(ViewKind::Dynamic, Self::word(words, 2))?;
        self.workspace.views[at].scope = scope;
        self.described(at, Self::word(words, 3));
        self.open(Context::View(at))
    }

    fn deployment_view(&mut self, words: &Words<'_>) -> Step {
        let grammar = "deployment <*|software system identifier> <environment> [key] [description] {";
        Self::at_most(words, 5, grammar)?;
        let environment = Self::need(words, 2, grammar)?;
        let environment = self.environment_named(environment).unwrap_or_else(|| environment.to_owned());
        let model = &self.workspace.model;
        if !model.of_kind(ElementKind::DeploymentNode).any(|id| model.element(id).environment == environment) {
            let message = format!("The environment \"{environment}\" does not exist");
            return Err(missing(message, "name a deploymentEnvironment that has deployment nodes"));
        }
        let scope = match Self::need(words, 1, grammar)? {
            "*" => None,
            name => Some(self.scope(name, &[ElementKind::SoftwareSystem], "software system")?),
        };
        let at = self.add_view(ViewKind::Deployment, Self::word(words, 3))?;
        self.workspace.views[at].scope = scope;
        self.workspace.views[at].environment = environment;
        self.described(at, Self::word(words, 4));
        self.open(Context::View(at))
    }

    fn filtered_view(&mut self, words: &Words<'_>, opens: bool) -> Step {
        let grammar = "filtered <baseKey> <include|exclude> <tags> [key] [description]";
        Self::at_most(words, 6, grammar)?;
        let base = Self::need(words, 1, grammar)?.to_owned();
        let tags = Self::need(words, 3, grammar)?;
        let mode = match Self::need(words, 2, grammar)?.to_ascii_lowercase().as_str() {
            "include" => FilterMode::Include,
            "exclude" => FilterMode::Exclude,
            _ => return Err(fail("Filter mode should be include or exclude", grammar)),
        };
        let Some(view) = self.workspace.view(&base) else {
            return Err(missing(format!("The view \"{base}\" does not exist"), "define it above this line"));
        };
        if matches!(view.kind, ViewKind::Custom | ViewKind::Dynamic | ViewKind::Filtered | ViewKind::Image) {
            let kinds = "System Landscape, System Context, Container, Component, or Deployment view";
            return Err(fail(format!("The view \"{base}\" must be a {kinds}"), "filter another view"));
        }
        if view.auto_layout.is_some() {
            self.outdated(
                &format!("The view \"{base}\" has automatic layout enabled - this is not supported for filtered views"),
                "take autoLayout out of it",
            )?;
        }
        let at = self.add_view(ViewKind::Filtered, Self::word(words, 4))?;
        let view = &mut self.workspace.views[at];
        view.base = base;
        view.mode = mode;
        view.tags = tag_list(tags).map(str::to_owned).collect();
        self.described(at, Self::word(words, 5));
        if opens { self.open(Context::View(at)) } else { Ok(()) }
    }

    fn image_view(&mut self, words: &Words<'_>) -> Step {
        let grammar = "image <*|element identifier> [key] {";
        Self::at_most(words, 3, grammar)?;
        let scope = match Self::need(words, 1, grammar)? {
            "*" => None,
            name => {
                let found = self.element_named(name);
                let missing = || missing(format!("The element \"{name}\" does not exist"), "correct the name");
                Some(found.ok_or_else(missing)?)
            }
        };
        let at = self.add_view(ViewKind::Image, Self::word(words, 2))?;
        self.workspace.views[at].scope = scope;
        self.open(Context::View(at))
    }

    /// The element that a view is of.
    fn scope(&self, name: &str, kinds: &[ElementKind], what: &str) -> Result<ElementId, Fail> {
        let Some(id) = self.element_named(name) else {
            return Err(missing(format!("The {what} \"{name}\" does not exist"), "correct the name"));
        };
        if kinds.contains(&self.workspace.model.element(id).kind) {
            return Ok(id);
        }
        Err(fail(format!("The element \"{name}\" is not a {what}"), "name another element"))
    }

    fn described(&mut self, at: usize, description: Option<&str>) {
        description.unwrap_or_default().clone_into(&mut self.workspace.views[at].description);
    }

    /// Adds an empty view under its key, or one that is made up.
    fn add_view(&mut self, kind: ViewKind, key: Option<&str>) -> Result<usize, Fail> {
        let given = key.filter(|key| !key.is_empty());
        if let Some(key) = given {
            if !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
                self.outdated("View keys can only contain the following characters: a-zA-Z0-9_-", "rename the key")?;
            }
            if self.view_keys.contains(key) {
                return Err(fail(format!("A view with the key {key} already exists."), "give each view its own key"));
            }
        }
        let mut view = match given {
            Some(key) => View::new(kind, key),
            None => View::new(kind, free_key(&self.workspace, kind)),
        };
        self.view_keys.insert(view.key.clone());
        view.generated_key = given.is_none();
        view.order = self.workspace.views.iter().map(|view| view.order).max().unwrap_or(0) + 1;
        self.workspace.views.push(view);
        Ok(self.workspace.views.len() - 1)
    }
}
