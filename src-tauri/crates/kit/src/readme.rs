//! The README that goes with the scripts.

use std::collections::BTreeSet;

use crate::{Group, Kit, Names, Probe};

/// What operators read first: of the chosen probes, what each reads, what it costs and how the results come back.
pub(crate) fn readme(kit: &Kit, chosen: &[&Probe], open_checks: &[&str], language: &str, names: &Names) -> String {
    let word = |id: &str| kit.word(id, language);
    let title = match plain(&names.system) {
        system if system.is_empty() => word("title").to_owned(),
        system => format!("{}: {system}", word("title")),
    };
    let client = match plain(&names.client) {
        client if client.is_empty() => String::new(),
        client => format!("{}.\n\n", word("for_client").replace("{client}", &client)),
    };
    let send = match plain(&names.auditor) {
        auditor if auditor.is_empty() => word("send_back").to_owned(),
        auditor => word("send_to").replace("{auditor}", &auditor),
    };
    let seconds: u32 = chosen.iter().map(|probe| probe.seconds).sum();
    let mut groups = String::new();
    for group in kit.groups() {
        let probes: Vec<&Probe> = chosen.iter().copied().filter(|probe| probe.group == group.id).collect();
        if !probes.is_empty() {
            groups.push_str(&section(kit, group, &probes, open_checks, language));
        }
    }
    kit.text(&format!("readme/{language}.md"))
        .replace("{{minutes}}", &seconds.div_ceil(60).to_string())
        .replace("{{groups}}", &groups)
        // Names last: what stands in them is never taken for a place.
        .replace("{{title}}", &title)
        .replace("{{for}}", &client)
        .replace("{{send}}", &send)
}

fn section(kit: &Kit, group: &Group, probes: &[&Probe], open_checks: &[&str], language: &str) -> String {
    let word = |id: &str| kit.word(id, language);
    let needs: BTreeSet<&str> = probes.iter().flat_map(|probe| probe.needs.iter().map(String::as_str)).collect();
    let needs = match needs.is_empty() {
        true => word("nothing").to_owned(),
        false => needs.iter().map(|command| format!("`{command}`")).collect::<Vec<_>>().join(", "),
    };
    let mut text = format!(
        "\n### {} (`--only {}`)\n{}: {needs}. {}: {}.\n{}: {}.\n\n",
        group.title.in_language(language),
        group.id,
        word("needs"),
        word("access"),
        group.access.in_language(language),
        word("never"),
        group.never.in_language(language),
    );
    for probe in probes {
        let answers: Vec<&str> =
            probe.checks.iter().map(String::as_str).filter(|check| open_checks.contains(check)).collect();
        text.push_str(&format!(
            "- **{}** (`{}`). {} {}: {}; {}. {}: {}.\n",
            probe.title.in_language(language),
            probe.id,
            probe.what.in_language(language),
            word("load"),
            probe.load.in_language(language),
            word("time").replace("{seconds}", &probe.seconds.to_string()),
            word("checks"),
            answers.join(", "),
        ));
    }
    text
}

/// A name on one line that Markdown prints as it is.
fn plain(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_[]<>#|{}".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}
