//! Each command line to its use case, and the answer to an exit code.

use std::io::{IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use groma_app::verbs::{
    Answers, Candidates, Check, Compact, Create, DrawDiagrams, Import, Inspect, List, Measurements, NewTemplate,
    Outcome, PictureFormat, Report, Retest, Sample, Score, TakeTemplate, Templates, Verify,
};
use groma_app::{App, AppError, Code, Command as Contract, DiagramOverlay, Environment, Event, Verb};
use serde::Serialize;

use crate::args::{BrandAct, Cli, Command, OverlayWord, PictureWord, ProbeAct, TemplateAct};
use crate::{DONE, PROBLEMS, REFUSED, USAGE, print, probes, severities, tables};

/// What a command ends with: its exit code, or the error that stopped it.
pub type Ended = Result<u8, AppError>;

pub fn run(cli: Cli) -> u8 {
    let json = wants_json(&cli.command);
    let mut app = App::new(environment(&cli.command));
    let ended = perform(&mut app, cli.command);
    let closed = app.close();
    let ended = ended.and_then(|code| closed.map(|()| code));
    let code = ended.unwrap_or_else(|error| {
        print::error(&error, json);
        exit_code(&error)
    });
    if code == DONE && print::is_lost() { PROBLEMS } else { code }
}

const fn exit_code(error: &AppError) -> u8 {
    match error.code {
        Code::Usage => USAGE,
        Code::Refused | Code::NotFound => REFUSED,
        Code::Cancelled | Code::Failed => PROBLEMS,
    }
}

/// The clock, the randomness and the progress line of this process.
fn environment(command: &Command) -> Environment {
    let seed = std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), std::process::id());
    let mut environment = Environment::new(groma_app::now, seed);
    environment.author = match command {
        Command::Call { author, .. } if !author.is_empty() => author.clone(),
        _ => std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default(),
    };
    if let Command::Import(import) = command
        && !import.json
        && std::io::stderr().is_terminal()
    {
        environment.progress = Arc::new(|event| {
            let Event::Read { done, total, .. } = event else { return };
            eprint!("\r{done}/{total} read");
            if done == total {
                eprint!("\r\x1b[K");
            }
        });
    }
    stop_on_interrupt(Arc::clone(&environment.cancelled));
    environment
}

/// Ctrl-C stops long work, with nothing half-written; a second one ends the process at once.
fn stop_on_interrupt(cancelled: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if cancelled.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            }
        });
    });
}

fn wants_json(command: &Command) -> bool {
    match command {
        Command::Import(import) => import.json,
        Command::Inspect(inspect) => inspect.json,
        Command::Kit(kit) => kit.json,
        Command::Severities(severities) => severities.json,
        Command::Probe { .. } => false,
        Command::Report(report) => report.json,
        Command::Compact(compact) => compact.json,
        Command::Answers(of) | Command::Retest(of) | Command::Score(of) | Command::Check(of) | Command::Verify(of) => {
            of.json
        }
        Command::Diagram(diagram) => diagram.json,
        Command::List { json, .. } => *json,
        Command::Call { .. } => true,
        Command::Formats(plain) | Command::Packs(plain) | Command::Templates(plain) | Command::Commands(plain) => {
            plain.json
        }
        Command::Brand { act: BrandAct::List(of) } | Command::Template { act: TemplateAct::List(of) } => of.json,
        Command::New(_) | Command::Sample { .. } | Command::Brand { .. } | Command::Template { .. } => false,
    }
}

fn perform(app: &mut App, command: Command) -> Ended {
    match command {
        Command::New(new) => create(app, new),
        Command::Sample { file } => {
            let made = Sample { path: file.clone() }.run(app)?;
            print::line(&format!(
                "{}: {} files imported, {} findings, {} initiatives",
                file.display(),
                made.files,
                made.findings,
                made.initiatives
            ));
            Ok(DONE)
        }
        Command::Import(import) => {
            app.open(&import.file)?;
            let mapping = import.mapping.as_deref().map(tables::mapping).transpose()?;
            let reply = Import { paths: import.paths, as_format: import.as_format, mapping }.run(app)?;
            let code = outcome(reply.files.iter().map(|file| file.outcome));
            if import.json {
                print::json(&reply)?;
            } else {
                print::files(&reply.files, true);
                print::note(&format!("{} proposals renewed", reply.proposals));
            }
            Ok(code)
        }
        Command::Inspect(inspect) => {
            if inspect.mapping.is_some() || inspect.guess.is_some() {
                return tables::inspect(app, inspect);
            }
            let reply = Inspect { paths: inspect.paths, as_format: inspect.as_format, mapping: None }.run(app)?;
            let code = outcome(reply.files.iter().map(|file| file.outcome));
            if inspect.json {
                print::json(&reply)?
            } else {
                print::files(&reply.files, false)
            }
            Ok(code)
        }
        Command::Probe { act: ProbeAct::Code(probe) } => probes::probe_code(app, probe),
        Command::Kit(kit) => probes::write_kit(app, kit),
        Command::Severities(args) => severities::severities(app, args),
        Command::Answers(of) => {
            app.open(&of.file)?;
            show(&Answers::default().run(app)?, of.json, print::answers)
        }
        Command::Retest(of) => {
            app.open(&of.file)?;
            show(&Retest {}.run(app)?, of.json, print::retest)
        }
        Command::Score(of) => {
            app.open(&of.file)?;
            show(&Score::default().run(app)?, of.json, print::score)
        }
        Command::List { file, kind, json } => list(app, &file, &kind, json),
        Command::Call { file, command, .. } => call(app, &file, &command),
        Command::Report(report) => {
            app.open(&report.file)?;
            let verb = Report {
                template: report.template,
                brand: report.brand,
                language: report.language,
                standard: report.standard,
                audience: report.audience,
                output: report.output,
                eject: report.eject,
            };
            let reply = verb.run(app)?;
            show(&reply, report.json, print::report)
        }
        Command::Diagram(diagram) => self::diagram(app, diagram),
        Command::Check(of) => {
            app.open(&of.file)?;
            let reply = Check {}.run(app)?;
            let code = if reply.errors == 0 { DONE } else { PROBLEMS };
            show(&reply, of.json, print::problems)?;
            Ok(code)
        }
        Command::Verify(of) => {
            app.open(&of.file)?;
            let reply = Verify {}.run(app)?;
            let code = if reply.sound { DONE } else { PROBLEMS };
            show(&reply, of.json, print::verified)?;
            Ok(code)
        }
        Command::Compact(compact) => {
            app.open(&compact.file)?;
            let verb = Compact { output: compact.output, without_private: compact.without_private };
            show(&verb.run(app)?, compact.json, |reply| {
                print::line(&reply.path.display().to_string());
                print::note(&format!(
                    "left out: {} steps of history, {} removed artifacts, {} contents, {} private notes; {} pictures go along only as printed",
                    reply.steps, reply.artifacts, reply.contents, reply.notes, reply.printed_only
                ));
            })
        }
        Command::Formats(plain) => show(&groma_app::formats(), plain.json, |rows| print::rows(rows)),
        Command::Packs(plain) => show(&groma_app::packs()?, plain.json, |rows| print::rows(rows)),
        Command::Templates(plain) => show(&looks()?, plain.json, |rows| print::rows(rows)),
        Command::Brand { act } => crate::brands::brand(app, act),
        Command::Template { act } => template(app, act),
        Command::Commands(plain) => {
            let rows: Vec<_> =
                Contract::ALL.iter().map(|(word, about)| groma_app::Entry::new(*word, *about, "")).collect();
            show(&rows, plain.json, |rows| print::rows(rows))
        }
    }
}

/// Prints an answer as one JSON document or as text.
pub(crate) fn show<T: Serialize>(reply: &T, json: bool, text: impl FnOnce(&T)) -> Ended {
    if json {
        print::json(reply)?
    } else {
        text(reply)
    }
    Ok(DONE)
}

/// Any file that was not read makes the whole an input refused; the good ones are kept all the same.
pub(crate) fn outcome(mut outcomes: impl Iterator<Item = Outcome>) -> u8 {
    if outcomes.all(|outcome| outcome == Outcome::Imported) { DONE } else { REFUSED }
}

fn create(app: &mut App, new: crate::args::New) -> Ended {
    let (path, crate::args::New { file, client, system, packs, language, currency, brand }) = (new.file.clone(), new);
    let verb = Create { path: file, client, system, language, currency, brand, packs };
    let reply = verb.run(app)?;
    for pack in reply.packs {
        print::line(&format!("{} {}: {} checks", pack.pack, pack.version, pack.checks));
        print::diagnostics(&pack.diagnostics);
    }
    print::line(&path.display().to_string());
    Ok(DONE)
}

fn diagram(app: &mut App, diagram: crate::args::Diagram) -> Ended {
    let json = diagram.json;
    // A format says that pictures are wanted, a view does as well.
    let wanted = diagram.format.is_some() || diagram.view.is_some();
    let output = diagram.output.or_else(|| wanted.then(|| std::path::PathBuf::from(".")));
    let verb = DrawDiagrams {
        path: diagram.path,
        view: diagram.view,
        output,
        format: match diagram.format {
            Some(PictureWord::Png) => PictureFormat::Png,
            Some(PictureWord::Pdf) => PictureFormat::Pdf,
            Some(PictureWord::Svg) | None => PictureFormat::Svg,
        },
        architecture: diagram.architecture,
        overlay: match diagram.overlay {
            OverlayWord::None => DiagramOverlay::None,
            OverlayWord::Findings => DiagramOverlay::Findings,
            OverlayWord::Traffic => DiagramOverlay::Traffic,
            OverlayWord::Age => DiagramOverlay::Age,
        },
        strict: diagram.strict,
    };
    let reply = verb.run(app)?;
    if json {
        // The model in figures stands at the top, what was drawn beside it.
        let mut document = reply.summary.clone();
        document["pictures"] = serde_json::to_value(&reply.pictures).unwrap_or_default();
        print::json(&document)?;
    } else {
        print::diagrams(&reply);
    }
    Ok(DONE)
}

fn template(app: &mut App, act: TemplateAct) -> Ended {
    match act {
        TemplateAct::New { folder, from } => {
            let files = NewTemplate { folder: folder.clone(), from }.run(app)?;
            print::line(&format!(
                "{}: {} files; DATA.md and REFERENCE.md tell what they read",
                folder.display(),
                files.len()
            ));
            Ok(DONE)
        }
        TemplateAct::List(of) => {
            app.open(&of.file)?;
            let all = Templates {}.run(app)?;
            show(&all, of.json, |all| {
                let rows = all.iter().map(|one| {
                    let id = if one.id.is_empty() { &one.folder } else { &one.id };
                    let detail = if one.trouble.is_empty() { &one.description } else { &one.trouble };
                    groma_app::Entry::new(id.clone(), one.title.clone(), detail.clone())
                });
                print::rows(&rows.collect::<Vec<_>>());
            })
        }
        TemplateAct::Take { file, folder, take } => {
            app.open(&file)?;
            let taken = TakeTemplate { folder, take }.run(app)?;
            print::line(&format!("{} {}", taken.id, taken.name));
            Ok(DONE)
        }
    }
}

fn list(app: &mut App, file: &Path, kind: &str, json: bool) -> Ended {
    app.open(file)?;
    match kind {
        "candidates" => show(&Candidates { decided: false }.run(app)?, json, |rows| print::objects(rows)),
        "measurements" => show(&Measurements::default().run(app)?, json, |rows| print::objects(rows)),
        "issues" => show(&groma_app::verbs::Issues::default().run(app)?, json, |rows| print::objects(rows)),
        _ => {
            let kind = kind.parse().map_err(|error: groma_app::UnknownChoice| {
                AppError::usage(format!("there is no kind \"{kind}\""))
                    .hint(format!("choose one of: candidates, measurements, issues, {}", error.choices))
                    .field("kind")
            })?;
            show(&List { kind }.run(app)?, json, |rows| print::objects(rows))
        }
    }
}

/// Runs one command, or an array of them one after another. An array stops at the first that fails and answers
/// `{"replies": […], "error": {…}, "failed": n}`: those before the n-th (from 0) are done and kept.
fn call(app: &mut App, file: &Path, text: &str) -> Ended {
    let mut input = String::new();
    if text == "-" {
        std::io::stdin()
            .read_to_string(&mut input)
            .map_err(|error| AppError::usage(format!("standard input is not readable text: {error}")))?;
    } else {
        input.push_str(text);
    }
    let commands = Contract::all_from_json(&input)?;
    app.open(file)?;
    let many = commands.len() != 1 || input.trim_start().starts_with('[');
    let mut replies = Vec::with_capacity(commands.len());
    for (at, command) in commands.into_iter().enumerate() {
        match app.dispatch(command) {
            Ok(reply) => replies.push(reply),
            Err(error) if many => {
                print::json(&serde_json::json!({"replies": replies, "error": error, "failed": at}))?;
                print::error(&error, false);
                return Ok(exit_code(&error));
            }
            Err(error) => return Err(error),
        }
    }
    match replies.pop() {
        Some(only) if !many => print::json(&only)?,
        last => {
            replies.extend(last);
            print::json(&replies)?;
        }
    }
    Ok(DONE)
}

/// The report templates, then the brands.
fn looks() -> Result<Vec<groma_app::Entry>, AppError> {
    let named = |what: &str, entries: Vec<groma_app::Entry>| {
        let title = |entry: groma_app::Entry| groma_app::Entry { title: format!("{what}: {}", entry.title), ..entry };
        entries.into_iter().map(title).collect::<Vec<_>>()
    };
    Ok([named("template", groma_app::templates()?), named("brand", groma_app::brands()?)].concat())
}
