//! Reading a table by its mapping.

use groma_model::{Mapping, ValueColumn};

use super::{
    CellFault, Trial, cell,
    faults::{Faults, Wrong, has_no_value, shown},
    measure::{Collected, Value},
    shape::{Sheet, broken, header},
    unit,
};
use crate::{Confidence, Format, Import, Metric, Refusal, formats::no_secrets, mask::mask, metric, table::records};

/// The id of the format that tables are kept as.
pub const TABLE_FORMAT: &str = "table";

/// What tables are kept as; no sniffer claims them.
const TABLE: Format = Format {
    id: TABLE_FORMAT,
    title: "Table, read by a mapping of its columns",
    tool: "table",
    note: "What a person said the columns mean.",
    metrics: &["*"],
    severities: crate::Severities::NONE,
    sniff: |_| Confidence::No,
    secrets: no_secrets,
    parse: |_| Err(Refusal::new("a table is read by a mapping of its columns", "say what the columns mean")),
};

/// Reads a table by a mapping: every value in its metric's own unit, at the line where it stands.
///
/// The whole table is read or nothing of it. Blank cells, and words for no value such as `n/a`, are passed over. What
/// looks like a credential is masked, and the masked text is [`Import::kept`]. The tool is the mapping's name.
///
/// # Errors
/// Columns that are not those of the mapping, metrics or units that there are not, and the first cell that is no
/// number or time, with its line and column; how many more there are stands in the reason.
pub fn read_table(text: &str, mapping: &Mapping) -> Result<Import, Refusal> {
    let (import, faults) = measured(text, mapping)?;
    faults.refusal().map_or(Ok(import), Err)
}

/// Says what [`read_table`] would make of a table, and names every cell for which it would be refused.
///
/// # Errors
/// As [`read_table`], but for cells.
pub fn try_table(text: &str, mapping: &Mapping) -> Result<Trial, Refusal> {
    let (import, faults) = measured(text, mapping)?;
    Ok(Trial {
        measurements: import.measurements,
        diagnostics: import.diagnostics,
        refused: faults.cells,
        refused_cells: faults.count,
    })
}

/// What the readable cells say, and those that are not.
fn measured(text: &str, mapping: &Mapping) -> Result<(Import, Faults), Refusal> {
    let masked = masked_cells(&Sheet::of(text)?, text);
    let text = masked.as_ref().map_or(text, |(masked, _)| masked);
    let sheet = Sheet::of(text)?;
    let plan = Plan::of(mapping, &sheet)?;
    let name = mapping.name.trim();
    let mut import = Import::of(if name.is_empty() { TABLE.tool } else { name });
    TABLE.id.clone_into(&mut import.format);
    let mut table = Collected::default();
    let faults = collect(&sheet, &plan, mapping, &mut table)?;
    table.emit(&plan, &mut import)?;
    if let Some((masked, secrets)) = masked {
        import.masked = secrets;
        import.warn(None, format!("{secrets} secrets stood in the clear: masked, and only the masked text is kept"));
        import.kept = Some(masked.into_bytes());
    }
    Ok((import, faults))
}

/// The text with what looks like a credential masked, and how often. Cell by cell: a secret must not end behind its cell.
fn masked_cells(sheet: &Sheet<'_>, text: &str) -> Option<(String, u64)> {
    let offset = text.len() - sheet.body.len();
    let (mut out, mut done, mut secrets) = (String::new(), 0, 0);
    for cell in records(sheet.body, u8::try_from(sheet.delimiter).ok()?).flatten() {
        let cell = cell.start + offset..cell.end + offset;
        let content = &text[cell.clone()];
        // Numbers and short words hide nothing.
        if content.len() < 8 || !content.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            continue;
        }
        if let Some(masked) = mask(content, &TABLE) {
            out.push_str(&text[done..cell.start]);
            out.push_str(&masked.text);
            (done, secrets) = (cell.end, secrets + masked.secrets);
        }
    }
    (secrets > 0).then(|| (out + &text[done..], secrets))
}

/// A mapping whose columns were found and whose units are known.
pub(super) struct Plan<'m> {
    time: Option<usize>,
    subject: Option<usize>,
    /// Each with the number of its column and its metric.
    pub values: Vec<(usize, &'m ValueColumn, &'static Metric)>,
}

impl<'m> Plan<'m> {
    fn of(mapping: &'m Mapping, sheet: &Sheet<'_>) -> Result<Self, Refusal> {
        let remedy = "map the columns of this table anew";
        let own = header(sheet.columns.iter().map(String::as_str));
        if own != mapping.header {
            let missing: Vec<&str> =
                mapping.header.iter().filter(|name| !own.contains(name)).map(String::as_str).collect();
            let new: Vec<&str> = own.iter().filter(|name| !mapping.header.contains(name)).map(String::as_str).collect();
            let list = |what: &str, names: &[&str]| match names {
                [] => String::new(),
                names => format!("; {what}: {}", names[..names.len().min(10)].join(", ")),
            };
            return Err(Refusal::new(
                format!("the columns are not those of the mapping{}{}", list("missing", &missing), list("new", &new)),
                remedy,
            )
            .at_line(1 + sheet.skipped));
        }
        let find = |name: &str| sheet.columns.iter().position(|column| column == name);
        let at = |name: &Option<String>| match name {
            None => Ok(None),
            Some(name) => {
                find(name).map(Some).ok_or_else(|| Refusal::new(format!("there is no column `{name}`"), remedy))
            }
        };
        let mut values = Vec::with_capacity(mapping.values.len());
        for value in &mapping.values {
            let index = find(&value.column)
                .ok_or_else(|| Refusal::new(format!("there is no column `{}`", value.column), remedy))?;
            let known = metric(&value.metric).ok_or_else(|| {
                Refusal::new(
                    format!("there is no metric `{}`, as which `{}` is mapped", value.metric, value.column),
                    remedy,
                )
            })?;
            if unit::factor(known.unit, &value.unit).is_none() {
                let reason =
                    format!("`{}` is mapped in {}, which is no unit of {}", value.column, value.unit, known.name);
                let units = unit::convertible(known.unit).join(", ");
                return Err(Refusal::new(reason, format!("choose one of: {units}")));
            }
            values.push((index, value, known));
        }
        if values.is_empty() {
            return Err(Refusal::new("no column is mapped to a metric", "say of a column which metric it is"));
        }
        Ok(Self { time: at(&mapping.time)?, subject: at(&mapping.subject)?, values })
    }
}

fn collect(sheet: &Sheet<'_>, plan: &Plan<'_>, mapping: &Mapping, table: &mut Collected) -> Result<Faults, Refusal> {
    let mut faults = Faults::default();
    for record in sheet.reader().records() {
        let record = record.map_err(|error| broken(&error))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(position) = record.position() else { continue };
        if record.len() != sheet.columns.len() {
            let what = format!("{} cells, where the header has {}", record.len(), sheet.columns.len());
            let row = record.iter().collect::<Vec<_>>().join(" ");
            faults.add(sheet, position, None, &row, (CellFault::OtherLength, what));
            continue;
        }
        table.rows += 1;
        let line = position.line() + sheet.skipped;
        let mut when = None;
        if let Some((column, text)) = plan.time.and_then(|column| Some((column, record.get(column)?))) {
            match cell::time(text) {
                Some((time, zoned)) => {
                    when = Some(time);
                    if zoned {
                        table.latest = table.latest.max(Some(time));
                    }
                }
                None if has_no_value(text, &mapping.nothing) => {}
                None => {
                    let wrong = (CellFault::NoTime, format!("`{}` is no time", shown(text)));
                    faults.add(sheet, position, Some(column), text, wrong);
                }
            }
        }
        let subject = plan.subject.and_then(|column| record.get(column)).map(str::trim).unwrap_or_default();
        for (number, (column, value, metric)) in plan.values.iter().enumerate() {
            let text = record.get(*column).unwrap_or_default();
            if has_no_value(text, &mapping.nothing) {
                table.blank += 1;
                continue;
            }
            match read_cell(text, value, metric, mapping.decimal_comma) {
                Ok(read) => {
                    let subject = if plan.subject.is_some() { subject } else { &value.subject };
                    if !table.subjects.contains_key(subject) {
                        table.subjects.insert(subject.to_owned(), ());
                    }
                    let values = table.values.entry((number, subject.to_owned())).or_default();
                    values.push(Value { value: read, time: when, line });
                }
                Err(wrong) => faults.add(sheet, position, Some(*column), text, wrong),
            }
        }
    }
    Ok(faults)
}

/// The value of a cell in the metric's own unit.
fn read_cell(text: &str, value: &ValueColumn, metric: &Metric, decimal_comma: bool) -> Result<f64, Wrong> {
    let Some((number, told)) = cell::number(text, decimal_comma) else {
        return Err((CellFault::NoNumber, format!("`{}` is no number", shown(text))));
    };
    // In a column of counts, what stands behind a number may also be its magnitude.
    let unit = told.unwrap_or(&value.unit);
    let Some(factor) = unit::factor(metric.unit, unit) else {
        let reason = format!("`{}` is in {unit}, which is no unit of {}", shown(text), metric.name);
        return Err((CellFault::OtherUnit, reason));
    };
    let read = number * factor;
    // What a factor such as 0.01 adds behind the fifteenth digit is none of the table's.
    let read = format!("{read:.14e}").parse().unwrap_or(read);
    match metric.unit {
        "ratio" if !(0.0..=1.0).contains(&read) && !metric.name.ends_with("per_hour") => {
            Err((CellFault::NoShare, format!("`{}` is no ratio between 0 and 1: is it in %?", shown(text))))
        }
        "bool" if read != 0.0 && read != 1.0 => {
            Err((CellFault::NoSwitch, format!("`{}` is neither 1 nor 0", shown(text))))
        }
        _ => Ok(read),
    }
}
