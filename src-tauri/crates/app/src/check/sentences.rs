//! What the rules say. A sentence has an id (the rule, then what makes the case) and places `{name}` for values.

use serde_json::Value;

use super::Values;

/// Every sentence in English by its id, in the order of the ids.
pub const SENTENCES: &[(&str, &str)] = &[
    ("answer.conflict", "its sources contradict each other: {reason}"),
    ("answer.coverage", "{assessed} of {applicable} applicable checks are assessed; the report says so"),
    ("answer.evidence.fail", "it fails, and nothing says what was seen"),
    ("answer.evidence.pass", "it passes without evidence: link a measurement or say what was seen"),
    ("answer.finding", "it fails, and no finding tells of it"),
    (
        "answer.override",
        "confirmed as {confirmed}, but the measurements now say {proposed} ({reason}): confirm anew or give a reason",
    ),
    ("answer.reason", "it does not apply, without a reason"),
    ("architecture.views", "none of its views is in the report"),
    (
        "assessment.level",
        "rated {confirmed}, but the evidence suggests {suggested}, and nothing says why: take it or give the reason",
    ),
    (
        "brand.contrast.ink_on_band",
        "text on a table's header has a contrast of {ratio}, AA asks for {least}: {colour} would do",
    ),
    ("brand.contrast.ink_on_paper", "text on paper has a contrast of {ratio}, AA asks for {least}: {colour} would do"),
    (
        "brand.contrast.primary_on_paper",
        "the primary colour on paper has a contrast of {ratio}, AA asks for {least}: {colour} would do",
    ),
    (
        "brand.contrast.secondary_on_paper",
        "the secondary colour on paper has a contrast of {ratio}, AA asks for {least}: {colour} would do",
    ),
    (
        "brand.contrast.secondary_on_primary",
        "the secondary colour on the cover's field has a contrast of {ratio}, AA asks for {least}: {colour} would do",
    ),
    (
        "brand.contrast.text_on_primary",
        "text on the primary colour has a contrast of {ratio}, AA asks for {least}: {colour} would do",
    ),
    ("brand.font", "there is no font \"{font}\": choose one of {fonts}"),
    ("brand.font.bold", "{font} has no semi-bold or bold style: import one, or headings and labels do not stand out"),
    ("brand.font.italic", "{font} has no italic style: import one, or emphasis looks like plain text"),
    (
        "brand.font.letters",
        "{font} lacks letters that the report's language needs ({letters}): they are printed in a font that is built in",
    ),
    ("brand.font.lost", "the font {file} cannot be read: import it anew, or take it out; another stands in for it"),
    (
        "brand.font.regular",
        "{font} has no regular style: import one, or all text is printed in a heavier or slanted one",
    ),
    ("brand.name", "the brand has no name: it is the logo's text alternative"),
    ("control.dates.ends", "the audit ends on {ends}, before it starts on {starts}"),
    ("control.dates.report", "the report is dated {report}, before the audit ends on {ends}"),
    ("control.missing.access", "no access level is given"),
    ("control.missing.ask", "the executive summary asks for nothing"),
    ("control.missing.auditors", "no auditor is named"),
    ("control.missing.classification", "no classification label: say who may read the report"),
    ("control.missing.client", "the client's name is missing"),
    ("control.missing.limits", "the limits are empty: say what the result does not cover"),
    ("control.missing.method", "the method is empty: say how the audit was done"),
    ("control.missing.nda", "no non-disclosure agreement is named"),
    ("control.missing.report_date", "the report has no date"),
    ("control.missing.scope", "the scope is empty: say what was looked at"),
    ("control.missing.system", "the system's name is missing"),
    ("control.missing.verdict", "the executive summary has no verdict"),
    ("control.missing.version", "the document has no version"),
    ("control.setting", "{message}: {remedy}"),
    ("control.versions", "the document is version {version}, which its history does not list"),
    ("diagram.alt", "it has no text alternative"),
    ("diagram.caption", "it has no caption that says what it means"),
    ("diagram.crowded", "{elements} elements are more than a reader takes in: split the view"),
    ("diagram.drawing", "it cannot be drawn: {reason}"),
    ("diagram.glyphs", "the fonts have no glyph for {characters}: write it in other characters"),
    ("diagram.icon", "the picture {name} is not at hand: give it as a file beside the text, or leave it out"),
    ("diagram.image", "it has no picture"),
    ("diagram.small", "its smallest type is {points} pt on the page: split the view"),
    ("diagram.view", "its architecture has no view \"{view}\""),
    ("exhibit.alt", "the pages have no text alternative: say what they show"),
    ("exhibit.attached", "{standard} allows no attached files: choose another standard, or do not attach it"),
    ("exhibit.long", "{lines} lines are chosen and {most} are printed at most: choose the lines that matter"),
    ("exhibit.range", "\"{part}\" is no part of 1 to {most}: all of it is printed"),
    ("exhibit.title", "the exhibit has no title; its file name is printed instead"),
    ("exhibit.unused", "the exhibit is neither printed nor attached"),
    ("figure.contradiction.findings", "\"{written}\" — the data say open findings: {truth}"),
    ("figure.contradiction.health", "\"{written}\" — the data say the health score: {truth}"),
    ("figure.contradiction.initiatives", "\"{written}\" — the data say initiatives: {truth}"),
    ("figure.contradiction.maturity", "\"{written}\" — the data say the mean maturity: {truth}"),
    ("figure.contradiction.phases", "\"{written}\" — the data say phases: {truth}"),
    ("figure.contradiction.risks", "\"{written}\" — the data say risks: {truth}"),
    ("figure.contradiction.severity", "\"{written}\" — the data say open findings of this severity: {truth}"),
    ("figure.contradiction.strengths", "\"{written}\" — the data say strengths: {truth}"),
    ("figure.dangling", "no measurement of this engagement is {written} {unit}: link its source or mend the figure"),
    ("finding.editorial", "it is still {editorial}"),
    ("finding.effort.missing", "it has no effort estimate"),
    ("finding.effort.order", "the effort {low} / {likely} / {high} is not low ≤ likely ≤ high"),
    ("finding.element", "it names {element}, which no architecture has"),
    ("finding.evidence", "nothing proves it: link evidence"),
    ("finding.initiative", "it is grave, and no initiative settles it"),
    ("finding.level", "the recommended level {wanted} is not above the current {now}"),
    ("finding.missing.acceptance_test", "it does not say how to see that it is done"),
    ("finding.missing.condition", "it does not say what is"),
    ("finding.missing.consequence", "it does not say what it costs the operation"),
    ("finding.missing.criteria", "it does not say what should be, and by which standard"),
    ("finding.missing.short_term", "it recommends nothing at once"),
    ("finding.owner", "nobody owns the fix"),
    ("finding.rating", "likelihood and impact are not rated"),
    ("finding.root", "it is a root cause of {effects}, and no initiative settles it"),
    (
        "finding.severity",
        "{severity} does not follow from likelihood {likelihood} × impact {impact} ({expected}): give the reason",
    ),
    ("initiative.effort.missing", "it has no effort estimate"),
    ("initiative.effort.unusable", "{reason}"),
    ("initiative.lift", "it lifts {area} to {level}, where it already is"),
    ("initiative.owner", "nobody owns it"),
    ("initiative.phase", "it stands in no phase"),
    ("initiative.reason", "it settles no finding and treats no risk"),
    ("initiative.roles.none", "no role does it"),
    ("initiative.roles.sum", "the roles' shares sum to {sum}, not 1"),
    ("phase.dates.none", "it has no window"),
    ("phase.dates.order", "it ends on {ends}, before it starts on {starts}"),
    ("phase.exit", "nothing says when it is over"),
    ("plan.cap", "its likely cost of {likely} is above its cap of {cap}"),
    ("plan.impossible", "{reason}"),
    ("plan.late", "it ends on {end}, {days} working days after {date}"),
    ("plan.note", "{reason}"),
    ("plan.overload", "{reason}"),
    ("prose.alt", "the image \"{image}\" on line {line} has no text alternative"),
    ("prose.image", "the image \"{image}\" on line {line} is not kept here"),
    ("prose.placeholder", "{{{{{words}}}}} on line {line} is still to be filled"),
    ("prose.placeholder.title", "{{{{{words}}}}} in the title is still to be filled"),
    ("prose.reference", "{code} on line {line} does not exist: mend the number"),
    ("prose.title", "it has no title"),
    ("prose.unfinished", "\"{words}\" on line {line}: finish the sentence"),
    ("prose.unfinished.title", "\"{words}\" in the title: finish it"),
    ("risk.exposure", "its current exposure is not rated"),
    ("risk.findings", "no finding leads to it"),
    ("risk.inherent", "the current {current} is above the inherent {inherent}"),
    ("risk.measure", "it is to shrink, but no initiative treats it"),
    ("risk.mitigation", "it is to be mitigated, and nothing says how"),
    ("risk.owner", "nobody owns it"),
    ("risk.residual", "the residual {residual} is above the current {current}"),
    ("section.none", "every section is switched off: the report is its cover alone"),
    ("section.off", "it refers to {code}, whose section is switched off"),
    ("section.unknown", "the template has no section \"{section}\": it is passed over"),
    ("symptom.root", "it hurts {severity} of 5 and leads to no root cause: name the findings that explain it"),
    ("value.range", "{reason}"),
];

/// The rule of a sentence: the first two parts of its id.
pub(super) fn rule(sentence: &'static str) -> &'static str {
    let second = sentence.match_indices('.').nth(1);
    second.map_or(sentence, |(end, _)| &sentence[..end])
}

/// The sentence in English; its id when nobody wrote it, which a test refuses.
pub(super) fn english(sentence: &str, values: &Values) -> String {
    let Some((_, words)) = SENTENCES.iter().find(|row| row.0 == sentence) else { return sentence.to_owned() };
    let mut said = String::new();
    let mut rest = *words;
    // `{{` and `}}` stand for the signs themselves.
    while let Some(at) = rest.find(['{', '}']) {
        said.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            said.push_str(&rest[..1]);
            rest = &rest[2..];
            continue;
        }
        let Some(end) = rest.find('}') else { break };
        match values.get(&rest[1..end]) {
            Some(Value::String(text)) => said.push_str(text),
            Some(other) => said.push_str(&other.to_string()),
            None => {}
        }
        rest = &rest[end + 1..];
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::values;

    #[test]
    fn sentences_stand_in_order_and_are_filled() {
        assert!(SENTENCES.is_sorted_by(|a, b| a.0 < b.0), "in order, none twice");
        assert_eq!(rule("finding.missing.criteria"), "finding.missing");
        assert_eq!(rule("finding.owner"), "finding.owner");
        let told = english("prose.placeholder", &values([("words", json!("queue")), ("line", json!(3))]));
        assert_eq!(told, "{{queue}} on line 3 is still to be filled");
        let told = english("finding.level", &values([("wanted", json!(2)), ("now", json!(3))]));
        assert_eq!(told, "the recommended level 2 is not above the current 3");
    }
}
