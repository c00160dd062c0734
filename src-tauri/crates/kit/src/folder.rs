//! The folder for one engagement.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Kit, Probe, readme};

/// Languages that a kit can be written in, English first.
pub(crate) const LANGUAGES: &[&str] = &["en", "de"];

/// Whom the README speaks of; what is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The client.
    pub client: String,
    /// The system that is audited.
    pub system: String,
    /// Who gets the results.
    pub auditor: String,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitFile {
    /// `/`-separated path below the folder.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether it is a program to start.
    pub executable: bool,
}

impl Kit {
    /// The folder that answers some open checks (`pack/check`), in the order of its paths: the probes alone that speak to
    /// one of them. Empty when there is none.
    ///
    /// README, settings and messages are in the report's language where that is English or German (a region is passed
    /// over), else in English.
    #[must_use]
    pub fn files(&self, open_checks: &[&str], language: &str, names: &Names) -> Vec<KitFile> {
        let chosen = self.chosen(open_checks);
        if chosen.is_empty() {
            return Vec::new();
        }
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let language = LANGUAGES.iter().copied().find(|known| *known == primary).unwrap_or(LANGUAGES[0]);
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut copy = |path: &str| {
            files.insert(path.to_owned(), self.text(path).to_owned());
        };
        self.definition.files.iter().for_each(|path| copy(path));
        for probe in &chosen {
            copy(&format!("probes/{}.sh", probe.id));
            probe.files.iter().for_each(|path| copy(path));
        }
        let used: BTreeSet<&str> = chosen.iter().map(|probe| probe.group.as_str()).collect();
        for group in self.groups().iter().filter(|group| used.contains(group.id.as_str())) {
            group.files.iter().for_each(|path| copy(path));
        }
        for probe in &chosen {
            for pack_file in &probe.pack_files {
                let text = groma_pack::builtin_file(&pack_file.from).unwrap_or_default();
                files.insert(pack_file.to.clone(), text.to_owned());
            }
            files.insert(format!("probes/{}.txt", probe.id), self.announcement(probe, language));
        }
        files.insert("messages.sh".to_owned(), self.text(&format!("messages/{language}.sh")).to_owned());
        files.insert("probes.tsv".to_owned(), table(&chosen, language));
        files.insert("settings.env".to_owned(), self.settings(&used, language));
        files.insert("VERSION".to_owned(), format!("{}\n", self.version()));
        files.insert("README.md".to_owned(), readme::readme(self, &chosen, open_checks, language, names));
        let executable = |path: &str| path == "run.sh";
        files
            .into_iter()
            .map(|(path, text)| KitFile { executable: executable(&path), path, bytes: text.into_bytes() })
            .collect()
    }

    /// What is said of a probe before it runs.
    fn announcement(&self, probe: &Probe, language: &str) -> String {
        let load = self.word("load", language);
        format!("{}\n{load}: {}\n", probe.what.in_language(language), probe.load.in_language(language))
    }

    /// The settings of the groups that are there, with the comments of one language.
    fn settings(&self, groups: &BTreeSet<&str>, language: &str) -> String {
        let mut text = format!("# {}\n", self.word("settings", language));
        for group in self.groups().iter().filter(|group| groups.contains(group.id.as_str())) {
            text.push_str(&format!("\n# --- {} ---\n", group.title.in_language(language)));
            for line in self.text(&group.settings).lines() {
                let comment = LANGUAGES.iter().find_map(|tag| Some((*tag, line.strip_prefix(&format!("#{tag} "))?)));
                match comment {
                    Some((tag, comment)) if tag == language => text.push_str(&format!("# {comment}\n")),
                    Some(_) => {}
                    None => text.push_str(&format!("{line}\n")),
                }
            }
        }
        text
    }
}

/// What `run.sh` reads: id, group, limit, commands, variables, checks, title. Nothing is a dash, because a shell takes two
/// tabs for one.
fn table(probes: &[&Probe], language: &str) -> String {
    let list = |items: &[String], between: &str| match items {
        [] => "-".to_owned(),
        items => items.join(between),
    };
    let row = |probe: &&Probe| {
        format!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
            probe.id,
            probe.group,
            probe.seconds,
            list(&probe.needs, " "),
            list(&probe.settings, "|"),
            list(&probe.checks, " "),
            probe.title.in_language(language)
        )
    };
    probes.iter().map(row).collect()
}
