//! The worker that owns a project's files and compiles them.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use typst::comemo;
use typst::diag::Warned;
use typst::foundations::Datetime;
use typst::syntax::VirtualPath;

use crate::bytes::FileBytes;
use crate::compiled::Compiled;
use crate::converge::{self, Keep};
use crate::diagnostic::{Diagnostic, Failure};
use crate::files::{Files, id_of, normalize};
use crate::font::FontSet;
use crate::guard;
use crate::project::{Date, Project};
use crate::world::ProjectWorld;

/// How many compilations a memoised result outlives its last use: what did not change, and what one compilation that
/// failed left out. Each more is a tenth of the memory; an edit that is undone is laid out like any other.
const KEEP_FOR: usize = 1;

/// Drops every memoised result of the process: what layout of any document left in memory.
///
/// For when a document is closed for good. Typesetters stay usable; their next compilation is cold.
pub fn forget_all() {
    comemo::evict(0);
}

/// Owns the files of one project and compiles them, again and again.
///
/// Files are edited in place and layout is memoised across compilations, so a compilation after
/// [`Typesetter::replace`] costs what the edit touches.
pub struct Typesetter {
    world: ProjectWorld,
    /// Whether what is memoised has not been aged since the last compilation.
    unsettled: bool,
}

impl Typesetter {
    /// A typesetter for `project`.
    ///
    /// # Errors
    /// [`Failure::Path`] for a path outside the project, [`Failure::Date`] for an impossible date.
    pub fn new(fonts: FontSet, project: Project) -> Result<Self, Failure> {
        let main = id_of(&normalize(&project.main)?);
        let world = ProjectWorld { fonts, files: Arc::new(Files::default()), main, date: None };
        let mut typesetter = Self { world, unsettled: false };
        typesetter.load(project)?;
        Ok(typesetter)
    }

    /// A typesetter that starts with the files of a finished layout: what they share is not laid out again.
    ///
    /// # Errors
    /// [`Failure::Path`] for a path outside the project, [`Failure::Date`] for an impossible date.
    pub fn beside(fonts: FontSet, compiled: &Compiled, main: &str, date: Option<Date>) -> Result<Self, Failure> {
        let main = id_of(&normalize(main)?);
        let date = date.map(datetime).transpose()?;
        Ok(Self { world: ProjectWorld { fonts, files: Arc::clone(&compiled.files), main, date }, unsettled: false })
    }

    /// Takes `project` in place of the one it holds. Files that stay keep their memoised layout,
    /// so this is also the way to apply many edits at once.
    ///
    /// # Errors
    /// As [`Typesetter::new`]; then the project it holds is unchanged.
    pub fn load(&mut self, project: Project) -> Result<(), Failure> {
        let main = normalize(&project.main)?;
        let date = project.date.map(datetime).transpose()?;
        let files: Vec<(VirtualPath, FileBytes)> = project
            .files
            .into_iter()
            .map(|(path, bytes)| Ok((normalize(&path)?, bytes)))
            .collect::<Result<_, Failure>>()?;

        let kept: HashSet<&str> = files.iter().map(|(path, _)| path.get_with_slash()).collect();
        let held = Arc::make_mut(&mut self.world.files);
        held.retain(|path| kept.contains(path));
        for (path, bytes) in files {
            held.replace(path.get_with_slash().to_owned(), bytes);
        }
        self.world.main = id_of(&main);
        self.world.date = date;
        Ok(())
    }

    /// Takes other fonts. What was laid out without those that change stays memoised.
    pub fn set_fonts(&mut self, fonts: FontSet) {
        self.world.fonts = fonts;
    }

    /// Adds or replaces one file; answers whether its content changed.
    ///
    /// # Errors
    /// [`Failure::Path`] for a path outside the project.
    pub fn replace(&mut self, path: &str, bytes: impl Into<FileBytes>) -> Result<bool, Failure> {
        let path = normalize(path)?.get_with_slash().to_owned();
        Ok(Arc::make_mut(&mut self.world.files).replace(path, bytes.into()))
    }

    /// Removes one file; answers whether it was there.
    ///
    /// # Errors
    /// [`Failure::Path`] for a path outside the project.
    pub fn remove(&mut self, path: &str) -> Result<bool, Failure> {
        let path = normalize(path)?;
        Ok(Arc::make_mut(&mut self.world.files).remove(path.get_with_slash()))
    }

    /// Lays the project out.
    ///
    /// # Errors
    /// [`Failure::Compile`] with located errors; [`Failure::Internal`] if the compiler breaks down.
    pub fn compile(&mut self) -> Result<Compiled, Failure> {
        // Before a compilation and not after it: a process that makes one report never pays.
        self.settle();
        self.lay_out(Keep::All)
    }

    /// Lays the project out in less memory, for a process that does so once: what one attempt of the layout does not take
    /// over from the one before is let go of while it runs, that of other typesetters too.
    ///
    /// # Errors
    /// As [`Typesetter::compile`].
    pub fn compile_once(mut self) -> Result<Compiled, Failure> {
        self.lay_out(Keep::Attempt)
    }

    /// Lets go of what the last compilation needed only while it ran, and of what is memoised and has not been used lately;
    /// the next compilation would do so first. For a typesetter that waits between compilations.
    pub fn settle(&mut self) {
        if std::mem::take(&mut self.unsettled) {
            comemo::evict(KEEP_FOR);
        }
    }

    /// Lays the project out and ages nothing that is memoised: for a typesetter beside another, whose work it must not
    /// make cold. What it leaves in memory goes with the other's next compilations.
    ///
    /// # Errors
    /// As [`Typesetter::compile`].
    pub fn compile_beside(&mut self) -> Result<Compiled, Failure> {
        self.lay_out(Keep::All)
    }

    fn lay_out(&mut self, keep: Keep) -> Result<Compiled, Failure> {
        let files = self.world.files.len();
        let span = tracing::info_span!(
            "typeset.compile",
            files,
            pages = tracing::field::Empty,
            milliseconds = tracing::field::Empty,
        );
        let _entered = span.enter();
        let start = Instant::now();

        self.unsettled = true;
        let compiled = guard::run(|| compile(&self.world, keep))??;

        span.record("pages", compiled.pages());
        span.record("milliseconds", start.elapsed().as_millis());
        Ok(compiled)
    }
}

fn compile(world: &ProjectWorld, keep: Keep) -> Result<Compiled, Failure> {
    let Warned { output, warnings } = converge::compile(world, keep);
    let warnings = Diagnostic::all(&world.files, &warnings);
    match output {
        Ok(document) => Ok(Compiled::new(document, warnings, Arc::clone(&world.files))),
        Err(errors) => Err(Failure::Compile { errors: Diagnostic::all(&world.files, &errors), warnings }),
    }
}

fn datetime(Date { year, month, day }: Date) -> Result<Datetime, Failure> {
    Datetime::from_ymd(year, month, day).ok_or(Failure::Date { year, month, day })
}
