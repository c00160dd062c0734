//! Tables by a mapping of their columns: read from a file, tried, guessed.

use std::path::Path;

use groma_app::verbs::{PreviewTable, TablePreview};
use groma_app::{App, AppError, Mapping, Verb};

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
            print::columns(&guess.shape);
            print::line(&output.display().to_string());
        }
        return Ok(DONE);
    }
    let previews: Vec<TablePreview> =
        inspect.paths.iter().map(|path| preview(app, path, given.clone())).collect::<Result<_, _>>()?;
    if inspect.json {
        print::json(&serde_json::json!({ "tables": previews }))?;
    } else {
        previews.iter().for_each(print::preview);
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
