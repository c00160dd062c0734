//! Models read out of what engineers already have: compose files, manifests, traces, catalogues, interface
//! descriptions, Terraform's state.
//!
//! What is derived carries where it was found ([`SOURCE`], [`SOURCE_PLACE`], [`FOUND_BY`]). Of settings only schemes and
//! hosts are taken; what may be a secret never enters the model.

mod address;
mod backstage;
mod build;
mod compose;
mod draft;
mod hosted;
mod kubernetes;
mod openapi;
mod reach;
mod setting;
mod sniff;
mod technology;
mod template;
mod terraform;
mod text;
mod traces;
mod tree;
mod yaml;

pub(crate) use build::{Scope, add_styles, add_views, remember, scopes, sources};
pub(crate) use draft::Source;
pub use draft::{FOUND_BY, SOURCE, SOURCE_PLACE};
pub use sniff::{SourceKind, sniff};
pub(crate) use technology::image;
pub use traces::{CALLS, ERROR_RATE, ERRORS, KIND as TRAFFIC_KIND, OPERATIONS, P99, SPANS};

use crate::diagnostic::{Diagnostic, Level, Refusal};
use crate::model::Workspace;
use draft::Draft;
use serde::{Deserialize, Serialize};

/// A file from which something was derived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "DerivedSource")]
pub struct DerivedSource {
    /// The path as it was given.
    pub file: String,
    /// Its format.
    pub kind: SourceKind,
}

/// A model that was derived, and from what.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// The model with its views.
    pub workspace: Workspace,
    /// What was left out and why.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read.
    pub sources: Vec<DerivedSource>,
}

/// Files that are read into trees are no larger than this; traces are read without.
const LARGEST_TREE: usize = 64 << 20;

/// The files of each format, read.
#[derive(Default)]
struct Read<'f> {
    compose: Vec<compose::File<'f>>,
    variables: Vec<(&'f str, Vec<(String, String)>)>,
    objects: Vec<kubernetes::Object>,
    spans: traces::Spans,
    traced: Vec<&'f str>,
    entities: Vec<backstage::Entity>,
    interfaces: Vec<openapi::File>,
    terraform: Vec<terraform::Read>,
}

/// Derives one model of all files together: paths and contents. What several files name alike is one element.
///
/// # Errors
/// No file that a model can be derived from: the reason of the first, with file, place and remedy. A file that is bad
/// among good ones is left out with a warning.
pub fn derive(files: &[(&str, &[u8])]) -> Result<Derived, Refusal> {
    let mut draft = Draft::default();
    let mut read = Read::default();
    let mut sources = Vec::new();
    let mut refused: Option<Refusal> = None;
    for (path, bytes) in files {
        match read_one(&mut draft, &mut read, path, bytes) {
            Ok(kind) => sources.push(DerivedSource { file: (*path).to_owned(), kind }),
            Err(refusal) => {
                let remedy = if refusal.remedy.is_empty() { String::new() } else { format!(" – {}", refusal.remedy) };
                draft.remark(Level::Warning, path, refusal.line, format!("left out: {}{remedy}", refusal.message));
                refused.get_or_insert(refusal);
            }
        }
    }
    if !sources.iter().any(|one| one.kind != SourceKind::Variables) {
        return Err(refused.unwrap_or_else(|| Refusal {
            file: files.first().map_or(String::new(), |(path, _)| (*path).to_owned()),
            line: 0,
            message: if files.is_empty() { "no file was given" } else { "variables alone describe nothing" }.to_owned(),
            remedy: "give the compose file, manifest, trace or other source itself".to_owned(),
        }));
    }
    suggest_name(&mut draft, &sources);
    if !read.compose.is_empty() {
        compose::add(&mut draft, &read.compose, &read.variables);
    }
    if !read.objects.is_empty() {
        kubernetes::add(&mut draft, &read.objects);
    }
    backstage::add(&mut draft, &read.entities);
    openapi::add(&mut draft, &read.interfaces);
    if !read.traced.is_empty() {
        traces::add(&mut draft, &read.spans, &read.traced);
    }
    terraform::add(&mut draft, &read.terraform);
    let workspace = build::build(&mut draft);
    Ok(Derived { workspace, diagnostics: draft.remarks, sources })
}

/// A system without a name is called after its folder, else after its file.
fn suggest_name(draft: &mut Draft, sources: &[DerivedSource]) {
    let Some(first) = sources.iter().find(|one| one.kind != SourceKind::Variables) else { return };
    let folder = compose::folder(&first.file);
    let folder = compose::base(folder);
    if !folder.is_empty() && folder != "." && folder != ".." {
        draft.suggest(folder, 1);
        return;
    }
    if sources.iter().filter(|one| one.kind != SourceKind::Variables).count() > 1 {
        draft.suggest("System", 1);
        return;
    }
    let stem = compose::base(&first.file).split('.').find(|part| !part.is_empty()).unwrap_or_default();
    let plain = matches!(
        stem,
        "docker-compose" | "compose" | "catalog-info" | "terraform" | "plan" | "openapi" | "swagger" | "traces"
    );
    draft.suggest(if plain { "System" } else { stem }, 1);
}

fn read_one<'f>(draft: &mut Draft, read: &mut Read<'f>, path: &'f str, bytes: &[u8]) -> Result<SourceKind, Refusal> {
    let text = text::decode(path, bytes)?;
    let Some(kind) = sniff::of_text(path, &text) else {
        return Err(unknown(path, &text));
    };
    match kind {
        SourceKind::Variables => {
            read.variables.push((path, compose::dotenv(&text)));
            return Ok(kind);
        }
        SourceKind::Jaeger | SourceKind::Otlp => {
            match kind {
                SourceKind::Jaeger => traces::read_jaeger(path, &text, &mut read.spans)?,
                _ => traces::read_otlp(path, &text, &mut read.spans)?,
            }
            read.traced.push(path);
            return Ok(kind);
        }
        SourceKind::Terraform => {
            read.terraform.push(terraform::read(path, &text)?);
            return Ok(kind);
        }
        _ => {}
    }
    if text.len() > LARGEST_TREE {
        return Err(Refusal {
            file: path.to_owned(),
            line: 0,
            message: format!("larger than {} MiB", LARGEST_TREE >> 20),
            remedy: "split it".to_owned(),
        });
    }
    let found = match text::trees(path, &text) {
        Ok(found) if template::is_template(&text, found.odd_names) => return Err(template::refusal(path, &text)),
        Err(_) if template::is_template(&text, true) => return Err(template::refusal(path, &text)),
        found => found?,
    };
    let kept = draft.remarks.len();
    draft.remarks.extend(found.remarks);
    let result = take(read, path, kind, &found.documents);
    if result.is_err() {
        draft.remarks.truncate(kept);
    }
    result.map(|()| kind)
}

fn take<'f>(
    read: &mut Read<'f>,
    path: &'f str,
    kind: SourceKind,
    documents: &[std::rc::Rc<tree::Node>],
) -> Result<(), Refusal> {
    match kind {
        SourceKind::Compose => {
            read.compose.extend(documents.iter().map(|tree| compose::File { path, tree: tree.clone() }))
        }
        SourceKind::Kubernetes => {
            // Manifests may be a list of objects at the top, too.
            for document in documents {
                kubernetes::Object::of(path, document, &mut read.objects);
                for item in document.items() {
                    kubernetes::Object::of(path, item, &mut read.objects);
                }
            }
        }
        SourceKind::Backstage => {
            read.entities.extend(documents.iter().filter_map(|tree| backstage::Entity::read(path, tree)))
        }
        _ => read.interfaces.push(openapi::File::read(path, documents)?),
    }
    Ok(())
}

fn unknown(path: &str, text: &str) -> Refusal {
    let mut refusal = Refusal {
        file: path.to_owned(),
        line: 1,
        message: "not a format that a model is derived from".to_owned(),
        remedy:
            "give docker-compose, Kubernetes, Jaeger or OTLP, Backstage, OpenAPI, or Terraform state or plan as JSON"
                .to_owned(),
    };
    if template::is_template(text, true) {
        return template::refusal(path, text);
    }
    // A file that cannot be read at all is told by its mistake.
    let mistake = match text::looks_like_json(text) {
        true => serde_json::from_str::<serde::de::IgnoredAny>(text).err().map(|error| text::json_refusal(path, &error)),
        false => yaml::read(path, text).err(),
    };
    if let Some(mistake) = mistake {
        refusal.line = mistake.line;
        refusal.message = format!("{}: {}", refusal.message, mistake.message);
    }
    refusal
}
