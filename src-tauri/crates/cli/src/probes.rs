//! The product's own probes: a checkout that is read, a kit that is handed over.

use groma_app::verbs::{ProbeCode, WriteKit};
use groma_app::{App, Verb};

use crate::run::Ended;
use crate::{DONE, args, print};

/// Where it goes decides what is said of it: printed facts stand alone.
pub fn probe_code(app: &mut App, probe: args::ProbeCode) -> Ended {
    let args::ProbeCode { folder, output, into, subject } = probe;
    if output.is_none() && into.is_none() {
        print::json(&app.probed(&folder, &subject)?)?;
        return Ok(DONE);
    }
    if let Some(file) = &into {
        app.open(file)?;
    }
    let reply = ProbeCode { folder, subject, output }.run(app)?;
    if let Some(report) = &reply.report {
        print::files(std::slice::from_ref(report), true);
    }
    let (measured, faults, found) = (reply.measurements, reply.issues, reply.technologies);
    print::note(&format!("{measured} measurements, {faults} places at fault, {found} technologies"));
    Ok(DONE)
}

/// Says what of the open checks the kit will answer, and what it cannot.
pub fn write_kit(app: &mut App, kit: args::Kit) -> Ended {
    app.open(&kit.file)?;
    let reply = WriteKit { folder: kit.output, all: kit.all }.run(app)?;
    if kit.json {
        print::json(&reply)?;
        return Ok(DONE);
    }
    for probe in &reply.probes {
        print::line(probe);
    }
    let (probes, files, folder) = (reply.probes.len(), reply.files, reply.folder.display());
    print::note(&format!("{probes} probes for {} open checks, {files} files in {folder}", reply.answers));
    if !reply.unanswered.is_empty() {
        print::note(&format!("{} open checks have no probe: {}", reply.unanswered.len(), reply.unanswered.join(", ")));
    }
    Ok(DONE)
}
