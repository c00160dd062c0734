//! Tables by a mapping of their columns: read from a file, tried, guessed.

use std::path::Path;

use groma_app::verbs::{PreviewTable, TablePreview};
use groma_app::{App, AppError, Mapping, TableShape, Verb};

use crate::args::Inspect;
use crate::run::Ended;
use crate::{DONE, REFUSED, print};

/// Reads a mapping.
///
/// # Errors
/// When the file cannot be read or is no mapping, with the line and column.
pub fn mapping(path: &Path) -> Result<Mapping, AppError> {
    let refused = |why: String| AppError::refused(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| {
        refused(format!("cannot be read ({error})")).hint("name the file that `inspect --guess` wrote").field("mapping")
    })?;
    serde_json::from_str(&text).map_err(|error| {
        refused(format!("this is no mapping: {error}"))
            .hint("write one with `inspect TABLE.csv --guess MAPPING.json` and change it")
            .field("mapping")
    })
}

/// Tries a mapping on tables, or writes the guess for one.
pub fn inspect(app: &mut App, inspect: Inspect) -> Ended {
    let given = inspect.mapping.as_deref().map(mapping).transpose()?;
    if let Some(output) = &inspect.guess {
        let [path] = inspect.paths.as_slice() else {
            return Err(AppError::usage("a guess is of one table").hint("name one file").field("guess"));
        };
        let guess = preview(app, path, None)?;
        write(output, &guess.mapping)?;
        if inspect.json {
            print::json(&guess)?;
        } else {
            columns(&guess.shape);
            print::line(&output.display().to_string());
        }
        return Ok(DONE);
    }
    let previews: Vec<TablePreview> =
        inspect.paths.iter().map(|path| preview(app, path, given.clone())).collect::<Result<_, _>>()?;
    if inspect.json {
        print::json(&serde_json::json!({ "tables": previews }))?;
    } else {
        previews.iter().for_each(said);
    }
    let good = |preview: &TablePreview| preview.refused_cells == 0 && preview.reason.is_empty();
    Ok(if previews.iter().all(good) { DONE } else { REFUSED })
}

fn preview(app: &mut App, path: &Path, mapping: Option<Mapping>) -> Result<TablePreview, AppError> {
    PreviewTable { path: Some(path.to_path_buf()), mapping, ..PreviewTable::default() }.run(app)
}

/// Writes a mapping to a new file, without the id that the engagement gives it.
fn write(path: &Path, mapping: &Mapping) -> Result<(), AppError> {
    let failed = |why: String| AppError::refused(format!("cannot write {}: {why}", path.display())).field("guess");
    let mut fields = serde_json::to_value(mapping).map_err(|error| failed(error.to_string()))?;
    if let Some(fields) = fields.as_object_mut() {
        fields.remove("id");
    }
    let text = serde_json::to_string_pretty(&fields).map_err(|error| failed(error.to_string()))?;
    // What somebody corrected is not written over.
    let mut file = std::fs::File::create_new(path)
        .map_err(|error| failed(error.to_string()).hint("choose a file that is not there yet"))?;
    std::io::Write::write_all(&mut file, (text + "\n").as_bytes()).map_err(|error| failed(error.to_string()))
}

/// The columns of a table: what their cells are, what they seem to mean, and what stands in the first row.
pub fn columns(shape: &TableShape) {
    let mapping = &shape.mapping;
    print::line(&format!("  a table of {} rows:", shape.rows));
    let first = |at: usize| shape.first_rows.first().and_then(|row| row.get(at)).map_or("", String::as_str);
    let names: Vec<String> = shape.columns.iter().map(|column| column.name.chars().take(40).collect()).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    for (at, (column, name)) in shape.columns.iter().zip(&names).enumerate() {
        let value = mapping.values.iter().find(|value| value.column == column.name);
        let means = match value {
            Some(value) => {
                let unit = if value.unit.is_empty() { String::new() } else { format!(" in {}", value.unit) };
                format!("{}{unit}, {}", value.metric, value.aggregation)
            }
            None if mapping.time.as_ref() == Some(&column.name) => "time".to_owned(),
            None if mapping.subject.as_ref() == Some(&column.name) => "subject".to_owned(),
            None => "-".to_owned(),
        };
        let kind = serde_json::json!(column.kind);
        print::line(&format!(
            "    {name:<width$}  {:<6}  {means:<34}  {}",
            kind.as_str().unwrap_or_default(),
            first(at)
        ));
    }
}

/// What a mapping would measure, and every cell that is in its way.
fn said(preview: &TablePreview) {
    print::line(&format!(
        "{}: {} measurements of {} rows, {} cells refused",
        preview.name, preview.measured, preview.shape.rows, preview.refused_cells
    ));
    if !preview.reason.is_empty() {
        print::line(&format!("  {} — {}", preview.reason, preview.remedy));
    }
    for row in &preview.measurements {
        let subject = if row.subject.is_empty() { String::new() } else { format!(" of {}", row.subject) };
        print::line(&format!("  {} = {} {}{subject}  ({}; {})", row.metric, row.value, row.unit, row.at, row.text));
    }
    if preview.measured > preview.measurements.len() as u64 {
        print::line("  …");
    }
    for cell in &preview.refused {
        let of = if cell.column.is_empty() { String::new() } else { format!(", column `{}`", cell.column) };
        print::line(&format!("  refused: line {}{of}: {}", cell.line, cell.reason));
    }
    if preview.refused_cells > preview.refused.len() as u64 {
        print::line("  …");
    }
}
