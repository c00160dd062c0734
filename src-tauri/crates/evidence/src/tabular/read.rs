//! Reading a table by its mapping.

use std::collections::BTreeMap;

use groma_model::Timestamp;

use super::{
    Aggregation, Mapping, ValueColumn, cell,
    shape::{Sheet, broken, header},
    unit,
};
use crate::{
    Confidence, Format, Import, Metric, Refusal, formats::no_secrets, load::nearest_rank, mask::mask, metric,
    table::records,
};

/// More rows than this are not measured one by one.
const MOST_EACH: usize = 1000;
/// More subjects than this are no table of subjects.
const MOST_SUBJECTS: usize = 1000;

/// What tables are kept as; no sniffer claims them.
const TABLE: Format = Format {
    id: "table",
    title: "Table, read by a mapping of its columns",
    tool: "table",
    note: "What a person said the columns mean.",
    metrics: &["*"],
    sniff: |_| Confidence::No,
    secrets: no_secrets,
    parse: |_| Err(Refusal::new("a table is read by a mapping of its columns", "say what the columns mean")),
};

/// Reads a table by a mapping: every value in its metric's own unit, at the line where it stands.
///
/// The whole table is read or nothing of it. Blank cells, and words for no value such as `n/a`, are passed over. What
/// looks like a credential is masked, and the masked text is [`Import::kept`].
///
/// # Errors
/// Columns that are not those of the mapping, metrics or units that there are not, and the first cell that is no
/// number or time, with its line and column; how many more there are stands in the reason.
pub fn read_table(text: &str, mapping: &Mapping) -> Result<Import, Refusal> {
    let masked = masked_cells(&Sheet::of(text)?, text);
    let text = masked.as_ref().map_or(text, |(masked, _)| masked);
    let sheet = Sheet::of(text)?;
    let plan = Plan::of(mapping, &sheet)?;
    let mut import = Import::of(TABLE.tool);
    TABLE.id.clone_into(&mut import.format);
    let mut table = Collected::default();
    collect(&sheet, &plan, mapping, &mut table)?;
    table.emit(&plan, &mut import)?;
    if let Some((masked, secrets)) = masked {
        import.masked = secrets;
        import.warn(None, format!("{secrets} secrets stood in the clear: masked, and only the masked text is kept"));
        import.kept = Some(masked.into_bytes());
    }
    Ok(import)
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
struct Plan<'m> {
    time: Option<usize>,
    subject: Option<usize>,
    values: Vec<(usize, &'m ValueColumn, &'static Metric)>,
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
            return Err(Refusal::new("no column is mapped to a metric", remedy));
        }
        Ok(Self { time: at(&mapping.time)?, subject: at(&mapping.subject)?, values })
    }
}

/// A value in its metric's unit, when and where it was.
#[derive(Clone, Copy)]
struct Value {
    value: f64,
    time: Option<Timestamp>,
    line: u64,
}

#[derive(Default)]
struct Collected {
    /// By the number of the value's column and the subject, in order.
    values: BTreeMap<(usize, String), Vec<Value>>,
    subjects: BTreeMap<String, ()>,
    rows: usize,
    blank: usize,
    /// The latest time whose zone is known.
    latest: Option<Timestamp>,
}

/// Cells that are not what they should be: the first of them, and how many.
#[derive(Default)]
struct Faults {
    first: Option<Refusal>,
    count: usize,
}

impl Faults {
    fn add(&mut self, sheet: &Sheet<'_>, at: &csv::Position, column: usize, what: &str) {
        self.count += 1;
        if self.first.is_none() {
            let name = sheet.columns.get(column).map_or("", String::as_str);
            let (line, place) = place(sheet, at, column);
            let reason = format!("line {line}, column `{name}`: {what}");
            let remedy = "correct the cell, or map the column in another way";
            self.first = Some(Refusal { line: Some(line), column: Some(place), ..Refusal::new(reason, remedy) });
        }
    }
}

/// Line and byte column, both 1-based, where a cell begins.
fn place(sheet: &Sheet<'_>, at: &csv::Position, column: usize) -> (u64, u64) {
    let start = usize::try_from(at.byte()).unwrap_or_default().min(sheet.body.len());
    let delimiter = u8::try_from(sheet.delimiter).unwrap_or(b',');
    // The reader's position may be that of an empty line before the record.
    let start = start + sheet.body[start..].len() - sheet.body[start..].trim_start_matches(['\r', '\n']).len();
    let record = records(&sheet.body[start..], delimiter).next().unwrap_or_default();
    let cell = start + record.get(column).map_or(0, |range| range.start);
    let line_start = sheet.body[..cell].rfind('\n').map_or(0, |end| end + 1);
    let line = sheet.skipped + 1 + sheet.body[..cell].matches('\n').count() as u64;
    (line, (cell - line_start + 1) as u64)
}

fn collect(sheet: &Sheet<'_>, plan: &Plan<'_>, mapping: &Mapping, table: &mut Collected) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    for record in sheet.reader().records() {
        let record = record.map_err(|error| broken(&error))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(position) = record.position() else { continue };
        if record.len() != sheet.columns.len() {
            let what = format!("{} cells, where the header has {}", record.len(), sheet.columns.len());
            faults.add(sheet, position, 0, &what);
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
                None if cell::is_nothing(text) => {}
                None => faults.add(sheet, position, column, &format!("`{}` is no time", shown(text))),
            }
        }
        let subject = plan.subject.and_then(|column| record.get(column)).map(str::trim).unwrap_or_default();
        for (number, (column, value, metric)) in plan.values.iter().enumerate() {
            let text = record.get(*column).unwrap_or_default();
            if cell::is_nothing(text) {
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
                Err(what) => faults.add(sheet, position, *column, &what),
            }
        }
    }
    match faults.first {
        None => Ok(()),
        Some(mut first) => {
            if faults.count > 1 {
                first.reason = format!("{}; and {} more places", first.reason, faults.count - 1);
            }
            Err(first)
        }
    }
}

fn shown(cell: &str) -> String {
    cell.trim().chars().take(40).collect()
}

/// The value of a cell in the metric's own unit.
fn read_cell(text: &str, value: &ValueColumn, metric: &Metric, decimal_comma: bool) -> Result<f64, String> {
    let Some((number, told)) = cell::number(text, decimal_comma) else {
        return Err(format!("`{}` is no number", shown(text)));
    };
    // In a column of counts, what stands behind a number may also be its magnitude.
    let unit = told.unwrap_or(&value.unit);
    let Some(factor) = unit::factor(metric.unit, unit) else {
        return Err(format!("`{}` is in {unit}, which is no unit of {}", shown(text), metric.name));
    };
    let read = number * factor;
    // What a factor such as 0.01 adds behind the fifteenth digit is none of the table's.
    let read = format!("{read:.14e}").parse().unwrap_or(read);
    match metric.unit {
        "ratio" if !(0.0..=1.0).contains(&read) && !metric.name.ends_with("per_hour") => {
            Err(format!("`{}` is no ratio between 0 and 1: is it in %?", shown(text)))
        }
        "bool" if read != 0.0 && read != 1.0 => Err(format!("`{}` is neither 1 nor 0", shown(text))),
        _ => Ok(read),
    }
}

impl Collected {
    fn emit(self, plan: &Plan<'_>, import: &mut Import) -> Result<(), Refusal> {
        if self.subjects.len() > MOST_SUBJECTS {
            return Err(Refusal::new(
                format!("{} subjects: more than {MOST_SUBJECTS} are no table of subjects", self.subjects.len()),
                "map another column as the subject, or none",
            ));
        }
        import.captured_at = self.latest;
        let mut few = false;
        for ((number, subject), mut values) in self.values {
            let Some((_, column, metric)) = plan.values.get(number) else { continue };
            // Rows without a time stay in their order behind those with one.
            values.sort_by_key(|value| (value.time.is_none(), value.time, value.line));
            let Some(last) = values.last().copied() else { continue };
            let mut measure = |value: f64, line: u64, text: String| {
                import.measure_text(metric.name, value, &*subject, format!("line {line}"), text);
            };
            let of = |what: &str| format!("{what} of {} rows, `{}`", values.len(), column.column);
            match column.aggregation {
                Aggregation::Latest => measure(last.value, last.line, of("latest")),
                #[allow(clippy::cast_precision_loss)] // numbers of rows
                Aggregation::Mean => {
                    let mean = values.iter().map(|value| value.value).sum::<f64>() / values.len() as f64;
                    measure(mean, values.iter().map(|value| value.line).min().unwrap_or(last.line), of("mean"));
                }
                Aggregation::Max => {
                    if let Some(most) = values.iter().max_by(|a, b| a.value.total_cmp(&b.value)) {
                        measure(most.value, most.line, of("largest"));
                    }
                }
                Aggregation::P99 => {
                    few |= values.len() < 100;
                    let mut sorted: Vec<f64> = values.iter().map(|value| value.value).collect();
                    sorted.sort_unstable_by(f64::total_cmp);
                    if let Some(p99) = nearest_rank(&sorted, 990) {
                        measure(p99, last.line, of("99th percentile"));
                    }
                }
                Aggregation::Each if values.len() > MOST_EACH => {
                    return Err(Refusal::new(
                        format!(
                            "{} rows of `{}`: more than {MOST_EACH} are not measured one by one",
                            values.len(),
                            column.column
                        ),
                        "choose latest, mean, max or p99 for this column",
                    ));
                }
                Aggregation::Each => {
                    values.sort_by_key(|value| value.line);
                    for value in &values {
                        measure(value.value, value.line, String::new());
                    }
                }
            }
        }
        import.note(None, format!("{} rows by a mapping of {} columns", self.rows, plan.values.len()));
        if self.blank > 0 {
            import.note(None, format!("{} cells have no value", self.blank));
        }
        if few {
            import.note(None, "of fewer than 100 rows the 99th percentile is the largest value");
        }
        if import.measurements.is_empty() {
            import.error(None, "no cell of a mapped column has a value: nothing was measured");
        }
        Ok(())
    }
}
