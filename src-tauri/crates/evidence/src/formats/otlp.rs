//! OTLP as JSON: what a collector writes to a file, one document, one a line or a list of them; and what Tempo answers.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, json,
    severity::Severities,
    traces::{self, Otlp, Traces},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "otlp",
    title: "OpenTelemetry, OTLP as JSON",
    tool: "OpenTelemetry",
    note: "Durations and failures by operation (service and span name), percentiles by nearest rank; calls and database \
           queries by request, of traces whose root is in the file. Metrics and log records are counted.",
    metrics: traces::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: traces::secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let top =
        ["resourceSpans", "resourceMetrics", "resourceLogs", "resource_spans", "resource_metrics", "resource_logs"];
    let own = |base: &str| top.iter().any(|key| probe.has(&format!("{base}{key}")));
    let tempo = ["batches/[]/scopeSpans", "batches/[]/instrumentationLibrarySpans", "trace/resourceSpans"];
    Confidence::certain_if(match probe.is_object() {
        true => own("") || tempo.iter().any(|key| probe.has(key)),
        false => own("[]/"),
    })
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let mut traces = Traces::default();
    let (mut metrics, mut logs, mut found) = (0, 0, false);
    // A list in a list would be read as an object without its names.
    let objects = input.text.trim_start().strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    if objects {
        for document in json::parse::<Vec<Otlp<'_>>>(input.text)?.iter().filter(|document| document.is_some()) {
            found = true;
            let (more, further) = traces::add(document, &mut traces);
            metrics += more;
            logs += further;
        }
    }
    let mut documents = serde_json::Deserializer::from_str(input.text).into_iter::<Otlp<'_>>();
    let is_object = input.text.trim_start().starts_with('{');
    while let Some(document) = documents.next().filter(|_| is_object) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let document = match document {
            Ok(document) => document,
            // A collector that was ended wrote the last line in part.
            Err(error) if found && error.is_eof() => {
                import.warn(Some(error.line() as u64), "the last line breaks off: it is left out");
                break;
            }
            Err(error) => return Err(json::refusal(&error)),
        };
        if !document.is_some() {
            let lacks = "neither `resourceSpans`, `resourceMetrics` nor `resourceLogs` in it";
            return Err(Refusal::not(FORMAT.title, lacks, "write it with the collector's file exporter"));
        }
        found = true;
        let (more, further) = traces::add(&document, &mut traces);
        metrics += more;
        logs += further;
    }
    if !found {
        return Err(Refusal::not(FORMAT.title, "nothing in it", "write it with the collector's file exporter"));
    }
    for (kind, count) in [("spans", traces.spans()), ("metrics", metrics), ("logs", logs)] {
        import.measure_count("otlp.records", count, kind, "/");
    }
    if traces.spans() > 0 {
        traces.emit(&mut import, "/resourceSpans");
    } else {
        import.note(None, "no spans in it: metrics and log records are only counted");
    }
    Ok(import)
}
