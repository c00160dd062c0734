use groma_model::{RowAggregation, ValueColumn};
use proptest::prelude::*;

use super::*;

fn value(column: &str, metric: &str, unit: &str, aggregation: RowAggregation) -> ValueColumn {
    ValueColumn { column: column.into(), metric: metric.into(), unit: unit.into(), aggregation, subject: String::new() }
}

fn measured(text: &str, mapping: &Mapping) -> Vec<String> {
    let import = read_table(text, mapping).unwrap();
    let line = |m: &Measurement| format!("{} = {} {} | {} | {}", m.metric, m.value, m.unit, m.subject, m.at);
    import.measurements.iter().map(line).collect()
}

const GRAFANA: &str = "sep=,\n\"Time\",\"p99 /parcels\",\"Error rate\",\"CPU\"\n\
    2026-09-14 07:31:00,120 ms,0.5%,\n2026-09-14 07:33:00,1.5 s,2%,0.7\n2026-09-14 07:32:00,240 ms,,0.9\n";

#[test]
fn an_export_of_a_dashboard_is_described_and_read() {
    let shape = describe_table(GRAFANA).unwrap();
    assert_eq!((shape.delimiter, shape.decimal_comma, shape.rows), (',', false, 3));
    let kinds: Vec<_> =
        shape.columns.iter().map(|column| (column.name.as_str(), column.kind, column.unit.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("Time", ColumnKind::Time, ""),
            // Cells of two units have none in common.
            ("p99 /parcels", ColumnKind::Number, ""),
            ("Error rate", ColumnKind::Number, "%"),
            ("CPU", ColumnKind::Number, ""),
        ]
    );
    assert_eq!(shape.first_rows[1], ["2026-09-14 07:33:00", "1.5 s", "2%", "0.7"]);
    assert_eq!(shape.mapping.time.as_deref(), Some("Time"));
    assert!(shape.is_of(&shape.mapping) && shape.has_numbers());
    assert_eq!(
        shape.mapping.values,
        [
            value("p99 /parcels", "http.latency.p99", "", RowAggregation::Max),
            value("Error rate", "http.failed.ratio", "%", RowAggregation::Mean),
        ]
    );
    assert_eq!(
        measured(GRAFANA, &shape.mapping),
        ["http.latency.p99 = 1500 ms |  | line 4", "http.failed.ratio = 0.0125 ratio |  | line 3"]
    );
}

#[test]
fn every_aggregation_does_what_it_says() {
    let text =
        "host;when;used\nb;2026-09-14T07:00:00Z;3\na;2026-09-14T09:00:00Z;1,5\na;2026-09-14T08:00:00Z;4\nb;;n/a\n";
    let shape = describe_table(text).unwrap();
    assert!(shape.decimal_comma && shape.delimiter == ';');
    assert_eq!(shape.mapping.subject.as_deref(), Some("host"));
    let by = |aggregation| Mapping {
        time: Some("when".into()),
        subject: Some("host".into()),
        values: vec![value("used", "deploy.memory.used", "MiB", aggregation)],
        ..shape.mapping.clone()
    };
    let mib = |number: f64| number * 1_048_576.0;
    for (aggregation, a, b) in [
        (RowAggregation::Latest, (1.5, 3), (3.0, 2)),
        (RowAggregation::Mean, (2.75, 3), (3.0, 2)),
        (RowAggregation::Max, (4.0, 4), (3.0, 2)),
        (RowAggregation::P99, (4.0, 3), (3.0, 2)),
    ] {
        let want: Vec<String> = [("a", a), ("b", b)]
            .iter()
            .map(|(subject, (n, line))| format!("deploy.memory.used = {} bytes | {subject} | line {line}", mib(*n)))
            .collect();
        assert_eq!(measured(text, &by(aggregation)), want, "{aggregation:?}");
    }
    assert_eq!(measured(text, &by(RowAggregation::Each)).len(), 3);
    let import = read_table(text, &by(RowAggregation::Latest)).unwrap();
    assert_eq!(import.captured_at.map(|at| at.to_string()).as_deref(), Some("2026-09-14T09:00:00Z"));
    assert_eq!(import.format, "table");
}

#[test]
fn what_is_wrong_is_told_with_line_and_column() {
    let mapping = |values| Mapping { header: vec!["a".into(), "b".into()], values, ..Mapping::default() };
    let count = |column: &str| value(column, "db.connections", "", RowAggregation::Latest);
    let refused = |text: &str, mapping: &Mapping| read_table(text, mapping).unwrap_err();
    let refusal = refused("a,b\n1,2\n\"x, y\",many\n3,few\n", &mapping(vec![count("b")]));
    assert_eq!((refusal.line, refusal.column), (Some(3), Some(8)));
    assert_eq!(refusal.reason, "line 3, column `b`: `many` is no number; and 1 more places");
    let refusal = refused("a,b\n1,2,3\n", &mapping(vec![count("b")]));
    assert_eq!(refusal.reason, "line 2: 3 cells, where the header has 2");
    let refusal = refused("a,c\n1,2\n", &mapping(vec![count("b")]));
    assert_eq!(refusal.reason, "the columns are not those of the mapping; missing: b; new: c");
    let refusal = refused("a,b\n1,2\n", &mapping(vec![value("b", "db.speed", "", RowAggregation::Max)]));
    assert!(refusal.reason.contains("no metric `db.speed`"));
    let refusal = refused("a,b\n1,2\n", &mapping(vec![value("b", "db.connections", "ms", RowAggregation::Max)]));
    assert!(refusal.reason.contains("no unit of db.connections") && refusal.remedy.contains("count"));
    let refusal = refused("a,b\n1,97\n", &mapping(vec![value("b", "cache.hit_ratio", "", RowAggregation::Max)]));
    assert!(refusal.reason.contains("is it in %?"));
    assert!(refused("a,b\n1,2\n", &mapping(vec![])).reason.contains("no column is mapped"));
    let timed = Mapping { time: Some("a".into()), ..mapping(vec![count("b")]) };
    assert!(refused("a,b\nsoon,2\n", &timed).reason.contains("`soon` is no time"));
    // In whatever order the columns come.
    assert_eq!(measured("b,a\n7,1\n", &mapping(vec![count("b")])), ["db.connections = 7 count |  | line 2"]);
}

#[test]
fn a_trial_names_every_cell_and_measures_the_others() {
    let text = "Time;p99;load\n2026-09-14 07:31;12;1\nlater;outage;2,5\n\n2026-09-14 07:33;\"1\n2\";3\n1;2\n";
    let both = vec![
        value("p99", "http.latency.p99", "ms", RowAggregation::Max),
        value("load", "db.load", "", RowAggregation::Latest),
    ];
    let mapping = Mapping {
        header: table_header(text).unwrap(),
        decimal_comma: true,
        time: Some("Time".into()),
        values: both,
        ..Mapping::default()
    };
    let trial = try_table(text, &mapping).unwrap();
    let told: Vec<_> =
        trial.refused.iter().map(|cell| (cell.line, cell.byte, cell.column.as_str(), cell.cell.as_str())).collect();
    assert_eq!(
        told,
        [(3, 1, "Time", "later"), (3, 7, "p99", "outage"), (5, 18, "p99", "1\n2"), (7, 1, "", "1 2")],
        "an empty line and a cell of two lines count as lines"
    );
    assert_eq!(trial.refused_cells, 4);
    assert!(trial.refused[3].reason.contains("2 cells, where the header has 3"));
    // A row of no known time is not the latest.
    let values: Vec<f64> = trial.measurements.iter().map(|one| one.value).collect();
    assert_eq!(values, [12.0, 3.0]);
    let refusal = read_table(text, &mapping).unwrap_err();
    assert_eq!(refusal.reason, "line 3, column `Time`: `later` is no time; and 3 more places");
    // A word of one's own for no value, said once.
    let spoken = Mapping { nothing: vec!["Outage ".into(), "later".into()], ..mapping };
    assert_eq!(try_table(text, &spoken).unwrap().refused_cells, 2);
}

#[test]
fn only_the_first_of_very_many_cells_are_told_and_all_are_counted() {
    let text = format!("a,b\n{}", "1,x\n".repeat(10_500));
    let mapping = Mapping {
        header: vec!["a".into(), "b".into()],
        values: vec![value("b", "db.connections", "", RowAggregation::Max)],
        ..Mapping::default()
    };
    let trial = try_table(&text, &mapping).unwrap();
    assert_eq!((trial.refused.len(), trial.refused_cells), (10_000, 10_500));
    assert_eq!((trial.refused[9_999].line, trial.refused[9_999].byte), (10_001, 3));
}

#[test]
fn what_was_read_says_by_whom_and_as_what() {
    let shape = describe_table(GRAFANA).unwrap();
    let mut mapping = Mapping { name: " parcels dashboard ".into(), ..shape.mapping };
    mapping.values[0].subject = "/parcels".into();
    let import = read_table(GRAFANA, &mapping).unwrap();
    assert_eq!((import.tool.as_str(), import.format.as_str()), ("parcels dashboard", TABLE_FORMAT));
    let notes: Vec<&str> = import.diagnostics.iter().map(|note| note.message.as_str()).collect();
    assert!(
        notes.contains(&"column `p99 /parcels` read as http.latency.p99 in ms of `/parcels`, largest of the rows"),
        "{notes:?}"
    );
    assert!(notes.contains(&"column `Error rate` read as http.failed.ratio in %, mean of the rows"), "{notes:?}");
}

#[test]
fn a_title_above_the_header_is_passed_over_and_lines_count_on() {
    let text = "Connections of the shop\nfrom the cloud console\n\nZeit;db connections\n14.09.2026 07:31;12\n14.09.2026 07:32;many\n";
    let shape = describe_table(text).unwrap();
    assert_eq!((shape.rows, shape.delimiter, shape.columns[1].name.as_str()), (2, ';', "db connections"));
    let mapping =
        Mapping { values: vec![value("db connections", "db.connections", "", RowAggregation::Max)], ..shape.mapping };
    assert_eq!(try_table(text, &mapping).unwrap().refused[0].line, 6);
    assert_eq!(measured(&text.replace("many", "9"), &mapping), ["db.connections = 12 count |  | line 5"]);
    assert_eq!(table_header(text).unwrap(), ["Zeit", "db connections"]);
    // A text that only happens to have a comma somewhere is none.
    assert!(describe_table("Dear all\nplease find, as promised\nthe numbers\n").is_err());
}

#[test]
fn a_gap_here_and_there_does_not_make_a_column_a_text() {
    let text = "when,rps,pod,build\n2026-09-14,12,a,1\nlater,outage,b,x\n2026-09-16,9,7,y\n";
    let shape = describe_table(text).unwrap();
    let kinds: Vec<ColumnKind> = shape.columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds, [ColumnKind::Time, ColumnKind::Number, ColumnKind::Text, ColumnKind::Text]);
    assert_eq!((shape.mapping.time.as_deref(), shape.mapping.subject.as_deref()), (Some("when"), Some("pod")));
    assert_eq!(try_table(text, &shape.mapping).unwrap().refused_cells, 2);
}

#[test]
fn what_is_no_table_is_refused() {
    let endless = "x,y".repeat(100_000);
    for (text, why) in [
        ("", "empty"),
        ("{\"a\":1}", "JSON"),
        ("just a sentence\nand another\n", "no two columns"),
        ("a,b\n", "no row"),
        ("1,2\n3,4\n", "not names"),
        (endless.as_str(), "longer than"),
    ] {
        let refusal = describe_table(text).unwrap_err();
        assert!(refusal.reason.contains(why), "{text}: {}", refusal.reason);
    }
}

#[test]
fn columns_without_a_name_or_with_the_same_are_told_apart() {
    let shape = describe_table("Time\tvalue\tvalue\t\n2026-09-14\t1\t2\tx\n").unwrap();
    let names: Vec<&str> = shape.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Time", "value", "value (2)", "column 4"]);
}

#[test]
fn a_mapping_keeps_through_json_and_secrets_do_not() {
    let shape = describe_table(GRAFANA).unwrap();
    let json = serde_json::to_string(&shape.mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), shape.mapping);
    assert!(serde_json::from_str::<Mapping>("{\"header\":[],\"values\":[],\"delimeter\":\";\"}").is_err());
    // One that somebody wrote need not name all columns: the table does.
    let written: Mapping = serde_json::from_str(r#"{"values":[{"column":"p99 /parcels","metric":"x"}]}"#).unwrap();
    assert_eq!((written.header.len(), written.values[0].aggregation), (0, RowAggregation::Latest));
    // Put together here, so that no scanner takes this file for a leak.
    let text = format!("url,requests\n/x?token={}{},5\n", "AKIA", "Z7QH2LPX4RTV9WMC");
    let import = read_table(&text, &describe_table(&text).unwrap().mapping).unwrap();
    assert_eq!(import.masked, 1);
    assert!(!format!("{import:?}").contains("Z7QH2LPX") && import.kept.is_some());
}

#[test]
fn units_are_those_of_the_metric() {
    assert_eq!(units_of("cache.hit_ratio"), ["ratio", "%"]);
    assert!(units_of("nothing").is_empty());
    for metric in crate::METRICS {
        assert_eq!(units_of(metric.name).first().copied(), Some(metric.unit), "{}", metric.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text: an answer comes, and what was described can be read.
    #[test]
    fn nothing_makes_it_fall(text in "[a-c0-9,;\t\"\n .%e-]{0,80}") {
        if let Ok(shape) = describe_table(&text) {
            prop_assert!(shape.first_rows.iter().all(|row| row.len() >= shape.columns.len()));
            let values = shape.columns.iter().map(|column| value(&column.name, "db.connections", "", RowAggregation::Each)).collect();
            let mapping = Mapping { values, ..shape.mapping };
            match read_table(&text, &mapping) {
                Ok(import) => prop_assert!(import.measurements.iter().all(|m| m.value.is_finite())),
                Err(refusal) => prop_assert!(!refusal.reason.is_empty()),
            }
        }
    }
}
