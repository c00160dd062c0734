//! The loop over lines, and who is asked about each.

use super::archetypes::Archetype;
use super::context::Context;
use super::elements::Group;
use super::fail::{Fail, Step, Words, fail};
use super::identifiers::{Identifiers, Target};
use super::lines::{is_comment, lines, words};
use super::values::Named;
use super::{Files, Options, Parsed, files};
use crate::content::{Sequence, default_views};
use crate::diagnostic::{Diagnostic, Level, Refusal};
use crate::model::{Implied, RelationshipId, Workspace};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Files within files as deep as this.
const DEEPEST: usize = 32;
/// Files in all.
const MOST_FILES: usize = 2_000;
/// Braces within braces as deep as this.
const MOST_OPEN: usize = 200;

#[derive(Default, Clone, Copy)]
pub(super) struct Seen {
    pub(super) workspace: bool,
    pub(super) model: bool,
    pub(super) views: bool,
}

/// The state of a reading.
pub(super) struct Parser<'f> {
    pub(super) files: &'f dyn Files,
    pub(super) options: Options,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) workspace: Workspace,
    pub(super) extending: bool,
    /// Whether something of the outside was left out that the rest may refer to.
    pub(super) incomplete: bool,
    pub(super) seen: Seen,
    pub(super) stack: Vec<Context>,
    pub(super) identifiers: Identifiers,
    pub(super) names: HashMap<String, Named>,
    pub(super) archetypes: Vec<Archetype>,
    pub(super) archetype_places: HashMap<(&'static str, String), usize>,
    pub(super) groups: Vec<Group>,
    pub(super) implied: Implied,
    pub(super) sequences: HashMap<usize, Sequence>,
    pub(super) environments: HashSet<String>,
    pub(super) view_keys: HashSet<String>,
    /// Elements and relationships on the views so far.
    pub(super) shown: usize,
    /// The lines of the script being read.
    pub(super) script: Vec<String>,
    pub(super) file: String,
    pub(super) line: usize,
    depth: usize,
    read: usize,
    used: Vec<String>,
}

impl<'f> Parser<'f> {
    pub(super) fn new(files: &'f dyn Files, options: Options) -> Self {
        Self {
            files,
            options,
            diagnostics: Vec::new(),
            workspace: Workspace::default(),
            extending: false,
            incomplete: false,
            seen: Seen::default(),
            stack: Vec::new(),
            identifiers: Identifiers::default(),
            names: HashMap::new(),
            archetypes: Vec::new(),
            archetype_places: HashMap::new(),
            groups: Vec::new(),
            implied: Implied::default(),
            sequences: HashMap::new(),
            environments: HashSet::new(),
            view_keys: HashSet::new(),
            shown: 0,
            script: Vec::new(),
            file: String::new(),
            line: 0,
            depth: 0,
            read: 0,
            used: Vec::new(),
        }
    }

    /// Reads the file and all that it leads to.
    pub(super) fn run(mut self, path: &str) -> Result<Parsed, Refusal> {
        let done = self.parse_file(path).and_then(|()| self.finish());
        if let Err(error) = done {
            let (file, line) = error.at.unwrap_or((self.file, self.line));
            return Err(Refusal { file, line, message: error.message, remedy: error.remedy });
        }
        Ok(Parsed { workspace: self.workspace, diagnostics: self.diagnostics, files: self.used })
    }

    fn finish(&mut self) -> Step {
        if !self.seen.workspace {
            return Err(fail("Unexpected tokens (expected: workspace)", "begin with: workspace {"));
        }
        if let Some(places) = self.workspace.model.compact() {
            let to = |id: &RelationshipId| places.get(id.at()).copied().flatten();
            for view in &mut self.workspace.views {
                view.relationships.retain_mut(|shown| match to(&shown.relationship) {
                    Some(id) => {
                        shown.relationship = id;
                        true
                    }
                    None => false,
                });
                for step in &mut view.animations {
                    step.relationships = step.relationships.iter().filter_map(to).collect();
                }
            }
        }
        if self.workspace.views.is_empty() {
            default_views(&mut self.workspace);
        }
        Ok(())
    }

    /// Reads a whole workspace file.
    pub(super) fn parse_file(&mut self, path: &str) -> Step {
        self.parse_lines_of(path)?;
        if self.stack.is_empty() {
            return Ok(());
        }
        Err(fail(
            "Unexpected end of DSL content - are one or more closing curly braces missing?",
            "close them with } on a line of its own",
        ))
    }

    /// Reads the lines of a file where the text is.
    pub(super) fn parse_lines_of(&mut self, path: &str) -> Step {
        let Some(bytes) = self.files.read(path) else {
            return Err(fail(format!("The file at {path} does not exist"), "correct the path, or put the file there"));
        };
        self.uses(path);
        self.read += 1;
        if self.depth >= DEEPEST || self.read > MOST_FILES {
            return Err(fail(
                format!("{path} is included too deep or too often"),
                "look for files that include each other",
            ));
        }
        let (text, utf8) = files::decode(bytes);
        let from = (std::mem::replace(&mut self.file, path.to_owned()), std::mem::take(&mut self.line));
        if !utf8 {
            self.warn("the file is not UTF-8; read as Latin-1. Save it as UTF-8");
        }
        self.depth += 1;
        for line in lines(&text) {
            self.line = line.number;
            if let Err(mut error) = self.line(&line.text, line.block) {
                if error.missing && self.incomplete {
                    self.pass_over(&line.text, &error)?;
                    continue;
                }
                error.at.get_or_insert_with(|| (self.file.clone(), self.line));
                return Err(error);
            }
        }
        self.depth -= 1;
        (self.file, self.line) = from;
        Ok(())
    }

    /// Leaves out a line, with what stands in its braces, that needs what was not read.
    fn pass_over(&mut self, text: &str, error: &Fail) -> Step {
        self.warn(format!("{}: it may be in what was not read, so the line is left out", error.message));
        if text.trim_end().ends_with('{') { self.open(Context::Skipped) } else { Ok(()) }
    }

    /// Notes that the workspace needs a file.
    pub(super) fn uses(&mut self, path: &str) {
        if !self.used.iter().any(|known| known == path) {
            self.used.push(path.to_owned());
        }
    }

    /// Says something of the line being read.
    pub(super) fn say(&mut self, level: Level, message: impl Into<String>) {
        let (file, line) = (self.file.clone(), self.line);
        self.diagnostics.push(Diagnostic { level, file, line, message: message.into() });
    }

    pub(super) fn warn(&mut self, message: impl Into<String>) {
        self.say(Level::Warning, message);
    }

    /// Warns of what the newest version refuses; with `strict`, refuses it.
    pub(super) fn outdated(&mut self, message: &str, remedy: &str) -> Step {
        if self.options.strict {
            return Err(fail(message, remedy));
        }
        self.warn(format!("{message} – {remedy}"));
        Ok(())
    }

    pub(super) fn open(&mut self, context: Context) -> Step {
        if self.stack.len() >= MOST_OPEN {
            return Err(fail("braces nested too deep", "close some of them"));
        }
        self.stack.push(context);
        Ok(())
    }

    fn line(&mut self, text: &str, block: Option<String>) -> Step {
        let text = text.trim().trim_start_matches('\u{feff}');
        if text.is_empty() || is_comment(text) {
            return Ok(());
        }
        match self.stack.last() {
            Some(Context::Script(at)) => {
                let at = *at;
                if text == "}" {
                    self.stack.pop();
                    self.end_script(at);
                } else {
                    self.script.push(text.to_owned());
                }
                return Ok(());
            }
            Some(Context::Comment) => {
                if text.ends_with("*/") {
                    self.stack.pop();
                }
                return Ok(());
            }
            _ if text.starts_with("/*") => {
                return if text.ends_with("*/") { Ok(()) } else { self.open(Context::Comment) };
            }
            _ => {}
        }
        let mut words = words(text);
        for word in &mut words {
            self.substitute(word);
        }
        if let Some(block) = block {
            let mut word = Cow::Owned(block);
            self.substitute(&mut word);
            words.push(word);
        }
        self.words(&words)
    }

    fn words(&mut self, words: &Words<'_>) -> Step {
        let Some(first) = words.first() else { return Ok(()) };
        if let Some(Context::Skipped) = self.stack.last() {
            if first == "}" {
                self.stack.pop();
            } else if words.last().is_some_and(|word| word == "{") {
                self.open(Context::Skipped)?;
            }
            return Ok(());
        }
        if first == "}" {
            return self.close();
        }
        let mut words = words;
        let mut identifier = None;
        if words.len() >= 3 && words[1] == "=" {
            identifier = Some(words[0].as_ref());
            let field =
                matches!(words[0].to_ascii_lowercase().as_str(), "tags" | "tag" | "description" | "technology" | "url");
            if field
                && words.len() == 3
                && matches!(self.stack.last(), Some(Context::Element { .. } | Context::Relationships(_)))
            {
                self.outdated(&format!("{} takes no =", words[0]), "leave out the =")?;
                let words = [words[0].clone(), words[2].clone()];
                return self.dispatch(None, &words, false);
            }
            words = &words[2..];
        }
        let opens = words.last().is_some_and(|word| word == "{");
        if opens && words.len() > 1 {
            words = &words[..words.len() - 1];
        }
        self.dispatch(identifier, words, opens)
    }

    fn close(&mut self) -> Step {
        match self.stack.pop() {
            Some(Context::Parallel(view)) => {
                if let Some(sequence) = self.sequences.get_mut(&view) {
                    sequence.close();
                }
                Ok(())
            }
            Some(Context::View(view)) => self.close_view(view),
            Some(_) => Ok(()),
            None => Err(fail("Unexpected end of context", "remove the }")),
        }
    }

    fn dispatch(&mut self, identifier: Option<&str>, words: &Words<'_>, opens: bool) -> Step {
        let first = if words[0].bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(words[0].to_ascii_lowercase())
        } else {
            Cow::Borrowed(words[0].as_ref())
        };
        let first = first.as_ref();
        if first.starts_with('!') && self.bang(first, identifier, words, opens)? {
            return Ok(());
        }
        if self.relationship_line(identifier, words, opens)? {
            return Ok(());
        }
        let known = match self.stack.last().cloned() {
            None => self.top(first, words)?,
            Some(Context::Workspace) => self.in_workspace(first, words)?,
            Some(Context::Model { group }) => self.in_model(first, identifier, words, opens, group)?,
            Some(Context::Element { id, group }) => self.in_element(first, identifier, words, opens, id, group)?,
            Some(Context::Environment { name, group, .. }) => {
                self.in_environment(first, identifier, words, opens, &name, group)?
            }
            Some(Context::Relationships(ids)) => self.in_relationships(first, words, &ids)?,
            Some(Context::Elements { ids, .. }) => self.in_elements(first, words, &ids)?,
            Some(Context::Properties(holder)) => self.in_properties(words, &holder)?,
            Some(Context::Perspectives(holder)) => self.in_perspectives(first, words, opens, &holder)?,
            Some(Context::Perspective { holder, name }) => self.in_perspective(first, words, &holder, &name)?,
            Some(Context::Archetypes) => self.in_archetypes(first, identifier, opens)?,
            Some(Context::Archetype(at)) => self.in_archetype(first, words, at)?,
            Some(Context::Views) => self.in_views(first, words, opens)?,
            Some(Context::View(at) | Context::Parallel(at)) => self.in_view(first, words, opens, at)?,
            Some(Context::Animation(at)) => self.animation_step(words, at).map(|()| true)?,
            Some(Context::Step(view, step)) => self.in_step(first, words, view, step)?,
            Some(Context::Picture(view, scheme)) => self.in_image(first, words, opens, view, Some(scheme))?,
            Some(Context::Styles(scheme)) => self.in_styles(first, words, scheme)?,
            Some(Context::ElementStyle(at)) => self.in_element_style(first, words, at)?,
            Some(Context::RelationshipStyle(at)) => self.in_relationship_style(first, words, at)?,
            Some(Context::Terminology) => self.in_terminology(first, words)?,
            Some(Context::Branding) => self.in_branding(first, words)?,
            Some(Context::Configuration) => self.in_configuration(first, words)?,
            Some(Context::Users) => self.in_users(words)?,
            Some(Context::Comment | Context::Skipped | Context::Script(_)) => true,
        };
        if known || self.old_bang(first, words)? {
            return Ok(());
        }
        let expected = match self.stack.last() {
            None if !self.seen.workspace => "workspace",
            None => "",
            Some(context) => context.expected(),
        };
        if expected.is_empty() {
            return Err(fail(format!("Unexpected tokens: {}", words[0]), "remove the line"));
        }
        Err(fail(format!("Unexpected tokens (expected: {expected})"), &format!("move or correct \"{}\"", words[0])))
    }

    fn top(&mut self, first: &str, words: &Words<'_>) -> Result<bool, Fail> {
        if first != "workspace" {
            return Ok(false);
        }
        if self.seen.workspace {
            return Err(fail("Multiple workspaces are not permitted in a DSL definition", "keep one"));
        }
        self.begin_workspace(words)?;
        Ok(true)
    }

    /// The group of a name, for what is written into it.
    pub(super) fn group_named(&self, at: Option<usize>) -> Option<String> {
        at.map(|at| self.groups[at].name.clone())
    }

    /// Names an element that was just made.
    pub(super) fn register_element(&mut self, identifier: Option<&str>, id: crate::model::ElementId) -> Step {
        self.register(identifier, Target::Element(id))
    }
}
