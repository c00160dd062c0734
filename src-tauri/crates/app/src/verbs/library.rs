//! The library of findings: found, taken over, kept, forgotten.

use std::collections::BTreeSet;

use groma_model::{Contents, Effort, Finding, FindingKind, Id, Kind, Severity, Verdict};
use groma_store::{Op, Read};
use serde::{Deserialize, Serialize};

use super::objects::Changed;
use super::recents;
use crate::fills::Figures;
use crate::library::{self, Kept, LibraryTexts, Names, Replaced};
use crate::{App, AppError, Verb};

/// The consultant's own findings, in the application's folder.
pub(super) const OWN: &str = "library.json";

/// Finds findings of the library; those for checks that fail stand first.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Library {
    /// Words that all must occur; all findings when empty.
    pub query: String,
    /// The language wanted; the report's when not given. What has no texts in it comes in its own.
    pub language: Option<String>,
}

/// A finding of the library, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LibraryEntry {
    /// Its id.
    pub id: String,
    /// Whether it is the consultant's own.
    pub own: bool,
    /// The language of the texts.
    pub language: String,
    /// The languages it is there in.
    pub languages: Vec<String>,
    /// Fault or merit.
    pub kind: FindingKind,
    /// Area.
    pub area: String,
    /// Severity as a starting point.
    pub severity: Severity,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Checks that it answers, as `pack/check`.
    pub checks: Vec<String>,
    /// Effort as a starting point, in person-days.
    pub effort: Option<Effort>,
    /// Roles that mend it.
    pub roles: Vec<String>,
    /// How often it was kept anew.
    pub version: u32,
    /// Those of the checks that fail or should improve in this engagement, and that no finding tells of yet.
    pub open: Vec<String>,
    /// The finding of this engagement that came from it, or tells of the same checks.
    pub finding: Option<Id>,
    /// The texts.
    pub texts: LibraryTexts,
}

impl Verb for Library {
    type Reply = Vec<LibraryEntry>;

    fn run(self, app: &mut App) -> Result<Vec<LibraryEntry>, AppError> {
        let contents = app.store()?.contents()?;
        let language = language(&contents, self.language.as_deref());
        let words: Vec<String> = library::folded(&self.query).split_whitespace().map(str::to_owned).collect();
        let open = open_checks(&contents);
        let figures = Figures::of(&contents, &language)?;
        let all = all(app)?.into_iter().map(|kept| entry(kept, &language, &contents, &open, &figures));
        let fits = |entry: &LibraryEntry| {
            let body = [&entry.area, &entry.tags.join(" "), &entry.checks.join(" ")]
                .map(|text| library::folded(text))
                .join(" ");
            let text = entry.texts.all().map(library::folded).collect::<Vec<_>>().join(" ");
            words.iter().all(|word| body.contains(word.as_str()) || text.contains(word.as_str()))
        };
        let mut found: Vec<LibraryEntry> = all.filter(fits).collect();
        let titled = |entry: &LibraryEntry| {
            let title = library::folded(&entry.texts.title);
            words.iter().all(|word| title.contains(word.as_str()))
        };
        // Failing checks first, then what the words name in the title, own ones before bundled ones.
        found.sort_by_key(|entry| (entry.open.is_empty(), !titled(entry), !entry.own, entry.severity));
        Ok(found)
    }
}

/// Adds a finding of the library to the engagement, as a draft whose open places are still to be filled.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct InsertFromLibrary {
    /// Its id in the library.
    pub id: String,
    /// The language wanted; the report's when not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub language: Option<String>,
}

impl Verb for InsertFromLibrary {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        let kept = all(app)?.into_iter().find(|kept| kept.id == self.id).ok_or_else(|| unknown(&self.id))?;
        let store = app.store()?;
        let contents = store.contents()?;
        let language = language(&contents, self.language.as_deref());
        let figures = Figures::of(&contents, &language)?;
        let finding = drafted(kept, &language, &contents, &figures);
        let (finding, changes) = store.transact(Op::Insert(Kind::Finding), &author, |tx| tx.insert(finding))?;
        let object = serde_json::to_value(finding).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

/// Keeps a finding's texts in the consultant's own library, without evidence and the client's names.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SaveToLibrary {
    /// The finding.
    pub finding: Id,
    /// The language it is written in; the report's when not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub language: Option<String>,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The own entry that it becomes, or whose texts in this language it replaces; a new one when not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<String>,
    /// Only say what would be kept.
    #[serde(default)]
    pub preview: bool,
}

impl Verb for SaveToLibrary {
    type Reply = LibraryEntry;

    fn run(self, app: &mut App) -> Result<LibraryEntry, AppError> {
        if app.environment.settings.is_none() && !self.preview {
            return Err(AppError::refused("there is no folder to keep the library in"));
        }
        let contents = app.store()?.contents()?;
        let Some(finding) = contents.findings.iter().find(|finding| finding.id == self.finding) else {
            return Err(AppError::not_found("there is no such finding").field("finding"));
        };
        let language = language(&contents, self.language.as_deref());
        let names = names(&contents, finding);
        let texts = LibraryTexts::of(finding).each(|text| names.hidden(&library::unlinked(&text)));
        if texts.title.is_empty() {
            return Err(AppError::usage("the finding has no title to find it by").field("title"));
        }
        let mut own: Vec<Kept> = recents::read(app, OWN);
        let at = self.id.as_ref().and_then(|id| own.iter().position(|kept| kept.id == *id));
        if let Some(id) = self.id.as_ref().filter(|_| at.is_none()) {
            return Err(unknown(id));
        }
        let mut kept = at.map(|at| own[at].clone()).unwrap_or_else(|| Kept { id: free_id(&own), ..Kept::default() });
        kept.kind = finding.kind;
        kept.area.clone_from(&finding.area);
        kept.severity = finding.severity;
        (kept.likelihood, kept.impact) = (finding.likelihood, finding.impact);
        kept.checks.clone_from(&finding.checks);
        kept.cwe.clone_from(&finding.cwe);
        kept.quality.clone_from(&finding.quality);
        (kept.operation, kept.effort) = (finding.operation, finding.effort);
        kept.references = finding.references.iter().map(|text| names.hidden(text)).collect();
        if !self.tags.is_empty() || at.is_none() {
            kept.tags = self.tags;
        }
        if let Some(before) = kept.texts.insert(language.clone(), texts)
            && kept.texts.get(&language) != Some(&before)
        {
            kept.replaced.insert(0, Replaced { version: kept.version, language: language.clone(), texts: before });
            kept.replaced.truncate(library::MOST_REPLACED);
            kept.version += 1;
        }
        if !self.preview {
            match at {
                Some(at) => own[at] = kept.clone(),
                None => own.push(kept.clone()),
            }
            recents::write(app, OWN, &own)?;
        }
        let figures = Figures::of(&contents, &language)?;
        Ok(entry(kept, &language, &contents, &open_checks(&contents), &figures))
    }
}

/// Takes a finding out of the consultant's own library; findings that came from it stay.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DeleteFromLibrary {
    /// Its id.
    pub id: String,
}

impl Verb for DeleteFromLibrary {
    type Reply = ();

    fn run(self, app: &mut App) -> Result<(), AppError> {
        let mut own: Vec<Kept> = recents::read(app, OWN);
        let before = own.len();
        own.retain(|kept| kept.id != self.id);
        if own.len() == before {
            let bundled = library::bundled()?.iter().any(|kept| kept.id == self.id);
            let refused = AppError::refused("what comes with the application cannot be deleted").field("id");
            return Err(if bundled { refused } else { unknown(&self.id) });
        }
        recents::write(app, OWN, &own)
    }
}

fn unknown(id: &str) -> AppError {
    AppError::not_found(format!("the library has no finding \"{id}\"")).field("id")
}

/// The consultant's own findings, then the bundled ones.
pub(super) fn all(app: &App) -> Result<Vec<Kept>, AppError> {
    let mut all: Vec<Kept> = recents::read(app, OWN);
    all.extend(library::bundled()?);
    Ok(all)
}

/// An id that is not taken.
pub(super) fn free_id(own: &[Kept]) -> String {
    let number = |kept: &Kept| kept.id.strip_prefix("own-").and_then(|number| number.parse::<u32>().ok());
    format!("own-{}", own.iter().filter_map(number).max().unwrap_or_default() + 1)
}

fn language(contents: &Contents, wanted: Option<&str>) -> String {
    let wanted = wanted.unwrap_or(&contents.engagement.language);
    let primary = wanted.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if primary.is_empty() { "en".to_owned() } else { primary }
}

/// Checks that fail or should improve, by the confirmed verdict or, before that, the proposed one, and that no finding
/// tells of yet.
fn open_checks(contents: &Contents) -> BTreeSet<String> {
    let told: BTreeSet<&str> = contents.findings.iter().flat_map(|f| f.checks.iter().map(String::as_str)).collect();
    let open = contents.answers.iter().filter(|answer| {
        let proposed = answer.proposal.as_ref().map(|proposal| proposal.verdict).unwrap_or_default();
        let verdict = if answer.verdict == Verdict::NotAssessed { proposed } else { answer.verdict };
        matches!(verdict, Verdict::Fail | Verdict::Improve)
    });
    let keys = open.map(|answer| format!("{}/{}", answer.pack, answer.check));
    keys.filter(|key| !told.contains(key.as_str())).collect()
}

/// The texts in a language, or in the first there is.
fn in_language(kept: &mut Kept, language: &str) -> (String, LibraryTexts) {
    let spoken = if kept.texts.contains_key(language) { Some(language.to_owned()) } else { None };
    let spoken = spoken.or_else(|| kept.texts.keys().next().cloned()).unwrap_or_default();
    let texts = kept.texts.remove(&spoken).unwrap_or_default();
    (spoken, texts)
}

fn entry(
    mut kept: Kept,
    language: &str,
    contents: &Contents,
    open: &BTreeSet<String>,
    figures: &Figures<'_>,
) -> LibraryEntry {
    let languages = kept.texts.keys().cloned().collect();
    let (language, texts) = in_language(&mut kept, language);
    let texts = texts.each(|text| figures.filled(text, &kept.fills));
    let same = |finding: &&Finding| {
        finding.title == filled(&texts.title, contents)
            || finding.checks.iter().any(|check| kept.checks.contains(check))
    };
    LibraryEntry {
        own: kept.id.starts_with("own-"),
        open: kept.checks.iter().filter(|check| open.contains(*check)).cloned().collect(),
        finding: contents.findings.iter().find(same).map(|finding| finding.id),
        id: kept.id,
        language,
        languages,
        kind: kept.kind,
        area: kept.area,
        severity: kept.severity,
        tags: kept.tags,
        checks: kept.checks,
        effort: kept.effort,
        roles: kept.roles,
        version: kept.version,
        texts,
    }
}

/// A finding with the texts, as far as the engagement can fill them.
fn drafted(mut kept: Kept, language: &str, contents: &Contents, figures: &Figures<'_>) -> Finding {
    let (_, texts) = in_language(&mut kept, language);
    let known = |check: &String| {
        check.split_once('/').is_some_and(|(pack, _)| contents.packs.iter().any(|snapshot| snapshot.pack == pack))
    };
    let mut finding = Finding {
        kind: kept.kind,
        area: kept.area,
        severity: kept.severity,
        likelihood: kept.likelihood,
        impact: kept.impact,
        checks: kept.checks.into_iter().filter(known).collect(),
        cwe: kept.cwe,
        quality: kept.quality,
        operation: kept.operation,
        effort: kept.effort,
        references: kept.references,
        ..Finding::default()
    };
    texts.each(|text| filled(&figures.filled(text, &kept.fills), contents)).put(&mut finding);
    finding
}

/// The text with the places that the engagement itself can fill.
fn filled(text: &str, contents: &Contents) -> String {
    let engagement = &contents.engagement;
    let fill = |text: String, place: &str, name: &str| {
        if name.trim().is_empty() { text } else { text.replace(place, name.trim()) }
    };
    fill(fill(text.to_owned(), "{{client}}", &engagement.client), "{{system}}", &engagement.system)
}

/// What is the client's own around a finding.
fn names(contents: &Contents, finding: &Finding) -> Names {
    let mut names = Names::default();
    names.add_company(&contents.engagement.client, "{{client}}");
    names.add_company(&contents.engagement.system, "{{system}}");
    for element in &finding.elements {
        names.add(element, "{{component}}");
    }
    for person in contents.notes.iter().flat_map(|note| &note.people) {
        names.add(&person.name, "{{person}}");
    }
    names.add(&finding.owner, "{{owner}}");
    names
}
