//! Pictures: of image views, of styles. They are named, not read in; what a server would have to draw is reported.

use super::context::Context;
use super::fail::{Fail, Words, fail};
use super::files::{is_url, resolve};
use super::parser::Parser;
use crate::model::Scheme;
use serde_json::Value;

impl Parser<'_> {
    /// What stands in an image view, or in its part for one background.
    pub(super) fn in_image(
        &mut self,
        first: &str,
        words: &Words<'_>,
        opens: bool,
        at: usize,
        scheme: Option<Scheme>,
    ) -> Result<bool, Fail> {
        match first {
            "image" => {
                let grammar = "image <file|url>";
                Self::at_most(words, 2, grammar)?;
                let picture = self.picture(Self::need(words, 1, grammar)?)?;
                self.set_picture(picture, at, scheme);
            }
            "plantuml" | "mermaid" => {
                let grammar = format!("{first} <source|file|url|viewKey>");
                Self::at_most(words, 2, &grammar)?;
                let source = Self::need(words, 1, &grammar)?;
                self.drawn_elsewhere(first, source, at);
            }
            "kroki" => {
                let grammar = "kroki <format> <source|file|url>";
                Self::at_most(words, 3, grammar)?;
                let source = Self::need(words, 2, grammar)?;
                self.drawn_elsewhere(first, source, at);
            }
            "light" if opens && scheme.is_none() => self.open(Context::Picture(at, Scheme::Light))?,
            "dark" if opens && scheme.is_none() => self.open(Context::Picture(at, Scheme::Dark))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn set_picture(&mut self, picture: String, at: usize, scheme: Option<Scheme>) {
        let view = &mut self.workspace.views[at];
        if view.title.is_empty() && !picture.starts_with("data:") {
            view.title = file_name(&picture).to_owned();
        }
        match scheme {
            Some(Scheme::Dark) => drop(view.extra.insert("contentDark".to_owned(), Value::from(picture))),
            Some(Scheme::Light) if view.image.content.is_some() => {
                view.extra.insert("contentLight".to_owned(), Value::from(picture));
            }
            _ => {
                view.image.content_type = media_type(&picture).map(str::to_owned);
                view.image.content = Some(picture);
            }
        }
    }

    /// A picture that a server draws of a text. It is not asked: the view stays empty.
    fn drawn_elsewhere(&mut self, by: &str, source: &str, at: usize) {
        if source.contains('\n') {
            self.warn(format!("{by} is drawn by a server, which is not asked: the view stays empty – save the picture and use image <file>"));
            return;
        }
        let base = self.workspace.view(source).map(|view| (view.title.clone(), view.description.clone()));
        let view = &mut self.workspace.views[at];
        match base {
            Some((title, description)) => {
                view.title = title;
                view.description = description;
            }
            None if view.title.is_empty() => view.title = file_name(source).to_owned(),
            None => {}
        }
        self.warn(format!("{by} {source} is drawn by a server, which is not asked: the view stays empty – save the picture and use image <file>"));
    }

    /// The name of a picture: an address, a data URI, or a path in the opened folder.
    pub(super) fn picture(&mut self, target: &str) -> Result<String, Fail> {
        if target.starts_with("data:image/") {
            return Ok(target.to_owned());
        }
        if is_url(target) {
            self.warn(format!("{target} is not fetched: it will be missing – save it beside this file"));
            return Ok(target.to_owned());
        }
        let Some(path) = resolve(&self.file, target) else {
            return Err(fail(format!("{target} is outside the opened folder"), "put the picture into the folder"));
        };
        if self.files.exists(&path) {
            self.uses(&path);
        } else {
            self.warn(format!("The file at {path} does not exist – put the picture there"));
        }
        Ok(path)
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn media_type(path: &str) -> Option<&'static str> {
    let lower = path.to_ascii_lowercase();
    if let Some(data) = lower.strip_prefix("data:") {
        return ["image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp"]
            .into_iter()
            .find(|known| data.starts_with(known));
    }
    Some(match lower.rsplit('.').next()? {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => return None,
    })
}
