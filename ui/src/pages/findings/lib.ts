import type { EvidenceLink, Finding, Id, Pack, Severity } from "../../bindings/contract";
import { fold } from "../../shared/fuzzy";

export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];
export const CONFIDENCES = ["high", "medium", "low"] as const;
export const EDITORIALS = ["draft", "in_review", "approved"] as const;
export const LIVES = ["open", "fixed", "partly_fixed", "accepted"] as const;
export const KINDS = ["gap", "strength"] as const;
export const OPERATIONS = ["billing", "reporting", "dispatch", "accounting", "customer_delivery", "acquisition_integration", "other"] as const;
export const QUALITIES = [
  "functional_suitability",
  "performance_efficiency",
  "compatibility",
  "interaction_capability",
  "reliability",
  "security",
  "maintainability",
  "flexibility",
  "safety",
] as const;

/** Sorts by weight: the worst first. */
export const severityOrder = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** The links of a finding in their order. */
export function linksOf(links: readonly EvidenceLink[], finding: Id): EvidenceLink[] {
  return links
    .filter((link) => link.finding === finding)
    .map((link, index) => ({ link, index }))
    .sort((a, b) => a.link.rank - b.link.rank || a.index - b.index)
    .map((each) => each.link);
}

/** How many links each finding has. */
export function countLinks(links: readonly EvidenceLink[]): Map<Id, number> {
  const counts = new Map<Id, number>();
  for (const link of links) counts.set(link.finding, (counts.get(link.finding) ?? 0) + 1);
  return counts;
}

/** A rank behind all others. */
export function lastRank(items: readonly { rank: number }[]): number {
  return items.reduce((highest, item) => Math.max(highest, item.rank), 0) + 1;
}

/** What a copy takes over: everything but what tells the two apart; it begins as a draft. */
export function copied(finding: Finding, title: string): Partial<Finding> {
  const { id: _id, number: _number, rank: _rank, retests: _retests, ...fields } = finding;
  return { ...structuredClone(fields), title, editorial: "draft" };
}

const SMALL_WORDS = new Set("the a an is are of to in on and or for no not with without it its der die das ein eine ist sind und oder nicht kein keine mit ohne von zu im in auf den dem".split(" "));

function words(text: string): Set<string> {
  return new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && !SMALL_WORDS.has(word)),
  );
}

/** The words of titles, told apart once: findings are compared with every letter that is typed into one. */
const known = new Map<string, Set<string>>();
function wordsOf(title: string): Set<string> {
  let found = known.get(title);
  if (!found) {
    if (known.size > 2000) known.clear();
    found = words(title);
    known.set(title, found);
  }
  return found;
}
/** Findings that say nearly the same: most words of the title in common, or the same evidence under the same kind. */
export function lookAlikes(finding: Finding, all: readonly Finding[], links: readonly EvidenceLink[]): Finding[] {
  const mine = wordsOf(finding.title);
  const proof = new Set(links.filter((link) => link.finding === finding.id && link.target_kind !== "artifact").map((link) => link.target));
  return all.filter((other) => {
    if (other.id === finding.id || other.kind !== finding.kind) return false;
    const theirs = wordsOf(other.title);
    const common = [...mine].filter((word) => theirs.has(word)).length;
    if (common >= 2 && common / (mine.size + theirs.size - common) >= 0.6) return true;
    const shared = links.filter((link) => link.finding === other.id && proof.has(link.target)).length;
    return shared > 0 && shared === proof.size && shared === links.filter((link) => link.finding === other.id).length;
  });
}

/** Sections and areas of the packs, then what findings use beside them. */
export function areasOf(packs: readonly Pack[], findings: readonly Finding[]): string[] {
  const titles = packs.flatMap((pack) => [...(pack.sections ?? []), ...(pack.areas ?? [])].map((each) => each.title ?? ""));
  return [...new Set([...titles, ...findings.map((finding) => finding.area)])].filter((title) => title !== "");
}

/** The Markdown of a picture in prose. Brackets in a caption would end it. */
export function imageMarkdown(name: string, caption: string): string {
  return `![${(caption || name).replace(/[[\]\n]/g, " ").trim()}](image:${name})`;
}

/** A picture stands in a paragraph of its own: what to insert at `at`, and where the caret goes. */
export function asParagraph(text: string, at: number, insert: string): { insert: string; caret: number } {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const trail = after === "" ? "\n" : after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const whole = `${lead}${insert}${trail}`;
  return { insert: whole, caret: at + whole.length };
}

/** A name for a picture that prose can refer to: the file's name without folder and ending. */
export function imageName(path: string, taken: readonly string[]): string {
  const file = path.split(/[\\/]/).at(-1) ?? "";
  const base = file.replace(/\.[^.]+$/, "").replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^-+|-+$/g, "") || "image";
  let name = base;
  for (let n = 2; taken.includes(name); n += 1) name = `${base}-${n}`;
  return name;
}
