//! What tools' words for severity mean: listed and changed.

use groma_app::verbs::{SetSeverities, Severities, TableWord, ToolTable, WordChange, shown};
use groma_app::{App, AppError, Severity, Verb};

use crate::args::Severities as Args;
use crate::run::{Ended, outcome};
use crate::{DONE, print};

/// The word for what the built-in table says.
const BUILT_IN: &str = "built-in";

/// Lists the tables, or changes that of one tool.
pub fn severities(app: &mut App, args: Args) -> Ended {
    app.open(&args.file)?;
    if args.set.is_empty() && !args.reset {
        return list(app, &args);
    }
    let tool = args.tool.ok_or_else(|| {
        AppError::usage("it is not said whose words these are").hint("name the tool with --tool").field("tool")
    })?;
    let words = args.set.iter().map(|text| change(text)).collect::<Result<_, _>>()?;
    let reply = SetSeverities { tool, words: Some(words), reset: args.reset }.run(app)?;
    let code = outcome(reply.files.iter().map(|file| file.outcome));
    if args.json {
        print::json(&reply)?;
    } else {
        table(&reply.table);
        print::files(&reply.files, true);
        print::note(&match reply.changes {
            None => "nothing changed: the words mean this already".to_owned(),
            Some(_) => format!("{} files read again, {} proposals renewed", reply.files.len(), reply.proposals),
        });
    }
    Ok(code)
}

/// `WORD=SEVERITY`.
fn change(text: &str) -> Result<WordChange, AppError> {
    let choices = || {
        let words: Vec<&str> = Severity::ALL.iter().map(|severity| severity.as_str()).collect();
        format!("write WORD=SEVERITY with one of: {}, {BUILT_IN}", words.join(", "))
    };
    let wrong = |why: String| AppError::usage(why).hint(choices()).field("set");
    // A tool's word may hold a `=`, a severity does not.
    let (word, severity) = text.rsplit_once('=').ok_or_else(|| wrong(format!("\"{text}\" gives no severity")))?;
    let severity = match severity {
        BUILT_IN => None,
        other => Some(other.parse().map_err(|_| wrong(format!("there is no severity \"{other}\"")))?),
    };
    let word = if word == shown("") { String::new() } else { word.to_owned() };
    Ok(WordChange { word, severity })
}

fn list(app: &mut App, args: &Args) -> Ended {
    let mut tools = Severities {}.run(app)?;
    let all = tools.len();
    match &args.tool {
        Some(name) => {
            let named = name.to_lowercase();
            let names: Vec<String> = tools.iter().map(|tool| tool.tool.clone()).collect();
            let is = |tool: &ToolTable| tool.tool.to_lowercase() == named || tool.formats.contains(&named);
            tools.retain(is);
            if tools.is_empty() {
                let gone = AppError::not_found(format!("there is no tool \"{name}\" whose results are issues"));
                return Err(gone.hint(format!("choose one of: {}", names.join(", "))).field("tool"));
            }
        }
        None if args.all => {}
        None => tools.retain(|tool| tool.artifacts > 0 || tool.table.is_some()),
    }
    if args.json {
        print::json(&tools)?;
        return Ok(DONE);
    }
    tools.iter().for_each(table);
    if args.tool.is_none() && tools.len() < all {
        print::note(&format!("{} more tools are known, of which nothing is here: --all lists them", all - tools.len()));
    }
    Ok(DONE)
}

/// A tool's words, one a line.
fn table(tool: &ToolTable) {
    let files = match tool.artifacts {
        0 => "nothing of it is here".to_owned(),
        files => format!("{files} files, {} issues", tool.issues),
    };
    print::line(&format!("{} ({}): {files}", tool.tool, tool.formats.join(", ")));
    let width = tool.words.iter().map(|row| shown(&row.word).chars().count()).max().unwrap_or_default();
    for row in &tool.words {
        let severity = row.severity.map_or("by what else is said", |severity| severity.as_str());
        print::line(&format!("  {:<width$}  {:>6}  {severity:<8}{}", shown(&row.word), row.issues, remarks(row)));
    }
    if tool.scores > 0 {
        print::line(&format!("  {} issues are rated by the tool's score, not by a word", tool.scores));
    }
}

fn remarks(row: &TableWord) -> String {
    let built_in = || row.built_in.iter().map(|severity| severity.as_str()).collect::<Vec<_>>().join(" or ");
    let mut remarks = Vec::new();
    if row.unknown {
        remarks.push("not known: assigned at import".to_owned());
    } else if row.chosen && row.built_in.is_empty() {
        remarks.push("chosen here; built in: not known".to_owned());
    } else if row.chosen {
        remarks.push(format!("chosen here; built in: {}", built_in()));
    } else if row.assigned {
        remarks.push(match row.severity {
            Some(_) => "assigned by Groma".to_owned(),
            None => format!("{}, assigned by Groma", built_in()),
        });
    } else if row.severity.is_none() {
        remarks.push(built_in());
    }
    if row.otherwise > 0 {
        remarks.push(format!("{} rated otherwise, by a score or the tool's version", row.otherwise));
    }
    if remarks.is_empty() { String::new() } else { format!("  ({})", remarks.join("; ")) }
}
