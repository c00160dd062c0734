//! Counts of scanner results, the same for every scanner.

use std::collections::BTreeMap;

use groma_model::{Issue, Severity};

use crate::{Import, groups};

/// What kind of thing a scanner result is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Code.
    Code,
    /// Dependencies with known vulnerabilities.
    Dependency,
    /// Configuration and infrastructure as code.
    Config,
    /// Credentials in the clear.
    Secret,
    /// Licences.
    License,
    /// Running systems, looked at from outside.
    Running,
}

impl Class {
    fn metric(self) -> &'static str {
        match self {
            Self::Code => "sast.issues",
            Self::Dependency => "deps.vulnerabilities",
            Self::Config => "config.misconfigurations",
            Self::Secret => "secrets.found",
            Self::License => "licenses.found",
            Self::Running => "dast.issues",
        }
    }

    fn by_severity(self) -> bool {
        matches!(self, Self::Code | Self::Dependency | Self::Config | Self::Running)
    }
}

/// Adds the counts that every scan has: raw results, suppressed ones, words for severity, groups.
pub(crate) fn count_results(import: &mut Import, at: &str) {
    count_all_results(import, &BTreeMap::new(), at);
}

/// Like [`count_results`], for a tool that also writes results that are no issues: their words for severity.
pub(crate) fn count_all_results(import: &mut Import, others: &BTreeMap<String, usize>, at: &str) {
    let mut words: BTreeMap<&str, usize> = others.iter().map(|(word, count)| (&**word, *count)).collect();
    for issue in &import.issues {
        *words.entry(&issue.native_severity).or_default() += 1;
    }
    let words: Vec<_> = words.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
    let suppressed = import.issues.iter().filter(|issue| issue.suppressed).count();
    let groups = groups(&import.issues);
    let results = import.issues.len() + others.values().sum::<usize>();
    import.measure_count("scan.results", results, "", at);
    import.measure_count("scan.groups", groups, "", at);
    import.measure_count("scan.suppressed", suppressed, "", at);
    for (word, count) in words {
        let subject = if word.is_empty() { "(none)" } else { &word };
        import.measure_count("scan.native_severity", count, subject, at);
    }
}

/// Adds the counts of one class over the issues that belong to it. Call it only for a class that the tool looked at:
/// a count of zero says that there was nothing to find.
pub(crate) fn count_class(import: &mut Import, class: Class, at: &str, belongs: impl Fn(&Issue) -> bool) {
    let mut total = 0;
    let mut by_severity = [0_usize; Severity::ALL.len()];
    let mut injections = 0;
    let mut fixable = 0;
    for issue in import.issues.iter().filter(|issue| !issue.suppressed && belongs(issue)) {
        total += 1;
        if let Some(index) = Severity::ALL.iter().position(|severity| *severity == issue.severity) {
            by_severity[index] += 1;
        }
        injections += usize::from(class == Class::Code && is_sql_injection(issue));
        fixable += usize::from(!issue.fixed_version.is_empty());
    }
    let metric = class.metric();
    import.measure_count(metric, total, "", at);
    if class.by_severity() {
        for (severity, count) in Severity::ALL.iter().zip(by_severity) {
            import.measure_count(&format!("{metric}.{severity}"), count, "", at);
        }
    }
    match class {
        Class::Code => import.measure_count("sast.sql_injection", injections, "", at),
        Class::Dependency => import.measure_count("deps.vulnerabilities.fixable", fixable, "", at),
        _ => {}
    }
}

fn is_sql_injection(issue: &Issue) -> bool {
    let named = |text: &str| {
        // Cheap first: most of a hundred thousand results do not speak of SQL at all.
        text.as_bytes().windows(3).any(|window| window.eq_ignore_ascii_case(b"sql")) && {
            let text = text.to_ascii_lowercase().replace(['-', '_', ' '], "");
            text.contains("sqli") || text.contains("sqlstring")
        }
    };
    issue.cwe.contains(&89) || named(&issue.rule) || named(&issue.title)
}
