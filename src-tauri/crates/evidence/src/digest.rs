//! Statements summed up by their digest, as servers and log analysers of several kinds write them.

use std::collections::BTreeSet;

use crate::{Import, mask::without_literals};

/// Metrics of statements.
pub(crate) const METRICS: &[&str] = &["db.query.*", "db.load", "db.load.*"];

/// Files with more statements than this are measured for the worst ones only.
const ALL: usize = 100;
/// So many of the worst by total, by mean and by maximum.
const WORST: usize = 30;
/// Longer statements are cut.
const SUBJECT: usize = 120;

/// A statement; times in milliseconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Statement {
    /// What it is called in the report.
    pub subject: String,
    pub calls: Option<f64>,
    pub total: Option<f64>,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    pub max: Option<f64>,
    pub stddev: Option<f64>,
    pub p95: Option<f64>,
    pub p99: Option<f64>,
    /// Rows returned or changed.
    pub rows: Option<f64>,
    /// Sessions that were in it at a time, on average.
    pub load: Option<f64>,
    /// The place in the file.
    pub at: String,
}

/// A statement on one line without its literals, cut where it is long; with its id where it was cut.
pub(crate) fn subject(statement: &str, id: &str) -> String {
    let mut line = without_literals(statement).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return format!("digest {id}");
    }
    if let Some((cut, _)) = line.char_indices().nth(SUBJECT) {
        line.truncate(cut);
        line.push('…');
        if !id.is_empty() {
            line.push_str(&format!(" [{}]", &id[..id.floor_char_boundary(12)]));
        }
    }
    line
}

/// Writes the statements, with the share of each in the time of all.
pub(crate) fn emit(import: &mut Import, mut statements: Vec<Statement>) {
    for statement in &mut statements {
        let calls = statement.calls.filter(|calls| *calls > 0.0);
        match (statement.total, statement.mean, calls) {
            (Some(total), None, Some(calls)) => statement.mean = Some(total / calls),
            (None, Some(mean), Some(calls)) => statement.total = Some(mean * calls),
            _ => {}
        }
    }
    let sum: f64 = statements.iter().filter_map(|statement| statement.total).sum();
    let load: f64 = statements.iter().filter_map(|statement| statement.load).sum();
    let kept = select(&statements);
    if kept.len() < statements.len() {
        import.note(
            None,
            format!(
                "{} of {} statements are measured: the {WORST} worst by total time or load, by mean and by maximum",
                kept.len(),
                statements.len()
            ),
        );
    }
    for statement in kept.into_iter().filter_map(|index| statements.get(index)) {
        let share = match (statement.total, statement.load) {
            (Some(total), _) if sum > 0.0 => Some(total / sum),
            (None, Some(own)) if load > 0.0 => Some(own / load),
            _ => None,
        };
        for (metric, value) in [
            ("db.query.calls", statement.calls),
            ("db.query.total", statement.total),
            ("db.query.mean", statement.mean),
            ("db.query.p50", statement.median),
            ("db.query.p95", statement.p95),
            ("db.query.p99", statement.p99),
            ("db.query.max", statement.max),
            ("db.query.stddev", statement.stddev),
            ("db.query.rows", statement.rows),
            ("db.load", statement.load),
            ("db.query.share", share),
        ] {
            if let Some(value) = value {
                import.measure(metric, value, &*statement.subject, &*statement.at);
            }
        }
    }
}

/// Indexes of the statements to measure, in the order of the file.
fn select(statements: &[Statement]) -> Vec<usize> {
    if statements.len() <= ALL {
        return (0..statements.len()).collect();
    }
    let ranks: [fn(&Statement) -> Option<f64>; 3] = [|s| s.total.or(s.load), |s| s.mean, |s| s.max];
    let mut selected = BTreeSet::new();
    for rank in ranks {
        let mut order: Vec<(usize, f64)> =
            statements.iter().enumerate().filter_map(|(index, s)| Some((index, rank(s)?))).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        selected.extend(order.into_iter().take(WORST).map(|(index, _)| index));
    }
    selected.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_many_are_measured_and_the_rest_is_told() {
        let statements: Vec<Statement> = (0..300)
            .map(|index| Statement {
                subject: index.to_string(),
                calls: Some(2.0),
                total: Some(f64::from(index)),
                ..Statement::default()
            })
            .collect();
        let mut import = Import::default();
        emit(&mut import, statements);
        assert_eq!(import.measurements.iter().filter(|m| m.metric == "db.query.total").count(), WORST);
        assert_eq!(import.value("db.query.mean", "299"), Some(149.5));
        assert_eq!(import.value("db.query.total", "3"), None);
        assert!(import.diagnostics[0].message.starts_with("30 of 300 "));
    }

    #[test]
    fn a_subject_is_one_line_without_literals() {
        assert_eq!(subject("SELECT *\n FROM t WHERE a = 'Jane'", "7"), "SELECT * FROM t WHERE a = '…'");
        assert!(subject(&"x".repeat(500), "0123456789abcdef").ends_with("… [0123456789ab]"));
        assert_eq!(subject("", "ab"), "digest ab");
    }
}
