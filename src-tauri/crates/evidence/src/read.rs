//! Decode, recognise, mask, parse.

use groma_model::Diagnostic;

use crate::{
    Confidence, Format, Input, Outcome, Probe, Refusal,
    decode::{Decoded, decode},
    format::Stop,
    formats::formats,
    mask::{Masked, mask},
    scan::make_fit_to_show,
    severity::Chosen,
    tabular::describe_table,
    wrapped::{Wrapped, unwrap},
};

/// Tools that write nothing at all when they found nothing.
const EMPTY_WHEN_CLEAN: &str = "osv-scanner, and any tool whose output went to another stream";
/// What a bare JSON value can mean, and which tools write it.
const BARE: &[(&str, &str, &[&str])] = &[
    ("null", "Trivy (old versions) and Gitleaks write it when they found nothing", &["gitleaks", "trivy"]),
    (
        "[]",
        "Trivy (old versions), Gitleaks, hadolint and Safety 1 write it when they found nothing",
        &["gitleaks", "hadolint", "safety", "trivy"],
    ),
    ("{}", "osv-scanner and SSL Labs write it when they found nothing", &[]),
];

/// No tool captured anything before 1990, in seconds.
const EARLIEST: i64 = 631_152_000;

/// How it is told that secrets were masked, and literals.
const SECRETS_MASKED: &str = "secrets stood in the clear: masked";
const LITERALS_MASKED: &str = "literals or addresses were replaced by `…`";

/// Whether a remark tells of what was masked: reading what is kept again does not tell it.
#[must_use]
pub fn tells_of_masking(remark: &Diagnostic) -> bool {
    remark.message.contains(SECRETS_MASKED) || remark.message.contains(LITERALS_MASKED)
}

/// Reads a file: decodes it, recognises its format by content, masks secrets and parses it.
///
/// `name` is for messages only. With `as_format`, that format is parsed whatever the content looks like. The caller
/// limits the size; a gzipped file may unpack to [`crate::INFLATED_LIMIT`] bytes. Never panics, whatever the bytes.
#[must_use]
pub fn read(name: &str, bytes: &[u8], as_format: Option<&str>) -> Outcome {
    read_with(name, bytes, as_format, &Chosen::default(), &Stop::new(&|| false))
}

/// Like [`read`], with what somebody chose words of tools to mean; asks between its steps, and every few thousand results of a large scan, whether to stop. `None`
/// when it did: nothing of the file was read.
///
/// `stop` is asked often; it should do no more than look at a flag. Once it has said yes it is not asked again.
#[must_use]
pub fn read_until(
    name: &str,
    bytes: &[u8],
    as_format: Option<&str>,
    chosen: &Chosen,
    stop: &dyn Fn() -> bool,
) -> Option<Outcome> {
    let stop = Stop::new(stop);
    let outcome = read_with(name, bytes, as_format, chosen, &stop);
    (!stop.said()).then_some(outcome)
}

fn read_with(name: &str, bytes: &[u8], as_format: Option<&str>, chosen: &Chosen, stop: &Stop<'_>) -> Outcome {
    let span = tracing::debug_span!("read", bytes = bytes.len());
    let _entered = span.enter();
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(refusal) => return refused(None, refusal),
    };
    let Decoded { text, diagnostics } = decoded;
    let reading = Reading { name, chosen, stop };
    let format = match as_format {
        Some(id) => match formats().iter().find(|format| format.id == id) {
            Some(format) => format,
            None => {
                let known: Vec<_> = formats().iter().map(|format| format.id).collect();
                return refused(
                    None,
                    Refusal::new(format!("there is no format `{id}`"), format!("choose one of: {}", known.join(", "))),
                );
            }
        },
        None => match recognise(&text) {
            Ok(format) => format,
            Err(outcome) => {
                // What a shell or a build printed around a report is none of it.
                let unknown = matches!(&*outcome, Outcome::Refused { format: None, .. });
                return match unwrap(&text, |report| recognise(report).ok()).filter(|_| unknown) {
                    Some((format, wrapped)) => reading.parse_wrapped(format, &wrapped, diagnostics),
                    None => *outcome,
                };
            }
        },
    };
    if text.trim().is_empty() {
        return refused(Some(format.id), empty(text.is_empty()));
    }
    let outcome = reading.parse(format, &text, diagnostics.clone());
    if !matches!(outcome, Outcome::Refused { .. }) || stop.said() {
        return outcome;
    }
    let own = |report: &str| ((format.sniff)(&Probe::new(report)) == Confidence::Certain).then_some(format);
    match unwrap(&text, own) {
        Some((format, wrapped)) => match reading.parse_wrapped(format, &wrapped, diagnostics) {
            imported @ Outcome::Imported(_) => imported,
            _ => outcome,
        },
        None => outcome,
    }
}

/// What is the same for every attempt at a file.
struct Reading<'a> {
    name: &'a str,
    chosen: &'a Chosen,
    stop: &'a Stop<'a>,
}

impl Reading<'_> {
    /// Parses a report that other text stood around. That text is not kept where it holds secrets.
    fn parse_wrapped(&self, format: &'static Format, wrapped: &Wrapped, diagnostics: Vec<Diagnostic>) -> Outcome {
        let mut outcome = self.parse(format, &wrapped.report, diagnostics);
        if let Outcome::Imported(import) = &mut outcome {
            if wrapped.lines > 0 {
                import.note(None, around_it(wrapped.lines));
            }
            let around = mask(&wrapped.around, format).map_or(0, |masked| masked.secrets + masked.literals);
            if around > 0 && import.kept.is_none() {
                import.kept = Some(wrapped.report.clone().into_bytes());
            }
            if around > 0 {
                import.masked += around;
                import.warn(
                    None,
                    format!("{around} {SECRETS_MASKED} with the lines around the report, which are not kept"),
                );
            }
        }
        outcome
    }

    fn parse(&self, format: &'static Format, text: &str, diagnostics: Vec<Diagnostic>) -> Outcome {
        parse(self.name, format, Decoded { text: text.into(), diagnostics }, self.chosen, self.stop)
    }
}

fn around_it(lines: usize) -> String {
    match lines {
        1 => "1 line beside the report is none of it: left out".to_owned(),
        _ => format!("{lines} lines around the report are none of it: left out"),
    }
}

fn parse(name: &str, format: &'static Format, decoded: Decoded<'_>, chosen: &Chosen, stop: &Stop<'_>) -> Outcome {
    if stop.now() {
        return refused(Some(format.id), Refusal::stopped());
    }
    let masked = mask(&decoded.text, format);
    if stop.now() {
        return refused(Some(format.id), Refusal::stopped());
    }
    let text = masked.as_ref().map_or(&*decoded.text, |masked| &masked.text);
    match (format.parse)(&Input { name, text, chosen, stop }) {
        Ok(mut import) => {
            format.id.clone_into(&mut import.format);
            // A time that a tool did not set is written as the beginning of its calendar.
            import.captured_at = import.captured_at.filter(|at| at.as_second() >= EARLIEST);
            import.issues.iter_mut().for_each(make_fit_to_show);
            // A list that grew has room for as many again.
            import.issues.shrink_to_fit();
            import.measurements.shrink_to_fit();
            import.diagnostics.splice(0..0, decoded.diagnostics);
            if let Some(Masked { text, secrets, literals }) = masked {
                import.masked = secrets;
                import.kept = Some(text.into_bytes());
                if secrets > 0 {
                    import.warn(None, format!("{secrets} {SECRETS_MASKED}, and only the masked text is kept"));
                }
                if literals > 0 {
                    import.note(
                        None,
                        format!(
                            "{literals} {LITERALS_MASKED}: they may be personal data, and only \
                             the text without them is kept"
                        ),
                    );
                }
            }
            tracing::debug!(
                format = format.id,
                measurements = import.measurements.len(),
                issues = import.issues.len(),
                "read"
            );
            Outcome::Imported(import)
        }
        Err(refusal) => refused(Some(format.id), refusal),
    }
}

/// The one format whose content this is.
fn recognise(text: &str) -> Result<&'static Format, Box<Outcome>> {
    let probe = Probe::new(text);
    if probe.text().is_empty() {
        return Err(Box::new(refused(None, empty(text.is_empty()))));
    }
    if probe.too_deep() {
        return Err(Box::new(refused(
            None,
            Refusal::new(
                format!("nested deeper than {} levels", crate::json::DEPTH_LIMIT),
                "no known tool writes this: look at the file",
            ),
        )));
    }
    let compact: String = probe.text().chars().filter(|c| !c.is_whitespace()).take(8).collect();
    if let Some((bare, writers, candidates)) = BARE.iter().find(|(bare, ..)| *bare == compact) {
        return Err(Box::new(Outcome::Ambiguous {
            candidates: candidates.to_vec(),
            reason: format!("a bare `{bare}` names no tool: {writers}"),
            remedy: "say which format it is, or run it again with a format that names the tool, \
                     for example SARIF"
                .to_owned(),
        }));
    }
    let claims: Vec<(Confidence, &'static Format)> =
        formats().iter().map(|format| ((format.sniff)(&probe), format)).filter(|(c, _)| *c > Confidence::No).collect();
    let certain: Vec<_> = claims.iter().filter(|(confidence, _)| *confidence == Confidence::Certain).collect();
    match (&certain[..], &claims[..]) {
        ([(_, format)], _) | ([], [(_, format)]) => Ok(*format),
        ([], []) => Err(Box::new(refused(None, unknown(&probe)))),
        _ => {
            let claims = if certain.is_empty() { claims.iter().collect() } else { certain };
            let candidates: Vec<_> = claims.iter().map(|(_, format)| format.id).collect();
            Err(Box::new(Outcome::Ambiguous {
                reason: format!("it could be {}", candidates.join(" or ")),
                candidates,
                remedy: "say which one it is".to_owned(),
            }))
        }
    }
}

fn empty(no_bytes: bool) -> Refusal {
    let what = if no_bytes { "the file is empty (0 bytes)" } else { "the file holds nothing but white space" };
    Refusal::new(
        format!("{what}: it may mean that the tool found nothing ({EMPTY_WHEN_CLEAN}) or that it did not run"),
        "run the tool again with its output redirected into the file, or with a format that also says \"nothing found\"",
    )
}

fn unknown(probe: &Probe<'_>) -> Refusal {
    let text = probe.text();
    let control = text.chars().take(2000).filter(|c| c.is_control() && !c.is_whitespace() || *c == '\u{FFFD}').count();
    let what = match text.chars().next() {
        _ if control > 20 => "the file is binary",
        Some('{' | '[') => "the JSON is of no known tool",
        Some('<') if text.starts_with("<!DOCTYPE html") || text.starts_with("<html") => "this is a web page",
        Some('<') => "the XML is of no known tool",
        _ if describe_table(text).is_ok_and(|table| table.has_numbers()) => {
            return Refusal::new(
                "unknown format: a table of no known tool",
                "say what its columns mean: this table is read by that, and every other with the same columns",
            )
            .at_line(1);
        }
        _ => "the text is of no known tool",
    };
    Refusal::new(
        format!("unknown format: {what}"),
        "look into the list of formats for what can be read; keep other files as notes or attachments",
    )
    .at_line(1)
}

fn refused(format: Option<&'static str>, refusal: Refusal) -> Outcome {
    let Refusal { reason, line, column, remedy } = refusal;
    Outcome::Refused { format, reason, line, column, remedy }
}
