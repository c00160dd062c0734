//! A Markdown audit template as a pack.
//!
//! The shape that is understood: front matter; a title; fields to fill in; a rubric of five levels; areas with `- [ ]`
//! checks and tables; recommendations for each step; a roadmap; team, budget and training; metrics and key results;
//! risks; appendices. Headings are known by their words, English or German, at any depth. What is not understood is
//! reported with its line and never lost in silence; what is a place for an answer (a level, a justification) has its
//! place in the engagement and is passed over.

mod area;
mod check;
mod front;
mod starting;
mod tree;
mod words;

use groma_model::{Diagnostic, DiagnosticLevel};

use crate::{Field, FieldType, Pack, PackError, SCHEMA, validate::validate};
use tree::{BLANK, Block, Kind, Row, Section, Text};
use words::Part;

/// A pack made from a Markdown template, and what of the template did not get into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The pack; it holds together as one read from TOML does.
    pub pack: Pack,
    /// Remarks by line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Collects diagnostics.
#[derive(Default)]
struct Remarks(Vec<Diagnostic>);

impl Remarks {
    fn add(&mut self, level: DiagnosticLevel, line: u64, message: String) {
        // Underscores of blanks were guarded while parsing.
        self.0.push(Diagnostic { level, message: message.replace(BLANK, "_"), line: Some(line) });
    }

    fn note(&mut self, line: u64, message: String) {
        self.add(DiagnosticLevel::Note, line, message);
    }

    fn warning(&mut self, line: u64, message: String) {
        self.add(DiagnosticLevel::Warning, line, message);
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn text_left_out(&mut self, line: u64, text: &Text) {
        self.warning(line, format!("\"{}\" has no place in a pack here: left out", area::shown(text)));
    }

    fn left_out(&mut self, block: &Block) {
        match &block.kind {
            Kind::Paragraph(text) => self.text_left_out(block.line, text),
            Kind::List(items) => items.iter().for_each(|item| {
                if !item.text.is_empty() {
                    self.text_left_out(item.line, &item.text);
                }
                item.blocks.iter().for_each(|nested| self.left_out(nested));
            }),
            Kind::Table { head, .. } => {
                let head: Vec<String> = head.iter().map(Text::plain).collect();
                self.warning(
                    block.line,
                    format!("the table \"{}\" has no place in a pack here: left out", head.join(" | ")),
                );
            }
            Kind::Comment(text) => self.note(block.line, format!("the comment \"{}\" is left out", short(text))),
            Kind::Other(name, text) => {
                self.warning(block.line, format!("{name} has no place in a pack here: left out: \"{}\"", short(text)));
            }
        }
    }

    fn section_left_out(&mut self, section: &Section, reason: &str) {
        self.warning(section.line, format!("the section \"{}\" is left out: {reason}", section.title));
    }

    fn lost_cells(&mut self, row: &Row) {
        if row.lost > 0 {
            self.warning(
                row.line,
                format!("the row has {} cell(s) more than the table has columns: left out", row.lost),
            );
        }
    }
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 { line.chars().take(59).chain(['…']).collect() } else { line }
}

impl Pack {
    /// Reads a Markdown audit template as a pack.
    ///
    /// # Errors
    /// [`PackError::Problems`] when no pack can be made of it, above all when it has no area with checks.
    pub fn from_markdown(text: &str) -> Result<Template, PackError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (front, body, first_line) = front::split(text);
        let mut remarks = Remarks::default();
        let mut pack = Self { schema: SCHEMA, ..Self::default() };
        if front.is_empty() {
            remarks.note(1, "there is no front matter: id, version and relevance take their defaults".to_owned());
        }
        front::read(&front, &mut pack, &mut remarks);
        let document = tree::read(body, first_line);
        read(&document, &mut pack, &mut remarks);
        defaults(&document, &mut pack);
        remarks.0.sort_by_key(|remark| remark.line);
        let problems = validate(&pack);
        if problems.is_empty() {
            Ok(Template { pack, diagnostics: remarks.0 })
        } else {
            Err(PackError::Problems(problems))
        }
    }
}

fn defaults(document: &Section, pack: &mut Pack) {
    if pack.title.is_empty() {
        pack.title =
            title_section(document).map_or_else(|| "Audit template".to_owned(), |section| section.title.clone());
    }
    if pack.id.is_empty() {
        pack.id = words::unique_slug(&pack.title, "template", &[]);
    }
    if pack.version.is_empty() {
        pack.version = "1.0.0".to_owned();
    }
    if pack.language.is_empty() {
        let german = document.any(&|section| section.level > 1 && words::is_german(&section.title));
        pack.language = if german { "de" } else { "en" }.to_owned();
    }
}

fn title_section(document: &Section) -> Option<&Section> {
    document.children.first().filter(|section| section.level == 1)
}

/// The parts under the title; a document without a title has them at its top.
fn read(document: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    let mut intro: Vec<&Block> = document.blocks.iter().collect();
    let mut parts: Vec<&Section> = Vec::new();
    for (at, section) in document.children.iter().enumerate() {
        if at == 0 && section.level == 1 {
            intro.extend(&section.blocks);
            parts.extend(&section.children);
        } else {
            parts.push(section);
        }
    }
    for block in intro {
        match &block.kind {
            Kind::Paragraph(text) if pack.description.is_empty() => pack.description = text.plain(),
            _ => loose(block, pack, remarks),
        }
    }
    parts.into_iter().for_each(|section| part(section, pack, remarks));
}

/// A block outside of any part: a comment, the document's version, or nothing known.
fn loose(block: &Block, pack: &mut Pack, remarks: &mut Remarks) {
    match &block.kind {
        Kind::Comment(text) => {
            let inner = text.trim_start_matches("<!--").trim_end_matches("-->").trim();
            match inner.split_once(':') {
                Some((key, value)) if key.trim() == "analysis" && pack.analysis.is_empty() => {
                    pack.analysis = value.trim().to_owned()
                }
                Some((key, value)) if key.trim() == "analysis" && pack.analysis == value.trim() => {}
                _ => remarks.left_out(block),
            }
        }
        Kind::Paragraph(text) => {
            for line in text.lines() {
                match line.labelled() {
                    Some((label, value))
                        if words::has(&label, &["document version", "dokumentversion"]) && !value.is_empty() =>
                    {
                        if pack.version.is_empty() {
                            pack.version = value;
                        }
                    }
                    Some((label, value))
                        if value.is_empty() && words::has(&label, &["last updated", "letzte änderung"]) => {}
                    _ => remarks.text_left_out(block.line, &line),
                }
            }
        }
        _ => remarks.left_out(block),
    }
}

fn part(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    let (number, title) = words::numbered(&section.title);
    let known = words::part(title);
    let listed = section.any(&|part| words::is_checklist(&part.title));
    // Many a template puts its areas at the top; a number or a checklist tells them from parts with like names.
    let groups_areas = matches!(known, Some(Part::Areas | Part::Group));
    if !groups_areas && (listed || (known.is_none() || number.is_some()) && area::has_checks(section)) {
        add_area(section, pack, remarks);
        return;
    }
    let Some(known) = known else {
        remarks.section_left_out(section, "it is no part of a pack that is known");
        return;
    };
    let own_children =
        matches!(known, Part::Areas | Part::Group | Part::Steps | Part::Roadmap | Part::Appendices | Part::Answer);
    match known {
        Part::Rubric => starting::rubric(section, pack, remarks),
        Part::Steps => starting::steps(section, pack, remarks),
        Part::Roadmap => starting::roadmap(section, pack, remarks),
        Part::Team => starting::team(section, pack, remarks),
        Part::Budget => starting::budget(section, pack, remarks),
        Part::Trainings => starting::trainings(section, pack, remarks),
        Part::Metrics => starting::metrics(section, pack, remarks),
        Part::KeyResults => starting::key_results(section, pack, remarks),
        Part::Risks => starting::risks(section, pack, remarks),
        Part::Appendices => {
            let (closing, own): (Vec<&Block>, Vec<&Block>) =
                last_of(section).blocks.iter().partition(|block| is_version(block));
            let mut without = section.clone();
            if let Some(last) = without.children.last_mut() {
                last.blocks = own.into_iter().cloned().collect();
            }
            starting::appendices(&without, pack, remarks);
            closing.into_iter().for_each(|block| loose(block, pack, remarks));
        }
        Part::Fields => section.blocks.iter().for_each(|block| fields(block, pack, remarks)),
        Part::Answer => {
            section.blocks.iter().filter(|block| !is_place(block)).for_each(|block| remarks.left_out(block))
        }
        Part::Areas | Part::Group => section.blocks.iter().for_each(|block| loose(block, pack, remarks)),
    }
    match known {
        Part::Areas => section.children.iter().for_each(|child| add_area(child, pack, remarks)),
        _ if known == Part::Group || !own_children => {
            section.children.iter().for_each(|child| part(child, pack, remarks))
        }
        _ => {}
    }
}

/// The last child, or the section itself.
fn last_of(section: &Section) -> &Section {
    section.children.last().unwrap_or(section)
}

fn is_version(block: &Block) -> bool {
    let Kind::Paragraph(text) = &block.kind else { return false };
    words::has(&text.plain(), &["document version", "dokumentversion"])
}

/// A place to write an answer: a label without a value, an empty bullet.
fn is_place(block: &Block) -> bool {
    match &block.kind {
        Kind::Paragraph(text) => {
            text.lines().iter().all(|line| line.labelled().is_some_and(|(_, value)| value.is_empty()))
        }
        Kind::List(items) => items.iter().all(|item| item.text.is_empty() && item.blocks.is_empty()),
        _ => false,
    }
}

fn add_area(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    let taken: Vec<String> = pack.areas.iter().map(|area| area.id.clone()).collect();
    let area = area::read(section, pack.areas.len() + 1, &taken, remarks);
    pack.areas.push(area);
}

/// Labels of fields and the engagement's field that holds them.
const FIELDS: &[(&[&str], &str, FieldType)] = &[
    (&["system name", "systemname", "name des systems"], "system", FieldType::Text),
    (&["audit date", "datum"], "report_date", FieldType::Date),
    (&["auditor", "prüfer"], "auditors", FieldType::Text),
    (&["language", "programmiersprache"], "primary_language", FieldType::Text),
    (&["architecture style", "architekturstil"], "architecture_style", FieldType::Text),
    (&["current state", "ist-zustand"], "current_state", FieldType::Prose),
    (&["target state", "soll-zustand", "zielzustand"], "target_state", FieldType::Prose),
    (&["priority", "priorität"], "priority", FieldType::Text),
    (&["effort", "aufwand"], "modernisation_effort", FieldType::Text),
];

fn fields(block: &Block, pack: &mut Pack, remarks: &mut Remarks) {
    match &block.kind {
        Kind::List(items) => {
            for item in items {
                let labelled = item.text.labelled().or_else(|| {
                    let plain = item.text.plain();
                    plain.split_once(':').map(|(label, value)| (label.trim().to_owned(), value.trim().to_owned()))
                });
                match labelled {
                    Some((label, value)) if !label.is_empty() => field(&label, &value, item.line, pack, remarks),
                    _ => remarks.text_left_out(item.line, &item.text),
                }
                item.blocks.iter().for_each(|nested| remarks.left_out(nested));
            }
        }
        // `**Overall score**: [ ] / 5` and the heading of a list are places; the engagement holds what goes there.
        Kind::Paragraph(text) => {
            for line in text.lines() {
                let place = line.labelled().is_some_and(|(_, value)| value.is_empty() || value.starts_with("[ ]"));
                if !place {
                    remarks.text_left_out(block.line, &line);
                }
            }
        }
        _ => loose(block, pack, remarks),
    }
}

fn field(label: &str, value: &str, line: u64, pack: &mut Pack, remarks: &mut Remarks) {
    let taken: Vec<String> = pack.fields.iter().map(|field| field.id.clone()).collect();
    let known = FIELDS.iter().find(|(labels, _, _)| words::has(label, labels));
    let choices: Vec<String> = value.split("[ ]").skip(1).map(|choice| choice.trim().to_owned()).collect();
    let value = if choices.is_empty() { value.trim_matches([BLANK, ' ']) } else { "" };
    if !value.is_empty() {
        remarks.note(line, format!("\"{value}\" answers \"{label}\": answers are not part of a pack"));
    }
    let r#type =
        if choices.is_empty() { known.map_or(FieldType::Text, |(_, _, r#type)| *r#type) } else { FieldType::Choice };
    pack.fields.push(Field {
        id: words::unique_slug(label, "field", &taken),
        label: label.to_owned(),
        r#type,
        choices,
        engagement_field: known.map(|(_, name, _)| (*name).to_owned()).unwrap_or_default(),
        hint: String::new(),
    });
}
