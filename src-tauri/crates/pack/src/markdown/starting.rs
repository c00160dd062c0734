//! Rubric, steps between levels, and the starting points for the plan.

use std::collections::BTreeMap;

use super::{
    Remarks,
    area::shown,
    tree::{Block, Item, Kind, Row, Section, Text},
    words,
};
use crate::{
    ActionGroup, Appendix, BudgetSuggestion, KeyResultSuggestion, MetricSuggestion, Pack, PhaseSuggestion,
    RiskSuggestion, RoleSuggestion, RubricColumn, RubricLevel, Step, TrainingSuggestion,
};

/// The tables of a section; all else in it is reported.
fn tables<'a>(section: &'a Section, remarks: &mut Remarks) -> Vec<(&'a [Text], &'a [Row])> {
    let mut found = Vec::new();
    for block in &section.blocks {
        match &block.kind {
            Kind::Table { head, rows } => found.push((head.as_slice(), rows.as_slice())),
            _ => remarks.left_out(block),
        }
    }
    if found.is_empty() {
        remarks.warning(section.line, format!("there is no table under \"{}\"", section.title));
    }
    found
}

/// The items of all lists of a section; all else in it is reported.
fn items<'a>(section: &'a Section, remarks: &mut Remarks) -> Vec<&'a Item> {
    let mut found = Vec::new();
    for block in &section.blocks {
        match &block.kind {
            Kind::List(items) => found.extend(items),
            _ => remarks.left_out(block),
        }
    }
    if found.is_empty() {
        remarks.warning(section.line, format!("there is no list under \"{}\"", section.title));
    }
    found
}

/// A row's cells by what their column is; columns that are nothing known are reported when they hold something.
struct Cells<'a> {
    head: &'a [Text],
    row: &'a Row,
    used: Vec<bool>,
}

impl<'a> Cells<'a> {
    fn new(head: &'a [Text], row: &'a Row, remarks: &mut Remarks) -> Self {
        remarks.lost_cells(row);
        Self { head, row, used: vec![false; head.len()] }
    }

    /// The cell of the first unused column with one of these words in its title.
    fn take(&mut self, titles: &[&str]) -> String {
        let at = (0..self.head.len()).find(|at| !self.used[*at] && words::names(&self.head[*at].plain(), titles));
        let Some(at) = at else { return String::new() };
        self.used[at] = true;
        self.row.cells.get(at).map(Text::plain).unwrap_or_default()
    }

    fn finish(self, remarks: &mut Remarks) {
        for (at, cell) in self.row.cells.iter().enumerate() {
            if !self.used.get(at).copied().unwrap_or(true) && !cell.is_empty() {
                let column = self.head[at].plain();
                let message =
                    format!("\"{}\" in the column \"{column}\" has no place in a pack: left out", shown(cell));
                remarks.warning(self.row.line, message);
            }
        }
    }
}

fn is_total(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "total" | "sum" | "summe" | "gesamt")
}

pub(super) fn rubric(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    for (head, rows) in tables(section, remarks) {
        let mut taken = Vec::new();
        let columns: Vec<RubricColumn> = head
            .iter()
            .skip(1)
            .map(|cell| {
                let id = words::unique_slug(&cell.plain(), "column", &taken);
                taken.push(id.clone());
                RubricColumn { id, title: cell.plain() }
            })
            .collect();
        let mut levels: BTreeMap<u8, RubricLevel> = BTreeMap::new();
        for row in rows {
            remarks.lost_cells(row);
            let Some(level) = row.cells.first().and_then(|cell| words::level(&cell.plain())) else {
                remarks.warning(row.line, "a row of the rubric names no level of 1 to 5: left out".to_owned());
                continue;
            };
            let cells = columns.iter().zip(row.cells.iter().skip(1));
            let cells: BTreeMap<String, String> = cells
                .map(|(column, cell)| (column.id.clone(), cell.plain()))
                .filter(|(_, cell)| !cell.is_empty())
                .collect();
            levels.insert(level.get(), RubricLevel { level: Some(level), cells, ..RubricLevel::default() });
        }
        if levels.len() == 5 && levels.values().all(|level| level.cells.len() == columns.len()) && !columns.is_empty() {
            pack.rubric.columns = columns;
            pack.rubric.levels = levels.into_values().rev().collect();
        } else {
            let message = "the rubric does not describe each of five levels in every column: left out".to_owned();
            remarks.warning(section.line, message);
        }
    }
}

pub(super) fn steps(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    section.blocks.iter().for_each(|block| remarks.left_out(block));
    for child in &section.children {
        let levels = words::numbers(&child.title);
        let (Some(from), Some(to)) = (
            levels.first().and_then(|number| words::level(&number.to_string())),
            levels.get(1).and_then(|number| words::level(&number.to_string())),
        ) else {
            remarks.section_left_out(child, "it names no two levels");
            continue;
        };
        if to.get() != from.get() + 1 {
            remarks.section_left_out(child, "a step leads from a level to the next");
            continue;
        }
        let aside = child.title.split_once('(').map(|(_, aside)| aside.trim_end_matches(')').trim().to_owned());
        let title = aside.filter(|aside| !aside.is_empty()).unwrap_or_else(|| child.title.clone());
        let mut step = Step { from: Some(from), to: Some(to), title, ..Step::default() };
        for block in &child.blocks {
            match &block.kind {
                Kind::Paragraph(text) => step_lines(text, block, &mut step, remarks),
                Kind::List(items) => groups(items, &mut step, remarks),
                _ => remarks.left_out(block),
            }
        }
        child.children.iter().for_each(|part| remarks.section_left_out(part, "a step has lists and no headings"));
        pack.steps.push(step);
    }
}

fn step_lines(text: &Text, block: &Block, step: &mut Step, remarks: &mut Remarks) {
    for line in text.lines() {
        match line.labelled() {
            Some((label, value)) if words::has(&label, &["priority", "priorität"]) => {
                step.priority = words::priority(&value);
                if step.priority.is_none() {
                    remarks
                        .warning(block.line, format!("\"{value}\" is no priority: use critical, high, medium or low"));
                }
            }
            Some((label, value)) if words::has(&label, &["timeline", "zeitraum", "dauer"]) => step.timeline = value,
            _ => remarks.text_left_out(block.line, &line),
        }
    }
}

fn groups(items: &[Item], step: &mut Step, remarks: &mut Remarks) {
    let mut loose = Vec::new();
    for item in items {
        let mut nested = Vec::new();
        for block in &item.blocks {
            match &block.kind {
                Kind::List(items) => nested.extend(flat(items, remarks)),
                _ => remarks.left_out(block),
            }
        }
        let title = item.text.plain();
        if nested.is_empty() {
            loose.push(title);
        } else {
            step.groups.push(ActionGroup { title: title.trim_end_matches(':').trim().to_owned(), items: nested });
        }
    }
    if !loose.is_empty() {
        step.groups.push(ActionGroup { title: step.title.clone(), items: loose });
    }
}

/// The texts of items; what is nested deeper is appended to its item.
fn flat(items: &[Item], remarks: &mut Remarks) -> Vec<String> {
    items
        .iter()
        .map(|item| {
            let mut text = item.text.plain().replace('\n', " ");
            for block in &item.blocks {
                match &block.kind {
                    Kind::List(nested) => text.push_str(&format!(" ({})", flat(nested, remarks).join("; "))),
                    _ => remarks.left_out(block),
                }
            }
            text
        })
        .collect()
}

pub(super) fn roadmap(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    section.blocks.iter().for_each(|block| remarks.left_out(block));
    for (position, child) in (1..).zip(&section.children) {
        let (head, aside) = child.title.split_once('(').unwrap_or((&child.title, ""));
        let (first, name) = head.split_once(':').unwrap_or(("", head));
        let months = words::numbers(aside);
        let mut phase = PhaseSuggestion {
            number: words::numbers(first).first().copied().unwrap_or(position),
            name: name.trim().to_owned(),
            from_month: months.first().copied().unwrap_or(0),
            to_month: months.last().copied().unwrap_or(0),
            ..PhaseSuggestion::default()
        };
        if months.is_empty() || !words::has(aside, &["month", "monat"]) {
            remarks.warning(child.line, format!("\"{}\" names no months: `(Months 1-3)`", child.title));
            (phase.from_month, phase.to_month) = (0, 0);
        }
        for block in &child.blocks {
            match &block.kind {
                Kind::List(items) => phase.actions.extend(flat(items, remarks)),
                Kind::Paragraph(text) => {
                    for line in text.lines() {
                        match line.labelled() {
                            Some((label, value)) if words::has(&label, &["outcome", "ergebnis"]) => {
                                phase.outcome = value
                            }
                            Some((label, value)) if words::has(&label, &["objective", "ziel", "goal"]) => {
                                phase.objective = value;
                            }
                            Some((label, value)) if words::has(&label, &["exit", "abschluss"]) => {
                                phase.exit_criteria.push(value);
                            }
                            _ => remarks.text_left_out(block.line, &line),
                        }
                    }
                }
                _ => remarks.left_out(block),
            }
        }
        child.children.iter().for_each(|part| remarks.section_left_out(part, "a phase has no headings of its own"));
        if pack.suggestions.phases.iter().any(|other| other.number == phase.number) {
            phase.number = pack.suggestions.phases.iter().map(|other| other.number).max().unwrap_or(0) + 1;
            remarks.warning(child.line, format!("the phase's number stands twice: renumbered to {}", phase.number));
        }
        pack.suggestions.phases.push(phase);
    }
}

pub(super) fn team(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    for (head, rows) in tables(section, remarks) {
        for row in rows {
            let mut cells = Cells::new(head, row, remarks);
            let role = cells.take(&["role", "rolle"]);
            let skills = cells.take(&["skill", "fähigkeit", "kenntnis"]);
            let seniority = cells.take(&["seniority", "erfahrung"]);
            let (fte, duration) = (cells.take(&["fte", "vzä", "stellen"]), cells.take(&["duration", "dauer"]));
            cells.finish(remarks);
            if role.is_empty() || is_total(&role) {
                continue;
            }
            let number = |text: &str, value: Option<f64>, what: &str, remarks: &mut Remarks| {
                if value.is_none() && !text.is_empty() {
                    remarks.warning(row.line, format!("\"{text}\" is no {what}: left out"));
                }
                value.unwrap_or(0.0)
            };
            pack.suggestions.team.push(RoleSuggestion {
                fte: number(&fte, words::decimal(&fte), "number of people", remarks),
                months: number(&duration, words::months(&duration), "duration such as `6 months`", remarks),
                skills: skills
                    .split(',')
                    .map(|skill| skill.trim().to_owned())
                    .filter(|skill| !skill.is_empty())
                    .collect(),
                role,
                seniority,
            });
        }
    }
}

pub(super) fn budget(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    for (head, rows) in tables(section, remarks) {
        for row in rows {
            let mut cells = Cells::new(head, row, remarks);
            let (category, note) =
                (cells.take(&["category", "kategorie", "posten"]), cells.take(&["note", "bemerkung", "anmerkung"]));
            cells.finish(remarks);
            if !category.is_empty() && !is_total(&category) {
                pack.suggestions.budget.push(BudgetSuggestion { category, note });
            }
        }
    }
}

pub(super) fn trainings(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    let items = items(section, remarks);
    let titles: Vec<String> = items.iter().flat_map(|item| flat(std::slice::from_ref(*item), remarks)).collect();
    let trainings = titles.into_iter().filter(|title| !title.is_empty());
    pack.suggestions
        .trainings
        .extend(trainings.map(|title| TrainingSuggestion { title, ..TrainingSuggestion::default() }));
}

pub(super) fn metrics(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    for (head, rows) in tables(section, remarks) {
        for row in rows {
            let mut cells = Cells::new(head, row, remarks);
            let metric = MetricSuggestion {
                name: cells.take(&["metric", "kennzahl", "messgröße"]),
                current: cells.take(&["current", "ist", "aktuell"]),
                target: cells.take(&["target", "ziel", "soll"]),
                by: cells.take(&["timeline", "by", "frist", "bis", "zeitraum"]),
                method: cells.take(&["method", "messung", "how"]),
            };
            cells.finish(remarks);
            if !metric.name.is_empty() {
                pack.suggestions.metrics.push(metric);
            }
        }
    }
}

pub(super) fn key_results(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    let items = items(section, remarks);
    let titles: Vec<String> = items.iter().flat_map(|item| flat(std::slice::from_ref(*item), remarks)).collect();
    let results = titles.into_iter().filter(|title| !title.is_empty());
    pack.suggestions.key_results.extend(results.map(|title| KeyResultSuggestion { title, metrics: Vec::new() }));
}

pub(super) fn risks(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    for (head, rows) in tables(section, remarks) {
        for row in rows {
            let mut cells = Cells::new(head, row, remarks);
            let title = cells.take(&["risk", "risiko"]);
            let likelihood = cells.take(&["likelihood", "probability", "wahrscheinlichkeit"]);
            let impact = cells.take(&["impact", "auswirkung", "schaden"]);
            let mitigation = cells.take(&["mitigation", "maßnahme"]);
            cells.finish(remarks);
            if title.is_empty() {
                continue;
            }
            for word in [&likelihood, &impact] {
                if words::rating(word).is_none() && !word.is_empty() {
                    remarks.warning(row.line, format!("\"{word}\" is no rating: use low, medium, high or 1 to 5"));
                }
            }
            pack.suggestions.risks.push(RiskSuggestion {
                likelihood: words::rating(&likelihood),
                impact: words::rating(&impact),
                title,
                mitigation,
                ..RiskSuggestion::default()
            });
        }
    }
}

pub(super) fn appendices(section: &Section, pack: &mut Pack, remarks: &mut Remarks) {
    section.blocks.iter().for_each(|block| remarks.left_out(block));
    for child in &section.children {
        let taken: Vec<String> = pack.appendices.iter().map(|entry| entry.id.clone()).collect();
        let mut hint = Vec::new();
        for block in &child.blocks {
            match &block.kind {
                Kind::Paragraph(text) => hint.push(text.plain().trim_matches(['[', ']']).to_owned()),
                // An empty bullet is a place to write.
                Kind::List(items) if items.iter().all(|item| item.text.is_empty() && item.blocks.is_empty()) => {}
                _ => remarks.left_out(block),
            }
        }
        child.children.iter().for_each(|part| remarks.section_left_out(part, "an appendix has no headings of its own"));
        let id = words::unique_slug(&child.title, "appendix", &taken);
        pack.appendices.push(Appendix { id, title: child.title.clone(), hint: hint.join(" ") });
    }
}
