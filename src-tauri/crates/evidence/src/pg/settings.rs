//! `pg_settings` and `SHOW`.

use crate::{
    Import,
    pg::{cell, number},
    table::Table,
    units,
};

/// What a setting measures.
#[derive(Clone, Copy)]
enum Measure {
    /// A time; a bare number is milliseconds.
    Time,
    /// A size; a bare number counts the unit column, or bytes.
    Size,
    /// A plain number.
    Count,
    /// `on` or `off`.
    Switch,
}

const KNOWN: &[(&str, &str, Measure)] = &[
    ("statement_timeout", "db.statement_timeout", Measure::Time),
    ("log_min_duration_statement", "db.log_min_duration", Measure::Time),
    ("lock_timeout", "db.lock_timeout", Measure::Time),
    ("idle_in_transaction_session_timeout", "db.idle_in_transaction_timeout", Measure::Time),
    ("max_connections", "db.max_connections", Measure::Count),
    ("shared_buffers", "db.shared_buffers", Measure::Size),
    ("work_mem", "db.work_mem", Measure::Size),
    ("ssl", "db.ssl", Measure::Switch),
];

/// Whether a setting is one that checks read.
pub(crate) fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|(known, ..)| known.eq_ignore_ascii_case(name))
}

/// `SELECT name, setting, unit FROM pg_settings`.
pub(crate) fn emit_rows(import: &mut Import, table: &Table) {
    let (name, setting, unit) = (table.column("name"), table.column("setting"), table.column("unit"));
    for (row, line) in table.numbered() {
        // Without the unit column a bare number counts the setting's base unit, which for memory is not bytes.
        emit(import, cell(row, name), cell(row, setting), unit.map(|unit| cell(row, Some(unit))), line);
    }
}

/// `SHOW statement_timeout`.
pub(crate) fn emit_single(import: &mut Import, table: &Table) {
    if let Some((row, line)) = table.numbered().next() {
        emit(import, &table.columns[0], cell(row, Some(0)), Some(""), line);
    }
}

fn emit(import: &mut Import, name: &str, setting: &str, unit: Option<&str>, line: u64) {
    let Some((name, metric, measure)) = KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)) else {
        return;
    };
    let bare: Option<f64> = setting.parse().ok();
    let value = match measure {
        // Both 0 and -1 have a meaning of their own and no unit.
        Measure::Time => match bare {
            Some(value) if value <= 0.0 => Some(value),
            Some(value) => match unit {
                None | Some("") => Some(value),
                Some(unit) => units::millis(&format!("1{unit}")).map(|factor| value * factor),
            },
            None => units::millis(setting),
        },
        Measure::Size => match bare {
            Some(value) => match unit {
                None => None,
                Some("") => Some(value),
                Some(unit) => {
                    let unit = if unit.starts_with(|c: char| c.is_ascii_digit()) {
                        unit.to_owned()
                    } else {
                        format!("1{unit}")
                    };
                    units::bytes(&unit).map(|factor| value * factor)
                }
            },
            None => units::bytes(setting),
        },
        Measure::Count => number(&[setting.to_owned()], Some(0)),
        Measure::Switch => match setting {
            "on" | "true" | "yes" | "1" => Some(1.0),
            "off" | "false" | "no" | "0" => Some(0.0),
            _ => None,
        },
    };
    let text = match unit {
        Some(unit) if !unit.is_empty() => format!("{setting} {unit}"),
        _ => setting.to_owned(),
    };
    match value {
        Some(value) => import.measure_text(metric, value, "", format!("line {line}"), text),
        None => import.warn(Some(line), format!("{name} = `{setting}` cannot be read; show it with its unit")),
    }
}
