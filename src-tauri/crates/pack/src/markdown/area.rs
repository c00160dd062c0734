//! Areas: their checks and typed tables.

use groma_model::{Level, TableRow};

use super::{
    Remarks, check,
    tree::{BLANK, Block, Item, Kind, Row, Section, Text},
    words,
};
use crate::{Area, Column, ColumnType, Table};

/// Reads a section as an area; `position` numbers it when its title does not.
pub(super) fn read(section: &Section, position: usize, taken: &[String], remarks: &mut Remarks) -> Area {
    let (number, title) = words::numbered(&section.title);
    let id = number.map_or_else(|| position.to_string(), ToOwned::to_owned);
    let wanted = id.replace('.', "-");
    let id = words::unique_slug(&id, "area", taken);
    if id != wanted {
        remarks.note(section.line, format!("the area's number {wanted} is taken: \"{title}\" is area {id}"));
    }
    let mut area = Area { id, title: title.to_owned(), ..Area::default() };
    blocks(section, &mut area, None, remarks);
    for child in &section.children {
        parts(child, &mut area, remarks);
    }
    if area.checks.is_empty() && area.tables.is_empty() {
        remarks.warning(section.line, format!("the area \"{}\" has neither checks nor tables", area.title));
    }
    area
}

fn parts(section: &Section, area: &mut Area, remarks: &mut Remarks) {
    let before = (area.checks.len(), area.tables.len(), remarks.count());
    blocks(section, area, Some(&section.title), remarks);
    section.children.iter().for_each(|child| parts(child, area, remarks));
    if before == (area.checks.len(), area.tables.len(), remarks.count()) {
        remarks.warning(section.line, format!("nothing under \"{}\" belongs in a pack: left out", section.title));
    }
}

fn blocks(section: &Section, area: &mut Area, heading: Option<&str>, remarks: &mut Remarks) {
    let mut intro = String::new();
    for block in &section.blocks {
        match &block.kind {
            Kind::Paragraph(text) if is_level_box(text) => {}
            Kind::Paragraph(text) if heading.is_none() => join(&mut area.intro, &text.plain()),
            Kind::Paragraph(text) => join(&mut intro, &text.plain()),
            Kind::List(items) => list(items, area, heading.is_some_and(words::is_checklist), remarks),
            Kind::Table { head, rows } => {
                let name = heading.unwrap_or(&area.title);
                let taken: Vec<String> = area.tables.iter().map(|table| table.id.clone()).collect();
                let id = words::unique_slug(name, "table", &taken);
                let mut table = table(id, name.to_owned(), head, rows, block.line, remarks);
                table.intro = std::mem::take(&mut intro);
                area.tables.push(table);
            }
            _ => remarks.left_out(block),
        }
    }
    if !intro.is_empty() {
        let title = heading.unwrap_or_default();
        remarks.warning(section.line, format!("text under \"{title}\" has no place in a pack: left out"));
    }
}

/// `**Current State**: [ ] Level 1 [ ] Level 2 …`: the place of the rating, which the engagement holds.
fn is_level_box(text: &Text) -> bool {
    let plain = text.plain();
    plain.matches("[ ]").count() >= 2 && words::has(&plain, &["level", "stufe", "current state", "ist-zustand"])
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

fn list(items: &[Item], area: &mut Area, in_checklist: bool, remarks: &mut Remarks) {
    for item in items {
        if item.ticked.is_some() || in_checklist {
            let number = area.checks.len() + 1;
            let id = format!("{}.{number}", area.id);
            one_check(item, id, area, remarks);
        } else {
            remarks.warning(item.line, format!("\"{}\" is no check (`- [ ]`): left out", shown(&item.text)));
        }
    }
}

/// A check, what is nested under it as its method, and checks nested under it as checks behind it.
fn one_check(item: &Item, id: String, area: &mut Area, remarks: &mut Remarks) {
    let mut check = check::read(&item.text);
    if check.title.is_empty() {
        remarks.warning(item.line, "an empty check: left out".to_owned());
        return;
    }
    if item.ticked == Some(true) {
        remarks.note(item.line, format!("the box of \"{}\" is ticked: an answer, not part of a pack", check.title));
    }
    check.id = id;
    let mut nested = Vec::new();
    for block in &item.blocks {
        match &block.kind {
            Kind::Paragraph(text) => join(&mut check.method, &text.plain()),
            Kind::List(items) => {
                let (checks, plain): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.ticked.is_some());
                nested.extend(checks);
                if !plain.is_empty() {
                    join(&mut check.method, &bullets(&plain, 0));
                }
            }
            _ => remarks.left_out(block),
        }
    }
    area.checks.push(check);
    for item in nested {
        let id = format!("{}.{}", area.id, area.checks.len() + 1);
        one_check(item, id, area, remarks);
    }
}

/// Plain items as a Markdown list.
fn bullets(items: &[&Item], depth: usize) -> String {
    let mut lines = Vec::new();
    for item in items {
        lines.push(format!("{}- {}", "  ".repeat(depth), item.text.plain().replace('\n', " ")));
        for block in &item.blocks {
            if let Kind::List(items) = &block.kind {
                lines.push(bullets(&items.iter().collect::<Vec<_>>(), depth + 1));
            }
        }
    }
    lines.join("\n").replace(BLANK, "_")
}

/// A typed table: the columns' types are judged by their titles.
pub(super) fn table(id: String, title: String, head: &[Text], rows: &[Row], line: u64, remarks: &mut Remarks) -> Table {
    let mut taken = Vec::new();
    let columns: Vec<Column> = head
        .iter()
        .map(|cell| {
            let column = column(&cell.plain(), &taken);
            taken.push(column.id.clone());
            column
        })
        .collect();
    if columns.iter().any(|column| column.title.is_empty()) {
        remarks.note(line, format!("a column of \"{title}\" has no title: named by its place"));
    }
    let columns: Vec<Column> = columns
        .into_iter()
        .enumerate()
        .map(|(at, mut column)| {
            if column.title.is_empty() {
                column.title = (at + 1).to_string();
            }
            column
        })
        .collect();
    let mut table = Table { id, title, columns, ..Table::default() };
    for row in rows {
        remarks.lost_cells(row);
        let mut kept = TableRow::new();
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let cell = cell.plain().replace(BLANK, "");
            if cell.trim().is_empty() {
                continue;
            }
            if fits(column, &cell) {
                kept.insert(column.id.clone(), cell);
            } else {
                let message = format!("\"{cell}\" does not fit the column \"{}\": left out", column.title);
                remarks.warning(row.line, message);
            }
        }
        if !kept.is_empty() {
            table.rows.push(kept);
        }
    }
    table
}

fn fits(column: &Column, cell: &str) -> bool {
    match column.r#type {
        ColumnType::Rating | ColumnType::Level => {
            cell.trim().parse::<i64>().is_ok_and(|number| Level::try_from(number).is_ok())
        }
        ColumnType::Choice | ColumnType::Status => column.choices.iter().any(|choice| choice == cell),
        _ => true,
    }
}

fn column(title: &str, taken: &[String]) -> Column {
    let (name, aside) =
        title.split_once('(').map_or((title, ""), |(name, aside)| (name.trim(), aside.trim_end_matches(')')));
    let choices: Vec<String> =
        aside.split(['/', '|']).map(|choice| choice.trim().to_owned()).filter(|choice| !choice.is_empty()).collect();
    let (r#type, choices) = if words::has(aside, &["1-5", "1–5", "1 to 5", "1 bis 5"]) {
        let level = words::has(name, &["level", "stufe"]);
        (if level { ColumnType::Level } else { ColumnType::Rating }, Vec::new())
    } else if words::has(name, &["severity", "schweregrad"]) {
        (ColumnType::Severity, Vec::new())
    } else if choices.len() > 1 {
        let status = words::has(name, &["status", "ampel"]);
        (if status { ColumnType::Status } else { ColumnType::Choice }, choices)
    } else if words::has(name, &["current level", "recommended level", "target level", "ist-stufe", "soll-stufe"]) {
        (ColumnType::Level, Vec::new())
    } else {
        (ColumnType::Text, Vec::new())
    };
    let typed = r#type != ColumnType::Text;
    let id = words::unique_slug(if typed { name } else { title }, "column", taken);
    Column { id, title: if typed { name } else { title }.to_owned(), r#type, choices, unit: String::new() }
}

/// The first words of a text, for a remark.
pub(super) fn shown(text: &Text) -> String {
    let plain = text.plain().replace(BLANK, "_").replace('\n', " ");
    if plain.chars().count() > 60 { plain.chars().take(59).chain(['…']).collect() } else { plain }
}

/// Whether a section has checks: a heading that says so, or items with boxes.
pub(super) fn has_checks(section: &Section) -> bool {
    let boxes =
        |block: &Block| matches!(&block.kind, Kind::List(items) if items.iter().any(|item| item.ticked.is_some()));
    section.any(&|part| words::is_checklist(&part.title) || part.blocks.iter().any(boxes))
}
