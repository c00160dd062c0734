import type { EvidenceLink, Finding, Id, Person } from "../../bindings/contract";

/** Who spoke, for a list: names with their role. */
export function spoken(people: readonly Person[]): string {
  return people
    .map((person) => (person.role && person.name ? `${person.name} (${person.role})` : person.name || person.role || person.organisation))
    .filter((each) => each !== "")
    .join(", ");
}

/** The findings that a note proves, each once. */
export function provenBy(note: Id, links: readonly EvidenceLink[], findings: readonly Finding[]): Finding[] {
  const ids = new Set(links.filter((link) => link.target_kind === "note" && link.target === note).map((link) => link.finding));
  return findings.filter((finding) => ids.has(finding.id));
}

/** The day where people are, as the core writes days. */
export function today(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
