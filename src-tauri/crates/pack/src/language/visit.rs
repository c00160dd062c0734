//! Every text of a pack that people read, with the key that names it in a language's file.

use crate::{Check, Pack};

/// Where a text is read, nearest to the client first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// In reports, by the client.
    Printed,
    /// In the window, by the consultant.
    Shown,
}

/// What a text is.
pub(super) struct Place {
    /// Its key.
    pub key: String,
    /// Where it is read.
    pub reach: Reach,
    /// Whether answers, tables or findings keep it, so that it must not be replaced.
    pub stored: bool,
}

/// Calls `visit` for each text, empty ones included.
///
/// What belongs to one thing is named by that thing's id; what recurs (headings of columns, choices, cells, notes of
/// commands) by itself, as `words/<text>`, so that it is translated once.
pub(super) fn each_text(pack: &mut Pack, visit: &mut dyn FnMut(Place, &mut String)) {
    let mut walk = Walk { visit };
    walk.at("title", Reach::Printed, &mut pack.title);
    walk.at("description", Reach::Shown, &mut pack.description);
    for band in &mut pack.bands {
        walk.at(&format!("bands/{}/title", band.id), Reach::Shown, &mut band.title);
        walk.at(&format!("bands/{}/meaning", band.id), Reach::Shown, &mut band.meaning);
    }
    for section in &mut pack.sections {
        let key = format!("sections/{}", section.id);
        walk.at(&format!("{key}/title"), Reach::Printed, &mut section.title);
        walk.at(&format!("{key}/intro"), Reach::Shown, &mut section.intro);
        // The remedies of the checks to act on first are printed.
        section.checks.iter_mut().for_each(|check| walk.check(check, Reach::Printed));
    }
    for area in &mut pack.areas {
        let key = format!("areas/{}", area.id);
        walk.at(&format!("{key}/title"), Reach::Printed, &mut area.title);
        walk.at(&format!("{key}/intro"), Reach::Shown, &mut area.intro);
        area.checks.iter_mut().for_each(|check| walk.check(check, Reach::Shown));
        for table in &mut area.tables {
            walk.word(Reach::Printed, &mut table.title);
            walk.word(Reach::Shown, &mut table.intro);
            for column in &mut table.columns {
                walk.word(Reach::Printed, &mut column.title);
                column.choices.iter_mut().for_each(|choice| walk.stored(choice));
            }
            table.rows.iter_mut().flat_map(|row| row.values_mut()).for_each(|cell| walk.stored(cell));
        }
    }
    rubric(pack, &mut walk);
    calculators(pack, &mut walk);
}

fn rubric(pack: &mut Pack, walk: &mut Walk<'_>) {
    for column in &mut pack.rubric.columns {
        walk.at(&format!("rubric/columns/{}", column.id), Reach::Printed, &mut column.title);
    }
    for level in &mut pack.rubric.levels {
        let Some(number) = level.level else { continue };
        walk.at(&format!("rubric/levels/{number}/name"), Reach::Printed, &mut level.name);
        for (column, cell) in &mut level.cells {
            walk.at(&format!("rubric/levels/{number}/cells/{column}"), Reach::Printed, cell);
        }
    }
    for step in &mut pack.steps {
        let Some(to) = step.to else { continue };
        walk.at(&format!("steps/{to}/title"), Reach::Shown, &mut step.title);
        walk.at(&format!("steps/{to}/timeline"), Reach::Shown, &mut step.timeline);
        for group in &mut step.groups {
            walk.word(Reach::Shown, &mut group.title);
            group.items.iter_mut().for_each(|item| walk.word(Reach::Shown, item));
        }
    }
}

fn calculators(pack: &mut Pack, walk: &mut Walk<'_>) {
    for calculator in &mut pack.calculators {
        let key = format!("calculators/{}", calculator.id);
        walk.at(&format!("{key}/title"), Reach::Shown, &mut calculator.title);
        walk.at(&format!("{key}/intro"), Reach::Shown, &mut calculator.intro);
        walk.at(&format!("{key}/explanation"), Reach::Shown, &mut calculator.explanation);
        for quantity in calculator.inputs.iter_mut().chain(&mut calculator.outputs) {
            walk.at(&format!("{key}/{}/label", quantity.id), Reach::Shown, &mut quantity.label);
            walk.at(&format!("{key}/{}/hint", quantity.id), Reach::Shown, &mut quantity.hint);
            walk.word(Reach::Shown, &mut quantity.unit);
        }
    }
}

struct Walk<'a> {
    visit: &'a mut dyn FnMut(Place, &mut String),
}

impl Walk<'_> {
    fn at(&mut self, key: &str, reach: Reach, text: &mut String) {
        (self.visit)(Place { key: key.to_owned(), reach, stored: false }, text);
    }

    fn word(&mut self, reach: Reach, text: &mut String) {
        (self.visit)(Place { key: format!("words/{text}"), reach, stored: false }, text);
    }

    fn stored(&mut self, text: &mut String) {
        (self.visit)(Place { key: format!("words/{text}"), reach: Reach::Printed, stored: true }, text);
    }

    fn check(&mut self, check: &mut Check, remedy: Reach) {
        let key = format!("checks/{}", check.id);
        self.at(&format!("{key}/title"), Reach::Printed, &mut check.title);
        self.at(&format!("{key}/statement"), Reach::Shown, &mut check.statement);
        self.at(&format!("{key}/threshold"), Reach::Printed, &mut check.threshold.text);
        self.at(&format!("{key}/method"), Reach::Shown, &mut check.method);
        self.at(&format!("{key}/remedy"), remedy, &mut check.remedy);
        self.at(&format!("{key}/person"), Reach::Shown, &mut check.person);
        self.word(Reach::Shown, &mut check.not_applicable_when);
        check.choices.iter_mut().for_each(|choice| self.stored(choice));
        for blank in &mut check.blanks {
            self.word(Reach::Printed, &mut blank.label);
            self.word(Reach::Shown, &mut blank.target);
        }
        for command in &mut check.commands {
            self.word(Reach::Shown, &mut command.label);
            self.word(Reach::Shown, &mut command.note);
        }
    }
}
