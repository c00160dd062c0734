//! TOML to a validated pack.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{Pack, PackError, Problem, Texts, validate::validate};

impl Pack {
    /// Reads and validates a pack whose commands hold all their text.
    ///
    /// # Errors
    /// [`PackError::Shape`] when it is not TOML or has unknown or ill-typed fields, [`PackError::Problems`] with every
    /// problem when it does not hold together; both name line and field.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        Self::parse_with(text, |_| None)
    }

    /// Reads and validates a pack; `file` gives the text of a file beside the pack that a command refers to.
    ///
    /// The result holds the files' texts, so that it is whole by itself.
    ///
    /// # Errors
    /// As [`Pack::parse`]; a file that `file` does not know is a problem too.
    pub fn parse_with(text: &str, file: impl Fn(&str) -> Option<String>) -> Result<Self, PackError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut pack: Self = toml::from_str(text).map_err(|error| shape(text, &error))?;
        let mut problems = Vec::new();
        take_in_files(&mut pack, &file, &mut problems);
        take_in_languages(&mut pack, &file, &mut problems);
        problems.extend(validate(&pack));
        if problems.is_empty() {
            return Ok(pack);
        }
        if let Ok(root) = DeTable::parse(text) {
            for problem in &mut problems {
                problem.line = line_of(text, &root, &problem.field);
            }
        }
        problems.sort_by_key(|problem| problem.line);
        Err(PackError::Problems(problems))
    }

    /// The pack as TOML, without fields that hold their default; reads back to an equal pack.
    ///
    /// # Errors
    /// [`PackError::Write`] when a value has no TOML form (a number that is not finite).
    pub fn to_toml(&self) -> Result<String, PackError> {
        toml::to_string_pretty(self).map_err(|error| PackError::Write(error.to_string()))
    }
}

fn shape(text: &str, error: &toml::de::Error) -> PackError {
    let line = error.span().map(|span| line_at(text, span.start));
    PackError::Shape(Problem {
        line,
        field: String::new(),
        message: format!("{} (assets/packs/README.md lists the fields)", error.message()),
    })
}

fn take_in_files(pack: &mut Pack, file: &impl Fn(&str) -> Option<String>, problems: &mut Vec<Problem>) {
    let sections = pack.sections.iter_mut().enumerate().map(|(i, part)| ("sections", i, &mut part.checks));
    let areas = pack.areas.iter_mut().enumerate().map(|(i, part)| ("areas", i, &mut part.checks));
    for (list, i, checks) in sections.chain(areas) {
        for (j, check) in checks.iter_mut().enumerate() {
            for (k, command) in check.commands.iter_mut().enumerate() {
                if command.file.is_empty() {
                    continue;
                }
                let mut add = |message: String| {
                    let field = format!("{list}[{i}].checks[{j}].commands[{k}].file");
                    problems.push(Problem { line: None, field, message });
                };
                if !command.text.is_empty() {
                    add("text and file are both given: drop one".to_owned());
                } else if command.file.starts_with('/') || command.file.split(['/', '\\']).any(|part| part == "..") {
                    add(format!("\"{}\" leaves the pack's folder: put the file beside the pack", command.file));
                } else if let Some(text) = file(&command.file) {
                    command.text = text;
                    command.file.clear();
                } else {
                    add(format!("there is no \"{}\" beside the pack: add it, or give the text in line", command.file));
                }
            }
        }
    }
}

/// Reads `<id>.<language>.toml` beside the pack for each of its languages.
fn take_in_languages(pack: &mut Pack, file: &impl Fn(&str) -> Option<String>, problems: &mut Vec<Problem>) {
    for (i, language) in std::mem::take(&mut pack.languages).into_iter().enumerate() {
        let mut add = |message: String| {
            problems.push(Problem { line: None, field: format!("languages[{i}]"), message });
        };
        let name = format!("{}.{language}.toml", pack.id);
        let tag = language.len() >= 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
        let read = if tag { file(&name) } else { None };
        match read.map(|text| Texts::parse(&text, &pack.id, &language)) {
            Some(Ok(texts)) => {
                let wrong = pack.misplaced(&texts);
                wrong.into_iter().for_each(|problem| add(format!("{name}, {problem}")));
                if pack.texts.insert(language.clone(), texts.into_entries()).is_some() {
                    add(format!("the texts in \"{language}\" are given twice: drop one"));
                }
            }
            Some(Err(error)) => add(format!("{name}: {error}")),
            None if tag => add(format!("there is no \"{name}\" beside the pack: add it, or drop the language")),
            None => add(format!("\"{language}\" is not a language: write it like \"de\"")),
        }
    }
}

/// The line on which a field, or the nearest thing around it, stands.
fn line_of(text: &str, root: &Spanned<DeTable<'_>>, field: &str) -> Option<usize> {
    let mut span = None;
    let mut table = Some(root.get_ref());
    let mut value: Option<&Spanned<DeValue<'_>>> = None;
    for step in field.split(['.', '[']).filter(|step| !step.is_empty()) {
        value = if let Some(index) = step.strip_suffix(']') {
            index.parse::<usize>().ok().and_then(|index| value?.get_ref().as_array()?.get(index))
        } else {
            table.and_then(|table| table.get(step))
        };
        let Some(found) = value else { break };
        table = found.get_ref().as_table();
        span = Some(found.span());
    }
    span.map(|span| line_at(text, span.start))
}

pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
